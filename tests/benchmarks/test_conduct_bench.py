"""The gate with 1,000 past events: at most 1 ms. The floor beside it is one look at each event."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from collector_desk.domain.conduct import Action, Facts, PastEvent, Share, decide
from collector_desk.domain.conduct.caps_used import standing
from collector_desk.domain.vocabulary import Addressee, Channel, Direction, Result
from collector_desk.packs.rules import load_shipped

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PACKS = [load_shipped("cn-card"), load_shipped("house")]
RESULTS = [Result.NO_ANSWER, Result.BUSY, Result.CONNECTED, Result.EFFECTIVE, Result.NOT_CONNECTED]
HISTORY = tuple(
    PastEvent(
        NOW - timedelta(minutes=40 * n + 1),
        Channel.CALL,
        Direction.OUT,
        Addressee.DEBTOR,
        f"n{n % 4}",
        RESULTS[n % 5],
        debtor_id="d1",
    )
    for n in range(1000)
)
FACTS = Facts(debtor_id="d1", zones=("Asia/Shanghai",), history=HISTORY, share=Share(3, 3))


def test_floor_one_look_at_each_event(benchmark: Callable[..., Any]) -> None:
    def look() -> dict[object, int]:
        counts: dict[object, int] = {}
        for event in HISTORY:
            sort = (event.channel, event.direction, event.to, event.result, event.number_id)
            counts[sort] = counts.get(sort, 0) + 1
        return counts

    benchmark(look)


@pytest.mark.parametrize("to", list(Addressee))
def test_decide_with_1000_events(benchmark: Callable[..., Any], to: Addressee) -> None:
    benchmark(decide, Action(Channel.CALL, to, "n1"), FACTS, PACKS, NOW)


def test_decide_at_night_with_the_time_it_opens(benchmark: Callable[..., Any]) -> None:
    decision = benchmark(
        decide, Action(Channel.CALL, Addressee.DEBTOR, "n1"), FACTS, PACKS, NOW + timedelta(hours=11)
    )
    assert decision.next_allowed_at is not None


def test_standing_of_a_debtor_with_four_numbers(benchmark: Callable[..., Any]) -> None:
    benchmark(standing, FACTS, PACKS, NOW, ["n0", "n1", "n2", "n3"])
