"""Numbers of ours, typed: with the store's prefix, without it, and where two stores gave out the same."""

import pytest
from sqlalchemy import insert, update

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.visits.visit import PlaceKind, VisitPurpose
from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.visits import reading, visiting
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.tables.history import origin


def found(seat, text):
    return [row.debtor_id for row in cases.find(seat, text)]


@pytest.mark.parametrize("typed", ["K7M-1001", "k7m1001", "1001", "Ｋ７Ｍ－１００１"])
def test_a_case_is_found_with_its_prefix_and_without(manager, debtor, typed):
    who, other = debtor(), debtor()
    assert found(manager, typed) == [who]
    assert found(manager, typed[:-1] + "2") == [other]
    assert cases.by_number(manager, typed).file.debtor.id == who


def test_what_is_typed_so_far_finds_it_already(manager, debtor):
    who = debtor()
    assert found(manager, "k7m-100") == [who]
    assert found(manager, "100") == [who]


def test_another_stores_prefix_finds_nothing_here(manager, debtor):
    debtor()
    with pytest.raises(Refused) as refused:
        cases.by_number(manager, "H2X-1001")
    assert refused.value.message.code == "book.cases.no_such_number"


@pytest.mark.plants_state
def test_the_prefix_tells_stores_apart(manager, debtor):
    """Cases of three stores under one number: ours is meant where nothing is said, else the one with the prefix."""
    ours, theirs, others = debtor(), debtor(), debtor()
    with manager.store.write() as conn:
        for who, prefix, serial in ((theirs, "H2X", 1001), (others, "R9D", 1002)):
            store_id = new_id()
            conn.execute(insert(origin).values(store_id=store_id, prefix=prefix))
            mine = t.account_case.c.debtor_id == who
            conn.execute(update(t.account_case).where(mine).values(issuer=store_id, serial=serial))
        further = insert(origin).values(store_id=(fourth := new_id()), prefix="W3T")
        conn.execute(further)
    assert cases.by_number(manager, "1001").file.debtor.id == ours
    assert cases.by_number(manager, "h2x-1001").file.debtor.id == theirs
    assert cases.by_number(manager, "K7M-1001").file.debtor.id == ours
    assert cases.by_number(manager, "1002").file.debtor.id == others
    with manager.store.write() as conn:
        mine = t.account_case.c.debtor_id == theirs
        conn.execute(update(t.account_case).where(mine).values(issuer=fourth, serial=1002))
    with pytest.raises(Refused) as refused:
        cases.by_number(manager, "1002")
    assert refused.value.message.code == "book.cases.number_of_several"
    assert cases.by_number(manager, "W3T-1002").file.debtor.id == theirs
    assert cases.by_number(manager, "W3T-1002").file.lead_case.number == "W3T-1002"


def test_a_visits_number_finds_whom_it_goes_to(manager, debtor):
    who = debtor(days=75)
    begun = calling.begin(manager, debtor_id=who, phone_id=cases.open_case(manager, who).numbers[0].phone.id)
    calling.finish(manager, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    ask = {"purpose": VisitPurpose.TALK, "address": "和平街25号", "place": PlaceKind.HOME}
    visiting.request(manager, debtor_id=who, **ask)
    (visit,) = reading.rows(manager)
    assert visit.number == "K7M-V1001"
    assert found(manager, visit.number) == found(manager, "v1001") == [who]
