"""What a file said, debtor by debtor, as it will be proved: rows of ``placed``, and the hash over each piece."""

import os
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as _said
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
        bones, said = skeleton_text(skeleton), content_text(content)
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


# --- the two texts -------------------------------------------------------------------------------------------
# ``json_text`` would write the very same and take two and a half times as long: it asks every value what it is, and
# all of these are words but for a few.


def skeleton_text(frames: Sequence[Mapping[str, Any]]) -> str:
    """What of a debtor's accounts stays."""
    return f"[{','.join(map(_frame, frames))}]"


def _frame(frame: Mapping[str, Any]) -> str:
    said = [f'"{key}":{value if value.__class__ is int else _said(value)}' for key, value in frame.items()]
    return f"{{{','.join(said)}}}"


def content_text(content: Mapping[str, Any]) -> str:
    """Whoever it is about, in the bank's words."""
    cases, phones, addresses = content["cases"], content["phones"], content["addresses"]
    corrected = content.get("corrected")
    more = f',"corrected":{json_text(corrected)}' if corrected else ""
    return (
        f'{{"person":{_person(content["person"])},"cases":[{",".join(map(_case, cases))}],'
        f'"phones":[{",".join(map(_phone, phones))}],"addresses":[{",".join(map(_address, addresses))}]{more}}}'
    )


def _person(it: Mapping[str, str]) -> str:
    return (
        f'{{"bank_name":{_said(it["bank_name"])},"customer_no":{_said(it["customer_no"])},"name":{_said(it["name"])},'
        f'"id_type":{_said(it["id_type"])},"id_number":{_said(it["id_number"])},'
        f'"employer":{_said(it["employer"])},"zone":{_said(it["zone"])}}}'
    )


def _case(it: Mapping[str, Any]) -> str:
    return (
        f'{{"account_number":{_said(it["account_number"])},"card_tail":{_said(it["card_tail"])},'
        f'"remark":{_said(it["remark"])},"extras":{json_text(it["extras"]) if it["extras"] else "{}"},'
        f'"sheet":{_said(it["sheet"])},"line":{it["line"]}}}'
    )


def _phone(it: Mapping[str, str]) -> str:
    return (
        f'{{"id":"{it["id"]}","number":{_said(it["number"])},"kind":{_said(it["kind"])},'
        f'"owner_name":{_said(it["owner_name"])},"relation":{_said(it["relation"])}}}'
    )


def _address(it: Mapping[str, str]) -> str:
    return f'{{"id":"{it["id"]}","kind":{_said(it["kind"])},"line":{_said(it["line"])}}}'
