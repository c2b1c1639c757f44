"""What a telephone number is: one reading of every spelling, so that one number is always the same text.

``normal`` gives the one form that is kept, compared and dialled: a mobile as its eleven digits, a landline as
``010-62345678`` (``-8001`` behind it for an extension), a number abroad as ``+852-91234567``. All goes by form
alone, never by which ranges are assigned: a number that belongs to nobody may still be the one that was given.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from collector_desk.domain.text.cleaning import is_hidden

LONGEST = 40
"""So many characters of something that is no number are kept."""

_MOBILE = re.compile(r"0?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d\d)(\d{7,8})")
_OWN_LANDLINE = re.compile(r"(?:010|02[0-9]|0[3-9][0-9]{2})-([0-9]{7,8})")  # in the form it is kept in
_FREE = re.compile(r"[48]00\d{7}")
_COUNTRY = re.compile(r"0{0,4}86")
_SHORT = re.compile(r"\d{3,6}|9[56]\d{5,6}")
_LOCAL = re.compile(r"[02-9]\d{6,7}")
_HELD = re.compile(r"[\s'\"=]*(\d{7,})\.0+[\s'\"]*")  # a program wrote out what a sheet held as a number
_AMBIGUOUS = re.compile(r"1[3-9]\d{9}")
_TOKEN = re.compile(
    r"(?P<digits>\d+)|(?P<plus>\+)"
    r"|(?P<ext>(?:;?(?<![a-z])ext(?:ension)?|转分机|转接|分机号?|内线|转|#|(?<![a-z])x)[\s:.=\-]*(?=\d))"
    r"|(?P<soft>[\s().\-·\[\]{}【】〔〕_]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(
    r"(?<![a-z])(?:tel|telephone|phone|mobile|mob|cell|and|or)(?![a-z])"
    r"|(?:联系|手机|移动|固定|住宅|家庭|单位|办公)?(?:电话|手机|座机|号码)(?:号码?)?|以及|或者|[或和及与]",
    re.IGNORECASE,
)
_SPOKEN_RUN = re.compile(r"[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{7,}")
_SPOKEN = str.maketrans("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "001234567891123456789")
_MARKS = " ,，、;；/|:：=\"'‘’`"
_DASHES = frozenset("−ー")
_LONGEST_EXTENSION = 6
_MOST_DIGITS = 22


class Fault(StrEnum):
    """Why something can't be dialled."""

    NO_NUMBER = "no_number"
    SHORT = "short"  # of emergency, hot lines and services: three to eight digits that are the same everywhere
    NO_AREA = "no_area"  # seven or eight digits could be in any town


@dataclass(frozen=True, slots=True)
class NumbersRead:
    """What stands in a text: numbers in their one form, what is none and has digits, and the words beside them."""

    numbers: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    words: str = ""


@dataclass(slots=True)
class _Group:
    """Digits written together, and what joins them to those before."""

    digits: str
    plus: bool
    extension: bool  # a word for one stands before
    dash: bool


def normal(text: str) -> str | None:
    """The one number the text means, in its one form; None where it is none, or more than one."""
    if len(text) == 11 and text.isascii() and text.isdigit() and text[0] == "1":  # nearly all of them
        return text if text[1] >= "3" else None
    if (own := _OWN_LANDLINE.fullmatch(text)) and own[1].strip("0"):
        return text
    found = read(text)
    return found.numbers[0] if len(found.numbers) == 1 and not found.odd else None


def fault(number: str) -> Fault | None:
    """Why a number on file can't be dialled, by its form; None where it can."""
    if normal(number) is not None:
        return None
    digits = re.sub(r"[\s().+\-]", "", fold(number))
    country = _COUNTRY.match(digits)
    if _SHORT.fullmatch(digits) or (country and _SHORT.fullmatch(digits[country.end() :])):
        return Fault.SHORT
    return Fault.NO_AREA if _LOCAL.fullmatch(digits) and digits.strip("0") else Fault.NO_NUMBER


def line(number: str) -> str:
    """The line a number in its one form is reached on: without its extension."""
    parts = number.split("-")
    own = 2 if number.startswith(("0", "+")) else 1
    return "-".join(parts[:own])


def digits_of(number: str) -> str:
    """A number's digits as they are looked for: without dashes, abroad with the country's."""
    return re.sub(r"\D", "", number)


def searched(text: str) -> tuple[str, ...]:
    """The digits that may have been meant by what was typed or pasted to find a number, or the beginning of one."""
    whole = normal(text)
    if whole is not None:
        return tuple(dict.fromkeys((digits_of(whole), digits_of(line(whole)))))
    plain = _LABEL.sub("", fold(text)).strip(" :;=\"'")
    bare = re.sub(r"[\s().\-·\[\]]", "", plain)
    digits = bare.removeprefix("+")
    if not digits.isdigit():
        return ()
    found = [digits]
    country = _COUNTRY.match(digits)
    if country:
        found.append(digits[country.end() :])
    found += [each.removeprefix("0") for each in found if each.startswith("01")]
    return tuple(dict.fromkeys(each for each in found if each))


def fold(text: str) -> str:
    """Full width and other scripts' digits to plain ones, every dash one, every blank one, nothing unseen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_plain, unicodedata.normalize("NFKC", text)))


def _plain(char: str) -> str:
    if char.isascii() and char.isprintable():
        return char
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category == "Pd" or char in _DASHES:
        return "-"
    if char.isspace() or category in ("Zl", "Zp"):
        return " "
    return "" if is_hidden(char) or category in ("Mn", "Me") else char


def read(text: str) -> NumbersRead:
    """Every number in a text, however it is written, and what stands beside them."""
    plain = fold(text)
    held = _HELD.fullmatch(plain)
    if held:
        plain = held[1]
    plain = _SPOKEN_RUN.sub(lambda run: run[0].translate(_SPOKEN), plain)
    numbers: dict[str, None] = {}
    odd: dict[str, None] = {}
    for run in _runs(plain):
        for found, left in _found(run):
            if found:
                numbers[found] = None
            elif left:
                odd[left] = None
    words = "" if plain.isascii() and not any(map(str.isalpha, plain)) else _words(plain)
    return NumbersRead(tuple(numbers), tuple(odd), words)


def _runs(text: str) -> Iterator[list[_Group]]:
    """The groups of digits that nothing but blanks, brackets, dashes and words for an extension keeps apart."""
    run: list[_Group] = []
    plus = extension = dash = False
    for token in _TOKEN.finditer(text):
        match token.lastgroup:
            case "digits":
                run.append(_Group(token[0], plus, extension, dash))
                plus = extension = dash = False
            case "plus":
                plus = True
            case "ext":
                extension = True
            case "soft":
                dash = "-" in token[0]
            case _:
                if run:
                    yield run
                run, plus, extension, dash = [], False, False, False
    if run:
        yield run


def _found(run: list[_Group]) -> Iterator[tuple[str, str]]:
    """The run's numbers in turn, each with nothing; or nothing, with the digits that are no number's."""
    place = 0
    while place < len(run):
        number, after = _longest(run, place)
        if not number:
            yield "", ("+" if run[place].plus else "") + run[place].digits
            place += 1
            continue
        if after < len(run) and len(run[after].digits) <= _LONGEST_EXTENSION:
            named = run[after].extension
            if named or (run[after].dash and not _longest(run, after)[0]):
                number += f"-{run[after].digits}"
                after += 1
        yield number, ""
        place = after


def _longest(run: list[_Group], start: int) -> tuple[str, int]:
    """The number that the most groups from ``start`` on make up, and where the next begins."""
    joined, best = "", ("", start)
    for end in range(start, len(run)):
        group = run[end]
        if end > start and (group.plus or group.extension):
            break
        joined += group.digits
        if len(joined) > _MOST_DIGITS:
            break
        number = _one(joined, run[start])
        if number:
            best = number, end + 1
    return best


def _one(digits: str, first: _Group) -> str:
    """The number these digits are, or nothing; ``first`` is how they begin."""
    if not first.plus and (found := _within(digits, abroad=False)):
        return found
    bare = digits
    for _ in range(2):  # "+86 86 138…": a country's code before what has one already
        country = _COUNTRY.match(bare)
        if country is None:
            break
        bare = bare[country.end() :]
        if found := _within(bare, abroad=True):
            return found
    if not first.plus and not digits.startswith("00"):
        return ""
    bare = digits.lstrip("0")
    if bare.startswith("86") or not 7 <= len(bare) <= 15 or len(digits) - len(bare) > (0 if first.plus else 2):
        return ""
    if _AMBIGUOUS.fullmatch(bare) and first.digits.lstrip("0") != "1":
        return ""  # a number in North America, or a mobile with a sign too many: nobody may guess
    return _foreign(bare)


def _within(digits: str, *, abroad: bool) -> str:
    """A number as dialled within the country; ``abroad``: its country's code was taken off, and a 0 with it."""
    if mobile := _MOBILE.fullmatch(digits):
        return mobile[1]
    if _FREE.fullmatch(digits):
        return digits
    if abroad and not digits.startswith("0"):
        digits = "0" + digits
    landline = _LANDLINE.fullmatch(digits)
    return f"{landline[1]}-{landline[2]}" if landline and landline[2].strip("0") else ""


def _foreign(digits: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):  # by its length alone
        return ""
    return f"+{number.country_code}-{phonenumbers.national_significant_number(number)}"


def _words(text: str) -> str:
    """What is said beside the numbers, without the words that only name them."""
    said = "".join(
        token[0] if token.lastgroup == "other" or (token.lastgroup == "soft" and token[0].isspace()) else " "
        for token in _TOKEN.finditer(text)
    )
    kept = [word for word in said.split() if not _LABEL.fullmatch(word.strip(_MARKS))]
    said = " ".join(kept).strip(_MARKS)
    return said if any(map(str.isalpha, said)) else ""
