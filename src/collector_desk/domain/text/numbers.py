"""Numbers of ours that people read out and type: ``K7M-1042`` is a case, ``K7M-V1001`` a visit.

The three characters in front are the store's own, drawn when it is made, so that two stores never give out the same
number. They are capitals and figures that nobody takes for each other, without vowels and never letters alone, so
that they spell nothing; the first is a letter, and none that stands for a kind. A number is read with or without
them, in any case, whatever became of its dash.
"""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from collector_desk.domain.text.telephone import fold


class Numbered(StrEnum):
    """What bears a number of ours, by the letter between the store's prefix and the figures."""

    CASE = ""
    VISIT = "V"
    INCIDENT = "E"
    PACK = "P"  # to take along on a visit
    PERSON = "C"
    EXPORT = "N"  # of contact records, to the bank
    QUESTIONS = "A"  # a list of questions, to the bank
    LIST = "G"  # of cases, to the bank: asked to stay, or gone back
    MONTH = "U"  # of a placement, reconciled


FIRST = 1001
"""Where every count begins: four figures are found by the search, and name no one by chance."""
LETTERS, FIGURES = "DFHJKMRTWXY", "236789"
"""No 0 O Q, 1 I L, 5 S, 8 B, 2 Z; no 4, which sounds like death; none of the kinds' letters."""
DEMO_PREFIX = "K7M"
"""Of every demo: its pictures and papers show the same numbers everywhere."""
_PREFIX = f"[{LETTERS}][{LETTERS}{FIGURES}]{{2}}"
_WRITTEN = re.compile(rf"({_PREFIX})?([VEPCNAGU])?([0-9]{{1,9}})")
_BETWEEN = re.compile(r"[\s_./·-]+")


@dataclass(frozen=True, slots=True)
class Written:
    """A number as somebody typed it; ``prefix`` is empty where they left it out."""

    prefix: str
    kind: Numbered
    serial: int


def draw_prefix(choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """A new store's prefix: a letter, then two of which one at least is a figure."""
    pairs = [a + b for a in LETTERS + FIGURES for b in LETTERS + FIGURES if a in FIGURES or b in FIGURES]
    return choose(LETTERS) + choose(pairs)


def spelt(prefix: str, kind: Numbered, serial: int | str) -> str:
    """The number as people read it."""
    return f"{prefix}-{kind.value}{serial}"


def written(text: str) -> Written | None:
    """What a typed number says; None where it is none of ours."""
    found = _WRITTEN.fullmatch(_BETWEEN.sub("", fold(text[:80]).upper()))
    if found is None:
        return None
    return Written(found[1] or "", Numbered(found[2] or ""), int(found[3]))
