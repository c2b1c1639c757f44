"""The queue as a list model: pages of rows fetched as one scrolls, kept apart from the full count."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from collector_desk.domain.book.debts import QueueRow
from collector_desk.domain.book.queue import QueueClass, QueueFilter
from collector_desk.domain.message import Message
from collector_desk.services.book import queueing
from collector_desk.services.desk.seat import Seat
from collector_desk.ui.words import say

_Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PAGE = 200
FIRST = 60
"""Rows read at once: more than a screen holds, few enough to be read between two keys."""


class QueueModel(QAbstractListModel):
    """Rows in the queue's order. ``reload`` after changes; what is selected is found again by debtor."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._rows: list[QueueRow] = []
        self._complete = False
        self.where = QueueFilter()
        self.counts: dict[QueueClass, int] = {}
        self.apart: dict[str, Message] = {}  # of those found: what tells them apart, read before why they are there

    @property
    def total(self) -> int:
        """How many debtors stand under the filter, shown or not yet fetched."""
        classes = self.where.classes
        return sum(count for item, count in self.counts.items() if not classes or item in classes)

    def reload(self) -> None:
        """Read the first rows anew, as many as were shown."""
        self.take_first(queueing.rows(self._seat, self.where, limit=self.first))

    @property
    def first(self) -> int:
        """How many rows a new reading begins with: as many as are shown."""
        return max(FIRST, min(len(self._rows), 5 * PAGE))

    def take_first(self, rows: Sequence[QueueRow]) -> None:
        """Show the rows a new reading began with; the same ones again leave the list alone."""
        self._complete = len(rows) < FIRST
        if list(rows) != self._rows:
            self._take(rows)

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show these rows and no others (what was found)."""
        self._complete = True
        self._take(rows)

    def _take(self, rows: Sequence[QueueRow]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_of(self, debtor_id: str) -> int:
        """The line of a debtor among those fetched, -1 where there is none."""
        return next((place for place, row in enumerate(self._rows) if row.debtor_id == debtor_id), -1)

    def at(self, place: int) -> QueueRow | None:
        """The row at a line."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    # --- what Qt asks --------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """Rows fetched so far."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The masked name as text; the whole row under ``ROW_ROLE``."""
        row = self.at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(filter(None, (row.masked, row.bucket, row.product, row.owed, self.why(row))))
        return None

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether the queue goes on below what was fetched."""
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: _Index) -> None:
        """Fetch the next page."""
        if parent.isValid():
            return
        more = queueing.rows(self._seat, self.where, offset=len(self._rows), limit=PAGE)
        known = {row.debtor_id for row in self._rows}
        more = tuple(row for row in more if row.debtor_id not in known)  # a row may have moved meanwhile
        if not more:
            self._complete = True
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
        self._rows.extend(more)
        self.endInsertRows()

    def why(self, row: QueueRow) -> str:
        """Why the row stands there, as seen from today; of who was found, what tells them apart."""
        return say(self.apart.get(row.debtor_id) or row.why, zone=ZoneInfo(self._seat.zone), now=self._seat.now())
