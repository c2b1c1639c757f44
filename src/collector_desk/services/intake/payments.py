"""Taking a bank's payment file into the store: what the machine's steps are for it, and the preview before.

What is staged counts for nothing; one small commit makes every row count, and from then on its debtors are *stale*:
whoever opens one works that one's accounts first, and ``finish`` works the others, after a crash at the next start.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from collector_desk.domain.book.lists import HiddenColumn
from collector_desk.domain.book.money import column_of
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind, RowStanding
from collector_desk.domain.people import Act
from collector_desk.domain.plain import to_plain
from collector_desk.domain.states import BatchKind, BatchState
from collector_desk.intake.columns import NO_CHOICE, HiddenChoice
from collector_desk.intake.payment_values import PaymentFile
from collector_desk.intake.problems import Problem
from collector_desk.packs.bank_days import bank_days
from collector_desk.parsing.files import read_payments
from collector_desk.services.book import refresh
from collector_desk.services.desk.seat import Seat, acting, demand
from collector_desk.services.intake import machine, payment_plan, telling
from collector_desk.services.intake.machine import Cancelled, Intake, Progress, Watching, in_pieces
from collector_desk.services.intake.payment_plan import PaymentPlan
from collector_desk.services.money import questions
from collector_desk.services.money.derive import derive, work_stale
from collector_desk.services.money.promises import would_decide
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.intake import batches, unfinished
from collector_desk.store.intake.batches import BatchInfo
from collector_desk.store.intake.rows import keep_findings
from collector_desk.store.money import files as filed
from collector_desk.store.money import promised
from collector_desk.store.money.files import FileSums, Sums
from collector_desk.store.money.received import BankRows, Matched, drop_rows, staged_rows
from collector_desk.store.projections import money
from collector_desk.store.sqlite.bulk import Pace

_KIND = "payments"
_FIRST_PIECE, _LARGEST_PIECE = 100, 8000
_WORKED_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class FileTold:
    """What somebody says of a file that it doesn't say itself: whose it is, what it holds, which days it tells of.

    Without ``covers`` its rows come in and no promise is decided by it.
    """

    bank: str = ""
    kind: FileKind = FileKind.UNKNOWN
    covers: DaySpan | None = None


@dataclass(frozen=True, slots=True)
class PaymentDryRun:
    """What taking a file in would do. ``already``: the batch it became before; ``suggested``: days to ask about."""

    file: PaymentFile
    plan: PaymentPlan
    told: FileTold
    already: str | None
    suggested: DaySpan | None


@dataclass(frozen=True, slots=True)
class PaymentReport:
    """What became of a file. ``batch`` is None after a dry run; ``already`` says that nothing was changed."""

    filename: str
    sha256: str
    batch: str | None
    sums: FileSums
    to_confirm: int
    problems: tuple[Problem, ...] = field(repr=False)
    already: bool = False
    changes: Changes = field(default_factory=Changes, repr=False)
    promises: Mapping[str, int] = field(default_factory=dict)  # state → how many it decided so
    told_anew: bool = False  # it was known, and its days or its kind are others from now on
    hidden: tuple[HiddenColumn, ...] = ()

    @property
    def rows(self) -> int:
        """All rows of the file, those set aside too."""
        return sum(one.rows for one in self.sums.standings.values()) + self.sums.set_aside.rows

    def of(self, standing: RowStanding) -> Sums:
        """How many rows stand so."""
        return self.sums.standings.get(standing, Sums())


def preview(
    seat: Seat,
    source: Path | PaymentFile,
    told: FileTold | None = None,
    *,
    password: str | None = None,
    hidden: HiddenChoice = NO_CHOICE,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PaymentDryRun:
    """Read a file and say what taking it in would do; writes nothing.

    Raises Trouble as ``parsing.files.read_payments``; Refused as ``payment_plan.made``, and for days that are none
    to tell of (``intake.payments.days_turned``, ``intake.payments.days_to_come``).
    """
    demand(seat, Act.IMPORT)
    told = told or FileTold()
    _check_days(seat, told.covers)
    if isinstance(source, PaymentFile):
        file = source
    else:
        with machine.uncollected():
            file = read_payments(source, password=password, progress=progress, cancelled=cancelled, hidden=hidden)
    with machine.uncollected(), seat.store.read() as conn:
        already = batches.batch_of_file(conn, file.sha256, BatchKind.PAYMENTS)
        plan = payment_plan.made(conn, file, bank=told.bank, kind=told.kind, now=seat.now())
        known = filed.taken(conn, already.id) if already else None
    if already is None or known is None:
        return PaymentDryRun(file, plan, told, None, _suggested(seat, file))
    kind = known.kind if told.kind is FileKind.UNKNOWN else told.kind
    return PaymentDryRun(file, plan, replace(told, kind=kind), already.id, known.covers or _suggested(seat, file))


def decides(seat: Seat, seen: PaymentDryRun, covers: DaySpan) -> int:
    """How many promises the bank's word on these days decides, whatever of them was paid: 0 where the bank or the
    days say nothing yet."""
    if not seen.plan.bank or covers.first > covers.last:
        return 0
    with seat.store.read() as conn:
        placements = promised.told_of(conn, seen.plan.bank, seen.plan.placements)
        return would_decide(conn, seen.plan.bank, placements, covers, seat.now(), seat.zone)


def dry_run(seat: Seat, seen: PaymentDryRun) -> PaymentReport:
    """The report of a file that is not taken in."""
    if seen.already:
        return _known(seat, seen.file, seen.already)
    return PaymentReport(
        seen.file.filename,
        seen.file.sha256,
        None,
        _planned(seen),
        0,
        (*seen.file.problems, *seen.plan.findings),
        hidden=seen.file.hidden,
    )


def import_payments(
    seat: Seat, seen: PaymentDryRun, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> PaymentReport:
    """Take in what the preview showed, byte for byte the file that was read then.

    Raises Refused ``intake.payments.bank_asked`` where no account of it is ours and nobody says whose it is;
    Trouble ``intake.import_running`` while another seat imports, ``intake.cancelled`` (nothing was taken in).
    """
    return machine.take(PaymentIntake(seat, seen.file, seen.told, seen.plan), Watching.by(progress, cancelled))


class PaymentsLeft:
    """Files that never came to count, and one whose debtors were not all worked."""

    def there(self, conn: Connection) -> bool:
        """Whether a killed import left any."""
        staged = batches.staged_batches(conn, BatchKind.PAYMENTS)
        return bool(staged or money.stale(conn, 1)) or unfinished.batch_of(conn, BatchKind.PAYMENTS) is not None

    def clear(self, seat: Seat) -> bool:
        """Drop the ones, work the others' debtors."""
        with seat.store.read() as conn:
            staged, left = (
                batches.staged_batches(conn, BatchKind.PAYMENTS),
                unfinished.batch_of(conn, BatchKind.PAYMENTS),
            )
        for batch_id in staged:
            _drop(seat, batch_id)
        if left is not None:
            _finish(seat, left, lambda _done, _all: None)
        return work_stale(seat) > 0 or bool(staged) or left is not None


class PaymentIntake(Intake[PaymentReport]):
    """One payment file under way into the store."""

    left_over = PaymentsLeft()

    def __init__(self, seat: Seat, file: PaymentFile, told: FileTold, previewed: PaymentPlan | None = None) -> None:
        self.seat = seat
        self._previewed = previewed
        self._file, self._told = file, told
        self._id = new_id()
        self._file_id = ""
        self._plan: PaymentPlan | None = None
        self._rows = BankRows(self._id)

    @property
    def _planned(self) -> PaymentPlan:
        if self._plan is None:
            raise RuntimeError("a file is planned before it is staged")
        return self._plan

    def known(self) -> PaymentReport | None:
        """By the file's digest."""
        with self.seat.store.read() as conn:
            already = batches.batch_of_file(conn, self._file.sha256, BatchKind.PAYMENTS)
        if already is None:
            return None
        anew = telling.tell_anew(self.seat, already.id, self._told.kind, self._told.covers)
        return replace(_known(self.seat, self._file, already.id), told_anew=anew)

    def plan(self) -> PaymentReport | None:
        """Whose each row is; a file without a row is taken in too: it tells that nothing was paid."""
        _check_days(self.seat, self._told.covers)
        with self.seat.store.read() as conn:
            told = self._told
            self._plan = payment_plan.made(
                conn,
                self._file,
                bank=told.bank,
                kind=told.kind,
                now=self.seat.now(),
                before=self._previewed,
            )
        if not self._plan.bank:
            raise Refused("intake.payments.bank_asked", "bank", file=self._file.filename)
        return None

    def stage(self, watching: Watching) -> None:
        """The file byte for byte, its rows with whose they are, what was found."""
        self._open()

        def prepared(rows: list[Matched]) -> Callable[[Connection], None]:
            self._rows.make(rows)
            return self._rows.insert

        rows, stopped = self._planned.rows, Trouble("intake.cancelled", file=self._file.filename)
        sizes = (_FIRST_PIECE, _LARGEST_PIECE)
        for _ in in_pieces(self.seat, rows, len(rows), prepared, sizes=sizes, watching=watching, stopped=stopped):
            pass
        every = (*self._file.problems, *self._planned.findings)

        def keep(some: list[Problem]) -> Callable[[Connection], None]:
            return lambda conn: keep_findings(conn, self._id, some)

        machine.all_pieces(self.seat, every, keep, sizes=(500, 5000))

    def _open(self) -> None:
        file, seat = self._file, self.seat
        plan, by, now = self._planned, seat.person.id, seat.now()
        aside, repeated = file.set_aside, plan.count(RowStanding.REPEATED)
        counted = (len(plan.rows), aside, repeated, plan.amounts)
        batch = BatchInfo(self._id, BatchState.STAGED, *counted)
        with seat.store.write() as conn:
            self._file_id = batches.stage_file(
                conn, filename=file.filename, sha256=file.sha256, size=len(file.content), at=now, by=by
            )
            batches.stage_batch(
                conn,
                batch,
                file_id=self._file_id,
                placement_id=None,
                at=now,
                by=by,
                kind=BatchKind.PAYMENTS,
                hidden=to_plain(file.hidden),
            )
        for position, start in enumerate(range(0, len(file.content), batches.PIECE)):
            with seat.store.write() as conn:
                batches.keep_piece(conn, self._file_id, position, file.content[start : start + batches.PIECE])

    def undo(self) -> None:
        """The whole batch goes again."""
        _drop(self.seat, self._id)

    def commit(self) -> None:
        """Every row counts; whoever looks at one of its debtors from now on works that one first."""
        file, plan, covers = self._file, self._planned, self._told.covers
        with acting(self.seat, _KIND) as act:
            received = {"file_id": self._file_id, "sha256": file.sha256, "filename": file.filename}
            act.record(t.file_received, received | {"size": len(file.content)})
            act.record(
                t.payments_taken,
                {
                    "id": self._id,
                    "file_id": self._file_id,
                    "bank_name": plan.bank,
                    "placements": list(plan.placements),
                    "kind": self._told.kind.value,
                    "covers_from": covers.first if covers else None,
                    "covers_to": covers.last if covers else None,
                    "rows": len(plan.rows),
                    "set_aside": file.set_aside,
                    "repeated": plan.count(RowStanding.REPEATED),
                    "amounts": column_of(plan.amounts),
                    "set_aside_minor": file.aside_minor,
                    "currency": plan.currency,
                    "hidden": to_plain(file.hidden),
                },
            )
            act.record_all(t.bank_piece, self._rows.lines())
            unfinished.mark(act.conn, BatchKind.PAYMENTS, self._id)

    def finish(self, watching: Watching) -> PaymentReport:
        """The debtors' accounts are worked, a few at a time, and the queue follows."""
        to_confirm, promises = _finish(self.seat, self._id, watching.progress)
        refresh.count_top_tenth(self.seat.store)
        with self.seat.store.read() as conn:
            sums = filed.sums_of(conn, self._id)
        problems = (*self._file.problems, *self._planned.findings)
        every = Changes(everything=True)
        return PaymentReport(
            self._file.filename,
            self._file.sha256,
            self._id,
            sums,
            to_confirm,
            problems,
            changes=every,
            promises=promises,
            hidden=self._file.hidden,
        )


def _finish(seat: Seat, batch_id: str, progress: Progress) -> tuple[int, Counter[str]]:
    """Work the debtors of a file that counts, and those whose promises its days decide though it names them not.

    Says on how many accounts an end waits to be confirmed, and how many promises became what.
    """
    with seat.store.read() as conn:
        waiting = filed.to_work(conn, batch_id)
        known = frozenset(waiting)
        waiting += [who for who in _decided_by(conn, batch_id, seat) if who not in known]
    promises: Counter[str] = Counter()
    done, to_confirm, pace = 0, 0, Pace(20, _WORKED_AT_ONCE, aim=machine.aim_of(seat))
    while done < len(waiting):
        piece = waiting[done : done + pace.size]
        with pace, acting(seat, _KIND) as act:
            found = derive(act, piece)
            to_confirm += found.to_confirm
            promises.update(found.promises)
            refresh.refresh_uncalled(act.conn, piece, act.at)
        done += len(piece)
        progress(done, len(waiting))
    questions.of_file(seat, batch_id)
    with seat.store.write() as conn:
        unfinished.done(conn, BatchKind.PAYMENTS)
    return to_confirm, promises


def _decided_by(conn: Connection, batch_id: str, seat: Seat) -> list[str]:
    """The debtors whose open promises its days may decide: due on them, or behind a hole they fill."""
    taken = filed.taken(conn, batch_id)
    if taken is None or taken.covers is None:
        return []
    return promised.undecided(conn, promised.told_of(conn, taken.bank, taken.placements), seat.now())


def _drop(seat: Seat, batch_id: str) -> None:
    """Take a staged file away in short transactions. One at a time is under way, so every staged row is its own."""
    with seat.store.read() as conn:
        rows = staged_rows(conn)

    def drop(some: list[str]) -> Callable[[Connection], None]:
        return lambda conn: drop_rows(conn, some)

    machine.all_pieces(seat, rows, drop, sizes=(500, 5000))
    for piece in (batches.drop_findings, batches.drop_file_piece):
        more = True
        while more:
            with seat.store.write() as conn:
                more = piece(conn, batch_id)
    with seat.store.write() as conn:
        if batch_id in batches.staged_batches(conn, BatchKind.PAYMENTS):
            batches.drop_batch(conn, batch_id)


# --- what is said of a file ----------------------------------------------------------------------------------


def _check_days(seat: Seat, covers: DaySpan | None) -> None:
    if covers is None:
        return
    if covers.first > covers.last:
        raise Refused("intake.payments.days_turned", "covers")
    if covers.last > seat.today():
        raise Refused("intake.payments.days_to_come", "covers")


def _suggested(seat: Seat, file: PaymentFile) -> DaySpan | None:
    """From the first day the file has a row of to the last bank day before today: its own last day may be half
    there."""
    first = min((row.posted_on for row in file.rows), default=None)
    last = _bank_day_before(seat.today())
    return None if first is None or first > last else DaySpan(first, last)


def _bank_day_before(day: date) -> date:
    days, found = bank_days(), day - timedelta(days=1)
    while not days.is_one(found):
        found -= timedelta(days=1)
    return found


def _planned(seen: PaymentDryRun) -> FileSums:
    plan, file = seen.plan, seen.file
    return FileSums(
        bank=plan.bank,
        currency=plan.currency,
        kind=seen.told.kind.value,
        covers=seen.told.covers,
        standings=dict(plan.standings),
        set_aside=Sums(file.set_aside, file.aside_minor),
        allocated=plan.allocated,
        excess=plan.excess,
    )


def _known(seat: Seat, file: PaymentFile, batch_id: str) -> PaymentReport:
    with seat.store.read() as conn:
        sums = filed.sums_of(conn, batch_id)
    return PaymentReport(file.filename, file.sha256, batch_id, sums, 0, file.problems, already=True)
