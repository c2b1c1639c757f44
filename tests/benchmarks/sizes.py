"""Where the bytes of a store are: what an attempt costs with all its lines, and each table and index.

    python -m tests.benchmarks.sizes DEBTORS ATTEMPTS [TIMES]

measures the store of the benchmarks of that size, and then how large it is TIMES over (``grown``). SQLCipher comes
without ``dbstat``, so each index and table is dropped in a transaction that is taken back, and the pages it leaves
are counted; a table comes with its keys.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from sqlalchemy import Connection

from collector_desk.services.office import people
from collector_desk.store import tables as t
from collector_desk.store.backup_file import DATABASE
from tests.benchmarks.big_store import AGENT, NOW, big_store
from tests.benchmarks.grown import grow
from tests.samples.store import PASSWORD, SetClock

OF_CALLS = (
    t.gate_decision, t.attempt, t.attempt_end, t.phone_event,
    t.promise, t.promise_event, t.promise_followed, t.promise_state,
)  # fmt: skip
_AIM, _WHOLE_AIM = 1_600, 3.6


class _TakenBack(Exception):  # noqa: N818 -- nothing went wrong
    """Ends the transaction in which everything was dropped."""


def _pages(conn: Connection) -> Iterator[tuple[str, str, int]]:
    """Table, name and pages of every index, and of every table with its keys; each is dropped."""
    made = conn.exec_driver_sql(
        "SELECT name, tbl_name, type, sql FROM sqlite_master WHERE type IN ('index', 'table') AND sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite_%' ORDER BY type, name"  # indexes first: a table takes its own along
    ).all()
    virtual = tuple(f"{row.name}_" for row in made if row.sql.startswith("CREATE VIRTUAL"))
    free = _free(conn)
    for row in made:
        if virtual and row.name.startswith(virtual):
            continue  # goes with the table it belongs to
        conn.exec_driver_sql(f'DROP {row.type} "{row.name}"')
        before, free = free, _free(conn)
        yield row.tbl_name, row.name, free - before


def _take_back() -> NoReturn:
    raise _TakenBack


def _free(conn: Connection) -> int:
    return int(conn.exec_driver_sql("PRAGMA freelist_count").scalar() or 0)


def measure(debtors: int, attempts: int) -> Iterator[str]:
    """What to print."""
    folder = big_store(debtors, attempts)
    seat = people.sign_in(folder, AGENT, PASSWORD, clock=SetClock(NOW))
    found: list[tuple[str, str, int]] = []
    with seat.store:
        with seat.store.read() as conn:
            lines = {
                row.table_name: row.lines
                for row in conn.exec_driver_sql("SELECT table_name, count(*) AS lines FROM journal GROUP BY 1")
            }
            page = int(conn.exec_driver_sql("PRAGMA page_size").scalar() or 0)
        with seat.store.write() as conn:
            raw = conn.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("PRAGMA secure_delete = OFF")  # else every page is written anew
        with suppress(_TakenBack), seat.store.write() as conn:
            found += _pages(conn)
            _take_back()
    whole = (folder / DATABASE).stat().st_size
    of_calls = {table.name for table in OF_CALLS}
    share = sum(count for name, count in lines.items() if name in of_calls) / sum(lines.values())
    parts = {name: share if table == "journal" else float(table in of_calls) for table, name, _ in found}
    per_attempt = sum(pages * page * parts[name] for _, name, pages in found) / attempts
    yield f"{debtors:,} debtors, {attempts:,} attempts: {whole / 1e9:.2f} GB (aim at 2,000,000: {_WHOLE_AIM} GB)"
    of_one = share * sum(lines.values()) / attempts
    yield f"an attempt with all its {of_one:.2f} lines: {per_attempt:.0f} bytes (aim {_AIM})"
    yield "bytes an attempt, of that:"
    for _, name, pages in sorted(found, key=lambda one: -one[2] * parts[one[1]]):
        if parts[name] and pages * page * parts[name] / attempts >= 1:
            yield f"  {name:<40}{pages * page * parts[name] / attempts:8.0f}"
    rest = whole - per_attempt * attempts
    yield f"the rest, {rest / debtors:.0f} bytes a debtor:"
    for _, name, pages in sorted(found, key=lambda one: -one[2]):
        if not parts[name] and pages * page / debtors >= 1:
            yield f"  {name:<40}{pages * page / debtors:8.0f}"


def measure_grown(debtors: int, attempts: int, times: int) -> str:
    """How large the same store is many times over."""
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / "store"
        shutil.copytree(big_store(debtors, attempts), folder)
        size = grow(folder, times)
    return f"{debtors * times:,} debtors, {attempts * times:,} attempts: {size / 1e9:.2f} GB"


if __name__ == "__main__":
    sizes = int(sys.argv[1]), int(sys.argv[2])
    for line in measure(*sizes):
        print(line)  # noqa: T201 -- run by hand
    for often in sys.argv[3:]:
        print(measure_grown(*sizes, int(often)))  # noqa: T201
