"""A placement's debtors as the rows of four tables: tuples as the driver stores them, thousands at a time.

The one place that knows which value stands where. Each row is made by the names of its columns and put in their
order here, so that a column that moves or comes new can't shift the others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from collector_desk.domain.book import reach
from collector_desk.domain.book.accounts import AccountOwed, due_day, together
from collector_desk.domain.book.debts import message_to_plain
from collector_desk.domain.book.money import Money, column_of
from collector_desk.domain.book.products import product_named
from collector_desk.domain.book.queue import amount_key
from collector_desk.domain.book.reach import OwnNumber
from collector_desk.domain.message import Message
from collector_desk.domain.text import telephone
from collector_desk.domain.text.numbers import Numbered
from collector_desk.domain.vocabulary import AddressKind, NumberKind, NumberStanding
from collector_desk.intake.problems import Problem
from collector_desk.intake.values import PlacementRow
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.intake.batches import STAND_IN, Key, KnownPlacement
from collector_desk.store.intake.placed import PlacedRows
from collector_desk.store.metadata import to_micros
from collector_desk.store.numbers import Issuer
from collector_desk.store.projections.figures import OF
from collector_desk.store.projections.placed import account_row, address_row, phone_row
from collector_desk.store.search import SearchRow
from collector_desk.store.sqlite.bulk import day, insert_tuples, json_text


class NewerFigure(NamedTuple):
    """A row of the file that tells of an account on file, and of which day it tells.

    ``same_person``: what else the row tells of its debtor is theirs.
    """

    row: PlacementRow
    case_id: str
    as_of: date
    same_person: bool


@dataclass(slots=True)
class PlannedDebtor:
    """One debtor of the file with their accounts. ``target`` is the debtor on file it belongs to; of those
    ``newer`` are figures of accounts on file, and ``corrected`` what of their person the file has otherwise."""

    id: str
    key: Key
    target: str | None
    rows: list[PlacementRow] = field(default_factory=list)
    newer: list[NewerFigure] = field(default_factory=list)
    corrected: Mapping[str, str] = field(default_factory=dict)


_MOBILE, _HOME, _WORK, _CONTACT = (
    kind.value for kind in (NumberKind.MOBILE, NumberKind.HOME, NumberKind.WORK, NumberKind.CONTACT)
)  # a member's value is looked up by Python each time
_LIVES, _REGISTERED = AddressKind.HOME.value, AddressKind.REGISTERED.value
_NOTHING, _NONE = json_text({}), json_text([])

Derive = Callable[[Money, int | None, Message | None, date | None, date | None], Mapping[str, Any]]
"""Works out the derived columns of a debtor just placed, by name: from the balance, how often they were overdue
before, why they can't be called, the day their mandate ends, the day they owe by
(``domain.book.derived.first_columns``)."""


class TupleRows:
    """Rows of one table, to be inserted together; each is made by the names of its columns."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._names: tuple[str, ...] = ()
        self._rows: list[tuple[Any, ...]] = []

    def add(self, row: dict[str, Any]) -> None:
        """One more row, always made by one and the same expression: then the names stand in one order."""
        if not self._names:
            self._names = tuple(row)
        self._rows.append(tuple(row.values()))

    def clear(self) -> None:
        """Begin with the next piece."""
        self._rows.clear()

    def insert(self, conn: Connection) -> None:
        """Write them."""
        insert_tuples(conn, self.table, self._names, self._rows)


class RowMaker:
    """Turns planned debtors into the rows of four tables, and of what was placed."""

    def __init__(
        self,
        batch_id: str,
        placements: Mapping[str, KnownPlacement],
        derive: Derive,
        today: date,
        zone: str,
        issuer: Issuer,
        serial: int,
    ) -> None:
        self._batch = batch_id
        self._placements = placements
        self._derive = derive
        self._today = today
        self._zone = zone
        self._first: dict[tuple[object, ...], dict[str, Any]] = {}
        self._issuer = issuer
        self._next = serial
        self._debtors, self._cases = TupleRows(t.debtor), TupleRows(t.account_case)
        self._phones, self._addresses = TupleRows(t.phone), TupleRows(t.address)
        self.placed = PlacedRows(batch_id)
        self._every = (self._debtors, self._cases, self._phones, self._addresses, self.placed)
        self.search: list[SearchRow] = []

    def make(self, debtors: Iterable[PlannedDebtor]) -> None:
        """The rows of some debtors, in place of the ones before; cases are numbered on."""
        for rows in self._every:
            rows.clear()
        self.search.clear()
        for debtor in debtors:
            self._add(debtor)

    def insert(self, conn: Connection) -> None:
        """Write the rows last made."""
        for rows in self._every:
            rows.insert(conn)

    def _add(self, plan: PlannedDebtor) -> None:
        """The rows of one debtor, or of the stand-in for one on file."""
        accounts, frames, words = [], [], []
        for row in plan.rows:
            placement = self._placements[row.placement_no]
            as_of = row.as_of or row.placed_on or placement.placed_on or self._today
            serial, number = self._next, self._issuer.spelt(Numbered.CASE, self._next)
            self._next += 1
            due = due_day(row.days_past_due, as_of, row.due_on)
            accounts.append(AccountOwed(number, due, Money(row.amount, row.currency), row.previous_overdue))
            frames.append(_frame(row, serial, placement.id, as_of))
            words.append(_words(row))
            account = account_row(self._issuer.store_id, self._batch, plan.id, frames[-1], words[-1])
            account["extras"] = json_text(account["extras"]) if account["extras"] else _NOTHING
            self._cases.add(account)
        every = plan.rows
        if plan.newer:
            every = [*plan.rows, *(one.row for one in plan.newer if one.same_person)]
            for one in plan.newer:
                accounts.append(AccountOwed("", None, Money(one.row.amount, one.row.currency), None))
                frames.append(_figure_frame(one))
                words.append(_words(one.row))
        phones, addresses = _phones(every), _addresses(every)
        for place, said in enumerate(phones):
            self._phones.add(phone_row(self._batch, plan.id, place, said))
        for place, said in enumerate(addresses):
            self._addresses.add(address_row(self._batch, plan.id, place, said))
        person = self._person(plan)
        self._debtors.add(self._debtor(plan, person, frames, accounts, phones))
        content = {"person": person, "cases": words, "phones": phones, "addresses": addresses}
        if plan.corrected:
            content["corrected"] = plan.corrected
        self.placed.add(plan.id, plan.target or plan.id, frames, content)
        if plan.target is None:
            _, customer, id_no = plan.key
            numbers = [customer.removeprefix("#"), id_no, *[said["account_number"] for said in words]]
            numbers += [str(frame["serial"]) for frame in frames]
            numbers += [said["number"] for said in phones]
            self.search.append(SearchRow(plan.id, (plan.rows[0].name,), tuple(filter(None, numbers))))

    def _person(self, plan: PlannedDebtor) -> dict[str, str]:
        bank, customer, id_no = plan.key
        row = plan.rows[0] if plan.rows else plan.newer[0].row
        return {
            "bank_name": bank,
            "customer_no": customer,
            "name": row.name,
            "id_type": row.id_type[:40],
            "id_number": id_no,
            "employer": next((each.employer for each in plan.rows if each.employer), ""),
            "zone": self._zone,
        }

    def _debtor(
        self,
        plan: PlannedDebtor,
        person: dict[str, str],
        frames: Sequence[Mapping[str, Any]],
        accounts: Sequence[AccountOwed],
        phones: Iterable[Mapping[str, str]],
    ) -> dict[str, Any]:
        if plan.target is not None:
            person = person | {"bank_name": STAND_IN, "customer_no": plan.target, "id_number": self._batch}
        owed = together(accounts)
        balance, product = owed.balance.minor, ""
        if owed.lead < len(plan.rows):  # of an account that is new
            lead = plan.rows[owed.lead]
            product = product_named(lead.extras, self._placements[lead.placement_no].terms.product)
        return {
            **self._first_columns(owed.balance, owed.previous_overdue, plan.rows, phones, accounts[owed.lead].due),
            **person,
            "id": plan.id,
            "batch_id": self._batch,
            "visible": 0,
            "lead_case_id": frames[owed.lead].get("id") or frames[owed.lead][OF],
            "lead_due": day(accounts[owed.lead].due),
            "cases": len(accounts),
            "balance_minor": balance,
            "currency": owed.balance.currency,
            "owed_beside": json_text(column_of(owed.beside)) if owed.beside else _NONE,
            "product": product,
            "queue_amount": amount_key(owed.balance),
            "queue_case": accounts[owed.lead].number,
        }

    def _first_columns(
        self,
        balance: Money,
        overdue: int | None,
        rows: Sequence[PlacementRow],
        phones: Iterable[Mapping[str, str]],
        due: date | None,
    ) -> dict[str, Any]:
        """The derived columns of a debtor nobody has tried yet, as stored. They hang on the balance only by its
        sign (and by what is set beside them), so that they are worked out once for many."""
        own = tuple([telephone.fault(said["number"]) is None for said in phones if said["kind"] != _CONTACT])
        ends = [self._placements[row.placement_no].terms.mandate_ends for row in rows]
        early = due if due is not None and due >= self._today else None  # what is overdue stands by other things
        key = (balance.currency, balance.minor > 0, overdue, own, early, *ends)
        found = self._first.get(key)
        if found is None:
            why = reach.no_number(OwnNumber(NumberStanding.UNKNOWN, is_number) for is_number in own)
            values = self._derive(balance, overdue, why, min(filter(None, ends), default=None), early)
            found = {name: _stored(value) for name, value in values.items()}
            self._first[key] = found
        return found


def _frame(row: PlacementRow, serial: int, placement_id: str, as_of: date) -> dict[str, Any]:
    """What of an account stays even where the person is erased."""
    said = {
        "id": new_id(),
        "serial": serial,
        "placement_id": placement_id,
        "round": row.round,
        "currency": row.currency,
        "placed_minor": row.amount,
        "balance_as_of": day(as_of),
        **_facts(row),
        "opened_on": day(row.opened_on),
    }
    return {name: value for name, value in said.items() if value is not None}


def _facts(row: PlacementRow) -> dict[str, Any]:
    """What else the bank says of an account, this month so and the next otherwise."""
    return {
        "principal_minor": row.principal,
        "interest_minor": row.interest,
        "penalty_minor": row.penalty,
        "minimum_minor": row.minimum_due,
        "overdue_minor": row.overdue,
        "limit_minor": row.credit_limit,
        "bank_days": row.days_past_due,
        "due_on": day(row.due_on),
        "statement_day": row.statement_day,
        "last_paid_on": day(row.last_paid_on),
        "last_paid_minor": row.last_paid,
        "previous_overdue": row.previous_overdue,
    }


def _figure_frame(one: NewerFigure) -> dict[str, Any]:
    """The same of a newer figure of an account on file (``projections.figures``)."""
    said = {
        OF: one.case_id,
        "currency": one.row.currency,
        "figure_minor": one.row.amount,
        "balance_as_of": day(one.as_of),
        **_facts(one.row),
    }
    return {name: value for name, value in said.items() if value is not None}


def _words(row: PlacementRow) -> dict[str, Any]:
    """The rest of an account, and where in the file it stood."""
    return {
        "account_number": row.account_no,
        "card_tail": row.card_tail,
        "remark": row.remark,
        "extras": _extras(row),
        "sheet": row.sheet,
        "line": row.line,
    }


def _phones(rows: Sequence[PlacementRow]) -> list[dict[str, str]]:
    """A debtor's numbers, own before contacts', each once."""
    found: dict[str, dict[str, str]] = {}
    for number, kind, owner, relation in _numbers(rows):
        if number not in found:
            found[number] = {
                "id": new_id(),
                "number": number,
                "kind": kind,
                "owner_name": owner,
                "relation": relation,
            }
    return list(found.values())


def _addresses(rows: Sequence[PlacementRow]) -> list[dict[str, str]]:
    """A debtor's addresses, each once."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        for kind, line in (
            (_LIVES, row.home_address),
            (_REGISTERED, row.registered_address),
        ):
            if line and line not in found:
                found[line] = {"id": new_id(), "kind": kind, "line": line}
    return list(found.values())


def _extras(row: PlacementRow) -> dict[str, str]:
    extras: dict[str, str] = {}
    for name, value in row.extras:
        while name in extras:
            name += "'"  # noqa: PLW2901 -- two columns of one heading: both stay
        extras[name] = value
    if row.fees:
        extras["fees"] = str(Money(row.fees, row.currency))
    return extras


def _numbers(rows: Sequence[PlacementRow]) -> Iterator[tuple[str, str, str, str]]:
    for row in rows:
        for number in row.mobiles:
            yield number, _MOBILE, "", ""
        for number in row.home_phones:
            yield number, _HOME, "", ""
        for number in row.work_phones:
            yield number, _WORK, "", ""
    for row in rows:
        for contact in row.contacts:
            if contact.phone:
                yield contact.phone, _CONTACT, contact.name, contact.relation


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
