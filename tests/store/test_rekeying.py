"""A store written anew under another key: who stays comes in as before, who left doesn't, however it ends."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.exchange.store_folder import KEYS, TWIN
from collector_desk.store import keyfile, keys, rekeying
from collector_desk.store.backup_file import DATABASE
from collector_desk.store.keys import Unlocked
from collector_desk.store.store import Store
from collector_desk.store.verify import verify

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def code_of(what: Callable[[], object]) -> str:
    with pytest.raises(Trouble) as caught:
        what()
    return caught.value.message.code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of 王 and 陈, with 李 who left; the key file of before lies in ``old``."""
    folder = tmp_path / "store"
    store, boss, code = Store.create(folder, name="王", password="pw", at=AT)
    (tmp_path / "code").write_text(code)
    with store:
        gone = ""
        for name in ("陈", "李"):
            slot = store.prepare_slot(name=name, password="own", root=boss.root)
            with store.write() as conn:
                store.admit(conn, slot, by=boss, at=AT)
            gone = slot.person_id
        old = tmp_path / "old"
        old.mkdir()
        for file in (KEYS, TWIN):
            shutil.copyfile(folder / file, old / file)
        with store.write() as conn:
            store.close_slot(conn, gone, actor_id=boss.person_id, at=AT)
    return folder


def unlocked(folder: Path) -> tuple[bytes, Unlocked]:
    store, boss = Store.open(folder, "王", "pw")
    with store:
        return store.key, boss


def write_anew(folder: Path) -> None:
    store_key, boss = unlocked(folder)
    rekeying.write_anew(folder, store_key, boss, at=AT)


def test_who_stays_comes_in_and_an_old_key_file_opens_nothing(folder: Path, tmp_path: Path) -> None:
    before, boss = unlocked(folder)
    rekeying.write_anew(folder, before, boss, at=AT)
    for name, password in (("王", "pw"), ("陈", "own")):
        store, same = Store.open(folder, name, password)
        with store:
            assert store.key != before
            assert verify(store, root=same.root).ok
    for file in (KEYS, TWIN):
        shutil.copyfile(tmp_path / "old" / file, folder / file)
    for name, password in (("李", "own"), ("王", "pw")):
        assert code_of(lambda n=name, p=password: Store.open(folder, n, p)) == "store.wrong_key"
    assert {path.name for path in folder.iterdir()} <= {
        KEYS,
        TWIN,
        DATABASE,
        "keys.lock",
        "open.lock",
        "open",
        "seats",
    }


def test_the_recovery_code_on_paper_stays(folder: Path, tmp_path: Path) -> None:
    write_anew(folder)
    code = (tmp_path / "code").read_text()
    store, _, _ = Store.open_with_recovery(folder, code, who="王", new_password="neu", at=AT)
    with store:
        assert verify(store).ok


def test_nobody_else_may_have_it_open(folder: Path) -> None:
    store_key, boss = unlocked(folder)
    other, _ = Store.open(folder, "陈", "own")
    with other:
        assert code_of(lambda: rekeying.write_anew(folder, store_key, boss, at=AT)) == "store.in_use"
    unlocked(folder)


def test_free_disk_is_asked_for_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store_key, boss = unlocked(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=rekeying.needed(folder) - 1))
    assert code_of(lambda: rekeying.write_anew(folder, store_key, boss, at=AT)) == "store.no_room"
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("where", ["copy_database", "_finish", "_replace", "sync_folder", "settle"])
def test_broken_off_anywhere_the_file_tells_which_key_counts(
    folder: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    store_key, boss = unlocked(folder)

    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rekeying, where, broken)
    with pytest.raises(KeyboardInterrupt):
        rekeying.write_anew(folder, store_key, boss, at=AT)
    monkeypatch.undo()
    monkeypatch.setattr(keys, "_MEMORY_KIB", 64)
    for name, password in (("陈", "own"), ("王", "pw")):
        store, _ = Store.open(folder, name, password)
        with store:
            assert verify(store).ok
            assert (store.key == store_key) == (where not in ("sync_folder", "settle"))
    assert not list(folder.glob("*.rekeyed*"))
    assert all("next_key" not in slot for slot in keys.slots(folder))


def test_the_new_key_is_sealed_to_no_pair_the_history_does_not_name(folder: Path) -> None:
    """A slot of the key file with another's pair in it gets nothing."""
    store_key, boss = unlocked(folder)
    body = keyfile.read_keys(folder)
    chen = next(slot for slot in body["slots"] if slot.get("name") == "陈")
    chen["sealing"] = boss.pair.publics.sealing
    keyfile.write_keys(folder, body)
    rekeying.write_anew(folder, store_key, boss, at=AT)
    assert "陈" not in [person.name for person in keys.people(folder)]


def test_who_left_is_named_until_it_is_done(folder: Path) -> None:
    from collector_desk.store.slots import still_open

    for expected in (1, 0):
        store, _ = Store.open(folder, "王", "pw")
        with store, store.read() as conn:
            assert len(still_open(conn)) == expected
        if expected:
            write_anew(folder)
