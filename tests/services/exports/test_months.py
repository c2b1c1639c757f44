"""A placement's month goes out as a workbook or a paper, each file a numbered line of history."""

import io
import re
import shutil
import subprocess

import pypdf
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from collector_desk.domain.exports.month import tables
from collector_desk.domain.message import Refused
from collector_desk.domain.money.reconciling import Month
from collector_desk.domain.vocabulary import Role
from collector_desk.services.exports import months
from collector_desk.services.money import reconciling, theirs
from collector_desk.store import tables as t
from collector_desk.words.messages import render
from tests.services.money.conftest import bank
from tests.services.money.test_reconciling import PEOPLE, lead, look, tells

__all__ = ["PEOPLE", "bank", "lead", "tells"]
NOV, DEC = Month(2026, 11), Month(2026, 12)


@pytest.fixture
def seen(lead, debtor, tells, clock):
    """November is frozen; December has a late row, a reversal, one of nobody's and one that starts a formula."""
    first, second = debtor(balance=100_000), debtor("=某某", balance=200_000)
    clock.forward(days=10)
    tells((first, "2026-11-25", 300, "R1"), (second, "2026-11-26", 2500, "R2"))
    reconciling.freeze(lead, look(lead, NOV))
    clock.forward(days=20)
    tells(
        (first, "2026-11-27", 100, "=1+1"),
        (first, "2026-12-02", -300, "R1"),
        ("6299999999999999", "2026-12-03", 20, "R9"),
    )
    return look(lead, DEC)


def test_the_workbook_has_every_row_and_no_formula(lead, seen, tmp_path):
    sent = months.export(lead, seen, tmp_path / "对账.xlsx", "zh_CN")
    assert sent.number == "K7M-U1001"
    book = load_workbook(tmp_path / "对账.xlsx")
    assert book.sheetnames == ["汇总", "说明", "迟到", "差异", "结案退案", "待处理", "逐户", "逐笔"]
    figures = {row[0].value: row[1].value for row in book["汇总"].iter_rows(min_row=2)}
    assert (figures["期初"], figures["还款"], figures["冲正"], figures["期末"]) == (700, 100, 300, 900)
    told = {row[0].value: row[1].value for row in book["说明"].iter_rows(min_row=2)}
    assert told["银行对账单"] == "银行对账单：未收到，未作比对。"
    assert told["截至"] == "2026-12-23 10:00"
    late = [cell.value for cell in book["迟到"][2]]
    assert (late[2], late[5], late[6], late[7]) == ("2026-11-27", "'=1+1", "无", "已计入")
    assert book["逐户"].max_row == 3
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    text = " ".join(str(cell.value) for page in book for row in page.iter_rows() for cell in row)
    assert "朱雪彩" not in text
    with lead.store.read() as conn:
        (kept,) = conn.execute(select(t.month_export)).all()
    assert (kept.month, kept.frozen, kept.sha256) == ("2026-12", False, sent.sha256)


def test_the_paper_is_numbered_and_fit_to_be_kept(lead, seen, tmp_path):
    target = tmp_path / "对账.pdf"
    months.export(lead, seen, target, "zh_CN")
    sent = months.export(lead, look(lead, NOV), tmp_path / "十一月.pdf", "en")
    assert sent.number == "K7M-U1002"
    reader = pypdf.PdfReader(io.BytesIO(target.read_bytes()))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "K7M-U1001" in text
    assert "900.00" in text
    assert "R9" not in text
    about = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "/OutputIntents" in reader.trailer["/Root"]
    subprocess.run(["qpdf", "--check", target], check=True, capture_output=True)
    frozen = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "十一月.pdf").pages)
    assert "Frozen by" in frozen
    # among the facts, and in place of differences, where "none" would say that both agree
    assert frozen.count("not received. Nothing is compared.") == 2


def ends_of(pdf, wanted):
    """Where on the page each figure that reads so ends, from the left, as it is drawn."""
    box = re.compile(r'<word xMin="[\d.]+" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)</word>')
    drawn = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return [float(end) for end, word in box.findall(drawn) if word in wanted]


def test_figures_of_the_paper_stand_under_each_other_at_the_right(lead, seen, tmp_path):
    months.export(lead, seen, tmp_path / "对账.pdf", "zh_CN")
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not here")
    ends = ends_of(tmp_path / "对账.pdf", {"700.00", "900.00", "0.00"})
    assert len(ends) >= 6
    assert max(ends[:4]) - min(ends[:4]) < 0.5


def test_a_difference_of_totals_says_that_it_is_of_the_whole(lead, seen, tmp_path):
    statement = tmp_path / "对账单.csv"
    statement.write_text("本月还款,期末余额\n1,2\n", "utf-8")
    theirs.take(lead, seen.placement_id, DEC, statement)
    (table,) = (
        one for one in tables(look(lead, DEC), lambda words: render(words, "zh_CN")) if one.name == "differences"
    )
    rows = [row[1] for row in table.rows()]
    assert rows == ["整个委案", "整个委案"]
    assert table.count == len(rows)


def test_every_table_says_how_many_rows_it_has(lead, seen):
    for table in tables(seen, lambda words: render(words, "en")):
        assert table.count == len(list(table.rows())), table.name


def test_who_may_not_export_gets_no_file(seat_of, agent, seen, lead, tmp_path):
    with pytest.raises(Refused):
        months.export(agent, seen, tmp_path / "a.xlsx", "en")
    with pytest.raises(Refused):
        months.export(lead, seen, tmp_path / "a.docx", "en")
    months.export(lead, seen, tmp_path / "a.xlsx", "en")
    with pytest.raises(Refused):
        months.export(lead, seen, tmp_path / "a.xlsx", "en")
    assert Role.LEAD in lead.person.roles
    assert [one.name for one in tmp_path.glob("*.xlsx")] == ["a.xlsx"]
