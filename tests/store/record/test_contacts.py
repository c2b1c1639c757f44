"""Questions about numbers and addresses that are asked before something is written of them."""

import pytest

from collector_desk.domain.book.debts import GivenNumber
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import NumberKind, NumberStanding, TaskKind
from collector_desk.store import tables as t
from collector_desk.store.record import contacts
from collector_desk.store.record.contacts import NumberOf
from tests.samples.ids import an_id

NUMBER = "16188001001"
MOBILE, HOME, CONTACT, GUARANTOR = NumberKind.MOBILE, NumberKind.HOME, NumberKind.CONTACT, NumberKind.GUARANTOR
UNKNOWN, LIVE, WRONG, DEAD = NumberStanding.UNKNOWN, NumberStanding.LIVE, NumberStanding.WRONG, NumberStanding.DEAD


@pytest.fixture
def debtor(filed):
    def make() -> str:
        return filed(t.debtor, customer_no=str(filed.count))

    return make


@pytest.fixture
def phone(filed):
    def make(whose: str, number: str = NUMBER, kind=MOBILE, standing=UNKNOWN) -> str:
        return filed(t.phone, debtor_id=whose, number=number, kind=kind, standing=standing, source="bank")

    return make


@pytest.mark.parametrize(
    ("number", "kind", "standing", "theirs"),
    [
        (NUMBER, CONTACT, UNKNOWN, True),
        (NUMBER, GUARANTOR, LIVE, True),
        (NUMBER, MOBILE, WRONG, True),
        (NUMBER, MOBILE, NumberStanding.STOPPED, True),
        (NUMBER, MOBILE, NumberStanding.HELD, True),
        (f"{NUMBER}-801", CONTACT, UNKNOWN, True),
        (NUMBER, MOBILE, DEAD, False),
        (NUMBER, HOME, LIVE, False),
        (f"{NUMBER}0", CONTACT, UNKNOWN, False),
        (NUMBER[:-1], CONTACT, UNKNOWN, False),
    ],
)
def test_a_line_is_somebody_elses_by_another_debtors_file(conn, debtor, phone, number, kind, standing, theirs):
    who, other = debtor(), debtor()
    phone(who, number, kind, standing)
    assert not contacts.is_somebody_elses(conn, who, NUMBER)
    phone(other, number, kind, standing)
    assert contacts.is_somebody_elses(conn, who, NUMBER) is theirs


def test_where_others_have_a_number_as_their_own_and_nobody_was_met_on_it(conn, debtor, phone):
    who = debtor()
    phone(who)
    found = set()
    for kind, standing in ((MOBILE, UNKNOWN), (HOME, DEAD)):
        other = debtor()
        found.add(NumberOf(phone(other, NUMBER, kind, standing), other))
    for number, kind, standing in (
        (NUMBER, MOBILE, LIVE),
        (NUMBER, MOBILE, WRONG),
        (NUMBER, CONTACT, UNKNOWN),
        ("16188009999", MOBILE, UNKNOWN),
    ):
        phone(debtor(), number, kind, standing)
    assert set(contacts.unmet_on(conn, NUMBER, besides=who)) == found


def test_a_question_about_a_number_waits_until_a_lead_has_answered(conn, filed, debtor, phone):
    who = debtor()
    asked, other = phone(who), phone(who, "16188001002")
    task_id = filed(t.task, debtor_id=who, kind=TaskKind.GIVEN_NUMBER)
    filed(t.given_number, debtor_id=who, task_id=task_id, phone_id=asked)
    assert contacts.is_asked_about(conn, who, asked)
    assert not contacts.is_asked_about(conn, who, other)
    assert contacts.number_asked_about(conn, task_id) == GivenNumber(asked, NUMBER, MOBILE, UNKNOWN)
    assert contacts.number_asked_about(conn, an_id("another task")) is None
    filed(t.task_done, whose=who, task_id=task_id, decision=TaskDecision.APPROVED)
    assert not contacts.is_asked_about(conn, who, asked)


def test_addresses_come_with_their_places(conn, filed, debtor):
    who, other = debtor(), debtor()
    for whose, line, position in ((who, "和平街1号", 0), (who, "建设路2号", 4), (other, "别处", 1)):
        filed(t.address, debtor_id=whose, kind="home", line=line, source="bank", position=position)
    assert contacts.address_places(conn, who) == {"和平街1号": 0, "建设路2号": 4}
    assert contacts.address_places(conn, an_id("nobody")) == {}
