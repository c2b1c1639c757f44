"""An incident as it stands, for who settles it, and its paper."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from collector_desk.domain.visits.incidents import Incident
from collector_desk.exchange import outgoing
from collector_desk.services.visits import incidents
from collector_desk.services.visits.signing import SignedPaper
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.widgets import Card, LinkButton, Text
from collector_desk.ui.widgets.facts import FactGrid
from collector_desk.ui.window.asking import ask_save, may_replace
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, when, word


class IncidentFacts(Card):
    """An incident as it stands, for who settles it."""

    def __init__(self, place: Workplace, one: Incident, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        report = one.report
        self.set_title(f"{word(report.kind)} · {one.number}")
        self.paper_button = LinkButton()
        self.paper_button.setText(self.tr("PDF…"))
        self.paper_button.clicked.connect(lambda: save_paper(place, self, one))
        self.corner.addWidget(self.paper_button)
        self.paper_button.setVisible(report.version > 0)
        grid = FactGrid(wide=110)
        grid.add(self.tr("Reported by"), f"{one.begun_by_name} · {when(place.seat, one.begun_at)}")
        grid.add(self.tr("Place"), report.place)
        if not report.safe:
            grid.add(self.tr("Wanted now"), report.needs)
        if report.version:
            grid.add(self.tr("What happened"), report.happened)
            grid.add(self.tr("Done at once"), report.done)
            grid.add(self.tr("Injuries"), report.injury)
            grid.add(self.tr("Police"), report.police)
        else:
            wait = self.tr("Nothing written yet: call them.")
            self.body.addWidget(Text(wait, size=Size.LABEL, tint=Tint.DANGER_STRONG, wrap=True))
        self.body.addWidget(grid)


def ask_file(parent: QWidget, name: str) -> str:
    """Ask where to save. Tests replace this."""
    return str(ask_save(parent, "", name, "PDF (*.pdf)") or "")


def save_paper(place: Workplace, owner: QWidget, one: Incident) -> None:
    """Make the incident's PDF in a worker and save it where the person says."""
    target = ask_file(owner, f"{one.number}-v{one.report.version}.pdf")
    if not target:
        return
    seat, lang, file = place.seat, language(), Path(target)
    replace = may_replace(file)

    def work(_: object) -> SignedPaper:
        outgoing.check(file, replace=replace)  # before the history says that it was taken out
        paper = incidents.paper(seat, one.id, lang)
        outgoing.write(file, paper.data, replace=replace)
        return paper

    def saved(paper: SignedPaper) -> None:
        said = QCoreApplication.translate("IncidentView", "{number} saved.")
        place.toast(said.format(number=paper.number), Tone.OK)

    place.tasks.run(work, owner=owner, done=saved, failed=place.troubled)
