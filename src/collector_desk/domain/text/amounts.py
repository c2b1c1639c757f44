"""What an amount is, wherever it comes from: one grammar for files, forms and the command line.

``-￥1,234.56元``, ``1.2万``, ``USD 5``, ``(12.00)``. Commas stand in groups of three or not at all: anywhere else
they are a slip of the hand, and what was meant is asked, never guessed. A blank between figures may part two of
them, so that it is asked too; only the blanks that are made to hold a figure together (of no break, thin) stand
for a comma.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from collector_desk.domain.book.money import Money, exponent
from collector_desk.domain.text.bare import bare
from collector_desk.domain.text.currencies import MARKS

FIGURE = re.compile(r"([+-]?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{0,20}))?", re.ASCII)
"""Sign, whole part, decimals."""

_MOST = 10**17  # minor units: what the store's numbers hold, and more than anybody owes
_POWERS = {"百": 2, "千": 3, "万": 4, "萬": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "億": 8}
_MARK = "|".join(map(re.escape, sorted(MARKS, key=len, reverse=True)))
_POWER = "|".join(sorted(_POWERS, key=len, reverse=True))
_WHOLE = re.compile(
    rf"(?P<sign>[+-]?)\s*+(?P<before>{_MARK})?\s*+(?P<figure>[+-]?[\d.,。｡、]*+)\s*+(?P<power>{_POWER})?\s*+"
    rf"(?:(?P<behind>{_MARK})|(?P<yuan>元|圆|圓|块钱|块)整?)?"
)
_HELD_TOGETHER = re.compile("(?<=[0-9０-９])[\u00a0\u2007\u2009\u202f](?=[0-9０-９]{3})")
_PARTED = re.compile(r"(?<=[0-9])\s(?=[0-9]{3}(?![0-9]))", re.ASCII)
_POINTS = str.maketrans({"。": ".", "｡": ".", "、": ","})
"""What the hand meets beside the point and the comma of a Chinese keyboard."""


class NotAnAmountError(ValueError):
    """A text that is no amount. ``meant``: the figure it must have been meant for, where only one can be."""

    def __init__(self, meant: str = "") -> None:
        super().__init__("not an amount")
        self.meant = meant


class TooFineError(NotAnAmountError):
    """An amount with more decimals than its currency has."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it is written. ``power``: of ten, where a unit behind it says so (4 for 万, 0 for 元);
    ``currencies``: whose its mark can be, none where it bears none."""

    negative: bool
    whole: str
    decimals: str
    power: int | None
    currencies: tuple[str, ...]

    def minor(self, places: int) -> int:
        """In units of which ``places`` decimals make one; raises TooFineError rather than to round."""
        shift = places - len(self.decimals)
        if shift < 0:
            raise TooFineError
        found: int = int(self.whole + self.decimals) * 10**shift
        if found >= _MOST:
            raise NotAnAmountError
        return -found if self.negative else found


def read(text: str, places: int = 2) -> Amount:
    """The amount a text says; raises NotAnAmountError. ``places``: decimals of the figure that is asked back."""
    plain = _HELD_TOGETHER.sub(",", text) if not text.isascii() else text
    plain = unicodedata.normalize("NFKC", bare(plain)).strip().casefold()
    in_brackets = plain.startswith("(") and plain.endswith(")")
    if in_brackets:
        plain = plain[1:-1].strip()
    found = _WHOLE.fullmatch(plain)
    if found is None and (joined := _PARTED.sub(",", plain)) != plain:  # one figure or two: asked, never guessed
        found = _WHOLE.fullmatch(joined)
        figure = meant(found["figure"], places + _POWERS.get(found["power"] or "", 0)) if found else ""
        raise NotAnAmountError(figure and figure + ((found and found["power"]) or ""))
    if found is None or (found["before"] and found["behind"] and found["before"] != found["behind"]):
        raise NotAnAmountError
    signs = found["sign"] + ("-" if in_brackets else "")
    said = FIGURE.fullmatch(found["figure"])
    if said is None:
        figure = meant(signs + found["figure"], places + _POWERS.get(found["power"] or "", 0))
        raise NotAnAmountError(figure and figure + (found["power"] or ""))
    signs += said[1]
    if len(signs) > 1:
        raise NotAnAmountError
    power = _POWERS[found["power"]] if found["power"] else 0 if found["yuan"] else None
    mark = found["before"] or found["behind"]
    decimals = (said[3] or "").rstrip("0")
    return Amount(signs == "-", said[2].replace(",", ""), decimals, power, MARKS[mark] if mark else ())


def parse_money(text: str, currency: str = "CNY") -> Money:
    """A typed amount such as ``"33,911.62"`` or ``"￥ 2000"``; raises NotAnAmountError.

    Nothing is rounded, no comma is read away, and another currency's mark is another amount.
    """
    places = exponent(currency)
    found = read(text, places)
    if found.currencies and currency not in found.currencies:
        raise NotAnAmountError
    return Money(found.minor(places + (found.power or 0)), currency)


def meant(figure: str, places: int) -> str:
    """The one figure that a slip of the hand can have been meant for (1200,5: ``1,200.50``); nothing in doubt."""
    plain = figure.translate(_POINTS)
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
    value = Decimal(f"{found[2].replace(',', '')}.{digits or '0'}")
    return f"{value:,.{max(len(digits), min(places, 2))}f}" if value else ""
