"""In which unit and currency a heading or a title says that amounts are given: yuan, 万元, cents, dollars."""

import re

from collector_desk.domain.text import currencies
from collector_desk.domain.text.bare import folded

_POWERS = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
_NAMES = {**currencies.NAMES, "¥": "CNY"}
_WORD = "|".join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True))
_UNIT = (
    rf"(?P<a>{_WORD})?[\s/、,]*+(?:(?P<power>[十百千]?[万萬亿]|[百千])?(?P<yuan>元|圆)?|(?P<small>分|角))"
    rf"[\s/、,]*+(?P<b>{_WORD})?"
)
_WHOLE = re.compile(rf"(?:单位)?\s*+[:：]?\s*+{_UNIT}\s*+(?:整)?")
_SAID = re.compile(rf"(?:单位|币种|货币|currency|unit)s?\s*+[:：为]?\s*+{_UNIT}(?![\u4e00-\u9fff\w])", re.I)
_ENGLISH = {"thousand": 3, "thousands": 3, "'000": 3, "000": 3, "000s": 3, "million": 6, "millions": 6, "cents": -2}
_BRACKETS = re.compile(r"\(([^()]{1,12})\)|\[([^\[\]]{1,12})\]|【([^【】]{1,12})】")


Unit = tuple[int | None, str]
"""The power of ten that makes it the main unit (4 for 万元, -2 for 分; None where unsaid), and the currency."""


def unit_of_heading(heading: str) -> Unit:
    """What stands in the brackets behind a heading, as in ``委案金额(万元)`` or ``Total due (USD)``."""
    return _merged([_whole(text) for text in _bracketed(heading)])


def unit_of_titles(words: str) -> Unit:
    """What the rows above a header say of all amounts below: ``单位：万元``, ``(万元)``, ``币种：美元``."""
    plain = folded(words).casefold()
    said = [_read(found) for found in _SAID.finditer(plain)]
    return _merged([*said, *(_whole(text) for text in _bracketed(plain))])


def _bracketed(text: str) -> list[str]:
    return ["".join(parts).strip() for parts in _BRACKETS.findall(folded(text).casefold())]


def _whole(text: str) -> Unit:
    words = text.split()
    if words and words[-1] in _ENGLISH and all(word in _NAMES for word in words[:-1]):
        return _ENGLISH[words[-1]], _NAMES[words[0]] if words[:-1] else ""
    found = _WHOLE.fullmatch(text)
    return _read(found) if found else (None, "")


def _read(found: "re.Match[str]") -> Unit:
    named = found["a"] or found["b"] or ""
    currency = _NAMES.get(named, "")
    if found["small"]:
        return (-2 if found["small"] == "分" else -1), currency
    if found["power"] or found["yuan"]:
        return _POWERS[found["power"] or ""], currency
    return None, currency


def _merged(units: list[Unit]) -> Unit:
    """The first power and the first currency that is named."""
    power = next((power for power, _ in units if power), next((p for p, _ in units if p is not None), None))
    return power, next((currency for _, currency in units if currency), "")
