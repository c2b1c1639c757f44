"""The command that takes a file out again, as machines use it."""

import pytest
import typer
from typer.testing import CliRunner

from collector_desk.commands import payments, placements, withdraw
from collector_desk.domain.message import Refused
from tests.commands.test_payments import cheap_passwords, made, objects  # noqa: F401 -- a fixture
from tests.samples import bank_files as files


def run(folder, *arguments):
    app = typer.Typer()
    for part in (placements, payments, withdraw):
        app.add_typer(part.app)
    return CliRunner().invoke(app, [*arguments, "--store", str(folder), "--user", "王"])


@pytest.fixture
def taken(tmp_path):
    """A store, and the batch of a payment file in it."""
    store = made(tmp_path / "store")
    path = tmp_path / "委案.xlsx"
    path.write_bytes(files.xlsx(files.grid([files.account(1)])))
    assert run(store, "import", str(path), "--bank", "某某银行", "--json").exit_code == 0
    file = tmp_path / "还款.csv"
    file.write_text("账户号,还款日期,还款金额,流水号\n6299999999999999,2026-11-20,7,R1\n", encoding="utf-8")
    (report,) = objects(run(store, "payments", str(file), "--bank", "某某银行", "--json").stdout)
    return store, report["batch"], file


def test_it_is_shown_then_withdrawn_with_a_reason(taken):
    folder, batch, _ = taken
    (shown,) = objects(run(folder, "withdraw", batch, "--json").stdout)
    assert (shown["state"], shown["rows"], shown["calls"]) == ("visible", 1, [])
    assert "还款.csv" in run(folder, "withdraw", batch).stdout
    done = run(folder, "withdraw", batch, "--reason", "the bank sent it anew", "--json")
    assert objects(done.stdout)[0]["state"] == "withdrawn"
    again = run(folder, "withdraw", batch, "--undo")
    assert isinstance(again.exception, Refused)
    assert again.exception.message.code == "money.withdrawal.gone"


def test_undone_the_same_file_comes_in_again(taken):
    folder, batch, file = taken
    done = run(folder, "withdraw", batch, "--undo")
    assert done.exit_code == 0
    assert "还款.csv" in done.stdout
    (report,) = objects(run(folder, "payments", str(file), "--bank", "某某银行", "--json").stdout)
    assert (report["already_imported"], report["told_anew"]) == (False, False)
    days = ("--covers", "2026-11-19..2026-11-20")
    (anew,) = objects(run(folder, "payments", str(file), "--bank", "某某银行", *days, "--json").stdout)
    assert (anew["already_imported"], anew["told_anew"]) == (True, True)
    assert anew["covers"] == ["2026-11-19", "2026-11-20"]


def test_a_placement_is_looked_at_and_undone(taken):
    folder, _, _ = taken
    path = folder.parent / "委案2.xlsx"
    path.write_bytes(files.xlsx(files.grid([files.account(2)])))
    (report,) = objects(run(folder, "import", str(path), "--bank", "某某银行", "--json").stdout)
    (shown,) = objects(run(folder, "withdraw", report["batch"], "--json").stdout)
    assert (shown["state"], shown["accepted"], shown["in_the_way"]) == ("visible", 1, [])
    done = run(folder, "withdraw", report["batch"], "--undo")
    assert (done.exit_code, "委案2.xlsx" in done.stdout) == (0, True)
    again = run(folder, "withdraw", report["batch"], "--undo")
    assert isinstance(again.exception, Refused)
    assert again.exception.message.code == "intake.undo.gone"
    (anew,) = objects(run(folder, "import", str(path), "--bank", "某某银行", "--json").stdout)
    assert (anew["accepted"], anew["batch"] == report["batch"]) == (1, False)
