"""Attaches photos and recordings to a visit until it is killed: run by ``test_evidence.py``.

``evidence_worker.py FOLDER NAME VISIT`` reads a line for each child to fork; a child prints the hash of what was
confirmed to it, and a line at every beginning and end of a transaction.
"""

import hashlib
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from sqlalchemy import Connection

from collector_desk.services.office import people
from collector_desk.services.visits import evidence
from collector_desk.store import keys
from collector_desk.store.journal import last_instant
from collector_desk.store.store import Store
from collector_desk.store.visits import pieces
from tests.samples.store import PASSWORD, SetClock

keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1
evidence.MOST_PIECES = 100_000  # more than a visit may hold: the kills are what is tried here
_write = Store.write


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())  # one write: whole lines or nothing


@contextmanager
def watched(store: Store) -> Iterator[Connection]:
    say("-")
    with _write(store) as conn:
        yield conn
        say("-")
    say("-")


def photo() -> bytes:
    file = io.BytesIO()
    Image.frombytes("RGB", (64, 48), os.urandom(64 * 48 * 3)).save(file, "JPEG")
    return file.getvalue()


def recording() -> bytes:
    """Of several pieces, so that a kill finds it half way."""
    return b"#!AMR\n" + os.urandom(64) + bytes(pieces.PIECE * 4)


def attach(folder: Path, name: str, visit_id: str) -> None:
    clock = SetClock()
    seat = people.sign_in(folder, name, PASSWORD, clock=clock)
    with seat.store.read() as conn:
        clock.at = last_instant(conn) or clock.at
    Store.write = watched  # type: ignore[method-assign,assignment]
    for number in range(40):
        data = recording() if number % 2 else photo()
        evidence.add(seat, visit_id, data, caption="楼门")
        say("kept " + hashlib.sha256(data).hexdigest())
    say("done")


if __name__ == "__main__":
    where, who, visit = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            attach(where, who, visit)
            os._exit(0)
        say(f"child {child}")
        os.waitpid(child, 0)
        say("ended")
