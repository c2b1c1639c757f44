"""What an import will write, worked out before anything is written: debtors, their accounts, newer figures of
accounts on file, and what stays out.

The file is gone through a block at a time, and of a row nothing is kept but whose it is: a million rows fit.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import islice

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message, msg
from collector_desk.domain.money.questions import NewQuestion
from collector_desk.domain.text import identity_numbers
from collector_desk.domain.text.days import day_named
from collector_desk.domain.text.names import folded
from collector_desk.domain.vocabulary import CaseState, QuestionKind
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.values import PlacementFile, PlacementRow, opened_rows, squeezed_rows
from collector_desk.store import journal
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.intake import batches
from collector_desk.store.intake.batches import Key, OnFile, PersonOnFile
from collector_desk.store.intake.rows import NewerFigure, PlannedDebtor

_BLOCK = 2000  # rows whose accounts and debtors are looked up together
_END = "\x1f"
_TARGET = "\x1e"  # before the id of a debtor on file, among the keys of the file's debtors
_ANY = "\x1d"  # whichever bank has the account
_Numbered = tuple[int, PlacementRow]
_Newer = tuple[_Numbered, OnFile]
_NO_BANK = "intake.bank_unknown"


class PlannedDebtors:
    """The debtors of a file in its order. Each is made, rows and all, only when it is their turn."""

    def __init__(self, file: PlacementFile, bank_of: Mapping[str, str]) -> None:
        self._file, self._bank_of = file, bank_of
        self._firsts = array("q")  # the number of each debtor's first row
        self._more: dict[int, list[bytes]] = {}  # their further rows: those may stand anywhere in the file
        self.targets: dict[int, str] = {}  # who of them is on file, and as whom
        self.newer: dict[str, NewerAs] = {}  # by account, where it is on file and the file has a newer figure
        self.corrected: dict[int, dict[str, str]] = {}  # what the file has otherwise of who is on file

    def __len__(self) -> int:
        return len(self._firsts)

    def of_banks(self, bank_of: Mapping[str, str]) -> "PlannedDebtors":
        """The same debtors, where only their banks' names are others."""
        same = PlannedDebtors(self._file, bank_of)
        same._firsts, same._more, same.targets = self._firsts, self._more, self.targets
        same.newer, same.corrected = self.newer, self.corrected
        return same

    def begin(self, row: int) -> int:
        """One more debtor; returns their place."""
        self._firsts.append(row)
        return len(self._firsts) - 1

    def add(self, place: int, row: PlacementRow) -> None:
        """A further account of a debtor."""
        self._more.setdefault(place, []).append(squeezed_rows([row]))

    def __iter__(self) -> Iterator[PlannedDebtor]:
        """Each with a new id: go through them once for one import."""
        firsts = enumerate(self._firsts)
        place, first = next(firsts, (0, -1))
        for number, row in enumerate(self._file.rows):
            if number != first:
                continue
            rows = [row, *(each for more in self._more.get(place, ()) for each in opened_rows(more))]
            key = key_of(row, self._bank_of.get(row.placement_no, ""))
            planned = PlannedDebtor(new_id(), key, self.targets.get(place), rows)
            if planned.target is not None:
                newer = [each for each in rows if each.account_no in self.newer]
                newer = [each for each in rows if each.account_no in self.newer]
                planned.newer = [NewerFigure(each, *self.newer[each.account_no]) for each in newer]
                planned.rows = [each for each in rows if each.account_no not in self.newer]
                planned.corrected = self.corrected.get(place, {})
            yield planned
            place, first = next(firsts, (0, -1))

    @property
    def first_placement(self) -> str | None:
        """The placement of the first account."""
        return self._file.rows[self._firsts[0]].placement_no if self._firsts else None


NewerAs = tuple[str, date, bool]
"""The case whose figure it is, the day it is of, and whether its debtor is the same person."""


class Fate(StrEnum):
    """What becomes of a row whose account is on file (words: ``intake.fate.<value>``)."""

    REFRESHED = "refreshed"  # a newer figure: it counts from now on
    REPEATED = "repeated"  # the same figure of the same day
    QUESTION = "question"  # another figure of the same day, or of another placement: the bank has to say
    OLDER = "older"  # of a day before the figure on file
    UNKNOWN = "unknown"  # a balance of an account that isn't on file, or at several banks
    UNDATED = "undated"  # another figure, and nothing says of which day: somebody has to


@dataclass(frozen=True, slots=True)
class FiguresTold:
    """What somebody says of a file that it doesn't say itself: the day its figures are of, and whether it is the
    ``full`` list of its placements: of what is open and not in it the bank is asked then."""

    as_of: date | None = None
    full: bool = False


@dataclass(frozen=True, slots=True)
class Refreshing:
    """What a file does to accounts on file: how many rows become what, and what is owed on those with a newer
    figure, before and after, in minor units by currency."""

    fates: Mapping[Fate, int] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)
    after: Mapping[str, int] = field(default_factory=dict)
    missing: int = 0  # accounts open here that a full list has no more

    def count(self, fate: Fate) -> int:
        """How many rows."""
        return self.fates.get(fate, 0)

    @property
    def refreshed(self) -> int:
        """How many accounts get a newer figure."""
        return self.count(Fate.REFRESHED)

    @property
    def left(self) -> int:
        """How many rows of accounts on file have no effect."""
        return sum(self.fates.values()) - self.refreshed


Basis = tuple[object, ...]
"""All of the store that a plan hangs on: one made of the same file on the same basis says the same."""


@dataclass(frozen=True, slots=True)
class PlacementPlan:
    """Everything an import will do. ``rows`` is what goes in; ``findings`` what this stage has to say. ``basis`` is
    None where it can't be told whether the plan still holds."""

    debtors: PlannedDebtors
    rows: int
    duplicates: int
    amounts: Mapping[str, int]
    findings: tuple[Problem, ...] = field(repr=False)
    basis: Basis | None = field(default=None, repr=False)
    refreshing: Refreshing = field(default_factory=Refreshing)
    questions: tuple[NewQuestion, ...] = field(default=(), repr=False)  # to the bank

    @property
    def placed(self) -> tuple[Money, ...]:
        """What goes in, each currency by itself, the main one first; nought yuan where nothing does."""
        first = self.main_currency
        others = (Money(minor, name) for name, minor in sorted(self.amounts.items()) if name != first)
        return (Money(self.amounts.get(first, 0), first), *others)

    @property
    def main_currency(self) -> str:
        """The currency with the largest sum."""
        return max(self.amounts, key=lambda currency: abs(self.amounts[currency]), default="CNY")


def nothing_new(file: PlacementFile) -> PlacementPlan:
    """The plan for a file that is on file already."""
    said = Problem("", 0, "", "", msg("intake.same_file"), ProblemSeverity.NOTE)
    repeated = Refreshing({Fate.REPEATED: len(file.rows)})
    return PlacementPlan(PlannedDebtors(file, {}), 0, len(file.rows), {}, (said,), refreshing=repeated)


def made(
    conn: Connection,
    file: PlacementFile,
    bank_of: Mapping[str, str],
    before: PlacementPlan | None = None,
    *,
    told: FiguresTold,
    today: date,
) -> PlacementPlan:
    """The plan for a file by what is in the store; ``bank_of`` gives each placement's bank.

    That of ``before``, made of the same file, where nothing it hangs on is another one by now.
    """
    found = _basis(conn, bank_of)
    basis = None if found is None else (*found, told, today)
    if before is not None and basis is not None and basis == before.basis:
        plan = replace(before, debtors=before.debtors.of_banks(bank_of))
    else:
        plan = replace(_Planner(conn, file, bank_of, _Days(file, told, today), full=told.full).plan(), basis=basis)
    said = tuple(each for each in plan.findings if each.reason.code != _NO_BANK)
    if not all(bank_of.values()):
        said = (*said, Problem("", 0, "", "", msg(_NO_BANK), ProblemSeverity.WARNING))
    return replace(plan, findings=said)


def _basis(conn: Connection, bank_of: Mapping[str, str]) -> Basis | None:
    """The end of history, and which placements are of one bank.

    What a bank is called matters only where the store has it: an answer to the preview's question what a new bank's
    name is changes nothing. What another import staged, and may take away again or just shows, is in no history.
    """
    if batches.staged_batches(conn) or batches.unfinished_batches(conn):
        return None
    first: dict[str, str] = {}
    for number, bank in sorted(bank_of.items()):
        first.setdefault(bank, number)
    known = {bank: batches.has_bank(conn, bank) for bank in first}
    banks = tuple(
        (number, bank if known[bank] else first[bank], known[bank]) for number, bank in sorted(bank_of.items())
    )
    return journal.last_line(conn), banks


def key_of(row: PlacementRow, bank: str) -> Key:
    """What makes rows one debtor: bank, customer number and identity number; an account alone where both lack."""
    if row.customer_no or row.id_no:
        return bank, row.customer_no, row.id_no
    return bank, "#" + row.account_no, ""


def column_of(file: PlacementFile, row: PlacementRow, name: str) -> str:
    """The heading under which a field stands on the row's sheet."""
    columns = file.columns_at(row.sheet, row.line)
    return next((column.header for column in columns if column.field == name), "")


class _Days:
    """Of which day the rows of a file tell: their own column or title, else what somebody says, else its name."""

    def __init__(self, file: PlacementFile, told: FiguresTold, today: date) -> None:
        self._today = today
        self._else = told.as_of or day_named(file.filename)

    @property
    def all_of(self) -> date:
        """The day that the file as a whole is of; of today where nothing says it."""
        return self._else or self._today

    def of(self, row: PlacementRow) -> date | None:
        """The day of a row's figures; a day to come is none of which a figure could tell."""
        as_of = row.as_of or self._else
        return as_of if as_of is not None and as_of <= self._today else None


class _Planner:
    def __init__(
        self, conn: Connection, file: PlacementFile, bank_of: Mapping[str, str], days: _Days, *, full: bool
    ) -> None:
        self._conn, self._file, self._bank_of, self._days = conn, file, bank_of, days
        self._debtors = PlannedDebtors(file, bank_of)
        self._places: dict[str, int] = {}
        self._customers: dict[str, int] = {}
        self._ids: dict[str, int] = {}
        self._names: dict[int, str] = {}  # of debtors on file: as whom, until the file calls them otherwise
        self._on_file: list[Problem] = []
        self._other_names: list[Problem] = []
        self._look_alikes: list[Problem] = []
        self._fates: Counter[Fate] = Counter()
        self._before: Counter[str] = Counter()
        self._after: Counter[str] = Counter()
        self._full, self._missing = full, 0
        self._named: set[str] = set()  # accounts of the file, where it is the full list
        self._questions: list[NewQuestion] = []

    def plan(self) -> PlacementPlan:
        amounts: dict[str, int] = {}
        taken = 0
        rows = enumerate(self._file.rows)
        while block := list(islice(rows, _BLOCK)):
            if self._full:
                self._named.update(row.account_no for _, row in block)
            fresh, newer = self._sorted(block)
            taken += len(fresh)
            for _, row in fresh:
                amounts[row.currency] = amounts.get(row.currency, 0) + row.amount
            self._refresh(newer)
            self._group(fresh)
        said = (*self._on_file, *self._other_names, *self._look_alikes)
        if self._full:
            self._ask_about_missing()
        refreshing = Refreshing(dict(self._fates), dict(self._before), dict(self._after), self._missing)
        return PlacementPlan(
            self._debtors,
            taken,
            refreshing.left,
            amounts,
            said,
            refreshing=refreshing,
            questions=tuple(self._questions),
        )

    # -- what is on file ----------------------------------------------------------------------------------

    def _sorted(self, block: list[_Numbered]) -> tuple[list[_Numbered], list[_Newer]]:
        """Rows that are new, and those with a newer figure of an account that is open in the store; what becomes of
        the others is counted and said.

        An account whose earlier case is settled or returned may be placed again: that is a new case.
        """
        on_file = self._accounts(block)
        if not on_file and all(row.name for _, row in block):
            return block, []
        fresh: list[_Numbered] = []
        newer: list[_Newer] = []
        for number, row in block:
            case = on_file.get((self._bank_of.get(row.placement_no, ""), row.account_no, row.currency))
            if row.name and (
                case is None or (case.state != CaseState.OPEN and case.placement_number != row.placement_no)
            ):
                fresh.append((number, row))
                if case is not None:
                    reason = msg("intake.placed_again", case=case.case_number, placement=case.placement_number)
                    self._on_file.append(
                        self._problem(row, "account_no", row.account_no, reason, ProblemSeverity.NOTE)
                    )
                continue
            fate = Fate.UNKNOWN if case is None else self._fate(row, case)
            self._fates[fate] += 1
            if case is None:
                reason = msg("intake.account_unknown")
                self._on_file.append(
                    self._problem(row, "account_no", row.account_no, reason, ProblemSeverity.WARNING)
                )
            elif fate is Fate.REFRESHED:
                newer.append(((number, row), case))
            else:
                self._on_file.append(self._said_of(row, case, fate))
                if fate is Fate.QUESTION:
                    self._ask(row, case)
        return fresh, newer

    def _accounts(self, block: list[_Numbered]) -> dict[tuple[str, str, str], OnFile]:
        """What is on file of a block's accounts, by the bank their placement names, account and currency.

        What names nobody tells of accounts alone: whose bank's they are is known here, or by nobody.
        """
        by_bank: dict[str, list[str]] = {}
        for _, row in block:
            bank = self._bank_of[row.placement_no] if row.name else _ANY
            by_bank.setdefault(bank, []).append(row.account_no)
        on_file: dict[tuple[str, str, str], OnFile] = {}
        for bank, accounts in by_bank.items():
            if bank == _ANY:
                known, under = batches.accounts_of_any(self._conn, accounts), ""
            else:
                known, under = batches.accounts_on_file(self._conn, bank, accounts), bank
            on_file.update({(under, *account): case for account, case in known.items()})
        return on_file

    def _fate(self, row: PlacementRow, case: OnFile) -> Fate:
        if self._elsewhere(row, case):
            return Fate.QUESTION
        as_of, same = self._days.of(row), row.amount == case.figure_minor
        if as_of is None:
            return Fate.REPEATED if same else Fate.UNDATED
        if case.state != CaseState.OPEN or as_of == case.as_of:
            return Fate.REPEATED if same else Fate.QUESTION
        return Fate.REFRESHED if as_of > case.as_of else Fate.OLDER

    @staticmethod
    def _elsewhere(row: PlacementRow, case: OnFile) -> bool:
        named = row.placement_no or (case.placement_number if not row.name else "")
        return named != case.placement_number

    def _said_of(self, row: PlacementRow, case: OnFile, fate: Fate) -> Problem:
        name, severity, code = "amount", ProblemSeverity.WARNING, f"intake.on_file_{fate.value}"
        if self._elsewhere(row, case):
            name, code = "account_no", "intake.on_file_elsewhere"
        elif fate is Fate.REPEATED:
            name, severity = "account_no", ProblemSeverity.NOTE
        elif fate is Fate.OLDER:
            severity = ProblemSeverity.NOTE
        elif case.state != CaseState.OPEN:
            code = "intake.on_file_closed"
        said = Money(row.amount, row.currency)
        kept = Money(case.figure_minor, case.currency)
        words = {"case": case.case_number, "placement": case.placement_number, "kept": kept, "day": case.as_of}
        value = row.account_no if name == "account_no" else str(said)
        return self._problem(row, name, value, msg(code, said=said, **words), severity)

    def _ask(self, row: PlacementRow, case: OnFile) -> None:
        """Which of two things the bank said holds: what is on file does, until it answers."""
        kind, figures = QuestionKind.ACCOUNT_MOVED, dict[str, object]()
        if self._elsewhere(row, case):
            figures = {"placement": case.placement_number, "said": row.placement_no}
        elif case.state == CaseState.OPEN:
            kind = QuestionKind.FIGURE_DIFFERS
            before, amount = Money(case.figure_minor, case.currency), Money(row.amount, row.currency)
            figures = {"day": case.as_of, "before": before, "amount": amount}
        else:
            return
        self._questions.append(NewQuestion(kind, case.debtor_id, case.case_id, None, figures, case.bank))

    def _ask_about_missing(self) -> None:
        """What of the file's placements is open here and not in it; nothing changes by it."""
        day = self._days.all_of
        for case in batches.open_cases_of(self._conn, sorted(self._file.placements)):
            if case.account in self._named:
                continue
            self._missing += 1
            figures = {"placement": case.placement_number, "day": day}
            question = QuestionKind.ACCOUNT_MISSING
            self._questions.append(NewQuestion(question, case.debtor_id, case.case_id, None, figures, case.bank))

    def _refresh(self, newer: list[_Newer]) -> None:
        """Newer figures go to the debtors whose accounts they are of, whatever the rows say of the person."""
        people = batches.people_on_file(self._conn, {case.debtor_id for _, case in newer})
        for (number, row), case in newer:
            self._before[case.currency] += case.balance_minor
            self._after[case.currency] += row.amount
            place = self._of_target(case.debtor_id)
            if place is None:
                place = self._debtors.begin(number)
                self._debtors.targets[place] = case.debtor_id
                self._places[_TARGET + case.debtor_id] = place
            else:
                self._debtors.add(place, row)
            person = people[case.debtor_id]
            same = self._same_person(row, place, person)
            if same and (row.customer_no or row.id_no):  # a new account of theirs comes under the numbers said here
                self._places.setdefault(_END.join(key_of(row, person.bank)), place)
            as_of = self._days.of(row) or case.as_of
            self._debtors.newer[row.account_no] = case.case_id, as_of, same

    def _of_target(self, debtor_id: str) -> int | None:
        return self._places.get(_TARGET + debtor_id)

    def _same_person(self, row: PlacementRow, place: int, person: PersonOnFile) -> bool:
        """Whether a row of an account on file tells of the person on file; a name or number that the bank has
        otherwise by now is a correction where the other one of the two is the same."""
        if not row.name:
            return False
        named = folded(row.name) == folded(person.name)
        numbered = row.id_no == person.id_number
        if named and (numbered or not row.id_no):
            return True
        if named and self._may_be_number(row, person):
            self._correct(place, row, "id_no", {"id_number": row.id_no})
        elif numbered and row.id_no:
            self._correct(place, row, "name", {"name": row.name})
        else:
            reason = msg("intake.name_on_file" if not named else "intake.id_on_file")
            name, value = ("name", row.name) if not named else ("id_no", row.id_no)
            self._other_names.append(self._problem(row, name, value, reason, ProblemSeverity.WARNING))
            return named
        return True

    def _may_be_number(self, row: PlacementRow, person: PersonOnFile) -> bool:
        """Whether another identity number of somebody so named can only be theirs: sound, and nobody's here."""
        key = person.bank, person.customer_no, row.id_no
        return identity_numbers.doubt(row.id_no) is None and not (
            batches.debtors_on_file(self._conn, [key]) or batches.findable_numbers(self._conn, [row.id_no])
        )

    def _correct(self, place: int, row: PlacementRow, name: str, values: dict[str, str]) -> None:
        known = self._debtors.corrected.setdefault(place, {})
        if any(known.get(each, value) != value for each, value in values.items()):
            return  # two rows of one file that say two things: the first one is said, this one is a finding
        known.update(values)
        value = next(iter(values.values()))
        reason = msg(f"intake.{name}_corrected")
        self._other_names.append(self._problem(row, name, value, reason, ProblemSeverity.WARNING))

    # -- whose it is --------------------------------------------------------------------------------------

    def _group(self, fresh: Iterable[_Numbered]) -> None:
        """Rows by debtor, in the file's order."""
        begun: dict[Key, tuple[int, PlacementRow]] = {}
        placed: list[tuple[int, PlacementRow]] = []
        keys = {self._key(row) for _, row in fresh}
        targets = batches.debtors_on_file(self._conn, (key for key in keys if _END.join(key) not in self._places))
        names = batches.names_of(self._conn, targets.values())
        for number, row in fresh:
            key = self._key(row)
            text = _END.join(key)
            place = self._places.get(text)
            target = targets.get(key)
            if place is None and target is not None:
                place = self._places.get(_TARGET + target)
            if place is None:
                place = self._debtors.begin(number)
                begun[key] = place, row
                if target is not None:
                    self._debtors.targets[place] = target
                    self._places[_TARGET + target] = place
                    self._names[place] = names[target]
            else:
                self._debtors.add(place, row)
            self._places[text] = place
            placed.append((place, row))
        self._look_at_names(placed)
        self._look_for_alikes(begun)

    def _key(self, row: PlacementRow) -> Key:
        return key_of(row, self._bank_of[row.placement_no])

    def _look_at_names(self, placed: Iterable[tuple[int, PlacementRow]]) -> None:
        """Debtors on file whom this file calls by another name: the name on file stays, and it is said once."""
        if not self._names:
            return
        for place, row in placed:
            name = self._names.get(place)
            if name is not None and folded(row.name) != folded(name):
                del self._names[place]
                reason = msg("intake.name_on_file")
                self._other_names.append(self._problem(row, "name", row.name, reason, ProblemSeverity.WARNING))

    def _look_for_alikes(self, begun: Mapping[Key, tuple[int, PlacementRow]]) -> None:
        """Debtors that share a customer or identity number but not both: kept apart, and said."""
        numbers = batches.findable_numbers(self._conn, (key[2] for key in begun))
        for (bank, customer, id_no), (place, row) in begun.items():
            if customer and self._customers.setdefault(bank + _END + customer, place) != place:
                reason = msg("intake.customer_shared")
                self._look_alikes.append(
                    self._problem(row, "customer_no", customer, reason, ProblemSeverity.WARNING)
                )
            elsewhere = place not in self._debtors.targets and id_no in numbers
            if id_no and (self._ids.setdefault(id_no, place) != place or elsewhere):
                reason = msg("intake.id_shared")
                self._look_alikes.append(self._problem(row, "id_no", id_no, reason, ProblemSeverity.WARNING))

    def _problem(
        self, row: PlacementRow, name: str, value: str, reason: Message, severity: ProblemSeverity
    ) -> Problem:
        return Problem(row.sheet, row.line, column_of(self._file, row, name), value, reason, severity)
