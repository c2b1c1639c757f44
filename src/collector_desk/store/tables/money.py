"""Money: what the banks say was paid, row by row; of which days they told; and how each row stands."""

from sqlalchemy import (
    JSON,
    BigInteger,
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

from collector_desk.domain.money.payments import RowStanding
from collector_desk.domain.vocabulary import ClaimState, QuestionState
from collector_desk.store.metadata import UtcMicros, history_table, metadata, personal
from collector_desk.store.tables.columns import ID, found_by, numbered, one_of

bank_row = Table(  # a row of a payment file as received, written once; its piece's line proves many at once
    "bank_row",
    metadata,
    Column("id", ID, primary_key=True),
    Column("salt", LargeBinary(16)),  # NULL once erased, as of a history table
    Column("piece_id", ID, nullable=False),
    Column("position", Integer, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("skeleton", Text, nullable=False),  # amount, days, reference, sheet and line
    personal("content", Text()),  # whose it is, in the bank's words
    CheckConstraint("(salt IS NULL) = (content IS NULL)", name="erased_whole"),
    UniqueConstraint("piece_id", "position"),
)

bank_piece = history_table(  # the rows of ``bank_row`` that one line of the journal proves; its id is theirs
    "bank_piece",
    Column("batch_id", ID, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("rows_hash", LargeBinary(32), nullable=False),
)
found_by(bank_piece, "batch_id")

payments_taken = history_table(  # a payment file that counts; its id is its batch's
    "payments_taken",
    Column("file_id", ID, nullable=False),
    Column("bank_name", String(120), nullable=False),
    Column("placements", JSON, nullable=False),  # ids of those whose accounts it names: what its coverage is of
    Column("kind", String(12), nullable=False),  # FileKind
    Column("covers_from", Date),  # both or none: without them it decides no promise
    Column("covers_to", Date),
    Column("rows", Integer, nullable=False),
    Column("set_aside", Integer, nullable=False),
    Column("repeated", Integer, nullable=False),
    Column("amounts", JSON, nullable=False),  # of its rows, by currency
    Column("set_aside_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),  # of most of it
    Column("hidden", JSON, nullable=False),  # columns the file hides, each with its use (domain.book.lists)
)

payments_line = history_table(  # what is said of a payment file after it came in
    "payments_line",
    Column("batch_id", ID, nullable=False, index=True),
    Column("event", String(10), nullable=False),  # PaymentsEvent
    Column("kind", String(12)),  # FileKind and days, where they are told anew
    Column("covers_from", Date),
    Column("covers_to", Date),
    personal("reason", Text()),
)

coverage_line = history_table(  # days told of without a file, or a lead's word that less is known than was said
    "coverage_line",
    Column("bank_name", String(120), nullable=False),
    Column("placements", JSON, nullable=False),  # empty: all of the bank's
    Column("event", String(10), nullable=False),  # CoverageEvent
    Column("covers_from", Date),  # of days told
    Column("covers_to", Date, nullable=False),  # their last, or the last day that is still known
    Column("said_id", ID),  # of days told: the line of who said it first
    personal("reason", Text()),
)

payment_decision = history_table(  # a person's word on a row to settle; the last one on a row counts
    "payment_decision",
    Column("row_id", ID, nullable=False, index=True),
    Column("debtor_id", ID, index=True),
    Column("settling", String(10), nullable=False),  # Settling
    Column("parts", JSON, nullable=False),  # case id → minor units, where it was split: ``payment_part`` by debtor
    personal("reason", Text()),
)

payment_part = history_table(  # where a row was split: what of it goes to one account, whosever that is
    "payment_part",
    Column("decision_id", ID, nullable=False),
    Column("row_id", ID, nullable=False),
    Column("debtor_id", ID, nullable=False, index=True),
    Column("case_id", ID, nullable=False),
    Column("minor", BigInteger, nullable=False),
)

figure_fell = history_table(  # a figure below what known payments explain was put before a lead
    "figure_fell",
    Column("debtor_id", ID, nullable=False, index=True),
    Column("case_id", ID, nullable=False),
    Column("since", Date, nullable=False),  # the days of the figure before, and of this one
    Column("as_of", Date, nullable=False),
    Column("fell_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("task_id", ID, nullable=False),
)

payment_match = Table(  # whose row it is: found by its numbers when it came, tried again with every placement
    "payment_match",
    metadata,
    Column("row_id", ID, ForeignKey("bank_row.id"), primary_key=True),
    Column("debtor_id", ID),
    Column("case_id", ID),
    Index("ix_payment_match_debtor_id", "debtor_id", sqlite_where=text("debtor_id IS NOT NULL")),
    Index("ix_payment_match_nobody", "row_id", sqlite_where=text("debtor_id IS NULL")),
)

payment_now = Table(  # how a row stands after all rows, decisions and figures of its debtor
    "payment_now",
    metadata,
    Column("id", ID, primary_key=True),  # the row's own, but of a part of it on another account (``part_id``)
    Column("row_id", ID, nullable=False, index=True),
    Column("debtor_id", ID, nullable=False, index=True),
    Column("case_id", ID, nullable=False, index=True),
    Column("standing", String(12), nullable=False),  # RowStanding
    Column("doubt", Integer),  # RowDoubt
    Column("posted_on", Date, nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("allocated_minor", BigInteger, nullable=False),
    Column("excess_minor", BigInteger, nullable=False),
    Column("contained_minor", BigInteger, nullable=False),
    one_of("standing", RowStanding),
    Index("ix_payment_now_to_settle", "doubt", sqlite_where=text("standing = 'to_settle'")),
)

claim_now = Table(  # how what a debtor said they had paid stands, after all the bank told; its id is the claim's
    "claim_now",
    metadata,
    Column("id", ID, primary_key=True),  # of ``payment``
    Column("debtor_id", ID, nullable=False, index=True),
    Column("case_id", ID, nullable=False, index=True),
    Column("state", String(12), nullable=False),  # ClaimState
    Column("minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("paid_on", Date, nullable=False),
    Column("told_at", UtcMicros, nullable=False),
    Column("window_ends", Date, nullable=False),  # the last of the bank's days that can answer it
    Column("silent_from", Date, nullable=False),  # from then on it holds nobody up, told of or not
    Column("told_to", Date),  # how far the bank had told
    Column("row_id", ID),  # what answers it
    one_of("state", ClaimState),
)

money_stale = Table(  # debtors whose accounts have to be worked anew, for what no row of theirs tells
    "money_stale",
    metadata,
    Column("debtor_id", ID, primary_key=True),
)

bank_question = history_table(  # what a bank is asked about the money it told of
    "bank_question",
    Column("bank_name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),  # QuestionKind
    Column("debtor_id", ID, index=True),
    Column("case_id", ID),
    Column("about_id", ID, index=True),  # the bank's row, or the debtor's claim
    Column("figures", JSON, nullable=False),  # of its sentence, as ``message_to_plain`` has them: nothing personal
)

bank_question_line = history_table(  # how a question stands from then on
    "bank_question_line",
    Column("question_id", ID, nullable=False, index=True),
    Column("state", String(10), nullable=False),  # QuestionState
    Column("export_id", ID),  # of ``questions_export``, where it went out, and its line there
    Column("line", Integer),
    Column("answered_on", Date),
    personal("words", Text()),
)

questions_export = history_table(  # a numbered file of questions for one bank
    "questions_export",
    *numbered(),
    Column("bank_name", String(120), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    personal("filename", Text(), required=True),
    UniqueConstraint("issuer", "serial"),
)

question_state = Table(
    "question_state",
    metadata,
    Column("question_id", ID, primary_key=True),
    Column("debtor_id", ID, index=True),  # NULL: it is about a row of nobody's here
    Column("state", String(10), nullable=False),
    one_of("state", QuestionState),
    Index("ix_question_state_waiting", "state", sqlite_where=text("state IN ('open', 'sent')")),
)
