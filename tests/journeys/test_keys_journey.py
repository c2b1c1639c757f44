"""Keys by keys: one's own password instead of the given one, a new recovery code, the store written anew."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.vocabulary import Role
from collector_desk.exchange.store_folder import KEYS, TWIN
from collector_desk.services.office import backup, keyring, people
from collector_desk.store import keys
from collector_desk.ui.settings.people import PeoplePart
from tests.samples.store import FIRST_PASSWORD, PASSWORD

BOSS, AGENT = "林主管", "张晓"
ENTER, TAB, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Down
ALT = Qt.KeyboardModifier.AltModifier


def to(desk, widget) -> None:
    for _ in range(40):
        if QApplication.focusWidget() is widget:
            return
        desk.key(TAB)
    pytest.fail("Tab never reaches it")


def settings_of(desk, row: int):
    """The settings, with the part of this row of their menu."""
    desk.key(str(len(desk.window.desk.buttons)), ALT)
    page = desk.window.page("settings")
    while page.form.menu.currentRow() < row:
        desk.key(DOWN)
    return page


def keys_part(desk):
    page = settings_of(desk, 0)
    row = len(page.parts) + [spec.id for spec in page.further].index("keys")
    while page.form.menu.currentRow() < row:
        desk.key(DOWN)
    return page.part("keys")


def test_the_given_password_is_changed_before_anything_is_confirmed(desk_of, qtbot):
    boss = desk_of(BOSS)
    roles = frozenset({Role.MANAGER, Role.LEAD})
    people.add(boss.seat, name="钱经理", password=FIRST_PASSWORD, roles=roles)
    desk = desk_of("钱经理", FIRST_PASSWORD)
    desk.open()
    assert "初始密码" in desk.window.desk.form.banner.text()
    with pytest.raises(Refused):
        keyring.new_recovery_code(desk.seat)
    page = settings_of(desk, 1)
    form = page.password.form
    to(desk, form.old_password)
    desk.type(FIRST_PASSWORD)
    to(desk, form.password)
    desk.type("qianjingli2026")
    to(desk, form.password_again)
    desk.type("qianjingli2026")
    desk.key(ENTER)
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=20_000)
    assert "猜" in form.password_error.text(), "one's own name is no password"
    for field in (form.password, form.password_again):
        field.setFocus()
        desk.ctrl("A")
        desk.type("another horse")
    desk.key(ENTER)
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=20_000)
    people.look(desk.seat)
    assert not desk.seat.person.first_password
    people.add(desk.seat, name="新人", password=FIRST_PASSWORD, roles=frozenset({Role.AGENT}))
    assert backup.verify(desk.seat).ok


def test_a_new_code_by_keys_counts_once_it_is_typed_back(desk_of, qtbot):
    desk = desk_of(BOSS)
    desk.open()
    part = keys_part(desk)
    assert part.root.text() == keyring.root_print(desk.seat)
    to(desk, part.code_button)
    desk.key(SPACE)
    qtbot.waitUntil(lambda: desk.window.current_screen() is desk.window.screens.recovery_code)
    screen = desk.window.screens.recovery_code
    assert keyring.recovery_unconfirmed(desk.seat)
    first, second = screen.asked()
    qtbot.waitUntil(screen.form.first_group.hasFocus)
    desk.type(first)
    desk.key(ENTER)
    desk.type(second)
    desk.key(ENTER)
    assert desk.window.current_screen() is desk.window.desk
    assert not keyring.recovery_unconfirmed(desk.seat)
    assert len([slot for slot in keys.slots(desk.folder) if slot["kind"] == keys.RECOVERY]) == 1


def test_after_somebody_left_the_store_is_written_anew(desk_of, qtbot, tmp_path, monkeypatch):
    desk = desk_of(BOSS)
    desk.open()
    aside = {name: (desk.folder / name).read_bytes() for name in (KEYS, TWIN)}
    page = settings_of(desk, 2)
    monkeypatch.setattr(PeoplePart, "ask_close", lambda *_: True)
    row = next(row for row in range(page.people.model.rowCount()) if page.people.model.person(row).name == AGENT)
    page.people.form.table.selectRow(row)
    to(desk, page.people.form.close_person_button)
    desk.key(SPACE)
    texts = [page.people.model.index(row, 3).data() for row in range(page.people.model.rowCount())]
    assert any("旧密钥文件仍可打开" in text for text in texts)
    part = keys_part(desk)
    assert "1 人" in part.rekey_state.text()
    before = desk.seat.store.key
    to(desk, part.password)
    desk.type(PASSWORD)
    desk.key(ENTER)
    qtbot.waitUntil(lambda: desk.window.session is None)
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=20_000)
    assert desk.window.current_screen() is desk.window.screens.sign_in
    form = desk.window.screens.sign_in.form
    qtbot.waitUntil(form.password.isEnabled)
    form.password.setFocus()
    desk.type(PASSWORD)
    desk.key(ENTER)
    qtbot.waitUntil(lambda: desk.window.session is not None, timeout=20_000)
    seat = desk.window.session.seat
    assert seat.store.key != before
    assert keyring.still_open(seat) == frozenset()
    assert backup.verify(seat).ok
    copy = tmp_path / "copy"
    shutil.copytree(desk.folder, copy)
    for name, content in aside.items():
        (copy / name).write_bytes(content)
    with pytest.raises(Trouble) as caught:
        people.sign_in(copy, AGENT, PASSWORD, clock=desk.clock)
    assert caught.value.message.code == "store.wrong_key"
    desk.session = desk.window.session


def test_after_a_role_was_taken_or_a_code_used_the_list_offers_to_write_the_store_anew(desk_of, qtbot):
    desk = desk_of(BOSS)
    desk.open()
    page = settings_of(desk, 2)
    assert not page.people.rekey_offer.isVisible()

    def states():
        model = page.people.model
        return {model.person(row).name: model.index(row, 3).data() for row in range(model.rowCount())}

    agent = next(one for one in people.everybody(desk.seat) if one.name == AGENT)
    changes = people.set_roles(desk.seat, agent.id, agent.roles | {Role.LEGAL})
    assert keyring.still_open(desk.seat) == frozenset()
    changes |= people.set_roles(desk.seat, agent.id, frozenset({Role.LEGAL}))
    desk.window.distribute(changes)
    assert "旧密钥文件仍可打开本库" in states()[AGENT]
    assert "旧密钥文件" not in states()[BOSS]
    assert page.people.rekey_offer.isVisible()
    to(desk, page.people.rekey_button)
    desk.key(SPACE)
    part = page.part("keys")
    assert page.form.parts.currentWidget() is part
    assert "1 人" in part.rekey_state.text()
    code = keyring.new_recovery_code(desk.seat)
    keyring.confirm_recovery(desk.seat)
    seat, _ = people.recover(desk.folder, BOSS, code, "another horse", clock=desk.clock)
    seat.store.close()
    desk.window.distribute(changes)
    assert "旧密钥文件仍可打开本库" in states()[BOSS]
