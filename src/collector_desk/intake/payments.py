"""A bank's payment file → one frozen value per payment; the same care as for placements."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

from collector_desk.domain.book.money import exponent
from collector_desk.domain.message import Trouble, msg
from collector_desk.intake import cells, instants
from collector_desk.intake.columns import NO_CHOICE, Field, HiddenChoice, match_columns
from collector_desk.intake.layout import (
    Recognised,
    RowKind,
    RowSorter,
    SheetKind,
    SheetReport,
    about_hidden,
    find_header,
    headings,
    summary,
    texts,
    two_rows,
    without_table,
)
from collector_desk.intake.payment_values import PaymentFile, PaymentRow
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.reading import RawSheet, read_file
from collector_desk.intake.rowreader import REMARK_LIMIT, RowReader
from collector_desk.intake.units import unit_of_titles
from collector_desk.intake.widths import moved_cells

_STEP = 500
_IN_BOTH = {
    Field.AS_OF,
    Field.ACCOUNT_NO,
    Field.CARD_NO,
    Field.CARD_TAIL,
    Field.NAME,
    Field.CUSTOMER_NO,
    Field.ID_NO,
    Field.ID_TYPE,
    Field.PLACEMENT_NO,
    Field.CURRENCY,
    Field.AMOUNT,
    Field.REMARK,
}
_DAYS = frozenset({Field.PAID_ON, Field.POSTED_ON, Field.PAID_AT})
_WORDS = (Field.NAME, Field.PAY_CHANNEL, Field.PAYER, Field.SETTLED_SAID)
_DAY_ALONE = len("2026年11月14日")
_Key = tuple[str, str, object, int]


def read_payments(
    source: Path | bytes,
    filename: str,
    *,
    password: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    hidden: HiddenChoice = NO_CHOICE,
) -> PaymentFile:
    """Read a payment file; every row is accepted, set aside with a reason, or recognised as no payment.

    The same payment twice stays in, with ``twice`` set: whether it is one is for a person to settle.
    ``hidden``: which columns that the file hides somebody wants taken or left.
    Raises Trouble as ``read_placement`` does.
    """
    raw = read_file(source, filename, password=password, hidden=hidden)
    problems: list[Problem] = []
    rows: list[PaymentRow] = []
    if raw.loose_quotes:
        problems.append(Problem("", 0, "", "", msg("intake.loose_quotes"), ProblemSeverity.WARNING))
    total = sum(len(sheet.rows) for sheet in raw.sheets)
    reports: list[SheetReport] = []
    seen: dict[_Key, int] = {}
    aside = 0
    for sheet in raw.sheets:
        header = None if sheet.hidden else find_header(sheet.rows, payments=True)
        if header is None:
            reports.append(without_table(sheet, problems))
            continue
        table = _Payments(sheet, len(reports), header, problems, rows, seen)
        for index, row in enumerate(sheet.rows):
            if index % _STEP == 0:
                if cancelled and cancelled():
                    raise Trouble("intake.cancelled", file=filename)
                if progress:
                    progress(index, total)
            table.take(index, row)
        aside += table.aside_minor
        reports.append(table.report())
    if not any(report.kind is SheetKind.DATA for report in reports):
        raise Trouble("intake.no_header", file=filename)
    if progress:
        progress(total, total)
    return PaymentFile(
        filename=filename,
        content=raw.content,
        sha256=raw.sha256,
        kind=raw.kind,
        encoding=raw.encoding,
        rows=tuple(rows),
        set_aside=sum(report.set_aside for report in reports),
        aside_minor=aside,
        problems=tuple(problems),
        sheets=tuple(reports),
    )


def find_payments(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a sheet holds payments: a header with account, day and amount of a payment."""
    header = find_header(rows, payments=True)
    return header is not None and holds_payments(rows, header)


def holds_payments(rows: Sequence[Sequence[Any]], header: int) -> bool:
    """Whether a header that could be a placement's is a payment file's: it names the day of a payment, and nothing
    that only a placement tells."""
    words = headings(rows, header)
    paid = {column.field for column in match_columns(words, payments=True)}
    placed = {column.field for column in match_columns(words)} - {None}
    account = {Field.ACCOUNT_NO, Field.CARD_NO} & paid
    return bool(account) and Field.PAID in paid and not _DAYS.isdisjoint(paid) and placed <= _IN_BOTH


def _meaning(header: str) -> Field | None:
    return match_columns([header], payments=True)[0].field


class _Payments:
    def __init__(
        self,
        sheet: RawSheet,
        place: int,
        header: int,
        problems: list[Problem],
        rows: list[PaymentRow],
        seen: dict[_Key, int],
    ) -> None:
        self._place = place
        self.aside_minor = 0
        self._sheet = sheet
        self._header = header
        self._problems = problems
        self._rows = rows
        self._seen = seen
        words = headings(sheet.rows, header, payments=True)
        power, currency = unit_of_titles(" \n".join(" ".join(texts(row)) for row in sheet.rows[:header]))
        self._found = tuple(
            replace(c, power=power if c.power is None else c.power, currency=c.currency or currency)
            if c.field is Field.PAID
            else c
            for c in match_columns(words, payments=True, hidden=sheet.hides)
        )
        self._columns = tuple(column for column in self._found if not column.left)
        problems.extend(about_hidden(sheet, self._found, sheet.lines[header], _meaning))
        self._currency = next((c.currency for c in self._columns if c.field is Field.PAID), "")
        self._moved = moved_cells(sheet, header, self._columns)
        fields = {column.field for column in self._columns}
        self._account = Field.ACCOUNT_NO if Field.ACCOUNT_NO in fields else Field.CARD_NO
        missing = [field for field in (self._account, Field.PAID) if field not in fields]
        if _DAYS.isdisjoint(fields):
            missing.append(Field.PAID_ON)
        if missing:
            names = [msg(f"intake.field.{field.value}") for field in missing]
            raise Trouble("intake.columns_missing", sheet=sheet.name, columns=names)
        self._reader = RowReader(sheet.name, self._columns, problems, from_1904=sheet.from_1904)
        self._header_rows = range(header - two_rows(sheet.rows, header, payments=True), header + 1)
        self._sorter = RowSorter(self._columns, sheet.rows[header])
        self._recognised: list[Recognised] = []
        self._accepted = self._set_aside = self._blank = 0
        for column in self._columns:
            if column.field is None:
                code = "intake.column_twice" if column.twice else "intake.column_unmatched"
                reason = msg(code, letter=column.letter, header=column.header)
                line = sheet.lines[header]
                problems.append(Problem(sheet.name, line, column.header, "", reason, ProblemSeverity.NOTE))

    def take(self, index: int, row: list[object]) -> None:
        line = self._sheet.lines[index]
        if index <= self._header:
            kind = RowKind.TITLE if any(texts(row)) else RowKind.BLANK
            if index in self._header_rows:
                kind = RowKind.HEADER
        else:
            kind = self._sorter.kind(row)
        if kind is RowKind.BLANK:
            self._blank += 1
        elif kind is not RowKind.CASE:
            self._recognised.append(Recognised(line, kind, summary(row)))
            if kind is not RowKind.HEADER:
                reason = msg("intake.recognised", kind=msg(f"intake.row.{kind.value}"))
                self._problems.append(
                    Problem(self._sheet.name, line, "", summary(row), reason, ProblemSeverity.NOTE)
                )
        else:
            self._reader.begin(line, row)
            if index in self._moved:
                self._reader.refuse(None, self._moved[index], summary(row))
            found = None if index in self._moved else self._payment()
            if found is None:
                self._set_aside += 1
            else:
                self._accepted += 1
                self._rows.append(found)

    def _payment(self) -> PaymentRow | None:
        reader = self._reader
        account = reader.identifier(self._account)
        if not account and not reader.refused:
            reader.refuse(self._account, "intake.account_missing", reader.raw(self._account))
        currency = self._currency_of()
        amount = reader.amount(Field.PAID, exponent(currency), currency)
        if amount is None and not reader.refused:
            reader.refuse(Field.PAID, "intake.amount_missing", reader.raw(Field.PAID))
        if amount == 0:
            reader.refuse(Field.PAID, "intake.amount_zero", reader.raw(Field.PAID))
        posted, paid, at = self._days()
        day = posted or paid
        if day is None and not reader.refused:
            field = Field.PAID_ON if reader.has(Field.PAID_ON) else Field.POSTED_ON
            reader.refuse(field, "intake.day_missing", reader.raw(field))
        reference = reader.identifier(Field.REFERENCE)
        told = {field: reader.word(field) for field in _WORDS if reader.has(field)}
        row = PaymentRow(
            sheet=self._place,
            line=reader.line,
            account_no=account,
            name=told.get(Field.NAME, ""),
            customer_no=reader.identifier(Field.CUSTOMER_NO),
            id_no=reader.identifier(Field.ID_NO),
            card_tail=reader.identifier(Field.CARD_TAIL),
            posted_on=day or date.min,
            assumed=posted is None,
            paid_on=paid if posted is not None else None,
            at=at,
            amount=amount or 0,
            currency=currency,
            channel=told.get(Field.PAY_CHANNEL, ""),
            reference=reference,
            remark=reader.text(Field.REMARK, REMARK_LIMIT),
            payer=told.get(Field.PAYER, ""),
            owed_after=reader.amount(Field.OWED_AFTER, exponent(currency), currency, needed=False),
            settled=told.get(Field.SETTLED_SAID, ""),
            extras=reader.extras(),
            twice=None,
        )
        if reader.refused or amount is None or day is None:
            self.aside_minor += amount or 0
            return None
        return self._said_before(row)

    def _said_before(self, row: PaymentRow) -> PaymentRow:
        reader = self._reader
        first = self._seen.setdefault((row.account_no, row.reference, row.posted_on, row.amount), row.line)
        if first != row.line:
            reader.warn(self._account, "intake.payment_twice", row.account_no, line=first)
            row = row._replace(twice=first)
        if row.amount < 0:
            reader.warn(Field.PAID, "intake.payment_reversed", reader.raw(Field.PAID))
        return row

    def _currency_of(self) -> str:
        reader = self._reader
        reader.refuse_error(Field.CURRENCY)
        try:
            return cells.currency(
                reader.word(Field.CURRENCY) or self._currency or cells.currency_of_amount(reader.raw(Field.PAID))
            )
        except cells.Unreadable as bad:
            reader.refuse(Field.CURRENCY, bad.reason.code, reader.raw(Field.CURRENCY))
            return "CNY"

    def _days(self) -> tuple[date | None, date | None, time | None]:
        """When it was booked, when it was paid, and at what time, as far as the row says it."""
        posted, posted_at = self._moment(Field.POSTED_ON)
        paid, at = self._moment(Field.PAID_ON)
        day, clock = self._moment(Field.PAID_AT)
        if paid is None and posted is None:
            paid = day
        return posted, paid, at or clock or posted_at

    def _moment(self, field: Field) -> tuple[date | None, time | None]:
        """A day, with a time of day where the cell has one: the plain day is read as every other day is."""
        reader = self._reader
        if not reader.has(field):
            return None, None
        raw = reader.raw(field)
        if field is not Field.PAID_AT and type(raw) is str and len(raw) <= _DAY_ALONE:  # as nearly all are
            return reader.day(field), None
        try:
            day, at, _ = instants.moment(raw)
        except cells.Unreadable:
            day, at = None, None
        if at is not None and (day is not None or field is Field.PAID_AT):
            return day, None if at == time() and day is not None else at
        return (None, None) if field is Field.PAID_AT and day is None else (reader.day(field), None)

    def report(self) -> SheetReport:
        """What the sheet was found to be."""
        return SheetReport(
            self._sheet.name,
            SheetKind.DATA,
            len(self._sheet.rows),
            self._accepted,
            self._set_aside,
            self._blank,
            self._sheet.lines[self._header],
            tuple(self._recognised),
            self._found,
        )
