"""The list of open tasks: what is overdue stands on top, packs nobody handed back among it."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from collector_desk.domain.message import msg
from collector_desk.domain.office.tasks import LeadTask
from collector_desk.domain.text.masking import masked_name
from collector_desk.domain.visits.lists import CarriedPack
from collector_desk.services.calls.left_open import LeftOpen
from collector_desk.services.desk.seat import Seat
from collector_desk.ui.theme import Size, Tint, Tone, color, font
from collector_desk.ui.widgets import draw_ground, draw_mark
from collector_desk.ui.widgets.rows import ROW_ROLE, DrawnRows, draw_row_ground
from collector_desk.ui.words import day, say, word

Waiting = LeadTask | CarriedPack | LeftOpen
_Index = QModelIndex | QPersistentModelIndex


def task_words(row: Waiting) -> tuple[str, str]:
    """What a row is, and whose: the debtor behind a mask, or the holder of a pack."""
    if isinstance(row, CarriedPack):
        return say(msg("visits.take_along.not_back")), row.holder
    if isinstance(row, LeftOpen):
        return say(msg("calls.left_open_by")), masked_name(row.debtor_name)
    return word(row.kind), masked_name(row.debtor_name)


class TaskModel(DrawnRows):
    """One row a task."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat

    def words(self, row: Waiting) -> str:
        """What it is, whose, and until when."""
        return " · ".join((*task_words(row), self.due(row)))

    def overdue(self, row: Waiting) -> bool:
        """Whether its time has passed."""
        if isinstance(row, LeftOpen):
            return True
        return row.overdue if isinstance(row, CarriedPack) else self.seat.now() > row.due_at

    def due(self, row: Waiting) -> str:
        """Until when, or since when."""
        if isinstance(row, CarriedPack):
            return say(msg("visits.take_along.taken_on", number=row.number, day=day(row.day)))
        if isinstance(row, LeftOpen):
            told = msg("calls.left_open_since", name=row.caller, at=row.begun_at)
            return say(told, zone=ZoneInfo(self.seat.zone), now=self.seat.now())
        code = "visits.visiting.overdue_since" if self.overdue(row) else "visits.visiting.until"
        return say(msg(code, at=row.due_at), zone=ZoneInfo(self.seat.zone), now=self.seat.now())


class TaskDelegate(QStyledItemDelegate):
    """Kind and debtor above, until when below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All rows are equally high."""
        return QSize(120, 59)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row, model = index.data(ROW_ROLE), index.model()
        if not isinstance(row, LeadTask | CarriedPack | LeftOpen) or not isinstance(model, TaskModel):
            return
        urgent = isinstance(row, LeadTask) and row.rule.urgent
        painter.save()
        if urgent:
            draw_ground(painter, QRectF(option.rect).adjusted(0, 2, 0, -2), color(Tint.DANGER_SOFT), radius=8)
        box = draw_row_ground(painter, option)
        inner = box.adjusted(12, 0, -12, 0)
        painter.setFont(font(Size.LABEL, bold=urgent))
        painter.setPen(color(Tone.DANGER.strong if urgent else Tint.TEXT))
        kind, name = task_words(row)
        painter.drawText(QPointF(inner.left(), inner.top() + 23), kind)
        width = painter.fontMetrics().horizontalAdvance(name)
        painter.drawText(QPointF(inner.right() - width, inner.top() + 23), name)
        painter.setFont(font(Size.CAPTION))
        left = inner.left()
        if model.overdue(row):
            draw_mark(painter, QRectF(left, inner.bottom() - 23, 12, 12), Tone.DANGER)
            left += 17
        painter.setPen(color(Tone.DANGER.strong if model.overdue(row) else Tint.DIM))
        painter.drawText(QPointF(left, inner.bottom() - 12), model.due(row))
        painter.restore()
