"""The import command as machines and people use it."""

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import typer
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from typer.testing import CliRunner

from collector_desk.commands import placements, store
from collector_desk.domain.states import HiddenUse
from collector_desk.services.book import overview
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.intake import placements as intake
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store import tables as t

PASSWORD = "correct horse"
HEADER = "批次号,客户号,姓名,证件类型,证件号码,账户号,欠款总额,手机,风险等级"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "_PASSES", 1)
    monkeypatch.setattr(keys, "_LANES", 1)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    people.create_store(tmp_path / "store", name="王", password=PASSWORD).seat.store.close()
    return tmp_path / "store"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        "XK-1,C1,张三丰,其他,X1234567,622500000000001,100.50,16100000001,高",
        "XK-1,C2,李四,其他,X7654321,6.225E+14,200.00,16100000002,低",
        "XK-1,C3,王五,其他,X1111111,622500000000003,=cmd,16100000003,低",
    ]
    path = tmp_path / "placement.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    app = typer.Typer()
    app.add_typer(placements.app)
    app.add_typer(store.app)
    done = CliRunner().invoke(app, ["import", *arguments, "--store", str(folder), "--user", "王"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_what_calls_say_aloud_and_nobody_gave_is_warned_of(folder: Path, file: Path) -> None:
    code, out, told = run(folder, str(file), "--bank", "某某银行", "--complaint-number", "95500", "--json")
    assert code == 0
    assert len(objects(out)) == 1  # what machines read stays as it is
    assert "XK-1 has no official way to pay (--pay-ways): a call says “the bank's own official channels”" in told
    assert "complaints" not in told
    assert "names what is owed on (--product): a call says “account”" in told
    assert "the file has no column of the minimum due" in told.lower()


@pytest.mark.shared
def test_careless_files_are_read_by_the_command_as_by_the_window(tmp_path: Path, shared_data: Path) -> None:
    files = sorted(each for each in (shared_data / "careless").iterdir() if each.suffix in {".csv", ".xlsx"})
    seat = people.create_store(tmp_path / "store", name="王", password=PASSWORD).seat
    window = [intake.dry_run(intake.preview(seat, path)) for path in files]
    seat.store.close()
    code, out, _ = run(tmp_path / "store", *map(str, files), "--dry-run", "--json")
    said = objects(out)
    assert code in (0, 1)
    assert [each["file"] for each in said] == [path.name for path in files]
    assert [(each["accepted"], each["set_aside"]) for each in said] == [
        (each.accepted, each.set_aside) for each in window
    ]
    assert [[(p["line"], p["column"], p["severity"]) for p in each["problems"]] for each in said] == [
        [(p.line, p.column, p.severity.value) for p in each.problems] for each in window
    ]


def test_one_object_a_file_with_people_masked(folder: Path, file: Path) -> None:
    code, out, _ = run(folder, str(file), "--bank", "某某银行", "--json")
    (report,) = objects(out)
    assert code == 0
    assert (report["file"], report["accepted"], report["set_aside"], report["duplicates"]) == (
        "placement.csv",
        1,
        2,
        0,
    )
    assert report["amounts"] == [{"amount_minor": 10050, "currency": "CNY"}]
    assert len(report["sha256"]) == 64
    assert report["batch"]
    refused = [p for p in report["problems"] if p["severity"] == "refused"]
    assert [(p["sheet"], p["line"], p["column"]) for p in refused] == [("", 3, "账户号"), ("", 4, "欠款总额")]
    assert refused[0]["value"] == "*****E+14"
    assert "6.225" not in out
    assert refused[1]["value"] == "=cmd"
    assert set(report["problems"][0]) == {"sheet", "line", "column", "value", "reason", "severity"}


def test_a_dry_run_changes_nothing_and_a_second_import_says_so(folder: Path, file: Path) -> None:
    _, out, _ = run(folder, str(file), "--dry-run", "--json")
    assert objects(out)[0]["batch"] is None
    _, out, _ = run(folder, str(file), "--json")
    first = objects(out)[0]
    assert (first["accepted"], first["already_imported"]) == (1, False)
    _, out, _ = run(folder, str(file), "--json")
    again = objects(out)[0]
    assert (again["accepted"], again["already_imported"], again["batch"]) == (0, True, first["batch"])


def test_problems_go_to_a_workbook_and_unmasking_is_history(folder: Path, file: Path, tmp_path: Path) -> None:
    out_file = tmp_path / "out.xlsx"
    code, out, _ = run(folder, str(file), "--problems", str(out_file), "--unmask", "--json")
    assert code == 0
    assert "6.225E+14" in out
    page = load_workbook(out_file).active
    values = [row[3] for row in page.iter_rows(min_row=2, values_only=True)]
    assert "'=cmd" in values
    seat = people.sign_in(folder, "王", PASSWORD)
    with seat.store.read() as conn:
        assert conn.execute(select(t.access.c.what)).scalars().all() == ["import problems"]
    seat.store.close()


def test_a_file_that_fails_does_not_stop_the_others(folder: Path, file: Path, tmp_path: Path) -> None:
    code, out, err = run(folder, str(tmp_path / "none.xlsx"), str(file), "--json")
    first, second = objects(out)
    assert code == 1
    assert first["file"] == "none.xlsx"
    assert second["accepted"] == 1
    assert err.splitlines()[0] == "There is no file none.xlsx. Check the name and the folder."


def test_for_people_it_is_a_sentence_and_the_findings(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "zh_CN")
    code, out, _ = run(folder, str(file), "--bank", "某某银行", "--remove-original")
    assert code == 0
    assert out.splitlines()[0] == "“placement.csv”：导入 1 户，¥100.50；搁置 2 行，已在库 0 户。"
    assert "长号码以数值格式保存" in out
    assert not os.path.exists(file)  # noqa: PTH110 -- the archive holds it now


def test_a_file_without_one_good_row_still_says_why_row_by_row(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"{HEADER}\nXK-1,C1,,其他,X1234567,622500000000001,100.50,16100000001,高", encoding="utf-8")
    code, out, err = run(folder, str(path), "--json")
    (said,) = objects(out)
    assert (code, said["accepted"], said["set_aside"]) == (1, 0, 1)
    assert said["batch"], "its rows are kept, to be corrected"
    assert [found["line"] for found in said["problems"] if found["severity"] == "refused"] == [2]
    assert "No row of bad.csv" in err


def test_what_stands_in_the_wrong_place_is_masked_too(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "moved.csv"
    rows = [
        "XK-1,C1,张三丰,其他,X1234567,622500000000001,100.50,16100000001,高",
        "XK-1,C2,李四光,其他,X7654321,622500000000002,王小明,16100000002,低",
        "XK-1,C3,赵五六,其他,X1111111,622500000000003,1,234.50,16100000003,低",
        ",,钱七八,,,,,,",
    ]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    code, out, _ = run(folder, str(path), "--json", "--dry-run")
    assert code == 0
    assert not any(
        name in out for name in ("李四光", "王小明", "赵五六", "钱七八", "622500000000003", "16100000003")
    )


def test_a_file_comes_out_of_the_archive_as_it_went_in(folder: Path, file: Path, tmp_path: Path) -> None:
    code, out, _ = run(folder, str(file), "--bank", "某某银行", "--json")
    assert code == 0, out
    (told,) = objects(out)
    app = typer.Typer()
    app.add_typer(placements.app)
    app.add_typer(store.app)
    asked = ["original", told["sha256"], str(tmp_path / "out.csv"), "--store", str(folder), "--user", "王"]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out.csv").read_bytes() == file.read_bytes()


def test_a_hidden_column_is_taken_or_left_by_an_option(folder: Path, tmp_path: Path) -> None:
    made = Workbook()
    made.active.title = "明细"
    made.active.append(["批次号", "账户号", "姓名", "委案金额", "逾期金额"])
    made.active.append(["XK-1", "6225000001", "张三丰", 999.5, 100.5])
    made.active.column_dimensions["D"].hidden = True
    path = tmp_path / "hidden.xlsx"
    made.save(path)
    plain = (str(path), "--bank", "某某银行", "--json")
    for more, minor, use in (
        ((), 10_050, "beside"),
        (("--take-hidden", "D"), 99_950, "taken"),
        (("--leave-hidden", "明细!D"), 10_050, "left"),
    ):
        code, out, _ = run(folder, *plain, *more, "--dry-run")
        (said,) = objects(out)
        assert (code, said["amounts"][0]["amount_minor"]) == (0, minor)
        assert said["hidden_columns"] == [{"sheet": "明细", "letter": "D", "header": "委案金额", "use": use}]
    code, _, told = run(folder, *plain, "--take-hidden", "E")
    assert (code, "hides no column E" in told) == (1, True)
    code, _, _ = run(folder, *plain, "--take-hidden", "D")
    seat = people.sign_in(folder, "王", PASSWORD)
    (batch,) = overview.batches(seat)
    seat.store.close()
    assert [(column.letter, column.use) for column in batch.hidden] == [("D", HiddenUse.TAKEN)]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Ho_Chi_Minh", "UTC"])
def test_a_case_tells_its_hours_on_the_desks_clock_and_instants_with_their_offset(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """Of a case everything that happened stands by the clock on the wall; machines get the instant itself."""
    seat = people.sign_in(folder, "王", PASSWORD)
    settings.change(seat, replace(settings.get(seat, DeskSettings), zone=zone))
    seat.store.close()
    assert run(folder, str(file), "--bank", "某某银行")[0] == 0
    app = typer.Typer()
    app.add_typer(placements.app)
    app.add_typer(store.app)
    more = ("--store", str(folder), "--user", "王")
    told = CliRunner().invoke(app, ["queue", *more, "--json"])
    assert told.exit_code == 0, told.output
    queue = json.loads(told.stdout)
    case = queue["rows"][0]["case"]
    for options in (("--unmask",), ("--json",)):  # the first is a line of history, which the second tells
        told = CliRunner().invoke(app, ["case", case, *more, *options])
        assert told.exit_code == 0, (told.output, told.exception)
    plain = json.loads(told.stdout)
    shown = CliRunner().invoke(app, ["case", case, *more]).stdout
    assert plain["timeline"], "looking behind the mask is a line of history"
    for line in plain["timeline"]:
        at = datetime.fromisoformat(line["at"])
        assert at.utcoffset() is not None
        local = at.astimezone(ZoneInfo(zone))
        assert f"{local:%Y-%m-%d %H:%M}" in shown
        assert "+00:00" not in shown


def test_every_term_can_be_given(folder: Path, file: Path) -> None:
    given = {
        "--bank": "某某银行",
        "--pay-ways": "手机银行",
        "--complaint-number": "95500",
        "--mandate-ends": "2027-03-31",
        "--contract-terms": "合同第8条",
        "--bank-hotline": "95501",
        "--product": "消费贷款",
        "--interest-a-day": "0.05",
        "--current-by": "minimum",
        "--tail-days": "30",
    }
    code, _, err = run(folder, str(file), *(word for pair in given.items() for word in pair), "--json")
    assert code == 0, err
    with people.sign_in(folder, "王", PASSWORD).store as opened, opened.read() as conn:
        terms = conn.execute(select(t.placement.c.terms)).scalar_one()
    assert terms == {
        "bank_name": "某某银行",
        "pay_ways": "手机银行",
        "complaint_number": "95500",
        "mandate_ends": "2027-03-31",
        "contract_terms": "合同第8条",
        "bank_hotline": "95501",
        "product": "消费贷款",
        "daily_ppm": 500,
        "current_by": "minimum",
        "tail_days": 30,
    }


@pytest.mark.parametrize(("option", "wrong"), [("--interest-a-day", "万分之五"), ("--current-by", "most")])
def test_a_term_that_is_none_changes_nothing(folder: Path, file: Path, option: str, wrong: str) -> None:
    code, _, err = run(folder, str(file), "--bank", "某某银行", option, wrong)
    assert code == 2
    assert option in err
