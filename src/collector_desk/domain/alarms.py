"""A danger to a life or an incident, from when it was filed until a lead has it before them.

Whoever filed it where no lead is at hand says whom they told, and when, before they dial for anybody else.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from collector_desk.domain.calls.notes import filler
from collector_desk.domain.message import Message, msg
from collector_desk.domain.visits.incidents import IncidentKind

_NOBODY = (
    "没有人",
    "没人",
    "无人",
    "不知道",
    "没有告诉",
    "没告诉",
    "未告知",
    "nobody",
    "no one",
    "none",
    "not told",
)


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told, by whom and when."""

    by_name: str
    at: datetime
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A danger or an incident that is not settled. ``opened``: a lead has had it before them."""

    task_id: str
    debtor_id: str
    debtor_name: str = field(repr=False)
    kind: IncidentKind
    at: datetime
    by: str
    by_name: str
    number: str = ""  # of the incident, where one was filed
    visit_id: str | None = None
    opened: bool = False
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarms:
    """What is to be seen of them at one seat now, the newest first; danger to a life before everything."""

    waiting: tuple[Alarm, ...] = ()  # no lead has opened them
    unsettled: int = 0
    lead_there: bool = True
    contacts: tuple[str, ...] = ()  # whom to ring


def telling_objection(
    words: str, at: datetime | None, *, filed_at: datetime, now: datetime, names: Collection[str] = ()
) -> tuple[str, Message] | None:
    """What is wrong with the answer to "whom did you tell, and when", and its field; None where it may stand."""
    plain = words.strip().casefold().rstrip("。.!！")
    if plain in _NOBODY:
        return "words", msg("permits.alarms.nobody_told")
    found = filler(words, names)
    if found is not None:
        return "words", found.message
    if at is None:
        return "at", msg("permits.alarms.no_time")
    if at > now:
        return "at", msg("permits.alarms.not_yet")
    if at < filed_at.replace(second=0, microsecond=0):
        return "at", msg("permits.alarms.before_it", at=filed_at)
    return None
