"""What a payment file says, as frozen values, and how they cross from the reader's process."""

import json
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, NamedTuple

from collector_desk.intake.layout import SheetReport, TablesRead
from collector_desk.intake.problems import Problem


class PaymentRow(NamedTuple):
    """One payment as the bank reports it. ``twice`` names the line of an earlier row that says the very same.

    ``posted_on`` is the day the bank booked it, or where ``assumed`` the only day the file has; ``paid_on`` and
    ``at`` are the transaction's own. A tuple, because a file has a hundred thousand.
    """

    sheet: int  # its place among the file's sheets
    line: int
    account_no: str
    name: str
    customer_no: str
    id_no: str
    card_tail: str
    posted_on: date
    assumed: bool
    paid_on: date | None
    at: time | None
    amount: int
    currency: str
    channel: str
    reference: str
    remark: str
    payer: str
    owed_after: int | None  # what the bank says is still owed
    settled: str  # what the bank says of whether all is paid, in its words
    extras: tuple[tuple[str, str], ...]
    twice: int | None

    def __repr__(self) -> str:
        return f"PaymentRow({self.sheet}, line {self.line})"  # and nothing of whom it is about


@dataclass(frozen=True, slots=True)
class PaymentFile(TablesRead):
    """All that was understood of a payment file; the same parts as ``PlacementFile``.

    ``aside_minor``: what of the rows set aside could be read of their amounts.
    """

    filename: str
    content: bytes = field(repr=False)
    sha256: str
    kind: str
    encoding: str
    rows: tuple[PaymentRow, ...] = field(repr=False)
    set_aside: int
    aside_minor: int
    problems: tuple[Problem, ...] = field(repr=False)
    sheets: tuple[SheetReport, ...] = field(repr=False)


_DAYS = ("posted_on", "paid_on")


def squeezed_payments(rows: tuple[PaymentRow, ...]) -> bytes:
    """Rows as JSON in bytes: a list a column, days and times as text."""
    columns: list[Any] = [list(column) for column in zip(*rows, strict=True)]
    for name in (*_DAYS, "at"):
        place = PaymentRow._fields.index(name)
        columns[place] = [None if value is None else value.isoformat() for value in columns[place]]
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def opened_payments(squeezed: bytes) -> tuple[PaymentRow, ...]:
    """The rows of ``squeezed_payments``."""
    columns = json.loads(squeezed.decode("utf-8", "surrogatepass"))
    days: dict[str, date] = {}
    for name in _DAYS:
        place = PaymentRow._fields.index(name)
        columns[place] = [None if said is None else _day(days, said) for said in columns[place]]
    place = PaymentRow._fields.index("at")
    columns[place] = [None if said is None else time.fromisoformat(said) for said in columns[place]]
    place = PaymentRow._fields.index("extras")
    columns[place] = [tuple(map(tuple, said)) for said in columns[place]]
    return tuple(map(PaymentRow._make, zip(*columns, strict=True)))


def _day(known: dict[str, date], said: str) -> date:
    found = known.get(said)
    if found is None:
        found = known[said] = date.fromisoformat(said)
    return found
