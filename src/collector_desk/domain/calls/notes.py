"""Notes of a call: filler is refused with its own reason."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from collector_desk.domain.calls.outcomes import Need, rule_for
from collector_desk.domain.calls.short_forms import gap_after
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Outcome

MIN_CHINESE = 6
"""Fewest characters that can say something in Chinese."""
MIN_WORDS = 4
"""Fewest words that can say something in a language written with spaces."""
_SAME_AS_LAST = 0.92
_KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
_VOWELS = frozenset("aeiouy")


class Filler(StrEnum):
    """Why a note says nothing."""

    EMPTY = "empty"
    ONLY_PUNCTUATION = "only_punctuation"
    ONE_CHARACTER = "one_character"
    KEYBOARD_MASH = "keyboard_mash"
    ONLY_OUTCOME = "only_outcome"
    COPY_OF_LAST = "copy_of_last"
    TOO_SHORT = "too_short"
    GAP = "gap"  # what a short form left to be filled in


@dataclass(frozen=True, slots=True)
class NoteFinding:
    """One reason why a note can't be saved; ``message`` says it to the agent."""

    kind: Filler
    message: Message


def check_note(
    text: str, outcome: Outcome, last_note: str | None = None, outcome_names: Collection[str] = ()
) -> list[NoteFinding]:
    """Refuse filler where the outcome needs a note; an empty list means the note may be saved.

    ``outcome_names`` are the outcome's words in the languages of the screen (from the messages), so that a note
    that only repeats them is seen. Of why it says nothing the most telling reason comes; a gap is another.
    """
    if Need.NOTE not in rule_for(outcome).needs and not text.strip():
        return []
    found = filler(text, (*outcome_names, outcome.value), last_note)
    gap = gap_after(text, 0) is not None
    return [one for one in (found, _finding(Filler.GAP) if gap else None) if one]


def filler(text: str, names: Collection[str] = (), last: str | None = None) -> NoteFinding | None:
    """Why words somebody was asked for say nothing; None where they may stand. ``names`` alone say nothing."""
    kind = _filler(text, names, last)
    return None if kind is None else _finding(kind)


def _finding(kind: Filler) -> NoteFinding:
    return NoteFinding(kind, msg(f"calls.notes.{kind.value}", chinese=MIN_CHINESE, words=MIN_WORDS))


def _filler(text: str, names: Collection[str], last_note: str | None) -> Filler | None:
    if not text.strip():
        return Filler.EMPTY
    core = _core(text)
    if not core:
        return Filler.ONLY_PUNCTUATION
    if _repeats(core):
        return Filler.ONE_CHARACTER
    if _is_mash(text):
        return Filler.KEYBOARD_MASH
    if core in {_core(name) for name in names}:
        return Filler.ONLY_OUTCOME
    if last_note and _is_copy(core, _core(last_note)):
        return Filler.COPY_OF_LAST
    return None if _long_enough(text) else Filler.TOO_SHORT


def _core(text: str) -> str:
    """Letters and digits alone, folded, so that spacing and punctuation can't make a copy look new."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _repeats(core: str) -> bool:
    """One character, or one group of up to three, over and over (哈哈哈哈, 123123123)."""
    if len(core) >= 3 and len(set(core)) == 1:
        return True
    for size in (2, 3):
        group = core[:size]
        if len(core) >= 3 * size and (group * (len(core) // size + 1))[: len(core)] == core:
            return True
    return False


def _is_mash(text: str) -> bool:
    """Runs of keys without sense: asdfgh, qwerty, letters without a vowel."""
    words = re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKC", text).casefold())
    if not words or any(ord(c) > 0x2E7F and c.isalnum() for c in text):
        return False
    return all(_mash_word(word) for word in words) and sum(map(len, words)) >= 4


def _mash_word(word: str) -> bool:
    if len(word) >= 4 and any(word in row or word[::-1] in row for row in _KEY_ROWS):
        return True
    letters = word.strip("0123456789")
    if len(letters) >= 4 and not _VOWELS & set(letters):
        return True
    rows = [row for row in _KEY_ROWS if all(c in row for c in word)]
    return len(word) >= 6 and bool(rows) and rows[0] == "asdfghjkl"


def _is_copy(core: str, last: str) -> bool:
    if core == last:
        return True
    # A changed figure or date makes another note: only near-identical long texts count as a copy.
    if len(core) < 20 or re.sub(r"\D", "", core) != re.sub(r"\D", "", last):
        return False
    return SequenceMatcher(None, core, last, autojunk=False).ratio() >= _SAME_AS_LAST


def _long_enough(text: str) -> bool:
    chinese = sum(1 for c in text if ord(c) > 0x2E7F and c.isalnum())
    words = len(re.findall(r"[^\W\u2e80-\U0003ffff]+", text))
    figures = sum(c.isdigit() for c in text) if chinese >= 2 else 0  # 周五还2000 says something
    return chinese + figures >= MIN_CHINESE or words >= MIN_WORDS or chinese + 2 * words >= MIN_CHINESE + 2
