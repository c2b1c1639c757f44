"""The tables of the history itself, and the triggers that keep history written once.

``journal`` has one line for every act, chained by its ``origin``, the store that wrote it; ``signed_head`` holds
the signatures people leave on the chain's head;
``key_event`` says which slot of the key file holds, ``person_key`` which public keys are whose and who vouched;
``clock_repair`` and ``store_tie`` are a lead's acts: going on after a wrong clock, and with a store that doesn't
fit what its computer remembers of it.
``journal.py`` and ``store.py`` write them.
"""

from collections.abc import Iterator

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from collector_desk.store.metadata import HISTORY, BigKey, Id, UtcMicros, history_table, metadata, personal

origin = Table(  # the stores whose lines lie here; number 1 is this store itself
    "origin",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("store_id", Id(), nullable=False, unique=True),
    Column("prefix", String(3), nullable=False),  # of the numbers it gives out, see ``numbers``
)

OWN = 1
"""The number of this store itself among the origins."""

journal = Table(
    "journal",
    metadata,
    Column("seq", BigKey, primary_key=True),  # of arrival here
    Column("origin", Integer, nullable=False),  # whose line it is, and which of theirs: these two are hashed
    Column("place", Integer, nullable=False),
    # the last line of the debtor its maker knew, where another store had written that one; else NULL
    Column("after_origin", Id()),
    Column("after_place", Integer),
    Column("at", UtcMicros, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("actor_id", Id(), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("table_name", String(64), nullable=False),
    Column("row_id", Id(), nullable=False),
    Column("debtor_id", Id()),
    Column("digest", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    UniqueConstraint("origin", "place"),
    Index("ix_journal_row_id", "row_id"),
    Index("ix_journal_debtor_id", "debtor_id"),  # its entries stand in the order of ``seq``, the row's own number
)

signed_head = Table(
    "signed_head",
    metadata,
    Column("id", BigKey, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("person_id", Id(), nullable=False),
    Column("at", UtcMicros, nullable=False),
    Column("signature", LargeBinary(64), nullable=False),
    Index("ix_signed_head_seq", "seq"),
)

key_event = history_table(
    "key_event",
    Column("person_id", Id(), nullable=False),
    Column("event", String(20), nullable=False),  # KeyEvent
    # of the slots in force from now on: older ones put back open nothing
    Column("slot_print", LargeBinary(32)),
    Column("recovery_print", LargeBinary(32)),
)

person_key = history_table(
    "person_key",
    Column("holder", String(32), nullable=False),  # a person, or ``endorsements.RECOVERY``
    Column("purpose", String(20), nullable=False),  # see ``endorsements``
    Column("signing", LargeBinary(32), nullable=False),
    Column("sealing", String(80), nullable=False),
    Column("given", Boolean, nullable=False),  # wrapped under a password somebody else chose
    Column("at", UtcMicros, nullable=False),
    Column("endorsed_by", LargeBinary(32), nullable=False),
    Column("endorsement", LargeBinary(64), nullable=False),
    Column("accepted", LargeBinary(64)),  # the signature of who takes the root on
)

clock_repair = history_table(
    "clock_repair",
    Column("was", UtcMicros, nullable=False),
    personal("reason", String(500), required=True),
)

store_tie = history_table(
    "store_tie",
    Column("why", String(20), nullable=False),  # TieReason
    Column("machine", LargeBinary(16), nullable=False),  # ``marks.machine_print``
    # the marks that saw what this store doesn't hold: where the furthest stood, and all their hashes, end to end
    Column("mark_seq", Integer),
    Column("given_up", LargeBinary, nullable=False),
    Column("alone", Boolean, nullable=False),  # there was no other lead who could have answered
    Column("at", UtcMicros, nullable=False),
    Column("signature", LargeBinary(64), nullable=False),
    personal("reason", String(500), required=True),
)

lines_taken = history_table(  # another store's lines taken in here: up to where its chain is known since
    "lines_taken",
    Column("store_id", Id(), nullable=False),
    Column("prefix", String(3), nullable=False),
    Column("head_place", Integer, nullable=False),
    Column("head_hash", LargeBinary(32), nullable=False),
)

ERASE_KIND = "erase"
PROVED_BY_PIECES = {"placed": "placed_piece", "bank_row": "bank_piece"}
"""Tables of which a line of the journal proves many rows at once, and the table of those lines."""


def _refuse(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER once_{table}_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'history is written once: {table}'); END"
    )


def personal_columns(table: Table) -> list[str]:
    """The columns of a history table that erasure blanks (the salt is blanked too)."""
    return [column.name for column in table.columns if column.info.get("personal")]


def _erasure_of(table: Table) -> str:
    """The condition that an UPDATE blanks salt and personal values and nothing else, after the journal said so."""
    blanked = {"salt", *personal_columns(table)}
    conditions = [
        f'NEW."{name}" IS NULL' if name in blanked else f'NEW."{name}" IS OLD."{name}"'
        for name in table.c.keys()  # noqa: SIM118 -- a column collection iterates columns
    ]
    conditions.append(
        f"EXISTS (SELECT 1 FROM journal WHERE row_id = OLD.id AND table_name = '{table.name}' "  # noqa: S608
        f"AND kind = '{ERASE_KIND}')"
    )
    return " AND ".join(conditions)


def _only_erasure(table: Table) -> str:
    """Refuse every UPDATE but erasure."""
    return (
        f"CREATE TRIGGER once_{table.name}_update BEFORE UPDATE ON {table.name} "
        f"WHEN NOT ({_erasure_of(table)}) "
        f"BEGIN SELECT RAISE(ABORT, 'history is written once: {table.name}'); END"
    )


def _piece_guards(name: str, piece: str) -> Iterator[tuple[str, str]]:
    """What a file said is written once from when its piece has its line: what is staged may still go."""
    said = f"EXISTS (SELECT 1 FROM {piece} WHERE id = {{row}}.piece_id)"  # noqa: S608
    old, new = said.format(row="OLD"), said.format(row="NEW")
    erasure = _erasure_of(metadata.tables[name])
    for verb, when in (
        ("INSERT", new),
        ("UPDATE", f"({old} AND NOT ({erasure})) OR (NEW.piece_id IS NOT OLD.piece_id AND {new})"),
        ("DELETE", old),
    ):
        trigger = f"once_{name}_{verb.lower()}"
        stop = f"BEGIN SELECT RAISE(ABORT, 'history is written once: {name}'); END"
        yield trigger, f"CREATE TRIGGER {trigger} BEFORE {verb} ON {name} WHEN {when} {stop}"


def _evidence_guards() -> Iterator[tuple[str, str]]:
    """The bytes under a piece of evidence stay as its row counts them, and go when the row is erased."""
    stop = "BEGIN SELECT RAISE(ABORT, 'history is written once: evidence_piece'); END"
    of = "EXISTS (SELECT 1 FROM evidence e WHERE e.id = {row}.evidence_id{more})"
    for verb, when in (
        ("INSERT", of.format(row="NEW", more="")),
        ("UPDATE", "1"),
        ("DELETE", of.format(row="OLD", more=" AND e.salt IS NOT NULL")),
    ):
        name = f"once_evidence_piece_{verb.lower()}"
        yield name, f"CREATE TRIGGER {name} BEFORE {verb} ON evidence_piece WHEN {when} {stop}"
    erase = (
        "CREATE TRIGGER erase_evidence_bytes AFTER UPDATE ON evidence WHEN NEW.salt IS NULL "
        "BEGIN DELETE FROM evidence_piece WHERE evidence_id = NEW.id; "
        "DELETE FROM evidence_thumb WHERE evidence_id = NEW.id; END"
    )
    yield "erase_evidence_bytes", erase


def history_triggers() -> Iterator[tuple[str, str]]:
    """Name and CREATE statement (SQLite) of every trigger the tables known by now need."""
    for name in (journal.name, origin.name, signed_head.name):
        for verb in ("UPDATE", "DELETE"):
            yield f"once_{name}_{verb.lower()}", _refuse(name, verb)
    for name in sorted(HISTORY):
        yield f"once_{name}_update", _only_erasure(HISTORY[name])
        yield f"once_{name}_delete", _refuse(name, "DELETE")
    if "evidence" in HISTORY:
        yield from _evidence_guards()
    for name, piece in PROVED_BY_PIECES.items():
        if piece in HISTORY:
            yield from _piece_guards(name, piece)
