from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import (
    CALL_BACK_LATE,
    PROMISE_WINDOW,
    QueueClass,
    QueueFacts,
    QueueSettings,
    amount_key,
    place,
)
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Outcome

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # 14:30 in Shanghai, a Monday
SETTINGS = QueueSettings(large_from=5_000_000)


def facts(**other) -> QueueFacts:
    values = {
        "balance": Money(100_000),
        "previous_overdue": 3,
        "attempts": 2,
        "contacts_this_week": 0,
        "reachable": True,
        "lost_contact": False,
        "can_pay_part": False,
        "last_outcome": Outcome.NO_ANSWER,
    }
    return QueueFacts(**values | other)


def where(**other) -> QueueClass:
    return place(facts(**other), SETTINGS, NOW).queue_class


def test_the_order_of_the_classes_is_the_trades():
    assert where(callback_at=NOW) is QueueClass.DUE_NOW
    assert where(open_promise_at=NOW - timedelta(minutes=5)) is QueueClass.DUE_NOW
    assert where(broken_promise_at=NOW - timedelta(days=1)) is QueueClass.PROMISE_BROKEN
    assert where(previous_overdue=0, attempts=0, last_outcome=None) is QueueClass.FIRST_OVERDUE
    assert where(attempts=0, last_outcome=None) is QueueClass.FIRST_OVERDUE
    assert where(open_promise_at=NOW + timedelta(hours=3)) is QueueClass.PROMISED_TODAY
    assert where(can_pay_part=True) is QueueClass.CAN_PAY_PART
    assert where(balance=Money(5_000_000)) is QueueClass.LARGE_AMOUNT
    assert where() is QueueClass.IN_WORK
    assert where(lost_contact=True) is QueueClass.LOST_CONTACT
    order = [item for item in QueueClass if item.workable]
    assert order == sorted(order)


def test_a_promise_waits_then_is_due_then_waits_for_the_bank():
    due = NOW + timedelta(hours=2)
    ends = due + PROMISE_WINDOW
    promised = facts(open_promise_at=due)
    seen = [
        place(promised, SETTINGS, at).queue_class
        for at in (NOW - timedelta(days=1), NOW, due, ends - timedelta(seconds=1), ends)
    ]
    assert seen == [
        QueueClass.LATER,
        QueueClass.PROMISED_TODAY,
        QueueClass.DUE_NOW,
        QueueClass.DUE_NOW,
        QueueClass.WAITING,
    ]


def test_out_of_the_way_comes_before_everything_and_says_when_it_returns():
    tomorrow = NOW + timedelta(hours=18)
    blocked = place(facts(callback_at=NOW, blocked_until=tomorrow), SETTINGS, NOW)
    assert blocked.queue_class is QueueClass.BLOCKED
    assert blocked.back_at == tomorrow
    assert where(callback_at=NOW, paused_why=msg("book.conduct")) is QueueClass.PAUSED
    assert where(callback_at=NOW, waiting_why=msg("book.conduct")) is QueueClass.WAITING
    assert where(paused_why=msg("book.conduct"), done_why=msg("book.settled")) is QueueClass.DONE


def test_without_a_number_nothing_is_due():
    gone = {"no_number_why": msg("book.no_number", why=())}
    for other in (
        {"callback_at": NOW},
        {"broken_promise_at": NOW - timedelta(days=1)},
        {"try_again_at": NOW + timedelta(minutes=1)},
        {"open_promise_at": NOW - timedelta(minutes=5)},
        {"blocked_until": NOW + timedelta(hours=9)},
        {"attempts": 0},
        {"lost_contact": True},
    ):
        assert where(**other, **gone) is QueueClass.NO_NUMBER
    assert where(paused_why=msg("book.conduct"), **gone) is QueueClass.PAUSED
    assert where(waiting_why=msg("book.conduct"), **gone) is QueueClass.WAITING
    assert where(done_why=msg("book.settled"), **gone) is QueueClass.DONE
    assert not QueueClass.NO_NUMBER.workable


def test_a_promise_of_a_debtor_without_a_number_still_breaks_in_time():
    due = NOW - timedelta(minutes=5)
    found = place(facts(open_promise_at=due, no_number_why=msg("book.conduct")), SETTINGS, NOW)
    assert found.changes_at == due + PROMISE_WINDOW


def test_trying_again_says_what_the_last_try_led_to():
    later = NOW + timedelta(hours=4)
    why = place(facts(try_again_at=later, try_again_why=msg("book.number_wrong")), SETTINGS, NOW).why
    assert (why.code, why.params["why"].code) == ("book.try_again", "book.number_wrong")


def test_what_was_agreed_beyond_a_block_is_what_is_read():
    found = place(
        facts(open_promise_at=NOW + timedelta(days=2), blocked_until=NOW + timedelta(hours=18)), SETTINGS, NOW
    )
    assert found.queue_class is QueueClass.LATER
    assert found.why.code == "book.promised_later"


def test_within_a_class_what_is_left_of_the_week_counts():
    fresh, busy = (place(facts(contacts_this_week=n), SETTINGS, NOW) for n in (0, 2))
    assert fresh.key < busy.key
    assert fresh.changes_at is None
    assert busy.changes_at.astimezone(UTC) == datetime(2026, 11, 29, 16, 0, tzinfo=UTC)  # Monday 00:00 Shanghai


instants = st.none() | st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 15)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=UTC, microsecond=0)
)


@given(
    open_promise_at=instants,
    broken_promise_at=instants,
    callback_at=instants,
    try_again_at=instants,
    blocked_until=instants,
    attempts=st.integers(0, 9),
    week=st.integers(0, 9),
    lost=st.booleans(),
    part=st.booleans(),
    first=st.none() | st.integers(0, 6),
    ahead=st.integers(0, 10**6),
)
def test_every_debtor_has_one_place_that_stays_until_it_says_it_changes(
    open_promise_at,
    broken_promise_at,
    callback_at,
    try_again_at,
    blocked_until,
    attempts,
    week,
    lost,
    part,
    first,
    ahead,
):
    known = facts(
        open_promise_at=open_promise_at,
        broken_promise_at=broken_promise_at,
        callback_at=callback_at,
        try_again_at=try_again_at,
        blocked_until=blocked_until,
        blocked_why=msg("book.conduct"),
        attempts=attempts,
        contacts_this_week=week,
        lost_contact=lost,
        can_pay_part=part,
        previous_overdue=first,
    )
    found = place(known, SETTINGS, NOW)
    assert found.changes_at is None or found.changes_at > NOW
    later = NOW + timedelta(seconds=ahead)
    if found.changes_at is None or later < found.changes_at:
        again = place(known, SETTINGS, later)
        assert (again.queue_class, again.key) == (found.queue_class, found.key)
    elif found.queue_class is not QueueClass.IN_WORK:
        changed = place(known, SETTINGS, found.changes_at)
        assert (changed.queue_class, changed.why) != (found.queue_class, found.why)


def test_a_promise_of_today_is_read_as_one_though_the_gate_is_shut():
    shut = {"blocked_until": NOW + timedelta(hours=10), "blocked_why": msg("book.conduct")}
    due = NOW + timedelta(hours=2)
    before, within = (place(facts(open_promise_at=due, **shut), SETTINGS, at) for at in (NOW, due))
    assert before.queue_class is within.queue_class is QueueClass.PROMISED_TODAY
    assert before.why.code == within.why.code == "book.promised_today_shut"
    assert (before.changes_at, within.changes_at) == (due, due + PROMISE_WINDOW)
    assert before.back_at == within.back_at == shut["blocked_until"]
    after = place(facts(open_promise_at=due, **shut), SETTINGS, due + PROMISE_WINDOW)
    assert after.queue_class is QueueClass.BLOCKED
    tomorrow = place(facts(open_promise_at=NOW + timedelta(days=1), **shut), SETTINGS, NOW)
    assert tomorrow.queue_class is QueueClass.LATER


def test_a_call_back_that_is_due_is_looked_at_again_when_its_time_is_over():
    due = place(facts(callback_at=NOW), SETTINGS, NOW)
    assert (due.queue_class, due.changes_at) == (QueueClass.DUE_NOW, NOW + CALL_BACK_LATE)
    assert place(facts(callback_at=NOW), SETTINGS, NOW + CALL_BACK_LATE).changes_at is None
    set_for_it = facts(callback_at=NOW, scheduled_at=NOW - timedelta(minutes=5))
    assert place(set_for_it, SETTINGS, NOW).changes_at == NOW + CALL_BACK_LATE


TODAY = date(2026, 11, 23)


def test_before_the_due_date_somebody_is_reminded_three_days_and_one_day_before():
    seen = [place(facts(due_on=TODAY + timedelta(days=left)), SETTINGS, NOW) for left in range(6)]
    classes = [one.queue_class for one in seen]
    early, later = QueueClass.NOT_DUE, QueueClass.LATER
    assert classes == [later, early, later, early, later, later]
    midnight = datetime(2026, 11, 22, 16, tzinfo=UTC)  # in Shanghai, of today
    assert [one.back_at and (one.back_at - midnight).days for one in seen] == [1, None, 1, None, 1, 2]
    assert [one.changes_at - midnight for one in seen][1] == timedelta(days=1)
    assert seen[1].why.code == "book.not_due"


def test_a_debt_not_due_is_never_called_overdue():
    for untried in (0, 2):
        assert where(due_on=TODAY + timedelta(days=3), attempts=untried, previous_overdue=0) is QueueClass.NOT_DUE
    assert where(due_on=TODAY + timedelta(days=3), balance=Money(9_000_000)) is QueueClass.NOT_DUE
    assert where(due_on=TODAY - timedelta(days=1)) is QueueClass.IN_WORK
    assert where(due_on=TODAY + timedelta(days=3), callback_at=NOW) is QueueClass.DUE_NOW


def test_amounts_of_other_currencies_are_not_held_against_yuan():
    assert where(balance=Money(900_000_000, "JPY")) is QueueClass.IN_WORK
    assert where(balance=Money(900_000_000, "USD")) is QueueClass.IN_WORK
    every = [Money(200_000), Money(150_000, "USD"), Money(300_000, "JPY"), Money(500_000)]
    ordered = sorted(every, key=amount_key)
    assert [one.currency for one in ordered] == ["CNY", "CNY", "USD", "JPY"]


@given(st.sampled_from(list(Outcome)), st.sampled_from([0, 1, None]))
def test_the_first_attempt_that_ended_ends_first_overdue_and_its_words_are_read(outcome, previous):
    found = place(facts(previous_overdue=previous, attempts=1, last_outcome=outcome), SETTINGS, NOW)
    assert found.queue_class is QueueClass.IN_WORK
    assert found.why.code == "book.after_call"
    assert found.why.params["last"] == Message(f"Outcome.{outcome}")


def test_a_call_that_is_not_over_leaves_first_overdue_as_it_was():
    for attempts in (0, 1):
        found = place(facts(previous_overdue=0, attempts=attempts, last_outcome=None), SETTINGS, NOW)
        assert found.queue_class is QueueClass.FIRST_OVERDUE
        assert found.why.code.startswith("book.first_overdue")
