"""Photos, recordings and scans of a visit: taken in by their content, kept as they came, shown as masked copies."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from collector_desk.documents.evidence import HEAD, MOST_BYTES, known_as
from collector_desk.documents.sounds import refuse_silent
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.plain import to_plain
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.visits.evidence import (
    EXPORTING,
    MOST_PIECES,
    Box,
    EvidenceFacts,
    Piece,
    Printable,
    masked_piece,
    require_adding,
    require_export,
    require_masking,
    require_sight,
)
from collector_desk.domain.visits.steps import Visit
from collector_desk.domain.visits.visit import EvidenceItem, EvidenceKind
from collector_desk.exchange import outgoing
from collector_desk.parsing.pictures import printable, read_photo, thumbnail, whole
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.record import access
from collector_desk.services.visits import sight
from collector_desk.services.visits.evidence_files import Original, Progress, opened, save, staged
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.visits import pieces as evidence_pieces
from collector_desk.store.visits.evidence import count_pieces, in_the_report, piece_of, pieces_of, put_thumb
from collector_desk.store.visits.reading import read_visit

__all__ = [
    "MOST_BYTES",
    "add",
    "describe",
    "export",
    "file_name",
    "items",
    "mask",
    "may_export",
    "may_mask",
    "original",
    "photos",
    "pieces",
    "shown",
    "unmasked",
    "withdraw",
]  # fmt: skip

_ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "audio/wav": "wav", "audio/mpeg": "mp3", "audio/mp4": "m4a",
    "audio/ogg": "ogg", "audio/flac": "flac", "audio/amr": "amr", "video/mp4": "mp4", "application/pdf": "pdf",
    "audio/3gpp": "3gp", "video/3gpp": "3gp", "video/quicktime": "mov",
}  # fmt: skip


def add(
    seat: Seat,
    visit_id: str,
    source: bytes | Path,
    *,
    caption: str = "",
    indoors: bool = False,
    indoors_reason: str = "",
    progress: Progress | None = None,
) -> tuple[str, Changes]:
    """Take a file in by its content, never its name; returns its id. Slow: run in a worker.

    The file is staged in short transactions and counts by one small commit; where anything stops it, ``progress``
    included, nothing of it is left. Raises Refused: of no kind that is evidence, damaged, too large, there already,
    taken indoors without a reason, not of the team, or after the report was handed in; Trouble where it can't be
    read or the disk is full.
    """
    evidence_id = new_id()
    with opened(source) as (came, size):
        kind, media_type = known_as(came.read(HEAD), size, came)
        if kind is EvidenceKind.AUDIO:
            refuse_silent(media_type, came, size)
        came.seek(0)
        facts = EvidenceFacts(
            kind, cleaned(caption, 300), indoors=indoors, indoors_reason=cleaned(indoors_reason, 500)
        )
        file, small, sha256 = came, b"", None
        if kind is EvidenceKind.PHOTO:
            data = came.read(size)
            file, sha256 = io.BytesIO(data), hashlib.sha256(data).hexdigest()
        with seat.store.read() as conn:  # before anything is written; asked again where it counts
            require_adding(read_visit(conn, visit_id), seat.person)
            if sha256 is not None:
                _refuse_more(conn, visit_id, sha256)
        if kind is EvidenceKind.PHOTO:
            facts, small = read_photo(data, facts, seat.zone)
        with evidence_pieces.staging(seat.store, evidence_id):
            sha256 = staged(seat, evidence_id, file, size, progress, sha256)
            row = {"id": evidence_id, "visit_id": visit_id, "sha256": sha256, "media_type": media_type}
            visit = _keep(seat, row | {"size": size}, facts, small)
    return evidence_id, _changed(visit)


def _keep(seat: Seat, row: dict[str, Any], facts: EvidenceFacts, small: bytes) -> Visit:
    """The one small commit by which a staged file becomes evidence."""
    with acting(seat, "evidence.add") as act:
        visit = read_visit(act.conn, row["visit_id"])
        require_adding(visit, seat.person)
        _refuse_more(act.conn, visit.visit_id, row["sha256"])
        act.record(t.evidence, row, debtor_id=visit.debtor_id)
        _write(act, visit, row["id"], facts)
        evidence_pieces.settle(act.conn, row["id"])
        if small:
            put_thumb(act.conn, row["id"], small)
    return visit


def pieces(seat: Seat, visit_id: str) -> tuple[Piece, ...]:
    """The evidence of a visit with small pictures, in the order it came; raises Refused for anybody else."""
    with seat.store.read() as conn:
        visit = read_visit(conn, visit_id)
        require_sight(visit, seat.person)
        found = _in_use(conn, visit_id)
        return tuple(map(masked_piece, found)) if sight.hides(conn, seat, visit) else found


def describe(seat: Seat, evidence_id: str, *, caption: str, indoors: bool, indoors_reason: str = "") -> Changes:
    """Change the words beside a piece; what stood there before stays in the history."""
    with acting(seat, "evidence.describe") as act:
        visit, piece = _of(act.conn, evidence_id)
        require_adding(visit, seat.person)
        new = replace(
            piece.facts, caption=cleaned(caption, 300), indoors=indoors, indoors_reason=cleaned(indoors_reason, 500)
        )
        _write(act, visit, evidence_id, new)
    return _changed(visit)


def mask(seat: Seat, evidence_id: str, boxes: Iterable[Box]) -> Changes:
    """Hide faces, plates and door numbers in every copy that is shown or printed; the original is kept."""
    kept = tuple(boxes)
    with seat.store.read() as conn:
        visit, piece = _of(conn, evidence_id)
        require_masking(visit, seat.person)
        _require_photo(piece)
        small = thumbnail(_bytes(conn, evidence_id), kept)
    with acting(seat, "evidence.mask") as act:
        visit, piece = _of(act.conn, evidence_id)
        require_masking(visit, seat.person)
        _write(act, visit, evidence_id, replace(piece.facts, boxes=kept))
        put_thumb(act.conn, evidence_id, small)
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
        visit, piece = _of(act.conn, evidence_id)
        require_adding(visit, seat.person)
        _write(act, visit, evidence_id, replace(piece.facts, withdrawn=words))
    return _changed(visit)


def shown(seat: Seat, evidence_id: str) -> bytes:
    """A photo as it may be looked at: the masked copy without place and time, as large as it is. Slow."""
    with seat.store.read() as conn:
        _, piece = _seen(conn, seat, evidence_id)
        _require_photo(piece)
        data = _bytes(conn, evidence_id)
    return whole(data, piece.facts.boxes)


def unmasked(seat: Seat, evidence_id: str) -> tuple[bytes, tuple[Box, ...]]:
    """A photo without its boxes, and these: to look behind them or to set them anew.

    A line of history where there are any. Slow.
    """
    with seat.store.read() as conn:
        _, piece = _seen(conn, seat, evidence_id)
        _require_photo(piece)
        data = b"" if piece.facts.boxes else _bytes(conn, evidence_id)
    return whole(data or original(seat, evidence_id).data), piece.facts.boxes


def original(seat: Seat, evidence_id: str, *, what: str = "original") -> Original:
    """The file as it came, strangers and all; the history says who looked ("original") or listened ("play")."""
    with acting(seat, f"access.{what}") as act:
        visit, piece = _seen(act.conn, seat, evidence_id)
        access.note(act, what, evidence_id, debtor_id=visit.debtor_id)
    return Original(seat, piece)


def may_export(seat: Seat) -> bool:
    """Whether this person may save a copy of an original outside the store."""
    return bool(seat.person.roles & EXPORTING)


def export(
    seat: Seat, evidence_id: str, target: Path, *, progress: Progress | None = None, replace: bool = False
) -> None:
    """Save the original outside the store, where nothing protects it any more: who reviews may, and is logged.

    Raises Refused for anybody else; Trouble where it can't be written, then no half file is left.
    """
    require_export(seat.person)
    outgoing.check(target, replace=replace)  # before the history says that it was saved
    save(original(seat, evidence_id, what="evidence_export"), target, progress, replace=replace)


def file_name(piece: Piece) -> str:
    """A name for a saved copy: nothing personal ever stands in it."""
    return f"{piece.sha256[:12]}.{_ENDINGS.get(piece.media_type, 'bin')}"


# --- for the report --------------------------------------------------------------------------------------


def items(conn: Connection, visit_id: str) -> tuple[EvidenceItem, ...]:
    """The evidence as the report lists it, in the order it came."""
    return tuple(piece.item for piece in _in_use(conn, visit_id))


def photos(conn: Connection, visit_id: str, evidence_ids: Iterable[str]) -> dict[str, Printable]:
    """The masked copies of those pieces that are photos, to be printed beside their lines."""
    photos = {one.id: one for one in pieces_of(conn, visit_id) if one.facts.kind is EvidenceKind.PHOTO}
    wanted = (photos[one] for one in evidence_ids if one in photos)
    return {one.id: printable(_bytes(conn, one.id), one.facts.boxes) for one in wanted}


# --- parts -----------------------------------------------------------------------------------------------


def _write(act: Writing, visit: Visit, evidence_id: str, facts: EvidenceFacts) -> None:
    row = {"evidence_id": evidence_id, "visit_id": visit.visit_id, "content": to_plain(facts)}
    act.record(t.evidence_line, row, debtor_id=visit.debtor_id)


def _in_use(conn: Connection, visit_id: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces_of(conn, visit_id) if not piece.facts.withdrawn)


def _seen(conn: Connection, seat: Seat, evidence_id: str) -> tuple[Visit, Piece]:
    """A piece that this person may look at."""
    visit, piece = _of(conn, evidence_id)
    require_sight(visit, seat.person)
    sight.require_seen(conn, seat, visit)
    return visit, piece


def _of(conn: Connection, evidence_id: str) -> tuple[Visit, Piece]:
    piece = piece_of(conn, evidence_id)
    if piece is None:
        raise Refused("visits.evidence.gone")
    return read_visit(conn, piece.visit_id), piece


def _require_photo(piece: Piece) -> None:
    if piece.facts.kind is not EvidenceKind.PHOTO:
        raise Refused("visits.evidence.no_picture")


def _bytes(conn: Connection, evidence_id: str) -> bytes:
    return b"".join(evidence_pieces.content(conn, evidence_id))


def _refuse_more(conn: Connection, visit_id: str, sha256: str) -> None:
    if in_the_report(conn, visit_id, sha256):
        raise Refused("visits.evidence.there_already", "evidence")
    if count_pieces(conn, visit_id) >= MOST_PIECES:
        raise Refused("visits.evidence.too_many", "evidence", most=MOST_PIECES)


def _changed(visit: Visit) -> Changes:
    return Changes(debtors=frozenset({visit.debtor_id}), visits=frozenset({visit.visit_id}))
