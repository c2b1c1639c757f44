"""An attempt from the dial to its end: the one writer of its rows and of the mark that it waits for an outcome."""

from datetime import datetime

from collector_desk.domain.calls.log import CallLog, LogCheck, OpenAttempt, counted
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import Channel
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.store import tables as t
from collector_desk.store.record import open_attempts


def open_attempt(act: Writing, attempt: OpenAttempt, *, actor_id: str, case_id: str, ground_id: str) -> None:
    """Write that a call begins, by whom, on which number, and on what ground; it waits for its outcome now."""
    act.record(
        t.attempt,
        {
            "id": attempt.id,
            "debtor_id": attempt.debtor_id,
            "actor_id": actor_id,
            "case_id": case_id,
            "phone_id": attempt.phone_id,
            "ground_id": ground_id,
            "channel": Channel.CALL.value,
            "direction": attempt.direction.value,
            "addressee": attempt.to.value,
            "begun_at": attempt.begun_at,
            "script": attempt.script,
            "rehearsal": False,
        },
    )
    open_attempts.wait_for_outcome(
        act.conn, attempt.id, person_id=actor_id, debtor_id=attempt.debtor_id, since=attempt.begun_at
    )


def hand_over(act: Writing, attempt_id: str, debtor_id: str, *, caller_id: str) -> None:
    """Let an attempt its caller left wait for the outcome of who acts here; it goes on counting as the caller's."""
    row = {"attempt_id": attempt_id, "from_id": caller_id, "actor_id": act.person_id}
    act.record(t.taken_over, row, debtor_id=debtor_id)
    open_attempts.hand_over(act.conn, attempt_id, act.person_id)


def write_end(act: Writing, seat: Seat, attempt: OpenAttempt, log: CallLog, checked: LogCheck) -> str:
    """Write the end of an attempt, with the path through the script and the note; it waits no longer."""
    path = [cleaned(step, 200) for step in log.path]
    if log.recording_missing:
        path.append(f"no_recording:{cleaned(log.recording_missing, 200)}")
    open_attempts.ended(act.conn, attempt.id)
    return act.record(
        t.attempt_end,
        {
            "attempt_id": attempt.id,
            "debtor_id": attempt.debtor_id,
            "actor_id": seat.person.id,
            "ended_at": act.at,
            "outcome": log.outcome.value,
            "result": counted(log).value,
            "speaker": log.speaker.value,
            "identity_right": sorted(factor.value for factor in log.identity.right),
            "identity_failures": log.identity.failures,
            "identity_slip": log.identity.slip,
            "arrears_reason": log.reason.value if log.reason else None,
            "willing": log.willing,
            "able": log.able,
            "talk_seconds": max(log.talk_seconds, 0),
            "path": path,
            "next_step": checked.next_step.value,
            "next_at": checked.next_at,
            "recording": cleaned(log.recording, 120) or None,
            "note": cleaned(log.note) or None,
        },
    )


def take_back_end(act: Writing, attempt_id: str, end_id: str, debtor_id: str, *, since: datetime) -> None:
    """Write that an end no longer holds; the attempt goes on counting, and waits for who acts here again."""
    row = {"attempt_id": attempt_id, "attempt_end_id": end_id}
    act.record(t.taken_back, row, debtor_id=debtor_id)
    open_attempts.wait_for_outcome(act.conn, attempt_id, person_id=act.person_id, debtor_id=debtor_id, since=since)
