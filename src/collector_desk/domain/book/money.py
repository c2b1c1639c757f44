"""Money in integer minor units (fen for CNY) with its currency; Decimal only at the edges."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_EXPONENT = {"CNY": 2, "USD": 2, "HKD": 2, "EUR": 2, "GBP": 2, "TWD": 2, "JPY": 0, "VND": 0}
_SYMBOL = {"CNY": "¥", "USD": "$", "HKD": "HK$", "EUR": "€", "GBP": "£", "TWD": "NT$", "JPY": "JP¥", "VND": "₫"}
FIGURE = re.compile(r"([+-]?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{0,20}))?", re.ASCII)
"""Sign, whole part, decimals. Commas stand in groups of three or not at all: anywhere else they are a slip of the
hand, and what was meant nobody may guess."""

_MARKS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("人民币", "rmb", "cny"), ("CNY",)),
    "¥": ("CNY", "JPY"),
    "$": ("USD", "HKD", "TWD"),
    **{code.casefold(): (code,) for code in _EXPONENT if code != "CNY"},
    **{symbol.casefold(): (code,) for code, symbol in _SYMBOL.items() if symbol not in "¥$"},
    "us$": ("USD",),
}
"""What stands before a figure, and whose it may be."""

_MARK = re.compile("|".join(map(re.escape, sorted(_MARKS, key=len, reverse=True))), re.IGNORECASE)
_YUAN_BEHIND = ("元整", "圆整", "元", "圆")
_POINTS = str.maketrans({"。": ".", "｡": ".", "、": ","})
"""What the hand meets beside the point and the comma of a Chinese keyboard."""


class NotAnAmountError(ValueError):
    """A text that is no amount. ``meant``: the figure it must have been meant for, where only one can be."""

    def __init__(self, meant: str = "") -> None:
        super().__init__("not an amount")
        self.meant = meant


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount. ``minor`` counts the smallest unit (1 fen = 0.01 yuan)."""

    minor: int
    currency: str = "CNY"

    def __str__(self) -> str:
        return format_money(self)

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units, exact."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))


def exponent(currency: str) -> int:
    """How many decimals the currency has (ISO 4217)."""
    return _EXPONENT.get(currency, 2)


def parse_money(text: str, currency: str = "CNY") -> Money:
    """Read a typed or printed amount such as ``"33,911.62"`` or ``"￥ 2000"``.

    Raises NotAnAmountError where the text is no amount, is marked as another currency's, or has more decimals than
    the currency; nothing is rounded, and no comma is read away.
    """
    mark, bare = unmarked(text)
    places = exponent(currency)
    if mark and currency not in mark:
        raise NotAnAmountError
    figure = FIGURE.fullmatch(bare)
    if figure is None:
        raise NotAnAmountError(meant(bare, places))
    sign, whole, decimals = figure.groups()
    digits = (decimals or "").rstrip("0")
    if len(digits) > places:
        raise NotAnAmountError
    minor = int(whole.replace(",", "") + digits.ljust(places, "0"))
    return Money(-minor if sign == "-" else minor, currency)


def unmarked(text: str) -> tuple[tuple[str, ...], str]:
    """The currencies that the mark before a figure can mean (none: unmarked), and the figure by itself.

    Wide characters are folded: ￥ is what a Chinese keyboard gives for ¥.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    sign = folded[:1] if folded[:1] in ("+", "-") else ""
    bare = folded[len(sign) :].lstrip()
    mark = _MARK.match(bare)
    if mark:
        bare = bare[mark.end() :].lstrip()
    behind = next((words for words in _YUAN_BEHIND if bare.endswith(words)), "")
    bare = bare.removesuffix(behind).rstrip() if behind else bare
    return (_MARKS[mark[0].casefold()] if mark else ()), sign + bare


def meant(bare: str, places: int) -> str:
    """The one figure that a slip of the hand can have been meant for (1200,5: ``1,200.50``); nothing in doubt."""
    plain = bare.translate(_POINTS)
    if len(plain) > 40:
        return ""
    found = FIGURE.fullmatch(plain)
    if found is None:
        at = max(plain.rfind(","), plain.rfind("."))
        if at < 0 or len(plain) - at - 1 > places:
            return ""
        whole, decimals = plain[:at].lstrip("+-"), plain[at + 1 :]
        groups = whole.replace(".", ",") if "," not in whole else whole
        found = FIGURE.fullmatch(f"{groups or '0'}.{decimals}")
    digits = (found[3] or "").rstrip("0") if found else ""
    if found is None or len(digits) > places:
        return ""
    figure = Decimal(f"{found[2].replace(',', '')}.{digits or '0'}")
    return f"{figure:,.{max(len(digits), min(places, 2))}f}" if figure else ""


def format_figure(money: Money) -> str:
    """The figure with separators and decimals, without its currency: ``33,911.62``."""
    return f"{money.decimal:,.{exponent(money.currency)}f}"


def format_money(money: Money) -> str:
    """The figure with its currency sign: ``¥33,911.62``."""
    sign = "-" if money.minor < 0 else ""
    symbol = _SYMBOL.get(money.currency, money.currency + " ")
    return sign + symbol + format_figure(Money(abs(money.minor), money.currency))
