"""Resolves which version of each pack is in use: the released one, else what came with the program.

Read packs are kept by the digest of their files: what a digest names never changes. Which digest is in use is asked
anew each time, since another seat may have released something.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from collector_desk.domain.calls.objection_cards import ObjectionCard, Speech
from collector_desk.domain.calls.objections import ObjectionIndex
from collector_desk.domain.calls.scripts import ScriptPack
from collector_desk.domain.calls.short_forms import ShortForm
from collector_desk.domain.conduct.rules import Pack as RulePack
from collector_desk.domain.packs.life import Pack, PackKind, in_use
from collector_desk.domain.text.wording import WordingCheck
from collector_desk.packs import objections
from collector_desk.packs.lexicon import LEXICON_FILE, built_check, read_lexicon, shipped_check
from collector_desk.packs.pack_files import cards_in, raw
from collector_desk.packs.rules import BadRulePack as BadRules
from collector_desk.packs.rules import load_shipped, read_pack_bytes
from collector_desk.packs.scripts import BadScriptPack, read_script_files
from collector_desk.packs.word_lists import (
    CODES_FILE,
    SPEECH_FILE,
    load_speech,
    read_codes,
    read_speech,
    shipped_codes,
)
from collector_desk.services.packs import shipped as packs
from collector_desk.store.engine import Connection
from collector_desk.store.packs import versions

_CARDS, _LEXICON, _SPEECH, _SHORT_FORMS = (
    (PackKind.OBJECTIONS, name) for name in ("cards", "lexicon", "speech", "shortcodes")
)
_MOST = 32
"""So many digests, sets of steps and packs are kept; a store has few."""

_digests: dict[tuple[int, str | None], Mapping[Pack, str]] = {}
_scripts: dict[str, ScriptPack] = {}
_rules: dict[str, RulePack] = {}
_cards: dict[tuple[str, str], Mapping[str, ObjectionCard]] = {}
_indexes: dict[tuple[str | None, str | None, str], ObjectionIndex] = {}
_checks: dict[str, WordingCheck] = {}
_codes: dict[tuple[str, str], tuple[ShortForm, ...]] = {}


def digests(conn: Connection) -> Mapping[Pack, str]:
    """SHA-256 of the version in use, of every pack that has a released one."""
    key = versions.mark_of_steps(conn)
    if key not in _digests:
        _room(_digests)
        used = in_use(versions.steps(conn))
        names = {one.id: one.sha256 for one in versions.versions(conn)}
        _digests[key] = {pack: names[line.version_id] for pack, line in used.items()}
    return _digests[key]


def script_digest(conn: Connection, language: str) -> str:
    """SHA-256 of the scripts of one language that calls go by."""
    shipped = packs.shipped_scripts(language)
    return digests(conn).get((PackKind.SCRIPTS, shipped.id), shipped.sha256)


def scripts(conn: Connection, language: str) -> ScriptPack:
    """The scripts of one language that calls go by."""
    sha256 = script_digest(conn, language)
    if sha256 not in _scripts:
        pack, faults = read_script_files(raw(files_of(conn, sha256)))
        if pack is None or faults:
            raise BadScriptPack(faults)
        _room(_scripts)
        _scripts[sha256] = pack
    return _scripts[sha256]


def rules(conn: Connection, pack_ids: Iterable[str]) -> tuple[RulePack, ...]:
    """The conduct packs of these ids that decisions go by."""
    known = digests(conn)
    return tuple(_rule_pack(conn, pack_id, known.get((PackKind.RULES, pack_id))) for pack_id in pack_ids)


def rules_at(conn: Connection, pack_ids: Iterable[str], at: datetime) -> tuple[RulePack, ...]:
    """The same as they stood at an instant; what came with the program where no release had been made by then."""
    mark = versions.mark_of_steps(conn)
    if mark[0] == 0:
        return rules(conn, pack_ids)
    lines = versions.steps(conn)
    used = in_use(line for line in lines if line.at <= at)
    names = {one.id: one.sha256 for one in versions.versions(conn)}
    found = {pack: names[line.version_id] for pack, line in used.items()}
    return tuple(_rule_pack(conn, pack_id, found.get((PackKind.RULES, pack_id))) for pack_id in pack_ids)


def cards(conn: Connection, language: str) -> Mapping[str, ObjectionCard]:
    """The answers in use, by id."""
    sha256 = digests(conn).get(_CARDS)
    if sha256 is None or _is_shipped(sha256):
        return objections.shipped_cards(language)
    key = (sha256, language)
    if key not in _cards:
        _room(_cards)
        _cards[key] = {card.id: card for card in cards_in(files_of(conn, sha256), language)}
    return _cards[key]


def index(conn: Connection, language: str) -> ObjectionIndex:
    """The finder over the answers in use, by how people talk."""
    used = digests(conn)
    cards_sha256, speech_sha256 = used.get(_CARDS), used.get(_SPEECH)
    if all(sha256 is None or _is_shipped(sha256) for sha256 in (cards_sha256, speech_sha256)):
        return objections.shipped_index(language)
    key = (cards_sha256, speech_sha256, language)
    if key not in _indexes:
        both = {lang: tuple(cards(conn, lang).values()) for lang in objections.LANGUAGES}
        _room(_indexes)
        _indexes[key] = objections.built_index(both, _speech(conn, speech_sha256), language)
    return _indexes[key]


def wording(conn: Connection) -> WordingCheck:
    """The check of words that may not be used, by the lexicon in use."""
    sha256 = digests(conn).get(_LEXICON)
    if sha256 is None or _is_shipped(sha256):
        return shipped_check()
    if sha256 not in _checks:
        lexicon, faults = read_lexicon(LEXICON_FILE, _one_file(conn, sha256))
        if lexicon is None or faults:
            raise BadScriptPack(faults)
        _room(_checks)
        _checks[sha256] = built_check(lexicon)
    return _checks[sha256]


def short_forms(conn: Connection, language: str) -> tuple[ShortForm, ...]:
    """The short forms of notes everybody has: the pack in use."""
    sha256 = digests(conn).get(_SHORT_FORMS)
    if sha256 is None or _is_shipped(sha256):
        return shipped_codes(language)
    key = (sha256, language)
    if key not in _codes:
        forms, faults = read_codes(CODES_FILE, _one_file(conn, sha256), language)
        if faults:
            raise BadScriptPack(faults)
        _room(_codes)
        _codes[key] = forms
    return _codes[key]


def files_of(conn: Connection, sha256: str) -> dict[str, str]:
    """The texts of a version by file name; empty where there is no such version."""
    shipped = next((pack for pack in packs.shipped() if pack.sha256 == sha256), None)
    if shipped is not None:
        return dict(shipped.files)
    return versions.files_of(conn, sha256)


def _rule_pack(conn: Connection, pack_id: str, sha256: str | None) -> RulePack:
    if sha256 is None or _is_shipped(sha256):
        return load_shipped(pack_id)
    if sha256 not in _rules:
        ((name, text),) = files_of(conn, sha256).items()
        pack, problems = read_pack_bytes(name, text.encode("utf-8"))
        if pack is None or problems:
            raise BadRules(problems)
        _room(_rules)
        _rules[sha256] = pack
    return _rules[sha256]


def _speech(conn: Connection, sha256: str | None) -> Speech:
    if sha256 is None or _is_shipped(sha256):
        return load_speech()
    speech, faults = read_speech(SPEECH_FILE, _one_file(conn, sha256))
    if speech is None or faults:
        raise BadScriptPack(faults)
    return speech


def _one_file(conn: Connection, sha256: str) -> bytes:
    ((_, text),) = files_of(conn, sha256).items()
    return text.encode("utf-8")


def _is_shipped(sha256: str) -> bool:
    return any(pack.sha256 == sha256 for pack in packs.shipped())


def _room(kept: dict[Any, Any]) -> None:
    """Begin anew rather than grow without end."""
    if len(kept) >= _MOST:
        kept.clear()
