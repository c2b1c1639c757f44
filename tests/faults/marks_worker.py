"""Works at a store and moves its mark until it is killed: ``marks_worker.py FOLDER KILLS SEED``.

Half of the kills come at a chosen step of writing the mark, half at any moment. After each the store is opened as
the next morning: whatever was cut off, nobody is told that it was put back. The last line says how many were.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from collector_desk.services.desk import standing
from collector_desk.services.desk.seat import acting
from collector_desk.services.office import people
from collector_desk.services.record import access
from collector_desk.store import keyfile, keys, marks
from tests.samples.put_back import with_machine_folder
from tests.samples.store import PASSWORD, SetClock

keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1
WHO = "林主管"


def die_at(step: str, turn: int) -> None:
    """Kill this process at the ``turn``-th time that it comes by: before a mark, or before its rename."""
    module, name = (marks, "replace_file") if step == "before a place" else (keyfile, "sync_folder")
    real: Callable[..., None] = getattr(module, name)
    left = [turn]

    def counted(*given: object) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        real(*given)

    setattr(module, name, counted)


def work(folder: Path, said: int) -> None:
    seat = people.sign_in(folder, WHO, PASSWORD, clock=SetClock())
    while True:
        with acting(seat, "access.export") as act:
            access.note(act, "anything", seat.store_id)
        os.write(said, b".")
        if standing.move(seat) is not None:
            os.write(said, b"!")


def main(folder: Path, kills: int, seed: int) -> int:
    with_machine_folder()
    chance = random.Random(seed)  # noqa: S311 -- no secrets
    first = people.sign_in(folder, WHO, PASSWORD, clock=SetClock())
    standing.tie(first)  # both places hold one from the beginning
    first.let_go()
    wrong = 0
    for number in range(kills):
        chosen = ("before a place", "before it is durable")[number // 2 % 2] if number % 2 else ""
        turn, wait, acts = chance.randint(1, 7), chance.uniform(0, 0.05), chance.randint(1, 4)
        said, saying = os.pipe()
        child = os.fork()
        if not child:
            os.close(said)
            if chosen:
                die_at(chosen, turn)
            work(folder, saying)
        os.close(saying)
        told = os.read(said, 1)
        if not chosen:
            while len(told) < acts:
                told += os.read(said, 1)
            time.sleep(wait)
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(said, 4096):
            told += more
        os.close(said)
        seat = people.sign_in(folder, WHO, PASSWORD, clock=SetClock())
        kept = marks.read(folder, seat.store_id)
        good = seat.standing.doubt is None and not kept.unread and len(kept.marks) == 2 and b"!" not in told
        seat.let_go()
        wrong += not good
    sys.stdout.write(f"{kills} kills, seed {seed}: {wrong} wrong\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
