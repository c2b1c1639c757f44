"""The identity check: what the debtor says is typed, only right or wrong comes back, and nothing typed stays."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from collector_desk.domain.calls.identity import MAX_FAILURES, MIN_FACTORS, Factor, available
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.widgets import Pill, Text
from collector_desk.ui.widgets.kept_field import KeptField
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
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.LINE)
        box.addLayout(row)
        box.addWidget(self._line)

    def field(self, factor: Factor) -> KeptField:
        """The field of one question."""
        return self._parts[factor][0]

    def show_call(self, call: LiveCall) -> None:
        """Show which questions can be asked and which were answered."""
        if call.case is None:
            return
        asked = available(call.identity_facts)
        check = call.identity
        for factor, (answer, mark) in self._parts.items():
            there = factor in asked
            right = factor in check.right
            answer.setVisible(there and not right)
            answer.setAccessibleName(word(factor))
            answer.setPlaceholderText(word(factor))
            mark.setVisible(there and right)
            mark.set(self.tr("{question}: right").format(question=word(factor)), Tone.OK)
        left = MAX_FAILURES - check.failures
        told = self.tr("{right} of {needed} right · Enter compares · nothing typed is kept").format(
            right=len(check.right), needed=MIN_FACTORS
        )
        wrong = self.tr("Not right. Wrong answers left before the check has failed: {left}").format(left=left)
        self._line.setText(wrong if check.failures else told)
        self._line.set_tint(Tint.DANGER_STRONG if check.failures else Tint.DIM)

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
