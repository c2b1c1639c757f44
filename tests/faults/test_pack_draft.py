"""kill -9 while a pack is edited: what was kept is offered again, and the store proves its history."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from collector_desk.services.office import people
from collector_desk.services.packs import releases, workshop
from collector_desk.store import keys
from collector_desk.store.verify import verify
from tests.samples.store import PASSWORD, SetClock

WORKER = "tests.faults.pack_worker"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")


def test_what_was_typed_into_a_pack_survives_the_kill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)
    folder = tmp_path / "store"
    lead = people.create_store(folder, name="林主管", password=PASSWORD, clock=SetClock()).seat
    releases.release_all(lead)
    lead.store.close()
    worker = subprocess.Popen(
        [sys.executable, "-m", WORKER, str(folder), "林主管"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(PASSWORD + "\n")
    worker.stdin.flush()
    typed, kept = 0, [0]
    try:
        assert worker.stdout.readline() == "ready\n"
        while len(kept) < 4 or typed < kept[-1] + 2:  # killed in the midst of typing on
            word, count = worker.stdout.readline().split()
            if word == "typed":
                typed = int(count)
            else:
                kept.append(int(count))
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate(timeout=30)

    seat = people.sign_in(folder, "林主管", PASSWORD)
    (draft,) = workshop.drafts_of(seat)
    said = draft.files["lexicon.toml"].partition("# Wordings")[0]
    assert len(said) - 1 >= kept[-1]
    assert said == "#" + ("abcdefghij" * (len(said) // 10 + 1))[: len(said) - 1]
    assert 'version = "2"' in draft.files["lexicon.toml"]
    assert verify(seat.store).ok
    seat.store.close()
