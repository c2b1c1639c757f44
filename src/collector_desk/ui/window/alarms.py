"""A danger to a life or an incident before everybody: a strip in the title row, a count on the rail, a sound.

The strip stands where the window's name stands otherwise, so that nothing of a call moves for it.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from collector_desk.domain.alarms import Alarm, Alarms
from collector_desk.domain.message import Trouble, msg
from collector_desk.domain.people import Act, may
from collector_desk.domain.text.masking import masked_name
from collector_desk.ui.theme import Size, Tint, Tone, color
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import ElidedLabel, RailButton, draw_ground, draw_mark
from collector_desk.ui.window.context import DeskSession
from collector_desk.ui.window.keys import native
from collector_desk.ui.words import say, word


class AlarmStrip(QFrame):
    """What burns most, and what to do about it; ``opened`` where a lead wants to see it."""

    opened = Signal()
    visibility_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Alarms, bool, ZoneInfo, datetime] | None = None
        self.what = ElidedLabel(size=Size.LABEL, tint=Tint.CARD, bold=True)
        self.todo = ElidedLabel(size=Size.CAPTION, tint=Tint.CARD)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.opened)
        lines = QVBoxLayout()
        lines.setContentsMargins(Margin.NONE)
        lines.setSpacing(Gap.NONE)
        lines.addWidget(self.what)
        lines.addWidget(self.todo)
        row = QHBoxLayout(self)
        row.setContentsMargins(Margin.ALARM)
        row.setSpacing(Gap.CARD)
        row.addLayout(lines, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(Height.STRIP)
        self.hide()

    def tell(self, alarms: Alarms, leads: bool, zone: ZoneInfo, now: datetime) -> None:
        """Show what waits; nothing of it, and the strip is gone."""
        self._shown = (alarms, leads, zone, now)
        if not alarms.waiting:
            self.setVisible(False)
            return
        one = alarms.waiting[0]
        parts = [word(one.kind), masked_name(one.debtor_name), self._filed(one)]
        if len(alarms.waiting) > 1:
            parts.append(self.tr("{count} more").format(count=len(alarms.waiting) - 1))
        self.what.setText(" · ".join(part for part in parts if part))
        self.todo.setText(self._todo(alarms, leads))
        self.button.setText(self.tr("Open ({key})").format(key=native("alarm")))
        self.button.setVisible(leads)
        self.setAccessibleName(f"{self.what.text()}. {self.todo.text()}")
        self.setVisible(True)

    def text(self) -> str:
        """All it says; empty where it is not there."""
        return "" if self.isHidden() else f"{self.what.text()}\n{self.todo.text()}"

    def setVisible(self, visible: bool) -> None:
        """Come or go, and tell the title row, which makes room."""
        changed = visible == self.isHidden()
        super().setVisible(visible)
        if changed:
            self.visibility_changed.emit(visible)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._shown is not None:
            self.tell(*self._shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the full red ground and its mark."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_ground(painter, box, color(Tint.DANGER_STRONG), radius=8)
        disc = QRectF(box.left() + 9, box.center().y() - 12, 24, 24)
        draw_ground(painter, disc, color(Tint.CARD), radius=12)
        draw_mark(painter, disc.adjusted(4, 4, -4, -4), Tone.DANGER)
        painter.end()

    def _filed(self, one: Alarm) -> str:
        assert self._shown is not None  # noqa: S101 -- only asked while it is being told
        _, _, zone, now = self._shown
        return say(msg("permits.alarms.filed", by=one.by_name, at=one.at), zone=zone, now=now)

    def _todo(self, alarms: Alarms, leads: bool) -> str:
        assert self._shown is not None  # noqa: S101 -- only asked while it is being told
        _, _, zone, now = self._shown
        one = alarms.waiting[0]
        if one.told:
            last = one.told[-1]
            return say(
                msg("permits.alarms.told", by=last.by_name, at=last.at, words=last.words), zone=zone, now=now
            )
        if leads:
            return self.tr("No lead has opened it yet. Ring whoever filed it.")
        if alarms.lead_there:
            return say(msg("permits.alarms.lead_sees"))
        return say(msg("permits.alarms.ring", who=alarms.contacts))


class AlarmWatch(QObject):
    """Asks the session what waits, and has it shown, counted and heard."""

    def __init__(self, strip: AlarmStrip, parent: QObject) -> None:
        super().__init__(parent)
        self.strip = strip
        self.state = Alarms()
        self._session: DeskSession | None = None
        self._rail: Callable[[], RailButton | None] = lambda: None
        self._busy: Callable[[], bool] = lambda: False
        self._now: Callable[[], datetime] | None = None
        self._rung: set[str] = set()

    def begin(
        self,
        session: DeskSession,
        rail: Callable[[], RailButton | None],
        *,
        busy: Callable[[], bool],
        now: Callable[[], datetime],
    ) -> None:
        """Watch for whoever is signed in; ``rail``: the button that counts, ``busy``: a call is open here."""
        self._session, self._rail, self._busy, self._now = session, rail, busy, now
        self._rung.clear()

    def end(self) -> None:
        """They left."""
        self._session = None
        self.state = Alarms()
        self.strip.setVisible(False)

    def look(self) -> None:
        """Read anew what waits. What is wrong with the store is told by the page that reads it."""
        session = self._session
        if session is None or self._now is None:
            return
        try:
            self.state = session.alarms()
        except Trouble:
            return
        self.strip.tell(self.state, self._leads, ZoneInfo(session.zone), self._now())
        rail = self._rail()
        if rail is not None:
            rail.set_badge(self.state.unsettled, urgent=bool(self.state.waiting))
        self._ring()

    def poll(self) -> None:
        """Every other second: who sits at a window changes without the store, and a call may have ended."""
        if self.state.waiting:
            self.look()

    @property
    def _leads(self) -> bool:
        return self._session is not None and may(self._session.person.roles, Act.ANSWER_ALARM)

    def _ring(self) -> None:
        """Once for each, at a lead's window; never into an open call, where it sounds afterwards."""
        new = {one.task_id for one in self.state.waiting} - self._rung
        if new and self._leads and not self._busy():
            self._rung |= new
            QApplication.beep()  # silent where the machine has no sound
