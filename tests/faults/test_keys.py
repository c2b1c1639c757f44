"""Key file and history are one act: killed anywhere, the store opens, and the two say the same."""

import os
import subprocess
import sys

import pytest

KILLS = int(os.environ.get("COLLECTOR_DESK_KILLS", "30"))


@pytest.mark.skipif(sys.platform == "win32", reason="the worker forks, and Windows has no kill -9")
def test_killed_in_any_act_on_keys_the_store_opens_and_nothing_confirmed_is_lost() -> None:
    command = [sys.executable, "-m", "tests.faults.keys_worker", str(KILLS), "20261130"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " kills, seed " in done.stdout.splitlines()[-1]
