"""Rows of a payment file as they will be proved: rows of ``bank_row``, and the hash over each piece of them."""

import os
from collections.abc import Iterable, Sequence
from json.encoder import encode_basestring as _said
from typing import Any

from sqlalchemy import Connection

from collector_desk.intake.payment_values import PaymentRow
from collector_desk.store import tables as t
from collector_desk.store.ids import all_packed, new_id, packed, unpacked
from collector_desk.store.projections.placed import PieceHash, digest_of
from collector_desk.store.sqlite.bulk import insert_tuples, json_text

_PIECE = 500
"""Rows under one line of the journal, as with placements."""
_COLUMNS = ("id", "salt", "piece_id", "position", "digest", "skeleton", "content")
_MATCH = ("row_id", "debtor_id", "case_id")
Matched = tuple[PaymentRow, str | None, str | None]
"""A row of the file, the debtor and the case it belongs to; None: nobody's."""


class BankRows:
    """Rows of ``bank_row``, written a few thousand at a time; what their pieces' lines will say gathers beside."""

    def __init__(self, batch_id: str) -> None:
        self._batch = batch_id
        self._rows: list[tuple[Any, ...]] = []
        self._matches: list[tuple[Any, ...]] = []
        self._pieces: list[tuple[str, PieceHash]] = []

    def make(self, rows: Iterable[Matched]) -> None:
        """These rows, in place of the ones before; a piece that isn't full goes on."""
        self._rows.clear()
        self._matches.clear()
        for row, debtor_id, case_id in rows:
            if not self._pieces or self._pieces[-1][1].rows >= _PIECE:
                self._pieces.append((new_id(), PieceHash()))
            piece, proof = self._pieces[-1]
            row_id, bones, said, salt = new_id(), _skeleton(row), _content(row), os.urandom(16)
            digest = digest_of(salt, bones, said)
            self._rows.append((row_id, salt, piece, proof.rows, digest, bones, said))
            self._matches.append((row_id, debtor_id, case_id))
            proof.add(packed(row_id), packed(piece), digest, bones)

    def insert(self, conn: Connection) -> None:
        """Write the rows last made."""
        insert_tuples(conn, t.bank_row, _COLUMNS, self._rows)
        insert_tuples(conn, t.payment_match, _MATCH, self._matches)

    def lines(self) -> list[dict[str, Any]]:
        """The rows of ``bank_piece`` that make all of it history."""
        return [
            {"id": piece, "batch_id": self._batch, "rows": proof.rows, "rows_hash": proof.value()}
            for piece, proof in self._pieces
        ]


def _skeleton(row: PaymentRow) -> str:
    """What of a row stays even where the person is erased: figures, days, the name of the booking, its place."""
    paid = f',"paid_on":"{row.paid_on.isoformat()}"' if row.paid_on is not None else ""
    at = f',"at":"{row.at.isoformat()}"' if row.at is not None else ""
    return (
        f'{{"minor":{row.amount},"currency":"{row.currency}","posted_on":"{row.posted_on.isoformat()}",'
        f'"assumed":{int(row.assumed)},"reference":{_said(row.reference)},"sheet":{row.sheet},"line":{row.line}'
        f"{paid}{at}}}"
    )


def _content(row: PaymentRow) -> str:
    """Whose it is, and what else the bank says, in its words; what it leaves out stays out."""
    parts = [f'"account":{_said(row.account_no)}']
    for name, value in (
        ("name", row.name),
        ("customer_no", row.customer_no),
        ("id_no", row.id_no),
        ("card_tail", row.card_tail),
        ("channel", row.channel),
        ("remark", row.remark),
        ("payer", row.payer),
        ("settled", row.settled),
    ):
        if value:
            parts.append(f'"{name}":{_said(value)}')
    if row.owed_after is not None:
        parts.append(f'"owed_after":{row.owed_after}')
    if row.extras:
        parts.append(f'"extras":{json_text(row.extras)}')
    return f"{{{','.join(parts)}}}"


def staged_rows(conn: Connection) -> list[str]:
    """Rows that no line of the journal proves: those of a file that never came to count."""
    rows = conn.exec_driver_sql(
        "SELECT id FROM bank_row r WHERE NOT EXISTS (SELECT 1 FROM bank_piece p WHERE p.id = r.piece_id)"
    )
    return [unpacked(row[0]) for row in rows]


def drop_rows(conn: Connection, row_ids: Sequence[str]) -> None:
    """Take staged rows away."""
    for table, key in ((t.payment_match.name, "row_id"), (t.bank_row.name, "id")):
        marks = ", ".join("?" * len(row_ids))
        conn.exec_driver_sql(f"DELETE FROM {table} WHERE {key} IN ({marks})", all_packed(row_ids))  # noqa: S608
