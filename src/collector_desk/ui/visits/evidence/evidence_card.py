"""The evidence of a visit: small pictures in rows, the words of the chosen one under them, files taken in."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHideEvent, QImage
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Trouble
from collector_desk.domain.visits.evidence import Piece
from collector_desk.domain.visits.visit import EvidenceItem, EvidenceKind
from collector_desk.services.visits import evidence
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.visits.evidence.adding import AddingLine, Source
from collector_desk.ui.visits.evidence.piece_strip import PieceStrip
from collector_desk.ui.visits.evidence.viewer import EvidenceViewer
from collector_desk.ui.visits.labels import size_text
from collector_desk.ui.widgets import Card, Text
from collector_desk.ui.widgets.parts import KeyButton, ReasonBar
from collector_desk.ui.window.asking import ask_files
from collector_desk.ui.window.keys import bind
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import when, word

_HASH_SHOWN = 16


class PieceEditor(QWidget):
    """The chosen piece: what it shows, whether it was taken indoors and why, and what it is."""

    described = Signal()
    withdrawn = Signal(str)
    wanted = Signal()

    def __init__(self, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editable = editable
        self.piece: Piece | None = None
        self.caption, self.reason = QLineEdit(), QLineEdit()
        self.caption.setPlaceholderText(self.tr("What it shows"))
        self.caption.setAccessibleName(self.tr("What it shows"))
        self.indoors = QCheckBox(self.tr("Taken indoors"))
        self.reason.setPlaceholderText(self.tr("Why it was taken indoors"))
        self.reason.setAccessibleName(self.tr("Why it was taken indoors"))
        for field in (self.caption, self.reason):
            field.setReadOnly(not editable)
            field.editingFinished.connect(self.described)
        self.indoors.setEnabled(editable)
        self.indoors.toggled.connect(self._indoors_changed)
        self.look = KeyButton("play")
        self.look.clicked.connect(self.wanted)
        self.away = ReasonBar()
        self.away.set(self.tr("Leave out…"), self.tr("Why it is left out"), self.tr("Leave out"), self._leave_out)
        self.about = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.caption, 1)
        first.addWidget(self.look)
        second.addWidget(self.indoors)
        second.addWidget(self.reason, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.ABOVE)
        box.setSpacing(Gap.LINE)
        box.addLayout(first)
        box.addLayout(second)
        box.addWidget(self.about)
        box.addWidget(self.away)
        self.away.setVisible(editable)

    def show_piece(self, place: Workplace, piece: Piece) -> None:
        """Show another piece."""
        self.piece = piece
        facts = piece.facts
        self.caption.setText(facts.caption)
        self.reason.setText(facts.indoors_reason)
        self.indoors.blockSignals(True)
        self.indoors.setChecked(facts.indoors)
        self.indoors.blockSignals(False)
        self.reason.setVisible(facts.indoors)
        self.indoors.setVisible(self._editable or facts.indoors)
        heard = facts.kind in (EvidenceKind.AUDIO, EvidenceKind.VIDEO)
        self.look.set_text(self.tr("Listen") if heard else self.tr("Look"))
        about = [word(facts.kind), size_text(piece.size)]
        if facts.taken_at:
            about.append(when(place.seat, facts.taken_at))
        about += [piece.added_by, f"SHA-256 {piece.sha256[:_HASH_SHOWN]}…"]
        self.about.setText(" · ".join(part for part in about if part))
        self.away.field.clear()
        self.away.shut()

    def said(self) -> tuple[str, bool, str]:
        """Caption, taken indoors, why."""
        return self.caption.text().strip(), self.indoors.isChecked(), self.reason.text().strip()

    @property
    def unanswered(self) -> bool:
        """Whether the reason is still missing: without it nothing is kept."""
        return self.indoors.isChecked() and not self.reason.text().strip()

    def _indoors_changed(self, indoors: bool) -> None:
        self.reason.setVisible(indoors)
        if self.unanswered:
            self.reason.setFocus()
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
        self.pieces: tuple[Piece, ...] = ()
        self.viewer: EvidenceViewer | None = None
        self.add_button, self.paste_button = KeyButton("evidence"), KeyButton("piece_paste")
        self.add_button.set_text(self.tr("Add files…"))
        self.paste_button.set_text(self.tr("Paste"))
        self.add_button.clicked.connect(self.choose_files)
        self.paste_button.clicked.connect(self.paste)
        for button in (self.paste_button, self.add_button):
            self.corner.addWidget(button)
            button.setVisible(editable)
        most = {kind.value: size >> 20 for kind, size in evidence.MOST_BYTES.items()}
        self._hint = Text(
            self.tr(
                "The door, papers handed over. No strangers, number plates or the inside of a home. "
                "Photos up to {photo} MB, scans {document} MB, recordings {audio} MB, videos {video} MB."
            ).format(**most),
            size=Size.CAPTION,
            tint=Tint.DIM,
            wrap=True,
        )
        self.adding = AddingLine(place)
        self.adding.kept.connect(self._reload)
        self.strip = PieceStrip()
        self.strip.setAccessibleName(self.tr("Evidence"))
        self.strip.chosen.connect(self._chosen)
        self.strip.opened.connect(self.look)
        self.editor = PieceEditor(editable)
        self.editor.described.connect(self._describe)
        self.editor.withdrawn.connect(self._withdraw)
        self.editor.wanted.connect(self.look)
        for part in (self._hint, self.adding, self.strip, self.editor):
            self.body.addWidget(part)
        self._hint.setVisible(editable)
        if editable:
            bind(self, "piece_paste", self.paste)
        bind(self.strip, "play", self.look)
        self.setAcceptDrops(editable)
        self.load()

    def items(self) -> tuple[EvidenceItem, ...]:
        """The evidence as the report lists it."""
        return tuple(piece.item for piece in self.pieces)

    def unanswered(self) -> QWidget | None:
        """The field of a reason that is still missing."""
        return self.editor.reason if self.pieces and self.editor.unanswered else None

    def load(self, *, newest: bool = False) -> None:
        """Read the list anew; ``newest``: with the last piece chosen."""
        row = self.strip.currentRow()
        try:
            self.pieces = evidence.pieces(self._place.seat, self._visit_id)
        except Trouble:
            self.pieces = ()  # only who works or reviews the visit sees it
        self.strip.show_pieces(self.pieces, len(self.pieces) - 1 if newest else row)
        self.strip.setVisible(bool(self.pieces))
        self.editor.setVisible(bool(self.pieces))
        if self.pieces:
            self.editor.show_piece(self._place, self.pieces[self.strip.currentRow()])
        wanted = self._editable or bool(self.pieces)
        if not wanted or self.parentWidget() is not None:  # shown without a parent it would be a window of its own
            self.setVisible(wanted)

    # --- taking in -------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Choose files and take them in."""
        self.take_in(self.ask_files())

    def ask_files(self) -> list[Path]:
        """Ask for files. Tests replace this."""
        return ask_files(self, self.tr("Photos, recordings, scans"))

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take files in, each by its content."""
        self.adding.add(self._visit_id, list(paths))

    def paste(self) -> None:
        """Take in what was copied: files, or a picture."""
        copied = QGuiApplication.clipboard().mimeData()
        sources: list[Source] = [Path(url.toLocalFile()) for url in copied.urls() if url.isLocalFile()]
        picture = copied.imageData() if not sources and copied.hasImage() else None
        if isinstance(picture, QImage) and not picture.isNull():
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            picture.save(buffer, "PNG")  # type: ignore[call-overload]
            sources = [bytes(buffer.data().data())]
        if sources:
            self.adding.add(self._visit_id, sources)
        else:
            self._place.toast(self.tr("Nothing to take in was copied: no file and no picture."), Tone.WARN)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped files in."""
        event.acceptProposedAction()
        self.take_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _reload(self) -> None:
        self.load(newest=True)
        self._place.toast(self.tr("The evidence is kept."), Tone.OK)
        self.changed.emit()

    # --- the chosen piece ------------------------------------------------------------------------------

    def _chosen(self, row: int) -> None:
        shown = self.editor.piece
        if self.editor.unanswered and shown is not None:  # its reason first: nothing that was ticked is lost
            self.strip.choose(next((at for at, one in enumerate(self.pieces) if one.id == shown.id), row))
            self.editor.reason.setFocus()
        elif 0 <= row < len(self.pieces):
            self._describe()
            self.editor.show_piece(self._place, self.pieces[row])

    def _describe(self) -> None:
        piece, said = self.editor.piece, self.editor.said()
        if piece is None or not self._editable:
            return
        facts = piece.facts
        if (said[1] and not said[2]) or said == (facts.caption, facts.indoors, facts.indoors_reason):
            return
        with self._place.attempt():
            evidence.describe(self._place.seat, piece.id, caption=said[0], indoors=said[1], indoors_reason=said[2])
            self.pieces = evidence.pieces(self._place.seat, self._visit_id)
            for row, one in enumerate(self.pieces):
                if one.id == piece.id:
                    self.strip.renew(row, one)
                    self.editor.piece = one
            self.changed.emit()

    def _withdraw(self, reason: str) -> None:
        if self.editor.piece is None:
            return
        with self._place.attempt():
            changes = evidence.withdraw(self._place.seat, self.editor.piece.id, reason)
            self._settled(changes)
            self._place.toast(self.tr("Left out of the report; the store keeps it."), Tone.OK)

    def _settled(self, _: Changes | object) -> None:
        self.load()
        self.changed.emit()

    # --- looking ---------------------------------------------------------------------------------------

    def look(self) -> None:
        """Open the chosen piece."""
        if not self.pieces or self.viewer is not None:
            return
        may_mask = evidence.may_mask(self._place.seat, self._visit_id)
        viewer = EvidenceViewer(self._place, self.pieces, max(self.strip.currentRow(), 0), self, may_mask=may_mask)
        viewer.masked.connect(self._settled)
        viewer.destroyed.connect(partial(setattr, self, "viewer", None))
        viewer.finished.connect(self._viewed)
        self.viewer = viewer
        viewer.open()

    def _viewed(self) -> None:
        viewer, self.viewer = self.viewer, None
        if viewer is not None and viewer.piece.id in {piece.id for piece in self.pieces}:
            self.strip.setCurrentRow([piece.id for piece in self.pieces].index(viewer.piece.id))
        self.window().activateWindow()
        self.strip.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Locked, or another page: nothing personal stays on the screen in a window of its own."""
        if self.viewer is not None and not event.spontaneous():
            self.viewer.close()
        super().hideEvent(event)
