"""Nothing is collected where nothing is owed to us: by any means, from anybody, under every pack."""

from datetime import date

import pytest

from collector_desk.domain.conduct import Debt, Override, PlannedVisit, Purpose
from collector_desk.domain.message import msg
from collector_desk.domain.vocabulary import Addressee, CaseState, Channel, Direction, Verdict

OPEN, PAID, BACK = Debt("a"), Debt("b", CaseState.SETTLED), Debt("c", CaseState.RETURNED)
EMPTY = Debt("d", owed=False)
PACKS = [["cn-card"], ["cn-card", "house"], ["us-regf"], ["vn-2019"]]
NOTHING = "gate.nothing_to_collect"


def found(decision) -> list[str]:
    return [reason.detail.code for reason in decision.reasons if reason.rule == NOTHING]


@pytest.mark.parametrize("packs", PACKS)
@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("to", [Addressee.DEBTOR, Addressee.CONTACT, Addressee.GUARANTOR])
def test_no_means_and_no_person_is_left_out(desk, packs, channel, to):
    visit = PlannedVisit(2, "doorstep") if channel is Channel.VISIT else None
    action = desk.call(channel=channel, to=to, number_id=None, visit=visit)
    decision = desk.ask("10:00", action, packs, debts=(PAID,))
    assert (decision.verdict, decision.next_allowed_at, decision.overridable) == (Verdict.BLOCK, None, False)
    assert found(decision) == ["conduct.nothing_owed"]


@pytest.mark.parametrize(
    ("debts", "why"),
    [
        ((), "conduct.nothing_owed"),
        ((PAID,), "conduct.nothing_owed"),
        ((EMPTY,), "conduct.nothing_owed"),
        ((BACK,), "conduct.debt_returned"),
        ((PAID, BACK), "conduct.debt_returned"),
        ((Debt("e", mandate_ends=date(2026, 11, 22)), PAID), "conduct.mandate_over"),
    ],
)
def test_it_says_why(desk, debts, why):
    assert found(desk.ask("10:00", debts=debts)) == [why]


@pytest.mark.parametrize(
    "debts", [None, (OPEN,), (OPEN, PAID), (BACK, OPEN), (Debt("e", mandate_ends=date(2026, 11, 23)),)]
)
def test_what_is_owed_or_not_told_stands_in_no_way(desk, debts):
    assert desk.ask("10:00", debts=debts).verdict is Verdict.ALLOW


def test_a_contact_about_certain_debts_names_no_closed_one(desk):
    debts = (OPEN, PAID)
    asked = [frozenset({"a"}), frozenset({"b"}), frozenset({"a", "b"}), frozenset({"unheard of"})]
    verdicts = [desk.ask("10:00", desk.call(debt_ids=ids), debts=debts).verdict for ids in asked]
    assert verdicts == [Verdict.ALLOW, Verdict.BLOCK, Verdict.BLOCK, Verdict.BLOCK]


def test_their_own_call_is_answered_and_they_may_be_told(desk):
    ring = desk.call(direction=Direction.IN)
    assert desk.ask("10:00", ring, debts=(PAID,)).verdict is Verdict.ALLOW
    for purpose in (Purpose.INFORMATION, Purpose.OPEN_LINE):
        assert desk.ask("10:00", desk.call(purpose=purpose), debts=(PAID,)).verdict is Verdict.ALLOW
    told = desk.call(purpose=Purpose.INFORMATION, to=Addressee.CONTACT)
    assert desk.ask("10:00", told, debts=(PAID,)).verdict is Verdict.BLOCK


def test_no_leads_word_opens_it(desk):
    word = Override(NOTHING, "lead", "test", desk.at("08:00"), desk.at("23:00"))
    assert desk.ask("10:00", overrides=(word,), debts=(PAID,)).verdict is Verdict.BLOCK


def test_the_mandate_ends_at_the_banks_midnight(desk):
    debts = (Debt("e", mandate_ends=date(2026, 11, 23)),)
    assert found(desk.ask("2026-11-23T23:59:59", debts=debts)) == []
    assert found(desk.ask("2026-11-24T00:00", debts=debts)) == ["conduct.mandate_over"]
    decision = desk.ask("07:00", debts=(Debt("e", mandate_ends=date(2026, 11, 23)),))
    assert decision.next_allowed_at == desk.at("08:00")
    late = desk.ask("23:00", debts=debts)  # closed until eight, and by then there is no mandate
    assert late.next_allowed_at is None


SAID = msg("book.claim_untold", amount="¥5", day=date(2026, 11, 22))
WAITING = Debt("f", claimed=SAID, claimed_until=date(2026, 11, 24))


def waits(decision) -> bool:
    return any(reason.rule == "gate.claim_waits" for reason in decision.reasons)


@pytest.mark.parametrize("packs", PACKS)
def test_who_says_they_have_paid_is_rung_on_the_banks_word_alone(desk, packs):
    decision = desk.ask("10:00", packs=packs, debts=(WAITING, PAID))
    assert waits(decision)
    assert [reason.ask_for for reason in decision.reasons if reason.verdict is Verdict.ASK] == ["bank_word"]


@pytest.mark.parametrize(
    ("debts", "more"),
    [
        ((WAITING, OPEN), {}),  # about the other account they may be called
        ((Debt("f", claimed=SAID, claimed_until=date(2026, 11, 23)),), {}),  # the bank is silent
        ((WAITING,), {"purpose": Purpose.INFORMATION}),
        ((WAITING,), {"direction": Direction.IN}),
    ],
)
def test_what_else_is_to_be_said_waits_for_nothing(desk, debts, more):
    assert not waits(desk.ask("10:00", desk.call(**more), debts=debts))
