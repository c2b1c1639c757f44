"""One way of reading: nearness, evidence and patterns of a few invented cards."""

import pytest

from collector_desk.domain.calls.objection_cards import ObjectionCard
from collector_desk.domain.calls.objections import ObjectionIndex


def card(name, *heard, find=(), alarm=()):
    return ObjectionCard(
        id=name,
        title=name,
        sounds_like=heard,
        behind_it="",
        first_do="",
        say=("", "", ""),
        say_unknown="",
        say_third="",
        never_say=(),
        next_question="",
        log="",
        find=find,
        alarm=alarm,
    )


def index(*cards):
    return ObjectionIndex(cards)


@pytest.fixture
def animals():
    return index(
        card("cat", "这只猫在睡觉", "小猫喝牛奶", "猫爬树", find=("爪|毛+沙发",)),
        card("dog", "这只狗在睡觉", "小狗啃骨头", "狗看门"),
        card("fire", "着火了", alarm=("着火|冒烟+!电影",)),
    )


def first(finder, text):
    return next((hit.id for hit in finder.find(text)), None)


def test_a_wording_is_found_and_what_both_say_tells_neither_apart(animals):
    assert first(animals, "猫爬树") == "cat"
    assert first(animals, "狗啃骨头") == "dog"
    assert {hit.id for hit in animals.find("在睡觉")} == {"cat", "dog"}


def test_what_is_buried_in_a_long_text_still_counts(animals):
    assert first(animals, "昨天晚上我们全家出去散步顺便买了些水果回来的时候看见小狗啃骨头然后就休息了") == "dog"


def test_parts_of_a_pattern_have_to_stand_near_each_other(animals):
    assert first(animals, "爪子抓坏沙发") == "cat"
    assert first(animals, "爪子" + "一二三四五六七八九十" * 3 + "沙发") is None


def test_an_alarm_is_first_unless_a_word_takes_it_back(animals):
    hits = animals.find("小猫喝牛奶的时候冒烟了")
    assert [(hit.id, hit.score) for hit in hits[:1]] == [("fire", 1.0)]
    assert all(hit.score < 1 for hit in animals.find("小猫喝牛奶，电影里冒烟了"))


def test_scores_keep_their_order_below_an_alarm(animals):
    hits = animals.find("这只猫在睡觉")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert 0 < hits[-1].score < hits[0].score < 1
