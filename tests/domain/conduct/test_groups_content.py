"""Edge cases 32 to 38: content, visits, records. Expectations are taken from the list of cases."""

from dataclasses import replace
from datetime import date

import pytest

from collector_desk.domain.conduct import Approval, ApprovalKind, Content, PlannedVisit
from collector_desk.domain.conduct.records import Keeping, Record, keeping, plan_terms
from collector_desk.domain.conduct.rules import LetterContent, RepaymentPlan
from collector_desk.domain.vocabulary import Addressee, Channel, Flag, Verdict
from collector_desk.packs.rules import load_shipped, read_pack_bytes
from collector_desk.resources import resource

ALLOW, WARN, ASK, BLOCK = Verdict.ALLOW, Verdict.WARN, Verdict.ASK, Verdict.BLOCK
BOTH = ["cn-card", "house"]
LETTER = next(rule for rule in load_shipped("cn-card").rules if isinstance(rule, LetterContent))
PLAN = next(rule for rule in load_shipped("cn-card").rules if isinstance(rule, RepaymentPlan))


def letter(desk, parts, hits=frozenset()):
    return desk.call(channel=Channel.LETTER, number_id=None, content=Content("letter", frozenset(parts), hits))


@pytest.mark.parametrize(
    ("hits", "verdict"), [(frozenset(), ALLOW), (frozenset({"cn-threat-v1"}), BLOCK), (None, ASK)]
)
def test_group_32_what_the_wording_check_found_is_judged(desk, hits, verdict):
    text = desk.call(channel=Channel.SMS, content=Content("sms", hits=hits))
    assert desk.ask("12:00", text).verdict is verdict


def test_group_32_a_hit_no_rule_here_judges_does_not_pass(desk):
    text = desk.call(channel=Channel.SMS, content=Content("sms", hits=frozenset({"our-own-list"})))
    assert desk.ask("12:00", text).verdict is ASK


def test_group_33_a_part_nobody_knows_is_asked_about(desk):
    assert desk.ask("12:00", letter(desk, LETTER.must_have | {"emblm"})).verdict is ASK


def test_group_34_a_visit_nobody_knows_the_place_of_is_asked_about(desk):
    plan = PlannedVisit(people=2, carried=frozenset({"badge", "authorisation_letter"}))
    decision = desk.ask("12:00", desk.call(channel=Channel.VISIT, number_id=None, visit=plan))
    assert (decision.verdict, decision.reasons[0].ask_for) == (ASK, "place")
    at_door = replace(plan, place="doorstep")
    assert desk.ask("12:00", desk.call(channel=Channel.VISIT, number_id=None, visit=at_door)).verdict is ALLOW


def test_group_32_a_suit_may_be_named_unless_the_debt_is_time_barred(american):
    text = american.call(channel=Channel.LETTER, content=Content("letter", hits=frozenset({"us-suit-threat"})))
    assert american.ask("12:00", text, ["us-regf"]).verdict is ALLOW
    barred = american.ask("12:00", text, ["us-regf"], flags=frozenset({Flag.TIME_BARRED}))
    assert barred.verdict is BLOCK


@pytest.mark.parametrize("missing", sorted(LETTER.must_have))
def test_group_33_a_letter_without_one_of_the_seven_items_is_not_sent(desk, missing):
    assert len(LETTER.must_have) == 7
    assert desk.ask("12:00", letter(desk, LETTER.must_have)).verdict is ALLOW
    decision = desk.ask("12:00", letter(desk, LETTER.must_have - {missing}))
    assert decision.verdict is BLOCK
    assert [part.code for part in decision.reasons[0].detail.params["parts"]] == [f"conduct.part_{missing}"]


@pytest.mark.parametrize("extra", ["debt_words_on_envelope", "court_style_heading", "emblem"])
def test_group_33_a_letter_poses_as_nobody_and_its_envelope_says_nothing(desk, extra):
    assert desk.ask("12:00", letter(desk, LETTER.must_have | {extra})).verdict is BLOCK


def visit(desk, **plan):
    whole = PlannedVisit(
        people=2,
        place="neutral",
        entry_consent=None,
        carried=frozenset({"badge", "authorisation_letter"}),
        av_record=True,
    )
    return desk.call(channel=Channel.VISIT, number_id=None, visit=replace(whole, **plan))


def test_group_34_two_people_are_there_or_the_visit_does_not_begin(desk):
    assert desk.ask("12:00", visit(desk)).verdict is ALLOW
    alone = desk.ask("12:00", visit(desk, people=1))
    assert alone.verdict is BLOCK
    assert (alone.reasons[0].n, alone.reasons[0].m) == (1, 2)


def test_group_34_a_badge_out_of_date_is_no_badge(desk):
    assert desk.ask("12:00", visit(desk, carried=frozenset({"authorisation_letter"}))).verdict is BLOCK
    assert desk.ask("12:00", visit(desk, carried=None)).verdict is ASK


def test_group_34_an_arrival_at_twenty_to_ten_has_twenty_minutes(desk):
    decision = desk.ask("21:40", visit(desk))
    assert decision.verdict is ALLOW
    assert decision.close_by == desk.at("22:00")
    assert desk.ask("22:00", visit(desk)).verdict is BLOCK


def test_group_34_a_child_at_the_door_ends_it(desk):
    assert desk.ask("12:00", visit(desk, child_opened=True), BOTH).verdict is BLOCK


@pytest.mark.parametrize("place", ["school", "hospital_ward"])
def test_group_34_the_house_goes_to_no_school_and_no_ward(desk, place):
    assert desk.ask("12:00", visit(desk, place=place), BOTH).verdict is BLOCK


@pytest.mark.parametrize("place", ["home", "office_area"])
@pytest.mark.parametrize(("consent", "verdict"), [(None, ASK), (False, BLOCK), (True, WARN)])
def test_group_35_nobody_enters_without_consent(desk, place, consent, verdict):
    # With consent the weak source still warns; it never binds.
    decision = desk.ask("12:00", visit(desk, place=place, entry_consent=consent))
    assert decision.verdict is verdict


def test_group_36_what_can_not_be_recorded_wants_a_reason_and_is_an_incident(desk):
    assert desk.ask("12:00", desk.call(recording=False)).verdict is ASK
    with_reason = desk.ask("12:00", desk.call(recording=False, recording_reason="disk full"))
    assert with_reason.verdict is WARN
    assert desk.ask("12:00", desk.call(recording=True)).verdict is ALLOW


def test_group_36_a_private_phone_is_no_way_out(desk):
    private = desk.call(means=frozenset({"private_phone"}))
    assert desk.ask("12:00", private).verdict is BLOCK
    agreed = Approval(ApprovalKind.BANK_MEANS, "bank", desk.at("09:00"))
    assert desk.ask("12:00", private, approvals=(agreed,)).verdict is ALLOW


@pytest.mark.parametrize("means", ["public_notice", "number_rotation", "address_book_blast", "postcard"])
def test_group_36_banned_means_stay_banned(desk, means):
    agreed = Approval(ApprovalKind.BANK_MEANS, "bank", desk.at("09:00"))
    action = desk.call(means=frozenset({means}))
    assert desk.ask("12:00", action, BOTH, approvals=(agreed,)).verdict is BLOCK


PACKS = [load_shipped(pack) for pack in BOTH]
OLD = Record(kind="call", event=date(2024, 11, 1), case_close=date(2024, 11, 20))


def test_group_37_records_are_kept_two_years_and_then_erased_by_the_house(desk):
    assert keeping(OLD, PACKS, date(2026, 10, 31)) is Keeping.KEEP
    assert keeping(OLD, PACKS, date(2026, 11, 20)) is Keeping.STORE_ONLY
    assert keeping(OLD, PACKS, date(2026, 12, 20)) is Keeping.DELETE
    assert keeping(OLD, PACKS[:1], date(2026, 12, 20)) is Keeping.STORE_ONLY


@pytest.mark.parametrize("hold", ["plan_active", "complaint_open"])
def test_group_37_what_is_still_open_is_stored_beyond_two_years(hold):
    assert keeping(replace(OLD, holds=frozenset({hold})), PACKS, date(2030, 1, 1)) is Keeping.STORE_ONLY


def test_group_37_an_erasure_demanded_early_stops_the_use_not_the_keeping():
    early = replace(OLD, event=date(2025, 11, 20), deletion_demanded=True)
    assert keeping(early, PACKS, date(2026, 11, 20)) is Keeping.STORE_ONLY


def test_group_37_an_oral_plan_is_kept_until_it_is_settled():
    plan = Record(kind="oral_plan", event=date(2020, 1, 1), case_close=date(2020, 6, 1))
    assert keeping(plan, PACKS, date(2026, 1, 1)) is Keeping.KEEP
    assert keeping(replace(plan, settlement=date(2021, 1, 1)), PACKS, date(2026, 1, 1)) is Keeping.DELETE


def test_group_37_american_records_live_three_years_after_the_last_activity():
    packs = [load_shipped("us-regf")]
    record = Record(kind="call", event=date(2020, 1, 1), last_activity=date(2024, 2, 29))
    assert keeping(record, packs, date(2027, 2, 28)) is Keeping.KEEP
    assert keeping(record, packs, date(2027, 3, 1)) is Keeping.STORE_ONLY


def test_group_38_no_pack_can_promise_masks_that_the_program_does_not_ask_it_for():
    shipped = resource("rules", "house.toml").read_bytes()
    promised = shipped.replace(b'kind = "channel_ban"', b'kind = "data_mask"')
    pack, problems = read_pack_bytes("house.toml", promised)
    assert pack is None
    assert [problem.what.code for problem in problems] == ["conduct.kind_unknown"]


# -- further kinds of rules


def test_a_plan_runs_five_years_at_most_and_holds_what_the_law_asks():
    terms, recording = plan_terms(PACKS)
    assert terms.params["m"] == PLAN.max_months == 60
    assert len(terms.params["parts"]) == len(PLAN.must_have) == 6
    assert recording.code == "conduct.plan_recording"
    free = replace(PACKS[0], rules=(replace(PLAN, oral_needs_recording=False),))
    assert [line.code for line in plan_terms([free])] == ["conduct.plan_at_most"]


def test_an_american_voicemail_holds_four_things_and_little_else(american):
    four = {"neutral_business_name", "reply_request", "person_name", "number"}

    def leave(parts):
        action = american.call(content=Content("voicemail", frozenset(parts), frozenset()))
        return american.ask("12:00", action, ["us-regf"]).verdict

    assert leave(four) is ALLOW
    assert leave(four | {"greeting"}) is ALLOW
    assert leave(four | {"debt"}) is BLOCK
    assert leave(four - {"person_name"}) is BLOCK


def test_a_text_names_no_figures_by_house_rule(desk):
    text = desk.call(channel=Channel.SMS, content=Content("sms", frozenset({"amount"}), frozenset()))
    assert desk.ask("12:00", text).verdict is ALLOW
    assert desk.ask("12:00", text, BOTH).verdict is BLOCK


def test_a_second_visit_on_a_day_warns_by_the_weak_source_and_is_blocked_by_the_house(desk):
    first = (desk.past("09:00", None, channel=Channel.VISIT, to=Addressee.DEBTOR),)
    assert desk.ask("15:00", visit(desk), history=first).verdict is WARN
    assert desk.ask("15:00", visit(desk), BOTH, history=first).verdict is BLOCK
