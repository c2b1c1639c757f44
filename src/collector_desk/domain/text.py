"""Text from outside: what must never reach the screen, a PDF or an export as it came."""

import unicodedata

MAX_FIELD = 20_000
"""Longest free text kept in one field, in characters."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT = frozenset("\n\t")


def is_hidden(char: str) -> bool:
    """Control, bidi, zero-width and private characters, which hide or reorder what a person reads."""
    if char in _KEPT:
        return False
    return char in _BIDI or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def visible(text: str) -> str:
    """The text with every hidden character shown as its code point, e.g. ``[U+202E]``."""
    return "".join(f"[U+{ord(char):04X}]" if is_hidden(char) else char for char in text)


def cleaned(text: str, limit: int = MAX_FIELD) -> str:
    """Typed text as it is stored: line ends made one, hidden characters shown, cut at ``limit``.

    Nothing is lost unseen: a caller that must not cut checks the length first.
    """
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"))[:limit].strip()
