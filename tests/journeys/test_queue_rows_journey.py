"""A row of the queue: product and every currency, whole in both languages, nothing of it to a third party."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip
from sqlalchemy import update

from collector_desk.domain.book.debts import QueueRow
from collector_desk.services.book import refresh
from collector_desk.store import tables as t
from collector_desk.ui.work.queue.model import ROW_ROLE


def told(desk, monkeypatch) -> list[tuple[str, int, int, int]]:
    """Every text the first row draws, with its line and where it begins and ends."""
    drawn = []
    real = QPainter.drawText

    def drawing(painter, at, text):
        left = int(at.x())
        drawn.append((text, int(at.y()), left, left + painter.fontMetrics().horizontalAdvance(text)))
        real(painter, at, text)

    queue = desk.page.queue.list
    image = QImage(queue.viewport().width(), 70, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, image.width(), 70)
    with monkeypatch.context() as patch:
        patch.setattr(QPainter, "drawText", drawing)
        queue.delegate.paint(painter, option, queue.model().index(0, 0))
    painter.end()
    return drawn


@pytest.fixture
def two_currencies(desk):
    return owing(desk, "900000", "USD")


def owing(desk, amount: str, currency: str) -> str:
    """A debtor with yuan on a loan and this in another currency beside."""
    who = desk.debtor("欧阳上官雪", balance=3_391_162, days=45)
    beside = desk.debtor.another(who, balance=int(amount) * 100, days=9, currency=currency)
    with desk.seat.store.write() as conn:
        conn.execute(
            update(t.account_case)
            .where(t.account_case.c.id != beside, t.account_case.c.debtor_id == who)
            .values(extras={"产品名称": "个人综合消费贷款（线上随借随还）"})
        )
        refresh.refresh(conn, [who], desk.seat.now())
    return who


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    ("amount", "currency", "first"),
    [
        ("900000", "USD", "¥33,911.62 + $900,000.00"),
        ("1234567890", "HKD", "¥33,911.62"),  # no room for both on one line
    ],
)
def test_a_row_shows_product_and_currencies_side_by_side(desk, language, amount, currency, first, monkeypatch):
    owing(desk, amount, currency)
    desk.open(language)
    drawn = told(desk, monkeypatch)
    texts = [text for text, *_ in drawn]
    assert first in texts
    assert f"{int(amount):,}.00" in " ".join(texts), "no amount is cut"
    assert any("个" in text for text in texts) or " + " not in first
    box = desk.page.queue.list.viewport().width()
    for text, _, left, end in drawn:
        assert 0 <= left < end <= box, f"{text} leaves the row"
    in_order = sorted(drawn, key=lambda one: one[1:])
    for (text, line, _, end), (_, next_line, left, _) in pairwise(in_order):
        assert line != next_line or end < left, f"{text} runs into what stands beside it"


def test_the_whole_row_is_told_under_the_mouse_and_nothing_to_a_third_party(desk, two_currencies, monkeypatch):
    desk.open("en")
    queue = desk.page.queue.list
    said = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, *_: said.append(text))
    index = queue.model().index(0, 0)

    def ask() -> None:
        event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(5, 5), QPoint(5, 5))
        queue.delegate.helpEvent(event, queue, QStyleOptionViewItem(), index)

    ask()
    assert "个人综合消费贷款（线上随借随还）" in said[-1]
    assert "¥33,911.62 + $900,000.00" in said[-1]
    desk.page.queue.hide_figures(True)
    before = list(said)
    ask()
    assert not any("¥" in text for text in said[len(before) :])
    texts = " ".join(text for text, *_ in told(desk, monkeypatch))
    assert "****" in texts
    assert not any(word in texts for word in ("¥", "$", "个人", "45"))


def test_keys_walk_to_the_row_and_the_call_shows_the_same(desk, two_currencies, qtbot):
    desk.open()
    desk.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.case_on_screen == two_currencies)
    row = desk.page.queue.list.model().index(0, 0).data(ROW_ROLE)
    assert isinstance(row, QueueRow)
    assert row.owed == desk.page.call.case.file.owed == "¥33,911.62 + $900,000.00"
