"""What the title row says: whether calls may be made now, the share of the caps, the person's own day."""

from datetime import date, datetime

from collector_desk.domain.conduct import Action, Facts, Share, decide
from collector_desk.domain.conduct.values import Purpose
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.vocabulary import Addressee, Channel, Verdict
from collector_desk.services.book import queueing
from collector_desk.services.desk import standing
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import read
from collector_desk.services.gate.facts import active_packs
from collector_desk.services.packs import releases
from collector_desk.store.intake.counts import newest_taken

Said = tuple[Message, Verdict | None]


def gate_light(seat: Seat) -> Said:
    """The hour of the day by the packs, for a debtor of whom nothing else is known.

    While packs wait for their release no call can be made at any hour: the light says that, and where to go. The
    same where the store isn't the one this computer remembers.
    """
    if standing.doubt(seat) is not None:
        return msg("office.titles.store_doubt"), Verdict.BLOCK
    now = seat.now()
    facts = Facts(debtor_id="", zones=(seat.zone,), share=Share(effective=1, connected=1))
    action = Action(Channel.CALL, Addressee.DEBTOR, number_id="", purpose=Purpose.COLLECT)
    with seat.store.read() as conn:
        try:
            releases.require_released(conn)
        except Refused:
            return msg("office.titles.unreleased"), Verdict.WARN
        rules = active_packs(conn)
    decision = decide(action, facts, rules, now)
    if decision.blocked:
        if decision.next_allowed_at:
            again = seat.local(decision.next_allowed_at)
            return msg("office.titles.closed_until", at=f"{again:%H:%M}"), Verdict.BLOCK
        return msg("office.titles.closed"), Verdict.BLOCK
    if decision.close_by:
        return msg("office.titles.open_until", at=f"{seat.local(decision.close_by):%H:%M}"), Verdict.ALLOW
    return msg("office.titles.open"), Verdict.ALLOW


def share_light(seat: Seat) -> Said:
    """The institution's counts of today, if any came in; else the share of the caps this workstation may use."""
    with seat.store.read() as conn:
        share = read(conn, Share)
        counted = newest_taken(conn, seat.day_start())
    if counted is not None:
        at = f"{seat.local(counted.newest_as_of):%H:%M}"
        if share.effective is None:
            return msg("office.titles.counts", at=at), Verdict.WARN
        return msg("office.titles.counts_share", at=at, effective=share.effective), Verdict.WARN
    if share.effective is None:
        return msg("office.titles.no_share"), Verdict.ASK
    return msg("office.titles.share", effective=share.effective), Verdict.WARN


def day(seat: Seat) -> Message:
    """The person's own day in one line."""
    line = queueing.day_line(seat)
    if line.next_due:
        due = seat.local(line.next_due)
        return msg(
            "office.titles.day_next",
            tried=line.tried,
            reached=line.reached,
            promised=line.promised,
            at=_said(due, seat.today()),
        )
    return msg("office.titles.day", tried=line.tried, reached=line.reached, promised=line.promised)


def _said(due: datetime, today: date) -> Message | str:
    """The hour, with the day where that isn't today."""
    days = (due.date() - today).days
    if days == 1:
        return msg("office.titles.tomorrow", at=f"{due:%H:%M}")
    return f"{due:%m-%d %H:%M}" if days else f"{due:%H:%M}"
