"""What a page gets to work with: the seat, the window's worker, its clipboard, and where changes are told."""

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Trouble
from collector_desk.services.desk.seat import Seat
from collector_desk.ui.theme import Tone
from collector_desk.ui.window.clipboard import PrivateClipboard
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.window.tasks import Tasks


class Attempt:
    """One act that is tried, with what follows from it: ``with place.attempt(): ...``.

    A Trouble ends the block where it is raised and is told: first to ``shown``, which may know the field it belongs
    to, and over the pages where that answers False. What stands below the block is done either way, so a function
    that says whether it worked returns True inside and False below.
    """

    __slots__ = ("_shown", "_told")

    def __init__(self, told: Callable[[Trouble], None], shown: Callable[[Trouble], object] | None) -> None:
        self._told, self._shown = told, shown

    def __enter__(self) -> None:
        """Nothing to make ready."""

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Trouble):
            return False
        if self._shown is None or self._shown(error) is False:
            self._told(error)
        return True


class ShowPage(Protocol):
    """Brings a page to the front by its id, and in it the part ``place`` (``Page.go_to``)."""

    def __call__(self, page_id: str, place: str = "") -> object:
        """None where this person has no such page."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """The seat of who is signed in, and the window's means. ``changed`` tells every open page, once an act."""

    seat: Seat
    tasks: Tasks
    clipboard: PrivateClipboard
    changed: Callable[[Changes], None]
    troubled: Callable[[Trouble | Message], None]
    toast: Callable[[str, Tone], None]
    show_page: ShowPage
    preferences: Preferences

    def attempt(self, shown: Callable[[Trouble], object] | None = None) -> Attempt:
        """Try an act. Its trouble is told over the pages, unless ``shown`` knew where (False: nowhere)."""
        return Attempt(self.troubled, shown)
