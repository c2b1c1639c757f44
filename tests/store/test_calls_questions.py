"""Calls under way, the last outcome, ways through a call, and what an outcome did."""

from datetime import timedelta

import pytest

from collector_desk.domain.book.debts import NumberSource
from collector_desk.domain.vocabulary import (
    Addressee,
    Channel,
    Direction,
    NumberKind,
    NumberStanding,
    Outcome,
    PayChannel,
    PromiseState,
    Role,
)
from collector_desk.store import calls, calls_back
from collector_desk.store import tables as t
from collector_desk.store.record import open_attempts
from tests.samples.ids import an_id
from tests.samples.rows import AT

ME, COLLEAGUE = an_id("me"), an_id("colleague")


@pytest.fixture
def debtor(filed):
    return filed(t.debtor, name="王明")


@pytest.fixture
def phone(filed, debtor):
    said = {"kind": NumberKind.MOBILE, "standing": NumberStanding.WRONG, "source": NumberSource.BANK}
    return filed(t.phone, debtor_id=debtor, number="16188001001", **said)


@pytest.fixture
def attempt(filed, debtor, phone):
    said = {"channel": Channel.CALL, "direction": Direction.OUT, "addressee": Addressee.DEBTOR}
    return filed(t.attempt, debtor_id=debtor, actor_id=ME, phone_id=phone, **said)


@pytest.fixture
def ended(filed, debtor, attempt):
    def make(outcome=Outcome.REFUSES, path=(), at=AT):
        return filed(
            t.attempt_end,
            attempt_id=attempt,
            debtor_id=debtor,
            actor_id=ME,
            outcome=outcome,
            result="effective",
            path=list(path),
            identity_right=[],
            ended_at=at,
        )

    return make


def test_a_call_under_way_is_found_by_who_owes_its_outcome_and_by_its_debtor(conn, debtor, attempt):
    assert calls.open_of(conn, ME) is None
    open_attempts.wait_for_outcome(conn, attempt, person_id=ME, debtor_id=debtor, since=AT)
    found = calls.open_of(conn, ME)
    assert found is not None
    assert (found.id, found.number, found.to) == (attempt, "16188001001", Addressee.DEBTOR)
    assert calls.in_the_way(conn, COLLEAGUE, debtor) == {ME: found}
    assert calls.in_the_way(conn, ME, an_id("other")) == {ME: found}
    assert calls.in_the_way(conn, COLLEAGUE, an_id("other")) == {}


def test_calls_that_wait_say_who_owes_them(conn, filed, debtor, attempt):
    filed(t.person, id=ME, name="张晓", roles=[Role.VISITOR], active=True)
    open_attempts.wait_for_outcome(conn, attempt, person_id=ME, debtor_id=debtor, since=AT)
    (found,) = calls.waiting_calls(conn)
    assert (found.id, found.debtor_name, found.caller, found.roles, found.active) == (
        attempt,
        "王明",
        "张晓",
        (Role.VISITOR,),
        True,
    )


def test_the_last_outcome_is_one_that_holds(conn, filed, debtor, attempt, ended):
    early = AT - timedelta(days=1)
    first = ended()
    found = calls.last_end(conn, ME, earliest=early, since=early)
    assert found is not None
    assert (found.id, found.attempt_id, found.debtor_id) == (first, attempt, debtor)
    assert calls.last_end(conn, COLLEAGUE, earliest=early, since=early) is None
    filed(t.taken_back, attempt_id=attempt, attempt_end_id=first, whose=debtor)
    assert calls.last_end(conn, ME, earliest=early, since=early) is None


def test_ways_through_a_call_are_told_of_outcomes_that_hold(conn, filed, debtor, attempt, ended):
    ended(path=["card:too_high", "step:2"])
    ended(Outcome.HANGS_UP, path=["step:1"])
    assert list(calls.paths_with(conn, "card:", AT)) == [(Outcome.REFUSES, ["card:too_high", "step:2"])]
    assert list(calls.paths_with(conn, "card:", AT + timedelta(seconds=1))) == []


def test_what_became_of_promises_says_which_outcome_did_it(conn, filed, debtor):
    promise = filed(t.promise, debtor_id=debtor, channel=PayChannel.BANK_APP, currency="CNY")
    filed(t.promise_event, promise_id=promise, state=PromiseState.BROKEN, whose=debtor)
    moves = calls_back.promise_moves(conn, [promise], an_id("end"))
    assert {one: [(move.state, move.by_this) for move in some] for one, some in moves.items()} == {
        promise: [(PromiseState.BROKEN, False)]
    }
    assert calls_back.promise_moves(conn, [], an_id("end")) == {}


def test_what_an_outcome_said_of_a_number_is_told_with_what_was_known_before(conn, filed, debtor, phone, attempt):
    assert calls_back.said_of_numbers(conn, attempt) == ()
    before = {"standing": NumberStanding.LIVE, "source": NumberSource.LEAD}
    filed(t.phone_event, phone_id=phone, whose=debtor, **before)
    now = {"standing": NumberStanding.WRONG, "source": NumberSource.CALL}
    filed(t.phone_event, phone_id=phone, attempt_id=attempt, whose=debtor, **now)
    (said,) = calls_back.said_of_numbers(conn, attempt)
    assert (said.phone_id, said.before, said.standing) == (phone, NumberStanding.LIVE, NumberStanding.WRONG)
