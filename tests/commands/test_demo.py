"""The demo from the command line."""

import pytest
from typer.testing import CliRunner

from collector_desk.commands.run import build
from collector_desk.demo import store
from collector_desk.demo.sign import PASSWORD
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store.store import is_store


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch):
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)


def run(*words):
    return CliRunner().invoke(build(), words)


def test_the_demo_is_made_once_and_says_how_to_get_in(tmp_path, monkeypatch):
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "en")
    folder = tmp_path / "demo"
    made = run("demo", "--store", str(folder), "--size", "15", "--no-window")
    assert made.exit_code == 0, made.output
    assert is_store(folder)
    assert PASSWORD in made.output
    assert all(name in made.output for name in (store.AGENT, store.LEAD, *store.VISITORS))
    before = (folder / "keys.json").read_bytes()
    again = run("demo", "--store", str(folder), "--size", "999", "--no-window")
    assert again.exit_code == 0
    assert (folder / "keys.json").read_bytes() == before
    lead = people.sign_in(folder, store.LEAD, PASSWORD)
    people.sign_out(lead)


def test_what_it_prints_follows_the_language(tmp_path, monkeypatch):
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "zh_CN")
    made = run("demo", "--store", str(tmp_path / "demo"), "--size", "5", "--seed", "3", "--no-window")
    assert "演示数据" in made.output


def test_a_size_of_nothing_is_wrong_usage(tmp_path):
    assert run("demo", "--store", str(tmp_path / "demo"), "--size", "0").exit_code == 2
    assert run("tour", "--out", str(tmp_path), "--lang", "fr").exit_code == 2
