"""What is kept longer than the rules in use ask: closed files past their term. Only listed; nothing is erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from collector_desk.domain.conduct.names import HOLDS
from collector_desk.domain.conduct.records import Keeping, Record, keeping
from collector_desk.domain.conduct.rules import Pack
from collector_desk.domain.people import Act
from collector_desk.services.desk.seat import Seat, reading
from collector_desk.services.gate.facts import active_packs
from collector_desk.store.office.retention import ClosedFile, closed_files


@dataclass(frozen=True, slots=True)
class PastTerm:
    """A debtor's file whose term is over: whose, when its last account was closed, what the rules ask now."""

    debtor_id: str
    case_numbers: tuple[str, ...]
    closed_on: date
    asked: Keeping


def past_term(seat: Seat) -> tuple[PastTerm, ...]:
    """The files past their term, the longest closed first; for who takes files in. Slow: for a worker."""
    with reading(seat, Act.IMPORT) as conn:
        packs, zone = active_packs(conn), ZoneInfo(seat.zone)
        files = [_judged(file, packs, zone, seat.today()) for file in closed_files(conn)]
    found = (file for file in files if file.asked is not Keeping.KEEP)
    return tuple(sorted(found, key=lambda file: (file.closed_on, file.case_numbers)))


def _judged(file: ClosedFile, packs: Sequence[Pack], zone: ZoneInfo, today: date) -> PastTerm:
    """The file as its records make it: kept while the term of one of them runs, erased where all may go."""
    closed = _day(file.closed_at, zone) if file.closed_at else file.as_of
    known = {kind: _day(at, zone) for kind, at in file.last.items()}
    last = max([closed, *known.values()])
    holds = frozenset(flag.value for flag in file.flags) & HOLDS
    asked = {
        keeping(
            Record(
                kind=kind,
                event=day,
                last_activity=last,
                settlement=closed if file.settled else None,
                case_close=closed,
                holds=holds,
            ),
            packs,
            today,
        )
        for kind, day in {"file": last, **known}.items()
    }
    strictest = next(each for each in (Keeping.KEEP, Keeping.STORE_ONLY, Keeping.DELETE) if each in asked)
    return PastTerm(file.debtor_id, file.case_numbers, closed, strictest)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
