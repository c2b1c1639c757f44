"""The parts of the kit, one by one."""

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from collector_desk.ui.theme import Tint, Tone, apply_theme
from collector_desk.ui.widgets import (
    Banner,
    BranchButton,
    ElidedLabel,
    FormField,
    KeyHint,
    MaskedText,
    NumberCard,
    PasswordField,
    Pill,
    Text,
    Toast,
    Watermark,
    draw_mark,
)


@pytest.fixture(autouse=True)
def _light(qapp: QApplication):
    apply_theme(qapp, "light")


def test_states_differ_by_shape_not_by_colour_alone(qapp: QApplication):
    shapes = []
    for tone in Tone:
        image = QImage(QSize(24, 24), QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        draw_mark(painter, QRectF(2, 2, 20, 20), tone)
        painter.end()
        shapes.append(tuple(image.pixelColor(x, y).alpha() > 127 for x in range(24) for y in range(24)))
        shapes[-1] += tuple(image.pixelColor(x, y).lightness() // 128 for x in range(24) for y in range(24))
    assert len(set(shapes)) == len(Tone)


def test_text_from_outside_is_never_markup(qtbot):
    label = Text("<b>朱雪彩</b>&nbsp;<img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.sizeHint().width() > Text("朱雪彩").sizeHint().width() * 2


def test_an_elided_label_tells_the_whole_text(qtbot):
    label = ElidedLabel("a rather long text that does not fit")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.shown_text().endswith("…")
    assert label.toolTip() == label.text()
    label.resize(800, 20)
    assert label.shown_text() == label.text()
    assert label.toolTip() == ""


def test_masked_text_shows_the_clear_one_only_when_asked(qtbot):
    text = MaskedText()
    qtbot.addWidget(text)
    text.set_value("朱**", "朱雪彩")
    assert text.text() == "朱**"
    text.reveal()
    assert (text.text(), text.is_open) == ("朱雪彩", True)
    text.set_value("李*")
    assert (text.text(), text.is_open) == ("李*", False)
    text.reveal("李明")
    text.conceal()
    assert text.text() == "李*"


def test_a_branch_is_chosen_by_click_and_by_space(qtbot):
    button = BranchButton("1", "Ready to pay now")
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert button.key == "1"


def test_a_number_card_says_its_state_in_words(qtbot):
    card = NumberCard()
    qtbot.addWidget(card)
    card.set("Mobile", "161****5778", "Again tomorrow 08:00", Tone.WARN, "1")
    card.resize(card.minimumSizeHint())
    card.show()
    assert "Again tomorrow 08:00" in card.accessibleName()
    assert card.toolTip() == card.status


def test_a_field_says_what_is_wrong_with_it(qtbot):
    field = FormField("Amount", QLineEdit(), hint="in yuan")
    qtbot.addWidget(field)
    field.set_error("More than is owed.")
    assert field.error() == "More than is owed."
    assert field.label.tint is Tint.DANGER_STRONG
    field.set_error("")
    assert field.error() == ""


def test_fields_in_a_row_stay_level(qtbot):
    row = QWidget()
    qtbot.addWidget(row)
    box = QHBoxLayout(row)
    fields = [FormField(name, QLineEdit()) for name in ("Amount", "Date")]
    for field in fields:
        box.addWidget(field)
    fields[0].set_error("Too late.")
    row.resize(400, 160)
    row.show()
    qtbot.waitExposed(row)
    assert fields[0].field.y() == fields[1].field.y()


def test_caps_lock_is_noticed_by_the_letters(qtbot):
    field = PasswordField()
    qtbot.addWidget(field)
    heard: list[bool] = []
    field.caps_changed.connect(heard.append)
    qtbot.keyClick(field, "A", Qt.KeyboardModifier.ShiftModifier)
    assert heard == []
    qtbot.keyClick(field, "A")
    assert heard == [True]
    qtbot.keyClick(field, "b")
    assert heard == [True, False]
    assert field.displayText() != field.text()


def test_a_banner_says_what_to_do_and_does_it(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    done: list[str] = []
    banner.tell(
        lambda: "The disk is full.",
        lambda: "Make room.",
        action=lambda: "Try again",
        act=lambda: done.append("again"),
    )
    assert banner.text() == "The disk is full."
    qtbot.mouseClick(banner.action, Qt.MouseButton.LeftButton)
    assert done == ["again"]
    assert banner.text() == ""
    banner.tell(lambda: "Only told.")
    assert banner.action.isHidden()
    qtbot.keyClick(banner, Qt.Key.Key_Escape)
    assert banner.text() == ""


def test_a_toast_goes_by_itself_and_lets_the_mouse_through(qtbot):
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(600, 300)
    toast = Toast(ground)
    toast._timer.setInterval(1)
    toast.tell("Saved.")
    assert toast.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    qtbot.waitUntil(lambda: toast.text() == "")


def test_the_watermark_covers_the_view_and_follows_its_size(qtbot):
    ground = QWidget()
    qtbot.addWidget(ground)
    mark = Watermark(ground)
    mark.set_text("林娟 · 2026-11-23 14:06")
    ground.resize(700, 400)
    ground.show()
    qtbot.waitExposed(ground)
    assert mark.geometry() == ground.rect()
    assert mark.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    image = ground.grab().toImage()
    for left in range(0, 700, 350):  # no quarter of the view is without it
        for top in range(0, 400, 200):
            shades = {image.pixel(x, y) for x in range(left, left + 350, 2) for y in range(top, top + 200, 2)}
            assert len(shades) > 1


def test_keys_are_written_as_the_system_writes_them(qtbot):
    hint = KeyHint("Ctrl+Return")
    qtbot.addWidget(hint)
    assert hint.text() == "Ctrl+Enter"


def test_a_pill_keeps_its_words_where_there_is_room(qtbot):
    pill = Pill("May dial until 22:00", Tone.OK)
    qtbot.addWidget(pill)
    pill.resize(pill.sizeHint())
    pill.grab()
    assert pill.toolTip() == ""
    pill.resize(60, 24)
    pill.grab()
    assert pill.toolTip() == "May dial until 22:00"
