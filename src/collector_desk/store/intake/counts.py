"""The institution's counts in the store: whose number a row names, what is on file, what is left to do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from collector_desk.domain.states import TaskDecision
from collector_desk.domain.text.numbers import Numbered
from collector_desk.store import tables as t
from collector_desk.store.ids import all_packed, packed, unpacked
from collector_desk.store.metadata import from_micros, to_micros
from collector_desk.store.numbers import debtors_named
from collector_desk.store.search import key_of_number
from collector_desk.store.sqlite.bulk import slices

_UNFINISHED = "counts.unfinished"
Who = dict[str, frozenset[str]]
"""The debtors a number names: number to debtor ids."""


@dataclass(frozen=True, slots=True)
class CountOnFile:
    """What is on file for a debtor as of an instant."""

    as_of: datetime
    effective: int | None
    connected: int | None
    ours_included: bool
    agreed: bool = True  # False: it waits for a lead, or a lead said no


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that was taken over, or one debtor's counts typed by hand (``by_hand``)."""

    id: str
    by_hand: bool
    newest_as_of: datetime
    accepted: int


def _gathered(rows: Iterable[tuple[str, str]]) -> Who:
    found: dict[str, set[str]] = {}
    for number, debtor_id in rows:
        found.setdefault(number, set()).add(debtor_id)
    return {number: frozenset(ids) for number, ids in found.items()}


def by_account(conn: Connection, numbers: Iterable[str]) -> Who:
    """Debtors by their account numbers."""
    return _gathered(_by_account(conn, numbers))


def by_case(conn: Connection, numbers: Iterable[str]) -> Who:
    """Debtors by our own case numbers, with their prefix or without."""
    found = debtors_named(conn, numbers, [Numbered.CASE])
    return {number: frozenset(ids) for number, ids in found.items()}


def _by_account(conn: Connection, numbers: Iterable[str]) -> Iterator[tuple[str, str]]:
    for marks, some in slices(numbers):
        rows = conn.exec_driver_sql(
            "SELECT c.account_number, c.debtor_id FROM account_case c "  # noqa: S608
            f"JOIN debtor d ON d.id = c.debtor_id AND d.visible WHERE c.account_number IN ({marks})",
            some,
        )
        yield from ((row[0], unpacked(row[1])) for row in rows)


def by_id(conn: Connection, numbers: Iterable[str]) -> Who:
    """Debtors by their identity numbers, by way of the search index; X and x are one."""
    keys = {key_of_number(number): number for number in numbers if number}
    found = []
    for marks, some in slices(keys):
        rows = conn.exec_driver_sql(
            "SELECT k.key, s.debtor_id, d.id_number FROM search_key k "  # noqa: S608
            "JOIN search_debtor s ON s.doc = k.doc JOIN debtor d ON d.id = s.debtor_id AND d.visible "
            f"WHERE k.key IN ({marks})",
            some,
        )
        found += [
            (keys[key], unpacked(debtor)) for key, debtor, id_no in rows if id_no.upper() == keys[key].upper()
        ]
    return _gathered(found)


_ZONE = select(t.debtor.c.zone).where(t.debtor.c.id == bindparam("debtor_id"))


def zone_of(conn: Connection, debtor_id: str) -> str | None:
    """The time zone by which a debtor's days are counted, empty for the desk's; None where there is no debtor."""
    found = conn.execute(_ZONE, {"debtor_id": debtor_id}).scalar()
    return None if found is None else str(found)


def on_file(conn: Connection, debtor_ids: Iterable[str], since: datetime) -> dict[str, list[CountOnFile]]:
    """The figures in the store since an instant, each debtor's newest first."""
    found: dict[str, list[CountOnFile]] = {}
    for marks, some in slices(debtor_ids):
        rows = conn.exec_driver_sql(
            "SELECT e.debtor_id, e.as_of, e.effective_today, e.connected_today, e.ours_included, "  # noqa: S608
            "e.task_id IS NULL OR EXISTS (SELECT 1 FROM task_done d WHERE d.task_id = e.task_id "
            f"AND d.decision = '{TaskDecision.APPROVED}') "
            "FROM external_count e JOIN counts_taken c ON c.id = e.counts_id "
            f"WHERE e.debtor_id IN ({marks}) AND e.as_of >= ? ORDER BY e.as_of DESC, e.id DESC",
            (*all_packed(some), to_micros(since)),
        )
        for debtor, as_of, effective, connected, ours, agreed in rows:
            figure = CountOnFile(from_micros(as_of), effective, connected, bool(ours), bool(agreed))
            found.setdefault(unpacked(debtor), []).append(figure)
    return found


def taken_before(conn: Connection, sha256: str, asked_as_of: datetime | None, *, ours_included: bool) -> str | None:
    """The id under which this very file was taken over in the same way."""
    taken = t.counts_taken.c
    found = conn.execute(
        select(taken.id).where(
            taken.file_sha256 == sha256,
            taken.asked_as_of == asked_as_of if asked_as_of else taken.asked_as_of.is_(None),
            taken.ours_included == ours_included,
        )
    ).scalar()
    return str(found) if found else None


_NEWEST = (
    select(t.counts_taken)
    .where(t.counts_taken.c.newest_as_of >= bindparam("since"))
    .order_by(t.counts_taken.c.newest_as_of.desc(), t.counts_taken.c.id.desc())
    .limit(1)
)


def newest_taken(conn: Connection, since: datetime) -> Taken | None:
    """What was taken over with the newest time since an instant."""
    row = conn.execute(_NEWEST, {"since": since}).first()
    return Taken(row.id, row.file_sha256 is None, row.newest_as_of, row.accepted) if row else None


def debtors_since(conn: Connection, since: datetime) -> int:
    """How many debtors have a figure since an instant."""
    row = conn.exec_driver_sql(
        "SELECT count(DISTINCT e.debtor_id) FROM external_count e JOIN counts_taken c ON c.id = e.counts_id "
        "WHERE c.newest_as_of >= ? AND e.as_of >= ?",
        (to_micros(since), to_micros(since)),
    )
    return int(row.scalar_one())


def changed_by(conn: Connection, counts_id: str, cap: int) -> list[str]:
    """The debtors whose place in the queue these figures may change: at the cap, called by us, or put aside."""
    rows = conn.exec_driver_sql(
        "SELECT DISTINCT e.debtor_id FROM external_count e JOIN debtor d ON d.id = e.debtor_id "
        "WHERE e.counts_id = ? AND (e.effective_today >= ? OR e.connected_today >= ? "
        "OR d.queue_back_at IS NOT NULL OR d.last_attempt_at >= e.as_of - 172800000000) ORDER BY e.debtor_id",
        (packed(counts_id), cap, cap),
    )
    return [unpacked(row[0]) for row in rows]


def mark_unfinished(conn: Connection, counts_id: str) -> None:
    """Remember, with the commit that puts figures in force, that the queue still has to follow."""
    conn.execute(insert(t.worked_out).values(key=_UNFINISHED, value=counts_id))


def unfinished(conn: Connection) -> str | None:
    """The figures whose debtors were not all sorted anew."""
    found = conn.execute(select(t.worked_out.c.value).where(t.worked_out.c.key == _UNFINISHED)).scalar()
    return str(found) if found else None


def mark_finished(conn: Connection) -> None:
    """The queue has followed."""
    conn.execute(delete(t.worked_out).where(t.worked_out.c.key == _UNFINISHED))
