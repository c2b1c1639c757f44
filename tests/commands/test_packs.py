"""``collector-desk packs check``: the same checks as on loading, with file and line."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from collector_desk.commands.packs import app
from collector_desk.domain.message import Trouble
from collector_desk.resources import resource


def check(*args: str) -> Result:
    return CliRunner().invoke(app, ["check", *args, "--lang", "en"])


def test_the_shipped_packs_are_in_order() -> None:
    for folder in ("scripts", "rules", "objections"):
        done = check(str(resource(folder)))
        assert done.exit_code == 0, done.output
        assert "in order" in done.output


def test_a_broken_script_says_file_and_line_and_exits_1(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(resource("scripts", "en"), tmp_path / "en"))
    text = (folder / "third_party.toml").read_text("utf-8")
    (folder / "third_party.toml").write_text(text.replace("That's kind of you.", "You can pay the bank."), "utf-8")
    done = check(str(folder))
    assert done.exit_code == 1
    assert "third_party.toml:" in done.stderr
    assert "tell of a debt" in done.stderr
    one = check(str(folder / "third_party.toml"), "--json")
    (answer,) = [json.loads(line) for line in one.stdout.splitlines()]
    assert one.exit_code == 1
    assert answer["kind"] == "scripts"
    assert {fault["code"] for fault in answer["faults"]} >= {"calls.scripts.leak_word", "calls.scripts.leak_path"}
    assert all(fault["line"] > 1 for fault in answer["faults"])


def test_a_broken_rule_pack_is_told_by_its_own_loader(tmp_path: Path) -> None:
    text = resource("rules", "vn-2019.toml").read_text("utf-8")
    (tmp_path / "vn.toml").write_text(text.replace('kind = "', 'kind = "un', 1), "utf-8")
    done = check(str(tmp_path))
    assert done.exit_code == 1
    assert "vn.toml:" in done.stderr


def rule_pack(folder: Path, held: str, mark: bytes = b"") -> Path:
    text = resource("rules", "vn-2019.toml").read_text("utf-8")
    path = folder / "vn.toml"
    path.write_bytes(mark + text.replace("valid_from = 2020-01-01", held).encode())
    return path


def test_group_39_an_expired_rule_pack_is_an_error_at_its_line(tmp_path: Path) -> None:
    done = check(str(rule_pack(tmp_path, "valid_from = 2020-01-01\nvalid_to = 2021-01-01")))
    assert done.exit_code == 1
    line = (tmp_path / "vn.toml").read_text("utf-8").partition("valid_to")[0].count("\n") + 1
    assert done.stderr.strip().endswith(f"vn.toml:{line}: The pack expired on 1 Jan 2021.")


def test_group_39_a_rule_pack_of_a_time_to_come_is_sound_but_says_so(tmp_path: Path) -> None:
    path = rule_pack(tmp_path, "valid_from = 2990-01-01")
    done = check(str(path))
    assert done.exit_code == 0
    assert "It holds only from 1 Jan 2990." in done.stdout
    assert "2990" in json.loads(check(str(path), "--json").stdout)["remark"]


def test_group_39_a_rule_pack_with_a_mark_before_its_text_is_read(tmp_path: Path) -> None:
    done = check(str(rule_pack(tmp_path, "valid_from = 2020-01-01", b"\xef\xbb\xbf")))
    assert done.exit_code == 0, done.stderr


def test_no_pack_and_a_file_that_is_something_else(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        CliRunner().invoke(app, ["check", str(tmp_path)], catch_exceptions=False)
    assert caught.value.message.code == "calls.scripts.no_packs"
    (tmp_path / "other.toml").write_text('name = "other"\n', "utf-8")
    done = check(str(tmp_path / "other.toml"))
    assert done.exit_code == 1
    assert "no pack" in done.stderr


def test_a_broken_card_is_told_once_by_its_own_loader(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(resource("objections"), tmp_path / "objections"))
    text = (folder / "zh_CN.toml").read_text("utf-8")
    (folder / "zh_CN.toml").write_text(text.replace("behind_it", "beside_it", 1), "utf-8")
    done = check(str(folder), "--json")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert sorted(one["kind"] for one in answers) == ["lexicon", "objections", "shortcodes", "speech"]
    (fault,) = [fault for one in answers for fault in one["faults"]]
    assert fault["file"].endswith("zh_CN.toml")
    assert fault["line"] > 1
