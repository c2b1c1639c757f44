"""Questions about contracts of guarantee."""

from datetime import date

import pytest

from collector_desk.domain.book.history import Guarantee
from collector_desk.store import tables as t
from collector_desk.store.permits import guarantees
from collector_desk.store.permits.guarantees import NumberGuarantee
from tests.samples.ids import an_id

SIGNED = date(2025, 3, 4)
PAPER = {"name": "薛某", "id_number": "1234", "contract": "担保 2025-17", "signed_on": SIGNED, "address": "某街"}
READ = Guarantee("薛某", "1234", "担保 2025-17", SIGNED, "某街")


@pytest.fixture
def who(filed) -> str:
    return filed(t.debtor, customer_no="1")


@pytest.fixture
def phone(filed, who):
    def make(number: str, whose: str = who) -> str:
        return filed(t.phone, debtor_id=whose, number=number, kind="contact", standing="unknown", source="bank")

    return make


def test_a_task_is_about_a_contract_for_each_number_of_whom_it_names(conn, filed, who, phone):
    task_id, other = an_id("task"), filed(t.debtor, customer_no="2")
    numbers = [phone("1"), phone("2")]
    for phone_id in numbers:
        filed(t.guarantee, debtor_id=who, phone_id=phone_id, proven=True, task_id=task_id, **PAPER)
    filed(t.guarantee, debtor_id=who, phone_id=phone("3"), proven=True, **PAPER)
    expected = tuple(NumberGuarantee(phone_id, READ) for phone_id in numbers)
    assert guarantees.of_task(conn, who, task_id) == expected
    assert guarantees.of_task(conn, other, task_id) == ()
