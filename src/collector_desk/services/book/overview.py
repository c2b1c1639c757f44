"""The whole book at a glance: batches as they came in, every case, and terms that are known already."""

from dataclasses import replace

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.lists import BatchLine, CaseLine, CaseOrder
from collector_desk.domain.people import Act
from collector_desk.services.book.placements import placements
from collector_desk.services.desk.seat import Seat, reading
from collector_desk.store import search
from collector_desk.store.book import lists

PAGE = 200
MOST_ORDERED = 2000
"""Cases shown in an order of somebody's own; who looks farther narrows by a search."""
MOST_FOUND = 100
"""Debtors a search shows at most; one who types another character sees fewer anyway."""


def batches(seat: Seat) -> tuple[BatchLine, ...]:
    """All batches, the latest first; leads and managers only."""
    with reading(seat, Act.IMPORT) as conn:
        return lists.batch_lines(conn)


def cases(seat: Seat, *, after: str = "", limit: int = PAGE) -> tuple[CaseLine, ...]:
    """A page of all cases by number, from the one after ``after`` on."""
    with seat.store.read() as conn:
        return lists.case_lines(conn, today=seat.today(), after=after, limit=limit)


def ordered(seat: Seat, order: CaseOrder, *, falling: bool) -> tuple[CaseLine, ...]:
    """The first ``MOST_ORDERED`` cases in an order other than that of their numbers."""
    with seat.store.read() as conn:
        return lists.ordered_lines(conn, order, falling=falling, today=seat.today(), limit=MOST_ORDERED)


def find(seat: Seat, text: str) -> tuple[CaseLine, ...]:
    """The cases of the debtors ``text`` may mean: name, pinyin initials, three digits or more of any number."""
    with seat.store.read() as conn:
        ids = search.find(conn, text, limit=MOST_FOUND)
        return lists.lines_of_debtors(conn, ids, today=seat.today())


def count(seat: Seat) -> int:
    """How many cases the book holds."""
    with seat.store.read() as conn:
        return lists.count_cases(conn)


def known_terms(seat: Seat, guess: PlacementTerms) -> PlacementTerms:
    """What to offer for a new placement: what was entered for the same bank's latest one, but never its end.

    Where the file doesn't name the bank and all placements so far came from one bank, that one is offered.
    """
    known = placements(seat)
    bank = guess.bank_name.strip()
    if not bank and len({item.terms.bank_name for item in known}) == 1:
        bank = known[0].terms.bank_name
    same = [item.terms for item in known if item.terms.bank_name == bank]
    if not same:
        return guess
    return replace(same[-1], mandate_ends=guess.mandate_ends)
