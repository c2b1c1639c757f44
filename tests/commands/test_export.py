"""The export command as machines and people use it."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from collector_desk.commands import export
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.vocabulary import Outcome, SentMark
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import Agency
from collector_desk.services.intake import payments
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.office import people
from collector_desk.services.packs import releases
from collector_desk.store import keys
from tests.samples.store import PASSWORD, DebtorMaker, SetClock

YESTERDAY = datetime.now(UTC).replace(hour=2, minute=0) - timedelta(days=1)  # ten in the morning there
PLACEMENT = "XK202611-01"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "_PASSES", 1)
    monkeypatch.setattr(keys, "_LANES", 1)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one debtor who was called once, in vain."""
    agency = Agency("示例催收服务有限公司", "示例服务中心", "400-000-0000")
    clock = SetClock(YESTERDAY)
    seat = people.create_store(tmp_path / "store", name="王", password=PASSWORD, agency=agency, clock=clock).seat
    settings.change(seat, Share(effective=3, connected=6))
    releases.release_all(seat)
    who = DebtorMaker(seat)("张三丰")
    begun = calling.begin(seat, debtor_id=who, phone_id=cases.open_case(seat, who).numbers[0].phone.id)
    calling.finish(seat, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    seat.store.close()
    return tmp_path / "store"


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    app = typer.Typer()
    app.add_typer(export.app, name="export")
    signed = () if "profiles" in arguments else ("--store", str(folder), "--user", "王")
    done = CliRunner().invoke(app, [*arguments, *signed])
    if isinstance(done.exception, people.Trouble):
        return 1, done.stdout, done.exception.message.code
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def contacts(folder: Path, out: Path, *more: str) -> tuple[int, str, str]:
    return run(
        folder, "export", "contacts", "--placement", PLACEMENT, "--profile", "generic", "--out", str(out), *more
    )


def one(out: str) -> dict[str, Any]:
    (line,) = out.splitlines()
    return dict(json.loads(line))


def test_one_object_and_the_file_it_tells_of(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "催记.csv"
    code, said, _ = contacts(folder, out, "--json")
    told = one(said)
    assert code == 0
    assert told["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert {name: told[name] for name in ("placement", "profile", "file", "rows", "new", "withheld", "from")} == {
        "placement": PLACEMENT,
        "profile": "generic",
        "file": "催记.csv",
        "rows": 1,
        "new": 1,
        "withheld": 0,
        "from": None,
    }
    assert told["export"].endswith("-N1001")
    assert {told[mark.value] for mark in SentMark if mark is not SentMark.NEW} == {0}
    assert "16188000001" not in said + out.read_bytes().decode("utf-8-sig")
    assert contacts(folder, tmp_path / "b.csv", "--json")[2] == "exports.nothing_new"
    assert contacts(folder, out, "--from", f"{YESTERDAY:%Y-%m-%d}")[2] == "documents.outgoing.exists"
    again = one(contacts(folder, tmp_path / "c.xlsx", "--from", f"{YESTERDAY:%Y-%m-%d}", "--json")[1])
    assert (again["repeat"], again["new"]) == (1, 0)


def test_a_dry_run_changes_nothing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    for _ in range(2):
        told = one(contacts(folder, out, "--dry-run", "--json")[1])
        assert (told["rows"], told["new"], told["asks_notes"]) == (1, 1, False)
    assert not out.exists()


def test_for_people_it_is_a_sentence(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "x.csv"
    assert f"1 rows for {PLACEMENT} would go out" in contacts(folder, out, "--dry-run")[1]
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "zh_CN")
    assert f"{PLACEMENT} 共 1 行：新增 1" in contacts(folder, out)[1]


def test_what_is_unknown_is_refused(folder: Path, tmp_path: Path) -> None:
    asked = ("export", "contacts", "--out", str(tmp_path / "x.csv"))
    assert run(folder, *asked, "--placement", "XK-9", "--profile", "generic")[2] == "exports.no_placement"
    assert run(folder, *asked, "--placement", PLACEMENT, "--profile", "none")[2] == "exports.no_layout"


def test_the_layouts_there_are(folder: Path, desk_home: Path) -> None:
    code, said, _ = run(folder, "export", "profiles", "--json")
    told, status = map(json.loads, said.splitlines())
    assert status["id"] == "generic-status"
    assert (code, told["id"], len(told["columns"])) == (0, "generic", 17)
    assert run(folder, "export", "profiles")[1].startswith("generic  Seventeen")
    (desk_home / "layouts").mkdir(parents=True)
    (desk_home / "layouts" / "a.toml").write_text("[layout]\nx = 1", "utf-8")
    code, said, failed = run(folder, "export", "profiles")
    assert (code, failed) == (1, "exports.layout.broken")
    assert said.startswith("generic")


def test_questions_go_out_in_a_numbered_list(folder: Path, tmp_path: Path) -> None:
    seat = people.sign_in(folder, "王", PASSWORD, clock=SetClock(YESTERDAY))
    file = tmp_path / "还款.csv"
    file.write_text("账户号,还款日期,还款金额,流水号\n6299999999999999,2026-11-20,7,R1\n", encoding="utf-8")
    payments.import_payments(seat, payments.preview(seat, file, FileTold("某某银行")))
    seat.store.close()
    wanted = ("export", "questions", "--bank", "某某银行")
    code, out, _ = run(folder, *wanted, "--out", str(tmp_path / "1.xlsx"), "--json")
    told = json.loads(out)
    assert (code, told["rows"], told["repeats"], told["bank"]) == (0, 1, 0, "某某银行")
    assert told["sha256"] == hashlib.sha256((tmp_path / "1.xlsx").read_bytes()).hexdigest()
    code, out, _ = run(folder, *wanted, "--out", str(tmp_path / "2.csv"))
    assert (code, "1 questions for 某某银行, 1 of them sent before" in out) == (0, True)
    assert run(folder, "export", "questions", "--bank", "别的", "--out", str(tmp_path / "3.csv"))[2] == (
        "money.questions.nothing"
    )
