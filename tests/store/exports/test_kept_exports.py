"""Questions about contacts that go to a bank, and about what went out already."""

from datetime import date, timedelta

import pytest

from collector_desk.domain.exports.contacts import SentBefore, SentPlace, Span
from collector_desk.domain.vocabulary import Outcome
from collector_desk.store import tables as t
from collector_desk.store.exports import contacts
from tests.samples.ids import an_id
from tests.samples.rows import AT

CASE = an_id("case")
TODAY, HOUR = date(2026, 11, 23), timedelta(hours=1)
FILE = {"layout_id": "generic", "filename": "x.csv"}
CALL = {"channel": "call", "direction": "out", "addressee": "debtor"}
END = {"outcome": "refuses", "speaker": "debtor", "result": "effective"}


@pytest.fixture
def place(filed) -> str:
    return filed(t.placement, number="P1", placed_on=date(2026, 11, 2), terms={"bank_name": "甲"})


def account(filed, place, who, **more) -> str:
    return filed(t.account_case, placement_id=place, debtor_id=who, currency="CNY", state="open", **more)


def a_debtor(filed, number: str) -> str:
    return filed(t.debtor, customer_no=number, name="王小明", zone="Asia/Shanghai")


def read(conn, place):
    sent = contacts.sent_before(conn, place, "generic")
    return {one.attempt_id: one for one in contacts.contacts_of(conn, place, sent, TODAY, addresses=True)}


def test_a_contact_comes_with_the_account_it_was_about(conn, filed, place):
    who, other = a_debtor(filed, "1"), a_debtor(filed, "2")
    elsewhere = filed(t.placement, number="P2", terms={"bank_name": "甲"})
    mine, theirs = account(filed, place, who), account(filed, elsewhere, who)
    account(filed, elsewhere, other)
    filed(t.address, debtor_id=who, kind="home", line="远处", source="bank", position=1)
    filed(t.address, debtor_id=who, kind="home", line="近处", source="bank", position=0)
    calls = [filed(t.attempt, debtor_id=who, case_id=case, begun_at=AT, **CALL) for case in (mine, theirs, mine)]
    strange = filed(t.attempt, debtor_id=other, begun_at=AT, **CALL)
    for call in calls[:2]:
        filed(t.attempt_end, debtor_id=who, attempt_id=call, note="说了话", **END)
    found = read(conn, place)
    assert set(found) == {calls[0], calls[2]}
    assert strange not in found
    one = found[calls[0]]
    assert (one.case.id, one.name, one.address) == (mine, "王小明", "近处")
    assert (one.end.outcome, one.end.note) == (Outcome.REFUSES, "说了话")
    assert found[calls[2]].end is None


def test_a_rehearsal_is_no_contact(conn, filed, place):
    who = a_debtor(filed, "1")
    case = account(filed, place, who)
    filed(t.attempt, debtor_id=who, case_id=case, begun_at=AT, rehearsal=True, **CALL)
    assert read(conn, place) == {}


def test_a_promise_moves_the_contact_to_its_account_and_what_was_told_is_taken_back(conn, filed, place):
    who = a_debtor(filed, "1")
    elsewhere = filed(t.placement, number="P2", terms={"bank_name": "甲"})
    mine, theirs = account(filed, place, who), account(filed, elsewhere, who)
    call = filed(t.attempt, debtor_id=who, case_id=mine, begun_at=AT, **CALL)
    filed(t.attempt_end, debtor_id=who, attempt_id=call, **END | {"outcome": "promise_part"})
    promise = {"debtor_id": who, "attempt_id": call, "currency": "CNY", "due_at": AT, "channel": "branch"}
    filed(t.promise, case_id=theirs, amount_minor=700, **promise)
    assert read(conn, place) == {}
    assert read(conn, elsewhere)[call].promised.minor == 700
    out = filed(t.contacts_export, placement_id=place, until=AT, **FILE)
    filed(t.contact_sent, export_id=out, line=1, debtor_id=who, case_id=mine, about_id=call, mark="new")
    told = read(conn, place)[call]
    assert (told.case.id, told.end, told.promised) == (mine, None, None)


def test_what_went_out_is_known_by_placement_and_layout(conn, filed, place):
    first = filed(t.contacts_export, placement_id=place, until=AT, serial=1001, **FILE)
    second = filed(t.contacts_export, placement_id=place, until=AT + HOUR, since=AT, serial=1002, **FILE)
    other = filed(t.contacts_export, placement_id=place, until=AT, serial=1003, **FILE | {"layout_id": "x"})
    attempt = an_id("a")
    lines = [
        filed(t.contact_sent, export_id=out, line=3, about_id=attempt, said_id=end, case_id=CASE, mark="new")
        for out, end in ((first, an_id("e1")), (second, None), (other, an_id("e1")))
    ]
    (prefix,) = {line.number.split("-")[0] for line in contacts.export_lines(conn, place, most=9)}
    place_of_first = SentPlace(lines[0], f"{prefix}-N1001", 3)
    assert contacts.sent_before(conn, place, "generic") == {attempt: SentBefore(place_of_first, None, CASE)}
    covered = contacts.covered(conn, place, "generic")
    assert covered.spans == (Span(None, AT), Span(AT, AT + HOUR))
    assert covered.last == second
    assert contacts.covered(conn, place, "y").last is None
    assert contacts.sent_before(conn, an_id("p"), "generic") == {}


def test_the_list_of_exports_is_the_newest_first(conn, filed, place):
    for serial in (1001, 1002, 1003):
        filed(t.contacts_export, placement_id=place, until=AT, serial=serial, rows=serial, **FILE)
    found = contacts.export_lines(conn, place, most=2)
    assert [line.rows for line in found] == [1003, 1002]
    assert (found[0].filename, found[0].layout_id) == ("x.csv", "generic")
    assert contacts.placed_on(conn, place) == date(2026, 11, 2)
