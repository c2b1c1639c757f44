from pathlib import Path

from openpyxl import load_workbook

from collector_desk.domain.message import msg
from collector_desk.intake.problems import Problem, ProblemSeverity, problems_workbook
from collector_desk.words.messages import render


def test_a_workbook_of_problems_runs_nothing(tmp_path: Path) -> None:
    nasty = ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", "a\x00b\x1b", "<b>", "张三"]
    found = [
        Problem("=s", n, "=c", value, msg("intake.digits_lost"), ProblemSeverity.REFUSED)
        for n, value in enumerate(nasty)
    ]
    path = tmp_path / "problems.xlsx"
    headings = ("工作表", "行", "列", "内容", "原因", "处理")
    problems_workbook(found, path, words=lambda m: render(m, "zh_CN"), headings=headings)
    page = load_workbook(path).active
    rows = list(page.iter_rows())
    assert [cell.value for cell in rows[0]] == list(headings)
    assert all(cell.data_type in {"s", "n"} for row in rows for cell in row)
    assert [row[3].value for row in rows[1:]] == [
        "'=HYPERLINK(1)",
        "'+1",
        "'-1",
        "'@x",
        "[U+0009]=1",
        "a[U+0000]b[U+001B]",
        "<b>",
        "张三",
    ]
    assert rows[1][5].value == "搁置"
