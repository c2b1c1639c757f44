"""Months of placements: those a lead froze, what the banks' own statements say of them, the files that went out."""

from sqlalchemy import JSON, Boolean, Column, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from collector_desk.store.metadata import history_table, metadata, personal
from collector_desk.store.tables.columns import ID, found_by, numbered

month_frozen = history_table(  # a placement's month reviewed by a lead: from now on it stays as it is
    "month_frozen",
    Column("placement_id", ID, nullable=False),
    Column("bank_name", String(120), nullable=False),
    Column("month", String(7), nullable=False),  # 2026-11
    Column("after", ID),  # the frozen month before it; NULL: it is the first
    Column("pieces", Integer, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("sums", JSON, nullable=False),  # by currency
    Column("waiting", JSON, nullable=False),  # what was open then
    Column("statement_id", ID),  # what the bank said of it; NULL: nothing was received
)

month_piece = history_table(  # cases and rows of such a month; they count once the month has its row
    "month_piece",
    Column("frozen_id", ID, nullable=False),
    Column("position", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # squeezed; ids and figures alone
)
found_by(month_piece, "frozen_id")

frozen_month = Table(  # which months of a placement are frozen: each once
    "frozen_month",
    metadata,
    Column("id", ID, primary_key=True),  # the row of ``month_frozen``
    Column("placement_id", ID, nullable=False),
    Column("month", String(7), nullable=False),
    UniqueConstraint("placement_id", "month"),
)

statement_taken = history_table(  # a bank's own statement of a placement's month; the last one counts
    "statement_taken",
    Column("placement_id", ID, nullable=False),
    Column("month", String(7), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("set_aside", Integer, nullable=False),
    Column("pieces", Integer, nullable=False),
    personal("filename", Text(), required=True),
)
found_by(statement_taken, "placement_id", "month")

statement_piece = history_table(  # rows of such a file; they count once it has its row
    "statement_piece",
    Column("statement_id", ID, nullable=False),
    Column("position", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # squeezed; an account nobody knows behind its mask
)
found_by(statement_piece, "statement_id")

month_export = history_table(  # a placement's month as it went out: a workbook or a paper
    "month_export",
    *numbered(),
    Column("placement_id", ID, nullable=False),
    Column("bank_name", String(120), nullable=False),  # for whom
    Column("month", String(7), nullable=False),
    Column("frozen", Boolean, nullable=False),
    Column("sha256", String(64), nullable=False),  # of the file
    personal("filename", Text(), required=True),
    UniqueConstraint("issuer", "serial"),
)
found_by(month_export, "placement_id", "month")
