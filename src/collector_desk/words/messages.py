"""The words for people: a ``Message`` (code and figures) becomes one sentence in the language asked for.

The sentences lie in ``resources/messages/<room>.toml``, one table per code with a line per language; the room is
what stands before the first dot of the code. Words of the vocabulary (``Outcome.no_answer``) are in
``vocabulary.toml``. A room's file is read when its first sentence is needed and kept.
"""

import logging
import os
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from enum import Enum
from functools import cache
from typing import Literal

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message
from collector_desk.resources import resource

Lang = Literal["en", "zh_CN"]
LANGUAGES: tuple[Lang, ...] = ("en", "zh_CN")

_log = logging.getLogger(__name__)
_NEAR_DAYS = {
    "en": {0: "today", 1: "tomorrow", -1: "yesterday"},
    "zh_CN": {0: "今天", 1: "明天", -1: "昨天"},
}
_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh_CN": tuple(f"星期{sign}" for sign in "一二三四五六日"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def render(message: Message, lang: Lang, *, zone: tzinfo | None = None, now: datetime | None = None) -> str:
    """The sentence of a message in ``lang``; instants are shown in ``zone`` (default: this machine's).

    With ``now`` they are said as people do: "today 14:30", "yesterday 18:00", the year only where it is another.

    A code nobody wrote words for, or a figure the sentence wants and the message lacks, is our own bug: it is
    logged as an error and the bare code is returned, so that the person at least sees something to report.
    """
    pattern = _pattern(message.code, lang)
    if pattern is None:
        _log.error("No words for the message code %s in %s", message.code, lang)
        return message.code
    figures = {name: _shown(value, lang, zone, now) for name, value in message.params.items()}
    try:
        return pattern.format_map(figures)
    except (KeyError, IndexError, ValueError, AttributeError):
        # Only the code is logged: the figures may be personal data.
        _log.error("The figures do not fit the words of %s in %s", message.code, lang)
        return message.code


def text(code: str, lang: Lang, **params: object) -> str:
    """The sentence of a code with its figures, for callers that hold no ``Message``."""
    return render(Message(code, params), lang)


def word(member: Enum, lang: Lang) -> str:
    """The screen's word for one member of the vocabulary, e.g. ``Outcome.NO_ANSWER`` → "无人接听"."""
    return render(Message(_word_code(member)), lang)


def system_language() -> Lang:
    """The language of what the command line says: COLLECTOR_DESK_LANG, else the system's, else English."""
    wanted = os.environ.get("COLLECTOR_DESK_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh_CN" if wanted.lower().startswith("zh") else "en"


def show_date(day: date, lang: Lang) -> str:
    """A calendar day as people of that language write it: ``22 Nov 2026``, ``2026年11月22日``."""
    if lang == "zh_CN":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def show_whole(day: date, lang: Lang, at: time | None = None) -> str:
    """As whole as it can be said: ``Tuesday 24 Nov 2026 09:00``, ``2026年11月24日 星期二 09:00``."""
    name = _WEEKDAYS[lang][day.weekday()]
    said = f"{show_date(day, lang)} {name}" if lang == "zh_CN" else f"{name} {show_date(day, lang)}"
    return f"{said} {at:%H:%M}" if at is not None else said


def show_instant(moment: datetime, lang: Lang, zone: tzinfo | None = None, now: datetime | None = None) -> str:
    """An instant to the minute, in ``zone`` (default: this machine's): ``22 Nov 2026 14:30``.

    With ``now`` the day is said as seen from there: ``today 14:30``, ``23 Nov 18:00``.
    """
    local = moment.astimezone(zone)
    if now is None:
        return f"{show_date(local.date(), lang)} {local:%H:%M}"
    today = now.astimezone(zone).date()
    near = _NEAR_DAYS[lang].get((local.date() - today).days)
    if near is None and local.year == today.year:
        near = f"{local.month}月{local.day}日" if lang == "zh_CN" else f"{local.day} {_MONTHS[local.month - 1]}"
    return f"{near or show_date(local.date(), lang)} {local:%H:%M}"


def _shown(value: object, lang: Lang, zone: tzinfo | None, now: datetime | None) -> object:
    """One figure as it stands in the sentence; what has no form of its own is left to ``str.format``."""
    match value:
        case Message():
            return render(value, lang, zone=zone, now=now)
        case Money():
            return str(value)
        case datetime():
            return show_instant(value, lang, zone, now)
        case date():
            return show_date(value, lang)
        case Enum():
            return render(Message(_word_code(value)), lang)
        case tuple() | list():
            return ("、" if lang == "zh_CN" else ", ").join(str(_shown(part, lang, zone, now)) for part in value)
        case _:
            return value


def _word_code(member: Enum) -> str:
    return f"{type(member).__name__}.{member.value}"


def _pattern(code: str, lang: Lang) -> str | None:
    return _room(_room_of(code)).get(code, {}).get(lang)


def _room_of(code: str) -> str:
    """The file that holds a code: names of the vocabulary begin with a capital, rooms do not."""
    room = code.partition(".")[0]
    return "vocabulary" if room[:1].isupper() else room


@cache
def _room(name: str) -> Mapping[str, Mapping[str, str]]:
    """The sentences of one room; empty where the room has no file."""
    if not name.replace("_", "").isalnum():
        return {}
    path = resource("messages", f"{name}.toml")
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        return tomllib.load(file)
