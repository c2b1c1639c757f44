"""The store's own signing key and certificate: made at first use, kept in the encrypted store, never outside it."""

from datetime import datetime, timedelta

from collector_desk.documents.signing import SigningIdentity, new_identity
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.desk.settings import Agency
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.journal import erase_row
from collector_desk.store.office import certificates as kept

_BEFORE_END = timedelta(days=90)


def identity(seat: Seat) -> SigningIdentity:
    """The key and certificate to sign with today; made where there is none or the present one runs out soon.

    Making one takes a second or more: call it in a worker.
    """
    with seat.store.read() as conn:
        present = _present(conn, seat)
        agency = settings.read(conn, Agency)
    if present is not None:
        return present
    made = new_identity(agency.name, seat.now())
    with acting(seat, "certificate.make") as act:
        present = _present(act.conn, seat)
        if present is not None:  # another seat was quicker
            return present
        for row_id in kept.with_key(act.conn):
            # what it signed is proved by its certificate, which stays; the key itself is of no more use to anybody
            erase_row(act.conn, t.signing_identity, row_id, actor_id=seat.person.id, at=act.at)
        row = {
            "certificate": made.certificate,
            "private_key": made.key,
            "valid_until": _end_of(made.certificate),
        }
        act.record(t.signing_identity, row)
    return made


def certificates(seat: Seat) -> tuple[bytes, ...]:
    """Every certificate this store has ever signed with (DER), oldest first."""
    with seat.store.read() as conn:
        return kept.certificates(conn)


def _present(conn: Connection, seat: Seat) -> SigningIdentity | None:
    newest = kept.newest_identity(conn)
    if newest is None or newest.valid_until - _BEFORE_END < seat.now():
        return None
    return SigningIdentity(newest.key, newest.certificate)


def _end_of(certificate: bytes) -> datetime:
    from cryptography import x509

    return x509.load_der_x509_certificate(certificate).not_valid_after_utc
