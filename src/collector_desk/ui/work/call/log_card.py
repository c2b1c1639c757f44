"""The log of the call: outcome, what was agreed, why, the note; what stands in the way is said at the field."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.book.money import format_figure
from collector_desk.domain.calls.log import PROMISES, LogCheck
from collector_desk.domain.calls.outcomes import Need, open_outcomes, rule_for
from collector_desk.domain.calls.promises import Weight
from collector_desk.domain.message import Message
from collector_desk.domain.text.wording import Severity
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.services.packs import wording
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import BranchButton, Card, ElidedLabel, KeyHint, Text, primary
from collector_desk.ui.widgets.note_edit import NoteEdit
from collector_desk.ui.widgets.pick_field import Choice, PickField
from collector_desk.ui.window.keys import KEYS, native
from collector_desk.ui.words import Words, say, word
from collector_desk.ui.work.call.more_facts import MoreFacts
from collector_desk.ui.work.call.unreached_row import UNREACHED, UnreachedRow
from collector_desk.ui.work.call.waiting_log import WaitingLog

_KEYS = "1234567890abcdefghij"


class LogCard(Card):
    """Reads and writes the form of a ``LiveCall``; every act is told, the page does it."""

    changed = Signal()
    save_wanted = Signal()
    third_party_wanted = Signal()
    visit_wanted = Signal()
    undo_wanted = Signal()
    dial_wanted = Signal()
    schedule_wanted = Signal()
    way_wanted = Signal(str)
    unreached = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._call: LiveCall | None = None
        self._filling = False
        self._kept: datetime | None = None
        self._saved: Words | None = None
        self._problem: Words | None = None
        self.body.setContentsMargins(Margin.PANEL)
        self.body.setSpacing(Gap.FORM)
        self.state = ElidedLabel(size=Size.CAPTION, tint=Tint.DIM)
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.quick = UnreachedRow()
        self.quick.chosen.connect(self.unreached)
        self.body.addWidget(self.quick)
        self._make_fields()
        self.more = MoreFacts()
        self.more.changed.connect(self._learnt)
        self.more.hide()
        self.body.addWidget(self.more)
        self.note = NoteEdit(wording.findings)
        self.note.setMinimumHeight(Height.NOTE)
        self.note.textChanged.connect(self._typed)
        self.note.told.connect(self._told_wording)
        self.body.addWidget(self.note, 1)
        self.waiting = WaitingLog()
        self.waiting.dial_wanted.connect(self.dial_wanted)
        self.waiting.schedule_wanted.connect(self.schedule_wanted)
        self.waiting.way_wanted.connect(self.way_wanted)
        self.body.addWidget(self.waiting, 1)
        self.problem = Text(size=Size.CAPTION, tint=Tint.DANGER_STRONG, wrap=True)
        self.body.addWidget(self.problem)
        self.problem.hide()
        self._make_foot()

    # --- making it -----------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        self.outcome, self.channel, self.reason = PickField(), PickField(), PickField()
        self.amount, self.day, self.at = QLineEdit(), QLineEdit(), QLineEdit()
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._labels: dict[str, Text] = {}
        self._columns: dict[str, QWidget] = {}
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        for name, widget, share in (
            ("outcome", self.outcome, 14),
            ("amount", self.amount, 11),
            ("date", self.day, 13),
            ("time", self.at, 7),
            ("channel", self.channel, 10),
            ("reason", self.reason, 11),
        ):
            label = Text(size=Size.CAPTION, tint=Tint.DIM)
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(Margin.NONE)
            column.setSpacing(Gap.LABEL)
            column.addWidget(label)
            column.addWidget(widget)
            row.addWidget(holder, share)
            self._labels[name] = label
            self._columns[name] = holder
        self.body.addLayout(row)
        self.presets = QWidget()
        presets = QHBoxLayout(self.presets)
        presets.setContentsMargins(Margin.NONE)
        presets.setSpacing(Gap.TIGHT)
        self.preset_buttons: dict[str, BranchButton] = {}
        for name in ("preset_full", "preset_today", "preset_tomorrow", "preset_time"):
            button = BranchButton(native(name))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self.preset, name))
            presets.addWidget(button, 1)
            self.preset_buttons[name] = button
        self.body.addWidget(self.presets)
        self.outcome.picked.connect(self._pick_outcome)
        self.channel.picked.connect(self._pick_channel)
        self.reason.picked.connect(self._pick_reason)
        for field in (self.amount, self.day, self.at):
            field.textEdited.connect(self._typed)
            field.editingFinished.connect(self._tidy)

    def _make_foot(self) -> None:
        self.save = primary(QPushButton())
        self.third, self.visit, self.undo = QPushButton(), QPushButton(), QPushButton()
        self.more_button = QPushButton()
        self.more_button.setAutoDefault(False)
        self.more_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more_button.clicked.connect(self.toggle_more)
        for button, signal in (
            (self.save, self.save_wanted),
            (self.third, self.third_party_wanted),
            (self.visit, self.visit_wanted),
            (self.undo, self.undo_wanted),
        ):
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
        self.save.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.ROW)
        self._hint = KeyHint(KEYS["save_next"].sequences[0])
        foot.addWidget(self._hint)
        foot.addWidget(self.save)
        foot.addWidget(self.third)
        foot.addWidget(self.visit)
        foot.addWidget(self.more_button)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.undo)
        self.body.addLayout(foot)

    # --- showing -------------------------------------------------------------------------------------

    def show_call(self, call: LiveCall) -> None:
        """Show the form of the call; without one it waits, greyed."""
        self._call = call
        self._filling = True
        try:
            self._fill(call)
        finally:
            self._filling = False

    def _fill(self, call: LiveCall) -> None:
        form, live = call.form, call.attempt is not None
        outcome = call.outcome
        needs = rule_for(outcome).needs if outcome else frozenset()
        money = not call.third_party
        self.quick.setVisible(live and call.nobody_yet)
        self.more.show_call(call)
        if not live:
            self.more.hide()
        allowed = open_outcomes(call.speaker)
        choices = [
            Choice(item, word(item), rule_for(item).key)
            for item in allowed
            if item not in UNREACHED or call.nobody_yet or item is outcome
        ]
        self.outcome.set_choices(choices)
        self.outcome.set_value(outcome)
        self.channel.set_choices([Choice(item, word(item), _KEYS[n]) for n, item in enumerate(PayChannel)])
        self.channel.set_value(PayChannel(form.channel) if form.channel else None)
        self.reason.set_choices([Choice(item, word(item), _KEYS[n]) for n, item in enumerate(ArrearsReason)])
        self.reason.set_value(ArrearsReason(form.reason) if form.reason else None)
        for field, text in ((self.amount, form.amount), (self.day, form.day), (self.at, form.at)):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        if self.note.toPlainText() != form.note:
            self.note.setPlainText(form.note)
        self.note.set_speaker(call.speaker)
        for name, need in (
            ("amount", Need.AMOUNT), ("date", Need.DATE), ("time", Need.TIME),
            ("channel", Need.CHANNEL), ("reason", Need.REASON),
        ):  # fmt: skip
            hidden = name in ("amount", "channel", "reason") and not money
            self._columns[name].setVisible(need in needs and not hidden)
        self.presets.setVisible(live and outcome in (*PROMISES, Outcome.CALL_BACK) and money)
        self.preset_buttons["preset_full"].setVisible(outcome in PROMISES)
        self._columns["outcome"].setVisible(live)
        self.note.setVisible(live)
        self.waiting.setVisible(not live)
        if not live:
            self.waiting.show_call(call)
        for part in (self._hint, self.save, self.third, self.more_button):
            part.setVisible(live)
        self.visit.setVisible(not call.no_number)  # one of the ways shown above
        self.visit.setEnabled(call.case is not None and not call.third_party)
        asked_for = self.tr("The guarantor  {key}") if call.to_guarantor else self.tr("The debtor  {key}")
        told = asked_for if call.third_party else self.tr("Third party  {key}")
        self.third.setText(told.format(key=native("third_party")))
        if not live:
            self.say(None)
            self.state.setText(self._saved() if self._saved else "")
        elif self._kept is None:
            self.state.setText("")

    def blink(self) -> None:
        """There is no call to save."""
        if self.waiting.isVisible():
            self.waiting.blink()

    def saved(self, words: Words) -> None:
        """What was saved last stands here until the next call begins."""
        self._saved = words

    def kept(self, at: datetime | None) -> None:
        """The draft was written down at this local time; None: a new form."""
        self._kept = at
        told = self.tr("Draft kept {time}").format(time=f"{at:%H:%M}") if at else ""
        self.state.setText(f"✓ {at:%H:%M}" if at else "")
        self.state.setToolTip(told)
        self.state.setAccessibleName(told)

    def say(self, words: Words | None, tone: Tone = Tone.DANGER) -> None:
        """What stands in the way, or is worth knowing; None takes it back, with the mark at its field."""
        self._problem = words
        text = words() if words else ""
        if not text:
            self._mark(None)
        self.problem.setText(text)
        self.problem.set_tint(tone.strong)
        self.problem.setVisible(bool(text))

    def refuse(self, field_name: str | None, message: Message) -> None:
        """Point at the field at fault and put the focus there; what is typed stays."""
        self._mark(field_name)
        if field_name in ("next", "new_number", "case", "recording"):
            self.more.show()
        self.say(lambda: f"⚠ {say(message)}")
        target = self._field(field_name)
        if target is not None and target.isVisible():
            target.setFocus()

    def toggle_more(self, _checked: bool = False) -> None:
        """Show or hide the row of what else was learnt."""
        if self._call is None or self._call.attempt is None:
            return
        self.more.setVisible(self.more.isHidden())
        if self.more.isVisible():
            self.more.begin()

    def judge(self, check: LogCheck | None) -> None:
        """Say while one types what will wait for a lead or is odd; what is only missing yet is not nagged about."""
        self._mark(None)
        if check is None or self._call is None:
            self.say(None)
            return
        zone, now = self._call.zone, self._call.seat.now()
        early = next((finding for finding in check.findings if finding.early), None)
        if early is not None:
            self._mark(early.field_name)
            message = early.message
            self.say(lambda: f"⚠ {say(message, zone=zone, now=now)}")
            return
        soft = [finding for finding in check.findings if finding.weight is not Weight.REFUSE]
        soft = [finding for finding in soft if finding.field_name != "talk_seconds"]
        first = next(iter(soft), None)
        self.say((lambda: f"▲ {say(first.message, zone=zone, now=now)}") if first else None, Tone.WARN)

    def _mark(self, name: str | None) -> None:
        self.more.mark(name)
        for key, label in self._labels.items():
            label.set_tint(Tint.DANGER_STRONG if key == name else Tint.DIM)
        for key, pick in (("outcome", self.outcome), ("channel", self.channel), ("reason", self.reason)):
            pick.set_wrong(key == name)

    def _field(self, name: str | None) -> QWidget | None:
        return {
            "outcome": self.outcome, "amount": self.amount, "date": self.day, "time": self.at,
            "channel": self.channel, "reason": self.reason, "note": self.note,
            "recording": self.more.fields["recording"],
        }.get(name or "")  # fmt: skip

    # --- what a person does --------------------------------------------------------------------------

    def preset(self, name: str, _checked: bool = False) -> None:
        """Fill in one of the one-key values."""
        call = self._call
        preset = call.presets() if call else None
        if call is None or preset is None or call.attempt is None or not self.presets.isVisible():
            return
        form = call.form
        if name == "preset_full" and call.outcome in PROMISES:
            form.amount = format_figure(preset.full)
        elif name == "preset_today":
            form.day = self.tr("today {day}").format(day=f"{preset.today:%m-%d}")
        elif name == "preset_tomorrow":
            form.day = self.tr("tomorrow {day}").format(day=f"{preset.tomorrow:%m-%d}")
        elif name == "preset_time":
            form.at = f"{preset.at:%H:%M}"
        self.show_call(call)
        self.changed.emit()

    def _pick_outcome(self, value: object) -> None:
        if self._call and isinstance(value, Outcome):
            if value in UNREACHED:
                self.unreached.emit(value)
                return
            self._call.set_outcome(value)
            self.show_call(self._call)
            self.changed.emit()

    def _pick_channel(self, value: object) -> None:
        if self._call and isinstance(value, PayChannel):
            self._call.form.channel = value.value
            self.show_call(self._call)
            self.changed.emit()

    def _pick_reason(self, value: object) -> None:
        if self._call and isinstance(value, ArrearsReason):
            self._call.set_reason(value)
            self.show_call(self._call)
            self.changed.emit()

    def _typed(self) -> None:
        if self._filling or self._call is None or self._call.attempt is None:
            return
        form = self._call.form
        form.amount, form.day, form.at = self.amount.text(), self.day.text(), self.at.text()
        form.note = self.note.toPlainText()
        self.changed.emit()

    def _learnt(self) -> None:
        """Another account may bring another full amount."""
        if self._call is not None and self.amount.text() != self._call.form.amount:
            self.show_call(self._call)
        self.changed.emit()

    def _tidy(self) -> None:
        """What was typed shortly is written out, so that one sees how it was understood."""
        call = self._call
        if call is None or call.attempt is None:
            return
        form, today = call.form, call.today
        if call.amount is not None:
            form.amount = format_figure(call.amount)
        if day := call.day:
            names = {0: self.tr("today {day}"), 1: self.tr("tomorrow {day}")}
            form.day = names.get((day - today).days, "{day}").format(day=f"{day:%m-%d}")
        if at := form.clock():
            form.at = f"{at:%H:%M}"
        self.show_call(call)

    def _told_wording(self, reason: str, severity: object) -> None:
        self.say(
            (lambda: f"⚠ {reason}") if reason else None, Tone.DANGER if severity is Severity.BLOCK else Tone.WARN
        )

    # --- words ---------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text anew."""
        self.kept(self._kept)
        if self._problem is not None:
            self.problem.setText(self._problem())
        self._tidy()  # a day that was written out says "today" or "tomorrow"
        self.setAccessibleName(self.tr("Call log"))
        names = {
            "outcome": self.tr("Outcome {key}").format(key=native("outcome")),
            "amount": self.tr("Amount {key}").format(key=native("amount")),
            "date": self.tr("Day"),
            "time": self.tr("Time"),
            "channel": self.tr("Way to pay {key}").format(key=native("channel")),
            "reason": self.tr("Reason {key}").format(key=native("reason")),
        }
        for name, text in names.items():
            self._labels[name].setText(text)
        for field, name in (
            (self.amount, self.tr("Amount")),
            (self.day, self.tr("Day")),
            (self.at, self.tr("Time")),
        ):
            field.setAccessibleName(name)
        self.day.setPlaceholderText(self.tr("24 or 11-24"))
        for pick in (self.outcome, self.channel, self.reason):
            pick.placeholder = self.tr("Choose")
        self.note.setPlaceholderText(
            self.tr("What was said and agreed, in your own words ({key}). / shows the short forms.").format(
                key=native("note")
            )
        )
        self.note.setAccessibleName(self.tr("Note"))
        self.quick.retranslate()
        for name, text in (
            ("preset_full", self.tr("Full amount")),
            ("preset_today", self.tr("Today")),
            ("preset_tomorrow", self.tr("Tomorrow")),
            ("preset_time", "18:00"),
        ):
            self.preset_buttons[name].set(native(name), text)
        self.save.setText(self.tr("Save, next"))
        self.more.retranslate()
        self.more_button.setText(self.tr("More  {key}").format(key=native("more")))
        self.visit.setText(self.tr("Visit"))
        self.undo.setText(self.tr("Undo  {key}").format(key=native("undo")))
        if self._call is not None:
            self.show_call(self._call)
