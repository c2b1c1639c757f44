"""What a request for a visit goes by."""

from datetime import timedelta

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.vocabulary import Outcome, Result
from collector_desk.store import tables as t
from collector_desk.store.visits.requests import failed_calls, owed_on
from tests.samples.ids import an_id
from tests.samples.rows import AT


@pytest.fixture
def called(filed):
    """A call to a debtor with its outcome, if any; returns the id of the end."""
    whose = filed(t.debtor, name="张三")
    number = "16188001001"
    phone = filed(t.phone, debtor_id=whose, number=number, kind="mobile", standing="unknown", source="bank")

    def call(outcome=Outcome.NO_ANSWER, result=Result.NO_ANSWER, *, who="d", minutes=0, **said):
        attempt = filed(
            t.attempt,
            debtor_id=an_id(who),
            phone_id=phone,
            begun_at=AT + timedelta(minutes=minutes),
            addressee="debtor",
            **said,
        )
        if outcome is None:
            return attempt
        return filed(t.attempt_end, attempt_id=attempt, outcome=outcome, result=result, speaker="unknown")

    return call


def test_calls_that_reached_nobody_or_led_to_nothing_are_shown_oldest_first(conn, called):
    called(Outcome.HANGS_UP, Result.EFFECTIVE, minutes=2)
    called(minutes=1)
    called(Outcome.PROMISE_FULL, Result.EFFECTIVE)
    called(None)
    called(rehearsal=True)
    called(who="other")
    found = failed_calls(conn, an_id("d"))
    assert [one.outcome for one in found] == [Outcome.NO_ANSWER, Outcome.HANGS_UP]
    assert found[0].at == AT + timedelta(minutes=1)
    assert "88001" not in found[0].number_masked


def test_what_was_taken_back_shows_nothing(conn, called, filed):
    end = called()
    called(minutes=1)
    attempt = failed_calls(conn, an_id("d"))[0].attempt_id
    filed(t.taken_back, attempt_id=attempt, attempt_end_id=end)
    assert [one.at for one in failed_calls(conn, an_id("d"))] == [AT + timedelta(minutes=1)]


def test_of_many_calls_the_latest_twenty_are_looked_at(conn, called):
    for minutes in range(25):
        called(minutes=minutes)
    assert [one.at for one in failed_calls(conn, an_id("d"))] == [AT + timedelta(minutes=m) for m in range(5, 25)]


def test_what_is_owed_on_accounts_together_is_of_one_currency(conn, account):
    yuan, more = account(balance=100), account(serial=1002, balance=50)
    dollars = account(serial=1003, balance=7, currency="USD")
    account(serial=1004, balance=1000)
    assert owed_on(conn, [yuan, more, dollars], "CNY") == Money(150)
    assert owed_on(conn, [dollars], "CNY") is None
