"""What a resident identity number is (GB 11643), and the one form a document's number is kept and compared in."""

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import mul

from collector_desk.domain.text.bare import folded

_RESIDENT = re.compile(r"\d{17}[\dXx]|\d{15}", re.ASCII)
_BLANKS = re.compile(r"\s+")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ALL_WEIGHTS = sum(_WEIGHTS)
_CHECK = "10X98765432"


class IdDoubt(StrEnum):
    """What is wrong with a resident identity number."""

    FORM = "form"
    CHECK_DIGIT = "check_digit"
    BIRTH_DATE = "birth_date"


def normal(text: str) -> str:
    """A document's number in its one form: no blank in it means anything, nor a hyphen in a resident's."""
    if text.isascii() and text.isalnum():
        return text.upper()
    plain = _BLANKS.sub("", folded(text)).upper()
    joined = plain.replace("-", "")
    return joined if _RESIDENT.fullmatch(joined) else plain


def doubt(number: str) -> IdDoubt | None:
    """What is wrong with a resident identity number; None where nothing is.

    Any area code counts, assigned or not. Old numbers of 15 digits carry no check digit.
    """
    if not _RESIDENT.fullmatch(number):
        return IdDoubt.FORM
    if len(number) == 15:
        return None if _is_day("19" + number[6:12]) else IdDoubt.BIRTH_DATE
    total = (
        sum(map(mul, _WEIGHTS, number.encode("ascii"))) - ord("0") * _ALL_WEIGHTS
    )  # they end before the check digit
    if _CHECK[total % 11] != number[17].upper():
        return IdDoubt.CHECK_DIGIT
    return None if _is_day(number[6:14]) else IdDoubt.BIRTH_DATE


def birth_year(number: str) -> int | None:
    """The year of birth in a resident's number; None in other papers'."""
    if not _RESIDENT.fullmatch(number):
        return None
    return int(number[6:10]) if len(number) == 18 else 1900 + int(number[6:8])


@lru_cache(maxsize=32768)  # of birth: those of most people alive
def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True
