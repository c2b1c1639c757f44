"""What a store holds so far."""

from datetime import timedelta

from collector_desk.store import tables as t
from collector_desk.store.office.inventory import (
    WHOLE,
    any_case,
    count_people,
    last_backup,
    visible_debtors,
)
from tests.samples.rows import AT


def test_a_staged_case_is_one(conn, filed):
    assert not any_case(conn)
    batch = filed(t.batch, file_id=filed(t.received_file), state="staged")
    given = {"batch_id": batch, "placement_id": filed(t.placement), "debtor_id": filed(t.debtor)}
    filed(t.account_case, state="open", **given)
    assert any_case(conn)


def test_everybody_ever_let_in_counts(conn, filed):
    filed(t.person, roles=[], active=True)
    filed(t.person, roles=[])
    assert count_people(conn) == 2


def test_debtors_of_an_import_that_does_not_count_are_not_on_file(conn, filed):
    here = filed(t.debtor, customer_no="1", visible=True)
    filed(t.debtor, customer_no="2", visible=False)
    filed(t.debtor, customer_no="3")
    assert visible_debtors(conn) == [here]


def test_the_last_backup_is_told_with_who_made_it(conn, filed):
    assert last_backup(conn) is None
    who = filed(t.person, name="林主管", roles=[])
    filed(t.access, what=WHOLE, by=filed(t.person, name="王", roles=[]))
    filed(t.access, what=WHOLE, by=who, at=AT + timedelta(days=1))
    filed(t.access, what="print", at=AT + timedelta(days=2))
    found = last_backup(conn)
    assert (found.at, found.by) == (AT + timedelta(days=1), "林主管")
