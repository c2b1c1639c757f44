"""A bank's placement file → one frozen value per account, and an account of every row that is none."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from collector_desk.domain.message import Trouble, msg
from collector_desk.domain.money import Money, exponent
from collector_desk.intake import cells
from collector_desk.intake.columns import ColumnMatch, Field, match_columns
from collector_desk.intake.count_columns import counts_header
from collector_desk.intake.layout import (
    Recognised,
    RowKind,
    RowSorter,
    SheetKind,
    SheetReport,
    find_header,
    headings,
    summary,
    texts,
    two_rows,
)
from collector_desk.intake.problems import Problem, Severity
from collector_desk.intake.reading import RawFile, RawSheet, read_file
from collector_desk.intake.rowreader import REMARK_LIMIT, RowReader
from collector_desk.intake.values import Contact, PlacementFile, PlacementRow, TotalCheck

Progress = Callable[[int, int], None]
_STEP = 500  # rows between two looks at the cancel button
_RESIDENT_ID = re.compile(r"^(?:居民)?身份证|^(?:resident )?id(?: ?card)?$|^$", re.IGNORECASE)
_TITLE_DAY = re.compile(
    r"(?:委[案托外]|placement).{0,6}?(?:日期|时间|date)\s*[:：]\s*([0-9][0-9年月日/.\-]{5,12})", re.I
)
_TITLE_NUMBER = re.compile(r"(?:批次号?|委案编号|batch(?: no\.?)?)\s*[:：]\s*([\w\-]{3,40})", re.I)
_TITLE_BANK = re.compile(r"[\u4e00-\u9fff]{2,12}银行(?:股份有限公司)?(?:信用卡中心|[\u4e00-\u9fff]{1,8}[分支]行)?")
_NEEDED = (Field.AMOUNT, Field.PRINCIPAL, Field.INTEREST, Field.PENALTY, Field.FEES, Field.MINIMUM_DUE)
_AMOUNTS = (*_NEEDED, Field.CREDIT_LIMIT, Field.LAST_PAID)


def read_placement(
    source: Path | bytes,
    filename: str,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PlacementFile:
    """Read a placement file completely: every row is accepted, set aside with a reason, or recognised as no case.

    Raises Trouble where the file as a whole cannot be read (see ``reading.read_file``), has no sheet with the
    columns it needs (``intake.no_header``, ``intake.columns_missing``), or was cancelled (``intake.cancelled``).
    """
    raw = read_file(source, filename, password=password)
    return _Placement(raw, progress, cancelled).read()


class _Placement:
    def __init__(self, raw: RawFile, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self._raw = raw
        self._progress = progress or (lambda _done, _total: None)
        self._cancelled = cancelled or (lambda: False)
        self._problems: list[Problem] = []
        self._rows: list[PlacementRow] = []
        self._totals: list[TotalCheck] = []
        self._seen: dict[str, tuple[str, int]] = {}
        self._done = 0
        self._all = sum(len(sheet.rows) for sheet in raw.sheets)

    def read(self) -> PlacementFile:
        if self._raw.loose_quotes:
            self._about_sheet("", "intake.loose_quotes", Severity.WARNING)
        reports = [self._sheet(sheet) for sheet in self._raw.sheets]
        if not any(report.kind is SheetKind.DATA for report in reports):
            counts = any(counts_header(sheet.rows) for sheet in self._raw.sheets if not sheet.hidden)
            raise Trouble("intake.is_counts" if counts else "intake.no_header", file=self._raw.filename)
        self._progress(self._all, self._all)
        return PlacementFile(
            filename=self._raw.filename,
            content=self._raw.content,
            sha256=self._raw.sha256,
            kind=self._raw.kind,
            encoding=self._raw.encoding,
            rows=tuple(self._rows),
            set_aside=sum(report.set_aside for report in reports),
            problems=tuple(self._problems),
            sheets=tuple(reports),
            totals=tuple(self._totals),
            bank_hint=self._bank_hint(reports),
        )

    def _bank_hint(self, reports: list[SheetReport]) -> str:
        titles = (said.text for report in reports for said in report.recognised if said.kind is RowKind.TITLE)
        found = (_TITLE_BANK.search(title) for title in titles)
        return next((match[0] for match in found if match), "")

    def _about_sheet(self, sheet: str, code: str, severity: Severity, **params: object) -> None:
        self._problems.append(Problem(sheet, 0, "", "", msg(code, **params), severity))

    def _sheet(self, sheet: RawSheet) -> SheetReport:
        header = find_header(sheet.rows)
        filled = (
            [i for i, row in enumerate(sheet.rows) if any(text for text in texts(row))] if header is None else []
        )
        if sheet.hidden or header is None:
            kind = SheetKind.HIDDEN if sheet.hidden else SheetKind.NOTES if filled else SheetKind.EMPTY
            if kind is SheetKind.HIDDEN:
                self._about_sheet(sheet.name, "intake.hidden_sheet", Severity.WARNING, rows=len(sheet.rows))
            elif kind is SheetKind.NOTES:
                self._about_sheet(sheet.name, "intake.notes_sheet", Severity.NOTE, rows=len(filled))
            shown = filled if kind is SheetKind.NOTES else []
            notes = tuple(Recognised(sheet.lines[i], RowKind.NOTE, summary(sheet.rows[i])) for i in shown)
            blank = len(sheet.rows) - len(notes)
            return SheetReport(sheet.name, kind, len(sheet.rows), 0, 0, blank, 0, notes, ())
        return _Table(self, sheet, header).read()

    def tick(self, rows: int) -> None:
        self._done += rows
        if self._cancelled():
            raise Trouble("intake.cancelled", file=self._raw.filename)
        self._progress(self._done, self._all)


class _Table:
    """One sheet with cases in it."""

    def __init__(self, owner: _Placement, sheet: RawSheet, header: int) -> None:
        self._owner = owner
        self._sheet = sheet
        self._header = header
        self._columns = match_columns(headings(sheet.rows, header))
        self._fields = {column.field for column in self._columns}
        if Field.ACCOUNT_NO not in self._fields and Field.CARD_NO in self._fields:
            self._account = Field.CARD_NO  # some banks name the account by its card
        else:
            self._account = Field.ACCOUNT_NO
        missing = [f for f in (self._account, Field.NAME, Field.AMOUNT) if f not in self._fields]
        if missing:
            if counts_header(sheet.rows):
                raise Trouble("intake.is_counts", file=owner._raw.filename)
            names = [msg(f"intake.field.{name.value}") for name in missing]
            raise Trouble("intake.columns_missing", sheet=sheet.name, columns=names)
        self._reader = RowReader(sheet.name, self._columns, owner._problems)
        groups: dict[str, dict[Field, ColumnMatch]] = {}
        for column in self._columns:
            if column.contact and column.field:
                groups.setdefault(column.contact, {})[column.field] = column
        self._contacts = tuple(groups.values())
        self._sums: dict[Field, int] = dict.fromkeys(_AMOUNTS, 0)
        self._title_number, self._title_day = self._from_titles()

    def read(self) -> SheetReport:
        sheet, owner, reader = self._sheet, self._owner, self._reader
        for column in self._columns:
            if column.field is None:
                code = "intake.column_twice" if column.twice else "intake.column_unmatched"
                reason = msg(code, letter=column.letter, header=column.header)
                owner._problems.append(
                    Problem(sheet.name, sheet.lines[self._header], column.header, "", reason, Severity.NOTE)
                )
        sorter = RowSorter(self._columns, sheet.rows[self._header])
        header_rows = range(self._header - two_rows(sheet.rows, self._header), self._header + 1)
        recognised: list[Recognised] = []
        accepted = set_aside = blank = 0
        for index, row in enumerate(sheet.rows):
            if index % _STEP == _STEP - 1:
                owner.tick(_STEP)
            if index <= self._header:
                kind = RowKind.HEADER if index in header_rows else RowKind.TITLE
                if not any(row) and not any(texts(row)):
                    kind = RowKind.BLANK
            else:
                kind = sorter.kind(row)
            if kind is RowKind.CASE:
                reader.begin(sheet.lines[index], row)
                found = self._row()
                if found is None:
                    set_aside += 1
                else:
                    accepted += 1
                    owner._rows.append(found)
            elif kind is RowKind.BLANK:
                blank += 1
            else:
                recognised.append(Recognised(sheet.lines[index], kind, summary(row)))
                if kind is RowKind.TOTAL:
                    self._check_total(sheet.lines[index], row)
        owner.tick(len(sheet.rows) % _STEP)
        for said in recognised:
            if said.kind is not RowKind.HEADER:
                reason = msg("intake.recognised", kind=msg(f"intake.row.{said.kind.value}"))
                owner._problems.append(Problem(sheet.name, said.line, "", said.text, reason, Severity.NOTE))
        return SheetReport(
            sheet.name,
            SheetKind.DATA,
            len(sheet.rows),
            accepted,
            set_aside,
            blank,
            sheet.lines[self._header],
            tuple(recognised),
            self._columns,
        )

    def _from_titles(self) -> tuple[str, date | None]:
        """Placement number and day from the rows above the header, for files without such columns."""
        words = " \n".join(" ".join(texts(row)) for row in self._sheet.rows[: self._header])
        number = _TITLE_NUMBER.search(words)
        said = _TITLE_DAY.search(words)
        found: date | None = None
        if said:
            try:
                found = cells.day(said[1])[0]
            except cells.Unreadable:
                found = None
        return number[1] if number else "", found

    def _row(self) -> PlacementRow | None:
        reader = self._reader
        account = reader.identifier(self._account)
        if not account and not reader.refused:
            reader.refuse(self._account, "intake.account_missing", reader.raw(self._account))
        name = reader.text(Field.NAME, 200)
        if not reader.refused and (not name or name in {"-", "/", "无"}):
            reader.refuse(Field.NAME, "intake.name_missing", name)
        try:
            currency = cells.currency(reader.text(Field.CURRENCY))
        except cells.Unreadable as bad:
            currency = "CNY"
            reader.refuse(Field.CURRENCY, bad.reason.code, reader.raw(Field.CURRENCY))
        places = exponent(currency)
        money = {f: reader.amount(f, places, needed=f in _NEEDED) for f in _AMOUNTS if f in self._fields}
        for part, minor in money.items():
            if minor:
                self._sums[part] += minor
        amount = money.get(Field.AMOUNT)
        if amount is None and not reader.refused:
            reader.refuse(Field.AMOUNT, "intake.amount_missing", reader.raw(Field.AMOUNT))
        if amount is not None and amount < 0:
            reader.refuse(Field.AMOUNT, "intake.amount_negative", reader.raw(Field.AMOUNT))
        row = self._built(account, name, currency, amount or 0, money)
        if reader.refused:
            return None
        first = self._owner._seen.setdefault(account, (row.sheet, row.line))
        if first != (row.sheet, row.line):
            reader.refuse(self._account, "intake.account_twice", account, sheet=first[0], line=first[1])
            return None
        self._look_over(row)
        return row

    def _built(
        self, account: str, name: str, currency: str, amount: int, money: dict[Field, int | None]
    ) -> PlacementRow:
        reader = self._reader
        contacts = self._contact_list()
        return PlacementRow(
            sheet=reader.sheet,
            line=reader.line,
            placement_no=reader.identifier(Field.PLACEMENT_NO) or self._title_number,
            placed_on=reader.day(Field.PLACED_ON) or self._title_day,
            round=reader.text(Field.ROUND),
            customer_no=reader.identifier(Field.CUSTOMER_NO),
            name=name,
            id_type=reader.text(Field.ID_TYPE),
            id_no=reader.identifier(Field.ID_NO).upper(),
            card_tail=self._card_tail(),
            account_no=account,
            currency=currency,
            credit_limit=money.get(Field.CREDIT_LIMIT),
            amount=amount,
            principal=money.get(Field.PRINCIPAL),
            interest=money.get(Field.INTEREST),
            penalty=money.get(Field.PENALTY),
            fees=money.get(Field.FEES),
            minimum_due=money.get(Field.MINIMUM_DUE),
            days_past_due=reader.count(Field.DAYS_PAST_DUE, 0, 36_500),
            statement_day=reader.count(Field.STATEMENT_DAY, 1, 31, needed=False),
            due_on=reader.day(Field.DUE_ON),
            last_paid_on=reader.day(Field.LAST_PAID_ON, needed=False),
            last_paid=money.get(Field.LAST_PAID),
            previous_overdue=reader.count(Field.PREVIOUS_OVERDUE, 0, 9_999, needed=False),
            opened_on=reader.day(Field.OPENED_ON, needed=False),
            mobiles=reader.phones(Field.MOBILE),
            home_phones=reader.phones(Field.HOME_PHONE),
            employer=reader.text(Field.EMPLOYER),
            work_phones=reader.phones(Field.WORK_PHONE),
            home_address=reader.text(Field.HOME_ADDRESS),
            registered_address=reader.text(Field.REGISTERED_ADDRESS),
            contacts=contacts,
            remark=reader.text(Field.REMARK, REMARK_LIMIT),
            extras=reader.extras(),
        )

    def _card_tail(self) -> str:
        reader = self._reader
        given = reader.raw(Field.CARD_TAIL)
        if given == "" or given is None:
            card = reader.identifier(Field.CARD_NO)
            return card[-4:] if len(card) >= 12 else ""
        tail = reader.identifier(Field.CARD_TAIL)
        if tail and type(given) is not str and len(tail) < 4:
            tail = tail.zfill(4)  # all that a number can lose is the zeros in front, and a tail has four digits
        return tail

    def _contact_list(self) -> tuple[Contact, ...]:
        reader = self._reader
        found: list[Contact] = []
        for group in self._contacts:
            by_name = group.get(Field.CONTACT_NAME)
            by_relation = group.get(Field.CONTACT_RELATION)
            by_phone = group.get(Field.CONTACT_PHONE)
            name = reader.text_at(by_name) if by_name else ""
            numbers = reader.phones_at(by_phone) if by_phone else ()
            relation = reader.text_at(by_relation) if by_relation else ""
            if not name and not relation and not numbers:
                continue
            if not relation:
                relation = next(iter(group.values())).relation
            found.extend(Contact(name, relation, number) for number in numbers or ("",))
        return tuple(found)

    def _look_over(self, row: PlacementRow) -> None:
        """What is odd but does not keep a row out: the bank's figures win, a person decides."""
        reader = self._reader
        if row.id_no and _RESIDENT_ID.match(row.id_type):
            doubt = cells.id_doubt(row.id_no)
            if doubt:
                reader.warn(Field.ID_NO, doubt, row.id_no)
        elif not row.id_no:
            reader.warn(Field.ID_NO, "intake.id_missing")
        if row.principal is not None and row.interest is not None and row.penalty is not None:
            parts = row.principal + row.interest + row.penalty + (row.fees or 0)
            if parts != row.amount:
                reader.warn(Field.AMOUNT, "intake.parts_differ", reader.raw(Field.AMOUNT))
        if row.amount == 0:
            reader.warn(Field.AMOUNT, "intake.amount_zero", reader.raw(Field.AMOUNT))
        if not row.mobiles and not row.home_phones and not row.work_phones:
            reader.warn(Field.MOBILE, "intake.no_number")
        if "*" in row.account_no:
            reader.warn(self._account, "intake.account_masked", row.account_no)
        if row.card_tail and (len(row.card_tail) != 4 or not row.card_tail.isdigit()):
            reader.warn(Field.CARD_TAIL, "intake.card_tail_form", row.card_tail)

    def _check_total(self, line: int, row: Sequence[Any]) -> None:
        for column in self._columns:
            if column.field not in self._sums or row[column.index] == "":
                continue
            try:
                cell = row[column.index]
                places = 2 if column.scale == 1 else 6
                stated = cells.amount(cell.strip() if type(cell) is str else cell, places)
            except cells.Unreadable:
                continue
            if stated is None:
                continue
            check = TotalCheck(self._sheet.name, line, column.header, stated, self._sums[column.field])
            self._owner._totals.append(check)
            if not check.matches:
                reason = msg("intake.total_differs", stated=Money(stated), computed=Money(check.computed))
                self._owner._problems.append(
                    Problem(self._sheet.name, line, column.header, str(cell), reason, Severity.WARNING)
                )
