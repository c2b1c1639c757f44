"""Who holds a debtor: a claim from the pool, so that no two call the same person. The one writer of it.

It is current state and no history: what somebody did with the case while they held it is written by its own lines.
"""

from datetime import datetime

from sqlalchemy import select, update

from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_DEBTOR = t.debtor.c
_TALKING = select(t.open_attempt.c.debtor_id)
"""Whose call is open stays with who holds them: nobody else may dial before its outcome is written."""
_NOBODY = {"holder_id": None, "held_at": None}


def take(conn: Connection, debtor_id: str, person_id: str, at: datetime) -> None:
    """This person holds the debtor from now on; whether they may is asked before."""
    values = {"holder_id": person_id, "held_at": at}
    conn.execute(update(t.debtor).where(_DEBTOR.id == debtor_id).values(values))


def let_go(conn: Connection, debtor_id: str) -> None:
    """Nobody holds the debtor any more, unless a call is open."""
    conn.execute(update(t.debtor).where(_DEBTOR.id == debtor_id, _DEBTOR.id.not_in(_TALKING)).values(_NOBODY))


def put_back(conn: Connection, person_id: str, *, only: str | None = None, besides: str | None = None) -> None:
    """What a person holds goes back to the pool, or ``only`` one, or all ``besides`` one; an open call is kept."""
    statement = update(t.debtor).where(_DEBTOR.holder_id == person_id, _DEBTOR.id.not_in(_TALKING))
    if only is not None:
        statement = statement.where(_DEBTOR.id == only)
    if besides is not None:
        statement = statement.where(_DEBTOR.id != besides)
    conn.execute(statement.values(_NOBODY))
