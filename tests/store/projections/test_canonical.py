from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from collector_desk.store.projections.canonical import JournalLine, in_order

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def line(origin: str, place: int, minutes: int, after: tuple[str, int] | None = None) -> JournalLine:
    return JournalLine(
        origin, place, AT + timedelta(minutes=minutes), after, "promise_event", f"{origin}{place}", "", "d"
    )


def names(lines: list[JournalLine]) -> list[tuple[str, int]]:
    return [(one.origin, one.place) for one in lines]


def test_one_store_goes_by_its_own_numbers_whatever_its_clock_said() -> None:
    lines = [line("a", 3, 0), line("a", 1, 50), line("a", 2, 20)]
    assert names(in_order(lines)) == [("a", 1), ("a", 2), ("a", 3)]


def test_what_was_known_comes_before_though_its_clock_is_days_ahead() -> None:
    ahead = 3 * 24 * 60
    lines = [line("a", 1, 0), line("b", 1, ahead, ("a", 1)), line("a", 2, 30, ("b", 1))]
    assert names(in_order(lines)) == [("a", 1), ("b", 1), ("a", 2)]


def test_what_nobody_knew_of_goes_by_its_instant_then_by_its_store() -> None:
    lines = [line("b", 1, 10), line("a", 1, 10), line("c", 1, 5)]
    assert names(in_order(lines)) == [("c", 1), ("a", 1), ("b", 1)]


def test_a_line_that_is_not_here_is_no_reason_to_wait() -> None:
    assert names(in_order([line("a", 7, 0, ("b", 3)), line("b", 9, 1)])) == [("a", 7), ("b", 9)]


@st.composite
def histories(draw: st.DrawFn) -> list[JournalLine]:
    """Lines of up to three stores; each may have known one written before it."""
    lines: list[JournalLine] = []
    places = {"a": 0, "b": 0, "c": 0}
    for _ in range(draw(st.integers(0, 14))):
        origin = draw(st.sampled_from("abc"))
        places[origin] += 1
        others = [one for one in lines if one.origin != origin]
        known = draw(st.none() | st.sampled_from(others)) if others else None
        after = (known.origin, known.place) if known else None
        lines.append(line(origin, places[origin], draw(st.integers(-5000, 5000)), after))
    return lines


@given(histories(), st.integers(0, 1000))
def test_the_order_of_arrival_says_nothing(lines: list[JournalLine], seed: int) -> None:
    arrived = list(lines)
    Random(seed).shuffle(arrived)  # noqa: S311 -- an order to try
    ordered = in_order(arrived)
    assert ordered == in_order(list(reversed(lines)))
    assert sorted(names(ordered)) == sorted(names(lines))
    stands = {name: position for position, name in enumerate(names(ordered))}
    for one in lines:
        if one.place > 1:
            assert stands[one.origin, one.place - 1] < stands[one.origin, one.place]
        if one.after:
            assert stands[one.after] < stands[one.origin, one.place]
