"""From what a cell holds to what it means, exactly or not at all: identifiers, amounts, days, counts, phones."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import mul
from typing import Any

from collector_desk.domain.book import money
from collector_desk.domain.message import Message, msg
from collector_desk.domain.text import telephone

_EXACT_DIGITS = 15  # a spreadsheet keeps 15 digits of a number; a 16th may already be another one
EXACT_BELOW = 10**_EXACT_DIGITS
_DIGITS_OF_A_DOUBLE = 16
_EMPTY = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "空", "null", "none", "n/a", "nan", "nil", "暂无"})
_ERRORS = frozenset(
    {
        *(
            "#REF!",
            "#VALUE!",
            "#NAME?",
            "#DIV/0!",
            "#NULL!",
            "#NUM!",
            "#N/A",
            "#N/A!",
            "#SPILL!",
            "#CALC!",
            "#FIELD!",
        ),
        *("#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!", "#GETTING_DATA", "#GETTING_DATA!"),
    }
)
_ERROR_NUMBER = re.compile(r"ERR:\s?\d{3}")  # of the free office programs
_LONGEST_MARK, _LONGEST_ERROR = max(map(len, _EMPTY)), 40
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{1,3}")
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*日)?(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COUNT = re.compile(r"(\d{1,6})(?:\.0+)?\s*(?:天|日|次|期|days?)?", re.IGNORECASE)
_CARD_GROUPS = re.compile(r"\d{4}(?:-\d{4})+(?:-\d{1,4})?")  # other hyphens are part of the number
_RESIDENT = re.compile(r"\d{17}[\dXx]|\d{15}")
_NO_DAY = frozenset({"0", "00000000", "99991231", "19000101", "99999999", "00010101"})
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 73_050  # 1954 to 2099
_HELD_AS_NUMBER = re.compile(r"(\d+)\.0")
_SHORTEST_PHONE = 7
PHONE_WORDS = "intake.phone_words"
SHEET_ERROR = "intake.sheet_error"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ALL_WEIGHTS = sum(_WEIGHTS)
_CHECK = "10X98765432"
CURRENCIES = {
    **dict.fromkeys(("人民币", "人民币元", "cny", "rmb", "156", "01", "1", "¥", "元"), "CNY"),
    **dict.fromkeys(("美元", "usd", "840", "$"), "USD"),
    **dict.fromkeys(("港币", "港元", "hkd", "344"), "HKD"),
    **dict.fromkeys(("欧元", "eur", "978"), "EUR"),
    **dict.fromkeys(("英镑", "gbp", "826"), "GBP"),
    **dict.fromkeys(("日元", "日圆", "jpy", "392"), "JPY"),
    **dict.fromkeys(("新台币", "台币", "twd", "901"), "TWD"),
}


class Unreadable(Exception):  # noqa: N818 -- a finding about a cell, caught at the row
    """A cell that does not mean what its column says; ``reason`` tells why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.code)
        self.reason = reason


def is_empty(cell: object) -> bool:
    """Whether a cell says nothing: blank, or one of the marks people put for nothing."""
    return cell is None or cell == "" or (type(cell) is str and cell.casefold() in _EMPTY)


ERROR_STARTS = frozenset("#＃Ee")
"""How an error of a spreadsheet begins, so that most cells need no closer look."""


def is_error(cell: object) -> bool:
    """Whether a cell holds an error of the spreadsheet in place of a value."""
    if type(cell) is not str or cell.lstrip()[:1] not in ERROR_STARTS or len(cell) > _LONGEST_ERROR:
        return False
    text = unicodedata.normalize("NFKC", cell).strip().upper()
    return text in _ERRORS or _ERROR_NUMBER.fullmatch(text) is not None


def says_nothing(text: str) -> bool:
    """Whether words are none: blank, or a mark people put for nothing."""
    return len(text) <= _LONGEST_MARK and text.casefold() in _EMPTY


def plain(cell: Any) -> str:
    """Any cell as text: a whole number without its ``.0``, a day as ISO writes it."""
    if type(cell) is str:
        return cell
    if type(cell) is float and cell.is_integer() and abs(cell) < EXACT_BELOW:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time().isoformat() == "00:00:00":
        return cell.date().isoformat()
    return str(cell)


def identifier(cell: Any) -> tuple[str, str]:
    """An account, customer or document number, digit for digit, and what was tidied (a note's code, or nothing).

    Raises Unreadable for a number of 16 digits and more that the sheet holds as a number, and for ``6.2E+17``:
    their last digits are gone, and no one may guess them.
    """
    if type(cell) is str:
        if cell.isascii() and cell.isalnum():
            return cell, ""
        return _tidied(cell)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        raise Unreadable(msg("intake.not_an_identifier"))
    if cell != cell or abs(cell) >= EXACT_BELOW:
        raise Unreadable(msg("intake.digits_lost"))
    if cell < 0 or cell != int(cell):
        raise Unreadable(msg("intake.not_an_identifier"))
    return str(int(cell)), "intake.held_as_number"


@lru_cache(maxsize=256)  # a placement's number stands in every row
def _tidied(cell: str) -> tuple[str, str]:
    text, note = cell, ""
    if text.startswith('="') and text.endswith('"'):
        text, note = text[2:-1].strip(), "intake.text_marks_stripped"
    if text[:1] in "'‘’`":
        text, note = text.strip("'‘’`").strip(), "intake.text_marks_stripped"
    if not text.isascii():
        folded = unicodedata.normalize("NFKC", text)
        if folded != text and folded.isascii():
            text, note = folded, "intake.wide_digits"
    if is_error(text):
        raise Unreadable(msg(SHEET_ERROR))
    if _SCIENTIFIC.fullmatch(text):
        raise Unreadable(msg("intake.digits_lost"))
    held = _HELD_AS_NUMBER.fullmatch(text)
    if held:  # a program wrote out what a sheet held as a number
        if len(held[1]) > _EXACT_DIGITS:
            raise Unreadable(msg("intake.digits_lost"))
        return held[1], "intake.held_as_number"
    bare = re.sub(r"\s+", "", text)
    if _CARD_GROUPS.fullmatch(bare):
        bare = bare.replace("-", "")
    if bare.isdigit() and bare != text:
        text, note = bare, "intake.grouping_stripped"
    if text.casefold() in _EMPTY:
        return "", note
    return text, note


def document_number(cell: Any) -> tuple[str, str]:
    """An identity or passport number: as ``identifier``, and no blank in it means anything."""
    text, note = identifier(cell)
    if text.isalnum():  # as nearly all are: no blank and no hyphen in it
        return text, note
    bare = re.sub(r"\s+", "", text)
    joined = bare.replace("-", "")
    if _RESIDENT.fullmatch(joined):
        bare = joined
    return (bare, "intake.grouping_stripped") if bare != text else (text, note)


def amount(cell: Any, places: int, currency: str = "", heading: str = "") -> int | None:
    """An amount in minor units, exact: nothing is rounded but the noise of a binary float.

    None where the cell is empty. Raises Unreadable where it is no amount, has more decimals than the currency, or
    where its own mark or its ``heading`` names another ``currency``.
    """
    if places < 0 or heading not in {"", currency}:  # also cents of a currency that has none
        raise Unreadable(msg("intake.other_currency"))
    if type(cell) is float:
        return _from_float(cell, places)
    if type(cell) is int:
        return int(cell * 10**places)
    if type(cell) is not str:
        raise Unreadable(msg("intake.not_an_amount"))
    whole, _, cents = cell.partition(".")
    if (
        len(cents) == places
        and len(whole) < _EXACT_DIGITS
        and cell.isascii()
        and whole.isdigit()
        and cents.isdigit()
    ):
        return int(whole + cents)  # nearly all are written so
    match = money.FIGURE.fullmatch(cell)
    if match is None:
        if is_error(cell):
            raise Unreadable(msg(SHEET_ERROR))
        if cell.casefold() in _EMPTY:
            return None
        mark, text = money.unmarked(cell.strip("'‘’` "))
        if mark and currency and currency not in mark:
            raise Unreadable(msg("intake.other_currency"))
        if text.startswith("(") and text.endswith(")"):
            text = "-" + text[1:-1]
        match = money.FIGURE.fullmatch(text)
        if match is None:
            figure = money.meant(text, places)
            raise Unreadable(msg("intake.amount_meant", figure=figure) if figure else msg("intake.not_an_amount"))
    sign, whole, fraction = match.groups()
    digits = (fraction or "").rstrip("0")
    if len(digits) > places:
        if len(whole) + len(digits) >= _DIGITS_OF_A_DOUBLE:  # 0.30000000000000004, as a program printed its float
            return _from_float(float(match.group().replace(",", "")), places)
        raise Unreadable(msg("intake.too_many_decimals"))
    minor = int(whole.replace(",", "") + digits.ljust(places, "0"))
    return -minor if sign == "-" else minor


def _from_float(value: float, places: int) -> int:
    if not abs(value) < 1e13:  # also what is no number at all
        raise Unreadable(msg("intake.not_an_amount"))
    factor: int = 10**places
    minor = round(value * factor)
    if minor / factor != value and abs(value * factor - minor) > 1e-4 + abs(value) * factor * 1e-12:
        raise Unreadable(msg("intake.too_many_decimals"))
    return minor


def day(cell: Any) -> tuple[date | None, str]:
    """A calendar day, and a note's code where the sheet held a bare number. None where empty.

    Raises Unreadable where the day is none, or could be two (05/09/2026, 26-9-5).
    """
    if isinstance(cell, datetime):
        return _plausible(cell.date()), ""
    if type(cell) is date:
        return _plausible(cell), ""
    if type(cell) is float and cell.is_integer():
        cell = int(cell)
    if type(cell) is int:
        cell = str(cell)
    if type(cell) is not str:
        raise Unreadable(msg("intake.not_a_day"))
    if len(cell) in {8, 14} and cell.isascii() and cell.isdigit():
        if cell[:8] in _NO_DAY:
            return None, ""
        return _made(int(cell[:4]), int(cell[4:6]), int(cell[6:8])), ""
    match = _DAY.fullmatch(cell)
    if match:
        return _made(int(match[1]), int(match[2]), int(match[3])), ""
    if cell.casefold() in _EMPTY or cell in _NO_DAY:
        return None, ""
    if len(cell) == 5 and cell.isascii() and cell.isdigit() and _FIRST_SERIAL <= int(cell) <= _LAST_SERIAL:
        return _EPOCH + timedelta(days=int(cell)), "intake.day_serial"
    if is_error(cell):
        raise Unreadable(msg(SHEET_ERROR))
    if not cell.isascii():
        folded = unicodedata.normalize("NFKC", cell)
        if folded != cell:
            return day(folded)
    raise Unreadable(msg("intake.not_a_day"))


def _made(year: int, month: int, number: int) -> date:
    try:
        return _plausible(date(year, month, number))
    except ValueError as error:
        raise Unreadable(msg("intake.not_a_day")) from error


def _plausible(found: date) -> date:
    if not 1900 <= found.year <= 2100:
        raise Unreadable(msg("intake.not_a_day"))
    return found


@lru_cache(maxsize=1024, typed=True)  # few are not said over and over
def count(cell: Any, low: int, high: int) -> int | None:
    """A whole number between two bounds; None where empty; raises Unreadable otherwise."""
    if type(cell) is float and cell.is_integer() and abs(cell) < EXACT_BELOW:
        number = int(cell)
    elif type(cell) is int:
        number = cell
    elif type(cell) is str:
        match = _COUNT.fullmatch(cell)
        if match is None:
            if cell.casefold() in _EMPTY:
                return None
            raise Unreadable(msg(SHEET_ERROR if is_error(cell) else "intake.not_a_count"))
        number = int(match[1])
    else:
        raise Unreadable(msg("intake.not_a_count"))
    if not low <= number <= high:
        raise Unreadable(msg("intake.out_of_range", low=low, high=high))
    return number


def phones(cell: Any) -> tuple[tuple[str, ...], str]:
    """The phone numbers of a cell in their one form, and a note's code where there is something to be said.

    What is no number is kept as it stands, with ``intake.odd_phone``; words beside a number, which may say whose it
    is, are told of by ``PHONE_WORDS``.
    """
    if type(cell) is str:
        if len(cell) == 11 and cell[0] == "1" and cell[1] >= "3" and cell.isascii() and cell.isdigit():
            return (cell,), ""
        if not cell or cell.casefold() in _EMPTY:
            return (), ""
        if _SCIENTIFIC.fullmatch(cell):
            return (), "intake.digits_lost"
    else:
        if isinstance(cell, bool) or not isinstance(cell, (int, float)) or cell != cell or cell != int(cell):
            return (), "intake.odd_phone"
        if abs(cell) >= EXACT_BELOW:
            return (), "intake.digits_lost"
        cell = str(int(cell))
    found = telephone.read(cell)
    if not found.numbers:
        text = " ".join(telephone.fold(cell).split())[: telephone.LONGEST]
        return ((text,) if found.odd else ()), "intake.odd_phone"
    long = tuple(each for each in found.odd if len(each) >= _SHORTEST_PHONE)
    note = "intake.odd_phone" if long else PHONE_WORDS if found.words or found.odd else ""
    return (*found.numbers, *(each[: telephone.LONGEST] for each in long)), note


@lru_cache(maxsize=256, typed=True)
def currency(cell: Any) -> str:
    """The ISO code of a currency cell; CNY where empty. Raises Unreadable for one we do not know."""
    text = unicodedata.normalize("NFKC", plain(cell)).casefold()
    if not text:
        return "CNY"
    found = CURRENCIES.get(text)
    if found is None:
        raise Unreadable(msg("intake.unknown_currency"))
    return found


def id_doubt(id_no: str) -> str:
    """What is wrong with a resident identity number (GB 11643): a reason's code, or nothing.

    Any area code counts, assigned or not. Old numbers of 15 digits carry no check digit.
    """
    if len(id_no) == 15 and id_no.isdigit():
        return "" if _is_day("19" + id_no[6:12]) else "intake.id_birth_date"
    if len(id_no) != 18 or not id_no[:17].isdigit():
        return "intake.id_form"
    total = (
        sum(map(mul, _WEIGHTS, map(ord, id_no))) - ord("0") * _ALL_WEIGHTS
    )  # the weights end before the check digit
    if _CHECK[total % 11] != id_no[17]:
        return "intake.id_check_digit"
    return "" if _is_day(id_no[6:14]) else "intake.id_birth_date"


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True
