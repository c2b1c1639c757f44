"""Files without an open account, and what there is of each."""

from datetime import date, timedelta

import pytest

from collector_desk.domain.vocabulary import Flag
from collector_desk.store import tables as t
from collector_desk.store.office.retention import closed_files
from tests.samples.rows import AT


@pytest.fixture
def whose(filed):
    """A debtor with an account in each of these states; returns the id."""
    count = iter(range(100))
    batch = filed(t.batch, file_id=filed(t.received_file), state="visible")
    placement = filed(t.placement)

    def make(*states: str, flags: tuple[str, ...] = ()) -> str:
        who = filed(t.debtor, customer_no=f"C{next(count)}", flags=list(flags))
        for state in states:
            serial, given = next(count), {"batch_id": batch, "placement_id": placement, "currency": "CNY"}
            day = date(2026, 11, 2) + timedelta(days=serial)
            filed(t.account_case, debtor_id=who, serial=serial, state=state, balance_as_of=day, **given)
        return who

    return make


def found(conn):
    return {file.debtor_id: file for file in closed_files(conn)}


def test_only_files_without_an_open_account_are_closed(conn, whose):
    paid, mixed = whose("settled", "settled"), whose("settled", "returned")
    whose("settled", "open")
    files = found(conn)
    assert set(files) == {paid, mixed}
    assert (files[paid].settled, files[mixed].settled) == (True, False)
    assert [number[-2:] for number in files[paid].case_numbers] == ["-1", "-2"]
    assert files[paid].as_of == date(2026, 11, 4)
    assert files[paid].closed_at is None


def test_a_file_tells_its_flags_and_when_it_was_closed(conn, whose, filed):
    who, other = whose("settled", flags=("complaint_open",)), whose("settled")
    for day in (1, 2):
        filed(t.case_event, debtor_id=who, event="reopened", at=AT + timedelta(days=day))
    files = found(conn)
    assert files[who].flags == {Flag.COMPLAINT_OPEN}
    assert files[who].closed_at == AT + timedelta(days=2)
    assert (files[other].flags, files[other].closed_at) == (frozenset(), None)


def test_each_kind_of_record_tells_its_last_event(conn, whose, filed):
    who, other = whose("settled"), whose("settled")
    for day, recording in ((1, "R-1"), (2, None)):
        attempt = filed(t.attempt, debtor_id=who, begun_at=AT + timedelta(days=day), addressee="debtor")
        filed(
            t.attempt_end,
            attempt_id=attempt,
            outcome="no_answer",
            result="no_answer",
            speaker="unknown",
            recording=recording,
        )
    plans = (4, "plan_request", "approved"), (5, "plan_request", "refused"), (6, "incident", "approved")
    for day, kind, decision in plans:
        at = AT + timedelta(days=day)
        task = filed(t.task, debtor_id=who, kind=kind, at=at)
        filed(t.task_done, task_id=task, decision=decision, at=at, whose=who)
    filed(t.visit_state, debtor_id=who, state="filed", changed_at=AT + timedelta(days=3))
    files = found(conn)
    days = {kind: (at - AT).days for kind, at in files[who].last.items()}
    assert days == {"call": 2, "recording": 1, "visit": 3, "oral_plan": 4}
    assert files[other].last == {}
