"""The fields of one window, and the draft that they share with other windows."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from collector_desk.domain.text.merging import Draft, both
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap
from collector_desk.ui.widgets import SoftPanel, Text


class BesideChoice(StrEnum):
    """What stands where two wrote into one field."""

    BOTH = "both"
    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Other:
    """What lies beside a field of this window: ``value``, written by ``by_name``."""

    name: str
    by_name: str
    window: str  # whose text it is that has not been taken in yet
    value: Any = field(repr=False)
    spare: bool = True  # one's own words keep or go by one's own choice; another's are never left out here


class DraftKeeper(Protocol):
    """Keeps what stands in the fields and gives back the draft as it is now."""

    def __call__(
        self,
        typed: Mapping[str, Any],
        *,
        base: Mapping[str, Any],
        window: str,
        chosen: Collection[tuple[str, str]],
    ) -> Draft:
        """Send the fields; ``chosen`` lies beside no longer."""
        ...


class SharedFields:
    """Sends what this window changed, takes in what others did, and knows where two texts wait for a choice."""

    def __init__(
        self,
        person_id: str,
        *,
        typed: Callable[[], dict[str, Any]],
        put: Callable[[str, Any], None],
        keep: DraftKeeper,
        load: Callable[[], Draft | None],
    ) -> None:
        self._person_id = person_id
        self._typed, self._put, self._keep, self._load = typed, put, keep, load
        self._window = uuid4().hex  # tells this window from another at the same draft
        self._base: dict[str, Any] = {}
        self._sent: dict[str, Any] = {}  # what lies beside as this window's own, by field
        self._chosen: set[tuple[str, str]] = set()
        self.others: tuple[Other, ...] = ()

    def begin(self) -> None:
        """What stands in the fields now is what the draft is known to be."""
        self._base = self._typed()
        self._sent.clear()
        self._chosen.clear()

    def take(self, draft: Draft) -> None:
        """Show a draft that is gone on with."""
        self.begin()
        self._meet(draft)

    @property
    def changed(self) -> bool:
        """Whether something was typed that the store does not know yet."""
        if self._chosen:
            return True
        return any(text not in (self._base.get(name), self._sent.get(name)) for name, text in self._typed().items())

    def exchange(self) -> dict[str, str]:
        """Send and take in; returns the fields that others changed, and who did."""
        before = self._load() if self._sent else None
        if before is not None:
            self._decided_elsewhere(before)
        draft = self._keep(self._typed(), base=self._base, window=self._window, chosen=frozenset(self._chosen))
        self._chosen.clear()
        return self._meet(draft)

    def look(self) -> dict[str, str]:
        """Take in only: nothing was typed here."""
        draft = self._load()
        if draft is None:
            self.others = ()
            return {}
        self._decided_elsewhere(draft)
        return self._meet(draft)

    def choose(self, other: Other, choice: BesideChoice, join: Callable[[Any, Any], Any] = both) -> dict[str, str]:
        """Decide what stands in a field; what is given up here was read by whoever gives it up."""
        mine = self._typed()[other.name]
        own = other.window == self._window
        first, second = (other.value, mine) if own else (mine, other.value)
        if choice is BesideChoice.BOTH:
            self._put(other.name, join(first, second))
        elif choice is BesideChoice.THEIRS:
            self._put(other.name, other.value)
        if own:
            self._base[other.name] = other.value
            self._sent.pop(other.name, None)
        self._chosen.add((other.name, other.window))
        return self.exchange()

    def _decided_elsewhere(self, draft: Draft) -> None:
        """The other window chose: what was sent from here is part of the draft, or was given up by its reader."""
        still = {one.name for one in draft.beside if one.window == self._window}
        typed = self._typed()
        for name, sent in list(self._sent.items()):
            if name not in still:
                del self._sent[name]
                if typed[name] == sent:
                    self._base[name] = sent  # not typed on since: the choice stands

    def _meet(self, draft: Draft) -> dict[str, str]:
        mine = self._typed()
        own = {one.name: one.value for one in draft.beside if one.window == self._window}
        taken = []
        for name, text in mine.items():
            value = draft.content.get(name, type(text)())
            if name in own or (text != self._base.get(name) and value == self._base.get(name)):
                continue  # mine stays on the screen
            taken.append(name)
            if value != text:
                self._put(name, value)
        now = self._typed()
        self._base |= {name: now[name] for name in taken}
        self._sent = {name: value for name, value in own.items() if name in mine}
        self.others = tuple(self._beside(draft, mine))
        return {
            name: draft.names.get(draft.authors.get(name, ""), draft.by)
            for name in taken
            if now[name] != mine[name]
        }

    def _beside(self, draft: Draft, mine: Mapping[str, Any]) -> list[Other]:
        found = []
        for one in draft.beside:
            if one.name not in mine:
                continue
            if one.window == self._window:
                author = draft.authors.get(one.name, "")
                found.append(
                    Other(one.name, draft.names.get(author, draft.by), one.window, draft.content[one.name])
                )
            else:
                by_name = draft.names.get(one.person_id, draft.by)
                found.append(Other(one.name, by_name, one.window, one.value, one.person_id == self._person_id))
        return found


class BesidePanel(SoftPanel):
    """The other's text beside one's own, and what to make of the two."""

    chosen = Signal(object)

    def __init__(self, label: str, other: Other, shown: str, *, texts: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, tone=Tone.WARN)
        self.other = other
        translate = QCoreApplication.translate
        said = translate("BesidePanel", "{name} wrote at the same time: {label}").format(
            name=other.by_name, label=label
        )
        self.body.addWidget(Text(said, size=Size.CAPTION, tint=Tint.WARN_STRONG, wrap=True))
        self.text = Text(shown or "—", wrap=True)
        self.body.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        self.buttons: dict[BesideChoice, QPushButton] = {}
        words = {
            BesideChoice.BOTH: translate("BesidePanel", "Keep both"),
            BesideChoice.THEIRS: translate("BesidePanel", "Take theirs"),
            BesideChoice.MINE: translate("BesidePanel", "Keep mine"),
        }
        for choice, text in words.items():
            if (choice is BesideChoice.BOTH and not texts) or (
                choice is BesideChoice.MINE and not other.spare and texts
            ):
                continue
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, choice=choice: self.chosen.emit(choice))
            self.buttons[choice] = button
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def first_button(self) -> QPushButton:
        """Where the keys go: what loses nothing comes first."""
        return next(iter(self.buttons.values()))
