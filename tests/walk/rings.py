"""How many rings of the focus are on the screen, by the pixels the window system was given.

A picture taken by Qt (``grab``) draws everything anew and would not show a ring that was left behind: only what is
really on the screen tells.
"""

from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

from collector_desk.ui.theme import Tint, color
from tests.walk.seeing import Fault, Kind, where

_AROUND = 7  # how far from a widget's edge its ring may be, in pixels of the layout
_ENOUGH = 0.55  # of a side in the ring's colour


def ringed(window: QWidget) -> Iterator[QWidget]:
    """Whatever has a ring around it on the screen."""
    image = shot(window)
    for widget in _rows_and_fields(window):
        if _has_ring(image, window, widget):
            yield widget


def shot(window: QWidget) -> QImage:
    """What the window system shows; of twice the pixels the screenless one gives a quarter, so it is drawn anew."""
    if window.devicePixelRatio() != 1:
        return window.grab().toImage()
    return window.screen().grabWindow(window.winId()).toImage()


def wrong_rings(window: QWidget) -> list[Fault]:
    """A ring where no key goes, or none where they go; the page itself, where single keys work, has none."""
    focus = QApplication.focusWidget()
    there = list(ringed(window))
    found = [
        Fault(Kind.RINGS, where(widget), "a ring without the focus") for widget in there if widget is not focus
    ]
    if focus is not None and focus not in there and _wants_ring(focus) and focus.window() is window:
        seen = "without a ring" if focus.isVisible() else "where nobody sees it"
        found.append(Fault(Kind.RINGS, where(focus), f"the focus {seen}"))
    return found


def _rows_and_fields(window: QWidget) -> Iterator[QWidget]:
    for frame in window.findChildren(QFocusFrame):
        widget = frame.widget()
        if widget is None or not widget.isVisible() or isinstance(widget, QAbstractItemView):
            continue
        if not isinstance(widget.parentWidget(), QLineEdit):  # the cross that empties a field is part of it
            yield widget
    for text in window.findChildren(QPlainTextEdit):
        if text.isVisible() and text.frameShape() is QPlainTextEdit.Shape.NoFrame:
            yield text
    for view in window.findChildren(QAbstractItemView):
        if view.isVisible():
            yield view


def _wants_ring(widget: QWidget) -> bool:
    return isinstance(
        widget, QAbstractButton | QComboBox | QLineEdit | QPlainTextEdit | QTextEdit | QAbstractItemView
    )


def _has_ring(image: QImage, window: QWidget, widget: QWidget) -> bool:
    """Whether the sides of the widget that are seen, or of the row it stands at, are in the ring's colour."""
    box = widget.rect()
    scale = image.width() / window.width()
    if isinstance(widget, QAbstractItemView | QPlainTextEdit):
        port = widget.viewport()
        for whole in (widget, port):
            if _sides(image, QRect(whole.mapTo(window, QPoint(0, 0)), whole.size()), scale):
                return True
    if isinstance(widget, QAbstractItemView):
        at = widget.currentIndex()
        if not at.isValid():
            return False
        box = widget.visualRect(at)
        if isinstance(widget, QTableView):
            box = QRect(0, box.top(), widget.viewport().width(), box.height())
        return _sides(image, QRect(widget.viewport().mapTo(window, box.topLeft()), box.size()), scale)
    place = QRect(widget.mapTo(window, box.topLeft()), box.size())
    return _sides(image, place, scale, button=isinstance(widget, QAbstractButton))


@cache
def _like_a_ring(pixel: int, _theme: str) -> bool:
    """The ring's colour, or at least half of it over one of the grounds: the style draws it transparent."""
    seen = QColor.fromRgb(pixel)
    for ring in (color(Tint.FOCUS), color(Tint.ACCENT)):
        for ground in (color(Tint.CARD), color(Tint.GROUND), color(Tint.FIELD)):
            for part in range(50, 101, 2):
                near = (
                    abs(mine * part + its * (100 - part) - 100 * is_) <= 300
                    for mine, its, is_ in zip(_rgb(ring), _rgb(ground), _rgb(seen), strict=True)
                )
                if all(near):
                    return True
    return False


def _rgb(one: QColor) -> tuple[int, int, int]:
    return one.red(), one.green(), one.blue()


def _sides(image: QImage, box: QRect, scale: float, *, button: bool = False) -> bool:
    def there(x: int, y: int) -> bool:
        at = QPoint(round(x * scale), round(y * scale))
        return image.rect().contains(at) and _like_a_ring(image.pixel(at), color(Tint.CARD).name())

    def level(y: int) -> float:
        xs = range(box.left() + 6, box.right() - 6, 5)
        return sum(there(x, y) for x in xs) / max(len(xs), 1)

    def upright(x: int) -> float:
        ys = range(box.top() + 6, box.bottom() - 6, 3)
        return sum(there(x, y) for y in ys) / max(len(ys), 1)

    # the ring of a button in the accent is a gap away from it
    filled = button and level(box.top() + 4) > _ENOUGH  # over its words
    band = range(-_AROUND, 0) if filled else range(-_AROUND, _AROUND)
    sides = (
        max(level(box.top() + d) for d in band),
        max(level(box.bottom() + d) for d in band),
        max(upright(box.left() + d) for d in band),
        max(upright(box.right() + d) for d in band),
    )
    return sum(side > _ENOUGH for side in sides) >= 3  # a scroll bar may lie on one
