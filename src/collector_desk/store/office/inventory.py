"""What a store holds so far, as who keeps it asks: is there a book, who is in it, when was it backed up."""

from sqlalchemy import Connection, func, select

from collector_desk.domain.office.backups import LastBackup
from collector_desk.store import tables as t
from collector_desk.store.tables.history import journal

WHOLE = "backup"
"""What was taken out, as the line of a backup names it."""

_ANY_CASE = select(t.account_case.c.id).limit(1)
_PEOPLE = select(func.count()).select_from(t.person)
_VISIBLE = select(t.debtor.c.id).where(t.debtor.c.visible.is_(True)).order_by(t.debtor.c.id)
_LAST_BACKUP = (
    select(journal.c.at, t.person.c.name)
    .select_from(  # from its own row: the journal has no index by kind, and is long
        t.access.outerjoin(journal, journal.c.row_id == t.access.c.id).outerjoin(
            t.person, t.person.c.id == journal.c.actor_id
        )
    )
    .where(t.access.c.what == WHOLE)
    .order_by(t.access.c.id.desc())
    .limit(1)
)


def any_case(conn: Connection) -> bool:
    """Whether there is any case yet, staged ones too."""
    return conn.execute(_ANY_CASE).first() is not None


def count_people(conn: Connection) -> int:
    """How many people were ever let in."""
    return int(conn.execute(_PEOPLE).scalar_one())


def visible_debtors(conn: Connection) -> list[str]:
    """Everybody on file but those of an import that doesn't count yet."""
    return list(conn.execute(_VISIBLE).scalars())


def last_backup(conn: Connection) -> LastBackup | None:
    """The last backup as history tells; None where there never was one."""
    row = conn.execute(_LAST_BACKUP).first()
    return LastBackup(row.at, row.name or "") if row else None
