"""Hostile text through the real window: typed into every field, shown on every page, and never read as markup."""

from contextlib import suppress
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.visits.visit import PlaceKind, VisitPurpose
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, Speaker
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import drafts, settings
from collector_desk.services.desk.settings import Agency
from collector_desk.services.visits import visiting
from collector_desk.ui.settings.people import PeoplePart
from collector_desk.ui.widgets import ElidedLabel, Pill, Text, plain_tip
from collector_desk.ui.widgets.note_edit import from_qt, to_qt
from tests.samples.hostile import HOSTILE

MARKUP = "<img src='file:///nobody.png'><b>粗</b><a href='x'>{0.__class__}</a>=1+1 &amp;"
_TYPED = ("markup", "control", "bidi", "emoji", "half a pair", "fields", "one line")
TYPED = {name: HOSTILE[name] for name in _TYPED}
TALK = CallLog(
    Outcome.REFUSES,
    Speaker.DEBTOR,
    IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
    talk_seconds=80,
    note="客户表示对账单金额无异议，但目前不愿还款，已说明后果。" + MARKUP,
    reason=ArrearsReason.WILL_NOT_PAY,
    recording="R-1",
)


def is_plain_tip(tip: str) -> bool:
    return not GuiQt.mightBeRichText(tip) or "&lt;" in tip


def shows_only_text(window: QWidget) -> int:
    """Every label, tip and cell of the window shows outside text as text; how many showed the markup itself."""
    shown = 0
    for widget in (window, *window.findChildren(QWidget)):
        assert is_plain_tip(widget.toolTip()), (type(widget).__name__, widget.objectName())
        if isinstance(widget, QLabel):
            plain = widget.textFormat() == Qt.TextFormat.PlainText
            assert plain or not GuiQt.mightBeRichText(widget.text()), widget.objectName()
            shown += "<b>" in widget.text()
        if isinstance(widget, QTextEdit):
            assert not widget.acceptRichText() or widget.isReadOnly()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            shown += _cells(widget.model())
    return shown


def _cells(model: QAbstractItemModel, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
    shown = 0
    for row in range(min(model.rowCount(parent), 50)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
            index = model.index(row, column, parent)
            assert is_plain_tip(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
            shown += "<b>" in str(index.data(Qt.ItemDataRole.DisplayRole) or "")
    return shown


def fields(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QLineEdit | QPlainTextEdit)
        and widget.isVisible()
        and widget.isEnabled()
        and not widget.isReadOnly()
    ]


def commit(field: QWidget, text: str) -> None:
    """As an input method or a paste brings it, all at once."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def a_hostile_store(desk) -> list[str]:
    """Two debtors whose every text looks like markup, one of them talked to before."""
    found = [desk.debtor(cleaned(MARKUP, 80), days=75), desk.debtor(cleaned(HOSTILE["bidi"], 60), days=75)]
    seat = desk.seat
    phone = cases.open_case(seat, found[0]).next_number.phone.id
    calling.finish(seat, calling.begin(seat, debtor_id=found[0], phone_id=phone).attempt.id, TALK)
    desk.clock.forward(hours=25)
    unreached = replace(CallLog(Outcome.NO_ANSWER), note=MARKUP, recording=MARKUP)
    calling.finish(seat, calling.begin(seat, debtor_id=found[0], phone_id=phone).attempt.id, unreached)
    ask = {"purpose": VisitPurpose.TALK, "place": PlaceKind.HOME, "words": MARKUP}
    with suppress(Refused):
        visiting.request(seat, debtor_id=found[0], address=MARKUP, **ask)
    desk.clock.forward(minutes=5)
    return found


@pytest.mark.parametrize("who", ["张晓", "林主管"])
def test_every_page_shows_hostile_text_as_text(desk_of, who):
    first = desk_of("张晓")
    a_hostile_store(first)
    desk = first if who == "张晓" else desk_of(who)
    if who != "张晓":
        settings.change(desk.seat, Agency(MARKUP, MARKUP, MARKUP, MARKUP, MARKUP))
    desk.open()
    shown = 0
    for spec in desk.session.pages():
        desk.window.show_page(spec.id)
        desk.app.processEvents()
        desk.key(Qt.Key.Key_Return)
        desk.window.grab()
        shown += shows_only_text(desk.window)
    assert shown > 0


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
def test_hostile_text_typed_into_every_field_of_a_call(desk, text):
    debtor = desk.debtor()
    desk.debtor("王明")
    desk.open()
    desk.key(Qt.Key.Key_Return)
    desk.key("D")
    attempt = desk.page.call.attempt
    desk.key("1")
    for _ in range(2):
        for field in fields(desk.window):
            commit(field, text)
            desk.app.processEvents()
            shows_only_text(desk.window)
    desk.window.grab()
    desk.window.save_drafts()
    kept = drafts.load(desk.seat, "call", attempt.id)
    assert kept is not None
    desk.ctrl(Qt.Key.Key_Return)
    shows_only_text(desk.window)
    file = cases.open_case(desk.seat, debtor).file
    assert file.debtor.id == debtor
    if calling.open_attempt(desk.seat):
        calling.finish(desk.seat, attempt.id, CallLog(Outcome.NO_ANSWER))


def test_short_forms_and_underlines_after_an_emoji(desk):
    desk.debtor()
    desk.open()
    desk.key(Qt.Key.Key_Return)
    desk.key("D")
    note = desk.page.log.note
    note.setFocus()
    note.moveCursor(QTextCursor.MoveOperation.End)
    commit(note, "😀𠮷😀/ptp")
    desk.type(" ")
    text = note.toPlainText()
    assert text.startswith("😀𠮷😀")
    assert "/ptp" not in text
    assert note.textCursor().selectedText() == "…"  # the first gap, whatever stands before it
    assert note.textCursor().selectionStart() == to_qt(text, text.index("…"))
    assert [from_qt("a😀b", place) for place in range(5)] == [0, 1, 2, 2, 3]
    assert from_qt("a😀b", 99) == 3
    calling.finish(desk.seat, desk.page.call.attempt.id, CallLog(Outcome.NO_ANSWER))


def test_tips_and_questions_show_markup_as_text(qtbot, monkeypatch):
    for widget in (ElidedLabel(MARKUP), Text(MARKUP), Pill(MARKUP)):
        qtbot.addWidget(widget)
        widget.resize(30, 20)
        widget.show()
        widget.grab()
        assert is_plain_tip(widget.toolTip())
        widget.hide()
    assert plain_tip("a < b") == "a < b"
    assert len(plain_tip("<b>" * 100_000)) < 40_000
    asked = []

    def answer(box: QMessageBox) -> int:
        asked.append((box.textFormat(), box.text()))
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "exec", answer)
    panel = PeoplePart.__new__(PeoplePart)
    QWidget.__init__(panel)
    qtbot.addWidget(panel)
    assert not panel.ask_close(MARKUP)
    assert asked[0][0] == Qt.TextFormat.PlainText
    assert MARKUP in asked[0][1]
