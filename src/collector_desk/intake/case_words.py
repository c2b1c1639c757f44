"""A bank's list of cases it recalls, stops, lets go on or stay longer → one frozen value a row."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from collector_desk.domain.message import Trouble, msg
from collector_desk.domain.vocabulary import BankWord
from collector_desk.intake import cells
from collector_desk.intake.case_word_columns import (
    NAMING,
    answer_said,
    match_words,
    meaning,
    says_no,
    word_said,
    words_header,
)
from collector_desk.intake.case_word_values import CaseWordRow, CaseWordsFile
from collector_desk.intake.columns import NO_CHOICE, ColumnMatch, Field, HiddenChoice
from collector_desk.intake.layout import (
    Recognised,
    RowKind,
    RowSorter,
    SheetKind,
    SheetReport,
    about_hidden,
    summary,
    texts,
    without_table,
)
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.reading import RawFile, RawSheet, read_file
from collector_desk.intake.rowreader import RowReader

_STEP = 500  # rows between two looks at the cancel button
_STRONGEST = (BankWord.RECALL, BankWord.STOP, BankWord.LIFT, BankWord.EXTEND)


def read_case_words(
    source: Path | bytes,
    filename: str,
    *,
    password: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    hidden: HiddenChoice = NO_CHOICE,
) -> CaseWordsFile:
    """Read such a list completely: every row is accepted, set aside with a reason, or recognised as no case.

    ``hidden``: which columns that the file hides somebody wants taken or left. Raises Trouble where the file can't
    be read (``reading.read_file``), holds no such list
    (``intake.words.no_header``), or was cancelled.
    """
    raw = read_file(source, filename, password=password, hidden=hidden)
    problems: list[Problem] = []
    if raw.loose_quotes:
        problems.append(Problem("", 0, "", "", msg("intake.loose_quotes"), ProblemSeverity.WARNING))
    rows: list[CaseWordRow] = []
    done, total = 0, sum(len(sheet.rows) for sheet in raw.sheets)
    reports = []

    def tick(more: int) -> None:
        nonlocal done
        done += more
        if cancelled and cancelled():
            raise Trouble("intake.cancelled", file=filename)
        if progress:
            progress(done, total)

    for sheet in raw.sheets:
        header = None if sheet.hidden else words_header(sheet.rows, sheet.name, raw.filename)
        if header is None:
            reports.append(without_table(sheet, problems))
            tick(len(sheet.rows))
        else:
            reports.append(_List(raw, sheet, *header, problems, rows, tick).read())
    if not any(report.kind is SheetKind.DATA for report in reports):
        raise Trouble("intake.words.no_header", file=filename)
    return CaseWordsFile(
        filename=filename,
        content=raw.content,
        sha256=raw.sha256,
        kind=raw.kind,
        encoding=raw.encoding,
        rows=tuple(rows),
        set_aside=sum(report.set_aside for report in reports),
        problems=tuple(problems),
        sheets=tuple(reports),
    )


def _known(header: str) -> object:
    field, about = meaning(header)
    return (field, about) if field is not None else None


class _List:
    """One sheet with such a list on it."""

    def __init__(
        self,
        raw: RawFile,
        sheet: RawSheet,
        header: int,
        words: list[str],
        problems: list[Problem],
        rows: list[CaseWordRow],
        tick: Callable[[int], None],
    ) -> None:
        self._sheet, self._header, self._problems, self._rows, self._tick = sheet, header, problems, rows, tick
        self._found = match_words(words, sheet.hides)
        self._columns = tuple(column for column in self._found if not column.left)
        problems.extend(about_hidden(sheet, self._found, sheet.lines[header], _known))
        self._reader = RowReader(sheet.name, self._columns, problems, from_1904=sheet.from_1904)
        self._fields = {column.field for column in self._columns}
        if self._fields.isdisjoint(NAMING):  # somebody left the only column out that says whose a row is
            names = [msg(f"intake.field.{field.value}") for field in sorted(NAMING)]
            raise Trouble("intake.columns_missing", sheet=sheet.name, columns=names)
        titles = [cells.plain(cell) for row in sheet.rows[:header] for cell in row if cell != ""]
        above = (word_said(text) for text in (*titles, sheet.name, raw.filename))
        self._title = next((word for word in above if word is not None), None)

    def read(self) -> SheetReport:
        sheet, header = self._sheet, self._header
        sorter = RowSorter(self._columns, sheet.rows[header])
        recognised: list[Recognised] = []
        accepted = set_aside = blank = 0
        for index, row in enumerate(sheet.rows):
            if index % _STEP == _STEP - 1:
                self._tick(_STEP)
            line = sheet.lines[index]
            if index <= header:
                kind = RowKind.HEADER if index == header else RowKind.TITLE if any(texts(row)) else RowKind.BLANK
            else:
                kind = sorter.kind(row)
            if kind is RowKind.BLANK:
                blank += 1
            elif kind is not RowKind.CASE:
                recognised.append(Recognised(line, kind, summary(row)))
            elif self._says_no(row):
                recognised.append(Recognised(line, RowKind.NOTE, ""))
            elif (found := self._said(line, row)) is not None:
                accepted += 1
                self._rows.append(found)
            else:
                set_aside += 1
        self._tick(len(sheet.rows) % _STEP)
        return SheetReport(
            sheet.name,
            SheetKind.DATA,
            len(sheet.rows),
            accepted,
            set_aside,
            blank,
            sheet.lines[header],
            tuple(recognised),
            self._found,
        )

    def _said(self, line: int, row: list[Any]) -> CaseWordRow | None:
        reader = self._reader
        reader.begin(line, row)
        account = reader.identifier(Field.ACCOUNT_NO) or reader.identifier(Field.CARD_NO)
        customer, id_no = reader.identifier(Field.CUSTOMER_NO), reader.identifier(Field.ID_NO)
        serial, case_no = reader.identifier(Field.SERIAL), reader.identifier(Field.CASE_NO)
        if not (account or customer or id_no or serial or case_no) and not reader.refused:
            reader.refuse(None, "intake.words.nobody")
        word = self._word(row)
        if word is None and not reader.refused:
            reader.refuse(Field.SAID if Field.SAID in self._fields else None, "intake.words.not_said")
        ends = self._day(Field.NEW_END, row, word)
        if word is BankWord.EXTEND and ends is None and not reader.refused:
            reader.refuse(None, "intake.words.no_end")
        said_on = self._day(Field.SAID_ON, row, word)
        if reader.refused or word is None:
            return None
        return CaseWordRow(
            sheet=self._sheet.name,
            line=line,
            account_no=account,
            name=reader.word(Field.NAME) if Field.NAME in self._fields else "",
            customer_no=customer,
            id_no=id_no,
            card_tail=reader.identifier(Field.CARD_TAIL),
            serial=serial,
            case_no=case_no,
            word=word,
            said_on=said_on,
            ends=ends if word is BankWord.EXTEND else None,
            reason=self._why(word),
        )

    def _says_no(self, row: list[Any]) -> bool:
        """Whether nothing becomes of its case: a list of all cases flags the few that are recalled."""
        said = self._of(Field.SAID, None)
        return said is not None and bool(said.contact) and says_no(cells.plain(row[said.index]))

    def _of(self, field: Field, word: BankWord | None) -> ColumnMatch | None:
        """The column of this meaning that speaks of the word, else one that speaks of none."""
        here = [column for column in self._columns if column.field is field]
        own = [column for column in here if word is not None and column.contact == word.value]
        free = [column for column in here if not column.contact]
        return next(iter(own or free or (here if len(here) == 1 else ())), None)

    def _word(self, row: list[Any]) -> BankWord | None:
        said = self._of(Field.SAID, None)
        if said is not None:
            text = self._reader.word_at(said)
            found = word_said(text)
            if found is None and said.contact and text:
                found = BankWord(said.contact) if answer_said(text) is BankWord.EXTEND else None
            if found is not None or text:
                return found
        answer = self._of(Field.ANSWER, BankWord.EXTEND)
        if answer is not None:
            text = self._reader.word_at(answer)
            return answer_said(text) if text else None
        filled = {column.contact for column in self._columns if column.contact and row[column.index] != ""}
        about = next((word for word in _STRONGEST if word.value in filled), None)
        return about or self._title

    def _day(self, field: Field, row: list[Any], word: BankWord | None) -> date | None:
        column = self._of(field, word)
        if column is None or row[column.index] == "":
            return None
        try:
            found, _ = cells.day(row[column.index], from_1904=self._sheet.from_1904)
        except cells.Unreadable as bad:
            needed = field is Field.NEW_END
            severity = ProblemSeverity.REFUSED if needed else ProblemSeverity.WARNING
            self._reader.say(column, bad.reason, severity, row[column.index])
            return None
        return found

    def _why(self, word: BankWord) -> str:
        column = self._of(Field.SAID_WHY, word)
        return self._reader.word_at(column) if column is not None else ""
