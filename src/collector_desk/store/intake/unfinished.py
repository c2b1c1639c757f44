"""What counts already while something that follows of it is still to come: at most one of a kind, by its id."""

from sqlalchemy import Connection, delete, insert, select

from collector_desk.store import tables as t


def mark(conn: Connection, what: str, batch_id: str) -> None:
    """Remember it with the commit that makes the file count."""
    conn.execute(insert(t.worked_out).values(key=_key(what), value=batch_id))


def batch_of(conn: Connection, what: str) -> str | None:
    """The file's batch; None where everything followed."""
    found = conn.execute(select(t.worked_out.c.value).where(t.worked_out.c.key == _key(what))).scalar()
    return str(found) if found else None


def done(conn: Connection, what: str) -> None:
    """Everything followed."""
    conn.execute(delete(t.worked_out).where(t.worked_out.c.key == _key(what)))


def _key(what: str) -> str:
    return f"{what}.unfinished"
