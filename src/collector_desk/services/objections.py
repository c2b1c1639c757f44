"""Answers to what debtors say, found while one types: the shipped cards of a language."""

from collections.abc import Mapping, Sequence

from collector_desk.domain.objection_cards import Hit, ObjectionCard
from collector_desk.packs import objections as pack


def cards(language: str) -> Mapping[str, ObjectionCard]:
    """Every card by its id, in the order of a list."""
    return pack.shipped_cards(language)


def find(text: str, language: str, limit: int = 3) -> Sequence[Hit]:
    """The cards that fit best what the debtor says; none where it is no objection."""
    return pack.shipped_index(language).find(text, limit)


def shortcodes(language: str) -> Mapping[str, str]:
    """Short forms for notes, without their slash."""
    return pack.load_shortcodes(language)
