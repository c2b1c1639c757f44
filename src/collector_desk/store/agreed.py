"""What counts only once a second person agreed: it hangs on a matter, and the matter has to be decided for it."""

from sqlalchemy import ColumnElement, select

from collector_desk.store import tables as t

APPROVED = "approved"


def agreed(duty_id: ColumnElement[str | None]) -> ColumnElement[bool]:
    """Whether what bears this column is in force: it hangs on no matter, or on one decided for it."""
    done = t.duty_done.c
    decided = select(done.id).where(done.duty_id == duty_id, done.decision == APPROVED)
    return duty_id.is_(None) | decided.exists()
