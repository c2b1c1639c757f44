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
