"""Works on a store until it is killed: run by ``test_store.py``, which kills it.

``store_worker.py FOLDER MODE`` reads a line for every child to make; each child prints what is confirmed. Children
are forked, so that two hundred of them don't import everything two hundred times.
"""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from collector_desk.domain.message import Trouble
from collector_desk.store import keys
from collector_desk.store.backup import backup
from collector_desk.store.heads import sign_head
from collector_desk.store.journal import erase_row, record, record_many
from collector_desk.store.store import Store
from collector_desk.store.tables import flag_event

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())  # one write: whole lines or nothing


def flag(number: int) -> dict[str, object]:
    return {"debtor_id": f"{number:032x}", "flag": "disputed", "on": True, "reason": "理由" * 40}


def act(folder: Path, *, rounds: int) -> None:
    """Single acts, batches, erasures, signatures, changes of the key file; each confirmed after its commit."""
    store, person = Store.open(folder, "王", "pw")
    actor = person.person_id
    for number in range(rounds):
        with store.write() as conn:
            one = record(conn, flag_event, flag(number), kind="flag", actor_id=actor, at=AT)
        say(one)
        if number % 3 == 0:
            with store.write() as conn:
                many = record_many(conn, flag_event, map(flag, range(100)), kind="flag", actor_id=actor, at=AT)
            say(" ".join(many))
        if number % 4 == 1:
            with store.write() as conn:
                erase_row(conn, flag_event, one, actor_id=actor, at=AT)
        if number % 5 == 2:
            with store.write() as conn:
                sign_head(conn, person, AT)
        if number % 7 == 3:
            new = store.prepare_recovery(person)
            with store.write() as conn:
                store.offer_recovery(conn, new, by=person.signing_key, actor_id=actor, at=AT)
            with store.write() as conn:
                store.confirm_recovery(conn, actor_id=actor, at=AT)
    store.close()
    say("done")


def create(folder: Path) -> None:
    for number in range(1000):
        store, _, _ = Store.create(folder / str(number), name="王", password="pw", at=AT)
        store.close()
        say(str(number))


def save(folder: Path) -> None:
    store, _ = Store.open(folder, "王", "pw")
    for number in range(1000):
        target = folder.parent / f"{os.getpid()}-{number}.cdbackup"
        backup(store, target, at=AT)
        say(str(target))


MODES: dict[str, Callable[[Path], None]] = {
    "act": lambda folder: act(folder, rounds=100_000),
    "some": lambda folder: act(folder, rounds=10),
    "create": create,
    "save": save,
}


def main() -> None:
    folder, mode = Path(sys.argv[1]), sys.argv[2]
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                MODES[mode](folder)
            except Trouble as trouble:
                say(f"trouble {trouble.message.code}")
            os._exit(0)
        say(f"child {child}")
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    main()
