"""Questions about people."""

from datetime import date

from collector_desk.domain.vocabulary import Role
from collector_desk.store import tables as t
from collector_desk.store.desk import people
from collector_desk.store.numbers import own
from tests.samples.ids import an_id


def test_a_person_is_found_as_they_are_now_also_when_they_left(conn, filed):
    who = filed(
        t.person,
        name="王五",
        serial=1003,
        roles=["lead", "agent"],
        first_password=True,
        badge_until=date(2027, 1, 31),
    )
    found = people.person_of(conn, who)
    assert (found.id, found.name, found.roles) == (who, "王五", {Role.LEAD, Role.AGENT})
    assert found.number == f"{own(conn).prefix}-C1003"
    assert (found.active, found.first_password, found.badge_until) == (False, True, date(2027, 1, 31))
    assert people.person_of(conn, an_id("nobody")) is None


def test_only_who_may_sign_in_is_active(conn, filed):
    here = filed(t.person, name="在", active=True, roles=["lead"])
    filed(t.person, name="走了", roles=["lead"])
    assert [one.id for one in people.active(conn)] == [here]


def test_names_are_told_of_some_or_of_everybody_ever_let_in(conn, filed):
    here, left = filed(t.person, name="在", active=True, roles=[]), filed(t.person, name="走了", roles=[])
    assert people.names(conn) == {here: "在", left: "走了"}
    assert people.names(conn, [left, an_id("nobody")]) == {left: "走了"}
    assert people.names(conn, []) == {}


def test_who_was_let_in_by_another_store_is_not_of_this_one(conn, filed):
    second, first = (filed(t.person, name=name, roles=[]) for name in ("乙", "丙"))
    filed(t.person, name="别家", roles=[], issuer=an_id("other store"))
    assert [one.id for one in people.of_this_store(conn)] == [first, second]
