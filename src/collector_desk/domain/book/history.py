"""A debtor's history as one value: all that is known of them, read once and handed to gate, queue and screen.

Nothing of it is worked out: what it adds up to is for pure functions to say (``contact_summary``, ``reach``,
``derived``, ``conduct.known``). ``store.book.history`` reads it, of one debtor or of many at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from collector_desk.domain.book.debts import (
    CaseFacts,
    ClaimFacts,
    Debtor,
    DebtorFile,
    PhoneFacts,
    PromiseFacts,
    message_from_plain,
)
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import IdentityFacts
from collector_desk.domain.calls.outcomes import OUTCOME_RULES, StepKind
from collector_desk.domain.conduct.values import Approval, Consent, External, Override
from collector_desk.domain.message import Message
from collector_desk.domain.office.tasks import TASK_RULES, WaitingTask
from collector_desk.domain.states import AfterVisit
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.vocabulary import (
    Addressee,
    AddressKind,
    Channel,
    Direction,
    Flag,
    Outcome,
    Result,
    Speaker,
    TaskKind,
)

LOOK_BACK = timedelta(days=31)
"""How far back other debtors' calls and what was done at a door are read: no rule counts further."""

FIGURES_LAST = timedelta(days=2)
"""The institution's figure is of one day, in whatever zone the debtor is: an older one says nothing any more."""


@dataclass(frozen=True, slots=True)
class PastEnd:
    """One end of an attempt; there are several where an outcome was taken back and entered again."""

    id: str
    result: Result
    ended_at: datetime
    holds: bool  # it was not taken back; of each attempt at most one does


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """One attempt as history has it, with every end it ever had.

    ``outcome`` and what follows it are of the end that holds: None while it is open or once it was taken back.
    """

    id: str
    at: datetime
    outcome: Outcome | None
    result: Result | None
    speaker: Speaker
    next_step: StepKind | None
    next_at: datetime | None
    to: Addressee = Addressee.DEBTOR
    channel: Channel = Channel.CALL
    direction: Direction = Direction.OUT
    debtor_id: str = ""
    phone_id: str | None = None
    number: str | None = field(default=None, repr=False)  # of another debtor's; one's own stand with the phones
    ends: tuple[PastEnd, ...] = ()  # the first first
    note: str = field(default="", repr=False)

    @property
    def reached(self) -> bool:
        """Whether a person was spoken to."""
        return self.outcome is not None and OUTCOME_RULES[self.outcome].reached

    @property
    def effective(self) -> bool:
        """Whether it was a talk with the identified debtor."""
        return self.result is Result.EFFECTIVE

    @property
    def last_end(self) -> str:
        """The id of the latest end; empty while there is none."""
        return self.ends[-1].id if self.ends else ""


@dataclass(frozen=True, slots=True)
class CallsSum:
    """What a debtor's attempts come to, whatever the time is now: kept in their row, so that nobody has to read the
    attempts to rank them anew. ``recent`` has those of the days up to the last one, as the caps count them.
    """

    attempts: int = 0
    last_at: datetime | None = None
    outcome: Outcome | None = None  # of the last attempt that was ended, and what it led to
    next_step: StepKind | None = None
    next_at: datetime | None = None
    ever_reached: bool = False
    can_pay_part: bool = False
    failed_days: int = 0  # since the debtor was last reached
    recent: tuple[tuple[datetime, Result | None], ...] = ()
    zone: str = ""  # by whose days they were counted


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit as far as it got. ``arrived_at`` and ``led_to`` are told of those of the last weeks only."""

    id: str
    state: VisitState
    changed_at: datetime
    next_step: AfterVisit | None = None  # what its accepted report says comes next, and when
    next_at: datetime | None = None
    arrived_at: datetime | None = None
    led_to: Result | None = None  # None: nobody has left the door yet


@dataclass(frozen=True, slots=True)
class NotedConsent:
    """A consent with where it stands in the history. ``agreed``: nobody has to agree to it any more."""

    id: str
    noted_at: datetime
    by: str  # the kind of act that noted it
    attempt_id: str | None
    task_id: str | None
    agreed: bool
    consent: Consent


@dataclass(frozen=True, slots=True)
class SetFor:
    """When somebody set the case to come up again. ``attempts``: how many there were then."""

    at: datetime
    why: Message
    attempts: int


@dataclass(frozen=True, slots=True)
class Guarantee:
    """Who stands surety by a proven contract: by what paper, and what an identity check compares with."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)  # the whole of it, or its last four characters
    contract: str = field(repr=False)  # number or where the paper lies
    signed_on: date | None = None
    address: str = field(default="", repr=False)

    @property
    def identity(self) -> IdentityFacts:
        """The guarantor's own facts; never shown."""
        return IdentityFacts(self.name, self.id_number, (self.address,) if self.address else (), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that is known of one debtor at one moment."""

    debtor: Debtor
    accounts: tuple[CaseFacts, ...]
    phones: tuple[PhoneFacts, ...]  # their own first
    attempts: tuple[PastAttempt, ...] = ()  # the oldest first
    calls: CallsSum | None = None  # what they come to, where they themselves were not read
    others: tuple[PastAttempt, ...] = ()  # other debtors' attempts on numbers they share
    stopped_elsewhere: frozenset[str] = field(default=frozenset(), repr=False)  # said as another debtor's contact
    accepted: frozenset[str] = field(default=frozenset(), repr=False)  # numbers a lead decided are theirs
    visits: tuple[PastVisit, ...] = ()
    counts: tuple[External, ...] = ()  # the bank's figures of the last two days that are in force, the newest first
    flags: frozenset[Flag] = frozenset()
    promises: tuple[PromiseFacts, ...] = ()  # by when they are due
    claims: tuple[ClaimFacts, ...] = ()  # what they say they have paid and no payment has answered
    consents: tuple[NotedConsent, ...] = ()
    approvals: tuple[Approval, ...] = ()
    overrides: tuple[Override, ...] = ()
    tasks: tuple[WaitingTask, ...] = ()
    set_for: SetFor | None = None
    money_back_at: datetime | None = None  # when a bank last took back a payment that had been on file before
    guarantees: Mapping[str, Guarantee] = field(default_factory=dict, repr=False)  # by the number's id

    def claims_on(self, today: date) -> dict[str, ClaimFacts]:
        """By account, what waits there for the bank's word on what was paid, the last one told."""
        return {one.case_id: one for one in self.claims if one.holds(today)}

    @property
    def last_note(self) -> str:
        """What was last written down of a call; what was taken back is written again in the same words."""
        noted = [one for one in self.attempts if one.note]
        return max(noted, key=lambda one: one.last_end).note if noted else ""

    def figures_at(self, now: datetime) -> tuple[External, ...]:
        """The bank's figures that may count at an instant, the newest first."""
        return tuple(one for one in self.counts if one.as_of >= now - FIGURES_LAST)

    def file(self, addresses: tuple[tuple[str, AddressKind, str], ...]) -> DebtorFile:
        """What the screen shows of it, and the papers."""
        debtor, figures = self.debtor, self.debtor.figures
        return DebtorFile(
            debtor=debtor,
            flags=frozenset(Flag(flag) for flag in figures["flags"]),
            queue_class=QueueClass(figures["queue_class"]),
            why=message_from_plain(figures["queue_why"]),
            cases=self.accounts,
            phones=self.phones,
            addresses=addresses,
            promises=self.promises,
            promises_made=figures["promises_made"],
            attempts=figures["attempts"],
            last_note=self.last_note,
        )

    @property
    def taken_back(self) -> frozenset[str]:
        """The ids of the ends that no longer hold."""
        return frozenset(end.id for one in self.attempts for end in one.ends if not end.holds)

    @property
    def last_visit(self) -> PastVisit | None:
        """The visit whose accepted report last said what comes next."""
        told = [one for one in self.visits if one.next_at is not None]
        return max(told, key=lambda one: one.changed_at, default=None)

    @property
    def waits_on(self) -> Message | None:
        """What of others' the debtor waits for: a visit under way, or a lead."""
        if any(one.state not in _OVER for one in self.visits):
            return Message("book.waits_for_visit", {})
        if any(one.kind is TaskKind.FIGURE_FELL for one in self.tasks):
            return Message("book.figure_fell", {})
        if any(TASK_RULES[one.kind].holds_debtor for one in self.tasks):
            return Message("book.waits_for_lead", {})
        return None


_OVER = (VisitState.REFUSED, VisitState.FILED, VisitState.ACCEPTED, VisitState.NOT_CARRIED_OUT)
