"""Imports files until it is killed: run by ``test_import.py``, which kills it.

``import_worker.py FOLDER`` reads the name of a file a line, and forks a child that imports it; or ``row ID``, and
the child takes in that row set aside. The child prints a line at every transaction's beginning and end, so that it
can be killed in any of them.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.services.intake import placements, set_aside
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store.store import Store

keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1
placements._FIRST_PIECE = placements._LARGEST_PIECE = 10  # many transactions, each a moment to be killed in
placements._SHOWN_AT_ONCE = 15
_write = Store.write


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())  # one write: whole lines or nothing


@contextmanager
def watched(store: Store) -> Iterator[Connection]:
    say("begin")
    with _write(store) as conn:
        yield conn
        say("commit")
    say("end")


def take(folder: Path, asked: str) -> None:
    seat = people.sign_in(folder, "王", "correct horse")
    if asked.startswith("row "):
        Store.write = watched  # type: ignore[assignment,method-assign]
        say(f"done {set_aside.take_in(seat, [asked.removeprefix('row ')]).batch}")
        return
    path = Path(asked)
    seen = placements.preview(seat, path)
    Store.write = watched  # type: ignore[assignment,method-assign]
    report = placements.import_placement(seat, seen, dict.fromkeys(seen.ask_terms, PlacementTerms("某某银行")))
    say(f"done {report.batch}")


def main() -> None:
    for slow in ("pandas", "pypinyin"):  # once, for all children
        import_module(slow)

    folder = Path(sys.argv[1])
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                take(folder, line.strip())
                status = 0
            finally:
                os._exit(status)
        say(f"child {child}")
        _, ended = os.waitpid(child, 0)
        say(f"ended {ended}")


main()
