"""Of which days the bank has told what was paid: until then silence says nothing about a promise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class DaySpan:
    """Days that a file, or somebody's "none today", covers, both ends with them; none ends before it begins."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of one stream's days since ``since``.

    ``known_up_to``: the end of the unbroken stretch, None where there is none yet; ``holes``: what is missing
    before days that were told already.
    """

    known_up_to: date | None
    holes: tuple[DaySpan, ...]


def joined(spans: Iterable[DaySpan]) -> tuple[DaySpan, ...]:
    """The same days in as few spans as there can be, in order."""
    found: list[DaySpan] = []
    for span in sorted(spans):
        if found and span.first <= found[-1].last + _DAY:
            found[-1] = DaySpan(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return tuple(found)


def coverage(spans: Iterable[DaySpan], since: date) -> Coverage:
    """How far the bank's word reaches. ``since``: the first day that has to be told, the one after the figure's."""
    told = [span for span in joined(spans) if span.last >= since]
    known: date | None = None
    holes: list[DaySpan] = []
    expected = since
    for span in told:
        if span.first > expected:
            holes.append(DaySpan(expected, span.first - _DAY))
        elif not holes:
            known = span.last
        expected = span.last + _DAY
    return Coverage(known, tuple(holes))
