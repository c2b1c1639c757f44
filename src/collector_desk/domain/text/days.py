"""What a calendar day is, wherever it comes from: ``2026-10-15``, ``2026年10月15日 星期四``, ``20261015.0``.

Programs that have no day write one that is none (9999-12-31, 1900-01-00, 0): those say nothing, in every form.
A day that can be two (05/09/2026) is none.
"""

import re
from datetime import date, timedelta

from collector_desk.domain.text.bare import folded

FIRST_YEAR, LAST_YEAR = 1900, 2100
_FULL = re.compile(
    r"(\d{1,4})\s*+[-/.年]\s*+(\d{1,2})\s*+[-/.月]\s*+(\d{1,2})(?:\s*+[日号])?"
    r"(?:(?:[ T]++|(?<=[日号]))\s*+\d{1,2}:\d{2}(?::\d{2}(?:\.\d++)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"(?:\s*+\(?\s*+(?:星期|周|礼拜)[一二三四五六日天](?:\s*+\))?)?",
    re.ASCII,
)
_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6}|\.0+)?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.年]?(\d\d?)[-_.月]?(\d\d?)(?!\d)", re.ASCII)
_NO_YEARS = frozenset({0, 1, 1753, 1899, 1900, 2999, 9999})
"""Years nobody owes anything in: the first and last day a program knows, and nought as a day."""
_NO_DAYS = frozenset({(1970, 1, 1), (2099, 12, 31), (9999, 99, 99)})
_NO_DAY_WORDS = frozenset({"0", "0.0", "00:00:00", "0:00:00", "0:00", "长期", "永久", "长期有效"})
_EPOCH = date(1899, 12, 30)
_FROM_1904 = 1462  # days by which the calendar of 1904 begins later
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 73_050  # 1954 to 2099


class NotADayError(ValueError):
    """A text that is no day, or may be two."""


def read(text: str) -> date | None:
    """The day a text says; None for a day that is none. Raises NotADayError."""
    plain = text if text.isascii() and text.isalnum() else folded(text)
    found = _PACKED.fullmatch(plain) or _FULL.fullmatch(plain)
    if found:
        return made(int(found[1]), int(found[2]), int(found[3]))
    if plain in _NO_DAY_WORDS or (plain and set(plain) == {"0"}):
        return None
    raise NotADayError


def day_named(filename: str) -> date | None:
    """The one day that a file's name says (余额20261110.xlsx); None where it says none, or several."""
    found = set()
    for said in _IN_NAME.finditer(folded(filename)):
        try:
            day = made(int(said[1]), int(said[2]), int(said[3]))
        except NotADayError:
            continue
        if day is not None:
            found.add(day)
    return found.pop() if len(found) == 1 else None


def made(year: int, month: int, day: int) -> date | None:
    """The day of these figures; None where they are a mark for no day. Raises NotADayError."""
    if year in _NO_YEARS or (year, month, day) in _NO_DAYS:
        return None
    if not FIRST_YEAR < year <= LAST_YEAR:
        raise NotADayError
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotADayError from error


def real(day: date) -> date | None:
    """A day that somebody's program gave as one: None where it stands for none. Raises NotADayError."""
    return made(day.year, day.month, day.day)


def of_serial(text: str, *, from_1904: bool = False) -> date | None:
    """The day that a spreadsheet counts as this number; None where it can be none."""
    found = _SERIAL.fullmatch(text)
    number = int(found[1]) + (_FROM_1904 if from_1904 else 0) if found else 0
    return _EPOCH + timedelta(days=number) if _FIRST_SERIAL <= number <= _LAST_SERIAL else None
