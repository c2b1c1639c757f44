"""Answers to what the debtor says: typed as it is heard, the best cards at once, for whoever is on the line."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from collector_desk.domain.calls.objection_cards import ObjectionCard
from collector_desk.domain.calls.script_fields import GAP
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.services.packs.objections import cards, find
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import BranchButton, Card, KeyHint, SoftPanel, Text
from collector_desk.ui.widgets.kept_field import KeptField
from collector_desk.ui.window.keys import KEYS

_MOST = 3
_OFFERED = 6
_SAID_BY_OTHERS = ("third_party_answers", "wrong_number", "left_company", "stop_calling", "debtor_died")


class AnswersPanel(Card):
    """``used`` carries the card that was chosen (Enter, or a click)."""

    used = Signal(object)
    whole = Signal(bool)  # a card is open: it needs all of the column
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("…", parent)
        self._call: LiveCall | None = None
        self._hits: list[ObjectionCard] = []
        self._place = 0
        self._folded = False
        self.corner.addWidget(KeyHint(KEYS["answers"].sequences[0]))
        self.typed = KeptField()
        self.typed.textChanged.connect(self._other_words)
        self.typed.entered.connect(self._use)
        self.typed.moved.connect(self._choose)
        self.typed.left.connect(self._leave)
        self.body.addWidget(self.typed)
        self.panel = SoftPanel(tone=Tone.INFO)
        self.heading = Text(size=Size.LABEL, tint=Tint.INFO_STRONG)
        self.first = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        self.words = Text(size=15, wrap=True)
        self.never = Text(size=Size.CAPTION, tint=Tint.DANGER_STRONG, wrap=True)
        self.next = Text(size=Size.CAPTION, tint=Tint.OK_STRONG, wrap=True)
        for part in (self.heading, self.first, self.words, self.never, self.next):
            self.panel.body.addWidget(part)
        self.others = [BranchButton() for _ in range(_OFFERED)]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(Margin.NONE)
        column.setSpacing(Gap.FORM)
        self.nothing = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        column.addWidget(self.panel)
        column.addWidget(self.nothing)
        for place, button in enumerate(self.others):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, n=place: self._swap(n))
            column.addWidget(button)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setWidget(inner)
        inner.setAutoFillBackground(False)  # setWidget fills it
        self.body.addWidget(self._area, 1)
        self._show()

    def shown(self) -> ObjectionCard | None:
        """The card whose words are on the screen."""
        return self._hits[self._place] if self._place < len(self._hits) else None

    def fold(self) -> None:
        """Give half of the column back; the card stays above."""
        self._folded = True
        self._tell_whole()

    def _tell_whole(self) -> None:
        self.whole.emit(self.shown() is not None and not self._folded)

    def _other_words(self, text: str) -> None:
        self._folded = False
        self._search(text)

    def start(self) -> None:
        """The focus goes to the field."""
        self.typed.setFocus()
        self.typed.selectAll()

    def show_call(self, call: LiveCall) -> None:
        """Take the words for who is on the line now."""
        self._call = call
        self._search(self.typed.text())

    def reset(self) -> None:
        """Empty again, for the next case."""
        self.typed.clear()

    def _search(self, text: str) -> None:
        call = self._call
        self._hits = []
        if call and text.strip():
            known = cards(call.language, call.seat)
            hits = find(text, call.language, _MOST, call.seat)
            self._hits = [known[hit.id] for hit in hits if hit.id in known]
        self._place = 0
        self._show()

    def _choose(self, step: int) -> None:
        if self._hits:
            self._place = (self._place + step) % len(self._hits)
            self._show()

    def _swap(self, other: int) -> None:
        rest = self._rest()
        if other < len(rest):
            chosen = rest[other]
            if chosen not in self._hits:
                self._hits = [chosen]
            self._place = self._hits.index(chosen)
            self._show()
            self._use()

    def _rest(self) -> list[ObjectionCard]:
        """The cards offered below: the other hits, or before anything is typed the most used ones."""
        if self._hits or self.typed.text().strip() or self._call is None or self._call.case is None:
            return [hit for hit in self._hits if hit is not self.shown()]
        known = cards(self._call.language, self._call.seat)
        first = [known[name] for name in _SAID_BY_OTHERS if name in known] if self._call.third_party else []
        urgent = [card for card in known.values() if card.urgent]
        usual = [card for card in known.values() if card not in first and card not in urgent]
        return [*first, *usual][: _OFFERED - len(urgent)] + urgent

    def _use(self) -> None:
        card = self.shown()
        if card is not None:
            self.used.emit(card)

    def _leave(self) -> None:
        self.fold()
        self.left.emit()

    def _show(self) -> None:
        card, call = self.shown(), self._call
        self._tell_whole()
        self.panel.setVisible(card is not None)
        rest = self._rest()
        for place, button in enumerate(self.others):
            button.setVisible(place < len(rest))
            if place < len(rest):
                button.set("", rest[place].title, Tone.DANGER if rest[place].urgent else None)
        self.nothing.setText(self.tr("No card fits these words.") if self.typed.text().strip() and not card else "")
        self.nothing.setVisible(bool(self.nothing.text()))
        if card is None or call is None:
            return
        self.panel.set_tone(Tone.DANGER if card.urgent else Tone.INFO)
        self.heading.set_tint(Tint.DANGER_STRONG if card.urgent else Tint.INFO_STRONG)
        self.heading.setText(card.title)
        self.first.setText(self.tr("First: {words}").format(words=card.first_do))
        facts = {field.value: text for field, text in call.words().items()}
        said = card.words(call.speaker, call.stage)
        for name, text in facts.items():
            said = said.replace("{" + name + "}", text)
        while (start := said.find("{")) >= 0 and (end := said.find("}", start)) > 0:
            said = said[:start] + GAP + said[end + 1 :]
        self.words.setText(said)
        self.never.setText("\n".join(f"✕ {words}" for words in card.never_say))
        question = card.question(call.speaker)
        self.next.setText(self.tr("→ Then ask: {words}").format(words=question))
        self.next.setVisible(bool(question))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("Answers"))
        self.typed.setPlaceholderText(self.tr("What the debtor says"))
        self.typed.setAccessibleName(self.tr("What the debtor says"))
        self._search(self.typed.text())
