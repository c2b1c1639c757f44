"""The lead reads how the banks stand and says by keys that nothing was paid, or that less is known."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.vocabulary import Role
from collector_desk.services.intake import board
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from tests.samples.store import PASSWORD, let_in

ENTER, ALT, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
LEAD, SECOND = "林主管", "方组长"


@pytest.fixture
def lead(desk_of, clock):
    made = desk_of(LEAD)
    made.debtor()
    clock.forward(days=4)
    return made


def at_the_banks(desk):
    """The board of banks in Review, by keys."""
    desk.open()
    desk.key(str(list(desk.window.desk.buttons).index("review") + 1), ALT)
    page = desk.window.page("review")
    desk.key("6")
    return page, page.banks


def said(seat):
    with seat.store.read() as conn:
        lines = conn.execute(select(t.coverage_line.c.event, t.coverage_line.c.reason)).all()
    return [tuple(line) for line in lines]


def test_a_silent_bank_is_named_and_the_word_of_two_moves_its_days(lead, desk_of):
    let_in(lead.seat, name=SECOND, password=PASSWORD, roles=frozenset({Role.LEAD}))
    page, part = at_the_banks(lead)
    assert page.tabs[5].text() == "银行（1）"
    assert "3 个银行工作日无数据" in part.chosen.text()
    lead.ctrl(ENTER)
    assert part.day.text() == "2026-11-26"
    lead.type("昨日")
    lead.key(ENTER)
    assert part.day_field.error()
    lead.ctrl("A")
    lead.type("2026-11-26")
    lead.key(ENTER)
    assert page.tabs[5].text() == "银行（1）"  # one person's word: it waits
    assert f"{LEAD} 登记" in part.chosen.text()
    (stands,) = board.streams(lead.seat)
    assert (stands.known_up_to, said(lead.seat)) == (None, [("proposed", None)])
    second = desk_of(SECOND)
    page, part = at_the_banks(second)
    second.ctrl(ENTER)
    assert part.day.text() == "2026-11-26"  # what the other one said
    second.key(ENTER)
    assert page.tabs[5].text() == "银行（0）"
    assert part.model.data(part.model.index(0, 1)) == "2026-11-26"
    second.ctrl("R")
    second.ctrl("A")
    second.type("2026-11-25")
    second.key(ENTER)
    second.type("银行称 26 日数据有误")
    second.key(ENTER)
    (stands,) = board.streams(second.seat)
    assert stands.known_up_to.day == 25
    assert said(second.seat) == [("proposed", None), ("told", None), ("lowered", "银行称 26 日数据有误")]
    assert verify(second.seat.store).ok
