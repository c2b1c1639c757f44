"""The columns a file hides: in words, and below the table of its columns what is wanted of the one at hand."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QWidget

from collector_desk.domain.book.lists import HiddenColumn
from collector_desk.domain.message import Message
from collector_desk.domain.states import HiddenUse
from collector_desk.intake.columns import HiddenChoice
from collector_desk.intake.layout import TablesRead, use_of
from collector_desk.ui.theme import Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Text
from collector_desk.ui.words import language, say


def said_of_hidden(columns: Iterable[HiddenColumn]) -> str:
    """One line; nothing where nothing is hidden."""
    told = (
        say(Message(f"intake.hidden_use.{column.use}", {"letter": column.letter, "header": column.header}))
        for column in columns
    )
    return ("；" if language() == "zh_CN" else "; ").join(told)


class HiddenLine(QWidget):
    """One button that takes or leaves the hidden column chosen in the table; the others stay as they are."""

    wanted = Signal(object)  # a HiddenChoice

    def __init__(self, table: QAbstractItemView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._file: TablesRead | None = None
        self._shown: list[HiddenColumn | None] = []  # a row each; None: nothing to choose there
        self._chosen: HiddenColumn | None = None  # the one last changed
        self._here = False
        self.note, self.button = Text(tint=Tint.WARN_STRONG), QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._other_use)
        line = QHBoxLayout(self)
        line.setContentsMargins(Margin.NONE)
        line.setSpacing(Gap.ROW)
        line.addWidget(self.note, 1)
        line.addWidget(self.button)
        self.hide()
        table.selectionModel().currentRowChanged.connect(lambda *_: self._say())

    @property
    def changed(self) -> bool:
        """Whether the file shown is here again because of a choice made for it."""
        return self._chosen is not None

    def show_file(self, file: TablesRead, *, same: bool) -> None:
        """Of which file the columns are; ``same``: it was read again."""
        self._file = file
        if not same:
            self._chosen = None

    def rows(self, unknown: str) -> tuple[list[tuple[str, ...]], list[Tint | None]]:
        """The file's columns for the table, those to look at first, and their tints; ``unknown``: not a field."""
        rows: list[tuple[str, ...]] = []
        tints: list[Tint | None] = []
        self._shown = []
        for sheet in self._file.sheets if self._file else ():
            for column in sorted(sheet.columns, key=lambda item: (not item.hidden, item.field is not None)):
                known = column.field is not None
                said = say(Message(f"intake.field.{column.field}")) if known else unknown
                if column.left:
                    said = self.tr("▲ hidden: left out")
                elif column.hidden and column.twice:
                    said = self.tr("▲ hidden: another column counts")
                elif column.hidden:
                    said = self.tr("▲ hidden: {meaning}").format(meaning=said.removeprefix("▲ "))
                rows.append((column.letter, column.header, said, sheet.name))
                tints.append(None if known and not column.hidden else Tint.WARN_STRONG)
                hidden = HiddenColumn(sheet.name, column.letter, column.header, use_of(column))
                self._shown.append(hidden if column.hidden else None)
        return rows, tints

    def show_choice(self, *, here: bool) -> None:
        """Offer the choice where the table shows the columns; the one last changed is at hand."""
        self._here = here
        if here and any(self._shown):
            row = next((at for at, one in enumerate(self._shown) if _same(one, self._chosen)), 0)
            self._table.setCurrentIndex(self._table.model().index(row, 0))
        self._say()

    def _at_hand(self) -> HiddenColumn | None:
        row = self._table.currentIndex().row()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _say(self) -> None:
        hidden, at_hand = self._file.hidden if self._file else (), self._at_hand()
        self.setVisible(bool(hidden) and self._here)
        self.button.setVisible(at_hand is not None)
        self.note.setText(self.tr("Nobody who opens the file sees the columns marked ▲ hidden."))
        if at_hand is not None:
            said = self.tr("Leave column {letter} out") if _counts(at_hand) else self.tr("Take column {letter}")
            self.button.setText(said.format(letter=at_hand.letter))

    def _other_use(self) -> None:
        """Take the chosen column where it is left or gives way, else leave it."""
        at_hand = self._at_hand()
        if at_hand is None or self._file is None:
            return
        self._chosen = at_hand
        taken: set[str] = set()
        left: set[str] = set()
        for one in self._file.hidden:
            take = _counts(one) != _same(one, at_hand)
            if one.use is not HiddenUse.BESIDE or _same(one, at_hand):
                (taken if take else left).add(f"{one.sheet}!{one.letter}")
        self.wanted.emit(HiddenChoice(frozenset(taken), frozenset(left)))


def _counts(column: HiddenColumn) -> bool:
    return column.use is HiddenUse.TAKEN


def _same(one: HiddenColumn | None, other: HiddenColumn | None) -> bool:
    """One column of the file, whatever became of it."""
    return one is not None and other is not None and (one.sheet, one.letter) == (other.sheet, other.letter)
