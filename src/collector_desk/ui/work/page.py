"""The work view: queue, call, help and history in one sight, driven by keys."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import msg
from collector_desk.domain.text.masking import masked_name
from collector_desk.services.book import queueing
from collector_desk.services.calls import calling
from collector_desk.services.calls.live.call import LiveCall, warm_up
from collector_desk.services.packs import short_forms, wording
from collector_desk.ui.theme import Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.window.keys import bind, typing
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, say
from collector_desk.ui.work.call.acts import WorkActs
from collector_desk.ui.work.call.bindings import bind_call_keys, connect_cards
from collector_desk.ui.work.call.call_view import CallView
from collector_desk.ui.work.call.incident_over import IncidentOver
from collector_desk.ui.work.call.panels import Panels
from collector_desk.ui.work.call.watch import CallWatch


class WorkPage(Page):
    """Created by ``app`` for those who work cases."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._seat = place.seat
        self.call = LiveCall(place.seat, language())
        self.view = CallView(place, self.call, self)
        self.acts = WorkActs(place, self.call, self.view, self)
        self.watch = CallWatch(self.acts, self.view, self)
        self._left_open = False
        self.incident = IncidentOver(place, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._connect()
        self._bind_keys()
        lang = language()
        place.tasks.run(lambda _job: warm_up(place.seat, lang))
        self.retranslate()
        seat = place.seat  # what the night moved, thousands of cases perhaps, in a worker
        place.tasks.run(
            lambda job: queueing.catch_up(seat, lambda: job.cancelled), owner=self, done=self._caught_up
        )

    # --- making it -----------------------------------------------------------------------------------

    def _build(self) -> None:
        view = self.view
        self.queue, self.column, self.help, self.empty = view.queue, view.column, view.help, view.empty
        self.debtor, self.script, self.log = self.column.debtor, self.column.script, self.column.log
        self.visit, self.banner = self.column.visit, self.column.banner
        self.answers, self.timeline = self.help.answers, self.help.timeline
        self.panels = view.panels = Panels(self.acts, self.column, self)
        self.help.incident_wanted.connect(self.open_incident)
        row = QHBoxLayout(self)
        row.setContentsMargins(Margin.CALL)
        row.setSpacing(Gap.COLUMN)
        row.addWidget(self.queue)
        row.addWidget(self.view.middle, 1)
        row.addWidget(self.help)

    def _connect(self) -> None:
        acts = self.acts
        connect_cards(acts, self.column, self.panels)
        self.queue.chosen.connect(acts.turns.open)
        self.queue.looked_up.connect(partial(acts.turns.open, aside=True))
        self.queue.left.connect(self.view.rest)
        self.queue.counted.connect(self._counted)
        self.empty.acted.connect(self._enter)
        self.script.identity.left.connect(self.view.rest)
        self.log.changed.connect(self._log_changed)
        self.log.save_wanted.connect(self._save)
        self.answers.used.connect(acts.use_card)
        self.answers.left.connect(self.view.rest)
        self.panels.left.connect(self.view.rest)
        acts.moved.connect(self._after_move)
        self.watch.ticked.connect(self.debtor.tick)
        self.view.refresher.case_read.connect(self._case_read)
        self.view.refresher.queue_read.connect(self._alert_due)
        self.queue.due.wanted.connect(acts.turns.open)
        self.queue.due.looked.connect(self._alert_due)

    def _bind_keys(self) -> None:
        bind_call_keys(self, self.acts, self.column, self.panels)
        bind(self, "open", self._enter)
        bind(self, "open_due", self.queue.due.open)
        for key, step in (("step_up", -1), ("step_down", 1)):  # only where no field and no list wants them
            action = bind(self, key, partial(self.queue.walk, step), context=Qt.ShortcutContext.WidgetShortcut)
            action.setAutoRepeat(True)
        bind(self, "find", self.queue.start_finding)
        bind(self, "leave", self._leave)
        bind(self, "save_next", self._save)
        bind(self, "answers", self.help.start)
        bind(self, "incident", self.open_incident)
        bind(self, "guidance", self._toggle_guidance)
        bind(self, "preset_full", self._full_or_classes)

    # --- keys ----------------------------------------------------------------------------------------

    def _enter(self) -> None:
        """Enter: the call left open, else the case chosen in the list, else the next one."""
        if not self.panels.history.isHidden():
            self.panels.close()  # Enter ends the reading, nothing else
            return
        if self._left_open:
            self._left_open = False
            self.acts.resume()
            self.watch.tell_interrupted()
            return
        if self.watch.ended_then():
            return
        chosen = self.queue.walked
        current = self.call.case.file.debtor.id if self.call.case else None
        if chosen and chosen != current:
            self.acts.turns.open(chosen)
        else:
            self.acts.turns.open_next()

    def _leave(self) -> None:
        """Esc: out of the field, the panel or the question; nothing typed is lost."""
        self.acts.forget_question()
        if self.queue.walked:
            self.queue.stop_walking(self.call.case.file.debtor.id if self.call.case else None)
        self.panels.close()
        self.help.answers.fold()
        if self.banner.isVisible() and not self._left_open:
            self.banner.dismiss()
        self.view.rest()

    def _save(self) -> None:
        if self.panels.is_open:
            self.panels.send()
        else:
            self.acts.save_next()

    def _full_or_classes(self) -> None:
        """F: the full amount of a promise; without a call, the classes of the queue."""
        if self.call.attempt is None:
            self.queue.open_classes()
        else:
            self.log.fields.preset("preset_full")

    def open_incident(self) -> None:
        """The first of the two keys of an incident on the telephone."""
        if self.call.case is not None:
            self.incident.open(self.call.case.file.debtor.id)

    def _toggle_guidance(self) -> None:
        likes, who = self._place.preferences, self._seat.person.id
        likes.set_brief_script(who, not likes.brief_script(who))
        self.script.set_brief(likes.brief_script(who))

    def _after_move(self) -> None:
        """At the identity check one types what is said; everywhere else single keys go on."""
        self.column.to_top()
        checking = self.script.identity.isVisible()
        if checking:
            self.script.identity.begin()
            return
        if not typing():
            self.view.rest()

    def _log_changed(self) -> None:
        self.acts.touched()
        walk = self.call.walk
        if walk is not None and walk.current.phase.value in ("agree", "confirm", "close"):
            self.script.show_call(self.call)  # what is being agreed stands in the words
        if not self.log.note.hasFocus():
            self.log.judge(self.call.check())

    # --- the window's side ---------------------------------------------------------------------------

    def on_shown(self) -> None:
        """Bring the queue up to date; after a crash, offer the call that is still open."""
        self.watch.start()
        with self._place.attempt():
            self.queue.read_settings()
            self.queue.reload(self.call.case.file.debtor.id if self.call.case else None)
            self._alert_due()  # what is due already is known; what comes due from now on is told
            self._look_for_open_call()
        self.view.show_call()
        self.view.rest()

    def _caught_up(self, moved: int) -> None:
        if moved:
            self.on_changes(Changes(settings=True))

    def _look_for_open_call(self) -> None:
        attempt = calling.open_attempt(self._seat) if self.call.attempt is None else None
        self._left_open = attempt is not None
        if attempt is None:
            return
        self.call.open(attempt.debtor_id)
        name = masked_name(self.call.case.file.debtor.name) if self.call.case else ""
        question = msg("calls.left_open", at=attempt.begun_at, name=name)
        self.view.middle.setCurrentIndex(0)
        self.banner.tell(
            partial(say, question, zone=self.call.zone, now=self._seat.now()),
            tone=Tone.INFO,
            action=lambda: self.tr("Continue (Enter)"),
            act=self._enter,
        )

    def on_changes(self, changes: Changes) -> None:
        """Read anew what was touched: the queue, and the case on the screen."""
        if not (changes.debtors or changes.everything or changes.settings):
            return
        self.acts.turns.ahead.heard(changes)
        if changes.everything:
            self.incident.refresh()
        if changes.settings or changes.everything:
            self._read_words()
        case = self.call.case
        concerned = case is not None and (changes.everything or case.file.debtor.id in changes.debtors)
        if self.acts.telling.own_act:  # its result is on the screen: what else it moved is read beside the window
            self.view.refresher.queue_soon()
            if concerned and not self.acts.telling.case_is_fresh:
                self.view.refresher.case_soon()
            return
        with self._place.attempt():
            self.view.refresher.stop()
            self.queue.reload(case.file.debtor.id if case else None)
            if concerned and not self.acts.telling.case_is_fresh:
                self.call.refresh()
                self.view.show_call()
                self.watch.tell_arrived()
        self._alert_due()

    def _read_words(self) -> None:
        """The note goes by the lexicon and the short forms in use now."""
        self.log.note.set_forms(short_forms.usable(self._seat, language()))
        self.log.note.set_check(wording.check_in_use(self._seat).check)

    def _case_read(self) -> None:
        self.view.case_read()
        self.watch.tell_arrived()

    def _alert_due(self) -> None:
        """A call-back or a promise has come to its minute, or is near where that is wished: say so once."""
        for row in self.queue.newly_due()[:1]:
            self.queue.due.tell(row)
            return
        if self._place.preferences.told_ahead(self._seat.person.id):
            with self._place.attempt():
                self.queue.due.look_ahead()

    def may_leave(self) -> bool:
        """An open attempt asks for its outcome first; half typed text is kept either way."""
        if self.call.attempt is None:
            return True
        self.acts.keep_draft()
        self.acts.turns.ask_outcome()
        return False

    def save_draft(self) -> None:
        """What is typed of an open call is written down at once."""
        if self.call.attempt is not None:
            self.acts.keep_draft()
        self.incident.save_draft()

    def blocks_lock(self) -> bool:
        """The idle lock waits for an open attempt."""
        return self.call.attempt is not None

    def _counted(self) -> None:
        """Whether there is anything left to work is known now, or is known anew."""
        if self.call.case is None:
            self.view.say_empty()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the help column folds away before anything is squeezed; wide, it shows more."""
        super().resizeEvent(event)
        self.help.fold(self.width())
        self.view.share(self.width())

    def retranslate(self) -> None:
        """Set every text anew; the script goes on in the other language at the same step."""
        self.call.speak(language())
        self._read_words()
        panels = (self.visit, self.column.gate, self.column.told, self.column.no_number, self.column.history)
        for part in (self.queue, self.log, *panels, self.help):
            part.retranslate()
        self.view.show_call()
