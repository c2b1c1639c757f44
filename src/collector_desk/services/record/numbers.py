"""A debtor's telephone numbers: the one writer of them, of what is known of each and of what a lead is asked."""

from collector_desk.domain.book.debts import SHUT, DebtorFile, NumberSource
from collector_desk.domain.calls.log import CallLog, OpenAttempt
from collector_desk.domain.vocabulary import NumberKind, NumberStanding, Outcome, Speaker, TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import tasks
from collector_desk.store import tables as t
from collector_desk.store.book.history import phones_of
from collector_desk.store.ids import new_id
from collector_desk.store.record import contacts

_TELLING = {NumberStanding.DEAD: Outcome.OFF, NumberStanding.WRONG: Outcome.WRONG_NUMBER}


def add(
    act: Writing,
    debtor_id: str,
    number: str,
    *,
    attempt_id: str | None,
    standing: NumberStanding,
    source: NumberSource,
    words: str,
    position: int,
) -> str:
    """A number more on the debtor's file, as their own, with what is known of it; returns its id."""
    phone_id = new_id()
    act.record(
        t.phone_added,
        {
            "phone_id": phone_id,
            "debtor_id": debtor_id,
            "attempt_id": attempt_id,
            "number": number,
            "kind": NumberKind.MOBILE.value,
            "relation": words,
            "standing": standing.value,
            "source": source.value,
            "position": position,
        },
    )
    learn(act, phone_id, debtor_id, attempt_id, standing, source)
    return phone_id


def whose(act: Writing, phone_id: str, debtor_id: str, kind: NumberKind, owner: str = "") -> None:
    """Keep whose number it is from now on; the debtor's own bears no other name."""
    row = {"phone_id": phone_id, "kind": kind.value, "owner_name": owner or None}
    act.record(t.phone_owner, row, debtor_id=debtor_id)


def write_learnt(act: Writing, file: DebtorFile, attempt: OpenAttempt, log: CallLog) -> frozenset[str]:
    """Keep what the call showed of the number dialled; returns whose cases it touches besides."""
    others: frozenset[str] = frozenset()
    learnt = log.number_standing or next((s for s, outcome in _TELLING.items() if outcome is log.outcome), None)
    if learnt is None and log.speaker in (Speaker.DEBTOR, Speaker.GUARANTOR):
        learnt = NumberStanding.LIVE
    if log.outcome is Outcome.WRONG_NUMBER and learnt not in SHUT:
        learnt = NumberStanding.WRONG  # whatever else was chosen of it
    if log.outcome is Outcome.STOP_CALLING and log.speaker is not Speaker.DEBTOR:
        learnt = NumberStanding.STOPPED  # a contact who says stop is never called again
    if learnt and attempt.phone_id:
        learn(act, attempt.phone_id, file.debtor.id, attempt.id, learnt, NumberSource.CALL)
        if learnt is NumberStanding.WRONG:
            others = _wrong_everywhere(act, file, attempt)
    return others


def learn(
    act: Writing,
    phone_id: str,
    debtor_id: str,
    attempt_id: str | None,
    standing: NumberStanding,
    source: NumberSource,
) -> None:
    """Keep what is now known of a number, and from where. One that is shut stays so until a lead has decided."""
    known = next((one.standing for one in phones_of(act.conn, debtor_id) if one.id == phone_id), None)
    if known in SHUT and standing not in SHUT and source != NumberSource.LEAD:
        ask_of_number(act, TaskKind.NUMBER_AGAIN, debtor_id, phone_id, attempt_id)
        return
    if known == standing and source == NumberSource.CALL:
        return  # a number that answers every week is told of once
    row = {"phone_id": phone_id, "attempt_id": attempt_id, "standing": standing.value, "source": source}
    act.record(t.phone_event, row, debtor_id=debtor_id)


def ask_of_number(act: Writing, kind: TaskKind, debtor_id: str, phone_id: str, attempt_id: str | None) -> None:
    """Put the question of a number before the leads, once a number."""
    if contacts.is_asked_about(act.conn, debtor_id, phone_id):
        return
    task_id = tasks.open_task(act, debtor_id, kind, attempt_id)
    row = {"debtor_id": debtor_id, "task_id": task_id, "phone_id": phone_id, "attempt_id": attempt_id}
    act.record(t.given_number, row)


def _wrong_everywhere(act: Writing, file: DebtorFile, attempt: OpenAttempt) -> frozenset[str]:
    """A number that is somebody else's is called for no other debtor either, until one of them is met on it."""
    others = contacts.unmet_on(act.conn, attempt.number, besides=file.debtor.id)
    for other in others:
        learn(act, other.phone_id, other.debtor_id, attempt.id, NumberStanding.WRONG, NumberSource.OTHER_CASE)
    return frozenset(other.debtor_id for other in others)
