"""What is said of a payment file after it came in: undone, withdrawn, other days. The one writer of it."""

from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind
from collector_desk.domain.states import PaymentsEvent
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


def write(
    act: Writing,
    batch_id: str,
    event: PaymentsEvent,
    *,
    kind: FileKind | None = None,
    covers: DaySpan | None = None,
    reason: str = "",
) -> None:
    """``kind`` and ``covers``: what holds from now on, where the file's days are told anew."""
    act.record(
        t.payments_line,
        {
            "batch_id": batch_id,
            "event": event.value,
            "kind": kind.value if kind else None,
            "covers_from": covers.first if covers else None,
            "covers_to": covers.last if covers else None,
            "reason": reason or None,
        },
    )
