"""What an import will write, worked out before anything is written: debtors, their accounts, and what stays out.

The file is gone through a block at a time, and of a row nothing is kept but whose it is: a million rows fit.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message, msg
from collector_desk.domain.text.names import folded
from collector_desk.domain.vocabulary import CaseState
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.values import PlacementFile, PlacementRow, opened_rows, squeezed_rows
from collector_desk.store import journal
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.intake import batches
from collector_desk.store.intake.batches import Key, OnFile
from collector_desk.store.intake.rows import PlannedDebtor

_BLOCK = 2000  # rows whose accounts and debtors are looked up together
_END = "\x1f"
_NO_BANK = "intake.bank_unknown"


class PlannedDebtors:
    """The debtors of a file in its order. Each is made, rows and all, only when it is their turn."""

    def __init__(self, file: PlacementFile, bank_of: Mapping[str, str]) -> None:
        self._file, self._bank_of = file, bank_of
        self._firsts = array("q")  # the number of each debtor's first row
        self._more: dict[int, list[bytes]] = {}  # their further rows: those may stand anywhere in the file
        self.targets: dict[int, str] = {}  # who of them is on file, and as whom

    def __len__(self) -> int:
        return len(self._firsts)

    def of_banks(self, bank_of: Mapping[str, str]) -> "PlannedDebtors":
        """The same debtors, where only their banks' names are others."""
        same = PlannedDebtors(self._file, bank_of)
        same._firsts, same._more, same.targets = self._firsts, self._more, self.targets
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
            yield PlannedDebtor(
                new_id(), key_of(row, self._bank_of[row.placement_no]), self.targets.get(place), rows
            )
            place, first = next(firsts, (0, -1))

    @property
    def first_placement(self) -> str | None:
        """The placement of the first account."""
        return self._file.rows[self._firsts[0]].placement_no if self._firsts else None


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
    return PlacementPlan(PlannedDebtors(file, {}), 0, len(file.rows), {}, (said,))


def made(
    conn: Connection, file: PlacementFile, bank_of: Mapping[str, str], before: PlacementPlan | None = None
) -> PlacementPlan:
    """The plan for a file by what is in the store; ``bank_of`` gives each placement's bank.

    That of ``before``, made of the same file, where nothing it hangs on is another one by now.
    """
    basis = _basis(conn, bank_of)
    if before is not None and basis is not None and basis == before.basis:
        plan = replace(before, debtors=before.debtors.of_banks(bank_of))
    else:
        plan = replace(_Planner(conn, file, bank_of).plan(), basis=basis)
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


class _Planner:
    def __init__(self, conn: Connection, file: PlacementFile, bank_of: Mapping[str, str]) -> None:
        self._conn, self._file, self._bank_of = conn, file, bank_of
        self._debtors = PlannedDebtors(file, bank_of)
        self._places: dict[str, int] = {}
        self._customers: dict[str, int] = {}
        self._ids: dict[str, int] = {}
        self._names: dict[int, str] = {}  # of debtors on file: as whom, until the file calls them otherwise
        self._on_file: list[Problem] = []
        self._other_names: list[Problem] = []
        self._look_alikes: list[Problem] = []

    def plan(self) -> PlacementPlan:
        amounts: dict[str, int] = {}
        taken = 0
        rows = enumerate(self._file.rows)
        while block := list(islice(rows, _BLOCK)):
            fresh = self._fresh(block)
            taken += len(fresh)
            for _, row in fresh:
                amounts[row.currency] = amounts.get(row.currency, 0) + row.amount
            self._group(fresh)
        said = (*self._on_file, *self._other_names, *self._look_alikes)
        return PlacementPlan(self._debtors, taken, len(self._file.rows) - taken, amounts, said)

    # -- what is on file ----------------------------------------------------------------------------------

    def _fresh(self, block: list[tuple[int, PlacementRow]]) -> list[tuple[int, PlacementRow]]:
        """Rows that are new; of each account that is open in the store already it is said.

        An account whose earlier case is settled or returned may be placed again: that is a new case.
        """
        on_file: dict[tuple[str, str], OnFile] = {}
        by_bank: dict[str, list[str]] = {}
        for _, row in block:
            by_bank.setdefault(self._bank_of[row.placement_no], []).append(row.account_no)
        for bank, accounts in by_bank.items():
            known = batches.accounts_on_file(self._conn, bank, accounts)
            on_file.update({(bank, account): case for account, case in known.items()})
        if not on_file:
            return block
        fresh = []
        for number, row in block:
            case = on_file.get((self._bank_of[row.placement_no], row.account_no))
            if case is None or (case.state != CaseState.OPEN and case.placement_number != row.placement_no):
                fresh.append((number, row))
            else:
                self._on_file.extend(self._said_of(row, case))
        return fresh

    def _said_of(self, row: PlacementRow, case: OnFile) -> Iterator[Problem]:
        if row.currency != case.currency or row.amount not in {case.placed_minor, case.balance_minor}:
            # the file and the store differ on what is owed: the store's figure stays until a person decides
            kept = Money(case.balance_minor, case.currency)
            reason = msg("intake.on_file_amount", case=case.case_number, kept=kept)
            value = str(Money(row.amount, row.currency))
            yield self._problem(row, "amount", value, reason, ProblemSeverity.WARNING)
        code = "intake.on_file" if case.placement_number == row.placement_no else "intake.on_file_elsewhere"
        reason = msg(code, case=case.case_number, placement=case.placement_number)
        yield self._problem(row, "account_no", row.account_no, reason, ProblemSeverity.REFUSED)

    # -- whose it is --------------------------------------------------------------------------------------

    def _group(self, fresh: Iterable[tuple[int, PlacementRow]]) -> None:
        """Rows by debtor, in the file's order."""
        begun: dict[Key, tuple[int, PlacementRow]] = {}
        placed: list[tuple[int, PlacementRow]] = []
        for number, row in fresh:
            key = key_of(row, self._bank_of[row.placement_no])
            text = _END.join(key)
            place = self._places.get(text)
            if place is None:
                place = self._places[text] = self._debtors.begin(number)
                begun[key] = place, row
            else:
                self._debtors.add(place, row)
            placed.append((place, row))
        targets = batches.debtors_on_file(self._conn, begun)
        names = batches.names_of(self._conn, targets.values())
        for key, debtor in targets.items():
            place = begun[key][0]
            self._debtors.targets[place] = debtor
            self._names[place] = names[debtor]
        self._look_at_names(placed)
        self._look_for_alikes(begun)

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
