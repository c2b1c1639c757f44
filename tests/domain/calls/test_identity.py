from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.calls import identity
from collector_desk.domain.calls.identity import (
    MISTYPED,
    PROVING,
    Factor,
    IdentityCheck,
    IdentityFacts,
    available,
    can_be_proved,
)
from collector_desk.domain.text.identity_numbers import birth_year
from collector_desk.packs.pinyin import readings

is_right = partial(identity.is_right, readings=readings())

FACTS = IdentityFacts("朱雪彩", "00010319820101123X", ("广州市天河区和平街25号9栋2601室",), (date(2019, 4, 5),))


def test_a_name_is_right_whatever_its_dot_and_font():
    facts = IdentityFacts("阿卜杜拉·买买提", "00010319820101123X", (), ())
    for said in (
        "阿卜杜拉•买买提",
        "阿卜杜拉．买买提",
        "阿卜杜拉・买买提",
        "阿卜杜拉买买提",
        "阿卜杜拉 买买提\u200b",
    ):
        assert is_right(Factor.NAME, said, facts)
    assert is_right(Factor.NAME, "马云", IdentityFacts("⻢云", "", (), ()))
    assert not is_right(Factor.NAME, "阿卜杜拉", facts)
    assert not is_right(Factor.NAME, "·", IdentityFacts("·", "", (), ()))


def test_what_is_right_is_right_however_it_is_said():
    assert is_right(Factor.NAME, " 朱雪彩 ", FACTS)
    assert is_right(Factor.ID_LAST4, "123x", FACTS)
    assert is_right(Factor.ID_LAST4, "１２３Ｘ", FACTS)
    assert is_right(Factor.BIRTH_YEAR, "1982年", FACTS)
    assert is_right(Factor.BIRTH_YEAR, "82", FACTS)
    assert is_right(Factor.ADDRESS_PART, "和平街25号", FACTS)
    assert is_right(Factor.CARD_OPENED, "2019年4月", FACTS)
    assert is_right(Factor.CARD_OPENED, "201904", FACTS)


def test_a_part_too_small_proves_nothing():
    assert not is_right(Factor.NAME, "朱", FACTS)
    assert not is_right(Factor.ID_LAST4, "3X", FACTS)
    assert not is_right(Factor.ADDRESS_PART, "25", FACTS)
    assert not is_right(Factor.CARD_OPENED, "2019", FACTS)


@given(st.sampled_from(list(Factor)), st.text(max_size=40))
def test_nothing_typed_breaks_the_check(factor, said):
    assert is_right(factor, said, FACTS) in {True, False}
    assert not is_right(factor, said, IdentityFacts("", "", (), ()))


def test_two_different_answers_pass_and_two_failures_end_it():
    check = IdentityCheck().answered(Factor.NAME, right=True)
    assert not check.passed
    assert not check.answered(Factor.NAME, right=True).passed  # the same question twice is one answer
    assert check.answered(Factor.ID_LAST4, right=True).passed
    failed = check.answered(Factor.BIRTH_YEAR, right=False).answered(Factor.ID_LAST4, right=False)
    assert failed.failed
    assert not failed.answered(Factor.ID_LAST4, right=True).passed


def test_only_what_the_file_holds_is_asked():
    assert available(IdentityFacts("王", "", (), ())) == (Factor.NAME,)
    assert birth_year("000103820101123") == 1982
    assert birth_year("E1234567") is None


@pytest.mark.parametrize("said", ["朱雪采", "猪学菜", "zhuxuecai", "Zhū Xuě Cǎi", "朱xuecai", "朱·雪 彩"])
def test_a_name_is_right_that_sounds_right(said):
    assert is_right(Factor.NAME, said, FACTS)


@pytest.mark.parametrize("said", ["朱雪", "朱雪彩彩", "祝血", "zxc", "zuxuecai", "朱学才华", "雪彩"])
def test_what_sounds_otherwise_is_wrong(said):
    assert not is_right(Factor.NAME, said, FACTS)


@given(st.sets(st.sampled_from(list(Factor))))
def test_nobody_is_identified_by_what_relatives_know(right):
    check = IdentityCheck(frozenset(right))
    assert check.passed == (len(right) >= 2 and bool(right & PROVING))
    assert check.wants_proof == (len(right) >= 2 and not right & PROVING)


@pytest.mark.parametrize("factor", Factor)
def test_a_slip_of_the_finger_is_corrected_once_and_kept(factor):
    wrong = IdentityCheck().answered(Factor.NAME, right=True).answered(factor, right=False)
    mended = wrong.corrected()
    if factor not in MISTYPED:
        assert not wrong.can_correct
        assert mended == wrong
        return
    assert (mended.failures, mended.slip) == (0, factor)
    again = mended.answered(factor, right=False)
    assert not again.can_correct
    assert again.corrected() == again
    assert not again.answered(factor, right=False).passed


def test_only_the_last_wrong_answer_is_a_slip_the_one_too_many_as_well():
    first = IdentityCheck().answered(Factor.NAME, right=False)
    assert not first.answered(Factor.ID_LAST4, right=True).can_correct
    assert not first.answered(Factor.ID_LAST4, right=False).can_correct
    closed = first.answered(Factor.BIRTH_YEAR, right=False)
    assert closed.failed
    assert not closed.corrected().failed


def test_a_file_without_id_and_card_verifies_nobody():
    assert not can_be_proved(IdentityFacts("王", "", ("和平街25号",), ()))
    assert can_be_proved(FACTS)
