"""Some weeks of work behind the demo: every call asked of the gate, written through the same history as real ones.

The days are played one after the other under a set clock. What differs from live work: where a debtor stands is
worked out once at the end, and the numbers are taken in an order of their own.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from collector_desk.demo.work import Reply, Temper, answer, further_out
from collector_desk.domain.book.debts import STANDING, DebtorFile, PhoneFacts
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import PROMISE_WINDOW
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import PROMISES, CallLog, LogCheck, check_log
from collector_desk.domain.calls.outcomes import result_of
from collector_desk.domain.conduct import Facts, decide
from collector_desk.domain.conduct.values import PastEvent, Share
from collector_desk.domain.people import JUNIOR_LIMIT_DAYS, may_work_age
from collector_desk.domain.states import PaymentSource
from collector_desk.domain.vocabulary import (
    CaseState,
    Channel,
    Direction,
    NumberStanding,
    Outcome,
    PromiseState,
    Speaker,
    Verdict,
)
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.gate import answers
from collector_desk.services.gate.facts import action_for, active_packs
from collector_desk.services.packs import releases
from collector_desk.services.record import attempts, numbers, payments, promises, tasks
from collector_desk.services.record.attempts import OpenAttempt
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id

SHARE = Share(effective=3, connected=6)
"""The demo workstation's share of the caps."""
CALLS_A_DAY = 45
"""What each demo agent manages a day besides everything else; a larger book just waits longer."""
_CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
_STOPS = frozenset(
    {
        Outcome.DISPUTE,
        Outcome.WANTS_PLAN,
        Outcome.HARDSHIP,
        Outcome.COMPLAINT,
        Outcome.REPRESENTED,
        Outcome.STOP_CALLING,
        Outcome.DECEASED,
        Outcome.RISK_TO_LIFE,
    }
)
_FAR_PROMISES = 0.05  # of all promises lie further out than an agent may agree to


class SetClock:
    """The demo's clock while its past is being made."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.at


@dataclass(slots=True)
class Debtor:
    """What the playing of a debtor's weeks has to remember; ``days`` past due on ``placed``."""

    file: DebtorFile
    placed: date
    days: int
    temper: Temper
    balance: Money
    events: list[PastEvent] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)
    talks: int = 0
    failures: int = 0
    next_at: datetime | None = None
    promise_id: str | None = None
    broken: bool = False
    call_back: bool = False
    stopped: bool = False
    last_note: str = ""

    @property
    def id(self) -> str:
        """The debtor's id."""
        return self.file.id

    def days_on(self, day: date) -> int:
        """Days past due on a later day."""
        return self.days + (day - self.placed).days

    def number(self) -> PhoneFacts | None:
        """The own number to try next: the mobile, then the others, dead ones never."""
        return next((phone for phone in self.file.phones if phone.own and phone.id not in self.dead), None)


class Weeks:
    """Plays the agents' days."""

    def __init__(
        self,
        agents: Sequence[Seat],
        clock: SetClock,
        debtors: Sequence[Debtor],
        notes: Mapping[str, Sequence[str]],
        words: Mapping[str, str],
        rng: Random,
    ) -> None:
        self._agents = agents
        self._clock = clock
        self._debtors = debtors
        self._notes = notes
        self._words = words
        self._rng = rng
        self._zone = ZoneInfo(agents[0].zone)
        self._due: list[tuple[datetime, int, Callable[[Connection], None]]] = []
        self._count = 0

    def play(self, day: date, *, asked: Sequence[Reply] = ()) -> None:
        """One working day; ``asked`` are replies that the last calls of the first agent come to."""
        begin = datetime.combine(day, time(9), self._zone)
        for number, agent in enumerate(self._agents):
            mine = self._chosen(agent, number, day)
            at = begin + timedelta(minutes=self._rng.randint(2, 9))
            replies: list[Reply | None] = [None] * len(mine)
            if asked and number == 0:
                count = min(len(asked), len(mine))
                replies[len(mine) - count :] = asked[:count]
            for debtor, reply in zip(mine, replies, strict=True):
                self._plan(agent, debtor, at, reply)
                at += timedelta(seconds=self._rng.randint(240, 900))
                if at.hour == 12:
                    at = at.replace(hour=13, minute=self._rng.randint(25, 40))
                if at.hour >= 19:
                    break
        self.run_until(datetime.combine(day, time(21, 30), self._zone))

    def run_until(self, end: datetime) -> None:
        """Let everything happen that is planned before ``end``, in its order."""
        # One transaction for all of it: nobody else has this store yet, and a broken-off making is thrown away.
        with self._agents[0].store.write() as conn:
            while self._due and self._due[0][0] < end:
                at, _, act = heapq.heappop(self._due)
                self._clock.at = max(at, self._clock.at)
                act(conn)

    def _later(self, at: datetime, act: Callable[[Connection], None]) -> None:
        self._count += 1
        heapq.heappush(self._due, (at, self._count, act))

    def _act(self, conn: Connection, seat: Seat, kind: str) -> Writing:
        return Writing(conn, seat, kind, self._clock.at)

    def _chosen(self, agent: Seat, number: int, day: date) -> list[Debtor]:
        """Whom an agent calls on a day: agreed call-backs, broken promises, the untried, then the longest idle."""
        end = datetime.combine(day, time(18), self._zone)
        mine = []
        for place, debtor in enumerate(self._debtors):
            days = debtor.days_on(day)
            junior = days <= JUNIOR_LIMIT_DAYS - 15
            if (place % 2 if junior else 0) != number or not may_work_age(agent.person.roles, days):
                continue
            if debtor.stopped or debtor.placed > day or debtor.promise_id or debtor.balance.minor <= 0:
                continue
            if (debtor.next_at and debtor.next_at > end) or debtor.number() is None:
                continue
            mine.append(debtor)
        most = min(CALLS_A_DAY, max(4, len(self._debtors) // 8))
        mine.sort(
            key=lambda d: (not d.call_back, not d.broken, bool(d.events), d.events[-1].at if d.events else end)
        )
        return mine[:most]

    # --- one call ------------------------------------------------------------------------------------

    def _plan(self, agent: Seat, debtor: Debtor, at: datetime, reply: Reply | None) -> None:
        agreed = debtor.next_at
        if agreed and at < agreed < at.replace(hour=18, minute=30):
            at = agreed + timedelta(minutes=1)  # a call-back has its minute
        self._later(at, lambda conn: self._begin(conn, agent, debtor, reply))

    def _begin(self, conn: Connection, agent: Seat, debtor: Debtor, reply: Reply | None) -> None:
        phone = debtor.number()
        if phone is None or debtor.stopped:
            return
        at = self._clock.at
        facts = Facts(
            debtor_id=debtor.id,
            zones=(debtor.file.zone,),
            history=tuple(debtor.events),
            share=SHARE,
            identified_ever=debtor.talks > 0,
            reserved_numbers=frozenset(number.number for number in debtor.file.phones if number.own),
        )
        action = action_for(phone, agent.person.id)
        decision = decide(action, facts, active_packs(), at)
        attempt = OpenAttempt(new_id(), debtor.id, phone.id, phone.number, at, Direction.OUT, "")
        act = self._act(conn, agent, "call.begin")
        decision_id = answers.keep(act, debtor.id, action, decision, phone_id=phone.id)
        if decision.verdict in {Verdict.BLOCK, Verdict.ASK}:
            return
        attempts.open_attempt(
            act,
            replace(attempt, to=action.to),
            actor_id=agent.person.id,
            case_id=debtor.file.lead_case.id,
            decision_id=decision_id,
            script_hash=releases.script_hash(conn),
        )
        said = reply or answer(self._rng, debtor.temper, debtor.talks, self._notes)
        if reply is None and said.outcome in PROMISES and self._rng.random() < _FAR_PROMISES:
            said = replace(said, days=further_out(self._rng))
        rings = self._rng.randint(18, 45)
        over = at + timedelta(seconds=said.talk_seconds + rings)
        self._later(over, lambda conn: self._finish(conn, agent, debtor, attempt, said))

    def _finish(self, conn: Connection, agent: Seat, debtor: Debtor, attempt: OpenAttempt, reply: Reply) -> None:
        log = self._log(debtor, reply)
        checked = self._checked(debtor, log)
        act = self._act(conn, agent, "call.finish")
        attempts.write_end(act, agent, attempt, log, checked)
        if promised := promises.of_call(debtor.file, attempt, log, checked):
            promises.write(act, promised)
        elif log.outcome is Outcome.PAID_ALREADY and log.amount and log.day:
            payments.write_shown(act, debtor.file, log, log.amount, log.day)
        numbers.write_learnt(act, debtor.file, attempt, log)
        tasks.open_of_call(act, attempt, log)
        promises.follow_up(act, attempt, log)
        result = result_of(log.outcome, log.speaker)
        action = action_for(next(p for p in debtor.file.phones if p.id == attempt.phone_id))
        debtor.events.append(
            PastEvent(attempt.begun_at, Channel.CALL, Direction.OUT, action.to, attempt.number, result)
        )
        debtor.next_at = checked.next_at
        debtor.call_back = log.outcome is Outcome.CALL_BACK
        debtor.last_note = log.note or debtor.last_note
        if log.outcome in {Outcome.OFF, Outcome.WRONG_NUMBER} and attempt.phone_id:
            debtor.dead.add(attempt.phone_id)
        if log.outcome in _STOPS:
            debtor.stopped = True
        if log.speaker is Speaker.DEBTOR:
            debtor.talks += 1
            debtor.broken = False
        else:
            debtor.failures += 1
        if log.outcome in PROMISES and log.amount and checked.promise_due:
            self._promised(debtor, attempt, log.amount, checked)

    def _log(self, debtor: Debtor, reply: Reply) -> CallLog:
        today = self._clock.at.astimezone(self._zone).date()
        day = today + timedelta(days=reply.days)
        amount = None
        if reply.share is not None:
            amount = Money(max(int(debtor.balance.minor * reply.share), 1), debtor.balance.currency)
            if reply.share < 1 and amount.minor > 100_000:
                amount = Money(amount.minor // 10_000 * 10_000, amount.currency)
        names = {0: "today", 1: "tomorrow", 2: "later"}
        said = self._words[names[reply.days]] if reply.days in names else f"{day.month}月{day.day}日"
        if reply.outcome is Outcome.PAID_ALREADY:
            day = today - timedelta(days=1)
        agreed = reply.outcome in PROMISES or reply.outcome is Outcome.CALL_BACK
        return CallLog(
            outcome=reply.outcome,
            speaker=reply.speaker,
            identity=_CHECKED if reply.speaker is Speaker.DEBTOR else IdentityCheck(),
            talk_seconds=reply.talk_seconds,
            note=reply.note.format(hour=reply.hour, day=said),
            reason=reply.reason,
            amount=amount,
            day=day if agreed or reply.outcome is Outcome.PAID_ALREADY else None,
            at=time(reply.hour, reply.minute) if agreed else None,
            channel=reply.channel,
            number_standing=NumberStanding.LIVE if reply.speaker is Speaker.DEBTOR else None,
        )

    def _checked(self, debtor: Debtor, log: CallLog) -> LogCheck:
        checked = check_log(
            log, balance=debtor.balance, now=self._clock.at, zone=self._zone, zone_name=self._agents[0].zone
        )
        if checked.refusals:  # the demo's own words must pass what everybody's have to
            raise RuntimeError(f"the demo logs what may not be logged: {checked.refusals[0].message.code}")
        return checked

    # --- promises ------------------------------------------------------------------------------------

    def _promised(self, debtor: Debtor, attempt: OpenAttempt, amount: Money, checked: LogCheck) -> None:
        due = checked.promise_due
        if due is None:
            return
        debtor.promise_id = attempt.id
        if self._rng.random() < debtor.temper.keeps:
            paid = max(due - timedelta(minutes=self._rng.randint(10, 300)), self._clock.at + timedelta(minutes=30))
            self._later(paid, lambda conn: self._paid(conn, debtor, attempt, amount))
        else:
            self._later(due + PROMISE_WINDOW, lambda conn: self._broken(conn, debtor, attempt))

    def _paid(self, conn: Connection, debtor: Debtor, attempt: OpenAttempt, amount: Money) -> None:
        """The bank tells of the payment: the promise is kept, the balance goes down."""
        left = debtor.balance.minor - amount.minor
        day = self._clock.at.astimezone(self._zone).date()
        case = debtor.file.lead_case.id
        seat = self._agents[0]
        act = self._act(conn, seat, "payment.bank")
        payment = {
            "debtor_id": debtor.id,
            "case_id": case,
            "amount_minor": amount.minor,
            "currency": amount.currency,
            "paid_on": day,
            "source": PaymentSource.BANK.value,
            "reference": f"D{self._rng.randrange(10**10):010d}",
        }
        act.record(t.payment, payment)
        for promise_id in _standing(act.conn, attempt.id):
            promises.set_state(act, promise_id, debtor.id, PromiseState.KEPT)
        case_row = t.account_case.c
        state = CaseState.SETTLED if left <= 0 else CaseState.OPEN
        act.conn.execute(update(t.account_case).where(case_row.id == case).values(balance_minor=left, state=state))
        debtor.balance = Money(left, amount.currency)
        debtor.promise_id = None

    def _broken(self, conn: Connection, debtor: Debtor, attempt: OpenAttempt) -> None:
        act = self._act(conn, self._agents[0], "promise.passed")
        for promise_id in _standing(act.conn, attempt.id):
            promises.set_state(act, promise_id, debtor.id, PromiseState.BROKEN)
        debtor.promise_id = None
        debtor.broken = True
        debtor.next_at = None


def _standing(conn: Connection, attempt_id: str) -> list[str]:
    """The promises of a call that nothing has become of yet."""
    state = t.promise_state
    statement = (
        select(t.promise.c.id)
        .join(state, state.c.promise_id == t.promise.c.id)
        .where(t.promise.c.attempt_id == attempt_id, state.c.state.in_(STANDING))
    )
    return list(conn.execute(statement).scalars())
