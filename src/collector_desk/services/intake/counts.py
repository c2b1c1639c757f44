"""Taking the institution's counts in: a bank's file, or one debtor's figures typed by hand.

A file is staged in short transactions and put in force by one small commit; what a crash staged is history that
never counts, and the same file then comes in anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from collector_desk.domain.book.lists import HiddenColumn
from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct.known import Here
from collector_desk.domain.conduct.rules import AttemptCap
from collector_desk.domain.conduct.values import External
from collector_desk.domain.message import Refused, Trouble, msg
from collector_desk.domain.people import Act, require
from collector_desk.domain.plain import to_plain
from collector_desk.intake.columns import NO_CHOICE, HiddenChoice
from collector_desk.intake.counts import MOST, OLDEST, CountsFile
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.parsing.files import read_counts
from collector_desk.services.book import refresh
from collector_desk.services.desk.seat import Seat, Writing, acting, demand
from collector_desk.services.gate.facts import active_packs, facts_of, here, past_of
from collector_desk.services.intake import counts_plan, machine
from collector_desk.services.intake.counts_plan import CountsPlan, Known, Planned
from collector_desk.services.intake.machine import Cancelled, Intake, Progress, Watching, in_pieces
from collector_desk.services.permits import counts_falling, late_figures
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.intake import counts as filed
from collector_desk.store.journal import record_many
from collector_desk.store.permits.figures import taken_of
from collector_desk.store.sqlite.bulk import Pace

_FIRST_PIECE, _LARGEST_PIECE = 40, 2000
_SORTED_AT_ONCE = 200
_KIND = "counts.take"


@dataclass(frozen=True, slots=True)
class CountsDryRun:
    """What taking a file over would do. ``already``: this very file was taken over before, in the same way."""

    file: CountsFile
    plan: CountsPlan
    as_of: datetime | None
    ours_included: bool
    already: str | None

    @property
    def asks_as_of(self) -> bool:
        """Whether the file is silent about its time, so that it has to be given."""
        return self.file.asks_as_of and self.as_of is None


@dataclass(frozen=True, slots=True)
class CountsReport:
    """What became of a file. ``counts`` is None after a dry run; ``already`` says that nothing was changed.

    ``accepted`` counts debtors, ``set_aside`` lines, ``unknown`` those of them that name nobody on file, ``late``
    the caps that turned out to be passed.
    """

    filename: str
    sha256: str
    counts: str | None
    accepted: int
    set_aside: int
    unknown: int
    duplicates: int
    not_today: int
    newest_as_of: datetime | None
    problems: tuple[Problem, ...] = field(repr=False)
    already: bool = False
    late: int = 0
    changes: Changes = field(default_factory=Changes, repr=False)
    hidden: tuple[HiddenColumn, ...] = ()


def preview(
    seat: Seat,
    source: Path | CountsFile,
    *,
    as_of: datetime | None = None,
    ours_included: bool = False,
    password: str | None = None,
    hidden: HiddenChoice = NO_CHOICE,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> CountsDryRun:
    """Read a file and say what taking it over would do; writes nothing. Trouble as
    ``parsing.files.read_counts``.

    ``as_of`` stands in for rows that tell no time; ``ours_included``: our own calls are said to be inside.
    Raises Refused ``intake.counts.future``, ``intake.counts.too_old`` for such a time.
    """
    demand(seat, Act.IMPORT)
    _check_time(seat, as_of)
    if isinstance(source, CountsFile):
        file = source
    else:
        file = read_counts(
            source,
            now=seat.now(),
            zone=ZoneInfo(seat.zone),
            password=password,
            progress=progress,
            cancelled=cancelled,
            hidden=hidden,
        )
    asked = as_of if file.asks_as_of else None
    already = _already(seat, file, asked, ours_included=ours_included)
    # Until the time is given, the plan says what would be taken over if the figures were of now.
    stands_in = asked or (seat.now() if file.asks_as_of else None)
    plan = _nothing_new(file) if already else _plan(seat, file, stands_in, ours_included=ours_included)
    return CountsDryRun(file, plan, asked, ours_included, already)


def dry_run(seen: CountsDryRun) -> CountsReport:
    """The report of an import that is not carried out. Refused ``intake.counts.time_asked`` as the import
    itself.
    """
    if seen.asks_as_of:
        raise Refused("intake.counts.time_asked", "as_of")
    return _report(seen.file, seen.plan, seen.already, already=seen.already is not None)


def import_counts(
    seat: Seat, seen: CountsDryRun, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> CountsReport:
    """Put the figures the preview showed in force.

    Raises Refused ``intake.counts.time_asked`` where the file's time is still missing; Trouble
    ``intake.import_running`` while another seat imports, ``intake.cancelled`` (nothing is in force then). Where
    nothing is new, nothing is written.
    """
    require(seat.person, Act.IMPORT)
    if seen.asks_as_of:
        raise Refused("intake.counts.time_asked", "as_of")
    run = CountsIntake(seat, seen.file, seen.as_of, ours_included=seen.ours_included)
    return machine.take(run, Watching.by(progress, cancelled))


class CountsLeft:
    """Figures in force whose debtors the queue doesn't follow yet. Staged ones never count and may stay."""

    def there(self, conn: Connection) -> bool:
        """Whether a killed import left any."""
        return filed.unfinished(conn) is not None

    def clear(self, seat: Seat) -> bool:
        """Let the queue follow."""
        with seat.store.read() as conn:
            left = filed.unfinished(conn)
        if left is not None:
            _finish(seat, left, lambda _done, _all: None)
        return left is not None


class CountsIntake(Intake[CountsReport]):
    """One file of counts under way into the store."""

    left_over = CountsLeft()

    def __init__(self, seat: Seat, file: CountsFile, as_of: datetime | None, *, ours_included: bool) -> None:
        self.seat = seat
        self._file, self._as_of, self._ours = file, as_of, ours_included
        self._plan = _nothing_new(file)
        self._id = new_id()
        self._waiting: dict[str, str] = {}  # debtors whose figure a lead has to agree to, and under what task

    def known(self) -> CountsReport | None:
        """By the file's digest, taken over in the same way."""
        already = _already(self.seat, self._file, self._as_of, ours_included=self._ours)
        return _report(self._file, self._plan, already, already=True) if already else None

    def plan(self) -> CountsReport | None:
        """Each debtor's figures; nothing is written where none is new."""
        self._plan = _plan(self.seat, self._file, self._as_of, ours_included=self._ours)
        self._waiting = {who: counts_falling.new_task_id() for who in self._plan.falling}
        return _report(self._file, self._plan, None) if self._plan.newest is None else None

    def stage(self, watching: Watching) -> None:
        """The figures, as history without the line that puts them in force."""
        figures = self._plan.figures
        sizes, stopped = (_FIRST_PIECE, _LARGEST_PIECE), Trouble("intake.counts.cancelled")
        for _ in in_pieces(
            self.seat, figures, len(figures), self._prepared, sizes=sizes, watching=watching, stopped=stopped
        ):
            pass

    def _prepared(self, piece: list[Planned]) -> Callable[[Connection], None]:
        rows = [
            {
                "counts_id": self._id,
                "debtor_id": figure.debtor_id,
                "as_of": figure.as_of,
                "effective_today": figure.effective,
                "connected_today": figure.connected,
                "ours_included": self._ours,
                "task_id": self._waiting.get(figure.debtor_id),
            }
            for figure in piece
        ]
        who = self.seat.person.id

        def write(conn: Connection) -> None:
            record_many(conn, t.external_count, rows, kind=_KIND, actor_id=who, at=self.seat.now())

        return write

    def undo(self) -> None:
        """Nothing to undo: what was staged is history that never counts, and the same file comes in anew."""

    def commit(self) -> None:
        """The figures are in force; leads are asked about those that leave more calls than before."""
        with acting(self.seat, _KIND) as act:
            act.record(
                t.counts_taken,
                {
                    "id": self._id,
                    "file_sha256": self._file.sha256,
                    "asked_as_of": self._as_of,
                    "newest_as_of": self._plan.newest,
                    "ours_included": self._ours,
                    "accepted": self._plan.debtors,
                    "set_aside": self._plan.set_aside,
                    "hidden": to_plain(self._file.hidden),
                },
            )
            filed.mark_unfinished(act.conn, self._id)
            for debtor_id, task_id in self._waiting.items():
                counts_falling.ask(act, debtor_id, task_id)

    def finish(self, watching: Watching) -> CountsReport:
        """The queue follows, and caps that turn out to be passed are said."""
        late = _finish(self.seat, self._id, watching.progress)
        return _report(self._file, self._plan, self._id, late=late, changes=Changes(everything=True))


def enter(
    seat: Seat,
    debtor_id: str,
    *,
    effective: int | None,
    connected: int | None,
    as_of: datetime,
    ours_included: bool = False,
) -> Changes:
    """Write one debtor's figures down by hand. One that leaves more calls than before waits for another lead.

    Raises Refused with the field at fault: nothing given, out of range, a time to come or not of today, a newer
    figure on file; and where it would have to wait and nobody could agree.
    """
    require(seat.person, Act.IMPORT)
    if effective is None and connected is None:
        raise Refused("intake.counts.nothing_given", "effective")
    for name, figure in (("effective", effective), ("connected", connected)):
        if figure is not None and not 0 <= figure <= MOST:
            raise Refused("intake.counts.out_of_range", name, most=MOST)
    if effective is not None and connected is not None and connected < effective:
        raise Refused("intake.counts.more_talks", "connected")
    with acting(seat, _KIND) as act:
        zone = filed.zone_of(act.conn, debtor_id)
        if zone is None:
            raise Refused("book.cases.gone")
        where = ZoneInfo(zone or seat.zone)
        if as_of > act.at:
            raise Refused("intake.counts.future", "as_of")
        if as_of.astimezone(where).date() != act.at.astimezone(where).date():
            raise Refused("intake.counts.only_today", "as_of")
        newest = facts_of(act.conn, debtor_id, act.at).external
        if newest is not None and newest.as_of > as_of:
            raise Refused("intake.counts.newer_on_file", "as_of", at=f"{newest.as_of.astimezone(where):%H:%M}")
        told = External(as_of, effective, connected, ours_included)
        task_id = counts_falling.ask_if_wider(act, debtor_id, told)
        counts_id = act.record(
            t.counts_taken,
            {"newest_as_of": as_of, "ours_included": ours_included, "accepted": 1, "set_aside": 0, "hidden": []},
        )
        act.record(
            t.external_count,
            {
                "counts_id": counts_id,
                "debtor_id": debtor_id,
                "as_of": as_of,
                "effective_today": effective,
                "connected_today": connected,
                "ours_included": ours_included,
                "task_id": task_id,
            },
        )
        late_figures.look(act, past_of(act.conn, debtor_id, act.at), [told], here(act.conn), counts_id)
    return Changes(debtors=frozenset({debtor_id}))


@dataclass(frozen=True, slots=True)
class Today:
    """What is known of the institution's counts of today: as of when at best, for how many debtors."""

    newest_as_of: datetime | None
    debtors: int
    late: int


def today(seat: Seat) -> Today:
    """The desk's own day at a glance."""
    start = seat.day_start()
    with seat.store.read() as conn:
        newest = filed.newest_taken(conn, start)
        debtors = filed.debtors_since(conn, start) if newest else 0
    late = len(late_figures.since(seat, seat.today()))
    return Today(newest.newest_as_of if newest else None, debtors, late)


def _check_time(seat: Seat, as_of: datetime | None) -> None:
    if as_of is not None and as_of > seat.now():
        raise Refused("intake.counts.future", "as_of")
    if as_of is not None and as_of < seat.now() - OLDEST:
        raise Refused("intake.counts.too_old", "as_of")


def _already(seat: Seat, file: CountsFile, asked: datetime | None, *, ours_included: bool) -> str | None:
    with seat.store.read() as conn:
        return filed.taken_before(conn, file.sha256, asked, ours_included=ours_included)


def _plan(seat: Seat, file: CountsFile, asked: datetime | None, *, ours_included: bool) -> CountsPlan:
    rows = file.rows
    with seat.store.read() as conn:
        ids = filed.by_id(conn, (row.id_no for row in rows))
        accounts = filed.by_account(conn, (row.account_no for row in rows))
        cases = filed.by_case(conn, (row.case_no for row in rows))
        named = {debtor for who in (ids, accounts, cases) for some in who.values() for debtor in some}
        figures = filed.on_file(conn, named, seat.now() - OLDEST)
    return counts_plan.made(
        file,
        Known(ids, accounts, cases, figures),
        asked=asked,
        ours_included=ours_included,
        now=seat.now(),
        zone=ZoneInfo(seat.zone),
    )


def _finish(seat: Seat, counts_id: str, progress: Progress) -> int:
    """Sort the debtors anew and look at our own calls of the day, a few at a time; returns the caps passed."""
    with seat.store.read() as conn:
        changed = filed.changed_by(conn, counts_id, _lowest_cap(conn))
    done, late, pace = 0, 0, Pace(_FIRST_PIECE, _SORTED_AT_ONCE, aim=machine.aim_of(seat))
    while done < len(changed):
        piece = changed[done : done + pace.size]
        with pace, acting(seat, _KIND) as act:
            # the figures themselves were written in pieces before
            late += _sort(act, piece, counts_id, at=here(act.conn))
        done += len(piece)
        progress(done, len(changed))
    with seat.store.write() as conn:
        filed.mark_finished(conn)
    return late


def _sort(act: Writing, debtor_ids: Sequence[str], counts_id: str, *, at: Here) -> int:
    """Say which caps the new figures show to be passed, then put these debtors where they stand now."""
    taken = taken_of(act.conn, debtor_ids, counts_id)
    pasts = refresh.uncalled(act.conn, debtor_ids, act.at)
    called = [who for who, past in pasts.items() if late_figures.called_on(past, taken.get(who, ()))]
    pasts |= refresh.histories(act.conn, called, act.at)
    late = {who: late_figures.look(act, pasts[who], taken[who], at, counts_id) for who in called}
    asked = [who for who, caps in late.items() if caps]  # of whom a lead was asked just now
    refresh.work_out(act.conn, pasts | refresh.histories(act.conn, asked, act.at), act.at)
    return sum(late.values())


def _lowest_cap(conn: Connection) -> int:
    """A figure below it closes nobody whom we have not called ourselves."""
    rules = [rule for pack in active_packs(conn) for rule in pack.rules if isinstance(rule, AttemptCap)]
    return min((rule.max for rule in rules if rule.scope == "institution"), default=1)


def _nothing_new(file: CountsFile) -> CountsPlan:
    said = Problem("", 0, "", "", msg("intake.counts.same_file"), ProblemSeverity.NOTE)
    return CountsPlan((), 0, file.set_aside, 0, len(file.rows), 0, frozenset(), (said,))


def _report(
    file: CountsFile,
    plan: CountsPlan,
    counts_id: str | None,
    *,
    already: bool = False,
    late: int = 0,
    changes: Changes | None = None,
) -> CountsReport:
    return CountsReport(
        filename=file.filename,
        sha256=file.sha256,
        counts=counts_id,
        accepted=plan.debtors,
        set_aside=plan.set_aside,
        unknown=plan.unknown,
        duplicates=plan.duplicates,
        not_today=plan.not_today,
        newest_as_of=plan.newest,
        problems=(*file.problems, *plan.findings),
        already=already,
        late=late,
        changes=changes or Changes(),
        hidden=file.hidden,
    )
