"""Rows set aside, in the store: the cells as the bank sent them, what was corrected since, whether they came in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select, update

from collector_desk.domain.book.debts import message_from_plain
from collector_desk.domain.message import Message
from collector_desk.intake.plain_cells import cells_from, plain_cells
from collector_desk.intake.values import AsideRow, TableHead
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id, packed
from collector_desk.store.intake.rows import TupleRows
from collector_desk.store.sqlite.bulk import json_text


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One row: where it stood, its cells as the file had them, and what stands in those corrected since."""

    id: str
    batch_id: str
    head: TableHead
    line: int
    original: tuple[Any, ...] = field(repr=False)
    corrected: Mapping[int, str] = field(repr=False)
    corrections: int  # how many lines of history
    taken_batch: str | None

    @property
    def cells(self) -> tuple[Any, ...]:
        """As they stand now."""
        return tuple(self.corrected.get(place, cell) for place, cell in enumerate(self.original))


@dataclass(frozen=True, slots=True)
class KeptFile:
    """The file the rows of a batch came in."""

    id: str
    filename: str
    sha256: str
    workbook: bool


# --- keeping -----------------------------------------------------------------------------------------------


def keep_heads(conn: Connection, batch_id: str, heads: Iterable[TableHead]) -> list[str]:
    """Keep what stands above the rows; returns the ids, in the same order."""
    rows, ids = TupleRows(t.aside_head), []
    for head in heads:
        ids.append(new_id())
        rows.add(
            {
                "id": ids[-1],
                "batch_id": batch_id,
                "sheet": head.sheet,
                "lines": json_text(list(head.lines)),
                "rows": json_text([plain_cells(row) for row in head.rows]),
            }
        )
    rows.insert(conn)
    return ids


def keep_rows(conn: Connection, batch_id: str, head_ids: Sequence[str], found: Iterable[AsideRow]) -> None:
    """Keep rows that stay out."""
    rows = TupleRows(t.aside_row)
    for row in found:
        rows.add(
            {
                "id": new_id(),
                "batch_id": batch_id,
                "head_id": head_ids[row.head],
                "line": row.line,
                "cells": json_text(plain_cells(row.cells)),
                "taken_batch": None,
            }
        )
    rows.insert(conn)


def mark_taken(conn: Connection, row_ids: Iterable[str], batch_id: str) -> None:
    """They came in with that batch."""
    row = t.aside_row.c
    for row_id in row_ids:
        conn.execute(
            update(t.aside_row).where(row.id == row_id, row.taken_batch.is_(None)).values(taken_batch=batch_id)
        )


# --- reading -----------------------------------------------------------------------------------------------


def rows_of(conn: Connection, batch_id: str) -> list[KeptRow]:
    """All of a batch, in the file's order."""
    return _kept(conn, t.aside_row.c.batch_id == batch_id)


def rows_by_id(conn: Connection, row_ids: Iterable[str]) -> list[KeptRow]:
    """These, in the file's order; what isn't there is left out."""
    ids, found = sorted(set(row_ids)), []
    for start in range(0, len(ids), 400):
        found += _kept(conn, t.aside_row.c.id.in_(ids[start : start + 400]))
    return found


def _kept(conn: Connection, which: Any) -> list[KeptRow]:
    row, head, correction = t.aside_row.c, t.aside_head, t.aside_correction.c
    found = conn.execute(
        select(t.aside_row, head.c.sheet, head.c.lines, head.c.rows)
        .join(head, head.c.id == row.head_id)
        .where(which)
        .order_by(head.c.id, row.line, row.id)
    ).all()
    ids = [each.id for each in found]
    corrected: dict[str, dict[int, str]] = {}
    counts: dict[str, int] = {}
    for start in range(0, len(ids), 400):
        some = ids[start : start + 400]
        lines = select(correction.row_id, correction.place, correction.value).where(correction.row_id.in_(some))
        for row_id, place, value in conn.execute(lines.order_by(correction.id)):
            corrected.setdefault(row_id, {})[place] = value or ""
            counts[row_id] = counts.get(row_id, 0) + 1
    heads: dict[str, TableHead] = {}
    for each in found:
        if each.head_id not in heads:
            above = tuple(cells_from(cells) for cells in each.rows)
            heads[each.head_id] = TableHead(each.sheet, tuple(each.lines), above)
    return [
        KeptRow(
            each.id,
            each.batch_id,
            heads[each.head_id],
            each.line,
            cells_from(each.cells),
            corrected.get(each.id, {}),
            counts.get(each.id, 0),
            each.taken_batch,
        )
        for each in found
    ]


def open_counts(conn: Connection) -> dict[str, int]:
    """How many rows of each batch still wait to be corrected."""
    row = t.aside_row.c
    found = conn.execute(select(row.batch_id, func.count()).where(row.taken_batch.is_(None)).group_by(row.batch_id))
    return {each.batch_id: int(each[1]) for each in found}


def reasons_of(conn: Connection, batch_id: str) -> dict[tuple[str, int], list[Message]]:
    """Why rows stayed out when the file was read, by sheet and line."""
    said = t.set_aside_row.c
    statement = select(said.sheet, said.line, said.reason_code, said.reason_params)
    reasons: dict[tuple[str, int], list[Message]] = {}
    for sheet, line, code, params in conn.execute(
        statement.where(said.batch_id == batch_id, said.severity == "refused").order_by(said.id)
    ):
        reasons.setdefault((sheet, line), []).append(message_from_plain({"code": code, "params": params}))
    return reasons


def file_of(conn: Connection, batch_id: str) -> KeptFile:
    """The file a batch came in."""
    file = t.received_file.c
    row = conn.execute(
        select(file.id, file.filename, file.sha256)
        .join(t.batch, t.batch.c.file_id == file.id)
        .where(t.batch.c.id == batch_id)
    ).one()
    first = conn.exec_driver_sql(
        "SELECT substr(content, 1, 2) FROM received_piece WHERE file_id = ? AND position = 0", (packed(row.id),)
    ).scalar()
    return KeptFile(row.id, row.filename, row.sha256, first in (b"PK", b"\xd0\xcf"))
