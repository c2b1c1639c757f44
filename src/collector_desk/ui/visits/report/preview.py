"""The report as it will be printed, looked at inside the program; saved and printed from here."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from collector_desk.domain.message import Message, Trouble
from collector_desk.exchange import outgoing
from collector_desk.services.desk.seat import Seat
from collector_desk.services.visits import papers, signing, visiting
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.widgets import Banner, Card, EmptyState, Text
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.widgets.pdf_print import PRINT_DPI, draw_on
from collector_desk.ui.window.asking import ask_save, check_printer, may_replace
from collector_desk.ui.window.keys import bind
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, say
from collector_desk.words.messages import Lang


@dataclass(frozen=True, slots=True)
class PreviewedPaper:
    """What is looked at: ``final`` where it is the signed and kept one, else as the report stands now."""

    file_name: str
    number: str
    data: bytes
    pages: int
    warnings: tuple[Message, ...]
    final: bool


def paper_of(seat: Seat, visit_id: str, lang: Lang) -> PreviewedPaper:
    """The report of a visit. Slow: for a worker. Raises Refused where there is none."""
    if signing.report_kind(visiting.load(seat, visit_id)) is None:
        draft = papers.report_pdf(seat, visit_id, lang)
        made = draft.document
        return PreviewedPaper(draft.file_name, draft.number, made.data, made.pages, made.warnings, False)
    kept = signing.final_report(seat, visit_id, lang)
    return PreviewedPaper(kept.file_name, kept.number, kept.data, kept.pages, kept.warnings, True)


class PdfPreview(Page):
    """Made in a worker, shown from memory: no copy lies on the disk unless somebody saves one."""

    left = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._visit_id = ""
        self._paper: PreviewedPaper | None = None
        self.document = QPdfDocument(self)
        self._device: QBuffer | None = None
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.document)
        self.card = Card("", margin=12)
        self.pages = Text(size=Size.CAPTION, tint=Tint.DIM)
        self.back_button = KeyButton("leave")
        self.save_button = KeyButton("save", main=True)
        self.print_button = KeyButton("print")
        self.smaller, self.larger = QPushButton("−"), QPushButton("+")
        self.waiting = EmptyState()
        self.banner = Banner()
        bar = QHBoxLayout()
        bar.setSpacing(Gap.CARD)
        for part in (self.back_button, self.pages):
            bar.addWidget(part)
        bar.addStretch(1)
        for zoom in (self.smaller, self.larger):
            zoom.setAutoDefault(False)
            zoom.setFixedWidth(Width.ARROW)
            bar.addWidget(zoom)
        for button in (self.print_button, self.save_button):
            bar.addWidget(button)
        self.card.body.addLayout(bar)
        self.card.body.addWidget(self.banner)
        self.card.body.addWidget(self.waiting, 1)
        self.card.body.addWidget(self.view, 1)
        box = QHBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(self.card)
        self.back_button.clicked.connect(self.left)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print)
        self.smaller.clicked.connect(lambda: self._zoom(1 / 1.2))
        self.larger.clicked.connect(lambda: self._zoom(1.2))
        bind(self, "leave", self.left.emit)
        bind(self, "save", self.save)
        bind(self, "print", self.print)
        self.retranslate()

    def open(self, visit_id: str) -> None:
        """Make the report and show it."""
        self._visit_id, self._paper = visit_id, None
        self._shut()
        self.view.hide()
        self.waiting.show()
        self.back_button.button.setFocus()
        seat, lang = self._place.seat, language()

        def make(job: Job) -> PreviewedPaper:
            job.check()
            return paper_of(seat, visit_id, lang)

        self._place.tasks.run(make, owner=self, done=self._show_paper, failed=self._failed)

    def save(self) -> None:
        """Save a copy outside the store; the history keeps that it was done."""
        if self._paper is None:
            return
        target = self.ask_file(self._paper.file_name)
        if not target:
            return
        file, replace = Path(target), may_replace(Path(target))
        with self._place.attempt():
            outgoing.check(file, replace=replace)  # before the history says that it was saved
            changes = papers.note_access(self._place.seat, self._visit_id, "export")
            outgoing.write(file, self._paper.data, replace=replace)
            self._place.toast(self.tr("Saved. The history says who saved it."), Tone.OK)
            self._place.changed(changes)

    def print(self) -> None:
        """Print it; the history keeps that it was done."""
        if self._paper is None:
            return
        printer = self.ask_printer()
        if printer is None:
            return
        with self._place.attempt():
            changes = papers.note_access(self._place.seat, self._visit_id, "print")
            draw_on(printer, self.document)
            self._place.changed(changes)

    def ask_file(self, name: str) -> str:
        """Ask where to save. Tests replace this."""
        return str(ask_save(self, self.tr("Save the report"), name, "PDF (*.pdf)") or "")

    def ask_printer(self) -> QPrinter | None:
        """Ask for the printer; None where nobody wants to print. Tests replace this."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        printer.setDocName(self._paper.number if self._paper else "")
        dialog = QPrintDialog(printer, self)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return None
        with self._place.attempt():
            check_printer(printer)
            return printer
        return None

    def _show_paper(self, paper: PreviewedPaper) -> None:
        self._paper = paper
        self._device = QBuffer(self)
        self._device.setData(QByteArray(paper.data))
        self._device.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._device)
        self.waiting.hide()
        self.view.show()
        self._say_pages()
        if paper.warnings:
            self.banner.tell(lambda: " ".join(say(message) for message in paper.warnings), tone=Tone.WARN)

    def _say_pages(self) -> None:
        if self._paper is None:
            return
        said = self.tr("{name} · {count} pages").format(name=self._paper.file_name, count=self._paper.pages)
        kind = self.tr("signed and kept") if self._paper.final else self.tr("not signed by both yet")
        self.pages.setText(f"{said} · {kind}")

    def _failed(self, trouble: Trouble) -> None:
        self._place.troubled(trouble)
        self.left.emit()

    def _shut(self) -> None:
        self.banner.hide()
        self.pages.setText("")
        self.document.close()
        if self._device is not None:
            self._device.close()
            self._device.deleteLater()
            self._device = None

    def _zoom(self, by: float) -> None:
        """From fitting the width on, larger or smaller."""
        if self.view.zoomMode() != QPdfView.ZoomMode.Custom and self.document.pageCount():
            points = self.document.pagePointSize(0).width() * self.logicalDpiX() / 72
            self.view.setZoomFactor((self.view.viewport().width() - 24) / points)
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(self.view.zoomFactor() * by, 0.2), 5.0))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.back_button.set_text(self.tr("Back"))
        self.save_button.set_text(self.tr("Save…"))
        self.print_button.set_text(self.tr("Print…"))
        self.smaller.setAccessibleName(self.tr("Smaller"))
        self.larger.setAccessibleName(self.tr("Larger"))
        self.waiting.say(self.tr("The report is being made"), self.tr("The first one takes a few seconds."))
        self.card.set_title(self.tr("The report as it prints"))
        self._say_pages()
