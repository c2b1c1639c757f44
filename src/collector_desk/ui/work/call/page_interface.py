"""What the acts of a call ask of the page that shows it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol

from collector_desk.domain.book.queue import QueueFilter
from collector_desk.domain.message import Message, Refused, Trouble
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Tone
from collector_desk.ui.words import Words, say


class View(Protocol):
    """What the acts ask of the page."""

    def show_call(self) -> None:
        """Draw the call anew."""
        ...

    def new_case(self) -> None:
        """Another case is on the screen: empty what belonged to the last one."""
        ...

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
        ...

    def hush(self) -> None:
        """Take what was said away."""
        ...

    def refuse(self, field_name: str | None, message: Message) -> None:
        """Point at a field of the log."""
        ...

    def ask_told(self) -> None:
        """Before the next number: whom did they tell of the danger, and when?"""
        ...

    def read_again(self) -> None:
        """The case on the screen was read a while ago: read it anew, beside the window."""
        ...

    def rest(self) -> None:
        """The focus to where single keys work."""
        ...

    def blink(self) -> None:
        """The key was heard, and there is nothing for it to do."""
        ...

    def saved(self, words: Words) -> None:
        """What was saved last, and how to take it back."""
        ...

    def kept(self, at: datetime | None) -> None:
        """The draft was written down."""
        ...

    @property
    def where(self) -> QueueFilter:
        """The part of the queue that is worked."""
        ...


def told_calmly(view: View, call: LiveCall) -> Callable[[Trouble], bool]:
    """How to tell why something can't be done: over the call; what is wrong with the store, over the pages."""

    def refused(trouble: Trouble) -> bool:
        if isinstance(trouble, Refused):
            view.tell(partial(say, trouble.message, zone=call.zone, now=call.seat.now()))
        return isinstance(trouble, Refused)

    return refused
