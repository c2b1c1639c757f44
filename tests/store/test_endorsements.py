"""What an insider with one password and the program's own modules can forge, and by which name it is found.

The insider has the store's key, writes past the triggers and computes every hash anew; other people's private keys
are what they lack.
"""

import shutil
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from collector_desk.domain.message import Trouble
from collector_desk.domain.office.proof import FaultKind
from collector_desk.domain.states import KeyPurpose
from collector_desk.store import endorsements, heads
from collector_desk.store.endorsements import Chain, chain_of, endorse, endorsed_text, granted_text
from collector_desk.store.ids import packed, unpacked
from collector_desk.store.journal import record, record_many
from collector_desk.store.keys import Unlocked
from collector_desk.store.marks import Remembered, mark_of
from collector_desk.store.metadata import from_micros, to_micros
from collector_desk.store.pairs import Publics, key_print, new_pair, seal
from collector_desk.store.standing import judge
from collector_desk.store.store import Store
from collector_desk.store.tables import flag_event, role_grant
from collector_desk.store.verify import verify
from tests.samples.insider import past_the_triggers, rehash

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
Team = tuple[Store, Unlocked, Unlocked]


@pytest.fixture
def team(opened: tuple[Store, Unlocked]) -> Team:
    """A store with its manager 王 and an agent 陈 who has a password of their own; both have signed."""
    store, boss = opened
    slot = store.prepare_slot(name="陈", password="given", root=boss.root)
    with store.write() as conn:
        store.admit(conn, slot, by=boss, at=AT)
    own = store.prepare_password(store.prove(slot.person_id, "given"), "own")
    with store.write() as conn:
        store.change_password(conn, own, at=AT)
        flags = [
            {"debtor_id": f"{n:032x}", "flag": "disputed", "on": True, "reason": f"理由 {n}"} for n in range(10)
        ]
        record_many(conn, flag_event, flags, kind="flag", actor_id=slot.person_id, at=AT)
    for who in (boss, own.unlocked):
        with store.write() as conn:
            heads.sign_head(conn, who, AT)
    return store, boss, own.unlocked


def sign_as(store: Store, person_id: str, key: Ed25519PrivateKey) -> None:
    """A head in somebody's name, past what the program allows."""
    with store.write() as conn:
        end = conn.exec_driver_sql("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").one()
        text = heads.signed_text(store.store_id, end.seq, end.hash, person_id, to_micros(AT))
        row = {"seq": end.seq, "hash": end.hash, "person_id": person_id, "at": AT, "signature": key.sign(text)}
        conn.execute(heads.signed_head.insert(), row)


def found(store: Store, root: bytes | None = None, kept: Remembered | None = None) -> set[FaultKind]:
    return {finding.fault for finding in verify(store, kept, root=root).findings}


def test_an_honest_team_is_proved_back_to_its_root(team: Team) -> None:
    store, boss, agent = team
    report = verify(store, root=agent.root)
    assert report.ok
    assert report.heads == 2
    (heads_line,) = (message for message in report.proved if message.code == "store.proved_heads")
    assert heads_line.params["root"] == key_print(boss.root)
    assert agent.root == boss.root == boss.public_key


# --- forging past the triggers -----------------------------------------------------------------------------


def sign_anew(raw: Any, store: Store, keys: Mapping[str, Ed25519PrivateKey]) -> None:
    """Every signed head anew, in the name of whoever signed it, with the insider's own keys."""
    for row_id, seq, person_id, at in raw.execute("SELECT id, seq, person_id, at FROM signed_head").fetchall():
        (end,) = raw.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()
        who = unpacked(person_id)
        text = heads.signed_text(store.store_id, seq, end, who, at)
        raw.execute(
            "UPDATE signed_head SET hash = ?, signature = ? WHERE id = ?", (end, keys[who].sign(text), row_id)
        )


def test_everybody_s_signatures_forged_from_the_root_on_are_told_by_another_s_slot(team: Team, raw: Any) -> None:
    """F1, experiment 10: own keys written over everybody's, all endorsed anew, heads and mark signed anew."""
    store, boss, agent = team
    mine = {who: new_pair() for who in (boss.person_id, agent.person_id, endorsements.CODE)}
    root = mine[boss.person_id]

    def forge() -> None:
        raw.execute("UPDATE flag_event SET reason = 'forged' WHERE id = (SELECT min(id) FROM flag_event)")
        rows = raw.execute("SELECT id, holder, purpose, given, at FROM person_key ORDER BY rowid").fetchall()
        given = new_pair()
        for row_id, holder, purpose, is_given, at in rows:
            pair = given if is_given else mine[holder]
            by = given if purpose == KeyPurpose.OWN else root
            text = endorsed_text(
                store.store_id,
                holder,
                purpose,
                pair.publics,
                given=bool(is_given),
                at=from_micros(at),
            )
            raw.execute(
                "UPDATE person_key SET signing=?, sealing=?, endorsed_by=?, endorsement=? WHERE id=?",
                (pair.publics.signing, pair.publics.sealing, by.publics.signing, by.signing.sign(text), row_id),
            )
        rehash(raw)
        sign_anew(raw, store, {who: pair.signing for who, pair in mine.items()})

    past_the_triggers(raw, forge)
    assert verify(store).ok, "whole in itself: nobody without a slot or the paper could tell"
    for honest in (boss, agent):
        assert found(store, honest.root) == {FaultKind.ROOT_DIFFERS}
    for name, password in (("王", "pw"), ("陈", "own")):
        with pytest.raises(Trouble) as caught:
            Store.open(store.folder, name, password)
        assert caught.value.message.code == "store.root_differs"


def test_a_mark_of_this_machine_tells_another_root_as_well(team: Team, raw: Any) -> None:
    store = team[0]
    with store.read() as conn:
        kept = Remembered(mark_of(conn))
    other = new_pair().publics.signing
    past_the_triggers(
        raw, lambda: raw.execute("UPDATE person_key SET signing = ? WHERE purpose = 'root'", (other,))
    )
    assert FaultKind.ROOT_DIFFERS in found(store, None, kept)
    with store.read() as conn, pytest.raises(Trouble) as caught:
        judge(conn, store.store_id, kept)
    assert caught.value.message.code == "store.root_differs"


@pytest.mark.parametrize("purpose", [KeyPurpose.ADMITTED, KeyPurpose.OWN, KeyPurpose.RECOVERED, KeyPurpose.ROOT])
def test_a_second_key_slipped_in_for_the_lead_signs_nothing(team: Team, purpose: KeyPurpose) -> None:
    """F1, experiment 11: nothing is rewritten, a chained row gives the lead a second key of the insider's."""
    store, boss, agent = team
    forged = new_pair()
    with store.write() as conn:
        endorse(
            conn,
            store.store_id,
            forged.publics,
            holder=boss.person_id,
            purpose=purpose,
            by=agent.signing_key,
            actor_id=boss.person_id,
            at=AT,
            given=purpose == KeyPurpose.ADMITTED,
        )
    sign_as(store, boss.person_id, forged.signing)
    assert found(store, agent.root) == {FaultKind.SECOND_KEY, FaultKind.BAD_SIGNATURE}
    again, same = Store.open(store.folder, "王", "pw")  # and who it was slipped in for still comes in
    with again, again.read() as conn:
        assert not endorsements.require_own(conn, same)


def test_a_key_endorsed_by_who_is_no_manager_is_named(team: Team) -> None:
    store, _, agent = team
    with store.write() as conn:
        endorse(
            conn,
            store.store_id,
            new_pair().publics,
            holder="f" * 32,
            purpose=KeyPurpose.ADMITTED,
            by=agent.signing_key,
            actor_id=agent.person_id,
            at=AT,
            given=True,
        )
    assert found(store) == {FaultKind.UNENDORSED}


def test_an_endorsement_of_something_else_is_named(team: Team, raw: Any) -> None:
    """The signature covers holder, purpose, both public keys and the time."""
    store, boss, _ = team
    for column, value in (
        ("sealing", new_pair().publics.sealing),
        ("at", 5),
        ("given", 0),
        ("holder", boss.person_id),
    ):
        found_value = f"SELECT {column} FROM person_key WHERE purpose = 'admitted'"  # noqa: S608
        before = raw.execute(found_value).fetchone()[0]
        statement = f"UPDATE person_key SET {column} = ? WHERE purpose = 'admitted'"  # noqa: S608
        past_the_triggers(raw, lambda s=statement, v=value: raw.execute(s, (v,)))
        with store.read() as conn:
            faults = {fault for fault, *_ in chain_of(conn, store.store_id).faults}
        assert FaultKind.UNENDORSED in faults, column
        past_the_triggers(raw, lambda s=statement, v=before: raw.execute(s, (v,)))
    assert verify(store).ok


def test_a_head_signed_anew_under_a_later_key_is_named(team: Team, raw: Any) -> None:
    """Who got hold of the recovery code has a key of that person's from now on, and no signature of before."""
    store, boss, _ = team
    with store.read() as conn:
        seq = conn.exec_driver_sql(
            "SELECT min(seq) FROM signed_head WHERE person_id = ?", (packed(boss.person_id),)
        ).scalar_one()
    recovery = store.prepare_recovery(boss)
    with store.write() as conn:
        store.offer_recovery(conn, recovery, by=boss.signing_key, actor_id=boss.person_id, at=AT)
    with store.write() as conn:
        store.confirm_recovery(conn, actor_id=boss.person_id, at=AT)
    store.close()
    again, thief, _ = Store.open_with_recovery(
        store.folder, recovery.code, who="王", new_password="neu", at=AT + timedelta(days=1)
    )
    with again:
        assert verify(again, root=thief.root).ok

        def forge() -> None:
            raw.execute("UPDATE flag_event SET reason = 'forged' WHERE id = (SELECT max(id) FROM flag_event)")
            rehash(raw)
            sign_anew(raw, store, defaultdict(lambda: thief.signing_key))

        past_the_triggers(raw, forge)
        report = verify(again, root=thief.root)
        assert {(fault.fault, fault.seq) for fault in report.findings} >= {(FaultKind.RESIGNED, seq)}


def test_what_is_signed_under_a_first_password_proves_nothing(opened: tuple[Store, Unlocked]) -> None:
    """The manager knows it: nobody can be two people."""
    store, boss = opened
    slot = store.prepare_slot(name="陈", password="given", root=boss.root)
    with store.write() as conn:
        store.admit(conn, slot, by=boss, at=AT)
        assert not heads.may_sign(conn, slot.unlocked)
        with pytest.raises(RuntimeError):
            heads.sign_head(conn, slot.unlocked, AT)
    sign_as(store, slot.person_id, slot.pair.signing)
    assert found(store) == {FaultKind.FIRST_PASSWORD}


def test_who_gave_the_first_password_can_not_give_a_second_key_later(team: Team) -> None:
    """The manager kept the key file of the first day, and with it the pair under the password they gave."""
    store, boss, agent = team
    slot = store.prepare_slot(name="李", password="given", root=boss.root)
    with store.write() as conn:
        store.admit(conn, slot, by=boss, at=AT)
    own = store.prepare_password(store.prove(slot.person_id, "given"), "own")
    with store.write() as conn:
        store.change_password(conn, own, at=AT)
    with store.write() as conn:
        endorse(
            conn,
            store.store_id,
            new_pair().publics,
            holder=slot.person_id,
            purpose=KeyPurpose.OWN,
            by=slot.pair.signing,
            actor_id=slot.person_id,
            at=AT,
        )
    assert found(store, agent.root) == {FaultKind.SECOND_KEY}


def test_a_role_nobody_signed_for_is_named(team: Team) -> None:
    """F3, experiment 12: the agent writes himself a manager's role, in the manager's name, and lets a friend in."""
    store, boss, agent = team
    with store.write() as conn:
        text = granted_text(store.store_id, agent.person_id, "manager", granted=True, at=AT)
        row = {
            "person_id": agent.person_id,
            "role": "manager",
            "granted": True,
            "at": AT,
            "signed_by": agent.public_key,
            "signature": agent.signing_key.sign(text),
        }
        record(conn, role_grant, row, kind="role.grant", actor_id=boss.person_id, at=AT)
        endorse(
            conn,
            store.store_id,
            new_pair().publics,
            holder="f" * 32,
            purpose=KeyPurpose.ADMITTED,
            by=agent.signing_key,
            actor_id=boss.person_id,
            at=AT,
            given=True,
        )
    assert found(store) == {FaultKind.ROLE_UNSIGNED, FaultKind.UNENDORSED}


def test_the_root_is_handed_on_by_both(team: Team) -> None:
    store, boss, agent = team
    with store.write() as conn:
        store.hand_on_root(conn, by=boss, to=agent, at=AT)
    assert verify(store, root=boss.root).ok
    with store.read() as conn:
        chain = chain_of(conn, store.store_id)
        assert chain.roots == [boss.public_key, agent.public_key]
        assert endorsements.root_of(conn) == agent.public_key
    with store.write() as conn:  # alone it is taken by nobody
        publics = Publics(boss.public_key, boss.pair.publics.sealing)
        endorse(
            conn,
            store.store_id,
            publics,
            holder=boss.person_id,
            purpose=KeyPurpose.HANDED,
            by=boss.signing_key,
            actor_id=boss.person_id,
            at=AT,
            accepted_by=boss.signing_key,
        )
    assert found(store) == {FaultKind.UNENDORSED}


def test_who_left_has_no_key_any_more(team: Team) -> None:
    store, boss, agent = team
    with store.write() as conn:
        store.close_slot(conn, agent.person_id, actor_id=boss.person_id, at=AT)
    with store.read() as conn:
        chain: Chain = chain_of(conn, store.store_id)
        assert chain.current(agent.person_id) is None
        assert not heads.may_sign(conn, agent)
    assert verify(store).ok


# --- the key file ------------------------------------------------------------------------------------------


def test_a_slot_is_sealed_to_its_pair_and_its_pair_is_the_history_s(team: Team, tmp_path: Path) -> None:
    """Whoever exchanges the pair in somebody's slot gets nothing sealed to it: the history names another."""
    store, _, agent = team
    pair = new_pair()
    assert pair.open(seal(pair.publics.sealing, b"key")) == b"key"
    with pytest.raises(ValueError, match="another"):
        agent.pair.open(seal(pair.publics.sealing, b"key"))
    copy = tmp_path / "copy"
    store.close()
    shutil.copytree(store.folder, copy)
    again, same = Store.open(copy, "陈", "own")
    again.close()
    assert same.pair.publics == agent.pair.publics
