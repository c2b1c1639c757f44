"""The command line as a whole."""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer.rich_utils
from typer.main import get_command

from collector_desk import __version__
from collector_desk.commands.run import build
from collector_desk.commands.words import chinese, put_into


def commands(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from commands(below)


def helps() -> set[str]:
    said = set()
    for command in commands(get_command(build())):
        context = command.context_class(command)
        for one in (command, *command.get_params(context)):
            assert one.help, f"{command.name}: {one.name} says nothing"
            said.add(one.help)
    return said


def test_every_help_text_has_its_chinese_and_no_other() -> None:
    assert helps() == set(chinese())
    without = [words for words in chinese().values() if not re.search("[\u4e00-\u9fff]", words)]
    assert without == []


def test_the_help_is_chinese_and_whole_on_a_chinese_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(typer.rich_utils, "MAX_WIDTH", 80)
    for name in ("OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE", "ARGUMENTS_PANEL_TITLE", "ERRORS_PANEL_TITLE",
                 "REQUIRED_LONG_STRING", "DEFAULT_STRING", "RICH_HELP"):  # fmt: skip
        monkeypatch.setattr(typer.rich_utils, name, getattr(typer.rich_utils, name))  # put back afterwards
    whole = get_command(build())
    put_into("zh_CN", whole)
    for command in commands(whole):
        command.main(["--help"], standalone_mode=False)
        shown = capsys.readouterr().out
        assert "显示本说明" in shown
        assert " … " not in shown, shown


def test_the_package_runs_as_a_command_and_says_its_version() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "collector_desk", "--version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"collector-desk {__version__}\n")


def test_an_unknown_command_is_wrong_usage_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "collector_desk", "collect"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "collect" in done.stderr
    assert "Traceback" not in done.stderr
