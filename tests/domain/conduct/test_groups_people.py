"""Edge cases 22 to 31: people. Expectations are taken from the list of cases, for the packs as shipped."""

from dataclasses import replace
from datetime import date

import pytest

from collector_desk.domain.conduct import Approval, ApprovalKind, Content, Override, Purpose
from collector_desk.domain.conduct.records import deadlines
from collector_desk.domain.vocabulary import Addressee, Channel, Direction, Disclosure, Flag, Result, Verdict
from collector_desk.packs.rules import load_shipped

ALLOW, WARN, ASK, BLOCK = Verdict.ALLOW, Verdict.WARN, Verdict.ASK, Verdict.BLOCK
LAW, BOTH = ["cn-card"], ["cn-card", "house"]
CONTACT = {"to": Addressee.CONTACT, "number_id": "c1"}


def approved(desk, kind=ApprovalKind.THIRD_PARTY, by="lead", **more):
    return Approval(kind, by, desk.at("2026-11-22T09:00"), **more)


def three_days(desk, hours=(9, 13, 19)):
    return tuple(desk.past(f"2026-11-{20 + n}T{hour:02d}:00", Result.NO_ANSWER) for n, hour in enumerate(hours))


# -- 22 to 24: whose number it is


def test_group_22_a_shared_number_counts_for_both_and_warns_of_the_other(desk):
    theirs = tuple(desk.past(f"{9 + n:02d}:00", Result.BUSY, debtor_id="d2") for n in range(6))
    decision = desk.ask("16:00", history=theirs)
    assert decision.verdict is WARN  # six unanswered tries on this number, whoever they were for
    assert "gate.shared_number" in {duty.rule for duty in decision.must_do}


def test_group_22_the_other_debtors_talks_count_on_that_number_only(desk):
    theirs = tuple(desk.past(f"{9 + n:02d}:00", Result.EFFECTIVE, debtor_id="d2") for n in range(3))
    decision = desk.ask("16:00", history=theirs)
    assert (decision.verdict, decision.reasons[0].rule) == (BLOCK, "cn.voice_talk_cap")
    assert desk.ask("16:00", desk.call(number_id="n2"), history=theirs).verdict is ALLOW


def test_group_23_a_third_party_who_is_the_debtor_comes_under_all_debtor_rules(desk):
    talks = tuple(desk.past(f"{9 + n:02d}:00", Result.EFFECTIVE) for n in range(3))
    lost = {"approvals": (approved(desk),), "flags": frozenset()}
    as_debtor = desk.ask("16:00", desk.call(number_id="c1"), history=talks, **lost)
    assert as_debtor.verdict is BLOCK
    assert "cn.voice_talk_cap" in {reason.rule for reason in as_debtor.reasons}
    fresh = desk.ask("16:00", desk.call(number_id="c1"), BOTH, **lost)
    assert "house.identity" in {duty.rule for duty in fresh.must_do}


def test_group_24_a_number_of_somebody_else_is_suppressed_and_the_others_are_not(desk):
    wrong = {"wrong_numbers": frozenset({"n1"})}
    decision = desk.ask("12:00", **wrong)
    assert decision.verdict is BLOCK
    assert decision.next_allowed_at is None
    assert desk.ask("12:00", desk.call(number_id="n2"), **wrong).verdict is ALLOW


def test_group_24_a_wrong_person_met_this_morning_suppresses_the_number_for_every_case(desk):
    met = (desk.past("09:00", Result.WRONG_PERSON, debtor_id="d2"),)
    assert desk.ask("12:00", history=met).verdict is BLOCK


# -- 25, 26: third parties


def test_group_25_without_lost_debtor_the_gate_is_shut(desk):
    decision = desk.ask("12:00", desk.call(**CONTACT))
    assert decision.verdict is BLOCK
    assert "cn.third_gate" in {reason.rule for reason in decision.reasons}


def test_group_25_the_weak_figures_alone_never_open_the_gate(desk):
    decision = desk.ask("12:00", desk.call(**CONTACT), LAW, history=three_days(desk))
    assert decision.verdict is ASK
    assert decision.reasons[0].ask_for == "lead_approval"


def test_group_25_three_failures_in_a_row_count_from_the_next_day(desk):
    run = tuple(desk.past(f"{hour:02d}:00", Result.NO_ANSWER) for hour in (9, 11, 13))
    today = desk.ask("15:00", desk.call(**CONTACT), history=run, approvals=(approved(desk),))
    assert today.verdict is BLOCK
    assert today.next_allowed_at == desk.at("2026-11-24T08:00")
    tomorrow = desk.ask("2026-11-24T08:00", desk.call(**CONTACT), history=run, approvals=(approved(desk),))
    assert tomorrow.verdict is ALLOW


@pytest.mark.parametrize("reached", [Result.CONNECTED, Result.EFFECTIVE, Result.REFUSED, None])
def test_group_25_a_debtor_who_was_reached_in_between_is_not_lost(desk, reached):
    run = (
        desk.past("2026-11-20T09:00", Result.NO_ANSWER),
        desk.past("2026-11-20T11:00", Result.NO_ANSWER),
        desk.past("2026-11-20T12:00", reached, number_id="n2"),
        desk.past("2026-11-20T13:00", Result.NO_ANSWER),
    )
    decision = desk.ask("12:00", desk.call(**CONTACT), history=run, approvals=(approved(desk),))
    assert decision.verdict is BLOCK


def test_group_25_a_talk_in_the_very_second_of_a_failure_ends_the_run(desk):
    run = three_days(desk)
    talk = desk.past("2026-11-22T19:00", Result.EFFECTIVE, number_id="n2")
    decision = desk.ask("2026-11-23T12:00", desk.call(**CONTACT), history=(*run, talk), approvals=(approved(desk),))
    assert decision.verdict is BLOCK


def test_group_25_failures_on_other_than_the_reserved_mobile_open_nothing(desk):
    run = tuple(replace(event, number_id="office") for event in three_days(desk))
    decision = desk.ask(
        "12:00",
        desk.call(**CONTACT),
        history=run,
        approvals=(approved(desk),),
        reserved_numbers=frozenset({"n1"}),
    )
    assert decision.verdict is BLOCK


def test_group_25_an_invalid_reserved_mobile_counts_as_lost_only_if_all_are(desk):
    dead = desk.past("2026-11-20T09:00", Result.INVALID)
    asked = {"approvals": (approved(desk),)}
    one = desk.ask("12:00", desk.call(**CONTACT), history=(dead,), reserved_numbers=frozenset({"n1"}), **asked)
    assert one.verdict is ALLOW
    two = desk.ask(
        "12:00", desk.call(**CONTACT), history=(dead,), reserved_numbers=frozenset({"n1", "n2"}), **asked
    )
    assert two.verdict is BLOCK


@pytest.mark.parametrize(("hours", "verdict"), [((9, 13, 19), ALLOW), ((9, 9, 9), BLOCK), ((9, 13, 9), BLOCK)])
def test_group_25_the_house_wants_three_days_at_different_hours(desk, hours, verdict):
    decision = desk.ask(
        "12:00", desk.call(**CONTACT), BOTH, history=three_days(desk, hours), approvals=(approved(desk),)
    )
    assert decision.verdict is verdict


def test_group_25_nobody_approves_their_own_call(desk):
    action = desk.call(**CONTACT, actor_id="lead")
    assert desk.ask("12:00", action, history=three_days(desk), approvals=(approved(desk),)).verdict is ASK


@pytest.mark.parametrize("part", ["amount", "overdue_days", "product", "legal_step", "debt_existence"])
def test_group_25_how_much_is_never_answered_to_a_third_party(desk, part):
    content = Content("script", frozenset({part}), hits=frozenset())
    action = desk.call(**CONTACT, content=content)
    given = {"history": three_days(desk), "approvals": (approved(desk),)}
    assert desk.ask("12:00", action, **given).verdict is BLOCK
    asking = desk.call(**CONTACT, content=Content("script", frozenset({"contact_details"}), hits=frozenset()))
    assert desk.ask("12:00", asking, **given).verdict is ALLOW


def test_group_25_who_refused_is_never_called_again_but_may_be_answered(desk):
    refused = (*three_days(desk), desk.past("2026-11-22T20:00", Result.REFUSED, **CONTACT))
    given = {"history": refused, "approvals": (approved(desk),)}
    out = desk.ask("12:00", desk.call(**CONTACT), **given)
    assert (out.verdict, out.next_allowed_at) == (BLOCK, None)
    calls_back = desk.call(**CONTACT, direction=Direction.IN)
    assert desk.ask("12:00", calls_back, **given).verdict is ALLOW
    assert desk.ask("12:00", replace(calls_back, discloses=Disclosure.DEBT), **given).verdict is BLOCK


def test_group_25_a_number_stopped_long_ago_stays_stopped(desk):
    given = {"history": three_days(desk), "approvals": (approved(desk),), "stopped_numbers": frozenset({"c1"})}
    assert desk.ask("12:00", desk.call(**CONTACT), **given).verdict is BLOCK


@pytest.mark.parametrize("purpose", [Purpose.COLLECT, Purpose.INFORMATION, Purpose.CONFIRM_LOCATION])
def test_group_25_a_contact_is_asked_for_two_things_only(desk, purpose):
    given = {"history": three_days(desk), "approvals": (approved(desk),)}
    assert desk.ask("12:00", desk.call(**CONTACT, purpose=purpose), **given).verdict is BLOCK
    allowed = desk.call(**CONTACT, purpose=Purpose.ASK_TO_PASS_ON)
    assert desk.ask("12:00", allowed, **given).verdict is ALLOW


def test_group_25_the_house_reaches_a_contact_once_a_week(desk):
    asked = desk.past("2026-11-22T20:00", Result.CONNECTED, **CONTACT)
    given = {"history": (*three_days(desk), asked), "approvals": (approved(desk),)}
    decision = desk.ask("12:00", desk.call(**CONTACT), BOTH, **given)
    assert decision.verdict is BLOCK
    assert decision.next_allowed_at == desk.at("2026-11-29T08:00")


def test_group_25_an_american_third_party_is_asked_once(american):
    action = american.call(**CONTACT, purpose=Purpose.CONFIRM_LOCATION)
    assert american.ask("12:00", action, ["us-regf"]).verdict is ALLOW
    assert american.ask("12:00", action, ["us-regf"], contacts_reached=frozenset({"c1"})).verdict is BLOCK


@pytest.mark.parametrize("pack", ["cn-card", "us-regf", "vn-2019"])
@pytest.mark.parametrize("to", [Addressee.DEBTOR, Addressee.GUARANTOR, Addressee.CONTACT])
def test_group_24_somebody_elses_number_is_left_alone_under_every_pack(desk, pack, to):
    zones = {"zones": ({"cn-card": "Asia/Shanghai", "us-regf": "America/New_York"}.get(pack, "Asia/Ho_Chi_Minh"),)}
    at, lost = ("22:00" if pack == "us-regf" else "12:00"), {"approvals": (approved(desk),)}
    call = desk.call(to=to, number_id="n1")
    met = (desk.past("2026-11-21T09:00", Result.WRONG_PERSON, to=to),)
    for known in ({"wrong_numbers": frozenset({"n1"})}, {"history": met}):
        decision = desk.ask(at, call, [pack], **zones, **lost, **known)
        assert decision.verdict is BLOCK
        assert "conduct.wrong_number" in {reason.detail.code for reason in decision.reasons}
    if to is Addressee.DEBTOR:
        assert desk.ask(at, call, [pack], **zones).verdict is not BLOCK
        assert desk.ask(at, call, [pack], flags=frozenset({Flag.WRONG_PERSON}), **zones).verdict is BLOCK


@pytest.mark.parametrize("reserved", [None, frozenset({"n1"})])
@pytest.mark.parametrize("how", [{"number_id": "n2"}, {"number_id": "n2", "direction": Direction.IN}])
def test_group_25_who_was_reached_on_another_line_is_not_lost(desk, reserved, how):
    dead = desk.past("2026-11-20T09:00", Result.INVALID)
    reached = desk.past("09:00", Result.EFFECTIVE, **how)
    lost = {"approvals": (approved(desk),), "reserved_numbers": reserved}
    assert desk.ask("12:00", desk.call(**CONTACT), history=(dead, reached), **lost).verdict is BLOCK
    dead_since = desk.past("10:00", Result.INVALID)
    gone = {**lost, "reserved_numbers": frozenset({"n1"})}
    assert desk.ask("12:00", desk.call(**CONTACT), history=(dead, reached, dead_since), **gone).verdict is ALLOW


def test_group_25_an_approval_opens_nothing_before_it_is_given(desk):
    ahead = replace(approved(desk), at=desk.at("14:00:00.400"))
    known = {"history": three_days(desk), "approvals": (ahead,)}
    assert desk.ask("13:59:59", desk.call(**CONTACT), **known).verdict is ASK
    assert desk.ask("14:00", desk.call(**CONTACT), **known).verdict is ALLOW


def test_group_29_a_release_counts_from_when_it_is_given_and_for_the_pause_it_names(desk):
    flags = {"flags": frozenset({Flag.CEASE})}
    ahead = approved(desk, ApprovalKind.RELEASE, flag=Flag.CEASE)
    ahead = replace(ahead, at=desk.at("14:00"))
    before = desk.ask("12:00", packs=BOTH, approvals=(ahead,), **flags)
    assert (before.verdict, before.next_allowed_at) == (BLOCK, desk.at("14:00"))
    assert desk.ask("14:00", packs=BOTH, approvals=(ahead,), **flags).verdict is ALLOW
    nameless = approved(desk, ApprovalKind.RELEASE)
    assert desk.ask("12:00", packs=BOTH, approvals=(nameless,), **flags).verdict is BLOCK


def test_group_27_a_death_is_named_where_a_lead_is_asked(desk):
    decision = desk.ask("12:00", desk.call(**CONTACT), flags=frozenset({Flag.DECEASED}))
    assert decision.verdict is ASK
    assert decision.reasons[0].detail.params == {"flag": Flag.DECEASED}


def test_group_26_a_proven_guarantor_asked_as_a_contact_is_one(desk):
    both = frozenset({"contact", "guarantor"})
    person = desk.call(**CONTACT, relations=both, guarantor_proven=True)
    assert desk.ask("12:00", person).verdict is ALLOW
    for doubt in (None, False):
        assert desk.ask("12:00", replace(person, guarantor_proven=doubt)).verdict is BLOCK


def test_group_26_a_proven_guarantor_is_no_third_party(desk):
    guarantor = desk.call(to=Addressee.GUARANTOR, number_id="g1", guarantor_proven=True)
    assert desk.ask("12:00", guarantor).verdict is ALLOW


@pytest.mark.parametrize(
    "doubt",
    [{"guarantor_proven": False}, {"relations": frozenset({"guarantor", "spouse"})}],
)
def test_group_26_two_relations_without_a_proven_contract_are_the_strictest(desk, doubt):
    guarantor = desk.call(to=Addressee.GUARANTOR, number_id="g1", **doubt)
    assert desk.ask("12:00", guarantor).verdict is BLOCK


def test_group_26_employers_neighbours_and_village_officers_are_never_asked(desk):
    stranger = desk.call(to=Addressee.OTHER, number_id="hr")
    decision = desk.ask("12:00", stranger, history=three_days(desk), approvals=(approved(desk),))
    assert (decision.verdict, decision.next_allowed_at) == (BLOCK, None)


# -- 27 to 31: states


@pytest.mark.parametrize("flag", [Flag.DECEASED, Flag.NO_CAPACITY])
def test_group_27_death_and_guardianship_stop_collection(desk, flag):
    assert desk.ask("12:00", flags=frozenset({flag})).verdict is BLOCK
    to_family = desk.ask("12:00", desk.call(**CONTACT), BOTH, flags=frozenset({flag}), approvals=(approved(desk),))
    assert "house.estate" in {reason.rule for reason in to_family.reasons if reason.verdict is BLOCK}


@pytest.mark.parametrize("flag", [Flag.ILLNESS, Flag.VULNERABLE, Flag.MINOR, Flag.BANKRUPT])
def test_group_27_illness_and_weakness_pause_it_for_a_lead(desk, flag):
    decision = desk.ask("12:00", packs=BOTH, flags=frozenset({flag}))
    assert (decision.verdict, decision.overridable) == (BLOCK, True)
    released = approved(desk, ApprovalKind.RELEASE, flag=flag)
    assert desk.ask("12:00", packs=BOTH, flags=frozenset({flag}), approvals=(released,)).verdict is ALLOW


def test_group_28_a_represented_debtor_is_not_called(desk, american):
    represented = {"flags": frozenset({Flag.REPRESENTED})}
    assert desk.ask("12:00", packs=BOTH, **represented).verdict is BLOCK
    assert american.ask("12:00", packs=["us-regf"], **represented).verdict is BLOCK


@pytest.mark.parametrize("channel", [Channel.CALL, Channel.SMS, Channel.LETTER, Channel.VISIT, Channel.IM])
def test_group_29_cease_pauses_every_channel_until_a_lead_decided(desk, channel):
    ceased = {"packs": BOTH, "flags": frozenset({Flag.CEASE})}
    action = desk.call(channel=channel)
    assert desk.ask("12:00", action, **ceased).verdict is BLOCK
    assert desk.ask("12:00", replace(action, purpose=Purpose.INFORMATION), **ceased).verdict is ALLOW


def test_group_29_cease_is_no_rule_of_the_chinese_pack(desk):
    assert desk.ask("12:00", flags=frozenset({Flag.CEASE})).verdict is ALLOW


def test_group_29_a_release_for_one_flag_releases_no_other(desk):
    flags = frozenset({Flag.CEASE, Flag.DISPUTED})
    released = approved(desk, ApprovalKind.RELEASE, flag=Flag.CEASE)
    assert desk.ask("12:00", packs=BOTH, flags=flags, approvals=(released,)).verdict is BLOCK


def test_group_30_a_dispute_pauses_at_once(desk):
    assert desk.ask("12:00", flags=frozenset({Flag.DISPUTED})).verdict is WARN
    assert desk.ask("12:00", packs=BOTH, flags=frozenset({Flag.DISPUTED})).verdict is BLOCK


def test_group_30_a_complaints_fifteen_days_end_on_a_holiday_all_the_same(desk):
    # Fifteen days after 2026-09-16 is National Day.
    due = deadlines("complaint_received", date(2026, 9, 16), [load_shipped("cn-card")])
    assert [(one.rule, one.on) for one in due] == [("cn.complaint", date(2026, 10, 1))]
    assert due[0].extended == (date(2026, 10, 16), date(2026, 11, 15))


def test_group_30_a_signed_plan_stops_collection_and_a_broken_one_does_not(desk):
    assert desk.ask("12:00", flags=frozenset({Flag.PLAN_ACTIVE})).verdict is BLOCK
    assert desk.ask("12:00").verdict is ALLOW  # the plan was broken, its flag is gone


def test_group_31_a_flag_set_while_the_call_runs_changes_the_answer(desk):
    packs, action = BOTH, desk.call()
    assert desk.ask("12:00", action, packs).verdict is ALLOW
    again = desk.ask("12:00:05", action, packs, flags=frozenset({Flag.CEASE}))
    assert again.verdict is BLOCK


# -- overrides and identity


def override(desk, **more):
    given = {"rule": "house.pause", "by": "lead", "reason": "the debtor asked us to ring", "at": desk.at("10:00")}
    return Override(**{**given, "until": desk.at("18:00"), **more})


def test_a_lead_other_than_the_caller_lets_a_house_rule_pass_with_a_reason(desk):
    paused = {"packs": BOTH, "flags": frozenset({Flag.CEASE})}
    decision = desk.ask("12:00", desk.call(actor_id="agent"), overrides=(override(desk),), **paused)
    assert decision.verdict is WARN
    assert decision.reasons[0].overridden_by == "lead"


def test_an_override_counts_from_when_it_is_given(desk):
    ahead = override(desk, rule="house.one_talk", at=desk.at("16:00"))
    talk = (desk.past("09:00", Result.EFFECTIVE),)
    before = desk.ask("15:00", packs=BOTH, history=talk, overrides=(ahead,))
    assert (before.verdict, before.next_allowed_at) == (BLOCK, desk.at("16:00"))
    assert desk.ask("16:00", packs=BOTH, history=talk, overrides=(ahead,)).verdict is WARN


@pytest.mark.parametrize("wrong", [{"by": "agent"}, {"by": ""}, {"reason": "  "}, {"rule": "house.estate"}])
def test_an_override_without_reason_or_by_the_caller_is_none(desk, wrong):
    paused = {"packs": BOTH, "flags": frozenset({Flag.CEASE})}
    overrides = (override(desk, **wrong),)
    assert desk.ask("12:00", desk.call(actor_id="agent"), overrides=overrides, **paused).verdict is BLOCK


def test_an_override_ends(desk):
    paused = {"packs": BOTH, "flags": frozenset({Flag.CEASE}), "overrides": (override(desk),)}
    assert desk.ask("17:59:59", **paused).verdict is WARN
    assert desk.ask("18:00", **paused).verdict is BLOCK


def test_the_law_has_no_override(desk):
    plan = {"flags": frozenset({Flag.PLAN_ACTIVE}), "overrides": (override(desk, rule="cn.plan_stop"),)}
    decision = desk.ask("12:00", **plan)
    assert (decision.verdict, decision.overridable) == (BLOCK, False)


def test_nothing_of_a_debt_before_identity(desk):
    tells = desk.call(discloses=Disclosure.DEBT)
    assert desk.ask("12:00", tells, BOTH).verdict is BLOCK
    assert desk.ask("12:00", tells, BOTH, identity_verified=True).verdict is ALLOW
    assert (
        desk.ask("12:00", replace(tells, discloses=Disclosure.IDENTITY), BOTH, identity_failures=2).verdict is BLOCK
    )


def test_before_identity_no_bank_is_named(desk):
    duties = {duty.rule: duty.detail for duty in desk.ask("12:00", packs=BOTH).must_do}
    assert duties["house.open"].code == "conduct.do_say"
    assert duties["cn.open"].code == "conduct.do_say_after_identity"
    third = desk.ask("12:00", desk.call(**CONTACT), BOTH)
    assert "cn.open" not in {duty.rule for duty in third.must_do}


def test_an_inbound_call_may_be_answered_at_night_and_under_a_pause(desk):
    inbound = desk.call(direction=Direction.IN)
    assert desk.ask("23:00", inbound, BOTH, flags=frozenset({Flag.CEASE})).verdict is ALLOW
