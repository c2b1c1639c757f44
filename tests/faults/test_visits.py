"""A visit whose evidence is cut off by kill -9, a full disk, or files that are not what they seem."""

import errno
import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import visit_story
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.message import Trouble
from collector_desk.domain.vocabulary import Role
from collector_desk.packs.messages import render
from collector_desk.services import people, releases, settings, visit_bundle
from collector_desk.services.settings import Agency
from collector_desk.store import keys
from store_samples import PASSWORD, DebtorMaker, SetClock

KILLS = int(os.environ.get("COLLECTOR_DESK_KILLS", "12"))
MALFORMED = int(os.environ.get("COLLECTOR_DESK_MALFORMED", "400"))
WORKER = Path(__file__).with_name("evidence_worker.py")
posix = pytest.mark.skipif(sys.platform == "win32", reason="the worker forks, and Windows has no kill -9")


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch):
    for name, value in (("_MEMORY_KIB", 64), ("_PASSES", 1), ("_LANES", 1)):
        monkeypatch.setattr(keys, name, value)


@pytest.fixture
def lead(tmp_path):
    made = people.create_store(
        tmp_path / "store",
        name="林主管",
        password=PASSWORD,
        agency=Agency("示例公司", "示例中心"),
        clock=SetClock(),
    )
    settings.change(made.seat, Share(effective=3, connected=6))
    releases.release_all(made.seat)
    yield made.seat
    made.seat.store.close()


@pytest.fixture
def team(lead):
    seats = []
    for name in ("王走访", "赵同行"):
        people.add(lead, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR}))
        seats.append(people.sign_in(lead.store.folder, name, PASSWORD, clock=lead.clock))
    yield seats
    for seat in seats:
        seat.store.close()


@pytest.fixture
def on_site(lead, team):
    people.add(lead, name="张晓", password=PASSWORD, roles=frozenset({Role.AGENT, Role.SENIOR_AGENT}))
    agent = people.sign_in(lead.store.folder, "张晓", PASSWORD, clock=lead.clock)
    visit_id = visit_story.requested(agent, DebtorMaker(lead)(days=75))
    agent.store.close()
    visit_story.planned(lead, team, visit_id)
    lead.clock.forward(days=1)
    visit_story.arrived(team, visit_id)
    return visit_id


def test_a_full_disk_leaves_no_half_bundle(lead, team, on_site, tmp_path, monkeypatch):
    from collector_desk.services import visiting

    visit_story.signed(team, on_site)
    visiting.review(lead, on_site, accepted=True, words="内容完整")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(visit_bundle, "write_bundle", full)
    out = tmp_path / "bank.zip"
    with pytest.raises(Trouble) as trouble:
        visit_bundle.bundle(lead, "XK202611-01", out, "en")
    assert "No space left" in render(trouble.value.message, "en")
    assert not list(tmp_path.glob("bank*"))
