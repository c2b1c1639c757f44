"""Counts how often each answer card was used and what followed, at this store only. It changes no order.

Counted are calls, not clicks: a card shown twice in one call was used once. Taken-back outcomes and rehearsals
don't count.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from collector_desk.domain.people import Act
from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.desk.seat import Seat, demand
from collector_desk.services.packs import objections
from collector_desk.store import calls

CARD = "card:"
FEW = 10
"""Below so many calls a share says nothing; the table then shows counts only."""


class Followed(StrEnum):
    """What a call with the card led to."""

    PROMISE = "promise"
    LED_ON = "led_on"  # paid already, call back, plan, dispute, hardship: the talk goes on
    REFUSED = "refused"
    HUNG_UP = "hung_up"
    COMPLAINT = "complaint"
    OTHER = "other"


_FOLLOWED = {
    Outcome.PROMISE_FULL: Followed.PROMISE,
    Outcome.PROMISE_PART: Followed.PROMISE,
    Outcome.PAID_ALREADY: Followed.LED_ON,
    Outcome.CALL_BACK: Followed.LED_ON,
    Outcome.WANTS_PLAN: Followed.LED_ON,
    Outcome.DISPUTE: Followed.LED_ON,
    Outcome.HARDSHIP: Followed.LED_ON,
    Outcome.REFUSES: Followed.REFUSED,
    Outcome.STOP_CALLING: Followed.REFUSED,
    Outcome.HANGS_UP: Followed.HUNG_UP,
    Outcome.COMPLAINT: Followed.COMPLAINT,
}


@dataclass(frozen=True, slots=True)
class CardUse:
    """One card (or, with ``id`` "", all calls with any card): the calls it was used in, by what followed."""

    id: str
    title: str
    used: int
    counts: tuple[tuple[Followed, int], ...]

    def count(self, followed: Followed) -> int:
        """How many of the calls led to this."""
        return dict(self.counts).get(followed, 0)

    def share(self, followed: Followed) -> int | None:
        """The same in whole per cent; None where the calls are too few to say."""
        return round(100 * self.count(followed) / self.used) if self.used >= FEW else None


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the calls of a period show: every card that was used, the most used first, and all calls with a card."""

    since: date
    until: date
    every: CardUse
    cards: tuple[CardUse, ...]


def learnt(seat: Seat, language: str, *, days: int = 30, check: Callable[[], None] | None = None) -> Learnt:
    """What followed the cards in the last ``days`` local days, today included. May take a second: run it beside.

    ``check`` is called now and then and may raise to stop it.
    """
    demand(seat, Act.EDIT_PACKS)
    until = seat.today()
    since = until - timedelta(days=days - 1)
    begin = datetime.combine(since, time.min, ZoneInfo(seat.zone))
    uses: Counter[tuple[str, Followed]] = Counter()
    with seat.store.read() as conn:
        for place, (outcome, path) in enumerate(calls.paths_with(conn, CARD, begin)):
            if check is not None and place % 1000 == 0:
                check()
            followed = _FOLLOWED.get(outcome, Followed.OTHER)
            uses.update((card, followed) for card in {"", *_cards(path)})
    titles = {card_id: card.title for card_id, card in objections.cards(language, seat).items()}
    found = [_use(card, titles.get(card, card), uses) for card in {card for card, _ in uses} - {""}]
    order = list(titles)
    found.sort(key=lambda one: (-one.used, order.index(one.id) if one.id in titles else len(order), one.id))
    return Learnt(since, until, _use("", "", uses), tuple(found))


def _cards(path: Iterable[str]) -> set[str]:
    return {stop.removeprefix(CARD) for stop in path if stop.startswith(CARD)}


def _use(card: str, title: str, uses: Counter[tuple[str, Followed]]) -> CardUse:
    counts = tuple((followed, uses[card, followed]) for followed in Followed)
    return CardUse(card, title, sum(count for _, count in counts), counts)
