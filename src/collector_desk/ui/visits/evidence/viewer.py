"""Evidence looked at and listened to inside the program: photos in their masked copy, scans, recordings.

Every original that is shown or played here is a line of history; nothing is written outside the store but a copy
that a lead or legal saves.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from collector_desk.domain.message import Trouble
from collector_desk.domain.visits.evidence import Piece
from collector_desk.domain.visits.visit import EvidenceKind
from collector_desk.services.visits import evidence
from collector_desk.services.visits.evidence_files import Original
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Margin, Width
from collector_desk.ui.visits.evidence.paper_view import PaperView
from collector_desk.ui.visits.evidence.picture_view import PictureView
from collector_desk.ui.visits.evidence.player import PlayerPanel
from collector_desk.ui.visits.evidence.viewer_foot import ViewerFoot
from collector_desk.ui.visits.labels import size_text
from collector_desk.ui.widgets import Banner, ElidedLabel, EmptyState, Text, Watermark
from collector_desk.ui.window.asking import ask_save, may_replace
from collector_desk.ui.window.page import FollowsLanguage
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say, when, word

_NEARER = 1.25


class EvidenceViewer(FollowsLanguage, QDialog):
    """One piece after the other. ``masked`` carries what was changed. Esc leaves the boxes, then the viewer."""

    masked = Signal(object)

    def __init__(
        self, place: Workplace, pieces: Sequence[Piece], at: int, parent: QWidget, *, may_mask: bool
    ) -> None:
        super().__init__(parent)
        self._place, self._pieces, self._at, self._may_mask = place, list(pieces), at, may_mask
        self._turn = 0  # what a worker brings for a piece left meanwhile is not shown
        self._unmasked = self._damaged = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = ElidedLabel()
        self.count = Text(tint=Tint.DIM)
        self.about = Text(size=Size.CAPTION, tint=Tint.DIM)
        self.banner = Banner()
        self.waiting = EmptyState()
        self.picture = PictureView()
        self.pdf = PaperView(self)
        self.player = PlayerPanel()
        self.player.begun.connect(self._play)
        self.stack = QStackedWidget()
        for page in (self.waiting, self.picture, self.pdf, self.player):
            self.stack.addWidget(page)
        self.foot = ViewerFoot(self, self._plain_acts(), self._box_acts(), self._other_acts())
        self._build()
        seat = place.seat
        self.watermark = Watermark(self)
        self.watermark.set_text(f"{seat.person.name} · {seat.local(seat.now()):%Y-%m-%d %H:%M}")
        self.resize(Width.VIEWER, Height.VIEWER)
        self._open()

    @property
    def piece(self) -> Piece:
        """What is shown."""
        return self._pieces[self._at]

    # --- parts -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Gap.PAGE)
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.DIALOG)
        box.setSpacing(Gap.ROW)
        box.addLayout(head)
        box.addWidget(self.about)
        box.addWidget(self.banner)
        box.addWidget(self.stack, 1)
        box.addWidget(self.foot)
        self.setWindowTitle(self.tr("Evidence"))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.setWindowTitle(self.tr("Evidence"))
        self.foot.retranslate()
        self._say_piece()

    def _plain_acts(self) -> dict[str, Callable[[], None]]:
        """What the buttons below and their keys do with a piece."""
        return {
            "piece_previous": partial(self.step, -1),
            "piece_next": partial(self.step, 1),
            "smaller": partial(self.zoom, 1 / _NEARER),
            "larger": partial(self.zoom, _NEARER),
            "fit": self.fit,
            "unmask": self.look_behind,
            "mask": self.begin_masking,
            "save": self.save,
            "leave": self.leave,
        }

    def _box_acts(self) -> dict[str, Callable[[], None]]:
        """The same while boxes are set."""
        view = self.picture
        return {
            "box_new": view.new_box,
            "box_next": view.next_box,
            "box_gone": view.drop_box,
            "save": self.keep_boxes,
            "leave": self.leave,
        }

    def _other_acts(self) -> dict[str, Callable[[], None]]:
        """What keys do without a button of their own."""
        view, player = self.picture, self.player
        return {
            "box_narrower": partial(view.size_box, -1, 0),
            "box_wider": partial(view.size_box, 1, 0),
            "box_lower": partial(view.size_box, 0, -1),
            "box_higher": partial(view.size_box, 0, 1),
            "step_left": partial(self._arrow, -1, 0),
            "step_right": partial(self._arrow, 1, 0),
            "step_up": partial(self._arrow, 0, -1),
            "step_down": partial(self._arrow, 0, 1),
            "play": player.toggle,
            "play_slower": partial(player.faster, -1),
            "play_faster": partial(player.faster, 1),
        }

    def _settle(self) -> None:
        """Offer what can be done with what is shown."""
        kind = self.piece.facts.kind
        shown = self.stack.currentWidget() is not self.waiting
        photo, heard = kind is EvidenceKind.PHOTO, kind in (EvidenceKind.AUDIO, EvidenceKind.VIDEO)
        masking = self.picture.masking
        plain = {"leave": True, "save": evidence.may_export(self._place.seat)}
        plain |= {"piece_previous": self._at > 0, "piece_next": self._at + 1 < len(self._pieces)}
        plain |= dict.fromkeys(("smaller", "larger", "fit"), shown and not heard)
        plain["unmask"] = shown and photo and bool(self.piece.facts.boxes) and not self._unmasked
        plain["mask"] = shown and photo and self._may_mask
        self.foot.offer(plain, heard=heard, masking=masking, chosen=self.picture.chosen >= 0)

    # --- one piece after the other ---------------------------------------------------------------------

    def step(self, by: int) -> None:
        """The next piece, or the one before."""
        if 0 <= self._at + by < len(self._pieces) and not self.picture.masking:
            self._at += by
            self._open()

    def _open(self) -> None:
        piece, seat = self.piece, self._place.seat
        self._turn += 1
        self._unmasked = self._damaged = False
        self.banner.hide()
        self.player.clear()
        self.picture.leave_masking()
        self.pdf.shut()
        self._say_piece()
        if piece.facts.kind in (EvidenceKind.AUDIO, EvidenceKind.VIDEO):
            self.stack.setCurrentWidget(self.player)
            self.player.play_button.button.setFocus()
        else:
            self.stack.setCurrentWidget(self.waiting)
            if piece.facts.kind is EvidenceKind.PHOTO:
                self._fetch(lambda: evidence.shown(seat, piece.id), self._show_photo)
            else:
                self._fetch(lambda: evidence.original(seat, piece.id).data, self._show_paper)
        self._settle()

    def _say_piece(self) -> None:
        piece = self.piece
        kind = word(piece.facts.kind)
        self.title.setText(piece.facts.caption or kind)
        self.count.setText(self.tr("{number} of {all}").format(number=self._at + 1, all=len(self._pieces)))
        about = [kind, size_text(piece.size)]
        if piece.facts.taken_at:
            about.append(when(self._place.seat, piece.facts.taken_at))
        about += [piece.added_by, f"SHA-256 {piece.sha256}"]
        self.about.setText(" · ".join(part for part in about if part))
        self.player.name.setText(piece.facts.caption or kind)
        self.waiting.say(self.tr("Nothing to show") if self._damaged else self.tr("One moment"), "")

    def _fetch(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        turn = self._turn

        def arrived(value: object) -> None:
            if turn == self._turn:
                done(value)
                self._settle()

        self._place.tasks.run(lambda _: work(), owner=self, done=arrived, failed=self._trouble)

    def _trouble(self, trouble: Trouble) -> None:
        self.banner.tell(partial(say, trouble.message), tone=Tone.DANGER)

    def _show_photo(self, data: object) -> None:
        assert isinstance(data, bytes)  # noqa: S101 -- what the worker was asked for
        self.stack.setCurrentWidget(self.picture)
        self.picture.show_picture(data)
        self.picture.setFocus()

    def _show_paper(self, data: object) -> None:
        assert isinstance(data, bytes)  # noqa: S101 -- what the worker was asked for
        if not self.pdf.show_paper(data):
            self._damaged = True
            self._say_piece()
            self._trouble(Trouble("visits.evidence.paper_damaged"))
            return
        self.stack.setCurrentWidget(self.pdf)
        self.pdf.setFocus()

    def _play(self) -> None:
        seat, piece = self._place.seat, self.piece

        def load(original: object) -> None:
            assert isinstance(original, Original)  # noqa: S101 -- what the worker was asked for
            self.player.load(original)

        self._fetch(lambda: evidence.original(seat, piece.id, what="play"), load)

    # --- near and far ----------------------------------------------------------------------------------

    def zoom(self, by: float) -> None:
        """Larger or smaller."""
        if self.stack.currentWidget() is self.picture:
            self.picture.zoom(by)
        elif self.stack.currentWidget() is self.pdf:
            self.pdf.zoom(by)

    def fit(self) -> None:
        """The whole picture; a scan as wide as the window."""
        self.picture.fit()
        self.pdf.fit()

    # --- boxes -----------------------------------------------------------------------------------------

    def look_behind(self) -> None:
        """The photo without its boxes; the history says who looked."""

        def show(content: object) -> None:
            assert isinstance(content, tuple)  # noqa: S101 -- what the worker was asked for
            self._unmasked = True
            self._show_photo(content[0])
            self.banner.tell(lambda: self.tr("Shown without its boxes; the history says so."), tone=Tone.INFO)

        seat, piece = self._place.seat, self.piece
        self._fetch(lambda: evidence.unmasked(seat, piece.id), show)

    def begin_masking(self) -> None:
        """Set boxes over the photo; those that are there can be moved."""

        def show(content: object) -> None:
            assert isinstance(content, tuple)  # noqa: S101 -- as above
            data, boxes = content
            self._show_photo(data)
            self.picture.begin_masking(boxes)

        seat, piece = self._place.seat, self.piece
        self._fetch(lambda: evidence.unmasked(seat, piece.id), show)
        self.picture.boxes_changed.connect(self._settle, Qt.ConnectionType.UniqueConnection)

    def keep_boxes(self) -> None:
        """Hide what is under the boxes in every copy."""
        seat, piece, boxes = self._place.seat, self.piece, self.picture.boxes()

        def kept(changes: object) -> None:
            self._pieces = list(evidence.pieces(seat, self._visit_of(changes)))
            self._at = next((at for at, one in enumerate(self._pieces) if one.id == piece.id), 0)
            self.masked.emit(changes)
            self._open()
            if boxes:
                self.banner.tell(lambda: self.tr("The copies are masked; the original is kept."), tone=Tone.OK)

        self._fetch(lambda: evidence.mask(seat, piece.id, boxes), kept)

    @staticmethod
    def _visit_of(changes: object) -> str:
        return next(iter(getattr(changes, "visits", ())), "")

    def _arrow(self, across: int, down: int) -> None:
        if self.picture.masking:
            self.picture.move_box(across, down)
        elif across:
            self.player.skip(across)
        else:
            self.player.louder(-down)

    # --- a copy ----------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the boxes while they are set; else save a copy of the original outside the store."""
        if self.picture.masking:
            self.keep_boxes()
            return
        target = self.ask_file(evidence.file_name(self.piece))
        if not target:
            return
        seat, piece, file = self._place.seat, self.piece, Path(target)
        replace = may_replace(file)

        def saved(_: object) -> None:
            self.banner.tell(
                lambda: self.tr("Saved as it came, without boxes. The history says who saved it."), tone=Tone.OK
            )

        self._fetch(lambda: evidence.export(seat, piece.id, file, replace=replace), saved)

    def ask_file(self, name: str) -> str:
        """Ask where to save. Tests replace this."""
        return str(ask_save(self, self.tr("Save a copy of the original"), name) or "")

    def leave(self) -> None:
        """Out of the boxes, then out of the viewer."""
        if self.picture.masking:
            self._open()
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing goes on playing behind the window."""
        self._turn += 1
        self.player.clear()
        self.pdf.shut()
        super().closeEvent(event)
