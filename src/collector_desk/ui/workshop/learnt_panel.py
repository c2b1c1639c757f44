"""What the calls of the last weeks show of each answer card. A quiet table: it changes no order by itself."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QHeaderView, QVBoxLayout, QWidget

from collector_desk.services.calls import learning
from collector_desk.services.calls.learning import CardUse, Followed, Learnt
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Margin, Width
from collector_desk.ui.widgets import QuietTable, Text, plain_tip
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language

_DAYS = (7, 30, 90)
_SHOWN = (Followed.PROMISE, Followed.LED_ON, Followed.REFUSED, Followed.HUNG_UP, Followed.COMPLAINT)
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class LearntModel(QAbstractTableModel):
    """Cards by row; calls, then what followed, by column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[CardUse, ...] = ()

    def show_uses(self, rows: tuple[CardUse, ...]) -> None:
        """Take other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """One for each card, and the first for all."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Card, calls, and what followed."""
        return 0 if parent.isValid() else len(_SHOWN) + 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The columns' words; figures stand on the right."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return int(Qt.AlignmentFlag.AlignRight)
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            self.tr("Answer"),
            self.tr("Calls"),
            self.tr("Promise"),
            self.tr("Led on"),
            self.tr("Refused"),
            self.tr("Hung up"),
            self.tr("Complaint"),
        )[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A card's title or figures; a share only where the calls are enough."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole and not column:
            return plain_tip(row.title)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if column == 0:
            return row.title or self.tr("All calls with an answer")
        if column == 1:
            return str(row.used)
        followed = _SHOWN[column - 2]
        share = row.share(followed)
        return str(row.count(followed)) if share is None else f"{row.count(followed)} · {share} %"


class LearntPanel(Page):
    """Loaded when it is first shown, in a worker."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._learnt: Learnt | None = None
        self.period = QComboBox()
        self.period.setMaximumWidth(Width.DATE)
        self.note = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        self.model = LearntModel(self)
        self.table = QuietTable()
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(44)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        for part in (self.period, self.note):
            box.addWidget(part)
        box.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.period.activated.connect(lambda _: self.load())
        self.retranslate()

    def load(self) -> None:
        """Count anew, beside the window."""
        days, lang = int(self.period.currentData()), language()
        self._place.tasks.run(
            lambda job: learning.learnt(self._place.seat, lang, days=days, check=job.check),
            owner=self,
            done=self._took,
        )

    def _took(self, found: Learnt) -> None:
        self._learnt = found
        self.model.show_uses((found.every, *found.cards) if found.cards else ())
        self._say()

    def _say(self) -> None:
        if self._learnt is not None and not self._learnt.cards:
            self.note.setText(self.tr("No answer card was used in this time."))
        else:
            text = self.tr(
                "Calls in which an answer was used, and what followed. Shares only from {few} calls on. "
                "The order in which answers are found does not change by itself."
            )
            self.note.setText(text.format(few=learning.FEW))

    def retranslate(self) -> None:
        """Set every text anew; the titles of the cards come with the next count."""
        chosen = max(self.period.currentIndex(), 0) if self.period.count() else 1
        self.period.clear()
        for days in _DAYS:
            self.period.addItem(self.tr("The last {days} days").format(days=days), days)
        self.period.setCurrentIndex(chosen)
        self.period.setAccessibleName(self.tr("Period"))
        self.table.setAccessibleName(self.tr("What followed the answers"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_SHOWN) + 1)
        self._say()
        if self._learnt is not None:
            self.load()
