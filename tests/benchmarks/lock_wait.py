"""How long another seat waits for the store's one writing place while a payment file is taken in.

    python -m tests.benchmarks.lock_wait [ROWS] [ACCOUNTS]

The other seat is a process of its own that begins a write every 50 ms and writes nothing. Prints half of the waits,
99 of 100 and the longest, in milliseconds, and what the file took by the wall with that seat open.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.money.payments import FileKind
from collector_desk.services.intake import payments, placements
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.office import people
from tests.benchmarks.payments import paid, placement, say

WHO, PASSWORD = "王", "correct horse"
EVERY = 0.05


def wait_again_and_again(folder: Path) -> None:
    """The other seat: until its input ends, one write after the other; then the waits, a line each."""
    seat = people.sign_in(folder, WHO, PASSWORD)
    waits: list[float] = []
    say("ready")
    end = folder.parent / "end"
    with seat.store as store:
        while not end.exists():
            began = time.perf_counter()
            with store.write():
                waits.append(time.perf_counter() - began)
            time.sleep(EVERY)
    for one in waits:
        say(f"{one * 1000:.3f}")


def main() -> None:
    """The whole."""
    rows, accounts = (int(each) for each in (sys.argv[1:] + ["100000", "20000"][len(sys.argv) - 1 :])[:2])
    with tempfile.TemporaryDirectory(prefix="lock-wait-") as own:
        folder = Path(own)
        seat = people.create_store(folder / "store", name=WHO, password=PASSWORD).seat
        (folder / "p.csv").write_bytes(placement(accounts))
        (folder / "y.csv").write_bytes(paid(rows, accounts))
        seen = placements.preview(seat, folder / "p.csv")
        placements.import_placement(seat, seen, {number: PlacementTerms("某某银行") for number in seen.ask_terms})
        found = payments.preview(seat, folder / "y.csv", FileTold(kind=FileKind.NEW))
        other = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.lock_wait", "--seat", str(folder / "store")],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        began = time.perf_counter()
        payments.import_payments(seat, found)
        took = time.perf_counter() - began
        (folder / "end").touch()
        waits = sorted(float(line) for line in other.communicate()[0].split())
        seat.store.close()
    cuts = statistics.quantiles(waits, n=100)
    say(f"{rows} rows in {took:.1f} s by the wall, another seat open")
    say(f"{len(waits)} waits: half within {cuts[49]:.1f} ms, 99 of 100 within {cuts[98]:.1f}")
    say(f"the longest {waits[-1]:.1f} ms")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--seat"]:
        wait_again_and_again(Path(sys.argv[2]))
    else:
        main()
