"""The fields of the report as they are read and filled, whatever they look like."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from collector_desk.domain.text.merging import both
from collector_desk.domain.visits.visit import VisitPlan
from collector_desk.ui.theme.gaps import Margin
from collector_desk.ui.widgets.parts import LongField, QuietCombo, WordCombo


class PresentField(QWidget):
    """Who of the team was there from arrival to the end."""

    changed = Signal()

    def __init__(self, plan: VisitPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(Margin.LINE)
        self.boxes = {member.person_id: QCheckBox(member.name) for member in plan.team}
        for box in self.boxes.values():
            row.addWidget(box)
            box.toggled.connect(lambda _: self.changed.emit())
        row.addStretch(1)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> str:
        """Their ids with spaces between."""
        return " ".join(person_id for person_id, box in self.boxes.items() if box.isChecked())

    def set_value(self, text: str) -> None:
        """Tick these."""
        for person_id, box in self.boxes.items():
            box.setChecked(person_id in text.split())


class Kept(QWidget):
    """Holds a text that this person does not edit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self.hide()


def answered(typed: Mapping[str, str], name: str) -> bool:
    """A breach is only told where its field was filled in; some are about what is empty."""
    if name in ("consent", "over_time_reason"):
        return typed.get("entry") == "allowed" and bool(typed.get("minutes_inside"))
    return bool(typed.get(name))


def value_of(widget: QWidget) -> str:
    """What stands in a field, as text."""
    match widget:
        case WordCombo() | PresentField():
            return widget.value()
        case QuietCombo():
            return str(widget.currentData() or "")
        case LongField():
            return widget.toPlainText()
        case QLineEdit():
            return widget.text()
        case Kept():
            return widget.text
    return ""


def set_value(widget: QWidget, text: str) -> None:
    """Put a text into a field."""
    match widget:
        case WordCombo() | PresentField():
            widget.set_value(text)
        case QuietCombo():
            widget.setCurrentIndex(max(widget.findData(text), 0))
        case LongField():
            at = _cursor(widget.toPlainText(), text, widget.textCursor().position())
            widget.setPlainText(text)
            cursor = widget.textCursor()
            cursor.setPosition(at)
            widget.setTextCursor(cursor)
        case QLineEdit():
            at = _cursor(widget.text(), text, widget.cursorPosition())
            widget.setText(text)
            widget.setCursorPosition(at)
        case Kept():
            widget.text = text


def shown_value(widget: QWidget, text: str) -> str:
    """A value as a person reads it in this field."""
    match widget:
        case WordCombo() | QuietCombo():
            return widget.itemText(max(widget.findData(text), 0)) if text else ""
        case PresentField():
            return "、".join(box.text() for person_id, box in widget.boxes.items() if person_id in text.split())
    return text


def joined(widget: QWidget, first: str, second: str) -> str:
    """Two texts of one field, one after the other; in a single line with a mark between."""
    found = both(first, second)
    return found if isinstance(widget, LongField) else found.replace("\n", "；")


def _cursor(before: str, after: str, at: int) -> int:
    """Where the cursor goes on when others changed the text around it."""
    same = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    if before == after or (at <= same and at < len(before)):
        return min(at, len(after))
    return max(len(after) - (len(before) - at), 0)
