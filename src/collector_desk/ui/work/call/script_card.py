"""What to say now: where in the call one is, the words, what never to say, and the ways on."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from collector_desk.domain.calls.scripts import Branch, Phase
from collector_desk.domain.vocabulary import Outcome, Speaker
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Size, Tint, Tone, color, font
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import (
    BranchButton,
    Card,
    ElidedLabel,
    FoldedText,
    Pill,
    SpokenLine,
    draw_cross,
    draw_ground,
    draw_mark,
    text_width,
)
from collector_desk.ui.window.keys import native
from collector_desk.ui.words import word
from collector_desk.ui.work.call.folding import Fold
from collector_desk.ui.work.call.identity_panel import IdentityPanel

_COLUMNS = 3
_ROWS = 3
_LINE = 630
_MAIN = (Phase.GREET, Phase.IDENTITY, Phase.STATE, Phase.REASON, Phase.OFFER, Phase.AGREE, Phase.CLOSE)
_AS = {Phase.PURPOSE: Phase.STATE, Phase.CONFIRM: Phase.AGREE}
_OTHER = (Phase.GREET, Phase.MESSAGE, Phase.CLOSE)


class PhaseBar(QWidget):
    """The phases of the call as a row: done with a tick, the present one marked, those to come quiet.

    One that was gone through in vain has a cross on amber.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phases: list[tuple[str, bool, bool, bool]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, phases: list[tuple[str, bool, bool, bool]]) -> None:
        """Show (word, done, present, in vain) in order."""
        self._phases = phases
        parts = [f"{name} ✕" if vain else name for name, _, now, vain in phases if now or vain]
        self.setAccessibleName(" ".join(parts))
        self.update()

    def sizeHint(self) -> QSize:
        """One row of small pills."""
        return QSize(300, QFontMetrics(font(Size.CAPTION)).height() + 5)

    def minimumSizeHint(self) -> QSize:
        """May be cut at its end."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pills."""
        painter = QPainter(self)
        painter.setFont(font(Size.CAPTION))
        metrics = painter.fontMetrics()
        left, height = 0.0, float(self.height())
        for name, done, now, vain in self._phases:
            tone = Tone.WARN if vain else Tone.INFO if now else Tone.OK if done else Tone.NEUTRAL
            mark = metrics.ascent() - 3.0 if vain or (done and not now) else 0.0
            width = metrics.horizontalAdvance(name) + 18 + (mark + 4 if mark else 0)
            box = QRectF(left, 0, width, height)
            draw_ground(painter, box, color(tone.soft), radius=height / 2)
            at = left + 9
            if mark:
                box = QRectF(at, (height - mark) / 2, mark, mark)
                (draw_cross if vain else draw_mark)(painter, box, tone)
                at += mark + 4
            painter.setPen(color(tone.strong if now or done or vain else Tint.DIM))
            painter.drawText(
                QRectF(at, 0, width, height), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, name
            )
            left += width + 6
        painter.end()


class ScriptCard(Card):
    """Draws the walk of a ``LiveCall``. ``chosen`` carries the digit of a branch."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.body.setContentsMargins(Margin.PANEL)
        self.body.setSpacing(Gap.TIGHT)
        self._fold, self._brief = Fold.NOTHING, False
        self.phases = PhaseBar()
        self.speaker = Pill()
        head = QHBoxLayout()
        head.addWidget(self.phases, 1)
        head.addWidget(self.speaker)
        self.body.addLayout(head)
        self.headline = ElidedLabel(size=Size.CAPTION, tint=Tint.DIM)
        self.guide = FoldedText(tint=Tint.DIM)
        self.spoken = SpokenLine()
        self.never = FoldedText(tint=Tint.DANGER_STRONG)
        self.identity = IdentityPanel()
        about = QHBoxLayout()
        about.setSpacing(Gap.CARD)
        about.addWidget(self.headline, 0, Qt.AlignmentFlag.AlignTop)
        about.addWidget(self.guide, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(about)
        for part in (self.spoken, self.identity, self.never):
            self.body.addWidget(part)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Gap.ROW)
        self._grid.setVerticalSpacing(Gap.PANEL)
        self.branches = [BranchButton() for _ in range(12)]
        for place, button in enumerate(self.branches):
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            self._grid.setColumnStretch(place % _COLUMNS, 1)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setFixedHeight(Height.BRANCH)
            button.clicked.connect(lambda _=False, b=button: self.chosen.emit(b.key))
        self.body.addLayout(self._grid)

    def fold(self, step: Fold) -> None:
        """Make room: the words and the ways on stay, what explains them goes first."""
        self._fold = step
        self.headline.setVisible(step < Fold.HELP)
        self.guide.setVisible(step < Fold.HELP and not self._brief and bool(self.guide.text()))
        self.guide.fold(step >= Fold.GUIDE)
        self.never.setVisible(not self._brief and bool(self.never.text()))
        self.never.fold(step >= Fold.NEVER)
        self.phases.setVisible(step < Fold.WORDS)
        self.speaker.setVisible(step < Fold.WORDS)
        self._reserve()
        self._size_words()

    def _reserve(self) -> None:
        """Three rows are kept for the ways on where there is room: what stands below keeps its place."""
        for row in range(_ROWS):
            self._grid.setRowMinimumHeight(row, Height.BRANCH * (self._fold < Fold.HELP))

    def _size_words(self) -> None:
        """Large where there is room; the more there is to say, the smaller."""
        lines = text_width(self.spoken.text(), Size.SPOKEN) / _LINE
        size = Size.SPOKEN if lines < 2 else 18 if lines < 3 else Size.HEAD
        if self._fold >= Fold.WORDS:
            size = Size.BODY if lines >= 3 else Size.HEAD
        if self.spoken.font().pixelSize() != size:
            self.spoken.setFont(font(size))

    def set_brief(self, brief: bool) -> None:
        """For those who know the script: the headline, not the guidance, nor what is never said.

        What is out of line is told them all the same: the note is checked as it is typed.
        """
        self._brief = brief
        self.fold(self._fold)

    def show_call(self, call: LiveCall) -> None:
        """Show the present step."""
        walk = call.walk
        if walk is None:
            return
        step = walk.current
        self._show_phases(call)
        self._show_speaker(call)
        ended = self.tr("The script has ended: write the note, then {key} saves").format(key=native("save_next"))
        self.headline.setText(ended if walk.ended else step.headline)
        words = call.spoken()
        self.spoken.setText(words)
        never = self.tr("✕ Never say: {words}").format(words="  /  ".join(step.never_say))
        failed = call.identity.failed and call.identity.can_correct
        checking = (walk.at_identity_check or failed) and call.attempt is not None
        self.guide.setText("" if walk.ended else "".join(f"· {line} " for line in step.guidance).rstrip())
        self.never.setText(never if step.never_say and not checking else "")
        self.fold(self._fold)
        self.identity.setVisible(checking)
        if checking:
            self.identity.show_call(call)
        shown = _laid_out(walk.branches)
        for place, button in enumerate(self.branches):
            branch = shown.get(place)
            button.setVisible(branch is not None)
            if branch is not None:
                button.set(branch.digit, branch.label, Tone.DANGER if _of_a_life(branch) else None)
                button.setEnabled(call.attempt is not None)
        self._reserve()

    def _show_phases(self, call: LiveCall) -> None:
        walk = call.walk
        if walk is None:
            return

        def phase_of(purpose: str, step_id: str) -> Phase | None:
            script = next((s for s in walk.pack.scripts if s.purpose == purpose), None)
            step = script.step(step_id) if script else None
            return step.phase if step else None

        passed = [phase_of(stop.purpose.value, stop.step) for stop in walk.path]
        seen = {_AS.get(phase, phase) for phase in passed if phase}
        now = _AS.get(walk.current.phase, walk.current.phase)
        order = _OTHER if call.third_party else _MAIN
        if now not in order:
            order = (*order[:-1], now, order[-1])
        self.phases.set(
            [
                (
                    word(phase),
                    phase in seen and (phase is not now or walk.ended),
                    phase is now and not walk.ended,
                    phase is Phase.IDENTITY and phase in seen and phase is not now and not call.identity.passed,
                )
                for phase in order
            ]
        )

    def _show_speaker(self, call: LiveCall) -> None:
        if call.attempt is None:
            self.speaker.set(self.tr("Not dialled yet"), Tone.NEUTRAL)
        elif call.third_party:
            self.speaker.set(self.tr("Somebody else · say nothing of the debt"), Tone.DANGER)
        elif call.speaker is Speaker.DEBTOR and call.identity.passed:
            self.speaker.set(self.tr("Debtor · identity checked"), Tone.OK)
        elif call.speaker is Speaker.GUARANTOR and call.identity.passed:
            self.speaker.set(self.tr("Guarantor · identity checked"), Tone.OK)
        elif call.identity.failed:
            self.speaker.set(self.tr("Not verified · say nothing of the debt"), Tone.WARN)
        else:
            self.speaker.set(self.tr("Identity not checked"), Tone.WARN)


def _of_a_life(branch: Branch) -> bool:
    """Whether it leads to what is said where a life is in danger, from within that script as from any other."""
    return branch.outcome is Outcome.RISK_TO_LIFE or (branch.to or "").rpartition(".")[2] == "risk"


def _laid_out(branches: Sequence[Branch]) -> dict[int, Branch]:
    """Where each way stands; the one that is about a life always at the end of the last row."""
    danger = next((branch for branch in branches if _of_a_life(branch)), None)
    others = [branch for branch in branches if branch is not danger]
    places = dict(enumerate(others))
    if danger is not None:
        rows = max(_ROWS, len(branches) // _COLUMNS + bool(len(branches) % _COLUMNS))
        places[rows * _COLUMNS - 1] = danger
    return places
