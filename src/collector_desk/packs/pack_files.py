"""A pack as a handful of texts in memory, whatever its kind: its digest, its head, and what is wrong with it."""

import json
import re
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from collector_desk.domain.calls.objection_cards import ObjectionCard
from collector_desk.domain.message import Trouble
from collector_desk.domain.packs.life import PackKind
from collector_desk.packs import objections
from collector_desk.packs.lexicon import read_lexicon
from collector_desk.packs.rules import read_pack_bytes
from collector_desk.packs.scripts import PACK_FILE, files_digest, read_script_files
from collector_desk.packs.strict_toml import PackFault
from collector_desk.packs.word_lists import read_codes, read_speech

__all__ = ["PackHead", "cards_in", "check_files", "files_digest", "head_file", "head_of", "renamed"]

Files = Mapping[str, str]
CARDS = "cards.toml"
_VERSION = re.compile(r'^(version\s*=\s*)"([^"\n]*)"', re.MULTILINE)
_AUTHOR = re.compile(r'^(author\s*=\s*)"([^"\n]*)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PackHead:
    """What a pack says of itself; "" where it doesn't, or can't be read."""

    id: str = ""
    version: str = ""
    language: str = ""


def raw(files: Files) -> dict[str, bytes]:
    """The files as bytes."""
    return {name: text.encode("utf-8") for name, text in files.items()}


def head_file(files: Files) -> str:
    """The file that says which version a pack is."""
    return next((name for name in (PACK_FILE, CARDS) if name in files), next(iter(sorted(files)), ""))


def head_of(kind: PackKind, files: Files) -> PackHead:
    """Id, version and language as the files say."""
    name = head_file(files)
    try:
        plain = tomllib.loads(files.get(name, ""))
    except tomllib.TOMLDecodeError:
        return PackHead()
    head = plain.get("pack", plain)
    if not isinstance(head, dict):
        return PackHead()
    own = head.get("id", "") if kind is not PackKind.OBJECTIONS else name.removesuffix(".toml")
    language = head.get("language", "") if kind is PackKind.SCRIPTS else ""
    return PackHead(str(own), str(head.get("version", "")), str(language))


def renamed(files: Files, *, version: str, author: str) -> dict[str, str]:
    """The files with another version and, where the pack names one, another author."""
    name = head_file(files)
    text = _VERSION.sub(lambda found: found[1] + _quoted(version), files[name], count=1)
    text = _AUTHOR.sub(lambda found: found[1] + _quoted(author), text, count=1)
    return {**files, name: text}


def check_files(kind: PackKind, files: Files) -> tuple[PackFault, ...]:
    """Everything wrong with a pack, file and line each; nothing where it can be used."""
    if kind is PackKind.SCRIPTS:
        if PACK_FILE not in files:
            raise Trouble("calls.scripts.no_file", file=PACK_FILE)
        return read_script_files(raw(files))[1]
    if kind is PackKind.RULES:
        return tuple(
            PackFault(problem.file, problem.line, problem.what)
            for name, text in files.items()
            for problem in read_pack_bytes(name, text.encode("utf-8"))[1]
        )
    return tuple(_objection_faults(files))


def cards_in(files: Files, language: str) -> tuple[ObjectionCard, ...]:
    """The cards of one language in these files. Raises Trouble (``calls.objections.pack_broken``)."""
    with _folder(files) as folder:
        return objections.load_cards(language, folder)


@contextmanager
def _folder(files: Files) -> Iterator[Path]:
    """A folder with the files, gone afterwards: the cards' loaders read folders. They hold no personal data."""
    with tempfile.TemporaryDirectory(prefix="collector-desk-") as place:
        folder = Path(place)
        for name, text in files.items():
            (folder / Path(name).name).write_text(text, "utf-8", newline="\n")
        yield folder


def _objection_faults(files: Files) -> Iterator[PackFault]:
    for kind in _LISTS:
        name = f"{kind}.toml"
        if name in files:
            yield from list_faults(kind, name, files[name].encode("utf-8"))
    if CARDS in files:
        with _folder(files) as folder:
            for language in objections.LANGUAGES:
                yield from _card_faults(folder, language)


def list_faults(kind: str, name: str, raw: bytes) -> tuple[PackFault, ...]:
    """Everything wrong with a ``lexicon``, a ``speech`` or a ``shortcodes`` in a file of that name."""
    return _LISTS[kind](name, raw)


def _card_faults(folder: Path, language: str) -> Iterator[PackFault]:
    """The cards' loader stops at its first fault."""
    try:
        objections.load_cards(language, folder)
    except Trouble as trouble:
        line, file = trouble.message.params.get("line"), trouble.message.params.get("file")
        yield PackFault(str(file or CARDS), line if isinstance(line, int) else 1, trouble.message)


_LISTS: dict[str, Callable[[str, bytes], tuple[PackFault, ...]]] = {
    "lexicon": lambda name, raw: read_lexicon(name, raw)[1],
    "speech": lambda name, raw: read_speech(name, raw)[1],
    "shortcodes": lambda name, raw: read_codes(name, raw, "en")[1],
}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
