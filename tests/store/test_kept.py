"""What a transaction has read is kept for its length, and no longer than it is true."""

from sqlalchemy import exists, select

from collector_desk.store import tables as t
from collector_desk.store.kept import changed, keeping, kept, read_from

PHONES, BOTH = frozenset({t.phone}), frozenset({t.phone, t.debtor})


def test_what_was_read_is_kept_until_it_changes(asked):
    with asked.read() as conn:
        kept(conn, "numbers", PHONES)["a"] = 1
        kept(conn, "both", BOTH)["a"] = 2
        changed(conn, t.debtor)
        assert kept(conn, "numbers", PHONES) == {"a": 1}
        assert kept(conn, "both", BOTH) == {}


def test_nothing_outlives_its_transaction(asked):
    for transaction in (asked.write, asked.read, asked.write):
        with transaction() as conn:
            assert kept(conn, "numbers", PHONES) == {}
            kept(conn, "numbers", PHONES)["a"] = 1


def test_without_a_transaction_of_the_store_nothing_is_kept(asked):
    with asked._engine.connect() as conn:
        kept(conn, "numbers", PHONES)["a"] = 1
        assert kept(conn, "numbers", PHONES) == {}
        with keeping(conn):
            kept(conn, "numbers", PHONES)["a"] = 1
            assert kept(conn, "numbers", PHONES) == {"a": 1}


def test_inner_statements_are_read_from_as_well():
    inner = exists().where(t.consent.c.debtor_id == t.debtor.c.id)
    alias = t.phone.alias("other")
    statement = select(t.debtor.c.id, inner).join(alias, alias.c.debtor_id == t.debtor.c.id)
    assert read_from(statement) == {t.debtor, t.consent, t.phone}
