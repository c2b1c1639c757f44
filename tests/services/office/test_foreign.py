"""Two stores that work on the same debtors and take in each other's lines: what they show is one and the same."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.office.proof import FaultKind
from collector_desk.domain.vocabulary import Flag, Outcome, Role
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.desk.settings import Agency
from collector_desk.services.office import backup, foreign, people
from collector_desk.services.packs import releases
from collector_desk.services.record import flags
from collector_desk.store import heads
from collector_desk.store import tables as t
from collector_desk.store.foreign import lines_after
from collector_desk.store.journal import HASHED, erase_row, head, last_instant
from collector_desk.store.marks import mark_of
from collector_desk.store.numbers import own
from collector_desk.store.projections.replay import StateDigest, of_debtors
from collector_desk.store.tables.history import journal, lines_taken, origin, signed_head
from collector_desk.store.verify import verify
from tests.samples.state import odd_state
from tests.samples.store import PASSWORD, SetClock, copy_store, know, let_in, sit_down
from tests.services.record.test_promising import FAR, NEAR, promised


@pytest.fixture(scope="module")
def their_store(tmp_path_factory) -> Path:
    """Another store, made once: each test works on a copy."""
    folder = tmp_path_factory.mktemp("theirs") / "theirs"
    agency = Agency("另一家催收服务有限公司", "另一服务中心", "400-111-1111")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("collector_desk.store.store.draw_prefix", lambda: "H2X")
        made = people.create_store(folder, name="何主管", password=PASSWORD, agency=agency, clock=SetClock()).seat
    settings.change(made, Share(effective=3, connected=6))
    releases.release_all(made)
    know(made)
    made.store.close()
    return folder


@pytest.fixture
def theirs(their_store, tmp_path) -> Iterator[Seat]:
    """Who leads another store, by a clock of their own."""
    made = sit_down(copy_store(their_store, tmp_path / "theirs"), "何主管", clock=SetClock())
    yield made
    odd = odd_state(made.store)
    made.store.close()
    assert odd == []


def given(seat, place=0):
    """What a store gives out, and whose it is."""
    with seat.store.read() as conn:
        return own(conn), list(lines_after(conn, place))


def takes(seat, other, place=0):
    return foreign.take_in(seat, *given(other, place))


def end(seat):
    with seat.store.read() as conn:
        return head(conn)


def digest_of(seat, who):
    made = StateDigest()
    with seat.store.read() as conn:
        made.add(of_debtors(conn, [who]))
    return made.value()


def rang(seat, who, outcome=Outcome.NO_ANSWER):
    begun = calling.begin(seat, debtor_id=who, phone_id=cases.open_case(seat, who).numbers[0].phone.id)
    calling.finish(seat, begun.attempt.id, CallLog(outcome))


def refused(seat, whose, lines):
    before = end(seat)
    with pytest.raises(Trouble) as trouble:
        foreign.take_in(seat, whose, lines)
    assert end(seat) == before
    return trouble.value.message.code


def test_each_takes_the_others_lines_in_and_both_show_the_same(manager, agent, debtor, theirs, clock):
    who = debtor(days=75)
    rang(agent, who)
    takes(theirs, manager)
    theirs.clock.forward(minutes=3)
    promised(theirs, who, NEAR)  # after what is known there
    clock.forward(minutes=5)
    with acting(manager, "flag") as act:  # and without knowing of it
        flags.put(act, who, Flag.COMPLAINT_OPEN, on=True, reason="投诉")
    promised(agent, who, FAR)
    first = end(theirs).place
    takes(manager, theirs)
    takes(theirs, manager)  # all of it again: what lies there is passed over
    assert digest_of(manager, who) == digest_of(theirs, who)
    clock.forward(hours=1)
    promised(agent, who, NEAR)
    takes(theirs, manager)
    assert digest_of(manager, who) == digest_of(theirs, who)
    takes(manager, theirs, first)
    assert digest_of(manager, who) == digest_of(theirs, who)
    assert odd_state(manager.store) == odd_state(theirs.store) == []
    mine, other = cases.open_case(manager, who), cases.open_case(theirs, who)
    assert mine.file.flags == other.file.flags
    assert sorted(line.kind for line in mine.timeline) == sorted(line.kind for line in other.timeline)
    assert mine.file.lead_case.number == other.file.lead_case.number == "K7M-1001"
    for seat in (manager, theirs):
        report = verify(seat.store)
        assert report.ok, report.findings
        assert any(said.code == "store.unproved_elsewhere" for said in report.unproved)


def test_whom_they_placed_is_found_and_called_here(manager, debtor, theirs):
    who = debtor()
    takes(theirs, manager)
    assert (
        cases.by_number(theirs, "k7m-1001").file.debtor.id == cases.by_number(theirs, "1001").file.debtor.id == who
    )
    assert [row.debtor_id for row in cases.find(theirs, "朱雪彩")] == [who]
    rang(theirs, who)
    backup.rebuild(theirs)
    assert verify(theirs.store).ok


def test_twice_is_once(manager, debtor, theirs):
    debtor()
    takes(theirs, manager)
    before = end(theirs)
    takes(theirs, manager)
    takes(theirs, manager, 5)
    assert end(theirs) == before


def test_taking_in_is_a_line_of_ones_own_that_names_the_head(manager, debtor, theirs):
    debtor()
    takes(theirs, manager)
    there = end(manager)
    with theirs.store.read() as conn:
        (line,) = conn.execute(select(lines_taken)).all()
        said = conn.execute(select(journal).where(journal.c.row_id == line.id)).one()
    assert (line.store_id, line.prefix) == (manager.store_id, "K7M")
    assert (line.head_place, line.head_hash) == (there.place, there.hash)
    assert (said.origin, said.place, said.actor_id) == (1, end(theirs).place, theirs.person.id)


def test_a_package_that_does_not_fit_is_refused_by_name_and_leaves_nothing(manager, agent, debtor, theirs):
    who = debtor()
    rang(agent, who)
    whose, lines = given(manager)
    at = next(place for place, line in enumerate(lines) if line.row and "attempt" in line.hashed)
    row = lines[at].row

    def changed(**values):
        return [*lines[:at], replace(lines[at], **values), *lines[at + 1 :]]

    assert refused(theirs, whose, lines[1:]) == "store.foreign_gap"
    assert refused(theirs, whose, [*lines[:at], *lines[at + 1 :]]) == "store.foreign_gap"
    assert refused(theirs, replace(whose, prefix="R9D"), lines) == "store.foreign_changed"
    assert refused(theirs, whose, changed(hash=sha256(b"x").digest())) == "store.foreign_changed"
    assert refused(theirs, whose, changed(row=(*row[:-1], 1 - row[-1]))) == "store.foreign_changed"
    assert refused(theirs, whose, changed(row=None)) == "store.foreign_row"
    piece = next(place for place, line in enumerate(lines) if line.placed)
    forged = [(*lines[piece].placed[0][:-1], "{}")]
    lines[piece] = replace(lines[piece], placed=tuple(forged))
    assert refused(theirs, whose, lines) == "store.foreign_changed"
    with theirs.store.read() as conn:
        assert conn.execute(select(func.count()).select_from(origin)).scalar_one() == 1
        assert conn.execute(select(func.count()).select_from(t.debtor)).scalar_one() == 0
    takes(theirs, manager)
    assert digest_of(theirs, who) == digest_of(manager, who)


def test_a_fork_is_refused_by_name(manager, debtor, theirs, clock):
    """A copy of the store that went on by itself: another line under a place that is known here."""
    debtor()
    takes(theirs, manager)
    clock.forward(minutes=1)
    fork_from = end(manager).place
    settings.change(manager, Share(effective=2, connected=5))
    whose, here = given(manager, fork_from)
    takes(theirs, manager)
    other = [replace(here[0], hash=sha256(b"written in the copy").digest())]
    assert refused(theirs, whose, other) == "store.foreign_fork"
    own_of_theirs, lines = given(theirs)
    ahead = replace(lines[-1], hashed=(end(theirs).place + 1, *lines[-1].hashed[1:]))
    assert refused(theirs, own_of_theirs, [ahead]) == "store.foreign_changed"


def test_settings_roles_and_packs_of_another_store_stay_there(manager, debtor, theirs):
    debtor()
    mine, names = settings.get(theirs, Agency), {one.name for one in people.everybody(theirs)}
    let_in(manager, name="孙坐席", password=PASSWORD, roles=frozenset({Role.MANAGER}))
    whose, lines = given(manager)
    role = next(place for place, line in enumerate(lines) if t.role_grant.name in line.hashed)
    with manager.store.read() as conn:
        grant = conn.exec_driver_sql(
            "SELECT * FROM role_grant WHERE id = ?", (lines[role].hashed[HASHED.index("row_id")],)
        ).one()
    planted = [*lines[:role], replace(lines[role], row=tuple(grant)), *lines[role + 1 :]]
    assert refused(theirs, whose, planted) == "store.foreign_row"
    takes(theirs, manager)
    assert settings.get(theirs, Agency) == mine
    assert {one.name for one in people.everybody(theirs)} == names
    with theirs.store.read() as conn:
        foreigner = people.person_of(conn, manager.person.id)
        made = conn.execute(select(t.person.c.active, t.person.c.roles).where(t.person.c.name == "孙坐席")).one()
    assert (foreigner.name, foreigner.number, foreigner.active) == (manager.person.name, "K7M-C1001", False)
    assert tuple(made) == (False, [])
    with pytest.raises(Trouble):
        people.sign_in(theirs.store.folder, manager.person.name, PASSWORD, clock=theirs.clock)


def test_clock_and_signatures_look_at_ones_own_lines_only(manager, agent, debtor, theirs, clock):
    who = debtor()
    clock.forward(days=3)  # their clock is wrong
    rang(agent, who)
    before = theirs.clock.now()
    takes(theirs, manager)
    with theirs.store.read() as conn:
        assert last_instant(conn) == before
    settings.change(theirs, Share(effective=2, connected=4))  # nobody says that the clock went back
    with theirs.store.write() as conn:
        heads.sign_head(conn, theirs.unlocked, theirs.now())
        signed = conn.execute(select(signed_head).order_by(signed_head.c.id.desc()).limit(1)).one()
        mark = mark_of(conn)
        assert (signed.seq, signed.hash) == (mark.place, mark.hash) == (head(conn).place, head(conn).hash)
        assert signed.seq < conn.execute(select(func.max(journal.c.seq))).scalar_one()
    report = verify(theirs.store)
    assert report.ok, report.findings


def test_caps_flags_and_stops_count_the_events_of_every_store(manager, agent, debtor, theirs, clock):
    who = debtor()
    takes(theirs, manager)
    number = cases.open_case(theirs, who).numbers[0]
    assert number.callable_now
    for _ in range(6):  # unanswered calls of a day to one number
        rang(agent, who)
        clock.forward(minutes=20)
    with acting(manager, "flag") as act:
        flags.put(act, who, Flag.COMPLAINT_OPEN, on=True, reason="投诉")
    takes(theirs, manager)
    theirs.clock.forward(hours=2, minutes=10)
    here, there = cases.open_case(theirs, who), cases.open_case(manager, who)
    assert here.file.attempts == there.file.attempts == 6
    assert Flag.COMPLAINT_OPEN in here.file.flags
    assert not here.numbers[0].callable_now
    assert [one.decision.verdict for one in here.numbers] == [one.decision.verdict for one in there.numbers]


def test_what_was_erased_there_is_erased_here(manager, debtor, theirs):
    who = debtor()
    takes(theirs, manager)
    with manager.store.write() as conn:
        erase_row(conn, t.placed, who, actor_id=manager.person.id, at=manager.now() + timedelta(minutes=1))
    backup.rebuild(manager)
    takes(theirs, manager)
    with theirs.store.read() as conn:
        said = conn.execute(select(t.placed.c.content, t.placed.c.salt).where(t.placed.c.id == who)).one()
        name = conn.execute(select(t.debtor.c.name).where(t.debtor.c.id == who)).scalar_one()
    assert (said.content, said.salt, name) == (None, None, "")
    report = verify(theirs.store)
    assert report.ok, report.findings
    assert digest_of(theirs, who) == digest_of(manager, who)


def test_a_debtor_both_stores_placed_is_refused(manager, debtor, theirs):
    debtor()
    type(debtor)(theirs)()
    assert refused(theirs, *given(manager)) == "store.foreign_twin"


def test_who_may_not_take_files_in_takes_no_lines_in(manager, agent, theirs):
    with pytest.raises(Refused):
        foreign.take_in(agent, *given(theirs))


def test_a_row_that_should_have_come_is_missed(manager, agent, debtor, theirs):
    who = debtor()
    rang(agent, who)
    takes(theirs, manager)
    with theirs.store.write() as conn:
        conn.exec_driver_sql("DROP TRIGGER once_attempt_delete")
        conn.exec_driver_sql("DELETE FROM attempt")
    found = verify(theirs.store).findings
    assert FaultKind.ROW_MISSING in {fault.fault for fault in found}
