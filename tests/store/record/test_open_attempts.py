"""Which attempt waits for whose outcome."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from collector_desk.store import tables as t
from collector_desk.store.record import open_attempts
from tests.samples.ids import an_id
from tests.samples.rows import AT

CALL, NEXT, PERSON, COLLEAGUE, WHO, OTHER = map(an_id, ("call", "next", "person", "colleague", "debtor", "other"))


def waits(conn, attempt_id, person_id, debtor_id) -> None:
    open_attempts.wait_for_outcome(conn, attempt_id, person_id=person_id, debtor_id=debtor_id, since=AT)


def test_a_debtor_is_called_until_the_outcome_is_written(conn):
    waits(conn, CALL, PERSON, WHO)
    assert open_attempts.is_called(conn, WHO)
    assert not open_attempts.is_called(conn, OTHER)
    open_attempts.ended(conn, NEXT)
    assert open_attempts.is_called(conn, WHO)
    open_attempts.ended(conn, CALL)
    assert not open_attempts.is_called(conn, WHO)


@pytest.mark.parametrize(("person_id", "debtor_id"), [(PERSON, OTHER), (COLLEAGUE, WHO)])
def test_nobody_has_two_and_nobody_is_called_twice(conn, person_id, debtor_id):
    waits(conn, CALL, PERSON, WHO)
    with pytest.raises(IntegrityError):
        waits(conn, NEXT, person_id, debtor_id)


def test_one_that_is_handed_over_waits_for_somebody_else(conn):
    waits(conn, CALL, PERSON, WHO)
    waits(conn, NEXT, COLLEAGUE, OTHER)
    lead = an_id("lead")
    open_attempts.hand_over(conn, CALL, lead)
    whose = dict(conn.execute(select(t.open_attempt.c.attempt_id, t.open_attempt.c.person_id)).all())
    assert whose == {CALL: lead, NEXT: COLLEAGUE}
