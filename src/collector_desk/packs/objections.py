"""Reads the answers to what debtors say (``resources/objections``) and proves that they may be said.

``cards.toml`` holds what is the same in every language, ``<lang>.toml`` the words.
Refused: an unknown id, field or place in braces, a card without words, words for an unchecked person or a third
party that give anything of a debt away, and words that break the wording check.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from collector_desk.domain.calls.objections import HelpNumber, ObjectionCard, ObjectionIndex, Speech
from collector_desk.domain.calls.script_fields import FIELD_DISCLOSES, ScriptField
from collector_desk.domain.message import Trouble
from collector_desk.domain.text.wording import Severity
from collector_desk.domain.vocabulary import ArrearsReason, Disclosure, Outcome, Speaker
from collector_desk.packs.lexicon import shipped_check
from collector_desk.packs.pinyin import syllables
from collector_desk.packs.toml_lines import LineIndex, toml_error_line
from collector_desk.packs.word_lists import load_speech
from collector_desk.resources import resource

LANGUAGES = ("zh_CN", "en")
_PLACE = re.compile(r"\{([^{}]*)\}")
_FIELDS = {field.value: field for field in ScriptField}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Fact(_Part):
    outcome: Outcome | None = None
    reason: ArrearsReason | None = None
    urgent: bool = False


class _Help(_Part):
    number: str = Field(min_length=3)
    zh_CN: str  # noqa: N815 -- a language tag
    en: str


class _Facts(_Part):
    version: str
    cards: dict[str, _Fact]
    help: tuple[_Help, ...] = Field(min_length=1)


class _Words(_Part):
    title: str = Field(min_length=1)
    sounds_like: tuple[str, ...] = Field(min_length=8, max_length=15)
    behind_it: str = Field(min_length=1)
    first_do: str = Field(min_length=1)
    say: str = Field(min_length=1)
    say_firm: str | None = None
    say_escalation: str | None = None
    say_unknown: str | None = None
    say_third: str | None = None
    never_say: tuple[str, ...] = Field(min_length=1)
    next_question: str = Field(min_length=1)
    log: str = Field(min_length=1)
    heard: tuple[str, ...] = ()
    find: tuple[str, ...] = ()
    alarm: tuple[str, ...] = ()


class _Defaults(_Part):
    say_unknown: str
    say_third: str


_Model = TypeVar("_Model", bound=_Part)


def load_cards(lang: str, folder: Path | None = None) -> tuple[ObjectionCard, ...]:
    """The cards of one language in the order of a list; the shipped ones by default.

    Raises Trouble (``calls.objections.pack_broken``) with file, line and what is wrong.
    """
    base = folder or resource("objections")
    facts = _read(base / "cards.toml", _Facts)
    path = base / f"{lang}.toml"
    tables, lines = _tables(path)
    defaults = _checked(_Defaults, tables.pop("defaults", {}), path, lines, ("defaults",))
    for name in tables.keys() ^ facts.cards.keys():
        raise _broken(path, lines.line((name,)), f"{name}: in only one of cards.toml and {path.name}")
    numbers = tuple(HelpNumber(each.number, getattr(each, lang)) for each in facts.help)
    cards = []
    for name, fact in facts.cards.items():
        words = _checked(_Words, tables[name], path, lines, (name,))
        card = _card(name, fact, words, defaults, numbers)
        for place, fault in _faults(card):
            raise _broken(path, lines.line((name, place)), f"{name}.{place}: {fault}")
        cards.append(card)
    return tuple(cards)


@cache
def shipped_cards(lang: str) -> Mapping[str, ObjectionCard]:
    """The shipped cards by id."""
    return {card.id: card for card in load_cards(lang)}


@cache
def shipped_index(lang: str) -> ObjectionIndex:
    """The finder over the shipped cards, titles in ``lang``, wordings of every language."""
    both = {each: tuple(shipped_cards(each).values()) for each in LANGUAGES}
    return built_index(both, load_speech(), lang)


def built_index(cards: Mapping[str, tuple[ObjectionCard, ...]], speech: Speech, lang: str) -> ObjectionIndex:
    """A finder over cards by language, by how people talk."""
    others = [card for other in LANGUAGES if other != lang for card in cards[other]]
    return ObjectionIndex(cards[lang], speech, syllables(), others)


def _card(
    name: str, fact: _Fact, words: _Words, defaults: _Defaults, numbers: tuple[HelpNumber, ...]
) -> ObjectionCard:
    firm = words.say_firm or words.say
    return ObjectionCard(
        id=name,
        title=words.title,
        sounds_like=words.sounds_like,
        behind_it=words.behind_it,
        first_do=words.first_do,
        say=(words.say, firm, words.say_escalation or firm),
        say_unknown=words.say_unknown or defaults.say_unknown,
        say_third=words.say_third or defaults.say_third,
        never_say=words.never_say,
        next_question=words.next_question,
        log=words.log,
        outcome=fact.outcome,
        reason=fact.reason,
        urgent=fact.urgent,
        heard=words.heard,
        find=words.find,
        alarm=words.alarm,
        help_numbers=numbers if fact.urgent else (),
    )


def _faults(card: ObjectionCard) -> Iterator[tuple[str, str]]:
    """What may not be said as it stands: the place in the card, and why."""
    said = [(f"say{tail}", text, Speaker.DEBTOR) for tail, text in zip(_TAILS, card.say, strict=True)]
    said += [("say_unknown", card.say_unknown, Speaker.UNKNOWN), ("say_third", card.say_third, Speaker.THIRD_PARTY)]
    said.append(("next_question", card.next_question, Speaker.DEBTOR))
    for place, text, speaker in said:
        for name in _PLACE.findall(text):
            field = _FIELDS.get(name)
            if field is None:
                yield place, f"unknown field {{{name}}}"
            elif speaker is not Speaker.DEBTOR and FIELD_DISCLOSES[field] is not Disclosure.NOTHING:
                yield place, f"{{{name}}} gives away too much"
        for finding in shipped_check().check(text, speaker):
            if finding.severity is Severity.BLOCK or speaker is not Speaker.DEBTOR:
                yield place, f"{finding.category.value}: {text[finding.start : finding.end]}"


_TAILS = ("", "_firm", "_escalation")


def _read(path: Path, model: type[_Model]) -> _Model:
    tables, lines = _tables(path)
    return _checked(model, tables, path, lines, ())


def _tables(path: Path) -> tuple[dict[str, Any], LineIndex]:
    text = path.read_text(encoding="utf-8")
    try:
        return tomllib.loads(text), LineIndex(text)
    except tomllib.TOMLDecodeError as error:
        raise _broken(path, toml_error_line(str(error)), str(error)) from error


def _checked(model: type[_Model], value: object, path: Path, lines: LineIndex, where: tuple[str, ...]) -> _Model:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = (*where, *first["loc"])
        detail = ".".join(map(str, place)) + ": " + first["msg"]
        raise _broken(path, lines.line(place), detail) from error


def _broken(path: Path, line: int, detail: str) -> Trouble:
    return Trouble("calls.objections.pack_broken", file=path.name, line=line, detail=detail)
