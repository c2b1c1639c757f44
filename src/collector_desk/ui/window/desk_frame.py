"""Title row, rail and pages of whoever is signed in."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from collector_desk.domain.message import Message, Trouble
from collector_desk.domain.vocabulary import Role, Verdict
from collector_desk.ui.forms.ui_main_frame import Ui_MainFrame
from collector_desk.ui.theme import Size, Tint, Tone, font
from collector_desk.ui.theme.gaps import Height, Margin, Width
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.widgets import Pill, RailButton, Toast, Watermark
from collector_desk.ui.window.alarms import AlarmStrip, AlarmWatch
from collector_desk.ui.window.context import SETTINGS, DeskSession, Light, PageSpec
from collector_desk.ui.window.keys import bind, native
from collector_desk.ui.window.page import Page
from collector_desk.ui.words import say, word

if TYPE_CHECKING:
    from collector_desk.ui.window.main_window import MainWindow

_TONES = {Verdict.ALLOW: Tone.OK, Verdict.WARN: Tone.WARN, Verdict.ASK: Tone.INFO, Verdict.BLOCK: Tone.DANGER}
# What somebody with several roles is called in the title row.
_RANK = (Role.MANAGER, Role.LEGAL, Role.LEAD, Role.SENIOR_AGENT, Role.AGENT, Role.VISITOR)


class DeskFrame(Page):
    """Pages are made when they are first opened, and gone when the person leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: DeskSession | None = None
        self._window: MainWindow | None = None
        self._specs: list[PageSpec] = []
        self._pages: dict[str, QWidget] = {}
        self.buttons: dict[str, RailButton] = {}
        self.acts: dict[str, RailButton] = {}
        self._message: Message | None = None
        self._minute = ""
        self.form = Ui_MainFrame()
        self.form.setupUi(self)
        form = self.form
        form.program_name.set_tint(Tint.ACCENT)
        form.store_name.setFont(font(Size.LABEL))
        form.day_text.setFont(font(Size.BODY))
        form.bar.setFixedHeight(Height.BAR)
        form.rail.setFixedWidth(Width.RAIL)
        form.rail.set_edge(Qt.Edge.RightEdge)
        form.banner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        form.banner.visibility_changed.connect(self._fit_banner)
        self._fit_banner(False)
        form.banner.closed.connect(self._forget_message)
        for pill in (form.gate_pill, form.share_pill, form.demo_pill):
            pill.hide()
        self.alarms = AlarmWatch(AlarmStrip(form.bar), self)
        form.layout_2.insertWidget(0, self.alarms.strip, 1)
        self.alarms.strip.visibility_changed.connect(self._make_room)
        self.alarms.strip.opened.connect(self.open_alarm)
        self.watermark = Watermark(form.pages)
        self.toast = Toast(self)
        for place in range(1, 8):
            # of the window: they work where nothing has the focus, too
            whole = Qt.ShortcutContext.WindowShortcut
            bind(self, f"page_{place}", partial(self._show_place, place), context=whole)
        bind(self, "alarm", self.open_alarm, context=Qt.ShortcutContext.WindowShortcut)
        self.retranslate()

    # --- coming and going ----------------------------------------------------------------------------

    def open(self, session: DeskSession, window: "MainWindow") -> None:
        """Make the desk of a session ready, its first page in front: shown by ``on_shown``, as after a lock."""
        self._session, self._window = session, window
        self._specs = list(session.pages())
        for place, spec in enumerate(self._specs):
            if spec.id == SETTINGS:  # at the foot of the rail, below what opens no page
                self.form.rail_layout.addStretch(1)
                self._add_act("help", "ri.keyboard-box-line", window.overlay.toggle)
                self._add_act("lock", "ri.lock-2-line", window.lock)
            self._add_page(spec, -1 if spec.id == SETTINGS else place)
        self.form.banner.hide()
        self.alarms.begin(
            session, lambda: self.buttons.get("review"), busy=window.must_wait, now=window.context.now
        )
        self._set_texts()
        self.tick(window.context.now())
        self._bring(self._specs[0].id)

    def follow_roles(self) -> None:
        """Put the pages on the rail that further roles reach; those that are open stay as they are."""
        if self._session is None:
            return
        for place, spec in enumerate(self._session.pages()):
            if spec.id not in self.buttons:
                self._specs.insert(place, spec)
                self._add_page(spec, place)
        self.retranslate()

    def _add_page(self, spec: PageSpec, place: int) -> None:
        button = RailButton()
        button.setIcon(icon(spec.icon))
        button.clicked.connect(partial(self._rail_clicked, spec.id))
        self.form.rail_layout.insertWidget(place, button)
        self.buttons[spec.id] = button

    def shut(self) -> None:
        """Take all pages down: nothing of one person's work is left for the next."""
        self.alarms.end()
        for page in self._pages.values():
            self.form.pages.removeWidget(page)
            page.deleteLater()
        for button in (*self.buttons.values(), *self.acts.values()):
            button.deleteLater()
        while self.form.rail_layout.count():
            self.form.rail_layout.takeAt(0)
        self._pages.clear()
        self.buttons.clear()
        self.acts.clear()
        self._specs.clear()
        self._session = None
        self._minute = ""
        self.watermark.set_text("")
        self.form.banner.hide()

    # --- pages ---------------------------------------------------------------------------------------

    def open_pages(self) -> list[Page]:
        """The pages made so far."""
        return [page for page in self._pages.values() if isinstance(page, Page)]

    def page(self, page_id: str) -> QWidget | None:
        """An open page by its id."""
        return self._pages.get(page_id)

    def show_page(self, page_id: str, place: str = "") -> QWidget | None:
        """Bring a page to the front, made now if it is the first time, and of it the part ``place``."""
        page = self._bring(page_id)
        if isinstance(page, Page):
            page.on_shown()
            if place:
                page.go_to(place)
        return page

    def _bring(self, page_id: str) -> QWidget | None:
        spec = next((spec for spec in self._specs if spec.id == page_id), None)
        if spec is None:
            return None
        if page_id not in self._pages:
            assert self._window is not None  # noqa: S101 -- there are no pages before it is
            page = spec.factory(self._window)
            self._pages[page_id] = page
            page.setAccessibleName(spec.title())
            self.form.pages.addWidget(page)
        page = self._pages[page_id]
        self.form.pages.setCurrentWidget(page)
        self.buttons[page_id].setChecked(True)
        self.watermark.raise_()
        return page

    def bring_forward(self, page: QWidget) -> None:
        """Bring an open page to the front."""
        for page_id, known in self._pages.items():
            if known is page:
                self.show_page(page_id)
                return

    def on_shown(self) -> None:
        """The page in front takes the focus."""
        page = self.form.pages.currentWidget()
        if isinstance(page, Page):
            page.on_shown()

    def open_alarm(self) -> None:
        """What the strip tells: the matter itself, where this person has it among theirs."""
        if waiting := self.alarms.state.waiting:
            self.show_page("review", waiting[0].task_id)

    def _make_room(self, there: bool) -> None:
        """The strip stands where the window is named; the lights and the clock stay."""
        for part in (self.form.logo, self.form.program_name, self.form.store_name):
            part.setVisible(not there)

    def _show_place(self, place: int) -> None:
        if place <= len(self._specs):
            self.show_page(self._specs[place - 1].id)

    def _add_act(self, act_id: str, icon_name: str, act: Callable[[], None]) -> None:
        """A button of the rail that opens no page: every key has its visible button."""
        button = RailButton()
        button.setCheckable(False)
        button.setAutoExclusive(False)
        button.setIcon(icon(icon_name))
        button.setToolTip(native(act_id))
        button.clicked.connect(act)
        self.form.rail_layout.addWidget(button)
        self.acts[act_id] = button

    def _rail_clicked(self, page_id: str, _checked: bool = False) -> None:
        self.show_page(page_id)

    # --- title row -----------------------------------------------------------------------------------

    def tick(self, now: datetime) -> None:
        """Once a second: the clock, and with a new minute the lights and the watermark."""
        session = self._session
        if session is None:
            return
        wrong = self._message
        last = wrong.params.get("last") if wrong and wrong.code == "store.clock_backwards" else None
        if isinstance(last, datetime) and now >= last:
            self.form.banner.dismiss()  # the clock is right again: what was said of it no longer holds
        local = now.astimezone(ZoneInfo(session.zone))
        minute = f"{local:%H:%M}"
        if minute == self._minute:
            return
        self._minute = minute
        self.form.clock_text.setText(minute)
        self.watermark.set_text(f"{session.person.name} · {local:%Y-%m-%d %H:%M}")
        self.show_status()

    def show_status(self) -> None:
        """Ask for the lights and the person's day, and show them."""
        session = self._session
        if session is None:
            return
        try:
            status = session.status()
        except Trouble as trouble:
            self.show_message(trouble.message)
            return
        self._drop_doubt(status.gate)
        self._show_light(self.form.gate_pill, status.gate)
        self._show_light(self.form.share_pill, status.share)
        self.form.day_text.setText(say(status.day) if status.day else "")
        person = session.person
        role = next((word(role) for role in _RANK if role in person.roles), "")
        self.form.store_name.setText(" · ".join(part for part in (status.store_name, person.name, role) if part))
        self.form.demo_pill.setVisible(status.is_demo)

    def _drop_doubt(self, gate: Light | None) -> None:
        """Once a lead has answered for the store, what the banner said of it no longer holds."""
        tells_of_doubt = self._message is not None and self._message.code.startswith("conduct.store_")
        if tells_of_doubt and (gate is None or gate.message.code != "office.titles.store_doubt"):
            self.form.banner.dismiss()

    def show_message(self, message: Message) -> None:
        """Say what is wrong, over the pages."""
        self._message = message
        zone = ZoneInfo(self._session.zone) if self._session else None
        self.form.banner.tell(partial(say, message, zone=zone))  # by the clock of the title row

    def _show_light(self, pill: Pill, light: Light | None) -> None:
        pill.setVisible(light is not None)
        if light is not None:
            pill.set(say(light.message), _TONES[light.verdict] if light.verdict else Tone.NEUTRAL)

    def _fit_banner(self, there: bool) -> None:
        self.form.banner_layout.setContentsMargins(Margin.BANNER_OVER_PAGES if there else Margin.NONE)

    def _forget_message(self) -> None:
        self._message = None

    def retranslate(self) -> None:
        """Set every text anew."""
        self._set_texts()
        self.show_status()

    def _set_texts(self) -> None:
        clock = self.form.clock_text.text()
        self.form.retranslateUi(self)
        self.form.clock_text.setText(clock)
        self.form.demo_pill.set(self.tr("Demo, invented people"), Tone.INFO)
        for act_id, text in (("help", self.tr("Keys")), ("lock", self.tr("Lock"))):
            if act_id in self.acts:
                self.acts[act_id].setText(text)
                self.acts[act_id].setAccessibleName(text)
        for spec in self._specs:
            self.buttons[spec.id].setText(spec.title())
            self.buttons[spec.id].setAccessibleName(spec.title())
            if spec.id in self._pages:
                self._pages[spec.id].setAccessibleName(spec.title())
