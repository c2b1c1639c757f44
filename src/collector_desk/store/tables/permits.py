"""What opens or closes the gate for a debtor, and what somebody has to decide."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, String, Table, Text

from collector_desk.store.metadata import UtcMicros, history_table, metadata, personal
from collector_desk.store.tables.columns import ID, found_by

task_state = Table(
    "task_state",
    metadata,
    Column("task_id", ID, primary_key=True),
    Column("debtor_id", ID, nullable=False, index=True),
    Column("open", Boolean, nullable=False),
    Column("due_at", UtcMicros, nullable=False),
)

flag_event = history_table(
    "flag_event",
    Column("debtor_id", ID, nullable=False),
    Column("flag", String(20), nullable=False),
    Column("on", Boolean, nullable=False),
    Column("attempt_id", ID),
    personal("reason", Text()),
)

consent = history_table(
    "consent",
    Column("debtor_id", ID, nullable=False),
    Column("attempt_id", ID),
    Column("scope", String(20), nullable=False),  # ConsentScope
    Column("since", UtcMicros, nullable=False),
    Column("until", UtcMicros),
    Column("window_from", Integer),  # seconds of the debtor's day
    Column("window_to", Integer),
    personal("words", Text()),
    Column("proof", String(120), nullable=False),
    Column("task_id", ID),  # in force once this task is decided for it (store.agreed); NULL: at once
)

consent_withdrawn = history_table("consent_withdrawn", Column("consent_id", ID, nullable=False))

approval = history_table(
    "approval",
    Column("debtor_id", ID, nullable=False),
    Column("approval_kind", String(20), nullable=False),  # ApprovalKind
    Column("flag", String(20)),
    Column("until", UtcMicros),
    Column("approved_by", ID, nullable=False),
    Column("approved_at", UtcMicros, nullable=False),
    personal("reason", Text()),
)

gate_override = history_table(
    "gate_override",
    Column("debtor_id", ID, nullable=False),
    Column("rule", String(60), nullable=False),
    Column("until", UtcMicros, nullable=False),
    Column("approved_by", ID, nullable=False),
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
    Column("hidden", JSON, nullable=False),  # columns the file hides, each with its use (domain.book.lists)
)

external_count = history_table(
    "external_count",
    Column("counts_id", ID, nullable=False, index=True),  # counts_taken; in force only once that is there
    Column("debtor_id", ID, nullable=False),
    Column("as_of", UtcMicros, nullable=False),
    Column("effective_today", Integer),
    Column("connected_today", Integer),
    Column("ours_included", Boolean, nullable=False),
    Column("task_id", ID),  # as of a consent: a figure that falls waits
)

late_figure = history_table(  # a figure that came after our calls and shows a cap passed
    "late_figure",
    Column("debtor_id", ID, nullable=False),
    Column("counts_id", ID, nullable=False),
    Column("task_id", ID, nullable=False),
    Column("attempt_id", ID, nullable=False),  # our last call of that day
    Column("rule", String(60), nullable=False),
    Column("day", Date, nullable=False),
    Column("as_of", UtcMicros, nullable=False),
    Column("n", Integer, nullable=False),
    Column("m", Integer, nullable=False),
)

task = history_table(
    "task",
    Column("debtor_id", ID, nullable=False),
    Column("kind", String(30), nullable=False),  # TaskKind
    Column("attempt_id", ID),
    Column("opened_by", ID),  # whose act it is about: they don't decide it
    Column("due_at", UtcMicros, nullable=False),
)

lead_asked = history_table(  # what an agent put before the leads apart from any call, in their words
    "lead_asked",
    Column("debtor_id", ID, nullable=False),
    Column("task_id", ID, nullable=False),
    personal("reason", Text()),
)

task_done = history_table(
    "task_done",
    Column("task_id", ID, nullable=False),
    Column("decision", String(30), nullable=False),
    personal("reason", Text()),
)

alarm_line = history_table(  # of a danger or an incident: a lead has it before them, or somebody was told of it
    "alarm_line",
    Column("task_id", ID, nullable=False),
    Column("debtor_id", ID, nullable=False),
    Column("person_id", ID, nullable=False),
    Column("line_kind", String(10), nullable=False),  # AlarmLine
    Column("told_at", UtcMicros),
    personal("words", Text()),  # whom, and what they said
)

Index("ix_task_state_open", task_state.c.open, task_state.c.due_at)
Index("ix_external_count_debtor", external_count.c.debtor_id, external_count.c.as_of)
found_by(alarm_line, "task_id")
found_by(task_done, "task_id")
found_by(consent, "debtor_id")
found_by(approval, "debtor_id")
found_by(gate_override, "debtor_id")
found_by(lead_asked, "task_id")
found_by(late_figure, "debtor_id")
found_by(late_figure, "task_id")
found_by(flag_event, "debtor_id")
