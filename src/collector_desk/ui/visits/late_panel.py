"""Words typed after the report was handed in: put into it, or left out by who wrote them, before anybody signs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.visits.steps import Visit
from collector_desk.services.visits import drafts
from collector_desk.services.visits.drafts import LateWords
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap
from collector_desk.ui.visits.labels import field_labels
from collector_desk.ui.widgets import SoftPanel, Text, primary
from collector_desk.ui.window.workplace import Workplace


class LatePanel(SoftPanel):
    """``wanted``: the report is to be written anew with them; ``acted``: they were left out."""

    wanted = Signal()
    acted = Signal(object)

    def __init__(
        self, place: Workplace, visit: Visit, late: tuple[LateWords, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, tone=Tone.WARN)
        self._place, self._visit = place, visit
        said = self.tr("Typed after the report was handed in, and not in it:")
        self.body.addWidget(Text(said, size=Size.LABEL, tint=Tint.WARN_STRONG, wrap=True))
        labels = field_labels()
        for one in late:
            label = labels.get(one.name.partition(":")[0], labels["statements"])
            self.body.addWidget(Text(f"{one.person_name} · {label}", size=Size.CAPTION, tint=Tint.DIM))
            self.body.addWidget(Text(one.text, wrap=True))
        self.put_in = primary(QPushButton(self.tr("Put it into the report")))
        self.leave_out = QPushButton(self.tr("Leave it out"))
        self.leave_out.setAutoDefault(False)
        self.put_in.clicked.connect(self.wanted)
        self.leave_out.clicked.connect(self._leave_out)
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        row.addWidget(self.put_in)
        row.addWidget(self.leave_out)
        row.addStretch(1)
        self.body.addLayout(row)
        if any(one.person_id != place.seat.person.id for one in late):
            self.leave_out.hide()

    def _leave_out(self) -> None:
        with self._place.attempt():
            drafts.leave_out(self._place.seat, self._visit.visit_id)
            self.acted.emit(Changes(visits=frozenset({self._visit.visit_id})))
