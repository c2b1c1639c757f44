"""Whatever a bank sends: every fen is somewhere, no balance falls below zero, and order makes no difference."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.money.coverage import DaySpan, coverage, joined
from collector_desk.domain.money.payments import FileKind, ReceivedRow, RowDecision, Settling
from collector_desk.domain.money.promises import KeptState, PromisedPart, decide
from collector_desk.domain.money.sameness import sort_rows
from tests.domain.money.making import ZONE, at, nov, row, worked

days = st.integers(3, 20)
yuan = st.sampled_from([100, 250.5, 500, 1_000])
KINDS = st.sampled_from(list(FileKind))
references = st.sampled_from(["", "R1", "R2", "R3", "R4"])


@st.composite
def rows(draw, kinds=KINDS) -> list[ReceivedRow]:
    """Rows of up to four files, some alike, some taking others back."""
    found = []
    for place in range(draw(st.integers(0, 8))):
        back = -1 if draw(st.integers(0, 3)) == 0 else 1
        found.append(
            row(
                back * draw(yuan),
                draw(days),
                draw(references),
                file=f"f{draw(st.integers(1, 4))}",
                kind=draw(kinds) if place == 0 else found[0].kind,
            )
        )
    return found


@given(rows(), st.integers(0, 3_000), st.data())
def test_every_fen_is_accounted_for(received, owed, data):
    settling = st.sampled_from([None, *Settling])
    chosen = {one.id: data.draw(settling) for one in received}
    decisions = {name: RowDecision(name, what) for name, what in chosen.items() if what}
    found = sort_rows(received, decisions)
    after = worked(owed, received, decisions=decisions, as_of=data.draw(st.integers(2, 21)))
    assert after.balance >= 0
    refused = {name for name, what in chosen.items() if what is Settling.NOT_OURS}
    told = {one.row.id for one in found.payments} | set(found.repeats) | set(found.doubts)
    told |= set(found.reversals) | {one.id for one in found.unnamed}
    assert told | refused == {one.id for one in received}  # every row is something
    for share in after.shares:
        assert share.allocated + share.excess + share.contained == share.payment.net
        assert min(share.allocated, share.excess, share.contained) >= 0
        assert 0 <= share.payment.net <= share.payment.row.minor


@given(rows(), st.integers(0, 3_000), st.randoms(use_true_random=False))
def test_the_order_of_a_files_rows_makes_no_difference(received, owed, luck):
    mixed = list(received)
    luck.shuffle(mixed)
    assert worked(owed, received) == worked(owed, mixed)


@given(rows(kinds=st.just(FileKind.CUMULATIVE)), st.integers(0, 3_000))
def test_a_cumulative_file_sent_again_changes_nothing(received, owed):
    again = [
        replace(one, id=f"x{one.id}", file_id=f"g{one.file_id}", place=(9, *one.place[1:])) for one in received
    ]
    once, twice = worked(owed, received), worked(owed, received + again)
    assert once.balance == twice.balance
    assert [(one.allocated, one.excess, one.doubt) for one in once.shares] == [
        (one.allocated, one.excess, one.doubt) for one in twice.shares
    ]


@given(rows(), st.integers(2, 21), st.integers(1, 2_000), st.integers(1, 2_000))
def test_each_fen_serves_one_promise_and_the_clock_alone_breaks_none(received, known, first, second):
    parts = [
        PromisedPart(name, minor, "CNY", at(2), at(due), nov(due + 1))
        for name, minor, due in (("a", first * 100, 10), ("b", second * 100, 18))
    ]
    payments = sort_rows(received).payments
    found = decide(parts, payments, nov(known), ZONE)
    assert sum(one.served for one in found.values()) <= sum(one.net for one in payments)
    for one in parts:
        assert found[one.id].served <= one.minor
        if known < one.grace_ends.day:
            assert found[one.id].kept in (KeptState.WAITING, KeptState.KEPT)
        else:
            assert found[one.id].kept is not KeptState.WAITING
    silent = decide(parts, payments, None, ZONE)
    assert {one.kept for one in silent.values()} <= {KeptState.WAITING, KeptState.KEPT}


spans = st.lists(st.tuples(days, days).map(lambda two: DaySpan(nov(min(two)), nov(max(two)))), max_size=6)


@given(spans)
def test_what_is_known_is_the_unbroken_stretch_and_the_holes_are_the_rest(told):
    since = nov(3)
    all_days = {since.replace(day=day) for one in told for day in range(one.first.day, one.last.day + 1)}
    found = coverage(told, since)
    known = [nov(day) for day in range(3, (found.known_up_to or nov(2)).day + 1)]
    assert set(known) <= all_days
    assert nov(len(known) + 3) not in all_days
    missing = {nov(day) for hole in found.holes for day in range(hole.first.day, hole.last.day + 1)}
    assert missing == {nov(day) for day in range(3, max(all_days, default=nov(2)).day + 1)} - all_days
    assert joined(joined(told)) == joined(told)
