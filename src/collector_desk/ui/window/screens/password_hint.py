"""How hard a password is to guess, roughly, while it is typed: a hint, not a judge."""

from enum import IntEnum
from itertools import pairwise


class Strength(IntEnum):
    """In rising order."""

    SHORT = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3


def strength(password: str, minimum: int, *, known: tuple[str, ...] = ()) -> Strength:
    """Judge by length, variety, and whether it holds what others know (``known``: names). Not for policy."""
    if len(password) < minimum:
        return Strength.SHORT
    lowered = password.casefold()
    if any(len(word) > 1 and word.casefold() in lowered for word in known):
        return Strength.WEAK
    kinds = sum(
        any(test(c) for c in password)
        for test in (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum(), lambda c: ord(c) > 127)
    )
    distinct = len(set(lowered))
    runs = sum(abs(ord(a) - ord(b)) <= 1 for a, b in pairwise(lowered))
    if distinct < 6 or runs > len(password) // 2:
        return Strength.WEAK
    score = distinct + 2 * kinds
    return Strength.GOOD if score >= 18 else Strength.FAIR if score >= 12 else Strength.WEAK
