"""What is set once for a store: its agency, its share of the caps, the queue's figures. Every change is history."""

from dataclasses import dataclass
from typing import Any, TypeVar

from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.people import Act, require
from collector_desk.domain.plain import from_plain, to_plain
from collector_desk.domain.text.cleaning import cleaned_value
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.store import tables as t
from collector_desk.store.desk.settings import setting
from collector_desk.store.engine import Connection

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Agency:
    """Who calls: the agency's name, the neutral name for people not yet identified, and how to reach it."""

    name: str = ""
    neutral_name: str = ""
    hotline: str = ""
    letterhead: str = ""
    office_address: str = ""


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """How the desk works: amounts in minor units, minutes to the idle lock."""

    large_from: int | None = None
    zone: str = "Asia/Shanghai"
    show_surnames: bool = True
    idle_minutes: int = 10
    demo: bool = False
    tel_links: bool = False  # dial by the system's tel: link instead of the clipboard
    recording_system: str = ""  # what records every call by itself; "": each log names its recording


HELP_LINES = "110 · 120 · 12356"
"""Police, ambulance, and the country's line for people in despair."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Whom to ring where a life is in danger and no lead sits there. ``leads``: one a line, name and phone."""

    leads: str = ""
    help_lines: str = HELP_LINES

    @property
    def lines(self) -> tuple[str, ...]:
        """Whom to ring, one after the other; the help lines are never without a number."""
        own = tuple(line.strip() for line in self.leads.splitlines() if line.strip())
        return (*own, self.help_lines.strip() or HELP_LINES)


Setting = Agency | Share | DeskSettings | Emergency

_KEYS: dict[type, str] = {Agency: "agency", Share: "share", DeskSettings: "desk", Emergency: "emergency"}
_ACTS = {
    Agency: Act.SET_AGENCY,
    Share: Act.SET_SHARE,
    DeskSettings: Act.SET_QUEUE,
    Emergency: Act.SET_EMERGENCY,
}


def read(conn: Connection, kind: type[_T]) -> _T:
    """The present settings of one kind, defaults where nothing was set."""
    value = setting(conn, _KEYS[kind])
    return kind() if value is None else from_plain(kind, value)


def get(seat: Seat, kind: type[_T]) -> _T:
    """The present settings of one kind."""
    with seat.store.read() as conn:
        return read(conn, kind)


def change(seat: Seat, value: Setting) -> Changes:
    """Set new values; refused where the role doesn't allow it."""
    require(seat.person, _ACTS[type(value)])
    with acting(seat, "setting.change") as act:
        write(act, value)
    return Changes(settings=True)


def write(act: Writing, value: Setting) -> None:
    """The same inside an act under way."""
    plain: Any = to_plain(cleaned_value(value, 500))
    key = _KEYS[type(value)]
    note(act, key, plain)


def note(act: Writing, key: str, value: Any) -> None:
    """Keep in the history what was set, and to what: the store's own settings and a placement's terms."""
    act.record(t.setting_change, {"key": key, "value": value})
