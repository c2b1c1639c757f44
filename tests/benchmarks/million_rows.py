"""A placement of a million rows, taken into a store of its own: how much memory, how long.

    python -m tests.benchmarks.million_rows [ROWS]

Makes its own file and store in a folder that goes afterwards. Prints the peak of the process that reads and imports
(``ru_maxrss``), the seconds by the wall and of its own work, and how they divide.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TextIO, TypeVar

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.parsing.process import READER
from collector_desk.services.intake import placements
from collector_desk.services.office import people
from tests.samples.bank_files import HEADER, id_number

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红"
_STREETS = ("和平街", "文化街", "幸福里", "建设路", "人民路")
T = TypeVar("T")


def write_file(out: TextIO, rows: int) -> None:
    """Rows as banks send them; one in twenty is a further account of the debtor before."""
    rng = random.Random(rows)  # noqa: S311 -- the same file every time
    out.write(",".join(HEADER) + "\r\n")
    owner = 0
    for n in range(rows):
        if n == 0 or rng.random() > 0.05:
            owner = n
        name = (
            _SURNAMES[owner % len(_SURNAMES)] + _GIVEN[owner // 7 % len(_GIVEN)] + _GIVEN[owner // 31 % len(_GIVEN)]
        )
        born = (date(1960, 1, 1) + timedelta(days=owner // 1000 % 15_000)).strftime("%Y%m%d")
        days = rng.randrange(5, 120)
        parts = [rng.randrange(10_000, 5_000_000) for _ in range(3)]
        money = [f"{minor // 100}.{minor % 100:02d}" for minor in (sum(parts), *parts)]
        due = (date(2026, 11, 2) - timedelta(days=days)).strftime("%Y%m%d")
        street = _STREETS[owner % 5]
        out.write(
            f"XK202611-77,20261102,一手,C{owner:08d},{name},身份证,\t{id_number(owner, born)},{n % 10_000:04d},"
            f"6290{n:011d},人民币,50000.00,{','.join(money)},"
            f"{parts[0] // 1000}.00,{days},{n % 28 + 1},{due},,,{n % 6},20210807,161{owner:08d},,"
            f"示例{owner % 997}有限公司,,广州市天河区{street}{owner % 300}号{owner % 40}栋{owner % 3000}室,,"
            f"刘{_GIVEN[n % len(_GIVEN)]},朋友,1613{n:07d},,,,\r\n"
        )


def _worked() -> float:
    """Seconds of work so far, the reader's of foreign files too once it was let go."""
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


def _peaks() -> str:
    own, child = (
        resource.getrusage(of).ru_maxrss / 1024 for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return f"{own:.0f} MB, the reader's {child:.0f} MB"


def _timed(what: str, work: Callable[[], T]) -> T:
    wall, cpu = time.perf_counter(), _worked()
    found = work()
    READER.close()  # so that what it worked is counted
    wall, cpu = time.perf_counter() - wall, _worked() - cpu
    print(f"{what}: {wall:.1f} s by the wall, {cpu:.1f} s own work; peak until here {_peaks()}", flush=True)  # noqa: T201
    return found


def _take(folder: Path, path: Path) -> None:
    seat = people.create_store(folder / "store", name="王", password="correct horse").seat
    began, worked = time.perf_counter(), _worked()
    seen = _timed("read and planned", lambda: placements.preview(seat, path))
    terms = dict.fromkeys(seen.ask_terms, PlacementTerms("某某银行"))
    report = _timed("imported", lambda: placements.import_placement(seat, seen, terms))
    wall, cpu = time.perf_counter() - began, _worked() - worked
    print(f"{report.accepted:,} accounts, {report.amounts[0]}, {report.set_aside} set aside")  # noqa: T201
    print(f"all: {wall:.1f} s by the wall, {cpu:.1f} s own work, peak {_peaks()} (aim 1536)")  # noqa: T201
    seat.store.close()


def main() -> None:
    """Make the file here, read and import it in a process of its own, so that only this is measured."""
    if sys.argv[1:2] == ["--take"]:
        _take(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    rows = int(sys.argv[1]) if sys.argv[1:] else 1_000_000
    with tempfile.TemporaryDirectory(prefix="million-rows-") as scratch:
        path = Path(scratch) / "placement.csv"
        with path.open("w", encoding="gb18030", newline="") as out:
            write_file(out, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB")  # noqa: T201
        subprocess.run([sys.executable, "-m", __spec__.name, "--take", scratch, str(path)], check=True)


if __name__ == "__main__":
    main()
