"""What taking a file of counts over will write, worked out before anything is written.

A debtor may stand in several lines. Lines of different numbers (two cards), or of one number and one time (two
agencies), are parts of one figure and added up; of one number at several times the newest counts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from collector_desk.domain.message import msg
from collector_desk.intake.columns import Field
from collector_desk.intake.counts import CountRow, CountsFile
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.store.intake.counts import CountOnFile, Who


@dataclass(frozen=True, slots=True)
class Planned:
    """One figure to be written, with the line it came from."""

    debtor_id: str
    as_of: datetime
    effective: int | None
    connected: int | None
    sheet: str
    line: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of those a file names: whose number it is, and their figures on file."""

    ids: Who
    accounts: Who
    cases: Who
    figures: Mapping[str, list[CountOnFile]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountsPlan:
    """Everything taking over will do. ``findings`` is what this stage has to say."""

    figures: tuple[Planned, ...]
    debtors: int
    set_aside: int
    unknown: int
    duplicates: int
    not_today: int
    falling: frozenset[str]  # debtors of whom less is said than before: a lead has to agree
    findings: tuple[Problem, ...] = field(repr=False)

    @property
    def newest(self) -> datetime | None:
        """The newest time of a figure."""
        return max((figure.as_of for figure in self.figures), default=None)


_Part = tuple[CountRow, datetime]


def made(
    file: CountsFile, known: Known, *, asked: datetime | None, ours_included: bool, now: datetime, zone: tzinfo
) -> CountsPlan:
    """The plan for a file; ``asked`` is the time given for rows that have none. ``zone`` counts the days."""
    return _Planner(file, known, asked, now, zone).plan(ours_included=ours_included)


class _Planner:
    def __init__(self, file: CountsFile, known: Known, asked: datetime | None, now: datetime, zone: tzinfo) -> None:
        self._file, self._known, self._asked, self._zone = file, known, asked, zone
        self._today = now.astimezone(zone).date()
        self._said: list[Problem] = []
        self._headers = {
            (sheet.name, column.field): column.header for sheet in file.sheets for column in sheet.columns
        }
        self._out: set[tuple[str, int]] = set()
        self._unknown = self._duplicates = 0
        self._falling: set[str] = set()

    def plan(self, *, ours_included: bool) -> CountsPlan:
        parts: defaultdict[tuple[str, date], list[_Part]] = defaultdict(list)
        for row in self._file.rows:
            who, at = self._who(row), self._at(row)
            if at is not None:
                for debtor_id in who:
                    parts[debtor_id, at.astimezone(self._zone).date()].append((row, at))
        figures = []
        for (debtor_id, day), rows in parts.items():
            found = list(self._figures(debtor_id, rows))
            figures += [figure for figure in found if self._is_new(figure, day, ours_included)]
            self._look_for_a_fall(debtor_id, day, found, ours_included)
        late = sum(figure.as_of.astimezone(self._zone).date() != self._today for figure in figures)
        return CountsPlan(
            figures=tuple(figures),
            debtors=len({figure.debtor_id for figure in figures}),
            set_aside=self._file.set_aside + len(self._out),
            unknown=self._unknown,
            duplicates=self._duplicates,
            not_today=late,
            falling=frozenset(self._falling),
            findings=tuple(self._said),
        )

    def _say(
        self, row: CountRow | Planned, name: Field | None, code: str, severity: ProblemSeverity, **params: object
    ) -> None:
        column = self._headers.get((row.sheet, name), "") if name else ""
        value = ""
        if isinstance(row, CountRow) and name is not None:
            value = {Field.ID_NO: row.id_no, Field.CASE_NO: row.case_no}.get(name, row.account_no)
        self._said.append(Problem(row.sheet, row.line, column, value, msg(code, **params), severity))
        if severity is ProblemSeverity.REFUSED:
            self._out.add((row.sheet, row.line))

    # -- whose, and as of when ------------------------------------------------------------------------

    def _who(self, row: CountRow) -> frozenset[str]:
        """The debtors a row names; where it names them twice, both have to agree."""
        known = self._known
        account = Field.ACCOUNT_NO if (row.sheet, Field.ACCOUNT_NO) in self._headers else Field.CARD_NO
        named = [
            (name, known_by.get(number, frozenset()))
            for name, number, known_by in (
                (Field.ID_NO, row.id_no, known.ids),
                (account, row.account_no, known.accounts),
                (Field.CASE_NO, row.case_no, known.cases),
            )
            if number
        ]
        first = named[0][0]
        found = [who for _, who in named if who]
        if not found:
            self._unknown += 1
            self._say(row, first, "intake.counts.unknown", ProblemSeverity.REFUSED)
            return frozenset()
        # An account names one debtor of those who share an identity number; somebody else's contradicts it.
        both = frozenset.intersection(*found)
        if not both:
            self._say(row, first, "intake.counts.two_people", ProblemSeverity.REFUSED)
        elif len(both) > 1:
            self._say(row, first, "intake.counts.shared", ProblemSeverity.NOTE, count=len(both))
        if both and len(found) < len(named):
            self._say(
                row,
                next(name for name, who in named if not who),
                "intake.counts.half_known",
                ProblemSeverity.WARNING,
            )
        return both

    def _at(self, row: CountRow) -> datetime | None:
        if row.as_of is not None or (row.sheet, row.line) in self._out:
            return row.as_of
        asked = self._asked
        if asked is None:
            self._say(row, Field.AS_OF, "intake.counts.no_time", ProblemSeverity.REFUSED)
        elif row.day is not None and row.day != asked.astimezone(self._zone).date():
            self._say(row, Field.AS_OF, "intake.counts.other_day", ProblemSeverity.REFUSED, day=row.day)
        else:
            return asked
        return None

    # -- one figure a debtor and day -------------------------------------------------------------------

    def _figures(self, debtor_id: str, parts: Sequence[_Part]) -> Iterator[Planned]:
        if len(parts) == 1:
            row, at = parts[0]
            yield Planned(debtor_id, at, row.effective, row.connected, row.sheet, row.line)
            return
        by_number: defaultdict[str, list[_Part]] = defaultdict(list)
        for row, at in parts:
            by_number[row.account_no or row.case_no or row.id_no].append((row, at))
        newest, older = [], []
        for lines in by_number.values():
            last = max(at for _, at in lines)
            newest += [part for part in lines if part[1] == last]
            older += [part for part in lines if part[1] != last]
        for row, at in older:
            if len(by_number) == 1:
                yield Planned(debtor_id, at, row.effective, row.connected, row.sheet, row.line)
                self._say(row, None, "intake.counts.newer_line", ProblemSeverity.NOTE, line=newest[0][0].line)
            else:
                self._say(
                    row, None, "intake.counts.newer_line_part", ProblemSeverity.REFUSED, line=newest[0][0].line
                )
        for row, _ in newest[1:]:
            self._say(row, None, "intake.counts.added_up", ProblemSeverity.WARNING, line=newest[0][0].line)
        rows = [row for row, _ in newest]
        yield Planned(
            debtor_id,
            min(at for _, at in newest),  # of all its parts the figure is true as of the oldest only
            _sum([row.effective for row in rows]),
            _sum([row.connected for row in rows]),
            rows[0].sheet,
            rows[0].line,
        )

    def _is_new(self, figure: Planned, day: date, ours_included: bool) -> bool:
        """Whether it says anything that is not on file; and what is odd about it."""
        filed = [one for one in self._known.figures.get(figure.debtor_id, ()) if self._same_day(one, day)]
        told = (figure.as_of, figure.effective, figure.connected, ours_included)
        if any((one.as_of, one.effective, one.connected, one.ours_included) == told for one in filed):
            self._duplicates += 1
            self._say(figure, None, "intake.counts.on_file", ProblemSeverity.NOTE)
            return False
        if day != self._today:
            self._say(figure, Field.AS_OF, "intake.counts.not_today", ProblemSeverity.WARNING, day=day)
        elif filed and filed[0].as_of > figure.as_of:
            at = f"{filed[0].as_of.astimezone(self._zone):%H:%M}"
            self._say(figure, Field.AS_OF, "intake.counts.older", ProblemSeverity.WARNING, at=at)
        elif filed and (_less(figure.effective, filed[0].effective) or _less(figure.connected, filed[0].connected)):
            at = f"{filed[0].as_of.astimezone(self._zone):%H:%M}"
            self._say(figure, None, "intake.counts.falls", ProblemSeverity.WARNING, at=at)
        return True

    def _look_for_a_fall(self, debtor_id: str, day: date, found: Sequence[Planned], ours_included: bool) -> None:
        """Whether a day's figures, in the order of their times, ever say less than the one before."""
        filed = [one for one in self._known.figures.get(debtor_id, ()) if self._same_day(one, day) and one.agreed]
        before = max(filed, key=lambda one: one.as_of, default=None)
        for figure in sorted(found, key=lambda one: one.as_of):
            if before is not None and figure.as_of >= before.as_of:
                less = _less(figure.effective, before.effective) or _less(figure.connected, before.connected)
                if less or (ours_included and not before.ours_included):
                    self._falling.add(debtor_id)
            if before is None or figure.as_of >= before.as_of:
                before = CountOnFile(figure.as_of, figure.effective, figure.connected, ours_included)

    def _same_day(self, one: CountOnFile, day: date) -> bool:
        return one.as_of.astimezone(self._zone).date() == day


def _sum(figures: Sequence[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def _less(new: int | None, old: int | None) -> bool:
    return new is not None and old is not None and new < old
