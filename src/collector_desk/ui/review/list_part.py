"""A list on the left and what is chosen on the right: the half that open tasks and visit reports share."""

from abc import abstractmethod
from typing import Any

from PySide6.QtCore import QAbstractListModel, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QStackedWidget, QWidget

from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.visits.list.visit_list import VisitList
from collector_desk.ui.widgets import Card, EmptyState
from collector_desk.ui.widgets.rows import ROW_ROLE
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language


class Detail(QWidget):
    """What stands on the right; made anew for every row. ``acted`` carries what an act changed."""

    acted = Signal(object)

    @abstractmethod
    def first_field(self) -> QWidget:
        """Where the keys go."""

    def main_act(self) -> None:
        """What Ctrl+Enter does."""

    def second_act(self) -> None:
        """What the key for refusing does."""

    def release(self) -> None:
        """What the key for letting collecting go on does."""

    def unmask(self) -> None:
        """Show the name."""

    def kept(self) -> Any:
        """What was typed so far; falsy where nothing was."""
        return None

    def restore(self, kept: Any) -> None:
        """Put it back."""


class ListPart(Page):
    """``counted`` says that the number of rows may have changed."""

    acted = Signal(object)
    counted = Signal()
    print_wanted = Signal()

    def __init__(
        self, place: Workplace, model: QAbstractListModel, empty_icon: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._place = place
        self.detail: Detail | None = None
        self._shown: Any = None
        self._quiet = False
        self._spoken = language()
        self.card = Card("", margin=10)
        self.card.setFixedWidth(Width.LIST)
        self._model = model
        self.list = VisitList()
        self.list.setModel(model)
        self.list.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._moved())
        self.list.entered_row.connect(self.into_detail)
        self.card.body.addWidget(self.list, 1)
        self.empty = EmptyState(icon=icon(empty_icon))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        box = QHBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.CARD)
        box.addWidget(self.card)
        box.addWidget(self.stack, 1)
        self.retranslate()
        self.load()

    # --- what each list says for itself --------------------------------------------------------------

    @abstractmethod
    def read(self) -> None:
        """Read the rows anew into the model."""

    @abstractmethod
    def row_id(self, row: Any) -> str:
        """By what a row is found again."""

    @abstractmethod
    def make_detail(self, row: Any) -> Detail | None:
        """What is shown of a row; None where it can't be shown."""

    @abstractmethod
    def words(self) -> tuple[str, str, str]:
        """The title of the list, and the two lines of the empty one."""

    # --- the part ------------------------------------------------------------------------------------

    def count(self) -> int:
        """How many wait."""
        return self._model.rowCount()

    def row(self) -> Any:
        """The chosen row; None where there is none."""
        index = self.list.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def load(self) -> None:
        """Read anew; the chosen one stays chosen, and what is being answered stays as it is."""
        before = self.row()
        self._quiet = True
        self.read()
        place = self._place_of(self.row_id(before)) if before is not None else -1
        if self.count():
            self.list.setCurrentIndex(self._model.index(max(place, 0), 0))
        self._quiet = False
        same = place >= 0 and self.detail is not None
        if not (same and self.detail is not None and (self.detail.kept() or self._shown == self.row())):
            self._moved()
        self.counted.emit()

    def into_detail(self) -> None:
        """To the lead's word."""
        if self.detail is not None:
            self.detail.first_field().setFocus()

    def main_act(self) -> None:
        """Accept, approve, tick off."""
        if self.detail is not None:
            self.detail.main_act()

    def second_act(self) -> None:
        """Refuse, send back."""
        if self.detail is not None:
            self.detail.second_act()

    def release(self) -> None:
        """Let collecting go on, where the chosen task holds it up."""
        if self.detail is not None:
            self.detail.release()

    def unmask(self) -> None:
        """Show the name."""
        if self.detail is not None:
            self.detail.unmask()

    def _place_of(self, row_id: str) -> int:
        for place in range(self.count()):
            if self.row_id(self._model.index(place, 0).data(ROW_ROLE)) == row_id:
                return place
        return -1

    def _moved(self) -> None:
        if self._quiet:
            return
        if self.detail is not None:
            self.stack.removeWidget(self.detail)
            self.detail.deleteLater()
            self.detail = None
        self._shown = self.row()
        self.card.setVisible(self._shown is not None)
        made = self.make_detail(self._shown) if self._shown is not None else None
        if made is None:
            self.stack.setCurrentWidget(self.empty)
            return
        self.detail = made
        made.acted.connect(self._acted)
        self.stack.addWidget(made)
        self.stack.setCurrentWidget(made)

    def _acted(self, changes: object) -> None:
        self.acted.emit(changes)
        self.list.setFocus()

    def retranslate(self) -> None:
        """Set every text anew."""
        title, nothing, why = self.words()
        self.card.set_title(title)
        self.empty.say(nothing, why)
        detail = self.detail
        if detail is None or self._spoken == language():
            self._spoken = language()
            return  # Qt says so more often than the language changes: nothing typed may suffer
        self._spoken = language()
        kept = detail.kept()
        there = detail.first_field().hasFocus()
        self._moved()
        if self.detail is not None and kept:
            self.detail.restore(kept)
        if there:
            self.into_detail()
