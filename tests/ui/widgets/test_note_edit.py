"""The note's own edges: what counts as typed, the list's place, words put there by the program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from collector_desk.domain.calls.short_forms import Figure, ShortForm, Whose
from collector_desk.ui.widgets.note_edit import NoteEdit, _typed, from_qt, to_qt

FORMS = (
    ShortForm(("hf",), "约好回访", Whose.OWN, "1"),
    ShortForm(("忙", "busy"), "现在忙"),
)
PTP = ShortForm(("ptp",), "于【时间】还【金额】元，原因 …")


@pytest.fixture
def note(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    edit = NoteEdit(lambda text, speaker: ())
    QVBoxLayout(window).addWidget(edit)
    window.resize(520, 400)
    edit.set_forms(FORMS)
    window.show()
    window.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    yield edit
    window.close()


def test_what_the_program_puts_there_is_not_expanded(note):
    note.setPlainText("说好了/hf 再打")
    assert note.toPlainText() == "说好了/hf 再打"
    note.moveCursor(note.textCursor().MoveOperation.End)
    QTest.keyClicks(note, " /busy ")
    assert note.toPlainText() == "说好了/hf 再打 现在忙 "


def test_a_short_form_finished_before_other_words_expands(note):
    note.setPlainText("，再约")
    QTest.keyClicks(note, "/hf")
    assert note.toPlainText() == "/hf，再约"
    QTest.keyClicks(note, ",")
    assert note.toPlainText() == "约好回访,，再约"


def test_the_list_lies_within_the_window_and_goes_with_the_cursor(note):
    QTest.keyClicks(note, "ab /")
    (shown,) = [part for part in note.window().children() if type(part).__name__ == "ShortFormList"]
    assert note.window().rect().contains(shown.geometry())
    assert len(note.offers()) == len(FORMS)
    QTest.keyClick(note, Qt.Key.Key_Up)
    assert shown.chosen() is FORMS[-1]
    QTest.keyClick(note, Qt.Key.Key_Left)
    assert note.offers() == []
    QTest.keyClick(note, Qt.Key.Key_Right)
    QTest.keyClicks(note, "b")
    assert [form.names for form in note.offers()] == [("忙", "busy")]
    note.clearFocus()
    assert note.offers() == []


def test_a_click_takes_what_it_hits(note):
    QTest.keyClicks(note, "ok /")
    (shown,) = [part for part in note.window().children() if type(part).__name__ == "ShortFormList"]
    place = shown.list.visualItemRect(shown.list.item(1)).center()
    QTest.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert note.toPlainText() == "ok 现在忙"
    assert note.hasFocus()


@given(st.text(max_size=12), st.text(max_size=4), st.text(max_size=12))
def test_what_was_typed_before_the_cursor_is_found(before, typed, rest):
    start, end = _typed(before + rest, before + typed + rest, len(before + typed))
    assert (before + typed)[start:end].endswith(typed[-1:] if typed else "")
    assert end == len(before + typed)


@given(st.text(max_size=20), st.integers(0, 20))
def test_places_as_qt_counts_them_come_back(text, place):
    place = min(place, len(text))
    assert from_qt(text, to_qt(text, place)) == place


def test_the_only_one_that_fits_is_taken_by_enter_without_a_new_line(note):
    QTest.keyClicks(note, "/h")
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert note.toPlainText() == "约好回访"
    QTest.keyClicks(note, "/")
    QTest.keyClick(note, Qt.Key.Key_Return)  # two fit, none is meant: a line of its own
    assert note.toPlainText() == "约好回访/\n"


@pytest.mark.parametrize("ends", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_known_figures_are_filled_in_and_tab_goes_through_the_gaps(note, ends):
    note.set_forms((*FORMS, PTP))
    note.set_figures(lambda: {Figure.AMOUNT: "1,000.00"})
    QTest.keyClicks(note, "/ptp")
    QTest.keyClick(note, ends)
    assert note.toPlainText().strip() == "于…还1,000.00元，原因 …"
    QTest.keyClicks(note, "24")
    QTest.keyClick(note, Qt.Key.Key_Tab)
    QTest.keyClicks(note, "wages")
    assert note.toPlainText().strip() == "于24还1,000.00元，原因 wages"
    assert note.hasFocus()


def test_the_customers_words_are_put_in_quotation_marks(note):
    note.setPlainText("ab cd")
    note.moveCursor(note.textCursor().MoveOperation.Start)
    note.moveCursor(note.textCursor().MoveOperation.NextWord, note.textCursor().MoveMode.KeepAnchor)
    note.quote()
    assert note.toPlainText() == "“ab ”cd"
    note.moveCursor(note.textCursor().MoveOperation.End)
    note.quote()
    QTest.keyClicks(note, "x")
    assert note.toPlainText() == "“ab ”cd“x”"
