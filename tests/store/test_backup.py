import json
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.store.backup import backup, inspect, restore
from collector_desk.store.backup_file import DATABASE
from collector_desk.store.journal import record
from collector_desk.store.keys import Unlocked
from collector_desk.store.known import known
from collector_desk.store.store import Store
from collector_desk.store.tables import access
from collector_desk.store.verify import verify

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
Opened = tuple[Store, Unlocked]


def act(opened: Opened, what: str = "print") -> None:
    store, person = opened
    with store.write() as conn:
        record(conn, access, {"what": what, "subject_id": "x"}, kind="access", actor_id=person.person_id, at=AT)


def lines(store: Store) -> int:
    with store.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM journal").scalar_one())


def code(caught: pytest.ExceptionInfo[Trouble]) -> str:
    return caught.value.message.code


def test_a_backup_is_one_encrypted_file_that_opens_elsewhere(opened: Opened, tmp_path: Path) -> None:
    act(opened)
    steps: list[tuple[int, int]] = []
    file = tmp_path / "b" / "store.cdbackup"
    file.parent.mkdir()
    info = backup(opened[0], file, at=AT, progress=lambda done, of: steps.append((done, of)))
    assert steps[-1][0] == steps[-1][1] > 0
    assert inspect(file) == info
    assert (info.store_id, info.last_seq, info.made_at) == (opened[0].store_id, 4, AT)
    assert b"CREATE TABLE" not in file.read_bytes()
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    act(opened)  # after the backup: not in it
    elsewhere = tmp_path / "elsewhere" / "deep"
    assert restore(file, elsewhere, at=AT, who="王", password="pw") is None
    again, person = Store.open(elsewhere, "王", "pw")
    with again:
        assert lines(again) == 4
        assert verify(again).ok
        act((again, person))


def test_restoring_keeps_the_old_store(opened: Opened, tmp_path: Path) -> None:
    store, person = opened
    file = tmp_path / "b.cdbackup"
    backup(store, file, at=AT)
    act(opened)
    with pytest.raises(Trouble) as caught:
        restore(file, store.folder, at=AT)
    assert code(caught) == "store.in_use"
    store.close()
    kept = restore(file, store.folder, at=AT, who=person.person_id, password="pw")
    assert kept is not None
    assert kept.name == "store.before-restore-20261122T080000"
    for folder, count in ((kept, 4), (store.folder, 3)):
        found, _ = Store.open(folder, "王", "pw")
        with found:
            assert lines(found) == count
    second = restore(file, store.folder, at=AT)
    assert second is not None
    assert second != kept
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_backup_never_overwrites(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "b"
    file.write_text("mine")
    with pytest.raises(Trouble) as caught:
        backup(opened[0], file, at=AT)
    assert code(caught) == "documents.outgoing.exists"
    assert file.read_text() == "mine"


def rewritten(file: Path, target: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, data if entry == name else old.read(entry))
    return target


def test_a_bad_backup_changes_nothing(opened: Opened, tmp_path: Path) -> None:
    store, _ = opened
    good = tmp_path / "good"
    backup(store, good, at=AT)
    store.close()
    whole = good.read_bytes()
    place = whole.index(b"store.db") + 5000
    flipped = tmp_path / "flipped"
    flipped.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    short = tmp_path / "short"
    short.write_bytes(whole[: len(whole) // 2])
    other = tmp_path / "other"
    other.write_text("not a zip")
    with zipfile.ZipFile(good) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    newer = rewritten(good, tmp_path / "newer", "manifest.json", json.dumps({**manifest, "format": 9}).encode())
    listed = {**manifest, "files": {**manifest["files"], "../evil": {"size": 1, "sha256": ""}}}
    evil = rewritten(good, tmp_path / "evil", "manifest.json", json.dumps(listed).encode())
    exchanged = rewritten(good, tmp_path / "exchanged", DATABASE, b"x" * manifest["files"][DATABASE]["size"])
    before = {path.name: path.read_bytes() for path in store.folder.iterdir() if path.is_file()}
    for file, expected in (
        (flipped, "store.backup_damaged"),
        (short, "store.backup_unreadable"),
        (other, "store.backup_unreadable"),
        (newer, "store.newer_program"),
        (evil, "store.backup_unreadable"),
        (exchanged, "store.backup_damaged"),
        (tmp_path / "none", "store.cannot_open"),
    ):
        with pytest.raises(Trouble) as caught:
            restore(file, store.folder, at=AT)
        assert code(caught) == expected, file.name
    with pytest.raises(Trouble) as caught:
        restore(good, store.folder, at=AT, who="王", password="other")
    assert code(caught) == "store.wrong_password"
    assert {path.name: path.read_bytes() for path in store.folder.iterdir() if path.is_file()} == before


def test_a_damaged_store_gives_no_backup(opened: Opened, tmp_path: Path) -> None:
    store, _ = opened
    store.close()
    folder = tmp_path / "damaged"
    shutil.copytree(store.folder, folder)
    data = bytearray((folder / DATABASE).read_bytes())
    data[-3 * 4096 + 99] ^= 1  # no page of the schema: opening reads that
    (folder / DATABASE).write_bytes(data)
    again, _ = Store.open(folder, "王", "pw")
    with again, pytest.raises(Trouble) as caught:
        backup(again, tmp_path / "b", at=AT)
    assert code(caught) == "store.damaged"
    assert not (tmp_path / "b").exists()
    assert not (tmp_path / "b.part").exists()


@pytest.mark.parametrize("step", [1, 2, 3])
def test_ended_between_the_renames_the_next_opening_puts_it_in_order(
    opened: tuple[Store, Unlocked], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """No moment leaves a folder without a store, or a copy nobody knows of."""
    store, _ = opened
    file = tmp_path / "one.cdbackup"
    backup(store, file, at=AT)
    store.close()
    (store.folder / "mine").write_text("of the store before")
    real, count = Path.rename, 0

    def rename(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count >= step:
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        patch.setattr("shutil.rmtree", lambda *_, **__: None)  # a killed program clears nothing up
        with pytest.raises(KeyboardInterrupt):
            restore(file, store.folder, at=AT, who="王", password="pw")
    assert known([store.folder], []) == [store.folder]
    again, _ = Store.open(store.folder, "王", "pw")
    again.close()
    assert (store.folder / "mine").exists() == (step < 3)
    kept = [path.name for path in tmp_path.iterdir() if path.name.startswith((".", "store"))]
    assert sorted(kept) == ["store", "store.before-restore-20261122T080000"][: 1 if step < 3 else 2]
