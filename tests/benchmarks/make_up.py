"""The make-up of a balance in a big store: what the key costs that leads every part back to file and line.

    python -m tests.benchmarks.make_up [ACCOUNTS] [ROWS]

A placement, a payment file over all of it, and of a few hundred accounts a month of payments and six newer figures.
Prints what is read for the key, wall and own work, over many accounts of either kind, every 50th and 99th of 100.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.money.payments import FileKind
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import payments, placements
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.money import make_up
from collector_desk.services.office import people
from collector_desk.store import tables as t
from tests.benchmarks.payments import account, paid, placement, say
from tests.samples import bank_files as files
from tests.samples.store import SetClock

BUSY, ROWS_OF_BUSY, FIGURES, ASKED = 300, 30, 6, 300


def told_often() -> bytes:
    """Thirty payments each of the first few hundred accounts."""
    lines = [["账户号", "客户姓名", "还款日期", "还款金额", "还款渠道", "流水号"]]
    for n in range(BUSY):
        for row in range(ROWS_OF_BUSY):
            day = f"2026-11-{3 + row % 18:02d}"
            lines.append([account(n), "张三", day, f"{10 + row}.00", "柜面", f"B{n:05d}-{row:02d}"])
    return files.text(lines, "utf-8")


def balances(turn: int) -> bytes:
    """A newer figure of each of them."""
    return files.text([["账户号", "最新欠款"]] + [[account(n), f"{49000 - turn}.00"] for n in range(BUSY)], "utf-8")


def measure(seat: Seat, what: str, debtors: list[str]) -> None:
    """Ask for each, once warm, and say the median and the 99th of 100."""
    walls, works, parts = [], [], 0
    for debtor in debtors:
        wall, work = time.perf_counter(), time.process_time()
        rows, figures = make_up.of_debtor(seat, debtor), make_up.figures_of_debtor(seat, debtor)
        walls.append(1000 * (time.perf_counter() - wall))
        works.append(1000 * (time.process_time() - work))
        parts = max(parts, sum(map(len, rows.values())) + sum(map(len, figures.values())))
    walls.sort()
    works.sort()
    middle, late = len(walls) // 2, len(walls) * 99 // 100
    say(
        f"{what} ({parts} parts): {walls[middle]:.2f} ms, 99 of 100 within {walls[late]:.2f} ms; "
        f"own work {works[middle]:.2f} and {works[late]:.2f} ms"
    )


def main(accounts: int = 100_000, rows: int = 100_000) -> None:
    """Make the store, then ask."""
    clock = SetClock(datetime(2026, 11, 30, 2, tzinfo=UTC))
    with tempfile.TemporaryDirectory(prefix="make-up-") as own:
        folder = Path(own)
        seat = people.create_store(folder / "store", name="王", password="correct horse", clock=clock).seat
        (folder / "p.csv").write_bytes(placement(accounts))
        seen = placements.preview(seat, folder / "p.csv")
        placements.import_placement(seat, seen, {"P1": PlacementTerms("某某银行")})
        for name, content in (("a.csv", paid(rows, accounts)), ("b.csv", told_often())):
            (folder / name).write_bytes(content)
            told = FileTold(kind=FileKind.NEW)
            payments.import_payments(seat, payments.preview(seat, folder / name, told))
        for turn in range(FIGURES):
            day = (datetime(2026, 11, 22, tzinfo=UTC) + timedelta(days=turn)).date()
            path = folder / f"余额{day.isoformat()}.csv"
            path.write_bytes(balances(turn))
            placements.import_placement(seat, placements.preview(seat, path))
        case = t.account_case.c
        with seat.store.read() as conn:
            wanted = select(case.debtor_id).order_by(case.serial)
            every = list(conn.execute(wanted).scalars())
        say(f"{accounts} accounts, {rows + BUSY * ROWS_OF_BUSY} rows of the bank")
        make_up.of_debtor(seat, every[-1])
        measure(seat, "an account with a payment", every[BUSY :: max(len(every) // ASKED, 1)])
        measure(seat, "an account with a month of them", every[:BUSY])
        seat.store.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
