"""Questions about what waits for a lead."""

from collector_desk.domain.office.tasks import WaitingTask
from collector_desk.store.book import history
from collector_desk.store.engine import Connection


def waiting(conn: Connection, debtor_id: str) -> tuple[WaitingTask, ...]:
    """All about one debtor that waits for a lead's answer, the first asked first."""
    return history.tasks_of(conn, debtor_id)
