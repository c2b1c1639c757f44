"""Who holds a debtor: a claim from the pool, so that no two call the same person. The one writer of it.

It is current state and no history: what somebody did with the case while they held it is written by its own lines.
"""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_DEBTOR = t.debtor.c
_NOT_TALKING = _DEBTOR.id.not_in(select(t.open_attempt.c.debtor_id))
"""Whose call is open stays with who holds them: nobody else may dial before its outcome is written."""
_THIS = _DEBTOR.id == bindparam("debtor")
_THEIRS = (_DEBTOR.holder_id == bindparam("who"), _NOT_TALKING)
_NOBODY = {"holder_id": None, "held_at": None}
_TAKE = update(t.debtor).where(_THIS)
_LET_GO = update(t.debtor).where(_THIS, _NOT_TALKING).values(_NOBODY)
_ALL_BACK = update(t.debtor).where(*_THEIRS).values(_NOBODY)
_ONE_BACK = _ALL_BACK.where(_THIS)
_OTHERS_BACK = _ALL_BACK.where(_DEBTOR.id != bindparam("debtor"))


def take(conn: Connection, debtor_id: str, person_id: str, at: datetime) -> None:
    """This person holds the debtor from now on; whether they may is asked before."""
    conn.execute(_TAKE, {"debtor": debtor_id, "holder_id": person_id, "held_at": at})


def let_go(conn: Connection, debtor_id: str) -> None:
    """Nobody holds the debtor any more, unless a call is open."""
    conn.execute(_LET_GO, {"debtor": debtor_id})


def put_back(conn: Connection, person_id: str, *, only: str | None = None, besides: str | None = None) -> None:
    """What a person holds goes back to the pool, or ``only`` one, or all ``besides`` one; an open call is kept."""
    if only is not None:
        conn.execute(_ONE_BACK, {"who": person_id, "debtor": only})
    elif besides is not None:
        conn.execute(_OTHERS_BACK, {"who": person_id, "debtor": besides})
    else:
        conn.execute(_ALL_BACK, {"who": person_id})
