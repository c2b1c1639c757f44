"""Rows of a bank's payment files, as the tests of the money room write them down."""

from datetime import UTC, date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from collector_desk.domain.money.allocation import AccountFigure, Worked, allocate
from collector_desk.domain.money.payments import FileKind, ReceivedRow
from collector_desk.domain.money.sameness import sort_rows

ZONE = ZoneInfo("Asia/Shanghai")
_ids = count(1)


def nov(day: int) -> date:
    return date(2026, 11, day)


def row(yuan, day, reference="", *, file="f1", kind=FileKind.NEW, paid=None, at=None, arrived=None, currency="CNY"):
    """A row posted on a day of November 2026; it arrives at nine the next morning unless said otherwise."""
    number = next(_ids)
    return ReceivedRow(
        id=f"{number:06}",
        place=(int(file[1:]), 0, number),
        account="6222000011112222",
        reference=reference,
        minor=round(yuan * 100),
        currency=currency,
        posted_on=nov(day),
        file_id=file,
        kind=kind,
        received_at=arrived or datetime(2026, 11, day + 1, 9, tzinfo=ZONE).astimezone(UTC),
        assumed=paid is None,
        paid_on=None if paid is None else nov(paid),
        at=at and time.fromisoformat(at),
    )


def worked(owed, rows, *, as_of=2, decisions=None, **figure) -> Worked:
    """An account that owed so many yuan at the end of a day of November, after these rows."""
    fixed = AccountFigure(round(owed * 100), "CNY", nov(as_of), **figure)
    return allocate(fixed, sort_rows(rows, decisions), decisions)


def at(day: int, clock: str = "12:00") -> datetime:
    """An instant by the desk's clock."""
    return datetime.combine(nov(day), time.fromisoformat(clock), ZONE).astimezone(UTC)
