"""Many debtors worked out at once come out as each of them alone, whatever their histories; in few statements."""

from contextlib import suppress
from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from collector_desk.domain.book.derived import DERIVED
from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import ArrearsReason, NumberKind, Outcome, PayChannel, Speaker
from collector_desk.services.book import cases, queueing, refresh
from collector_desk.services.calls import calling
from collector_desk.services.intake import counts
from collector_desk.services.permits import scheduling
from collector_desk.store import tables as t
from tests.samples.statements import statements

CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
SILENT = (Outcome.NO_ANSWER, Outcome.BUSY, Outcome.OFF, Outcome.WRONG_NUMBER)
SHARED = ("16188001002", NumberKind.MOBILE)


def log_of(outcome, day):
    if outcome in SILENT:
        return CallLog(outcome)
    promised = outcome in (Outcome.PROMISE_PART, Outcome.CALL_BACK)
    return CallLog(
        outcome,
        Speaker.DEBTOR,
        CHECKED,
        60,
        f"客户在{day:%m月%d日}说明了目前的情况，双方已经约定下一步的安排。",
        ArrearsReason.WAITING_WAGES,
        amount=Money(50_000) if outcome is Outcome.PROMISE_PART else None,
        day=day + timedelta(days=1) if promised else None,
        at=time(15, 0) if promised else None,
        channel=PayChannel.BANK_APP if outcome is Outcome.PROMISE_PART else None,
        recording="R-1",
    )


def call(agent, who, number, outcome):
    numbers = cases.open_case(agent, who).numbers
    chosen = numbers[number % len(numbers)].phone.id
    begun = calling.begin(agent, debtor_id=who, phone_id=chosen)
    try:
        calling.finish(agent, begun.attempt.id, log_of(outcome, agent.today()))
    except Refused:
        calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))


CALLS = st.sampled_from([*SILENT, Outcome.PROMISE_PART, Outcome.REFUSES, Outcome.CALL_BACK, Outcome.COMPLAINT])
ACTS = st.one_of(
    st.tuples(st.just("call"), st.integers(0, 3), CALLS),
    st.tuples(st.just("count"), st.integers(0, 4), st.none()),
    st.tuples(st.just("later"), st.integers(1, 30), st.none()),
    st.tuples(st.sampled_from(["back", "set"]), st.integers(0, 3), st.none()),
)


def done(agent, manager, clock, who, act):
    what, how, outcome = act
    if what == "call":
        call(agent, who, how, outcome)
    elif what == "count":
        counts.enter(manager, who, effective=how // 2, connected=how, as_of=agent.now())
    elif what == "later":
        clock.forward(hours=how)
    elif what == "back":
        calling.take_back(agent)
    else:
        numbers = cases.open_case(agent, who).numbers
        scheduling.schedule(agent, who, numbers[how % len(numbers)].phone.id)


class _UndoneError(Exception):
    """Ends a transaction of which nothing is to stay."""


def worked_out(seat, *sets, by=refresh.refresh):
    """The derived columns by debtor, after these sets of them were worked out, each by itself; nothing stays."""
    found = {}
    for some in sets:
        with suppress(_UndoneError), seat.store.write() as conn:
            by(conn, some, seat.now())
            columns = [t.debtor.c[name] for name in DERIVED]
            for row in conn.execute(select(t.debtor.c.id, *columns).where(t.debtor.c.id.in_(some))):
                found[row.id] = row._asdict()
            raise _UndoneError
    return found


@pytest.fixture
def five(debtor):
    """Debtors of several sorts: some share a number, one has two accounts, one nobody but a contact."""
    kinds = (
        (("16188001001", NumberKind.MOBILE), SHARED),
        (SHARED, ("02088001003", NumberKind.HOME)),
        (("16188001004", NumberKind.MOBILE), ("16188001005", NumberKind.CONTACT)),
        (("16188001006", NumberKind.CONTACT),),
        (("16188001007", NumberKind.MOBILE),),
    )
    made = [debtor(numbers=numbers, days=20 * place) for place, numbers in enumerate(kinds)]
    debtor.another(made[0])
    return made


@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    acts=st.lists(st.tuples(st.integers(0, 4), ACTS), min_size=4, max_size=9),
    later=st.sampled_from([0, 3, 20, 24 * 6]),
)
def test_many_come_out_as_each_alone(agent, manager, clock, five, acts, later):
    for place, act in acts:
        with suppress(Refused):
            done(agent, manager, clock, five[place], act)
    clock.forward(minutes=5, hours=later)
    each = worked_out(agent, *([who] for who in five))
    assert worked_out(agent, five) == each
    assert worked_out(agent, five[::-1]) == each
    # whom no call moved: by what their row says of their calls
    assert worked_out(agent, five, by=refresh.refresh_uncalled) == each


def test_a_night_is_caught_up_with_in_few_statements(agent, manager, clock, debtor):
    everybody = [debtor() for _ in range(40)]
    for who in everybody[:6]:
        call(agent, who, 0, Outcome.PROMISE_PART)
    with agent.store.write() as conn:
        conn.execute(t.debtor.update().values(queue_changes_at=agent.now()))
    clock.forward(days=3)
    with statements(agent.store) as counted:
        changes = queueing.tick(agent, 40)
    assert changes.debtors == set(everybody)
    reads = [text for text in counted.texts if text.startswith("SELECT")]
    assert len(reads) <= 20, counted.told()
    with agent.store.read() as conn:
        states = list(conn.execute(select(t.promise_state.c.state)).scalars())
    assert states == ["open"] * 6  # passed: only what the bank tells decides them
    assert queueing.tick(agent).debtors == frozenset()


@pytest.mark.parametrize("by_whom", ["this window", "another one"])
def test_a_call_saved_while_a_tick_works_out_is_not_undone(agent, manager, clock, debtor, monkeypatch, by_whom):
    everybody = [debtor() for _ in range(15)]
    called = everybody[3]
    with agent.store.write() as conn:
        conn.execute(t.debtor.update().values(queue_changes_at=agent.now()))
    clock.forward(minutes=1)
    read, happened = refresh.uncalled, []

    def while_it_works(conn, debtor_ids, now):
        found = read(conn, debtor_ids, now)
        if not happened:
            happened.append(called)
            call(agent if by_whom == "this window" else manager, called, 0, Outcome.PROMISE_PART)
        return found

    monkeypatch.setattr(refresh, "uncalled", while_it_works)
    assert queueing.tick(agent, 40).debtors == set(everybody)
    monkeypatch.undo()
    with agent.store.read() as conn:
        kept = conn.execute(select(t.debtor.c.attempts, t.debtor.c.promises_made).where(t.debtor.c.id == called))
        assert kept.one() == (1, 1)
        assert refresh.odd_places(conn, everybody, agent.now()).odd == frozenset()
    assert queueing.tick(agent).debtors == frozenset()
