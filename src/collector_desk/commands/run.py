"""The commands put together, and what happens when one of them fails."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from collector_desk import __version__
from collector_desk.commands.words import put_into
from collector_desk.domain.message import Message, Trouble
from collector_desk.domain.text.cleaning import visible
from collector_desk.words.messages import Lang, render, system_language

_PARTS = {
    "": [
        "store",
        "placements",
        "payments",
        "withdraw",
        "recall",
        "coverage",
        "reconcile",
        "counts",
        "demo",
        "backup",
        "keys",
    ],
    "conduct": ["conduct"],
    "packs": ["packs"],
    "objections": ["objections"],
    "visit": ["visit"],
    "set-aside": ["set_aside"],
    "export": ["export"],
}
"""Modules of commands by group; those of the first group stand at the top."""


def build() -> typer.Typer:
    """The whole command line."""
    app = typer.Typer(
        name="collector-desk", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
    )

    @app.callback()
    def whole(
        version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=_version)] = False,
    ) -> None:
        """Collector Desk: overdue card and consumer-loan debts, collected lawfully and decently."""

    for group, modules in _PARTS.items():
        for module in modules:
            part = import_module(f"collector_desk.commands.{module}").app
            app.add_typer(part, name=group or None)
    return app


def _version(asked: bool) -> None:
    if asked:
        print(f"collector-desk {__version__}")
        raise typer.Exit


def run_commands() -> int:
    """Run what was typed; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a Windows console may be GBK
    try:
        command = get_command(build())
        put_into(_lang(), command)
        done = command(standalone_mode=False)  # an Exit inside comes back as its code
    except typer.Exit as left:
        return left.exit_code
    except typer.Abort:
        return _fail("commands.stopped")
    except TyperException as wrong:  # typer carries its own click: the library's classes are others
        show = getattr(wrong, "show", None)
        if show:
            show()
        else:
            print(wrong, file=sys.stderr)
        return 2
    except Trouble as trouble:
        print(visible(render(trouble.message, _lang())), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return _fail("commands.stopped")
    except BrokenPipeError:
        return 1
    except OSError as error:  # what no room foresaw: a sentence here, the rest to the log
        _log_bug(error)
        print(visible(render(_disk(error), _lang())), file=sys.stderr)
        return 1
    except Exception as bug:  # noqa: BLE001 -- our own bug: to the log, never to the user's screen
        _log_bug(bug)
        return _fail("commands.bug")
    return done if isinstance(done, int) else 0


def _lang() -> Lang:
    return system_language()


def _disk(error: OSError) -> Message:
    from collector_desk.exchange.store_folder import disk_trouble

    return disk_trouble(error, Path(os.fsdecode(error.filename or ""))).message


def _fail(code: str) -> int:
    from collector_desk.words.messages import text

    print(text(code, _lang()), file=sys.stderr)
    return 1


def _log_bug(bug: Exception) -> None:
    import logging

    from collector_desk.resources import home_folder
    from collector_desk.ui.window.log import open_log

    open_log(home_folder() / "log")
    logging.getLogger(__name__).error("A command failed by a bug of ours", exc_info=bug)
