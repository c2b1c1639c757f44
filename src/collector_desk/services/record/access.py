"""Lines of who looked at, printed or took out what: the one writer of them."""

from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


def note(act: Writing, what: str, subject_id: str, *, debtor_id: str | None = None) -> None:
    """Keep that this act looked at ``what`` (a field's or paper's name, never its content) of ``subject_id``."""
    act.record(t.access, {"what": what, "subject_id": subject_id}, debtor_id=debtor_id)
