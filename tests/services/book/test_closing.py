"""A case closed on the bank's word is left in peace by every way of reaching its debtor, who may still ring up."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.book.derived import first_columns
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import ConsentScope
from collector_desk.domain.message import Refused
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.visits.visit import PlaceKind, Tap, TapKind, VisitPurpose
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    Direction,
    Flag,
    NumberKind,
    Outcome,
    PayChannel,
    PromiseState,
    Role,
    Speaker,
    Verdict,
)
from collector_desk.services.book import cases, closing, overview, placements, queueing, refresh
from collector_desk.services.calls import calling
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.gate.facts import active_packs
from collector_desk.services.permits import consents, scheduling, tasks
from collector_desk.services.visits import gate, visiting
from collector_desk.store import tables as t
from collector_desk.store.tables.history import journal
from tests.samples.visit_story import ADDRESS, arrived, planned, promised_at_the_door, requested

CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
LETTER = "某某银行结清证明 2026-118 号"
OWN, CONTACT, GUARANTOR = NumberKind.MOBILE, NumberKind.CONTACT, NumberKind.GUARANTOR


def accounts(seat, who):
    return {case.id: case for case in cases.open_case(seat, who).file.cases}


def settled(manager, who, ending=Ending.SETTLED, case_id=None):
    case_id = case_id or cases.open_case(manager, who).file.lead_case.id
    return closing.close(manager, case_id, ending, document=LETTER, written_on=manager.today())


def rang(seat, who, outcome, **more) -> CallLog:
    """They ring up; what the talk led to."""
    begun = calling.begin(seat, debtor_id=who, phone_id=None, direction=Direction.IN)
    values = {
        "speaker": Speaker.DEBTOR,
        "identity": CHECKED,
        "talk_seconds": 90,
        "note": f"客户来电说明情况，{more.pop('about', '已复述确认并告知后续安排')}。",
        "reason": ArrearsReason.WAITING_WAGES,
        "recording": "R-1",
    }
    log = CallLog(outcome, **values | more)
    calling.finish(seat, begun.attempt.id, log)
    return log


def promised(seat, who, day=24, **more):
    return rang(
        seat,
        who,
        Outcome.PROMISE_PART,
        amount=Money(10_000),
        day=date(2026, 11, day),
        at=time(18),
        channel=PayChannel.BANK_APP,
        about=f"承诺{day}日还款",
        **more,
    )


def refusal(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.message.params.get("why", refused.value.message).code


# --- the gate --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "why"), [(Ending.SETTLED, "conduct.nothing_owed"), (Ending.RECALLED, "conduct.debt_returned")]
)
def test_nobody_is_called_about_it_and_they_may_ring_up(agent, manager, debtor, ending, why):
    numbers = (("16188000001", OWN), ("16188000002", CONTACT), ("16188000003", GUARANTOR))
    who = debtor(numbers=numbers)
    settled(manager, who, ending)
    case = cases.open_case(agent, who)
    assert {card.decision.verdict for card in case.numbers} == {Verdict.BLOCK}
    for card in case.numbers:
        assert card.decision.next_allowed_at is None
        assert not card.decision.overridable
        assert refusal(lambda card=card: calling.begin(agent, debtor_id=who, phone_id=card.phone.id)) == why
    assert case.next_number is None
    rang(agent, who, Outcome.PAID_ALREADY, amount=Money(10_000), day=agent.today())
    row = queueing.page(agent).rows
    assert [found.queue_class for found in row] == [QueueClass.DONE]


def test_a_balance_of_nothing_is_enough_whoever_brought_it_there(agent, manager, debtor):
    who, overpaid = debtor(balance=0), debtor(balance=-500)
    for one in (who, overpaid):
        assert cases.open_case(agent, one).next_number is None
        with manager.store.write() as conn:
            refresh.refresh(conn, [one], manager.now())
        assert cases.open_case(agent, one).file.queue_class is QueueClass.DONE


def test_a_call_the_debtor_had_asked_for_is_not_made_either(agent, manager, debtor):
    who = debtor()
    now = agent.now()
    wish = consents.ConsentWish(
        ConsentScope.MORE_TALKS, now, now + timedelta(days=1), "请随时打给我", "来函 20261123-7"
    )
    consents.note_consent(agent, who, wish)
    (asked,) = tasks.open_tasks(manager)
    tasks.settle(manager, asked.id, approve=True, reason="已核对来函")
    settled(manager, who)
    phone = cases.open_case(agent, who).numbers[0].phone.id
    assert refusal(lambda: calling.begin(agent, debtor_id=who, phone_id=phone)) == "conduct.nothing_owed"
    with pytest.raises(Refused) as refused:
        scheduling.schedule(agent, who, phone)
    assert refused.value.message.params["who"].code == "calls.who_nobody"


def test_the_banks_mandate_ends_with_its_last_day(agent, manager, debtor, clock):
    who = debtor()
    (placement,) = placements.placements(manager)
    terms = replace(placement.terms, mandate_ends=date(2026, 11, 24))
    placements.set_terms(manager, placement.id, terms)
    queueing.tick(agent)
    clock.forward(days=1)  # the last day
    queueing.tick(agent)
    assert cases.open_case(agent, who).next_number is not None
    assert cases.open_case(agent, who).file.queue_class.workable
    clock.forward(days=1)
    queueing.tick(agent)
    assert cases.open_case(agent, who).file.why.code == "book.mandate_over"
    card = cases.open_case(agent, who).numbers[0]
    assert card.decision.verdict is Verdict.BLOCK
    assert card.decision.reasons[0].detail.code == "conduct.mandate_over"
    placements.set_terms(manager, placement.id, replace(terms, mandate_ends=date(2027, 3, 31)))
    queueing.tick(agent)
    assert cases.open_case(agent, who).next_number is not None
    assert cases.open_case(agent, who).file.queue_class.workable


def test_after_the_mandate_they_may_ring_up_and_nothing_is_agreed(agent, manager, debtor, clock):
    who = debtor()
    (placement,) = placements.placements(manager)
    placements.set_terms(manager, placement.id, replace(placement.terms, mandate_ends=date(2026, 11, 22)))
    with pytest.raises(Refused) as refused:
        promised(agent, who)
    assert refused.value.message.code == "calls.nothing_owed"


# --- one account of several ------------------------------------------------------------------------------


def test_the_other_account_is_still_collected_and_is_the_one_spoken_of(agent, manager, debtor):
    who = debtor(days=75)
    first = cases.open_case(agent, who).file.lead_case.id
    other = debtor.another(who, balance=50_000, days=10)
    settled(manager, who, case_id=first)
    file = cases.open_case(agent, who).file
    assert (file.lead_case.id, file.balance) == (other, Money(50_000))
    assert file.queue_class.workable
    promised(agent, who)
    assert {promise.case_id for promise in cases.open_case(agent, who).file.promises} == {other}
    assert cases.open_case(agent, who).numbers[0].decision.verdict is not Verdict.ALLOW  # talked to today
    begun = calling.begin(agent, debtor_id=who, phone_id=None, direction=Direction.IN)
    log = CallLog(
        Outcome.PROMISE_FULL,
        speaker=Speaker.DEBTOR,
        identity=CHECKED,
        case_id=first,
        amount=Money(1),
        day=date(2026, 11, 25),
        at=time(18),
        channel=PayChannel.BANK_APP,
        note="客户称愿意把另一账户也还清，已说明。",
        recording="R-2",
        talk_seconds=60,
        reason=ArrearsReason.WAITING_WAGES,
    )
    with pytest.raises(Refused) as refused:
        calling.finish(agent, begun.attempt.id, log)
    assert (refused.value.message.code, refused.value.field_name) == ("calls.nothing_owed", "case")


@pytest.mark.parametrize("outcome", [Outcome.PROMISE_FULL, Outcome.WANTS_PLAN])
def test_nothing_is_agreed_on_what_was_settled_during_the_call(agent, manager, debtor, outcome):
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).numbers[0].phone.id)
    settled(manager, who)
    log = CallLog(
        outcome,
        speaker=Speaker.DEBTOR,
        identity=CHECKED,
        talk_seconds=90,
        recording="R-1",
        note="客户说明情况，愿意处理欠款，已复述确认。",
        reason=ArrearsReason.WAITING_WAGES,
        amount=Money(3_391_162),
        day=date(2026, 11, 24),
        at=time(18),
        channel=PayChannel.BANK_APP,
    )
    with pytest.raises(Refused) as refused:
        calling.finish(agent, begun.attempt.id, log)
    assert (refused.value.message.code, refused.value.field_name) == ("calls.nothing_owed", "outcome")
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    assert cases.open_case(agent, who).file.promises == ()


# --- what goes with the case -----------------------------------------------------------------------------


def test_its_promise_is_void_and_nobody_has_to_agree_to_it(agent, manager, debtor, clock):
    who = debtor()
    promised(agent, who, 30)
    assert [task.kind for task in tasks.open_tasks(manager)] == ["promise_approval"]
    settled(manager, who)
    file = cases.open_case(agent, who).file
    assert ([promise.state for promise in file.promises], file.balance) == (["void"], Money(0))
    assert tasks.open_tasks(manager) == ()
    clock.forward(days=9)
    queueing.tick(agent)
    file = cases.open_case(agent, who).file
    assert (file.queue_class, file.why.code) == (QueueClass.DONE, "book.settled")
    assert all(promise.state is not PromiseState.BROKEN for promise in file.promises)


def test_the_promise_on_another_account_stands(agent, manager, debtor):
    who = debtor(days=75)
    first = cases.open_case(agent, who).file.lead_case.id
    other = debtor.another(who)
    promised(agent, who, case_id=other)
    settled(manager, who, case_id=first)
    assert [promise.state for promise in cases.open_case(agent, who).file.promises] == ["open"]


def test_taking_a_call_back_brings_no_promise_back_to_a_closed_account(agent, manager, debtor, clock):
    who = debtor()
    promised(agent, who, 24)
    clock.forward(minutes=5)
    promised(agent, who, 25)
    settled(manager, who)
    clock.forward(minutes=5)
    calling.take_back(agent)
    assert {promise.state for promise in cases.open_case(agent, who).file.promises} == {"cancelled", "void"}


def test_an_answer_owed_to_the_debtor_stays_owed(agent, manager, debtor):
    who = debtor()
    rang(agent, who, Outcome.COMPLAINT, about="投诉来电过于频繁")
    settled(manager, who)
    assert [task.kind for task in tasks.open_tasks(manager)] == ["complaint"]
    assert Flag.COMPLAINT_OPEN in cases.open_case(agent, who).file.flags


def test_a_wish_for_a_plan_ends_with_the_debt(agent, manager, debtor):
    who = debtor()
    rang(agent, who, Outcome.WANTS_PLAN, about="希望分期归还")
    assert [task.kind for task in tasks.open_tasks(manager)] == ["plan_request"]
    settled(manager, who)
    assert tasks.open_tasks(manager) == ()


# --- visits ----------------------------------------------------------------------------------------------


def test_no_visit_is_asked_for(agent, manager, debtor):
    who = debtor(days=75)
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).numbers[0].phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    assert visiting.closed_to_visits(agent, who) is None
    settled(manager, who)
    closed = visiting.closed_to_visits(agent, who)
    assert closed is not None
    assert closed.message.params["why"].code == "conduct.nothing_owed"

    def ask():
        visiting.request(agent, debtor_id=who, purpose=VisitPurpose.TALK, address=ADDRESS, place=PlaceKind.HOME)

    assert refusal(ask) == "conduct.nothing_owed"


def test_a_visit_not_made_yet_is_called_off_and_says_why(agent, manager, debtor, team):
    who, asked_only = debtor(days=75), debtor("王某", days=75)
    visit_id, other = requested(agent, who), requested(agent, asked_only)
    planned(manager, team, visit_id)
    changes = settled(manager, who)
    assert changes.visits == {visit_id}
    visit = visiting.load(team[0], visit_id)
    assert visit.state is VisitState.NOT_CARRIED_OUT
    assert LETTER in visit.history[-1].reason
    settled(manager, asked_only, Ending.RECALLED)
    assert visiting.load(manager, other).state is VisitState.REFUSED
    with pytest.raises(Refused):
        planned(manager, team, other)


def test_the_lead_who_asked_for_the_visit_can_close_the_case(manager, debtor):
    who = debtor(days=75)
    visit_id = requested(manager, who)
    settled(manager, who)
    assert visiting.load(manager, visit_id).state is VisitState.REFUSED


def test_where_something_else_is_owed_the_visit_is_made(agent, manager, debtor, team):
    who = debtor(days=75)
    first = cases.open_case(agent, who).file.lead_case.id
    debtor.another(who)
    visit_id = requested(agent, who)
    planned(manager, team, visit_id)
    settled(manager, who, case_id=first)
    assert visiting.load(manager, visit_id).state is VisitState.PLANNED


@pytest.mark.plants_state
def test_a_visit_planned_when_the_balance_falls_to_nothing_is_not_begun(agent, manager, debtor, team, clock):
    who = debtor(days=75)
    visit_id = requested(agent, who)
    plan = planned(manager, team, visit_id)
    with manager.store.write() as conn:  # as a bank's file will do it
        conn.execute(update(t.account_case).values(balance_minor=0))
    clock.at = plan.start
    assert not gate.look(manager, who, plan.start).allowed
    both = tuple(seat.person.id for seat in team)
    tap = Tap(TapKind.SET_OUT, clock.now(), "", both)
    assert refusal(lambda: visiting.tap(team[0], visit_id, tap)) == "conduct.nothing_owed"


def test_who_stands_at_the_door_finishes_and_holds_nobody_to_a_promise(agent, manager, debtor, team, clock):
    who = debtor(days=75)
    visit_id = requested(agent, who)
    planned(manager, team, visit_id)
    clock.forward(days=1, minutes=10)
    arrived(team, visit_id)
    settled(manager, who)
    assert visiting.load(manager, visit_id).state is VisitState.ON_SITE
    promised_at_the_door(manager, team, visit_id, clock)
    assert cases.open_case(manager, who).file.promises == ()


# --- the act itself --------------------------------------------------------------------------------------


def test_only_a_lead_closes_and_opens(agent, manager, debtor, seat_of):
    who = debtor()
    case_id = cases.open_case(agent, who).file.lead_case.id
    for seat in (agent, seat_of("钱经理", Role.MANAGER), seat_of("孙法务", Role.LEGAL)):
        for act in (
            lambda seat=seat: settled(seat, who),
            lambda seat=seat: closing.reopen(seat, case_id, reason="登记有误，银行未确认"),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.message.code == "office.not_allowed"
    assert accounts(agent, who)[case_id].state == "open"


@pytest.mark.parametrize(
    ("document", "day", "field"),
    [
        ("", 0, "document"),
        ("  。。。 ", 0, "document"),
        ("证明", 0, "document"),
        ("1111111", 0, "document"),
        (LETTER, None, "day"),
        (LETTER, 1, "day"),
    ],
)
def test_the_banks_word_is_named_with_its_day(manager, debtor, document, day, field):
    who = debtor()
    case_id = cases.open_case(manager, who).file.lead_case.id
    written_on = None if day is None else manager.today() + timedelta(days=day)
    with pytest.raises(Refused) as refused:
        closing.close(manager, case_id, Ending.SETTLED, document=document, written_on=written_on)
    assert refused.value.field_name == field
    assert accounts(manager, who)[case_id].state == "open"


def test_it_stands_in_the_history_and_can_be_mended(agent, manager, debtor):
    who = debtor()
    case_id = cases.open_case(agent, who).file.lead_case.id
    owed = accounts(agent, who)[case_id].balance
    settled(manager, who)
    with pytest.raises(Refused) as refused:
        settled(manager, who)
    assert refused.value.message.code == "book.closing.closed_already"
    with pytest.raises(Refused) as refused:
        closing.reopen(manager, case_id, reason="")
    assert refused.value.field_name == "reason"
    closing.reopen(manager, case_id, reason="银行来函更正，结清证明开错了账户")
    with pytest.raises(Refused) as refused:
        closing.reopen(manager, case_id, reason="再恢复一次看看")
    assert refused.value.message.code == "book.closing.open_already"
    file = cases.open_case(agent, who)
    assert (file.file.lead_case.state, file.file.balance) == ("open", owed)
    assert file.next_number is not None
    lines = [(line.detail[0].code, line.text) for line in file.timeline if line.kind == "case_event"]
    assert lines == [
        ("book.timeline.case_reopened", "银行来函更正，结清证明开错了账户"),
        ("book.timeline.case_settled", LETTER),
    ]
    with manager.store.read() as conn:
        kinds = conn.execute(
            select(journal.c.kind).where(journal.c.table_name == "case_event").order_by(journal.c.seq)
        ).scalars()
        assert list(kinds) == ["case.close", "case.reopen"]
    settled(manager, who, Ending.RECALLED)
    closing.reopen(manager, case_id, reason="银行撤回了退案通知")
    assert cases.open_case(agent, who).file.balance == owed


@pytest.mark.plants_state
def test_what_was_not_closed_here_is_not_opened_here(manager, debtor):
    who = debtor()
    case_id = cases.open_case(manager, who).file.lead_case.id
    with manager.store.write() as conn:
        conn.execute(update(t.account_case).values(state="settled", balance_minor=0))
    with pytest.raises(Refused) as refused:
        closing.reopen(manager, case_id, reason="登记有误，银行未确认")
    assert refused.value.message.code == "book.closing.not_closed_here"


# --- finding ---------------------------------------------------------------------------------------------


def test_who_owes_nothing_is_found_last_even_where_they_fill_the_list(agent, manager, debtor):
    paid = [debtor("宋小宝") for _ in range(4)]
    owing = debtor("宋小贝贝")
    for who in paid:
        settled(manager, who)
    queueing.claim(agent, paid[0])  # even what one holds
    found = [row.debtor_id for row in cases.find(agent, "宋小")]
    assert (found[0], set(found[1:])) == (owing, set(paid))
    few = [row.debtor_id for row in cases.find(agent, "宋小", limit=2)]
    assert (few[0], len(few)) == (owing, 2)
    assert overview.find(manager, "宋小")[0].debtor_id == owing
    whole = cases.open_case(agent, paid[1]).file.phones[0].number
    assert [row.debtor_id for row in cases.find(agent, whole)] == [paid[1]]


def test_a_debtor_placed_with_an_end_is_looked_at_again_the_midnight_after_it(manager):
    queue = refresh.queue_settings(DeskSettings(), active_packs())
    ends = date(2026, 11, 30)
    columns = first_columns(Money(100), 0, queue, manager.now(), mandate_ends=ends)
    assert columns["queue_changes_at"] == datetime(2026, 11, 27, 16, tzinfo=UTC), "when it is told again"
    untold = first_columns(Money(100), 0, replace(queue, warned=()), manager.now(), mandate_ends=ends)
    assert untold["queue_changes_at"] == datetime(2026, 11, 30, 16, tzinfo=UTC)  # midnight in Shanghai
    assert first_columns(Money(100), 0, queue, manager.now())["queue_changes_at"] is None
