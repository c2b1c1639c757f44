"""Whether two writings of a name sound alike: on a telephone nobody hears characters, 贞 and 珍 are one.

Compared by syllables without tones; one with several readings (曾, 单, 乐) may sound by any of them, and typed
pinyin counts as what it spells. Syllables that are near (n and l, zh and z) stay apart.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache

from collector_desk.domain.text import names

Readings = Mapping[str, tuple[str, ...]]
"""Each character's syllables without tones, ``v`` for ü."""

_LONGEST = 200


def alike(said: str, name: str, readings: Readings) -> bool:
    """Whether what was typed may be this name by its sound. Dots, spaces and tone marks say nothing."""
    one, other = _plain(said), _plain(name)
    if not one or not other:
        return False
    if one == other:
        return True

    @cache
    def from_here(at: int, to: int) -> bool:
        if at == len(one) or to == len(other):
            return at == len(one) and to == len(other)
        if one[at] == other[to] and from_here(at + 1, to + 1):
            return True
        here, there = readings.get(one[at], ()), readings.get(other[to], ())
        if here and there:
            return not set(here).isdisjoint(there) and from_here(at + 1, to + 1)
        return any(one.startswith(way, at) and from_here(at + len(way), to + 1) for way in _spelt(there)) or any(
            other.startswith(way, to) and from_here(at + 1, to + len(way)) for way in _spelt(here)
        )

    return from_here(0, 0)


def _plain(text: str) -> str:
    """Without dots, spaces and tones; the ü of 吕 as v, which is how most type it."""
    parts = unicodedata.normalize("NFD", names.folded(text[:_LONGEST]).replace("ü", "v"))
    return "".join(char for char in parts if unicodedata.category(char) != "Mn").replace("u:", "v")


def _spelt(syllables: tuple[str, ...]) -> set[str]:
    """The ways in which syllables are typed: lv is lyu on papers, lve is typed lue."""
    found = set(syllables)
    for one in syllables:
        if "v" in one:
            found |= {one.replace("v", "yu"), one.replace("ve", "ue")}
    return found
