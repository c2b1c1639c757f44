"""The case that comes next, read beside the window while the hand is on this one: the next key finds it there."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from collector_desk.domain.book.queue import QueueFilter
from collector_desk.domain.changes import Changes
from collector_desk.services.book import cases, queueing
from collector_desk.services.book.cases import OpenCase
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace

_AT_REST_MS = 300
_KEPT_SECONDS = 600
"""Older ones are read again when they are wanted: what the clock alone changes grows with the time."""


@dataclass(frozen=True, slots=True)
class _Read:
    case: OpenCase
    at: float
    version: int


class Ahead(QObject):
    """Holds at most one case. What was changed since, here or at another seat, makes it worthless."""

    def __init__(self, place: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._seat = place, place.seat
        self._read: _Read | None = None
        self._asked = 0
        self._touched: set[str] = set()
        self._wanted: tuple[QueueFilter, str | None] = (QueueFilter(), None)
        self._soon = QTimer(self, singleShot=True, interval=_AT_REST_MS)
        self._soon.timeout.connect(self._look)

    @property
    def ready(self) -> str | None:
        """The debtor whose case is held."""
        return self._read.case.file.debtor.id if self._read else None

    def look(self, where: QueueFilter, after: str | None) -> None:
        """Once the hand rests, read the case that would come after the one of ``after``."""
        self._forget()
        self._wanted = where, after
        self._soon.start()

    def heard(self, changes: Changes) -> None:
        """Something was changed: keep the case, or the one being read, only if it was not that."""
        self._touched |= changes.debtors
        if changes.everything or changes.settings or changes.people or self.ready in self._touched:
            self._forget()
            self._soon.start()

    def take(self, debtor_id: str) -> OpenCase | None:
        """The case of that debtor if it was read ahead and nothing was changed since; it is given once."""
        read, self._read = self._read, None
        if read is None or read.case.file.debtor.id != debtor_id:
            return None
        old = (self._seat.now().timestamp() - read.at) > _KEPT_SECONDS
        return None if old or read.version != self._seat.version() else read.case

    def _forget(self) -> None:
        self._read = None
        self._asked += 1
        self._touched.clear()

    def _look(self) -> None:
        seat, asked, (where, after) = self._seat, self._asked, self._wanted
        if seat.over:  # the window is being taken down
            return

        def read(_job: Job) -> _Read | None:
            version, at = seat.version(), seat.now().timestamp()
            row = queueing.next_row(seat, where, after=after)
            return _Read(cases.open_case(seat, row.debtor_id), at, version) if row else None

        def take(found: _Read | None) -> None:
            if asked == self._asked and found and found.case.file.debtor.id not in self._touched:
                self._read = found

        self._place.tasks.run(read, owner=self, done=take, failed=lambda _: None)
