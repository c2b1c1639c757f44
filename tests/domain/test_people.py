import pytest

from collector_desk.domain.message import Refused
from collector_desk.domain.people import PERMISSIONS, Act, Person, may_work_age, require, require_other
from collector_desk.domain.vocabulary import Role


def person(*roles: Role) -> Person:
    return Person("p", "某人", "1001", frozenset(roles))


def test_every_act_has_somebody_who_may_do_it():
    assert set(PERMISSIONS) == set(Act)
    assert all(PERMISSIONS.values())


def test_only_leads_open_visits_and_only_managers_manage():
    with pytest.raises(Refused) as refused:
        require(person(Role.AGENT, Role.MANAGER), Act.OPEN_VISIT)
    assert refused.value.message.code == "office.not_allowed"
    require(person(Role.LEAD), Act.OPEN_VISIT)
    with pytest.raises(Refused):
        require(person(Role.LEAD), Act.MANAGE_PEOPLE)


def test_nobody_decides_their_own_proposal():
    require_other("a", "b")
    with pytest.raises(Refused):
        require_other("a", "a")


def test_a_junior_agent_works_up_to_sixty_days():
    assert may_work_age({Role.AGENT}, 60)
    assert not may_work_age({Role.AGENT}, 61)
    assert may_work_age({Role.AGENT, Role.SENIOR_AGENT}, 400)
    assert not may_work_age({Role.VISITOR}, 5)
