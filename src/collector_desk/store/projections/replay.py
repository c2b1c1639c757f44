"""State worked out anew from history alone: for a rebuild, for the proof, and for the digest two stores compare.

Nothing here looks at the state that is stored but ``differences`` and ``rebuild``, which say and mend where it is
not what the history says.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from collector_desk.domain.states import BatchState
from collector_desk.store import tables as t
from collector_desk.store.intake.batches import STAND_IN
from collector_desk.store.metadata import HISTORY, metadata
from collector_desk.store.projections import claims, money
from collector_desk.store.projections.apply import PROJECTIONS, key_of, put
from collector_desk.store.projections.canonical import JournalLine, in_order
from collector_desk.store.projections.facts import Changed, Effect, Joined, Listed, Made, Put, Recorded
from collector_desk.store.projections.figures import Refreshed
from collector_desk.store.projections.placed import digest_of, joined, placed
from collector_desk.store.tables.history import ERASE_KIND, OWN, journal, origin

PAGE = 400
"""Debtors read at once: memory stays flat in a store of any size."""

WHOLE = (
    *(t.account_case, t.phone, t.address, t.promise_state, t.task_state, t.visit_state, t.payment_now),
    *(t.claim_now, t.question_state),
)
"""Tables of a debtor of which every row follows from history. Of the debtor's own row the person does."""

DESK = (t.setting, t.person, t.question_state, t.placement, t.received_file, t.batch, t.frozen_month)
"""The same of what belongs to no debtor; of the questions those about rows of nobody's here. What is staged of
files and placements is nobody's history yet."""

Rows = dict[str, dict[str, Any]]


@dataclass(slots=True)
class State:
    """What history says: by table, whole rows, and what is known of rows that began elsewhere."""

    rows: dict[Table, Rows] = field(default_factory=lambda: defaultdict(dict))
    parts: dict[Table, Rows] = field(default_factory=lambda: defaultdict(dict))

    def take(self, other: "State") -> None:
        """What belongs to somebody else beside it."""
        for mine, theirs in ((self.rows, other.rows), (self.parts, other.parts)):
            for table, rows in theirs.items():
                mine[table].update(rows)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of state that is not what its history says; ``column`` is empty where the whole row is amiss."""

    table: str
    key: str
    column: str = ""


def debtor_pages(conn: Connection) -> Iterator[list[str]]:
    """The ids of all debtors that count, a page at a time, in order; of a file still under way nobody does."""
    last = "0" * 32  # before every id
    while page := list(conn.execute(_COUNTED, {"last": last}).scalars()):
        yield page
        last = page[-1]


UNDONE = select(t.batch_undone.c.batch_id)
"""Batches of which no row counts any more, though each stays as it came."""
_STAGED = select(t.batch.c.id).where(t.batch.c.state == BatchState.STAGED)
_COUNTED = (
    select(t.debtor.c.id)
    .where(t.debtor.c.bank_name != STAND_IN, t.debtor.c.batch_id.not_in(_STAGED), t.debtor.c.id > bindparam("last"))
    .order_by(t.debtor.c.id)
    .limit(PAGE)
)
_THEIRS: BindParameter[Any] = bindparam("of", expanding=True)
# Built once: building a statement costs five times what running it does.
_LINES = (
    select(
        *(journal.c[name] for name in ("place", "at", "after_origin", "after_place", "table_name", "row_id")),
        journal.c.actor_id,
        journal.c.debtor_id,
        origin.c.store_id,
        journal.c.origin,
    )
    .join(origin, origin.c.number == journal.c.origin)
    .where(journal.c.table_name.in_(PROJECTIONS), journal.c.kind != ERASE_KIND)
)
_LINES_OF_DEBTORS = _LINES.where(journal.c.debtor_id.in_(_THEIRS))
_LINES_SINCE = _LINES_OF_DEBTORS.where(journal.c.seq > bindparam("until"))
_LINES_BY_NUMBER = _LINES.where(
    journal.c.seq.in_(select(func.json_each(bindparam("numbers")).table_valued("value").c.value))
)
_LINES_OF_THE_DESK = _LINES.where(journal.c.debtor_id.is_(None))
_PLACED = (
    select(
        t.placed, t.placed_piece.c.batch_id, journal.c.place, journal.c.at, journal.c.actor_id, origin.c.store_id
    )
    .join(t.placed_piece, t.placed_piece.c.id == t.placed.c.piece_id)
    .join(
        journal,
        and_(
            journal.c.row_id == t.placed_piece.c.id,
            journal.c.table_name == t.placed_piece.name,
            journal.c.kind != ERASE_KIND,
        ),
    )
    .join(origin, origin.c.number == journal.c.origin)
    .where(t.placed.c.debtor_id.in_(_THEIRS), t.placed_piece.c.batch_id.not_in(UNDONE))
)
_HISTORY = {name: select(table).where(table.c.id.in_(_THEIRS)) for name, table in HISTORY.items()}
_STORED = {
    table: select(table).where((table.c.id if table is t.debtor else table.c.debtor_id).in_(_THEIRS))
    for table in (*WHOLE, t.debtor)
}


def lost_debtors(conn: Connection) -> list[str]:
    """Whom a bank placed, and who has no row of their own."""
    here = t.placed.c.debtor_id
    statement = select(here).distinct().join(t.placed_piece, t.placed_piece.c.id == t.placed.c.piece_id)
    counts = t.placed_piece.c.batch_id.not_in(UNDONE)
    return list(conn.execute(statement.where(here.not_in(select(t.debtor.c.id)), counts).order_by(here)).scalars())


def settled(conn: Connection, debtor_ids: Sequence[str]) -> list[str]:
    """Those of whom no part of a file that counts still lies beside (``batches.stand_ins``)."""
    beside = select(t.debtor.c.customer_no).where(t.debtor.c.bank_name == STAND_IN)
    waiting = set(conn.execute(beside.where(t.debtor.c.batch_id.not_in(_STAGED))).scalars())
    return [debtor for debtor in debtor_ids if debtor not in waiting]


@dataclass(frozen=True, slots=True)
class ToldBy:
    """Which lines up to ``until`` tell of some debtors' state: whoever read the whole journal knows them by number.

    Without it a debtor's every line is looked at, scattered as they lie, and most are calls.
    """

    until: int
    numbers: Sequence[int]


def of_debtors(conn: Connection, debtor_ids: Sequence[str], known: ToldBy | None = None) -> State:
    """The state of these debtors as their history says."""
    lines: dict[str | None, list[JournalLine]] = defaultdict(list)
    of = {"of": list(debtor_ids)}
    if known is None:
        found = _lines(conn, _LINES_OF_DEBTORS, of)
    else:
        found = chain(
            _lines(conn, _LINES_BY_NUMBER, {"numbers": json.dumps(known.numbers)}),
            _lines(conn, _LINES_SINCE, {**of, "until": known.until}),
        )
    wanted = set(debtor_ids)
    for line in (line for line in found if line.debtor_id in wanted):
        lines[line.debtor_id].append(line)
    begun: dict[str, Any] = {}
    for line, row in _placed(conn, debtor_ids):
        lines[line.debtor_id].append(line)
        begun[line.row_id] = row
    state = _folded(conn, [in_order(lines[debtor]) for debtor in debtor_ids], begun)
    paid = money.add_to(conn, debtor_ids, state.rows)
    state.rows[t.claim_now].update(claims.of_debtors(conn, debtor_ids, paid))
    return state


def of_the_desk(conn: Connection) -> State:
    """What belongs to no debtor: settings, people, placements with their terms, files and batches."""
    return _folded(conn, [in_order(list(_lines(conn, _LINES_OF_THE_DESK, {})))], {})


def _lines(conn: Connection, statement: Select[Any], of: dict[str, Any]) -> Iterator[JournalLine]:
    for row in conn.execute(statement, of):
        after = (row.after_origin, row.after_place) if row.after_origin else None
        yield JournalLine(
            row.store_id,
            row.place,
            row.at,
            after,
            row.table_name,
            row.row_id,
            row.actor_id,
            row.debtor_id,
            own=row.origin == OWN,
        )


def _placed(conn: Connection, debtor_ids: Sequence[str]) -> Iterator[tuple[JournalLine, Any]]:
    """What banks placed of these debtors: it counts where the line of its piece stands."""
    for row in conn.execute(_PLACED, {"of": list(debtor_ids)}).mappings():
        name, mapped = t.placed.name, dict(row)
        line = JournalLine(
            row["store_id"], row["place"], row["at"], None, name, row["id"], row["actor_id"], row["debtor_id"]
        )
        yield line, mapped


def _folded(conn: Connection, histories: Sequence[Sequence[JournalLine]], rows: dict[str, Any]) -> State:
    """The state after these histories, each of one debtor or of none; ``rows`` are at hand already."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for line in (line for lines in histories for line in lines):
        if line.row_id not in rows:
            wanted[line.table].append(line.row_id)
    for name, ids in wanted.items():
        for start in range(0, len(ids), PAGE):
            found = conn.execute(_HISTORY[name], {"of": ids[start : start + PAGE]})
            rows.update((row["id"], row) for row in found.mappings())
    state = State()
    for lines in histories:
        one = State()
        for line in lines:
            row = rows.get(line.row_id)
            if row is not None:  # a row that is missing is a fault of the history, which the proof names as such
                _fold(one, line.table, Recorded(row, line.at, line.actor_id, line.debtor_id, line.own))
        state.take(one)
    return state


def _fold(state: State, history: str, fact: Recorded) -> None:
    for effect in _effects(history, fact):
        if isinstance(effect, Changed):
            known = state.rows[effect.table].get(effect.key)
            if known is None:
                known = state.parts[effect.table].setdefault(effect.key, {})
            known.update(effect.values)
        elif isinstance(effect, Listed):
            known = state.rows[effect.table].get(effect.key)
            if known is not None:
                known[effect.column] = effect.after(known[effect.column])
        elif isinstance(effect, Joined):
            rows = state.rows[effect.table]
            rows.update((row["id"], row) for row in joined(list(rows.values()), effect.rows, effect.same))
        elif isinstance(effect, Refreshed):
            account = state.rows[t.account_case].get(effect.key)
            if account is not None:
                account.update(effect.after(account))
        else:
            _begin(state.rows[effect.table], effect)


def _effects(history: str, fact: Recorded) -> Iterable[Effect | Joined | Refreshed]:
    if history != t.placed.name:
        return PROJECTIONS[history](fact)
    try:
        return list(placed(fact))
    except (ValueError, LookupError, TypeError, AttributeError):
        return ()  # not what was written: the proof says so by the row's digest


def _begin(rows: Rows, effect: Made | Put) -> None:
    if effect.table is t.phone:  # a number is on file once: who had it on the telephone goes before a bank's file
        for key in [key for key, row in rows.items() if row["number"] == effect.values["number"]]:
            del rows[key]
    blank = dict.fromkeys(effect.table.c.keys()) if isinstance(effect, Made) else {}
    rows[effect.values[key_of(effect.table)]] = blank | effect.values


# --- against what is stored ----------------------------------------------------------------------------------


def differences(conn: Connection, debtor_ids: Sequence[str], said: State) -> Iterator[Difference]:
    """Where the stored state of these debtors is not what their history says (``of_debtors``)."""
    for table in WHOLE:
        yield from _compare(table, said, _stored(conn, table, debtor_ids), whole=True)
    persons = _stored(conn, t.debtor, debtor_ids)
    yield from _compare(t.debtor, said, persons, whole=False)
    yield from (Difference(t.debtor.name, key) for key in said.parts[t.debtor] if key not in persons)


def desk_differences(conn: Connection, said: State) -> Iterator[Difference]:
    """The same of what belongs to no debtor (``of_the_desk``)."""
    for table in DESK:
        yield from _compare(table, said, _of_desk(conn, table, said), whole=True)


def _of_desk(conn: Connection, table: Table, said: State) -> Rows:
    """What is stored of a table of the desk, but for what belongs to a file still under way."""
    wanted = select(table)
    if table in WHOLE:
        wanted = wanted.where(table.c.debtor_id.is_(None))
    stored = {row[key_of(table)]: dict(row) for row in conn.execute(wanted).mappings()}
    staged = select(t.batch).where(t.batch.c.state == BatchState.STAGED)
    for batch in conn.execute(staged).mappings() if table in (t.placement, t.received_file, t.batch) else ():
        for key in [key for key in stored if key not in said.rows[table]]:
            row = stored[key]
            begun = row["created_at"] == batch["imported_at"] if table is t.placement else False
            if begun or key in (batch["id"], batch["file_id"]):
                del stored[key]
    return stored


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
    rows = conn.execute(_STORED[table], {"of": list(debtor_ids)}).mappings()
    return {row[key_of(table)]: dict(row) for row in rows}


def rebuild(conn: Connection, debtor_ids: Sequence[str]) -> None:
    """Write the state of these debtors as their history says, whatever stood there.

    Only of debtors whose placed rows are whole: nobody's accounts are taken away on the word of a damaged one.
    """
    whole = _whole(conn, debtor_ids)
    said = of_debtors(conn, whole)
    _rebuild_persons(conn, whole, said.parts[t.debtor])
    for table in WHOLE:
        key, rows = table.c[key_of(table)], said.rows[table]
        stored = _stored(conn, table, whole)
        amiss = [name for name in {**stored, **rows} if stored.get(name) != rows.get(name)]
        # whatever row of another debtor has the key goes too
        for start in range(0, len(amiss), PAGE):
            conn.execute(delete(table).where(key.in_(amiss[start : start + PAGE])))
        again = [rows[name] for name in amiss if name in rows]
        if again:
            conn.execute(insert(table), again)


def rebuild_desk(conn: Connection) -> None:
    """The same of what belongs to no debtor. A row too many goes, unless something hangs on it."""
    said = of_the_desk(conn)
    for table in DESK:
        stored, key = _of_desk(conn, table, said), table.c[key_of(table)]
        for name, row in said.rows[table].items():
            if stored.get(name) != row:
                put(conn, table, row)
        odd = [name for name in stored if name not in said.rows[table]]
        hangs = [
            key.not_in(select(column).where(column.is_not(None)))
            for other in metadata.tables.values()
            for column in other.columns
            if column.references(key)
        ]
        conn.execute(delete(table).where(key.in_(odd), *hangs))


def _whole(conn: Connection, debtor_ids: Sequence[str]) -> list[str]:
    columns = (t.placed.c.debtor_id, t.placed.c.salt, t.placed.c.skeleton, t.placed.c.content, t.placed.c.digest)
    damaged = {
        row.debtor_id
        for row in conn.execute(select(*columns).where(t.placed.c.debtor_id.in_(debtor_ids)))
        if row.salt is not None and digest_of(row.salt, row.skeleton, row.content) != row.digest
    }
    return [debtor for debtor in debtor_ids if debtor not in damaged]


def _rebuild_persons(conn: Connection, debtor_ids: Sequence[str], said: Rows) -> None:
    stored = _stored(conn, t.debtor, debtor_ids)
    for key, person in said.items():
        if key not in stored:
            conn.execute(insert(t.debtor).values(_begun_again(conn, key) | person))
        elif any(stored[key][name] != value for name, value in person.items()):
            conn.execute(update(t.debtor).where(t.debtor.c.id == key).values(person))


def _begun_again(conn: Connection, debtor_id: str) -> dict[str, Any]:
    """A debtor's row that somebody took away, with nothing worked out in it yet."""
    said = conn.execute(select(t.placed.c.content).where(t.placed.c.id == debtor_id)).scalar()
    bank = json.loads(said)["person"]["bank_name"] if said is not None else ""
    empty: dict[type, object] = {bool: False, int: 0, str: ""}
    blank = {
        column.name: None if column.nullable else empty.get(column.type.python_type, [])
        for column in t.debtor.columns
    }
    return blank | {"id": debtor_id, "bank_name": bank, "visible": True}


# --- the digest ----------------------------------------------------------------------------------------------


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no plain form for {type(value).__name__}")


_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_plain).encode


class StateDigest:
    """A digest over what history says: equal for two stores that hold the same lines, however these arrived."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, state: State) -> None:
        """Take in the state of some debtors, or of the desk; in the order of ``debtor_pages``, the desk last."""
        for table in dict.fromkeys((*WHOLE, t.debtor, *DESK)):
            for key, row in sorted([*state.rows[table].items(), *state.parts[table].items()]):
                line = [table.name, key, {name: value for name, value in row.items() if value is not None}]
                self._hash.update(_ENCODE(line).encode())

    def value(self) -> str:
        """The digest so far, as hex digits."""
        return self._hash.hexdigest()
