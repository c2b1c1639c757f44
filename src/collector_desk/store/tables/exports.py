"""What went out to banks: one export of contact records a row, and each record in it a row."""

from sqlalchemy import Boolean, Column, Integer, String, Text, UniqueConstraint

from collector_desk.store.metadata import UtcMicros, history_table, personal
from collector_desk.store.tables.columns import ID, found_by, numbered

contacts_export = history_table(  # a numbered file of contact records or cases, of one placement in one layout
    "contacts_export",
    *numbered(),
    Column("placement_id", ID, nullable=False),
    Column("bank_name", String(120), nullable=False),  # for whom
    Column("layout_id", String(60), nullable=False),
    Column("layout_version", String(40), nullable=False),
    Column("layout_sha256", String(64), nullable=False),
    Column("since", UtcMicros),  # the time it covers; NULL: from the beginning
    Column("until", UtcMicros, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),  # of the file
    Column("notes_released", Boolean, nullable=False),  # by a lead: also where health or family is the reason
    personal("filename", Text(), required=True),
    UniqueConstraint("issuer", "serial"),
)

contact_sent = history_table(  # a row of such a file; it counts once the file has its own
    "contact_sent",
    Column("export_id", ID, nullable=False),
    Column("line", Integer, nullable=False),  # from 1, the headings not counted
    Column("debtor_id", ID, nullable=False),
    Column("case_id", ID, nullable=False),
    Column("about_id", ID, nullable=False),  # the attempt, or the case as it stood
    Column("said_id", ID),  # the end it went out with, or what was said of the case; NULL: that it was taken back
    Column("mark", String(20), nullable=False),  # SentMark
    Column("first_id", ID),  # of the row that told of it first
)

bank_list = history_table(  # a numbered list of cases to a bank: asked to stay, or gone back
    "bank_list",
    *numbered(),
    Column("kind", String(12), nullable=False),  # BankListKind
    Column("placement_id", ID, nullable=False),
    Column("bank_name", String(120), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),  # of the file
    personal("filename", Text(), required=True),
    UniqueConstraint("issuer", "serial"),
)

bank_list_row = history_table(  # a case on such a list
    "bank_list_row",
    Column("list_id", ID, nullable=False),
    Column("line", Integer, nullable=False),  # from 1, the headings not counted
    Column("debtor_id", ID, nullable=False),
    Column("case_id", ID, nullable=False),
)

found_by(bank_list, "placement_id")
found_by(bank_list_row, "list_id")
found_by(bank_list_row, "case_id")
found_by(contacts_export, "placement_id", "layout_id")
found_by(contact_sent, "export_id")
