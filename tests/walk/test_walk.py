"""The walk finds what is planted, and nothing in the program: one language, theme and size; all by a command."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from collector_desk.store import keys
from collector_desk.ui.theme import apply_theme
from collector_desk.ui.widgets import ElidedLabel, FormField, MenuList, Text, draw_focus
from collector_desk.ui.words import LanguageSwitch
from tests.walk.rings import wrong_rings
from tests.walk.seeing import Kind, look
from tests.walk.walking import SIZES, make_ground, walk


class Form(QWidget):
    """A small window without a fault: two fields, a button, a list, a long text that scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.amount = QLineEdit(), QLineEdit()
        self.first, self.second = FormField("Name", self.name), FormField("Amount", self.amount)
        self.button = QPushButton("Save")
        self.list = MenuList()
        self.list.addItems(["one", "two"])
        self.list.setAccessibleName("Numbers")
        self.area = QScrollArea()
        self.long = QWidget()
        self.lines = QVBoxLayout(self.long)
        for number in range(30):
            self.lines.addWidget(Text(f"line {number}"))
        self.area.setWidget(self.long)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        for part in (self.first, self.second, self.button, self.list, self.area):
            box.addWidget(part)
        self.resize(420, 520)


class StaysRinged(QPushButton):
    """Draws a ring without the focus, as one that was left behind."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        draw_focus(painter, QRectF(self.rect()))
        painter.end()


@pytest.fixture
def form(qapp: QApplication, qtbot) -> Form:
    apply_theme(qapp, "light")
    LanguageSwitch().use("en")
    window = Form()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.name.setFocus()
    settle(qapp)
    return window


def settle(app: QApplication) -> None:
    for _ in range(5):
        app.processEvents()


def cut_label(form: Form) -> None:
    label = Text("what is owed by the twenty-fourth of November")
    label.setFixedWidth(120)
    form.layout().addWidget(label)


def cut_lines(form: Form) -> None:
    label = Text("what is owed by the twenty-fourth of November and what was promised for it " * 4, wrap=True)
    label.setFixedHeight(20)
    form.layout().addWidget(label)


def cut_button(form: Form) -> None:
    form.button.setText("Save this and open the next one")
    form.button.setFixedWidth(60)


def cut_down_in_a_scrolled_part(form: Form) -> None:
    label = Text("far below, out of sight")
    label.setFixedWidth(40)
    form.lines.addWidget(label)


def only_dots(form: Form) -> None:
    label = ElidedLabel("Mobile · 161****0027")
    label.setFixedWidth(18)
    form.layout().addWidget(label)


def outside(form: Form) -> None:
    label = QLabel("out", form)
    label.setGeometry(form.width() - 10, 5, 60, 20)
    label.show()


def too_wide_to_scroll(form: Form) -> None:
    form.long.setMinimumWidth(900)


def covered(form: Form) -> None:
    toast = QLabel("Saved", form)
    toast.setGeometry(form.button.geometry())
    toast.show()
    toast.raise_()


def overlapping(form: Form) -> None:
    form.second.move(form.first.pos())
    form.second.setFixedSize(form.first.size())
    label = QLabel("over", form.first)
    label.setGeometry(form.first.label.geometry())
    label.show()


def chinese_left(form: Form) -> None:
    form.button.setText("保存，下一件")


def nameless(form: Form) -> None:
    form.layout().addWidget(QLineEdit())


def ring_left_behind(form: Form) -> None:
    form.layout().addWidget(StaysRinged("Other"))


def no_ring(form: Form) -> None:
    cover = QWidget(form)
    cover.setAutoFillBackground(True)
    box = form.name.geometry().translated(form.first.pos()).adjusted(-6, -6, 6, 6)
    cover.setGeometry(box)
    cover.show()
    cover.raise_()


PLANTED: dict[Callable[[Form], None], Kind] = {
    cut_label: Kind.CUT,
    cut_lines: Kind.CUT,
    cut_button: Kind.CUT,
    cut_down_in_a_scrolled_part: Kind.CUT,
    only_dots: Kind.CUT,
    outside: Kind.OUTSIDE,
    too_wide_to_scroll: Kind.OUTSIDE,
    covered: Kind.OVERLAP,
    overlapping: Kind.OVERLAP,
    chinese_left: Kind.WORDS,
    nameless: Kind.NAMELESS,
    ring_left_behind: Kind.RINGS,
    no_ring: Kind.RINGS,
}


def test_where_nothing_is_planted_nothing_is_found(form, qapp):
    assert look(form, "en") == []
    for part in (form.name, form.amount, form.list, form.button):
        part.setFocus()
        settle(qapp)
        assert wrong_rings(form) == [], type(part).__name__


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_what_is_planted_is_found(form, qapp, plant):
    plant(form)
    settle(qapp)
    found = {fault.kind for fault in (*look(form, "en"), *wrong_rings(form))}
    assert PLANTED[plant] in found


def test_english_left_in_a_chinese_window_is_found(form, qapp):
    form.button.setText("Save, next")
    settle(qapp)
    assert Kind.WORDS in {fault.kind for fault in look(form, "zh_CN")}


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """A store full of work and the home that remembers it, made once."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
            patch.setattr(keys, name, value)
        home = tmp_path_factory.mktemp("home")
        patch.setenv("COLLECTOR_DESK_HOME", str(home))
        folder = tmp_path_factory.mktemp("ground") / "store"
        make_ground(folder)
        yield folder, home


def test_every_page_is_whole_in_the_longer_language_at_the_smaller_window(qapp, ground, tmp_path, monkeypatch):
    """``python -m tests.walk`` does it in both languages and themes, at four sizes."""
    folder, home = ground
    monkeypatch.setenv("COLLECTOR_DESK_HOME", str(home))
    places: list[str] = []
    try:
        found = walk(
            qapp,
            Path(folder),
            tmp_path,
            language="en",
            theme="dark",
            size=SIZES["1280 x 720"],
            seen=lambda place, _: places.append(place),
        )
    finally:
        LanguageSwitch().use("en")
        apply_theme(qapp, "light")
    assert [str(one) for one in found] == []
    assert len(places) > 50
