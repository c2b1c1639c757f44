"""A placement, refresh or file of balances taken out again while nobody has worked on it; else who and what
stands in the way, and what to do instead."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.book.lists import BatchLine
from collector_desk.domain.message import Trouble
from collector_desk.domain.states import BatchState
from collector_desk.services.intake import undoing
from collector_desk.services.intake.undoing import PlacementUndo
from collector_desk.ui.theme import Tone
from collector_desk.ui.theme.gaps import Gap, Height, Width
from collector_desk.ui.widgets import ErrorText, Text, primary
from collector_desk.ui.widgets.tables import ROW_HEIGHT, FitTable, RowsModel
from collector_desk.ui.window.page import FollowsLanguage
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say, word

_SHOWN = 8


class UndoPlacementDialog(FollowsLanguage, QDialog):
    """What the file brought; Enter undoes it where that is possible, Esc leaves."""

    def __init__(self, place: Workplace, batch: BatchLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self._batch = place, batch
        self._job: Job | None = None
        self._trouble: Trouble | None = None
        self.seen: PlacementUndo | None = None
        self.said, self.instead, self.error = Text(wrap=True), Text(wrap=True), ErrorText()
        self.model = RowsModel(self)
        self.ways = FitTable((12, 18, 20, 12))
        self.ways.setModel(self.model)
        self.act_button, self.leave_button = primary(QPushButton()), QPushButton()
        self.leave_button.setAutoDefault(False)
        self.act_button.clicked.connect(self.act)
        self.leave_button.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setSpacing(Gap.CARD)
        for part in (self.said, self.ways, self.instead, self.error):
            box.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave_button)
        row.addWidget(self.act_button)
        box.addLayout(row)
        self.setMinimumWidth(Width.QUESTION)
        self.retranslate()
        self._look()

    def act(self) -> None:
        """Undo it, in a worker."""
        if self._job is not None or not self._possible:
            return
        self._trouble = None
        seat, batch_id = self._place.seat, self._batch.id
        self._run(lambda _: undoing.undo(seat, batch_id), self._done)

    def reject(self) -> None:
        """Close; what is under way goes on to its end."""
        if self._job is None:
            super().reject()

    @property
    def _possible(self) -> bool:
        seen = self.seen
        return seen is not None and seen.file.state is BatchState.VISIBLE and not seen.hindrances

    def _look(self) -> None:
        seat, batch_id = self._place.seat, self._batch.id
        self._run(lambda _: undoing.look(seat, batch_id), self._looked)

    def _run(self, work: Callable[[Job], PlacementUndo], done: Callable[[PlacementUndo], None]) -> None:
        tasks = self._place.tasks
        self._job = tasks.run(work, owner=self, done=done, failed=self._failed, ended=self._ended)
        self._show()

    def _looked(self, seen: PlacementUndo) -> None:
        self.seen = seen

    def _done(self, done: PlacementUndo) -> None:
        self.seen = done
        self._place.toast(self.tr("{file}: undone.").format(file=done.file.filename), Tone.OK)
        self._place.changed(done.changes)
        self.accept()

    def _failed(self, trouble: Trouble) -> None:
        self._trouble = trouble
        if self.seen is not None:  # somebody may have worked on it meanwhile, or another window undone it
            with self._place.attempt():
                self.seen = undoing.look(self._place.seat, self._batch.id)

    def _ended(self) -> None:
        self._job = None
        self._show()
        self.adjustSize()  # what was found stands below what was said while looking
        (self.act_button if self._possible else self.leave_button).setFocus()

    # --- drawing -------------------------------------------------------------------------------------

    def _show(self) -> None:
        seen = self.seen
        self.error.say(say(self._trouble.message) if self._trouble else "")
        if seen is None:
            said = self.tr("Looking at what was done with its cases…")
        elif seen.file.state is not BatchState.VISIBLE:
            said = self.tr("{file} counts for nothing any more.")
        elif seen.hindrances:
            said = self.tr(
                "{file} brought {accepted} accounts and {refreshed} newer figures. Since then its cases were "
                "worked on: it can't be undone."
            )
        else:
            said = self.tr(
                "{file} brought {accepted} accounts and {refreshed} newer figures; nobody has worked on them. "
                "Undone, it is as if it had never come: its accounts leave, earlier figures hold again. The "
                "history keeps both."
            )
        brought = (seen.file.accepted, seen.file.refreshed) if seen else (0, 0)
        self.said.setText(
            said.format(file=self._batch.filename, accepted=f"{brought[0]:,}", refreshed=f"{brought[1]:,}")
        )
        instead = seen.instead if seen else None
        self.instead.setText(say(instead) if instead else "")
        self.instead.setVisible(instead is not None)
        self.act_button.setVisible(self._possible)
        self.act_button.setEnabled(self._job is None)
        self.leave_button.setEnabled(self._job is None)
        self._show_ways()

    def _show_ways(self) -> None:
        zone = ZoneInfo(self._place.seat.zone)
        headings = (self.tr("What"), self.tr("Case or file"), self.tr("At"), self.tr("By"))
        ways = self.seen.hindrances if self.seen else ()
        rows = [(word(one.what), one.about, f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}", one.by) for one in ways]
        self.model.show_rows(headings, rows)
        self.ways.setVisible(bool(rows))
        shown = min(max(len(rows), 1), _SHOWN)
        self.ways.setFixedHeight(Height.HEADING + ROW_HEIGHT * shown)
        self.ways.fit()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.setWindowTitle(self.tr("Take a file of cases or balances out again"))
        self.act_button.setText(self.tr("Undo it"))
        self.leave_button.setText(self.tr("Close"))
        self._show()
