"""From what a cell holds to what it means, exactly or not at all: identifiers, amounts, days, counts, phones."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from collector_desk.domain.message import Message, msg
from collector_desk.domain.text import amounts, counts, currencies, days, identity_numbers, telephone
from collector_desk.domain.text.bare import bare, folded

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
_PLACES_HELD = """
不详 不明 未知 未详 待补 待补充 待定 待查 待核实 未提供 未填 未填写 无数据 无信息 保密 空白 空值 测试
unknown tbd test xxx xxxx n.a. missing empty ? ？ ?? ？？
"""
_PLACEHOLDERS = frozenset(_PLACES_HELD.split())
LONGEST_PLACEHOLDER = 14
"""No longer words stand for nothing."""
_LONGEST_MARK, _LONGEST_ERROR = max(map(len, _EMPTY)), 40
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{1,3}")
_CARD_GROUPS = re.compile(r"\d{4}(?:-\d{4})+(?:-\d{1,4})?")  # other hyphens are part of the number
_HELD_AS_NUMBER = re.compile(r"(\d+)\.0")
_SHORTEST_PHONE = 7
PHONE_WORDS = "intake.phone_words"
SHEET_ERROR = "intake.sheet_error"
NO_DAY = "intake.no_day"
CURRENCIES = {**currencies.NAMES, **dict.fromkeys(("156", "01", "1", "¥", "元"), "CNY"), "$": "USD"} | {
    "840": "USD", "344": "HKD", "978": "EUR", "826": "GBP", "392": "JPY", "901": "TWD", "704": "VND"
}  # fmt: skip


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


def is_placeholder(text: str) -> bool:
    """Whether words only hold the place of something nobody knew."""
    return len(text) <= LONGEST_PLACEHOLDER and text.casefold().strip("()（）[]【】<>* ") in _PLACEHOLDERS


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
    text = bare(cell)
    note = "intake.text_marks_stripped" if text != cell else ""
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
    joined = re.sub(r"\s+", "", text)
    if _CARD_GROUPS.fullmatch(joined):
        joined = joined.replace("-", "")
    if joined.isdigit() and joined != text:
        text, note = joined, "intake.grouping_stripped"
    if text.casefold() in _EMPTY:
        return "", note
    return text, note


def document_number(cell: Any) -> tuple[str, str]:
    """An identity or passport number: as ``identifier``, and no blank in it means anything."""
    text, note = identifier(cell)
    if text.isalnum():  # as nearly all are: no blank and no hyphen in it
        return text, note
    bare = identity_numbers.normal(text)
    return (bare, "intake.grouping_stripped") if bare != text else (text, note)


def amount(cell: Any, places: int, currency: str = "", heading: str = "", power: int | None = None) -> int | None:
    """An amount in minor units, exact: nothing is rounded but the noise of a binary float.

    ``places``: the decimals of the currency; ``power``: of ten, by the unit that heading or title name.
    None where the cell is empty. Raises Unreadable where it is no amount, has more decimals than the currency,
    names another unit than its column, or where its own mark or its ``heading`` names another ``currency``.
    """
    if type(cell) is str and not power:
        whole, _, cents = cell.partition(".")
        if (
            len(cents) == places
            and len(whole) < _EXACT_DIGITS
            and cell.isascii()
            and whole.isdigit()
            and cents.isdigit()
            and heading in {"", currency}
        ):
            return int(whole + cents)  # nearly all are written so
    shift = places + (power or 0)
    if shift < 0 or heading not in {"", currency}:  # also cents of a currency that has none
        raise Unreadable(msg("intake.other_currency"))
    if type(cell) is float:
        return _from_float(cell, shift)
    if type(cell) is int:
        return int(cell * 10**shift)
    if type(cell) is not str:
        raise Unreadable(msg("intake.not_an_amount"))
    if is_error(cell):
        raise Unreadable(msg(SHEET_ERROR))
    if cell.casefold() in _EMPTY:
        return None
    try:
        return _from_text(cell, places, currency, power)
    except amounts.TooFineError as error:
        raise Unreadable(msg("intake.too_many_decimals")) from error
    except amounts.NotAnAmountError as error:
        figure = error.meant
        raise Unreadable(
            msg("intake.amount_meant", figure=figure) if figure else msg("intake.not_an_amount")
        ) from error


def _from_text(text: str, places: int, currency: str, power: int | None) -> int:
    found = amounts.read(text, places)
    if found.currencies and currency and currency not in found.currencies:
        raise Unreadable(msg("intake.other_currency"))
    if power and found.power not in {None, power}:  # 元 under 万元: one of the two is wrong
        raise Unreadable(msg("intake.other_unit"))
    shift = places + (power or found.power or 0)
    if len(found.decimals) > shift and len(found.whole) + len(found.decimals) >= _DIGITS_OF_A_DOUBLE:
        value = float(f"{found.whole}.{found.decimals}")  # 0.30000000000000004, as a program printed its float
        return _from_float(-value if found.negative else value, shift)
    return found.minor(shift)


def currency_of_amount(cell: Any) -> str:
    """The one currency that an amount's own mark names; nothing where it bears none, or one of several."""
    if type(cell) is not str or cell.isdigit():
        return ""
    try:
        found = amounts.read(cell).currencies
    except amounts.NotAnAmountError:
        return ""
    return found[0] if len(found) == 1 else ""


def _from_float(value: float, places: int) -> int:
    if not abs(value) < 1e13:  # also what is no number at all
        raise Unreadable(msg("intake.not_an_amount"))
    factor: int = 10**places
    minor = round(value * factor)
    if minor / factor != value and abs(value * factor - minor) > 1e-4 + abs(value) * factor * 1e-12:
        raise Unreadable(msg("intake.too_many_decimals"))
    return minor


def day(cell: Any, *, from_1904: bool = False) -> tuple[date | None, str]:
    """A calendar day, and a note's code where something is to be said of it. None where there is none.

    ``NO_DAY`` tells of a mark that stands for none, ``intake.day_serial`` of a bare number, counted by the calendar
    of 1904 where the book has that. Raises Unreadable where the day is none, or could be two (05/09/2026, 26-9-5).
    """
    try:
        if isinstance(cell, date):
            found = days.real(cell.date() if isinstance(cell, datetime) else cell)
            return found, "" if found else NO_DAY
        if isinstance(cell, (time, timedelta)):  # a nought that is shown as a day
            nothing = cell in (time(), timedelta())
            if nothing:
                return None, NO_DAY
        if type(cell) is float and cell.is_integer():
            cell = int(cell)
        text = str(cell) if type(cell) is int else cell
        if type(text) is not str:
            raise Unreadable(msg("intake.not_a_day"))
        if text.casefold() in _EMPTY:
            return None, ""
        serial = days.of_serial(text, from_1904=from_1904)
        if serial is not None:
            return serial, "intake.day_serial_1904" if from_1904 else "intake.day_serial"
        found = days.read(text)
    except days.NotADayError as error:
        raise Unreadable(msg(SHEET_ERROR if is_error(cell) else "intake.not_a_day")) from error
    return found, "" if found else NO_DAY


@lru_cache(maxsize=1024, typed=True)  # few are not said over and over
def count(cell: Any, low: int, high: int) -> int | None:
    """A whole number between two bounds; None where empty; raises Unreadable otherwise."""
    if type(cell) is float and cell.is_integer() and abs(cell) < EXACT_BELOW:
        number = int(cell)
    elif type(cell) is int:
        number = cell
    elif type(cell) is str:
        said = counts.read(cell)
        if said is None:
            if cell.casefold() in _EMPTY:
                return None
            raise Unreadable(msg(SHEET_ERROR if is_error(cell) else "intake.not_a_count"))
        number = said
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
    text = folded(plain(cell)).casefold()
    if not text:
        return "CNY"
    found = CURRENCIES.get(text)
    if found is None:
        raise Unreadable(msg("intake.unknown_currency"))
    return found


def id_doubt(id_no: str) -> str:
    """What is wrong with a resident identity number: a reason's code, or nothing."""
    found = identity_numbers.doubt(id_no)
    return f"intake.id_{found.value}" if found else ""
