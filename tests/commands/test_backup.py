"""``verify``, ``backup``, ``restore`` and ``rebuild`` as machines and people use them."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from collector_desk.commands import backup
from collector_desk.domain.message import Trouble
from collector_desk.resources import home_folder
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store.journal import last_instant, record
from collector_desk.store.store import Store
from collector_desk.store.tables import access

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    people.create_store(tmp_path / "store", name="王", password=PASSWORD).seat.store.close()
    return tmp_path / "store"


def run(folder: Path, *arguments: str):
    app = typer.Typer()
    app.add_typer(backup.app)
    done = CliRunner().invoke(app, [*arguments, "--store", str(folder), "--user", "王"])
    if isinstance(done.exception, Trouble):
        raise done.exception
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_a_whole_history_verifies(folder):
    done = run(folder, "verify", "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (found["ok"], found["faults"], found["findings"]) == (True, 0, [])
    assert found["lines"] > 0
    assert "is whole" in run(folder, "verify").stdout


def test_verify_signs_nothing_and_moves_no_mark(folder):
    """Twice over a store in which something was done since the mark: it lies as it lay, and no head was added."""
    store, person = Store.open(folder, "王", PASSWORD)
    row = {"what": "x", "subject_id": "y"}
    with store.write() as conn:
        record(conn, access, row, kind="k", actor_id=person.person_id, at=last_instant(conn))
    (mark,) = (home_folder() / "marks").iterdir()
    before = mark.read_bytes()
    for _ in range(2):
        assert run(folder, "verify").exit_code == 0
    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM signed_head").scalar() == 0
    store.close()
    assert mark.read_bytes() == before


def test_a_witness_is_given_on_the_command_line(folder, tmp_path):
    file = tmp_path / "one.cdbackup"
    run(folder, "backup", str(file))
    assert run(folder, "verify", "--witness", str(file)).exit_code == 0
    told = run(folder, "verify", "--witness", "999-abcd ef01 2345", "--json")
    assert told.exit_code == 1
    assert [one["fault"] for one in json.loads(told.stdout)["findings"]] == ["witness"]


def test_a_broken_one_ends_with_one_and_says_where(folder):
    store, _ = Store.open(folder, "王", PASSWORD)
    with store.write() as conn:
        conn.exec_driver_sql("DROP TRIGGER once_role_grant_update")
        conn.exec_driver_sql("UPDATE role_grant SET role = 'legal' WHERE role = 'lead'")
    store.close()
    done = run(folder, "verify", "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert not found["ok"]
    assert {"row_changed", "trigger", "role_unsigned", "state_differs"} == {
        finding["fault"] for finding in found["findings"]
    }
    text = run(folder, "verify")
    assert text.exit_code == 1
    assert "✗" in text.stdout


def test_backup_and_restore(folder, tmp_path):
    file = tmp_path / "one.cdbackup"
    made = json.loads(run(folder, "backup", str(file), "--json").stdout)
    assert file.stat().st_size >= made["size"]
    with pytest.raises(Trouble) as caught:
        run(folder, "backup", str(file))
    assert caught.value.message.code == "documents.outgoing.exists"
    done = run(folder, "restore", str(file))
    assert done.exit_code == 0
    assert "kept in" in done.stdout
    assert "until a lead answers" in done.stderr
    told = json.loads(run(folder, "verify", "--json").stdout)
    assert [finding["fault"] for finding in told["findings"]] == ["older_copy"]
    again = json.loads(run(folder, "restore", str(file), "--accept-loss", "a test", "--json").stdout)
    assert again["tied"] is True
    assert again["store"] == made["store"]
    assert run(folder, "verify").exit_code == 0


def test_a_restore_into_an_empty_place_loses_nothing(folder, tmp_path):
    file = tmp_path / "one.cdbackup"
    run(folder, "backup", str(file))
    # the mark of this machine is of the old folder's store, which is the same store: later work is still known
    found = json.loads(run(tmp_path / "elsewhere", "restore", str(file), "--json").stdout)
    assert found["kept"] is None
    assert found["later_work_lost"] is True


def test_rebuild_counts(folder):
    assert json.loads(run(folder, "rebuild", "--json").stdout) == {"debtors": 0}
    assert "0 debtors" in run(folder, "rebuild").stdout


def test_a_file_that_is_no_backup_is_refused(folder, tmp_path):
    file = tmp_path / "x.cdbackup"
    file.write_bytes(b"nothing of ours")
    with pytest.raises(Trouble) as caught:
        run(folder, "restore", str(file))
    assert caught.value.message.code == "store.backup_unreadable"
    assert run(folder, "verify").exit_code == 0
