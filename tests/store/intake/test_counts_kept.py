"""Whose number a row of counts names, and which figures are on file."""

from datetime import timedelta

import pytest

from collector_desk.store import tables as t
from collector_desk.store.intake import counts
from collector_desk.store.numbers import own
from collector_desk.store.search import SearchRow, index_debtors
from tests.samples.ids import an_id
from tests.samples.rows import AT

HOUR = timedelta(hours=1)


@pytest.fixture
def debtor(filed):
    count = iter(range(100))

    def make(**said) -> str:
        return filed(t.debtor, **{"customer_no": f"C{next(count)}", "visible": True} | said)

    return make


@pytest.fixture
def account(filed):
    batch, placement = filed(t.batch, file_id=filed(t.received_file), state="visible"), filed(t.placement)

    def make(who: str, number: str, serial: int) -> str:
        given = {"batch_id": batch, "placement_id": placement, "debtor_id": who, "state": "open"}
        return filed(t.account_case, account_number=number, serial=serial, **given)

    return make


@pytest.fixture
def figure(filed):
    """One debtor's figure, in force unless its counts are only staged."""

    def make(who: str, *, hours: int = 0, counts_id: str = "", task: str | None = None, **said) -> str:
        counts_id = counts_id or filed(t.counts_taken, newest_as_of=AT + hours * HOUR)
        given = {"task_id": task} if task else {}
        return filed(t.external_count, counts_id=counts_id, debtor_id=who, as_of=AT + hours * HOUR, **said, **given)

    return make


def test_a_number_names_who_has_it_on_file_and_no_staged_debtor(conn, debtor, account):
    one, two, staged = debtor(), debtor(), debtor(visible=False)
    for serial, who in enumerate((one, two, staged), 1001):
        account(who, "6200", serial)
    account(two, "6201", 1004)
    assert counts.by_account(conn, ["6200", "6201", "6299", ""]) == {
        "6200": frozenset({one, two}),
        "6201": frozenset({two}),
    }
    whole = f"{own(conn).prefix}-1001"
    assert counts.by_case(conn, [whole, "1004", "1003"]) == {whole: frozenset({one}), "1004": frozenset({two})}


def test_an_identity_number_is_found_with_either_x(conn, debtor):
    number = "00010319820101123X"
    who, other = debtor(id_number=number), debtor(id_number="000103198201011248")
    index_debtors(
        conn, [SearchRow(who, ("张三",), (number,)), SearchRow(other, ("李四",), ("000103198201011248",))]
    )
    assert counts.by_id(conn, [number.lower()]) == {number.lower(): frozenset({who})}
    assert counts.by_id(conn, ["000103198201011299"]) == {}


def test_a_debtors_zone(conn, debtor):
    assert counts.zone_of(conn, debtor(zone="Asia/Urumqi")) == "Asia/Urumqi"
    assert counts.zone_of(conn, debtor()) == ""
    assert counts.zone_of(conn, an_id("none")) is None


def test_figures_on_file_newest_first_and_whether_they_were_agreed_to(conn, debtor, figure, filed):
    who, other = debtor(), debtor()
    waits = filed(t.task, debtor_id=who, kind="counts_falling")
    agreed = filed(t.task, debtor_id=who, kind="counts_falling")
    filed(t.task_done, task_id=agreed, decision="approved", whose=who)
    figure(who, hours=1, effective_today=2)
    figure(who, hours=2, connected_today=5, task=waits)
    figure(who, hours=3, ours_included=True, task=agreed)
    figure(who, hours=-1)
    figure(who, hours=4, counts_id=an_id("staged"))
    found = counts.on_file(conn, [who, other], AT)
    assert set(found) == {who}
    assert [(one.as_of - AT) / HOUR for one in found[who]] == [3, 2, 1]
    assert [one.agreed for one in found[who]] == [True, False, True]
    assert [(one.effective, one.connected, one.ours_included) for one in found[who]][1:] == [
        (None, 5, False),
        (2, None, False),
    ]


def test_a_file_is_known_when_it_was_taken_in_the_same_way(conn, filed):
    silent = filed(t.counts_taken, file_sha256="a" * 64, newest_as_of=AT)
    timed = filed(t.counts_taken, file_sha256="a" * 64, newest_as_of=AT, asked_as_of=AT, ours_included=True)
    assert counts.taken_before(conn, "a" * 64, None, ours_included=False) == silent
    assert counts.taken_before(conn, "a" * 64, AT, ours_included=True) == timed
    assert counts.taken_before(conn, "a" * 64, AT, ours_included=False) is None
    assert counts.taken_before(conn, "b" * 64, None, ours_included=False) is None


def test_what_was_taken_last_and_of_how_many(conn, debtor, figure, filed):
    assert counts.newest_taken(conn, AT) is None
    first = filed(t.counts_taken, file_sha256="a" * 64, newest_as_of=AT + HOUR, accepted=7)
    filed(t.counts_taken, newest_as_of=AT)
    newest = counts.newest_taken(conn, AT)
    assert (newest.id, newest.by_hand, newest.accepted, newest.newest_as_of) == (first, False, 7, AT + HOUR)
    assert counts.newest_taken(conn, AT + 2 * HOUR) is None
    who, other = debtor(), debtor()
    for whose, hours in ((who, 0), (who, 1), (other, -1)):
        figure(whose, hours=hours)
    assert counts.debtors_since(conn, AT) == 1


def test_only_who_may_stand_elsewhere_now_is_sorted_anew(conn, debtor, figure):
    at_the_cap, below = debtor(), debtor()
    called, back = debtor(last_attempt_at=AT - 40 * HOUR), debtor(queue_back_at=AT)
    for who in (at_the_cap, below, called, back):
        figure(who, counts_id=an_id("counts"), effective_today=3 if who == at_the_cap else 1, connected_today=1)
    figure(debtor(), effective_today=9)
    assert set(counts.changed_by(conn, an_id("counts"), 3)) == {at_the_cap, called, back}


def test_figures_the_queue_does_not_follow_yet_are_remembered_until_it_does(conn):
    assert counts.unfinished(conn) is None
    counts.mark_unfinished(conn, an_id("counts"))
    assert counts.unfinished(conn) == an_id("counts")
    counts.mark_finished(conn)
    assert counts.unfinished(conn) is None
