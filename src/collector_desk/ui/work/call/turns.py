"""Which case is on the screen: the next one, a chosen one, one that somebody asks for meanwhile."""

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from collector_desk.domain.message import Trouble
from collector_desk.services.book import queueing
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Tone
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.work.call.page_interface import View, told_calmly
from collector_desk.ui.work.call.prefetch import Ahead


class CaseTurns(QObject):
    """Goes from case to case; ``brought``: another one is on the screen."""

    brought = Signal()

    def __init__(self, place: Workplace, call: LiveCall, view: View, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._seat, self._call, self._view = place, place.seat, call, view
        self.ahead = Ahead(place, self)
        self._aside: str | None = None  # what was on the screen when somebody was looked up

    def open_next(self) -> None:
        """The case that comes next; the one on the screen is left without an outcome."""
        if self._must_finish():
            return
        here, where = self._here, self._view.where
        with self._place.attempt():
            row = queueing.next_row(self._seat, where, after=here, aside=self._aside)
            if row is None and here:
                row = queueing.next_row(self._seat, where)  # there is no other: it stays
            if row is None:
                self._nothing_left()
                return
            self._open(row.debtor_id, left=self._leaves(row.debtor_id))
            if row.debtor_id == here:
                self._view.tell(lambda: self.tr("No other case can be worked now."), tone=Tone.INFO)

    def open(self, debtor_id: str, *, aside: bool = False) -> None:
        """A chosen case. ``aside``: one that was looked up; the case on the screen is put aside for it, not left.

        It comes back after a call with the other; whoever goes on without one has left both.
        """
        if self._must_finish(debtor_id):
            return
        if aside:
            self._aside = self._aside or self._here
        with self._place.attempt(told_calmly(self._view, self._call)):
            self._open(debtor_id, left=() if aside else self._leaves(debtor_id))

    @property
    def _here(self) -> str | None:
        return self._call.case.file.debtor.id if self._call.case else None

    def _leaves(self, debtor_id: str) -> frozenset[str]:
        """Whom going on to this debtor leaves without an outcome."""
        left, self._aside = {self._here, self._aside}, None
        return frozenset(other for other in left if other and other != debtor_id)

    def _open(self, debtor_id: str, *, left: Collection[str] = ()) -> None:
        queueing.claim(self._seat, debtor_id, left=left)  # other seats see it; on this screen nothing else changes
        read = self.ahead.take(debtor_id)
        self._call.open(debtor_id, read)
        self.bring()
        if read is not None:
            self._view.read_again()

    def bring(self) -> None:
        """The case of the call to the screen, the keys to the view."""
        self.brought.emit()
        self._view.hush()
        self._view.new_case()
        self._view.show_call()
        self._view.rest()
        self.ahead.look(self._view.where, self._here)

    def _nothing_left(self) -> None:
        queueing.release(self._seat)
        self._call.close()
        self.bring()

    def _must_finish(self, debtor_id: str | None = None) -> bool:
        attempt = self._call.attempt
        if attempt is None or attempt.debtor_id == debtor_id:
            return False
        self.ask_outcome()
        return True

    def ask_outcome(self) -> None:
        """An open attempt can't be left: say so, where the keys of what it says work."""
        nobody = self._call.nobody_yet

        def todo() -> str:
            if nobody:
                return self.tr("Choose how it ended (R, or N B O V W while nobody was reached), then Ctrl+Enter.")
            return self.tr("Choose how it ended (R), then Ctrl+Enter.")

        self._view.tell(lambda: self.tr("This call has no outcome yet."), todo)
        self._view.rest()

    def go_on(self) -> None:
        """The next case after the one on the screen, which is done with."""
        self._aside = None

        def failed(trouble: Trouble) -> None:
            self._place.troubled(trouble)
            self.bring()

        with self._place.attempt(failed):
            row = queueing.next_row(self._seat, self._view.where, after=self._here)
            if row is None:
                self._nothing_left()
            else:
                self._open(row.debtor_id)
