"""The identity check: what is said is typed, only right or wrong comes back, and nothing typed stays.

One wrong answer a check may be taken for a slip of the finger, even when it was the one too many.
"""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.calls.identity import (
    MAX_FAILURES,
    MIN_FACTORS,
    Factor,
    IdentityCheck,
    available,
    can_be_proved,
)
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.widgets import Pill, Text
from collector_desk.ui.widgets.kept_field import KeptField
from collector_desk.ui.window.keys import native
from collector_desk.ui.words import word


class IdentityPanel(QWidget):
    """One field for each question the file can check. ``answered`` carries (factor, what was said)."""

    answered = Signal(object, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: dict[Factor, tuple[KeptField, Pill]] = {}
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        for factor in Factor:
            answer, mark = KeptField(), Pill()
            answer.setMinimumWidth(Width.ANSWER)
            answer.entered.connect(partial(self._given, factor))
            answer.left.connect(self.left)
            row.addWidget(answer, 1)
            row.addWidget(mark, 1)
            self._parts[factor] = (answer, mark)
        self._line = Text(size=Size.CAPTION, tint=Tint.DIM)
        self.slip = QPushButton()
        self.slip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.ROW)
        foot.addWidget(self._line, 1)
        foot.addWidget(self.slip)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.LINE)
        box.addLayout(row)
        box.addLayout(foot)

    def field(self, factor: Factor) -> KeptField:
        """The field of one question."""
        return self._parts[factor][0]

    def show_call(self, call: LiveCall) -> None:
        """Show which questions can be asked and which were answered."""
        if call.case is None:
            return
        asked = available(call.identity_facts)
        check = call.identity
        open_still = call.walk is not None and call.walk.at_identity_check
        for factor, (answer, mark) in self._parts.items():
            there = open_still and factor in asked
            right = factor in check.right
            answer.setVisible(there and not right)
            answer.setAccessibleName(word(factor))
            answer.setPlaceholderText(word(factor))
            answer.setToolTip(word(factor))
            mark.setVisible(there and right)
            mark.set(self.tr("{question}: right").format(question=word(factor)), Tone.OK)
        self._line.setText(self._said(check, provable=can_be_proved(call.identity_facts)))
        self._line.set_tint(Tint.DANGER_STRONG if check.failures else Tint.DIM)
        self.slip.setText(self.tr("Mistyped: ask again  {key}").format(key=native("slip")))
        self.slip.setVisible(check.can_correct)

    def _said(self, check: IdentityCheck, *, provable: bool) -> str:
        """How the check stands. Which part of an answer was wrong is never said: a stranger could ask on."""
        if check.failed:
            return self.tr("Not verified: say nothing of the matter. A slip of the finger is asked again.")
        if check.failures:
            left = MAX_FAILURES - check.failures
            return self.tr("Not right. Wrong answers left before the check has failed: {left}").format(left=left)
        if not provable:
            return self.tr("The file has neither ID nor card month: nobody can be verified here by telephone.")
        if check.wants_proof:
            return self.tr(
                "One more: the ID's last four, or the month the card was opened. The rest proves nothing."
            )
        told = self.tr(
            "{right} of {needed} right, the ID's last four or the card's month among them · Enter compares"
        )
        return told.format(right=len(check.right), needed=MIN_FACTORS)

    def begin(self) -> None:
        """The focus goes to the first question that is open."""
        for answer, _ in self._parts.values():
            if not answer.isHidden():
                answer.setFocus()
                return

    def clear(self) -> None:
        """Nothing that was said stays on the screen."""
        for answer, _ in self._parts.values():
            answer.clear()

    def _given(self, factor: Factor) -> None:
        answer = self._parts[factor][0]
        said = answer.text()
        if not said.strip():
            self.focusNextChild()
            return
        answer.clear()
        self.answered.emit(factor, said)
