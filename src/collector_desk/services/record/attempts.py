"""An attempt opened: the one writer of its row and of the mark that it waits for its outcome."""

from datetime import datetime

from sqlalchemy import insert

from collector_desk.domain.vocabulary import Channel
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record.outcome import OpenAttempt
from collector_desk.store import tables as t


def open_attempt(
    act: Writing, attempt: OpenAttempt, *, actor_id: str, case_id: str, decision_id: str, script_hash: str
) -> None:
    """Write that a call begins, by whom, on which number and by which answer of the gate."""
    act.record(
        t.attempt,
        {
            "id": attempt.id,
            "debtor_id": attempt.debtor_id,
            "actor_id": actor_id,
            "case_id": case_id,
            "phone_id": attempt.phone_id,
            "gate_decision_id": decision_id,
            "channel": Channel.CALL.value,
            "direction": attempt.direction.value,
            "addressee": attempt.to.value,
            "begun_at": attempt.begun_at,
            "script": attempt.script,
            "script_hash": script_hash,
            "rehearsal": False,
        },
    )


def wait_for_outcome(act: Writing, attempt_id: str, *, person_id: str, debtor_id: str, since: datetime) -> None:
    """Mark that an attempt waits for the outcome of this person; no other can be begun before."""
    act.conn.execute(
        insert(t.open_attempt).values(
            attempt_id=attempt_id, person_id=person_id, debtor_id=debtor_id, begun_at=since
        )
    )
