"""Whether a store is the one its computer remembers, and the lead's answers where it wasn't.

The marks (``marks``) say how far the history was seen here. A store that lacks what they saw was put back; a lead
may go on with it all the same. That answer is a row of history (``store_tie``), signed under the lead's own key,
and names the marks that are given up: unsigned, or by somebody who was no lead, it excuses none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from collector_desk.domain.message import Message, Trouble, msg
from collector_desk.domain.states import StoreDoubt, TieReason
from collector_desk.store.endorsements import Chain, chain_of, is_root
from collector_desk.store.journal import genesis, hash_at, head
from collector_desk.store.marks import Mark, Remembered, machine_print
from collector_desk.store.metadata import to_micros
from collector_desk.store.tables.history import ERASE_KIND, journal, store_tie

_HASH = 32
_BY_ANYBODY = frozenset({TieReason.MADE, TieReason.RESTORED})


@dataclass(frozen=True, slots=True)
class Standing:
    """``doubt``: why one may look but not dial. ``behind``: the marks that saw what the store doesn't hold."""

    doubt: StoreDoubt | None = None
    behind: tuple[Mark, ...] = ()
    last: int = 0

    @property
    def message(self) -> Message | None:
        """The doubt in words; None where there is none."""
        if self.doubt is None:
            return None
        return msg(f"conduct.store_{self.doubt}", mark=self.furthest or 0, last=self.last)

    @property
    def furthest(self) -> int | None:
        """How far the history was seen that this store doesn't hold."""
        return max((mark.place for mark in self.behind), default=None)


FITS = Standing()


def judge(conn: Connection, store_id: str, kept: Remembered, person_id: str | None = None) -> Standing:
    """Hold the store against the marks; ``person_id`` is whose answer doesn't count for themselves.

    A few indexed reads. Raises Trouble ``store.root_differs`` where a mark knows other keys than the history names.
    """
    if any(not is_root(conn, mark.root) for mark in kept.marks):
        raise Trouble("store.root_differs")
    last = head(conn).place
    behind = tuple(mark for mark in kept.marks if not holds(conn, mark))
    if kept.foreign:
        return Standing(StoreDoubt.FOREIGN, behind, last)
    if behind:
        given_up = {one for tie in ties(conn, store_id) if tie.counts for one in tie.given_up}
        unexcused = [mark for mark in behind if mark.hash not in given_up]
        if unexcused:
            return Standing(_which(kept, unexcused), behind, last)
    here = machine_print(store_id)
    if not kept.marks:
        known = conn.execute(select(store_tie.c.id).where(store_tie.c.machine == here)).first()
        gone = known is not None or kept.unread
        return Standing(StoreDoubt.MARKS_GONE if gone else StoreDoubt.NEW_HERE, behind, last)
    answered = unagreed(conn, here)
    if answered is not None and answered == person_id:
        return Standing(StoreDoubt.OWN_ANSWER, behind, last)
    return Standing(None, behind, last)


def holds(conn: Connection, mark: Mark) -> bool:
    """Whether the store's own chain has the line that the mark saw."""
    seen = genesis(mark.store_id, "") if mark.place == 0 else hash_at(conn, mark.place)
    return seen == mark.hash


def _which(kept: Remembered, behind: list[Mark]) -> StoreDoubt:
    """Both places saw more than the store holds, or one of them fits it."""
    places = [place for place in ((kept.user,) if kept.user else (), kept.machine) if place]
    fits = [place for place in places if not any(mark in behind for mark in place)]
    return StoreDoubt.ONE_PUT_BACK if fits else StoreDoubt.PUT_BACK


# --- the answers -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tie:
    """A row of ``store_tie``. ``counts``: it bears the signature of somebody who could give it."""

    seq: int
    row_id: str
    why: str
    person_id: str
    at: datetime
    alone: bool
    counts: bool
    given_up: tuple[bytes, ...] = field(repr=False)


def tied_text(store_id: str, why: str, machine: bytes, given_up: bytes, *, alone: bool, at: datetime) -> bytes:
    """The bytes an answer's signature covers."""
    lines = (store_id, why, machine.hex(), given_up.hex(), int(alone), to_micros(at))
    return "\n".join(("collector-desk tie v1", *map(str, lines), "")).encode()


def ties(conn: Connection, store_id: str, chain: Chain | None = None) -> Iterator[Tie]:
    """Every tie of the store in the order of its journal, each held against the keys of ``chain``."""
    statement = (
        select(journal.c.seq, journal.c.actor_id, *store_tie.c)
        .join(journal, journal.c.row_id == store_tie.c.id)
        .where(journal.c.table_name == store_tie.name, journal.c.kind != ERASE_KIND)
        .order_by(journal.c.seq)
    )
    rows = conn.execute(statement).all()
    if rows and chain is None:
        chain = chain_of(conn, store_id)
    for row in rows:
        given_up = bytes(row.given_up)
        hashes = tuple(given_up[start : start + _HASH] for start in range(0, len(given_up), _HASH))
        counts = chain is not None and _counts(chain, store_id, row)
        yield Tie(row.seq, row.id, row.why, row.actor_id, row.at, row.alone, counts, hashes)


def _counts(chain: Chain, store_id: str, row: Any) -> bool:
    text = tied_text(store_id, row.why, bytes(row.machine), bytes(row.given_up), alone=row.alone, at=row.at)
    if chain.signer(bytes(row.signature), text, row.actor_id, row.seq) is not None:
        return False
    nothing_lost = row.why in _BY_ANYBODY and not row.given_up
    return nothing_lost or chain.was_lead(row.actor_id, row.seq)


def unagreed(conn: Connection, machine: bytes) -> str | None:
    """Who went on with the store on this computer, where other leads are and none of them has agreed."""
    last = (
        select(journal.c.actor_id, store_tie.c.why, store_tie.c.alone)
        .join(journal, journal.c.row_id == store_tie.c.id)
        .where(store_tie.c.machine == machine)
        .order_by(journal.c.seq.desc())
        .limit(1)
    )
    row = conn.execute(last).first()
    if row is None or row.alone or row.why in (*_BY_ANYBODY, TieReason.AGREED):
        return None
    return str(row.actor_id)
