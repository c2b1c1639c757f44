"""Visits and their evidence; ``field_tables`` has what is made of them on the way."""

from sqlalchemy import JSON, CheckConstraint, Column, Integer, String, Table

from collector_desk.store.metadata import UtcMicros, history_table, metadata, personal
from collector_desk.store.tables.columns import ID, found_by

visit_state = Table(
    "visit_state",
    metadata,
    Column("visit_id", ID, primary_key=True),
    Column("number", String(20), nullable=False, unique=True),
    Column("debtor_id", ID, nullable=False, index=True),
    Column("case_id", ID, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("lead_visitor_id", ID),
    Column("companion_id", ID),
    Column("planned_at", UtcMicros),
    Column("requested_by", ID, nullable=False),
    Column("changed_at", UtcMicros, nullable=False),
    Column("next_step", String(20)),  # call_back or next_step: what the accepted report says comes next
    Column("next_at", UtcMicros),  # and when
    CheckConstraint("companion_id IS NULL OR lead_visitor_id <> companion_id", name="two_people"),
)

visit = history_table(
    "visit",
    Column("debtor_id", ID, nullable=False),
    Column("case_id", ID, nullable=False),
    Column("number", String(20), nullable=False),
    personal("request", JSON(), required=True),  # domain.visits.VisitRequest
)

visit_line = history_table(
    "visit_line",
    Column("visit_id", ID, nullable=False),
    Column("line_kind", String(20), nullable=False),  # step, plan, tap, report, signature, review
    Column("step", String(20)),
    Column("lead_visitor_id", ID),
    Column("companion_id", ID),
    Column("version", Integer),
    Column("content_hash", String(64)),
    personal("content", JSON(), required=True),  # the value of domain.visits or domain.visit_steps
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
