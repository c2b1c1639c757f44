"""Visits: the visit itself, its evidence, and what is made of it on the way (papers, rounds, packs, incidents).

All are history but ``visit_state``, ``evidence_thumb``, ``evidence_staged`` and ``evidence_piece``, for whose bytes
the row of ``evidence`` answers by their SHA-256.
"""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from collector_desk.domain.visits.steps import VisitState
from collector_desk.store.metadata import UtcMicros, history_table, metadata, personal
from collector_desk.store.tables.columns import ID, found_by, numbered, one_of

visit_state = Table(
    "visit_state",
    metadata,
    Column("visit_id", ID, primary_key=True),
    *numbered(),
    Column("debtor_id", ID, nullable=False, index=True),
    Column("case_id", ID, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("lead_visitor_id", ID),
    Column("companion_id", ID),
    Column("planned_at", UtcMicros),
    Column("requested_by", ID, nullable=False),
    Column("changed_at", UtcMicros, nullable=False),
    Column("next_step", String(20)),  # AfterVisit: what the accepted report says comes next
    Column("next_at", UtcMicros),  # and when
    CheckConstraint("companion_id IS NULL OR lead_visitor_id <> companion_id", name="two_people"),
    one_of("state", VisitState),
    UniqueConstraint("issuer", "serial"),
)

visit = history_table(
    "visit",
    Column("debtor_id", ID, nullable=False),
    Column("case_id", ID, nullable=False),
    *numbered(),
    personal("request", JSON(), required=True),  # domain.visits.visit.VisitRequest
    UniqueConstraint("issuer", "serial"),
)

visit_line = history_table(
    "visit_line",
    Column("visit_id", ID, nullable=False),
    Column("line_kind", String(20), nullable=False),  # VisitLine
    Column("step", String(20)),
    Column("lead_visitor_id", ID),
    Column("companion_id", ID),
    Column("version", Integer),
    Column("content_hash", String(64)),
    Column("state", String(20)),  # of a step: where the visit stands after it
    Column("planned_at", UtcMicros),  # of a plan
    Column("next_step", String(20)),  # AfterVisit, as the accepted report says
    Column("next_at", UtcMicros),
    personal("content", JSON(), required=True),  # the value of domain.visits.visit or domain.visits.steps
    CheckConstraint("companion_id IS NULL OR lead_visitor_id <> companion_id", name="two_people"),
    CheckConstraint("line_kind <> 'plan' OR salt IS NULL OR companion_id IS NOT NULL", name="plan_names_two"),
)

evidence = history_table(  # the file itself: evidence_piece
    "evidence",
    Column("visit_id", ID, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("media_type", String(60), nullable=False),
    Column("size", Integer, nullable=False),
)

found_by(visit_line, "visit_id")
found_by(evidence, "visit_id")

evidence_thumb = Table(  # made again from the original where it is missing
    "evidence_thumb",
    metadata,
    Column("evidence_id", ID, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

evidence_piece = Table(  # the original byte for byte, in pieces that each fit a short transaction
    "evidence_piece",
    metadata,
    Column("evidence_id", ID, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

evidence_staged = Table(  # files on their way in: what a crash leaves here is dropped
    "evidence_staged",
    metadata,
    Column("evidence_id", ID, primary_key=True),
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
    Column("subject_id", ID, nullable=False),  # visit or incident
    Column("debtor_id", ID, nullable=False),
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
    Column("evidence_id", ID, nullable=False),
    Column("visit_id", ID, nullable=False),
    personal("content", JSON(), required=True),  # domain.visits.evidence.EvidenceFacts; the newest line counts
)

round_order = history_table(
    "round_order",
    Column("day", Date, nullable=False),
    Column("content", JSON, nullable=False),  # domain.visits.rounds.DayOrder: ids only
)

take_along = history_table(
    "take_along",
    *numbered(),
    Column("holder_id", ID, nullable=False),
    Column("day", Date, nullable=False),
    Column("visits", JSON, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    personal("pack", LargeBinary(), required=True),  # as issued, so that the numbered copy can be shown again
    personal("letter", LargeBinary(), required=True),
    UniqueConstraint("issuer", "serial"),
)

take_along_back = history_table(
    "take_along_back",
    Column("pack_id", ID, nullable=False, unique=True),
    Column("state", String(10), nullable=False),  # PackBack
    Column("taken_by", ID, nullable=False),
    personal("words", String(2000)),
)

incident = history_table(
    "incident",
    *numbered(),
    Column("debtor_id", ID, nullable=False),
    Column("visit_id", ID),
    Column("incident_kind", String(20), nullable=False),  # domain.visits.incidents.IncidentKind
    Column("begun_at", UtcMicros, nullable=False),
    Column("begun_by", ID, nullable=False),
    Column("task_id", ID, nullable=False),
    UniqueConstraint("issuer", "serial"),
)

incident_line = history_table(
    "incident_line",
    Column("incident_id", ID, nullable=False),
    Column("version", Integer, nullable=False),
    personal("content", JSON(), required=True),  # domain.visits.incidents.IncidentReport
)

for _table, _column in [
    (paper, "subject_id"),
    (evidence_line, "visit_id"),
    (round_order, "day"),
    (incident, "debtor_id"),
    (incident_line, "incident_id"),
]:
    Index(f"ix_{_table.name}_{_column}", _table.c[_column])
