"""The contract's interest a day, as a person writes it: in hundredths of what is owed, kept in millionths."""

import unicodedata
from decimal import Decimal, InvalidOperation

_A_HUNDREDTH = 10_000  # millionths
MOST_PPM = _A_HUNDREDTH
"""One percent a day: no contract that a court would hold up asks for more."""


def read_daily(text: str) -> int | None:
    """Millionths a day out of "0.05", "0.05 %" or nothing (0); None where it can't be read, or is beyond reason."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("%").strip()
    if not plain:
        return 0
    try:
        found = Decimal(plain) * _A_HUNDREDTH
    except InvalidOperation:
        return None
    whole = found.is_finite() and found == found.to_integral_value() and 0 <= found <= MOST_PPM
    return int(found) if whole else None


def shown_daily(ppm: int) -> str:
    """The same as it is written; empty where it isn't known."""
    return f"{Decimal(ppm) / _A_HUNDREDTH:f}" if ppm else ""
