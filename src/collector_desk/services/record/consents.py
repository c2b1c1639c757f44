"""What a debtor agreed to, and that they took it back: the one writer of both."""

from datetime import datetime, time

from collector_desk.domain.conduct.values import ConsentScope
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import second_person
from collector_desk.store import tables as t


def write(
    act: Writing,
    debtor_id: str,
    scope: ConsentScope,
    *,
    attempt_id: str | None,
    since: datetime,
    until: datetime,
    words: str,
    proof: str,
    window: tuple[time, time] | None = None,
    task_id: str | None = None,
) -> None:
    """Write a consent down; with ``task_id`` it opens nothing until another lead agrees."""
    act.record(
        t.consent,
        {
            "debtor_id": debtor_id,
            "attempt_id": attempt_id,
            "scope": scope.value,
            "since": since,
            "until": until,
            "window_from": _seconds(window[0]) if window else None,
            "window_to": _seconds(window[1]) if window else None,
            "words": words,
            "proof": proof,
            "task_id": task_id,
        },
    )


def withdraw(act: Writing, consent_id: str, debtor_id: str, task_id: str | None) -> None:
    """Write that a consent was taken back: it acts no longer, and nobody has to agree to it any more."""
    act.record(t.consent_withdrawn, {"consent_id": consent_id}, debtor_id=debtor_id)
    second_person.drop(act, task_id, debtor_id)


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
