"""The command that takes in what a bank says of cases, as machines use it."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from collector_desk.commands import backup, recall
from collector_desk.domain.vocabulary import CaseState
from collector_desk.services.book import cases
from collector_desk.services.desk.seat import Seat
from collector_desk.services.office import people
from collector_desk.store import keys
from tests.samples.store import DebtorMaker
from tests.samples.words_of_bank import WordsOfBank

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "en")


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    app = typer.Typer()
    for part in (recall, backup):
        app.add_typer(part.app)
    done = CliRunner().invoke(app, [*arguments, "--store", str(folder), "--user", "王"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return people.create_store(tmp_path / "store", name="王", password=PASSWORD).seat


def test_a_list_is_looked_at_taken_in_and_known_again(seat: Seat, tmp_path: Path) -> None:
    who = DebtorMaker(seat)()
    bank = WordsOfBank(seat, tmp_path)
    rows = ((bank.account(who), "朱雪彩", "撤案"), ("62999999", "无名", "停催"))
    file = str(bank.file(("账户号", "姓名", "处理方式"), *rows))
    folder = seat.store.folder
    code, out, err = run(folder, "recall", file, "--dry-run", "--json")
    assert code == 0, (out, err)
    dry = json.loads(out)
    assert dry["batch"] is None
    assert cases.open_case(seat, who).file.cases[0].state is CaseState.OPEN
    code, out, err = run(folder, "recall", file, "--json", "--problems", str(tmp_path / "found.xlsx"))
    assert code == 0, (out, err)
    said = json.loads(out)
    assert (said["rows"], said["recall"], said["unmatched"], said["stop"]) == (2, 1, 1, 0)
    assert {name: dry[name] for name in ("rows", "recall", "unmatched")} == {"rows": 2, "recall": 1, "unmatched": 1}
    assert "62999999" not in out, "numbers are masked"
    assert (tmp_path / "found.xlsx").exists()
    assert cases.open_case(seat, who).file.cases[0].state is CaseState.RETURNED
    _, out, _ = run(folder, "recall", file, "--json")
    assert json.loads(out)["already_imported"]
    seat.store.close()
    code, out, err = run(folder, "verify")
    assert code == 0, (out, err)


def test_a_placement_is_no_list(seat: Seat, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("随便,什么\n1,2\n", encoding="utf-8")
    code, _, err = run(seat.store.folder, "recall", str(path))
    assert code == 1
    assert "has no list of cases" in err
    seat.store.close()
