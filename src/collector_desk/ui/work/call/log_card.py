"""The log of the call: what came of it, the note; what stands in the way is said at the field."""

from collections.abc import Collection, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from collector_desk.domain.book.money import format_figure
from collector_desk.domain.calls.log import LogCheck
from collector_desk.domain.calls.promises import Weight
from collector_desk.domain.calls.short_forms import Figure
from collector_desk.domain.message import Message
from collector_desk.domain.text.wording import Severity
from collector_desk.domain.vocabulary import PayChannel
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.services.packs import wording
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Margin, Width
from collector_desk.ui.widgets import Card, ElidedLabel, KeyHint, Text, primary
from collector_desk.ui.widgets.note_edit import NoteEdit
from collector_desk.ui.window.keys import KEYS, native
from collector_desk.ui.words import Words, say, word
from collector_desk.ui.work.call.log_fields import LogFields
from collector_desk.ui.work.call.more_facts import MoreFacts
from collector_desk.ui.work.call.unreached_row import UnreachedRow
from collector_desk.ui.work.call.waiting_log import WaitingLog

_ORDER = (
    *("outcome", "amount", "date", "time", "channel", "proof", "reason"),
    *("case", "new_number", "next", "parts", "recording", "note"),
)
_FURTHER = frozenset({"next", "new_number", "case", "recording", "parts"})  # shown under More


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
        self._missing = 0
        self._saved: Words | None = None
        self._problem: Words | None = None
        self.body.setContentsMargins(Margin.PANEL)
        self.body.setSpacing(Gap.FORM)
        self.state = ElidedLabel(size=Size.CAPTION, tint=Tint.DIM)
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.quick = UnreachedRow()
        self.quick.chosen.connect(self.unreached)
        self.body.addWidget(self.quick)
        self.fields = LogFields()
        self.fields.chosen.connect(self._chosen)
        self.fields.typed.connect(self._typed)
        self.fields.unreached.connect(self.unreached)
        self.body.addWidget(self.fields)
        self.more = MoreFacts()
        self.more.changed.connect(self._learnt)
        self.more.hide()
        self.body.addWidget(self.more)
        self.note = NoteEdit(wording.findings)
        self.note.setMinimumHeight(Height.NOTE)
        self.note.textChanged.connect(self._typed)
        self.note.told.connect(self._told_wording)
        self.note.set_figures(self._figures)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the key beside its button is the first to go."""
        super().resizeEvent(event)
        self._show_hint()

    def _show_hint(self) -> None:
        live = self._call is not None and self._call.attempt is not None
        self._hint.setVisible(live and self.width() >= Width.LOG_FOOT)

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
        self.quick.setVisible(live and call.nobody_yet)
        self.more.show_call(call)
        if not live:
            self.more.hide()
        self.fields.show_call(call)
        if self.note.toPlainText() != form.note:
            self.note.setPlainText(form.note)
        self.note.set_speaker(call.speaker)
        self.note.setVisible(live)
        self.waiting.setVisible(not live)
        if not live:
            self.waiting.show_call(call)
        self._show_hint()
        for part in (self.save, self.third, self.more_button):
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
            self._mark(())
        self.problem.setText(text)
        self.problem.set_tint(tone.strong)
        self.problem.setVisible(bool(text))

    def refuse(self, faults: Sequence[tuple[str | None, Message]]) -> None:
        """Point at every field at fault and put the focus into the first, as they stand; what is typed stays."""
        names = [name for name, _ in faults if name]
        if not _FURTHER.isdisjoint(names):
            self.more.show()
        self.say(lambda: "   ".join(f"⚠ {say(message)}" for _, message in faults))
        self._mark(names)
        self._missing = len(faults)
        self._name_save()
        first = min(names, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER), default=None)
        target = self._field(first)
        if target is not None and target.isVisible():
            target.setFocus()

    def _name_save(self) -> None:
        """What the button does, or how much is missing before it can."""
        narrow = self.width() < Width.SHORT_FOOT
        whole = self.tr("{count} missing: next step").format(count=self._missing)
        short = self.tr("{count} missing").format(count=self._missing)
        self.save.setText((short if narrow else whole) if self._missing else self.tr("Save, next"))
        self.save.setToolTip(whole if self._missing else "")
        self.state.setVisible(not (narrow and self._missing))

    def toggle_more(self, _checked: bool = False) -> None:
        """Show or hide the row of what else was learnt."""
        if self._call is None or self._call.attempt is None:
            return
        self.more.setVisible(self.more.isHidden())
        if self.more.isVisible():
            self.more.begin()

    def judge(self, check: LogCheck | None) -> None:
        """Say while one types what will wait for a lead or is odd; what is only missing yet is not nagged about."""
        self._mark(())
        if check is None or self._call is None:
            self.say(None)
            return
        zone, now = self._call.zone, self._call.seat.now()
        early = next((finding for finding in check.findings if finding.early), None)
        if early is not None:
            self._mark((early.field_name,))
            message = early.message
            self.say(lambda: f"⚠ {say(message, zone=zone, now=now)}")
            return
        soft = [finding for finding in check.findings if finding.weight is not Weight.REFUSE]
        soft = [finding for finding in soft if finding.field_name != "talk_seconds"]
        first = next(iter(soft), None)
        self.say((lambda: f"▲ {say(first.message, zone=zone, now=now)}") if first else None, Tone.WARN)

    def _mark(self, names: Collection[str]) -> None:
        self._missing = 0
        self._name_save()
        self.more.mark(names)
        self.fields.mark(names)

    def _field(self, name: str | None) -> QWidget | None:
        others = {"note": self.note, **{name: self.more.fields[name] for name in ("recording", "parts")}}
        return others.get(name or "") or self.fields.field(name or "")

    # --- what a person does --------------------------------------------------------------------------

    def _chosen(self) -> None:
        """What was chosen in the fields may ask for others."""
        if self._call is not None:
            self.show_call(self._call)
            self.changed.emit()

    def _typed(self) -> None:
        if self._filling or self._call is None or self._call.attempt is None:
            return
        self.fields.write(self._call.form)
        self._call.form.note = self.note.toPlainText()
        self.changed.emit()

    def _learnt(self) -> None:
        """Another account may bring another full amount."""
        if self._call is not None and self.fields.amount.text() != self._call.form.amount:
            self.show_call(self._call)
        self.changed.emit()

    def _told_wording(self, reason: str, severity: object) -> None:
        blocked = severity is Severity.BLOCK

        def told() -> str:
            quote = self.tr("The customer's own words? {key} puts quotation marks.").format(key=native("quote"))
            return f"⚠ {reason} {quote}" if blocked else f"⚠ {reason}"

        self.say(told if reason else None, Tone.DANGER if blocked else Tone.WARN)

    def _figures(self) -> dict[Figure, str]:
        """What of the log a short form takes over."""
        call = self._call
        if call is None or call.attempt is None or call.third_party:
            return {}
        when = call.form.moment(call.now_there)
        said = [f"{when.day:%m-%d}" if when.day else "", f"{when.at:%H:%M}" if when.at else ""]
        channel = call.form.channel
        return {
            Figure.AMOUNT: format_figure(call.amount) if call.amount else "",
            Figure.WHEN: " ".join(filter(None, said)) if when.day and when.fault is None else "",
            Figure.WAY: word(PayChannel(channel)) if channel else "",
        }

    # --- words ---------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text anew."""
        self.kept(self._kept)
        if self._problem is not None:
            self.problem.setText(self._problem())
        self.fields.retranslate()
        self.setAccessibleName(self.tr("Call log"))
        self.note.setPlaceholderText(
            self.tr("What was said and agreed, in your own words ({key}). / shows the short forms.").format(
                key=native("note")
            )
        )
        self.note.setAccessibleName(self.tr("Note"))
        self.quick.retranslate()
        self._name_save()
        self.more.retranslate()
        self.more_button.setText(self.tr("More  {key}").format(key=native("more")))
        self.visit.setText(self.tr("Visit"))
        self.undo.setText(self.tr("Undo  {key}").format(key=native("undo")))
        if self._call is not None:
            self.show_call(self._call)
