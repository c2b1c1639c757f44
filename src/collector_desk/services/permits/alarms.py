"""Dangers to a life and incidents: before every open window until a lead has them, and whom one told meanwhile."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from collector_desk.domain.alarms import Alarm, Alarms, telling_objection
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, may, require
from collector_desk.domain.states import AlarmLine
from collector_desk.domain.text import times
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.desk.settings import Emergency
from collector_desk.store import presence
from collector_desk.store import tables as t
from collector_desk.store.desk.people import active
from collector_desk.store.engine import Connection
from collector_desk.store.permits.alarms import unsettled
from collector_desk.words.messages import LANGUAGES, word


def state(seat: Seat) -> Alarms:
    """What every open window has to show now."""
    with seat.store.read() as conn:
        found = unsettled(conn)
        waiting = tuple(one for one in found if not one.opened)
        if not waiting:
            return Alarms(unsettled=len(found))
        there = _lead_there(conn, seat)
        contacts = settings.read(conn, Emergency).lines
    return Alarms(waiting, len(found), there, contacts)


def of_task(seat: Seat, task_id: str) -> Alarm | None:
    """The alarm behind an open task; None where the task is none."""
    with seat.store.read() as conn:
        return next((one for one in unsettled(conn) if one.task_id == task_id), None)


def open_alarm(seat: Seat, task_id: str) -> Changes:
    """A lead has it before them: from now on the strip is gone from every window; a line of history says who."""
    require(seat.person, Act.ANSWER_ALARM)
    with acting(seat, "alarm.open") as act:
        one = next((one for one in unsettled(act.conn) if one.task_id == task_id), None)
        if one is None or one.opened:
            return Changes()
        line = {"task_id": task_id, "debtor_id": one.debtor_id, "person_id": seat.person.id}
        _write(act, line | {"line_kind": AlarmLine.OPENED})
    return Changes(debtors=frozenset({one.debtor_id}))


def owed(seat: Seat) -> tuple[Alarm, ...]:
    """Those this person filed and that nobody knows of as far as the store can tell: no lead has opened them, no
    lead sits at a window, nobody was told by telephone."""
    with seat.store.read() as conn:
        return _owed(conn, seat)


def refuse_unless_told(conn: Connection, seat: Seat) -> None:
    """Before the next number is dialled. Raises Refused with the field ``told``."""
    if _owed(conn, seat):
        raise Refused("permits.alarms.tell_first", "told")


def tell(seat: Seat, words: str, at: str) -> Changes:
    """Write down whom one told of all that is owed, and when, as typed. Raises Refused with ``words`` or ``at``."""
    with acting(seat, "alarm.tell") as act:
        rows = [one for one in unsettled(act.conn) if one.by == seat.person.id and not one.opened and not one.told]
        if not rows:
            return Changes()
        told_at = _instant(at, act.at, seat.zone)
        names = [word(one.kind, lang) for one in rows for lang in LANGUAGES]
        against = telling_objection(words, told_at, filed_at=max(one.at for one in rows), now=act.at, names=names)
        if against is not None:
            field_name, why = against
            raise Refused(why.code, field_name, **dict(why.params))
        for one in rows:
            line = {"task_id": one.task_id, "debtor_id": one.debtor_id, "person_id": seat.person.id}
            _write(act, line | {"line_kind": AlarmLine.TOLD, "told_at": told_at, "words": cleaned(words, 500)})
    return Changes(debtors=frozenset(one.debtor_id for one in rows))


def _instant(typed: str, now: datetime, zone: str) -> datetime | None:
    """The last time of day that the typed one can mean; midnight may lie between."""
    found = times.read(typed)
    if found is None:
        return None
    local = now.astimezone(ZoneInfo(zone))
    at = datetime.combine(local.date(), found.at, local.tzinfo)
    return at - timedelta(days=1) if at - local > timedelta(hours=12) else at


def _owed(conn: Connection, seat: Seat) -> tuple[Alarm, ...]:
    mine = tuple(one for one in unsettled(conn) if one.by == seat.person.id and not one.opened and not one.told)
    return () if not mine or _lead_there(conn, seat) else mine


def _lead_there(conn: Connection, seat: Seat) -> bool:
    """Whether somebody who answers alarms sits at an unlocked window of the store."""
    there = presence.seated(seat.store.folder)
    if not there:
        return False
    return any(one.id in there and may(one.roles, Act.ANSWER_ALARM) for one in active(conn))


def _write(act: Writing, line: dict[str, Any]) -> None:
    """One line of what became of a danger: opened by a lead, or told to somebody."""
    act.record(t.alarm_line, line)
