"""kill -9 while a placement is undone: all of it is gone or none; two windows undo one, and one of them is told."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.message import Trouble
from collector_desk.domain.states import BatchState
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import placements, recovery, undoing
from collector_desk.services.office import people
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from tests.faults.killing import KILLS, Victim, no_kill, victim
from tests.samples.store import DebtorMaker

WORKER = "tests.faults.undo_worker"
ROWS = 60

pytestmark = no_kill


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    made = people.create_store(tmp_path / "store", name="王", password="correct horse").seat
    debtor = DebtorMaker(made)
    for _ in range(ROWS // 2):
        debtor(balance=100_000)
    yield made
    made.store.close()


@pytest.fixture
def worker(seat: Seat) -> Iterator[Victim]:
    with victim(WORKER, seat.store.folder) as made:
        yield made


def a_file(seat: Seat, folder: Path) -> Path:
    """New figures of those on file, and as many new accounts."""
    case, debtor = t.account_case.c, t.debtor.c
    with seat.store.read() as conn:
        wanted = select(debtor.name, debtor.customer_no, debtor.id_number, case.account_number).join(
            t.account_case, case.debtor_id == debtor.id
        )
        number = conn.execute(select(t.placement.c.number)).scalars().first()
        known = [tuple(row) for row in conn.execute(wanted.order_by(case.id))]
    lines = ["批次号,客户号,姓名,证件类型,证件号码,账户号,欠款总额,手机,数据日期"]
    day = seat.today().isoformat()
    lines += [f"{number},{customer},{name},其他,{id_no},{no},900.00,,{day}" for name, customer, id_no, no in known]
    lines += [f"{number},N{n},张三,其他,ND{n},{n:08d}9999,10.00,161{n:08d},{day}" for n in range(ROWS // 2)]
    path = folder / "new.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def take(seat: Seat, path: Path) -> str:
    seen = placements.preview(seat, path)
    report = placements.import_placement(seat, seen, dict.fromkeys(seen.ask_terms, PlacementTerms("某某银行")))
    assert report.batch is not None
    return report.batch


def owed(seat: Seat) -> list[int]:
    with seat.store.read() as conn:
        return sorted(conn.execute(select(t.account_case.c.balance_minor)).scalars())


def shown(seat: Seat) -> list[int]:
    """What the queue has of those it shows, its columns being worked out by the same seat."""
    with seat.store.read() as conn:
        wanted = select(t.debtor.c.balance_minor).where(t.debtor.c.visible.is_(True))
        return sorted(conn.execute(wanted).scalars())


BEFORE = [100_000] * (ROWS // 2)


def test_a_kill_leaves_the_file_counting_or_gone(seat: Seat, worker: Victim, tmp_path: Path) -> None:
    moments = random.Random(20261130)  # noqa: S311 -- the same moments in every run
    path = a_file(seat, tmp_path)
    gone, batch_id = 0, take(seat, path)
    after = owed(seat)
    assert after != BEFORE
    for _ in range(KILLS):
        confirmed = worker.run(batch_id, moments.randrange(1, 40))
        recovery.recover(seat)
        if undoing.look(seat, batch_id).file.state is BatchState.VISIBLE:
            assert confirmed is None
            assert owed(seat) == after
            continue
        assert owed(seat) == shown(seat) == BEFORE
        with seat.store.read() as conn:
            assert conn.execute(select(t.money_stale.c.debtor_id)).first() is None
            assert conn.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        gone += 1
        batch_id = take(seat, path)
        assert owed(seat) == after
    assert gone > 0
    assert verify(seat.store).ok


def test_two_windows_undo_one_file_and_one_of_them_is_told(seat: Seat, tmp_path: Path) -> None:
    batch_id = take(seat, a_file(seat, tmp_path))
    other = people.sign_in(seat.store.folder, "王", "correct horse")

    def take_out(at: Seat) -> str:
        try:
            return undoing.undo(at, batch_id).file.state.value
        except Trouble as trouble:
            return trouble.message.code

    with ThreadPoolExecutor(2) as hands:
        said = sorted(hands.map(take_out, (seat, other)))
    other.store.close()
    assert said[1] == "undone"
    assert said[0] in ("intake.undo.gone", "intake.import_running")
    assert owed(seat) == BEFORE
    assert verify(seat.store).ok
