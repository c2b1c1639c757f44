"""Some weeks of work behind the demo, lived as users live them: queue, call, outcome, the lead's evening.

Every act is a service's, at a seat that goes by a forward clock; the gate's no is taken as an agent takes it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from collector_desk.demo.book import Parameters
from collector_desk.demo.clock import ForwardClock
from collector_desk.demo.payments import GivenWord
from collector_desk.demo.stories import Course, ToldCall, Who, reply_of
from collector_desk.demo.work import Reply, Temper, answer, further_out, temper
from collector_desk.domain.book.closing import Ending
from collector_desk.domain.book.debts import DebtorFile, PhoneFacts, QueueRow
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass, QueueFilter
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import PROMISES, CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.people import JUNIOR_LIMIT_DAYS, may_work_age
from collector_desk.domain.vocabulary import NumberStanding, Outcome, Speaker, TaskKind
from collector_desk.services.book import cases, closing, queueing
from collector_desk.services.calls import calling, recording
from collector_desk.services.desk.seat import Seat
from collector_desk.services.permits import tasks

FILLED = 1
"""Calls a day besides the stories: by the queue's order, with what chance says."""
_SUNDAY = 6
_CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
_FAR_PROMISES = 0.1  # of the promises by chance lie further out than an agent may agree to
_TIMED = frozenset({QueueClass.DUE_NOW, QueueClass.PROMISE_BROKEN})
_AGAIN = frozenset({QueueClass.CAN_PAY_PART, QueueClass.LARGE_AMOUNT, QueueClass.IN_WORK, QueueClass.LOST_CONTACT})
_LOOKED_AT = 40  # rows of the queue that an agent looks through for the next one
_RELEASED = frozenset({TaskKind.PROMISE_APPROVAL, TaskKind.DISPUTE, TaskKind.COMPLAINT, TaskKind.PLAN_REQUEST})
"""What the demo's lead decides so that work goes on; after the rest the case stays paused."""
_IN_HAND = {TaskKind.PROMISE_APPROVAL: -timedelta(hours=20), TaskKind.DISPUTE: timedelta(days=1)}
"""How long before (or, negative, after) its time a matter is decided, unless on the day it is due."""


@dataclass(slots=True)
class Acquaintance:
    """A debtor as the demo knows them: the file as it was first opened, and how they are."""

    file: DebtorFile
    temper: Temper
    talks: int = 0
    dead: set[str] = field(default_factory=set)
    story: Course | None = None

    def look_again(self, seat: Seat) -> None:
        """Read the file anew: something was paid."""
        self.file = cases.open_case(seat, self.id).file

    @property
    def id(self) -> str:
        """The debtor's id."""
        return self.file.debtor.id

    def number(self) -> PhoneFacts | None:
        """The own number to try next: the mobile, then the others, dead ones never."""
        return next((phone for phone in self.file.phones if phone.own and phone.id not in self.dead), None)


class Weeks:
    """Two agents and their lead, day after day."""

    def __init__(
        self,
        agents: Sequence[Seat],
        lead: Seat,
        clock: ForwardClock,
        parameters: Parameters,
        notes: Mapping[str, Any],
        rng: Random,
    ) -> None:
        self._agents = agents
        self._lead = lead
        self._clock = clock
        self._parameters = parameters
        self._notes = notes
        self._rng = rng
        self._zone = ZoneInfo(lead.zone)
        self._known: dict[str, Acquaintance] = {}
        self._stories: dict[Course, Acquaintance | None] = {}
        self._pool: list[QueueRow] = []
        self._large_from = 0
        self.words: list[GivenWord] = []
        self.apart: frozenset[str] = frozenset()  # debtors nobody here works

    def paid(self, accounts: Collection[str]) -> None:
        """The bank told of payments on these accounts: whoever knows their debtors looks again."""
        for known in self._known.values():
            if any(case.account_number in accounts for case in known.file.cases):
                known.look_again(self._lead)

    def look_through(self) -> None:
        """Read the list of who was never tried, as after an import."""
        every = queueing.rows(self._lead, QueueFilter(never_tried=True), limit=5000)
        self._pool = [row for row in every if row.debtor_id not in self.apart]
        balances = sorted(row.balance.minor for row in self._pool)
        self._large_from = balances[len(balances) * 92 // 100] if balances else 0
        self._rng.shuffle(self._pool)

    def told(self, name: str) -> Acquaintance | None:
        """The debtor of the story with that visit."""
        return next((one for one in self._known.values() if one.story and one.story.visit == name), None)

    def spoken_to(self) -> list[Acquaintance]:
        """Those an agent has talked with, of whom no story wants anything."""
        return [one for one in self._known.values() if one.talks and one.story is None]

    # --- a day -----------------------------------------------------------------------------------------

    def live(self, day: date, back: int, stories: Sequence[Course]) -> None:
        """The calls of a day that lies ``back`` days before today, spread over its hours."""
        asked = [
            (story, step)
            for story in stories
            for step in story.steps
            if _made_on(day + timedelta(days=back), step) == back
        ]
        calls: list[Callable[[Seat], None]] = [self._told_call(story, step, back) for story, step in asked]
        if day.weekday() != _SUNDAY:
            calls += [self._next_call] * FILLED
        if back > 1:  # yesterday's stories come last: they are what today begins with
            self._rng.shuffle(calls)
        for number, (at, call) in enumerate(zip(self._times(day, len(calls)), calls, strict=True)):
            self._clock.come_to(at)
            self._let_time_tell()
            call(self._agents[number % len(self._agents)])

    def _times(self, day: date, count: int) -> list[datetime]:
        """When calls begin: mornings and afternoons, never over lunch, none after half past five."""
        minutes = [*range(9 * 60 + 4, 11 * 60 + 40), *range(13 * 60 + 32, 17 * 60 + 30)]
        apart = len(minutes) / max(count, 1)
        places = [int(apart * (number + self._rng.random() * 0.6)) for number in range(count)]
        begin = datetime.combine(day, time(), self._zone)
        return [begin + timedelta(minutes=minutes[place], seconds=self._rng.randint(0, 50)) for place in places]

    def _let_time_tell(self) -> None:
        """What an open window does every few seconds: promises fall due and pass, call-backs come up."""
        while queueing.tick(self._lead).debtors:
            pass

    def _told_call(self, story: Course, step: ToldCall, back: int) -> Callable[[Seat], None]:
        def call(agent: Seat) -> None:
            known = self._of_story(story)
            if known is None:
                return
            if not may_work_age(agent.person.roles, known.file.lead_case.days + 30):
                agent = self._agents[0]
            self._call(agent, known, reply_of(step, back, self._notes))

        return call

    def _of_story(self, story: Course) -> Acquaintance | None:
        """Who it is about: chosen when it begins."""
        if story not in self._stories:
            found = self._take(story.who)
            if found is not None and story.hands_off:
                found.story = story
            self._stories[story] = found
        return self._stories[story]

    def _take(self, who: Who) -> Acquaintance | None:
        for row in list(self._pool):
            if not self._fits(who, row):
                continue
            known = self._open(self._agents[0], row)
            if who is not Who.ONE_NUMBER or sum(phone.own for phone in known.file.phones) == 1:
                self._pool.remove(row)
                return known
        return None

    def _fits(self, who: Who, row: QueueRow) -> bool:
        before = row.why.code == "book.never_tried"  # not the first time they are overdue
        if who in {Who.ANYBODY, Who.ONE_NUMBER}:
            return True
        large = row.balance.minor >= self._large_from
        old = row.days > 45 and row.balance.minor > 500_000
        wanted = {Who.LATE_BEFORE: not large, Who.LARGE: large, Who.OLD: old and not large}[who]
        return before and wanted

    def _next_call(self, agent: Seat) -> None:
        """What the queue brings up first, then in turn somebody tried before and somebody new."""
        again = self._rng.random() < 0.5
        for wanted in (
            QueueFilter(classes=_TIMED),
            QueueFilter(classes=_AGAIN) if again else QueueFilter(never_tried=True),
            QueueFilter(never_tried=True),
        ):
            reach = None if may_work_age(agent.person.roles, JUNIOR_LIMIT_DAYS + 1) else JUNIOR_LIMIT_DAYS
            for row in queueing.rows(agent, replace(wanted, days_to=reach), limit=_LOOKED_AT):
                known = self._known.get(row.debtor_id)
                if (known and known.story) or not row.queue_class.workable or row.debtor_id in self.apart:
                    continue
                known = self._open(agent, row)
                self._pool = [other for other in self._pool if other.debtor_id != row.debtor_id]
                self._call(agent, known, self._by_chance(known))
                return

    def _open(self, agent: Seat, row: QueueRow) -> Acquaintance:
        """Open a case; who was opened before is known."""
        if row.debtor_id not in self._known:
            file = cases.open_case(agent, row.debtor_id).file
            months = min(max((row.days + 29) // 30, 1), 3)
            how = temper(self._rng, self._parameters.groups[months].unpaid_next_month)
            self._known[row.debtor_id] = Acquaintance(file, how)
        return self._known[row.debtor_id]

    def _by_chance(self, known: Acquaintance) -> Reply:
        said = answer(self._rng, known.temper, known.talks, self._notes)
        if said.outcome in PROMISES and self._rng.random() < _FAR_PROMISES:
            said = replace(said, days=further_out(self._rng))
        return said

    # --- one call --------------------------------------------------------------------------------------

    def _call(self, agent: Seat, known: Acquaintance, reply: Reply) -> bool:
        """Dial, talk, save; False where the gate said no."""
        phone = known.number()
        if phone is None:
            return False
        try:
            begun = calling.begin(agent, debtor_id=known.id, phone_id=phone.id)
        except Refused:  # the gate's no, with its reason kept; or a matter on file has closed the case meanwhile
            return False
        self._clock.go_on(self._rng.randint(18, 45) + reply.talk_seconds)
        self._finish(agent, known, begun.attempt.id, reply)
        if reply.outcome in {Outcome.OFF, Outcome.WRONG_NUMBER}:
            known.dead.add(phone.id)
        known.talks += reply.speaker is Speaker.DEBTOR
        if reply.outcome in PROMISES:
            self.words.append(self._word(known, reply))
        return True

    def _word(self, known: Acquaintance, reply: Reply) -> GivenWord:
        given, lead, story = self._clock.local().date(), known.file.lead_case, known.story
        pays = None if story is None else story.ending is not None and story.ending[1] is Ending.SETTLED
        return GivenWord(
            lead.account_number,
            known.file.debtor.name,
            self._amount(known, reply).minor,
            given,
            given + timedelta(days=reply.days),
            known.temper.willing,
            pays,
        )

    def _amount(self, known: Acquaintance, reply: Reply) -> Money:
        balance, share = known.file.lead_case.balance, reply.share or 0
        amount = Money(max(int(balance.minor * share), 1), balance.currency)
        if share < 1 and amount.minor > 100_000:
            amount = Money(amount.minor // 10_000 * 10_000, amount.currency)
        return amount

    def _finish(self, agent: Seat, known: Acquaintance, attempt_id: str, reply: Reply) -> None:
        """Save; what the form refuses is mended as an agent would: other words, another hour."""
        said = self._notes.get(reply.outcome.value, ())
        proof = recording.reference(agent, attempt_id) if said else ""
        for number in range(len(said) + 2):
            try:
                calling.finish(agent, attempt_id, replace(self._log(known, reply), recording=proof))
            except Refused as refused:
                if refused.field_name == "note" and number < len(said):
                    reply = replace(reply, note=said[number])
                elif refused.field_name == "time" and reply.hour != 11:
                    reply = replace(reply, days=max(reply.days, 1), hour=11, minute=0)
                else:
                    raise
            else:
                return

    def _log(self, known: Acquaintance, reply: Reply) -> CallLog:
        day = self._clock.local().date() + timedelta(days=reply.days)
        amount = None if reply.share is None else self._amount(known, reply)
        names = {0: "today", 1: "tomorrow", 2: "later"}
        said = self._notes[names[reply.days]] if reply.days in names else f"{day.month}月{day.day}日"
        agreed = reply.outcome in PROMISES or reply.outcome is Outcome.CALL_BACK
        return CallLog(
            outcome=reply.outcome,
            speaker=reply.speaker,
            identity=_CHECKED if reply.speaker is Speaker.DEBTOR else IdentityCheck(),
            talk_seconds=reply.talk_seconds,
            note=reply.note.format(hour=reply.hour, day=said),
            reason=reply.reason,
            amount=amount,
            day=day if agreed else None,
            at=time(reply.hour, reply.minute) if agreed else None,
            channel=reply.channel,
            number_standing=NumberStanding.LIVE if reply.speaker is Speaker.DEBTOR else None,
        )

    # --- the lead's evening ----------------------------------------------------------------------------

    def decide(self) -> None:
        """Further promises are agreed to or not, some disputes are settled, the rest waits."""
        said = self._notes["decisions"]
        for task in tasks.open_tasks(self._lead):
            if task.kind not in said or task.due_at > self._clock.at + _IN_HAND.get(task.kind, timedelta(0)):
                continue
            known = self._known.get(task.debtor_id)
            no = bool(known and known.story and known.story.refused)
            approve = task.kind in _RELEASED and not no
            reason = said["promise_refused"] if no and task.kind == TaskKind.PROMISE_APPROVAL else said[task.kind]
            tasks.settle(self._lead, task.id, approve=approve, reason=reason)

    def close(self, day: date, back: int) -> None:
        """What the bank's letters of the day say is over."""
        for number, known in enumerate(self._known.values(), 1):
            if known.story is None or known.story.ending is None or known.story.ending[0] != back:
                continue
            ending = known.story.ending[1]
            words = self._notes["letters"]["settled" if ending is Ending.SETTLED else "recalled"]
            for case in known.file.cases:
                document = words.format(number=f"{day:%Y%m}{number:03d}")
                closing.close(self._lead, case.id, ending, document=document, written_on=day)


def _made_on(today: date, step: ToldCall) -> int:
    """The day of a step as days before today: who would work on a Sunday calls the day before; yesterday stays."""
    sunday = (today - timedelta(days=step.back)).weekday() == _SUNDAY
    return step.back + 1 if sunday and step.back > 1 else step.back
