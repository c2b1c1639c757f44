"""Walks a draft's script with an invented case, by the keys of the call. Nothing of it is kept."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from collector_desk.domain.calls.scripts import ScriptPurpose, Walk, render
from collector_desk.domain.message import Trouble
from collector_desk.domain.vocabulary import Speaker
from collector_desk.packs.rehearsal import invented_cases
from collector_desk.services.packs import workshop
from collector_desk.services.packs.workshop import Judged, PackDraft, Rehearsal
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import BranchButton, Pill, Text
from collector_desk.ui.window.keys import KEYS, bind
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, say, word

_SPEAKERS = {
    Speaker.UNKNOWN: Tone.WARN,
    Speaker.DEBTOR: Tone.OK,
    Speaker.GUARANTOR: Tone.INFO,
    Speaker.THIRD_PARTY: Tone.DANGER,
}
_MOST = 13  # ten digits, two answers of the identity check, somebody else


class _Choice(QComboBox):
    """A choice that may be narrower than its longest word."""

    def minimumSizeHint(self) -> QSize:
        return QSize(90, super().minimumSizeHint().height())


class RehearsalPanel(Page):
    """Digits choose, Backspace goes back, C and X answer the identity check, Ctrl+T is somebody else."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._draft: PackDraft | None = None
        self._judged: Judged | None = None
        self._tried: Rehearsal | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.purposes, self.cases = _Choice(), _Choice()
        self.speaker = Pill()
        self.headline = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        self.spoken = Text(size=17, wrap=True)
        self.never = Text(size=Size.CAPTION, tint=Tint.DANGER_STRONG, wrap=True)
        self.outcome = Text(size=Size.CAPTION, tint=Tint.OK_STRONG, wrap=True)
        self.branches = [BranchButton() for _ in range(_MOST)]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(Margin.NONE)
        column.setSpacing(Gap.FORM)
        for part in (self.headline, self.spoken, self.never, *self.branches, self.outcome):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(inner)
        inner.setAutoFillBackground(False)  # setWidget fills it
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.FORM)
        for part in (self.purposes, self.cases, self.speaker):
            box.addWidget(part)
        box.addWidget(area, 1)
        for button in self.branches:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self._pressed, button))
        self.purposes.activated.connect(lambda _: self.begin())
        self.cases.activated.connect(lambda _: self.begin())
        for digit in "1234567890":
            bind(self, f"branch_{digit}", partial(self.choose, digit))
        bind(self, "back", self.back)
        bind(self, "third_party", self.somebody_else)
        bind(self, "identity_right", partial(self.checked, True))
        bind(self, "identity_wrong", partial(self.checked, False))
        self.retranslate()

    @property
    def walk(self) -> Walk | None:
        """The walk under way."""
        return self._tried.walk if self._tried else None

    # --- what is rehearsed ---------------------------------------------------------------------------

    def show_draft(self, draft: PackDraft | None, judged: Judged | None) -> None:
        """Take another draft (or the same one changed); a walk goes on where its steps are still there.

        Without ``judged`` the draft is still being checked: what is shown stays.
        """
        if draft is not None and judged is None:
            return
        before, self._draft, self._judged = self.walk, draft, judged
        same = draft is not None and before is not None and before.pack.language == draft.language
        begins = judged.begins if judged else ()
        chosen = self.purposes.currentData() or ScriptPurpose.POLITE
        if not begins and draft is not None:  # faults: the choice stays for when they are mended
            self.begin()
            return
        self.purposes.clear()
        for purpose, title in begins:
            self.purposes.addItem(title, purpose)
        self.purposes.setCurrentIndex(max(self.purposes.findData(chosen), 0))
        self.begin()
        if same and before is not None:
            self._again(before)

    def begin(self) -> None:
        """Begin the call anew."""
        self._tried = None
        purpose = self.purposes.currentData()
        reason = ""
        if self._draft is not None:
            try:
                self._tried = workshop.rehearse(
                    self._place.seat,
                    self._draft,
                    ScriptPurpose(purpose or ScriptPurpose.POLITE),
                    str(self.cases.currentData()),
                    judged=self._judged,
                )
            except Trouble as trouble:
                reason = say(trouble.message)
        self._show(reason)

    def choose(self, digit: str) -> None:
        """Take the branch of a digit."""
        self._move(lambda walk: walk.choose(digit))

    def back(self) -> None:
        """Back a step."""
        self._move(Walk.back)

    def checked(self, passed: bool) -> None:
        """The identity check is passed, or failed."""
        self._move(lambda walk: walk.checked(passed=passed))

    def somebody_else(self) -> None:
        """Somebody else answers; asked again: it is the debtor after all."""
        third = self.walk is not None and self.walk.speaker is Speaker.THIRD_PARTY
        self._move(Walk.switch_to_debtor if third else Walk.switch_to_third_party)

    def _move(self, move: Callable[[Walk], Walk]) -> None:
        if self._tried is None:
            return
        try:
            walk = move(self._tried.walk)
        except ValueError:  # no such branch here, or nothing to go back to
            return
        self._tried = Rehearsal(walk, self._tried.words)
        self._show()

    def _again(self, before: Walk) -> None:
        """Walk the same branches in the changed script, as far as they are there."""
        for stop in before.stops:
            if self.walk is None or self.walk.here.step != stop.step or not stop.digit:
                return
            self.choose(stop.digit)

    # --- what is shown -------------------------------------------------------------------------------

    def _show(self, reason: str = "") -> None:
        tried = self._tried
        self.speaker.setVisible(tried is not None)
        for part in (self.never, self.outcome, *self.branches):
            part.hide()
        if tried is None:
            self.headline.setText(reason or self.tr("Choose scripts on the left to walk them here."))
            self.spoken.setText("")
            return
        walk = tried.walk
        step = walk.current
        self.speaker.set(word(walk.speaker), _SPEAKERS[walk.speaker])
        self.headline.setText(" · ".join((step.headline, *step.guidance)))
        self.spoken.setText(render(step, tried.words))
        self.never.setText(self.tr("✕ Never say: {words}").format(words=self.tr("; ").join(step.never_say)))
        self.never.setVisible(bool(step.never_say))
        ways = [(branch.digit, branch.label) for branch in walk.branches]
        if walk.at_identity_check:
            ways += [(KEYS["identity_right"].sequences[0], self.tr("Two answers are right"))]
            ways += [(KEYS["identity_wrong"].sequences[0], self.tr("The answers are wrong"))]
        if walk.can_switch:
            ways.append((KEYS["third_party"].sequences[0], self.tr("Somebody else answers")))
        elif not walk.ended:
            ways.append((KEYS["third_party"].sequences[0], self.tr("It is the debtor after all")))
        for button, (key, label) in zip(self.branches, ways, strict=False):
            button.set(key, label)
            button.show()
        words = [word(one) for one in walk.outcomes]
        if walk.ended:
            self.outcome.setText(self.tr("The call ends here: {outcome}").format(outcome=", ".join(words)))
            self.outcome.show()
        elif words:
            self.outcome.setText(self.tr("So far: {outcome}").format(outcome=", ".join(words)))
            self.outcome.show()

    def _pressed(self, button: BranchButton, _checked: bool = False) -> None:
        self.setFocus()
        if button.key == KEYS["identity_right"].sequences[0]:
            self.checked(True)
        elif button.key == KEYS["identity_wrong"].sequences[0]:
            self.checked(False)
        elif button.key == KEYS["third_party"].sequences[0]:
            self.somebody_else()
        else:
            self.choose(button.key)

    def retranslate(self) -> None:
        """Set every text anew."""
        chosen = self.cases.currentIndex()
        self.cases.clear()
        for case in invented_cases(language()):
            self.cases.addItem(case.title, case.id)
        self.cases.setCurrentIndex(max(chosen, 0))
        self.setAccessibleName(self.tr("Rehearsal"))
        self.purposes.setAccessibleName(self.tr("Script"))
        self.cases.setAccessibleName(self.tr("Invented case"))
        self._show()
