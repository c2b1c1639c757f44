"""The last attempt to a debtor within a span."""

from datetime import timedelta

from collector_desk.store import tables as t
from collector_desk.store.calls import last_attempt
from tests.samples.ids import an_id
from tests.samples.rows import AT

WHO, HOUR = an_id("debtor"), timedelta(hours=1)


def test_the_last_attempt_is_the_debtors_own_within_the_span_and_no_rehearsal(conn, filed):
    def attempt(hours: int, whose: str = WHO, **said) -> str:
        return filed(t.attempt, debtor_id=whose, begun_at=AT + hours * HOUR, **said)

    assert last_attempt(conn, WHO, AT, AT + 4 * HOUR) is None
    attempt(0)
    last = attempt(2)
    attempt(3, rehearsal=True)
    attempt(3, an_id("other"))
    attempt(4)  # the span ends before it
    assert last_attempt(conn, WHO, AT, AT + 4 * HOUR) == last
    assert last_attempt(conn, WHO, AT + 3 * HOUR, AT + 4 * HOUR) is None
