"""What an import will write, worked out before anything is written: debtors, cases, numbers, and what stays out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from collector_desk.domain.book import reach
from collector_desk.domain.book.debts import NumberSource, PlacementTerms, message_to_plain
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueSettings
from collector_desk.domain.book.reach import OwnNumber
from collector_desk.domain.message import msg
from collector_desk.domain.text import telephone
from collector_desk.domain.vocabulary import AddressKind, CaseState, NumberKind, NumberStanding
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.values import PlacementFile, PlacementRow
from collector_desk.services.book import refresh
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.intake.batches import STAND_IN, Key, OnFile, case_number
from collector_desk.store.metadata import to_micros
from collector_desk.store.search import SearchRow
from collector_desk.store.sqlite.bulk import day, json_text

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
class DebtorPlan:
    """One debtor of the file with their accounts. ``target`` is the debtor on file it belongs to."""

    id: str
    key: Key
    target: str | None
    rows: list[PlacementRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlacementPlan:
    """Everything an import will do. ``rows`` is what goes in; ``findings`` what this stage has to say."""

    debtors: tuple[DebtorPlan, ...]
    rows: int
    duplicates: int
    amounts: Mapping[str, int]
    findings: tuple[Problem, ...]

    @property
    def main_currency(self) -> str:
        """The currency with the largest sum."""
        return max(self.amounts, key=lambda currency: abs(self.amounts[currency]), default="CNY")


def column_of(file: PlacementFile, row: PlacementRow, name: str) -> str:
    """The heading under which a field stands on the row's sheet."""
    columns = file.columns_at(row.sheet, row.line)
    return next((column.header for column in columns if column.field == name), "")


def split_duplicates(
    file: PlacementFile, on_file: Mapping[tuple[str, str], OnFile], bank_of: Mapping[str, str]
) -> tuple[list[PlacementRow], list[Problem]]:
    """Rows that are new, and a finding for each account that is open in the store already.

    An account whose earlier case is settled or returned may be placed again: that is a new case.
    """
    fresh: list[PlacementRow] = []
    said: list[Problem] = []
    for row in file.rows:
        known = on_file.get((bank_of[row.placement_no], row.account_no)) if on_file else None
        if known is None or (known.state != CaseState.OPEN and known.placement_number != row.placement_no):
            fresh.append(row)
            continue
        code = "intake.on_file" if known.placement_number == row.placement_no else "intake.on_file_elsewhere"
        reason = msg(code, case=known.case_number, placement=known.placement_number)
        column = column_of(file, row, "account_no")
        if row.currency != known.currency or row.amount not in {known.placed_minor, known.balance_minor}:
            said.append(_other_amount(file, row, known))
        said.append(Problem(row.sheet, row.line, column, row.account_no, reason, ProblemSeverity.REFUSED))
    return fresh, said


def _other_amount(file: PlacementFile, row: PlacementRow, known: OnFile) -> Problem:
    """The file and the store differ on what is owed: the store's figure stays until a person decides."""
    kept = Money(known.balance_minor, known.currency)
    reason = msg("intake.on_file_amount", case=known.case_number, kept=kept)
    value = str(Money(row.amount, row.currency))
    return Problem(row.sheet, row.line, column_of(file, row, "amount"), value, reason, ProblemSeverity.WARNING)


def names_on_file(conn: Connection, targets: Mapping[Key, str]) -> dict[Key, str]:
    """The names of the debtors on file that rows of a file belong to."""
    ids = list(targets.values())
    names: dict[str, str] = {}
    for start in range(0, len(ids), 400):
        some = select(t.debtor.c.id, t.debtor.c.name).where(t.debtor.c.id.in_(ids[start : start + 400]))
        names.update({row.id: row.name for row in conn.execute(some)})
    return {key: names[debtor] for key, debtor in targets.items() if debtor in names}


def other_names(
    file: PlacementFile, groups: Mapping[Key, list[PlacementRow]], names: Mapping[Key, str]
) -> Iterator[Problem]:
    """Debtors on file whom this file calls by another name: the name on file stays, and it is said."""
    for key, name in names.items():
        for row in groups[key]:
            if "".join(row.name.split()).casefold() != "".join(name.split()).casefold():
                column = column_of(file, row, "name")
                reason = msg("intake.name_on_file")
                yield Problem(row.sheet, row.line, column, row.name, reason, ProblemSeverity.WARNING)
                break


def key_of(row: PlacementRow, bank: str) -> Key:
    """What makes rows one debtor: bank, customer number and identity number; an account alone where both lack."""
    if row.customer_no or row.id_no:
        return bank, row.customer_no, row.id_no
    return bank, "#" + row.account_no, ""


def group(rows: Iterable[PlacementRow], bank_of: Mapping[str, str]) -> dict[Key, list[PlacementRow]]:
    """Rows by debtor, in the file's order."""
    found: dict[Key, list[PlacementRow]] = {}
    for row in rows:
        found.setdefault(key_of(row, bank_of[row.placement_no]), []).append(row)
    return found


def look_alikes(
    file: PlacementFile, groups: Mapping[Key, list[PlacementRow]], known_numbers: Mapping[str, str], known: set[Key]
) -> Iterator[Problem]:
    """Debtors that share a customer or identity number but not both: kept apart, and said."""
    by_customer: dict[tuple[str, str], Key] = {}
    by_id: dict[str, Key] = {}
    for key, rows in groups.items():
        bank, customer, id_no = key
        row = rows[0]
        if customer and by_customer.setdefault((bank, customer), key) != key:
            column = column_of(file, row, "customer_no")
            yield Problem(
                row.sheet, row.line, column, customer, msg("intake.customer_shared"), ProblemSeverity.WARNING
            )
        elsewhere = key not in known and id_no in known_numbers
        if id_no and (by_id.setdefault(id_no, key) != key or elsewhere):
            column = column_of(file, row, "id_no")
            yield Problem(row.sheet, row.line, column, id_no, msg("intake.id_shared"), ProblemSeverity.WARNING)


DEBTOR = (
    "id", "batch_id", "visible", "bank_name", "customer_no", "name", "id_type", "id_number", "employer",
    "zone", "attempts", "week", "contacts_this_week", "last_attempt_at", "last_outcome", "ever_reached",
    "promises_made", "promises_broken", "flags", "callback_at", "try_again_at", "can_pay_part",
    "lead_case_id", "lead_due", "cases", "balance_minor", "currency", "previous_overdue", "queue_class",
    "queue_key", "queue_amount", "queue_case", "queue_why", "queue_back_at", "queue_changes_at",
)  # fmt: skip
CASE = (
    "id", "number", "batch_id", "debtor_id", "placement_id", "account_number", "card_tail", "round",
    "currency", "placed_minor", "balance_minor", "balance_as_of", "principal_minor", "interest_minor",
    "penalty_minor", "minimum_minor", "limit_minor", "bank_days", "due_on", "statement_day", "last_paid_on",
    "last_paid_minor", "previous_overdue", "opened_on", "remark", "extras", "state",
)  # fmt: skip
PHONE = (
    "id", "batch_id", "debtor_id", "number", "kind", "owner_name", "relation", "standing", "source",
    "position",
)  # fmt: skip
ADDRESS = (
    "id", "batch_id", "debtor_id", "kind", "line", "source", "position",
)  # fmt: skip


class RowMaker:
    """Turns planned debtors into the tuples of four tables, as the driver stores them."""

    def __init__(
        self,
        batch_id: str,
        placements: Mapping[str, KnownPlacement],
        settings: QueueSettings,
        now: datetime,
        today: date,
        zone: str,
        number: int,
    ) -> None:
        self._batch = batch_id
        self._placements = placements
        self._settings = settings
        self._now = now
        self._today = today
        self._zone = zone
        self._first: dict[tuple[str, int | None, str, date | None], dict[str, Any]] = {}
        self._next = number
        self.debtors: list[tuple[Any, ...]] = []
        self.cases: list[tuple[Any, ...]] = []
        self.phones: list[tuple[Any, ...]] = []
        self.addresses: list[tuple[Any, ...]] = []
        self.search: list[SearchRow] = []

    def make(self, debtors: Iterable[DebtorPlan]) -> None:
        """The rows of some debtors, in place of the ones before; cases are numbered on."""
        for rows in (self.debtors, self.cases, self.phones, self.addresses, self.search):
            rows.clear()
        for debtor in debtors:
            self._add(debtor)

    def _add(self, plan: DebtorPlan) -> None:
        """The rows of one debtor, or of the stand-in for one on file."""
        numbers = [case_number(self._today, self._next + index) for index in range(len(plan.rows))]
        self._next += len(plan.rows)
        ids = [new_id() for _ in plan.rows]
        as_of = [row.placed_on or self._placements[row.placement_no].placed_on or self._today for row in plan.rows]
        dues = [
            refresh.lead_due(row.days_past_due, at, row.due_on) for row, at in zip(plan.rows, as_of, strict=True)
        ]
        for row, case_id, number, at in zip(plan.rows, ids, numbers, as_of, strict=True):
            self.cases.append(self._case(plan, row, case_id, number, at))
        found = self._phones(plan)
        self._addresses(plan)
        lead = min(range(len(plan.rows)), key=lambda i: (dues[i] or date.max, -plan.rows[i].amount, numbers[i]))
        self.debtors.append(self._debtor(plan, ids[lead], dues[lead], numbers[lead], plan.rows[lead].currency))
        if plan.target is None:
            _, customer, id_no = plan.key
            accounts = (row.account_no for row in plan.rows)
            every = (customer.removeprefix("#"), id_no, *accounts, *numbers, *found)
            self.search.append(SearchRow(plan.id, (plan.rows[0].name,), tuple(filter(None, every))))

    def _debtor(
        self, plan: DebtorPlan, case_id: str, due: date | None, number: str, currency: str
    ) -> tuple[Any, ...]:
        bank, customer, id_no = plan.key
        if plan.target is not None:
            bank, customer, id_no = STAND_IN, plan.target, self._batch
        row = plan.rows[0]
        balance = sum(each.amount for each in plan.rows if each.currency == currency)
        known = [each.previous_overdue for each in plan.rows if each.previous_overdue is not None]
        first = self._first_columns(balance, currency, max(known, default=None), plan.rows)
        own = {
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
            "lead_case_id": case_id,
            "lead_due": day(due),
            "cases": len(plan.rows),
            "balance_minor": balance,
            "currency": currency,
            "queue_amount": -balance,
            "queue_case": number,
        }
        return tuple([own[name] if name in own else first[name] for name in DEBTOR])

    def _first_columns(
        self, balance: int, currency: str, overdue: int | None, rows: list[PlacementRow]
    ) -> dict[str, Any]:
        """The derived columns of a debtor nobody has tried yet, as stored. They hang on the balance only by its
        sign (and by what is set beside them), so that they are worked out once for many."""
        why = reach.no_number(_own_numbers(rows))
        terms = (self._placements[row.placement_no].terms for row in rows)
        ends = min((one.mandate_ends for one in terms if one.mandate_ends is not None), default=None)
        key = (currency + ("+" if balance > 0 else "-"), overdue, repr(why), ends)
        found = self._first.get(key)
        if found is None:
            money = Money(balance, currency)
            values = refresh.first_columns(money, overdue, self._settings, self._now, why, ends)
            found = {name: _stored(value) for name, value in values.items()}
            self._first[key] = found
        return found

    def _case(self, plan: DebtorPlan, row: PlacementRow, case_id: str, number: str, as_of: date) -> tuple[Any, ...]:
        extras: dict[str, str] = {}
        if row.extras or row.fees:
            for name, value in row.extras:
                while name in extras:
                    name += "'"  # noqa: PLW2901 -- two columns of one heading: both stay
                extras[name] = value
            if row.fees:
                extras["fees"] = str(Money(row.fees, row.currency))
        return (
            case_id,
            number,
            self._batch,
            plan.id,
            self._placements[row.placement_no].id,
            row.account_no,
            row.card_tail,
            row.round,
            row.currency,
            row.amount,
            row.amount,
            day(as_of),
            row.principal,
            row.interest,
            row.penalty,
            row.minimum_due,
            row.credit_limit,
            row.days_past_due,
            day(row.due_on),
            row.statement_day,
            day(row.last_paid_on),
            row.last_paid,
            row.previous_overdue,
            day(row.opened_on),
            row.remark,
            json_text(extras) if extras else "{}",
            CaseState.OPEN.value,
        )

    def _phones(self, plan: DebtorPlan) -> list[str]:
        """The debtor's numbers, own before contacts', each once."""
        seen: set[str] = set()
        unknown, source = NumberStanding.UNKNOWN.value, _BANK
        for number, kind, owner, relation in _numbers(plan.rows):
            if number in seen:
                continue
            self.phones.append(
                (new_id(), self._batch, plan.id, number, kind, owner, relation, unknown, source, len(seen))
            )
            seen.add(number)
        return list(seen)

    def _addresses(self, plan: DebtorPlan) -> None:
        seen: set[str] = set()
        for row in plan.rows:
            for kind, line in (
                (AddressKind.HOME.value, row.home_address),
                (AddressKind.REGISTERED.value, row.registered_address),
            ):
                if line and line not in seen:
                    self.addresses.append((new_id(), self._batch, plan.id, kind, line, _BANK, len(seen)))
                    seen.add(line)


def _numbers(rows: Iterable[PlacementRow]) -> Iterator[tuple[str, str, str, str]]:
    rows = list(rows)
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


def _own_numbers(rows: Iterable[PlacementRow]) -> Iterator[OwnNumber]:
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


def finding_row(batch_id: str, found: Problem) -> tuple[Any, ...]:
    """A finding as ``set_aside_row`` keeps it."""
    params = message_to_plain(found.reason)["params"]
    return (
        new_id(),
        batch_id,
        found.sheet,
        found.line,
        found.column,
        found.value,
        found.reason.code,
        json_text(params),
        found.severity.value,
    )


FINDING = tuple(column.name for column in t.set_aside_row.columns)
