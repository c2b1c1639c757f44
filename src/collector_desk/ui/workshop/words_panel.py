"""Tries a draft of words: what its lexicon underlines, how its short forms expand, which answers are found."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QTimer
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from collector_desk.domain.text.wording import Severity, WordingFinding
from collector_desk.domain.vocabulary import Speaker
from collector_desk.packs.try_words import TriedWords
from collector_desk.services.packs import workshop
from collector_desk.services.packs.workshop import Judged, PackDraft
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import Pill, Text
from collector_desk.ui.widgets.note_edit import NoteEdit
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import LANGUAGES, language, say

_SHOWN, _WAIT_MS = 5, 120
_LEXICON, _SHORT_FORMS = "lexicon", "shortcodes"  # ids of packs
_LANGUAGE_NAMES = {"en": "English", "zh_CN": "中文"}  # each as it calls itself


@dataclass(frozen=True, slots=True)
class _Ear:
    """Who hears it, and whether it is written as what they said."""

    speaker: Speaker
    quoted: bool
    name: str


_EARS = (
    _Ear(Speaker.DEBTOR, False, str(QT_TRANSLATE_NOOP("WordsPanel", "With the debtor"))),
    _Ear(Speaker.THIRD_PARTY, False, str(QT_TRANSLATE_NOOP("WordsPanel", "With somebody else"))),
    _Ear(Speaker.DEBTOR, True, str(QT_TRANSLATE_NOOP("WordsPanel", "The debtor, quoted"))),
    _Ear(Speaker.THIRD_PARTY, True, str(QT_TRANSLATE_NOOP("WordsPanel", "Somebody else, quoted"))),
)


class WordsPanel(Page):
    """A box to type in. Of a lexicon all four readings are judged at once; the chosen one is underlined."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._draft: PackDraft | None = None
        self._judged: Judged | None = None
        self._tried: TriedWords | None = None
        self._wanted: tuple[str, Mapping[str, str], str] | None = None  # what is built, or being built
        self.task = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        self.choice = QComboBox()
        self.box = NoteEdit(self._check)
        self.box.setFixedHeight(Height.FEW_LINES)
        self.readings = QWidget()
        grid = QGridLayout(self.readings)
        grid.setContentsMargins(Margin.THIN)
        grid.setHorizontalSpacing(Gap.ROW)
        grid.setVerticalSpacing(Gap.PANEL)
        grid.setColumnStretch(0, 1)
        self.names = [Text(size=Size.CAPTION, tint=Tint.DIM) for _ in _EARS]
        self.pills = [Pill() for _ in _EARS]
        for row, (name, pill) in enumerate(zip(self.names, self.pills, strict=True)):
            grid.addWidget(name, row, 0)
            grid.addWidget(pill, row, 1)
        self.lines = [Text(size=Size.CAPTION, wrap=True) for _ in range(_SHOWN)]
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.FORM)
        for part in (self.task, self.choice, self.box, self.readings, *self.lines):
            box.addWidget(part)
        box.addStretch(1)
        self.setFocusProxy(self.box)
        self._find = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._find.timeout.connect(self._typed)
        self.choice.activated.connect(lambda _: self._chosen())
        self.box.textChanged.connect(self._find.start)
        self.retranslate()

    # --- what is tried -------------------------------------------------------------------------------

    def show_draft(self, draft: PackDraft, judged: Judged | None) -> None:
        """Take another draft, or the same one changed; while it is being checked what is shown stays."""
        if judged is None:
            return
        other = self._draft is None or self._draft.pack_id != draft.pack_id
        self._draft, self._judged = draft, judged
        if other:
            self.box.clear()
        if other or judged.faults:
            self._tried = self._wanted = None
        if other or judged.faults or self._tried is None:
            self._fill()
        self._load()

    def _load(self) -> None:
        """Build what is tried, beside the window; a finder only once somebody types, it takes its time."""
        draft, judged = self._draft, self._judged
        if draft is None or judged is None or judged.faults:
            return
        if draft.pack_id not in (_LEXICON, _SHORT_FORMS) and not self.box.toPlainText().strip():
            return
        lang = self._language()
        wanted = (draft.id, draft.files, lang)
        if wanted != self._wanted:
            self._wanted = wanted
            self._place.tasks.run(
                lambda _: workshop.words(draft, lang), owner=self, done=lambda found: self._took(wanted, found)
            )

    def _took(self, wanted: tuple[str, Mapping[str, str], str], found: TriedWords) -> None:
        if wanted == self._wanted:  # not of an older text
            self._tried = found
            self._use()

    def _language(self) -> str:
        chosen = self.choice.currentData()
        return chosen if isinstance(chosen, str) else language()

    def _check(self, text: str, speaker: Speaker) -> list[WordingFinding]:
        """What the draft's lexicon finds, read as it is chosen."""
        check = self._tried.check if self._tried else None
        ear = self._ear()
        return check.check(text, ear.speaker, quoted=ear.quoted) if check and ear else []

    def _ear(self) -> _Ear | None:
        ear = self.choice.currentData()
        return ear if isinstance(ear, _Ear) else None

    # --- what is shown -------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Another draft or language of the window: the choices anew, the chosen one stays where it is there."""
        before = self.choice.currentData()
        self.choice.clear()
        if self._draft is not None and self._draft.pack_id == _LEXICON:
            for ear in _EARS:
                self.choice.addItem(self.tr(ear.name), ear)
            place = _EARS.index(before) if isinstance(before, _Ear) else 0
        else:
            for lang in LANGUAGES:
                self.choice.addItem(_LANGUAGE_NAMES[lang], lang)
            place = LANGUAGES.index(before if before in LANGUAGES else language())
        self.choice.setCurrentIndex(place)
        self._say_task()
        self._use()

    def _chosen(self) -> None:
        self._load()
        self._use()

    def _use(self) -> None:
        """Go by what is built and chosen now."""
        self.box.set_forms(self._tried.short_forms if self._tried else ())
        self.box.set_check(self._check)
        self._show()

    def _typed(self) -> None:
        self._load()
        self._show()

    def _say_task(self) -> None:
        pack_id = self._draft.pack_id if self._draft else ""
        if self._judged is None:
            text = self.tr("Being checked …")
        elif self._judged.faults:
            text = self.tr("Mend the faults first, then it can be tried here.")
        elif pack_id == _LEXICON:
            text = self.tr("Type a sentence: what this version underlines in a note, and what it blocks.")
        elif pack_id == _SHORT_FORMS:
            text = self.tr("Type a short form, as in a note: / shows all of this version.")
        else:
            text = self.tr("Type what a debtor may say: the answers this version finds.")
        self.task.setText(text)
        self.choice.setVisible(self._judged is not None and not self._judged.faults)

    def _show(self) -> None:
        tried, text = self._tried, self.box.toPlainText()
        check = tried.check if tried else None
        self.readings.setVisible(check is not None)
        said: list[tuple[str, Tint]] = []
        if check is not None:
            for ear, pill in zip(_EARS, self.pills, strict=True):
                self._judge(pill, check.check(text, ear.speaker, quoted=ear.quoted))
            said = [self._reason(found) for found in self._check(text, Speaker.UNKNOWN)]
        elif tried is not None and tried.finder is not None and text.strip():
            hits = tried.finder.find(text[:500])
            said = [(f"{place}  {hit.title}", Tint.TEXT) for place, hit in enumerate(hits, 1)]
            said = said or [(self.tr("No answer fits these words."), Tint.DIM)]
        for line, (words, tint) in zip(self.lines, said, strict=False):
            line.setText(words)
            line.set_tint(tint)
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(said))

    def _judge(self, pill: Pill, found: list[WordingFinding]) -> None:
        if any(one.severity is Severity.BLOCK for one in found):
            pill.set(self.tr("blocked"), Tone.DANGER)
        elif found:
            pill.set(self.tr("underlined"), Tone.WARN)
        else:
            pill.set(self.tr("free"), Tone.OK)

    def _reason(self, found: WordingFinding) -> tuple[str, Tint]:
        if found.severity is Severity.BLOCK:
            return f"✕ {say(found.reason)}", Tint.DANGER_STRONG
        return f"▲ {say(found.reason)}", Tint.WARN_STRONG

    def retranslate(self) -> None:
        """Set every text anew."""
        for name, ear in zip(self.names, _EARS, strict=True):
            name.setText(self.tr(ear.name))
        self.box.setAccessibleName(self.tr("Try it"))
        self.box.setPlaceholderText(self.tr("Type here"))
        self.choice.setAccessibleName(self.tr("Read as"))
        self._fill()
