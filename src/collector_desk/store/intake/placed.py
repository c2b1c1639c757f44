"""What a file said, debtor by debtor, as it will be proved: rows of ``placed``, and the hash over each piece."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from collector_desk.store import tables as t
from collector_desk.store.ids import new_id, packed
from collector_desk.store.projections.placed import PieceHash, digest_of
from collector_desk.store.sqlite.bulk import insert_tuples, json_text

_PIECE = 500
"""Rows under one line of the journal: a million debtors take 2,000, which one short transaction writes."""
_COLUMNS = ("id", "salt", "piece_id", "position", "debtor_id", "digest", "skeleton", "content")


class PlacedRows:
    """Rows of ``placed``, to be written together; what their pieces' lines of history will say gathers beside."""

    def __init__(self, batch_id: str) -> None:
        self._batch = batch_id
        self._rows: list[tuple[Any, ...]] = []
        self._pieces: list[tuple[str, PieceHash]] = []

    def add(
        self, row_id: str, debtor_id: str, skeleton: Sequence[Mapping[str, Any]], content: Mapping[str, Any]
    ) -> None:
        """What the file says of one debtor. ``row_id`` is that of the debtor's row as staged."""
        if not self._pieces or self._pieces[-1][1].rows >= _PIECE:
            self._pieces.append((new_id(), PieceHash()))
        piece, proof = self._pieces[-1]
        bones, said = json_text(skeleton), json_text(content)
        salt = os.urandom(16)
        digest = digest_of(salt, bones, said)
        self._rows.append((row_id, salt, piece, proof.rows, debtor_id, digest, bones, said))
        proof.add(packed(row_id), packed(debtor_id), digest, bones)

    def clear(self) -> None:
        """Begin with the next rows; a piece that isn't full goes on."""
        self._rows.clear()

    def insert(self, conn: Connection) -> None:
        """Write them."""
        insert_tuples(conn, t.placed, _COLUMNS, self._rows)

    def lines(self) -> list[dict[str, Any]]:
        """The rows of ``placed_piece`` that make all of it history."""
        return [
            {"id": piece, "batch_id": self._batch, "rows": proof.rows, "rows_hash": proof.value()}
            for piece, proof in self._pieces
        ]
