"""A number given in a call, typed another way than on file: it opens nothing until a lead has decided."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from collector_desk.domain.vocabulary import NumberKind, NumberStanding
from collector_desk.services.book import cases
from collector_desk.ui.words import say

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
LEAD, AGENT = "林主管", "张晓"
CONTACT = "16188007777"
OWN = "16188005001"


def talk(desk, typed: str) -> None:
    """A call on which somebody gives a number, by keys."""
    desk.key("D")
    desk.clock.forward(seconds=20)
    desk.ctrl("T")
    desk.key("L")
    desk.page.log.more.fields["new_number"].setFocus()
    desk.type(typed)
    desk.ctrl("N")
    desk.type("接听人说客户换了号码，给了一个新的手机号。")
    desk.ctrl(ENTER)


def phone(desk, who: str):
    return next(card for card in cases.open_case(desk.seat, who).numbers if card.phone.number == CONTACT)


def test_a_known_number_in_another_spelling_waits_for_the_lead(desk_of, clock):
    agent = desk_of(AGENT)
    agent.debtor("王某", numbers=((OWN, NumberKind.MOBILE), (CONTACT, NumberKind.CONTACT)))
    who = agent.debtor(balance=5000000)
    agent.open()
    agent.key(ENTER)
    assert agent.case_on_screen == who
    talk(agent, f"+86 {CONTACT[:3]}-{CONTACT[3:7]}-{CONTACT[7:]}")
    assert phone(agent, who).phone.standing is NumberStanding.HELD

    lead = desk_of(LEAD).open()
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), ALT)
    page = lead.window.page("review")
    assert page.tasks.count() == 1
    assert not phone(lead, who).callable_now
    lead.key(ENTER)
    lead.type("已听录音，客户本人来电确认是他的号码。")
    lead.ctrl(ENTER)
    assert page.tasks.count() == 0
    clock.forward(days=1)
    assert phone(lead, who).phone.standing is NumberStanding.UNKNOWN
    assert phone(lead, who).callable_now


@pytest.mark.parametrize(
    "typed", ["+86 161 8800 7777", "tel:0086-161-8800-7777", "016188007777", "１６１８８００７７７７"]
)
def test_who_calls_is_found_by_the_number_however_it_is_shown(desk, typed):
    desk.debtor(numbers=((OWN, NumberKind.MOBILE),))
    caller = desk.debtor("王明", numbers=((CONTACT, NumberKind.MOBILE),))
    desk.open()
    desk.ctrl("F")
    desk.type(typed)
    desk.key(ENTER)
    assert desk.case_on_screen == caller


def test_a_number_copied_with_its_line_end_is_found(desk):
    caller = desk.debtor("王明", numbers=((CONTACT, NumberKind.MOBILE),))
    desk.debtor(numbers=((OWN, NumberKind.MOBILE),), balance=9000000)
    desk.open()
    QGuiApplication.clipboard().setText(f"\u202a{CONTACT}\u202c\n")
    desk.ctrl("F")
    desk.ctrl("V")
    desk.key(ENTER)
    assert desk.case_on_screen == caller


@pytest.mark.parametrize("number", ["110", "86", "12345678901", "62345678"])
def test_what_is_no_telephone_number_is_shown_and_never_dialled(desk, number):
    desk.debtor(numbers=((number, NumberKind.MOBILE),))
    desk.open()
    desk.ctrl("F")
    desk.type("朱雪彩")
    desk.key(ENTER)
    call = desk.page.call
    assert call.number.phone.number == number
    desk.key("D")
    assert call.attempt is None
    assert say(call.number.decision.reasons[0].detail) in desk.page.banner.text()
    assert QGuiApplication.clipboard().text() != number
