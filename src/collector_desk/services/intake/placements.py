"""Taking a bank's placement file into the store: what the machine's steps are for it, and the preview before.

A staged batch is invisible and becomes visible by one small commit; what a crash left behind is cleared or finished
at the next start or import.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.derived import first_columns
from collector_desk.domain.book.lists import HiddenColumn
from collector_desk.domain.book.money import Money, column_of
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Refused, Trouble
from collector_desk.domain.people import Act
from collector_desk.domain.plain import to_plain
from collector_desk.domain.states import BatchKind, BatchState
from collector_desk.domain.text.cleaning import cleaned_value
from collector_desk.domain.text.days import day_named
from collector_desk.intake.columns import NO_CHOICE, HiddenChoice
from collector_desk.intake.problems import Problem
from collector_desk.intake.values import AsideRow, PlacementFile
from collector_desk.parsing.files import read_placement
from collector_desk.services.book import refresh
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat, acting, demand
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.gate.facts import active_packs
from collector_desk.services.intake import machine, nobodys_payments, nobodys_words, placement_plan
from collector_desk.services.intake.machine import (
    Cancelled,
    Intake,
    Progress,
    Rest,
    Watching,
    Write,
    in_pieces,
)
from collector_desk.services.intake.placement_plan import Fate, FiguresTold, PlacementPlan, Refreshing
from collector_desk.services.money.derive import derive
from collector_desk.services.record import questions
from collector_desk.store import numbers, search
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.intake import aside, batches, merging, unfinished
from collector_desk.store.intake.batches import BatchInfo, KnownPlacement
from collector_desk.store.intake.placed import PlacedRows
from collector_desk.store.intake.rows import PlannedDebtor, RowMaker, keep_findings
from collector_desk.store.sqlite.bulk import Pace

_FIRST_PIECE, _LARGEST_PIECE = 40, 8000
_KEYS_HELD = 300_000  # search keys kept in memory before they are written
_ASKED_AT_ONCE = 500  # questions to the bank
_SHOWN_AT_ONCE = 300  # debtors that one short transaction makes visible


@dataclass(frozen=True, slots=True)
class PlacementDryRun:
    """What importing a file would do. ``already`` is the batch it became before; ``ask_terms`` the placements whose
    terms no one has entered yet, with the bank's name as far as the file tells it.

    ``again``: the same bytes came in before, and under the day said now, or by the name, they bring newer figures:
    somebody has to say that day, or leaves it. ``undated``: of that day its rows say nothing themselves.
    """

    file: PlacementFile
    plan: PlacementPlan
    already: BatchInfo | None
    ask_terms: Mapping[str, PlacementTerms]
    new_debtors: int
    known_debtors: int
    told: FiguresTold = field(default_factory=FiguresTold)
    again: BatchInfo | None = None
    undated: bool = False

    @property
    def worth_taking(self) -> bool:
        """Whether an import would write anything: accounts, newer figures, or rows set aside that can be corrected
        later."""
        return self.already is None and bool(self.plan.rows or self.plan.refreshing.refreshed or self.file.aside)

    @property
    def suggested(self) -> date | None:
        """The day that the file's name says."""
        return day_named(self.file.filename)

    @property
    def hangs_on_day(self) -> bool:
        """Whether it matters of which day somebody says the figures are, its rows don't say it themselves."""
        somebody = self.told.as_of is not None or self.suggested is not None
        before = self.already is not None or self.again is not None
        return self.asks_day or (before and self.undated) or (somebody and bool(self.plan.refreshing.fates))

    @property
    def asks_day(self) -> bool:
        """Whether somebody has to say of which day the figures are: rows hang on it."""
        return self.plan.refreshing.count(Fate.UNDATED) > 0 or self.asks_again

    @property
    def asks_again(self) -> bool:
        """Whether the same bytes would be a refresh by their name alone: of that day somebody has to say so."""
        return self.again is not None and self.told.as_of is None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file. ``batch`` is None after a dry run; ``already`` says that nothing was changed."""

    filename: str
    sha256: str
    batch: str | None
    accepted: int
    set_aside: int
    duplicates: int
    amounts: tuple[Money, ...]  # of what goes in, a currency each, the largest first
    problems: tuple[Problem, ...] = field(repr=False)
    hidden: tuple[HiddenColumn, ...] = ()
    already: bool = False
    changes: Changes = field(default_factory=Changes, repr=False)
    refreshing: Refreshing = field(default_factory=Refreshing)


def preview(
    seat: Seat,
    source: Path | PlacementFile,
    told: FiguresTold | None = None,
    *,
    password: str | None = None,
    hidden: HiddenChoice = NO_CHOICE,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PlacementDryRun:
    """Read a file and say what importing it would do; writes nothing. Trouble as ``parsing.files`` has it.

    ``told``: what somebody says of the file that it doesn't say itself. ``hidden``: which columns that the file
    hides are taken or left. Refused ``intake.as_of_ahead`` for a day to come.
    """
    demand(seat, Act.IMPORT)
    told = told or FiguresTold()
    _check_told(seat, told)
    if isinstance(source, PlacementFile):
        file = source
    else:
        with machine.uncollected():
            file = read_placement(
                source,
                today=seat.today(),
                password=password,
                progress=progress,
                cancelled=cancelled,
                hidden=hidden,
            )
    placements = _placements(seat, file, {})
    already, undated = _already(seat, file), any(row.as_of is None for row in file.rows)
    plan = placement_plan.nothing_new(file) if already else _plan(seat, file, placements, told)
    again = None
    if already is not None and undated and (told.as_of or day_named(file.filename)):
        under_day = _plan(seat, file, placements, told)
        if under_day.refreshing.refreshed:
            already, again, plan = None, already, under_day
    ask = {p.number: p.terms for p in placements.values() if p.fresh}
    known = len(plan.debtors.targets)
    new = len(plan.debtors) - known
    return PlacementDryRun(file, plan, already, ask, new, known, told, again, undated)


def _check_told(seat: Seat, told: FiguresTold) -> None:
    if told.as_of is not None and told.as_of > seat.today():
        raise Refused("intake.as_of_ahead", "as_of", day=told.as_of)


def dry_run(seen: PlacementDryRun) -> ImportReport:
    """The report of an import that is not carried out."""
    return report_of(seen.file, seen.plan, None, already=seen.already or (seen.again if seen.asks_again else None))


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
    ``intake.again_asked`` where these very bytes came in before and only their name says another day,
    ``intake.as_of_asked`` where figures of accounts on file are of a day nobody knows, ``intake.nothing_new`` where
    the file has no row; Trouble ``intake.import_running`` while another seat imports,
    ``intake.cancelled`` (nothing was taken over). Where nothing comes in, a batch is made only to keep rows set
    aside for their correction.
    """
    if seen.asks_again:
        raise Refused("intake.again_asked", "as_of", file=seen.file.filename, day=seen.suggested)
    run = PlacementIntake(seat, seen.file, terms or {}, seen.plan, seen.told, again=seen.again is not None)
    return machine.take(run, Watching.by(progress, cancelled))


class PlacementsLeft:
    """Batches that were never made visible, and such as are visible by half."""

    def there(self, conn: Connection) -> bool:
        """Whether a killed import left any."""
        return bool(
            batches.staged_batches(conn)
            or batches.unfinished_batches(conn)
            or unfinished.batch_of(conn, BatchKind.PLACEMENT)
        )

    def clear(self, seat: Seat) -> bool:
        """Drop the ones, show the others whole."""
        with seat.store.read() as conn:
            staged, hidden = batches.staged_batches(conn), batches.unfinished_batches(conn)
            untried = unfinished.batch_of(conn, BatchKind.PLACEMENT)
        for batch_id in staged:
            _drop(seat, batch_id)
        for batch_id in hidden:
            _finish(seat, batch_id)
        if untried is not None:
            _try_nobodys(seat)
        return bool(staged or hidden or untried)


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

    def show(some: list[str]) -> Callable[[Connection], None]:
        return lambda conn: batches.show_debtors(conn, some)

    machine.all_pieces(seat, hidden, show, sizes=(_SHOWN_AT_ONCE, _SHOWN_AT_ONCE * 20))
    done, pace = 0, Pace(10, 400, aim=machine.aim_of(seat))
    while done < len(merges):
        pairs = merges[done : done + pace.size]
        with pace, acting(seat, "import") as act:
            targets = merging.merge(act.conn, pairs)
            derive(act, targets, targets)
            refresh.refresh_uncalled(act.conn, targets, act.at)
        done += len(pairs)


def _try_nobodys(seat: Seat) -> None:
    """Rows of the banks that were nobody's may have found their accounts."""
    nobodys_payments.try_again(seat)
    nobodys_words.try_again(seat)
    with seat.store.write() as conn:
        unfinished.done(conn, BatchKind.PLACEMENT)


def _already(seat: Seat, file: PlacementFile) -> BatchInfo | None:
    with seat.store.read() as conn:
        return batches.batch_of_file(conn, file.sha256)


def _placements(seat: Seat, file: PlacementFile, terms: Mapping[str, PlacementTerms]) -> dict[str, KnownPlacement]:
    """The placements the file names: those on file with their terms, new ones with the answers given."""
    found: dict[str, KnownPlacement] = {}
    with seat.store.read() as conn:
        for number, placed_on in sorted(file.placements.items()):
            known = batches.placement(conn, number)
            if known is None:
                given = cleaned_value(terms.get(number) or PlacementTerms(file.bank_hint))
                known = KnownPlacement(new_id(), number, given, placed_on, fresh=True)
            found[number] = known
    return found


def _plan(
    seat: Seat,
    file: PlacementFile,
    placements: Mapping[str, KnownPlacement],
    told: FiguresTold,
    before: PlacementPlan | None = None,
) -> PlacementPlan:
    bank_of = {number: placement.terms.bank_name for number, placement in placements.items()}
    with seat.store.read() as conn:
        return placement_plan.made(conn, file, bank_of, before, told=told, today=seat.today())


def report_of(
    file: PlacementFile, plan: PlacementPlan, batch_id: str | None = None, *, already: BatchInfo | None = None
) -> ImportReport:
    """What became of a file by this plan."""
    return ImportReport(
        filename=file.filename,
        sha256=file.sha256,
        batch=already.id if already else batch_id,
        accepted=plan.rows,
        set_aside=file.set_aside,
        duplicates=plan.duplicates,
        amounts=plan.placed,
        problems=(*file.problems, *plan.findings),
        hidden=file.hidden,
        already=already is not None,
        refreshing=plan.refreshing,
    )


class PlacementIntake(Intake[ImportReport]):
    """One placement file under way into the store."""

    left_over = PlacementsLeft()
    from_batch: str | None = None  # whose rows set aside come in

    def __init__(
        self,
        seat: Seat,
        file: PlacementFile,
        terms: Mapping[str, PlacementTerms],
        previewed: PlacementPlan | None = None,
        told: FiguresTold | None = None,
        *,
        again: bool = False,
    ) -> None:
        self.seat = seat
        self._again = again  # the same bytes under another day
        self._told = told or FiguresTold()
        self._previewed = previewed
        self.batch_id = new_id()
        self._file = file
        self._terms = terms
        self._placements: dict[str, KnownPlacement] = {}
        self._plan = placement_plan.nothing_new(file)
        self._placed = PlacedRows(self.batch_id)
        self._file_id = ""
        self._first: str | None = None  # the placement that the batch goes by

    def known(self) -> ImportReport | None:
        """By the file's digest."""
        already = None if self._again else _already(self.seat, self._file)
        return report_of(self._file, self._plan, None, already=already) if already else None

    def plan(self) -> ImportReport | None:
        """Every row's debtor, as the preview had them where nothing has happened since; nothing is written where
        all accounts are on file already."""
        file, given = self._file, self._terms
        self._placements = _placements(self.seat, file, given)
        missing = [p.number for p in self._placements.values() if p.fresh and p.number not in given]
        if missing:
            raise Refused("intake.terms_missing", "terms", placements=missing)
        _check_told(self.seat, self._told)
        self._plan = _plan(self.seat, file, self._placements, self._told, self._previewed)
        if undated := self._plan.refreshing.count(Fate.UNDATED):
            raise Refused("intake.as_of_asked", "as_of", file=file.filename, count=undated)
        if self._plan.rows or self._plan.refreshing.refreshed or self._kept_aside():
            return None
        if not self._plan.duplicates:
            raise Refused("intake.nothing_new", file=file.filename)
        self._ask_bank()  # nothing else comes of it
        return report_of(file, self._plan, None)

    def stage(self, watching: Watching) -> None:
        """The batch with its file and placements; its debtors, invisible; what was found."""
        self._open()
        maker = self._maker()
        self._placed = maker.placed
        waiting = 0  # search keys

        def prepared(debtors: list[PlannedDebtor]) -> Write:
            maker.make(debtors)
            found = search.with_keys(maker.search)

            def rest(conn: Connection) -> None:
                nonlocal waiting
                came = search.index_later(conn, found)
                waiting += came
                if came and waiting > _KEYS_HELD:  # the next piece is made meanwhile
                    some = min(waiting, 2 * came)
                    search.add_waiting(conn, some)
                    waiting -= some

            def write(conn: Connection) -> Rest:
                maker.insert(conn)
                return rest

            return write

        total = len(self._plan.debtors)
        stopped = Trouble("intake.cancelled", file=self._file.filename)
        sizes = (_FIRST_PIECE, _LARGEST_PIECE)
        for _ in in_pieces(
            self.seat, self._plan.debtors, total, prepared, sizes=sizes, watching=watching, stopped=stopped
        ):
            pass
        self._add_keys(waiting)
        self._keep_findings()

    def _maker(self) -> RowMaker:
        seat, now, today = self.seat, self.seat.now(), self.seat.today()
        with seat.store.read() as conn:
            order = refresh.queue_settings(settings.read(conn, DeskSettings), active_packs(conn))
            issuer = numbers.own(conn)
            serial = numbers.next_serial(conn, t.account_case)  # only who holds the import lock gives numbers

        def derive(
            balance: Money, overdue: int | None, no_number: Message | None, ends: date | None, due: date | None
        ) -> Mapping[str, object]:
            return first_columns(balance, overdue, order, now, no_number, ends, due)

        return RowMaker(self.batch_id, self._placements, derive, today, seat.zone, issuer, serial)

    def _open(self) -> None:
        """The batch, its file byte for byte, and the placements it names."""
        seat, file = self.seat, self._file
        with seat.store.write() as conn:
            search.begin_waiting(conn)
            now = seat.now()
            for placement in self._placements.values():
                if placement.fresh:
                    batches.stage_placement(conn, placement, now)
            file_id = self._file_id = self._keep_file(conn, now)
            first = self._plan.debtors.first_placement or next(iter(file.placements), None)
            self._first = self._placements[first].id if first in self._placements else None
            batches.stage_batch(
                conn,
                self._info(),
                file_id=file_id,
                placement_id=self._first,
                at=now,
                by=seat.person.id,
                from_batch=self.from_batch,
                hidden=self._hidden,
            )
        for position, start in enumerate(range(0, len(file.content), batches.PIECE)):
            with seat.store.write() as conn:
                batches.keep_piece(conn, file_id, position, file.content[start : start + batches.PIECE])

    def _keep_file(self, conn: Connection, now: datetime) -> str:
        """The file's own row; its bytes follow in pieces."""
        file = self._file
        by, size = self.seat.person.id, len(file.content)
        return batches.stage_file(conn, filename=file.filename, sha256=file.sha256, size=size, at=now, by=by)

    def _info(self) -> BatchInfo:
        """The batch as it begins."""
        plan = self._plan
        counted = (plan.rows, self._file.set_aside, plan.duplicates, plan.placed)
        return BatchInfo(self.batch_id, BatchState.STAGED, *counted, refreshed=plan.refreshing.refreshed)

    @property
    def _hidden(self) -> list[object]:
        """What became of the columns the file hides, as it is kept with the batch."""
        return [to_plain(column) for column in self._file.hidden]

    def _add_keys(self, waiting: int) -> None:
        """The keys that wait, in pieces."""

        def add(some: list[int]) -> Callable[[Connection], None]:
            return lambda conn: search.add_waiting(conn, len(some))

        sizes = (_FIRST_PIECE * 20, _LARGEST_PIECE * 50)
        machine.all_pieces(self.seat, range(waiting), add, sizes=sizes)

    def _keep_findings(self) -> None:
        every = (*self._file.problems, *self._plan.findings)

        def keep(some: list[Problem]) -> Callable[[Connection], None]:
            return lambda conn: keep_findings(conn, self.batch_id, some)

        machine.all_pieces(self.seat, every, keep, sizes=(500, 5000))
        self._keep_aside()

    def _kept_aside(self) -> Sequence[AsideRow]:
        """Rows that stay out and are kept, cell for cell, so that they can be corrected and taken in later."""
        return self._file.aside

    def _keep_aside(self) -> None:
        rows = self._kept_aside()
        if not rows:
            return
        with self.seat.store.write() as conn:
            heads = aside.keep_heads(conn, self.batch_id, self._file.heads)

        def keep(some: list[AsideRow]) -> Callable[[Connection], None]:
            return lambda conn: aside.keep_rows(conn, self.batch_id, heads, some)

        machine.all_pieces(self.seat, rows, keep, sizes=(100, 5000))

    def undo(self) -> None:
        """The whole batch goes again."""
        with self.seat.store.write() as conn:
            search.forget_waiting(conn)
        _drop(self.seat, self.batch_id)

    def commit(self) -> None:
        """The batch counts, and who comes first in it is seen at once."""
        with acting(self.seat, "import") as act:
            if self.from_batch is None:
                file = {"file_id": self._file_id, "sha256": self._file.sha256, "filename": self._file.filename}
                act.record(t.file_received, file | {"size": len(self._file.content)})
            for placement in self._placements.values():
                if placement.fresh:
                    named = {"number": placement.number, "placed_on": placement.placed_on}
                    terms = to_plain(placement.terms)
                    act.record(t.placement_begun, {"placement_id": placement.id, **named, "terms": terms})
            act.record(
                t.import_event,
                {
                    "batch_id": self.batch_id,
                    "file_id": self._file_id,
                    "placement_id": self._first,
                    "from_batch": self.from_batch,
                    "accepted": self._plan.rows,
                    "refreshed": self._plan.refreshing.refreshed,
                    "set_aside": self._file.set_aside,
                    "duplicates": self._plan.duplicates,
                    "amounts": column_of(self._plan.placed),
                    "hidden": self._hidden,
                },
            )
            act.record_all(t.placed_piece, self._placed.lines())
            self._made_visible(act.conn)
            unfinished.mark(act.conn, BatchKind.PLACEMENT, self.batch_id)
            batches.mark_stale(act.conn, self.batch_id)
            batches.show_first(act.conn, self.batch_id, _SHOWN_AT_ONCE)

    def _made_visible(self, conn: Connection) -> None:
        """What else becomes true with the commit."""

    def _ask_bank(self) -> None:
        """Put what only the bank can say on the list of questions to it; nothing is asked twice."""
        every = self._plan.questions
        for start in range(0, len(every), _ASKED_AT_ONCE):
            with acting(self.seat, "import") as act:
                questions.ask_all(act, every[start : start + _ASKED_AT_ONCE])

    def finish(self, watching: Watching) -> ImportReport:  # noqa: ARG002 -- it is quick
        """The rest is shown; those on file already get what is theirs; large is counted anew."""
        _finish(self.seat, self.batch_id)
        self._ask_bank()
        _try_nobodys(self.seat)
        refresh.count_top_tenth(self.seat.store)
        report = report_of(self._file, self._plan, self.batch_id)
        return replace(report, changes=Changes(everything=True))
