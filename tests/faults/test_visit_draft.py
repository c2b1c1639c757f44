"""kill -9 while a visit's report or incident is typed: what was kept comes back whole, the history is sound."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.visits.visit import PlaceKind, VisitPlan, VisitPurpose
from collector_desk.domain.vocabulary import Outcome, Role
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import drafts, settings
from collector_desk.services.office import people
from collector_desk.services.packs import releases
from collector_desk.services.visits import incidents, visiting
from collector_desk.services.visits.drafts import load, save
from collector_desk.store.verify import verify
from tests.samples.store import PASSWORD, DebtorMaker, SetClock, let_in

WORKER = "tests.faults.visit_worker"
FIRST, SECOND, AGENT = "王走访", "赵同行", "张晓"
HIS = "邻居未被打扰。"
ADDRESS = "广州市天河区和平街25号9栋2601室"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")


@pytest.fixture
def planned(tmp_path: Path) -> tuple[Path, str]:
    """A store with one planned visit; its folder and the visit's id."""
    folder, clock = tmp_path / "store", SetClock()
    lead = people.create_store(folder, name="林主管", password=PASSWORD, clock=clock).seat
    settings.change(lead, Share(effective=3, connected=6))
    releases.release_all(lead)
    let_in(lead, name=AGENT, password=PASSWORD, roles=frozenset({Role.AGENT, Role.SENIOR_AGENT}))
    team = [
        visiting.visitor(let_in(lead, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR})))
        for name in (FIRST, SECOND)
    ]
    agent = people.sign_in(folder, AGENT, PASSWORD, clock=clock)
    who = DebtorMaker(lead)("朱雪彩", days=75)
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).next_number.phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    visit_id, _ = visiting.request(
        agent, debtor_id=who, purpose=VisitPurpose.TALK, address=ADDRESS, place=PlaceKind.HOME
    )
    start = clock.now() + timedelta(days=1)
    visiting.open_and_plan(lead, visit_id, VisitPlan(*team, start, start + timedelta(hours=1), ADDRESS))
    for seat in (agent, lead):
        seat.store.close()
    return folder, visit_id


@pytest.mark.parametrize(("kind", "field"), [("visit", "said"), ("incident", "happened")])
def test_what_was_kept_survives_the_kill_and_comes_back_whole(
    planned: tuple[Path, str], kind: str, field: str
) -> None:
    folder, visit_id = planned
    worker = subprocess.Popen(
        [sys.executable, "-m", WORKER, str(folder), FIRST, kind],
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
    mate = people.sign_in(folder, SECOND, PASSWORD) if kind == "visit" else None
    try:
        assert worker.stdout.readline() == "ready\n"
        while len(kept) < 4 or typed < kept[-1] + 2:  # killed in the midst of typing on
            word, count = worker.stdout.readline().split()
            if word == "typed":
                typed = int(count)
            else:
                kept.append(int(count))
            if mate is not None and len(kept) == 3 and load(mate, visit_id).beside == ():
                both = {"said": HIS, "unusual": HIS}
                save(mate, visit_id, both, base=dict.fromkeys(both, ""), window="mate")
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate(timeout=30)

    seat = people.sign_in(folder, SECOND, PASSWORD)
    if kind == "incident":
        [one] = incidents.incidents(seat)
        assert one.visit_id == visit_id
        assert one.report.version == 0, "what is typed is no report until somebody keeps it"
    draft = drafts.load(seat, kind, one.id if kind == "incident" else visit_id, anybody=True)
    assert draft is not None
    if mate is None:
        assert draft.by == FIRST
    else:  # the other typed into the same report meanwhile, once into the very same field
        assert draft.content["unusual"] == HIS
        assert [(one.name, one.value) for one in draft.beside] == [("said", HIS)]
        mate.store.close()
    said = draft.content[field]
    assert len(said) >= kept[-1]
    assert said == ("abcdefghij" * (len(said) // 10 + 1))[: len(said)]
    assert verify(seat.store).ok
    seat.store.close()
    assert all(before < after for before, after in pairwise(kept)), "kept again and again while the keys go on"
