"""A form that two people fill in at two windows: when it is written down, what came in, what waits for a choice."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from collector_desk.ui.visits.shared_fields import BesideChoice, BesidePanel, Other, SharedFields
from collector_desk.ui.window.workplace import Workplace

_DRAFT_MS = 600


class SharedForm(Protocol):
    """What the form itself knows: where its fields stand and what it says."""

    def beside(self, other: Other) -> BesidePanel:
        """Make the panel of another's text and put it beside its field."""
        ...

    def join_of(self, name: str) -> Callable[[Any, Any], Any]:
        """How two texts of a field become one."""
        ...

    def came_in(self, *, news: bool) -> None:
        """The draft was looked at; ``news``: others changed a field before these eyes."""
        ...

    def was_chosen(self, name: str) -> None:
        """One of two texts of a field was chosen."""
        ...


class SharedTyping(QObject):
    """Writes down within a second what is typed, and takes in what others type meanwhile."""

    def __init__(self, place: Workplace, fields: SharedFields, form: SharedForm, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._form = place, form
        self.fields = fields
        self.touched = False  # something was typed here and isn't kept as a report yet
        self.news: dict[str, str] = {}  # what others changed before these eyes, by whom
        self.besides: list[BesidePanel] = []
        self.timer = QTimer(self, interval=_DRAFT_MS, singleShot=True)
        self.timer.timeout.connect(self.save)

    def edited(self) -> None:
        """A key changed a field: what came in before was seen."""
        self.touched = True
        self.news.clear()
        if not self.timer.isActive():  # not begun anew at every key: what is typed is safe within a second
            self.timer.start()

    def save(self) -> None:
        """Write down what is typed, now."""
        self.timer.stop()
        if self.touched:
            self.exchange()

    def refresh(self) -> None:
        """Another window may have typed at the same form: show it; what is typed here stays."""
        if not self.timer.isActive():
            self.exchange()

    def exchange(self, *, always: bool = False) -> bool:
        """Send what was typed here and take in what others did; False where the store could not be reached."""
        with self._place.attempt():
            send = self.touched and (always or self.fields.changed)
            found = self.fields.exchange() if send else self.fields.look()
            self.news |= found
            self.show_besides()
            self._form.came_in(news=bool(found))
            return True
        return False

    def show_besides(self) -> None:
        """The texts that lie beside fields, as they are now."""
        others = self.fields.others
        if [panel.other for panel in self.besides] == list(others):
            return
        for panel in self.besides:
            panel.hide()
            panel.deleteLater()
        self.besides = [self._form.beside(other) for other in others]
        for panel in self.besides:
            panel.chosen.connect(partial(self._choose, panel.other))

    def _choose(self, other: Other, choice: BesideChoice) -> None:
        self.touched = True
        with self._place.attempt():
            self.fields.choose(other, choice, self._form.join_of(other.name))
            self.show_besides()
            self._form.was_chosen(other.name)
