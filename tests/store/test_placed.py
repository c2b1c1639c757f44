"""What the bank placed is written once: nobody changes it unnoticed, and the state follows from it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Table, delete, insert, select, update

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.message import Trouble
from collector_desk.domain.office.proof import FaultKind
from collector_desk.services.book import cases
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import placements, set_aside
from collector_desk.services.office import backup, people
from collector_desk.store import keys
from collector_desk.store import tables as t
from collector_desk.store.ids import packed
from collector_desk.store.intake import batches
from collector_desk.store.journal import erase_row
from collector_desk.store.projections import replay
from collector_desk.store.projections.placed import joined
from collector_desk.store.verify import verify
from tests.samples.ids import an_id
from tests.samples.state import digest, odd_state

HEADER = (
    "批次号,客户号,姓名,证件类型,证件号码,账户号,欠款总额,本人手机,单位电话,单位名称,家庭地址,"
    "联系人1姓名,联系人1关系,联系人1电话,备注,经办行"
)
ANOTHER = (
    "INSERT INTO placed SELECT randomblob(16), salt, piece_id, {}, debtor_id, digest, skeleton, content "
    "FROM placed GROUP BY piece_id"
)
STATE = (t.account_case, t.phone, t.address)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "_PASSES", 1)
    monkeypatch.setattr(keys, "_LANES", 1)


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    made = people.create_store(tmp_path / "store", name="王", password="correct horse").seat
    yield made
    made.store.close()


def line(debtor: int, account: int, amount: str = "10.00", *, mobile: int | None = None, street: int = 1) -> str:
    mobile = debtor if mobile is None else mobile
    return (
        f"XK-1,C{debtor},张{debtor},其他,ID{debtor},6200{account:09d},{amount},161{mobile:08d},0000-{debtor:07d},"
        f"某厂,和平街{street}号,李四,朋友,1613{debtor:07d},备注{account},支行{account}"
    )


def take(seat: Seat, folder: Path, name: str, lines: list[str], **how: Any) -> str:
    path = folder / f"{name}.csv"
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    seen = placements.preview(seat, path)
    terms = dict.fromkeys(seen.ask_terms, PlacementTerms("某某银行"))
    return placements.import_placement(seat, seen, terms, **how).batch or ""


def rows(seat: Seat, table: Table) -> list[dict[str, Any]]:
    with seat.store.read() as conn:
        return [dict(row) for row in conn.execute(select(table).order_by(table.c.id)).mappings()]


def past(seat: Seat, *statements: str) -> None:
    """What an insider does with the key, past all code and without the triggers."""
    with seat.store.write() as conn:
        kept = conn.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'once_%'"
        ).all()
        for name, _ in kept:
            conn.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            conn.exec_driver_sql(statement)
        for _, sql in kept:
            conn.exec_driver_sql(sql)


def told(seat: Seat) -> set[tuple[FaultKind, str]]:
    return {(found.fault, found.table) for found in verify(seat.store).findings}


@pytest.fixture
def placed(seat: Seat, tmp_path: Path) -> Seat:
    take(seat, tmp_path, "1", [line(n, n) for n in range(6)] + [line(2, 100), line(7, 101, "ten")])
    take(seat, tmp_path, "2", [line(n, 200 + n, mobile=90 + n, street=n) for n in range(4, 8)])
    return seat


def test_one_line_of_the_journal_proves_a_whole_piece(placed: Seat) -> None:
    assert verify(placed.store).ok
    pieces = rows(placed, t.placed_piece)
    assert [piece["rows"] for piece in pieces] == [6, 4]
    with placed.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM journal WHERE table_name = 'placed'").scalar() == 0
        said = conn.exec_driver_sql("SELECT content FROM placed ORDER BY piece_id, position").scalars().all()
    assert '"line":4' in said[2]
    assert '"line":8' in said[2], "the further account stands further down"
    assert "张2" in said[2]


def test_many_pieces(seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collector_desk.store.intake.placed._PIECE", 7)
    take(seat, tmp_path, "1", [line(n, n) for n in range(20)])
    assert [piece["rows"] for piece in rows(seat, t.placed_piece)] == [7, 7, 6]
    assert verify(seat.store).ok


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE placed SET content = replace(content, '张2', '赵2')", FaultKind.ROW_CHANGED),
        ("UPDATE placed SET content = 'nonsense' WHERE position = 1", FaultKind.ROW_CHANGED),
        ("UPDATE placed SET content = x'00' WHERE position = 1", FaultKind.ROW_CHANGED),
        ("UPDATE placed SET skeleton = replace(skeleton, '1000', '9000')", FaultKind.ROW_CHANGED),
        ("UPDATE placed SET salt = x'00' WHERE position = 1", FaultKind.ROW_CHANGED),
        ("UPDATE placed SET digest = x'00' WHERE position = 1", FaultKind.ROW_CHANGED),
        ("UPDATE placed SET salt = NULL, content = NULL WHERE position = 1", FaultKind.BLANKED),
        (
            "UPDATE placed SET debtor_id = (SELECT debtor_id FROM placed ORDER BY id LIMIT 1) WHERE position = 1",
            FaultKind.ROW_CHANGED,
        ),
        ("UPDATE placed SET id = randomblob(16) WHERE position = 1", FaultKind.ROW_CHANGED),
        ("UPDATE placed SET position = 9 WHERE position = 0", FaultKind.ROW_MISSING),
        ("UPDATE placed SET position = -1 WHERE position = 3", FaultKind.ROW_EXTRA),
        ("UPDATE placed SET piece_id = randomblob(16)", FaultKind.ROW_EXTRA),
        ("DELETE FROM placed WHERE position = 3", FaultKind.ROW_MISSING),
        ("DELETE FROM placed WHERE position = 0", FaultKind.ROW_MISSING),
        (ANOTHER.format("20"), FaultKind.ROW_MISSING),
        (ANOTHER.format("max(position) + 1"), FaultKind.ROW_EXTRA),
    ],
)
def test_whatever_is_changed_of_it_is_found(placed: Seat, statement: str, fault: FaultKind) -> None:
    past(placed, statement)
    assert (fault, "placed") in told(placed)


def test_it_is_written_once(placed: Seat) -> None:
    for statement in (
        "UPDATE placed SET content = '{}'",
        "UPDATE placed SET salt = NULL, content = NULL",
        "UPDATE placed SET piece_id = randomblob(16)",
        "DELETE FROM placed",
        "INSERT OR REPLACE INTO placed SELECT * FROM placed",
        ANOTHER.format("9"),
    ):
        with pytest.raises(Exception, match="history is written once: placed"), placed.store.write() as conn:
            conn.exec_driver_sql(statement)
    assert verify(placed.store).ok


def test_a_file_called_off_leaves_nothing(seat: Seat, tmp_path: Path) -> None:
    calls = iter(range(1000))
    with pytest.raises(Trouble, match="cancelled"):
        take(seat, tmp_path, "1", [line(n, n) for n in range(200)], cancelled=lambda: next(calls) > 0)
    assert rows(seat, t.placed) == rows(seat, t.placed_piece) == rows(seat, t.debtor) == []
    assert verify(seat.store).ok


def test_a_file_under_way_is_no_fault(seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody proves the history while a file is staged, and before those on file have got what is theirs."""
    take(seat, tmp_path, "1", [line(n, n) for n in range(4)])
    reports = []
    for name in ("commit", "finish"):
        then = getattr(placements.PlacementIntake, name)

        def looked_at(self: Any, *given: Any, then: Any = then) -> Any:
            reports.append(verify(seat.store))
            return then(self, *given)

        monkeypatch.setattr(placements.PlacementIntake, name, looked_at)
    take(seat, tmp_path, "2", [line(n, 100 + n, mobile=50 + n) for n in range(2, 6)])
    last = verify(seat.store)
    assert [report.ok for report in (*reports, last)] == [True, True, True], last.findings


EDITS = [
    *[(t.debtor, name) for name in ("name", "id_type", "id_number", "customer_no", "employer", "zone", "batch_id")],
    *[(t.account_case, column.name) for column in t.account_case.columns if column.name != "id"],
    *[(t.phone, column.name) for column in t.phone.columns if column.name != "id"],
    *[(t.address, column.name) for column in t.address.columns if column.name != "id"],
]
OTHER = {
    "account_case.issuer": an_id("another store"),
    "account_case.state": "settled",
    "account_case.extras": {"x": "y"},
    "phone.kind": "work",
    "phone.standing": "live",
    "phone.source": "debtor",
    "address.kind": "work",
    "address.source": "visit",
}


@pytest.mark.parametrize("table", [t.debtor, *STATE], ids=lambda table: table.name)
def test_every_planted_edit_is_found_and_a_rebuild_undoes_it(placed: Seat, table: Table) -> None:
    before = {each: rows(placed, each) for each in (t.debtor, *STATE)}
    owner = table.c.id if table is t.debtor else table.c.debtor_id
    for column in [name for of, name in EDITS if of is table]:
        victim, other = before[table][0], before[table][-1]
        now = victim[column]
        value = OTHER.get(f"{table.name}.{column}") or (
            other[column] if column in ("debtor_id", "batch_id") else None if now is None else now
        )
        if value == now:
            value = now + 100 if isinstance(now, int) else f"{now}x" if isinstance(now, str) else now
        if column == "placement_id" or value is None or value == now:
            continue
        with placed.store.write() as conn:
            conn.execute(update(table).where(table.c.id == victim["id"]).values({column: value}))
            assert owner is not None
        assert (table.name, victim["id"]) in {(one.table, one.key) for one in odd_state(placed.store)}, column
        backup.rebuild(placed)
        assert odd_state(placed.store) == [], column
    assert rows(placed, table) == before[table]
    assert verify(placed.store).ok


@pytest.mark.parametrize("table", [t.placement, t.received_file, t.batch], ids=lambda table: table.name)
def test_what_came_in_is_said_by_history_and_comes_back(placed: Seat, table: Table) -> None:
    """Changed in each of its columns; what is staged beside it is nobody's history yet."""
    before = rows(placed, table)
    others = {
        "state": "staged",
        "kind": "payments",
        "amounts": [["CNY", 1]],
        "terms": {},
        "received_by": an_id("x"),
        "imported_by": an_id("x"),
    }
    for column in table.columns:
        now = before[0][column.name]
        if column.primary_key or column.foreign_keys or now is None:
            continue
        later = (
            now + (timedelta(days=1) if isinstance(now, date) else 1)
            if not isinstance(now, str | dict | list)
            else 0
        )
        value = others.get(column.name) or later or f"{now}x"
        with placed.store.write() as conn:
            conn.execute(update(table).where(table.c.id == before[0]["id"]).values({column.name: value}))
        assert (table.name, before[0]["id"]) in {(one.table, one.key) for one in odd_state(placed.store)}, column
        backup.rebuild(placed)
        assert odd_state(placed.store) == [], column
    assert rows(placed, table) == before
    with placed.store.write() as conn:
        conn.execute(insert(table).values(before[0] | {"id": an_id("invented")}))
    assert {(one.table, one.key) for one in odd_state(placed.store)} == {(table.name, an_id("invented"))}
    backup.rebuild(placed)
    assert rows(placed, table) == before


def test_all_of_it_thrown_away_comes_back_the_same(seat: Seat, tmp_path: Path) -> None:
    rng = Random(20261130)  # noqa: S311 -- the same files every time
    account = 0
    for name in ("1", "2", "3"):
        lines = []
        for _ in range(40):
            account += 1
            lines.append(line(rng.randrange(25), account, mobile=rng.randrange(30), street=rng.randrange(5)))
        take(seat, tmp_path, name, lines)
    assert verify(seat.store).ok
    before, said = {table: rows(seat, table) for table in STATE}, digest(seat.store)
    persons = [(row["id"], row["name"], row["id_number"], row["balance_minor"]) for row in rows(seat, t.debtor)]
    assert len(before[t.account_case]) == 120
    with seat.store.write() as conn:
        for table in STATE:
            conn.execute(delete(table))
        conn.execute(update(t.debtor).values(name="", balance_minor=1, employer="?"))
    assert not verify(seat.store).ok
    backup.rebuild(seat)
    assert {table: rows(seat, table) for table in STATE} == before
    assert persons == [
        (row["id"], row["name"], row["id_number"], row["balance_minor"]) for row in rows(seat, t.debtor)
    ]
    assert digest(seat.store) == said
    assert verify(seat.store).ok


def test_a_row_set_aside_and_taken_in_is_placed_as_well(seat: Seat, tmp_path: Path) -> None:
    batch = take(seat, tmp_path, "1", [line(1, 1), line(1, 2, "ten"), line(2, 3, "ten")])
    for kept in set_aside.lines(seat, batch):
        set_aside.correct(seat, kept.id, {6: "10.00"}, "the bank's letter", corrections=0)
        set_aside.take_in(seat, [kept.id])
    assert [piece["rows"] for piece in rows(seat, t.placed_piece)] == [1, 1, 1]
    assert len(rows(seat, t.account_case)) == 3
    assert verify(seat.store).ok
    before = {table: rows(seat, table) for table in STATE}
    with seat.store.write() as conn:
        for table in STATE:
            conn.execute(delete(table))
    backup.rebuild(seat)
    assert {table: rows(seat, table) for table in STATE} == before


def test_erasing_leaves_the_figures_and_nobody(placed: Seat) -> None:
    with placed.store.read() as conn:
        who = conn.execute(select(t.debtor.c.id).where(t.debtor.c.name == "张2")).scalar_one()
    before = [row for row in rows(placed, t.account_case) if row["debtor_id"] == who]
    with placed.store.write() as conn:
        erase_row(conn, t.placed, who, actor_id=placed.person.id, at=placed.now())
        erase_row(conn, t.placed, who, actor_id=placed.person.id, at=placed.now())  # twice is once
        replay.rebuild(conn, [who])
    report = verify(placed.store)
    assert report.ok, report.findings
    assert report.erased == 1
    after = [row for row in rows(placed, t.account_case) if row["debtor_id"] == who]
    blank = {"account_number": "", "card_tail": "", "remark": "", "extras": {}}
    assert len(after) == 2
    assert after == [row | blank for row in before]
    (person,) = [row for row in rows(placed, t.debtor) if row["id"] == who]
    assert (person["name"], person["id_number"], person["employer"]) == ("", "", "")
    assert who not in {row["debtor_id"] for table in (t.phone, t.address) for row in rows(placed, table)}
    with placed.store.read() as conn:
        kept = "".join(map(str, conn.exec_driver_sql("SELECT * FROM placed WHERE id = ?", (packed(who),)).one()))
    assert "张2" not in kept
    past(placed, "UPDATE placed SET digest = x'00' WHERE salt IS NULL")
    assert (FaultKind.ROW_CHANGED, "placed") in told(placed)


def test_a_debtor_taken_away_is_missed_and_comes_back(placed: Seat) -> None:
    before = {table: rows(placed, table) for table in (t.debtor, *STATE)}
    with placed.store.write() as conn:
        who = conn.execute(select(t.debtor.c.id).where(t.debtor.c.name == "张2")).scalar_one()
        for table in STATE:
            conn.execute(delete(table).where(table.c.debtor_id == who))
        conn.execute(delete(t.debtor).where(t.debtor.c.id == who))
    assert (FaultKind.STATE_DIFFERS, "debtor") in told(placed)
    backup.rebuild(placed)
    assert verify(placed.store).ok
    assert {table: rows(placed, table) for table in STATE} == {table: before[table] for table in STATE}
    kept = ("id", "name", "bank_name", "customer_no", "id_number", "batch_id", "visible", "cases", "balance_minor")
    assert [[row[name] for name in kept] for row in rows(placed, t.debtor)] == [
        [row[name] for name in kept] for row in before[t.debtor]
    ]
    assert [found.debtor_id for found in cases.find(placed, "16100000002")] == [who]


def test_nobodys_accounts_go_on_the_word_of_a_damaged_row(placed: Seat) -> None:
    past(placed, "UPDATE placed SET content = 'nonsense', skeleton = '[]' WHERE position = 1")
    before = {table: rows(placed, table) for table in STATE}
    backup.rebuild(placed)
    assert {table: rows(placed, table) for table in STATE} == before


def test_a_number_learnt_while_a_file_comes_in_is_there_once(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the commit and the merge somebody writes down a number the file has too."""
    from collector_desk.services.desk.seat import acting

    take(seat, tmp_path, "1", [line(1, 1)])
    with seat.store.read() as conn:
        who = conn.execute(select(t.debtor.c.id)).scalar_one()
    finish = placements.PlacementIntake.finish

    def learnt(self: Any, *given: Any) -> Any:
        with acting(seat, "test") as act:
            act.record(
                t.phone_added,
                {
                    "phone_id": an_id("learnt"),
                    "debtor_id": who,
                    "number": f"161{77:08d}",
                    "kind": "mobile",
                    "relation": "",
                    "standing": "unknown",
                    "source": "debtor",
                    "position": 3,
                },
            )
        return finish(self, *given)

    monkeypatch.setattr(placements.PlacementIntake, "finish", learnt)
    take(seat, tmp_path, "2", [line(1, 2, mobile=77)])
    assert [row["id"] for row in rows(seat, t.phone) if row["number"].endswith("77")] == [an_id("learnt")]
    assert verify(seat.store).ok
    with seat.store.read() as conn:
        assert not batches.unfinished_batches(conn)


def test_what_joins_stands_behind_the_others_and_once() -> None:
    there = [{"number": "1", "position": 0}, {"number": "2", "position": 4}]
    new = [{"number": str(n), "position": n} for n in range(4)]
    assert list(joined(there, new, "number")) == [{"number": "0", "position": 5}, {"number": "3", "position": 8}]
    assert list(joined([], new, "number")) == new
