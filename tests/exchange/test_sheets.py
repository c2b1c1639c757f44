"""Tables that leave the house: every text arrives as it is, as text, in both kinds of file."""

import csv
import io
from decimal import Decimal
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from collector_desk.domain.text.cells import MOST, one_line, safe_cell
from collector_desk.exchange.sheets import SheetFormat, write_sheet
from tests.samples.hostile import HIDDEN, HOSTILE


def written(kind: SheetFormat, rows, encoding: str = "utf-8-sig") -> io.BytesIO:
    out = io.BytesIO()
    write_sheet(out, kind, ["甲", "=乙"], rows, title="催记", encoding=encoding)
    return out


def read_csv(out: io.BytesIO, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(out.getvalue().decode(encoding), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u3000+"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert safe_cell(f"{start}1") == f"'{start}1"


def test_what_it_would_not_stays() -> None:
    for text in ("13800", "张三", "", "'", "a=b", "1-2"):
        assert safe_cell(text) == text


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_becomes_one_line_that_shows_everything(text: str) -> None:
    line = one_line(text)
    assert not HIDDEN & set(line)
    assert not set("\n\t\r") & set(line)
    assert len(line) <= MOST


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_arrives_whole_and_runs_nowhere(text: str) -> None:
    line = one_line(text)
    page = load_workbook(written(SheetFormat.XLSX, [[line, line]]))["催记"]
    for cell in page[2]:
        assert cell.data_type != "f"
        assert (cell.value or "") == safe_cell(line)
    assert page["B1"].value == "'=乙"
    assert page.freeze_panes == "A2"
    (_, row) = read_csv(written(SheetFormat.CSV, [[line, line]]))
    assert row == [safe_cell(line)] * 2


def test_amounts_are_numbers_and_long_figures_texts() -> None:
    out = written(SheetFormat.XLSX, [[Decimal("1234.50"), "6222021234567890123"], [Decimal(700), 12]])
    page = load_workbook(out)["催记"]
    assert (page["A2"].value, page["A2"].number_format, page["B2"].value) == (1234.5, "0.00", "6222021234567890123")
    assert (page["A3"].value, page["A3"].number_format, page["B3"].value) == (700, "General", 12)
    assert read_csv(written(SheetFormat.CSV, [[Decimal("1234.50"), 12]]))[1] == ["1234.50", "12"]


def test_the_banks_encoding() -> None:
    out = written(SheetFormat.CSV, [["𠮷 €", "x"]], "gb18030")
    assert read_csv(out, "gb18030") == [["甲", "'=乙"], ["𠮷 €", "x"]]


def test_text_that_looks_like_an_escaped_character_stays_what_it_is() -> None:
    out = written(SheetFormat.XLSX, [["_x003D_1+1", "x"]])
    assert b"_x005F_x003D_1+1" in ZipFile(out).read("xl/worksheets/sheet1.xml")


def test_what_fails_half_way_leaves_the_file_open_for_who_made_it() -> None:
    def rows():
        yield ["a", "b"]
        raise KeyError("x")

    for kind in SheetFormat:
        out = io.BytesIO()
        with pytest.raises(KeyError):
            write_sheet(out, kind, ["甲", "乙"], rows(), title="催记", encoding="utf-8-sig")
        assert not out.closed
