"""The keys and certificates with which papers of this store are signed."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from collector_desk.store import tables as t

_OWN = t.signing_identity.c
_NEWEST = (
    select(_OWN.certificate, _OWN.private_key, _OWN.valid_until)
    .where(_OWN.salt.is_not(None))
    .order_by(_OWN.id.desc())
    .limit(1)
)
_WITH_KEY = select(_OWN.id).where(_OWN.salt.is_not(None))
_ALL = select(_OWN.certificate).order_by(_OWN.id)


@dataclass(frozen=True, slots=True)
class KeptIdentity:
    """A key with its certificate, both DER, and how long it holds."""

    key: bytes = field(repr=False)
    certificate: bytes
    valid_until: datetime


def newest_identity(conn: Connection) -> KeptIdentity | None:
    """The last one made whose key was not erased."""
    row = conn.execute(_NEWEST).first()
    return KeptIdentity(bytes(row.private_key), bytes(row.certificate), row.valid_until) if row else None


def with_key(conn: Connection) -> list[str]:
    """The rows whose private key is still there."""
    return list(conn.execute(_WITH_KEY).scalars())


def certificates(conn: Connection) -> tuple[bytes, ...]:
    """Every certificate ever signed with, oldest first; those whose key is gone too."""
    return tuple(conn.execute(_ALL).scalars())
