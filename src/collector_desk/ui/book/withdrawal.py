"""A payment file taken out again: what was done on its figures is shown first, and whom one rang on them stays."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.book.lists import BatchLine
from collector_desk.domain.message import Trouble
from collector_desk.domain.states import BatchState
from collector_desk.services.intake import withdrawing
from collector_desk.services.intake.withdrawing import TakenOut
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Width
from collector_desk.ui.widgets import ErrorText, FormField, Text, primary
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.tables import ROW_HEIGHT, FitTable, RowsModel
from collector_desk.ui.window.page import FollowsLanguage
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say, word

_CALLS_SHOWN = 8


class WithdrawalDialog(FollowsLanguage, QDialog):
    """Undoes the file where nobody has acted on it; else asks a lead why it is withdrawn."""

    def __init__(self, place: Workplace, batch: BatchLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self._batch = place, batch
        self._job: Job | None = None
        self._trouble: Trouble | None = None
        self.seen = withdrawing.look(place.seat, batch.id)
        self.said, self.error = Text(wrap=True), ErrorText()
        self.reason = QLineEdit()
        self.reason_field = FormField("…", self.reason)
        self.calls_title = Text(tint=Tint.DIM)
        self.model = RowsModel(self)
        self.calls = FitTable((12, 16, 12, 20))
        self.calls.setModel(self.model)
        self.act_button, self.leave_button = primary(QPushButton()), QPushButton()
        self.leave_button.setAutoDefault(False)
        self.act_button.clicked.connect(self.act)
        self.leave_button.clicked.connect(self.reject)
        self.reason.returnPressed.connect(self.act)
        box = QVBoxLayout(self)
        box.setSpacing(Gap.CARD)
        for part in (self.said, self.reason_field, self.calls_title, self.calls, self.error):
            box.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave_button)
        row.addWidget(self.act_button)
        box.addLayout(row)
        self.setMinimumWidth(Width.QUESTION)
        self.retranslate()
        (self.reason if self.seen.acted_on else self.act_button).setFocus()

    def act(self) -> None:
        """Take it out, in a worker."""
        if self._job is not None or self.seen.state is not BatchState.VISIBLE:
            return
        self._trouble = None
        self.reason_field.set_error("")
        seat, batch_id, reason = self._place.seat, self._batch.id, self.reason.text()
        work: Callable[[Job], TakenOut] = lambda _: withdrawing.undo(seat, batch_id)  # noqa: E731
        if self.seen.acted_on:
            work = lambda _: withdrawing.withdraw(seat, batch_id, reason=reason)  # noqa: E731
        self._job = self._place.tasks.run(work, owner=self, done=self._done, failed=self._failed, ended=self._ended)
        self._show()

    def reject(self) -> None:
        """Close; what is under way goes on to its end."""
        if self._job is None:
            super().reject()

    def _done(self, done: TakenOut) -> None:
        self.seen = done
        if done.state is BatchState.UNDONE:
            self._place.toast(self.tr("{file}: undone.").format(file=done.filename), Tone.OK)
        else:
            self._place.toast(self.tr("{file}: withdrawn.").format(file=done.filename), Tone.OK)
        self._place.changed(done.changes)
        if not (done.calls or done.leaning):
            self.accept()

    def _failed(self, trouble: Trouble) -> None:
        if not point_at({"reason": self.reason_field}, trouble):
            self._trouble = trouble
        self.seen = withdrawing.look(self._place.seat, self._batch.id)  # somebody may have acted on it meanwhile

    def _ended(self) -> None:
        self._job = None
        self._show()
        self.adjustSize()  # whom one rang stands below what was said before
        still = self.seen.state is BatchState.VISIBLE
        (
            self.reason if still and self.seen.acted_on else self.act_button if still else self.leave_button
        ).setFocus()

    # --- drawing -------------------------------------------------------------------------------------

    def _show(self) -> None:
        seen = self.seen
        self.error.say(say(self._trouble.message) if self._trouble else "")
        still = seen.state is BatchState.VISIBLE
        if not still:
            said = self.tr(
                "{file} counts for nothing any more. Calls made on its figures: {calls}. Promises it decided are "
                "decided anew; about accounts closed on it a lead is asked in Review."
            )
        elif seen.acted_on:
            said = self.tr(
                "{file}, {rows} rows of {bank}: since it came in {calls} calls were made and {more} things decided "
                "on its figures. Withdrawn, its rows count for nothing and all is worked out anew."
            )
        else:
            said = self.tr(
                "{file}, {rows} rows of {bank}: nobody has acted on it. Undone, it is as if it had never come."
            )
        self.said.setText(
            said.format(
                file=seen.filename,
                rows=f"{seen.rows:,}",
                bank=seen.bank,
                calls=len(seen.calls),
                more=seen.decisions,
            )
        )
        self.reason_field.setVisible(still and seen.acted_on)
        self.act_button.setVisible(still)
        self.act_button.setEnabled(self._job is None)
        self.leave_button.setEnabled(self._job is None)
        self.act_button.setText(self.tr("Withdraw it") if seen.acted_on else self.tr("Undo it"))
        self._show_calls()

    def _show_calls(self) -> None:
        zone = ZoneInfo(self._place.seat.zone)
        headings = (self.tr("Case"), self.tr("At"), self.tr("By"), self.tr("Outcome, or what leans on it"))
        rows = [
            (
                call.case_number,
                f"{call.at.astimezone(zone):%Y-%m-%d %H:%M}",
                call.by,
                word(call.outcome) if call.outcome is not None else "—",
            )
            for call in self.seen.calls
        ]
        rows += [
            (one.case_number, f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}", one.by or "—", word(one.what))
            for one in self.seen.leaning
        ]
        self.model.show_rows(headings, rows)
        self.calls.setVisible(bool(rows))
        self.calls_title.setVisible(bool(rows))
        shown = min(max(len(rows), 1), _CALLS_SHOWN)
        self.calls.setFixedHeight(Height.HEADING + ROW_HEIGHT * shown)
        self.calls.fit()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.setWindowTitle(self.tr("Take a payment file out again"))
        self.reason_field.set_label(self.tr("Why it is withdrawn, e.g. the bank's letter (a lead)"))
        self.calls_title.setText(self.tr("Calls made on its figures, and what was decided by its rows"))
        self.leave_button.setText(self.tr("Close"))
        self._show()
