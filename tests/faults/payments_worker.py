"""Takes files of payments in, or out again, until it is killed: run by ``test_payments.py``, which kills it.

``payments_worker.py FOLDER`` reads the name of a file a line, and forks a child that takes it in; or ``withdraw``
and a batch. The child prints
a line at every transaction's beginning and end, so that it can be killed in any of them.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection

from collector_desk.domain.money.payments import FileKind
from collector_desk.services.intake import payments, withdrawing
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.money import derive
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store.store import Store

keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1
payments._FIRST_PIECE = payments._LARGEST_PIECE = payments._WORKED_AT_ONCE = (
    10  # many transactions, each a moment to be killed in
)
derive._AT_ONCE = 10
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


def take(folder: Path, path: Path) -> None:
    seat = people.sign_in(folder, "王", "correct horse")
    seen = payments.preview(seat, path, FileTold(kind=FileKind.NEW))
    Store.write = watched  # type: ignore[assignment,method-assign]
    report = payments.import_payments(seat, seen)
    say(f"done {report.batch}")


def take_out(folder: Path, batch_id: str) -> None:
    seat = people.sign_in(folder, "王", "correct horse")
    Store.write = watched  # type: ignore[assignment,method-assign]
    done = withdrawing.withdraw(seat, batch_id, reason="银行来函：以本次为准")
    say(f"done {done.batch}")


def main() -> None:
    import_module("pandas")  # once, for all children
    folder = Path(sys.argv[1])
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                what, _, batch_id = line.strip().partition(" ")
                if what == "withdraw":
                    take_out(folder, batch_id)
                else:
                    take(folder, Path(line.strip()))
                status = 0
            finally:
                os._exit(status)
        say(f"child {child}")
        _, ended = os.waitpid(child, 0)
        say(f"ended {ended}")


main()
