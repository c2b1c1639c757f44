"""Packs and scripts are drafts until the store's manager or legal has read and released them, by name and date.

A release is of one content: a changed pack (another SHA-256) has to be released again. The demo store uses drafts.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, require
from collector_desk.services import packs
from collector_desk.services.desk import Seat, acting
from collector_desk.services.settings import DeskSettings, read
from collector_desk.store import tables as t
from collector_desk.store.history import journal


@dataclass(frozen=True, slots=True)
class PackState:
    """A shipped pack and whether this store has released it."""

    kind: str  # rules, scripts, objections
    id: str
    version: str
    sha256: str
    released_by: str | None
    released_at: datetime | None


def states(seat: Seat) -> tuple[PackState, ...]:
    """Every shipped pack with its release at this store, if any."""
    with seat.store.read() as conn:
        return tuple(_state(conn, pack) for pack in packs.shipped())


def release_all(seat: Seat) -> Changes:
    """Release what is not released yet, having read it; a line of history each."""
    require(seat.person, Act.RELEASE_PACKS)
    with acting(seat, "pack.release") as act:
        for pack in packs.shipped():
            if _state(act.conn, pack).released_at is None:
                act.record(
                    t.pack_release,
                    {"pack_kind": pack.kind, "pack_id": pack.id, "version": pack.version, "sha256": pack.sha256},
                )
    return Changes(settings=True)


def require_released(conn: Connection) -> None:
    """Refuse a live call while a pack is a draft; the demo store may use drafts."""
    if read(conn, DeskSettings).demo:
        return
    released = set(conn.execute(select(t.pack_release.c.sha256)).scalars())
    if any(pack.sha256 not in released for pack in packs.shipped()):
        raise Refused("calling.unreleased")


def script_hash() -> str:
    """SHA-256 of the script packs in use, kept with every attempt."""
    return packs.scripts_digest()


def _state(conn: Connection, pack: packs.ShippedPack) -> PackState:
    line = journal.c
    row = conn.execute(
        select(line.actor_id, line.at)
        .select_from(t.pack_release.join(journal, line.row_id == t.pack_release.c.id))
        .where(t.pack_release.c.sha256 == pack.sha256)
        .order_by(line.seq)
        .limit(1)
    ).first()
    name = None
    if row:
        name = conn.execute(select(t.person.c.name).where(t.person.c.id == row.actor_id)).scalar()
    return PackState(pack.kind, pack.id, pack.version, pack.sha256, name, row.at if row else None)
