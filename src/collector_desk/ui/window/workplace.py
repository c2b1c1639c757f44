"""What a page gets to work with: the seat, the window's worker, its clipboard, and where changes are told."""

from collections.abc import Callable
from dataclasses import dataclass

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Trouble
from collector_desk.services.desk.seat import Seat
from collector_desk.ui.theme import Tone
from collector_desk.ui.window.clipboard import PrivateClipboard
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.window.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Workplace:
    """The seat of who is signed in, and the window's means. ``changed`` tells every open page, once an act."""

    seat: Seat
    tasks: Tasks
    clipboard: PrivateClipboard
    changed: Callable[[Changes], None]
    troubled: Callable[[Trouble | Message], None]
    toast: Callable[[str, Tone], None]
    show_page: Callable[[str], object]
    preferences: Preferences
