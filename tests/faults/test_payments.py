"""kill -9 while payments are taken in or out: all of a file counts, or none; nothing is lost, nothing twice."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from collector_desk.domain.message import Trouble
from collector_desk.domain.money.payments import FileKind
from collector_desk.domain.states import BatchKind, BatchState
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import payments, recovery, withdrawing
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.office import people
from collector_desk.store import tables as t
from collector_desk.store.intake import batches, unfinished
from collector_desk.store.verify import verify
from tests.faults.killing import KILLS, Victim, no_kill, victim
from tests.samples.store import DebtorMaker

WORKER = "tests.faults.payments_worker"
DEBTORS = 40
LINES = 60  # about as many as taking a whole file in says

pytestmark = no_kill


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    """A store with some debtors, of whose cases the files tell."""
    made = people.create_store(tmp_path / "store", name="王", password="correct horse").seat
    debtor = DebtorMaker(made)
    for _ in range(DEBTORS):
        debtor()
    yield made
    made.store.close()


@pytest.fixture
def worker(seat: Seat) -> Iterator[Victim]:
    with victim(WORKER, seat.store.folder) as made:
        yield made


def a_file(seat: Seat, folder: Path, turn: int) -> Path:
    """A payment of everybody a turn."""
    with seat.store.read() as conn:
        accounts = conn.execute(select(t.account_case.c.account_number).order_by(t.account_case.c.id)).scalars()
        day = seat.today() + timedelta(days=turn)  # after the figure's own day
        lines = ["账户号,还款日期,还款金额,流水号"]
        lines += [f"{account},{day.isoformat()},{turn}.00,T{turn}-{n}" for n, account in enumerate(accounts)]
    path = folder / f"{turn}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def counted(seat: Seat) -> list[int]:
    """How many rows each file that counts has, worked."""
    now, row, piece = t.payment_now.c, t.bank_row, t.bank_piece
    statement = (
        select(func.count())
        .select_from(t.payment_now.join(row, row.c.id == now.row_id).join(piece, piece.c.id == row.c.piece_id))
        .group_by(piece.c.batch_id)
    )
    with seat.store.read() as conn:
        return list(conn.execute(statement).scalars())


def test_a_kill_leaves_all_of_a_file_counted_or_nothing(seat: Seat, worker: Victim, tmp_path: Path) -> None:
    moments = random.Random(20261130)  # noqa: S311 -- the same moments in every run
    turn = 1
    for _ in range(KILLS):
        path = a_file(seat, tmp_path, turn)
        before = counted(seat)
        confirmed = worker.run(path, moments.randrange(1, LINES))
        recovery.recover(seat)
        with seat.store.read() as conn:
            assert unfinished.batch_of(conn, BatchKind.PAYMENTS) is None
            assert batches.staged_batches(conn, BatchKind.PAYMENTS) == []
            assert conn.execute(select(func.count()).select_from(t.bank_row)).scalar_one() == sum(counted(seat))
        after = counted(seat)
        assert set(after) <= {DEBTORS}
        if len(after) == len(before):
            assert not confirmed  # what was confirmed is there
            continue
        assert payments.preview(seat, path).already
        turn += 1
    assert turn > 1
    with seat.store.read() as conn:
        owed = conn.execute(select(t.account_case.c.placed_minor - t.account_case.c.balance_minor)).scalars()
        assert set(owed) == {100 * sum(range(turn))}
    assert verify(seat.store).ok


def owed(seat: Seat) -> set[int]:
    """What was paid on the accounts, each figure once."""
    with seat.store.read() as conn:
        return set(conn.execute(select(t.account_case.c.placed_minor - t.account_case.c.balance_minor)).scalars())


def test_a_kill_in_a_withdrawal_leaves_the_file_counting_or_gone(
    seat: Seat, worker: Victim, tmp_path: Path
) -> None:
    moments = random.Random(20261201)  # noqa: S311 -- the same moments in every run
    paid, gone = 0, 0
    for turn in range(1, KILLS + 1):
        seen = payments.preview(seat, a_file(seat, tmp_path, turn), FileTold(kind=FileKind.NEW))
        report = payments.import_payments(seat, seen)
        assert report.batch is not None
        confirmed = worker.run(f"withdraw {report.batch}", moments.randrange(1, 16))
        recovery.recover(seat)
        state = withdrawing.look(seat, report.batch).state
        paid += 0 if state is BatchState.WITHDRAWN else 100 * turn
        gone += state is BatchState.WITHDRAWN
        assert confirmed is None or state is BatchState.WITHDRAWN
        assert owed(seat) == {paid}
    assert gone > 0
    assert verify(seat.store).ok


def test_two_windows_withdraw_one_file_and_one_of_them_is_told(seat: Seat, tmp_path: Path) -> None:
    seen = payments.preview(seat, a_file(seat, tmp_path, 1), FileTold(kind=FileKind.NEW))
    batch_id = payments.import_payments(seat, seen).batch
    assert batch_id is not None
    other = people.sign_in(seat.store.folder, "王", "correct horse")

    def take_out(at: Seat) -> str:
        try:
            return withdrawing.withdraw(at, batch_id, reason="银行来函：以本次为准").state.value
        except Trouble as trouble:
            return trouble.message.code

    with ThreadPoolExecutor(2) as hands:
        said = sorted(hands.map(take_out, (seat, other)))
    other.store.close()
    assert said[1] == "withdrawn"
    assert said[0] in ("money.withdrawal.gone", "intake.import_running")
    assert owed(seat) == {0}
    assert verify(seat.store).ok
