"""Lets a store be written again after its computer's clock was wrong: a lead's act, kept in the history."""

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, require
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.services.desk.clock import Doubt, SystemClock, doubt_of
from collector_desk.services.desk.seat import Seat, still_here
from collector_desk.store.journal import last_instant, repair_clock


def repair(seat: Seat, reason: str) -> Changes:
    """Go on from the present instant although the last act bears a later time, because the clock was wrong then.

    The same where the program saw the clock being set while it ran: a lead vouches for it as it stands. Raises
    Refused where the person is no lead, gives no reason, or nothing speaks against the clock.
    """
    require(seat.person, Act.REPAIR_CLOCK)
    words = cleaned(reason, 500)
    if not words:
        raise Refused("office.keeping.clock_reason", "reason")
    with seat.store.write() as conn:
        still_here(conn, seat)
        now, last, doubt = seat.now(), last_instant(conn), doubt_of(seat.clock)
        if (last is None or now >= last) and doubt == Doubt():
            raise Refused("office.keeping.clock_not_behind", now=now, last=last or now)
        repair_clock(conn, reason=words, actor_id=seat.person.id, at=now, zone=seat.zone)
    if isinstance(seat.clock, SystemClock):
        seat.clock.trust()
    return Changes(everything=True)
