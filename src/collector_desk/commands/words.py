"""The command line's help in the language of the machine. The code's own words are English."""

import tomllib
from functools import cache
from typing import Any

from collector_desk.resources import resource
from collector_desk.words.messages import Lang

_TITLES = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "ERRORS_PANEL_TITLE": "用法有误",
    "REQUIRED_LONG_STRING": "[必填]",
    "DEFAULT_STRING": "[默认：{}]",
    "RICH_HELP": "用法见 [blue]{command_path} {help_option}[/]",
}
"""What typer itself writes around the help."""


@cache
def chinese() -> dict[str, str]:
    """The English of every help text with its Chinese."""
    return tomllib.loads(resource("i18n", "command_line_zh_CN.toml").read_text(encoding="utf-8"))


def put_into(lang: Lang, command: Any) -> None:
    """Give a command, its options and all commands below it their help in ``lang``."""
    if lang == "en":
        return
    import typer.rich_utils

    for name, words in _TITLES.items():
        setattr(typer.rich_utils, name, words)
    _translate(command)


def _translate(command: Any) -> None:
    # typer's commands build the option --help each time they are asked: its words are set as they come
    options = command.get_help_option

    def in_chinese(context: Any) -> Any:
        option = options(context)
        if option is not None:
            option.help = chinese().get(option.help, option.help)
        return option

    command.get_help_option = in_chinese
    for one in (command, *command.params):
        words = getattr(one, "help", None)
        if words:
            one.help = chinese().get(words, words)
    for below in getattr(command, "commands", {}).values():
        _translate(below)
