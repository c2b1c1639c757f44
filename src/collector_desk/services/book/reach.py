"""Which numbers of a debtor waiting can open: what the queue needs to know of them, read from one store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from collector_desk.domain.book import reach
from collector_desk.domain.book.debts import PhoneFacts
from collector_desk.domain.book.reach import OwnNumber
from collector_desk.domain.message import Message
from collector_desk.domain.text import telephone
from collector_desk.domain.vocabulary import NumberStanding, Outcome
from collector_desk.services.gate.facts import opens
from collector_desk.store import tables as t
from collector_desk.store.calls import ATTEMPTS_NOW, COUNTS
from collector_desk.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Ways:
    """The debtor's own numbers that may be called now or some time; where there is no way to call at all, why."""

    own: tuple[PhoneFacts, ...]
    no_number_why: Message | None


def ways(conn: Connection, debtor_id: str, phones: Sequence[PhoneFacts], now: datetime, zone: str) -> Ways:
    """How the debtor can be reached by telephone. A guarantor or contact whom the rules open is a way too."""
    own = [phone for phone in phones if phone.own]
    off = _off_days(conn, debtor_id, zone) if any(phone.standing is NumberStanding.DEAD for phone in own) else {}
    known = [(phone, _known_of(phone, len(off.get(phone.id, ())))) for phone in own]
    why = reach.no_number(number for _, number in known)
    others = [phone for phone in phones if not phone.own]
    if why and others and opens(conn, debtor_id, now, phones, others):
        why = None
    return Ways(tuple(phone for phone, number in known if reach.gone(number) is None), why)


def _known_of(phone: PhoneFacts, off_days: int = 0) -> OwnNumber:
    """What decides whether waiting opens this number."""
    return OwnNumber(phone.standing, telephone.fault(phone.number) is None, off_days)


_OFF = (
    select(t.attempt.c.phone_id, t.attempt.c.begun_at)
    .select_from(ATTEMPTS_NOW)
    .where(
        t.attempt.c.debtor_id == bindparam("debtor_id"),
        t.attempt_end.c.outcome == Outcome.OFF.value,
        COUNTS,
    )
)


def _off_days(conn: Connection, debtor_id: str, zone: str) -> dict[str, set[date]]:
    """The local days on which each number was found off."""
    found: dict[str, set[date]] = {}
    for row in conn.execute(_OFF, {"debtor_id": debtor_id}):
        found.setdefault(row.phone_id, set()).add(row.begun_at.astimezone(ZoneInfo(zone)).date())
    return found
