"""State is a projection of history: which rows of history change which state, and how that is written.

``journal.record`` calls ``project`` in the same breath as it writes the history; nobody else writes a table of
``PROJECTED``. A rebuild and the proof go through the same functions (``replay``).
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, Update, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as insert_or_update

from collector_desk.store import tables as t
from collector_desk.store.kept import changed
from collector_desk.store.projections import (
    accounts,
    contacts,
    months,
    people,
    promises,
    questions,
    received,
    settings,
    tasks,
    visits,
)
from collector_desk.store.projections.facts import Changed, Effect, Listed, Made, Projection, Recorded
from collector_desk.store.tables.history import key_event

PROJECTIONS: dict[str, Projection] = {
    t.promise.name: promises.given,
    t.promise_event.name: promises.became,
    t.promise_followed.name: promises.followed,
    t.task.name: tasks.opened,
    t.task_done.name: tasks.done,
    t.visit.name: visits.asked,
    t.visit_line.name: visits.walked,
    t.phone_added.name: contacts.number_added,
    t.phone_event.name: contacts.number_learnt,
    t.phone_owner.name: contacts.number_is,
    t.address_added.name: contacts.address_added,
    t.case_event.name: accounts.ended,
    t.bank_word.name: accounts.spoken_of,
    t.setting_change.name: settings.changed,
    t.person_added.name: people.added,
    t.role_grant.name: people.granted,
    t.badge.name: people.badge_shown,
    key_event.name: people.key_changed,
    t.placement_begun.name: received.placement_begun,
    t.file_received.name: received.file_received,
    t.import_event.name: received.counted,
    t.batch_undone.name: received.undone,
    t.payments_taken.name: received.payments_counted,
    t.payments_line.name: received.payments_said,
    t.bank_question.name: questions.asked,
    t.bank_question_line.name: questions.stands,
    t.words_taken.name: received.words_counted,
    t.month_frozen.name: months.frozen,
}
"""By the table of history: what follows from a row of it."""


def project(conn: Connection, table: Table, fact: Recorded) -> None:
    """Write what follows from a row of history just written."""
    projection = PROJECTIONS.get(table.name)
    if projection is not None:
        for effect in projection(fact):
            _write(conn, effect)


def project_all(conn: Connection, table: Table, facts: Iterable[Recorded]) -> None:
    """The same of many rows of one table, in their order; one statement for all that change the same columns."""
    projection = PROJECTIONS.get(table.name)
    if projection is None:
        return
    alike: list[Changed] = []
    for effect in (effect for fact in facts for effect in projection(fact)):
        if alike and not (isinstance(effect, Changed) and _sort(effect) == _sort(alike[0])):
            _change(conn, alike)
            alike = []
        if isinstance(effect, Changed):
            alike.append(effect)
        else:
            _write(conn, effect)
    if alike:
        _change(conn, alike)


def _sort(effect: Changed) -> tuple[str, tuple[str, ...]]:
    return effect.table.name, tuple(sorted(effect.values))


def _change(conn: Connection, alike: Sequence[Changed]) -> None:
    table, (_, names) = alike[0].table, _sort(alike[0])
    conn.execute(_update(table, names), [{**one.values, "of_key": one.key} for one in alike])
    changed(conn, table)


def key_of(table: Table) -> str:
    """The name of a state table's key; each has one column."""
    (column,) = table.primary_key.columns
    return str(column.name)


def _write(conn: Connection, effect: Effect) -> None:
    if isinstance(effect, Changed):
        statement = _update(effect.table, tuple(sorted(effect.values)))
        conn.execute(statement, {**effect.values, "of_key": effect.key})
    elif isinstance(effect, Listed):
        column = effect.table.c[effect.column]
        before = conn.execute(select(column).where(effect.table.c[key_of(effect.table)] == effect.key)).scalar()
        if before is not None:
            _write(conn, Changed(effect.table, effect.key, {effect.column: effect.after(before)}))
    elif isinstance(effect, Made):
        conn.execute(_insert(effect.table), effect.values)
    else:
        put(conn, effect.table, effect.values)
    changed(conn, effect.table)


def put(conn: Connection, table: Table, values: dict[str, Any]) -> None:
    """Write a row in the place of the one under its key, or as a new one."""
    conn.execute(_put(table), values)


# Built once: building a statement costs more than running it.


@lru_cache(maxsize=64)
def _insert(table: Table) -> Any:
    return insert(table)


@lru_cache(maxsize=64)
def _update(table: Table, names: tuple[str, ...]) -> Update:
    columns = {name: bindparam(name, type_=table.c[name].type) for name in names}
    return update(table).where(table.c[key_of(table)] == bindparam("of_key")).values(columns)


@lru_cache(maxsize=64)
def _put(table: Table) -> Insert:
    statement = insert_or_update(table)
    key = key_of(table)
    new = {column.name: statement.excluded[column.name] for column in table.columns if column.name != key}
    return statement.on_conflict_do_update(index_elements=[key], set_=new)
