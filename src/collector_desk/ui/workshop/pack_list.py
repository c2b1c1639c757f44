"""The packs of the store: one's drafts first, then what waits for a decision, then every version."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyleOptionViewItem, QWidget

from collector_desk.domain.packs.life import PackKind, PackStep
from collector_desk.services.packs.releases import PackState
from collector_desk.services.packs.workshop import PackDraft
from collector_desk.ui.theme import Size, Tint, Tone, color, font
from collector_desk.ui.widgets import MenuList, SoftDelegate, draw_focus, draw_ground, draw_mark, plain_tip
from collector_desk.ui.words import language, pack_name, word

Item = PackDraft | PackState
_TONES = {
    PackStep.DRAFT: Tone.NEUTRAL,
    PackStep.HANDED_IN: Tone.INFO,
    PackStep.RETURNED: Tone.WARN,
    PackStep.RELEASED: Tone.OK,
    PackStep.WITHDRAWN: Tone.DANGER,
}
_ROW = Qt.ItemDataRole.UserRole
_KINDS = (PackKind.SCRIPTS, PackKind.OBJECTIONS, PackKind.RULES)


@dataclass(frozen=True, slots=True)
class PackListRow:
    """What a row says."""

    item: Item
    title: str
    status: str
    tone: Tone


def _rank(state: PackState) -> tuple[bool, int, bool]:
    """What one works by first, scripts before the rest, those in the language of the window before the others."""
    at_work = state.in_use or state.step in (PackStep.DRAFT, PackStep.RETURNED)
    return not at_work, _KINDS.index(state.kind), state.language not in ("", language())


def pack_title(item: Item) -> str:
    """What the pack is, and its id."""
    return f"{pack_name(item.kind, _id(item))} · {_id(item)}"


def _id(item: Item) -> str:
    return item.pack_id if isinstance(item, PackDraft) else item.id


def key_of(item: Item) -> str:
    """What tells one row from another."""
    return item.id if isinstance(item, PackDraft) else item.sha256


class _Delegate(SoftDelegate):
    """Two lines: the pack, and its version with its state."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, 48)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(_ROW)
        if not isinstance(row, PackListRow):
            return
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            draw_ground(painter, box, color(Tint.SELECTION))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_ground(painter, box, color(Tint.INSET_HOVER))
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, box)
        painter.save()
        line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        room = box.adjusted(10, 4, -8, -box.height() / 2)
        painter.setFont(font(Size.BODY))
        painter.setPen(color(Tint.ACCENT if chosen else Tint.TEXT))
        shown = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, line, shown)
        room = box.adjusted(10, box.height() / 2, -8, -4)
        draw_mark(painter, QRectF(room.left(), room.center().y() - 5.5, 11, 11), row.tone)
        painter.setFont(font(Size.CAPTION))
        painter.setPen(color(row.tone.strong if row.tone is not Tone.NEUTRAL else Tint.DIM))
        room.setLeft(room.left() + 17)
        shown = painter.fontMetrics().elidedText(row.status, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, line, shown)
        painter.restore()


class PackList(MenuList):
    """``opened`` carries the draft or version that was chosen, ``entered`` that the keys go on to its text."""

    opened = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(self._changed)
        self.itemActivated.connect(lambda _: self.entered.emit())

    def current(self) -> Item | None:
        """The chosen draft or version."""
        item = self.currentItem()
        row = item.data(_ROW) if item else None
        return row.item if isinstance(row, PackListRow) else None

    def show_packs(self, drafts: Sequence[PackDraft], states: Sequence[PackState], *, select: str = "") -> None:
        """Fill the list anew; the row ``select`` (or the one chosen before) stays chosen. Emits nothing itself."""
        before = self.current()
        wanted = select or (key_of(before) if before else "")
        waiting = [state for state in states if state.step is PackStep.HANDED_IN]
        rest = sorted((state for state in states if state.step is not PackStep.HANDED_IN), key=_rank)
        self.blockSignals(True)
        self.clear()
        packs: list[Item] = [*drafts, *waiting, *rest]
        for pack in packs:
            row = self._row(pack)
            item = QListWidgetItem(row.title)
            item.setData(_ROW, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}, {row.status}")
            item.setToolTip(plain_tip(f"{row.title}\n{row.status}"))
            self.addItem(item)
            if key_of(pack) == wanted:
                self.setCurrentItem(item)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)
        self.blockSignals(False)

    def _row(self, item: Item) -> PackListRow:
        title = pack_title(item)
        if isinstance(item, PackDraft):
            status = self.tr("{version} · your draft").format(version=item.version or "–")
            return PackListRow(item, title, status, Tone.WARN)
        tone = _TONES[item.step]
        state = word(item.step)
        if item.in_use:
            state = self.tr("in use")
        elif item.step is PackStep.DRAFT:
            state = self.tr("not released yet")
        elif item.step is PackStep.RELEASED:
            state, tone = self.tr("earlier release"), Tone.NEUTRAL
        return PackListRow(item, title, f"{item.version or item.sha256[:8]} · {state}", tone)

    def _changed(self) -> None:
        item = self.current()
        if item is not None:
            self.opened.emit(item)
