"""Photos, recordings and scans of a visit: taken in by their content, kept as they came, shown as masked copies."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, func, insert, select

from collector_desk.documents.evidence import examine, printable, thumbnail
from collector_desk.documents.visit_data import Photo
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.plain import from_plain, to_plain
from collector_desk.domain.text import cleaned
from collector_desk.domain.visit_evidence import (
    MOST_PIECES,
    Box,
    EvidenceFacts,
    item,
    require_adding,
    require_masking,
    require_sight,
)
from collector_desk.domain.visit_steps import Visit
from collector_desk.domain.visits import EvidenceItem, EvidenceKind
from collector_desk.services.desk import Seat, Writing, acting
from collector_desk.services.visit_file import read_visit
from collector_desk.store import field_tables as f
from collector_desk.store import tables as t
from collector_desk.store.history import journal

MOST_STORED = 64 << 20
"""Bytes of one piece: half an hour of speech many times over, and still written in one transaction."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece as lists show it. ``thumb`` is a small masked JPEG, empty where there is nothing to see."""

    id: str
    facts: EvidenceFacts
    sha256: str
    size: int
    media_type: str
    added_by: str
    thumb: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """A piece's bytes with what they are: an original, or the copy that may be shown."""

    data: bytes
    media_type: str
    facts: EvidenceFacts


def add(
    seat: Seat, visit_id: str, data: bytes, *, caption: str = "", indoors: bool = False, indoors_reason: str = ""
) -> tuple[str, Changes]:
    """Take a file in by its content, never its name; returns its id. Slow for large photos: run in a worker.

    Raises Refused: of no kind that is evidence, damaged, too large, there already, taken indoors without a reason,
    not of the team, or after the report was handed in.
    """
    if len(data) > MOST_STORED:
        raise Refused("evidence.too_large", "evidence", most=MOST_STORED >> 20)
    found = examine(data, seat.zone)
    small = thumbnail(data) if found.kind is EvidenceKind.PHOTO else b""
    facts = EvidenceFacts(
        found.kind,
        cleaned(caption, 300),
        found.taken_at,
        round(found.place.latitude * 1_000_000) if found.place else None,
        round(found.place.longitude * 1_000_000) if found.place else None,
        indoors,
        cleaned(indoors_reason, 500),
    )
    with acting(seat, "evidence.add") as act:
        visit = read_visit(act.conn, visit_id)
        require_adding(visit, seat.person)
        _refuse_more(act.conn, visit_id, found.sha256)
        row = {"visit_id": visit_id, "sha256": found.sha256, "media_type": found.media_type, "size": found.size}
        evidence_id = act.record(t.evidence, row | {"content": data}, debtor_id=visit.debtor_id)
        _write(act, visit, evidence_id, facts)
        if small:
            act.conn.execute(insert(f.evidence_thumb).values(evidence_id=evidence_id, content=small))
    return evidence_id, _changed(visit)


def pieces(seat: Seat, visit_id: str) -> tuple[Piece, ...]:
    """The evidence of a visit with small pictures, in the order it came; raises Refused for anybody else."""
    with seat.store.read() as conn:
        require_sight(read_visit(conn, visit_id), seat.person)
        facts = _facts(conn, visit_id)
        e, small = t.evidence.c, f.evidence_thumb.c
        rows = conn.execute(
            select(e.id, e.sha256, e.size, e.media_type, small.content)
            .select_from(t.evidence.outerjoin(f.evidence_thumb, small.evidence_id == e.id))
            .where(e.visit_id == visit_id, e.salt.is_not(None))
            .order_by(e.id)
        ).all()
        who = _added_by(conn, [row.id for row in rows])
    return tuple(
        Piece(row.id, facts[row.id], row.sha256, row.size, row.media_type, who.get(row.id, ""), row.content or b"")
        for row in rows
        if row.id in facts and not facts[row.id].withdrawn
    )


def describe(seat: Seat, evidence_id: str, *, caption: str, indoors: bool, indoors_reason: str = "") -> Changes:
    """Change the words beside a piece; what stood there before stays in the history."""
    with acting(seat, "evidence.describe") as act:
        visit, facts = _of(act.conn, evidence_id)
        require_adding(visit, seat.person)
        new = replace(
            facts, caption=cleaned(caption, 300), indoors=indoors, indoors_reason=cleaned(indoors_reason, 500)
        )
        _write(act, visit, evidence_id, new)
    return _changed(visit)


def mask(seat: Seat, evidence_id: str, boxes: Iterable[Box]) -> Changes:
    """Hide faces, plates and door numbers in every copy that is shown or printed; the original is kept."""
    kept = tuple(boxes)
    with seat.store.read() as conn:
        visit, facts = _of(conn, evidence_id)
        require_masking(visit, seat.person)
        if facts.kind is not EvidenceKind.PHOTO:
            raise Refused("evidence.no_picture")
        small = thumbnail(_bytes(conn, evidence_id), kept)
    with acting(seat, "evidence.mask") as act:
        visit, facts = _of(act.conn, evidence_id)
        require_masking(visit, seat.person)
        _write(act, visit, evidence_id, replace(facts, boxes=kept))
        act.conn.execute(delete(f.evidence_thumb).where(f.evidence_thumb.c.evidence_id == evidence_id))
        act.conn.execute(insert(f.evidence_thumb).values(evidence_id=evidence_id, content=small))
    return _changed(visit)


def may_mask(seat: Seat, visit_id: str) -> bool:
    """Whether this person may hide parts of the visit's photos now."""
    with seat.store.read() as conn:
        visit = read_visit(conn, visit_id)
    try:
        require_masking(visit, seat.person)
    except Refused:
        return False
    return True


def withdraw(seat: Seat, evidence_id: str, reason: str) -> Changes:
    """Leave a piece out of the report, with a reason; its bytes stay in the store."""
    words = cleaned(reason, 500)
    if not words:
        raise Refused("visits.reason_missing", "reason")
    with acting(seat, "evidence.withdraw") as act:
        visit, facts = _of(act.conn, evidence_id)
        require_adding(visit, seat.person)
        _write(act, visit, evidence_id, replace(facts, withdrawn=words))
    return _changed(visit)


def shown(seat: Seat, evidence_id: str) -> Content:
    """What may be looked at: of a photo the masked copy without place and time, of everything else the file."""
    with seat.store.read() as conn:
        visit, facts = _of(conn, evidence_id)
        require_sight(visit, seat.person)
        media_type = _media_type(conn, evidence_id)
        data = _bytes(conn, evidence_id) if facts.kind is EvidenceKind.PHOTO else b""
    if facts.kind is EvidenceKind.PHOTO:
        return Content(printable(data, facts.boxes), "image/jpeg", facts)
    return Content(original(seat, evidence_id).data, media_type, facts)  # there is no other copy of a recording


def original(seat: Seat, evidence_id: str) -> Content:
    """The file as it came, strangers and all; a line of history says who looked."""
    with acting(seat, "access.original") as act:
        visit, facts = _of(act.conn, evidence_id)
        require_sight(visit, seat.person)
        row = {"what": "original", "subject_id": evidence_id}
        act.record(t.access, row, debtor_id=visit.debtor_id)
        return Content(_bytes(act.conn, evidence_id), _media_type(act.conn, evidence_id), facts)


# --- for the report --------------------------------------------------------------------------------------


def items(conn: Connection, visit_id: str) -> tuple[EvidenceItem, ...]:
    """The evidence as the report lists it, in the order it came."""
    facts = _facts(conn, visit_id)
    e = t.evidence.c
    rows = conn.execute(
        select(e.id, e.sha256, e.size, e.media_type)
        .where(e.visit_id == visit_id, e.salt.is_not(None))
        .order_by(e.id)
    )
    return tuple(
        item(row.id, facts[row.id], row.sha256, row.size, row.media_type)
        for row in rows
        if row.id in facts and not facts[row.id].withdrawn
    )


def photos(conn: Connection, visit_id: str, evidence_ids: Iterable[str]) -> tuple[Photo, ...]:
    """The masked copies of those pieces that are photos, to be printed beside their lines."""
    facts = _facts(conn, visit_id)
    wanted = [one for one in evidence_ids if one in facts and facts[one].kind is EvidenceKind.PHOTO]
    return tuple(Photo(one, printable(_bytes(conn, one), facts[one].boxes)) for one in wanted)


# --- parts -----------------------------------------------------------------------------------------------


def _write(act: Writing, visit: Visit, evidence_id: str, facts: EvidenceFacts) -> None:
    row = {"evidence_id": evidence_id, "visit_id": visit.visit_id, "content": to_plain(facts)}
    act.record(f.evidence_line, row, debtor_id=visit.debtor_id)


def _facts(conn: Connection, visit_id: str) -> dict[str, EvidenceFacts]:
    line = f.evidence_line.c
    rows = conn.execute(
        select(line.evidence_id, line.content)
        .where(line.visit_id == visit_id, line.salt.is_not(None))
        .order_by(line.id)
    ).all()
    newest = {row.evidence_id: row.content for row in rows}
    return {evidence_id: from_plain(EvidenceFacts, content) for evidence_id, content in newest.items()}


def _of(conn: Connection, evidence_id: str) -> tuple[Visit, EvidenceFacts]:
    e = t.evidence.c
    visit_id = conn.execute(select(e.visit_id).where(e.id == evidence_id, e.salt.is_not(None))).scalar()
    facts = _facts(conn, visit_id) if visit_id else {}
    if visit_id is None or evidence_id not in facts:
        raise Refused("evidence.gone")
    return read_visit(conn, visit_id), facts[evidence_id]


def _bytes(conn: Connection, evidence_id: str) -> bytes:
    return bytes(conn.execute(select(t.evidence.c.content).where(t.evidence.c.id == evidence_id)).scalar_one())


def _media_type(conn: Connection, evidence_id: str) -> str:
    return str(conn.execute(select(t.evidence.c.media_type).where(t.evidence.c.id == evidence_id)).scalar_one())


def _added_by(conn: Connection, ids: list[str]) -> dict[str, str]:
    line = journal.c
    rows = conn.execute(
        select(line.row_id, t.person.c.name)
        .select_from(journal.join(t.person, t.person.c.id == line.actor_id))
        .where(line.row_id.in_(ids), line.kind == "evidence.add")
    )
    return {row.row_id: row.name for row in rows}


def _refuse_more(conn: Connection, visit_id: str, sha256: str) -> None:
    e = t.evidence.c
    same = select(e.id).where(e.visit_id == visit_id, e.sha256 == sha256, e.salt.is_not(None))
    facts = _facts(conn, visit_id)
    if any(one in facts and not facts[one].withdrawn for one in conn.execute(same).scalars()):
        raise Refused("evidence.there_already", "evidence")
    if conn.execute(select(func.count()).where(e.visit_id == visit_id)).scalar_one() >= MOST_PIECES:
        raise Refused("evidence.too_many", "evidence", most=MOST_PIECES)


def _changed(visit: Visit) -> Changes:
    return Changes(debtors=frozenset({visit.debtor_id}), visits=frozenset({visit.visit_id}))
