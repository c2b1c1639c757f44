"""A placement's debtors as the rows of four tables: tuples as the driver stores them, thousands at a time.

The one place that knows which value stands where. Each row is made by the names of its columns and put in their
order here, so that a column that moves or comes new can't shift the others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table

from collector_desk.domain.book import reach
from collector_desk.domain.book.accounts import AccountOwed, due_day, together
from collector_desk.domain.book.debts import NumberSource, PlacementTerms, message_to_plain
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.reach import OwnNumber
from collector_desk.domain.message import Message
from collector_desk.domain.text import telephone
from collector_desk.domain.vocabulary import AddressKind, CaseState, NumberKind, NumberStanding
from collector_desk.intake.problems import Problem
from collector_desk.intake.values import PlacementRow
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.intake.batches import STAND_IN, Key, case_number
from collector_desk.store.metadata import to_micros
from collector_desk.store.search import SearchRow
from collector_desk.store.sqlite.bulk import day, insert_tuples, json_text

_BANK = NumberSource.BANK.value


@dataclass(frozen=True, slots=True)
class KnownPlacement:
    """A placement as the import will use it; ``fresh`` if this import makes it."""

    id: str
    number: str
    terms: PlacementTerms
    placed_on: date | None
    fresh: bool


@dataclass(slots=True)
class PlannedDebtor:
    """One debtor of the file with their accounts. ``target`` is the debtor on file it belongs to."""

    id: str
    key: Key
    target: str | None
    rows: list[PlacementRow] = field(default_factory=list)


Derive = Callable[[Money, int | None, Message | None, date | None], Mapping[str, Any]]
"""Works out the derived columns of a debtor just placed, by name: from the balance, how often they were overdue
before, why they can't be called, the day their mandate ends (``services.book.refresh.first_columns``)."""


class TupleRows:
    """Rows of one table, to be inserted together; each is made by the names of its columns."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._names: tuple[str, ...] = ()
        self._rows: list[tuple[Any, ...]] = []

    def add(self, row: dict[str, Any]) -> None:
        """One more row, always made by one and the same expression: then the names stand in one order."""
        self._names = self._names or tuple(row)
        self._rows.append(tuple(row.values()))

    def clear(self) -> None:
        """Begin with the next piece."""
        self._rows.clear()

    def insert(self, conn: Connection) -> None:
        """Write them."""
        insert_tuples(conn, self.table, self._names, self._rows)


class RowMaker:
    """Turns planned debtors into the rows of four tables."""

    def __init__(
        self,
        batch_id: str,
        placements: Mapping[str, KnownPlacement],
        derive: Derive,
        today: date,
        zone: str,
        number: int,
    ) -> None:
        self._batch = batch_id
        self._placements = placements
        self._derive = derive
        self._today = today
        self._zone = zone
        self._first: dict[tuple[str, int | None, str, date | None], dict[str, Any]] = {}
        self._next = number
        self._debtors, self._cases = TupleRows(t.debtor), TupleRows(t.account_case)
        self._phones, self._addresses = TupleRows(t.phone), TupleRows(t.address)
        self.search: list[SearchRow] = []

    def make(self, debtors: Iterable[PlannedDebtor]) -> None:
        """The rows of some debtors, in place of the ones before; cases are numbered on."""
        for rows in (self._debtors, self._cases, self._phones, self._addresses):
            rows.clear()
        self.search.clear()
        for debtor in debtors:
            self._add(debtor)

    def insert(self, conn: Connection) -> None:
        """Write the rows last made."""
        for rows in (self._debtors, self._cases, self._phones, self._addresses):
            rows.insert(conn)

    def _add(self, plan: PlannedDebtor) -> None:
        """The rows of one debtor, or of the stand-in for one on file."""
        accounts, ids = [], []
        for row in plan.rows:
            placement = self._placements[row.placement_no]
            as_of = row.placed_on or placement.placed_on or self._today
            number, case_id = case_number(self._today, self._next), new_id()
            self._next += 1
            due = due_day(row.days_past_due, as_of, row.due_on)
            accounts.append(AccountOwed(number, due, Money(row.amount, row.currency), row.previous_overdue))
            ids.append(case_id)
            self._cases.add(self._case(plan, row, case_id, number, as_of))
        found = self._add_phones(plan)
        self._add_addresses(plan)
        self._debtors.add(self._debtor(plan, ids, accounts))
        if plan.target is None:
            _, customer, id_no = plan.key
            numbers = (account.number for account in accounts)
            every = (customer.removeprefix("#"), id_no, *(row.account_no for row in plan.rows), *numbers, *found)
            self.search.append(SearchRow(plan.id, (plan.rows[0].name,), tuple(filter(None, every))))

    def _debtor(self, plan: PlannedDebtor, ids: Sequence[str], accounts: Sequence[AccountOwed]) -> dict[str, Any]:
        bank, customer, id_no = plan.key
        if plan.target is not None:
            bank, customer, id_no = STAND_IN, plan.target, self._batch
        row, owed = plan.rows[0], together(accounts)
        balance = owed.balance.minor
        return {
            **self._first_columns(owed.balance, owed.previous_overdue, plan.rows),
            "id": plan.id,
            "batch_id": self._batch,
            "visible": 0,
            "bank_name": bank,
            "customer_no": customer,
            "name": row.name,
            "id_type": row.id_type[:40],
            "id_number": id_no,
            "employer": next((each.employer for each in plan.rows if each.employer), ""),
            "zone": self._zone,
            "lead_case_id": ids[owed.lead],
            "lead_due": day(accounts[owed.lead].due),
            "cases": len(plan.rows),
            "balance_minor": balance,
            "currency": owed.balance.currency,
            "queue_amount": -balance,
            "queue_case": accounts[owed.lead].number,
        }

    def _first_columns(self, balance: Money, overdue: int | None, rows: Sequence[PlacementRow]) -> dict[str, Any]:
        """The derived columns of a debtor nobody has tried yet, as stored. They hang on the balance only by its
        sign (and by what is set beside them), so that they are worked out once for many."""
        why = reach.no_number(_own_numbers(rows))
        terms = (self._placements[row.placement_no].terms for row in rows)
        ends = min((one.mandate_ends for one in terms if one.mandate_ends is not None), default=None)
        key = (balance.currency + ("+" if balance.minor > 0 else "-"), overdue, repr(why) if why else "", ends)
        found = self._first.get(key)
        if found is None:
            values = self._derive(balance, overdue, why, ends)
            found = {name: _stored(value) for name, value in values.items()}
            self._first[key] = found
        return found

    def _case(
        self, plan: PlannedDebtor, row: PlacementRow, case_id: str, number: str, as_of: date
    ) -> dict[str, Any]:
        return {
            "id": case_id,
            "number": number,
            "batch_id": self._batch,
            "debtor_id": plan.id,
            "placement_id": self._placements[row.placement_no].id,
            "account_number": row.account_no,
            "card_tail": row.card_tail,
            "round": row.round,
            "currency": row.currency,
            "placed_minor": row.amount,
            "balance_minor": row.amount,
            "balance_as_of": day(as_of),
            "principal_minor": row.principal,
            "interest_minor": row.interest,
            "penalty_minor": row.penalty,
            "minimum_minor": row.minimum_due,
            "limit_minor": row.credit_limit,
            "bank_days": row.days_past_due,
            "due_on": day(row.due_on),
            "statement_day": row.statement_day,
            "last_paid_on": day(row.last_paid_on),
            "last_paid_minor": row.last_paid,
            "previous_overdue": row.previous_overdue,
            "opened_on": day(row.opened_on),
            "remark": row.remark,
            "extras": _extras(row),
            "state": CaseState.OPEN.value,
        }

    def _add_phones(self, plan: PlannedDebtor) -> list[str]:
        """The debtor's numbers, own before contacts', each once."""
        seen: dict[str, None] = {}
        for number, kind, owner, relation in _numbers(plan.rows):
            if number in seen:
                continue
            self._phones.add(
                {
                    "id": new_id(),
                    "batch_id": self._batch,
                    "debtor_id": plan.id,
                    "number": number,
                    "kind": kind,
                    "owner_name": owner,
                    "relation": relation,
                    "standing": NumberStanding.UNKNOWN.value,
                    "source": _BANK,
                    "position": len(seen),
                }
            )
            seen[number] = None
        return list(seen)

    def _add_addresses(self, plan: PlannedDebtor) -> None:
        seen: set[str] = set()
        for row in plan.rows:
            for kind, line in (
                (AddressKind.HOME.value, row.home_address),
                (AddressKind.REGISTERED.value, row.registered_address),
            ):
                if line and line not in seen:
                    self._addresses.add(
                        {
                            "id": new_id(),
                            "batch_id": self._batch,
                            "debtor_id": plan.id,
                            "kind": kind,
                            "line": line,
                            "source": _BANK,
                            "position": len(seen),
                        }
                    )
                    seen.add(line)


def _extras(row: PlacementRow) -> str:
    if not row.extras and not row.fees:
        return "{}"
    extras: dict[str, str] = {}
    for name, value in row.extras:
        while name in extras:
            name += "'"  # noqa: PLW2901 -- two columns of one heading: both stay
        extras[name] = value
    if row.fees:
        extras["fees"] = str(Money(row.fees, row.currency))
    return json_text(extras)


def _numbers(rows: Sequence[PlacementRow]) -> Iterator[tuple[str, str, str, str]]:
    for row in rows:
        for number in row.mobiles:
            yield number, NumberKind.MOBILE.value, "", ""
        for number in row.home_phones:
            yield number, NumberKind.HOME.value, "", ""
        for number in row.work_phones:
            yield number, NumberKind.WORK.value, "", ""
    for row in rows:
        for contact in row.contacts:
            if contact.phone:
                yield contact.phone, NumberKind.CONTACT.value, contact.name, contact.relation


def _own_numbers(rows: Sequence[PlacementRow]) -> Iterator[OwnNumber]:
    for number, kind, _, _ in _numbers(rows):
        if kind != NumberKind.CONTACT.value:
            yield OwnNumber(NumberStanding.UNKNOWN, telephone.fault(number) is None)


def _stored(value: object) -> object:
    """A derived value as the driver stores it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (list, dict)):
        return json_text(value)
    if isinstance(value, datetime):
        return to_micros(value)
    if isinstance(value, date):
        return day(value)
    return value


def keep_findings(conn: Connection, batch_id: str, findings: Iterable[Problem]) -> None:
    """Write down what was found in a file, beside its batch."""
    rows = TupleRows(t.set_aside_row)
    for found in findings:
        rows.add(
            {
                "id": new_id(),
                "batch_id": batch_id,
                "sheet": found.sheet,
                "line": found.line,
                "column": found.column,
                "value": found.value,
                "reason_code": found.reason.code,
                "reason_params": json_text(message_to_plain(found.reason)["params"]),
                "severity": found.severity.value,
            }
        )
    rows.insert(conn)
