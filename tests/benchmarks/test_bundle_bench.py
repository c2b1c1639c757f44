"""The bank's zip of a placement: a report costs the same among 500 as among 50, and no more memory is held.

The floor is the zip of 50; ``COLLECTOR_DESK_BUNDLE="50 500"`` says how many the small and the large one have.
"""

import os
import tracemalloc
import zipfile
from datetime import datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, update

from collector_desk.domain.conduct.values import Share
from collector_desk.domain.visits.visit import SignedHow, VisitPlan
from collector_desk.domain.vocabulary import Role
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import Agency
from collector_desk.services.office import people
from collector_desk.services.packs import releases
from collector_desk.services.visits import bundle, visiting
from collector_desk.services.visits.gate import VisitRefused
from collector_desk.store import keys
from collector_desk.store import tables as t
from tests.benchmarks.benchmark_tools import SAID
from tests.samples import visit_story
from tests.samples.store import PASSWORD, DebtorMaker, SetClock, let_in

SMALL, LARGE = (int(count) for count in os.environ.get("COLLECTOR_DESK_BUNDLE", "50 500").split())
A_DAY = 13  # visits of one pair


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A store with an agent and a pair; makes accepted reports on demand, each lot a placement of its own."""
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)
    clock = SetClock()
    agency = Agency("示例催收服务有限公司", "示例服务中心", "400-000-0000")
    lead = people.create_store(
        tmp_path / "store", name="林主管", password=PASSWORD, agency=agency, clock=clock
    ).seat
    settings.change(lead, Share(effective=3, connected=6))
    releases.release_all(lead)
    seats = []
    for name, role in (("张晓", Role.SENIOR_AGENT), ("王走访", Role.VISITOR), ("赵同行", Role.VISITOR)):
        let_in(lead, name=name, password=PASSWORD, roles=frozenset({role}))
        seats.append(people.sign_in(lead.store.folder, name, PASSWORD, clock=clock))
    yield lead, seats, DebtorMaker(lead)
    for seat in (*seats, lead):
        seat.store.close()


def accepted(desk, count: int, placement: str) -> None:
    """So many visits, reported, signed by both and accepted, in one placement."""
    lead, (agent, *pair), debtor = desk
    first, second = (visiting.visitor(seat.person) for seat in pair)
    begin = lead.local(lead.now()).date() + timedelta(days=1 + debtor.count)
    cases = []
    slot = 0
    for number in range(count):
        visit_id = visit_story.requested(agent, debtor(days=75), f"示例路 {number} 号")
        while True:
            hour = datetime.combine(begin + timedelta(days=slot // A_DAY), time(8 + slot % A_DAY))
            start = hour.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
            slot += 1
            plan = VisitPlan(
                first, second, start, start + timedelta(minutes=30), "示例路", authority_letter="12 号"
            )
            try:
                visiting.open_and_plan(lead, visit_id, plan)
            except VisitRefused:  # a day the house keeps closed
                continue
            break
        report = visit_story.not_found(pair, arrived_at=start, left_at=start + timedelta(minutes=6))
        visiting.hand_in(pair[0], visit_id, report)
        for seat in pair:
            visiting.sign(seat, visit_id, how=SignedHow.PASSWORD)
        visiting.review(lead, visit_id, accepted=True, words="内容完整")
        cases += visiting.load(lead, visit_id).case_ids
    with lead.store.write() as conn:
        row = dict(conn.execute(select(t.placement)).mappings().first() or {})
        row |= {"id": placement, "number": placement}
        conn.execute(insert(t.placement).values(**row))
        for case in cases:
            conn.execute(update(t.account_case).where(t.account_case.c.id == case).values(placement_id=placement))


def resident() -> float:
    """Megabytes of memory this process has; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def test_a_report_costs_the_same_among_many(desk, tmp_path: Path) -> None:
    lead = desk[0]
    per_report, grown, held = {}, {}, {}
    accepted(desk, 2, "warm")
    bundle.bundle(lead, "warm", tmp_path / "warm.zip", "zh_CN")
    for count in (SMALL, LARGE):
        placement = f"P-{count}"
        accepted(desk, count, placement)
        before, began = resident(), perf_counter()
        peak = before

        def step(done: int, _total: int) -> bool:
            nonlocal peak
            peak = max(peak, resident()) if done % 10 == 0 else peak
            return True

        assert bundle.bundle(lead, placement, tmp_path / f"{placement}.zip", "zh_CN", step) == count
        per_report[count] = (perf_counter() - began) * 1000 / count
        grown[count] = peak - before
        tracemalloc.start()
        assert bundle.bundle(lead, placement, tmp_path / f"{placement}-again.zip", "zh_CN") == count
        held[count] = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        with zipfile.ZipFile(tmp_path / f"{placement}.zip") as made:
            assert len(made.namelist()) == count + 2
    ratio = per_report[LARGE] / per_report[SMALL]
    SAID.append(
        f"bundle: {per_report[LARGE]:.0f} ms a report among {LARGE}, {ratio:.2f} x that among {SMALL}; "
        f"resident memory +{grown[LARGE]:.0f} MB against +{grown[SMALL]:.0f} MB; "
        f"at most {held[LARGE]:.1f} MB of Python's objects against {held[SMALL]:.1f} MB"
    )
    each = (held[LARGE] - held[SMALL]) * 1000 / (LARGE - SMALL)
    assert each < 10, f"{each:.1f} KB stay of every report: its line in the list may, its pages may not"
