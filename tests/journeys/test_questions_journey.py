"""A lead puts what only a bank can say before it: written out, answered, closed, by keys alone."""

import csv

import openpyxl
import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.money.payments import FileKind
from collector_desk.domain.vocabulary import QuestionKind, QuestionState
from collector_desk.services.intake import payments
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.money import questions
from collector_desk.store import tables as t
from collector_desk.store.verify import verify

ENTER, ALT, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEAD = "林主管"
HEADER = ("账户号", "客户姓名", "还款日期", "还款金额", "流水号")


@pytest.fixture
def lead(desk_of, clock, tmp_path):
    """Two rows of accounts that nobody here knows, and one that is more than is owed."""
    made = desk_of(LEAD)
    who = made.debtor(balance=100_000)
    with made.seat.store.read() as conn:
        number = conn.execute(select(t.account_case.c.account_number)).scalar_one()
    clock.forward(days=3)
    file = tmp_path / "还款.csv"
    rows = (
        (number, "某某", "2026-11-25", "1500", "R1"),
        ("6299999999999998", "某某", "2026-11-25", "10", "R2"),
        ("6299999999999999", "某某", "2026-11-25", "20", "R3"),
    )
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADER, *rows])
    payments.import_payments(made.seat, payments.preview(made.seat, file, FileTold(kind=FileKind.NEW)))
    made.who = who
    return made


def test_what_is_not_ours_goes_to_the_bank_and_its_answer_is_kept(lead, tmp_path, monkeypatch, qtbot):
    lead.open()
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), ALT)
    page = lead.window.page("review")
    assert page.tabs[3].text() == "待问银行（2）"
    lead.key("3")
    lead.ctrl("R")  # not ours
    assert page.tabs[3].text() == "待问银行（3）"
    lead.key("4")
    part = page.questions
    assert [row.kind for row in part._rows] == [QuestionKind.UNMATCHED] * 2 + [QuestionKind.NOT_OURS]
    assert part.chosen.text().startswith("2026年11月25日 的还款 ¥10.00：")
    target = tmp_path / "问题.xlsx"
    monkeypatch.setattr("collector_desk.ui.review.questions.ask_save", lambda *_: target)
    lead.ctrl("S")
    qtbot.waitUntil(target.is_file)
    qtbot.waitUntil(lambda: all(row.state is QuestionState.SENT for row in part._rows))
    assert page.tabs[3].text() == "待问银行（0）"
    assert openpyxl.load_workbook(target).active.max_row == 4
    lead.ctrl(ENTER)
    lead.type("账户已退案")
    lead.key(ENTER)
    lead.key(Qt.Key.Key_Home)
    lead.key(Qt.Key.Key_Down, SHIFT)
    assert part.chosen.text() == "已选 2 个问题。"
    lead.ctrl("R")
    assert part.stack.currentWidget() is part.empty
    with lead.seat.store.read() as conn:
        said = conn.execute(select(t.bank_question_line.c.state, t.bank_question_line.c.words)).all()
    assert sorted(map(tuple, said), key=str) == [
        ("answered", "账户已退案"),
        *[("closed", None)] * 2,
        *[("sent", None)] * 3,
    ]
    assert questions.waiting(lead.seat) == ()
    assert verify(lead.seat.store).ok


def test_in_english_and_after_the_language_changes_what_is_chosen_stays(lead):
    lead.open("en")
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), ALT)
    page = lead.window.page("review")
    assert page.tabs[3].text() == "To ask banks (2)"
    lead.key("4")
    lead.key(Qt.Key.Key_Down, SHIFT)
    page.questions.retranslate()
    assert page.questions.chosen.text() == "2 questions are chosen."
    assert page.questions.where.text() == ""
