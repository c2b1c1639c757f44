"""Packs a placement's zip for the bank until it is killed: run by ``test_visits.py``.

``bundle_worker.py FOLDER NAME PLACEMENT FILE`` reads the password, and says a line whenever a report is in the
zip; it goes on from there only when it is told to.
"""

import os
import sys
from pathlib import Path

from collector_desk.services.office import people
from collector_desk.services.visits import bundle
from collector_desk.store import keys
from collector_desk.store.journal import last_instant
from tests.samples.store import SetClock

keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1


def packed(done: int, every: int) -> bool:
    os.write(1, f"{done} {every}\n".encode())
    return bool(sys.stdin.readline())


folder, name, placement, out = sys.argv[1:]
clock = SetClock()
seat = people.sign_in(Path(folder), name, sys.stdin.readline().strip(), clock=clock)
with seat.store.read() as conn:
    clock.at = last_instant(conn) or clock.at
bundle.bundle(seat, placement, Path(out), "zh_CN", packed)
