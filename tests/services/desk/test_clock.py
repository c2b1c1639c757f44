"""Edge case 9: a clock that was set is noticed, at once and not only by the last line of history."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Verdict
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk.clock import Doubt, SystemClock, doubt_of, steady_seconds
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.office import clock_repair, people
from tests.samples.store import PASSWORD, TEN_IN_SHANGHAI, SetClock


class Machine:
    """A machine whose wall clock can be set, and whose steady one can't."""

    def __init__(self) -> None:
        self.wall, self.steady = TEN_IN_SHANGHAI, 1000.0
        self.clock = SystemClock(lambda: self.wall, lambda: self.steady)

    def passes(self, **span: float) -> None:
        """Time goes by, awake or asleep."""
        self.wall += timedelta(**span)
        self.steady += timedelta(**span).total_seconds()

    def is_set(self, **span: float) -> None:
        """Somebody sets the wall clock by so much."""
        self.wall += timedelta(**span)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_edge_9_a_night_asleep_is_no_jump(machine):
    machine.passes(hours=14)
    machine.clock.now()
    assert doubt_of(machine.clock) == Doubt()


def test_edge_9_a_time_servers_small_corrections_are_none(machine):
    for _ in range(1000):
        machine.passes(seconds=60)
        machine.is_set(seconds=-1.5)
        machine.clock.now()
    assert doubt_of(machine.clock) == Doubt()


@pytest.mark.parametrize("ahead", [{"minutes": 6}, {"hours": 1}, {"days": 1}, {"days": 3650}])
def test_edge_9_set_far_ahead_is_a_jump_until_it_is_set_right(machine, ahead):
    machine.is_set(**ahead)
    machine.passes(seconds=10)
    assert machine.clock.doubt().jump == timedelta(**ahead)
    machine.is_set(**{unit: -value for unit, value in ahead.items()})
    assert machine.clock.doubt().jump == timedelta(0)


@pytest.mark.parametrize("back", [{"hours": 1}, {"days": 1}, {"days": 365}])
def test_edge_9_set_back_stands_before_what_was_seen(machine, back):
    machine.passes(hours=2)
    machine.clock.now()
    seen = machine.wall
    machine.is_set(**{unit: -value for unit, value in back.items()})
    assert machine.clock.doubt().mark == seen
    machine.passes(**back)
    assert machine.clock.doubt().mark is None


def test_edge_9_the_machines_zone_is_of_no_matter(monkeypatch):
    clock = SystemClock()
    monkeypatch.setenv("TZ", "America/New_York")
    if hasattr(time, "tzset"):
        time.tzset()
    try:
        assert doubt_of(clock) == Doubt()
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    finally:
        monkeypatch.undo()
        if hasattr(time, "tzset"):
            time.tzset()
    assert os.environ.get("TZ") != "America/New_York"


def test_the_steady_clock_goes_forward():
    first = steady_seconds()
    assert steady_seconds() >= first


def test_a_set_clock_of_a_rehearsal_is_not_doubted():
    assert doubt_of(SetClock()) == Doubt()


def at_machine(agent, machine):
    return people.sign_in(agent.store.folder, agent.person.name, PASSWORD, clock=machine.clock)


def test_edge_9_the_gate_asks_after_a_jump_and_a_lead_vouches_for_the_clock(agent, manager, debtor, machine):
    who = debtor()
    seat = at_machine(agent, machine)
    lead = people.sign_in(agent.store.folder, manager.person.name, PASSWORD, clock=machine.clock)
    try:
        phone = cases.open_case(seat, who).next_number.phone.id
        machine.is_set(hours=2)
        with pytest.raises(GateRefused) as refused:
            calling.begin(seat, debtor_id=who, phone_id=phone)
        assert refused.value.decision.verdict is Verdict.ASK
        assert refused.value.decision.reasons[0].ask_for == "date_confirmed"
        assert cases.open_case(seat, who).next_number is None
        with pytest.raises(Refused):
            clock_repair.repair(seat, "时间校准")  # an agent vouches for nothing
        clock_repair.repair(lead, "时间服务器校准，已核对")
        calling.begin(seat, debtor_id=who, phone_id=phone)
    finally:
        seat.store.close()
        lead.store.close()


def test_edge_9_set_back_between_two_lines_of_history_the_gate_is_shut(agent, debtor, machine):
    who = debtor()
    seat = at_machine(agent, machine)
    try:
        machine.passes(hours=2)
        phone = cases.open_case(seat, who).next_number.phone.id
        seen = machine.wall
        machine.is_set(hours=-1)  # still after the last line: only what was seen since tells
        with pytest.raises(GateRefused) as refused:
            calling.begin(seat, debtor_id=who, phone_id=phone)
        decision = refused.value.decision
        assert decision.reasons[0].rule == "gate.clock_back"
        assert decision.next_allowed_at == seen
        with seat.store.read() as conn:
            stored = conn.exec_driver_sql("SELECT verdict, reasons FROM gate_decision").one()
        assert stored[0] == "block"
        assert "gate.clock_back" in stored[1]
    finally:
        seat.store.close()
