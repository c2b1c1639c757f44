"""What a whole number is, wherever it comes from: ``45``, ``45天``, ``1,234``, ``45.0``, ``-3``."""

import re

from collector_desk.domain.text.bare import folded

_COUNT = re.compile(
    r"([+-]?)\s*(\d{1,6}|\d{1,3}(?:,\d{3}){1,2})(?:\.0*)?\s*(?:天|日|次|期|户|笔|days?|times?)?",
    re.IGNORECASE | re.ASCII,
)
_MINUS = str.maketrans({"−": "-", "–": "-", "－": "-"})


def read(text: str) -> int | None:
    """The number a text says; None where it is none."""
    found = _COUNT.fullmatch(folded(text).translate(_MINUS))
    if found is None:
        return None
    number = int(found[2].replace(",", ""))
    return -number if found[1] == "-" else number
