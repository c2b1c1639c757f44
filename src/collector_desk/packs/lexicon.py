"""Reads the lexicon of forbidden wordings (``resources/objections/lexicon.toml`` or a team's copy).

Every fault has its line. A phrase that reads as nothing, stands there twice or is called lawful beside it is one
too: nobody would see that it is never found.
"""

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from pydantic import Field

from collector_desk.domain.message import Message, Trouble, msg
from collector_desk.domain.text.cleaning import is_hidden, visible
from collector_desk.domain.text.personal_numbers import NumberSort
from collector_desk.domain.text.plain_text import Folding, Reader
from collector_desk.domain.text.wording import Category, Lexicon, Phrase, Severity, WordingCheck
from collector_desk.domain.vocabulary import Speaker
from collector_desk.packs.pinyin import syllables
from collector_desk.packs.strict_toml import PackFault, Strict, parse
from collector_desk.packs.toml_lines import LineIndex, Where
from collector_desk.resources import resource

LEXICON_FILE = "lexicon.toml"
_LONGEST = 60
_MOST_GAPS = 3
_ALWAYS_BLOCKED = (NumberSort.IDENTITY, NumberSort.CARD)


class _Group(Strict):
    category: Category
    severity: Severity
    phrases: tuple[str, ...] = Field(min_length=1)
    speakers: frozenset[Speaker] = frozenset()
    quotable: bool = True
    deniable: bool = True


class _File(Strict):
    version: str = Field(min_length=1)
    group: tuple[_Group, ...] = Field(min_length=1)
    allowed: tuple[str, ...] = ()
    numbers: dict[NumberSort, Severity] = Field(default_factory=dict)
    characters: dict[str, str] = Field(default_factory=dict)
    splits: dict[str, str] = Field(default_factory=dict)


def load_lexicon(path: Path | None = None) -> Lexicon:
    """Read and check a lexicon; the shipped one by default.

    Raises Trouble (``packs.wording.pack_broken``) naming the file, the line and what is wrong there.
    """
    source = path or resource("objections", LEXICON_FILE)
    lexicon, faults = read_lexicon(source.name, source.read_bytes())
    if lexicon is None or faults:
        first = faults[0]
        raise Trouble("packs.wording.pack_broken", file=first.file, line=first.line, detail=first.message)
    return lexicon


def read_lexicon(name: str, raw: bytes) -> tuple[Lexicon | None, tuple[PackFault, ...]]:
    """The lexicon in a file's content and everything wrong with it; None where it can't be read."""
    content, faults, lines = parse(name, raw, _File)
    if content is None:
        return None, tuple(faults)
    folding = Folding(content.characters, content.splits)
    found = [*_phrase_faults(name, content, Reader(folding), lines), *_other_faults(name, content, lines)]
    phrases = tuple(
        Phrase(text, group.category, group.severity, group.speakers, group.quotable, group.deniable)
        for group in content.group
        for text in group.phrases
    )
    lexicon = Lexicon(phrases, folding, content.numbers, content.allowed)
    return lexicon, tuple(sorted(found, key=lambda fault: fault.line))


@cache
def shipped_check() -> WordingCheck:
    """The check of the shipped lexicon, built once."""
    return WordingCheck(load_lexicon(), syllables())


def built_check(lexicon: Lexicon) -> WordingCheck:
    """The check of another lexicon, as the shipped one is built."""
    return WordingCheck(lexicon, syllables())


def _phrase_faults(name: str, content: _File, reader: Reader, lines: LineIndex) -> Iterator[PackFault]:
    seen: dict[tuple[str, frozenset[Speaker]], int] = {}
    lawful = {_read(text, reader) for text in content.allowed}
    for place, group in enumerate(content.group):
        if group.category is Category.PERSONAL_NUMBER:  # found by their form, see [numbers]
            where: Where = ("group", place, "category")
            yield PackFault(name, lines.line(where), msg("packs.wording.numbers_are_no_words"))
        for index, text in enumerate(group.phrases):
            line = lines.line(("group", place, "phrases", index))
            read = "*".join(_read(part, reader) for part in text.split("*"))
            fault = _phrase_fault(text, read, lawful)
            if fault is None and (read, group.speakers) in seen:
                fault = msg("packs.wording.twice", phrase=_shown(text), line=seen[read, group.speakers])
            if fault is not None:
                yield PackFault(name, line, fault)
            seen.setdefault((read, group.speakers), line)


def _phrase_fault(text: str, read: str, lawful: Collection[str]) -> Message | None:
    if not all(read.split("*")):
        return msg("packs.wording.reads_as_nothing", phrase=_shown(text))
    if any(map(is_hidden, text)):
        return msg("packs.wording.hidden", phrase=_shown(text))
    if len(text) > _LONGEST or text.count("*") > _MOST_GAPS:
        return msg("packs.wording.too_long", most=_LONGEST, gaps=_MOST_GAPS)
    if len(read) == 1 and read.isascii():
        return msg("packs.wording.one_letter", phrase=_shown(text))
    return msg("packs.wording.lawful_too", phrase=_shown(text)) if read in lawful else None


def _other_faults(name: str, content: _File, lines: LineIndex) -> Iterator[PackFault]:
    for sort in NumberSort:
        severity = content.numbers.get(sort)
        if severity is None or (sort in _ALWAYS_BLOCKED and severity is not Severity.BLOCK):
            line = lines.line(("numbers", sort.value))
            code = "packs.wording.number_unweighed" if severity is None else "packs.wording.number_must_block"
            yield PackFault(name, line, msg(code, key=f"numbers.{sort.value}"))
    for pair, whole in content.splits.items():
        if len(pair) != 2 or len(whole) != 1:
            yield PackFault(name, lines.line(("splits", pair)), msg("packs.wording.bad_split", pair=_shown(pair)))
    for char in content.characters:
        if len(char) != 1:
            yield PackFault(
                name, lines.line(("characters", char)), msg("packs.wording.bad_character", char=_shown(char))
            )


def _read(text: str, reader: Reader) -> str:
    return "".join(token.char for token in reader.tokens(text))


def _shown(text: str) -> str:
    """A wording as a message may repeat it."""
    return visible(text) if len(text) <= _LONGEST else visible(text[:_LONGEST]) + "…"
