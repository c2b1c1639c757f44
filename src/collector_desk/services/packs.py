"""The packs this program ships, read once: rules, scripts, objection cards."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from collector_desk.resources import resource


@dataclass(frozen=True, slots=True)
class ShippedPack:
    """A pack file as shipped, known by the digest of its bytes."""

    kind: str
    id: str
    version: str
    sha256: str
    path: Path


@cache
def shipped() -> tuple[ShippedPack, ...]:
    """Every pack a live call stands on."""
    return tuple(sorted(_found(), key=lambda pack: (pack.kind, pack.id)))


@cache
def scripts_digest() -> str:
    """One digest over all script packs."""
    whole = hashlib.sha256()
    for pack in shipped():
        if pack.kind == "scripts":
            whole.update(pack.sha256.encode())
    return whole.hexdigest()


def _found() -> Iterator[ShippedPack]:
    import tomllib

    for kind, folder, pattern in (
        ("rules", resource("rules"), "*.toml"),
        ("scripts", resource("scripts"), "*/*.toml"),
        ("objections", resource("objections"), "*.toml"),
    ):
        for path in folder.glob(pattern):
            content = path.read_bytes()
            plain = tomllib.loads(content.decode("utf-8"))
            head = plain.get("pack", plain)
            version = str(head.get("version", ""))
            name = f"{path.parent.name}/{path.stem}" if kind == "scripts" else path.stem
            yield ShippedPack(kind, name, version, hashlib.sha256(content).hexdigest(), path)
