"""Text from outside: what must never reach the screen, a PDF or an export as it came."""

import dataclasses
import unicodedata
from enum import Enum
from typing import TypeVar, cast

_Value = TypeVar("_Value")

MAX_FIELD = 20_000
"""Longest free text kept in one field, in characters."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT = frozenset("\n\t")
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing at all."""
_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n"}


def is_hidden(char: str) -> bool:
    """Control, bidi, zero-width, blank and private characters, which hide or reorder what a person reads."""
    if char in _KEPT:
        return False
    if char in _BIDI or char in BLANK:
        return True
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def visible(text: str) -> str:
    """The text with every hidden character shown as its code point, e.g. ``[U+202E]``."""
    if text.isprintable() and BLANK.isdisjoint(
        text
    ):  # as nearly all text is: told by two looks, not one a character
        return text
    return "".join(f"[U+{ord(char):04X}]" if is_hidden(char) else char for char in text)


def cleaned(text: str, limit: int = MAX_FIELD) -> str:
    """Typed text as it is stored: line ends made one, hidden characters shown, cut at ``limit``.

    Nothing is lost unseen: a caller that must not cut checks the length first.
    """
    for old, new in _LINE_ENDS.items():
        text = text.replace(old, new)
    return visible(text)[:limit].strip()


def cleaned_value(value: _Value, limit: int = MAX_FIELD) -> _Value:
    """The same value with every text in it cleaned, however deep: a form as it may be stored."""
    return cast("_Value", _cleaned(value, limit))


def _cleaned(value: object, limit: int) -> object:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return cleaned(value, limit)
    if isinstance(value, tuple):
        return tuple(_cleaned(part, limit) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if field.init]
        return dataclasses.replace(value, **{name: _cleaned(getattr(value, name), limit) for name in names})
    return value
