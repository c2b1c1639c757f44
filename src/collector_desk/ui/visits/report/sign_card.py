"""Both sign what was handed in: each with their own password, with a drawn name beside it where they like."""

from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTabletEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Trouble
from collector_desk.domain.visits.steps import Visit
from collector_desk.domain.visits.visit import Signature, SignedHow, Visitor, content_hash
from collector_desk.services.visits import visiting
from collector_desk.ui.theme import Size, Tint, Tone, color
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import (
    Card,
    ElidedLabel,
    FormField,
    LinkButton,
    PasswordField,
    Pill,
    Text,
    draw_ground,
    primary,
)
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say, when, word

Strokes = tuple[tuple[tuple[int, int], ...], ...]
_FULL = 1000


class SignPad(QWidget):
    """A field to write one's name in with pen, finger or mouse; points run from 0 to 1000 on both axes."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[tuple[int, int]]] = []
        self.setFixedHeight(Height.FEW_LINES)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def strokes(self) -> Strokes:
        """What was drawn; empty where nothing was."""
        return tuple(tuple(stroke) for stroke in self._strokes if len(stroke) > 1)

    def clear(self) -> None:
        """Wipe it."""
        self._strokes.clear()
        self.update()
        self.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the pen down."""
        self._strokes.append([self._point(event.position())])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        if self._strokes:
            self._strokes[-1].append(self._point(event.position()))
            self.update()
            self.changed.emit()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The same with a pen, at the pen's own fineness."""
        if event.type() is QEvent.Type.TabletPress:
            self._strokes.append([self._point(event.position())])
        elif event.type() is QEvent.Type.TabletMove and event.pressure() > 0 and self._strokes:
            self._strokes[-1].append(self._point(event.position()))
            self.update()
            self.changed.emit()
        event.accept()  # else Qt makes a mouse of it, and every line would be drawn twice

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, base line and strokes."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_ground(painter, box, color(Tint.FIELD), line=color(Tint.LINE_STRONG))
        painter.setPen(QPen(color(Tint.LINE_STRONG), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(16, box.height() * 0.75), QPointF(box.width() - 16, box.height() * 0.75))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(color(Tint.TEXT), 2.2, Qt.PenStyle.SolidLine, cap, join))
        for stroke in self._strokes:
            points = [QPointF(x * box.width() / _FULL, y * box.height() / _FULL) for x, y in stroke]
            painter.drawPolyline(QPolygonF(points))
        painter.end()

    def _point(self, at: QPointF) -> tuple[int, int]:
        x, y = at.x() * _FULL / max(self.width(), 1), at.y() * _FULL / max(self.height(), 1)
        return (min(max(round(x), 0), _FULL), min(max(round(y), 0), _FULL))


class SignRow(QWidget):
    """One member of the team: signed, or the field to sign with."""

    wanted = Signal()

    def __init__(self, member: Visitor, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.member = member
        self.password = PasswordField()
        self.password.returnPressed.connect(self.wanted)
        self.button = QPushButton(self.tr("Sign"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.wanted)
        self.draw = LinkButton()
        self.draw.setText(self.tr("Draw the name as well"))
        self.draw.clicked.connect(self._toggle_pad)
        self.pad = SignPad()
        self.pad.hide()
        self.field = FormField(self.tr("Password of {name}").format(name=member.name), self.password)
        names = QVBoxLayout()
        names.setSpacing(Gap.NONE)
        names.addWidget(Text(member.name, size=Size.LABEL))
        names.addWidget(Text(role, size=Size.CAPTION, tint=Tint.DIM))
        names.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(Gap.CARD)
        row.addLayout(names, 2)
        row.addWidget(self.field, 3)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.draw, 0, Qt.AlignmentFlag.AlignVCenter)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addLayout(row)
        box.addWidget(self.pad)

    def _toggle_pad(self) -> None:
        self.pad.setVisible(self.pad.isHidden())
        if self.pad.isHidden():
            self.pad.clear()


class SignCard(Card):
    """The team with its signatures. ``acted`` carries what signing changed."""

    acted = Signal(object)

    def __init__(self, place: Workplace, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        assert visit.plan is not None  # noqa: S101 -- only what was reported is signed
        assert visit.report is not None  # noqa: S101
        self._place, self._visit = place, visit
        self.set_title(self.tr("Signatures"))
        self.rows: dict[str, SignRow] = {}
        digest = content_hash(visit.report, visit.plan)
        given = {mark.person_id: mark for mark in visit.signatures if mark.content_hash == digest}
        roles = (self.tr("Lead visitor"), self.tr("Companion"), self.tr("Third"))
        in_team = place.seat.person.id in {member.person_id for member in visit.plan.team}
        said = self.tr("Both sign exactly this content; a later change makes a new version and wants both again.")
        self.body.addWidget(Text(said, size=Size.CAPTION, tint=Tint.DIM, wrap=True))
        for member, role in zip(visit.plan.team, roles, strict=False):
            mark = given.get(member.person_id)
            if mark is not None:
                self.body.addWidget(self._signed(member, role, mark))
            elif in_team:
                self._add_row(member, role)
            else:
                self.body.addWidget(self._unsigned(member, role))
        own = self.rows.get(place.seat.person.id)
        if own is not None:
            primary(own.button).setAutoDefault(False)

    def first_field(self) -> QWidget | None:
        """One's own password field first, else the other's."""
        own = self.rows.get(self._place.seat.person.id)
        row = own or next(iter(self.rows.values()), None)
        return row.password if row else None

    def sign(self, person_id: str) -> None:
        """Sign as this member; the password is proved beside the window, for it costs a fifth of a second."""
        row = self.rows[person_id]
        password, strokes = row.password.text(), row.pad.strokes()
        row.field.set_error("")
        seat = self._place.seat
        if not password and strokes and person_id == seat.person.id:
            self._drawn(row, strokes)
            return
        if not password:
            row.field.set_error(self.tr("This is needed."))
            row.password.setFocus()
            return
        row.setEnabled(False)
        self._place.tasks.run(
            lambda _: visiting.sign_beside(seat, self._visit.visit_id, person_id, password, strokes=strokes),
            owner=self,
            done=self._done,
            failed=partial(self._failed, row),
        )

    def _drawn(self, row: SignRow, strokes: Strokes) -> None:
        with self._place.attempt(partial(self._failed, row)):
            self._done(visiting.sign(self._place.seat, self._visit.visit_id, how=SignedHow.DRAWN, strokes=strokes))

    def _done(self, changes: Changes) -> None:
        self._place.toast(self.tr("Signed."), Tone.OK)
        self.acted.emit(changes)

    def _failed(self, row: SignRow, trouble: Trouble) -> None:
        row.setEnabled(True)
        row.field.set_error(say(trouble.message))
        row.password.selectAll()
        row.password.setFocus()

    def _add_row(self, member: Visitor, role: str) -> None:
        row = SignRow(member, role)
        row.wanted.connect(partial(self.sign, member.person_id))
        self.rows[member.person_id] = row
        self.body.addWidget(row)

    def _signed(self, member: Visitor, role: str, mark: Signature) -> QWidget:
        text = self.tr("Signed {time}").format(time=when(self._place.seat, mark.at))
        return _line(member, f"{role} · {word(mark.how)}", Pill(text, Tone.OK))

    def _unsigned(self, member: Visitor, role: str) -> QWidget:
        return _line(member, role, Pill(self.tr("Not signed yet"), Tone.WARN))


def _line(member: Visitor, role: str, pill: Pill) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(Margin.THIN)
    row.setSpacing(Gap.CARD)
    row.addWidget(Text(member.name, size=Size.LABEL))
    row.addWidget(ElidedLabel(role, size=Size.CAPTION, tint=Tint.DIM), 1)
    row.addWidget(pill)
    return line
