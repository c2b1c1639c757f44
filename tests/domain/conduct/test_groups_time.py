"""Edge cases 1 to 11: time. Expectations are taken from the list of cases, for the packs as shipped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from collector_desk.domain.conduct import Consent, ConsentScope, Override, closing, decide
from collector_desk.domain.conduct.clock import day_start, zone
from collector_desk.domain.message import msg
from collector_desk.domain.vocabulary import Addressee, Channel, Flag, Result, Verdict
from collector_desk.packs.rules import load_shipped

ALLOW, WARN, ASK, BLOCK = Verdict.ALLOW, Verdict.WARN, Verdict.ASK, Verdict.BLOCK


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        ("07:59:59", BLOCK),
        ("08:00:00", ALLOW),
        ("21:59:59", ALLOW),
        ("22:00:00", BLOCK),
        ("00:00:00", BLOCK),
        ("23:59:59", BLOCK),
    ],
)
def test_group_1_edges_of_the_chinese_hours(desk, when, verdict):
    assert desk.ask(when).verdict is verdict


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        ("08:00:00", BLOCK),
        ("08:00:01", ALLOW),
        ("20:59:59", ALLOW),
        ("21:00:00", BLOCK),
    ],
)
def test_group_1_edges_of_the_american_hours_are_open(american, when, verdict):
    assert american.ask(when, packs=["us-regf"]).verdict is verdict


@pytest.mark.parametrize("channel", list(Channel))
def test_group_1_the_night_is_shut_for_every_channel(desk, channel):
    decision = desk.ask("22:30", desk.call(channel=channel))
    assert decision.verdict is BLOCK
    assert decision.next_allowed_at == desk.at("2026-11-24T08:00")


def test_group_2_a_call_over_the_edge_is_warned_not_judged(desk):
    assert desk.ask("21:59").verdict is ALLOW
    edge = desk.ask("21:59").close_by
    assert edge == desk.ask("21:30").close_by == desk.at("22:00")
    assert closing(edge, desk.at("21:54:59")) is None
    soon = closing(edge, desk.at("21:59:30"))
    assert soon.detail.code == "conduct.closing_soon"
    late = closing(edge, desk.at("22:03"))
    assert (late.verdict, late.detail.code) == (WARN, "conduct.close_now")
    assert late.detail.params["at"] == desk.at("22:00")


@pytest.mark.parametrize("channel", [Channel.CALL, Channel.SMS, Channel.LETTER, Channel.IM])
def test_group_3_what_was_prepared_in_time_is_judged_again_when_done(desk, channel):
    action = desk.call(channel=channel)
    assert desk.ask("21:58", action).verdict is ALLOW
    assert desk.ask("22:01", action).verdict is BLOCK


def test_group_4_agreed_hours_hold_with_words_proof_and_end(desk):
    good = desk.agreed("2026-11-20T12:00", "2026-12-01T00:00", (22 * 60 + 30, 23 * 60 + 30))
    assert desk.ask("22:45", consents=(good,)).verdict is ALLOW
    assert desk.ask("22:15", consents=(good,)).next_allowed_at == desk.at("22:30")
    assert desk.ask("23:30", consents=(good,)).verdict is BLOCK
    assert desk.ask("2026-12-01T22:45", consents=(good,)).verdict is BLOCK


@pytest.mark.parametrize("lack", [{"words": ""}, {"proof": ""}, {"until": None}])
def test_group_4_agreed_hours_without_words_proof_or_end_are_none(desk, lack):
    good = desk.agreed("2026-11-20T12:00", "2026-12-01T00:00", (22 * 60 + 30, 23 * 60 + 30))
    consent = replace(good, **lack)
    assert desk.ask("22:45", consents=(consent,)).verdict is BLOCK


def test_group_4_a_withdrawn_consent_ends_at_once(desk):
    consent = desk.agreed(
        "2026-11-20T12:00", "2026-12-01T00:00", (22 * 60, 24 * 60), withdrawn_at=desk.at("22:40:10")
    )
    assert desk.ask("22:40:09", consents=(consent,)).verdict is ALLOW
    assert desk.ask("22:40:10", consents=(consent,)).verdict is BLOCK
    assert desk.ask("22:30", consents=(consent,)).close_by == desk.at("22:40:10")


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        ("2026-11-23T22:30", ALLOW),
        ("2026-11-24T00:59:59", ALLOW),
        ("2026-11-24T01:00", BLOCK),
        ("2026-11-24T03:00", BLOCK),
        ("2026-11-23T19:00", ALLOW),  # inside the ordinary hours anyway
    ],
)
def test_group_5_an_agreed_window_over_midnight(desk, when, verdict):
    consent = desk.agreed("2026-11-20T12:00", "2026-12-01T00:00", (20 * 60, 1 * 60))
    assert desk.ask(when, consents=(consent,)).verdict is verdict


def test_group_5_hours_that_join_on_end_at_the_last_edge(desk):
    consent = desk.agreed("2026-11-20T12:00", "2026-12-01T00:00", (20 * 60, 1 * 60))
    assert desk.ask("21:00", consents=(consent,)).close_by == desk.at("2026-11-24T01:00")


def test_group_6_xinjiang_keeps_beijing_law_and_the_house_adds_its_own_clock(desk):
    west = {"zones": ("Asia/Urumqi",)}
    assert desk.ask("08:30", **west).verdict is ALLOW
    both = desk.ask("08:30", packs=["cn-card", "house"], **west)
    assert both.verdict is BLOCK
    assert {r.rule for r in both.reasons if r.verdict is BLOCK} == {"house.xinjiang_hours"}
    assert both.next_allowed_at == desk.at("10:00")


def test_group_6_a_debtor_abroad_has_their_own_clock_and_a_warning(desk):
    abroad = {"zones": ("America/New_York",)}
    night_there = desk.ask("15:00", **abroad)  # 02:00 in New York
    assert night_there.verdict is BLOCK
    assert night_there.next_allowed_at == desk.at("21:00")  # 08:00 there, by winter time
    assert desk.ask("21:30", **abroad).verdict is WARN


@pytest.mark.parametrize("to", [Addressee.GUARANTOR, Addressee.CONTACT])
def test_group_4_what_the_debtor_agreed_to_opens_the_night_for_nobody_else(desk, to):
    consents = (desk.agreed("2026-11-20T00:00", "2026-11-30T00:00", (22 * 60 + 30, 23 * 60 + 30)),)
    assert desk.ask("23:00", consents=consents).verdict is ALLOW
    decision = desk.ask("23:00", desk.call(to=to, number_id="x1"), consents=consents)
    assert decision.verdict is BLOCK
    assert "cn.hours" in {reason.rule for reason in decision.reasons if reason.verdict is BLOCK}


def test_group_5_an_agreed_window_of_no_length_opens_nothing(desk):
    consents = (desk.agreed("2026-11-20T00:00", "2026-11-30T00:00", (22 * 60, 22 * 60)),)
    assert desk.ask("22:00", consents=consents).verdict is BLOCK


def test_group_2_who_begins_near_the_edge_is_told_to_end_by_it(desk):
    def rules(when):
        return {duty.rule for duty in desk.ask(when).must_do}

    assert "gate.end_by" in rules("21:59")
    assert "gate.end_by" not in rules("20:00")


def test_group_1_what_is_shut_asks_for_nothing_to_be_said(desk):
    assert desk.ask("12:00").must_do != ()
    assert desk.ask("23:00").must_do == ()


def test_group_7_two_possible_zones_must_both_be_open(american):
    both = {"zones": ("America/New_York", "America/Los_Angeles")}
    early = american.ask("08:30", packs=["us-regf"], **both)
    assert early.verdict is BLOCK
    assert early.next_allowed_at == american.at("11:00:01")
    assert american.ask("11:30", packs=["us-regf"], **both).verdict is ALLOW
    assert american.ask("21:30", packs=["us-regf"], **both).verdict is BLOCK


def test_group_7_zones_without_a_common_hour_are_never_open(desk, pack_of, window_rule):
    pack = pack_of(window_rule("09:00", "17:00"))
    decision = desk.ask("10:00", packs=[pack], zones=("Asia/Shanghai", "America/New_York"))
    assert decision.verdict is BLOCK
    assert decision.next_allowed_at is None
    assert decision.reasons[0].rule == "gate.no_common_hour"
    assert decision.reasons[1].detail.params["zone"] == msg("conduct.zone_new_york")


def test_group_8_a_missing_wall_time_opens_when_the_clock_has_passed_it(american, pack_of, window_rule):
    pack = pack_of(window_rule("02:30", "04:00"))
    decision = american.ask("2026-03-08T00:30", packs=[pack])
    assert decision.next_allowed_at == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)  # 03:00 there: 02:30 never was


def test_group_8_a_wall_time_that_comes_twice_is_open_twice(american, pack_of, window_rule):
    pack = pack_of(window_rule("01:15", "01:45"))
    facts = american.facts()

    def verdict(hour: int, minute: int):
        return decide(american.call(), facts, [pack], datetime(2026, 11, 1, hour, minute, tzinfo=UTC))

    assert verdict(5, 30).verdict is ALLOW  # 01:30 summer time
    assert verdict(6, 30).verdict is ALLOW  # 01:30 winter time
    between = verdict(5, 50)
    assert between.verdict is BLOCK
    assert between.next_allowed_at == datetime(2026, 11, 1, 6, 15, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-08", 23), ("2026-11-01", 25), ("2026-11-02", 24)])
def test_group_8_days_of_23_and_25_hours(day, hours):
    where = zone("America/New_York")
    begins = datetime.fromisoformat(day).date()
    length = day_start(begins + timedelta(days=1), where) - day_start(begins, where)
    assert length == timedelta(hours=hours)


def test_group_8_without_zone_data_nothing_is_open(desk):
    decision = desk.ask("12:00", zones=("Asia/Atlantis",))
    assert decision.verdict is BLOCK
    assert decision.next_allowed_at is None


def test_group_8_an_unknown_zone_is_asked_for_or_blocked_as_the_pack_says(desk):
    decision = desk.ask("12:00", zones=())
    assert (decision.verdict, decision.reasons[0].ask_for) == (ASK, "zone")
    assert desk.ask("12:00", zones=(), packs=["us-regf"]).verdict is BLOCK


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=365)])
def test_group_9_a_clock_set_back_blocks_until_it_is_past_the_last_row(desk, back):
    mark = desk.at("12:00") + back
    decision = desk.ask("12:00", high_water=mark)
    assert decision.verdict is BLOCK
    assert {reason.rule for reason in decision.reasons} >= {"gate.clock_back"}
    assert decision.next_allowed_at == mark
    assert desk.ask("12:00", high_water=desk.at("12:00")).verdict is ALLOW


def test_group_9_rows_of_the_history_are_a_mark_as_well(desk):
    assert desk.ask("12:00", history=(desk.past("12:00:01", Result.BUSY),)).verdict is BLOCK


def test_group_9_a_clock_that_ran_far_ahead_asks(desk):
    decision = desk.ask("12:00", clock_jump=timedelta(hours=9))
    assert (decision.verdict, decision.reasons[0].ask_for) == (ASK, "date_confirmed")
    assert desk.ask("12:00", clock_jump=timedelta(minutes=4)).verdict is ALLOW


@pytest.mark.parametrize(
    ("when", "again"),
    [
        ("2028-02-28T23:00", "2028-02-29T08:00"),
        ("2028-02-29T23:00", "2028-03-01T08:00"),
        ("2026-12-31T23:59:59", "2027-01-01T08:00"),
        ("2027-01-01T00:00", "2027-01-01T08:00"),
    ],
)
def test_group_10_leap_days_and_the_end_of_the_year(desk, when, again):
    assert desk.ask(when).next_allowed_at == desk.at(again)


def test_group_10_fractions_of_a_second_belong_to_their_second(desk):
    assert desk.ask("21:59:59.999999").verdict is ALLOW
    assert desk.ask("07:59:59.999999").verdict is BLOCK


def test_group_10_the_same_instant_in_any_offset_gets_the_same_answer(desk):
    moment = desk.at("22:00")
    pack, facts = [load_shipped("cn-card")], desk.facts()
    assert decide(desk.call(), facts, pack, moment) == decide(desk.call(), facts, pack, moment.astimezone(UTC))


def test_group_10_twenty_four_hundred_is_the_end_of_the_day(desk, pack_of, window_rule):
    pack = pack_of(window_rule("08:00", "24:00"))
    assert desk.ask("23:59:59", packs=[pack]).verdict is ALLOW
    assert desk.ask("2026-11-24T00:00", packs=[pack]).verdict is BLOCK


def test_group_11_the_law_knows_no_holidays(desk):
    for day in ("2026-10-01", "2026-02-16", "2026-10-10"):  # National Day, New Year's Eve, a worked Saturday
        assert desk.ask(f"{day}T12:00").verdict is ALLOW


def test_group_11_the_house_calendar_closes_days_and_says_that_it_is_the_house(desk):
    decision = desk.ask("2026-02-16T12:00", packs=["cn-card", "house"])
    closing = [reason for reason in decision.reasons if reason.verdict is BLOCK]
    assert [(reason.rule, reason.level.value, reason.conf.value) for reason in closing] == [
        ("house.closed_days", "house", "H")
    ]
    assert decision.next_allowed_at == desk.at("2026-02-18T08:00")


def test_group_11_a_year_the_calendar_does_not_cover_warns(desk):
    decision = desk.ask("2028-05-03T12:00", packs=["cn-card", "house"])
    assert decision.verdict is WARN
    assert decision.reasons[0].detail.code == "conduct.calendar_missing"


def test_agreed_hours_for_one_channel_do_not_open_another(desk):
    consent = Consent(
        ConsentScope.AGREED_HOURS,
        desk.at("2026-11-01T09:00"),
        desk.at("2026-12-01T00:00"),
        (22 * 3600, 23 * 3600),
        "text me at ten",
        "sms 4",
        channels=frozenset({Channel.SMS}),
    )
    assert desk.ask("22:30", desk.call(channel=Channel.SMS), consents=(consent,)).verdict is ALLOW
    assert desk.ask("22:30", consents=(consent,)).verdict is BLOCK


def test_a_flag_stays_a_block_whatever_the_hour(desk):
    assert desk.ask("23:00", flags=frozenset({Flag.PLAN_ACTIVE})).next_allowed_at is None


def test_a_contact_let_pass_outside_the_houses_hours_has_the_laws_edge_only(desk):
    early = Override("house.xinjiang_hours", "lead", "asked for it", desk.at("07:00"), desk.at("12:00"))
    decision = desk.ask("08:30", packs=["cn-card", "house"], zones=("Asia/Urumqi",), overrides=(early,))
    assert (decision.verdict, decision.close_by) == (WARN, desk.at("22:00"))
