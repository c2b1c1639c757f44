"""The counts command as machines and people use it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlalchemy import func, select
from typer.testing import CliRunner

from collector_desk.commands import counts, placements, store
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store import tables as t

PASSWORD = "correct horse"
PLACEMENT = "批次号,客户号,姓名,证件类型,证件号码,账户号,欠款总额\nXK-1,C1,张三丰,其他,X1234567,62001,100.50"
HEADER = "证件号码,账户号,今日有效通话,今日接通"
ROWS = ["X1234567,,2,3", ",62009,1,1", ",62001,-1,2", ",6.2E+17,1,1"]


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "_PASSES", 1)
    monkeypatch.setattr(keys, "_LANES", 1)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one debtor."""
    people.create_store(tmp_path / "store", name="王", password=PASSWORD).seat.store.close()
    file = tmp_path / "placement.csv"
    file.write_text(PLACEMENT, "utf-8")
    assert run(tmp_path / "store", "import", str(file), "--json")[0] == 0
    return tmp_path / "store"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "counts.csv"
    path.write_bytes("\n".join([HEADER, *ROWS]).encode("gb18030"))
    return path


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    app = typer.Typer()
    for part in (counts, placements, store):
        app.add_typer(part.app)
    done = CliRunner().invoke(app, [*arguments, "--store", str(folder), "--user", "王"])
    if isinstance(done.exception, people.Trouble):
        return 1, done.stdout, done.exception.message.code
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def an_hour_ago() -> str:
    return (datetime.now(UTC) - timedelta(hours=1)).isoformat()


def taken(folder: Path) -> int:
    seat = people.sign_in(folder, "王", PASSWORD)
    with seat.store.read() as conn:
        count = conn.execute(select(func.count()).select_from(t.external_count)).scalar_one()
    seat.store.close()
    return count


def test_one_object_a_file_with_numbers_masked(folder: Path, file: Path) -> None:
    at = an_hour_ago()
    code, out, _ = run(folder, "counts", str(file), "--as-of", at, "--json")
    (report,) = objects(out)
    assert code == 0
    figures = ("accepted", "set_aside", "unknown", "duplicates", "already_imported", "late")
    assert [report[name] for name in figures] == [1, 3, 1, 0, False, 0]
    assert report["newest_as_of"] == at
    refused = [found for found in report["problems"] if found["severity"] == "refused"]
    assert {(found["line"], found["column"]) for found in refused} == {
        (3, "账户号"),
        (4, "今日有效通话"),
        (5, "账户号"),
    }
    assert set(refused[0]) == {"sheet", "line", "column", "value", "reason", "severity"}
    assert "62009" not in out
    assert taken(folder) == 1
    again = objects(run(folder, "counts", str(file), "--as-of", at, "--json")[1])[0]
    assert (again["accepted"], again["already_imported"]) == (0, True)
    assert taken(folder) == 1


def test_a_dry_run_changes_nothing(folder: Path, file: Path) -> None:
    code, out, _ = run(folder, "counts", str(file), "--as-of", an_hour_ago(), "--dry-run", "--json")
    assert (code, objects(out)[0]["accepted"], objects(out)[0]["counts"]) == (0, 1, None)
    assert taken(folder) == 0


def test_a_file_without_a_time_asks_for_it_and_the_others_go_on(folder: Path, file: Path, tmp_path: Path) -> None:
    with_time = tmp_path / "timed.csv"
    with_time.write_text(f"账号,有效通话,截至时间\n62001,1,{an_hour_ago()}", "utf-8")
    code, out, err = run(folder, "counts", str(file), str(with_time), str(tmp_path / "none.csv"), "--json")
    first, second, third = objects(out)
    assert code == 1
    assert "Give the time" in first["error"]
    assert second["accepted"] == 1
    assert "none.csv" in third["error"]
    assert "Give the time" in err


@pytest.mark.parametrize(
    ("given", "code"), [("soon", "intake.counts.unread_time"), ("2019-01-01", "intake.counts.too_old")]
)
def test_a_time_that_is_none_is_refused(folder: Path, file: Path, given: str, code: str) -> None:
    ended, out, err = run(folder, "counts", str(file), "--as-of", given)
    assert ended == 1
    assert out == ""
    assert code == err or "month" in err


def test_for_people_it_is_a_sentence(folder: Path, file: Path) -> None:
    code, out, _ = run(folder, "counts", str(file), "--as-of", an_hour_ago(), "--ours-included")
    assert code == 0
    assert out.startswith("counts.csv: figures of 1 debtors are in force")
    assert "A count can't be below zero." in out
