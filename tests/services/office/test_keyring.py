"""Whose keys are whose as people meet it: first passwords, the recovery code, the root."""

import pytest
from sqlalchemy import select

from collector_desk.domain.conduct.values import Share
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.office.proof import FaultKind
from collector_desk.domain.people import OWN_PASSWORD, Act
from collector_desk.domain.vocabulary import Role
from collector_desk.services.desk import settings
from collector_desk.services.office import backup, keyring, people
from collector_desk.services.packs import releases
from collector_desk.services.visits import visiting
from collector_desk.store import keyfile, keys
from collector_desk.store.endorsements import chain_of
from collector_desk.store.tables.history import signed_head
from tests.samples.store import FIRST_PASSWORD, PASSWORD, let_in


def refused(what):
    with pytest.raises(Trouble) as caught:
        what()
    return caught.value.message.code


@pytest.fixture
def second_manager(manager, clock):
    """Another manager who still has the password that the first one gave."""
    roles = frozenset({Role.MANAGER, Role.LEAD})
    person = people.add(manager, name="钱经理", password=FIRST_PASSWORD, roles=roles)
    seat = people.sign_in(manager.store.folder, person.id, FIRST_PASSWORD, clock=clock)
    yield seat
    seat.store.close()


# --- the first password ------------------------------------------------------------------------------------


def test_with_the_first_password_nothing_is_signed_or_confirmed(manager, second_manager, clock):
    """Whoever gave it knows it: a manager can't be two people."""
    seat = second_manager
    assert seat.person.first_password
    for act in (
        lambda: people.add(seat, name="新人", password=FIRST_PASSWORD, roles=frozenset({Role.AGENT})),
        lambda: people.set_roles(seat, manager.person.id, frozenset({Role.LEAD})),
        lambda: settings.change(seat, Share(effective=9, connected=9)),
        lambda: releases.release_all(seat),
        lambda: keyring.new_recovery_code(seat),
        lambda: visiting.proof_for(manager, seat.person.id, FIRST_PASSWORD),
    ):
        assert refused(act) == "office.first_password"
    people.sign_out(seat)
    with manager.store.read() as conn:
        signers = set(conn.execute(select(signed_head.c.person_id)).scalars())
    assert seat.person.id not in signers
    assert backup.verify(manager).ok


def test_one_s_own_password_makes_one_oneself(manager, second_manager, clock):
    seat = second_manager
    people.change_password(seat, old=FIRST_PASSWORD, new=PASSWORD)
    people.look(seat)
    assert not seat.person.first_password
    people.add(seat, name="新人", password=FIRST_PASSWORD, roles=frozenset({Role.AGENT}))
    people.sign_out(seat)
    report = backup.verify(manager)
    assert (report.ok, report.heads) == (True, 1)


def test_every_act_that_confirms_is_among_those(manager):
    """What a second person decides in the program asks for a password of their own."""
    assert {Act.AGREE, Act.SETTLE_TASK, Act.REVIEW_VISIT, Act.MANAGE_PEOPLE} <= OWN_PASSWORD


def test_a_change_of_password_by_oneself_keeps_the_key(manager, clock):
    before = manager.unlocked.public_key
    people.change_password(manager, old=PASSWORD, new="another phrase")
    assert manager.unlocked.public_key == before
    again = people.sign_in(manager.store.folder, manager.person.id, "another phrase", clock=clock)
    people.sign_out(again)
    assert backup.verify(manager).ok


def test_a_window_with_the_key_of_before_signs_nothing_any_more(manager, second_manager, clock):
    """The password was changed at another window: what this one would sign is not theirs any more."""
    other = people.sign_in(manager.store.folder, second_manager.person.id, FIRST_PASSWORD, clock=clock)
    people.change_password(second_manager, old=FIRST_PASSWORD, new=PASSWORD)
    people.sign_out(other)
    report = backup.verify(manager)
    assert (report.ok, report.heads) == (True, 0)


# --- roles -------------------------------------------------------------------------------------------------


def test_a_manager_who_leaves_signs_for_their_own_leaving(manager):
    other = let_in(manager, name="钱经理", password=PASSWORD, roles=frozenset({Role.MANAGER, Role.VISITOR}))
    own = people.sign_in(manager.store.folder, other.id, PASSWORD, clock=manager.clock)
    people.leave(own, own.person.id)
    own.store.close()
    assert backup.verify(manager).ok


@pytest.mark.plants_state
def test_roles_edited_in_the_table_are_no_roles_of_the_history(manager, agent):
    """F3, experiment 12: the roles of a person are what a manager signed, whatever the table of people says."""
    with manager.store.write() as conn:
        conn.exec_driver_sql("UPDATE person SET roles = '[\"manager\"]' WHERE name = '张晓'")
    people_now = people.sign_in(manager.store.folder, "张晓", PASSWORD, clock=manager.clock)
    people.add(people_now, name="同伙", password=FIRST_PASSWORD, roles=frozenset({Role.MANAGER}))
    people_now.store.close()
    found = {finding.fault for finding in backup.verify(manager).findings}
    assert {FaultKind.ROLE_UNSIGNED, FaultKind.UNENDORSED} <= found


# --- the recovery code -------------------------------------------------------------------------------------


@pytest.fixture
def lost(tmp_path, clock):
    made = people.create_store(tmp_path / "lost", name="林主管", password=PASSWORD, clock=clock)
    yield made
    made.seat.store.close()


def codes(folder):
    return [slot for slot in keys.slots(folder) if slot["kind"] == keys.RECOVERY]


def test_a_new_code_counts_once_it_is_confirmed_and_not_before(lost, clock):
    seat, folder = lost.seat, lost.seat.folder
    assert keyring.recovery_unconfirmed(seat), "nobody has typed the first one back"
    keyring.confirm_recovery(seat)
    assert not keyring.recovery_unconfirmed(seat)
    first = keyring.new_recovery_code(seat)
    second = keyring.new_recovery_code(seat)
    assert len(codes(folder)) == 2, "the old one, and the last that was offered"
    assert refused(lambda: people.recover(folder, "林主管", second, "brand new words", clock=clock)) == (
        "store.recovery_wrong"
    )
    keyring.confirm_recovery(seat)
    assert len(codes(folder)) == 1
    for old in (lost.recovery_code, first):
        assert refused(lambda old=old: people.recover(folder, "林主管", old, "brand new words", clock=clock)) == (
            "store.recovery_wrong"
        )
    again, _ = people.recover(folder, "林主管", second, "brand new words", clock=clock)
    people.sign_out(again)
    assert backup.verify(seat).ok


def test_the_old_code_recovers_again_until_the_new_one_is_confirmed(lost, clock):
    folder = lost.seat.folder
    keyring.confirm_recovery(lost.seat)
    one, _ = people.recover(folder, "林主管", lost.recovery_code, "brand new words", clock=clock)
    one.store.close()  # and then the power was gone
    two, code = people.recover(folder, "林主管", lost.recovery_code, "other new words", clock=clock)
    keyring.confirm_recovery(two)
    people.sign_out(two)
    three, _ = people.recover(folder, "林主管", code, "third new words", clock=clock)
    report = backup.verify(three)
    assert report.ok
    assert [message.code for message in report.unproved].count("store.unproved_recovered") == 3
    three.store.close()


def test_a_code_overtaken_by_another_window_s_is_not_confirmed(lost, clock):
    keyring.confirm_recovery(lost.seat)
    keyring.new_recovery_code(lost.seat)
    other = people.sign_in(lost.seat.folder, "林主管", PASSWORD, clock=clock)
    newer = keyring.new_recovery_code(other)
    assert refused(lambda: keyring.confirm_recovery(lost.seat)) == "store.recovery_overtaken"
    keyring.confirm_recovery(other)
    other.store.close()
    seat, _ = people.recover(lost.seat.folder, "林主管", newer, "brand new words", clock=clock)
    seat.store.close()


def test_only_a_manager_makes_a_code(agent):
    with pytest.raises(Refused):
        keyring.new_recovery_code(agent)


# --- the root ----------------------------------------------------------------------------------------------


def test_the_root_is_handed_on_to_another_manager(manager, clock):
    before = keyring.root_print(manager)
    other = let_in(manager, name="钱经理", password="third phrase!", roles=frozenset({Role.MANAGER}))
    assert refused(lambda: keyring.hand_on_root(manager, other.id, "not this one")) == "store.wrong_password"
    after = keyring.hand_on_root(manager, other.id, "third phrase!")
    assert after != before
    assert refused(lambda: keyring.hand_on_root(manager, other.id, "third phrase!")) == "office.not_the_root"
    seat = people.sign_in(manager.store.folder, other.id, "third phrase!", clock=clock)
    assert keyring.root_print(seat) == after
    assert backup.verify(seat).ok
    people.sign_out(seat)
    assert backup.verify(manager).ok, "who trusts the root of before follows it to the new one"


def test_the_root_goes_to_no_agent(manager, agent):
    with pytest.raises(Refused):
        keyring.hand_on_root(manager, agent.person.id, PASSWORD)


# --- the key file ------------------------------------------------------------------------------------------


def test_public_halves_of_the_key_file_are_those_of_the_history(manager, agent):
    from base64 import b64decode

    with manager.store.read() as conn:
        chain = chain_of(conn, manager.store_id)
    for slot in keyfile.read_keys(manager.store.folder)["slots"]:
        if slot["kind"] == keys.PERSON:
            key = chain.current(slot["person_id"])
            assert key is not None
            assert (b64decode(slot["signing"]), slot["sealing"]) == (key.publics.signing, key.publics.sealing)
