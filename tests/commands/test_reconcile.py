"""The command that reconciles a placement's month, as machines use it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from collector_desk.commands import backup, payments, placements, reconcile, store
from collector_desk.services.desk.clock import SystemClock
from collector_desk.services.office import people
from collector_desk.store import keys
from tests.samples import bank_files as files

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "en")


@pytest.fixture
def run(tmp_path: Path):
    folder = tmp_path / "store"
    people.create_store(folder, name="王", password=PASSWORD).seat.store.close()

    def go(*arguments: str) -> tuple[int, str, str]:
        app = typer.Typer()
        for part in (placements, payments, reconcile, store, backup):
            app.add_typer(part.app)
        done = CliRunner().invoke(app, [*arguments, "--store", str(folder), "--user", "王"])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            return 1, done.stdout, str(done.exception)
        return done.exit_code, done.stdout, done.stderr

    return go


@pytest.fixture
def december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _self: datetime(2026, 12, 3, 2, tzinfo=UTC))


@pytest.mark.shared
def test_the_real_month_adds_up_and_is_frozen(run, shared_data: Path, december) -> None:
    placed = [str(shared_data / name) for name in ("placement-2026-11-a.xlsx", "placement-2026-11-b.csv")]
    code, out, err = run("import", *placed, "--bank", "星河银行", "--json")
    assert code == 0, err
    file = str(shared_data / "payments-2026-11.csv")
    code, out, err = run("payments", file, "--covers", "2026-11-03..2026-11-30", "--json")
    assert code == 0, err
    said = json.loads(out)
    asked = ("reconcile", "--placement", "XK202611-01", "--month", "2026-11")
    code, out, err = run(*asked, "--freeze", "--json")
    assert code == 0, (out, err)
    found = json.loads(out)
    assert json.loads(run(*asked, "--json")[1]) == found
    code, text, _ = run(*asked)
    assert code == 0
    assert "Frozen by 王" in text
    (one,) = found["sums"]
    added = one["placed_minor"] + one["refigured_minor"] - one["paid_minor"] + one["reversed_minor"]
    added += one["excess_minor"] - one["ended_minor"]
    assert one["opening_minor"] + added == one["closing_minor"]
    assert one["paid_minor"] - one["excess_minor"] == said["allocated_minor"]
    assert one["excess_minor"] == said["excess_minor"]
    assert found["rows"] == said["taken"] + said["to_settle"]
    assert run("verify", "--deep")[0] == 0


def test_a_month_that_is_none_is_refused(run) -> None:
    code, _, err = run("reconcile", "--placement", "X", "--month", "November")
    assert (code, "money.month.unread" in err) == (1, True)


def test_theirs_comes_from_their_file_and_is_said_row_by_row(run, tmp_path: Path, december) -> None:
    placed = tmp_path / "委案.csv"
    head = [
        "委案批次号",
        "委案日期",
        "客户号",
        "客户姓名",
        "证件号码",
        "账户号",
        "币种",
        "委案金额",
        "逾期天数",
        "本人手机",
    ]
    row = [
        "XK1",
        "20261102",
        "C1",
        "唐全",
        "000103200409197509",
        "626725761583799",
        "人民币",
        "1,000.00",
        "50",
        "16130096667",
    ]
    placed.write_bytes(files.text([head, row], "gb18030"))
    assert run("import", str(placed), "--bank", "星河银行", "--json")[0] == 0
    theirs = tmp_path / "对账单.csv"
    theirs.write_bytes(files.text([["账号", "本月还款", "期末余额"], [row[5], "100", "900"]], "gb18030"))
    asked = ("reconcile", "--placement", "XK1", "--month", "2026-11")
    code, out, _ = run(*asked, "--json")
    assert (code, json.loads(out)["theirs"]) == (0, "not received")
    code, out, err = run(*asked, "--theirs", str(theirs), "--json")
    assert code == 0, err
    said = json.loads(out)["theirs"]
    assert [(one["what"], one["by_minor"]) for one in said["differences"] if one["line"]] == [
        ("paid", -10_000),
        ("balance", 10_000),
    ]
    code, out, _ = run(*asked)
    assert "4 differences" in out
