"""The debtor with their accounts, numbers and history, as the screens and the gate read them. All frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from collector_desk.domain.book.accounts import AccountOwed, due_day, together
from collector_desk.domain.book.ageing import StageLimits, bucket_of, stage_of
from collector_desk.domain.book.money import Money, side_by_side
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.message import Message
from collector_desk.domain.text.masking import masked_name, masked_number
from collector_desk.domain.vocabulary import (
    AddressKind,
    Bucket,
    CaseState,
    ClaimState,
    Flag,
    NumberKind,
    NumberStanding,
    PayChannel,
    PromiseState,
    Stage,
)

STANDING = (PromiseState.OPEN, PromiseState.PROPOSED)
"""The states of a promise that still stands: it is open, or waits for a lead."""


SHUT = (NumberStanding.WRONG, NumberStanding.STOPPED, NumberStanding.HELD)
"""What closes a number: one person's word does, but opens it no more."""

OTHERS = (NumberKind.CONTACT, NumberKind.GUARANTOR)
"""Whose number it is where it isn't the debtor's own."""


class NumberSource(StrEnum):
    """From where something is known of a number."""

    CALL = "call"
    OTHER_CASE = "other_case"
    DEBTOR = "debtor"
    LEAD = "lead"
    TAKEN_BACK = "taken_back"
    BANK = "bank"
    FOUND = "found"  # by somebody, elsewhere than in a call


class CurrentBy(StrEnum):
    """What has to be paid until an account is current again (出催), as its placement's terms say."""

    WHOLE = ""  # all of it: then it is settled
    OVERDUE = "overdue"
    MINIMUM = "minimum"


@dataclass(frozen=True, slots=True)
class PlacementTerms:
    """What no file says, asked once per placement: said on the phone and printed in letters."""

    bank_name: str
    pay_ways: str = ""  # the bank's own ways to pay, as told to the debtor
    complaint_number: str = ""
    mandate_ends: date | None = None
    contract_terms: str = ""  # what the contract says of interest and penalty
    bank_hotline: str = ""  # the number of the bank that a debtor may check us by
    product: str = ""  # what is owed on, where the file doesn't name it
    daily_ppm: int = 0  # the contract's interest a day, in millionths of what is owed; 0: not known
    current_by: CurrentBy = CurrentBy.WHOLE
    tail_days: int = 0  # how long after a case went back payments on it still count for us


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue: a debtor, led by the account longest past due."""

    debtor_id: str
    case_number: str
    cases: int
    name: str = field(repr=False)
    balance: Money
    days: int
    queue_class: QueueClass
    why: Message
    back_at: datetime | None
    holder_id: str | None
    attempts: int
    limits: StageLimits = field(default_factory=StageLimits, repr=False)
    product: str = ""  # of the leading account, as the bank calls it
    beside: tuple[Money, ...] = ()  # what is owed in other currencies

    @property
    def owed(self) -> str:
        """What is owed together, each currency by itself, that of the leading account first."""
        return side_by_side(self.balance, *self.beside)

    @property
    def masked(self) -> str:
        """The name as the queue shows it."""
        return masked_name(self.name)

    @property
    def stage(self) -> Stage:
        """Stage of the work by the oldest account."""
        return stage_of(self.days, self.limits)

    @property
    def bucket(self) -> Bucket:
        """Age bucket of the oldest account."""
        return bucket_of(self.days)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One account placed with us: the bank's figures with their day."""

    id: str
    number: str
    account_number: str = field(repr=False)
    card_tail: str = field(repr=False)
    placement_number: str
    round: str
    balance: Money
    balance_as_of: date
    placed: Money
    principal: Money | None
    interest: Money | None
    penalty: Money | None
    minimum: Money | None
    limit: Money | None
    days: int
    bank_days: int | None
    due_on: date | None
    statement_day: int | None
    last_paid_on: date | None
    last_paid: Money | None
    previous_overdue: int | None
    opened_on: date | None
    remark: str = field(repr=False)
    extras: tuple[tuple[str, str], ...] = field(repr=False)
    state: CaseState
    terms: PlacementTerms
    in_mandate: bool = True  # false from the day after the bank's mandate ended
    stopped_on: date | None = None  # the bank says that nobody collects on it since that day
    extended: bool = False  # the mandate's end in ``terms`` is this case's own, by the bank's word
    figure: Money | None = None  # the bank's newest one; None: as placed
    minimum_as_of: date | None = None  # where it is of another day
    overdue: Money | None = None  # what of it is overdue, as the bank says
    overdue_as_of: date | None = None  # where it is of another day
    remainder: bool = False  # all was paid, and the bank's newer figure asks for something yet

    @property
    def bank_figure(self) -> Money:
        """What the bank said last that is owed, at the end of ``balance_as_of``."""
        return self.figure or self.placed

    @property
    def unpaid(self) -> bool:
        """Whether there is something left to pay on it."""
        return self.state is CaseState.OPEN and self.balance.minor > 0

    @property
    def owing(self) -> bool:
        """Whether there is something left to pay on it that is ours to collect."""
        return self.unpaid and self.in_mandate and self.stopped_on is None

    @property
    def owed(self) -> AccountOwed:
        """What its debtor's place hangs on."""
        due = due_day(self.bank_days, self.balance_as_of, self.due_on)
        return AccountOwed(self.number, due, self.balance, self.previous_overdue)


def asked_for(case: CaseFacts) -> Money | None:
    """What is asked for: the amount placed with us as the bank has it now; before it is due the instalment or the
    minimum, and where the file has neither, nothing, for the whole balance isn't due then."""
    return case.balance if case.days > 0 else case.minimum


def placed_before(case: CaseFacts, cases: Sequence[CaseFacts]) -> CaseFacts | None:
    """The last case the same account was with us as before; None where it is here for the first time."""
    same = [
        one
        for one in cases
        if one.account_number == case.account_number
        and one.balance.currency == case.balance.currency
        and one.id < case.id
        and one.state is not CaseState.OPEN
    ]
    return same[-1] if same else None


def in_full(case: CaseFacts) -> Money:
    """What "in full" means on an account: all that is asked for on it."""
    return asked_for(case) or case.balance


def counted(cases: Sequence[CaseFacts]) -> Sequence[CaseFacts]:
    """Which accounts of a debtor say what they owe and how old it is; where nothing is owed, those still open."""
    owing = [case for case in cases if case.owing]
    return owing or [case for case in cases if case.state is CaseState.OPEN] or cases


def lead_of(cases: Sequence[CaseFacts]) -> CaseFacts:
    """The account longest past due, of those on which something is still owed: the queue's row is led by it."""
    counting = counted(cases)
    return counting[together([case.owed for case in counting]).lead]


def less_owed(before: Sequence[CaseFacts], now: Sequence[CaseFacts]) -> Money:
    """By how much less is owed on the same accounts, in the leading one's currency; zero where it isn't less."""
    currency = lead_of(before).balance.currency
    owed = {case.id: case.balance for case in before if case.balance.currency == currency}
    less = sum(owed[case.id].minor - case.balance.minor for case in now if case.id in owed)
    return Money(max(less, 0), currency)


@dataclass(frozen=True, slots=True)
class PhoneFacts:
    """A number with what is known of it."""

    id: str
    number: str = field(repr=False)
    kind: NumberKind
    owner_name: str = field(repr=False)
    relation: str
    standing: NumberStanding
    shared: bool  # another debtor has it too

    @property
    def masked(self) -> str:
        """The number with its middle hidden."""
        return masked_number(self.number)

    @property
    def own(self) -> bool:
        """Whether it is the debtor's own and not a contact's."""
        return self.kind not in OTHERS


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """The number a task is about, as given, and as what this debtor's file knows it."""

    id: str
    number: str = field(repr=False)
    kind: NumberKind
    standing: NumberStanding


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """A promise and what became of it."""

    id: str
    case_id: str
    amount: Money
    given_at: datetime
    due_at: datetime
    channel: PayChannel
    full: bool
    state: PromiseState
    followed_up: bool
    attempt_id: str | None = None  # of the call it was given in
    needs_lead: bool = False  # it was proposed: it counted once a lead agreed


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What the debtor says they have paid and no payment has answered. ``told_to``: how far the bank has told."""

    case_id: str
    amount: Money
    paid_on: date
    told_at: datetime
    state: ClaimState
    silent_from: date
    told_to: date | None

    def holds(self, today: date) -> bool:
        """Whether nobody is called because of it: the bank has still to tell of its days, and is not silent."""
        return self.state is ClaimState.WAITING and today < self.silent_from

    @property
    def why(self) -> Message:
        """How it stands, for who reads the case."""
        said = {"amount": self.amount, "day": self.paid_on}
        if self.state is ClaimState.REFUTED:
            return Message("book.claim_refuted", {**said, "told": self.told_to})
        if self.told_to is None:
            return Message("book.claim_untold", said)
        return Message("book.claim_waits", {**said, "told": self.told_to})


PLACED_AGAIN = "placed_again"
"""The kind of the line that divides a history: above it what happened since an account was placed again."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the debtor's history. ``text`` is free text of a person; ``detail`` the program's own words."""

    at: datetime
    kind: str
    actor: str
    detail: tuple[Message, ...] = field(repr=False)
    text: str = field(default="", repr=False)
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Debtor:
    """The debtor themselves as their row has them, with what was last worked out (``figures``, by column)."""

    id: str
    bank_name: str
    customer_no: str = field(repr=False)
    name: str = field(repr=False)
    id_type: str
    id_number: str = field(repr=False)
    employer: str = field(repr=False)
    zone: str
    holder_id: str | None
    figures: Mapping[str, Any] = field(repr=False)
    money_stale: bool = False  # a bank told something since their accounts were worked


@dataclass(frozen=True, slots=True)
class DebtorFile:
    """Everything about one debtor, as opened."""

    debtor: Debtor
    flags: frozenset[Flag]
    queue_class: QueueClass
    why: Message
    cases: tuple[CaseFacts, ...]
    phones: tuple[PhoneFacts, ...]
    addresses: tuple[tuple[str, AddressKind, str], ...] = field(repr=False)  # id, kind, line
    promises: tuple[PromiseFacts, ...]
    promises_made: int
    attempts: int
    last_note: str = field(default="", repr=False)

    @property
    def lead_case(self) -> CaseFacts:
        """The account longest past due, of those on which something is still owed: the queue's row is led by it."""
        return lead_of(self.cases)

    @property
    def gone(self) -> bool:
        """Whether everything of theirs went back to the bank: who they are is no longer everybody's to see."""
        return bool(self.cases) and all(case.state is CaseState.RETURNED for case in self.cases)

    @property
    def mandate_ends(self) -> date | None:
        """The earliest last day of the mandates of what is still collected."""
        return min((end for case in self.owing if (end := case.terms.mandate_ends) is not None), default=None)

    @property
    def owing(self) -> tuple[CaseFacts, ...]:
        """The accounts on which something is still owed; empty: nothing is to be collected."""
        return tuple(case for case in self.cases if case.owing)

    @property
    def balance(self) -> Money:
        """All accounts together on which something is owed (of the leading one's currency)."""
        return together([case.owed for case in counted(self.cases)]).balance

    @property
    def owed(self) -> str:
        """What is owed together, each currency by itself, that of the leading account first."""
        found = together([case.owed for case in counted(self.cases)])
        return side_by_side(found.balance, *found.beside)

    @property
    def open_promise(self) -> PromiseFacts | None:
        """The promise that still stands, the earliest first."""
        standing = [promise for promise in self.promises if promise.state in STANDING]
        return min(standing, key=lambda promise: promise.due_at, default=None)


def message_to_plain(message: Message) -> dict[str, object]:
    """A message as JSON keeps it; the queue's reason is stored this way."""
    return {"code": message.code, "params": {key: _plain(value) for key, value in message.params.items()}}


def message_from_plain(plain: dict[str, object]) -> Message:
    """The message that ``message_to_plain`` wrote."""
    params = plain["params"]
    if not isinstance(params, dict):
        raise TypeError("a stored message without its params")
    return Message(str(plain["code"]), {key: _value(value) for key, value in params.items()})


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, Message):
        return {"message": message_to_plain(value)}
    if isinstance(value, (list, tuple)):
        return {"list": [_plain(item) for item in value]}
    return value


def _value(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if "at" in value:
        return datetime.fromisoformat(value["at"])
    if "day" in value:
        return date.fromisoformat(value["day"])
    if "minor" in value:
        return Money(value["minor"], value["currency"])
    if "list" in value:
        return tuple(_value(item) for item in value["list"])
    return message_from_plain(value["message"])
