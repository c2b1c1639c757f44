"""A bank's placement file → one frozen value per account, and an account of every row that is none."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from collector_desk.domain.message import Trouble, msg
from collector_desk.intake.case_word_columns import holds_words, words_header
from collector_desk.intake.columns import NO_CHOICE, HiddenChoice
from collector_desk.intake.count_columns import counts_header
from collector_desk.intake.decoding import JOINED
from collector_desk.intake.doubts import People
from collector_desk.intake.layout import (
    Recognised,
    RowKind,
    SheetKind,
    SheetReport,
    find_header,
    summary,
    tables,
    texts,
    two_rows,
)
from collector_desk.intake.payments import find_payments, holds_payments
from collector_desk.intake.placement_table import Found, PlacementTable
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.reading import RawFile, RawSheet, read_file
from collector_desk.intake.statements import is_statement
from collector_desk.intake.values import PlacementFile, TableHead

Progress = Callable[[int, int], None]
_TITLE_BANK = re.compile(r"[\u4e00-\u9fff]{2,12}银行(?:股份有限公司)?(?:信用卡中心|[\u4e00-\u9fff]{1,8}[分支]行)?")


def read_placement(
    source: Path | bytes,
    filename: str,
    *,
    today: date | None = None,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    hidden: HiddenChoice = NO_CHOICE,
) -> PlacementFile:
    """Read a placement file completely: every row is accepted, set aside with a reason, or recognised as no case.

    ``today``: what the file's days are held against; without it only against each other. ``hidden``: which columns
    that the file hides somebody wants taken or left. Raises Trouble where the
    file as a whole cannot be read (see ``reading.read_file``), has no sheet with the columns it needs
    (``intake.no_header``, ``intake.columns_missing``), or was cancelled (``intake.cancelled``).
    """
    raw = read_file(source, filename, password=password, hidden=hidden)
    return _Placement(raw, today, progress, cancelled).read()


def read_again(
    filename: str,
    sha256: str,
    kind: str,
    rows: Sequence[tuple[TableHead, int, Sequence[Any]]],
    people: People,
    today: date | None = None,
) -> PlacementFile:
    """Read rows that were set aside once more, each under its own table's head, as if they were all of the file.

    ``people`` are those known already (see ``doubts.is_somebody_else``). The bytes of the file are not in it.
    """
    by_head: dict[TableHead, list[tuple[int, list[Any]]]] = {}
    for head, line, cells in rows:
        by_head.setdefault(head, []).append((line, list(cells)))
    sheets = []
    for head, below in by_head.items():
        every = [*map(list, head.rows), *(cells for _, cells in below)]
        wide = _reach(every[len(head.rows) - 1])
        # in a text file a cell too many moves all that follow; cells empty at the end were always there
        widths = [max(wide, _reach(row)) for row in every] if kind == "text" else None
        lines = [*head.lines, *(line for line, _ in below)]
        sheets.append(RawSheet(head.sheet, every, lines, widths=widths))
    raw = RawFile(filename, b"", sha256, kind, "", tuple(sheets))
    return _Placement(raw, today, None, None, people).read()


def _reach(row: Sequence[Any]) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell != ""), default=0)


class _Placement:
    def __init__(
        self,
        raw: RawFile,
        today: date | None,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
        people: People | None = None,
    ) -> None:
        self._raw = raw
        self._progress = progress or (lambda _done, _total: None)
        self._cancelled = cancelled or (lambda: False)
        self.found = Found(people=people or {}, today=today)
        self._problems = self.found.problems
        self._lacking: Trouble | None = None
        self._balances = False
        self._done = 0
        self._all = sum(len(sheet.rows) for sheet in raw.sheets)

    def read(self) -> PlacementFile:
        if self._raw.loose_quotes:
            self._about_sheet("", "intake.loose_quotes", ProblemSeverity.WARNING)
        if JOINED in self._raw.encoding:
            told = {"encodings": self._raw.encoding}
            self._about_sheet("", "intake.joined_encodings", ProblemSeverity.WARNING, **told)
        for name in self._raw.left_out:
            self._about_sheet("", "intake.left_out_of_archive", ProblemSeverity.WARNING, file=name)
        reports = [report for sheet in self._raw.sheets for report in self._sheet(sheet)]
        if not any(report.kind is SheetKind.DATA for report in reports):
            if self._lacking:
                raise self._lacking
            visible = [sheet for sheet in self._raw.sheets if not sheet.hidden]
            if any(is_statement(sheet.rows, sheet.name, self._raw.filename) for sheet in visible):
                raise Trouble("intake.is_statement", file=self._raw.filename)
            if any(find_payments(sheet.rows) for sheet in visible):
                raise Trouble("intake.is_payments", file=self._raw.filename)
            if any(words_header(sheet.rows, sheet.name, self._raw.filename) for sheet in visible):
                raise Trouble("intake.is_words", file=self._raw.filename)
            if any(sheet.hidden and find_header(sheet.rows) is not None for sheet in self._raw.sheets):
                raise Trouble("intake.only_hidden", file=self._raw.filename)
            counts = any(counts_header(sheet.rows) for sheet in self._raw.sheets if not sheet.hidden)
            raise Trouble("intake.is_counts" if counts else "intake.no_header", file=self._raw.filename)
        self._progress(self._all, self._all)
        return PlacementFile(
            filename=self._raw.filename,
            content=self._raw.content,
            sha256=self._raw.sha256,
            kind=self._raw.kind,
            encoding=self._raw.encoding,
            rows=self.found.rows,
            placements=self.found.placements,
            amounts=self.found.amounts,
            set_aside=sum(report.set_aside for report in reports),
            problems=tuple(self._problems),
            sheets=tuple(reports),
            totals=tuple(self.found.totals),
            bank_hint=self._bank_hint(reports),
            heads=tuple(self.found.heads),
            aside=self.found.aside,
            balances=self._balances and not self.found.placements,
        )

    def _bank_hint(self, reports: list[SheetReport]) -> str:
        titles = (said.text for report in reports for said in report.recognised if said.kind is RowKind.TITLE)
        found = (_TITLE_BANK.search(title) for title in titles)
        return next((match[0] for match in found if match), "")

    def _about_sheet(self, sheet: str, code: str, severity: ProblemSeverity, **params: object) -> None:
        self._problems.append(Problem(sheet, 0, "", "", msg(code, **params), severity))

    def _sheet(self, sheet: RawSheet) -> list[SheetReport]:
        header = find_header(sheet.rows)
        if header is not None and not sheet.hidden:
            return self._tables(sheet, header)
        filled = (
            [i for i, row in enumerate(sheet.rows) if any(text for text in texts(row))] if header is None else []
        )
        kind = SheetKind.HIDDEN if sheet.hidden else SheetKind.NOTES if filled else SheetKind.EMPTY
        if kind is SheetKind.HIDDEN:
            self._about_sheet(sheet.name, "intake.hidden_sheet", ProblemSeverity.WARNING, rows=len(sheet.rows))
        elif kind is SheetKind.NOTES:
            self._about_sheet(sheet.name, "intake.notes_sheet", ProblemSeverity.NOTE, rows=len(filled))
        shown = filled if kind is SheetKind.NOTES else []
        notes = tuple(Recognised(sheet.lines[i], RowKind.NOTE, summary(sheet.rows[i])) for i in shown)
        blank = len(sheet.rows) - len(notes)
        return [SheetReport(sheet.name, kind, len(sheet.rows), 0, 0, blank, 0, notes, ())]

    def _tables(self, sheet: RawSheet, header: int) -> list[SheetReport]:
        """Every table of the sheet; one without the needed columns is set aside whole, and said."""
        if is_statement(sheet.rows, sheet.name, self._raw.filename):
            raise Trouble("intake.is_statement", file=self._raw.filename)
        if holds_payments(sheet.rows, header):
            raise Trouble("intake.is_payments", file=self._raw.filename)
        if holds_words(sheet.rows, header):
            raise Trouble("intake.is_words", file=self._raw.filename)
        above = [" ".join(texts(row)) for row in sheet.rows[: header - two_rows(sheet.rows, header)]]
        titles = [" \n".join(above)]
        reports: list[SheetReport] = []
        for part, at in tables(sheet, header):
            if reports:  # what stands between two tables is the title of the lower one
                between = [said.text for said in reports[-1].recognised[-3:] if said.kind is RowKind.NOTE]
                titles = [" \n".join(between), " \n".join(above)]
            table = PlacementTable(self.found, part, at, titles, self.tick)
            self._balances |= table.balances
            if not table.missing:
                reports.append(table.read())
                continue
            if counts_header(part.rows):
                raise Trouble("intake.is_counts", file=self._raw.filename)
            if words_header(part.rows, sheet.name, self._raw.filename):
                raise Trouble("intake.is_words", file=self._raw.filename)
            names = [msg(f"intake.field.{name.value}") for name in table.missing]
            self._lacking = self._lacking or Trouble("intake.columns_missing", sheet=sheet.name, columns=names)
            filled = sum(1 for row in part.rows[at + 1 :] if any(texts(row)))
            reason = msg("intake.table_left_out", columns=names, rows=filled)
            self._problems.append(Problem(sheet.name, part.lines[at], "", "", reason, ProblemSeverity.REFUSED))
            reports.append(table.left_out())
        return reports

    def tick(self, rows: int) -> None:
        self._done += rows
        if self._cancelled():
            raise Trouble("intake.cancelled", file=self._raw.filename)
        self._progress(self._done, self._all)
