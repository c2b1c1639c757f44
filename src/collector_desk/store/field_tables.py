"""The tables of a visit beyond its report: the signing key, finished papers, evidence's words, rounds, incidents.

As in ``tables``; all are history but ``evidence_thumb``, ``evidence_staged`` and ``evidence_piece``, for whose
bytes the row of ``evidence`` answers by their SHA-256.
"""

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, String, Table, UniqueConstraint
from sqlalchemy.types import JSON

from collector_desk.store.metadata import UtcMicros, history_table, metadata, personal

_ID = String(32)

evidence_thumb = Table(  # made again from the original where it is missing
    "evidence_thumb",
    metadata,
    Column("evidence_id", _ID, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

evidence_piece = Table(  # the original byte for byte, in pieces that each fit a short transaction
    "evidence_piece",
    metadata,
    Column("evidence_id", _ID, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

evidence_staged = Table(  # files on their way in: what a crash leaves here is dropped
    "evidence_staged",
    metadata,
    Column("evidence_id", _ID, primary_key=True),
    Column("begun_at", UtcMicros, nullable=False),
)

signing_identity = history_table(
    "signing_identity",
    Column("certificate", LargeBinary, nullable=False),
    Column("valid_until", UtcMicros, nullable=False),
    personal("private_key", LargeBinary(), required=True),  # blanked when a newer one has taken its place
)

paper = history_table(  # a finished PDF, kept so that every later look shows the same bytes
    "paper",
    Column("paper_kind", String(20), nullable=False),  # report, incident
    Column("subject_id", _ID, nullable=False),  # visit or incident
    Column("debtor_id", _ID, nullable=False),
    Column("language", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("pages", Integer, nullable=False),
    personal("content", LargeBinary(), required=True),
    UniqueConstraint("paper_kind", "subject_id", "language", "content_hash", name="uq_paper_once"),
)

evidence_line = history_table(
    "evidence_line",
    Column("evidence_id", _ID, nullable=False),
    Column("visit_id", _ID, nullable=False),
    personal("content", JSON(), required=True),  # domain.visit_evidence.EvidenceFacts; the newest line counts
)

round_order = history_table(
    "round_order",
    Column("day", Date, nullable=False),
    Column("content", JSON, nullable=False),  # domain.rounds.DayOrder: ids only
)

take_along = history_table(
    "take_along",
    Column("number", String(20), nullable=False, unique=True),
    Column("holder_id", _ID, nullable=False),
    Column("day", Date, nullable=False),
    Column("visits", JSON, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    personal("pack", LargeBinary(), required=True),  # as issued, so that the numbered copy can be shown again
    personal("letter", LargeBinary(), required=True),
)

take_along_back = history_table(
    "take_along_back",
    Column("pack_id", _ID, nullable=False, unique=True),
    Column("state", String(10), nullable=False),  # returned, lost
    Column("taken_by", _ID, nullable=False),
    personal("words", String(2000)),
)

incident = history_table(
    "incident",
    Column("number", String(20), nullable=False, unique=True),
    Column("debtor_id", _ID, nullable=False),
    Column("visit_id", _ID),
    Column("incident_kind", String(20), nullable=False),  # domain.incidents.IncidentKind
    Column("begun_at", UtcMicros, nullable=False),
    Column("begun_by", _ID, nullable=False),
    Column("duty_id", _ID, nullable=False),
)

incident_line = history_table(
    "incident_line",
    Column("incident_id", _ID, nullable=False),
    Column("version", Integer, nullable=False),
    personal("content", JSON(), required=True),  # domain.incidents.IncidentReport
)

for _table, _column in [
    (paper, "subject_id"),
    (evidence_line, "visit_id"),
    (round_order, "day"),
    (incident, "debtor_id"),
    (incident_line, "incident_id"),
]:
    Index(f"ix_{_table.name}_{_column}", _table.c[_column])
