"""State worked out anew from history alone: for a rebuild, for the proof, and for the digest two stores compare.

Nothing here looks at the state that is stored but ``differences`` and ``rebuild``, which say and mend where it is
not what the history says.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from collector_desk.store import tables as t
from collector_desk.store.metadata import HISTORY
from collector_desk.store.projections.apply import PROJECTIONS, key_of
from collector_desk.store.projections.canonical import JournalLine, in_order
from collector_desk.store.projections.facts import Changed, Made, Recorded
from collector_desk.store.tables.history import journal, origin

PAGE = 400
"""Debtors read at once: memory stays flat in a store of any size."""

WHOLE = (t.promise_state, t.task_state, t.visit_state)
"""Tables of a debtor of which every row follows from history."""
PLACED = (t.account_case, t.phone, t.address)
"""Tables that begin with what the bank placed; history says what became of it, and what was added."""

Rows = dict[str, dict[str, Any]]


@dataclass(slots=True)
class State:
    """What history says: by table, whole rows, and what is known of rows that began elsewhere."""

    rows: dict[Table, Rows] = field(default_factory=lambda: defaultdict(dict))
    parts: dict[Table, Rows] = field(default_factory=lambda: defaultdict(dict))


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of state that is not what its history says; ``column`` is empty where the whole row is amiss."""

    table: str
    key: str
    column: str = ""


def debtor_pages(conn: Connection) -> Iterator[list[str]]:
    """The ids of all debtors, a page at a time, in order."""
    last = None
    while True:
        statement = select(t.debtor.c.id).order_by(t.debtor.c.id).limit(PAGE)
        if last is not None:
            statement = statement.where(t.debtor.c.id > last)
        page = list(conn.execute(statement).scalars())
        if not page:
            return
        yield page
        last = page[-1]


def of_debtors(conn: Connection, debtor_ids: Sequence[str]) -> State:
    """The state of these debtors as their history says."""
    lines: dict[str | None, list[JournalLine]] = defaultdict(list)
    for line in _lines(conn, journal.c.debtor_id.in_(debtor_ids)):
        lines[line.debtor_id].append(line)
    return _folded(conn, [line for debtor in debtor_ids for line in in_order(lines[debtor])])


def of_the_desk(conn: Connection) -> State:
    """What belongs to no debtor: settings and terms."""
    return _folded(conn, in_order(list(_lines(conn, journal.c.debtor_id.is_(None)))))


def _lines(conn: Connection, which: Any) -> Iterator[JournalLine]:
    j = journal.c
    statement = (
        select(j.place, j.at, j.after_origin, j.after_place, j.table_name, j.row_id, j.actor_id, j.debtor_id)
        .add_columns(origin.c.store_id)
        .join(origin, origin.c.number == j.origin)
        .where(which, j.table_name.in_(PROJECTIONS), j.kind != "erase")
    )
    for row in conn.execute(statement):
        after = (row.after_origin, row.after_place) if row.after_origin else None
        yield JournalLine(
            row.store_id, row.place, row.at, after, row.table_name, row.row_id, row.actor_id, row.debtor_id
        )


def _folded(conn: Connection, lines: Sequence[JournalLine]) -> State:
    wanted: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        wanted[line.table].append(line.row_id)
    rows: dict[str, Any] = {}
    for name, ids in wanted.items():
        table = HISTORY[name]
        for start in range(0, len(ids), PAGE):
            found = conn.execute(select(table).where(table.c.id.in_(ids[start : start + PAGE])))
            rows.update((row["id"], row) for row in found.mappings())
    state = State()
    for line in lines:
        row = rows.get(line.row_id)
        if row is not None:  # a row that is missing is a fault of the history, which the proof names as such
            _fold(state, line.table, Recorded(row, line.at, line.actor_id, line.debtor_id))
    return state


def _fold(state: State, history: str, fact: Recorded) -> None:
    for effect in PROJECTIONS[history](fact):
        if isinstance(effect, Changed):
            known = state.rows[effect.table].get(effect.key)
            if known is None:
                known = state.parts[effect.table].setdefault(effect.key, {})
            known.update(effect.values)
        else:
            key = effect.values[key_of(effect.table)]
            blank = dict.fromkeys(effect.table.c.keys()) if isinstance(effect, Made) else {}
            state.rows[effect.table][key] = blank | effect.values


# --- against what is stored ----------------------------------------------------------------------------------


def differences(conn: Connection, debtor_ids: Sequence[str], said: State) -> Iterator[Difference]:
    """Where the stored state of these debtors is not what their history says (``of_debtors``)."""
    for table in (*WHOLE, *PLACED):
        stored = _stored(conn, table, debtor_ids)
        yield from _compare(table, said, stored, whole=table in WHOLE)


def desk_differences(conn: Connection, said: State) -> Iterator[Difference]:
    """The same of what belongs to no debtor (``of_the_desk``)."""
    for table in (t.setting, t.placement):
        stored = {row[key_of(table)]: dict(row) for row in conn.execute(select(table)).mappings()}
        yield from _compare(table, said, stored, whole=table is t.setting)


def _compare(table: Table, said: State, stored: Rows, *, whole: bool) -> Iterator[Difference]:
    for key, row in said.rows[table].items():
        if key not in stored:
            yield Difference(table.name, key)
        else:
            yield from _columns(table, key, row, stored[key])
    for key, part in said.parts[table].items():
        if key in stored:
            yield from _columns(table, key, part, stored[key])
    if whole:
        yield from (Difference(table.name, key) for key in stored if key not in said.rows[table])


def _columns(table: Table, key: str, said: dict[str, Any], stored: dict[str, Any]) -> Iterator[Difference]:
    return (Difference(table.name, key, name) for name, value in said.items() if stored[name] != value)


def _stored(conn: Connection, table: Table, debtor_ids: Sequence[str]) -> Rows:
    rows = conn.execute(select(table).where(table.c.debtor_id.in_(debtor_ids))).mappings()
    return {row[key_of(table)]: dict(row) for row in rows}


def rebuild(conn: Connection, debtor_ids: Sequence[str]) -> None:
    """Write the state of these debtors as their history says, whatever stood there."""
    said = of_debtors(conn, debtor_ids)
    for table in WHOLE:
        conn.execute(delete(table).where(table.c.debtor_id.in_(debtor_ids)))
        if said.rows[table]:
            conn.execute(insert(table), list(said.rows[table].values()))
    for table in PLACED:
        present = _stored(conn, table, debtor_ids)
        for key, row in said.rows[table].items():
            if key in present:
                conn.execute(update(table).where(table.c[key_of(table)] == key).values(row))
            else:
                conn.execute(insert(table).values(row))
        for key, part in said.parts[table].items():
            conn.execute(update(table).where(table.c[key_of(table)] == key).values(part))


# --- the digest ----------------------------------------------------------------------------------------------


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no plain form for {type(value).__name__}")


class StateDigest:
    """A digest over what history says: equal for two stores that hold the same lines, however these arrived."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, state: State) -> None:
        """Take in the state of some debtors, or of the desk; in the order of ``debtor_pages``, the desk last."""
        for table in (*WHOLE, *PLACED, t.setting, t.placement):
            for key, row in sorted([*state.rows[table].items(), *state.parts[table].items()]):
                line = [table.name, key, {name: value for name, value in row.items() if value is not None}]
                self._hash.update(json.dumps(line, ensure_ascii=False, sort_keys=True, default=_plain).encode())

    def value(self) -> str:
        """The digest so far, as hex digits."""
        return self._hash.hexdigest()
