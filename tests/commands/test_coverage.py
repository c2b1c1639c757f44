"""The command that says how far the banks have told, as machines use it."""

import pytest
import typer
from typer.testing import CliRunner

from collector_desk.commands import coverage, placements
from collector_desk.domain.message import Refused
from tests.commands.test_payments import cheap_passwords, made, objects  # noqa: F401 -- a fixture
from tests.samples import bank_files as files


def run(folder, *arguments):
    app = typer.Typer()
    for part in (placements, coverage):
        app.add_typer(part.app)
    return CliRunner().invoke(app, [*arguments, "--store", str(folder), "--user", "王"])


@pytest.fixture
def folder(tmp_path):
    store = made(tmp_path / "store")
    path = tmp_path / "委案.xlsx"
    path.write_bytes(files.xlsx(files.grid([files.account(1)])))
    done = run(store, "import", str(path), "--bank", "某某银行", "--json")
    assert done.exit_code == 0, done.output
    return store


def test_days_without_a_payment_are_told_and_taken_back(folder):
    (first,) = objects(run(folder, "coverage", "--json").stdout)
    assert (first["bank"], first["known_up_to"], first["holes"]) == ("某某银行", None, [])
    told = run(folder, "coverage", "--bank", "某某银行", "--none-until", "2026-11-20", "--json")
    assert objects(told.stdout)[0]["known_up_to"] == "2026-11-20"
    said = ("coverage", "--bank", "某某银行", "--lower-to", "2026-11-10", "--reason", "the bank's data was wrong")
    assert objects(run(folder, *said, "--json").stdout)[0]["known_up_to"] == "2026-11-10"
    assert "2026" in run(folder, "coverage").stdout


def test_a_day_that_is_none_is_refused_in_words(folder):
    done = run(folder, "coverage", "--bank", "某某银行", "--none-until", "yesterday")
    assert isinstance(done.exception, Refused)
    assert done.exception.message.params["said"] == "yesterday"
