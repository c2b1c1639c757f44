"""The whole window, driven by keys."""

import re
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMenu, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Trouble, msg
from collector_desk.domain.people import Person
from collector_desk.domain.vocabulary import Role
from collector_desk.services.desk import settings
from collector_desk.services.office import people as everyone
from collector_desk.ui.theme import Tint, apply_theme, color, colors
from collector_desk.ui.widgets import Pill
from collector_desk.ui.window.main_window import MainWindow

CODE = "7KQ4-9XTM-2B3C-DDF5-0GH1-RTWX-V8NP-61JZ"
PASSWORD = "correct horse 7"


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_text(qtbot, text: str) -> None:
    """As an input method commits it: QTest can't type Chinese."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focused(), event)


def press(qtbot, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        qtbot.keyClick(focused(), key, modifier)


# --- sign in ----------------------------------------------------------------------------------------


def test_signing_in_by_keys(window: MainWindow, context, qtbot):
    assert window.current_screen() is window.screens.sign_in
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Tab)
    assert focused() is window.screens.sign_in.form.password
    qtbot.keyClicks(focused(), PASSWORD)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current_screen() is window.desk)
    [session] = context.sessions
    assert session.person.name == "沈嘉明"
    assert window.screens.sign_in.form.password.text() == ""
    assert focused() is session.made_pages[0].field


def test_a_wrong_password_says_so_and_the_next_try_works(window: MainWindow, context, qtbot):
    form = window.screens.sign_in.form
    form.password.setFocus()
    qtbot.keyClicks(form.password, "not this one")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "password" in form.password_error.text())
    assert context.sessions == []
    qtbot.waitUntil(lambda: focused() is form.password)
    assert form.password.text() == ""
    qtbot.keyClicks(form.password, "c")
    assert form.password_error.text() == ""
    qtbot.keyClicks(form.password, PASSWORD[1:])
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current_screen() is window.desk)


def test_caps_lock_shows(window: MainWindow, qtbot):
    form = window.screens.sign_in.form
    qtbot.keyClick(form.password, "A")
    assert "Caps Lock" in form.password_error.text()
    qtbot.keyClick(form.password, "a")
    assert form.password_error.text() == ""


def test_a_damaged_key_file_leads_to_the_first_start_with_its_reason(window: MainWindow, context, monkeypatch):
    def damaged(folder):
        raise Trouble("store.keys_damaged", folder="x")

    monkeypatch.setattr(context, "people_of", damaged)
    window.start()
    assert window.current_screen() is window.screens.first_start
    assert "damaged" in window.screens.first_start.form.folder_error.text()


def menu_entry(window: MainWindow, words: str):
    menu = next(menu for menu in window.screens.sign_in.findChildren(QMenu) if menu.isVisible())
    return menu, next(entry for entry in menu.actions() if words in entry.text())


def test_another_store_of_this_machine_is_chosen_by_keys(window: MainWindow, context, qtbot, tmp_path):
    context.stores.append(tmp_path / "second & last")
    window.screens.sign_in.form.other_button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    menu, entry = menu_entry(window, "second && last")
    assert menu.activeAction() is entry
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert window.screens.sign_in.folder == tmp_path / "second & last"
    assert window.screens.sign_in.form.store_text.text() == "second & last"


def test_a_store_in_any_folder_is_opened_and_a_folder_without_one_says_so(
    window: MainWindow, context, qtbot, tmp_path, monkeypatch
):
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(elsewhere))
    before = window.screens.sign_in.folder
    window.screens.sign_in.offer_stores()
    _menu, entry = menu_entry(window, "in a folder")
    entry.trigger()
    assert window.screens.sign_in.folder == before
    assert "no store" in window.screens.sign_in.form.password_error.text()
    context.stores.append(elsewhere)
    window.screens.sign_in.offer_stores()
    menu_entry(window, "in a folder")[1].trigger()
    assert window.screens.sign_in.folder == elsewhere
    assert window.screens.sign_in.form.password_error.text() == ""


def test_a_folder_that_holds_a_store_is_opened_from_the_first_start(
    window: MainWindow, context, qtbot, tmp_path, monkeypatch
):
    window.screens.sign_in.offer_stores()
    menu_entry(window, "new store")[1].trigger()
    assert window.current_screen() is window.screens.first_start
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "there"))
    context.stores.append(tmp_path / "there")
    window.screens.first_start.form.folder_button.click()
    assert window.current_screen() is window.screens.sign_in
    assert window.screens.sign_in.folder == tmp_path / "there"


# --- first start ------------------------------------------------------------------------------------


def test_making_a_store_by_keys(window: MainWindow, context, qtbot):
    context.stores = []
    window.start()
    form = window.screens.first_start.form
    assert focused() is form.person
    type_text(qtbot, "林娟")
    for text in (PASSWORD, PASSWORD):
        press(qtbot, Qt.Key.Key_Tab)
        qtbot.keyClicks(focused(), text)
    for text in ("清远信用管理有限公司", "清远服务中心", "400-000-0000", "某市某路 1 号"):
        press(qtbot, Qt.Key.Key_Tab)
        type_text(qtbot, text)
    form.create_button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.current_screen() is window.screens.recovery_code)
    [wish] = context.wishes
    assert (wish.person, wish.password, wish.folder) == ("林娟", PASSWORD, context.folder)
    assert (wish.agency.name, wish.agency.neutral_name) == ("清远信用管理有限公司", "清远服务中心")
    assert PASSWORD not in repr(wish)
    shown = window.screens.recovery_code.form.code.text()
    assert shown.split() == CODE.split("-")

    qtbot.waitUntil(lambda: focused() is window.screens.recovery_code.form.first_group)
    first, second = window.screens.recovery_code.asked()
    qtbot.keyClicks(focused(), "XXXX")
    press(qtbot, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert window.current_screen() is window.screens.recovery_code
    assert "not this group" in window.screens.recovery_code.form.first_group_error.text()
    window.screens.recovery_code.form.first_group.clear()
    qtbot.keyClicks(window.screens.recovery_code.form.first_group, first.lower())
    qtbot.keyClicks(window.screens.recovery_code.form.second_group, second)
    press(qtbot, Qt.Key.Key_Return)
    if window.current_screen() is window.screens.recovery_code:
        press(qtbot, Qt.Key.Key_Return)
    assert window.current_screen() is window.desk
    assert window.screens.recovery_code.form.code.text() == ""


def test_the_window_does_not_close_before_the_code_is_kept(window: MainWindow, context, qtbot):
    window._show_code(context._session("林娟", PASSWORD), CODE)
    assert not window.close()
    assert window.isVisible()


def test_what_is_missing_is_said_under_its_field(window: MainWindow, qtbot):
    window.screens._make_another()
    form = window.screens.first_start.form
    window.screens.first_start.create_store()
    assert form.person_error.text()
    assert "10" in form.password_error.text()
    assert form.agency_error.text()
    assert focused() is form.person
    form.person.setText("林娟")
    form.password.setText(PASSWORD)
    form.password_again.setText("something else")
    window.screens.first_start.create_store()
    assert "not the same" in form.password_again_error.text()


def test_a_store_that_cannot_be_made_says_why(window: MainWindow, context, qtbot):
    window.screens._make_another()
    form = window.screens.first_start.form
    for field in (form.person, form.agency, form.neutral_name, form.hotline):
        field.setText("x")
    form.password.setText(PASSWORD)
    form.password_again.setText(PASSWORD)
    context.trouble = Trouble("store.disk_full", file="store.db")
    window.screens.first_start.create_store()
    qtbot.waitUntil(lambda: "disk is full" in form.folder_error.text())


def test_the_demo_opens_from_the_first_start(window: MainWindow, context, qtbot):
    window.screens._make_another()
    qtbot.mouseClick(window.screens.first_start.form.demo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.current_screen() is window.desk)
    assert window.desk.form.demo_pill.isVisible()


def test_a_forgotten_password_is_set_anew_with_the_code(window: MainWindow, context, qtbot):
    qtbot.mouseClick(window.screens.sign_in.form.forgot_button, Qt.MouseButton.LeftButton)
    assert window.current_screen() is window.screens.recover
    form = window.screens.recover.form
    form.code.setText("WRONG")
    form.password.setText("another horse 8")
    form.password_again.setText("another horse 8")
    window.screens.recover.recover()
    qtbot.waitUntil(lambda: form.code_error.text() != "")
    form.code.setText(CODE)
    window.screens.recover.recover()
    qtbot.waitUntil(lambda: window.current_screen() is window.screens.recovery_code)
    assert context.passwords["林娟"] == "another horse 8"


# --- lock, switch, close ----------------------------------------------------------------------------


def test_locking_hides_the_work_until_the_password_comes(signed_in: MainWindow, context, qtbot):
    window, [session] = signed_in, context.sessions
    window.clipboard.copy("161****5778")
    press(qtbot, Qt.Key.Key_L, modifier=Qt.KeyboardModifier.ControlModifier)
    assert window.current_screen() is window.screens.lock
    assert not window.desk.isVisible()
    assert QApplication.clipboard().text() == ""
    assert session.made_pages[0].drafts_saved == 1
    qtbot.keyClicks(focused(), "wrong")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screens.lock.form.password_error.text() != "")
    qtbot.waitUntil(window.screens.lock.form.card.isEnabled)
    qtbot.keyClicks(window.screens.lock.form.password, PASSWORD)
    qtbot.keyClick(window.screens.lock.form.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current_screen() is window.desk)
    assert focused() is session.made_pages[0].field


def test_the_idle_lock_waits_for_an_open_attempt(signed_in: MainWindow, context):
    [session] = context.sessions
    session.made_pages[0].attempt_open = True
    signed_in.idle._time_is_up()
    assert signed_in.current_screen() is signed_in.desk
    session.made_pages[0].attempt_open = False
    signed_in.idle._time_is_up()
    assert signed_in.current_screen() is signed_in.screens.lock


def test_a_hand_locks_over_an_open_attempt(signed_in: MainWindow, context):
    [session] = context.sessions
    session.made_pages[0].attempt_open = True
    signed_in.lock()
    assert signed_in.current_screen() is signed_in.screens.lock


def test_every_sign_of_life_puts_the_lock_off(signed_in: MainWindow, qtbot):
    idle, whole = signed_in.idle, 10 * 60_000

    def put_off_by(act) -> bool:
        idle._timer.start(60_000)
        act()
        return idle._timer.interval() == whole

    handle = signed_in.windowHandle()
    assert put_off_by(lambda: qtbot.keyClicks(focused(), "a"))
    assert put_off_by(lambda: type_text(qtbot, "工资"))  # an input method speaks to the field, not to the window
    assert put_off_by(lambda: QTest.mouseMove(handle, QPoint(300, 300)))
    assert put_off_by(lambda: QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(700, 300)))
    signed_in.show_page("visits")  # the focus goes elsewhere
    assert put_off_by(lambda: press(qtbot, Qt.Key.Key_Down))
    assert not put_off_by(signed_in.repaint)
    idle.stop()
    qtbot.keyClicks(focused(), "a")
    assert not idle._timer.isActive()


def test_an_open_attempt_keeps_the_window_and_the_person(signed_in: MainWindow, context):
    [session] = context.sessions
    signed_in.show_page("visits")
    session.made_pages[0].attempt_open = True
    assert not signed_in.close()
    assert signed_in.desk.form.pages.currentWidget() is session.made_pages[0]
    signed_in.switch_person()
    assert signed_in.session is session
    session.made_pages[0].attempt_open = False
    signed_in.switch_person()
    assert session.closed
    assert signed_in.current_screen() is signed_in.screens.sign_in
    assert signed_in.desk.open_pages() == []


# --- pages ------------------------------------------------------------------------------------------


def test_pages_open_by_key_and_changes_reach_only_open_ones(signed_in: MainWindow, context, qtbot):
    [session] = context.sessions
    assert len(session.made_pages) == 1
    changes = Changes(debtors=frozenset({"d1"}))
    signed_in.distribute(changes)
    press(qtbot, Qt.Key.Key_2, modifier=Qt.KeyboardModifier.AltModifier)
    assert signed_in.desk.buttons["visits"].isChecked()
    signed_in.distribute(changes)
    assert [len(page.heard) for page in session.made_pages] == [2, 1]


def test_after_an_act_the_store_puts_away_what_was_committed(signed_in: MainWindow, context, qtbot):
    [session] = context.sessions
    signed_in.distribute(Changes(debtors=frozenset({"d1"})))
    assert session.settled == 0  # not while the hand is at work
    qtbot.waitUntil(lambda: session.settled == 1)


def test_what_other_seats_changed_arrives(signed_in: MainWindow, context):
    [session] = context.sessions
    session.news = Changes(everything=True)
    signed_in.pulse.look_elsewhere()
    assert session.made_pages[0].heard == [Changes(everything=True)]


def test_trouble_shows_over_the_pages_in_the_language_of_the_window(signed_in: MainWindow, qtbot):
    signed_in.show_trouble(Trouble("store.disk_full", file="store.db"))
    english = signed_in.desk.form.banner.text()
    assert "disk is full" in english
    signed_in.set_language("zh_CN")
    qtbot.waitUntil(lambda: "磁盘已满" in signed_in.desk.form.banner.text())


def test_a_clock_set_back_is_told_by_the_desks_clock_until_it_is_right_again(signed_in: MainWindow, context):
    last = context.now()
    signed_in.show_trouble(Trouble("store.clock_backwards", last=last, now=last - timedelta(hours=3)))
    banner = signed_in.desk.form.banner
    assert "14:06" in banner.text()
    assert "11:06" in banner.text()
    signed_in.desk.tick(last - timedelta(hours=3))
    assert banner.isVisible()
    signed_in.desk.tick(last)
    assert not banner.text()


def test_the_watermark_names_the_person_and_the_time(signed_in: MainWindow):
    assert signed_in.desk.watermark.text() == "林娟 · 2026-11-23 14:06"
    assert signed_in.desk.form.clock_text.text() == "14:06"


# --- keys -------------------------------------------------------------------------------------------


def test_f1_lists_what_works_here_and_esc_gives_the_focus_back(signed_in: MainWindow, qtbot):
    before = focused()
    press(qtbot, Qt.Key.Key_F1)
    listed = signed_in.overlay.listed()
    assert "Lock the window" in listed
    assert "Show the keys of this view" in listed
    assert "Take the last outcome back (in a field: the text)" not in listed
    press(qtbot, Qt.Key.Key_Escape)
    assert not signed_in.overlay.isVisible()
    assert focused() is before


def test_help_and_lock_have_their_buttons(signed_in: MainWindow, qtbot):
    qtbot.mouseClick(signed_in.desk.acts["help"], Qt.MouseButton.LeftButton)
    assert signed_in.overlay.isVisible()
    qtbot.mouseClick(signed_in.overlay, Qt.MouseButton.LeftButton)
    assert not signed_in.overlay.isVisible()
    qtbot.mouseClick(signed_in.desk.acts["lock"], Qt.MouseButton.LeftButton)
    assert signed_in.current_screen() is signed_in.screens.lock


def test_a_question_mark_is_a_letter_while_typing_and_help_elsewhere(signed_in: MainWindow, qtbot):
    qtbot.keyClick(focused(), "?")
    assert not signed_in.overlay.isVisible()
    assert focused().text() == "?"  # type: ignore[attr-defined]
    signed_in.desk.buttons["work"].setFocus()
    qtbot.keyClick(focused(), "?")
    assert signed_in.overlay.isVisible()


def test_the_theme_changes_by_key_and_is_remembered(signed_in: MainWindow, qtbot):
    modifier = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    bar = signed_in.desk.form.bar
    for dark in (True, False):
        press(qtbot, Qt.Key.Key_D, modifier=modifier)
        assert colors().dark is dark
        assert signed_in.preferences.theme == ("dark" if dark else "light")
        assert bar.grab().toImage().pixelColor(700, 10) == color(Tint.BAR)


# --- settings ---------------------------------------------------------------------------------------


def full_disk(*_args: object) -> None:
    raise Trouble("store.disk_full", file="store.db")


def person_of(session, name: str) -> Person:
    return next(one for one in everyone.everybody(session.seat) if one.name == name)


def test_the_manager_lets_somebody_in(signed_in: MainWindow, context, qtbot):
    [session] = context.sessions
    page = signed_in.show_page("settings")
    page.show_part(2)
    people = page.people
    people.begin_new()
    people.form.person.setText("沈嘉明")
    people.form.password.setText("first pass word")
    people.save()
    qtbot.waitUntil(lambda: people.form.person_error.text() != "")
    people.form.person.setText("周明")
    people.boxes[Role.VISITOR].setChecked(True)
    people.save()
    qtbot.waitUntil(lambda: people.model.rowCount() == 5)
    new = person_of(session, "周明")
    assert new.roles == {Role.AGENT, Role.VISITOR}
    assert signed_in.desk.toast.text().startswith("周明")
    assert session.made_pages[0].heard == [Changes(people=frozenset({new.id}))]


def test_roles_are_granted_and_access_is_closed(signed_in: MainWindow, context, monkeypatch):
    [session] = context.sessions
    people = signed_in.show_page("settings").people
    people.form.table.selectRow(people.model.row_of(person_of(session, "沈嘉明").id))
    people.boxes[Role.LEAD].setChecked(True)
    people.save()
    assert person_of(session, "沈嘉明").roles == {Role.VISITOR, Role.LEAD}
    monkeypatch.setattr(people, "ask_close", lambda name: name == "沈嘉明")
    people.close_person()
    assert not person_of(session, "沈嘉明").active
    for box in people.boxes.values():
        box.setChecked(False)
    people.save()
    assert "role" in people.form.roles_error.text()


def test_the_model_of_people_keeps_qts_rules(signed_in: MainWindow, qtmodeltester):
    qtmodeltester.check(signed_in.show_page("settings").people.model)


def test_who_is_no_manager_only_reads(window: MainWindow, context):
    window.enter(context._session("沈嘉明", PASSWORD))
    page = window.show_page("settings")
    assert page.people.form.edit_card.isHidden()
    assert page.agency.form.save_button.isHidden()
    assert page.agency.form.agency.isReadOnly()


def test_the_password_is_changed_after_the_old_one_was_proved(signed_in: MainWindow, context, qtbot):
    [session] = context.sessions
    part = signed_in.show_page("settings").password
    part.form.old_password.setText("wrong")
    part.form.password.setText("another horse 8")
    part.form.password_again.setText("another horse 8")
    part.change_password()
    qtbot.waitUntil(lambda: part.form.old_password_error.text() != "")
    part.form.old_password.setText(PASSWORD)
    part.change_password()
    qtbot.waitUntil(lambda: part.form.password.text() == "")
    everyone.prove(session.seat, "another horse 8")
    assert signed_in.desk.toast.text() == "Your password is changed."


def test_the_agency_is_saved_and_told(signed_in: MainWindow, context, monkeypatch):
    [session] = context.sessions
    part = signed_in.show_page("settings").agency
    with monkeypatch.context() as patch:
        patch.setattr(settings, "write", full_disk)
        part.save()
    assert "disk is full" in part.form.agency_error.text()
    assert not signed_in.desk.toast.text()
    part.form.agency.setText("清远信用")
    part.save()
    assert settings.get(session.seat, settings.Agency).name == "清远信用"
    assert session.made_pages[0].heard == [Changes(settings=True)]
    assert signed_in.desk.toast.text()


# --- both languages, everywhere ---------------------------------------------------------------------


def screens(window: MainWindow, context):
    """Every screen of the shell, one after the other."""
    window.start()
    yield "sign in"
    window.screens._make_another()
    window.screens.first_start.create_store()
    yield "first start"
    window.screens._recover("林娟")
    yield "recover"
    window.screens.recovery_code.show_code(CODE, lambda _lang: b"")
    window.screens.bring(window.screens.recovery_code)
    yield "code"
    window.screens.recovery_code._groups = []
    window.enter(context._session("林娟", PASSWORD))
    window.show_trouble(msg("store.disk_full", file="store.db"))
    page = window.show_page("settings")
    for part in range(4):
        page.show_part(part)
        yield f"settings {part}"
    page.people.form.table.selectRow(1)
    yield "one person"
    window.overlay.toggle()
    yield "keys"
    window.overlay.hide()
    window.lock()
    yield "lock"
    window._unlocked()
    window.switch_person()


def shown_texts(window: MainWindow) -> list[tuple[QWidget, str]]:
    kinds = (*window.findChildren(QLabel), *window.findChildren(QAbstractButton), *window.findChildren(Pill))
    return [(widget, widget.text()) for widget in kinds if widget.isVisible() and widget.text().strip()]


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_text_is_cut_off_on_a_small_screen(window: MainWindow, context, qapp, qtbot, lang: str, theme: str):
    window.set_language(lang)
    apply_theme(qapp, theme)
    window.resize(1366, 697)
    for name in screens(window, context):
        qapp.processEvents()
        for widget, text in shown_texts(window):
            need = widget.minimumSizeHint() if not isinstance(widget, Pill) else widget.sizeHint()
            if isinstance(widget, QLabel) and widget.wordWrap():
                assert widget.height() >= widget.heightForWidth(widget.width()), (name, text)
                continue
            assert widget.width() >= need.width(), (name, text, widget.width(), need.width())
            assert widget.height() >= need.height(), (name, text, widget.height(), need.height())
            corner = widget.mapTo(window, widget.rect().bottomRight())
            assert window.rect().contains(corner), (name, text)
    assert (window.width(), window.height()) == (1366, 697)


# What is the same in both languages: names and figures of the test's own data, languages by their own names.
SAME = {
    "English",
    "中文",
    "×",
    "林娟",
    "沈嘉明",
    "华东一组 · 林娟 · Manager",
    "Work",
    "Visits",
    "store",
    "…",
    "14:06",
}


def test_the_other_language_reaches_every_text_without_a_restart(window: MainWindow, context, qapp, qtbot):
    seen: dict[str, int] = {}
    for name in screens(window, context):
        window.set_language("en")
        qapp.processEvents()
        english = {id(widget): text for widget, text in shown_texts(window)}
        window.set_language("zh_CN")
        qapp.processEvents()
        for widget, text in shown_texts(window):
            before = english.get(id(widget))
            if before is None or before in SAME or not any(c.isalpha() for c in before):
                continue
            if re.fullmatch(r"[0-9A-Z\s]+|(Ctrl|Alt|F\d).*", before):
                continue  # the recovery code, key caps
            assert text != before, (name, text)
            seen[name] = seen.get(name, 0) + 1
    assert min(seen.values()) >= 3
    assert len(seen) == 11


def test_the_windows_keys_work_where_nothing_has_the_focus(signed_in: MainWindow, qtbot):
    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()
    assert QApplication.focusWidget() is None
    qtbot.keyClick(signed_in, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert signed_in.current_screen() is signed_in.screens.lock
