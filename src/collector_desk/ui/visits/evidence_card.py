"""The evidence of a visit: photos, recordings and scans with their small pictures, words and reasons."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Trouble
from collector_desk.domain.visit_evidence import item
from collector_desk.domain.visits import EvidenceItem, EvidenceKind
from collector_desk.services import evidence
from collector_desk.services.evidence import Content, Piece
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.visits.labels import when
from collector_desk.ui.visits.mask_dialog import MaskDialog
from collector_desk.ui.visits.parts import KeyButton, ReasonBar
from collector_desk.ui.widgets import Card, Text
from collector_desk.ui.words import word
from collector_desk.ui.workplace import Workplace

_THUMB = QSize(72, 54)
_KILO = 1024
_HASH_SHOWN = 16


class EvidenceRow(QWidget):
    """One piece: what it is, its words, whether it was taken indoors and why."""

    described = Signal()
    withdrawn = Signal(str)
    wanted = Signal()

    def __init__(self, place: Workplace, piece: Piece, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.piece = piece
        picture = QLabel()
        picture.setFixedSize(_THUMB)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        small = QPixmap()
        if piece.thumb and small.loadFromData(piece.thumb):
            mode = Qt.TransformationMode.SmoothTransformation
            picture.setPixmap(small.scaled(_THUMB, Qt.AspectRatioMode.KeepAspectRatio, mode))
        else:
            picture.setText(word(piece.facts.kind))
        self.caption = QLineEdit(piece.facts.caption)
        self.caption.setPlaceholderText(self.tr("What it shows"))
        self.caption.setAccessibleName(self.tr("What it shows"))
        self.indoors = QCheckBox(self.tr("Taken indoors"))
        self.indoors.setChecked(piece.facts.indoors)
        self.reason = QLineEdit(piece.facts.indoors_reason)
        self.reason.setPlaceholderText(self.tr("Why it was taken indoors"))
        self.reason.setAccessibleName(self.tr("Why it was taken indoors"))
        for field in (self.caption, self.reason):
            field.setReadOnly(not editable)
            field.editingFinished.connect(self.described)
        self.indoors.setEnabled(editable)
        self.indoors.toggled.connect(self._indoors_changed)
        self.look = QPushButton(self.tr("Look"))
        self.look.setAutoDefault(False)
        self.look.clicked.connect(self.wanted)
        self.away = ReasonBar()
        self.away.set(self.tr("Leave out…"), self.tr("Why it is left out"), self.tr("Leave out"), self._leave_out)
        parts = [word(piece.facts.kind), f"{max(piece.size // _KILO, 1)} KB"]
        if piece.facts.taken_at:
            parts.append(when(place.seat, piece.facts.taken_at))
        parts += [piece.added_by, f"SHA-256 {piece.sha256[:_HASH_SHOWN]}…"]
        about = Text(" · ".join(part for part in parts if part), size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.caption, 1)
        first.addWidget(self.look)
        second.addWidget(self.indoors)
        second.addWidget(self.reason, 1)
        words.addLayout(first)
        words.addLayout(second)
        words.addWidget(about)
        words.addWidget(self.away)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 6)
        row.setSpacing(10)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.look.setVisible(piece.facts.kind is EvidenceKind.PHOTO)
        self.reason.setVisible(piece.facts.indoors)
        self.away.setVisible(editable)

    def _indoors_changed(self, indoors: bool) -> None:
        self.reason.setVisible(indoors)
        if indoors and not self.reason.text().strip():
            self.reason.setFocus()  # without a reason it is not kept as taken indoors
        else:
            self.described.emit()

    def _leave_out(self, reason: str) -> bool:
        self.withdrawn.emit(reason)
        return False  # the list is made anew where it was done


class EvidenceCard(Card):
    """``changed`` says that the list is another now. Files are taken in by a worker, one after the other."""

    changed = Signal()

    def __init__(self, place: Workplace, visit_id: str, *, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._place, self._visit_id, self._editable = place, visit_id, editable
        self.set_title(self.tr("Evidence"))
        self.rows: list[EvidenceRow] = []
        self._pieces: tuple[Piece, ...] = ()
        self.add_button = KeyButton("evidence")
        self.add_button.set_text(self.tr("Add files…"))
        self.add_button.clicked.connect(self.choose_files)
        self.corner.addWidget(self.add_button)
        self.add_button.setVisible(editable)
        self._hint = Text(
            self.tr("The door, papers handed over. No strangers, number plates or the inside of a home."),
            size=Size.CAPTION,
            tint=Tint.DIM,
            wrap=True,
        )
        self.body.addWidget(self._hint)
        self._hint.setVisible(editable)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.body.addLayout(self._list)
        self.setAcceptDrops(editable)
        self.load()

    def items(self) -> tuple[EvidenceItem, ...]:
        """The evidence as the report lists it."""
        return tuple(item(p.id, p.facts, p.sha256, p.size, p.media_type) for p in self._pieces)

    def unanswered(self) -> QWidget | None:
        """The field of a reason that is still missing."""
        open_rows = (row for row in self.rows if row.indoors.isChecked() and not row.reason.text().strip())
        return next((row.reason for row in open_rows), None)

    def load(self) -> None:
        """Read the list anew."""
        for row in self.rows:
            self._list.removeWidget(row)
            row.deleteLater()
        self.rows.clear()
        try:
            self._pieces = evidence.pieces(self._place.seat, self._visit_id)
        except Trouble:
            self._pieces = ()  # only who works or reviews the visit sees it
        for piece in self._pieces:
            row = EvidenceRow(self._place, piece, self._editable)
            row.described.connect(partial(self._describe, row))
            row.withdrawn.connect(partial(self._withdraw, piece.id))
            row.wanted.connect(partial(self._look, piece))
            self.rows.append(row)
            self._list.addWidget(row)
        wanted = self._editable or bool(self._pieces)
        if not wanted or self.parentWidget() is not None:  # shown without a parent it would be a window of its own
            self.setVisible(wanted)

    def choose_files(self) -> None:
        """Choose files and take them in."""
        self.take_in(self.ask_files())

    def ask_files(self) -> list[str]:
        """Ask for files. Tests replace this."""
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Photos, recordings, scans"))
        return chosen

    def take_in(self, paths: list[str]) -> None:
        """Take files in, each by its content."""
        seat, visit_id = self._place.seat, self._visit_id
        for path in paths:

            def work(_: object, path: str = path) -> Changes:
                try:
                    data = Path(path).read_bytes()
                except OSError as error:
                    raise Trouble("visiting.cannot_read") from error
                return evidence.add(seat, visit_id, data)[1]

            self._place.tasks.run(work, owner=self, done=lambda _: self._reload(), failed=self._place.troubled)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped files in."""
        self.take_in([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def _describe(self, row: EvidenceRow) -> None:
        facts = row.piece.facts
        said = (row.caption.text().strip(), row.indoors.isChecked(), row.reason.text().strip())
        if (said[1] and not said[2]) or said == (facts.caption, facts.indoors, facts.indoors_reason):
            return
        try:
            evidence.describe(
                self._place.seat, row.piece.id, caption=said[0], indoors=said[1], indoors_reason=said[2]
            )
            self._pieces = evidence.pieces(self._place.seat, self._visit_id)
        except Trouble as trouble:
            self._place.troubled(trouble)
            return
        for one in self.rows:
            one.piece = next((piece for piece in self._pieces if piece.id == one.piece.id), one.piece)
        self.changed.emit()

    def _withdraw(self, evidence_id: str, reason: str) -> None:
        try:
            evidence.withdraw(self._place.seat, evidence_id, reason)
        except Trouble as trouble:
            self._place.troubled(trouble)
            return
        self._reload()

    def _look(self, piece: Piece) -> None:
        seat = self._place.seat
        self._place.tasks.run(
            lambda _: evidence.shown(seat, piece.id),
            owner=self,
            done=partial(self._show, piece),
            failed=self._place.troubled,
        )

    def _show(self, piece: Piece, content: Content) -> None:
        title = content.facts.caption or self.tr("Photo")
        may_mask = evidence.may_mask(self._place.seat, self._visit_id)
        dialog = MaskDialog(self._place, piece.id, content, title, self, may_mask=may_mask)
        dialog.masked.connect(lambda _: self._reload())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _reload(self) -> None:
        self.load()
        self._place.toast(self.tr("The evidence is kept."), Tone.OK)
        self.changed.emit()
