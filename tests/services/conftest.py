"""A small store with invented debtors, and a clock that the test sets."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from collector_desk.domain.conduct.values import Share
from collector_desk.domain.debts import PlacementTerms
from collector_desk.domain.money import Money
from collector_desk.domain.plain import to_plain
from collector_desk.domain.vocabulary import NumberKind, NumberStanding, Role
from collector_desk.services import people, releases, settings, standing
from collector_desk.services.desk import Seat
from collector_desk.services.settings import Agency, DeskSettings
from collector_desk.store import keys
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id

PASSWORD = "correct horse"
TEN_IN_SHANGHAI = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = TEN_IN_SHANGHAI) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id made to cost next to nothing: what it protects is tested with the store."""
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def manager(tmp_path: Path, clock: SetClock) -> Iterator[Seat]:
    """A store with share and released packs; its first person is manager and lead."""
    agency = Agency("示例催收服务有限公司", "示例服务中心", "400-000-0000")
    made = people.create_store(tmp_path / "store", name="林主管", password=PASSWORD, agency=agency, clock=clock)
    settings.change(made.seat, Share(effective=3, connected=6))
    releases.release_all(made.seat)
    yield made.seat
    made.seat.store.close()


@pytest.fixture
def seat_of(manager: Seat, clock: SetClock) -> Iterator[Callable[..., Seat]]:
    """Further people, each at a seat of their own on the same store."""
    seats = []

    def make(name: str, *roles: Role) -> Seat:
        people.add(manager, name=name, password=PASSWORD, roles=frozenset(roles))
        seat = people.sign_in(manager.store.folder, name, PASSWORD, clock=clock)
        seats.append(seat)
        return seat

    yield make
    for seat in seats:
        seat.store.close()


@pytest.fixture
def agent(seat_of: Callable[..., Seat]) -> Seat:
    return seat_of("张晓", Role.AGENT, Role.SENIOR_AGENT)


DebtorMaker = Callable[..., str]


@pytest.fixture
def debtor(manager: Seat) -> DebtorMaker:
    """Puts an invented debtor on file; returns the id."""
    count = 0

    def make(
        name: str = "朱雪彩",
        *,
        balance: int = 3391162,
        days: int = 20,
        numbers: tuple[tuple[str, NumberKind], ...] | None = None,
        previous_overdue: int | None = 2,
    ) -> str:
        nonlocal count
        count += 1
        phones = numbers or ((f"1618800{count:04d}", NumberKind.MOBILE),)
        debtor_id = new_id()
        now = manager.now()
        today = manager.today()
        with manager.store.write() as conn:
            placement_id = conn.execute(select(t.placement.c.id)).scalar() or _placement(conn, now)
            queue = standing.queue_settings(DeskSettings())
            first = standing.first_columns(Money(balance), previous_overdue, queue, now)
            number = f"2611-{count:06d}"
            case_id = new_id()
            conn.execute(
                insert(t.debtor).values(
                    id=debtor_id,
                    batch_id="b",
                    visible=True,
                    bank_name="某某银行",
                    customer_no=f"C{count}",
                    name=name,
                    id_type="身份证",
                    id_number=f"00010319820101{count:04d}",
                    employer="",
                    zone="Asia/Shanghai",
                    lead_case_id=case_id,
                    lead_due=today - timedelta(days=days),
                    cases=1,
                    balance_minor=balance,
                    currency="CNY",
                    queue_case=number,
                    **first,
                )
            )
            conn.execute(
                insert(t.account_case).values(
                    id=case_id,
                    number=number,
                    batch_id="b",
                    debtor_id=debtor_id,
                    placement_id=placement_id,
                    account_number=f"62000000000{count:04d}",
                    card_tail="1234",
                    round="一手",
                    currency="CNY",
                    placed_minor=balance,
                    balance_minor=balance,
                    balance_as_of=today,
                    bank_days=days,
                    due_on=today - timedelta(days=days),
                    opened_on=date(2019, 4, 5),
                    remark="",
                    extras={},
                    state="open",
                    previous_overdue=previous_overdue,
                )
            )
            for position, (digits, kind) in enumerate(phones):
                conn.execute(
                    insert(t.phone).values(
                        id=new_id(),
                        batch_id="b",
                        debtor_id=debtor_id,
                        number=digits,
                        kind=kind.value,
                        owner_name="薛某" if kind is NumberKind.CONTACT else "",
                        relation="",
                        standing=NumberStanding.UNKNOWN.value,
                        source="bank",
                        position=position,
                    )
                )
            conn.execute(
                insert(t.address).values(
                    id=new_id(),
                    batch_id="b",
                    debtor_id=debtor_id,
                    kind="home",
                    line="广州市天河区和平街25号9栋2601室",
                    source="bank",
                    position=0,
                )
            )
        return debtor_id

    return make


def _placement(conn, now) -> str:
    placement_id = new_id()
    conn.execute(
        insert(t.placement).values(
            id=placement_id,
            number="XK202611-01",
            bank_name="某某银行",
            placed_on=date(2026, 11, 2),
            terms=to_plain(PlacementTerms("某某银行")),
            created_at=now,
        )
    )
    return placement_id
