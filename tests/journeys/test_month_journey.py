"""A lead reconciles and freezes a month by keys alone; the next one says what came late. The store says so too."""

import csv
from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex, Qt
from sqlalchemy import select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.money.payments import FileKind
from collector_desk.domain.money.reconciling import Month
from collector_desk.services.intake import payments, placements
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.money import reconciling
from collector_desk.store import tables as t
from collector_desk.ui.book import month_view
from collector_desk.ui.widgets.tables import PagedRowsModel
from tests.journeys.test_import_journey import ENTER, ESC, LEAD, cases_page, to_widget, workbook

__all__ = ["workbook"]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def lead(desk_of, qtbot, workbook, clock):
    """A placement of two accounts, one of which paid in November; it is the third of December."""
    desk = desk_of(LEAD)
    seen = placements.preview(desk.seat, workbook)
    placements.import_placement(desk.seat, seen, {"XK202611-09": PlacementTerms("某某银行")})
    clock.forward(days=10)
    return desk


@pytest.fixture
def tells(lead, tmp_path):
    """A payment file with rows of day, yuan, reference on the first account."""
    with lead.seat.store.read() as conn:
        account = (
            conn.execute(select(t.account_case.c.account_number).order_by(t.account_case.c.serial))
            .scalars()
            .first()
        )
    names = iter(range(9))

    def tell(*rows):
        file = tmp_path / f"还款{next(names)}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            told = [(account, *row) for row in rows]
            csv.writer(out).writerows([("账户号", "还款日期", "还款金额", "流水号"), *told])
        payments.import_payments(lead.seat, payments.preview(lead.seat, file, FileTold(kind=FileKind.NEW)))
        return account

    return tell


def settled(desk, qtbot) -> None:
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=15000)


def frozen(seat) -> list[str]:
    with seat.store.read() as conn:
        return list(conn.execute(select(t.frozen_month.c.month).order_by(t.frozen_month.c.month)).scalars())


def test_a_month_is_frozen_and_the_next_one_says_what_came_late(lead, tells, qtbot, clock, tmp_path, monkeypatch):
    account = tells(("2026-11-26", "1000.00", "R1"))
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    page = cases_page(lead, qtbot)
    settled(lead, qtbot)
    lead.key("A", CTRL, SHIFT)
    view = page.months
    assert page.face() is view
    settled(lead, qtbot)
    assert view.month.text() == "2026-11"
    assert "未收到" in view.note.text()
    opening, _, recovered, late, closing = (tile.value.text() for tile in view.figures)
    assert (opening, recovered, late) == ("¥0.00", "¥1,000.00", "¥0.00")
    # their statement comes in and differs in one account
    statement = tmp_path / "对账单.csv"
    with statement.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("账号", "本月还款"), (account, "900")])
    monkeypatch.setattr(month_view, "ask_file", lambda *_: statement)
    lead.key("T", CTRL, SHIFT)
    settled(lead, qtbot)
    assert "差异 2 处" in view.note.text()
    lead.key("3")
    shown = [view.model.index(row, 0).data() for row in range(view.model.rowCount())]
    assert shown == ["本月还款", "本月还款"]
    # frozen by the same key twice; Esc in between takes it back
    lead.key("F", CTRL, SHIFT)
    assert "再按一次" in view.note.text()
    lead.key(ESC)
    assert page.face() is view
    assert frozen(lead.seat) == []
    lead.key("F", CTRL, SHIFT)
    lead.key("F", CTRL, SHIFT)
    settled(lead, qtbot)
    assert frozen(lead.seat) == ["2026-11"]
    assert not view.freeze_button.isEnabled()
    assert "已于" in view.note.text()
    # a row of November comes in December
    tells(("2026-11-28", "50.00", "R2"))
    clock.forward(days=30)
    to_widget(lead, view.month)
    lead.ctrl("A")
    lead.type("2026-12")
    lead.key(ENTER)
    settled(lead, qtbot)
    figures = [tile.value.text() for tile in view.figures]
    assert (figures[0], figures[3]) == (closing, "¥50.00")
    lead.key("2")
    assert [view.model.index(0, column).data() for column in (2, 3, 5, 6)] == ["2026-11-28", "50.00", "R2", "无"]
    out = tmp_path / "对账.xlsx"
    monkeypatch.setattr(month_view, "ask_save", lambda *_: out)
    lead.ctrl("S")
    settled(lead, qtbot)
    assert load_workbook(out)["迟到"].max_row == 2
    with lead.seat.store.read() as conn:
        placement_id = conn.execute(select(t.placement.c.id)).scalar_one()
        (sent,) = conn.execute(select(t.month_export)).all()
    assert (sent.month, sent.serial) == ("2026-12", 1001)
    november = reconciling.of_placement(lead.seat, placement_id, Month(2026, 11))
    assert [row.posted_on for row in november.part.rows] == [date(2026, 11, 26)]
    lead.key(ESC)
    assert page.face() is page.overview


def test_a_month_that_is_none_is_said_at_its_field(lead, qtbot):
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    page = cases_page(lead, qtbot)
    settled(lead, qtbot)
    lead.key("A", CTRL, SHIFT)
    settled(lead, qtbot)
    to_widget(lead, page.months.month)
    lead.ctrl("A")
    lead.type("November")
    lead.key(ENTER)
    assert page.months.month_field.error()
    lead.ctrl("A")
    lead.type("2027-05")
    lead.key(ENTER)
    settled(lead, qtbot)
    assert "尚未开始" in page.months.month_field.error()


def test_a_long_list_is_shown_to_its_end_as_one_scrolls(lead, tells, qtbot, monkeypatch):
    monkeypatch.setattr(PagedRowsModel, "PAGE", 20)
    tells(*[(f"2026-11-{24 + day:02}", f"{n + 1}.00", f"R{day}-{n}") for day in range(5) for n in range(10)])
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    page = cases_page(lead, qtbot)
    settled(lead, qtbot)
    lead.key("A", CTRL, SHIFT)
    settled(lead, qtbot)
    view = page.months
    lead.key("7")
    assert view.rows_card.title.text() == "逐笔 · 50"
    assert view.model.rowCount() < 50
    view.table.setFocus()
    for _ in range(10):  # a page down each; the end makes the next rows
        lead.key(Qt.Key.Key_End, CTRL)
    qtbot.waitUntil(lambda: view.model.rowCount() == 50)
    assert not view.model.canFetchMore(QModelIndex())
    references = {view.model.index(row, 5).data() for row in range(50)}
    assert len(references) == 50


def test_a_statement_chosen_at_the_import_leads_to_the_month(lead, tells, qtbot, tmp_path):
    account = tells(("2026-11-26", "1000.00", "R1"))
    statement = tmp_path / "11月对账单.csv"
    with statement.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("账号", "本月还款"), (account, "900")])
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    page = cases_page(lead, qtbot)
    settled(lead, qtbot)
    lead.ctrl("I")
    lead.type(str(statement))
    lead.key(ENTER)
    qtbot.waitUntil(lambda: page.face() is page.months, timeout=15000)
    settled(lead, qtbot)
    view = page.months
    assert statement.name in view.note.text()
    assert view.month.text() == "2026-11"
    lead.key("T", CTRL, SHIFT)  # no file is asked for: it is that one
    settled(lead, qtbot)
    assert "差异 2 处" in view.note.text()
    with lead.seat.store.read() as conn:
        assert conn.execute(select(t.statement_taken.c.month)).scalars().all() == ["2026-11"]


def test_a_statement_of_nobody_here_is_said_where_it_was_chosen(lead, qtbot, tmp_path):
    statement = tmp_path / "对账单.csv"
    statement.write_text("账号,本月还款\n6299999999999999,900\n", "utf-8")
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    page = cases_page(lead, qtbot)
    settled(lead, qtbot)
    lead.ctrl("I")
    lead.type(str(statement))
    lead.key(ENTER)
    qtbot.waitUntil(lambda: "月度对账单" in page.importing.choose.error.text(), timeout=15000)
    assert page.face() is page.importing
