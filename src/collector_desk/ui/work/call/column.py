"""The middle column: a message over the call, the debtor, the script; below them the log or a panel in its place.

Where a long script, a banner or further fields leave too little room it folds what explains (``folding``). Only a
panel that is a form of its own may be taller than the window, and scrolls.
"""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Banner
from collector_desk.ui.work.call.debtor_card import DebtorCard
from collector_desk.ui.work.call.folding import CallFolding, Fold
from collector_desk.ui.work.call.gate_panel import GatePanel
from collector_desk.ui.work.call.history_panel import HistoryPanel
from collector_desk.ui.work.call.log_card import LogCard
from collector_desk.ui.work.call.no_number_panel import NoNumberPanel
from collector_desk.ui.work.call.script_card import ScriptCard
from collector_desk.ui.work.call.told_panel import ToldPanel
from collector_desk.ui.work.call.visit_ask import VisitAsk


class _Inner(QWidget):
    """What the column holds; says when it is laid out anew."""

    laid_out = Signal()

    def heightForWidth(self, width: int) -> int:
        """What it needs at least: the note may be as low as it can before the column scrolls."""
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest asks for; how high it has to be at its width is told above, and only there."""
        return QSize(super().minimumSizeHint().width(), 0)

    def event(self, event: QEvent) -> bool:
        """Something in it has come, gone or grown."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.laid_out.emit()
        return done


class CallColumn(QScrollArea):
    """Lays the cards of the call out; what they do is wired by the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner()
        self.debtor, self.script, self.log = DebtorCard(), ScriptCard(), LogCard()
        self.visit = VisitAsk()
        self.visit.hide()
        self.gate = GatePanel()
        self.gate.hide()
        self.told = ToldPanel()
        self.told.hide()
        self.no_number = NoNumberPanel()
        self.no_number.hide()
        self.history = HistoryPanel()
        self.history.hide()
        inner = _Inner()
        column = QVBoxLayout(inner)
        column.setContentsMargins(Margin.NONE)
        column.setSpacing(Gap.COLUMN)
        for part in (self.banner, self.debtor, self.script):
            column.addWidget(part)
        for below in (
            self.log,
            self.visit,
            self.gate,
            self.told,
            self.no_number,
            self.history,
        ):  # one of them is shown
            column.addWidget(below, 1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)  # setWidget fills it
        self.folding = CallFolding(inner, (self.debtor, self.script, self.log), self._fold)
        inner.laid_out.connect(self.fit)

    def fit(self) -> None:
        """Fold as much as the room asks for."""
        self.folding.fit(self.viewport().width(), self.viewport().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room, another fold."""
        super().resizeEvent(event)
        self.fit()

    def _fold(self, step: Fold) -> None:
        self.debtor.fold(step >= Fold.NUMBERS)
        self.script.fold(step)

    def to_foot(self, button: QWidget) -> None:
        """Bring a card's foot into view, once the card has found its size."""
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(button))

    def to_top(self) -> None:
        """Bring the debtor and the words into view."""
        self.verticalScrollBar().setValue(0)

    def to_note(self) -> None:
        """Into the note, with the button that saves it in view."""
        self.log.note.setFocus()
        self.ensureWidgetVisible(self.log.save)

    def quote(self) -> None:
        """What the customer said, in quotation marks, in the note."""
        if self.log.note.isVisible():
            self.log.note.quote()

    def to_more(self) -> None:
        """Open or fold the rarer fields of the log."""
        self.log.toggle_more()
        self.to_foot(self.log.save)

    def to_when(self) -> None:
        """Into day and time, wherever they are asked for: a panel in the log's place, the log, its next step."""
        more = self.log.more.fields["next_day"]
        if self.gate.until.isVisible():
            self.gate.until.setFocus()
        elif not self.log.fields.to_when() and more.isVisible():
            more.setFocus()
        elif not more.isVisible() and not self.log.fields.isVisible():
            self.log.blink()

    def soon(self) -> None:
        """The moments that are often asked for, where one is."""
        if self.log.fields.soon.isVisible():
            self.log.fields.soon.open_menu()

    def to_amount(self) -> None:
        """Into the amount, where one is asked for."""
        if self.log.fields.amount.isVisible():
            self.log.fields.amount.setFocus()
            self.log.fields.amount.selectAll()
