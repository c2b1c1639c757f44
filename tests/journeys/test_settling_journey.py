"""The lead settles payments in doubt by keys alone; the balances and the store say so afterwards."""

import csv
from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind, RowDoubt
from collector_desk.services.book import cases
from collector_desk.services.intake import payments
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.money import settling
from collector_desk.store import tables as t

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEAD = "林主管"
HEADER = ("账户号", "客户姓名", "还款日期", "还款金额", "流水号")


@pytest.fixture
def lead(desk_of, clock, tmp_path):
    """Two who paid more than they owe, one of them twice, and two rows of accounts that nobody here knows."""
    made = desk_of(LEAD)
    first, second = made.debtor(balance=100_000), made.debtor(balance=200_000)
    with made.seat.store.read() as conn:
        numbers = dict(conn.execute(select(t.account_case.c.debtor_id, t.account_case.c.account_number)).all())
    clock.forward(days=3)
    file = tmp_path / "还款.csv"
    rows = (
        (numbers[first], "某某", "2026-11-24", "1000", "R1"),
        (numbers[first], "某某", "2026-11-25", "1000", "R2"),
        (numbers[second], "某某", "2026-11-25", "2500", "R3"),
        ("6299999999999998", "某某", "2026-11-25", "10", "R4"),
        ("6299999999999999", "某某", "2026-11-25", "20", "R5"),
    )
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADER, *rows])
    told = FileTold(kind=FileKind.NEW, covers=DaySpan(date(2026, 11, 24), date(2026, 11, 25)))
    payments.import_payments(made.seat, payments.preview(made.seat, file, told))
    made.first, made.second = first, second
    return made


def test_each_row_is_settled_by_one_key_and_several_at_once(lead):
    lead.open()
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), ALT)
    page = lead.window.page("review")
    assert page.tabs[2].text() == "待处理还款（4）"
    lead.key("3")
    part = page.settling
    assert [row.doubt for row in part._rows] == [RowDoubt.PERHAPS_TWICE, RowDoubt.MORE_THAN_OWED, None, None]
    assert part.sums.text() == "4 行，未计入 ¥1,530.00"
    assert part.chosen.text() == "2026-11-25 入账 ¥1,000.00：已计入 ¥0.00，未计入 ¥1,000.00。疑似重复还款。"
    lead.ctrl("R")
    assert page.tabs[2].text() == "待处理还款（3）"
    assert part.picked()[0].doubt is RowDoubt.MORE_THAN_OWED
    lead.key(ENTER, CTRL, SHIFT)
    assert [row.put_off for row in part._rows] == [False, False, True]
    assert page.tabs[2].text() == "待处理还款（2）"
    lead.key(Qt.Key.Key_Home)
    lead.key(Qt.Key.Key_Down, SHIFT)
    assert part.chosen.text() == "已选 2 行。"
    lead.ctrl(ENTER)  # nobody's can't be counted: said, and nothing is lost
    assert len(settling.waiting(lead.seat)) == 3
    lead.ctrl("R")
    assert [row.doubt for row in settling.waiting(lead.seat)] == [RowDoubt.MORE_THAN_OWED]
    lead.ctrl(ENTER)
    assert settling.waiting(lead.seat) == ()
    assert part.stack.currentWidget() is part.empty
    for who in (lead.first, lead.second):
        assert cases.open_case(lead.seat, who).file.balance == Money(0)
    with lead.seat.store.read() as conn:
        said = conn.execute(select(t.payment_decision.c.settling)).scalars().all()
    assert sorted(said) == ["accept", "later", "not_ours", "not_ours", "not_ours"]


def test_a_row_is_split_over_cases_by_their_numbers(lead):
    lead.open()
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), ALT)
    page = lead.window.page("review")
    lead.key("3")
    part = page.settling
    numbers = [cases.open_case(lead.seat, who).file.lead_case.number for who in (lead.first, lead.second)]
    for _ in range(3):
        lead.key(Qt.Key.Key_Down)
    nobodys = part.picked()[0]
    assert (nobodys.doubt, nobodys.amount) == (None, Money(2_000))
    lead.ctrl("D")
    lead.type(f"{numbers[0]} 15")
    lead.key(ENTER)
    assert "2" in part.parts_field.error(), "the parts have to add up to the row"
    lead.ctrl("A")
    lead.type(f"{numbers[0]} 15; K7M-9999 5")
    lead.key(ENTER)
    assert "K7M-9999" in part.parts_field.error()
    lead.ctrl("A")
    lead.type(f"{numbers[0]} 15; {numbers[1]} 5.00")
    lead.key(ENTER)
    assert nobodys.row_id not in {row.row_id for row in settling.waiting(lead.seat)}
    with lead.seat.store.read() as conn:
        said = dict(conn.execute(select(t.payment_part.c.case_id, t.payment_part.c.minor)).all())
    assert sorted(said.values()) == [500, 1_500]
