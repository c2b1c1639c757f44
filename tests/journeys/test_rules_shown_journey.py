"""What released rules say beyond the gate, found by keys: a complaint's last day, files kept past their term."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import Outcome, Speaker
from collector_desk.services.book import cases, closing
from collector_desk.services.calls import calling

ALT, DOWN = Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Down
CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_complaint_shows_by_when_it_must_be_decided(two_desks, language):
    desk, lead = two_desks
    who = desk.debtor()
    begun = calling.begin(desk.seat, debtor_id=who, phone_id=cases.open_case(desk.seat, who).next_number.phone.id)
    note = "客户投诉来电过于频繁，要求书面答复，已安抚并登记。"
    log = CallLog(Outcome.COMPLAINT, Speaker.DEBTOR, CHECKED, 60, note, recording="R-1")
    calling.finish(desk.seat, begun.attempt.id, log)
    lead.open(language)
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), ALT)
    detail = lead.window.page("review").tasks.detail
    said = [text.text() for text in detail.findChildren(QLabel)]
    rule = "投诉应在15日内" if language == "zh_CN" else "A complaint is decided within 15 days"
    (line,) = [text for text in said if rule in text]
    assert "8" in line
    assert any("22" in text and "23" in text for text in said), "the longer terms stand there too"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_is_kept_past_its_term_stands_with_the_backup(desk_of, clock, qtbot, language):
    lead = desk_of("林主管")
    who = lead.debtor()
    account = cases.open_case(lead.seat, who).file.lead_case
    closing.close(lead.seat, account.id, Ending.SETTLED, document="结清函 12", written_on=lead.seat.today())
    clock.at += timedelta(days=762)
    lead.open(language)
    lead.key(str(len(lead.window.desk.buttons)), ALT)
    page = lead.window.page("settings")
    row = len(page.parts) + [spec.id for spec in page.further].index("keeping")
    while page.form.menu.currentRow() < row:
        lead.key(DOWN)
    card = page.part("keeping").kept_card
    qtbot.waitUntil(lambda: card.files is not None)
    assert card.isVisible()
    assert account.number in card.list.text()
    assert ("应删除" if language == "zh_CN" else "to be erased") in card.list.text()
