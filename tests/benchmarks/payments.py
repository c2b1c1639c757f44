"""A payment file taken into a store of its own: what it costs against the same rows read and written barely.

    python -m tests.benchmarks.payments [ROWS] [ACCOUNTS]

The floor is the same reader and one ``executemany`` of its rows into an encrypted table, in the same run.
Prints own work in seconds, the ratio up to the moment at which every row counts, and what a debtor costs after.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import sqlcipher3

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.money.payments import FileKind
from collector_desk.intake.payment_values import PaymentFile
from collector_desk.intake.payments import read_payments
from collector_desk.services.intake import payments, placements
from collector_desk.services.intake.machine import Watching, uncollected
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.office import people
from tests.samples import bank_files as files

T = TypeVar("T")
FIRST = date(2026, 11, 3)


def account(number: int) -> str:
    """The account number of the so-manieth debtor."""
    return f"6290795{number:08d}"


def placement(accounts: int) -> bytes:
    """Debtors with one account each."""
    rows = [["委案批次号", "委案日期", "客户号", "客户姓名", "账户号", "委案金额"]]
    rows += [["P1", "2026-11-02", f"C{n}", "张三", account(n), "50000.00"] for n in range(accounts)]
    return files.text(rows, "utf-8")


def paid(rows: int, accounts: int) -> bytes:
    """Payments on them over eighteen days, each with a reference of its own."""
    told = [["账户号", "客户姓名", "还款日期", "还款金额", "还款渠道", "流水号"]]
    for n in range(rows):
        day = (FIRST + timedelta(days=n % 18)).isoformat()
        told.append(
            [account(n * 7 % accounts), "张三", day, f"{100 + n % 900}.{n % 100:02d}", "柜面", f"LS{n:08d}"]
        )
    return files.text(told, "utf-8")


def say(line: str) -> None:
    """A line of what was found."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def timed(what: str, work: Callable[[], T]) -> tuple[T, float]:
    """Do it, and say what it took."""
    began = time.process_time()
    done = work()
    took = time.process_time() - began
    say(f"{what:<28}{took:8.2f} s")
    return done, took


def bare(folder: Path, file: PaymentFile) -> None:
    """The same rows into one encrypted table."""
    made = sqlcipher3.connect(str(folder / "bare.db"))
    made.execute(f"PRAGMA key=\"x'{'a' * 64}'\"")
    made.execute("CREATE TABLE x(a text, b text, c text, d integer, e text, f text)")
    made.executemany(
        "INSERT INTO x VALUES(?, ?, ?, ?, ?, ?)",
        [(r.account_no, r.name, r.posted_on.isoformat(), r.amount, r.channel, r.reference) for r in file.rows],
    )
    made.commit()
    made.close()


def main() -> None:
    """The whole."""
    rows, accounts = (int(each) for each in (sys.argv[1:] + ["100000", "20000"][len(sys.argv) - 1 :])[:2])
    with tempfile.TemporaryDirectory(prefix="payments-") as own:
        folder = Path(own)
        seat = people.create_store(folder / "store", name="王", password="correct horse").seat
        (folder / "p.csv").write_bytes(placement(accounts))
        (folder / "y.csv").write_bytes(paid(rows, accounts))
        seen = placements.preview(seat, folder / "p.csv")
        placements.import_placement(seat, seen, {number: PlacementTerms("某某银行") for number in seen.ask_terms})
        content = (folder / "y.csv").read_bytes()
        file, read = timed("the reader alone", lambda: read_payments(content, "y.csv"))
        _, floor = timed("bare executemany", lambda: bare(folder, file))
        with uncollected():
            plan, planned = timed("planned", lambda: payments.preview(seat, file, FileTold(kind=FileKind.NEW)))
            run = payments.PaymentIntake(seat, plan.file, plan.told, plan.plan)
            timed("the plan looked up", run.plan)
            _, staged = timed("staged", lambda: run.stage(Watching.by(None, None)))
            _, counted = timed("made to count", run.commit)
            say(f"every row counts: {(read + planned + staged + counted) / (read + floor):.2f} x the floor")
            _, finished = timed("debtors worked and sorted", lambda: run.finish(Watching.by(None, None)))
        say(f"{finished / accounts * 1000:.2f} ms a debtor")
        seat.store.close()


if __name__ == "__main__":
    main()
