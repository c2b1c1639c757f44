"""The bank's zip of a placement, cut off by kill -9 or a full disk."""

import errno
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.domain.vocabulary import Role
from collector_desk.services.office import people
from collector_desk.services.visits import bundle as visit_bundle
from collector_desk.services.visits import visiting
from collector_desk.store.verify import verify
from collector_desk.words.messages import render
from tests.samples import visit_story
from tests.samples.store import PASSWORD, DebtorMaker, let_in

WORKER = "tests.faults.bundle_worker"
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")


@pytest.fixture
def reviewed(lead, team):
    """Two visits of one placement, their reports accepted."""
    let_in(lead, name="张晓", password=PASSWORD, roles=frozenset({Role.AGENT, Role.SENIOR_AGENT}))
    agent = people.sign_in(lead.store.folder, "张晓", PASSWORD, clock=lead.clock)
    debtor = DebtorMaker(lead)
    for name in ("朱雪彩", "欧阳明哲"):
        visit_id = visit_story.requested(agent, debtor(name, days=75))
        visit_story.planned(lead, team, visit_id)
        lead.clock.forward(days=1)
        visit_story.arrived(team, visit_id)
        visit_story.signed(team, visit_id)
        visiting.review(lead, visit_id, accepted=True, words="内容完整")
    agent.store.close()


def test_a_full_disk_leaves_no_half_bundle(lead, reviewed, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(visit_bundle, "write_bundle", full)
    out = tmp_path / "bank.zip"
    with pytest.raises(Trouble) as trouble:
        visit_bundle.bundle(lead, "XK202611-01", out, "en")
    assert "The disk is full" in render(trouble.value.message, "en")
    assert not list(tmp_path.glob("bank*"))


@posix
def test_killed_while_packing_no_half_zip_bears_the_name(lead, reviewed, tmp_path):
    """Killed after the first report and after the last: no zip either time; the third attempt packs it whole."""
    out = tmp_path / "bank.zip"
    assert packed(lead, out, kill_after=1) == ["1 2"]
    assert not out.exists()
    assert packed(lead, out, kill_after=2) == ["1 2", "2 2"]
    assert not out.exists()
    assert packed(lead, out) == ["1 2", "2 2"]
    assert [path.name for path in tmp_path.glob("bank*")] == ["bank.zip"], "nor is a half one left beside it"
    with zipfile.ZipFile(out) as bundle:
        assert bundle.testzip() is None
        assert sum(name.endswith(".pdf") for name in bundle.namelist()) == 2
        assert "SHA256SUMS" in bundle.namelist()
    assert verify(lead.store).ok


def packed(lead, out: Path, *, kill_after: int = 0) -> list[str]:
    """What the worker said of its progress; killed with -9 where it has said as many lines."""
    arguments = [sys.executable, "-m", WORKER, str(lead.store.folder), lead.person.name, "XK202611-01", str(out)]
    worker = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    said = []
    try:
        worker.stdin.write(PASSWORD + "\n")
        worker.stdin.flush()
        for line in worker.stdout:
            said.append(line.strip())
            if len(said) == kill_after:
                worker.send_signal(signal.SIGKILL)
                break
            worker.stdin.write("on\n")
            worker.stdin.flush()
    finally:
        worker.communicate(timeout=60)
    assert worker.returncode == (-signal.SIGKILL if kill_after else 0)
    return said
