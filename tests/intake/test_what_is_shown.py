"""What a person sees in a sheet is what is read: number formats, hidden rows and columns, the book's calendar."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from collector_desk.intake import biff, opendocument
from collector_desk.intake.counts import read_counts
from collector_desk.intake.formats import shown_by
from collector_desk.intake.payments import read_payments
from collector_desk.intake.placement import read_placement
from collector_desk.intake.problems import ProblemSeverity
from collector_desk.intake.values import PlacementFile
from tests.samples.bank_files import id_number

HEADER = ["账户号", "客户姓名", "证件号码", "委案金额", "逾期天数", "到期还款日"]
GOOD = ["A1", "甲", id_number(1), 1234.56, 45, "2026-10-15"]


def book(rows: Sequence[Sequence[Any]], formats: Mapping[str, str] = {}) -> Workbook:
    found = Workbook()
    page = found.active
    for row in rows:
        page.append(list(row))
    for place, code in formats.items():
        page[place].number_format = code
    return found


def saved(found: Workbook) -> bytes:
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def read(rows: Sequence[Sequence[Any]], formats: Mapping[str, str] = {}) -> PlacementFile:
    return read_placement(saved(book(rows, formats)), "a.xlsx")


def refused(found: PlacementFile) -> list[tuple[int, str, str]]:
    return [(p.line, p.column, p.reason.code) for p in found.problems if p.severity is ProblemSeverity.REFUSED]


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("[$US$-409]#,##0.00", 1234.56, "US$1234.56"),
        ("[$-804]#,##0.00", 1234.56, None),
        ("[$¥-411]#,##0", 1200.0, "JPY 1200"),
        ("#,##0.00 [$€-1]", 5.0, "5€"),
        ("¥#,##0.00;-¥#,##0.00", -5.5, None),
        ('0.00"万元"', 1.23, "1.23万元"),
        ('0!.0,"万"', 12345.0, None),  # scaled for the eye: the number itself is yuan
        ("0000000000", 123.0, "0000000123"),
        ("000-0000-0000", 16100130001.0, "16100130001"),
        ('"M"0', 2.0, "M2"),
        ("0%", 0.05, "5%"),
        ('yyyy"年"m"月"d"日"', 46000.0, None),
        ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", 5.0, None),
        ("General", 5.0, None),
        ("@", 5.0, None),
        ("0.00E+00", 5.0, None),
    ],
)
def test_a_format_tells_what_the_number_alone_does_not(code: str, number: float, shown: str | None) -> None:
    found = shown_by(code)
    assert (found(number) if found else None) == (shown.replace(" ", "") if shown else None)


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ("[$US$-409]#,##0.00", "USD"),
        ('"USD "0.00', "USD"),
        ("[$HK$-C04]0.00", "HKD"),
        ("0.00 [$€-1]", "EUR"),
        ("¥0.00", "CNY"),
    ],
)
def test_the_currency_of_a_format_is_the_accounts(code: str, currency: str) -> None:
    (row,) = read([HEADER, GOOD], {"D2": code}).rows
    assert (row.currency, row.amount) == (currency, 123_456)


def test_a_formats_currency_against_the_column_keeps_the_row_out() -> None:
    found = read([[*HEADER, "币种"], [*GOOD, "人民币"]], {"D2": "[$US$-409]0.00"})
    assert refused(found) == [(2, "委案金额", "intake.other_currency")]
    found = read([HEADER, GOOD], {"D2": '"$"0.00'})  # whose dollars?
    assert refused(found) == [(2, "委案金额", "intake.other_currency")]


def test_units_zeros_and_words_of_formats_are_read() -> None:
    formats = {"A2": "0000000000000000", "D2": '0.00"万元"', "E2": '0"天"'}
    (row,) = read([HEADER, [62260001, *GOOD[1:3], 1.23, 45, GOOD[5]]], formats).rows
    assert (row.account_no, row.amount, row.days_past_due) == ("0000000062260001", 1_230_000, 45)
    found = read([HEADER, [*GOOD[:4], 2, GOOD[5]]], {"E2": '"M"0'})
    assert refused(found) == [(2, "逾期天数", "intake.not_a_count")]


def test_a_unit_in_the_cell_against_the_headings_keeps_the_row_out() -> None:
    header = [*HEADER[:3], "委案金额(万元)", *HEADER[4:]]
    assert read([header, [*GOOD[:3], "1.5万", *GOOD[4:]]]).rows[0].amount == 1_500_000
    found = read([header, [*GOOD[:3], "15000元", *GOOD[4:]]])
    assert refused(found) == [(2, "委案金额(万元)", "intake.other_unit")]


def test_payments_and_counts_are_read_as_shown_too() -> None:
    rows = [["账户号", "还款日期", "还款金额", "流水号"], ["A1", "2026-11-03", 1.5, "L1"]]
    payments = read_payments(saved(book(rows, {"C2": '0.0"万"'})), "p.xlsx")
    assert payments.rows[0].amount == 1_500_000
    dollars = read_payments(saved(book(rows, {"C2": "[$US$-409]0.00"})), "p.xlsx")
    assert (dollars.rows[0].currency, dollars.rows[0].amount) == ("USD", 150)
    from datetime import UTC, datetime

    now = datetime(2026, 11, 30, 4, tzinfo=UTC)
    table = [["账户号", "有效通话次数", "接通次数"], [62001, 1, 2]]
    counts = read_counts(saved(book(table, {"A2": "00000000", "B2": '0"次"'})), "c.xlsx", now=now, zone=UTC)
    assert (counts.rows[0].account_no, counts.rows[0].effective) == ("00062001", 1)


def test_a_book_of_1904_is_read_by_its_own_calendar() -> None:
    old = book([HEADER, [*GOOD[:5], 44848], [*("A2", "乙", id_number(2), 5, 45), date(2026, 10, 15)]])
    old.epoch = CALENDAR_MAC_1904
    found = read_placement(saved(old), "a.xlsx")
    assert [row.due_on for row in found.rows] == [date(2026, 10, 15)] * 2
    assert "intake.day_serial_1904" in {p.reason.code for p in found.problems}


def test_a_hidden_column_is_told_and_gives_way_to_one_that_is_seen() -> None:
    header = [*HEADER[:3], "委案金额", "逾期金额", *HEADER[4:]]
    hidden = book([header, ["A1", "甲", id_number(1), 9999.99, 1234.56, 45, "2026-10-15"]])
    hidden.active.column_dimensions["D"].hidden = True
    found = read_placement(saved(hidden), "a.xlsx")
    assert found.rows[0].amount == 123_456
    assert ("委案金额", "9999.99") in found.rows[0].extras
    said = {p.reason.code: p.reason.params for p in found.problems}
    assert said["intake.hidden_columns"]["columns"] == ("D 委案金额",)
    assert said["intake.hidden_twice"]["other"] == "E 逾期金额"
    assert "intake.column_twice" not in said


def test_a_hidden_column_that_nothing_else_says_is_read_and_told() -> None:
    hidden = book([HEADER, GOOD])
    hidden.active.column_dimensions["C"].hidden = True
    found = read_placement(saved(hidden), "a.xlsx")
    assert found.rows[0].id_no == id_number(1)
    assert "intake.hidden_columns" in {p.reason.code for p in found.problems}


def test_hidden_rows_of_payments_are_told() -> None:
    hidden = book([["账户号", "还款日期", "还款金额"], ["A1", "2026-11-03", 1], ["A2", "2026-11-03", 2]])
    hidden.active.row_dimensions[3].hidden = True
    found = read_payments(saved(hidden), "p.xlsx")
    assert [p.reason.params["rows"] for p in found.problems if p.reason.code == "intake.hidden_rows"] == [1]


# --- OpenDocument ----------------------------------------------------------------------------------


def ods(rows: Sequence[Sequence[str]], columns: str = "", settings: str = "", hidden: int = 0) -> bytes:
    """A sheet of cells given as XML, or as words."""
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text")
    )

    def cell(given: str) -> str:
        if given.startswith("<"):
            return given
        return f'<table:table-cell office:value-type="string"><text:p>{given}</text:p></table:table-cell>'

    lines = [
        ('<table:table-row table:visibility="collapse">' if at == hidden and hidden else "<table:table-row>")
        + f"{''.join(map(cell, row))}</table:table-row>"
        for at, row in enumerate(rows)
    ]
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>{settings}'
        f'<table:table table:name="a">{columns}{"".join(lines)}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def figure(value: str, shown: str, more: str = 'office:value-type="float"') -> str:
    return f'<table:table-cell {more} office:value="{value}"><text:p>{shown}</text:p></table:table-cell>'


def test_an_open_document_is_read_as_shown() -> None:
    money = 'office:value-type="currency" office:currency="USD"'
    rows = [
        HEADER,
        ["A1", "甲", id_number(1), figure("1234.56", "US$1,234.56", money), figure("45", "45"), "2026-10-15"],
        ["A2", "乙", id_number(2), figure("1.23", "1.23万元"), figure("45", "45天"), "2026-10-15"],
        ["A3", "丙", id_number(3), figure("5", "5.00"), figure("2", "M2"), "2026-10-15"],
        [
            "A4",
            "丁",
            id_number(4),
            figure("5", "￥5.00", money.replace("USD", "CNY")),
            figure("45", "45"),
            "2026-10-15",
        ],
    ]
    found = read_placement(ods(rows), "a.ods")
    assert [(row.account_no, row.currency, row.amount) for row in found.rows] == [
        ("A1", "USD", 123_456),
        ("A2", "CNY", 1_230_000),
        ("A4", "CNY", 500),
    ]
    assert refused(found) == [(4, "逾期天数", "intake.not_a_count")]


def test_what_an_open_document_hides_and_its_calendar() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="3"/>'
    )
    settings = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    )
    rows = [HEADER] + [[f"A{i}", "甲", id_number(i), "5", "45", figure("44848", "44848")] for i in (1, 2)]
    found = read_placement(ods(rows, columns, settings, hidden=2), "a.ods")
    assert [row.due_on for row in found.rows] == [date(2026, 10, 15)] * 2
    said = {p.reason.code: p.reason.params for p in found.problems}
    assert said["intake.hidden_columns"]["columns"] == ("C 证件号码",)
    assert said["intake.hidden_rows"]["rows"] == 1


@pytest.mark.parametrize("damage", [b"", b"PK", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_open_document_is_left_as_it_is(damage: bytes) -> None:
    found = opendocument.OpenBook(damage)
    assert (found.content, found.known) == (damage, False)


# --- The old .xls ----------------------------------------------------------------------------------


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def old_book(calendar: int = 1) -> bytes:
    """The records of a book: its calendar, two formats, a sheet with a hidden row and column, an error, figures."""
    dollars = "[$US$-409]0.00"
    globals_ = record(0x0809, b"\x00\x06" + b"\x05\x00" + bytes(12)) + record(0x0022, struct.pack("<H", calendar))
    globals_ += record(0x041E, struct.pack("<HH", 164, len(dollars)) + b"\0" + dollars.encode("latin-1"))
    globals_ += record(0x00E0, struct.pack("<HH", 0, 0) + bytes(16)) + record(
        0x00E0, struct.pack("<HH", 0, 164) + bytes(16)
    )
    sheet_record = struct.pack("<IH", 0, 0) + bytes([2, 1]) + "数据".encode("utf-16-le")
    start = len(globals_) + 4 + len(sheet_record) + 4
    sheet_record = struct.pack("<I", start) + sheet_record[4:]
    stream = globals_ + record(0x0085, sheet_record) + record(0x000A, b"")
    stream += record(0x0809, b"\x00\x06" + b"\x10\x00" + bytes(12)) + record(
        0x007D, struct.pack("<HHHHHH", 2, 3, 0, 0, 1, 0)
    )
    stream += record(0x0208, struct.pack("<HHHHHHHH", 1, 0, 9, 255, 0, 0, 0x20, 0))
    stream += record(0x0205, struct.pack("<HHHBB", 1, 4, 0, 42, 1)) + record(
        0x0203, struct.pack("<HHHd", 1, 3, 1, 5.0)
    )
    stream += record(
        0x00BD,
        struct.pack("<HH", 2, 3) + struct.pack("<HI", 1, 0) + struct.pack("<HI", 0, 0) + struct.pack("<H", 4),
    )
    stream += record(0x0006, struct.pack("<HHH", 2, 5, 0) + b"\x02\0\x2a\0\0\0\xff\xff" + bytes(8)) + record(
        0x000A, b""
    )
    return stream


def test_an_old_book_tells_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(biff, "_workbook", lambda content: content)
    found = biff.OldBook(old_book())
    assert (found.known, found.from_1904) == (True, True)
    marks = found.marks("数据")
    assert (marks.broken, marks.hidden_rows, marks.hidden_columns) == (((1, 4), (2, 5)), 1, {2, 3})
    assert [(row, column, shown(5.0)) for row, column, shown in marks.shown] == [(1, 3, "US$5"), (2, 3, "US$5")]
    assert not biff.OldBook(old_book(0)).from_1904


@pytest.mark.parametrize("cut", range(0, 300, 7))
def test_an_old_book_cut_short_is_no_fault_of_ours(monkeypatch: pytest.MonkeyPatch, cut: int) -> None:
    monkeypatch.setattr(biff, "_workbook", lambda content: content)
    biff.OldBook(old_book()[:cut]).marks("数据")


def test_what_cannot_be_looked_at_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collector_desk.intake.sheetxml.Book._parts", lambda self, archive: False)
    found = read([HEADER, GOOD])
    assert "intake.formats_unseen" in {p.reason.code for p in found.problems}
