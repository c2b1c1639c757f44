"""A call back the identified debtor asked for: the outcome that notes it is the consent to that one call.

It holds from shortly before the agreed time until shortly after, for one talk: the next one ends it, whoever began
that, and so does taking the outcome back. It lifts what ``lifted_by`` of a rule names (a second talk on one day);
hours, the institution's caps, the share, stops and pauses hold all the same.
"""

from datetime import datetime

from collector_desk.domain.book.debts import DebtorFile
from collector_desk.domain.book.history import NotedConsent
from collector_desk.domain.book.queue import CALL_BACK_EARLY, CALL_BACK_LATE
from collector_desk.domain.calls.log import CallLog, LogCheck, OpenAttempt
from collector_desk.domain.conduct import hours
from collector_desk.domain.conduct.known import action_for
from collector_desk.domain.conduct.values import ConsentScope
from collector_desk.domain.message import Message
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import Speaker
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.gate.facts import active_packs, facts_of, past_of
from collector_desk.services.record import consents
from collector_desk.store.engine import Connection


def closed_at(
    conn: Connection, seat: Seat, file: DebtorFile, attempt: OpenAttempt, speaker: Speaker, at: datetime
) -> Message | None:
    """Why nobody may be called back at that time, by the hours of contact; None: it is within them."""
    phone = next((phone for phone in file.phones if phone.id == attempt.phone_id), None)
    action = action_for(None if speaker is Speaker.DEBTOR else phone, seat.person.id)
    facts = facts_of(conn, file.debtor.id, seat.now())
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


def used(act: Writing, attempt: OpenAttempt) -> None:
    """End every call back asked for before this talk with the debtor, even one whose time is still to come."""
    for one in _standing(act, attempt.debtor_id):
        if one.attempt_id != attempt.id and one.noted_at <= attempt.begun_at:
            consents.withdraw(act, one.id, attempt.debtor_id, one.task_id)


def take_back(act: Writing, attempt_id: str, debtor_id: str) -> None:
    """Withdraw the consent of an outcome that is taken back; what was noted by hand stays."""
    for one in _standing(act, debtor_id):
        if one.attempt_id == attempt_id and one.by == "call.finish":
            consents.withdraw(act, one.id, debtor_id, one.task_id)


def _standing(act: Writing, debtor_id: str) -> list[NotedConsent]:
    return [
        one
        for one in past_of(act.conn, debtor_id, act.at).consents
        if one.consent.scope is ConsentScope.CALL_BACK
        and one.consent.until is not None
        and one.consent.until > act.at
        and one.consent.withdrawn_at is None
    ]
