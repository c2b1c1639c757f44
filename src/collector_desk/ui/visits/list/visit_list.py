"""The left column: the visits, whose turn it is, and what is overdue."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from collector_desk.domain.message import msg
from collector_desk.domain.people import Act, may
from collector_desk.domain.text.masking import masked_name
from collector_desk.domain.visits.due import VisitTurn
from collector_desk.domain.visits.lists import VisitRow
from collector_desk.domain.visits.steps import OPEN_STATES
from collector_desk.services.desk.seat import Seat
from collector_desk.services.visits import incidents, visiting
from collector_desk.ui.theme import Size, Tint, Tone, color, font
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.visits.labels import tone_of, turn_line
from collector_desk.ui.widgets import Card, EmptyState, Text, draw_ground, draw_mark
from collector_desk.ui.widgets.lists import Ringed
from collector_desk.ui.widgets.rows import ROW_ROLE, DrawnRows, draw_row_ground
from collector_desk.ui.words import say, when, word

_Index = QModelIndex | QPersistentModelIndex
_HEIGHT = 78


class VisitModel(DrawnRows):
    """One row a visit."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self.unwritten: frozenset[str] = frozenset()  # an incident of theirs is still to be written down

    def place_of(self, visit_id: str) -> int:
        """The row of a visit; -1 where it is not shown."""
        return next((place for place, row in enumerate(self._rows) if row.visit_id == visit_id), -1)

    def words(self, row: VisitRow) -> str:
        """Number, debtor, state, and whose turn it is."""
        return " · ".join((row.number, masked_name(row.debtor_name), word(row.state), self.turn(row)))

    def turn(self, row: VisitRow) -> str:
        """Whose turn it is; an incident that nobody wrote down goes before it."""
        if row.visit_id in self.unwritten:
            return say(msg("permits.alarms.unwritten_short"))
        return turn_line(self._seat, row.turn)

    def overdue(self, row: VisitRow) -> bool:
        """Whether its time has passed."""
        return row.turn.overdue(self._seat.now()) or row.visit_id in self.unwritten

    def who_when(self, row: VisitRow) -> str:
        """The pair and the hour, once they are named."""
        if not row.lead_name:
            return when(self._seat, row.changed_at)
        return f"{row.lead_name}、{row.companion_name} · {when(self._seat, row.planned_at)}"


class VisitDelegate(QStyledItemDelegate):
    """Three lines: who is visited and the state; who goes and when; whose turn it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All rows are equally high."""
        return QSize(120, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row, model = index.data(ROW_ROLE), index.model()
        if not isinstance(row, VisitRow) or not isinstance(model, VisitModel):
            return
        box = draw_row_ground(painter, option)
        painter.save()
        inner = box.adjusted(12, 8, -10, -8)
        self._pill(painter, inner, word(row.state), tone_of(row.state))
        painter.setFont(font(Size.LABEL))
        painter.setPen(color(Tint.TEXT))
        name = masked_name(row.debtor_name)
        painter.drawText(QPointF(inner.left(), inner.top() + 15), name)
        left = inner.left() + painter.fontMetrics().horizontalAdvance(name) + 10
        painter.setFont(font(Size.CAPTION))
        painter.setPen(color(Tint.DIM))
        painter.drawText(QPointF(left, inner.top() + 15), row.number)
        self._line(painter, inner, inner.top() + 36, model.who_when(row), Tint.DIM)
        overdue = model.overdue(row)
        shift = 0.0
        if overdue:
            draw_mark(painter, QRectF(inner.left(), inner.top() + 45, 12, 12), Tone.DANGER)
            shift = 17.0
        tint = Tone.DANGER.strong if overdue else Tint.TEXT
        if row.turn.waits is VisitTurn.NOBODY and not overdue:
            tint = Tint.DIM
        self._line(painter, inner.adjusted(shift, 0, 0, 0), inner.top() + 56, model.turn(row), tint)
        painter.restore()

    def _line(self, painter: QPainter, box: QRectF, base: float, text: str, tint: Tint) -> None:
        painter.setFont(font(Size.CAPTION))
        painter.setPen(color(tint))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(QPointF(box.left(), base), shown)

    def _pill(self, painter: QPainter, box: QRectF, text: str, tone: Tone) -> None:
        painter.setFont(font(Size.CAPTION))
        width = painter.fontMetrics().horizontalAdvance(text) + 34
        place = QRectF(box.right() - width, box.top() - 1, width, 21)
        draw_ground(painter, place, color(tone.soft), radius=10.5)
        draw_mark(painter, QRectF(place.left() + 9, place.top() + 5.5, 10, 10), tone)
        painter.setPen(color(tone.strong))
        painter.drawText(place.adjusted(24, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter, text)


class VisitList(Ringed, QListView):
    """Enter goes into the visit; the arrows walk."""

    entered_row = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(VisitDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the right arrow go into the visit."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered_row.emit()
            return
        super().keyPressEvent(event)


class VisitColumn(Card):
    """The list with its filter. ``chosen`` carries the row of the visit to show, None where there is none."""

    chosen = Signal(object)
    walked = Signal()  # the same by arrow or mouse: the page may take its time
    entered_visit = Signal()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__("", parent, margin=10)
        self._seat = seat
        self._quiet = False
        self.filter = QComboBox()
        self.filter.addItems(["", "", ""])
        self.filter.currentIndexChanged.connect(self.load)
        self.count = Text(size=Size.CAPTION, tint=Tint.DIM)
        self.corner.addWidget(self.filter)
        self.model = VisitModel(seat, self)
        self.list = VisitList()
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.entered_row.connect(self.entered_visit)
        self.empty = EmptyState(icon=icon("ri.walk-line"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.count)
        self.retranslate()
        if not self.model.rowCount():  # nothing waits for this person: show what is under way
            self.filter.setCurrentIndex(1)

    def load(self, *_: object) -> None:
        """Read the visits anew; the chosen one stays chosen."""
        before = self.row()
        self._quiet = True
        self.model.unwritten = frozenset(visit_id for visit_id, _ in incidents.unwritten(self._seat))
        everything = self.filter.currentIndex() == 2 or bool(self.model.unwritten)
        rows = self._filtered(visiting.rows(self._seat, open_only=not everything))
        self.model.set_rows(rows)
        place = self.model.place_of(before.visit_id) if before else -1
        if rows:
            self.list.setCurrentIndex(self.model.index(max(place, 0)))
        self._quiet = False
        self._stack.setCurrentIndex(0 if rows else 1)
        overdue = sum(1 for row in rows if self.model.overdue(row))
        self.count.setText(self.tr("{count} visits, {overdue} overdue").format(count=len(rows), overdue=overdue))
        self.chosen.emit(self.row())

    def choose(self, visit_id: str) -> bool:
        """Show one visit, under a wider filter where the present one hides it."""
        for wider in range(self.filter.currentIndex(), 3):
            self.filter.setCurrentIndex(wider)
            place = self.model.place_of(visit_id)
            if place >= 0:
                self.list.setCurrentIndex(self.model.index(place))
                return True
        return False

    def row(self) -> VisitRow | None:
        """The chosen visit."""
        index = self.list.currentIndex()
        found = index.data(ROW_ROLE) if index.isValid() else None
        return found if isinstance(found, VisitRow) else None

    def _filtered(self, rows: tuple[VisitRow, ...]) -> tuple[VisitRow, ...]:
        unwritten = self.model.unwritten
        if self.filter.currentIndex() != 2 and unwritten:
            rows = tuple(row for row in rows if row.state in OPEN_STATES or row.visit_id in unwritten)
        if self.filter.currentIndex() == 0:
            rows = tuple(row for row in rows if self._my_turn(row))
        return tuple(sorted(rows, key=lambda row: not self.model.overdue(row)))  # overdue first, else as they came

    def _my_turn(self, row: VisitRow) -> bool:
        person = self._seat.person
        if row.visit_id in self.model.unwritten:
            return True
        if row.turn.waits is VisitTurn.LEAD_OPENS:
            return may(person.roles, Act.OPEN_VISIT)
        if row.turn.waits is VisitTurn.LEAD_REVIEWS:
            return may(person.roles, Act.REVIEW_VISIT)
        return person.id in (row.lead_visitor_id, row.companion_id)

    def _moved(self, _current: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet:
            self.walked.emit()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("Visits"))
        self.filter.setAccessibleName(self.tr("Which visits"))
        for place, text in enumerate((self.tr("My turn"), self.tr("Under way"), self.tr("All"))):
            self.filter.setItemText(place, text)
        self.empty.say(
            self.tr("No visit here"),
            self.tr("Choose another list above, or ask for a visit from a case after the calls have failed."),
        )
        self.load()
