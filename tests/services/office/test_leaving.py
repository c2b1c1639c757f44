"""Leaving is leaving: at every act, at every seat, and with whatever key file is put back."""

import shutil
import stat
import sys

import pytest
from sqlalchemy import select

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.people import SeatLost
from collector_desk.domain.vocabulary import Outcome, Role, Speaker
from collector_desk.exchange.store_folder import KEYS, TWIN
from collector_desk.resources import home_folder
from collector_desk.services.book import cases, overview, queueing
from collector_desk.services.calls import calling, left_open
from collector_desk.services.desk import drafts
from collector_desk.services.office import backup, keyring, people
from collector_desk.store import keyfile, keys
from collector_desk.store.tables.history import journal, signed_head
from tests.samples.store import PASSWORD, let_in


def refused(what):
    with pytest.raises(Trouble) as caught:
        what()
    return caught.value.message.code


def number_of(seat, who):
    return cases.open_case(seat, who).numbers[0].phone.id


@pytest.fixture
def old_keys(manager, agent, tmp_path):
    """The key file as it was this morning."""
    aside = tmp_path / "aside"
    aside.mkdir()
    for name in (KEYS, TWIN):
        shutil.copyfile(manager.store.folder / name, aside / name)

    def put_back():
        for name in (KEYS, TWIN):
            shutil.copyfile(aside / name, manager.store.folder / name)

    return put_back


# --- at the seat -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "act",
    [
        lambda seat, who, phone: calling.begin(seat, debtor_id=who, phone_id=phone),
        lambda seat, who, phone: cases.unmask(seat, who, "name"),
        lambda seat, who, phone: queueing.claim(seat, who),
        lambda seat, who, phone: cases.open_case(seat, who),
        lambda seat, who, phone: people.look(seat),
        lambda seat, who, phone: people.prove(seat, PASSWORD),
        lambda seat, who, phone: backup.back_up(seat, seat.store.folder.parent / "taken.cdbackup"),
    ],
)
def test_who_was_closed_does_nothing_more_at_an_open_window(agent, manager, debtor, act):
    who = debtor()
    phone = number_of(agent, who)
    people.leave(manager, agent.person.id)
    assert refused(lambda: act(agent, who, phone)) in {"office.seat_closed", "store.slot_closed"}
    assert not list(agent.store.folder.parent.glob("*.cdbackup"))


def test_a_role_taken_is_gone_in_the_same_instant(agent, manager, debtor):
    who = debtor(days=200)
    phone = number_of(agent, who)
    people.set_roles(manager, agent.person.id, frozenset({Role.VISITOR}))
    with pytest.raises(SeatLost) as lost:
        calling.begin(agent, debtor_id=who, phone_id=phone)
    assert lost.value.message.code == "office.roles_taken"
    assert set(lost.value.message.params["roles"]) == {Role.AGENT, Role.SENIOR_AGENT}
    assert refused(lambda: cases.unmask(agent, who, "name")) == "office.roles_taken"


def test_a_lead_who_is_no_lead_any_more_reads_no_lists_and_settles_nothing(manager, seat_of):
    lead = seat_of("王组长", Role.LEAD)
    assert overview.batches(lead) == ()
    people.set_roles(manager, lead.person.id, frozenset({Role.AGENT}))
    assert refused(lambda: overview.batches(lead)) == "office.roles_taken"


def test_a_role_given_counts_at_once(agent, manager, seat_of):
    visitor = seat_of("外访员", Role.VISITOR)
    with pytest.raises(Refused):
        overview.batches(visitor)
    people.set_roles(manager, visitor.person.id, frozenset({Role.VISITOR, Role.LEAD}))
    assert overview.batches(visitor) == ()
    people.look(visitor)
    assert Role.LEAD in visitor.person.roles


def test_leaving_empties_the_roles_and_keeps_their_history(agent, manager):
    people.leave(manager, agent.person.id)
    gone = next(person for person in people.everybody(manager) if person.id == agent.person.id)
    assert (gone.active, gone.roles) == (False, frozenset())
    with manager.store.read() as conn:
        kinds = set(conn.execute(journal.select().with_only_columns(journal.c.kind)).scalars())
    assert "person.leave" in kinds


def test_who_left_signs_no_head(agent, manager):
    people.leave(manager, agent.person.id)
    people.sign_out(agent)
    with manager.store.read() as conn:
        assert conn.execute(select(signed_head.c.person_id)).scalars().all() == []


# --- the call left open ------------------------------------------------------------------------------------


def left_a_call(agent, manager, debtor, how):
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=number_of(agent, who))
    drafts.save(agent, "call", begun.attempt.id, {"note": "接通后要求改日再谈"})
    if how == "leave":
        people.leave(manager, agent.person.id)
    else:
        people.set_roles(manager, agent.person.id, frozenset({Role.VISITOR}))
    drafts.save(
        agent, "call", begun.attempt.id, {"note": "接通后要求改日再谈，下午"}
    )  # the window writes its draft
    return who, begun.attempt


@pytest.mark.parametrize("how", ["leave", "role"])
def test_a_lead_enters_the_outcome_of_a_call_left_open(agent, manager, debtor, clock, how):
    who, attempt = left_a_call(agent, manager, debtor, how)
    clock.forward(minutes=5)
    (row,) = left_open.waiting(manager)
    assert (row.id, row.caller, row.debtor_id) == (attempt.id, "张晓", who)
    log = CallLog(Outcome.NO_ANSWER, Speaker.UNKNOWN)
    assert refused(lambda: calling.finish(agent, attempt.id, log)) in {"office.seat_closed", "office.roles_taken"}
    left_open.take_over(manager, attempt.id)
    assert left_open.waiting(manager) == ()
    draft = drafts.load(manager, "call", attempt.id)
    assert draft is not None
    assert draft.content["note"].endswith("下午"), "what was typed came along"
    calling.finish(manager, attempt.id, log)
    assert calling.open_attempt(manager) is None
    file = cases.open_case(manager, who).file
    assert file.attempts == 1
    assert refused(lambda: calling.take_back(agent)) in {"office.seat_closed", "office.roles_taken"}


def test_a_call_its_caller_can_end_is_not_taken_over(agent, manager, debtor):
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=number_of(agent, who))
    assert left_open.waiting(manager) == ()
    assert refused(lambda: left_open.take_over(manager, begun.attempt.id)) == "calls.not_left_open"
    with pytest.raises(Refused):
        left_open.take_over(agent, begun.attempt.id)


def test_the_debtor_stays_closed_to_others_until_then(agent, manager, debtor, seat_of):
    who, _ = left_a_call(agent, manager, debtor, "leave")
    other = seat_of("李坐席", Role.AGENT)
    phone = number_of(other, who)
    assert refused(lambda: calling.begin(other, debtor_id=who, phone_id=phone)) == "calls.held_by_other"


# --- the key file ------------------------------------------------------------------------------------------


def test_a_leaver_s_old_key_file_opens_nothing(agent, manager, old_keys, clock):
    folder = manager.store.folder
    people.leave(manager, agent.person.id)
    assert "张晓" not in [person.name for person in keys.people(folder)]
    old_keys()
    assert keys.unlock(folder, "张晓", PASSWORD), "the file itself still opens"
    assert refused(lambda: people.sign_in(folder, "张晓", PASSWORD, clock=clock)) == "store.slot_closed"
    old_keys()
    assert refused(lambda: manager.store.prove(agent.person.id, PASSWORD)) == "store.slot_closed"
    again = people.sign_in(folder, "林主管", PASSWORD, clock=clock)
    again.store.close()
    assert "张晓" not in [person.name for person in keys.people(folder)], "and is tidied away at the next sign-in"


def test_an_old_password_does_not_come_back_with_an_old_key_file(agent, manager, old_keys, clock):
    folder = manager.store.folder
    people.change_password(agent, old=PASSWORD, new="another phrase")
    old_keys()
    assert refused(lambda: people.sign_in(folder, "张晓", PASSWORD, clock=clock)) == "store.slot_stale"
    assert refused(lambda: people.prove(agent, PASSWORD)) == "store.slot_stale"
    assert refused(lambda: people.change_password(agent, old=PASSWORD, new="third phrase!")) == "store.slot_stale"
    people.sign_in(folder, "林主管", PASSWORD, clock=clock).store.close()
    assert "张晓" in [person.name for person in keys.people(folder)], (
        "the only slot of somebody is left to recover by"
    )


def test_an_old_recovery_code_does_not_come_back_either(tmp_path, clock):
    folder = tmp_path / "lost"
    made = people.create_store(folder, name="林主管", password=PASSWORD, clock=clock)
    people.sign_out(made.seat)
    before = keyfile.read_keys(folder)
    seat, _ = people.recover(folder, "林主管", made.recovery_code, "brand new words", clock=clock)
    keyring.confirm_recovery(seat)
    people.sign_out(seat)
    keyfile.write_keys(folder, before)
    code = refused(lambda: people.recover(folder, "林主管", made.recovery_code, "yet other words", clock=clock))
    assert code == "store.recovery_wrong"


def test_who_left_is_not_recovered(agent, manager, old_keys, tmp_path, clock):
    folder = tmp_path / "two"
    made = people.create_store(folder, name="林主管", password=PASSWORD, clock=clock)
    gone = let_in(made.seat, name="某人", password=PASSWORD, roles=frozenset({Role.AGENT}))
    before = keyfile.read_keys(folder)
    people.leave(made.seat, gone.id)
    made.seat.store.close()
    keyfile.write_keys(folder, before)
    code = refused(lambda: people.recover(folder, "某人", made.recovery_code, "brand new words", clock=clock))
    assert code == "store.slot_closed"


def test_a_program_killed_while_a_password_changes_leaves_the_one_the_history_knows(agent, manager, clock):
    """The slot lies in the file before the commit: without the commit the old password goes on."""
    folder = manager.store.folder
    slot = agent.store.prepare_password(agent.store.prove(agent.person.id, PASSWORD), "another phrase")
    keys.put_slot(folder, slot)  # and then the power was gone
    assert len([one for one in keys.people(folder) if one.name == "张晓"]) == 1
    assert refused(lambda: people.sign_in(folder, "张晓", "another phrase", clock=clock)) == "store.slot_stale"
    people.sign_in(folder, "张晓", PASSWORD, clock=clock).store.close()
    assert slot.body["id"] not in {one["id"] for one in keys.slots(folder)}


def test_a_program_killed_while_somebody_is_let_in_blocks_no_name(agent, manager, clock):
    folder = manager.store.folder
    keys.put_slot(folder, agent.store.prepare_slot(name="新人", password=PASSWORD, root=agent.unlocked.root))
    assert refused(lambda: people.sign_in(folder, "新人", PASSWORD, clock=clock)) == "store.no_such_person"
    people.sign_in(folder, "林主管", PASSWORD, clock=clock).store.close()
    let_in(manager, name="新人", password=PASSWORD, roles=frozenset({Role.AGENT}))
    people.sign_in(folder, "新人", PASSWORD, clock=clock).store.close()


# --- the files' modes --------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_key_files_stores_and_marks_are_their_owner_s_alone(agent, manager, tmp_path, clock):
    people.change_password(agent, old=PASSWORD, new="another phrase")
    people.sign_out(agent)
    target = tmp_path / "copy.cdbackup"
    backup.back_up(manager, target)
    assert stat.S_IMODE(target.stat().st_mode) & 0o077 == 0
    restored = tmp_path / "restored"
    backup.restore(target, restored, who="林主管", password=PASSWORD, clock=clock)
    for folder in (manager.store.folder, restored, home_folder() / "marks"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder.name
        for path in folder.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_a_store_that_stood_open_is_closed_when_it_is_opened(manager, clock):
    folder = manager.store.folder
    folder.chmod(0o755)
    (folder / KEYS).chmod(0o644)
    people.sign_in(folder, "林主管", PASSWORD, clock=clock).store.close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / KEYS).stat().st_mode) == 0o600
