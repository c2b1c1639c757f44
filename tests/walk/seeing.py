"""What is wrong with a window as it stands: cut, outside, overlapping, in the wrong language, without a name.

Everything here looks at the real widgets after they are laid out; nothing knows a page by name.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QFocusFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from collector_desk.resources import resource
from collector_desk.ui.widgets.text import ElidedLabel
from collector_desk.ui.window.key_overlay import KeyOverlay


class Kind(StrEnum):
    """What can be wrong."""

    CUT = "cut off"
    OUTSIDE = "outside"
    OVERLAP = "over one another"
    WORDS = "not in the language"
    NAMELESS = "without a name"
    RINGS = "focus ring"


@dataclass(frozen=True)
class Fault:
    """One of them: ``where`` leads to the widget by its parents; ``what`` shows its text, else its measures."""

    kind: Kind
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.what}"


def look(window: QWidget, language: str) -> list[Fault]:
    """All that is wrong with what is on the screen now, scrolled parts as well."""
    shown = list(_shown(window))
    found = [*_cut(shown), *_outside(shown, window), *_overlapping(shown, window)]
    return [*found, *_words(shown, language), *_nameless(shown)]


# --- what is there ---------------------------------------------------------------------------------


def _shown(window: QWidget) -> Iterator[QWidget]:
    """Every visible widget of ours; where one lies over everything (F1), only what is in it."""
    over = [w for w in window.findChildren(KeyOverlay) if w.isVisible()]
    root = over[0] if over else window
    for widget in root.findChildren(QWidget):
        if (
            widget.isVisible()
            and widget.window() is window
            and widget.width() > 0
            and widget.height() > 0
            and not _of_qt(widget)
        ):
            yield widget


def _of_qt(widget: QWidget) -> bool:
    """Parts that Qt makes inside its own widgets."""
    if isinstance(widget, QFocusFrame | QScrollBar) or widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    inside = isinstance(parent, QComboBox | QLineEdit | QHeaderView)
    return inside or (isinstance(parent, QAbstractScrollArea) and not isinstance(parent, QScrollArea))


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().replace("&", "")
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QPlainTextEdit):
        return widget.placeholderText()
    return ""


def where(widget: QWidget) -> str:
    """The widget by its names from the outside in."""
    names = []
    at: QWidget | None = widget
    while at is not None and len(names) < 4:
        name = at.objectName() or type(at).__name__
        if name not in ("QWidget", "qt_scrollarea_viewport", "QStackedWidget"):
            names.append(name)
        at = at.parentWidget()
    return " < ".join(names)


def _fault(kind: Kind, widget: QWidget, what: str = "") -> Fault:
    text = _text(widget)[:60]
    measures = f"{widget.width()} x {widget.height()}"
    return Fault(kind, where(widget), " ".join(filter(None, (f"“{text}”" if text else "", what or measures))))


# --- cut off ---------------------------------------------------------------------------------------


def _cut(shown: list[QWidget]) -> Iterator[Fault]:
    for widget in shown:
        if (lacks := _lacks(widget)) is not None:
            yield _fault(Kind.CUT, widget, lacks)


def _lacks(widget: QWidget) -> str | None:
    """What a widget lacks to show its text, in pixels, or None."""
    if isinstance(widget, ElidedLabel):
        return _elided_to_nothing(widget)
    if isinstance(widget, QLabel):
        return _label_lacks(widget)
    if isinstance(widget, QLineEdit):
        room = widget.width() - 14 - widget.textMargins().left() - widget.textMargins().right()
        wide = widget.fontMetrics().horizontalAdvance(widget.placeholderText()) if not widget.text() else 0
        return None if widget.toolTip() else _more(wide, room, "placeholder ")
    if isinstance(widget, QComboBox):
        wide = widget.fontMetrics().horizontalAdvance(widget.currentText())
        return None if widget.toolTip() else _more(wide, widget.width() - 30, "")
    if isinstance(widget, QHeaderView):
        return _header_lacks(widget)
    if isinstance(widget, QPushButton):
        wide = widget.fontMetrics().horizontalAdvance(widget.text().replace("&", ""))
        return None if widget.toolTip() else _more(wide, widget.width() - 8, "")
    if widget.layout() is not None:
        return None  # what is in it says it
    least = widget.minimumSizeHint()
    meant = widget.minimumHeight() == widget.maximumHeight()  # somebody has set it
    high = None if meant else _more(least.height(), widget.height(), "least height ")
    return _more(least.width(), widget.width(), "least ") or high


def _more(needed: int, there: int, what: str) -> str | None:
    return f"{what}{needed} > {there}" if needed > there + 1 else None


def _elided_to_nothing(label: ElidedLabel) -> str | None:
    """Dots are allowed where the whole text is at hand, but not for a label of a few characters."""
    kept = label.shown_text()
    if kept == label.text():
        return None
    if not label.toolTip():
        return "dots without the whole text"
    return "only dots are left" if len(kept.rstrip("…")) < min(3, len(label.text())) else None


def _label_lacks(label: QLabel) -> str | None:
    if not label.text() or label.pixmap().width():
        return None
    room = label.contentsRect().width() - 2 * label.margin()
    if label.wordWrap():
        metrics = label.fontMetrics()
        flags = int(Qt.TextFlag.TextWordWrap)
        box = metrics.boundingRect(QRect(0, 0, room, 100_000), flags, label.text())
        return _more(box.height(), label.contentsRect().height(), "height ") or _more(box.width(), room, "")
    size = label.fontMetrics().size(0, label.text())
    return _more(size.width(), room, "") or _more(size.height(), label.contentsRect().height() + 1, "height ")


def _header_lacks(header: QHeaderView) -> str | None:
    if header.orientation() is Qt.Orientation.Vertical or header.model() is None:
        return None
    for place in range(header.count()):
        text = str(header.model().headerData(place, Qt.Orientation.Horizontal) or "")
        wide = header.fontMetrics().horizontalAdvance(text)
        if not header.isSectionHidden(place) and wide > header.sectionSize(place) - 4:
            return f"heading “{text}” {wide} > {header.sectionSize(place) - 4}"
    return None


# --- outside, over one another ---------------------------------------------------------------------


def _outside(shown: list[QWidget], window: QWidget) -> Iterator[Fault]:
    """Whatever is not wholly inside what holds it: only a scroll area may hold more than it shows, downwards."""
    for widget in shown:
        holder = widget.parentWidget()
        if holder is None or widget.isWindow():
            continue
        box, room = widget.geometry(), holder.rect()
        area = holder.parentWidget()
        if isinstance(area, QScrollArea) and holder is area.viewport():
            sideways = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if sideways and box.width() > room.width():
                yield _fault(Kind.OUTSIDE, widget, f"{box.width()} wide in {room.width()}")
            downwards = area.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if downwards and box.height() > room.height():
                yield _fault(Kind.OUTSIDE, widget, f"{box.height()} high in {room.height()}")
        elif not room.adjusted(-1, -1, 1, 1).contains(box):
            at = f"{box.x()},{box.y()} {box.width()} x {box.height()} in {room.width()} x {room.height()}"
            yield _fault(Kind.OUTSIDE, widget, at)


def _speaks(widget: QWidget) -> bool:
    """Whether it shows a text or takes the hand: what no other such thing may lie on."""
    if isinstance(widget, QLabel):
        return bool(widget.text())
    return isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit)


def _overlapping(shown: list[QWidget], window: QWidget) -> Iterator[Fault]:
    seen = [(w, box) for w in shown if _speaks(w) and not (box := _seen(w, window)).isEmpty()]
    for (one, first), (other, second) in combinations(seen, 2):
        both = first.intersected(second)
        if both.width() > 2 and both.height() > 2 and not (one.isAncestorOf(other) or other.isAncestorOf(one)):
            yield Fault(Kind.OVERLAP, where(one), f"“{_text(one)[:30]}” and “{_text(other)[:30]}” ({where(other)})")


def _seen(widget: QWidget, window: QWidget) -> QRect:
    """Its place on the window, without what its holders cut off."""
    box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    at = widget.parentWidget()
    while at is not None and at is not window:
        box = box.intersected(QRect(at.mapTo(window, QPoint(0, 0)), at.size()))
        at = at.parentWidget()
    return box


# --- language --------------------------------------------------------------------------------------

_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z]{3,}")


def _words(shown: list[QWidget], language: str) -> Iterator[Fault]:
    other = _phrases("zh_CN" if language == "en" else "en")
    for widget in shown:
        typed = (
            widget.placeholderText() if isinstance(widget, QLineEdit) else _text(widget)
        )  # what is typed is theirs
        text = typed.strip(" ⚠:：")
        if text and text in other:
            yield _fault(Kind.WORDS, widget)


@cache
def _phrases(language: str) -> frozenset[str]:
    """Every whole phrase the program can say in a language and not in the other, but those with figures in it."""
    source, chinese = set(), set()
    for message in ET.parse(resource("i18n", "collector_desk_zh_CN.ts")).iter("message"):  # noqa: S314 -- our own
        said, meant = message.findtext("source") or "", message.findtext("translation") or ""
        source.add(said)
        chinese.add(meant)
    for path in Path(str(resource("messages"))).glob("*.toml"):
        for en, zh in _pairs(tomllib.loads(path.read_text("utf-8"))):
            source.add(en)
            chinese.add(zh)
    both = source & chinese
    wanted = source if language == "en" else chinese
    telling: Callable[[str], bool] = _tells_english if language == "en" else lambda text: bool(_HAN.search(text))
    return frozenset(text for text in wanted - both if "{" not in text and "%" not in text and telling(text))


def _tells_english(text: str) -> bool:
    return bool(_WORD.search(text)) and not _HAN.search(text)


def _pairs(table: dict[str, object]) -> Iterator[tuple[str, str]]:
    en, zh = table.get("en"), table.get("zh_CN") or table.get("zh")
    if isinstance(en, str) and isinstance(zh, str):
        yield en, zh
    for value in table.values():
        if isinstance(value, dict):
            yield from _pairs(value)


# --- a name for whoever can't see ------------------------------------------------------------------


def _nameless(shown: list[QWidget]) -> Iterator[Fault]:
    for widget in shown:
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
        if not reached or widget.focusProxy() is not None or isinstance(widget, QScrollArea):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None or not told.text(QAccessible.Text.Name).strip():
            yield _fault(Kind.NAMELESS, widget)
