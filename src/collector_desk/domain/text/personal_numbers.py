"""Card, identity and phone numbers in free text, however they are spaced or written out."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_SPOKEN = dict(zip("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "00123456789" + "1" + "123456789", strict=True))
_GAP = re.compile(r"[\s\-_.·・—–\u200b-\u200f\u2060\ufeff]{1,3}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_PHONE_GROUPS = {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (5, 6)}


class NumberSort(StrEnum):
    """What a long number in a note most likely is."""

    IDENTITY = "identity_number"
    CARD = "card_number"
    PHONE = "phone_number"
    LONG = "long_number"


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """Where a number stands in the text; the number itself is not repeated."""

    sort: NumberSort
    start: int
    end: int


@dataclass(slots=True)
class _Run:
    digits: str
    start: int
    end: int
    groups: list[int]


def find_numbers(text: str) -> list[FoundNumber]:
    """Numbers of people in the text, in order; dates, times and amounts are not among them."""
    found: list[FoundNumber] = []
    for run in _runs(text):
        sort = _sort(run)
        if sort is not None:
            found.append(FoundNumber(sort, run.start, run.end))
    return found


def _digit(char: str) -> str:
    if char.isascii():
        return char if char.isdigit() else ""
    if char in _SPOKEN:
        return _SPOKEN[char]
    value = unicodedata.digit(char, -1)
    return str(value) if value >= 0 else ""


def _runs(text: str) -> list[_Run]:
    runs: list[_Run] = []
    run: _Run | None = None
    place = 0
    while place < len(text):
        digit = _digit(text[place])
        if digit:
            if run is None:
                run = _Run("", place, place, [0])
                runs.append(run)
            run.digits += digit
            run.groups[-1] += 1
            run.end = place + 1
            place += 1
            continue
        if run is not None and len(run.digits) == 17 and unicodedata.normalize("NFKC", text[place]) in "xX":
            run.digits += "X"
            run.end = place + 1
            run = None
            place += 1
            continue
        gap = _GAP.match(text, place)
        single = run is not None and run.groups[-1] == 1 and text[place] in ",，、/"
        if run is not None and (gap or single):
            place = gap.end() if gap else place + 1
            run.groups.append(0)
            if place < len(text) and not _digit(text[place]) and text[place] not in "xXｘＸ":
                run = None
            continue
        run = None
        place += 1
    for each in runs:
        each.groups = [size for size in each.groups if size]
    return runs


def _sort(run: _Run) -> NumberSort | None:
    digits = run.digits
    if len(digits) == 18 and _is_identity(digits):
        return NumberSort.IDENTITY
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    if _MOBILE.fullmatch(digits):
        even = tuple(run.groups) in _PHONE_GROUPS or max(run.groups) <= 2 or len(run.digits) == 13
        return NumberSort.PHONE if even else None
    if run.digits.isdigit() and 13 <= len(run.digits) <= 19 and _luhn(run.digits) and _card_groups(run.groups):
        return NumberSort.CARD
    if len(digits) >= 15 and max(run.groups) >= 12:
        return NumberSort.LONG
    return NumberSort.LONG if len(digits) >= 16 and (max(run.groups) <= 2 or _card_groups(run.groups)) else None


def _card_groups(groups: list[int]) -> bool:
    """Fours, or one piece, or digit by digit: not a row of amounts."""
    return len(groups) == 1 or max(groups) <= 2 or all(size == 4 for size in groups[:-1])


def _is_identity(digits: str) -> bool:
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    if not 1900 <= int(digits[6:10]) <= 2100:
        return False
    # A mistyped check digit is still an identity number: the birth date inside is proof enough here.
    return digits[0] in "1234568"


def _luhn(digits: str) -> bool:
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
