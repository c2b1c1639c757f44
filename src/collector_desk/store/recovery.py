"""The printed recovery code: 8 groups of 4 of Crockford's base 32, 155 random bits and a check character."""

import secrets

from collector_desk.domain.message import Trouble

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 32
_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def _check(values: list[int]) -> int:
    """Luhn's check over base 32: finds every single wrong character and nearly every swapped pair."""
    total = 0
    for position, value in enumerate(reversed(values)):
        doubled = value * 2 if position % 2 == 0 else value
        total += doubled // 32 + doubled % 32
    return -total % 32


def new_code() -> str:
    """A fresh code as it is printed: ``XXXX-XXXX-…``."""
    values = [secrets.randbelow(32) for _ in range(_LENGTH - 1)]
    values.append(_check(values))
    text = "".join(ALPHABET[value] for value in values)
    return "-".join(text[start : start + 4] for start in range(0, _LENGTH, 4))


def normalise_code(typed: str) -> str:
    """The 32 characters of what was typed: lower case, spaces, dashes, O for 0, I or L for 1 are all right.

    Raises Trouble ``store.recovery_mistyped`` if a character is missing, impossible or the check fails.
    """
    import unicodedata

    plain = unicodedata.normalize("NFKC", typed).upper().translate(_CONFUSED)
    text = "".join(char for char in plain if not (char.isspace() or char in "-‐‑‒–—―−_.·"))
    values = [ALPHABET.find(char) for char in text]
    if len(values) != _LENGTH or -1 in values or _check(values[:-1]) != values[-1]:
        raise Trouble("store.recovery_mistyped", given=len(text), wanted=_LENGTH)
    return text
