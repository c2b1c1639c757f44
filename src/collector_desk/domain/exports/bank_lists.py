"""Lists of cases that go to a bank at a mandate's end: what is asked to stay with us, and what goes back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from collector_desk.domain.book.money import Money, format_figure
from collector_desk.domain.message import Message, msg
from collector_desk.domain.text.cells import Cell
from collector_desk.domain.vocabulary import AskReason, BankListKind, Outcome

_HEADINGS = {
    BankListKind.EXTENSION: (
        *("placement", "case", "account", "name", "currency", "placed", "balance", "as_of", "ends"),
        *("why", "agreed", "paid", "until", "answer", "new_end"),
    ),
    BankListKind.RETURN: (
        *("placement", "case", "account", "name", "currency", "placed", "balance", "as_of", "ends"),
        *("returned_on", "why_back", "standing", "agreed", "paid"),
    ),
}


@dataclass(frozen=True, slots=True)
class EndingMandate:
    """A placement of which cases reach their last day: how many, how much is open on them, what is worth asking."""

    placement_id: str
    number: str
    bank: str
    ends: date
    cases: int
    worth: int  # of them worth asking the bank to leave with us
    asked: int  # of them on a list already
    open: tuple[Money, ...]

    def over(self, today: date) -> bool:
        """Whether its last day is over: what is still here goes back."""
        return self.ends < today


@dataclass(frozen=True, slots=True)
class EndingCase:
    """One case that reaches its last day."""

    id: str
    debtor_id: str
    number: str
    placement_number: str
    account_number: str = field(repr=False)
    name: str = field(repr=False)
    placed: Money
    balance: Money
    as_of: date
    ends: date
    promised: Money | None  # what stands promised, and until when
    due_at: datetime | None
    plan: bool
    paid: Money
    last_at: datetime | None
    last_outcome: Outcome | None
    asked: str  # the number of the list on which the bank was asked; empty: it wasn't
    refused: bool  # the bank said that it doesn't stay

    @property
    def worth(self) -> tuple[AskReason, ...]:
        """Why the bank should be asked to leave it with us; empty: nothing speaks for it."""
        reasons = {
            AskReason.PROMISE: self.promised is not None,
            AskReason.PLAN: self.plan,
            AskReason.PART_PAID: self.paid.minor > 0,
        }
        return tuple(reason for reason, holds in reasons.items() if holds)


def last_warned(day: date, warned: Sequence[int]) -> date:
    """Up to which last day mandates are told of on this day: the pack's days ahead, else what is over."""
    return day + timedelta(days=warned[0] if warned else 0)


def title(kind: BankListKind) -> Message:
    """What such a list is called."""
    return Message(f"BankListKind.{kind}")


def headings(kind: BankListKind, words: Callable[[Message], str]) -> list[str]:
    """The headings of such a list; those a bank answers under are read again when its answer comes in."""
    return [words(msg(f"exports.lists.{name}")) for name in _HEADINGS[kind]]


def cells(
    kind: BankListKind,
    case: EndingCase,
    on: date,
    words: Callable[[Message], str],
    local: Callable[[datetime], datetime],
) -> Sequence[Cell]:
    """A case's row. ``on``: the day until which it is asked for, or on which it goes back."""
    agreed = ""
    if case.promised is not None and case.due_at is not None:
        agreed = words(msg("exports.lists.promised", amount=case.promised, day=local(case.due_at).date()))
    if case.plan:
        agreed = "; ".join(filter(None, (agreed, words(msg("exports.lists.plan")))))
    last = ""
    if case.last_at is not None:
        last = f"{local(case.last_at):%Y-%m-%d %H:%M}"
        if case.last_outcome is not None:
            last += " " + words(Message(f"Outcome.{case.last_outcome}"))
    said = {
        "placement": case.placement_number,
        "case": case.number,
        "account": case.account_number,
        "name": case.name,
        "currency": case.balance.currency,
        "placed": format_figure(case.placed),
        "balance": format_figure(case.balance),
        "as_of": case.as_of.isoformat(),
        "ends": case.ends.isoformat(),
        "why": "; ".join(words(Message(f"AskReason.{reason}")) for reason in case.worth or (AskReason.CHOSEN,)),
        "agreed": agreed,
        "paid": format_figure(case.paid),
        "until": on.isoformat(),
        "answer": "",
        "new_end": "",
        "returned_on": on.isoformat(),
        "why_back": words(msg("exports.lists.refused" if case.refused else "exports.lists.mandate_over")),
        "standing": last,
    }
    return [said[name] for name in _HEADINGS[kind]]
