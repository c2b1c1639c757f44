"""Open matters: complaint, dispute, plan request, a promise further out. What is overdue stands on top."""

from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QScrollArea,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from collector_desk.domain.masking import masked_name
from collector_desk.domain.message import Message, Refused, Trouble, msg
from collector_desk.domain.outcomes import RecordKind
from collector_desk.services import cases, duties, incidents, late_figures
from collector_desk.services.desk import Seat
from collector_desk.services.duties import Duty
from collector_desk.ui.icons import icon
from collector_desk.ui.page import Page
from collector_desk.ui.theme import Size, Tint, Tone, color, font
from collector_desk.ui.visits.detail import column
from collector_desk.ui.visits.facts import FactGrid
from collector_desk.ui.visits.incident_view import IncidentFacts
from collector_desk.ui.visits.labels import when
from collector_desk.ui.visits.parts import KeyButton, LongField
from collector_desk.ui.visits.visit_list import ROW_ROLE, VisitList
from collector_desk.ui.widgets import (
    Card,
    EmptyState,
    FormField,
    LinkButton,
    MaskedText,
    Pill,
    SoftPanel,
    Text,
    draw_focus,
    draw_ground,
    draw_mark,
)
from collector_desk.ui.words import language, say, word
from collector_desk.ui.workplace import Workplace

_Index = QModelIndex | QPersistentModelIndex


def kind_word(kind: str) -> str:
    """What a matter is called."""
    known = next((member for member in RecordKind if member.value == kind), None)
    if known is not None:
        return word(known)
    if kind == incidents.INCIDENT:
        return say(msg("duties.incident"))
    if kind == late_figures.LATE_FIGURE:
        return say(msg("duties.late_figure"))
    return say(msg("duties.promise_approval") if kind == duties.PROMISE_APPROVAL else msg("duties.other"))


class DutyModel(QAbstractListModel):
    """One row a matter."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self._rows: tuple[Duty, ...] = ()

    def set_rows(self, rows: tuple[Duty, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def place_of(self, duty_id: str) -> int:
        """The row of a matter; -1 where it is not shown."""
        return next((place for place, row in enumerate(self._rows) if row.id == duty_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- as Qt declares it
        """One row a matter."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row for the delegate, its words for screen readers."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " · ".join((kind_word(row.kind), masked_name(row.debtor_name), self.due(row)))
        return None

    def overdue(self, row: Duty) -> bool:
        """Whether its time has passed."""
        return self.seat.now() > row.due_at

    def due(self, row: Duty) -> str:
        """Until when, or since when."""
        code = "visiting.overdue_since" if self.overdue(row) else "visiting.until"
        return say(msg(code, at=row.due_at), zone=ZoneInfo(self.seat.zone), now=self.seat.now())


class DutyDelegate(QStyledItemDelegate):
    """Kind and debtor above, until when below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All rows are equally high."""
        return QSize(120, 59)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row, model = index.data(ROW_ROLE), index.model()
        if not isinstance(row, Duty) or not isinstance(model, DutyModel):
            return
        box = QRectF(option.rect).adjusted(4, 2, -4, -2)
        if option.state & QStyle.StateFlag.State_Selected:
            draw_ground(painter, box, color(Tint.SELECTION))
            if option.state & QStyle.StateFlag.State_HasFocus:
                draw_focus(painter, box)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_ground(painter, box, color(Tint.INSET_HOVER))
        painter.save()
        inner = box.adjusted(12, 0, -12, 0)
        painter.setFont(font(Size.LABEL))
        painter.setPen(color(Tint.TEXT))
        painter.drawText(QPointF(inner.left(), inner.top() + 23), kind_word(row.kind))
        name = masked_name(row.debtor_name)
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


class DutyDetail(QWidget):
    """One matter: what it is about, and the lead's word with its reason."""

    acted = Signal(object)

    def __init__(self, place: Workplace, duty: Duty, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self.duty = place, duty
        seat = place.seat
        self.name = MaskedText(size=Size.HEAD)
        self.name.set_value(masked_name(duty.debtor_name))
        self.unmask_button = LinkButton()
        self.unmask_button.setText(self.tr("Show the name (Ctrl+U)"))
        self.unmask_button.clicked.connect(self.unmask)
        late = seat.now() > duty.due_at
        self.reason = LongField(lines=3)
        self.field = FormField(self.tr("Your reason, in your own words"), self.reason)
        self.approve_button = KeyButton("save_next", main=True)
        self.refuse_button = KeyButton("refuse")
        approve, refuse = self._words()
        self.approve_button.set_text(approve)
        self.refuse_button.set_text(refuse)
        self.approve_button.clicked.connect(lambda: self.settle(approve=True))
        self.refuse_button.clicked.connect(lambda: self.settle(approve=False))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.name)
        head.addWidget(self.unmask_button)
        head.addStretch(1)
        text = when(seat, duty.due_at)
        head.addWidget(Pill(self.tr("Due {time}").format(time=text), Tone.DANGER if late else Tone.INFO))
        about = Card(kind_word(duty.kind))
        about.body.addLayout(head)
        about.body.addWidget(self._facts())
        late_figure = late_figures.of_duty(seat, duty.id) if duty.kind == late_figures.LATE_FIGURE else None
        if late_figure is not None:
            panel = SoftPanel(tone=Tone.DANGER)
            panel.body.addWidget(Text(self.tr("What the institution's figure showed"), size=Size.CAPTION))
            told = say(late_figure.message, zone=ZoneInfo(seat.zone), now=seat.now())
            panel.body.addWidget(Text(told, wrap=True))
            about.body.addWidget(panel)
        if duty.note and duty.kind != incidents.INCIDENT:  # an incident stands in its own card
            panel = SoftPanel()
            panel.body.addWidget(Text(self.tr("The note of the call"), size=Size.CAPTION, tint=Tint.DIM))
            panel.body.addWidget(Text(duty.note, wrap=True))
            about.body.addWidget(panel)
        answer = Card(self.tr("Your word"))
        hint = Text(self._hint(), size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        answer.body.addWidget(hint)
        answer.body.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.approve_button)
        row.addWidget(self.refuse_button)
        row.addStretch(1)
        answer.body.addLayout(row)
        scroll = QScrollArea()
        inner = column(scroll)
        inner.addWidget(about)
        incident = incidents.of_duty(seat, duty.id)  # danger to a life has one too where it began on a visit
        if incident is not None:
            inner.addWidget(IncidentFacts(place, incident))
        inner.addWidget(answer)
        inner.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)

    def unmask(self) -> None:
        """Show the whole name; the history says who looked."""
        if not self.name.is_open:
            cases.unmask(self._place.seat, self.duty.debtor_id, "name")
            self.name.reveal(self.duty.debtor_name)
            self.unmask_button.hide()

    def settle(self, *, approve: bool) -> None:
        """Decide; without a reason it says so at the field."""
        self.field.set_error("")
        try:
            changes = duties.settle(
                self._place.seat, self.duty.id, approve=approve, reason=self.reason.toPlainText()
            )
        except Trouble as trouble:
            if isinstance(trouble, Refused) and trouble.field_name == "reason":
                self.field.set_error(say(trouble.message))
                self.reason.setFocus()
            else:
                self._place.troubled(trouble)
            return
        self._place.toast(self.tr("Settled."), Tone.OK)
        self.acted.emit(changes)

    def _facts(self) -> FactGrid:
        seat, grid = self._place.seat, FactGrid(wide=110)
        try:
            file = cases.open_case(seat, self.duty.debtor_id, history=1).file
        except Trouble:
            return grid
        grid.add(self.tr("Case"), file.lead_case.number)
        grid.add(self.tr("Balance"), str(file.balance))
        grid.add(self.tr("Days past due"), str(file.lead_case.days))
        promise = file.open_promise
        if promise is not None:
            said = self.tr("{amount} by {time}").format(amount=promise.amount, time=when(seat, promise.due_at))
            grid.add(self.tr("Promise"), said)
        if file.flags:
            grid.add(self.tr("On file"), "、".join(word(flag) for flag in sorted(file.flags)))
        return grid

    def _words(self) -> tuple[str, str]:
        if self.duty.kind == duties.PROMISE_APPROVAL:
            return self.tr("Approve the promise"), self.tr("Refuse it")
        if self.duty.kind == RecordKind.PLAN_REQUEST.value:
            return self.tr("Agree to a plan"), self.tr("Decline it")
        if self.duty.kind == late_figures.LATE_FIGURE:
            return self.tr("Settle: reported to the bank"), self.tr("Settle: no breach")
        return self.tr("Settle and release"), self.tr("Settle, keep the pause")

    def _hint(self) -> str:
        said: Message = msg("duties.hint_pause")
        if self.duty.kind == duties.PROMISE_APPROVAL:
            said = msg("duties.hint_promise")
        elif self.duty.kind == RecordKind.PLAN_REQUEST.value:
            said = msg("duties.hint_plan")
        elif self.duty.kind == late_figures.LATE_FIGURE:
            said = msg("duties.hint_late_figure")
        return say(said)


class MattersPart(Page):
    """List and detail. ``print_wanted`` is only there so that both parts look alike to the page."""

    acted = Signal(object)
    counted = Signal()
    print_wanted = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.detail: DutyDetail | None = None
        self._quiet = False
        self._spoken = language()
        self.card = Card("", margin=10)
        self.card.setFixedWidth(326)
        self.model = DutyModel(place.seat, self)
        self.list = VisitList()
        self.list.setItemDelegate(DutyDelegate(self.list))
        self.list.setModel(self.model)
        self.list.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._moved())
        self.list.entered_row.connect(self.into_detail)
        self.card.body.addWidget(self.list, 1)
        self.empty = EmptyState(icon=icon("ri.checkbox-multiple-line"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.card)
        box.addWidget(self.stack, 1)
        self.retranslate()
        self.load()

    def count(self) -> int:
        """How many are open."""
        return self.model.rowCount()

    def load(self) -> None:
        """Read them anew; the chosen one stays chosen."""
        before = self._duty()
        typed = self.detail.reason.toPlainText() if self.detail else ""
        self._quiet = True
        self.model.set_rows(duties.open_duties(self._place.seat))
        place = self.model.place_of(before.id) if before else -1
        if self.count():
            self.list.setCurrentIndex(self.model.index(max(place, 0)))
        self._quiet = False
        if not (place >= 0 and self.detail is not None and (typed or self.detail.duty == self._duty())):
            self._moved()
        self.counted.emit()

    def into_detail(self) -> None:
        """To the reason."""
        if self.detail is not None:
            self.detail.reason.setFocus()

    def main_act(self) -> None:
        """Approve or release."""
        if self.detail is not None:
            self.detail.settle(approve=True)

    def second_act(self) -> None:
        """Refuse."""
        if self.detail is not None:
            self.detail.settle(approve=False)

    def unmask(self) -> None:
        """Show the name."""
        if self.detail is not None:
            self.detail.unmask()

    def _duty(self) -> Duty | None:
        index = self.list.currentIndex()
        found = index.data(ROW_ROLE) if index.isValid() else None
        return found if isinstance(found, Duty) else None

    def _moved(self) -> None:
        if self._quiet:
            return
        if self.detail is not None:
            self.stack.removeWidget(self.detail)
            self.detail.deleteLater()
            self.detail = None
        duty = self._duty()
        self.card.setVisible(duty is not None)
        if duty is None:
            self.stack.setCurrentWidget(self.empty)
            return
        self.detail = DutyDetail(self._place, duty)
        self.detail.acted.connect(self._acted)
        self.stack.addWidget(self.detail)
        self.stack.setCurrentWidget(self.detail)

    def _acted(self, changes: object) -> None:
        self.acted.emit(changes)
        self.list.setFocus()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.card.set_title(self.tr("What runs out first"))
        self.empty.say(
            self.tr("Nothing waits for a decision"),
            self.tr("Complaints, disputes, requests and promises further out appear here, with their time."),
        )
        detail = self.detail
        if detail is not None and self._spoken == language():
            return  # Qt says so more often than the language changes: nothing typed may suffer
        self._spoken = language()
        typed = detail.reason.toPlainText() if detail is not None else ""
        there = detail is not None and detail.reason.hasFocus()
        self._moved()
        if self.detail is not None and typed:
            self.detail.reason.setPlainText(typed)
        if there:
            self.into_detail()
