"""Text reduced to what is read aloud: the tokens behind spaces, full width, emoji, tone marks, split characters.

Used where letters may be disguised (the wording check) or merely typed differently (the finder of answers).
Each token keeps its span in the original text, so that what is found can be underlined there.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Token(NamedTuple):
    """One letter, digit or Chinese character; ``start`` and ``end`` are its place in the original text."""

    char: str
    start: int
    end: int

    @property
    def is_han(self) -> bool:
        """Whether it is a Chinese character."""
        return self.char > "\u2e7f"


@dataclass(frozen=True, slots=True)
class Folding:
    """What is read as what: ``characters`` (one to one or more: traditional, look-alike, emoji) and ``splits``
    (two parts written side by side for one character: 马扁 for 骗)."""

    characters: Mapping[str, str]
    splits: Mapping[str, str]


NO_FOLDING = Folding({}, {})
_LEET = {"0": "o", "1": "i", "3": "e", "@": "a", "$": "s"}


class Reader:
    """Turns text into tokens; remembers what each character folds to (the same few thousand come back)."""

    def __init__(self, folding: Folding = NO_FOLDING) -> None:
        self._folding = folding
        self._known: dict[str, str] = {}

    def tokens(self, text: str) -> list[Token]:
        """Letters, digits and Chinese characters of the text, folded; everything else is left out."""
        known = self._known
        found: list[Token] = []
        for place, char in enumerate(text):
            folded = known.get(char)
            if folded is None:
                folded = known[char] = self._fold(char)
            if len(folded) == 1:
                found.append(Token(folded, place, place + 1))
            elif folded:
                found += [Token(part, place, place + 1) for part in folded]
            elif char in "@$":
                found.append(Token(char, place, place + 1))
        return _without_leet(found) if not _LEET.keys().isdisjoint(text) else found

    def joined(self, tokens: Sequence[Token]) -> list[Token] | None:
        """The tokens with split characters put together, or None where there are none."""
        splits = self._folding.splits
        result: list[Token] = []
        changed = False
        skip = False
        for index, token in enumerate(tokens):
            if skip:
                skip = False
                continue
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            whole = splits.get(token.char + after.char) if after is not None else None
            if whole is None or after is None:
                result.append(token)
                continue
            result.append(Token(whole, token.start, after.end))
            changed = skip = True
        return result if changed else None

    def _fold(self, char: str) -> str:
        special = self._folding.characters.get(char)
        if special is not None:
            return special
        parts = unicodedata.normalize("NFKD", char).casefold()
        mapped = (self._folding.characters.get(part, part) for part in parts)
        return "".join(part for part in mapped if part.isalnum())


def _without_leet(tokens: list[Token]) -> list[Token]:
    """Digits and signs that stand for letters inside a Latin word (1d10t); elsewhere digits stay digits."""
    result: list[Token] = []
    for index, token in enumerate(tokens):
        letter = _LEET.get(token.char)
        if letter is None:
            result.append(token)
            continue
        before = result[-1] if result else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        inside = before is not None and before.end == token.start and _is_latin(before.char)
        follows = after is not None and after.start == token.end and (_is_latin(after.char) or after.char in _LEET)
        if inside and follows:
            result.append(Token(letter, token.start, token.end))
        elif token.char not in "@$":
            result.append(token)
    return result


def same_word(tokens: Sequence[Token], left: int, right: int) -> bool:
    """Whether two neighbouring tokens stand in one Latin word of the original text."""
    if left < 0 or right >= len(tokens):
        return False
    first, second = tokens[left], tokens[right]
    return _is_latin(first.char) and _is_latin(second.char) and first.end == second.start


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
