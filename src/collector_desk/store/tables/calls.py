"""Calls: what the gate said, attempts and their ends, promises, number facts."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Index, Integer, LargeBinary, String, Table, Text

from collector_desk.store.metadata import UtcMicros, history_table, metadata, personal
from collector_desk.store.tables.columns import ID, found_by

open_attempt = Table(
    "open_attempt",
    metadata,
    Column("attempt_id", ID, primary_key=True),
    Column("person_id", ID, nullable=False, unique=True),
    Column("debtor_id", ID, nullable=False, unique=True),
    Column("begun_at", UtcMicros, nullable=False),
)

left_row = Table(  # a case somebody had on the screen and left without an outcome: the queue offers others first
    "left_row",
    metadata,
    Column("person_id", ID, primary_key=True),
    Column("debtor_id", ID, primary_key=True, index=True),
    Column("left_at", UtcMicros, nullable=False),
    # as in the row, by which the order's index finds it: the mark goes as soon as one of them changes
    Column("queue_class", Integer, nullable=False),
    Column("queue_key", BigInteger, nullable=False),
    Column("queue_amount", BigInteger, nullable=False),
    Column("queue_case", String(20), nullable=False),
)

rule_set = history_table(  # the packs of rules that decisions go by together, a row for each set there ever was
    "rule_set",
    Column("pack_hash", LargeBinary(32), nullable=False),  # over all of them: domain.conduct.decide.hash_of
    Column("packs", JSON, nullable=False),  # {id: SHA-256}
)

gate_decision = history_table(  # of the gate, but for a call that began: its attempt names what it was begun on
    "gate_decision",
    Column("debtor_id", ID, nullable=False),
    Column("phone_id", ID),
    Column("channel", String(10), nullable=False),
    Column("addressee", String(10), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("rule_set_id", ID, nullable=False),
    Column("next_allowed_at", UtcMicros),
)

ground = history_table(  # what attempts are begun on: the gate's yes and the scripts on the screen, each once
    "ground",
    Column("content_hash", LargeBinary(32), nullable=False, index=True),  # of the columns below, to find it by
    Column("verdict", String(10), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("rule_set_id", ID, nullable=False),
    Column("script_hash", LargeBinary(32), nullable=False),
)

attempt = history_table(
    "attempt",
    Column("debtor_id", ID, nullable=False),
    Column("actor_id", ID, nullable=False),
    Column("case_id", ID),
    Column("phone_id", ID),
    Column("ground_id", ID, nullable=False),
    Column("channel", String(10), nullable=False),
    Column("direction", String(5), nullable=False),
    Column("addressee", String(10), nullable=False),
    Column("begun_at", UtcMicros, nullable=False),
    Column("script", String(60), nullable=False),
    Column("rehearsal", Boolean, nullable=False),
)

attempt_end = history_table(
    "attempt_end",
    Column("debtor_id", ID, nullable=False),
    Column("actor_id", ID, nullable=False),
    Column("ended_at", UtcMicros, nullable=False),
    Column("attempt_id", ID, nullable=False),
    Column("outcome", String(30), nullable=False),
    Column("result", String(20), nullable=False),
    Column("speaker", String(20), nullable=False),
    Column("identity_right", JSON, nullable=False),
    Column("identity_failures", Integer, nullable=False),
    Column("identity_slip", String(20)),  # the question whose wrong answer was a slip of the finger
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
    Column("attempt_id", ID, nullable=False),
    Column("attempt_end_id", ID, nullable=False),
)

taken_over = history_table(  # a call whose caller can't end it any more, by a lead
    "taken_over",
    Column("attempt_id", ID, nullable=False),
    Column("from_id", ID, nullable=False),
    Column("actor_id", ID, nullable=False),
)

promise = history_table(
    "promise",
    Column("debtor_id", ID, nullable=False),
    Column("case_id", ID, nullable=False),
    Column("attempt_id", ID),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("given_at", UtcMicros, nullable=False),
    Column("due_at", UtcMicros, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("full", Boolean, nullable=False),
    Column("needs_lead", Boolean, nullable=False),
)

promise_event = history_table(
    "promise_event",
    Column("promise_id", ID, nullable=False),
    Column("state", String(20), nullable=False),
)

promise_followed = history_table(  # whether a talk has followed a broken promise up: until then the case goes by it
    "promise_followed",
    Column("promise_id", ID, nullable=False),
    Column("done", Boolean, nullable=False),
)

phone_added = history_table(  # a number no bank's file held
    "phone_added",
    Column("phone_id", ID, nullable=False),
    Column("debtor_id", ID, nullable=False),
    Column("attempt_id", ID),
    personal("number", String(40), required=True),
    Column("kind", String(10), nullable=False),  # NumberKind
    personal("relation", String(40)),
    Column("standing", String(10), nullable=False),  # NumberStanding, until something is learnt
    Column("source", String(40), nullable=False),  # NumberSource
    Column("position", Integer, nullable=False),
)

phone_owner = history_table(  # whose number it is from now on
    "phone_owner",
    Column("phone_id", ID, nullable=False),
    Column("kind", String(10), nullable=False),  # NumberKind
    personal("owner_name", Text()),
)

phone_event = history_table(
    "phone_event",
    Column("phone_id", ID, nullable=False),
    Column("attempt_id", ID),
    Column("standing", String(10), nullable=False),
    Column("source", String(40), nullable=False),
)

given_number = history_table(  # given as the debtor's though known as somebody else's: a lead decides
    "given_number",
    Column("debtor_id", ID, nullable=False),
    Column("task_id", ID, nullable=False),
    Column("phone_id", ID, nullable=False),
    Column("attempt_id", ID),
)

scheduled = history_table(  # the gate said "not before": the case comes up then, unless somebody calls earlier
    "scheduled",
    Column("debtor_id", ID, nullable=False),
    Column("phone_id", ID),
    Column("due_at", UtcMicros, nullable=False),
    Column("why", JSON, nullable=False),  # the gate's reason, as domain.book.debts keeps a message
    Column("attempts", Integer, nullable=False),  # made before: a later one has settled it
)

guarantee = history_table(  # whose contract of guarantee was seen, or that it no longer holds
    "guarantee",
    Column("debtor_id", ID, nullable=False),
    Column("phone_id", ID, nullable=False),
    Column("proven", Boolean, nullable=False),
    personal("name", Text()),
    personal("id_number", String(40)),
    personal("address", Text()),
    personal("contract", String(120)),
    Column("signed_on", Date),
    personal("reason", Text()),
    Column("task_id", ID),  # as of a consent
)

Index("ix_left_row_at", left_row.c.person_id, left_row.c.left_at, left_row.c.queue_case)
Index("ix_attempt_debtor", attempt.c.debtor_id, attempt.c.begun_at)
Index("ix_attempt_actor", attempt.c.actor_id, attempt.c.begun_at)
found_by(attempt_end, "attempt_id")
found_by(taken_back, "attempt_id")
found_by(taken_over, "attempt_id")
found_by(promise_event, "promise_id")
found_by(phone_event, "phone_id")
found_by(given_number, "task_id")
found_by(scheduled, "debtor_id")
found_by(guarantee, "phone_id")
