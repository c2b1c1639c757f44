"""What debtors say they have paid: claimed is not confirmed, and a payment answers one claim."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.money.bank_days import BankDays
from collector_desk.domain.money.claims import judge
from collector_desk.domain.money.payments import FileKind, Payment, ReceivedRow
from collector_desk.domain.money.promises import Claim
from collector_desk.domain.vocabulary import ClaimState

AS_OF, DAYS = date(2026, 11, 2), BankDays()
TOLD = datetime(2026, 11, 12, 2, 0, tzinfo=UTC)


def nov(day):
    return date(2026, 11, day)


def claim(name="a", minor=50_000, day=10, currency="CNY"):
    return Claim(minor, nov(day), TOLD + timedelta(minutes=ord(name[0])), name, currency)


def payment(name, minor=50_000, day=10, *, paid=None, back=0):
    row = ReceivedRow(name, (0, 0, 0), "6", name, minor, "CNY", nov(day), "f", FileKind.NEW, TOLD, paid_on=paid)
    taken = (ReceivedRow(f"-{name}", (0, 0, 1), "6", name, -back, "CNY", nov(day), "f", FileKind.NEW, TOLD),)
    return Payment(row, taken if back else ())


def states(claims, payments, known):
    found = judge(claims, payments, as_of=AS_OF, known_up_to=known, days=DAYS)
    return [(one.claim.id, one.state, one.row_id) for one in found]


@pytest.mark.parametrize(
    ("payments", "known", "state"),
    [
        ([], None, ClaimState.WAITING),
        ([], nov(10), ClaimState.WAITING),  # booked on the next bank day it would still be in time
        ([], nov(11), ClaimState.REFUTED),
        ([payment("r")], None, ClaimState.CONFIRMED),
        ([payment("r", day=11)], nov(11), ClaimState.CONFIRMED),
        ([payment("r", day=7)], nov(11), ClaimState.CONFIRMED),  # days get mixed up
        ([payment("r", day=6)], nov(11), ClaimState.REFUTED),
        ([payment("r", day=12)], nov(12), ClaimState.REFUTED),
        ([payment("r", day=13, paid=nov(10))], nov(13), ClaimState.CONFIRMED),  # the transaction's own day
        ([payment("r", 49_600)], nov(11), ClaimState.CONFIRMED),
        ([payment("r", 49_000)], nov(11), ClaimState.REFUTED),
        ([payment("r", back=50_000)], nov(11), ClaimState.REFUTED),  # taken back: nothing of it remains
    ],
)
def test_how_a_claim_stands(payments, known, state):
    assert states([claim()], payments, known)[0][1] is state


def test_the_window_ends_with_a_bank_day_and_silence_is_counted_in_them():
    (now,) = judge([claim(day=13)], [], as_of=AS_OF, known_up_to=nov(15), days=DAYS)  # a Friday
    assert (now.state, now.window_ends, now.silent_from) == (ClaimState.WAITING, nov(16), nov(24))


def test_what_the_banks_figure_has_in_it_keeps_nobody_waiting():
    (now,) = judge([claim(day=10)], [], as_of=nov(11), known_up_to=None, days=DAYS)
    assert now.state is ClaimState.IN_FIGURE
    (now,) = judge([claim(day=10)], [], as_of=nov(10), known_up_to=None, days=DAYS)
    assert now.state is ClaimState.WAITING  # of the figure's own day: perhaps not yet in it


def test_a_payment_answers_one_claim_and_what_fits_best_goes_first():
    claims = [claim("a", 50_300), claim("b", 50_000), claim("c", 50_000, day=11)]
    assert states(claims, [payment("r", day=10), payment("s", day=11)], nov(12)) == [
        ("a", ClaimState.REFUTED, None),
        ("b", ClaimState.CONFIRMED, "r"),
        ("c", ClaimState.CONFIRMED, "s"),
    ]


def test_another_currency_answers_nothing():
    assert states([claim(currency="USD")], [payment("r")], nov(12)) == [("a", ClaimState.REFUTED, None)]


amounts = st.sampled_from([49_800, 50_000, 50_200, 10_000])
days = st.integers(3, 20)


@given(
    st.lists(st.tuples(amounts, days), max_size=6),
    st.lists(st.tuples(amounts, days), max_size=6),
    st.none() | st.integers(3, 28),
    st.randoms(),
)
def test_in_whatever_order_they_come_no_row_answers_two_and_none_is_refuted_early(claimed, paid, known, order):
    claims = [claim(chr(97 + n), minor, day) for n, (minor, day) in enumerate(claimed)]
    payments = [payment(f"r{n}", minor, day) for n, (minor, day) in enumerate(paid)]
    told = None if known is None else nov(known)
    found = judge(claims, payments, as_of=AS_OF, known_up_to=told, days=DAYS)
    rows = [one.row_id for one in found if one.row_id]
    assert len(rows) == len(set(rows))
    for one in found:
        assert (one.state is ClaimState.CONFIRMED) == (one.row_id is not None)
        if one.state is ClaimState.REFUTED:
            assert told is not None
            assert told >= one.window_ends
    order.shuffle(claims)
    order.shuffle(payments)
    assert judge(claims, payments, as_of=AS_OF, known_up_to=told, days=DAYS) == found
