"""Packs and scripts are drafts until the store's manager or legal has read and released them, by name and date.

A release is of one content: a changed pack (another SHA-256) has to be released again, and the content is kept, so
that an old call can always be read by the pack of its day. The demo store uses drafts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collector_desk.domain.calls.scripts import ScriptPack
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.packs.life import PackKind, PackStep, StepLine, alone, in_use, latest
from collector_desk.domain.people import Act, require
from collector_desk.packs.document import DocumentLine, document
from collector_desk.packs.rules import DEFAULT_PACKS
from collector_desk.packs.scripts import LANGUAGES
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.desk.settings import DeskSettings, read
from collector_desk.services.packs import in_use as in_force
from collector_desk.services.packs import shipped as packs
from collector_desk.services.packs.shipped import ShippedPack
from collector_desk.store import tables as t
from collector_desk.store.desk import people
from collector_desk.store.engine import Connection
from collector_desk.store.packs import versions


@dataclass(frozen=True, slots=True)
class PackState:
    """One version of a pack, shipped or the store's own, and how far it got.

    ``version_id`` is None for a shipped pack nobody handed in or released yet; ``author`` is None for what came
    with the program. ``released_by`` and ``released_at`` tell of its last release. ``in_use``: live calls go by it.
    """

    kind: PackKind
    id: str
    version: str
    sha256: str
    released_by: str | None
    released_at: datetime | None
    language: str = ""
    version_id: str | None = None
    author_id: str | None = None
    author: str | None = None
    step: PackStep = PackStep.DRAFT
    step_by: str | None = None
    step_by_id: str | None = None
    step_at: datetime | None = None
    reason: str = ""
    in_use: bool = False
    shipped: bool = False


def states(seat: Seat) -> tuple[PackState, ...]:
    """Every pack as shipped now, and every version the store knows, newest first within a pack."""
    with seat.store.read() as conn:
        return _states(conn)


def unreleased(seat: Seat) -> tuple[PackState, ...]:
    """What ``release_all`` would release: the shipped packs that one person may release as they are."""
    with seat.store.read() as conn:
        lines = versions.steps(conn)
        waiting = {pack.sha256 for pack, _ in _waiting(conn, lines)}
        return tuple(state for state in _states(conn, lines) if state.sha256 in waiting)


def release_all(seat: Seat) -> Changes:
    """Release the shipped packs not released yet, having read them; a line of history each.

    Versions of the store's own are released one by one (``workshop.release``).
    """
    require(seat.person, Act.RELEASE_PACKS)
    with acting(seat, "pack.release") as act:
        for pack, version_id in _waiting(act.conn, versions.steps(act.conn)):
            step(act, seat, version_id or add_version(act, pack, None), PackStep.RELEASED)
    return Changes(settings=True)


def release(seat: Seat, sha256: str) -> Changes:
    """Release one of the shipped packs that ``release_all`` would release, having read it."""
    require(seat.person, Act.RELEASE_PACKS)
    with acting(seat, "pack.release") as act:
        for pack, version_id in _waiting(act.conn, versions.steps(act.conn)):
            if pack.sha256 == sha256:
                step(act, seat, version_id or add_version(act, pack, None), PackStep.RELEASED)
    return Changes(settings=True)


def files_of(seat: Seat, sha256: str) -> dict[str, str]:
    """What a version says, as it is written, by file name; empty where there is no such version."""
    with seat.store.read() as conn:
        return in_force.files_of(conn, sha256)


def document_of(seat: Seat, sha256: str, language: str) -> tuple[DocumentLine, ...]:
    """A version as a document to read."""
    return document(files_of(seat, sha256), language)


def require_released(conn: Connection, script_hash: str | None = None) -> None:
    """Refuse a live call while a pack has no released version; the demo store may use drafts.

    Of the scripts one language is enough, that of the call: ``script_hash`` is what it goes by.
    """
    if read(conn, DeskSettings).demo:
        return
    used = in_force.digests(conn)
    wanted = {(pack.kind, pack.id) for pack in packs.shipped() if needed(pack.kind, pack.id)}
    scripts = {pack for pack in wanted if pack[0] is PackKind.SCRIPTS}
    spoken = scripts & used.keys()
    mine = next((pack for pack in packs.shipped() if pack.sha256 == script_hash), None)
    if mine is not None:  # the shipped text is what a call goes by where its language has no release
        spoken = spoken & {(mine.kind, mine.id)}
    if not (wanted - scripts <= used.keys() and spoken):
        raise Refused("calls.unreleased")


def active_scripts(conn: Connection, language: str) -> ScriptPack:
    """The scripts calls go by: the released version, else the shipped draft (demo, and until the first release)."""
    return in_force.scripts(conn, language)


def script_hash(conn: Connection, language: str = "zh_CN") -> str:
    """SHA-256 of the scripts in use in one language, kept with every attempt."""
    return in_force.script_digest(conn, language)


def script_hashes(conn: Connection) -> frozenset[str]:
    """The digests of the scripts in use, of every language."""
    return frozenset(in_force.script_digest(conn, language) for language in LANGUAGES)


def kept(act: Writing, pack: ShippedPack) -> str:
    """The id of a shipped pack's version at this store; its content is kept from now on."""
    known = (one.id for one in versions.versions(act.conn) if one.sha256 == pack.sha256)
    return next(known, None) or add_version(act, pack, None)


def add_version(act: Writing, pack: ShippedPack, author_id: str | None) -> str:
    """Keep a version's content for good; returns its id."""
    return act.record(
        t.pack_version,
        {
            "pack_kind": pack.kind.value,
            "pack_id": pack.id,
            "language": pack.language,
            "version": pack.version,
            "sha256": pack.sha256,
            "author_id": author_id,
            "files": dict(pack.files),
        },
    )


def step(act: Writing, seat: Seat, version_id: str, to: PackStep, reason: str = "") -> None:
    """Write one step of a version down."""
    row = {"version_id": version_id, "step": to.value, "actor_id": seat.person.id, "reason": reason}
    act.record(t.pack_step, row)


def _waiting(conn: Connection, lines: Sequence[StepLine]) -> list[tuple[ShippedPack, str | None]]:
    """The shipped packs one person may release as they are, each with its version where the store keeps it."""
    ids = {one.sha256: one.id for one in versions.versions(conn)}
    found = ((pack, ids.get(pack.sha256)) for pack in packs.shipped() if needed(pack.kind, pack.id))
    return [(pack, version_id) for pack, version_id in found if alone((pack.kind, pack.id), version_id, lines)]


def needed(kind: PackKind, pack_id: str) -> bool:
    """Whether a desk works by this pack: other countries' rules come with the program only to be tried."""
    return kind is not PackKind.RULES or pack_id in DEFAULT_PACKS


def _states(conn: Connection, lines: Sequence[StepLine] | None = None) -> tuple[PackState, ...]:
    lines = versions.steps(conn) if lines is None else lines
    used, last = in_use(lines), latest(lines)
    released = {line.version_id: line for line in lines if line.step is PackStep.RELEASED}
    names = people.names(conn)
    found = []
    shipped = {pack.sha256: pack for pack in packs.shipped()}
    for one in versions.versions(conn):
        line, release = last.get(one.id), released.get(one.id)
        current = used.get(one.pack)
        kind, pack_id = one.pack
        found.append(
            PackState(
                kind=PackKind(kind),
                id=pack_id,
                version=one.version,
                sha256=one.sha256,
                released_by=names.get(release.actor_id) if release else None,
                released_at=release.at if release else None,
                language=one.language,
                version_id=one.id,
                author_id=one.author_id,
                author=names.get(one.author_id) if one.author_id else None,
                step=line.step if line else PackStep.DRAFT,
                step_by=names.get(line.actor_id) if line else None,
                step_by_id=line.actor_id if line else None,
                step_at=line.at if line else None,
                reason=line.reason if line else "",
                in_use=current is not None and current.version_id == one.id,
                shipped=one.sha256 in shipped,
            )
        )
    known = {state.sha256 for state in found}
    fresh = [
        PackState(pack.kind, pack.id, pack.version, pack.sha256, None, None, pack.language, shipped=True)
        for pack in shipped.values()
        if pack.sha256 not in known
    ]
    return tuple(sorted([*fresh, *found], key=lambda state: (_ORDER.index(state.kind), state.id)))


_ORDER = (PackKind.SCRIPTS, PackKind.OBJECTIONS, PackKind.RULES)
