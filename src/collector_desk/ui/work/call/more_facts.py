"""What else a call taught: which account, the number, willingness, ability, another next step than the usual."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from collector_desk.domain.calls.log import PROMISES
from collector_desk.domain.vocabulary import NumberStanding, RecordingGap
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Text
from collector_desk.ui.widgets.pick_field import Choice, PickField
from collector_desk.ui.widgets.understood import Understood
from collector_desk.ui.words import language, say, word
from collector_desk.words.messages import show_whole

_PICKED = ("case_id", "number_standing", "willing", "able")
_TYPED = ("parts", "new_number", "next_day", "next_at", "recording")
_ROWS = (
    ("case_id", "number_standing", "new_number", "willing", "able", "next_day", "next_at"),
    ("parts", "recording_gap", "recording"),
)
_LEARNT = (NumberStanding.LIVE, NumberStanding.DEAD, NumberStanding.WRONG, NumberStanding.STOPPED)
_SHARES = {"case_id": 3, "new_number": 3, "recording": 7, "parts": 7}


class MoreFacts(QWidget):
    """Two rows, shown by their key; only the recording may be asked for."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._call: LiveCall | None = None
        self._labels: dict[str, Text] = {}
        self._holders: dict[str, QWidget] = {}
        self.picks = {name: PickField() for name in (*_PICKED, "recording_gap")}
        self.fields = {name: QLineEdit() for name in _TYPED}
        self.understood, self.parts = Understood(), Understood()
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.PANEL)
        for order in _ROWS:
            box.addLayout(self._row(order))
            if "next_day" in order:
                box.addWidget(self.understood)
        box.addWidget(self.parts)
        for name, pick in self.picks.items():
            pick.picked.connect(partial(self._picked, name))
        for name, field in self.fields.items():
            field.textEdited.connect(partial(self._typed, name))

    def _row(self, order: tuple[str, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Gap.TIGHT)
        for name in order:
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(Margin.NONE)
            column.setSpacing(Gap.LABEL)
            self._labels[name] = Text(size=Size.CAPTION, tint=Tint.DIM)
            column.addWidget(self._labels[name])
            column.addWidget(self.picks.get(name) or self.fields[name])
            row.addWidget(holder, _SHARES.get(name, 2))
            self._holders[name] = holder
        return row

    def begin(self) -> None:
        """The focus to the first field."""
        first = self.picks["case_id"] if not self._holders["case_id"].isHidden() else self.picks["number_standing"]
        first.setFocus()

    def show_call(self, call: LiveCall) -> None:
        """Show the form of the call; amounts of accounts only where they may be seen."""
        self._call = call
        file = call.case.file if call.case else None
        accounts = (file.owing or file.cases) if file else ()
        self._holders["case_id"].setVisible(len(accounts) > 1 and not call.third_party)
        self.picks["case_id"].set_choices(
            [
                Choice(case.id, f"*{case.card_tail}" + (f" {case.balance}" if call.facts_open else ""), str(n))
                for n, case in enumerate(accounts[:9], 1)
            ]
        )
        standings = [Choice("", "–", "0")]
        standings += [Choice(item.value, word(item), str(n)) for n, item in enumerate(_LEARNT, 1)]
        self.picks["number_standing"].set_choices(standings)
        answers = [Choice("", "–", "0"), Choice("yes", self.tr("Yes"), "1"), Choice("no", self.tr("No"), "2")]
        for name in ("willing", "able"):
            self.picks[name].set_choices(answers)
        gaps = [Choice("", self.tr("Recorded"), "0")]
        gaps += [Choice(item.value, word(item), str(n)) for n, item in enumerate(RecordingGap, 1)]
        self.picks["recording_gap"].set_choices(gaps)
        self._labels["recording"].setText(
            self.tr("Why, in a few words") if call.form.recording_gap else self.tr("Reference of the recording")
        )
        for name, pick in self.picks.items():
            pick.set_value(getattr(call.form, name) or (None if name != "recording_gap" else ""))
        if len(accounts) > 1 and not call.form.case_id:
            self.picks["case_id"].set_value(call.account.id)
        for name, field in self.fields.items():
            if field.text() != getattr(call.form, name):
                field.setText(getattr(call.form, name))
        self._holders["parts"].setVisible(call.outcome in PROMISES and not call.third_party)
        self._show_understood()

    def mark(self, names: Collection[str]) -> None:
        """Colour the labels of what stands in the way."""
        fields = {"next": "next_day", "case": "case_id"}
        wrong = {fields.get(name, name) for name in names}
        for name, label in self._labels.items():
            label.set_tint(Tint.DANGER_STRONG if name in wrong else Tint.DIM)

    def _picked(self, name: str, value: object) -> None:
        if self._call is not None and self._call.attempt is not None:
            if name == "recording_gap":
                self._call.set_recording_gap(RecordingGap(str(value)) if value else None)
            elif name == "case_id":
                self._call.set_account(str(value))
            else:
                setattr(self._call.form, name, str(value))
            self.show_call(self._call)
            self.changed.emit()

    def _typed(self, name: str, text: str) -> None:
        if self._call is not None and self._call.attempt is not None:
            setattr(self._call.form, name, text)
            self._show_understood()
            self.changed.emit()

    def _show_understood(self) -> None:
        """Say in full when the next step is to be."""
        now = self._call.now_there if self._call else None
        typed = any(self.fields[name].text().strip() for name in ("next_day", "next_at"))
        self.understood.show_moment(self._call.form.next_moment(now) if self._call and now and typed else None, now)
        self.understood.setVisible(bool(self.understood.text()))
        self._show_parts(now)

    def _show_parts(self, now: datetime | None) -> None:
        """Say in full what comes after the first part, or what can't be read of it."""
        call = self._call
        found, fault = call.form.further_told(call.currency, now) if call and now else ((), None)
        told = (f"{part.amount} {show_whole(part.day, language(), part.at)}" for part in found)
        if fault is not None:
            self.parts.show_words(f"⚠ {say(fault, now=now)}", wrong=True)
        else:
            self.parts.show_words("→ " + "; ".join(told) if found else "")
        self.parts.setVisible(bool(self.parts.text()))

    def retranslate(self) -> None:
        """Set every text anew."""
        names = {
            "case_id": self.tr("Account"),
            "number_standing": self.tr("This number"),
            "new_number": self.tr("New number given"),
            "willing": self.tr("Willing"),
            "able": self.tr("Able"),
            "next_day": self.tr("Next step on"),
            "next_at": self.tr("at"),
            "recording_gap": self.tr("Recording"),
            "recording": self.tr("Reference of the recording"),
            "parts": self.tr("Further parts of the promise"),
        }
        self.fields["parts"].setPlaceholderText(self.tr("500 11-30; 1,000 next Friday 18:00"))
        for name, text in names.items():
            self._labels[name].setText(text)
            (self.picks.get(name) or self.fields[name]).setAccessibleName(text)
            if name in self.picks:
                self.picks[name].placeholder = "–"
