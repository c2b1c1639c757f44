"""Where marks lie and whose folder they say a folder is."""

import sys
from pathlib import Path

import pytest

from collector_desk import resources
from collector_desk.resources import machine_folder
from collector_desk.store import marks
from collector_desk.store.marks import Mark, beginning, read
from tests.samples.ids import an_id
from tests.samples.put_back import with_machine_folder

X, Y = an_id("a"), an_id("b")
ROOT = bytes(32)


def at(store: str, place: int) -> Mark:
    return Mark(store, place, bytes([place]) * 32, ROOT)


@pytest.mark.parametrize(
    ("system", "folder"),
    [
        ("win32", Path(r"D:\Data") / "collector-desk"),
        ("darwin", Path("/Library/Application Support/collector-desk")),
        ("linux", Path("/var/lib/collector-desk")),
    ],
)
def test_where_each_system_keeps_what_all_its_users_share(
    monkeypatch: pytest.MonkeyPatch, system: str, folder: Path
) -> None:
    monkeypatch.delenv("COLLECTOR_DESK_MACHINE")
    monkeypatch.setenv("PROGRAMDATA", r"D:\Data")
    monkeypatch.setattr(sys, "platform", system)
    assert resources.machine_folder() == folder


def test_the_machine_s_folder_is_nobody_s_to_make_but_the_installer_s(tmp_path: Path) -> None:
    assert marks.tie(tmp_path, at(X, 1)) is None
    assert not machine_folder().exists()
    kept = read(tmp_path, X)
    assert (kept.user is not None, kept.machine, kept.machine_there) == (True, (), False)
    with_machine_folder()
    assert marks.advance(tmp_path, at(X, 2)) is None
    kept = read(tmp_path, X)
    assert [mark.place for mark in kept.marks] == [2, 2]
    assert kept.machine_there


def test_the_mark_never_goes_back_but_by_a_tie(tmp_path: Path) -> None:
    for place, tied, left in ((3, False, 3), (2, False, 3), (2, True, 2), (5, False, 5)):
        assert (marks.tie if tied else marks.advance)(tmp_path, at(X, place)) is None
        assert read(tmp_path, X).marks[0].place == left


def test_a_folder_is_one_store_s_at_a_time(tmp_path: Path) -> None:
    with_machine_folder()
    here, there = tmp_path / "here", tmp_path / "there"
    marks.tie(here, at(X, 1))
    assert read(here, Y).foreign
    assert not read(there, Y).foreign
    marks.tie(there, at(Y, 1))
    assert read(here, Y).foreign, "it is known, but elsewhere"
    marks.tie(here, at(Y, 2))
    assert not read(here, Y).foreign
    assert read(here, X).foreign


def test_a_folder_renamed_by_the_program_takes_its_store_along(tmp_path: Path) -> None:
    """As the demo is made beside its place, where perhaps an earlier one lay."""
    place, making = tmp_path / "demo", tmp_path / "demo.making"
    marks.tie(place, at(X, 9))
    marks.tie(making, beginning(Y, ROOT))
    marks.moved(making, place)
    assert not read(place, Y).foreign
    assert not read(making, X).foreign
    assert read(place, X).foreign


def test_a_store_in_many_places_is_known_in_the_last_ones(tmp_path: Path) -> None:
    for number in range(40):
        assert marks.advance(tmp_path / str(number), at(X, number + 1)) is None
    assert len(read(tmp_path, X).marks[0].folders) == 16
    assert not read(tmp_path / "39", X).foreign
