"""Facts in two columns, a dim label and its value: what a case, a file or a report consists of."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Text

_PAIR = tuple[str, str]


class LabelledFacts(QWidget):
    """Label and value, one under the other; ``columns`` pairs stand beside each other."""

    def __init__(self, parent: QWidget | None = None, *, columns: int = 1) -> None:
        super().__init__(parent)
        self._columns = columns
        self._labels: list[tuple[Text, Text]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Margin.NONE)
        self._grid.setHorizontalSpacing(Gap.ACTS)
        self._grid.setVerticalSpacing(Gap.LINE)
        for column in range(columns):
            self._grid.setColumnStretch(column * 2 + 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_facts(self, facts: Sequence[_PAIR]) -> None:
        """Show these; pairs without a value are left out."""
        shown = [pair for pair in facts if pair[1]]
        while len(self._labels) < len(shown):
            self._add()
        for place, (label, value) in enumerate(self._labels):
            there = place < len(shown)
            label.setVisible(there)
            value.setVisible(there)
            if there:
                label.setText(shown[place][0])
                value.setText(shown[place][1])

    def texts(self) -> list[_PAIR]:
        """What is shown."""
        return [(label.text(), value.text()) for label, value in self._labels if not label.isHidden()]

    def _add(self) -> None:
        place = len(self._labels)
        row, column = place // self._columns, place % self._columns * 2
        label = Text(size=Size.BODY, tint=Tint.DIM)
        value = Text(size=Size.BODY, wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, column + 1, Qt.AlignmentFlag.AlignTop)
        self._labels.append((label, value))


class Column(QScrollArea):
    """A column of cards that scrolls where they don't fit."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 12) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        inner = QWidget()
        inner.setAutoFillBackground(False)
        self.box = QVBoxLayout(inner)
        self.box.setContentsMargins(Margin.NONE)
        self.box.setSpacing(spacing)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)  # setWidget switches it on


def column(scroll: QScrollArea) -> QVBoxLayout:
    """Make a scroll area hold cards one under the other, on the quiet ground."""
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.viewport().setAutoFillBackground(False)
    inner = QWidget()
    inner.setAutoFillBackground(False)
    box = QVBoxLayout(inner)
    box.setContentsMargins(Margin.SCROLLED)
    box.setSpacing(Gap.CARD)
    scroll.setWidget(inner)
    inner.setAutoFillBackground(False)
    return box


class FactGrid(QWidget):
    """Labels in a dim narrow column, values beside them; long values wrap."""

    def __init__(
        self, pairs: Sequence[tuple[str, str]] = (), parent: QWidget | None = None, *, wide: int = 96
    ) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._open: tuple[int, Text] | None = None  # a half one that waits for its neighbour: its row and value
        self._grid.setContentsMargins(Margin.NONE)
        self._grid.setHorizontalSpacing(Gap.PAGE)
        self._grid.setVerticalSpacing(Gap.TIGHT)
        self._grid.setColumnMinimumWidth(0, wide)
        self._grid.setColumnStretch(1, 1)
        for label, value in pairs:
            self.add(label, value)

    def add(self, label: str, value: str, *, half: bool = False) -> None:
        """One more pair; an empty value shows as a dash. Two ``half`` ones stand side by side."""
        name = _label(label)
        shown = Text(value or "—", wrap=True)
        shown.setAccessibleName(f"{label}: {value}")
        waiting, self._open = self._open, None
        if half and waiting is not None:  # beside it, its label no wider than its words
            row, column = waiting[0], 2
            self._grid.setColumnStretch(3, 1)
            needed = min(_width(name), self._grid.columnMinimumWidth(0))
            self._grid.setColumnMinimumWidth(2, max(needed, self._grid.columnMinimumWidth(2)))
        else:
            row, column = self._grid.rowCount(), 0
            if half:
                self._open = (row, shown)
            elif waiting is not None:  # nobody comes to stand beside it: it may take the whole row
                self._grid.removeWidget(waiting[1])
                self._grid.addWidget(waiting[1], waiting[0], 1, 1, 3, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(name, row, column, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, row, column + 1, 1, 1 if half else 3, Qt.AlignmentFlag.AlignTop)


def _label(text: str) -> Text:
    return Text(text, size=Size.CAPTION, tint=Tint.DIM, wrap=True)


def _width(label: Text) -> int:
    """Pixels its words take in one line."""
    return label.fontMetrics().horizontalAdvance(label.text()) + 2


def label_width(text: str) -> int:
    """How wide a label of a ``FactGrid`` is in one line."""
    return _width(_label(text))
