"""Before the dial, in the log's place: what was said last time, in full, and what is promised and still stands."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from collector_desk.domain.text.masking import HIDDEN_AMOUNT
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import BodyText, ElidedLabel, Text
from collector_desk.ui.window.keys import native
from collector_desk.ui.words import instant, word
from collector_desk.ui.work.help.told import last_note


class BeforeTheDial(QWidget):
    """Nobody listens yet; figures stay masked as they do everywhere until they are looked behind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.promise = Text(tint=Tint.ACCENT, wrap=True)
        self.head = ElidedLabel(size=Size.CAPTION, tint=Tint.DIM)
        self.note = BodyText()
        self.note.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.LINE)
        for part in (self.promise, self.head, self.note):
            box.addWidget(part)

    def show_call(self, call: LiveCall) -> None:
        """Show what is known of the case, or nothing where nothing is."""
        promise = call.case.file.open_promise if call.case else None
        if promise is not None:
            amount = str(promise.amount) if call.facts_open else HIDDEN_AMOUNT
            when = instant(promise.due_at, zone=call.zone, now=call.seat.now())
            told = self.tr("Promised: {amount} by {when} · {channel}")
            self.promise.setText(told.format(amount=amount, when=when, channel=word(promise.channel)))
        self.promise.setVisible(promise is not None)
        last = last_note(call)
        if last is not None:
            self.head.setText(
                self.tr("Last time · {head} · {what} · {key} reads on").format(
                    head=last.head, what=last.what, key=native("history")
                )
            )
            self.note.setText(last.note)
        for part in (self.head, self.note):
            part.setVisible(last is not None)
        self.setVisible(promise is not None or last is not None)
