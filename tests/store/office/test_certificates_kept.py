"""The keys and certificates a store signs with."""

from datetime import timedelta

from collector_desk.store import tables as t
from collector_desk.store.journal import erase_row
from collector_desk.store.office.certificates import certificates, newest_identity, with_key
from tests.samples.ids import an_id
from tests.samples.rows import AT


def test_the_newest_key_that_is_still_there_counts_and_no_certificate_goes(conn, filed):
    assert newest_identity(conn) is None
    ends = AT + timedelta(days=9)
    first, second = (
        filed(t.signing_identity, certificate=name, private_key=b"key of " + name, valid_until=ends)
        for name in (b"first", b"second")
    )
    found = newest_identity(conn)
    assert (found.certificate, found.key, found.valid_until) == (b"second", b"key of second", ends)
    assert with_key(conn) == [first, second]
    erase_row(conn, t.signing_identity, second, actor_id=an_id("who"), at=AT)
    assert newest_identity(conn).certificate == b"first"
    assert with_key(conn) == [first]
    assert certificates(conn) == (b"first", b"second")
