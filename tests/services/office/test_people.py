import pytest

from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.vocabulary import Role, Verdict
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import Agency, DeskSettings
from collector_desk.services.office import people, title_row
from collector_desk.services.packs import releases
from collector_desk.store import keys
from collector_desk.store.verify import verify

PASSWORD = "correct horse"


def test_the_first_person_is_manager_and_lead(manager):
    assert manager.person.roles == {Role.MANAGER, Role.LEAD}
    assert settings.get(manager, Agency).neutral_name == "示例服务中心"


def test_people_sign_in_with_their_own_password(agent, manager, clock):
    with pytest.raises(Trouble) as wrong:
        people.sign_in(manager.store.folder, "张晓", "not this one", clock=clock)
    assert wrong.value.message.code == "store.wrong_password"
    people.change_password(agent, old=PASSWORD, new="another phrase")
    again = people.sign_in(manager.store.folder, "张晓", "another phrase", clock=clock)
    assert again.person == agent.person
    again.store.close()


def test_with_the_first_password_one_chooses_ones_own_and_it_is_proved_once(manager, clock, monkeypatch):
    folder, given = manager.store.folder, "given by the manager"
    person = people.add(manager, name="新人", password=given, roles=frozenset({Role.AGENT}))
    derived = []
    derive = keys._kek
    monkeypatch.setattr(keys, "_kek", lambda secret, kdf: derived.append(secret) or derive(secret, kdf))
    for wrong, own, code in (
        ("typo", "another phrase", "store.wrong_password"),
        (given, "新人新人新人", "password"),
    ):
        with pytest.raises(Trouble) as refused:
            people.first_sign_in(folder, "新人", given=wrong, own=own, clock=clock)
        assert code in refused.value.message.code
    derived.clear()
    seat = people.first_sign_in(folder, "新人", given=given, own="another phrase", clock=clock)
    assert derived == [given, "another phrase"]
    seat.store.close()
    (now,) = (one for one in people.everybody(manager) if one.id == person.id)
    assert not now.first_password
    with pytest.raises(Trouble):
        people.sign_in(folder, "新人", given, clock=clock)
    again = people.sign_in(folder, "新人", "another phrase", clock=clock)
    assert again.person.id == person.id
    assert again.unlocked.public_key == seat.unlocked.public_key
    again.store.close()
    assert verify(manager.store).ok


def test_only_the_manager_lets_people_in(agent, manager):
    with pytest.raises(Refused):
        people.add(agent, name="新人", password=PASSWORD, roles=frozenset({Role.AGENT}))
    with pytest.raises(Refused):
        people.add(manager, name="新人", password="aaaaaaaaaaaa", roles=frozenset({Role.AGENT}))
    with pytest.raises(Refused):
        people.add(manager, name=" ", password=PASSWORD, roles=frozenset({Role.AGENT}))


def test_the_store_keeps_a_manager(manager):
    with pytest.raises(Refused) as refused:
        people.set_roles(manager, manager.person.id, frozenset({Role.LEAD}))
    assert refused.value.message.code == "office.last_manager"
    with pytest.raises(Refused):
        people.leave(manager, manager.person.id)


def test_who_leaves_can_not_come_back(agent, manager, clock):
    people.leave(manager, agent.person.id)
    with pytest.raises(Trouble):
        people.sign_in(manager.store.folder, "张晓", PASSWORD, clock=clock)
    gone = next(person for person in people.everybody(manager) if person.id == agent.person.id)
    assert not gone.active


def test_drafts_are_not_for_live_calls_until_released(tmp_path, clock, manager, agent, debtor):
    used = [state for state in releases.states(manager) if releases.needed(state.kind, state.id)]
    assert used
    assert all(state.released_by == "林主管" for state in used)
    made = people.create_store(tmp_path / "other", name="王经理", password=PASSWORD, clock=clock)
    with made.seat.store.read() as conn, pytest.raises(Refused) as refused:
        releases.require_released(conn)
    assert refused.value.message.code == "calls.unreleased"
    light, verdict = title_row.gate_light(made.seat)  # nothing green while no call can be made
    assert (light.code, verdict) == ("office.titles.unreleased", Verdict.WARN)
    releases.release_all(made.seat)
    assert title_row.gate_light(made.seat)[0].code != "office.titles.unreleased"
    with pytest.raises(Refused):
        releases.release_all(agent)
    made.seat.store.close()


def test_the_demo_may_use_drafts(tmp_path, clock):
    made = people.create_store(tmp_path / "demo", name="林主管", password=PASSWORD, demo=True, clock=clock)
    assert settings.get(made.seat, DeskSettings).demo
    with made.seat.store.read() as conn:
        releases.require_released(conn)
    made.seat.store.close()


def test_a_recovered_store_knows_the_new_key_and_verifies(tmp_path, clock):
    made = people.create_store(tmp_path / "lost", name="林主管", password=PASSWORD, clock=clock)
    people.sign_out(made.seat)
    seat, new_code = people.recover(tmp_path / "lost", "林主管", made.recovery_code, "brand new words", clock=clock)
    assert new_code != made.recovery_code
    people.sign_out(seat)
    again = people.sign_in(tmp_path / "lost", "林主管", "brand new words", clock=clock)
    assert verify(again.store).ok
    again.store.close()
