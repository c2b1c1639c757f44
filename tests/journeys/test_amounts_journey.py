"""Amounts typed in a call: a misplaced comma is asked about, "in full" is the debt as shown, nothing above it."""

import pytest
from PySide6.QtCore import Qt

from collector_desk.domain.book.money import Money
from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.book import cases
from collector_desk.services.calls import calling

ENTER = Qt.Key.Key_Return
NOTE = "客户说工资明天发，下午六点前从手机银行转账，已复述确认。"


@pytest.fixture
def promising(desk):
    """Until all but the amount is there; the debt is ¥33,911.62."""

    def begin(*, part: bool) -> str:
        who = desk.debtor()
        desk.open()
        desk.key(ENTER)
        file = cases.open_case(desk.seat, who).file
        desk.key("D")
        desk.key("1")
        desk.type(file.debtor.name)
        desk.key(ENTER)
        desk.type(file.debtor.id_number[-4:])
        desk.key(ENTER)
        desk.clock.forward(seconds=90)
        while not any(branch.outcome is Outcome.PROMISE_FULL for branch in desk.page.call.walk.branches):
            desk.key("1")
        desk.key(next(b.digit for b in desk.page.call.walk.branches if b.outcome is Outcome.PROMISE_FULL))
        if part:
            desk.key(next(b.digit for b in desk.page.call.walk.branches if b.outcome is Outcome.PROMISE_PART))
        desk.key("M")
        desk.ctrl("N")
        desk.type(NOTE)
        return who

    return begin


def amount(desk, text: str) -> str:
    """Type another amount, save, and hear what is wrong with it."""
    desk.page.log.fields.amount.setFocus()
    desk.ctrl("A")
    desk.type(text)
    desk.ctrl(ENTER)
    return desk.page.log.problem.text()


def test_a_misplaced_comma_is_asked_about(desk, promising):
    who = promising(part=True)
    for text, figure in (
        ("1200,5", "1,200.50"),
        ("1200，5", "1,200.50"),
        ("12，5", "12.50"),
        ("1200。5", "1,200.50"),
    ):
        assert figure in amount(desk, text)
        assert calling.open_attempt(desk.seat) is not None
    assert "2,000.50" in amount(desk, "1,2,0"), "no guess, but how amounts are written"
    amount(desk, "￥1200")
    assert cases.open_case(desk.seat, who).file.open_promise.amount == Money(120_000)


def test_in_full_is_the_debt_as_shown(desk, promising):
    who = promising(part=False)
    for text in ("1", "33911.63", "99999"):
        assert "33,911.62" in amount(desk, text)
    assert calling.open_attempt(desk.seat) is not None
    amount(desk, "33，911.62")
    assert cases.open_case(desk.seat, who).file.open_promise.amount == Money(3_391_162)


def test_nobody_promises_more_than_is_owed(desk, promising):
    promising(part=True)
    assert "33,911.62" in amount(desk, "40000")
    assert calling.open_attempt(desk.seat) is not None
