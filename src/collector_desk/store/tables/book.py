"""The book: placements as the banks sent them, debtors with their cases, numbers and addresses, what was paid."""

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

from collector_desk.domain.book.debts import NumberSource
from collector_desk.domain.book.products import PRODUCT_LENGTH
from collector_desk.domain.book.serials import SERIAL_LENGTH
from collector_desk.domain.states import AddressSource, BatchKind, BatchState
from collector_desk.domain.vocabulary import AddressKind, CaseState, NumberKind, NumberStanding, PromiseState
from collector_desk.store.metadata import UtcMicros, history_table, metadata, personal
from collector_desk.store.tables.columns import ID, numbered, one_of, ref

placement = Table(
    "placement",
    metadata,
    Column("id", ID, primary_key=True),
    Column("number", String(80), nullable=False, index=True),  # the bank's: another store may have it too
    Column("bank_name", String(120), nullable=False),
    Column("placed_on", Date),
    Column("terms", JSON, nullable=False),  # see domain.book.debts.PlacementTerms
    Column("created_at", UtcMicros, nullable=False),
)

received_file = Table(
    "received_file",
    metadata,
    Column("id", ID, primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("filename", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("received_at", UtcMicros, nullable=False),
    Column("received_by", ID, nullable=False),
)

received_piece = Table(  # the file byte for byte, in pieces that each fit a short transaction
    "received_piece",
    metadata,
    Column("file_id", ID, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

batch = Table(
    "batch",
    metadata,
    Column("id", ID, primary_key=True),
    ref("file_id", "received_file"),
    ref("placement_id", "placement", nullable=True),  # none where no row could be read
    Column("state", String(10), nullable=False),  # BatchState
    Column("kind", String(12), nullable=False, server_default=BatchKind.PLACEMENT.value),
    Column("accepted", Integer, nullable=False),
    Column("refreshed", Integer, nullable=False, server_default="0"),  # accounts on file with a newer figure
    Column("set_aside", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("amounts", JSON, nullable=False),  # a currency each
    Column("hidden", JSON, nullable=False),  # columns the file hides, each with its use (domain.book.lists)
    Column("imported_at", UtcMicros, nullable=False),
    Column("imported_by", ID, nullable=False),
    Column("told_kind", String(12)),  # of payments: FileKind, and the days they tell of, as last said
    Column("covers_from", Date),
    Column("covers_to", Date),
    Column("from_batch", ID),  # whose rows, set aside then and corrected since, came in with this one
    one_of("state", BatchState),
    one_of("kind", BatchKind),
)

aside_head = Table(  # what stands above the rows of a received table: titles and header
    "aside_head",
    metadata,
    Column("id", ID, primary_key=True),
    Column("batch_id", ID, ForeignKey("batch.id"), nullable=False, index=True),
    Column("sheet", Text, nullable=False),
    Column("lines", JSON, nullable=False),
    Column("rows", JSON, nullable=False),
)

aside_row = Table(  # a row that stayed out, cell for cell as the bank sent it; what was corrected is history
    "aside_row",
    metadata,
    Column("id", ID, primary_key=True),
    Column("batch_id", ID, ForeignKey("batch.id"), nullable=False, index=True),
    Column("head_id", ID, ForeignKey("aside_head.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("cells", JSON, nullable=False),
    Column("taken_batch", ID, index=True),  # the batch it came in with at last
)

set_aside_row = Table(
    "set_aside_row",
    metadata,
    Column("id", ID, primary_key=True),
    Column("batch_id", ID, ForeignKey("batch.id"), nullable=False, index=True),
    Column("sheet", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("column", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason_code", String(80), nullable=False),
    Column("reason_params", JSON, nullable=False),
    Column("severity", String(10), nullable=False),
)

_SEEN = text("visible IS 1")
"""Of whom the indexes of the queue know: who is only staged would be put into each of them twice, at random places.
A query is helped by them where it says the same, word for word, as ``visible.is_(True)`` does."""

debtor = Table(
    "debtor",
    metadata,
    Column("id", ID, primary_key=True),
    Column("batch_id", ID, nullable=False, index=True),
    Column("visible", Boolean, nullable=False),  # false while its import is staged
    Column("bank_name", String(120), nullable=False),
    Column("customer_no", String(60), nullable=False),
    Column("name", Text, nullable=False),
    Column("id_type", String(40), nullable=False),
    Column("id_number", String(40), nullable=False),
    Column("employer", Text, nullable=False),
    Column("zone", String(40), nullable=False),
    # who works it: a claim from the pool
    Column("holder_id", ID),
    Column("held_at", UtcMicros),
    # derived from history by services.book.refresh (rebuilt by one command)
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
    # the queue: see domain.book.queue
    Column("lead_case_id", ID),
    Column("lead_due", Date),  # due date of the account longest past due, as the bank's days give it
    Column("cases", Integer, nullable=False),
    Column("balance_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("owed_beside", JSON, nullable=False),  # in other currencies
    Column("product", String(PRODUCT_LENGTH), nullable=False),  # of the leading account
    Column("previous_overdue", Integer),
    Column("queue_class", Integer, nullable=False),
    Column("queue_key", BigInteger, nullable=False),
    Column("queue_amount", BigInteger, nullable=False),  # minus the balance: larger first
    Column("queue_case", String(20), nullable=False),
    Column("queue_why", JSON, nullable=False),
    Column("queue_back_at", UtcMicros),
    Column("queue_changes_at", UtcMicros),
    # what the calls come to (domain.book.history.CallsSum); NULL: they have to be read
    Column("calls_sum", JSON(none_as_null=True)),
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
        sqlite_where=_SEEN,
    ),
    Index("ix_debtor_changes", "visible", "queue_changes_at", sqlite_where=_SEEN),
    Index("ix_debtor_class", "visible", "queue_class", sqlite_where=_SEEN),  # narrow: counts go along all of it
    Index("ix_debtor_hidden", "batch_id", sqlite_where=text("visible IS 0")),
    Index("ix_debtor_held", "holder_id", sqlite_where=text("holder_id IS NOT NULL")),
)

account_case = Table(
    "account_case",
    metadata,
    Column("id", ID, primary_key=True),
    *numbered(),
    Column("batch_id", ID, nullable=False, index=True),
    Column("debtor_id", ID, ForeignKey("debtor.id"), nullable=False, index=True),
    ref("placement_id", "placement"),
    Column("account_number", String(40), nullable=False, index=True),
    Column("card_tail", String(10), nullable=False),
    Column("round", String(20), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("placed_minor", BigInteger, nullable=False),
    Column("balance_minor", BigInteger, nullable=False),
    Column("balance_as_of", Date, nullable=False),  # of the bank's newest figure
    # what a later file said (``projections.figures``); NULL: as placed
    Column("figure_minor", BigInteger),
    Column("placed_as_of", Date),  # of the figure it was placed with
    Column("minimum_as_of", Date),
    Column("overdue_minor", BigInteger),
    Column("overdue_as_of", Date),
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
    Column("bank_serial", String(SERIAL_LENGTH)),  # the bank's own number of the case, out of the extras
    Column("state", String(20), nullable=False),  # CaseState
    Column("stopped_on", Date),  # nobody collects on it since, by the bank's word
    Column("mandate_ends", Date),  # its own, by the bank's word, in the place of its placement's
    Column("remainder", Boolean),  # all was paid, and the bank's newer figure asks for something yet
    one_of("state", CaseState),
    UniqueConstraint("issuer", "serial"),
    Index("ix_account_case_bank_serial", "bank_serial", sqlite_where=text("bank_serial IS NOT NULL")),
)

phone = Table(
    "phone",
    metadata,
    Column("id", ID, primary_key=True),
    Column("batch_id", ID),
    Column("debtor_id", ID, ForeignKey("debtor.id"), nullable=False),  # found by the first half of the pair below
    Column("number", String(40), nullable=False, index=True),
    Column("kind", String(10), nullable=False),  # NumberKind
    Column("owner_name", Text, nullable=False),  # of a contact
    Column("relation", String(40), nullable=False),
    Column("standing", String(10), nullable=False),  # NumberStanding
    Column("source", String(40), nullable=False),  # NumberSource
    Column("position", Integer, nullable=False),
    UniqueConstraint("debtor_id", "number"),
    one_of("kind", NumberKind),
    one_of("standing", NumberStanding),
    one_of("source", NumberSource),
)

address = Table(
    "address",
    metadata,
    Column("id", ID, primary_key=True),
    Column("batch_id", ID),
    Column("debtor_id", ID, ForeignKey("debtor.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),  # AddressKind
    Column("line", Text, nullable=False),
    Column("source", String(40), nullable=False),
    Column("position", Integer, nullable=False),
    one_of("kind", AddressKind),
    one_of("source", AddressSource),
)

placed = Table(  # what a file said of one debtor, written once; its piece's line of history proves many at once
    "placed",
    metadata,
    Column("id", ID, primary_key=True),  # of the debtor's row as it was staged: a stand-in's, where on file already
    Column("salt", LargeBinary(16)),  # NULL once erased, as of a history table
    Column("piece_id", ID, nullable=False),
    Column("position", Integer, nullable=False),
    Column("debtor_id", ID, nullable=False, index=True),
    Column("digest", LargeBinary(32), nullable=False),
    Column("skeleton", Text, nullable=False),
    personal("content", Text()),
    CheckConstraint("(salt IS NULL) = (content IS NULL)", name="erased_whole"),
    UniqueConstraint("piece_id", "position"),
)

promise_state = Table(
    "promise_state",
    metadata,
    Column("promise_id", ID, primary_key=True),
    Column("case_id", ID, nullable=False, index=True),
    Column("debtor_id", ID, nullable=False, index=True),
    Column("state", String(20), nullable=False),  # PromiseState
    Column("followed_up", Boolean, nullable=False),
    Column("due_at", UtcMicros, nullable=False),
    one_of("state", PromiseState),
)

placement_begun = history_table(  # a bank's placement as its first file named it, and as somebody said of it then
    "placement_begun",
    Column("placement_id", ID, nullable=False),
    Column("number", String(80), nullable=False),
    Column("placed_on", Date),
    Column("terms", JSON, nullable=False),
)

file_received = history_table(
    "file_received",
    Column("file_id", ID, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    personal("filename", Text(), required=True),
)

import_event = history_table(  # a batch that counts
    "import_event",
    Column("batch_id", ID, nullable=False),
    Column("file_id", ID, nullable=False),
    Column("placement_id", ID),
    Column("from_batch", ID),
    Column("accepted", Integer, nullable=False),
    Column("refreshed", Integer, nullable=False),  # accounts on file with a newer figure
    Column("set_aside", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("amounts", JSON, nullable=False),  # a currency each
    Column("hidden", JSON, nullable=False),  # columns the file hides, each with its use (domain.book.lists)
)

batch_undone = history_table(  # what a file placed, or said of accounts on file, counts for nothing any more
    "batch_undone",
    Column("batch_id", ID, nullable=False, index=True),
    Column("last_serial", Integer),  # of its accounts: no other case is ever given the number of one of them
)

placed_piece = history_table(  # the rows of ``placed`` that one line of the journal proves; its id is theirs
    "placed_piece",
    Column("batch_id", ID, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("rows_hash", LargeBinary(32), nullable=False),
)

aside_correction = history_table(  # one cell of a row set aside, as somebody corrected it
    "aside_correction",
    Column("row_id", ID, nullable=False, index=True),
    Column("batch_id", ID, nullable=False),
    Column("place", Integer, nullable=False),  # of the cell in its row, from 0
    personal("was", Text()),
    personal("value", Text(), required=True),
    personal("reason", Text(), required=True),
)

case_event = history_table(  # an account closed on the bank's word, or opened again
    "case_event",
    Column("debtor_id", ID, nullable=False, index=True),
    Column("case_id", ID, nullable=False, index=True),
    Column("event", String(12), nullable=False),  # domain.book.closing.Ending
    Column("balance_minor", BigInteger, nullable=False),  # what was owed until then
    Column("owed_minor", BigInteger, nullable=False),  # and from then on
    Column("currency", String(3), nullable=False),
    Column("written_on", Date),  # the day of the bank's letter
    personal("document", Text()),
    personal("reason", Text()),
)

words_taken = history_table(  # a list of what a bank says of cases, that counts; its id is its batch's
    "words_taken",
    Column("file_id", ID, nullable=False),
    Column("bank_name", String(120), nullable=False),
    Column("rows", Integer, nullable=False),  # that are somebody's
    Column("unmatched", Integer, nullable=False),
    Column("set_aside", Integer, nullable=False),
    Column("words", JSON, nullable=False),  # BankWord → how many rows say so
    Column("hidden", JSON, nullable=False),  # columns the file hides, each with its use (domain.book.lists)
)

bank_word = history_table(  # what a bank said of one case, and what holds of it from then on
    "bank_word",
    Column("debtor_id", ID, nullable=False, index=True),
    Column("case_id", ID, nullable=False, index=True),
    Column("batch_id", ID, index=True),  # of the list; NULL: a lead's act on the bank's letter
    Column("word", String(12), nullable=False),  # BankWord
    Column("said_on", Date, nullable=False),
    Column("stopped_on", Date),
    Column("mandate_ends", Date),
    personal("document", Text()),
    personal("reason", Text()),
)

words_row = history_table(  # a row of such a list that names no case of ours: tried again with every placement
    "words_row",
    Column("batch_id", ID, nullable=False, index=True),
    Column("line", Integer, nullable=False),
    Column("word", String(12), nullable=False),  # BankWord
    Column("said_on", Date, nullable=False),
    Column("ends", Date),
    Column("why", String(20), nullable=False),  # NobodysReason
    personal("content", Text()),  # sheet, numbers and reason, as JSON
)

words_row_line = history_table(  # what became of such a row
    "words_row_line",
    Column("row_id", ID, nullable=False, index=True),
    Column("debtor_id", ID),
    Column("case_id", ID),
    Column("state", String(10), nullable=False),  # domain.book.nobodys_words.NobodysState
)

address_added = history_table(  # an address no bank's file held
    "address_added",
    Column("address_id", ID, nullable=False),
    Column("debtor_id", ID, nullable=False),
    Column("kind", String(20), nullable=False),  # AddressKind
    personal("line", Text(), required=True),
    Column("source", String(40), nullable=False),  # AddressSource
    Column("position", Integer, nullable=False),
)

payment = history_table(
    "payment",
    Column("debtor_id", ID, nullable=False),
    Column("case_id", ID, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("paid_on", Date, nullable=False),
    Column("source", String(20), nullable=False),  # PaymentSource
    Column("channel", String(20)),  # PayChannel, where somebody named it
    Column("attempt_end_id", ID),  # the outcome that told of it
    personal("reference", Text()),  # what they name as proof
)
