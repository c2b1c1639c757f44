"""The command line as a whole."""

import subprocess
import sys

from collector_desk import __version__


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
