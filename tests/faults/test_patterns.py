"""No pattern of the program takes a time that grows with the square of what somebody gives it, or worse."""

import io
import json
import re
import signal
import subprocess
import sys
import zipfile

import pytest

from collector_desk.intake import sheetxml
from collector_desk.intake.reading import read_file
from tests.faults.pattern_worker import Found, tried, within

WORKER = "tests.faults.pattern_worker"
WIDE = 900  # seconds for all of them, where a minute is usual: only what hangs needs it


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (rb'<row [^>]*?hidden="(?:1|true)"', "search"),
        (r"\s*元整?$", "search"),
        (r"\([^)]*\)", "search"),
        (r"1\s*[:.]?\s*(am)?\s*", "fullmatch"),
        (r"(?:[0-9]+|x)+", "fullmatch"),
        (r"(?:明天|明|天|后天)+", "fullmatch"),
        (r"""(['"])(?:\\.|(?!\1).){1,400}\1""", "search"),
    ],
)
def test_the_texts_find_what_grows_too_fast(pattern: str | bytes, method: str) -> None:
    if not hasattr(signal, "SIGALRM"):
        pytest.skip("no bell there to end what hangs")
    assert within(20, Found(re.compile(pattern), methods={method})) is not None


@pytest.mark.parametrize("pattern", [rb"<row [^<>]*>", r"\d{1,3}(?:,\d{3})*", r"(?:明天|后天)+", r"a+b"])
def test_and_let_alone_what_does_not(pattern: str | bytes) -> None:
    if pattern != r"a+b":  # searched for, it does
        assert tried(Found(re.compile(pattern), methods={"search"})) is None
    assert tried(Found(re.compile(pattern), methods={"fullmatch"})) is None


def test_no_pattern_of_the_source_grows_with_the_square() -> None:
    done = subprocess.run(
        [sys.executable, "-m", WORKER], capture_output=True, text=True, check=False, timeout=WIDE, encoding="utf-8"
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr[-2000:] + str(said[-1:])
    assert said[0]["patterns"] > 140
    assert said[0]["unseen"] == [], "patterns that nobody tries"
    assert [line["slow"] for line in said if "slow" in line] == []


# --- the sheets that froze the window ---------------------------------------------------------------------------


def book(sheet: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml",
            '<workbook xmlns:r="r"><sheets><sheet name="一" sheetId="1" r:id="i1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Target='worksheets/sheet1.xml' Id='i1'/></Relationships>",
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return out.getvalue()


@pytest.mark.parametrize(
    "unit",
    [
        "<row ",
        '<c r="A1" ',
        "<c t='e' ",
        '<c r="A1"><f ',
        "<c><f>1",
        "<c><f></f><v>",
        '<c r="A1" t="e"',
        "<c r=",
        "<",
    ],
)
def test_a_small_book_against_the_reader_is_read_in_no_time(unit: str) -> None:
    """A megabyte of the like: what grows with the square takes hours, and the wide watchdog ends it."""
    sheet = 'hidden="" t="e" <f ' + unit * (1_000_000 // len(unit))
    assert [*sheetxml.Book(book(sheet)).marks("一").shown] == []


def test_errors_formulas_and_hidden_rows_however_they_are_written() -> None:
    sheet = (
        "<x:worksheet xmlns:x='s'><x:sheetData>"
        "<x:row r='2' hidden='1'><x:c t='e' r='B2'><x:v>#REF!</x:v></x:c></x:row>"
        '<row hidden="true"><c><v>1</v></c><c t="e"><v>#N/A</v></c><c><f>A1</f></c></row>'
        '<row r="9"><c r="C9"><f>A1</f><v/></c><c r="D9"><f t="shared" si="1"/><v></v></c>'
        '<c r="E9" t="str"><f>IF(A1="","",1)</f><v></v></c><c r="F9"><f>1+1</f><v>2</v></c>'
        '<c r="G9" t="inlineStr"><is><t>#N/A</t></is></c></row>'
        "</x:sheetData></x:worksheet>"
    )
    seen = sheetxml.Book(book(sheet)).marks("一")
    assert seen.hidden_rows == 2
    assert set(seen.broken) == {(1, 1), (2, 1), (2, 2), (8, 2), (8, 3)}


def test_the_reader_takes_such_a_book_for_what_it_is() -> None:
    from collector_desk.domain.message import Trouble

    with pytest.raises(Trouble, match="damaged"):
        read_file(book('t="e"' + "<row " * 100_000), "a.xlsx")
