"""Columns a bank's file hides, taken or left by an option, whatever it brings; the history keeps the choice."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from sqlalchemy import select
from typer.testing import CliRunner

from collector_desk.commands import counts, payments, recall
from collector_desk.services.desk.seat import Seat
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store import tables as t
from tests.samples.bank_files import hiding, xlsx
from tests.samples.store import DebtorMaker
from tests.samples.words_of_bank import WordsOfBank

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "en")


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    made = people.create_store(tmp_path / "store", name="王", password=PASSWORD).seat
    yield made
    made.store.close()


def run(seat: Seat, *arguments: str) -> tuple[int, str, str]:
    app = typer.Typer()
    for part in (payments, counts, recall):
        app.add_typer(part.app)
    done = CliRunner().invoke(app, [*arguments, "--store", str(seat.store.folder), "--user", "王", "--json"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


PAID = ["账户号", "还款日期", "还款金额", "入账金额"], ["2026-11-20", 99.5, 12.5], t.payments_taken, ()
COUNTED = ["账户号", "今日接通", "今日有效通话", "有效通话次数"], [9, 7, 2], t.counts_taken, ("--as-of", "now")
SAID = ["账户号", "备注", "处理方式", "处理方式"], ["投诉", "撤案", "停催"], t.words_taken, ()


@pytest.mark.parametrize(
    ("command", "header", "row", "table", "more"),
    [("payments", *PAID), ("counts", *COUNTED), ("recall", *SAID)],
    ids=["payments", "counts", "recall"],
)
def test_a_hidden_column_is_taken_or_left_by_an_option(seat, tmp_path, command, header, row, table, more):
    who = DebtorMaker(seat)()
    account = WordsOfBank(seat, tmp_path).account(who)
    path = tmp_path / "hidden.xlsx"
    path.write_bytes(hiding(xlsx([header, [account, *row]]), "C"))
    more = tuple(seat.now().isoformat() if one == "now" else one for one in more)
    for choice, use in ((), "beside"), (("--take-hidden", "C"), "taken"), (("--leave-hidden", "C"), "left"):
        code, out, err = run(seat, command, str(path), *more, *choice, "--dry-run")
        assert code == 0, err
        (column,) = json.loads(out)["hidden_columns"]
        assert (column["letter"], column["header"], column["use"]) == ("C", header[2], use)
    code, out, err = run(seat, command, str(path), *more, "--take-hidden", "D")
    assert (code, "hides no column D" in err) == (1, True)
    code, out, err = run(seat, command, str(path), *more, "--take-hidden", "C")
    assert code == 0, err
    with seat.store.read() as conn:
        (kept,) = conn.execute(select(table.c.hidden)).scalars()
        batches = [*conn.execute(select(t.batch.c.hidden).where(t.batch.c.kind != "placement")).scalars()]
    assert [(column["header"], column["use"]) for column in kept] == [(header[2], "taken")]
    assert batches == ([] if command == "counts" else [kept])
