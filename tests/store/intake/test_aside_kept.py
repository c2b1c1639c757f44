"""Rows set aside as they are kept."""

import pytest

from collector_desk.domain.message import msg
from collector_desk.intake.values import AsideRow, TableHead
from collector_desk.store import tables as t
from collector_desk.store.intake import aside
from tests.samples.ids import an_id

HEADS = [TableHead("一", (1, 2), (("标题",), ("姓名", "账号"))), TableHead("二", (1,), (("姓名", "账号"),))]


@pytest.fixture
def batch(filed):
    def make(**said) -> str:
        return filed(t.batch, file_id=filed(t.received_file, **said), state="visible")

    return make


def kept(conn, batch_id):
    """Three rows, not in the file's order."""
    ids = aside.keep_heads(conn, batch_id, HEADS)
    rows = [AsideRow(0, 9, ("张三", 12.5)), AsideRow(1, 3, (None, "x")), AsideRow(0, 4, ("李四", "6200"))]
    aside.keep_rows(conn, batch_id, ids, rows)


def test_rows_come_back_cell_for_cell_in_the_files_order(conn, batch):
    here, other = batch(), batch()
    for each in (here, other):
        kept(conn, each)
    found = aside.rows_of(conn, here)
    assert [(row.head, row.line, row.cells) for row in found] == [
        (HEADS[0], 4, ("李四", "6200")),
        (HEADS[0], 9, ("张三", 12.5)),
        (HEADS[1], 3, (None, "x")),
    ]
    assert {(row.batch_id, row.corrections, row.taken_batch) for row in found} == {(here, 0, None)}
    some = aside.rows_by_id(conn, [found[1].id, an_id("none"), found[0].id])
    assert some == found[:2]


def test_what_was_corrected_last_stands_in_the_cell(conn, batch, filed):
    kept(conn, batch_id := batch())
    row = aside.rows_of(conn, batch_id)[0]
    for value in ("62001", "62002"):
        filed(t.aside_correction, row_id=row.id, batch_id=batch_id, place=1, value=value, reason="核对")
    (again,) = aside.rows_by_id(conn, [row.id])
    assert (again.cells, again.original, again.corrections) == (("李四", "62002"), ("李四", "6200"), 2)


def test_rows_that_came_in_wait_no_more_and_keep_with_whom(conn, batch):
    batch_id, first, later = batch(), batch(), batch()
    kept(conn, batch_id)
    kept(conn, first)
    ids = [row.id for row in aside.rows_of(conn, batch_id)]
    aside.mark_taken(conn, ids[:2], first)
    aside.mark_taken(conn, ids[1:2], later)
    assert [row.taken_batch for row in aside.rows_of(conn, batch_id)] == [first, first, None]
    assert aside.open_counts(conn) == {batch_id: 1, first: 3}


def test_why_rows_stayed_out_by_sheet_and_line(conn, batch, filed):
    batch_id = batch()
    for line, severity in ((4, "refused"), (4, "warning"), (5, "refused")):
        said = {"reason_code": "intake.not_an_amount", "reason_params": {"line": line}, "severity": severity}
        filed(t.set_aside_row, batch_id=batch_id, sheet="一", line=line, **said)
    filed(t.set_aside_row, batch_id=batch(), sheet="一", line=6, severity="refused")
    assert aside.reasons_of(conn, batch_id) == {
        ("一", line): [msg("intake.not_an_amount", line=line)] for line in (4, 5)
    }


@pytest.mark.parametrize(("content", "workbook"), [(b"PK\3\4", True), (b"\xd0\xcf\x11", True), (b"a,b", False)])
def test_the_file_a_batch_came_in(conn, batch, filed, content, workbook):
    batch_id = batch(filename="名单.xlsx", sha256="a" * 64)
    file_id = conn.execute(t.batch.select().where(t.batch.c.id == batch_id)).one().file_id
    filed(t.received_piece, file_id=file_id, position=0, content=content)
    found = aside.file_of(conn, batch_id)
    assert (found.id, found.filename, found.sha256, found.workbook) == (file_id, "名单.xlsx", "a" * 64, workbook)
