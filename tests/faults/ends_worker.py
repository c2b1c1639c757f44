"""Takes lists of cases in until it is killed: run by ``test_ends.py``, which kills it.

``ends_worker.py FOLDER`` reads the name of a list a line, and forks a child that takes it in; or ``return FILE``,
and the child gives back what is over. It prints a line at every transaction's beginning and end, so that it can be
killed in any of them.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection

from collector_desk.services.book import bank_lists, returning
from collector_desk.services.intake import case_words
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store.store import Store

keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1
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
    if asked.startswith("return "):
        (mandate,) = bank_lists.board(seat)
        Store.write = watched  # type: ignore[assignment,method-assign]
        say(f"done {returning.give_back(seat, mandate, Path(asked.removeprefix('return '))).number}")
        return
    seen = case_words.preview(seat, Path(asked))
    Store.write = watched  # type: ignore[assignment,method-assign]
    say(f"done {case_words.import_words(seat, seen).batch}")


def main() -> None:
    import_module("pandas")  # once, for all children
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
