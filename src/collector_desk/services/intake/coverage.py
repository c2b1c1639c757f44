"""How far each bank has told what was paid, and what a lead says of it: nothing was paid, or less is known.

Either decides promises anew: those whose grace the days now pass, or no longer do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.money.coverage import DaySpan, coverage
from collector_desk.domain.people import Act, may, require
from collector_desk.domain.states import CoverageEvent
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.money.derive import work_stale
from collector_desk.services.record import coverage as lines
from collector_desk.services.record import second_person
from collector_desk.store.engine import Connection
from collector_desk.store.money import files, promised
from collector_desk.store.money.files import NoneSaid
from collector_desk.store.money.promised import BankPlacement
from collector_desk.store.projections import money


@dataclass(frozen=True, slots=True)
class BankTold:
    """One bank: the last day of which all its placements are known, what is missing before later days, and where
    ``known_up_to`` is None, since when nothing is known."""

    bank: str
    since: date
    known_up_to: date | None
    holes: tuple[DaySpan, ...]
    said: NoneSaid | None = field(default=None, repr=False)  # nothing was paid, one says, and a second has to


@dataclass(frozen=True, slots=True)
class NoneTold:
    """What became of a word that nothing was paid: it counts, or ``waits`` for a second person."""

    waits: bool
    changes: Changes


def banks(seat: Seat) -> tuple[BankTold, ...]:
    """Every bank that placed anything, by name. Raises Refused for who may not settle payments."""
    require(seat.person, Act.SETTLE_PAYMENT)
    with seat.store.read() as conn:
        by_bank: dict[str, list[BankPlacement]] = {}
        for placement in promised.placements(conn):
            by_bank.setdefault(placement.bank, []).append(placement)
        return tuple(_told(conn, bank, found, seat.today()) for bank, found in sorted(by_bank.items()))


def none_until(seat: Seat, bank: str, day: date) -> NoneTold:
    """Nothing was paid from the first day not told of up to this one, as the bank says without a file.

    It breaks promises, so two say it: the first word waits, and counts once a lead other than who spoke it says the
    same day. Raises Refused for who may not, and where nobody else could agree; ``money.coverage.no_bank``;
    ``money.coverage.days_to_come`` for a day that is not over, ``money.coverage.told_already`` where the days are
    known.
    """
    told = _one(seat, bank)
    if day >= seat.today():
        raise Refused("money.coverage.days_to_come", "day")
    first = told.since if told.known_up_to is None else told.known_up_to + timedelta(days=1)
    if day < first:
        raise Refused("money.coverage.told_already", "day", day=told.known_up_to or day)
    with acting(seat, "payments.told") as act:
        said = files.said_none(act.conn, bank)
        if said is None or said.last != day or said.by_id == act.person_id or not may(seat.person.roles, Act.AGREE):
            second_person.require_somebody(act)
            lines.write(act, bank, CoverageEvent.PROPOSED, first, day)
            return NoneTold(waits=True, changes=Changes(everything=True))
        lines.write(act, bank, CoverageEvent.TOLD, first, day, said_id=said.id)
        touched = _to_decide(act, bank, promised.undecided)
    work_stale(seat)
    return NoneTold(waits=False, changes=Changes(debtors=touched, everything=True))


def lower(seat: Seat, bank: str, day: date, *, reason: str) -> Changes:
    """Less is known than was said: nothing after this day. A lead's word, with a reason; all is decided anew.

    Raises Refused for anybody but a lead, ``money.coverage.no_bank``, ``money.coverage.reason``.
    """
    require(seat.person, Act.CLOSE_CASE)
    _one(seat, bank)
    words = cleaned(reason, 300)
    if len(words) < 4:
        raise Refused("money.coverage.reason", "reason")
    with acting(seat, "payments.told") as act:
        lines.write(act, bank, CoverageEvent.LOWERED, None, day, words)
        touched = _to_decide(act, bank, promised.decided)
    work_stale(seat)
    return Changes(debtors=touched)


def _one(seat: Seat, bank: str) -> BankTold:
    found = {one.bank: one for one in banks(seat)}
    if bank not in found:
        raise Refused("money.coverage.no_bank", "bank", bank=bank)
    return found[bank]


def _told(conn: Connection, bank: str, placements: list[BankPlacement], today: date) -> BankTold:
    """Of several placements the one of which least is known speaks for the bank, once a day of it is over."""
    days, said = files.told(conn, bank), files.said_none(conn, bank)
    least: BankTold | None = None
    begun = [one for one in placements if one.first_figure + timedelta(days=1) < today]
    for one in begun or placements:
        since = one.first_figure + timedelta(days=1)
        spans = [span for span, of in days if not of or one.id in of]
        found = coverage(spans, since)
        waits = said if said is not None and said.last > (found.known_up_to or date.min) else None
        told = BankTold(bank, since, found.known_up_to, found.holes, waits)
        if least is None or (told.known_up_to or date.min) < (least.known_up_to or date.min):
            least = told
    assert least is not None  # noqa: S101 -- a bank is named by its placements
    return least


_Whose = Callable[[Connection, Sequence[str], datetime], list[str]]


def _to_decide(act: Writing, bank: str, whose: _Whose) -> frozenset[str]:
    """Mark whom it may decide about together with the word itself: whatever comes between, they are worked."""
    waiting = whose(act.conn, promised.told_of(act.conn, bank), act.at)
    money.mark_stale(act.conn, waiting)
    return frozenset(waiting)
