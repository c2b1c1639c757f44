"""The command that takes payments in, as machines use it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from collector_desk.commands import backup, payments, placements, store
from collector_desk.services.office import people
from collector_desk.store import keys

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "en")


def made(folder: Path) -> Path:
    people.create_store(folder, name="王", password=PASSWORD).seat.store.close()
    return folder


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    app = typer.Typer()
    for part in (placements, payments, store, backup):
        app.add_typer(part.app)
    done = CliRunner().invoke(app, [*arguments, "--store", str(folder), "--user", "王"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.shared
def test_the_real_payments_come_to_the_figures_of_the_issue(tmp_path: Path, shared_data: Path) -> None:
    folder = made(tmp_path / "store")
    placed = [str(shared_data / name) for name in ("placement-2026-11-a.xlsx", "placement-2026-11-b.csv")]
    code, out, err = run(folder, "import", *placed, "--bank", "星河银行", "--json")
    assert code == 0, (out, err)
    file = str(shared_data / "payments-2026-11.csv")
    _, out, _ = run(folder, "payments", file, "--dry-run", "--json")
    (dry,) = objects(out)
    code, out, err = run(folder, "payments", file, "--covers", "2026-11-03..2026-11-20", "--json")
    assert code == 0, (out, err)
    (said,) = objects(out)
    counts = {name: said[name] for name in ("rows", "taken", "to_settle", "unmatched", "repeated", "set_aside")}
    assert counts == {
        "rows": 1299, "taken": 1103, "to_settle": 171, "unmatched": 25, "repeated": 0, "set_aside": 0
    }  # fmt: skip
    assert (said["allocated_minor"], said["excess_minor"]) == (4_479_849_594, 434_199_806)
    assert said["unmatched_minor"] == 10_644_900
    minors = ("taken_minor", "to_settle_minor", "unmatched_minor", "repeated_minor", "set_aside_minor")
    assert sum(said[name] for name in minors) == 4_924_694_300
    assert said["covers"] == ["2026-11-03", "2026-11-20"]
    assert said["to_confirm"] == 490
    assert {name: dry[name] for name in counts} == counts
    assert (dry["batch"], dry["allocated_minor"]) == (None, said["allocated_minor"])
    _, out, _ = run(folder, "payments", file, "--json")
    (again,) = objects(out)
    assert (again["already_imported"], again["batch"], again["taken"]) == (True, said["batch"], 1103)
    code, out, err = run(folder, "verify", "--deep")
    assert code == 0, (out, err)
    assert re.search(r"^money digest [0-9a-f]{64}$", out, re.M)
