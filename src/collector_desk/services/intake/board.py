"""The lead's board of banks: how far each stream has told, who is silent, what is missing or in doubt."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from collector_desk.domain.conduct import silence
from collector_desk.domain.money.bank_days import BankDays
from collector_desk.domain.money.coverage import DaySpan, coverage
from collector_desk.domain.people import Act
from collector_desk.packs.bank_days import bank_days
from collector_desk.services.desk.seat import Seat, reading
from collector_desk.services.gate.facts import active_packs
from collector_desk.store.money import board, files
from collector_desk.store.money.files import NoneSaid


@dataclass(frozen=True, slots=True)
class StreamStands:
    """One bank's placement: the last day told of (None: none since ``since``), what is missing before later days.

    ``placement`` is empty where the bank has one alone; the counts are the bank's, told with its first stream.
    """

    bank: str
    placement: str
    since: date
    known_up_to: date | None
    holes: tuple[DaySpan, ...]
    silent_days: int
    silent: bool  # for as many bank days as the packs in use let it be
    clashes: int = 0
    refuted: int = 0
    to_ask: int = 0
    said: NoneSaid | None = field(default=None, repr=False)  # that nothing was paid, one says, and a second has to

    @property
    def troubled(self) -> bool:
        """Whether a lead has to look at it."""
        return self.silent or bool(self.said or self.holes or self.clashes or self.refuted)


def streams(seat: Seat) -> tuple[StreamStands, ...]:
    """Every stream of every bank with a case that is worked. Raises Refused for who may not settle payments."""
    with reading(seat, Act.SETTLE_PAYMENT) as conn:
        placed = board.worked_placements(conn)
        clashes, refuted, asked = board.clashes(conn), board.refuted(conn), board.to_ask(conn)
        banks = {one.bank for one in placed}
        told = {bank: files.told(conn, bank) for bank in banks}
        allowed = silence.board_after(active_packs(conn))
        said = {bank: files.said_none(conn, bank) for bank in banks}
    found: list[StreamStands] = []
    today, days, seen = seat.today(), bank_days(), set[str]()
    for one in placed:
        since = one.first_figure + timedelta(days=1)
        known = coverage([span for span, of in told[one.bank] if not of or one.id in of], since)
        last = known.known_up_to or one.first_figure
        first, none = one.bank not in seen, said[one.bank]
        gone_by = _gone_by(last, today, days)
        seen.add(one.bank)
        found.append(
            StreamStands(
                bank=one.bank,
                placement=one.number if sum(other.bank == one.bank for other in placed) > 1 else "",
                since=since,
                known_up_to=known.known_up_to,
                holes=known.holes,
                silent_days=gone_by,
                silent=gone_by >= allowed,
                clashes=clashes.get(one.bank, 0) if first else 0,
                refuted=refuted.get(one.bank, 0) if first else 0,
                to_ask=asked.get(one.bank, 0) if first else 0,
                said=none if none is not None and none.last > last else None,
            )
        )
    return tuple(found)


def _gone_by(last: date, today: date, days: BankDays) -> int:
    """How many bank days lie between the last day told of and today, both left out."""
    count, day = 0, days.after(last)
    while day < today:
        count += 1
        day = days.after(day)
    return count
