"""Money in integer minor units (fen for CNY) with its currency; Decimal only at the edges."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_EXPONENT = {"CNY": 2, "USD": 2, "HKD": 2, "EUR": 2, "GBP": 2, "TWD": 2, "JPY": 0, "VND": 0}
_SYMBOL = {"CNY": "¥", "USD": "$", "HKD": "HK$", "EUR": "€", "GBP": "£", "TWD": "NT$", "JPY": "JP¥", "VND": "₫"}


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


def format_figure(money: Money) -> str:
    """The figure with separators and decimals, without its currency: ``33,911.62``."""
    return f"{money.decimal:,.{exponent(money.currency)}f}"


def column_of(amounts: Iterable[Money]) -> list[list[str | int]]:
    """Amounts of several currencies as a column of the store keeps them."""
    return [[amount.currency, amount.minor] for amount in amounts]


def money_of(column: Iterable[tuple[str, int]]) -> tuple[Money, ...]:
    """The amounts that ``column_of`` wrote."""
    return tuple(Money(minor, currency) for currency, minor in column)


def side_by_side(*amounts: Money) -> str:
    """Amounts of several currencies, which nobody adds up: ``¥10.00 + $9,000.00``."""
    return " + ".join(map(format_money, amounts))


def format_money(money: Money) -> str:
    """The figure with its currency sign: ``¥33,911.62``."""
    sign = "-" if money.minor < 0 else ""
    symbol = _SYMBOL.get(money.currency, money.currency + " ")
    return sign + symbol + format_figure(Money(abs(money.minor), money.currency))
