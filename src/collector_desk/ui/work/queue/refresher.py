"""Reads case and queue anew beside the window, after one's own acts: a key pressed meanwhile does not wait."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from collector_desk.services.book import cases
from collector_desk.services.book.cases import OpenCase
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.work.queue.column import QueueColumn

_CASE_MS = 40
"""What the key changed is painted first; the reading would share the processor with it."""
_QUEUE_MS = 150
"""The row of an act is read with the queue once the hand rests: two acts in a row cost one reading."""


class Refresher(QObject):
    """``case_read``: the case on the screen was read anew; ``queue_read``: the rows were."""

    case_read = Signal()
    queue_read = Signal()

    def __init__(self, place: Workplace, call: LiveCall, queue: QueueColumn, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._call, self._queue = place, call, queue
        self._asked = 0
        self._soon = QTimer(self, singleShot=True, interval=_CASE_MS)
        self._soon.timeout.connect(self._read_case)
        self._later = QTimer(self, singleShot=True, interval=_QUEUE_MS)
        self._later.timeout.connect(self._read_queue)
        queue.reloaded.connect(self.queue_read)

    def case_soon(self) -> None:
        """Read the case on the screen anew, once what the key did stands there."""
        self._asked += 1
        self._soon.start()

    def _read_case(self) -> None:
        case, seat = self._call.case, self._place.seat
        if case is None:
            return
        debtor_id = case.file.debtor.id

        def read(_job: Job) -> OpenCase:
            return cases.open_case(seat, debtor_id)

        self._place.tasks.run(read, owner=self, done=partial(self._take, self._asked))

    def queue_soon(self) -> None:
        """Read the queue anew once the hand rests."""
        self._later.start()

    def stop(self) -> None:
        """Whatever is under way is too late: the case was read by other means."""
        self._asked += 1
        self._soon.stop()

    def _take(self, asked: int, fresh: OpenCase) -> None:
        if asked == self._asked and self._call.take_fresh(fresh):
            self.case_read.emit()

    def _read_queue(self) -> None:
        self._queue.reload_beside()
