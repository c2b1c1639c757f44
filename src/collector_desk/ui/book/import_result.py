"""What became of a file: what went in, what stayed out; the findings as a workbook, the plain original away."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from collector_desk.domain.book.money import side_by_side
from collector_desk.services.intake.placements import ImportReport
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.widgets import SoftPanel, Text, primary
from collector_desk.ui.widgets.filing import FileResult
from collector_desk.ui.widgets.hidden_columns import said_of_hidden


class ResultStep(FileResult):
    """Draws an ``ImportReport``; the plain original is removed only after a second press."""

    export_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: ImportReport | None = None
        self._source: Path | None = None
        self._more = 0
        self._sure = False
        self._removed = False
        self.plain = SoftPanel(tone=Tone.WARN)
        self.plain_words = Text(wrap=True)
        self.remove_button = QPushButton()
        self.remove_button.setAutoDefault(False)
        self.remove_button.clicked.connect(self._remove)
        self.keep_button = QPushButton()
        self.keep_button.setAutoDefault(False)
        self.keep_button.clicked.connect(self._keep)
        row = QHBoxLayout()
        row.addWidget(self.plain_words, 1)
        row.addWidget(self.keep_button)
        row.addWidget(self.remove_button)
        self.plain.body.addLayout(row)
        self.card.body.addWidget(self.plain)
        self.export_button = QPushButton()
        self.export_button.setAutoDefault(False)
        self.export_button.clicked.connect(self.export_wanted)
        self.next_button = primary(QPushButton())
        self.next_button.clicked.connect(self.done)
        self.note = Text(tint=Tint.DIM)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.export_button)
        foot.addWidget(self.next_button)
        self.card.body.addLayout(foot)
        self.card.stand_alone(self)

    def show_report(self, report: ImportReport, source: Path, more: int) -> None:
        """Show what was done with ``source``; ``more`` files wait."""
        self._report, self._source, self._more = report, source, more
        self._sure = self._removed = False
        self.note.setText("")
        self.retranslate()
        self.next_button.setFocus()

    def say_removed(self) -> None:
        """The plain original is gone."""
        self._removed = True
        self.retranslate()
        self.next_button.setFocus()

    def say_exported(self, name: str) -> None:
        """The findings are written."""
        self.note.setText(self.tr("Written: {file}").format(file=name))

    def _remove(self) -> None:
        if self._sure:
            self.remove_wanted.emit()
            return
        self._sure = True
        self.retranslate()

    def _keep(self) -> None:
        self._sure = False
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.export_button.setText(self.tr("Export findings…"))
        self.keep_button.setText(self.tr("Keep it"))
        report = self._report
        if report is None:
            return
        if report.already:
            self.mark.set_tone(Tone.INFO)
            self.title.setText(self.tr("This very file was imported before"))
        elif report.batch is None:
            self.mark.set_tone(Tone.INFO)
            self.title.setText(self.tr("All its accounts are on file already"))
        elif not report.accepted and report.refreshing.refreshed:
            self.mark.set_tone(Tone.OK)
            count = f"{report.refreshing.refreshed:,}"
            self.title.setText(self.tr("{count} newer figures are in").format(count=count))
        elif not report.accepted:
            self.mark.set_tone(Tone.INFO)
            self.title.setText(
                self.tr("{count} rows are kept to be corrected").format(count=f"{report.set_aside:,}")
            )
        else:
            self.mark.set_tone(Tone.OK)
            self.title.setText(self.tr("{count} accounts are in").format(count=f"{report.accepted:,}"))
        self.facts.show_facts(
            [
                (self.tr("File"), report.filename),
                (self.tr("Amount placed"), side_by_side(*report.amounts)),
                (self.tr("Newer figures"), f"{report.refreshing.refreshed:,}"),
                (self.tr("Set aside"), f"{report.set_aside:,}"),
                (self.tr("On file already"), f"{report.duplicates:,}"),
                (self.tr("Hidden columns"), said_of_hidden(report.hidden)),
                (self.tr("Findings"), f"{len(report.problems):,}"),
                (
                    self.tr("Kept"),
                    self.tr("byte for byte in the store, SHA-256 {sum}…").format(sum=report.sha256[:12]),
                ),
            ]
        )
        self.export_button.setVisible(bool(report.problems))
        self.plain.setVisible(report.batch is not None)
        self.plain.set_tone(Tone.OK if self._removed else Tone.WARN)
        self.remove_button.setVisible(not self._removed)
        self.keep_button.setVisible(self._sure and not self._removed)
        self.remove_button.setText(self.tr("Yes, delete it") if self._sure else self.tr("Delete the plain file"))
        name = self._source.name if self._source else ""
        if self._removed:
            self.plain_words.setText(self.tr("The plain file {file} is deleted.").format(file=name))
        elif self._sure:
            self.plain_words.setText(self.tr("Delete {file} from this computer for good?").format(file=name))
        else:
            self.plain_words.setText(
                self.tr(
                    "{file} still lies on this computer, readable by anybody. The store holds it encrypted."
                ).format(file=name)
            )
        self.next_button.setText(
            self.tr("Next file ({count} more)").format(count=self._more) if self._more else self.tr("Done")
        )
