"""A bank's payments from the folder into the balances, by keys alone, at the window where all files come in."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.money.payments import FileKind
from collector_desk.store import tables as t
from tests.journeys.test_import_journey import ENTER, LEAD, cases_page, to_widget
from tests.samples import bank_files as files

SPACE = Qt.Key.Key_Space


@pytest.fixture
def lead(desk_of, qtbot):
    desk = desk_of(LEAD)
    desk.open()
    qtbot.waitUntil(desk.window.isActiveWindow)
    return desk


@pytest.fixture
def paid(lead, tmp_path) -> Path:
    """One payment of an account on file, one of nobody's."""
    who = lead.debtor("朱雪彩", balance=500_000)
    with lead.seat.store.read() as conn:
        of = t.account_case.c.debtor_id == who
        account, as_of = conn.execute(
            select(t.account_case.c.account_number, t.account_case.c.balance_as_of).where(of)
        ).one()
    lead.clock.forward(days=7)
    day = as_of.replace(day=as_of.day + 2).isoformat()
    rows = [
        ["账户号", "还款日期", "还款金额", "流水号"],
        [account, day, "3000.00", "R1"],
        ["999", day, "7.00", "R2"],
    ]
    path = tmp_path / "还款 11月.csv"
    path.write_bytes(files.text(rows, "gb18030"))
    return path


def owed(seat) -> list[int]:
    with seat.store.read() as conn:
        return list(conn.execute(select(t.account_case.c.balance_minor).order_by(t.account_case.c.id)).scalars())


def wait_for(desk, qtbot, view, step) -> None:
    qtbot.waitUntil(lambda: view.step() is step and not desk.window.tasks.busy, timeout=15000)


def test_payments_are_recognised_shown_and_taken_in_by_keys(lead, qtbot, paid):
    page = cases_page(lead, qtbot)
    view = page.importing
    lead.ctrl("I")
    lead.type(str(paid))
    lead.key(ENTER)
    wait_for(lead, qtbot, view, view.payments)
    preview = view.payments
    assert preview.title.text() == f"还款文件：{paid.name}"
    assert [figure.value.text() for figure in preview.figures] == ["1", "0", "1", "0", "0"]
    assert owed(lead.seat)[-1] == 500_000  # looking changes nothing
    assert preview.bank.text() == "某某银行"

    # what the file holds is one key; the days it tells of stand there and may be changed
    to_widget(lead, preview.kind)
    lead.key(SPACE)
    qtbot.waitUntil(lambda: preview.kind.menu().isVisible())
    lead.key(Qt.Key.Key_N)
    wait_for(lead, qtbot, view, preview)
    assert preview.kind.value is FileKind.NEW
    to_widget(lead, preview.last)
    lead.ctrl("A")
    lead.type("2030-01-01")
    to_widget(lead, preview.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, view, preview)
    assert "未来" in preview.last_field.error()
    lead.ctrl("A")
    lead.type("2026-11-27")
    to_widget(lead, preview.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, view, view.paid_result)
    assert owed(lead.seat)[-1] == 200_000
    with lead.seat.store.read() as conn:
        taken = conn.execute(select(t.payments_taken)).one()
    assert (taken.kind, taken.covers_to.isoformat()) == ("new", "2026-11-27")
    lead.key(ENTER)
    assert page.face() is page.overview

    # the same file once more says so
    lead.ctrl("I")
    lead.type(str(paid))
    lead.key(ENTER)
    wait_for(lead, qtbot, view, view.payments)
    assert "此前已导入" in view.payments.note.text()
    lead.key(SPACE)
    assert page.face() is page.overview
