"""One debtor's calls of the day as the caps count them, and a small form to write the bank's figures down."""

import unicodedata
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.message import Refused, Trouble, msg
from collector_desk.domain.people import Act, may
from collector_desk.domain.text.typed import parse_past_moment
from collector_desk.intake.counts import MOST
from collector_desk.services.book.cases import OpenCase
from collector_desk.services.intake import counts
from collector_desk.services.permits import counts_falling
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Card, FormField, Pill, Text, primary
from collector_desk.ui.window.keys import native
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say


class DebtorCountsCard(Card):
    """Shows the counters; a lead opens the form by its key, Enter saves, Esc closes it."""

    saved = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__("…")
        self._place = place
        self._case: OpenCase | None = None
        self.allowed = may(place.seat.person.roles, Act.IMPORT)
        self.pill = Pill(tone=Tone.NEUTRAL)
        self.corner.addWidget(self.pill)
        self.line = Text(wrap=True)
        self.open_button = QPushButton()
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self.open_form)
        self.body.addWidget(self.line)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.open_button)
        self.body.addLayout(row)
        self.body.addWidget(self._make_form())
        self.open_button.setVisible(self.allowed)  # only now: shown without a parent it would be a window

    def _make_form(self) -> QWidget:
        self.form = QWidget()
        box = QVBoxLayout(self.form)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.TIGHT)
        self.effective, self.connected, self.as_of = QLineEdit(), QLineEdit(), QLineEdit()
        self._fields = {
            "effective": FormField("…", self.effective),
            "connected": FormField("…", self.connected),
            "as_of": FormField("…", self.as_of),
        }
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        for field in self._fields.values():
            row.addWidget(field, 1)
        for line in (self.effective, self.connected, self.as_of):
            line.returnPressed.connect(self.save)
        self.ours = QCheckBox()
        self.save_button, self.leave_button = primary(QPushButton()), QPushButton()
        self.leave_button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        self.leave_button.clicked.connect(self.close_form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.save_button)
        box.addLayout(row)
        box.addWidget(self.ours)
        box.addLayout(foot)
        self.form.hide()
        return self.form

    def show_case(self, case: OpenCase) -> None:
        """Show how far the day's caps are used for this debtor; another debtor closes the form."""
        if self._case is None or self._case.file.debtor.id != case.file.debtor.id:
            self.close_form()
        self._case = case
        self.retranslate()

    @property
    def editing(self) -> bool:
        """Whether the form is open."""
        return not self.form.isHidden()

    def open_form(self) -> None:
        """Begin to write the figures down: they are of now unless another time is said."""
        case = self._case
        if not self.allowed or case is None or self.editing:
            return
        for line in (self.effective, self.connected):
            line.clear()
        self.as_of.setText(f"{self._place.seat.now().astimezone(self._zone()):%H:%M}")
        self.ours.setChecked(False)
        self._clear_errors()
        self.form.show()
        self.open_button.hide()
        self.effective.setFocus()

    def close_form(self) -> None:
        """Leave without writing anything."""
        self.form.hide()
        self.open_button.setVisible(self.allowed)
        if self.isVisible():
            self.open_button.setFocus()

    def save(self) -> None:
        """Write them down; what is wrong is said at its field."""
        case, seat = self._case, self._place.seat
        if case is None:
            return
        self._clear_errors()
        now = seat.now().astimezone(self._zone())
        at = parse_past_moment(self.as_of.text(), now)
        if at is None:
            self._wrong("as_of", self.tr("Write a time, as 14:00."))
            return
        figures: dict[str, int | None] = {}
        for name, line in (("effective", self.effective), ("connected", self.connected)):
            typed = unicodedata.normalize("NFKC", line.text()).strip()
            if typed and not typed.isdecimal():
                self._wrong(name, say(msg("intake.counts.out_of_range", most=MOST)))
                return
            figures[name] = int(typed[:9]) if typed else None
        with self._place.attempt(self._refused):
            changes = counts.enter(
                seat,
                case.file.debtor.id,
                effective=figures["effective"],
                connected=figures["connected"],
                as_of=at,
                ours_included=self.ours.isChecked(),
            )
            self.close_form()
            if counts_falling.waits(seat, case.file.debtor.id):
                told = self.tr("Written down. They leave more calls than before: another lead has to agree first.")
                self._place.toast(told, Tone.WARN)
            else:
                self._place.toast(self.tr("The figures are in force."), Tone.OK)
            self.saved.emit(changes)

    def _refused(self, trouble: Trouble) -> bool:
        if not isinstance(trouble, Refused) or trouble.field_name not in self._fields:
            return False
        self._wrong(trouble.field_name, say(trouble.message))
        return True

    def _wrong(self, name: str, reason: str) -> None:
        self._fields[name].set_error(reason)
        self._fields[name].field.setFocus()

    def _clear_errors(self) -> None:
        for field in self._fields.values():
            field.set_error("")

    def _zone(self) -> ZoneInfo:
        return ZoneInfo((self._case.file.debtor.zone if self._case else "") or self._place.seat.zone)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("Calls of today, all agencies"))
        self.open_button.setText(self.tr("Enter the bank's figures  {key}").format(key=native("counts")))
        self.save_button.setText(self.tr("Put in force"))
        self.leave_button.setText(self.tr("Leave (Esc)"))
        self.ours.setText(self.tr("Ours up to then are inside"))
        self.ours.setToolTip(self.tr("Without the bank's word all our calls count on top: the strictest reading."))
        for name, text in (
            ("effective", self.tr("Talks")),
            ("connected", self.tr("Connected")),
            ("as_of", self.tr("As of")),
        ):
            self._fields[name].set_label(text)
        case = self._case
        if case is None:
            return
        talks, known = case.standing.talks, case.standing.institution_total_known
        as_of = talks.as_of if talks else None
        if as_of is not None and known:
            self.pill.set(self.tr("as of {time}").format(time=f"{as_of:%H:%M}"), Tone.OK)
        else:
            self.pill.set(self.tr("institution total unknown"), Tone.WARN)
        self.line.setText(say(talks.message) if talks else "")
        self.line.set_tint(Tint.TEXT)
