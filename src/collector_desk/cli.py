"""The command line. With nothing after its name it opens the window; everything else is a command.

Exit codes: 0 done, 1 refused or failed with a one-line reason, 2 wrong usage. No traceback ever reaches a user.
"""

import os
import sys
from pathlib import Path

from collector_desk import __version__


def main() -> None:
    """Entry point of ``collector-desk``."""
    if len(sys.argv) == 1:
        from collector_desk.app import run_window

        raise SystemExit(run_window())
    from collector_desk.cli_run import run_commands

    raise SystemExit(run_commands())


def default_store() -> Path:
    """Where the store lies unless ``--store`` says otherwise: the user's data folder."""
    from collector_desk.resources import home_folder

    return home_folder() / "store"


def language() -> str:
    """The language of what the command line says: COLLECTOR_DESK_LANG, else the system's, else English."""
    wanted = os.environ.get("COLLECTOR_DESK_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh_CN" if wanted.lower().startswith("zh") else "en"


__all__ = ["__version__", "default_store", "language", "main"]
