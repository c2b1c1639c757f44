"""Rows set aside, from the command line: listed, opened, corrected, taken in."""

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from collector_desk.commands import placements, set_aside
from collector_desk.domain.message import Trouble
from tests.commands.test_placements import cheap_passwords, file, folder

__all__ = ["cheap_passwords", "file", "folder"]


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    app.add_typer(placements.app)
    app.add_typer(set_aside.app, name="set-aside")
    done = CliRunner().invoke(app, [*arguments, "--store", str(folder), "--user", "王"])
    if isinstance(done.exception, Trouble):
        return 1, done.exception.message.code
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout


def test_a_row_is_listed_opened_corrected_and_taken_in(folder: Path, file: Path) -> None:
    assert run(folder, "set-aside", "list")[1].strip() == "No row waits to be corrected."
    run(folder, "import", str(file), "--bank", "某某银行")
    _, out = run(folder, "set-aside", "list", "--json")
    first, second = [json.loads(line) for line in out.splitlines()]
    assert (first["line"], second["line"]) == (3, 4)
    row = second["row"]
    _, out = run(folder, "set-aside", "show", row)
    assert "王五" not in out
    assert "16100000003" not in out
    _, out = run(folder, "set-aside", "show", row, "--unmask", "--json")
    assert {"column": "姓名", "value": "王五", "was": None} in json.loads(out)["cells"]

    correct = ("set-aside", "correct", row, "--reason", "the bank's letter")
    assert run(folder, *correct, "--cell", "nothing=1") == (1, "intake.aside.no_column")
    code, out = run(folder, *correct, "--cell", "欠款总额=一百")
    assert code == 0
    assert "stays out" in out
    assert run(folder, *correct, "--cell", "欠款总额=300.00")[1].strip() == "Corrected; the row can be taken in."
    code, out = run(folder, "set-aside", "take-in", row, "--json")
    assert code == 0
    assert json.loads(out)["accepted"] == 1
    assert json.loads(out)["amounts"][0]["amount_minor"] == 30_000
    assert run(folder, "set-aside", "take-in", row) == (1, "intake.aside.taken")
    _, out = run(folder, "set-aside", "list", "--json")
    assert len(out.splitlines()) == 1
    _, out = run(folder, "set-aside", "list", "--json", "--all")
    assert len(out.splitlines()) == 2
