import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Role
from collector_desk.services.office import people
from collector_desk.services.office.passwords import Strength, check_password, strength
from tests.samples.store import PASSWORD

KNOWN = ("林娟", "示例催收服务有限公司", "Qingyuan Credit")


@given(st.text(max_size=90))
def test_any_password_can_be_judged(password):
    assert (strength(password) is Strength.SHORT) == (len(password) < 10)


@pytest.mark.parametrize(
    "password",
    [
        *("1234567890", "aaaaaaaabc", "password12", "qwertyuiop", "          ab"),  # accepted once
        *("aaaaaaaaaaaa", "abcdefghijkl", "1qaz2wsx3edc", "iloveyou2024", "2026-11-22", "collectordesk"),
        *("林娟林娟123456", "linjuan2026", "LinJuan@123", "lj20261122", "qingyuan2026", "QINGYUANcredit"),
        *("示例催收服务有限公司1", "ｐａｓｓｗｏｒｄ１２", "woaini1314"),
    ],
)
def test_what_everybody_would_try_is_refused(password):
    with pytest.raises(Refused) as refused:
        check_password(password, KNOWN)
    assert refused.value.message.code == "office.guessable_password"
    assert refused.value.field_name == "password"


@pytest.mark.parametrize(
    "password", ["correct horse battery", "Tr0mpete!gelb7Wolke", "青山 不改 绿水 长流", PASSWORD]
)
def test_words_that_do_not_belong_together_are_taken(password):
    check_password(password, KNOWN)
    assert strength(password, KNOWN) >= Strength.FAIR


def test_names_of_the_store_and_its_people_are_no_passwords(manager, agent, tmp_path, clock):
    """The list is asked in each act that sets one."""
    guess = "zhangxiao2026"
    for attempt in (
        lambda: people.change_password(manager, old=PASSWORD, new=guess),
        lambda: people.add(manager, name="新人", password=guess, roles=frozenset({Role.AGENT})),
        lambda: people.recover(manager.store.folder, "张晓", "x", guess, clock=clock),
        lambda: people.create_store(tmp_path / "new", name="张晓", password=guess, clock=clock),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.message.code == "office.guessable_password"
