"""Short forms by keys: added in the settings, offered and expanded in the note of a live call."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from collector_desk.domain.calls.short_forms import FormWish, Whose
from collector_desk.domain.vocabulary import Outcome, Role
from collector_desk.services.packs import short_forms
from collector_desk.store import tables as t
from collector_desk.ui.settings.page import SettingsPage
from collector_desk.ui.settings.short_forms import ShortFormsPart
from tests.journeys.test_call import digit_of, say_who, will_pay
from tests.samples.store import PASSWORD, let_in

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEAD = "周组长"
TEXT = "约好 … 回访，已说明官方渠道"


def to_settings(desk) -> ShortFormsPart:
    """By keys to the settings and down their menu to the short forms."""
    desk.key(str(len(desk.session.pages())), ALT)
    page = desk.window.page("settings")
    assert isinstance(page, SettingsPage)
    place = next(n for n, spec in enumerate(page.further) if spec.id == "short_forms")
    for _ in range(len(page.parts) + place):
        desk.key(Qt.Key.Key_Down)
    part = page.form.parts.currentWidget()
    assert isinstance(part, ShortFormsPart)
    while not part.isAncestorOf(QApplication.focusWidget()):
        desk.key(TAB)
    return part


def to_note(desk):
    """A live call, the focus in its note."""
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("N")
    return desk.page.log.note


def commit(desk, words: str) -> None:
    """What an input method commits at once."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(QApplication.focusWidget(), event)
    desk.app.processEvents()


def add(desk, name: str, words: str = TEXT) -> None:
    short_forms.save(desk.seat, FormWish(name, words))


def test_ones_own_short_form_is_added_in_the_settings_and_expands_on_a_live_call(desk):
    who = desk.debtor()
    desk.open()
    part = to_settings(desk)
    desk.key("N", CTRL, SHIFT)
    assert part.name.hasFocus()
    desk.type("ptp")
    desk.key(ENTER)
    desk.type("这人是老赖")
    desk.ctrl("S")
    assert "自带" in part.name_field.error()
    assert part.name.hasFocus()
    desk.key("A", CTRL)
    desk.type("/回访")
    desk.ctrl("S")
    assert "老赖" in part.text_field.error()
    assert part.text.hasFocus()
    assert part.text.findings()
    desk.key("A", CTRL)
    desk.type("拨 13900000000 回访")
    desk.ctrl("S")
    assert part.text_field.error()  # a number: wants a second look
    desk.key("A", CTRL)
    desk.type(TEXT)
    desk.ctrl("S")
    assert part.text_field.error() == ""
    with desk.seat.store.read() as conn:
        (row,) = conn.execute(select(t.short_form)).all()
    assert (row.name, row.text, row.owner_id, row.gone) == ("回访", TEXT, desk.seat.person.id, False)

    desk.key("1", ALT)
    note = to_note(desk)
    desk.type("客户/回访")
    assert [form.whose for form in note.offers()] == [Whose.OWN]
    desk.type("，")
    assert note.toPlainText() == f"客户{TEXT}，"
    assert note.offers() == []
    assert desk.page.call.form.note == note.toPlainText()
    assert desk.case_on_screen == who


def test_a_team_form_is_a_leads_and_everybodys(desk_of):
    let_in(desk_of("林主管").seat, name=LEAD, password=PASSWORD, roles=frozenset({Role.LEAD}))
    desk = desk_of(LEAD).open()
    part = to_settings(desk)
    desk.key("N", CTRL, SHIFT)
    desk.type("跟进")
    part.team.setFocus()
    desk.key(Qt.Key.Key_Space)
    assert part.team.isChecked()
    part.text.setFocus()
    desk.type("已转主管跟进。")
    desk.ctrl("S")
    (form,) = [one for one in short_forms.every(desk.seat, "zh_CN") if one.whose is Whose.TEAM]
    # changed, then seen by the agent
    desk.type("请等回电。")
    desk.ctrl("S")
    desk = desk_of("张晓")
    desk.debtor()
    desk.open()
    note = to_note(desk)
    desk.type("/跟进 ")
    assert note.toPlainText() == "已转主管跟进。请等回电。 "
    with desk.seat.store.read() as conn:
        assert [row.form_id for row in conn.execute(select(t.short_form)).all()] == [form.id, form.id]


def test_deleting_takes_it_out_of_every_open_note(desk):
    add(desk, "hf")
    desk.debtor()
    desk.open()
    note = to_note(desk)
    desk.type("/hf ")
    assert note.toPlainText() == f"{TEXT} "
    (form,) = [one for one in short_forms.every(desk.seat, "zh_CN") if one.whose is Whose.OWN]
    desk.window.distribute(short_forms.delete(desk.seat, form.id))
    desk.key(Qt.Key.Key_End)  # out of the gap, which stands chosen
    desk.type("/hf ")
    assert note.toPlainText() == f"{TEXT} /hf "


def test_the_list_behind_a_slash_takes_no_key_that_is_typing(desk):
    add(desk, "hf")
    desk.debtor()
    desk.open()
    note = to_note(desk)
    desk.type("/")
    assert [form.whose for form in note.offers()][:2] == [Whose.OWN, Whose.SHIPPED]
    assert note.hasFocus()
    desk.type("1")  # a figure, not a choice; no branch of the script either
    assert note.toPlainText() == "/1"
    assert note.offers() == []
    assert len(desk.page.call.walk.path) == 1
    desk.key(Qt.Key.Key_Backspace)
    desk.key(ENTER)  # nothing is chosen: a new line
    assert note.toPlainText() == "/\n"
    desk.key(Qt.Key.Key_Backspace)
    assert note.offers()
    desk.key(ESC)  # the list alone goes
    assert note.offers() == []
    assert note.hasFocus()
    desk.key(ESC)
    assert not note.hasFocus()
    assert note.toPlainText() == "/"


def test_an_arrow_chooses_and_enter_takes_it(desk):
    add(desk, "hf")
    desk.debtor()
    desk.open()
    note = to_note(desk)
    desk.type("说好了/")
    desk.key(Qt.Key.Key_Down)
    desk.key(ENTER)
    assert note.toPlainText() == f"说好了{TEXT}"
    assert desk.page.call.form.note == note.toPlainText()
    note.undo()
    assert note.toPlainText() == "说好了/"
    desk.type("h")
    desk.key(Qt.Key.Key_Down)
    desk.key(TAB)
    assert note.toPlainText() == f"说好了{TEXT}"
    assert note.hasFocus()


def test_what_an_input_method_commits_expands_too_and_undo_stays(desk):
    add(desk, "回访")
    desk.debtor()
    desk.open()
    note = to_note(desk)
    desk.type("客户说")
    desk.type("/")
    commit(desk, "回访，明天再打")
    assert note.toPlainText() == f"客户说{TEXT}，明天再打"
    note.undo()
    assert note.toPlainText() == "客户说/回访，明天再打"
    desk.key(Qt.Key.Key_End)
    desk.type("。")
    assert note.toPlainText() == "客户说/回访，明天再打。"  # brought back on purpose: it stays
    commit(desk, "／回访。")
    assert note.toPlainText().endswith(f"。{TEXT}。")


@pytest.mark.parametrize("words", ["<b>粗</b> {amount} %s", "😀" * 3 + "约好再联系"])
def test_hostile_text_is_text(desk, words):
    add(desk, "hf", words)
    desk.debtor()
    desk.open()
    note = to_note(desk)
    desk.type("😀/h")
    assert note.offers()[0].text == words
    desk.type("f ")
    assert note.toPlainText() == f"😀{words} "


def test_the_promise_writes_its_own_note_and_no_gap_is_saved(desk):
    """Enter takes the only one that fits, with what the log knows; all that is wrong is said at once."""
    who = desk.debtor()
    desk.open()
    desk.key(ENTER)
    say_who(desk, who)
    will_pay(desk)
    for key in (digit_of(desk, Outcome.PROMISE_FULL), "1", "M", "1", "1"):
        desk.key(key)
    note = to_note(desk)
    desk.type("/ptp")
    desk.key(ENTER)
    assert note.toPlainText() == "本人承诺于11-24 18:00前还款33,911.62元，方式：银行手机客户端。"
    desk.key(Qt.Key.Key_End)
    desk.type("后果自负，原因 …")
    desk.ctrl(ENTER)
    told = desk.page.log.problem.text()
    assert "…" in told
    assert "后果自负" in told or "引号" in told or len(told) > 40
    assert desk.page.call.attempt is not None
    desk.ctrl(Qt.Key.Key_Apostrophe)
    assert "“后果自负”" in note.toPlainText()
    desk.key(TAB)
    desk.type("工资没发")
    assert "…" not in note.toPlainText()
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is None, desk.page.log.problem.text()


def test_keys_of_a_call_that_reached_nobody_say_why_they_are_over(desk):
    """N, B, O, V, W after a way was taken; Ctrl+' without a call stays quiet."""
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.ctrl(Qt.Key.Key_Apostrophe)
    desk.key("D")
    desk.key("3")
    for key in "NBOVW":
        desk.page.banner.dismiss()
        desk.key(key)
        assert desk.page.banner.isVisible()
        assert desk.page.call.attempt is not None
