"""One pack that is out, in the view of the rounds: its number, ticked off with two keys, lost with words."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from collector_desk.domain.visits.lists import CarriedPack
from collector_desk.ui.theme import Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import KeyHint, LinkButton, Pill, Text
from collector_desk.ui.widgets.parts import ReasonBar
from collector_desk.ui.words import day


class PackLine(QWidget):
    """``number``: the digit that brings the keys here. Who holds a pack sees it and can't tick it off."""

    copy_wanted = Signal()

    def __init__(
        self,
        row: CarriedPack,
        number: int,
        tick: Callable[[str, bool, str], bool] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.row = row
        box = QHBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.CARD)
        said = self.tr("{number} · {holder} · {day} · {count} pages")
        about = said.format(number=row.number, holder=row.holder, day=day(row.day), count=row.pages)
        self.back, self.lost = QPushButton(self.tr("Handed back")), ReasonBar()
        if tick is not None and number < 10:
            box.addWidget(KeyHint(str(number)))
        box.addWidget(Text(about), 1)
        if row.overdue:
            box.addWidget(Pill(self.tr("Not handed back"), Tone.DANGER))
        copy = LinkButton()
        copy.setText(self.tr("Copy…"))
        copy.clicked.connect(self.copy_wanted)
        box.addWidget(copy)
        box.addWidget(self.back)
        box.addWidget(self.lost)
        self.back.setVisible(tick is not None)
        self.lost.setVisible(tick is not None)
        if tick is not None:
            self.back.setAutoDefault(True)  # Enter on it presses it
            self.back.setAccessibleName(f"{self.back.text()} {row.number}")
            self.back.clicked.connect(lambda: tick(row.id, False, ""))
            self.lost.set(
                self.tr("Lost…"),
                self.tr("How it was lost"),
                self.tr("Lost: an incident"),
                lambda words: tick(row.id, True, words),
            )

    @property
    def has_keys(self) -> bool:
        """Whether the keys are on this line."""
        return any(part.hasFocus() for part in (self.back, self.lost.link, self.lost.field, self.lost.button))
