"""Lines of another store: given out as they stand, and taken in so that they count here as well.

Every line of a chain comes along, for only so it can be checked without a gap. Rows come along where they are of
debtors, or where such rows point to them (``travels``): settings, roles, keys and packs of another store stay with
it, and only their lines tell that they were. What arrives is written as it is, under the place it has in its own
chain; what the debtors' state is follows from everybody's lines in canonical order.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from collector_desk.domain.message import Trouble
from collector_desk.store import tables as t
from collector_desk.store.ids import packed, unpacked
from collector_desk.store.intake import undone
from collector_desk.store.journal import HASHED, blank, genesis, insert_lines, insert_sql, line_hash, row_digest
from collector_desk.store.metadata import HISTORY, from_micros
from collector_desk.store.numbers import Issuer
from collector_desk.store.projections import replay
from collector_desk.store.projections.apply import project
from collector_desk.store.projections.facts import Recorded
from collector_desk.store.projections.placed import PieceHash, digest_of
from collector_desk.store.tables.history import ERASE_KIND, OWN

Values = tuple[Any, ...]
_PAGE = 500
_PLACE, _AT, _ACTOR, _KIND, _TABLE, _ROW, _DEBTOR, _DIGEST = map(
    HASHED.index, ("place", "at", "actor_id", "kind", "table_name", "row_id", "debtor_id", "digest")
)
_POINTED_AT = frozenset(
    table.name
    for table in (
        *(t.person_added, t.placement_begun, t.file_received, t.import_event, t.batch_undone, t.placed_piece),
        *(t.counts_taken, t.rule_set, t.ground, t.contacts_export, t.questions_export),
    )
)
_STAYS = frozenset({t.evidence.name, t.evidence_line.name})  # their bytes are no lines
_PLACED = tuple(t.placed.c.keys())


@dataclass(frozen=True, slots=True)
class ForeignLine:
    """A line as its store keeps it: what is hashed of it (``journal.HASHED``), its hash, its row if that travels.

    ``placed``: the rows of ``placed`` under the line of a piece. All values are as the file holds them.
    """

    hashed: Values
    hash: bytes
    row: Values | None
    placed: tuple[Values, ...] = ()

    @property
    def place(self) -> int:
        """Which of its store's lines it is."""
        return int(self.hashed[_PLACE])


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was new: how many lines, the end of the other store's chain as known here now, whose lines they are."""

    lines: int
    head_place: int
    head_hash: bytes
    debtors: tuple[str, ...]


def travels(table: str, debtor: object) -> bool:
    """Whether the row of a line comes along where its line does."""
    return table in _POINTED_AT or (debtor is not None and table not in _STAYS)


def lines_after(conn: Connection, place: int) -> Iterator[ForeignLine]:
    """This store's own lines behind ``place``, as it gives them out."""
    while True:
        page = conn.exec_driver_sql(
            f"SELECT {', '.join(HASHED)}, hash FROM journal WHERE origin = ? AND place > ? "  # noqa: S608
            "ORDER BY place LIMIT ?",
            (OWN, place, _PAGE),
        ).all()
        if not page:
            return
        rows = _rows_of(conn, [tuple(line) for line in page])
        for *hashed, own_hash in page:
            key = (hashed[_TABLE], hashed[_ROW])
            moves = hashed[_KIND] != ERASE_KIND and travels(hashed[_TABLE], hashed[_DEBTOR])
            placed = _placed_under(conn, hashed[_ROW]) if hashed[_TABLE] == t.placed_piece.name else ()
            yield ForeignLine(tuple(hashed), own_hash, rows.get(key) if moves else None, placed)
        place = page[-1][_PLACE]


def _rows_of(conn: Connection, lines: Sequence[Values]) -> dict[tuple[str, bytes], Values]:
    wanted: dict[str, list[bytes]] = defaultdict(list)
    for line in lines:
        if line[_TABLE] in HISTORY:
            wanted[line[_TABLE]].append(line[_ROW])
    found: dict[tuple[str, bytes], Values] = {}
    for name, raw in wanted.items():
        columns = ", ".join(f'"{column}"' for column in HISTORY[name].c.keys())  # noqa: SIM118 -- not columns, names
        rows = conn.exec_driver_sql(
            f"SELECT {columns} FROM {name} WHERE id IN ({', '.join('?' * len(raw))})",  # noqa: S608
            tuple(raw),
        )
        found.update(((name, row[0]), tuple(row)) for row in rows)  # id is the first column of every history table
    return found


def _placed_under(conn: Connection, piece: bytes) -> tuple[Values, ...]:
    columns = ", ".join(_PLACED)
    rows = conn.exec_driver_sql(
        f"SELECT {columns} FROM placed WHERE piece_id = ? ORDER BY position",  # noqa: S608
        (piece,),
    )
    return tuple(tuple(row) for row in rows)


# --- taking in -------------------------------------------------------------------------------------------


def take_in(conn: Connection, whose: Issuer, lines: Sequence[ForeignLine]) -> TakenIn | None:
    """Take in another store's lines, in their order; None where all of them lie here already.

    Inside the transaction of the act that says so in this store's own history. Raises Trouble, and nothing of it
    may stay: ``store.foreign_fork`` (another line lies here in one's place), ``store.foreign_gap``,
    ``store.foreign_changed`` (a hash doesn't fit), ``store.foreign_row`` (a row that may not travel, or that is
    missing), ``store.foreign_own`` (this store's own history going on elsewhere), ``store.foreign_twin`` (a debtor
    both stores have under ids of their own).
    """
    number = _origin(conn, whose)
    fresh = list(_following(conn, number, whose, lines))
    if not fresh:
        return None
    if number == OWN:
        raise Trouble("store.foreign_own", place=fresh[0].place)
    erased = {line.hashed[_ROW] for line in fresh if line.hashed[_KIND] == ERASE_KIND}
    for line in fresh:
        _check_row(whose, line, erased)
    _refuse_twins(conn, fresh)
    _write(conn, number, fresh)
    _project_desk(conn, fresh)
    owners = [line.hashed[_DEBTOR] for line in fresh] + [
        row[_PLACED.index("debtor_id")] for line in fresh for row in line.placed
    ]
    debtors = sorted({unpacked(owner) for owner in owners if owner is not None})
    taken_back = [unpacked(line.hashed[_ROW]) for line in fresh if line.hashed[_TABLE] == t.batch_undone.name]
    debtors = sorted({*debtors, *undone.whose(conn, taken_back)})
    gone: set[str] = set()  # whom only a file placed that was undone there
    for start in range(0, len(debtors), replay.PAGE):
        replay.rebuild(conn, debtors[start : start + replay.PAGE])
        staying, leaving = undone.touched(conn, debtors[start : start + replay.PAGE])
        undone.take_away(conn, staying, leaving)
        gone.update(leaving)
    here = tuple(debtor for debtor in debtors if debtor not in gone)
    return TakenIn(len(fresh), fresh[-1].place, fresh[-1].hash, here)


def _origin(conn: Connection, whose: Issuer) -> int:
    """The number of a store here; a new one for one never heard of."""
    raw = packed(whose.store_id)
    known = conn.exec_driver_sql("SELECT number FROM origin WHERE store_id = ?", (raw,)).scalar()
    if known is not None:
        return int(known)
    number = conn.exec_driver_sql("SELECT max(number) + 1 FROM origin").scalar_one()
    conn.exec_driver_sql(
        "INSERT INTO origin (number, store_id, prefix) VALUES (?, ?, ?)", (number, raw, whose.prefix)
    )
    return int(number)


def _following(conn: Connection, number: int, whose: Issuer, lines: Sequence[ForeignLine]) -> Iterator[ForeignLine]:
    """Those that are new, each checked against the one before it; the others against what lies here."""
    end = conn.exec_driver_sql(
        "SELECT place, hash FROM journal WHERE origin = ? ORDER BY place DESC LIMIT 1", (number,)
    ).first()
    known, last = end or (0, genesis(whose.store_id, whose.prefix))
    place = known
    for line in lines:
        told: dict[str, object] = {"store": whose.prefix, "place": line.place}
        if line.place <= known:
            here = conn.exec_driver_sql(
                "SELECT hash FROM journal WHERE origin = ? AND place = ?", (number, line.place)
            ).scalar()
            if here != line.hash:
                raise Trouble("store.foreign_fork", **told)
            continue
        if line.place != place + 1:
            raise Trouble("store.foreign_gap", store=whose.prefix, place=place + 1)
        if line_hash(last, line.hashed) != line.hash:
            raise Trouble("store.foreign_changed", **told)
        place, last = line.place, line.hash
        yield line


def _check_row(whose: Issuer, line: ForeignLine, erased: set[bytes]) -> None:
    """The row is what its line says, and one that may travel; all that must come along has come."""
    hashed, row = line.hashed, line.row
    name = hashed[_TABLE]
    table = t.placed if name == t.placed.name else HISTORY.get(name)
    moves = hashed[_KIND] != ERASE_KIND and travels(name, hashed[_DEBTOR])
    if table is None or (row is not None) != moves:
        raise Trouble("store.foreign_row", store=whose.prefix, place=line.place)
    if row is None:
        return
    names = tuple(table.c.keys())
    gone = row[names.index("salt")] is None
    whole = row[0] == hashed[_ROW] and len(row) == len(names)
    if not whole or (gone and row[0] not in erased):
        raise Trouble("store.foreign_row", store=whose.prefix, place=line.place)
    if not gone and row_digest(row[names.index("salt")], names, row) != hashed[_DIGEST]:
        raise Trouble("store.foreign_changed", store=whose.prefix, place=line.place)
    if name == t.placed_piece.name and not _piece_fits(dict(zip(names, row, strict=True)), line.placed, erased):
        raise Trouble("store.foreign_changed", store=whose.prefix, place=line.place)


def _piece_fits(piece: Mapping[str, Any], rows: Sequence[Values], erased: set[bytes]) -> bool:
    proof = PieceHash()
    for values in rows:
        row = dict(zip(_PLACED, values, strict=True))
        if row["piece_id"] != piece["id"] or row["position"] != proof.rows:
            return False
        if row["salt"] is None:
            if row["id"] not in erased:
                return False
        elif digest_of(row["salt"], row["skeleton"], row["content"]) != row["digest"]:
            return False
        proof.add(row["id"], row["debtor_id"], row["digest"], row["skeleton"])
    return bool(proof.rows == piece["rows"] and proof.value() == bytes(piece["rows_hash"]))


def _refuse_twins(conn: Connection, lines: Sequence[ForeignLine]) -> None:
    """A debtor is one of one bank: whom both stores placed under ids of their own nobody can put together here."""
    names = ("id", "debtor_id", "content")
    at = [_PLACED.index(name) for name in names]
    for line in lines:
        for values in line.placed:
            row_id, debtor, content = (values[place] for place in at)
            if content is None or row_id != debtor:
                continue
            person = json.loads(content)["person"]
            key = (person["bank_name"], person["customer_no"], person["id_number"], debtor)
            twin = conn.exec_driver_sql(
                "SELECT 1 FROM debtor WHERE bank_name = ? AND customer_no = ? AND id_number = ? AND id <> ?", key
            ).first()
            if twin is not None:
                raise Trouble("store.foreign_twin", place=line.place)


def _write(conn: Connection, number: int, lines: Sequence[ForeignLine]) -> None:
    rows: dict[Table, list[Values]] = defaultdict(list)
    for line in lines:
        rows[t.placed].extend(line.placed)  # before their piece: a trigger closes it
        if line.row is not None:
            rows[HISTORY[line.hashed[_TABLE]]].append(line.row)
    insert_lines(conn, number, [(*line.hashed, line.hash) for line in lines])
    for table in sorted(rows, key=lambda table: table is not t.placed):
        if rows[table]:
            conn.exec_driver_sql(insert_sql(table), rows[table])
    for line in lines:
        if line.hashed[_KIND] == ERASE_KIND:
            name = line.hashed[_TABLE]
            blank(conn, t.placed if name == t.placed.name else HISTORY[name], line.hashed[_ROW])


def _project_desk(conn: Connection, lines: Sequence[ForeignLine]) -> None:
    """People, placements, files and batches that rows of debtors point to."""
    for line in lines:
        if line.row is None or line.hashed[_DEBTOR] is not None:
            continue
        table = HISTORY[line.hashed[_TABLE]]
        row = conn.execute(select(table).where(table.c.id == unpacked(line.hashed[_ROW]))).mappings().one()
        at, actor = from_micros(line.hashed[_AT]), unpacked(line.hashed[_ACTOR])
        project(conn, table, Recorded(dict(row), at, actor, None, own=False))
