"""The call as it is seen: queue, middle and help; what the acts ask of the page, drawn over the three columns."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from collector_desk.domain.book.queue import QueueFilter
from collector_desk.domain.message import Message
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Tone
from collector_desk.ui.widgets import Card
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import Words
from collector_desk.ui.work.call.column import CallColumn
from collector_desk.ui.work.call.panels import Panels
from collector_desk.ui.work.help.column import HelpColumn, beside
from collector_desk.ui.work.nothing_here import NothingHere
from collector_desk.ui.work.queue.column import QueueColumn
from collector_desk.ui.work.queue.refresher import Refresher

_QUEUE_WIDTH = 284
_QUEUE_SHARE = 0.25


class CallView(QObject):
    """The ``View`` of the acts. The page lays its columns out and leads the keys to them."""

    panels: Panels
    """What may stand in the log's place; made by the page once the acts are there."""

    def __init__(self, place: Workplace, call: LiveCall, page: QWidget) -> None:
        super().__init__(page)
        self.place, self.call, self._page = place, call, page
        self.queue = QueueColumn(place.seat, place.tasks)
        self.queue.setFixedWidth(_QUEUE_WIDTH)
        self.refresher = Refresher(place, call, self.queue, page)
        self.column = CallColumn()
        self.column.script.set_brief(place.preferences.brief_script(place.seat.person.id))
        self.empty = NothingHere(place)
        card = Card()
        card.body.addWidget(self.empty, 1)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.column)
        self.middle.addWidget(card)
        self.help = HelpColumn()

    @property
    def where(self) -> QueueFilter:
        """The part of the queue that is worked."""
        return self.queue.where

    def show_call(self) -> None:
        """Draw the call anew, every card of it."""
        call = self.call
        there = call.case is not None
        focus = QApplication.focusWidget()
        answering = focus is not None and self.column.script.identity.isAncestorOf(focus)
        if answering:
            self.rest()  # else Qt gives the focus of a field that goes to any neighbour
        self.middle.setCurrentIndex(0 if there else 1)
        self.queue.hide_figures(call.third_party)
        if there:
            self.column.debtor.show_call(call)
            self.column.script.show_call(call)
            self.column.log.show_call(call)
            if call.third_party and not self.column.history.isHidden():
                self.panels.close()  # somebody else may look over the shoulder of who reads aloud
            self.column.history.show_call(call)
            self.show_script()
        else:
            self.say_empty()
        self.help.show_call(call)
        self.help.fold(self._page.width())
        if answering and focus is not None and focus.isVisible():
            focus.setFocus()  # drawn anew from elsewhere: figures still being typed must not choose branches

    def new_case(self) -> None:
        """Another case: nothing of the last one stays in the panels."""
        self.queue.due.opened(self.call.case.file.debtor.id if self.call.case else None)
        self.queue.stop_walking(self.call.case.file.debtor.id if self.call.case else None)
        self.help.answers.reset()
        self.column.script.identity.clear()
        self.column.to_top()
        self.column.log.say(None)
        self.column.log.kept(None)
        self.panels.close()
        self.queue.typed.clear()

    def tell(
        self,
        what: Words,
        todo: Words | None = None,
        *,
        tone: Tone = Tone.WARN,
        action: Words | None = None,
        act: Callable[[], None] | None = None,
    ) -> None:
        """Say something calmly over the call."""
        if self.call.case is None:
            self.place.toast(what(), tone)
            return
        self.column.banner.tell(what, todo, tone=tone, action=action, act=act)

    def hush(self) -> None:
        """Take what was said away."""
        self.column.banner.dismiss()

    def refuse(self, field_name: str | None, message: Message) -> None:
        """Point at a field of the log, or at the script's identity check."""
        check = self.call.check()
        others = check.refusals if check else ()
        faults = [(one.field_name, one.message) for one in others if one.message != message]
        self.column.log.refuse([(field_name, message), *faults])
        self.column.ensureWidgetVisible(self.column.log.save)
        if field_name == "identity" and self.column.script.identity.isVisible():
            self.column.script.identity.begin()

    def ask_told(self) -> None:
        """A life was in danger and nobody is known to have heard of it: that first."""
        self.panels.open_told(self.place)

    def read_again(self) -> None:
        """The case on the screen was read a while ago: read it anew, beside the window."""
        self.refresher.case_soon()

    def share(self, width: int) -> None:
        """The queue's part of a wide page: reasons and products are read whole."""
        self.queue.setFixedWidth(_QUEUE_WIDTH + beside(width, _QUEUE_SHARE))

    def rest(self) -> None:
        """The focus to the view itself, where single keys work."""
        self._page.setFocus()
        self.help.fold(self._page.width())

    def blink(self) -> None:
        """The card the key would have saved is lit for a moment."""
        self.column.log.blink()

    def saved(self, words: Words) -> None:
        """What was saved last, and how to take it back: quietly in the log's corner."""
        self.column.log.saved(words)

    def kept(self, at: datetime | None) -> None:
        """The draft was written down."""
        self.column.log.kept(self.place.seat.local(at) if at else None)

    def show_script(self) -> None:
        """Where no number can be called there is nothing to say, and its digits are those of the ways on."""
        if not self.panels.is_open:
            self.column.script.setVisible(not self.call.no_number)

    def case_read(self) -> None:
        """The gate's answers and the history moved; what is said and typed did not."""
        self.column.debtor.show_call(self.call)
        self.help.timeline.show_call(self.call)
        if self.call.attempt is None:
            self.column.log.show_call(self.call)
            self.show_script()

    def say_empty(self) -> None:
        """Nothing is open: say what is left to do."""
        self.empty.show_state(waiting=self.queue.waiting)
