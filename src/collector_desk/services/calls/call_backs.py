"""A call back the identified debtor asked for: the outcome that notes it is the consent to that one call.

It holds from shortly before the agreed time until shortly after, for one talk: the next one ends it, whoever began
that, and so does taking the outcome back. It lifts what ``lifted_by`` of a rule names (a second talk on one day);
hours, the institution's caps, the share, stops and pauses hold all the same.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from collector_desk.domain.book.debts import DebtorFile
from collector_desk.domain.book.queue import CALL_BACK_EARLY, CALL_BACK_LATE
from collector_desk.domain.calls.log import CallLog, LogCheck
from collector_desk.domain.conduct import hours
from collector_desk.domain.conduct.values import ConsentScope
from collector_desk.domain.message import Message
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import Speaker
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.gate.facts import action_for, active_packs, facts_of
from collector_desk.services.record import consents
from collector_desk.services.record.attempts import OpenAttempt
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.tables.history import journal


def closed_at(
    conn: Connection, seat: Seat, file: DebtorFile, attempt: OpenAttempt, speaker: Speaker, at: datetime
) -> Message | None:
    """Why nobody may be called back at that time, by the hours of contact; None: it is within them."""
    phone = next((phone for phone in file.phones if phone.id == attempt.phone_id), None)
    action = action_for(None if speaker is Speaker.DEBTOR else phone, seat.person.id)
    facts = facts_of(conn, file.id, seat.now(), file.phones)
    closed = hours.closed_at(action, facts, active_packs(conn), at)
    if closed is None:
        return None
    code = "closed_day" if closed.code == "conduct.closed_day" else "outside_hours"
    return Message(f"calls.callback_{code}", closed.params)


def write(act: Writing, attempt: OpenAttempt, log: CallLog, checked: LogCheck) -> None:
    """Write the consent to the call back where the debtor asked for it and the recording proves it."""
    at, proof = checked.call_back_at, cleaned(log.recording, 120)
    if at is None or not log.asked_by_debtor or not proof:
        return
    consents.write(
        act,
        attempt.debtor_id,
        ConsentScope.CALL_BACK,
        attempt_id=attempt.id,
        since=max(at - CALL_BACK_EARLY, act.at),
        until=at + CALL_BACK_LATE,
        words=cleaned(log.note, 2000),
        proof=proof,
    )


_STANDING = (
    select(t.consent.c.id, t.consent.c.attempt_id, t.consent.c.task_id, journal.c.at, journal.c.kind)
    .join(journal, journal.c.row_id == t.consent.c.id)
    .where(
        t.consent.c.debtor_id == bindparam("debtor_id"),
        t.consent.c.scope == ConsentScope.CALL_BACK.value,
        t.consent.c.until > bindparam("now", type_=t.consent.c.until.type),
        t.consent.c.id.not_in(select(t.consent_withdrawn.c.consent_id)),
    )
)


def used(act: Writing, attempt: OpenAttempt) -> None:
    """End every call back asked for before this talk with the debtor, even one whose time is still to come."""
    for consent in _standing(act, attempt.debtor_id):
        if consent.attempt_id != attempt.id and consent.at <= attempt.begun_at:
            _end(act, consent, attempt.debtor_id)


def take_back(act: Writing, attempt_id: str, debtor_id: str) -> None:
    """Withdraw the consent of an outcome that is taken back; what was noted by hand stays."""
    for consent in _standing(act, debtor_id):
        if consent.attempt_id == attempt_id and consent.kind == "call.finish":
            _end(act, consent, debtor_id)


def _standing(act: Writing, debtor_id: str) -> list[Any]:
    return list(act.conn.execute(_STANDING, {"debtor_id": debtor_id, "now": act.at}))


def _end(act: Writing, consent: Any, debtor_id: str) -> None:
    consents.withdraw(act, consent.id, debtor_id, consent.task_id)
