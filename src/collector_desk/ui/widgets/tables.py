"""Tables of the cases page: a plain one for lists that are known whole, lazy ones for long lists and the book."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from collector_desk.domain.book.lists import CaseLine, CaseOrder
from collector_desk.domain.vocabulary import CaseState
from collector_desk.services.book import overview
from collector_desk.services.desk.seat import Seat
from collector_desk.ui.theme import Size, Tint, color, font
from collector_desk.ui.widgets import QuietTable, plain_tip
from collector_desk.ui.widgets.ages import said_age
from collector_desk.ui.words import word

ROW_HEIGHT = 32
_AIR = 6  # above and below the words of a row
_CHOOSE = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class RowsModel(QAbstractTableModel):
    """Rows of text. ``right`` are the columns of figures; ``tinted`` the columns that take a row's tint."""

    def __init__(
        self, parent: QWidget | None = None, *, right: Sequence[int] = (), tinted: Sequence[int] = ()
    ) -> None:
        super().__init__(parent)
        self._tinted = frozenset(tinted)
        self._headings: list[str] = []
        self._rows: list[tuple[str, ...]] = []
        self._tints: list[Tint | None] = []
        self._right = frozenset(right)

    def show_rows(
        self,
        headings: Sequence[str],
        rows: Sequence[tuple[str, ...]],
        tints: Sequence[Tint | None] = (),
    ) -> None:
        """Show these in place of what was there."""
        self.beginResetModel()
        self._headings = list(headings)
        self._rows = list(rows)
        self._tints = list(tints) or [None] * len(self._rows)
        self.endResetModel()

    def set_right(self, columns: Iterable[int]) -> None:
        """Which columns hold figures."""
        self._right = frozenset(columns)

    def set_tinted(self, columns: Sequence[int]) -> None:
        """Which columns take the tint of their row."""
        self._tinted = frozenset(columns)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """Rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """Columns."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words over the columns."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self._headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in self._right else _LEFT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; what doesn't fit is its tool tip."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._rows[index.row()][index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() in self._right else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole:
            tint = self._tints[index.row()] if index.column() in self._tinted else None
            return color(tint) if tint else None
        return None


class PagedRowsModel(RowsModel):
    """Rows of which there may be very many: a page of them is made when one scrolls to the end of the last."""

    PAGE = 1_000

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._more: Iterator[tuple[str, ...]] = iter(())
        self._complete = True

    def show_pages(self, headings: Sequence[str], rows: Iterator[tuple[str, ...]]) -> None:
        """Show these in place of what was there, beginning with the first page."""
        self._more = rows
        self.show_rows(headings, self._next())

    def _next(self) -> list[tuple[str, ...]]:
        page = list(islice(self._more, self.PAGE))
        self._complete = len(page) < self.PAGE
        return page

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there are rows behind those shown."""
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: _Index) -> None:
        """Make the next page."""
        page = self._next()
        if page and not parent.isValid():
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page) - 1)
            self._rows += page
            self._tints += [None] * len(page)
            self.endInsertRows()


class BookModel(QAbstractTableModel):
    """Every case, read a page at a time as one scrolls; or those that a search found."""

    COLUMNS = 8

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._rows: list[CaseLine] = []
        self._complete = False
        self.text = ""
        self.order, self.falling = CaseOrder.NUMBER, False

    def reload(self) -> None:
        """Read anew; as many rows as were shown, so that nothing jumps."""
        self.beginResetModel()
        if self.text:
            self._rows = list(overview.find(self._seat, self.text))
            self._complete = True
        elif self.order is not CaseOrder.NUMBER:
            self._rows = list(overview.ordered(self._seat, self.order, falling=self.falling))
            self._complete = True
        else:
            wanted = max(overview.PAGE, min(len(self._rows), 4 * overview.PAGE))
            self._rows = list(overview.cases(self._seat, limit=wanted))
            self._complete = len(self._rows) < wanted
        self.endResetModel()

    def put_in_order(self, order: CaseOrder, *, falling: bool) -> None:
        """Show them in another order."""
        self.order, self.falling = order, falling
        self._rows = []
        self.reload()

    def search(self, text: str) -> None:
        """Show what ``text`` finds; an empty text shows everything again."""
        self.text = text.strip()
        self._rows = []
        self.reload()

    def line(self, row: int) -> CaseLine | None:
        """The case in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, number: str) -> int:
        """The row of a case number among those read, -1 where there is none."""
        return next((place for place, line in enumerate(self._rows) if line.number == number), -1)

    # --- what Qt asks --------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """Rows read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """Case, name, bank, placement, age, balance, state, holder."""
        return 0 if parent.isValid() else self.COLUMNS

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether the book goes on below."""
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: _Index) -> None:
        """Read the next page."""
        if parent.isValid() or self._complete:
            return
        last = self._rows[-1].id if self._rows else ""
        more = overview.cases(self._seat, after=last)
        self._complete = len(more) < overview.PAGE
        if not more:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
        self._rows.extend(more)
        self.endInsertRows()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words over the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Case"),
                self.tr("Name"),
                self.tr("Bank"),
                self.tr("Placement"),
                self.tr("Age"),
                self.tr("Balance"),
                self.tr("State"),
                self.tr("Held by"),
            )[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == 5 else _LEFT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(line, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() == 5 else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = line.state is not CaseState.OPEN or index.column() in (2, 3, 7)
            return color(Tint.DIM if quiet else Tint.TEXT)
        return None

    def _cell(self, line: CaseLine, column: int) -> str:
        match column:
            case 0:
                return line.number
            case 1:
                return line.masked
            case 2:
                return line.bank_name
            case 3:
                return line.placement_number
            case 4:
                return said_age(line.days)
            case 5:
                return str(line.balance)
            case 6:
                return self._state(line)
            case _:
                return line.holder or (self.tr("Pool") if line.state is CaseState.OPEN else "—")

    def _state(self, line: CaseLine) -> str:
        return word(line.queue_class if line.state is CaseState.OPEN else line.state)


class _RowDelegate(QStyledItemDelegate):
    """A chosen row on the soft ground of the queue and the menus, its words in their own colours."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell; ground and focus run through the row."""
        box = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, color(Tint.SELECTION))
            if state & QStyle.StateFlag.State_Active and index.column() == 0 and self._focused():
                painter.fillRect(box.left(), box.top(), 3, box.height(), color(Tint.ACCENT))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, color(Tint.INSET_HOVER))
        painter.save()
        painter.setFont(font(Size.BODY))
        tint = index.data(Qt.ItemDataRole.ForegroundRole)
        painter.setPen(tint if isinstance(tint, QColor) else color(Tint.TEXT))
        room = box.adjusted(8, 0, -8, 0)
        text = " ".join(str(index.data(Qt.ItemDataRole.DisplayRole) or "").split())
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        align = int(index.data(Qt.ItemDataRole.TextAlignmentRole) or _LEFT)
        if box.height() > ROW_HEIGHT:  # a row that was made higher for its words, see WrapTable
            room = room.adjusted(0, _AIR, 0, -_AIR)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap), text)
            painter.restore()
            return
        painter.drawText(room, align | int(Qt.TextFlag.TextSingleLine), shown)
        painter.restore()

    def _focused(self) -> bool:
        view = self.parent()
        return isinstance(view, QTableView) and view.hasFocus()


class FitTable(QuietTable):
    """A table whose columns share its width by weight; the widest room goes to the words."""

    def __init__(self, weights: Sequence[int] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights = tuple(weights)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setItemDelegate(_RowDelegate(self))

    def set_weights(self, weights: Sequence[int]) -> None:
        """How the columns share the width."""
        self._weights = tuple(weights)
        self.fit()

    def fit(self) -> None:
        """Share the width out anew."""
        model = self.model()
        if model is None or not self._weights or model.columnCount() != len(self._weights):
            return
        room = self.viewport().width()
        whole = sum(self._weights)
        for column, weight in enumerate(self._weights[:-1]):
            self.setColumnWidth(column, room * weight // whole)
        used = sum(self.columnWidth(column) for column in range(len(self._weights) - 1))
        self.setColumnWidth(len(self._weights) - 1, max(room - used, 40))

    def chosen_rows(self) -> list[int]:
        """The rows that are chosen, from above."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def choose_too(self, rows: Sequence[int]) -> None:
        """Choose these rows besides what is chosen."""
        for row in rows:
            self.selectionModel().select(self.model().index(row, 0), _CHOOSE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self.fit()


class WrapTable(FitTable):
    """A table of sentences: column 1 is wrapped, and its rows are as high as their words need."""

    def fit(self) -> None:
        """Share the width out, then give every row its height."""
        super().fit()
        model = self.model()
        if model is None or model.columnCount() < 2:
            return
        metrics = QFontMetrics(font(Size.BODY))
        room = QRect(0, 0, max(self.columnWidth(1) - 16, 40), 2000)
        for row in range(model.rowCount()):
            text = " ".join(str(model.index(row, 1).data() or "").split())
            height = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height()
            self.setRowHeight(
                row, max(ROW_HEIGHT, height + 2 * _AIR) if height > metrics.height() + 4 else ROW_HEIGHT
            )
