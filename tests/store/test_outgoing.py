"""The one way out for files: never over what is there, never into a store, whole or not at all."""

import errno
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.exchange import outgoing
from collector_desk.store.backup import backup, restore
from collector_desk.store.keys import Unlocked
from collector_desk.store.store import Store

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
Opened = tuple[Store, Unlocked]


def code(caught: pytest.ExceptionInfo[Trouble]) -> str:
    return caught.value.message.code


def beside(target: Path) -> list[str]:
    return sorted(os.listdir(target.parent)) if os.path.isdir(target.parent) else []  # noqa: PTH208, PTH112


def refused(target: Path, *, replace: bool = False) -> str:
    before = beside(target)
    with pytest.raises(Trouble) as caught:
        outgoing.write(target, b"new", replace=replace)
    assert beside(target) == before
    return code(caught)


def test_a_new_file_is_whole_and_nothing_else_lies_there(tmp_path: Path) -> None:
    outgoing.write(tmp_path / "甲.xlsx", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["甲.xlsx"]
    assert (tmp_path / "甲.xlsx").read_bytes() == b"new"


def test_what_is_there_stays_unless_somebody_was_asked(tmp_path: Path) -> None:
    target, folder = tmp_path / "thesis.docx", tmp_path / "folder"
    target.write_bytes(b"mine")
    folder.mkdir()
    assert refused(target) == "documents.outgoing.exists"
    assert target.read_bytes() == b"mine"
    assert refused(folder, replace=True) == "documents.outgoing.exists"  # no window asks about a folder
    outgoing.write(target, b"new", replace=True)
    assert target.read_bytes() == b"new"


def test_what_comes_meanwhile_stays_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out"
    for hard_links in (True, False):  # a stick knows no second names
        if not hard_links:
            monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(errno.EPERM, "no")))
        with pytest.raises(Trouble) as caught, outgoing.writing(target):
            target.write_bytes(b"somebody else's")
        assert code(caught) == "documents.outgoing.exists"
        assert target.read_bytes() == b"somebody else's"
        target.unlink()
        outgoing.write(target, b"new")
        assert target.read_bytes() == b"new"
        target.unlink()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_is_something_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "to nowhere").symlink_to(tmp_path / "gone")
    assert refused(tmp_path / "to nowhere") == "documents.outgoing.exists"


@pytest.mark.parametrize("replace", [False, True])
def test_a_stores_folder_is_recognised_by_its_files(opened: Opened, tmp_path: Path, replace: bool) -> None:
    folder = opened[0].folder
    (folder / "deep").mkdir()
    places = [folder / "new.xlsx", folder / "store.db", folder / "keys.json", folder / "deep" / "new.xlsx"]
    places.append(tmp_path / "x" / ".." / folder.name / "new.xlsx")
    (tmp_path / "x").mkdir()
    if sys.platform != "win32":
        (tmp_path / "link").symlink_to(folder)
        (tmp_path / "harmless.xlsx").symlink_to(folder / "store.db")
        places += [tmp_path / "link" / "new.xlsx", tmp_path / "link" / "deep" / "new", tmp_path / "harmless.xlsx"]
    for place in places:
        assert refused(place, replace=replace) == "documents.outgoing.in_store", place


def test_half_a_store_is_one_and_somebodys_keys_are_not(opened: Opened, tmp_path: Path) -> None:
    kept, half = tmp_path / "kept", tmp_path / "half"
    shutil.copytree(opened[0].folder, kept)
    for name in ("keys.json", "keys.copy.json"):
        (kept / name).write_text("torn")
    assert refused(kept / "new") == "documents.outgoing.in_store"
    half.mkdir()
    shutil.copy(opened[0].folder / "keys.copy.json", half)
    assert refused(half / "new") == "documents.outgoing.in_store"
    web = tmp_path / "web"
    web.mkdir()
    (web / "keys.json").write_text('{"body": {}}')
    outgoing.write(web / "new", b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="other limits there")
def test_a_name_no_drive_can_hold_ends_in_a_sentence(tmp_path: Path) -> None:
    for target in (tmp_path / ("长" * 86), tmp_path / ("长" * 86) / "x.xlsx", tmp_path / ("a" * 256)):
        assert refused(target) == "documents.outgoing.name_too_long"
        assert refused(target, replace=True) == "documents.outgoing.name_too_long"
    assert refused(tmp_path / "a\0b") == "documents.outgoing.odd_name"
    assert refused(tmp_path / "half\ud83d") == "documents.outgoing.odd_name"
    outgoing.write(tmp_path / ("长" * 85), b"x")


def test_names_windows_means_something_else_by() -> None:
    for name in ("CON", "nul.xlsx", "store.db:x", "a?b", "what<", "end.", "end ", "a\tb"):
        assert outgoing.odd_name(name, windows=True), name
        assert not outgoing.odd_name(name, windows=False), name
    assert not outgoing.odd_name("问题 (1).xlsx", windows=True)
    assert outgoing.odd_name("", windows=False)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert refused(tmp_path / "no" / "x") == "documents.outgoing.no_folder"
    assert refused(tmp_path / "file" / "x") == "documents.outgoing.no_folder"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "store.disk_full"),
        (errno.EACCES, "store.read_only"),
        (errno.EIO, "store.disk_failed"),
        (errno.ENAMETOOLONG, "documents.outgoing.name_too_long"),
    ],
)
def test_what_the_disk_does_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: str
) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(outgoing.os, "fsync", fails)
    old = tmp_path / "old"
    old.write_bytes(b"mine")
    assert refused(tmp_path / "new") == expected
    assert refused(old, replace=True) == expected
    assert old.read_bytes() == b"mine"


def test_what_a_bug_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), outgoing.writing(tmp_path / "new") as out:
        out.write(bytes(1 // 0))
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    (tmp_path / ".collector-desk-dead.part").write_bytes(b"half a paper")
    with outgoing.writing(tmp_path / "one") as one:
        one.write(b"1")
        outgoing.write(tmp_path / "two", b"2")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_papers_that_belong_together_all_or_none(tmp_path: Path) -> None:
    outgoing.write_together(tmp_path, {"a.pdf": b"a", "b.pdf": b"b"})
    outgoing.write_together(tmp_path, {"a.pdf": b"a", "b.pdf": b"b"})  # the very same again
    (tmp_path / "b.pdf").write_bytes(b"somebody's notes")
    (tmp_path / "a.pdf").unlink()
    with pytest.raises(Trouble) as caught:
        outgoing.write_together(tmp_path, {"a.pdf": b"a", "b.pdf": b"b"})
    assert code(caught) == "documents.outgoing.exists"
    assert [path.name for path in tmp_path.iterdir()] == ["b.pdf"]


def test_stores_are_not_made_or_put_into_others(opened: Opened, tmp_path: Path) -> None:
    store, _ = opened
    file = tmp_path / "b.cdbackup"
    backup(store, file, at=AT)
    with pytest.raises(Trouble) as caught:
        Store.create(store.folder / "inner", name="王", password="pw", at=AT)
    assert code(caught) == "documents.outgoing.in_store"
    with pytest.raises(Trouble) as caught:
        restore(file, store.folder / "inner", at=AT)
    assert code(caught) == "documents.outgoing.in_store"
    assert not (store.folder / "inner").exists()


def test_a_backup_makes_room_in_nobodys_papers(opened: Opened, tmp_path: Path) -> None:
    file, papers = tmp_path / "b.cdbackup", tmp_path / "papers"
    backup(opened[0], file, at=AT)
    papers.mkdir()
    (papers / "thesis.docx").write_text("mine")
    with pytest.raises(Trouble) as caught:
        restore(file, papers, at=AT)
    assert code(caught) == "documents.outgoing.not_a_store"
    assert (papers / "thesis.docx").read_text() == "mine"
    with pytest.raises(Trouble) as caught:
        restore(file, papers / "thesis.docx", at=AT)
    assert code(caught) == "documents.outgoing.exists"
    (papers / "thesis.docx").unlink()
    assert restore(file, papers, at=AT) is None  # an empty folder is nobody's
