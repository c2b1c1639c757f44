"""The careless files lying beside the project, read as their own page says they should be."""

from datetime import date
from pathlib import Path

import pytest

from collector_desk.intake.placement import read_placement
from collector_desk.intake.problems import ProblemSeverity
from collector_desk.intake.values import PlacementFile
from collector_desk.parsing import files

pytestmark = pytest.mark.shared
TODAY = date(2026, 11, 30)


@pytest.fixture
def careless(shared_data: Path) -> Path:
    return shared_data / "careless"


def read(path: Path) -> PlacementFile:
    return read_placement(path, path.name, today=TODAY)


def refused(found: PlacementFile) -> dict[int, set[str]]:
    lines: dict[int, set[str]] = {}
    for problem in found.problems:
        if problem.severity is ProblemSeverity.REFUSED:
            lines.setdefault(problem.line, set()).add(problem.reason.code)
    return lines


def told(found: PlacementFile) -> set[tuple[int, str]]:
    return {(problem.line, problem.reason.code) for problem in found.problems}


def test_days_of_a_1904_book(careless: Path) -> None:
    found = read(careless / "days-of-a-1904-book.xlsx")
    assert [row.due_on for row in found.rows] == [date(2026, 10, 15)]
    assert (2, "intake.day_serial_1904") in told(found)


def test_error_cells(careless: Path) -> None:
    found = read(careless / "error-cells.xlsx")
    assert (len(found.rows), refused(found)) == (0, {2: {"intake.sheet_error"}})


def test_marks_for_no_day(careless: Path) -> None:
    found = read(careless / "no-day-marks.xlsx")
    assert [row.due_on for row in found.rows] == [None, None, date(2026, 10, 15)]
    assert {(2, "intake.no_day"), (3, "intake.no_day")} <= told(found)


def test_marks_that_keep_text_and_characters_nobody_sees(careless: Path) -> None:
    found = read(careless / "marks-that-keep-text.csv")
    assert [row.name for row in found.rows] == ["张三", "李四", "王五"]
    assert found.rows[0].mobiles == ("16100130021",)


def test_a_tab_behind_every_value(careless: Path) -> None:
    found = read(careless / "a-tab-behind-every-value.csv")
    assert (len(found.rows), found.set_aside, {row.amount for row in found.rows}) == (9, 0, {123_456})


def test_currencies_by_format(careless: Path) -> None:
    found = read(careless / "currency-by-format.xlsx")
    assert [(row.line, row.currency) for row in found.rows] == [
        (2, "USD"), (3, "HKD"), (4, "USD"), (6, "EUR"), (7, "CNY"), (8, "CNY"),
    ]  # fmt: skip
    assert refused(found) == {5: {"intake.too_many_decimals"}}  # 1,234.56 yen


def test_what_the_format_shows(careless: Path) -> None:
    found = read(careless / "what-the-format-shows.xlsx")
    assert [(row.account_no, row.amount) for row in found.rows] == [
        ("0000000062260001", 123_456),
        ("6226000000000002", 1_230_000),
    ]
    assert refused(found) == {4: {"intake.not_a_count"}}


def test_a_hidden_column(careless: Path) -> None:
    found = read(careless / "a-hidden-column.xlsx")
    assert {row.amount for row in found.rows} == {123_456}
    assert {"intake.hidden_columns", "intake.hidden_twice"} <= {code for _, code in told(found)}


def test_days_against_dates(careless: Path) -> None:
    found = read(careless / "days-against-dates.csv")
    assert set(refused(found)) == {3, 5, 8, 9, 11, 14}
    said = told(found)
    assert {(4, "intake.no_day"), (6, "intake.days_differ"), (10, "intake.opened_after_due")} <= said
    assert {(12, "intake.days_differ"), (15, "intake.age_unknown")} <= said
    assert not [code for line, code in said if line == 2]
    assert {row.line: row.days_past_due for row in found.rows}[13] == -3


@pytest.mark.parametrize("number", range(9))
def test_the_window_reads_them_as_the_reader_does(careless: Path, number: int) -> None:
    path = sorted(each for each in careless.iterdir() if each.suffix in {".csv", ".xlsx"})[number]
    over, here = files.read_placement(path, today=TODAY), read(path)
    assert list(over.rows) == list(here.rows)
    assert [(p.line, p.reason) for p in over.problems] == [(p.line, p.reason) for p in here.problems]
