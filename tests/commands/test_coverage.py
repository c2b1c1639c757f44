"""The command that says how far the banks have told, as machines use it."""

import pytest
import typer
from typer.testing import CliRunner

from collector_desk.commands import coverage, placements
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Role
from collector_desk.services.office import people
from tests.commands.test_payments import PASSWORD, cheap_passwords, made, objects  # noqa: F401 -- a fixture
from tests.samples import bank_files as files
from tests.samples.store import let_in


def run(folder, *arguments, user="王"):
    app = typer.Typer()
    for part in (placements, coverage):
        app.add_typer(part.app)
    return CliRunner().invoke(app, [*arguments, "--store", str(folder), "--user", user])


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
    none = ("coverage", "--bank", "某某银行", "--none-until", "2026-11-20", "--json")
    alone = run(folder, *none)
    assert alone.exception.message.code == "office.second_missing"
    seat = people.sign_in(folder, "王", PASSWORD)
    let_in(seat, name="方组长", password=PASSWORD, roles=frozenset({Role.LEAD}))
    seat.store.close()
    (waits,) = objects(run(folder, *none).stdout)
    assert (waits["known_up_to"], waits["said_none"]) == (None, {"by": "王", "until": "2026-11-20"})
    told = run(folder, *none, user="方组长")
    assert objects(told.stdout)[0]["known_up_to"] == "2026-11-20"
    said = ("coverage", "--bank", "某某银行", "--lower-to", "2026-11-10", "--reason", "the bank's data was wrong")
    assert objects(run(folder, *said, "--json").stdout)[0]["known_up_to"] == "2026-11-10"
    assert "2026" in run(folder, "coverage").stdout


def test_a_day_that_is_none_is_refused_in_words(folder):
    done = run(folder, "coverage", "--bank", "某某银行", "--none-until", "yesterday")
    assert isinstance(done.exception, Refused)
    assert done.exception.message.params["said"] == "yesterday"
