from pathlib import Path

import pytest

from collector_desk.store import known


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(known, "home_folder", lambda: tmp_path / "home")
    return tmp_path / "home"


def store(folder: Path) -> Path:
    folder.mkdir()
    (folder / "keys.json").write_text("{}", "utf-8")
    return folder


def test_the_last_used_comes_first_and_what_holds_no_store_is_left_out(home: Path, tmp_path: Path) -> None:
    one, two, usual = (store(tmp_path / name) for name in ("甲", "two", "usual"))
    for folder in (one, two, tmp_path / "gone", one):
        known.remember(folder)
    assert known.known([], [usual]) == [one.resolve(), two.resolve(), usual]
    assert known.known([two.resolve()], []) == [two.resolve(), one.resolve()]


@pytest.mark.parametrize("damaged", ["", "{", '{"a": 1}', "[1, null]", "7"])
def test_a_damaged_list_is_as_good_as_none(home: Path, tmp_path: Path, damaged: str) -> None:
    usual = store(tmp_path / "usual")
    home.mkdir()
    (home / "stores.json").write_text(damaged, "utf-8")
    assert known.known([], [usual]) == [usual]
    known.remember(usual)
    assert known.known([], []) == [usual.resolve()]
