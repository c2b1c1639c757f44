"""A store that isn't the one its computer remembers: which of the cases it is, who may go on with it, and how."""

import platform
import shutil

import pytest

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.office.proof import FaultKind
from collector_desk.domain.states import StoreDoubt, TieReason
from collector_desk.domain.vocabulary import Direction, Outcome, Role, Verdict
from collector_desk.resources import home_folder, machine_folder
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk import standing
from collector_desk.services.desk.seat import Writing
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.office import backup, going_on, keyring, people, title_row, witness
from collector_desk.services.permits import scheduling
from collector_desk.services.record import ties
from collector_desk.services.visits import gate
from collector_desk.store import marks
from collector_desk.store.journal import head
from collector_desk.words.messages import LANGUAGES, render
from tests.samples.put_back import aside, delete_marks, put_back, with_machine_folder
from tests.samples.store import PASSWORD, SetClock, copy_store, let_in
from tests.services.conftest import MANAGER

AGENT, SECOND = "张晓", "周主管"


@pytest.fixture
def folder(manager, seat_of, debtor):
    """A store with an agent and one debtor, everybody out; marks in both places."""
    with_machine_folder()
    seat_of(AGENT, Role.AGENT, Role.SENIOR_AGENT).store.close()
    debtor()
    people.sign_out(manager)
    return manager.folder


@pytest.fixture
def sit(folder, clock):
    """Sits somebody down at the store as it lies there now; stands them up without a word afterwards."""
    there = []

    def down(who=AGENT):
        there.append(people.sign_in(folder, who, PASSWORD, clock=clock))
        return there[-1]

    yield down
    for seat in there:
        seat.let_go()


def the_debtor(seat):
    with seat.store.read() as conn:
        return conn.exec_driver_sql("SELECT lower(hex(id)) FROM debtor").scalar_one()


def dial(seat):
    who = the_debtor(seat)
    phone = cases.open_case(seat, who).numbers[0].phone.id
    return calling.begin(seat, debtor_id=who, phone_id=phone)


def call(seat):
    """A call that reached nobody, and what the window does behind the key press."""
    calling.finish(seat, dial(seat).attempt.id, CallLog(Outcome.NO_ANSWER))
    queueing.release(seat)
    assert standing.move(seat) is None


def work_and_be_killed(sit):
    seat = sit()
    call(seat)
    seat.let_go()


def refused_with(seat):
    with pytest.raises(GateRefused) as caught:
        dial(seat)
    first = caught.value.decision.reasons[0]
    assert (first.rule, first.verdict) == ("gate.store_doubt", Verdict.BLOCK)
    for lang in LANGUAGES:
        assert render(first.detail, lang) != first.detail.code
    return first.detail.code.removeprefix("conduct.store_")


# --- which of them it is -----------------------------------------------------------------------------------


def test_a_store_just_made_and_one_worked_at_are_no_doubt(tmp_path):
    made = people.create_store(tmp_path / "fresh", name="王", password=PASSWORD, clock=SetClock())
    assert made.seat.standing.doubt is None
    people.sign_out(made.seat)
    again = people.sign_in(tmp_path / "fresh", "王", PASSWORD, clock=SetClock())
    assert again.standing.doubt is None
    again.let_go()


def test_the_mark_moves_with_the_call_and_tells_a_folder_put_back(folder, sit):
    kept = aside(folder)
    work_and_be_killed(sit)
    put_back(kept, folder)
    seat = sit()
    assert refused_with(seat) == StoreDoubt.PUT_BACK
    assert [one.fault for one in backup.verify(seat).findings] == [FaultKind.OLDER_COPY]


@pytest.mark.parametrize("which", ["user", "machine"])
def test_a_folder_put_back_with_one_of_the_marks(folder, sit, which):
    place = home_folder() / "marks" if which == "user" else machine_folder()
    kept, mark = aside(folder), aside(place)
    work_and_be_killed(sit)
    put_back(kept, folder)
    put_back(mark, place)
    seat = sit()
    assert refused_with(seat) == StoreDoubt.ONE_PUT_BACK
    assert [one.fault for one in backup.verify(seat).findings] == [FaultKind.OLDER_COPY]


def test_marks_deleted(folder, sit):
    work_and_be_killed(sit)
    delete_marks()
    seat = sit()
    assert refused_with(seat) == StoreDoubt.MARKS_GONE
    assert [one.fault for one in backup.verify(seat).findings] == [FaultKind.MARKS_GONE]


def test_marks_deleted_and_the_folder_put_back(folder, sit):
    kept = aside(folder)
    work_and_be_killed(sit)
    put_back(kept, folder)
    delete_marks()
    assert refused_with(sit()) == StoreDoubt.MARKS_GONE


def test_a_foreign_folder(folder, sit, ready_store, tmp_path):
    """Another store in the place: known here elsewhere, or not at all."""
    other = people.create_store(tmp_path / "other", name=MANAGER, password=PASSWORD, clock=SetClock()).seat
    people.sign_out(other)
    put_back(tmp_path / "other", folder)
    seat = sit(MANAGER)
    assert seat.standing.doubt is StoreDoubt.FOREIGN
    assert [one.fault for one in backup.verify(seat).findings] == [FaultKind.FOREIGN]
    seat.vouches = True
    going_on.answer(seat, "合并两个小组")
    assert seat.standing.doubt is None
    seat.let_go()
    assert sit(MANAGER).standing.doubt is None


def test_a_store_never_seen_here(folder, sit, monkeypatch):
    monkeypatch.setenv("COLLECTOR_DESK_HOME", str(folder.parent / "new home"))
    monkeypatch.setenv("COLLECTOR_DESK_MACHINE", str(folder.parent / "none"))
    monkeypatch.setattr(platform, "node", lambda: "another-computer")
    seat = sit()
    assert refused_with(seat) == StoreDoubt.NEW_HERE
    report = backup.verify(seat)
    assert report.ok
    assert {"store.unproved_no_mark", "store.unproved_one_mark"} <= {one.code for one in report.unproved}


def test_another_user_of_the_computer_sees_what_the_first_one_saw(folder, sit, monkeypatch):
    kept = aside(folder)
    work_and_be_killed(sit)
    monkeypatch.setenv("COLLECTOR_DESK_HOME", str(folder.parent / "another user"))
    assert sit().standing.doubt is None
    put_back(kept, folder)
    assert refused_with(sit()) == StoreDoubt.PUT_BACK


def test_a_folder_moved_by_hand_is_the_same_store(folder, clock, tmp_path):
    moved = tmp_path / "moved"
    shutil.move(folder, moved)
    seat = people.sign_in(moved, AGENT, PASSWORD, clock=clock)
    assert seat.standing.doubt is None
    seat.let_go()


def test_folder_and_all_marks_put_back_together_is_not_noticed_here_but_told_from_outside(
    folder, sit, manager, tmp_path
):
    """What docs/security.md says. A backup made meanwhile, or the paper, knows better."""
    kept, mark, machines = aside(folder), aside(home_folder() / "marks"), aside(machine_folder())
    seat = sit()
    call(seat)
    backup.back_up(seat, tmp_path / "evening.cdbackup")
    with seat.store.read() as conn:
        paper = witness.told(head(conn))
    seat.let_go()
    seen = [witness.read(str(tmp_path / "evening.cdbackup")), witness.read(paper)]
    put_back(kept, folder)
    put_back(mark, home_folder() / "marks")
    put_back(machines, machine_folder())
    back = sit()
    assert back.standing.doubt is None
    assert backup.verify(back).ok
    for one in seen:
        told = backup.verify(back, witnesses=[one])
        assert [finding.fault for finding in told.findings] == [FaultKind.WITNESS]


# --- look, but don't dial ------------------------------------------------------------------------------------


def test_in_doubt_one_may_look_and_answer_the_telephone_but_nothing_goes_out(folder, sit, debtor):
    kept = aside(folder)
    work_and_be_killed(sit)
    put_back(kept, folder)
    seat = sit()
    who = the_debtor(seat)
    card = cases.open_case(seat, who).numbers[0]
    assert not card.callable_now
    assert title_row.gate_light(seat)[1] is Verdict.BLOCK
    with pytest.raises(Refused) as caught:
        scheduling.schedule(seat, who, card.phone.id)
    assert caught.value.message.code == "calls.no_time_helps"
    assert not gate.look(seat, who, seat.now()).allowed
    assert refused_with(seat) == StoreDoubt.PUT_BACK
    begun = calling.begin(seat, debtor_id=who, phone_id=None, direction=Direction.IN)
    calling.finish(seat, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    with pytest.raises(Refused):
        going_on.answer(seat, "让我打吧")  # no lead
    witness = marks.read(folder, seat.store_id)
    people.sign_out(seat)
    assert marks.read(folder, seat.store_id) == witness, "the mark stays: it is the witness"


def test_a_store_in_doubt_is_not_written_anew(folder, sit, clock):
    kept = aside(folder)
    work_and_be_killed(sit)
    put_back(kept, folder)
    with pytest.raises(Trouble) as caught:
        keyring.rekey(folder, who=MANAGER, password=PASSWORD, clock=clock)
    assert caught.value.message.code == "conduct.store_put_back"


def test_put_the_newer_folder_back_and_nothing_needs_an_answer(folder, sit):
    kept = aside(folder)
    work_and_be_killed(sit)
    newer = aside(folder)
    put_back(kept, folder)
    sit().let_go()
    put_back(newer, folder)
    call(sit())


# --- the answer ----------------------------------------------------------------------------------------------


def rolled_back(folder, sit):
    kept = aside(folder)
    work_and_be_killed(sit)
    put_back(kept, folder)


def test_an_only_lead_answers_alone_and_the_line_says_so(folder, sit):
    rolled_back(folder, sit)
    waiting, lead = sit(), sit(MANAGER)
    assert refused_with(waiting) == StoreDoubt.PUT_BACK
    going_on.answer(lead, "硬盘损坏，恢复到早上")
    call(waiting)  # at the other window, without signing in again
    call(lead)
    with lead.store.read() as conn:
        row = conn.exec_driver_sql("SELECT why, alone, mark_seq FROM store_tie ORDER BY id DESC").first()
    assert (row.why, bool(row.alone)) == (TieReason.PUT_BACK, True)
    report = backup.verify(lead)
    assert report.ok
    assert "store.unproved_tied_alone" in {one.code for one in report.unproved}
    for seat in (waiting, lead):
        people.sign_out(seat)
    call(sit())


def test_with_two_leads_who_answers_dials_only_once_the_other_agreed(manager, seat_of, folder, sit, clock):
    again = people.sign_in(folder, MANAGER, PASSWORD, clock=clock)
    let_in(again, name=SECOND, password=PASSWORD, roles=frozenset({Role.LEAD}))
    people.sign_out(again)
    rolled_back(folder, sit)
    first, second, agent = sit(MANAGER), sit(SECOND), sit()
    going_on.answer(first, "早上的副本才是完整的")
    assert refused_with(first) == StoreDoubt.OWN_ANSWER
    with pytest.raises(Refused):
        going_on.answer(first, "我自己同意")
    call(agent)
    people.sign_out(first)
    first = sit(MANAGER)
    assert refused_with(first) == StoreDoubt.OWN_ANSWER, "not forgotten by signing in again"
    assert going_on.waits(second).code == "office.going_on.agree"
    assert going_on.is_mine(second)
    assert going_on.waits(agent) is not None
    going_on.answer(second, "已核对，同意")
    assert going_on.waits(second) is None
    call(first)
    assert backup.verify(first).ok


def test_put_back_again_after_an_answer_is_noticed_again(folder, sit):
    rolled_back(folder, sit)
    lead = sit(MANAGER)
    going_on.answer(lead, "恢复")
    people.sign_out(lead)
    rolled_back(folder, sit)
    assert refused_with(sit()) == StoreDoubt.PUT_BACK


def test_put_back_to_before_the_answer_is_noticed(folder, sit):
    kept = aside(folder)
    work_and_be_killed(sit)
    put_back(kept, folder)
    lead = sit(MANAGER)
    going_on.answer(lead, "恢复")
    people.sign_out(lead)
    put_back(kept, folder)
    assert refused_with(sit()) == StoreDoubt.PUT_BACK


@pytest.mark.parametrize("by", ["an agent", "the lead's name with the agent's key"])
def test_an_answer_without_a_lead_s_signature_excuses_nothing(folder, sit, by):
    """Attack h_history 17: a chained line in the lead's name, made past the program."""
    rolled_back(folder, sit)
    seat = sit()
    found, me = seat.standing, seat.person
    with seat.store.read() as conn:
        lead = conn.exec_driver_sql("SELECT lower(hex(actor_id)) FROM journal WHERE seq = 1").scalar_one()
    with seat.store.write() as conn:
        if by != "an agent":
            seat.person = people.person_of(conn, lead)
        ties.write(Writing(conn, seat, "store.go_on", seat.now()), seat, TieReason.PUT_BACK, standing=found)
    seat.person = me
    assert refused_with(seat) == StoreDoubt.PUT_BACK
    faults = {one.fault for one in backup.verify(seat).findings}
    assert faults == {FaultKind.TIE_UNSIGNED, FaultKind.OLDER_COPY}


# --- verify only looks ---------------------------------------------------------------------------------------


def test_a_seat_that_found_the_history_broken_signs_nothing_and_moves_no_mark(folder, sit):
    seat = sit(MANAGER)
    call(seat)
    before = marks.read(folder, seat.store_id)
    with seat.store.write() as conn:
        conn.exec_driver_sql("DROP TRIGGER once_access_update")
    assert not backup.verify(seat).ok
    with seat.store.read() as conn:
        heads = conn.exec_driver_sql("SELECT count(*) FROM signed_head").scalar()
    people.sign_out(seat)
    assert marks.read(folder, seat.store_id) == before
    with sit(MANAGER).store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM signed_head").scalar() == heads


def test_a_copy_of_a_test_s_store_is_known_here(ready_store, tmp_path, clock):
    seat = people.sign_in(copy_store(ready_store, tmp_path / "copy"), MANAGER, PASSWORD, clock=clock)
    assert seat.standing.doubt is None
    seat.let_go()
