"""How Chinese characters sound, from a table shipped with the program (importing pypinyin takes too long)."""

from collections.abc import Mapping
from functools import cache

from collector_desk.resources import resource


@cache
def syllables() -> Mapping[str, str]:
    """Each common character's syllable without tone (``v`` for ü); polyphones by their usual reading."""
    found: dict[str, str] = {}
    for line in resource("objections", "pinyin.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            syllable, _, characters = line.partition(" ")
            found.update(dict.fromkeys(characters, syllable))
    return found
