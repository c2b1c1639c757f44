"""The values of a visit: two people, one thing that travels, signatures that hold for one content."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Refused
from collector_desk.domain.plain import canonical, from_plain, to_plain
from collector_desk.domain.visits.checks import FindingLevel, VisitRules, check_report, may_be_signed
from collector_desk.domain.visits.steps import (
    NEXT,
    WHO,
    Actor,
    Visit,
    VisitState,
    VisitStep,
    objection,
    take_step,
)
from collector_desk.domain.visits.taps import draft_from_taps, minutes_inside
from collector_desk.domain.visits.visit import (
    AddressFinding,
    Agreed,
    ConsentHow,
    Entry,
    EvidenceItem,
    EvidenceKind,
    FailedAttempt,
    Identified,
    PlaceKind,
    Relation,
    Signature,
    SignedHow,
    Statement,
    Tap,
    TapKind,
    Visitor,
    VisitOutcome,
    VisitPlan,
    VisitPurpose,
    VisitReport,
    VisitRequest,
    add_signature,
    content_hash,
    fully_signed,
)
from collector_desk.domain.vocabulary import ArrearsReason, Channel, Outcome, PayChannel, Role

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in China
A, B, C = (Visitor(i * 32, name) for i, name in (("a", "甲"), ("b", "乙"), ("c", "丙")))


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def plan(**changes: object) -> VisitPlan:
    return replace(VisitPlan(A, B, START, at(60), "示例路 1 号"), **changes)


def request() -> VisitRequest:
    tried = FailedAttempt("t" * 32, at(-3000), Channel.CALL, Outcome.NO_ANSWER, "138****0000")
    return VisitRequest(VisitPurpose.TALK, "示例路 1 号", PlaceKind.HOME, "x" * 32, "丁", at(-2000), (tried,))


def full_report() -> VisitReport:
    return VisitReport(
        outcome=VisitOutcome.DONE,
        set_out_at=at(-30),
        arrived_at=at(0),
        left_at=at(25),
        present=(A.person_id, B.person_id),
        address=AddressFinding.RIGHT,
        met=Relation.DEBTOR,
        identified=Identified.ID_CARD_SEEN,
        debt_disclosed=True,
        entry=Entry.ALLOWED,
        consent=ConsentHow.ON_RECORDING,
        consent_where="录音 1, 02:10",
        minutes_inside=15,
        recorded_where="录音 1",
        said="本人说下周发工资。",
        arrears_reason=ArrearsReason.WAITING_WAGES,
        agreed=Agreed.PROMISE,
        promise_amount=Money(120050),
        promise_on=date(2026, 11, 25),
        promise_channel=PayChannel.BANK_APP,
        evidence=(EvidenceItem("e" * 32, EvidenceKind.PHOTO, "楼门", "0" * 64, 12345, "image/jpeg", at(1)),),
        next_step="核对到账",
        statements=(Statement(B.person_id, B.name, "全程在场。"),),
    )


def codes(report: VisitReport, the_plan: VisitPlan | None = None) -> dict[str, FindingLevel]:
    return {f.message.code: f.level for f in check_report(report, the_plan or plan(), VisitRules())}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"companion": A}, "companion"),
        ({"companion": Visitor(" " + A.person_id.upper(), "另一个名字")}, "companion"),
        ({"third": B}, "third"),
        ({"lead": Visitor(" ", "无")}, "lead"),
        ({"lead": replace(A, badge="B-7"), "companion": replace(B, badge="b-7 ")}, "companion"),
        ({"end": START}, "end"),
    ],
)
def test_one_person_can_never_be_the_pair(changes, field):
    with pytest.raises(Refused) as caught:
        plan(**changes)
    assert caught.value.field_name == field


def test_namesakes_may_go_together():
    assert len(plan(companion=replace(B, name=A.name), third=C).team) == 3


def test_a_request_needs_evidence_and_an_address():
    with pytest.raises(Refused, match="no_evidence"):
        replace(request(), attempts=())
    with pytest.raises(Refused, match="address_missing"):
        replace(request(), address=" ")


def visit_at(state: VisitState) -> Visit:
    """A visit walked to ``state`` by the right people."""
    way = {
        VisitState.OPENED: ["open"],
        VisitState.PLANNED: ["open", "plan"],
        VisitState.SET_OUT: ["open", "plan", "set_out"],
        VisitState.REPORTED: ["open", "plan", "set_out", "arrive", "finish", "report"],
    }[state]
    arrived = Tap(TapKind.ARRIVED, at(0), A.person_id, (A.person_id, B.person_id))
    visit = Visit("v" * 32, "d" * 32, ("k" * 32,), request(), plan(), (arrived,), full_report())
    for number, step in enumerate(way):
        actor = VISITOR if Role.VISITOR in WHO[VisitStep(step)] else LEAD
        visit = take_step(visit, VisitStep(step), actor, at(number))
    assert visit.state is state
    return visit


LEAD = Actor("l" * 32, "戊", frozenset({Role.LEAD}))
VISITOR = Actor(A.person_id, A.name, frozenset({Role.VISITOR}))


def test_the_whole_way_to_the_file():
    visit = visit_at(VisitState.REPORTED)
    visit = take_step(visit, VisitStep.SEND_BACK, LEAD, at(90), "请补充")
    visit = take_step(visit, VisitStep.REPORT, VISITOR, at(95))
    visit = take_step(visit, VisitStep.ACCEPT, LEAD, at(99))
    visit = take_step(visit, VisitStep.FILE, LEAD, at(100))
    assert visit.state is VisitState.FILED
    assert not [step for state, step in NEXT if state is visit.state]
    assert from_plain(Visit, to_plain(visit)) == visit


def test_nobody_judges_their_own_and_roles_hold():
    visit = visit_at(VisitState.REPORTED)
    both = Actor(A.person_id, A.name, frozenset({Role.VISITOR, Role.LEAD}))
    with pytest.raises(Refused, match="own_report"):
        take_step(visit, VisitStep.ACCEPT, both, at(1))
    fresh = replace(visit, history=())
    with pytest.raises(Refused, match="own_request"):
        take_step(fresh, VisitStep.OPEN, replace(LEAD, person_id=visit.request.requested_by), at(1))
    with pytest.raises(Refused, match="step_not_yours"):
        take_step(fresh, VisitStep.OPEN, VISITOR, at(1))
    with pytest.raises(Refused, match="reason_missing"):
        take_step(fresh, VisitStep.REFUSE, LEAD, at(1), "  ")
    with pytest.raises(Refused, match="not_of_the_team"):
        take_step(visit_at(VisitState.PLANNED), VisitStep.SET_OUT, replace(VISITOR, person_id=C.person_id), at(1))


def test_one_person_alone_can_not_check_in():
    visit = visit_at(VisitState.SET_OUT)
    alone = replace(visit, taps=(Tap(TapKind.ARRIVED, at(0), A.person_id, (A.person_id, C.person_id)),))
    assert objection(alone, VisitStep.ARRIVE, VISITOR) is not None
    assert objection(replace(visit, taps=()), VisitStep.ARRIVE, VISITOR) is not None
    assert objection(visit, VisitStep.ARRIVE, VISITOR) is None


def test_a_complete_report_has_nothing_against_it():
    assert codes(full_report()) == {}


@pytest.mark.parametrize(
    ("changes", "code", "level"),
    [
        ({"said": " "}, "missing_said", "missing"),
        ({"met": None, "debt_disclosed": False}, "missing_met", "missing"),
        ({"arrears_reason": None}, "missing_arrears_reason", "missing"),
        ({"promise_amount": None}, "missing_promise_amount", "missing"),
        ({"next_step": ""}, "missing_next_step", "missing"),
        ({"outcome": VisitOutcome.BROKEN_OFF}, "missing_outcome_reason", "missing"),
        ({"consent_where": ""}, "missing_consent_where", "missing"),
        ({"recorded_where": ""}, "missing_recorded_where", "missing"),
        ({"consent": None}, "entry_without_consent", "breach"),
        ({"entry": Entry.REFUSED}, "inside_without_entry", "breach"),
        ({"minutes_inside": 21}, "over_time_no_reason", "breach"),
        ({"minutes_inside": 21, "over_time_reason": "本人要求看材料"}, "over_time", "breach"),
        ({"minutes_inside": 40, "over_time_reason": "x"}, "inside_longer_than_there", "breach"),
        ({"present": (A.person_id,)}, "too_few_people", "breach"),
        ({"present": (A.person_id, C.person_id)}, "stranger_present", "breach"),
        ({"left_at": START + timedelta(hours=13)}, "outside_hours", "breach"),
        ({"arrived_at": START - timedelta(hours=2, minutes=1)}, "outside_hours", "breach"),
        ({"left_at": at(-1)}, "times_backwards", "breach"),
        ({"met": Relation.SPOUSE}, "debt_before_third_party", "breach"),
        ({"identified": Identified.NOT_IDENTIFIED}, "debt_before_unidentified", "breach"),
        ({"met": Relation.CHILD, "debt_disclosed": False}, "child_met", "breach"),
        ({"unusual": "邻居询问"}, "something_unusual", "note"),
        ({"evidence": ()}, "no_evidence_attached", "note"),
    ],
)
def test_each_fault_is_found(changes, code, level):
    assert codes(replace(full_report(), **changes)).get("visits." + code) == level


def test_what_must_be_filled_depends_on_the_outcome():
    nobody = VisitReport(
        VisitOutcome.NOT_FOUND, at(-9), at(0), at(5), (A.person_id, B.person_id), next_step="换时间",
        address=AddressFinding.RIGHT, recorded_where="录音 2",
    )  # fmt: skip
    assert codes(nobody) == {}
    never = VisitReport(VisitOutcome.NOT_CARRIED_OUT, outcome_reason="暴雨", next_step="改期")
    assert codes(never) == {}
    assert may_be_signed(check_report(never, plan(), VisitRules()))


def test_an_expired_badge_and_a_work_place_are_breaches():
    old = plan(companion=replace(B, badge="7", badge_until=date(2026, 11, 22)), place=PlaceKind.WORK)
    found = codes(full_report(), old)
    assert found["visits.badge_expired"] == "breach"
    assert found["visits.inside_work_place"] == "breach"


def test_the_draft_is_made_of_the_taps():
    both = (A.person_id, B.person_id)
    taps = (
        Tap(TapKind.SET_OUT, at(-20), A.person_id, both),
        Tap(TapKind.ARRIVED, at(0), A.person_id, both),
        Tap(TapKind.MET, at(1), A.person_id, both),
        Tap(TapKind.ASKED_IN, at(2), A.person_id, both, ConsentHow.WRITTEN, "同意书"),
        Tap(TapKind.ENTERED, at(3), A.person_id, both),
        Tap(TapKind.LEFT_HOME, at(10), A.person_id, (A.person_id,)),
        Tap(TapKind.LEFT, at(12), A.person_id),
    )
    draft = draft_from_taps(plan(), taps, at(99))
    assert (draft.outcome, draft.entry, draft.minutes_inside) == (VisitOutcome.DONE, Entry.ALLOWED, 7)
    assert (draft.consent, draft.consent_where, draft.left_at) == (ConsentHow.WRITTEN, "同意书", at(12))
    assert draft.present == (A.person_id,)  # the companion left early: it shows
    assert draft_from_taps(plan(), (), at(0)).outcome is VisitOutcome.NOT_CARRIED_OUT
    assert draft_from_taps(plan(), (taps[1], Tap(TapKind.NOBODY, at(4), "a")), at(9)).outcome == "not_found"
    assert draft_from_taps(plan(), (*taps, Tap(TapKind.BROKE_OFF, at(11), "a")), at(99)).outcome == "broken_off"


def test_minutes_inside_counts_begun_minutes_and_a_running_stay():
    entered = Tap(TapKind.ENTERED, at(0), "a")
    assert minutes_inside((entered,), at(20)) == 20
    assert minutes_inside((entered,), at(20) + timedelta(seconds=1)) == 21
    assert minutes_inside((), at(5)) is None


def sign(visitor: Visitor, report: VisitReport) -> Signature:
    return Signature(visitor.person_id, visitor.name, at(50), SignedHow.PASSWORD, content_hash(report, plan()))


def test_both_sign_one_content_and_a_change_asks_both_again():
    report = full_report()
    signed = add_signature((), sign(A, report), report, plan())
    with pytest.raises(Refused, match="signed_twice"):
        add_signature(signed, sign(A, report), report, plan())
    with pytest.raises(Refused, match="not_of_the_team"):
        add_signature(signed, sign(C, report), report, plan())
    assert not fully_signed(signed, report, plan())
    signed = add_signature(signed, sign(B, report), report, plan())
    assert fully_signed(signed, report, plan())
    second = replace(report, said="改过", version=2)
    assert not fully_signed(signed, second, plan())
    with pytest.raises(Refused, match="signed_other_content"):
        add_signature(signed, sign(A, report), second, plan())
    assert [s.person_id for s in add_signature(signed, sign(B, second), second, plan())] == [B.person_id]


@given(st.text(max_size=40))
def test_the_hash_depends_on_every_word_and_travels(words):
    report = replace(full_report(), said=words)
    again = from_plain(VisitReport, to_plain(report))
    assert again == report
    assert canonical(again) == canonical(report)
    assert content_hash(again, plan()) == content_hash(report, plan())
    assert content_hash(replace(report, said=words + "。"), plan()) != content_hash(report, plan())


@pytest.mark.parametrize(
    "damage", [{"outcome": 7}, {"nobody": 1}, {"version": True}, {"present": "ab"}, {"said": 1}]
)
def test_a_damaged_form_is_refused(damage):
    with pytest.raises(ValueError, match=r"."):
        from_plain(VisitReport, to_plain(full_report()) | damage)
