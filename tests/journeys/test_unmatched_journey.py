"""A lead puts what a bank's list says of nobody here before the bank, or lets it go, by keys alone."""

import pytest
from PySide6.QtCore import Qt

from collector_desk.domain.vocabulary import QuestionKind
from collector_desk.services.intake import nobodys_words
from collector_desk.services.money import questions
from collector_desk.store.verify import verify
from tests.samples.words_of_bank import WordsOfBank

ALT, ENTER = Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Return
LEAD = "林主管"


@pytest.fixture
def lead(desk_of, tmp_path):
    made = desk_of(LEAD)
    made.who = made.debtor()
    made.bank = WordsOfBank(made.seat, tmp_path)
    return made


def open_part(lead):
    lead.open()
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), ALT)
    lead.key("7")
    return lead.window.page("review")


def test_rows_of_nobody_are_listed_asked_and_let_go(lead):
    lead.bank.says(
        ("账户号", "处理方式"),
        (lead.bank.account(lead.who), "停催"),
        ("6299999999999998", "撤案"),
        ("6299999999999999", "停催"),
    )
    page = open_part(lead)
    part = page.nobodys
    assert page.tabs[6].text() == "名单未匹配（2）"
    assert part.isVisible()
    assert not part.bank_field.isVisible(), "the row beside them tells whose list it is"
    shown = [part.model.index(row, 2).data() for row in range(2)]
    assert all("*" in text for text in shown), "numbers of accounts stay behind their masks"
    lead.ctrl(ENTER)
    (asked,) = questions.waiting(lead.seat)
    assert asked.kind is QuestionKind.WORD_UNMATCHED
    assert page.tabs[6].text() == "名单未匹配（1）"
    assert page.tabs[3].text() == "待问银行（1）"
    lead.ctrl("R")
    assert len(nobodys_words.waiting(lead.seat)) == 1
    lead.ctrl("R")
    assert part.stack.currentWidget() is part.empty
    assert nobodys_words.waiting(lead.seat) == ()
    assert questions.waiting(lead.seat) == (), "what was let go is asked no more"
    assert verify(lead.seat.store).ok


def test_whose_list_it_is_is_asked_where_no_row_tells_it(lead):
    lead.bank.says(("账户号", "处理方式"), ("6299999999999998", "撤案"))
    with lead.seat.store.read() as conn:
        bank = conn.exec_driver_sql("SELECT bank_name FROM placement").scalar_one()
    part = open_part(lead).nobodys
    assert part.bank_field.isVisible()
    part.bank.setFocus()
    lead.type("没有的银行")
    lead.key(ENTER)
    assert bank in part.bank_field.error()
    assert questions.waiting(lead.seat) == ()
    part.bank.clear()
    lead.type(bank)
    lead.key(ENTER)
    assert [one.bank for one in questions.waiting(lead.seat)] == [bank]
