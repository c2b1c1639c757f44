"""The fields of the log: how the call ended, how much, when and which way is to be paid, why it was not."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from collector_desk.domain.book.money import format_figure
from collector_desk.domain.calls.log import PROMISES
from collector_desk.domain.calls.outcomes import Need, open_outcomes, rule_for
from collector_desk.domain.calls.soon import Soon
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.services.calls.live.form import Form
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import BranchButton, Text
from collector_desk.ui.widgets.pick_field import Choice, PickField
from collector_desk.ui.widgets.understood import Understood
from collector_desk.ui.window.keys import native
from collector_desk.ui.words import word
from collector_desk.ui.work.call.unreached_row import UNREACHED

_KEYS = "1234567890abcdefghij"


class LogFields(QWidget):
    """Only what the outcome asks for is there. ``chosen``: it may ask for others now; ``typed``: a letter more."""

    chosen = Signal()
    typed = Signal()
    unreached = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._call: LiveCall | None = None
        self._asks_when = False
        self.outcome, self.channel, self.reason = PickField(), PickField(), PickField()
        self.amount, self.day, self.at, self.proof = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._labels: dict[str, Text] = {}
        self._columns: dict[str, QWidget] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.FORM)
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        for name, widget, share in (
            ("outcome", self.outcome, 14),
            ("amount", self.amount, 11),
            ("date", self.day, 13),
            ("time", self.at, 7),
            ("channel", self.channel, 10),
            ("proof", self.proof, 13),
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
        box.addLayout(row)
        self.presets = QWidget()
        presets = QHBoxLayout(self.presets)
        presets.setContentsMargins(Margin.NONE)
        presets.setSpacing(Gap.TIGHT)
        self.preset_buttons: dict[str, BranchButton] = {}
        for name in ("preset_full", "preset_today", "preset_tomorrow", "preset_time"):
            button = BranchButton(native(name))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setFixedHeight(Height.BRANCH)
            button.clicked.connect(partial(self.preset, name))
            presets.addWidget(button, 5 if name == "preset_tomorrow" else 4)  # its word is longer
            self.preset_buttons[name] = button
        self.soon = PickField(quiet=True)
        presets.addWidget(self.soon, 5)
        self.understood = Understood()
        below = QHBoxLayout()
        below.setSpacing(Gap.ROW)
        below.addWidget(self.presets, 7)
        below.addWidget(self.understood, 4)
        box.addLayout(below)
        self.outcome.picked.connect(self._pick_outcome)
        self.channel.picked.connect(self._pick_channel)
        self.reason.picked.connect(self._pick_reason)
        self.soon.picked.connect(self._pick_soon)
        for field in (self.amount, self.day, self.at, self.proof):
            field.textEdited.connect(self.typed)
            field.editingFinished.connect(self.tidy)
        self.day.textEdited.connect(partial(self._spread, True))
        self.at.textEdited.connect(partial(self._spread, False))

    # --- showing -------------------------------------------------------------------------------------

    def show_call(self, call: LiveCall) -> None:
        """Show what the form holds, in the fields that its outcome asks for."""
        self._call = call
        form, live = call.form, call.attempt is not None
        outcome = call.outcome
        needs = rule_for(outcome).needs | rule_for(outcome).takes if outcome else frozenset()
        money = not call.third_party
        self.setVisible(live)
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
        for field, text in zip(
            (self.amount, self.day, self.at, self.proof), (form.amount, form.day, form.at, form.proof), strict=True
        ):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        for name, need in (
            ("amount", Need.AMOUNT), ("date", Need.DATE), ("time", Need.TIME),
            ("channel", Need.CHANNEL), ("proof", Need.PROOF), ("reason", Need.REASON),
        ):  # fmt: skip
            hidden = name in ("amount", "channel", "proof", "reason") and not money
            self._columns[name].setVisible(need in needs and not hidden)
        self.presets.setVisible(live and outcome in (*PROMISES, Outcome.CALL_BACK) and money)
        self.preset_buttons["preset_full"].setVisible(outcome in PROMISES)
        self.soon.set_choices([Choice(one, word(one), str(n)) for n, one in enumerate(Soon, 1)])
        self._name_when(call)
        self._asks_when = live and bool(needs & {Need.DATE, Need.TIME})
        self.show_understood()
        self._columns["outcome"].setVisible(live)

    def to_when(self) -> bool:
        """Into the field that takes day and time in words; False where no moment is asked for."""
        call = self._call
        if call is None or not self._asks_when:
            return False
        field = self.at if call.outcome is Outcome.CALL_BACK else self.day
        field.setFocus()
        field.selectAll()
        return True

    def _name_when(self, call: LiveCall) -> None:
        """Name the fields of day and time with their key, and give an example that is true today."""
        back = call.outcome is Outcome.CALL_BACK
        key = native("moment")
        self._labels["date"].setText(self.tr("Day") if back else self.tr("Day {key}").format(key=key))
        self._labels["time"].setText(self.tr("Time {key}").format(key=key) if back else self.tr("Time"))
        tomorrow = call.today + timedelta(days=1)
        example = self.tr("{day}, {date}, tomorrow 9am")
        self.day.setPlaceholderText(example.format(day=tomorrow.day, date=f"{tomorrow:%m-%d}"))
        self.day.setToolTip(self.day.placeholderText())
        self.at.setPlaceholderText(self.tr("14, 30m, 9am") if back else "")

    def mark(self, names: Collection[str]) -> None:
        """Mark the fields at fault, and no others."""
        for key, label in self._labels.items():
            label.set_tint(Tint.DANGER_STRONG if key in names else Tint.DIM)
        for key, pick in (("outcome", self.outcome), ("channel", self.channel), ("reason", self.reason)):
            pick.set_wrong(key in names)

    def field(self, name: str) -> QWidget | None:
        """The field that a fault names."""
        return {
            "outcome": self.outcome, "amount": self.amount, "date": self.day, "time": self.at,
            "channel": self.channel, "proof": self.proof, "reason": self.reason,
        }.get(name)  # fmt: skip

    def write(self, form: Form) -> None:
        """What is typed, into the form."""
        form.amount, form.day, form.at = self.amount.text(), self.day.text(), self.at.text()
        form.proof = self.proof.text()
        self.show_understood()

    def _spread(self, of_day: bool, _text: str) -> None:
        """Who types "明早9点" into one field has filled the other."""
        if self._call is None or not self._call.form.spread(self._call.now_there, of_day=of_day):
            return
        for field, text in ((self.day, self._call.form.day), (self.at, self._call.form.at)):
            if field.text() != text:
                field.setText(text)
        self.show_understood()
        self.typed.emit()

    def show_understood(self) -> None:
        """Say in full, while it is typed, when that is."""
        call = self._call
        now = call.now_there if call else None
        self.understood.setVisible(self._asks_when)
        self.understood.show_moment(call.form.moment(now) if call and now and self._asks_when else None, now)

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
        self.chosen.emit()

    def _pick_outcome(self, value: object) -> None:
        if self._call and isinstance(value, Outcome):
            if value in UNREACHED:
                self.unreached.emit(value)
                return
            self._call.set_outcome(value)
            self.chosen.emit()

    def _pick_channel(self, value: object) -> None:
        if self._call and isinstance(value, PayChannel):
            self._call.form.channel = value.value
            self.chosen.emit()

    def _pick_reason(self, value: object) -> None:
        if self._call and isinstance(value, ArrearsReason):
            self._call.set_reason(value)
            self.chosen.emit()

    def _pick_soon(self, value: object) -> None:
        if self._call and isinstance(value, Soon):
            self._call.form.set_soon(value, self._call.now_there)
            self.tidy()
            self.chosen.emit()

    def tidy(self) -> None:
        """What was typed shortly is written out, so that one sees how it was understood."""
        call = self._call
        if call is None or call.attempt is None:
            return
        form, now = call.form, call.now_there
        when = form.moment(now)
        if call.amount is not None:
            form.amount = format_figure(call.amount)
        plain = when.fault is None or when.over
        if plain and when.day:
            names = {0: self.tr("today {day}"), 1: self.tr("tomorrow {day}")}
            form.day = names.get((when.day - now.date()).days, "{day}").format(day=f"{when.day:%m-%d}")
        if plain and when.at is not None:
            form.at = f"{when.at:%H:%M}"
        self.show_call(call)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.tidy()  # a day that was written out says "today" or "tomorrow"
        names = {
            "outcome": self.tr("Outcome {key}").format(key=native("outcome")),
            "amount": self.tr("Amount {key}").format(key=native("amount")),
            "proof": self.tr("Proof they name"),
            "channel": self.tr("Way to pay {key}").format(key=native("channel")),
            "reason": self.tr("Reason {key}").format(key=native("reason")),
        }
        for name, text in names.items():
            self._labels[name].setText(text)
        for field, name in (
            (self.amount, self.tr("Amount")),
            (self.day, self.tr("Day")),
            (self.at, self.tr("Time")),
            (self.proof, self.tr("Proof they name")),
            (self.outcome, self.tr("Outcome")),
            (self.channel, self.tr("Way to pay")),
            (self.reason, self.tr("Reason")),
        ):
            field.setAccessibleName(name)
        if self._call is not None:
            self._name_when(self._call)
        self.soon.placeholder = self.tr("Soon {key}").format(key=native("soon"))
        self.soon.setAccessibleName(self.tr("Moments often asked for"))
        for pick in (self.outcome, self.channel, self.reason):
            pick.placeholder = self.tr("Choose")
        for name, text in (
            ("preset_full", self.tr("In full")),
            ("preset_today", self.tr("Today")),
            ("preset_tomorrow", self.tr("Tomorrow")),
            ("preset_time", "18:00"),
        ):
            self.preset_buttons[name].set(native(name), text)
