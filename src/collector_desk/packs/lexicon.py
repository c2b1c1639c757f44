"""Reads the lexicon of forbidden wordings (``resources/objections/lexicon.toml`` or a team's copy)."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from collector_desk.domain.message import Trouble
from collector_desk.domain.personal_numbers import NumberSort
from collector_desk.domain.plain_text import Folding
from collector_desk.domain.vocabulary import Speaker
from collector_desk.domain.wording import Category, Lexicon, Phrase, Severity, WordingCheck
from collector_desk.packs.pinyin import syllables
from collector_desk.resources import resource


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Group(_Part):
    category: Category
    severity: Severity
    phrases: tuple[str, ...] = Field(min_length=1)
    speakers: frozenset[Speaker] = frozenset()
    quotable: bool = True
    deniable: bool = True


class _File(_Part):
    version: str
    group: tuple[_Group, ...]
    allowed: tuple[str, ...] = ()
    numbers: dict[NumberSort, Severity] = {}
    characters: dict[str, str] = {}
    splits: dict[str, str] = {}


def load_lexicon(path: Path | None = None) -> Lexicon:
    """Read and check a lexicon; the shipped one by default.

    Raises Trouble (``wording.pack_broken``) naming the file and what is wrong: no TOML, an unknown field or
    category, an empty phrase.
    """
    source = path or resource("objections", "lexicon.toml")
    try:
        content = _File.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise Trouble("wording.pack_broken", file=source.name, detail=_detail(error)) from error
    phrases = []
    for group in content.group:
        for text in group.phrases:
            if not any(part.strip() for part in text.split("*")):
                raise Trouble("wording.pack_broken", file=source.name, detail=repr(text))
            phrases.append(
                Phrase(text, group.category, group.severity, group.speakers, group.quotable, group.deniable)
            )
    wrong = [pair for pair in content.splits if len(pair) != 2]
    if wrong:
        raise Trouble("wording.pack_broken", file=source.name, detail=repr(wrong[0]))
    return Lexicon(tuple(phrases), Folding(content.characters, content.splits), content.numbers, content.allowed)


@cache
def shipped_check() -> WordingCheck:
    """The check of the shipped lexicon, built once."""
    return WordingCheck(load_lexicon(), syllables())


def _detail(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return ".".join(str(part) for part in first["loc"]) + ": " + first["msg"]
    return str(error)
