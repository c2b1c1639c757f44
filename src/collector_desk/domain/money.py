"""Money in integer minor units (fen for CNY) with its currency; Decimal only at the edges."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_EXPONENT = {"CNY": 2, "USD": 2, "HKD": 2, "EUR": 2, "GBP": 2, "TWD": 2, "JPY": 0, "VND": 0}
_SYMBOL = {"CNY": "¥", "USD": "$", "HKD": "HK$", "EUR": "€", "GBP": "£", "TWD": "NT$", "JPY": "JP¥", "VND": "₫"}
_PLAIN = re.compile(r"[+-]?\d{1,15}(\.\d+)?")


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
    """Read a typed or printed amount such as ``"33,911.62"`` or ``"¥ 2000"``.

    Raises ValueError where the text is no amount or has more decimals than the currency; nothing is rounded.
    """
    cleaned = text.strip().removeprefix(_SYMBOL.get(currency, "")).removeprefix("¥").strip()
    cleaned = cleaned.replace(",", "").replace("，", "").removesuffix("元").strip()
    if not _PLAIN.fullmatch(cleaned):
        raise ValueError("not an amount")
    try:
        scaled = Decimal(cleaned).scaleb(exponent(currency))
    except InvalidOperation as error:  # pragma: no cover -- the pattern lets nothing else through
        raise ValueError("not an amount") from error
    if scaled != scaled.to_integral_value():
        raise ValueError("too many decimals")
    return Money(int(scaled), currency)


def format_figure(money: Money) -> str:
    """The figure with separators and decimals, without its currency: ``33,911.62``."""
    return f"{money.decimal:,.{exponent(money.currency)}f}"


def format_money(money: Money) -> str:
    """The figure with its currency sign: ``¥33,911.62``."""
    sign = "-" if money.minor < 0 else ""
    symbol = _SYMBOL.get(money.currency, money.currency + " ")
    return sign + symbol + format_figure(Money(abs(money.minor), money.currency))
