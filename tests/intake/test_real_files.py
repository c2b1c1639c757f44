"""The customer's own files, against a reckoning that shares nothing with the reader but the file."""

import csv
import hashlib
import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from collector_desk.intake.layout import RowKind, SheetKind
from collector_desk.intake.payments import read_payments
from collector_desk.intake.placement import read_placement
from collector_desk.intake.problems import ProblemSeverity

pytestmark = pytest.mark.shared
_PARTS = ("委案金额", "本金", "利息", "违约金", "最低还款额")


def cents(cell: object) -> int:
    return int((Decimal(str(cell).replace(",", "")) * 100).to_integral_exact())


def test_the_workbook_is_read_exactly(shared_data: Path) -> None:
    path = shared_data / "placement-2026-11-a.xlsx"
    found = read_placement(path, path.name)
    page = load_workbook(path).worksheets[0]
    table = [row for row in page.iter_rows(values_only=True) if row[0] and str(row[0]).startswith("XK")]
    header = next(row for row in page.iter_rows(values_only=True) if row[0] == "委案批次号")
    at = {name: header.index(name) for name in header}
    assert len(found.rows) == len(table) == 3000
    assert [r.account_no for r in found.rows] == [row[at["账户号"]] for row in table]
    assert [r.id_no for r in found.rows] == [row[at["证件号码"]] for row in table]
    assert [r.name for r in found.rows] == [row[at["客户姓名"]] for row in table]
    assert [r.due_on for r in found.rows] == [row[at["到期还款日"]].date() for row in table]
    for name, part in zip(_PARTS, ("amount", "principal", "interest", "penalty", "minimum_due"), strict=True):
        assert [getattr(r, part) for r in found.rows] == [cents(row[at[name]]) for row in table]
    assert found.amounts == {"CNY": 17_557_880_255}
    assert [(c.stated, c.matches) for c in found.totals] == [(17_557_880_255, True)]
    data, notes = found.sheets
    kinds = [RowKind.TITLE, RowKind.TITLE, RowKind.HEADER, RowKind.TOTAL, RowKind.SIGNATURE]
    assert [r.kind for r in data.recognised] == kinds
    assert (data.rows, data.accepted, data.set_aside, data.blank) == (3006, 3000, 0, 1)
    assert notes.kind is SheetKind.NOTES
    assert all(column.field is not None for sheet in found.sheets for column in sheet.columns)
    assert {p.severity for p in found.problems} == {ProblemSeverity.NOTE}
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_text_file_is_read_exactly(shared_data: Path) -> None:
    path = shared_data / "placement-2026-11-b.csv"
    found = read_placement(path, path.name)
    table = list(csv.DictReader(io.StringIO(path.read_bytes().decode("gb18030"))))
    assert len(found.rows) == len(table) == 2121
    assert [r.account_no for r in found.rows] == [row["账户号"].strip() for row in table]
    assert [r.id_no for r in found.rows] == [row["证件号码"].strip() for row in table]
    assert [r.name for r in found.rows] == [row["客户姓名"] for row in table]
    assert [f"{r.due_on:%Y%m%d}" for r in found.rows] == [row["到期还款日"] for row in table]
    for name, part in zip(_PARTS, ("amount", "principal", "interest", "penalty", "minimum_due"), strict=True):
        assert [getattr(r, part) for r in found.rows] == [cents(row[name]) for row in table]
    assert found.amounts == {"CNY": 12_912_524_483}
    assert {"𬭎", "䶮", "㛃"} <= set("".join(r.name for r in found.rows))
    assert (found.encoding, found.set_aside) == ("gb18030", 0)
    assert [p.reason.code for p in found.problems] == ["intake.tab_stripped"] * 2  # one a column


def test_the_payments_are_read_exactly(shared_data: Path) -> None:
    path = shared_data / "payments-2026-11.csv"
    found = read_payments(path, path.name)
    table = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert len(found.rows) == len(table) == 1299
    assert [r.amount for r in found.rows] == [cents(row["还款金额"]) for row in table]
    assert [(r.account_no, r.reference) for r in found.rows] == [(row["账户号"], row["流水号"]) for row in table]
    assert [f"{r.posted_on}" for r in found.rows] == [row["还款日期"] for row in table]
