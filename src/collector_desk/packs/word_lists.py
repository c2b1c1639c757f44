"""Reads the smaller lists: the short forms of notes (``shortcodes.toml``) and how people talk (``speech.toml``),
every fault with its line."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import Field

from collector_desk.domain.calls.objection_cards import Promise, Speech
from collector_desk.domain.calls.short_forms import FormWish, ShortForm, check_form, folded
from collector_desk.domain.message import Trouble, msg
from collector_desk.domain.text.cleaning import is_hidden, visible
from collector_desk.packs.lexicon import shipped_check
from collector_desk.packs.strict_toml import PackFault, Strict, parse
from collector_desk.packs.toml_lines import LineIndex
from collector_desk.resources import resource

CODES_FILE, SPEECH_FILE = "shortcodes.toml", "speech.toml"


class _Code(Strict):
    codes: tuple[str, ...] = Field(min_length=1)
    zh_CN: str  # noqa: N815 -- a language tag
    en: str


class _Codes(Strict):
    version: str = Field(min_length=1)
    shortcode: tuple[_Code, ...]


class _SpeechWords(Strict):
    zh: tuple[str, ...]
    en: tuple[str, ...]


class _PromiseWords(Strict):
    zh_when: tuple[str, ...] = ()
    zh_words: tuple[str, ...] = ()
    en_when: tuple[str, ...] = ()
    en_words: tuple[str, ...] = ()


class _SpeechFile(Strict):
    version: str = Field(min_length=1)
    same: dict[str, str]
    filler: _SpeechWords
    idle: _SpeechWords
    alone: _SpeechWords
    promise: _PromiseWords = _PromiseWords()  # lists from before it was there stay readable


def read_codes(name: str, raw: bytes, lang: str) -> tuple[tuple[ShortForm, ...], tuple[PackFault, ...]]:
    """The short forms in a file's content, texts in ``lang``, and everything wrong with any language of it."""
    content, faults, lines = parse(name, raw, _Codes)
    if content is None:
        return (), tuple(faults)
    forms = tuple(ShortForm(code.codes, getattr(code, lang)) for code in content.shortcode)
    return forms, tuple(_code_faults(name, content, lines))


def load_codes(lang: str, path: Path | None = None) -> tuple[ShortForm, ...]:
    """The short forms of a file, the shipped ones by default. Raises Trouble (``calls.objections.pack_broken``)."""
    source = path or resource("objections", CODES_FILE)
    forms, faults = read_codes(source.name, source.read_bytes(), lang)
    _refuse(faults)
    return forms


@cache
def shipped_codes(lang: str) -> tuple[ShortForm, ...]:
    """The short forms that come with the program."""
    return load_codes(lang)


def read_speech(name: str, raw: bytes) -> tuple[Speech | None, tuple[PackFault, ...]]:
    """How people talk, for the finder of answers, and everything wrong with the file's content."""
    content, faults, lines = parse(name, raw, _SpeechFile)
    if content is None:
        return None, tuple(faults)
    filler, idle, alone = content.filler, content.idle, content.alone
    promise = Promise(content.promise.zh_when, content.promise.zh_words)
    english = Promise(content.promise.en_when, content.promise.en_words)
    spoken = (*idle.zh, *idle.en), (*alone.zh, *alone.en)
    speech = Speech(content.same, filler.zh, filler.en, *spoken, promise, english)
    return speech, tuple(_speech_faults(name, content, lines))


def load_speech(path: Path | None = None) -> Speech:
    """How people talk, as shipped by default. Raises Trouble (``calls.objections.pack_broken``)."""
    source = path or resource("objections", SPEECH_FILE)
    speech, faults = read_speech(source.name, source.read_bytes())
    _refuse(faults)
    assert speech is not None  # noqa: S101 -- None comes with a fault
    return speech


def _refuse(faults: tuple[PackFault, ...]) -> None:
    if faults:
        first = faults[0]
        raise Trouble("calls.objections.pack_broken", file=first.file, line=first.line, detail=first.message)


def _code_faults(name: str, content: _Codes, lines: LineIndex) -> Iterator[PackFault]:
    seen: list[ShortForm] = []
    for place, entry in enumerate(content.shortcode):
        for index, code in enumerate(entry.codes):
            line = lines.line(("shortcode", place, "codes", index))
            wish = FormWish(code, "—", team=True)
            for finding in check_form(wish, (), shipped_check().check).refusals:
                yield PackFault(name, line, finding.message)
            if any(folded(code) in map(folded, form.names) for form in seen):
                yield PackFault(name, line, msg("packs.short_forms.taken", name=visible(folded(code)[:24])))
            seen.append(ShortForm((code,), ""))
        for lang in ("zh_CN", "en"):
            wish = FormWish("x", getattr(entry, lang), team=True)
            for finding in check_form(wish, (), shipped_check().check).refusals:
                yield PackFault(name, lines.line(("shortcode", place, lang)), finding.message)


def _speech_faults(name: str, content: _SpeechFile, lines: LineIndex) -> Iterator[PackFault]:
    for said, meant in content.same.items():
        if not said.strip() or any(map(is_hidden, said + meant)):
            yield PackFault(
                name, lines.line(("same", said)), msg("calls.objections.bad_word", word=visible(said[:60]))
            )
    for part in ("filler", "idle", "alone", "promise"):
        for kind, words in getattr(content, part):
            for index, said in enumerate(words):
                if not said.strip() or any(map(is_hidden, said)):
                    line = lines.line((part, kind, index))
                    yield PackFault(name, line, msg("calls.objections.bad_word", word=visible(said[:60])))
