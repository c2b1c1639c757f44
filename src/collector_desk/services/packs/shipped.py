"""The packs this program ships, read once: rules, scripts, objection cards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from collector_desk.domain.packs.life import PackKind
from collector_desk.packs.pack_files import files_digest, head_of, raw
from collector_desk.resources import resource


@dataclass(frozen=True, slots=True)
class ShippedPack:
    """A pack as shipped, known by the digest of its files; ``language`` is "" where it holds all of them."""

    kind: PackKind
    id: str
    language: str
    version: str
    sha256: str
    files: Mapping[str, str] = field(repr=False)


@cache
def shipped() -> tuple[ShippedPack, ...]:
    """Every pack a live call stands on."""
    return tuple(sorted((_pack(kind, files) for kind, files in _found()), key=lambda pack: (pack.kind, pack.id)))


def shipped_scripts(language: str) -> ShippedPack:
    """The scripts of one language as shipped."""
    return next(pack for pack in shipped() if pack.kind is PackKind.SCRIPTS and pack.language == language)


def _found() -> Iterator[tuple[PackKind, dict[str, str]]]:
    for path in resource("rules").glob("*.toml"):
        yield PackKind.RULES, {path.name: _text(path.read_bytes())}
    for head in resource("scripts").glob("*/pack.toml"):
        yield PackKind.SCRIPTS, {path.name: _text(path.read_bytes()) for path in head.parent.glob("*.toml")}
    folder = resource("objections")
    for names in (
        ("cards.toml", "zh_CN.toml", "en.toml"),
        ("lexicon.toml",),
        ("speech.toml",),
        ("shortcodes.toml",),
    ):
        yield PackKind.OBJECTIONS, {name: _text((folder / name).read_bytes()) for name in names}


def _text(content: bytes) -> str:
    return content.decode("utf-8")


def _pack(kind: PackKind, files: dict[str, str]) -> ShippedPack:
    head = head_of(kind, files)
    return ShippedPack(kind, head.id, head.language, head.version, files_digest(raw(files)), files)
