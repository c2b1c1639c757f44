"""The card of what is kept longer than the rules in use ask, with the numbers of those cases."""

from PySide6.QtWidgets import QWidget

from collector_desk.domain.conduct.records import Keeping
from collector_desk.domain.people import Act, may
from collector_desk.services.office import retention
from collector_desk.services.office.retention import PastTerm
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.widgets import BodyText, Card, Text
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import day

_SHOWN = 8


class KeptCard(Card):
    """Read in a worker; hidden from who takes no files in."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__("…", parent, margin=18)
        self._place = place
        self.allowed = may(place.seat.person.roles, Act.IMPORT)
        self.files: tuple[PastTerm, ...] | None = None
        self.words = BodyText()
        self.words.set_tint(Tint.DIM)
        self.list = Text(size=Size.LABEL, wrap=True)
        self.body.addWidget(self.words)
        self.body.addWidget(self.list)
        self.list.hide()

    def load(self) -> None:
        """Ask the rules anew; the answer comes later."""
        seat = self._place.seat
        if self.allowed:
            self._place.tasks.run(lambda _: retention.past_term(seat), owner=self, done=self._read)

    def _read(self, files: tuple[PastTerm, ...]) -> None:
        self.files = files
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("Kept beyond the rules"))
        files = self.files or ()
        self.list.setVisible(bool(files))
        if self.files is None:
            self.words.setText("…")
        elif not files:
            self.words.setText(self.tr("No closed file is kept longer than the released rules ask."))
        else:
            erased = sum(file.asked is Keeping.DELETE for file in files)
            self.words.setText(
                self.tr(
                    "{count} closed files are past their term: the rules in use want {erased} erased and {stored} "
                    "kept for storing only. This program can't erase yet; nobody should work on them meanwhile."
                ).format(count=len(files), erased=erased, stored=len(files) - erased)
            )
            lines = [self._line(file) for file in files[:_SHOWN]]
            if len(files) > _SHOWN:
                lines.append(self.tr("… and {count} more").format(count=len(files) - _SHOWN))
            self.list.setText("\n".join(lines))

    def _line(self, file: PastTerm) -> str:
        asked = self.tr("to be erased") if file.asked is Keeping.DELETE else self.tr("only to be stored")
        return self.tr("{cases} · closed {day} · {asked}").format(
            cases="、".join(file.case_numbers), day=day(file.closed_on), asked=asked
        )
