import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collector_desk.domain.message import Refused, Trouble
from collector_desk.store import keys
from collector_desk.store.journal import record
from collector_desk.store.keys import Unlocked
from collector_desk.store.store import Store
from collector_desk.store.tables import access, setting
from collector_desk.store.verify import verify

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


BORN = 3
"""Lines of a store just made: who made it, the root of its keys, the recovery code's key."""


def code_of(excinfo: pytest.ExceptionInfo[Trouble]) -> str:
    return excinfo.value.message.code


def endorsed(store: Store) -> list[str]:
    with store.read() as conn:
        return list(conn.exec_driver_sql("SELECT purpose FROM person_key ORDER BY rowid").scalars())


def test_made_store_opens_with_the_password_alone(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store, person, code = Store.create(folder, name="李敏", password="正确的 horse", at=AT)
    store.close()
    assert [info.name for info in keys.people(folder)] == ["李敏"]
    assert len(code.split("-")) == 8
    with pytest.raises(Trouble) as caught:
        Store.open(folder, "李敏", "wrong")
    assert code_of(caught) == "store.wrong_password"
    with pytest.raises(Trouble) as caught:
        Store.open(folder, "nobody", "wrong")
    assert code_of(caught) == "store.no_such_person"
    again, same = Store.open(folder, "李敏", "正确的 horse")
    with again:
        assert same.person_id == person.person_id
        assert same.public_key == person.public_key
        with again.read() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM journal").scalar() == BORN
    assert b"SQLite" not in (folder / "store.db").read_bytes()[:100]
    assert "horse" not in repr(person)


def test_a_store_is_never_made_over_another(tmp_path: Path) -> None:
    Store.create(tmp_path, name="a", password="pw", at=AT)[0].close()
    with pytest.raises(Trouble) as caught:
        Store.create(tmp_path, name="b", password="pw", at=AT)
    assert code_of(caught) == "store.exists"


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    store, person, _ = Store.create(tmp_path, name="a", password="pw", at=AT)
    with store:

        def act_and_fail() -> None:
            with store.write() as conn:
                record(conn, access, {"what": "x", "subject_id": "y"}, kind="k", actor_id=person.person_id, at=AT)
                raise ValueError("mine")

        with pytest.raises(ValueError, match="mine"):
            act_and_fail()
        with store.read() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM access").scalar() == 0
        with pytest.raises(RuntimeError), store.write(), store.write():
            pass
        with store.write() as conn:  # still usable
            conn.execute(setting.insert(), {"key": "a", "value": {"x": 1}})


def test_a_read_can_not_write(tmp_path: Path) -> None:
    store, _, _ = Store.create(tmp_path, name="a", password="pw", at=AT)
    with store, pytest.raises(Trouble) as caught, store.read() as conn:
        conn.execute(setting.insert(), {"key": "a", "value": 1})
    assert code_of(caught) == "store.read_only"


def test_settling_moves_what_was_committed_into_the_database_file(tmp_path: Path) -> None:
    store, person, _ = Store.create(tmp_path, name="李敏", password="pw", at=AT)
    with store:
        store.settle()
        before = (tmp_path / "store.db").read_bytes()
        with store.write() as conn:
            record(conn, access, {"what": "x", "subject_id": "y"}, kind="test", at=AT, actor_id=person.person_id)
        assert (tmp_path / "store.db").read_bytes() == before  # a commit does not wait for it
        with store.read():  # somebody who reads is no obstacle
            store.settle()
        assert (tmp_path / "store.db").read_bytes() != before
        assert verify(store, None).ok


def test_only_other_seats_change_the_data_version(tmp_path: Path) -> None:
    store, person, _ = Store.create(tmp_path, name="a", password="pw", at=AT)
    other, _ = Store.open(tmp_path, person.person_id, "pw")
    with store, other:
        before = store.data_version()
        with store.write() as conn:
            conn.execute(setting.insert(), {"key": "a", "value": 1})
        assert store.data_version() == before
        with other.write() as conn:
            conn.execute(setting.insert(), {"key": "b", "value": 1})
        assert store.data_version() != before


def test_people_come_change_their_password_and_leave(tmp_path: Path) -> None:
    store, boss, _ = Store.create(tmp_path, name="王", password="pw", at=AT)
    with store:
        slot = store.prepare_slot(name="陈", password="old", root=boss.root)
        with store.write() as conn:
            store.admit(conn, slot, by=boss, at=AT)
        twin = store.prepare_slot(name="陈", password="x", root=boss.root)
        with pytest.raises(Refused) as caught, store.write() as conn:
            store.admit(conn, twin, by=boss, at=AT)
        assert code_of(caught) == "store.name_taken"
        second, chen = Store.open(tmp_path, "陈", "old")
        with second:
            with pytest.raises(Trouble) as wrong:
                second.prove(chen.person_id, "typo")
            assert code_of(wrong) == "store.wrong_password"
            changed = second.prepare_password(second.prove(chen.person_id, "old"), "new")
            with second.write() as conn:
                second.change_password(conn, changed, at=AT)
        with pytest.raises(Trouble):
            Store.open(tmp_path, "陈", "old")
        third, same = Store.open(tmp_path, "陈", "new")
        third.close()
        assert same.public_key != chen.public_key, "the manager knew what the first one was wrapped under"
        assert endorsed(store) == ["root", "recovery", "admitted", "own"]
        with store.write() as conn:
            store.close_slot(conn, chen.person_id, actor_id=boss.person_id, at=AT)
        assert [info.name for info in keys.people(tmp_path)] == ["王"]
        with pytest.raises(Refused) as last, store.write() as conn:
            store.close_slot(conn, boss.person_id, actor_id=boss.person_id, at=AT)
        assert code_of(last) == "store.last_person"
        with store.read() as conn:  # the refused ones left no line
            assert conn.exec_driver_sql("SELECT count(*) FROM journal").scalar() == BORN + 5


def test_the_printed_code_opens_once(tmp_path: Path) -> None:
    store, boss, code = Store.create(tmp_path, name="王", password="pw", at=AT)
    store.close()
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    again, found, fresh = Store.open_with_recovery(
        tmp_path, typed, who="王", new_password="neu", at=AT + timedelta(days=1)
    )
    with again:
        assert found.root == boss.root
        with again.write() as conn:
            again.confirm_recovery(conn, actor_id=found.person_id, at=AT + timedelta(days=1))
    assert found.person_id == boss.person_id
    assert found.public_key != boss.public_key
    store, same = Store.open(tmp_path, "王", "neu")
    with store:
        assert same.public_key == found.public_key
        report = verify(store, root=found.root)
        assert report.ok
        assert "store.unproved_recovered" in [message.code for message in report.unproved]
    with pytest.raises(Trouble) as caught:
        Store.open_with_recovery(tmp_path, code, who="王", new_password="x", at=AT)
    assert code_of(caught) == "store.recovery_wrong"
    assert fresh != code


def test_many_threads_share_one_store(opened: tuple[Store, Unlocked]) -> None:
    store, person = opened
    errors: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(15):
                with store.write() as conn:
                    record(
                        conn, access, {"what": "x", "subject_id": "y"}, kind="k", actor_id=person.person_id, at=AT
                    )
                with store.read() as conn:
                    conn.exec_driver_sql("SELECT count(*) FROM journal").scalar()
                store.data_version()
        except Exception as error:  # noqa: BLE001 -- told in the test's own thread
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    report = verify(store)
    assert report.ok
    assert report.lines == BORN + 8 * 15
    with store.read() as conn, store.write() as writing:  # a reader is never in a writer's way
        record(writing, access, {"what": "x", "subject_id": "y"}, kind="k", actor_id=person.person_id, at=AT)
        assert conn.exec_driver_sql("SELECT count(*) FROM journal").scalar() == BORN + 8 * 15
