"""Taking a bank's placement file into the store: preview, import in pieces, recovery after a crash.

An import is staged in short transactions, invisible, and becomes visible by one small commit; what a crash left
behind is cleared or finished by ``recover`` at the next start or import.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import insert, select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.money import Money
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, Trouble, msg
from collector_desk.domain.people import Act, require
from collector_desk.domain.plain import from_plain, to_plain
from collector_desk.domain.states import BatchState
from collector_desk.domain.text.cleaning import cleaned_value
from collector_desk.intake.placement import read_placement
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.values import PlacementFile
from collector_desk.services.book import refresh
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat, acting, demand
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.intake import counts, placement_plan
from collector_desk.services.intake.placement_plan import DebtorPlan, KnownPlacement, PlacementPlan, RowMaker
from collector_desk.store import search
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.importlock import importing
from collector_desk.store.intake import batches
from collector_desk.store.intake.batches import BatchInfo
from collector_desk.store.sqlite.bulk import Pace, insert_tuples

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
_FIRST_PIECE, _LARGEST_PIECE = 40, 400
_KEYS_HELD = 300_000  # search keys kept in memory before they are written
_SHOWN_AT_ONCE = 300  # debtors that one short transaction makes visible


@dataclass(frozen=True, slots=True)
class PlacementDryRun:
    """What importing a file would do. ``already`` is the batch it became before; ``ask_terms`` the placements whose
    terms no one has entered yet, with the bank's name as far as the file tells it."""

    file: PlacementFile
    plan: PlacementPlan
    already: BatchInfo | None
    ask_terms: Mapping[str, PlacementTerms]
    new_debtors: int
    known_debtors: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file. ``batch`` is None after a dry run; ``already`` says that nothing was changed."""

    filename: str
    sha256: str
    batch: str | None
    accepted: int
    set_aside: int
    duplicates: int
    amount: Money
    problems: tuple[Problem, ...] = field(repr=False)
    already: bool = False
    changes: Changes = field(default_factory=Changes, repr=False)


def preview(
    seat: Seat,
    source: Path | PlacementFile,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PlacementDryRun:
    """Read a file and say what importing it would do; writes nothing. Trouble as ``intake.read_placement``."""
    demand(seat, Act.IMPORT)
    if isinstance(source, PlacementFile):
        file = source
    else:
        file = read_placement(source, source.name, password=password, progress=progress, cancelled=cancelled)
    placements = _placements(seat, file, {})
    already = _already(seat, file)
    plan = _nothing_new(file) if already else _plan(seat, file, placements)
    ask = {p.number: p.terms for p in placements.values() if p.fresh}
    known = sum(1 for debtor in plan.debtors if debtor.target)
    return PlacementDryRun(file, plan, already, ask, len(plan.debtors) - known, known)


def dry_run(seen: PlacementDryRun) -> ImportReport:
    """The report of an import that is not carried out."""
    return _report(seen.file, seen.plan, None, already=seen.already)


def import_placement(
    seat: Seat,
    seen: PlacementDryRun,
    terms: Mapping[str, PlacementTerms] | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportReport:
    """Take over what the preview showed, byte for byte the file that was read then.

    ``terms`` by placement number answers ``seen.ask_terms``. Raises Refused ``intake.terms_missing`` without them,
    ``intake.nothing_new`` where no row could be read; Trouble ``intake.import_running`` while another seat imports,
    ``intake.cancelled`` (nothing was taken over). Where all accounts are on file already, no batch is made.
    """
    require(seat.person, Act.IMPORT)
    file = seen.file
    with importing(seat.store.folder):
        _recover(seat)
        already = _already(seat, file)
        if already:
            return _report(file, _nothing_new(file), None, already=already)
        placements = _placements(seat, file, terms or {})
        missing = [p.number for p in placements.values() if p.fresh and p.number not in (terms or {})]
        if missing:
            raise Refused("intake.terms_missing", "terms", placements=missing)
        plan = _plan(seat, file, placements)
        if not plan.rows and not plan.duplicates:
            raise Refused("intake.nothing_new", file=file.filename)
        if not plan.rows:
            return _report(file, plan, None)
        run = _Import(seat, file, plan, placements)
        try:
            run.stage(progress or (lambda _done, _all: None), cancelled or (lambda: False))
        except BaseException:
            _drop(seat, run.batch_id)
            raise
        run.commit()
        _finish(seat, run.batch_id)
        refresh.count_top_tenth(seat.store)
    return replace(_report(file, plan, run.batch_id), changes=Changes(everything=True))


def recover(seat: Seat) -> bool:
    """Clear or finish what a killed import left; quick where there is nothing. Says whether anything was done.

    Call it after signing in. While another seat imports it does nothing.
    """
    return counts.recover(seat) | _recover_placements(seat)


def _recover_placements(seat: Seat) -> bool:
    with seat.store.read() as conn:
        if not batches.staged_batches(conn) and not batches.unfinished_batches(conn):
            return False
    try:
        with importing(seat.store.folder):
            return _recover(seat)
    except Trouble as trouble:
        if trouble.message.code != "intake.import_running":
            raise
        return False


def _recover(seat: Seat) -> bool:
    with seat.store.read() as conn:
        staged, unfinished = batches.staged_batches(conn), batches.unfinished_batches(conn)
    for batch_id in staged:
        _drop(seat, batch_id)
    for batch_id in unfinished:
        _finish(seat, batch_id)
    return bool(staged or unfinished)


def _drop(seat: Seat, batch_id: str) -> None:
    """Take a staged batch away in short transactions."""
    for piece in (batches.drop_piece, batches.drop_findings, batches.drop_file_piece):
        more = True
        while more:
            with seat.store.write() as conn:
                more = piece(conn, batch_id)
    with seat.store.write() as conn:
        if batch_id in batches.staged_batches(conn):
            batches.drop_batch(conn, batch_id)


def _finish(seat: Seat, batch_id: str) -> None:
    """Show what is still hidden of a batch that counts already, and merge its stand-ins."""
    with seat.store.read() as conn:
        hidden, merges = batches.hidden_debtors(conn, batch_id), batches.stand_ins(conn, batch_id)
    done, pace = 0, Pace(_SHOWN_AT_ONCE, _SHOWN_AT_ONCE * 10)
    while done < len(hidden):
        some = hidden[done : done + pace.size]
        with pace, seat.store.write() as conn:
            batches.show_debtors(conn, some)
        done += len(some)
    for start in range(0, len(merges), 10):
        pairs = merges[start : start + 10]
        with seat.store.write() as conn:
            for stand_in, target in pairs:
                batches.merge_stand_in(conn, stand_in, target)
            targets = sorted({target for _, target in pairs})
            refresh.refresh(conn, targets, seat.now())
            search.index_debtors(conn, [batches.search_row(conn, target) for target in targets])


def _already(seat: Seat, file: PlacementFile) -> BatchInfo | None:
    with seat.store.read() as conn:
        return batches.batch_of_file(conn, file.sha256)


def _placements(seat: Seat, file: PlacementFile, terms: Mapping[str, PlacementTerms]) -> dict[str, KnownPlacement]:
    """The placements the file names: those on file with their terms, new ones with the answers given."""
    days = {row.placement_no: row.placed_on for row in reversed(file.rows)}
    found: dict[str, KnownPlacement] = {}
    with seat.store.read() as conn:
        for number, placed_on in sorted(days.items()):
            row = conn.execute(select(t.placement).where(t.placement.c.number == number)).first()
            if row is not None:
                known = from_plain(PlacementTerms, row.terms)
                found[number] = KnownPlacement(row.id, number, known, row.placed_on, fresh=False)
            else:
                given = cleaned_value(terms.get(number) or PlacementTerms(file.bank_hint))
                found[number] = KnownPlacement(new_id(), number, given, placed_on, fresh=True)
    return found


def _plan(seat: Seat, file: PlacementFile, placements: Mapping[str, KnownPlacement]) -> PlacementPlan:
    bank_of = {number: placement.terms.bank_name for number, placement in placements.items()}
    on_file = {}
    with seat.store.read() as conn:
        for bank in set(bank_of.values()):
            accounts = [row.account_no for row in file.rows if bank_of[row.placement_no] == bank]
            known = batches.accounts_on_file(conn, bank, accounts)
            on_file.update({(bank, account): case for account, case in known.items()})
        fresh, said = placement_plan.split_duplicates(file, on_file, bank_of)
        groups = placement_plan.group(fresh, bank_of)
        targets = batches.debtors_on_file(conn, groups)
        numbers = batches.findable_numbers(conn, (key[2] for key in groups))
        said.extend(placement_plan.other_names(file, groups, placement_plan.names_on_file(conn, targets)))
    said.extend(placement_plan.look_alikes(file, groups, numbers, set(targets)))
    if any(not placement.terms.bank_name for placement in placements.values()):
        said.append(Problem("", 0, "", "", msg("intake.bank_unknown"), ProblemSeverity.WARNING))
    amounts: dict[str, int] = {}
    for row in fresh:
        amounts[row.currency] = amounts.get(row.currency, 0) + row.amount
    debtors = tuple(DebtorPlan(new_id(), key, targets.get(key), rows) for key, rows in groups.items())
    return PlacementPlan(debtors, len(fresh), len(file.rows) - len(fresh), amounts, tuple(said))


def _nothing_new(file: PlacementFile) -> PlacementPlan:
    """The plan for a file that is on file already."""
    said = Problem("", 0, "", "", msg("intake.same_file"), ProblemSeverity.NOTE)
    return PlacementPlan((), 0, len(file.rows), {}, (said,))


def _report(
    file: PlacementFile, plan: PlacementPlan, batch_id: str | None, *, already: BatchInfo | None = None
) -> ImportReport:
    currency = plan.main_currency
    return ImportReport(
        filename=file.filename,
        sha256=file.sha256,
        batch=already.id if already else batch_id,
        accepted=plan.rows,
        set_aside=file.set_aside,
        duplicates=plan.duplicates,
        amount=Money(plan.amounts.get(currency, 0), currency),
        problems=(*file.problems, *plan.findings),
        already=already is not None,
    )


class _Import:
    """One import under way."""

    def __init__(
        self, seat: Seat, file: PlacementFile, plan: PlacementPlan, placements: Mapping[str, KnownPlacement]
    ) -> None:
        self.batch_id = new_id()
        self._seat = seat
        self._file = file
        self._plan = plan
        self._placements = placements

    def stage(self, progress: Progress, cancelled: Cancelled) -> None:
        """Write everything in short transactions, so that no other seat waits; nobody sees it yet."""
        seat, plan = self._seat, self._plan
        self._open()
        today = seat.today()
        with seat.store.read() as conn:
            order = refresh.queue_settings(settings.read(conn, DeskSettings))
            number = batches.next_case_number(conn, today)  # only who holds the import lock gives numbers
        maker = RowMaker(self.batch_id, self._placements, order, seat.now(), today, seat.zone, number)
        keys: list[tuple[str, int]] = []
        done, pace = 0, Pace(_FIRST_PIECE, _LARGEST_PIECE)
        while done < len(plan.debtors):
            if cancelled():
                raise Trouble("intake.cancelled", file=self._file.filename)
            piece = plan.debtors[done : done + pace.size]
            maker.make(piece)
            found = search.with_keys(maker.search)
            with pace, seat.store.write() as conn:
                insert_tuples(conn, t.debtor, placement_plan.DEBTOR, maker.debtors)
                insert_tuples(conn, t.account_case, placement_plan.CASE, maker.cases)
                insert_tuples(conn, t.phone, placement_plan.PHONE, maker.phones)
                insert_tuples(conn, t.address, placement_plan.ADDRESS, maker.addresses)
                keys.extend(search.index_numbers(conn, found))
            done += len(piece)
            if len(keys) > _KEYS_HELD or done == len(plan.debtors):
                self._add_keys(keys)
            progress(done, len(plan.debtors))
        self._keep_findings()

    def _open(self) -> None:
        """The batch, its file byte for byte, and the placements it names."""
        seat, file = self._seat, self._file
        with seat.store.write() as conn:
            now = seat.now()
            for placement in self._placements.values():
                if placement.fresh:
                    conn.execute(
                        insert(t.placement).values(
                            id=placement.id,
                            number=placement.number,
                            bank_name=placement.terms.bank_name,
                            placed_on=placement.placed_on,
                            terms=to_plain(placement.terms),
                            created_at=now,
                        )
                    )
            file_id = new_id()
            conn.execute(
                insert(t.received_file).values(
                    id=file_id,
                    sha256=file.sha256,
                    filename=file.filename,
                    size=len(file.content),
                    received_at=now,
                    received_by=seat.person.id,
                )
            )
            placement = self._placements[self._plan.debtors[0].rows[0].placement_no]
            currency = self._plan.main_currency
            conn.execute(
                insert(t.batch).values(
                    id=self.batch_id,
                    file_id=file_id,
                    placement_id=placement.id,
                    state=BatchState.STAGED,
                    accepted=self._plan.rows,
                    set_aside=file.set_aside,
                    duplicates=self._plan.duplicates,
                    amount_minor=self._plan.amounts[currency],
                    currency=currency,
                    imported_at=now,
                    imported_by=seat.person.id,
                )
            )
        for position, start in enumerate(range(0, len(file.content), batches.PIECE)):
            with seat.store.write() as conn:
                batches.keep_piece(conn, file_id, position, file.content[start : start + batches.PIECE])

    def _add_keys(self, keys: list[tuple[str, int]]) -> None:
        """In the order of the index: neighbours share pages, and a commit costs by the page."""
        keys.sort()
        done, pace = 0, Pace(_FIRST_PIECE * 20, _LARGEST_PIECE * 50)
        while done < len(keys):
            piece = keys[done : done + pace.size]
            with pace, self._seat.store.write() as conn:
                search.add_keys(conn, piece)
            done += len(piece)
        keys.clear()

    def _keep_findings(self) -> None:
        every = (*self._file.problems, *self._plan.findings)
        for start in range(0, len(every), 500):
            rows = [placement_plan.finding_row(self.batch_id, found) for found in every[start : start + 500]]
            with self._seat.store.write() as conn:
                insert_tuples(conn, t.set_aside_row, placement_plan.FINDING, rows)

    def commit(self) -> None:
        """The one small commit that makes the batch count, with its line of history."""
        currency = self._plan.main_currency
        with acting(self._seat, "import") as act:
            act.record(
                t.import_event,
                {
                    "batch_id": self.batch_id,
                    "file_sha256": self._file.sha256,
                    "accepted": self._plan.rows,
                    "set_aside": self._file.set_aside,
                    "amount_minor": self._plan.amounts[currency],
                    "currency": currency,
                },
            )
            for placement in self._placements.values():
                if placement.fresh:
                    key, value = f"placement.{placement.id}", to_plain(placement.terms)
                    settings.note(act, key, value)
            batches.make_visible(act.conn, self.batch_id)
            batches.show_debtors(
                act.conn, [plan.id for plan in self._plan.debtors if not plan.target][:_SHOWN_AT_ONCE]
            )
