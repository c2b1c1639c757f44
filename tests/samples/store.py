"""Invented debtors and a clock that the test sets, for tests that want a store with work in it."""

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.derived import first_columns
from collector_desk.domain.book.money import Money
from collector_desk.domain.people import Person
from collector_desk.domain.plain import to_plain
from collector_desk.domain.vocabulary import NumberKind, NumberStanding, Role
from collector_desk.services.book import refresh
from collector_desk.services.desk import settings
from collector_desk.services.desk.clock import Clock
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.gate.facts import active_packs
from collector_desk.services.office import people
from collector_desk.store import keys, marks
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.journal import record
from collector_desk.store.keyfile import read_keys
from collector_desk.store.keys import PERSON, Unlocked, publics_of
from collector_desk.store.search import SearchRow, index_debtors
from collector_desk.store.store import Store
from tests.samples.ids import an_id
from tests.samples.placed import write_placed

PASSWORD = "correct horse"
FIRST_PASSWORD = "given by the manager"
TEN_IN_SHANGHAI = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def let_in(manager: Seat, *, name: str, password: str, roles: frozenset[Role]) -> Person:
    """Somebody with a password of their own: let in by the manager, and the first one changed at once."""
    person = people.add(manager, name=name, password=FIRST_PASSWORD, roles=roles)
    own = replace(manager, person=person)
    people.change_password(own, old=FIRST_PASSWORD, new=password)
    know(own)
    return own.person


@dataclass(frozen=True)
class _Known:
    """Somebody's slot as it lay in the key file when they proved who they are, and what it opened."""

    slot: dict[str, Any]
    key: bytes
    unlocked: Unlocked


_known: dict[tuple[str, str], _Known] = {}


def know(seat: Seat) -> None:
    """Remember how who sits here opened the store: ``sit_down`` opens its copies by that."""
    (slot,) = (slot for slot in keys.slots(seat.folder) if slot["id"] == seat.unlocked.slot_id)
    _known[seat.store_id, seat.person.name] = _Known(slot, seat.store.key, seat.unlocked)


def sit_down(folder: Path, who: str, *, clock: Clock) -> Seat:
    """Somebody at a seat as after a sign-in, for whom the password was proved in this process before.

    Nearly half of what a sign-in costs is proof, of the password, the slot, the store by its mark: tests of these
    sign in by themselves. Whoever's slot is another one by now does so here as well.
    """
    body = read_keys(folder)
    known = _known.get((body["store_id"], who))
    if known is None or known.slot not in body["slots"]:
        return people.sign_in(folder, who, PASSWORD, clock=clock)
    store = Store._open(folder, [known.key], known.unlocked.store_id)
    with store.read() as conn:
        person = people.person_of(conn, known.unlocked.person_id)
        zone = settings.read(conn, DeskSettings).zone
    return Seat(store, person, known.unlocked, clock, refresh.settle, zone)


def copy_store(source: Path, folder: Path) -> Path:
    """A store made once, put where a test works on it: this computer knows the copy from its very beginning."""
    shutil.copytree(source, folder)
    known_here(folder)
    return folder


def known_here(folder: Path) -> None:
    """Let this computer know a copied store from its very beginning: one it doesn't know, nobody calls from."""
    body = read_keys(folder)
    slots = [slot for slot in body["slots"] if slot["kind"] == PERSON]
    root = publics_of(min(slots, key=lambda slot: slot["id"])).signing
    assert marks.tie(folder, marks.beginning(body["store_id"], root)) is None


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = TEN_IN_SHANGHAI) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


class DebtorMaker:
    """Puts an invented debtor on file at each call; returns the id."""

    def __init__(self, seat: Seat, count: int = 0) -> None:
        self.seat = seat
        self.count = count  # those on file already

    def __call__(
        self,
        name: str = "朱雪彩",
        *,
        balance: int = 3391162,
        days: int = 20,
        numbers: tuple[tuple[str, NumberKind], ...] | None = None,
        previous_overdue: int | None = 2,
    ) -> str:
        self.count += 1
        count = self.count
        phones = numbers or ((f"1618800{count:04d}", NumberKind.MOBILE),)
        debtor_id = new_id()
        now = self.seat.now()
        today = self.seat.today()
        with self.seat.store.write() as conn:
            placement_id = conn.execute(select(t.placement.c.id)).scalar() or _placement(self.seat, conn)
            queue = refresh.queue_settings(DeskSettings(), active_packs())
            first = first_columns(Money(balance), previous_overdue, queue, now)
            serial = 1000 + count
            case_id = new_id()
            conn.execute(
                insert(t.debtor),
                dict(
                    id=debtor_id,
                    batch_id=an_id("b"),
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
                    owed_beside=[],
                    product="",
                    queue_case=f"K7M-{serial}",
                    **first,
                ),
            )
            _account(
                conn,
                id=case_id,
                issuer=self.seat.store_id,
                serial=serial,
                debtor_id=debtor_id,
                placement_id=placement_id,
                account_number=f"62000000000{count:04d}",
                balance=balance,
                days=days,
                today=today,
                previous_overdue=previous_overdue,
            )
            for position, (digits, kind) in enumerate(phones):
                conn.execute(
                    insert(t.phone),
                    {
                        "id": new_id(),
                        "batch_id": an_id("b"),
                        "debtor_id": debtor_id,
                        "number": digits,
                        "kind": kind.value,
                        "owner_name": "薛某" if kind is NumberKind.CONTACT else "",
                        "relation": "",
                        "standing": NumberStanding.UNKNOWN.value,
                        "source": "bank",
                        "position": position,
                    },
                )
            conn.execute(
                insert(t.address),
                {
                    "id": new_id(),
                    "batch_id": an_id("b"),
                    "debtor_id": debtor_id,
                    "kind": "home",
                    "line": "广州市天河区和平街25号9栋2601室",
                    "source": "bank",
                    "position": 0,
                },
            )
            row = SearchRow(debtor_id, (name,), (*(digits for digits, _ in phones), str(serial)))
            index_debtors(conn, [row])
            write_placed(self.seat, conn, an_id("b"), [debtor_id])
        return debtor_id

    def another(self, debtor_id: str, *, balance: int = 50_000, days: int = 10, **more: object) -> str:
        """A further account of a debtor; returns the case's id."""
        self.count += 1
        case_id = new_id()
        with self.seat.store.write() as conn:
            _account(
                conn,
                id=case_id,
                issuer=self.seat.store_id,
                serial=1000 + self.count,
                debtor_id=debtor_id,
                placement_id=conn.execute(select(t.placement.c.id)).scalar(),
                account_number=f"62000000000{self.count:04d}",
                balance=balance,
                days=days,
                today=self.seat.today(),
                **{"previous_overdue": 2, **more},
            )
            write_placed(self.seat, conn, an_id("b"), [debtor_id], further=[case_id])
            refresh.refresh(conn, [debtor_id], self.seat.now())
        return case_id


def _account(conn, *, balance, days, today, **values) -> None:
    conn.execute(
        insert(t.account_case),
        {
            "batch_id": an_id("b"),
            "card_tail": "1234",
            "round": "一手",
            "currency": "CNY",
            "placed_minor": balance,
            "balance_minor": balance,
            "balance_as_of": today,
            "bank_days": days,
            "due_on": today - timedelta(days=days),
            "opened_on": date(2019, 4, 5),
            "remark": "",
            "extras": {},
            "state": "open",
            **values,
        },
    )


def _placement(seat, conn) -> str:
    placement_id = new_id()
    row = {"placement_id": placement_id, "number": "XK202611-01", "placed_on": date(2026, 11, 2)}
    row["terms"] = to_plain(PlacementTerms("某某银行"))
    record(conn, t.placement_begun, row, kind="import", actor_id=seat.person.id, at=seat.now())
    return placement_id
