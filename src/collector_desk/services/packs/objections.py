"""Answers to what debtors say, found while one types: the cards in use at the store, else the shipped ones."""

from collections.abc import Mapping, Sequence

from collector_desk.domain.calls.objection_cards import Hit, ObjectionCard
from collector_desk.packs import objections as pack
from collector_desk.services.desk.seat import Seat
from collector_desk.services.packs import in_use


def cards(language: str, seat: Seat | None = None) -> Mapping[str, ObjectionCard]:
    """Every card by its id, in the order of a list."""
    if seat is None:
        return pack.shipped_cards(language)
    with seat.store.read() as conn:
        return in_use.cards(conn, language)


_LONGEST = 500
"""Characters looked at of what is typed: a pasted page would hold the window for seconds."""


def find(text: str, language: str, limit: int = 3, seat: Seat | None = None) -> Sequence[Hit]:
    """The cards that fit best what the debtor says; none where it is no objection."""
    text = text[:_LONGEST]
    if seat is None:
        return pack.shipped_index(language).find(text, limit)
    with seat.store.read() as conn:
        index = in_use.index(conn, language)
    return index.find(text, limit)
