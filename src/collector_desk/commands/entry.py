"""The command line. With nothing after its name it opens the window; everything else is a command.

Exit codes: 0 done, 1 refused or failed with a one-line reason, 2 wrong usage. No traceback ever reaches a user.
"""

import sys

from collector_desk.parsing import HIDDEN


def main() -> None:
    """Entry point of ``collector-desk``."""
    if sys.argv[1:] == [HIDDEN]:  # before anything of a window is loaded
        from collector_desk.parsing.child import main as read_files

        read_files()
        return
    if len(sys.argv) == 1:
        from collector_desk.app import run_window

        raise SystemExit(run_window())
    from collector_desk.commands.run import run_commands

    raise SystemExit(run_commands())
