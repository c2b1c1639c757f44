"""Sequences of files, claims and withdrawals: whatever their order, the money keeps its sums.

What is left after withdrawals is the same as if the files withdrawn had never come.
"""

from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind
from collector_desk.domain.vocabulary import Direction
from collector_desk.services.calls import calling
from collector_desk.services.intake import payments, withdrawing
from collector_desk.services.intake.payments import FileTold
from collector_desk.store import tables as t
from collector_desk.store.money.digest import digest_of_money
from collector_desk.store.verify import verify
from tests.samples.store import DebtorMaker, copy_store, sit_down
from tests.services.money.conftest import HEADER, nov
from tests.services.money.test_claims import said

BANK = "某某银行"
ACCOUNTS = 3
days = st.integers(24, 29)
rows = st.tuples(
    st.integers(0, ACCOUNTS),  # the last is nobody's
    days,
    st.sampled_from([100, 300, 500, 900, -300]),
    st.sampled_from(["", "R1", "R2", "R3"]),
)
spans = st.none() | st.tuples(days, days).map(sorted)
files = st.tuples(
    st.just("file"), st.lists(rows, max_size=4), st.sampled_from([FileKind.NEW, FileKind.CUMULATIVE]), spans
)
claims = st.tuples(st.just("claim"), st.integers(0, ACCOUNTS - 1), days, st.sampled_from([100, 300, 500]))
withdrawals = st.tuples(st.just("withdraw"), st.integers(0, 5))
steps = st.lists(st.one_of(files, files, claims, withdrawals), min_size=2, max_size=7)


@dataclass
class Desk:
    """One store that is told things; ``kept`` are the files that came in, by their place."""

    seat: object
    folder: object
    numbers: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    turn: count = field(default_factory=count)

    def does(self, step, place):
        what, *said_of_it = step
        if what == "file":
            self.kept.append((place, self._takes(place, *said_of_it)))
        elif what == "claim":
            self._hears(*said_of_it)

    def _takes(self, place, told_rows, kind, span):
        file = self.folder / f"{place}.csv"
        lines = [",".join(HEADER)]
        for who, day, yuan, reference in told_rows:
            lines.append(f"{self.numbers[who][1]},某某,2026-11-{day},{yuan},{reference}")
        lines.append(f"6200000000000000,某某,2026-11-24,{place + 1},F{place}")  # no two files are the same
        file.write_text("\n".join(lines), encoding="utf-8")
        covers = DaySpan(nov(span[0]), nov(span[1])) if span else None
        return payments.import_payments(
            self.seat, payments.preview(self.seat, file, FileTold(BANK, kind, covers))
        ).batch

    def _hears(self, who, day, yuan):
        call = calling.begin(
            self.seat, debtor_id=self.numbers[who][0], phone_id=None, direction=Direction.IN
        ).attempt
        note = f"客户第{next(self.turn) + 1}次来电，称{day}日已还{yuan}元，有手机银行回单可供核对。"
        calling.finish(self.seat, call.id, said(yuan, day, note))

    def stored(self, table):
        with self.seat.store.read() as conn:
            return conn.execute(select(table)).all()

    def digest(self):
        with self.seat.store.read() as conn:
            return digest_of_money(conn)


def opened(source, folder, clock):
    """A copy of the store with three debtors, each with one account."""
    copy_store(source, folder / "store")
    seat = sit_down(folder / "store", "林主管", clock=clock)
    desk = Desk(seat, folder)
    desk.numbers = [
        (row.debtor_id, row.account_number)
        for row in sorted(desk.stored(t.account_case), key=lambda one: one.serial)
    ] + [("", "6299999999999999")]
    return desk


def sums_hold(desk):
    """Every fen of a row is in the balance, beyond it, or in the figure; no row answers two claims."""
    with desk.seat.store.read() as conn:
        gone = set(
            conn.exec_driver_sql(
                "SELECT n.row_id FROM payment_now n JOIN bank_row r ON r.id = n.row_id JOIN bank_piece p "
                "ON p.id = r.piece_id JOIN batch b ON b.id = p.batch_id WHERE b.state <> 'visible'"
            ).scalars()
        )
    assert gone == set()
    for row in desk.stored(t.payment_now):
        assert min(row.allocated_minor, row.excess_minor, row.contained_minor) >= min(0, row.minor)
        assert row.allocated_minor + row.excess_minor + row.contained_minor <= max(row.minor, 0)
    for case in desk.stored(t.account_case):
        assert case.balance_minor >= 0
    answered = [row.row_id for row in desk.stored(t.claim_now) if row.row_id]
    assert len(answered) == len(set(answered))
    for row in desk.stored(t.claim_now):
        assert (row.state == "confirmed") == (row.row_id is not None)
        assert row.state != "refuted" or row.told_to >= row.window_ends


@pytest.fixture
def ready_for(before, tmp_path_factory, clock):
    """Makes copies of one store with three debtors, on the 30th."""
    source = tmp_path_factory.mktemp("three") / "store"
    copy_store(before.folder, source)
    seat = sit_down(source, "林主管", clock=clock)
    maker = DebtorMaker(seat)
    for balance in (100_000, 60_000, 250_000):
        maker(balance=balance)
    seat.store.close()
    clock.forward(days=7)
    return lambda: opened(source, tmp_path_factory.mktemp("one"), clock)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_what_is_withdrawn_leaves_the_money_as_if_it_had_never_come(ready_for, told):
    one, other = ready_for(), ready_for()
    withdrawn = set()
    for place, step in enumerate(told):
        if step[0] != "withdraw":
            one.does(step, place)
        elif one.kept:
            at, batch = one.kept.pop(step[1] % len(one.kept))
            withdrawn.add(at)
            withdrawing.withdraw(one.seat, batch, reason="银行来函：以本次为准")
        sums_hold(one)
    for place, step in enumerate(told):
        if step[0] != "withdraw" and place not in withdrawn:
            other.does(step, place)
    assert one.digest() == other.digest()
    assert verify(one.seat.store).ok
    for desk in (one, other):
        desk.seat.store.close()
