"""The tables. Two kinds: *current state*, which may change and can be rebuilt, and *history*, written once.

Money is in minor units (``_minor``), instants are ``UtcMicros``, days are ISO dates, lists and small records JSON.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from collector_desk.store.metadata import UtcMicros, history_table, metadata, personal

_ID = String(32)


def _ref(name: str, table: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, _ID, ForeignKey(f"{table}.id"), nullable=nullable)


# --- current state ---------------------------------------------------------------------------------------

setting = Table(
    "setting",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("number", String(20), nullable=False, unique=True),
    Column("roles", JSON, nullable=False),
    Column("public_key", LargeBinary(32), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcMicros, nullable=False),
    Column("badge_until", Date),  # the last day of the badge shown on visits; NULL: not on file
)

placement = Table(
    "placement",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("number", String(80), nullable=False, unique=True),
    Column("bank_name", String(120), nullable=False),
    Column("placed_on", Date),
    Column("terms", JSON, nullable=False),  # see domain.placements.PlacementTerms
    Column("created_at", UtcMicros, nullable=False),
)

received_file = Table(
    "received_file",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("filename", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("received_at", UtcMicros, nullable=False),
    Column("received_by", _ID, nullable=False),
)

received_piece = Table(  # the file byte for byte, in pieces that each fit a short transaction
    "received_piece",
    metadata,
    Column("file_id", _ID, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

batch = Table(
    "batch",
    metadata,
    Column("id", _ID, primary_key=True),
    _ref("file_id", "received_file"),
    _ref("placement_id", "placement"),
    Column("state", String(10), nullable=False),  # staged, visible
    Column("accepted", Integer, nullable=False),
    Column("set_aside", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("imported_at", UtcMicros, nullable=False),
    Column("imported_by", _ID, nullable=False),
)

set_aside_row = Table(
    "set_aside_row",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("batch_id", _ID, ForeignKey("batch.id"), nullable=False, index=True),
    Column("sheet", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("column", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason_code", String(80), nullable=False),
    Column("reason_params", JSON, nullable=False),
    Column("severity", String(10), nullable=False),
)

debtor = Table(
    "debtor",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("batch_id", _ID, nullable=False, index=True),
    Column("visible", Boolean, nullable=False),  # false while its import is staged
    Column("bank_name", String(120), nullable=False),
    Column("customer_no", String(60), nullable=False),
    Column("name", Text, nullable=False),
    Column("id_type", String(40), nullable=False),
    Column("id_number", String(40), nullable=False),
    Column("employer", Text, nullable=False),
    Column("zone", String(40), nullable=False),
    # who works it: a claim from the pool
    Column("holder_id", _ID),
    Column("held_at", UtcMicros),
    # derived from history by services.standing (rebuilt by one command)
    Column("attempts", Integer, nullable=False),
    Column("week", Integer, nullable=False),  # ISO year * 100 + week of contacts_this_week
    Column("contacts_this_week", Integer, nullable=False),
    Column("last_attempt_at", UtcMicros),
    Column("last_outcome", String(30)),
    Column("ever_reached", Boolean, nullable=False),
    Column("promises_made", Integer, nullable=False),
    Column("promises_broken", Integer, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("callback_at", UtcMicros),
    Column("try_again_at", UtcMicros),
    Column("can_pay_part", Boolean, nullable=False),
    # the queue: see domain.queue
    Column("lead_case_id", _ID),
    Column("lead_due", Date),  # due date of the account longest past due, as the bank's days give it
    Column("cases", Integer, nullable=False),
    Column("balance_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("previous_overdue", Integer),
    Column("queue_class", Integer, nullable=False),
    Column("queue_key", BigInteger, nullable=False),
    Column("queue_amount", BigInteger, nullable=False),  # minus the balance: larger first
    Column("queue_case", String(20), nullable=False),
    Column("queue_why", JSON, nullable=False),
    Column("queue_back_at", UtcMicros),
    Column("queue_changes_at", UtcMicros),
    UniqueConstraint("bank_name", "customer_no", "id_number"),
    # the order, and behind it what filters ask, so that the rows left out need not be read
    Index(
        "ix_debtor_queue",
        "visible",
        "queue_class",
        "queue_key",
        "queue_amount",
        "queue_case",
        "holder_id",
        "lead_due",
        "attempts",
    ),
    Index("ix_debtor_changes", "visible", "queue_changes_at"),
    Index("ix_debtor_class", "visible", "queue_class"),  # narrow: counts go along all of it
    Index("ix_debtor_held", "holder_id", sqlite_where=text("holder_id IS NOT NULL")),
)

account_case = Table(
    "account_case",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("number", String(20), nullable=False, unique=True),
    Column("batch_id", _ID, nullable=False, index=True),
    Column("debtor_id", _ID, ForeignKey("debtor.id"), nullable=False, index=True),
    _ref("placement_id", "placement"),
    Column("account_number", String(40), nullable=False, index=True),
    Column("card_tail", String(10), nullable=False),
    Column("round", String(20), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("placed_minor", BigInteger, nullable=False),
    Column("balance_minor", BigInteger, nullable=False),
    Column("balance_as_of", Date, nullable=False),
    Column("principal_minor", BigInteger),
    Column("interest_minor", BigInteger),
    Column("penalty_minor", BigInteger),
    Column("minimum_minor", BigInteger),
    Column("limit_minor", BigInteger),
    Column("bank_days", Integer),
    Column("due_on", Date),
    Column("statement_day", Integer),
    Column("last_paid_on", Date),
    Column("last_paid_minor", BigInteger),
    Column("previous_overdue", Integer),
    Column("opened_on", Date),
    Column("remark", Text, nullable=False),
    Column("extras", JSON, nullable=False),
    Column("state", String(20), nullable=False),  # open, settled, returned
)

phone = Table(
    "phone",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("batch_id", _ID, index=True),
    Column("debtor_id", _ID, ForeignKey("debtor.id"), nullable=False, index=True),
    Column("number", String(40), nullable=False, index=True),
    Column("kind", String(10), nullable=False),  # NumberKind
    Column("owner_name", Text, nullable=False),  # of a contact
    Column("relation", String(40), nullable=False),
    Column("standing", String(10), nullable=False),  # NumberStanding
    Column("source", String(40), nullable=False),  # bank, learnt
    Column("position", Integer, nullable=False),
    UniqueConstraint("debtor_id", "number"),
)

address = Table(
    "address",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("batch_id", _ID, index=True),
    Column("debtor_id", _ID, ForeignKey("debtor.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),  # home, registered, work
    Column("line", Text, nullable=False),
    Column("source", String(40), nullable=False),
    Column("position", Integer, nullable=False),
)

open_attempt = Table(
    "open_attempt",
    metadata,
    Column("attempt_id", _ID, primary_key=True),
    Column("person_id", _ID, nullable=False, unique=True),
    Column("debtor_id", _ID, nullable=False, unique=True),
    Column("begun_at", UtcMicros, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("kind", String(20), primary_key=True),  # call, visit, pack
    Column("subject_id", _ID, primary_key=True),  # attempt, visit or the draft's own
    Column("person_id", _ID, nullable=False),
    Column("content", JSON, nullable=False),
    Column("saved_at", UtcMicros, nullable=False),
)

visit_state = Table(
    "visit_state",
    metadata,
    Column("visit_id", _ID, primary_key=True),
    Column("number", String(20), nullable=False, unique=True),
    Column("debtor_id", _ID, nullable=False, index=True),
    Column("case_id", _ID, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("lead_visitor_id", _ID),
    Column("companion_id", _ID),
    Column("planned_at", UtcMicros),
    Column("requested_by", _ID, nullable=False),
    Column("changed_at", UtcMicros, nullable=False),
    Column("next_step", String(20)),  # call_back or next_step: what the accepted report says comes next
    Column("next_at", UtcMicros),  # and when
    CheckConstraint("companion_id IS NULL OR lead_visitor_id <> companion_id", name="two_people"),
)

duty_state = Table(
    "duty_state",
    metadata,
    Column("duty_id", _ID, primary_key=True),
    Column("debtor_id", _ID, nullable=False, index=True),
    Column("open", Boolean, nullable=False),
    Column("due_at", UtcMicros, nullable=False),
)

promise_state = Table(
    "promise_state",
    metadata,
    Column("promise_id", _ID, primary_key=True),
    Column("case_id", _ID, nullable=False, index=True),
    Column("debtor_id", _ID, nullable=False, index=True),
    Column("state", String(20), nullable=False),  # open, proposed, kept, broken, cancelled, refused
    Column("followed_up", Boolean, nullable=False),
    Column("due_at", UtcMicros, nullable=False),
)

# --- history ---------------------------------------------------------------------------------------------

role_grant = history_table(
    "role_grant",
    Column("person_id", _ID, nullable=False),
    Column("role", String(20), nullable=False),
    Column("granted", Boolean, nullable=False),
)

badge = history_table(
    "badge",
    Column("person_id", _ID, nullable=False),
    Column("valid_until", Date),
)

setting_change = history_table(
    "setting_change",
    Column("key", String(64), nullable=False),
    Column("value", JSON, nullable=False),
)

pack_version = history_table(
    "pack_version",
    Column("pack_kind", String(20), nullable=False),  # PackKind
    Column("pack_id", String(60), nullable=False),
    Column("language", String(10), nullable=False),  # "" where a pack holds all languages
    Column("version", String(40), nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("author_id", _ID),  # NULL: came with the program
    Column("files", JSON, nullable=False),  # {name: text}
)

pack_step = history_table(
    "pack_step",
    Column("version_id", _ID, nullable=False),
    Column("step", String(20), nullable=False),  # PackStep
    Column("actor_id", _ID, nullable=False),
    Column("reason", Text, nullable=False),
)

short_form = history_table(  # a short form of notes somebody added; the newest line of a form counts
    "short_form",
    Column("form_id", _ID, nullable=False),
    Column("owner_id", _ID),  # whose own it is; NULL: the team's
    Column("name", String(12), nullable=False),
    Column("replaces", Boolean, nullable=False),
    Column("gone", Boolean, nullable=False),
    personal("text", String(300)),  # a person types it: it may have to be erased
)

import_event = history_table(
    "import_event",
    Column("batch_id", _ID, nullable=False),
    Column("file_sha256", String(64), nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("set_aside", Integer, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
)

access = history_table(
    "access",
    Column("what", String(40), nullable=False),  # unmask, reveal, export, print, original, play, evidence_export
    Column("subject_id", String(64), nullable=False),
)

gate_decision = history_table(
    "gate_decision",
    Column("debtor_id", _ID, nullable=False),
    Column("phone_id", _ID),
    Column("channel", String(10), nullable=False),
    Column("addressee", String(10), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("pack_hash", String(64), nullable=False),
    Column("next_allowed_at", UtcMicros),
    Column("override_by", _ID),
    personal("override_reason", Text()),
    personal("reason", Text()),
)

attempt = history_table(
    "attempt",
    Column("debtor_id", _ID, nullable=False),
    Column("actor_id", _ID, nullable=False),
    Column("case_id", _ID),
    Column("phone_id", _ID),
    Column("gate_decision_id", _ID, nullable=False),
    Column("channel", String(10), nullable=False),
    Column("direction", String(5), nullable=False),
    Column("addressee", String(10), nullable=False),
    Column("begun_at", UtcMicros, nullable=False),
    Column("script", String(60), nullable=False),
    Column("script_hash", String(64), nullable=False),
    Column("rehearsal", Boolean, nullable=False),
)

attempt_end = history_table(
    "attempt_end",
    Column("debtor_id", _ID, nullable=False),
    Column("actor_id", _ID, nullable=False),
    Column("ended_at", UtcMicros, nullable=False),
    Column("attempt_id", _ID, nullable=False),
    Column("outcome", String(30), nullable=False),
    Column("result", String(20), nullable=False),
    Column("speaker", String(20), nullable=False),
    Column("identity_right", JSON, nullable=False),
    Column("identity_failures", Integer, nullable=False),
    Column("arrears_reason", String(30)),
    Column("willing", Boolean),
    Column("able", Boolean),
    Column("talk_seconds", Integer, nullable=False),
    Column("path", JSON, nullable=False),  # script steps and branches taken, objection cards used
    Column("next_step", String(30), nullable=False),
    Column("next_at", UtcMicros),
    Column("recording", String(120)),
    personal("note", Text()),
)

taken_back = history_table(
    "taken_back",
    Column("attempt_id", _ID, nullable=False),
    Column("attempt_end_id", _ID, nullable=False),
)

promise = history_table(
    "promise",
    Column("debtor_id", _ID, nullable=False),
    Column("case_id", _ID, nullable=False),
    Column("attempt_id", _ID),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("due_at", UtcMicros, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("full", Boolean, nullable=False),
    Column("needs_lead", Boolean, nullable=False),
)

promise_event = history_table(
    "promise_event",
    Column("promise_id", _ID, nullable=False),
    Column("state", String(20), nullable=False),
)

payment = history_table(
    "payment",
    Column("debtor_id", _ID, nullable=False),
    Column("case_id", _ID, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("paid_on", Date, nullable=False),
    Column("source", String(20), nullable=False),  # debtor (shown by the debtor), bank
    Column("attempt_end_id", _ID),  # the outcome that told of it
    personal("reference", Text()),
)

phone_event = history_table(
    "phone_event",
    Column("phone_id", _ID, nullable=False),
    Column("attempt_id", _ID),
    Column("standing", String(10), nullable=False),
    Column("source", String(40), nullable=False),
)

scheduled = history_table(  # the gate said "not before": the case comes up then, unless somebody calls earlier
    "scheduled",
    Column("debtor_id", _ID, nullable=False),
    Column("phone_id", _ID),
    Column("due_at", UtcMicros, nullable=False),
    Column("why", JSON, nullable=False),  # the gate's reason, as domain.debts keeps a message
    Column("attempts", Integer, nullable=False),  # made before: a later one has settled it
)

guarantee = history_table(  # whose contract of guarantee was seen, or that it no longer holds
    "guarantee",
    Column("debtor_id", _ID, nullable=False),
    Column("phone_id", _ID, nullable=False),
    Column("proven", Boolean, nullable=False),
    personal("name", Text()),
    personal("id_number", String(40)),
    personal("address", Text()),
    personal("contract", String(120)),
    Column("signed_on", Date),
    personal("reason", Text()),
)

flag_event = history_table(
    "flag_event",
    Column("debtor_id", _ID, nullable=False),
    Column("flag", String(20), nullable=False),
    Column("on", Boolean, nullable=False),
    Column("attempt_id", _ID),
    personal("reason", Text()),
)

consent = history_table(
    "consent",
    Column("debtor_id", _ID, nullable=False),
    Column("attempt_id", _ID),
    Column("scope", String(20), nullable=False),  # ConsentScope
    Column("since", UtcMicros, nullable=False),
    Column("until", UtcMicros),
    Column("window_from", Integer),  # seconds of the debtor's day
    Column("window_to", Integer),
    personal("words", Text()),
    Column("proof", String(120), nullable=False),
)

consent_withdrawn = history_table("consent_withdrawn", Column("consent_id", _ID, nullable=False))

approval = history_table(
    "approval",
    Column("debtor_id", _ID, nullable=False),
    Column("approval_kind", String(20), nullable=False),  # ApprovalKind
    Column("flag", String(20)),
    Column("until", UtcMicros),
    Column("approved_by", _ID, nullable=False),
    Column("approved_at", UtcMicros, nullable=False),
    personal("reason", Text()),
)

gate_override = history_table(
    "gate_override",
    Column("debtor_id", _ID, nullable=False),
    Column("rule", String(60), nullable=False),
    Column("until", UtcMicros, nullable=False),
    Column("approved_by", _ID, nullable=False),
    Column("approved_at", UtcMicros, nullable=False),
    personal("reason", Text(), required=True),
)

counts_taken = history_table(  # a file of counts, or one debtor's typed by hand; with it its figures count
    "counts_taken",
    Column("file_sha256", String(64), index=True),  # NULL: by hand
    Column("asked_as_of", UtcMicros),  # the time given for a file that is silent
    Column("newest_as_of", UtcMicros, nullable=False, index=True),
    Column("ours_included", Boolean, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("set_aside", Integer, nullable=False),
)

external_count = history_table(
    "external_count",
    Column("counts_id", _ID, nullable=False, index=True),  # counts_taken; in force only once that is there
    Column("debtor_id", _ID, nullable=False),
    Column("as_of", UtcMicros, nullable=False),
    Column("effective_today", Integer),
    Column("connected_today", Integer),
    Column("ours_included", Boolean, nullable=False),
)

late_figure = history_table(  # a figure that came after our calls and shows a cap passed
    "late_figure",
    Column("debtor_id", _ID, nullable=False),
    Column("counts_id", _ID, nullable=False),
    Column("duty_id", _ID, nullable=False),
    Column("attempt_id", _ID, nullable=False),  # our last call of that day
    Column("rule", String(60), nullable=False),
    Column("day", Date, nullable=False),
    Column("as_of", UtcMicros, nullable=False),
    Column("n", Integer, nullable=False),
    Column("m", Integer, nullable=False),
)

duty = history_table(
    "duty",
    Column("debtor_id", _ID, nullable=False),
    Column("kind", String(30), nullable=False),  # complaint, dispute, plan_request, risk_to_life, …
    Column("attempt_id", _ID),
    Column("due_at", UtcMicros, nullable=False),
)

duty_done = history_table(
    "duty_done",
    Column("duty_id", _ID, nullable=False),
    Column("decision", String(30), nullable=False),
    personal("reason", Text()),
)

visit = history_table(
    "visit",
    Column("debtor_id", _ID, nullable=False),
    Column("case_id", _ID, nullable=False),
    Column("number", String(20), nullable=False),
    personal("request", JSON(), required=True),  # domain.visits.VisitRequest
)

visit_line = history_table(
    "visit_line",
    Column("visit_id", _ID, nullable=False),
    Column("line_kind", String(20), nullable=False),  # step, plan, tap, report, signature, review
    Column("step", String(20)),
    Column("lead_visitor_id", _ID),
    Column("companion_id", _ID),
    Column("version", Integer),
    Column("content_hash", String(64)),
    personal("content", JSON(), required=True),  # the value of domain.visits or domain.visit_steps
    CheckConstraint("companion_id IS NULL OR lead_visitor_id <> companion_id", name="two_people"),
    CheckConstraint("line_kind <> 'plan' OR salt IS NULL OR companion_id IS NOT NULL", name="plan_names_two"),
)

evidence = history_table(  # the file itself: evidence_piece
    "evidence",
    Column("visit_id", _ID, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("media_type", String(60), nullable=False),
    Column("size", Integer, nullable=False),
)

Index("ix_attempt_debtor", attempt.c.debtor_id, attempt.c.begun_at)
Index("ix_attempt_actor", attempt.c.actor_id, attempt.c.begun_at)
Index("ix_external_count_debtor", external_count.c.debtor_id, external_count.c.as_of)
for _table, _column in [
    (attempt_end, "attempt_id"),
    (pack_step, "version_id"),
    (short_form, "form_id"),
    (taken_back, "attempt_id"),
    (promise_event, "promise_id"),
    (visit_line, "visit_id"),
    (evidence, "visit_id"),
    (phone_event, "phone_id"),
    (consent, "debtor_id"),
    (approval, "debtor_id"),
    (gate_override, "debtor_id"),
    (late_figure, "debtor_id"),
    (late_figure, "duty_id"),
    (flag_event, "debtor_id"),
    (scheduled, "debtor_id"),
    (guarantee, "phone_id"),
]:
    Index(f"ix_{_table.name}_{_column}", _table.c[_column])
