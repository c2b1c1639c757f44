"""What a cell's number format shows beside the number: a currency, 万元, zeros in front, a word.

A person reads what is shown. Where a format tells more than the number alone, the cell is read as the text they
see; most formats (grouping, decimals, colours, days) tell nothing, and their cells are left as they are.
"""

import re
from collections.abc import Callable
from functools import lru_cache

_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<one>.)|\[(?P<bracket>[^\]]*)\]|_.|\*.|(?P<digits>[0#?][0#?.,/ ]*)|(?P<percent>%)'
    r"|(?P<text>@)|(?P<general>general)|(?P<exponent>e[+-])|(?P<date>[ymdhsgb]+|am/pm|上午/下午)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LOCALE_CURRENCY = {
    ("¥", "411"): "JPY ", ("$", "409"): "US$", ("$", "404"): "NT$", ("$", "c04"): "HK$", ("$", "1404"): "MOP$",
    ("$", "1004"): "SGD ", ("$", "c09"): "AUD ", ("$", "1009"): "CAD ",
}  # fmt: skip

_YUAN = frozenset({"", "¥", "￥", "rmb", "cny", "人民币", "元"})
"""What is read as yuan anyway, where no column says otherwise."""

Shown = Callable[[float], str]
"""From a number to what its cell shows, as far as that tells more than the number."""


@lru_cache(maxsize=512)
def shown_by(code: str) -> Shown | None:
    """How a number looks by this format; None where the format tells nothing beyond the number."""
    section = _sections(code)[0]
    before, behind, whole, seen, percent = "", "", "", False, False
    scaled = False
    for part in _PART.finditer(section):
        if part["date"] or part["text"]:
            return None
        if part["digits"] or part["general"]:
            if not seen:
                whole = (part["digits"] or "").split(".")[0]
            if part["digits"] and part["digits"].rstrip(" ").endswith(","):
                scaled = True  # 12345 shown as "1.2万": the number itself is whole yuan
            seen = True
            continue
        percent = percent or bool(part["percent"])
        said = part["quoted"] or part["one"] or _in_bracket(part["bracket"]) or part["other"] or ""
        if seen:
            behind += said
        else:
            before += said
    before, behind = before.strip(" ()-+!"), behind.strip(" ()-+!")
    width = len(whole) if whole and set(whole) == {"0"} and len(whole) > 1 and "." not in section else 0
    if not seen or (scaled and not before):
        return None
    if percent:
        return lambda value: f"{value * 100:g}%"
    if scaled:
        behind = ""
    if not (_says(before) or _says(behind) or width):
        return None
    if before.casefold() in _YUAN and behind in _YUAN and not width:  # nearly all formats of money
        return None
    return lambda value: _written(value, before, behind, width)


def _says(words: str) -> bool:
    return any(char.isalnum() or ord(char) > 0x7F or char in "$#" for char in words)


def _written(value: float, before: str, behind: str, width: int) -> str:
    figure = str(int(abs(value))) if float(value).is_integer() else repr(abs(value))
    return ("-" if value < 0 else "") + before + figure.rjust(width, "0") + behind


def _in_bracket(words: str | None) -> str:
    """The currency sign in ``[$US$-409]``; nothing for a locale, a colour or a condition."""
    if not words or not words.startswith("$"):
        return ""
    sign, _, locale = words[1:].rpartition("-") if "-" in words else (words[1:], "", "")
    return _LOCALE_CURRENCY.get((sign, locale.casefold().lstrip("0")), sign)


def _sections(code: str) -> list[str]:
    """The format's sections (positive; negative; nought); a mark in quotes parts none."""
    return re.findall(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])+', code) or [""]
