"""How Chinese characters sound, from tables shipped with the program (importing pypinyin takes too long)."""

from collections.abc import Iterator, Mapping
from functools import cache

from collector_desk.resources import resource


@cache
def syllables() -> Mapping[str, str]:
    """Each common character's syllable without tone (``v`` for ü); polyphones by their usual reading."""
    return {char: syllable for syllable, characters in _lines("pinyin.txt") for char in characters}


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Every reading of each character, rare ones of names too."""
    found = {char: (syllable,) for char, syllable in syllables().items()}
    for syllable, characters in _lines("readings.txt"):
        for char in characters:
            found[char] = (*found.get(char, ()), syllable)
    return found


def _lines(name: str) -> Iterator[tuple[str, str]]:
    for line in resource("objections", name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            syllable, _, characters = line.partition(" ")
            yield syllable, characters
