"""Edge cases 12 to 21: counting. Expectations are taken from the list of cases, for the packs as shipped."""

import pytest

from collector_desk.domain.conduct import Consent, ConsentScope, External, Share
from collector_desk.domain.conduct.caps_used import standing
from collector_desk.domain.vocabulary import CallMode, Channel, Direction, Result, Verdict
from collector_desk.packs.rules import load_shipped

ALLOW, WARN, ASK, BLOCK = Verdict.ALLOW, Verdict.WARN, Verdict.ASK, Verdict.BLOCK
TALK = Result.EFFECTIVE


def reason_of(decision, rule):
    return next(reason for reason in decision.reasons if reason.rule == rule)


def test_group_12_the_third_talk_is_allowed_the_fourth_is_not(desk):
    talks = tuple(desk.past(when, TALK) for when in ("09:00", "11:00", "13:00"))
    assert desk.ask("15:00", history=talks[:2]).verdict is ALLOW
    fourth = desk.ask("15:00", history=talks)
    assert fourth.verdict is BLOCK
    assert fourth.next_allowed_at == desk.at("2026-11-24T08:00")
    reason = reason_of(fourth, "cn.voice_talk_cap")
    assert (reason.n, reason.m, reason.until) == (3, 3, desk.at("2026-11-24T00:00"))


def test_group_12_the_day_is_the_debtors_calendar_day(desk):
    consent = desk.agreed("2026-11-01T00:00", "2026-12-01T00:00", (22 * 60, 8 * 60))  # nights agreed
    talks = tuple(desk.past(when, TALK) for when in ("09:00", "11:00", "23:00"))
    assert desk.ask("23:59", history=talks, consents=(consent,)).verdict is BLOCK
    assert desk.ask("2026-11-24T00:01", history=talks, consents=(consent,)).verdict is ALLOW
    assert desk.ask("23:59", history=talks, consents=(consent,)).next_allowed_at == desk.at("2026-11-24T00:00")
    # Without such a consent both are outside the hours anyway.
    assert desk.ask("2026-11-24T00:01", history=talks).verdict is BLOCK


@pytest.mark.parametrize("result", [Result.CONNECTED, Result.VOICEMAIL, Result.WRONG_PERSON, Result.REFUSED])
def test_group_13_connected_is_not_effective_and_each_has_its_counter(desk, result):
    # On another number: a wrong person shuts that number itself.
    history = tuple(desk.past(f"{hour:02d}:00", result, number_id="n2") for hour in (9, 10, 11))
    assert desk.ask("15:00", history=history).verdict is ALLOW  # no talk took place
    notice = desk.ask("15:00", desk.call(mode=CallMode.NOTICE), history=history)
    assert notice.verdict is BLOCK
    assert reason_of(notice, "cn.voice_notice_cap").n == 3


def test_group_13_what_was_never_picked_up_is_not_connected(desk):
    history = tuple(
        desk.past(f"{hour:02d}:00", result)
        for hour, result in ((9, Result.BUSY), (10, Result.NO_ANSWER), (11, Result.NOT_CONNECTED))
    )
    assert desk.ask("15:00", desk.call(mode=CallMode.NOTICE), history=history).verdict is ALLOW


def test_group_14_the_seventh_unanswered_try_on_a_number_warns(desk):
    tries = tuple(
        desk.past(f"{hour:02d}:00", result)
        for hour, result in zip(range(9, 15), [Result.BUSY, Result.NO_ANSWER] * 3, strict=True)
    )
    assert desk.ask("16:00", history=tries[:5]).verdict is ALLOW
    seventh = desk.ask("16:00", history=tries)
    assert seventh.verdict is WARN
    assert (reason_of(seventh, "cn.unanswered_cap").n, reason_of(seventh, "cn.unanswered_cap").m) == (6, 6)
    assert desk.ask("16:00", desk.call(number_id="n2"), history=tries).verdict is ALLOW


def test_group_14_talks_on_several_numbers_share_one_counter(desk):
    talks = tuple(desk.past(f"{9 + n:02d}:00", TALK, number_id=f"n{n}") for n in range(3))
    assert desk.ask("15:00", desk.call(number_id="n7"), history=talks).verdict is BLOCK


def test_group_15_a_call_another_seat_has_open_counts_already(desk):
    history = (desk.past("09:00", TALK), desk.past("11:00", TALK), desk.past("15:00", None))
    assert desk.ask("15:00", history=history[:2]).verdict is ALLOW
    assert desk.ask("15:00", history=history).verdict is BLOCK


def test_group_15_rows_that_arrive_late_are_counted_above_the_cap(desk):
    talks = tuple(desk.past(when, TALK) for when in ("14:00", "09:00", "12:00", "10:00"))
    decision = desk.ask("15:00", history=talks)
    assert decision.verdict is BLOCK
    assert reason_of(decision, "cn.voice_talk_cap").n == 4  # said as it is: one more than allowed


def test_group_16_an_unknown_institution_total_is_asked_for(desk):
    decision = desk.ask("12:00", share=None)
    assert decision.verdict is ASK
    assert decision.reasons[0].ask_for == "institution_total"
    assert not decision.institution_total_known


def test_group_16_a_share_lets_calls_through_and_says_what_is_unknown(desk):
    one = (desk.past("09:00", TALK),)
    within = desk.ask("12:00", share=Share(effective=2), history=one)
    assert within.verdict is ALLOW
    assert not within.institution_total_known
    used = desk.ask("12:00", share=Share(effective=1), history=one)
    assert used.verdict is BLOCK
    assert used.next_allowed_at == desk.at("2026-11-24T08:00")
    assert (reason_of(used, "cn.voice_talk_cap").n, reason_of(used, "cn.voice_talk_cap").m) == (1, 1)


def test_group_16_a_share_is_never_more_than_the_cap(desk):
    talks = tuple(desk.past(when, TALK) for when in ("09:00", "10:00", "11:00"))
    assert desk.ask("12:00", share=Share(effective=9), history=talks).verdict is BLOCK


def test_group_16_an_imported_figure_beats_the_share(desk):
    spent = {"share": Share(effective=1), "history": (desk.past("09:00", TALK),)}
    known = desk.ask("12:00", external=External(desk.at("11:00"), 1, 1), **spent)
    assert known.verdict is ALLOW
    assert known.institution_total_known
    full = desk.ask("12:00", external=External(desk.at("11:00"), 2, 2), **spent)
    assert full.verdict is BLOCK
    assert reason_of(full, "cn.voice_talk_cap").n == 3


def test_group_16_yesterdays_figure_says_nothing_about_today(desk):
    decision = desk.ask("12:00", share=None, external=External(desk.at("2026-11-22T18:00"), 0, 0))
    assert decision.verdict is ASK


def test_group_16_a_figure_that_changed_after_the_call_changes_the_next_answer_only(desk):
    before = desk.ask("12:00", external=External(desk.at("09:00"), 0, 0))
    after = desk.ask("14:00", external=External(desk.at("13:00"), 3, 3), history=(desk.past("12:00", TALK),))
    assert (before.verdict, after.verdict) == (ALLOW, BLOCK)
    assert reason_of(after, "cn.voice_talk_cap").n == 4


def american_calls(desk, days, result=Result.NO_ANSWER):
    return tuple(desk.past(f"2026-11-{day:02d}T12:00", result, debt_ids=frozenset({"a"})) for day in days)


def test_group_17_seven_in_seven_rolls_by_days(american):
    about = american.call(debt_ids=frozenset({"a"}))
    seven = american_calls(american, range(2, 9))  # days 1 to 7, one a day
    eighth = american.ask("2026-11-08T15:00", about, ["us-regf"], history=seven)
    assert eighth.verdict is BLOCK
    assert eighth.next_allowed_at == american.at("2026-11-09T08:00:01")
    assert american.ask("2026-11-09T09:00", about, ["us-regf"], history=seven).verdict is ALLOW
    six = american_calls(american, range(2, 8))
    assert american.ask("2026-11-08T15:00", about, ["us-regf"], history=six).verdict is ALLOW


def test_group_17_the_window_is_of_days_not_of_hours_nor_of_the_week(american):
    about = american.call(debt_ids=frozenset({"a"}))
    # Seven calls on Wednesday evening: out again on the next Wednesday morning, before 168 hours are over.
    evening = tuple(american.past(f"2026-11-04T20:{n:02d}", Result.NO_ANSWER) for n in range(10, 17))
    assert american.ask("2026-11-10T12:00", about, ["us-regf"], history=evening).verdict is BLOCK
    assert american.ask("2026-11-11T08:00:01", about, ["us-regf"], history=evening).verdict is ALLOW


def test_group_18_after_a_talk_on_monday_not_before_the_next_monday(american):
    talk = (american.past("2026-11-02T10:00", TALK, debt_ids=frozenset({"a"})),)
    about = american.call(debt_ids=frozenset({"a"}))
    sunday = american.ask("2026-11-08T20:59:59", about, ["us-regf"], history=talk)
    assert sunday.verdict is BLOCK
    assert reason_of(sunday, "us.cooldown").until == american.at("2026-11-09T00:00")
    assert sunday.next_allowed_at == american.at("2026-11-09T08:00:01")
    assert american.ask("2026-11-09T09:59", about, ["us-regf"], history=talk).verdict is ALLOW


def test_group_18_an_inbound_talk_starts_it_too(american):
    talk = (american.past("2026-11-02T10:00", TALK, direction=Direction.IN),)
    assert american.ask("2026-11-03T12:00", packs=["us-regf"], history=talk).verdict is BLOCK


def test_group_18_a_talk_about_two_debts_starts_two_and_leaves_a_third_alone(american):
    talk = (american.past("2026-11-02T10:00", TALK, debt_ids=frozenset({"a", "b"})),)
    verdicts = {
        debt: american.ask(
            "2026-11-03T12:00", american.call(debt_ids=frozenset({debt})), ["us-regf"], history=talk
        ).verdict
        for debt in "abc"
    }
    assert verdicts == {"a": BLOCK, "b": BLOCK, "c": ALLOW}


def call_back(desk, since, until, **more):
    given = {"withdrawn_at": None, **more}
    return Consent(
        ConsentScope.CALL_BACK, desk.at(since), desk.at(until), words="call me Thursday", proof="rec 9", **given
    )


def test_group_19_a_call_back_asked_for_lifts_the_cooldown_until_it_is_used(american):
    talk = american.past("2026-11-02T10:00", TALK)
    consent = call_back(american, "2026-11-02T10:05", "2026-11-20T00:00")
    asked = {"packs": ["us-regf"], "consents": (consent,)}
    assert american.ask("2026-11-05T12:00", history=(talk,), **asked).verdict is ALLOW
    used = american.past("2026-11-05T12:00", TALK)
    assert american.ask("2026-11-05T15:00", history=(talk, used), **asked).verdict is BLOCK


def test_group_19_a_call_back_holds_in_its_window_only(american):
    talk = american.past("2026-11-23T10:00", TALK)
    wish = call_back(american, "2026-11-26T00:00", "2026-11-27T00:00", window=(14 * 3600, 16 * 3600))
    asked = {"packs": ["us-regf"], "history": (talk,), "consents": (wish,)}
    early = american.ask("2026-11-24T12:00", **asked)
    assert (early.verdict, early.next_allowed_at) == (BLOCK, american.at("2026-11-26T14:00"))
    assert american.ask("2026-11-26T15:59:59", **asked).verdict is ALLOW
    late = american.ask("2026-11-26T16:00", **asked)
    assert (late.verdict, late.next_allowed_at) == (BLOCK, american.at("2026-11-30T08:00:01"))


def test_group_19_calls_outside_the_window_asked_for_are_counted(american):
    wish = call_back(american, "2026-11-23T08:00", "2026-11-29T00:00", window=(14 * 3600, 16 * 3600))
    asked = {"packs": ["us-regf"], "consents": (wish,)}
    for hour, verdict in ((10, BLOCK), (15, ALLOW)):
        calls = tuple(american.past(f"2026-11-23T{hour}:{n:02d}:00", Result.NO_ANSWER) for n in range(7))
        assert american.ask("2026-11-24T12:00", history=calls, **asked).verdict is verdict


def test_group_14_a_try_on_a_number_nobody_named_may_have_been_on_this_one(desk):
    tries = tuple(desk.past(f"{9 + n // 2:02d}:{n % 2}0:00", Result.NO_ANSWER, number_id=None) for n in range(6))
    assert desk.ask("16:00", history=tries).verdict is WARN


def test_group_16_who_was_talked_to_was_connected(desk):
    notice = desk.call(mode=CallMode.NOTICE)
    figure = {"share": None, "external": External(desk.at("09:00"), 3, 0)}
    assert desk.ask("12:00", notice, **figure).verdict is BLOCK
    talks_alone = {"share": Share(3, 3), "external": External(desk.at("09:00"), 3, None)}
    assert desk.ask("12:00", notice, **talks_alone).verdict is BLOCK
    assert desk.ask("12:00", notice, share=Share(3, 3)).verdict is ALLOW


def test_group_19_a_withdrawn_call_back_lifts_nothing(american):
    talk = american.past("2026-11-02T10:00", TALK)
    consent = call_back(
        american, "2026-11-02T10:05", "2026-11-20T00:00", withdrawn_at=american.at("2026-11-04T09:00")
    )
    assert (
        american.ask("2026-11-05T12:00", packs=["us-regf"], history=(talk,), consents=(consent,)).verdict is BLOCK
    )


def test_group_19_calls_at_the_debtors_wish_are_left_out_for_seven_days_at_most(american):
    consent = call_back(american, "2026-11-02T09:00", "2026-11-30T00:00")
    asked_for = tuple(american.past(f"2026-11-{day:02d}T12:00", Result.NO_ANSWER) for day in range(2, 9))
    # All seven lie within the seven days of the consent: none counts on the tenth.
    at_tenth = {"packs": ["us-regf"], "consents": (consent,)}
    assert american.ask("2026-11-10T12:00", history=asked_for, **at_tenth).verdict is ALLOW
    later = tuple(american.past(f"2026-11-10T{hour:02d}:00", Result.NO_ANSWER) for hour in range(9, 16))
    assert american.ask("2026-11-10T16:00", history=later, **at_tenth).verdict is BLOCK


@pytest.mark.parametrize(
    ("result", "verdict"),
    [(Result.BUSY, ALLOW), (Result.NOT_CONNECTED, ALLOW), (Result.INVALID, ALLOW), (Result.NO_ANSWER, BLOCK)],
)
def test_group_19_a_busy_tone_or_dead_number_is_no_attempt_a_ring_out_is(american, result, verdict):
    history = tuple(american.past(f"2026-11-03T{hour:02d}:00", result) for hour in range(9, 16))
    assert american.ask("2026-11-03T16:00", packs=["us-regf"], history=history).verdict is verdict


def test_group_20_every_row_handed_in_counts_in_any_order_and_twice_is_twice(desk):
    talk = desk.past("09:00", TALK)
    assert desk.ask("12:00", history=(talk, talk, talk)).verdict is BLOCK


def test_group_20_an_old_copy_under_a_newer_mark_is_refused(desk):
    # The restored store has lost today's rows; the mark outside it has not.
    decision = desk.ask("12:00", history=(), high_water=desk.at("18:00"))
    assert decision.verdict is BLOCK


def test_group_21_counters_follow_the_debtor_whatever_case_the_call_was_about(desk):
    talks = tuple(
        desk.past(f"{9 + n:02d}:00", TALK, debtor_id="d1", debt_ids=frozenset({f"case{n}"})) for n in range(3)
    )
    about_a_new_case = desk.call(debt_ids=frozenset({"case9"}))
    assert desk.ask("15:00", about_a_new_case, history=talks).verdict is BLOCK


def test_group_21_counters_of_another_debtor_stay_theirs(desk):
    talks = tuple(desk.past(f"{9 + n:02d}:00", TALK, debtor_id="d2", number_id="n8") for n in range(3))
    assert desk.ask("15:00", history=talks).verdict is ALLOW


def test_the_house_asks_for_one_talk_a_day_unless_the_debtor_wanted_another(desk):
    talk = (desk.past("09:00", TALK),)
    both = ["cn-card", "house"]
    second = desk.ask("12:00", packs=both, history=talk)
    assert second.verdict is BLOCK
    assert second.overridable
    wish = call_back(desk, "09:10", "2026-11-24T00:00")
    assert desk.ask("12:00", packs=both, history=talk, consents=(wish,)).verdict is ALLOW


def test_no_consent_lifts_the_laws_cap_on_talks(desk):
    talks = tuple(desk.past(when, TALK) for when in ("09:00", "10:00", "11:00"))
    wish = call_back(desk, "11:10", "2026-11-24T00:00")
    assert desk.ask("12:00", history=talks, consents=(wish,)).verdict is BLOCK


def test_a_short_message_is_not_capped_and_says_that_no_cap_was_found(desk):
    talks = tuple(desk.past(when, TALK) for when in ("09:00", "10:00", "11:00"))
    decision = desk.ask("12:00", desk.call(channel=Channel.SMS), history=talks)
    assert decision.verdict is ALLOW
    assert "cn.no_sms_cap" in {reason.rule for reason in decision.reasons}


def test_vietnam_caps_five_reminders_of_any_sort_a_day(desk):
    here = {"zones": ("Asia/Ho_Chi_Minh",), "packs": ["vn-2019"]}
    sent = tuple(desk.past(f"{9 + n:02d}:00", Result.NO_ANSWER) for n in range(3))
    texts = tuple(desk.past(f"{13 + n:02d}:00", None, channel=Channel.SMS) for n in range(2))
    assert desk.ask("16:00", history=(*sent, texts[0]), **here).verdict is ALLOW
    decision = desk.ask("16:00", history=sent + texts, **here)
    assert decision.verdict is BLOCK
    assert decision.next_allowed_at == desk.at("2026-11-24T08:00")  # 07:00 there


def test_the_standing_says_what_the_screen_shows(desk):
    history = (
        desk.past("09:00", TALK),
        desk.past("10:00", Result.BUSY, number_id="n2"),
        desk.past("11:00", Result.NO_ANSWER, number_id="n2"),
    )
    packs = [load_shipped("cn-card")]
    shown = standing(desk.facts(history=history), packs, desk.at("12:00"), ["n1", "n2"])
    assert (shown.talks.n, shown.talks.m) == (1, 3)
    assert [message.code for message in shown.messages] == [
        "conduct.line_effective",
        "conduct.line_total_unknown",
        "conduct.line_until",
    ]
    assert shown.messages[2].params["when"] == desk.at("22:00")
    second = shown.numbers[1]
    assert (second.counts[0].n, second.counts[0].m) == (2, 6)
    assert second.message.code == "conduct.line_unanswered"
    night = standing(desk.facts(history=history), packs, desk.at("22:30"), ["n1"])
    assert night.numbers[0].message.params["when"] == desk.at("2026-11-24T08:00")


def test_group_16_a_figure_dated_later_today_is_counted_but_not_known(desk):
    later = External(desk.at("18:00"), 0, 0)
    assert desk.ask("12:00", share=None, external=later).verdict is ASK
    assert desk.ask("12:00", share=None, external=External(desk.at("18:00"), 3, 3)).verdict is BLOCK


def test_group_19_a_wish_that_begins_within_a_second_lifts_from_the_next_whole_one(desk):
    talk = (desk.past("09:00", TALK),)
    wish = call_back(desk, "15:00:00.250", "2026-11-24T00:00")
    decision = desk.ask("12:00", packs=["cn-card", "house"], history=talk, consents=(wish,))
    assert decision.verdict is BLOCK
    assert decision.next_allowed_at == desk.at("15:00:01")
