"""The lead reads how the banks stand and says by keys that nothing was paid, or that less is known."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.services.intake import board
from collector_desk.store import tables as t
from collector_desk.store.verify import verify

ENTER, ALT, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
LEAD = "林主管"


@pytest.fixture
def lead(desk_of, clock):
    made = desk_of(LEAD)
    made.debtor()
    clock.forward(days=4)
    return made


def test_a_silent_bank_is_named_and_a_word_of_its_moves_its_days(lead):
    lead.open()
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), ALT)
    page = lead.window.page("review")
    assert page.tabs[5].text() == "银行（1）"
    lead.key("6")
    part = page.banks
    assert "3 个银行工作日无数据" in part.chosen.text()
    lead.ctrl(ENTER)
    assert part.day.text() == "2026-11-26"
    lead.type("昨日")
    lead.key(ENTER)
    assert part.day_field.error()
    lead.ctrl("A")
    lead.type("2026-11-26")
    lead.key(ENTER)
    assert page.tabs[5].text() == "银行（0）"
    assert part.model.data(part.model.index(0, 1)) == "2026-11-26"
    lead.ctrl("R")
    lead.ctrl("A")
    lead.type("2026-11-25")
    lead.key(ENTER)
    lead.type("银行称 26 日数据有误")
    lead.key(ENTER)
    (stands,) = board.streams(lead.seat)
    assert stands.known_up_to.day == 25
    with lead.seat.store.read() as conn:
        said = conn.execute(select(t.coverage_line.c.event, t.coverage_line.c.reason)).all()
    assert [tuple(line) for line in said] == [("told", None), ("lowered", "银行称 26 日数据有误")]
    assert verify(lead.seat.store).ok
