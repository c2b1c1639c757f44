"""The customer's real files in the window: payments taken in by keys, the issue's figures read off the screens."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from sqlalchemy import select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.services.intake import placements
from collector_desk.store import tables as t
from tests.journeys.test_import_journey import ENTER, ESC, LEAD, cases_page

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PICTURES = os.environ.get("COLLECTOR_DESK_PICTURES")
"""A folder: the screens are saved there, to be looked at."""


def picture(desk, name):
    if PICTURES:
        desk.window.grab().save(str(Path(PICTURES) / f"{name}.png"))


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def idle(desk, qtbot):
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=120_000)


@pytest.mark.shared
def test_the_real_payments_come_to_the_issues_figures_on_screen(desk_of, qtbot, shared_data, clock):
    desk = desk_of(LEAD)
    for name in ("placement-2026-11-a.xlsx", "placement-2026-11-b.csv"):
        seen = placements.preview(desk.seat, shared_data / name)
        terms = dict.fromkeys(seen.ask_terms, PlacementTerms("星河银行"))
        placements.import_placement(desk.seat, seen, terms)
    desk.open()
    desk.window.resize(1366, 768)
    qtbot.waitUntil(desk.window.isActiveWindow)
    page = cases_page(desk, qtbot)
    idle(desk, qtbot)
    desk.ctrl("I")
    page.importing.choose.path.setText(str(shared_data / "payments-2026-11.csv"))
    desk.key(ENTER)
    step = page.importing.payments
    qtbot.waitUntil(lambda: page.importing.step() is step, timeout=120_000)
    step.first.setText("2026-11-03")
    step.last.setText("2026-11-20")
    idle(desk, qtbot)
    picture(desk, "preview")
    shown = " ".join(texts(step))
    for figure in ("1,103", "171", "25"):
        assert figure in shown, (figure, shown)
    step.next_button.setFocus()
    desk.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.importing.step() is page.importing.paid_result, timeout=240_000)
    idle(desk, qtbot)
    picture(desk, "taken")
    shown = " ".join(texts(page.importing.paid_result))
    for figure in ("1,103", "171", "25", "44,798,495.94", "4,341,998.06", "106,449.00"):
        assert figure in shown, (figure, shown)
    desk.key(ENTER)
    # what waits, in Review
    desk.key("3", ALT)
    idle(desk, qtbot)
    review = desk.window.page("review")
    desk.key("3")
    idle(desk, qtbot)
    picture(desk, "to_settle")
    qtbot.waitUntil(lambda: any("171" in text or "196" in text for text in texts(review)), timeout=30_000)
    with desk.seat.store.read() as conn:
        owed = conn.execute(
            select(
                t.account_case.c.balance_minor, t.account_case.c.minimum_minor, t.account_case.c.figure_minor
            ).where(t.account_case.c.id.in_(select(t.payment_now.c.case_id)))
        ).all()
    assert len(owed) == 1024
    assert sum(row.balance_minor == 0 for row in owed) == 490
    desk.key("4", ALT)
    idle(desk, qtbot)
    page.show_overview()
    desk.key("A", CTRL, SHIFT)
    idle(desk, qtbot)
    view = page.months
    picture(desk, "month")
    view.month.setText("2026-11")
    view.look()
    idle(desk, qtbot)
    picture(desk, "november")
    desk.key("7")
    idle(desk, qtbot)
    picture(desk, "rows")
    assert view.rows_card.title.text().startswith("逐笔 · ")
    desk.key(ESC)
