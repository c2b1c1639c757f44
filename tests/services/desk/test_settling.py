"""Every act leaves the debtors it touched where their history has them, without being asked to."""

from contextlib import suppress
from datetime import time, timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.book.derived import DERIVED
from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import ConsentScope
from collector_desk.domain.message import Refused
from collector_desk.domain.visits.incidents import IncidentKind
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.visits.visit import PlaceKind, VisitPurpose
from collector_desk.domain.vocabulary import ArrearsReason, Flag, NumberKind, Outcome, PayChannel, Speaker
from collector_desk.services.book import cases, closing, queueing, refresh
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import acting
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.intake import counts
from collector_desk.services.permits import consents, no_number, scheduling, tasks
from collector_desk.services.record import flags
from collector_desk.services.visits import incidents, visiting
from collector_desk.store import tables as t
from collector_desk.store.book import derived
from tests.samples.visit_story import ADDRESS

CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
WAITING = (VisitState.REQUESTED, VisitState.OPENED)
REASON = "已核实情况，按流程处理。"


def columns(seat, who=None):
    """Where debtors stand by their rows, by the columns that follow from their history."""
    wanted = [t.debtor.c[name] for name in DERIVED]
    with seat.store.read() as conn:
        rows = conn.execute(select(t.debtor.c.id, *wanted)).all()
    found = {row.id: row._asdict() for row in rows}
    return found if who is None else found[who]


def worked_out(seat):
    """The same after everybody was worked out anew; the store stays as it was."""
    with suppress(ArithmeticError), seat.store.write() as conn:
        refresh.refresh(conn, list(conn.execute(select(t.debtor.c.id)).scalars()), seat.now())
        wanted = [t.debtor.c[name] for name in DERIVED]
        found = {row.id: row._asdict() for row in conn.execute(select(t.debtor.c.id, *wanted)).all()}
        raise ArithmeticError
    return found


@pytest.fixture
def told(agent):
    """Whom the agent's acts settle, act by act."""
    seen: list[list[str]] = []
    really = agent.settle

    def settle(conn, debtor_ids, at):
        seen.append(list(debtor_ids))
        really(conn, debtor_ids, at)

    agent.settle = settle
    return seen


def dialled(seat, who, place=0):
    phone_id = cases.open_case(seat, who).numbers[place].phone.id
    return calling.begin(seat, debtor_id=who, phone_id=phone_id).attempt


def test_whom_a_row_names_is_settled_once_at_the_end(agent, debtor, told):
    who = debtor()
    attempt = dialled(agent, who)
    assert told == []  # a call begun moves nobody
    calling.finish(agent, attempt.id, CallLog(Outcome.NO_ANSWER))
    assert told == [[who]]
    assert columns(agent) == worked_out(agent)


def test_an_act_without_debtors_settles_nobody(agent, manager, debtor, told):
    who = debtor()
    manager.settle = agent.settle
    settings.change(manager, DeskSettings(large_from=100_000))
    cases.unmask(agent, who, "id_number")
    with acting(agent, "test"):
        pass
    assert told == []


def test_who_is_moved_by_no_row_is_named_by_hand(agent, debtor, told):
    one, two = debtor(), debtor()
    with acting(agent, "test") as act:
        act.touches(two)
        act.touches(one)
        act.touches(two)
    assert told == [[two, one]]


def test_settled_before_its_end_an_act_settles_only_who_came_after(agent, debtor, told):
    one, two = debtor(), debtor()
    with acting(agent, "test") as act:
        flags.put(act, one, Flag.DISPUTED, on=True)
        act.settle()
        flag = select(t.debtor.c.flags).where(t.debtor.c.id == one)
        assert act.conn.execute(flag).scalar_one() == [Flag.DISPUTED.value]
        act.settle()
        flags.put(act, two, Flag.DISPUTED, on=True)
    assert told == [[one], [two]]


def test_an_exception_leaves_nothing(agent, debtor):
    who = debtor()
    before = columns(agent, who)
    with suppress(ArithmeticError), acting(agent, "test") as act:
        flags.put(act, who, Flag.DISPUTED, on=True)
        act.settle()
        flags.put(act, who, Flag.ILLNESS, on=True)
        raise ArithmeticError
    assert columns(agent, who) == before
    with agent.store.read() as conn:
        assert conn.execute(select(func.count()).select_from(t.flag_event)).scalar_one() == 0


def test_what_fails_while_settling_takes_the_act_with_it(agent, debtor):
    who = debtor()

    def fails(_conn, _debtor_ids, _at):
        raise ArithmeticError

    agent.settle = fails
    with pytest.raises(ArithmeticError), acting(agent, "test") as act:
        flags.put(act, who, Flag.DISPUTED, on=True)
    with agent.store.read() as conn:
        assert conn.execute(select(func.count()).select_from(t.flag_event)).scalar_one() == 0


def test_of_more_than_ten_the_rest_is_due_and_the_next_tick_moves_them(agent, debtor, told):
    """A number many share turns out to be a stranger's."""
    shared = (("16188990000", NumberKind.MOBILE),)
    everybody = [debtor(numbers=shared) for _ in range(12)]
    who = everybody[5]
    calling.finish(agent, dialled(agent, who).id, CallLog(Outcome.WRONG_NUMBER))
    ((first, *others),) = told
    assert first == who  # whom the act is about has moved at once
    assert {first, *others} == set(everybody)
    with agent.store.read() as conn:
        due = derived.due(conn, agent.now(), 200)
    assert set(due) == set([first, *others][refresh.AT_ONCE :])
    assert len(due) == 2
    assert [columns(agent, one)["calls_sum"] for one in due] == [None, None]  # their calls are to be read as well
    assert queueing.catch_up(agent) == 2
    assert columns(agent) == worked_out(agent)


class Desk:
    """Everybody at one desk does, by lot, what they do; most of it may be refused."""

    def __init__(self, agent, manager, debtors, clock, lot):
        self.agent, self.manager, self.debtors, self.clock, self.lot = agent, manager, debtors, clock, lot
        self.done: dict[str, int] = {}
        self.count = 0

    def act(self):
        rare = (self.close, self.danger, self.consent, self.schedule, self.override)
        often = (self.figures, self.visit, self.find_number, self.ask_lead, self.take_back, self.settle)
        what = self.lot.choice((*rare, *often, *often, *[self.call] * 8))
        try:
            what(self.lot.choice(self.debtors))
        except (Refused, GateRefused):
            return
        self.done[what.__name__] = self.done.get(what.__name__, 0) + 1

    def call(self, who):
        number = self.lot.choice(cases.open_case(self.agent, who).numbers)
        begun = calling.begin(self.agent, debtor_id=who, phone_id=number.phone.id)
        outcome = self.lot.choice(
            (Outcome.NO_ANSWER, Outcome.WRONG_NUMBER, Outcome.CALL_BACK, Outcome.PROMISE_PART, Outcome.DISPUTE)
        )
        log = CallLog(outcome)
        if outcome not in (Outcome.NO_ANSWER, Outcome.WRONG_NUMBER):
            self.count += 1
            when = self.agent.local(self.clock.at) + timedelta(hours=self.lot.choice((3, 26, 26 * 7)))
            log = CallLog(
                outcome, Speaker.DEBTOR, CHECKED, talk_seconds=90, recording=f"R-{self.count}",
                note=f"客户说明了收入与家庭情况，并约定了下一步的安排，第{self.count}次通话，已复述确认。",
                reason=ArrearsReason.WAITING_WAGES, amount=Money(100), channel=PayChannel.BANK_APP,
                day=when.date(), at=time(min(max(when.hour, 9), 19)),
            )  # fmt: skip
        try:
            calling.finish(self.agent, begun.attempt.id, log)
        except Refused:
            calling.finish(self.agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))

    def take_back(self, _who):
        attempt, _ = calling.take_back(self.agent)
        calling.finish(self.agent, attempt.id, CallLog(Outcome.BUSY))

    def settle(self, who):
        waiting = tasks.open_tasks(self.manager)
        if not waiting:
            self.call(who)
            return
        task = self.lot.choice(waiting)
        tasks.settle(self.manager, task.id, approve=self.lot.random() < 0.7, reason=REASON)

    def consent(self, who):
        """Agreed to, or taken back."""
        if known := consents.in_force(self.agent, who):
            consents.withdraw_consent(self.agent, known[0].id)
            return
        now = self.agent.now()
        span = now, now + timedelta(days=2)
        wish = consents.ConsentWish(ConsentScope.AGREED_HOURS, *span, "晚上打给我", "R-1", (time(20), time(21)))
        consents.note_consent(self.agent, who, wish)

    def figures(self, who):
        effective = self.lot.choice((0, 5))
        counts.enter(
            self.manager, who, effective=effective, connected=effective + self.lot.randrange(3), as_of=self.clock.at
        )

    def visit(self, who):
        """Asked for, or refused."""
        waiting = [row for row in visiting.rows(self.manager) if row.debtor_id == who and row.state in WAITING]
        if waiting:
            visiting.refuse(self.manager, waiting[0].visit_id, REASON)
            return
        purpose, place = VisitPurpose.TALK, PlaceKind.HOME
        visiting.request(self.agent, debtor_id=who, purpose=purpose, address=ADDRESS, place=place)

    def find_number(self, who):
        self.count += 1
        no_number.give_number(self.agent, who, f"1618855{self.count:04d}", "委托方补充提供")

    def ask_lead(self, who):
        no_number.ask_lead(self.agent, who, "号码均已失效，请指示。")

    def close(self, who):
        """Closed, or opened again."""
        case = cases.open_case(self.manager, who).file.lead_case
        if case.id in closing.closed_accounts(self.manager, who):
            closing.reopen(self.manager, case.id, reason=REASON)
            return
        ending, day = self.lot.choice((Ending.SETTLED, Ending.RECALLED)), self.manager.today()
        closing.close(self.manager, case.id, ending, document="结清证明 2026-118 号", written_on=day)

    def danger(self, who):
        incidents.begin(self.agent, self.lot.choice((IncidentKind.THREAT, IncidentKind.DATA_LEAK)), debtor_id=who)

    def schedule(self, who):
        scheduling.schedule(self.agent, who, cases.open_case(self.agent, who).numbers[0].phone.id)

    def override(self, who):
        decision = cases.open_case(self.agent, who).numbers[0].decision
        until, caller = self.clock.at + timedelta(hours=3), self.agent.person.id
        consents.override(
            self.manager, debtor_id=who, caller_id=caller, decision=decision, until=until, reason=REASON
        )


@pytest.mark.parametrize("seed", [2, 9])
def test_whatever_is_done_leaves_everybody_where_their_history_has_them(agent, manager, debtor, clock, seed):
    lot = Random(seed)  # noqa: S311 -- a drawing that can be repeated, nothing secret
    debtors = [
        debtor(
            balance=lot.randrange(1000, 9_000_000),
            numbers=(
                (f"161881{place:05d}", NumberKind.MOBILE),
                (f"161882{place:05d}", NumberKind.HOME),
                (f"161883{place:05d}", NumberKind.CONTACT),
            )[: 1 + place % 3],
        )
        for place in range(7)
    ]
    debtor.another(debtors[0])
    desk = Desk(agent, manager, debtors, clock, lot)
    for _ in range(40):
        clock.forward(minutes=lot.choice((3, 20, 90)))
        if not 9 <= agent.local(clock.at).hour < 20:
            clock.forward(hours=13)
        queueing.catch_up(agent)
        desk.act()
        assert columns(agent) == worked_out(agent), desk.done
    assert len(desk.done) > 7, desk.done
