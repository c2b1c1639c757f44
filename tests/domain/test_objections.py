"""The finder of answers, with the cards that are shipped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.objection_cards import Speech
from collector_desk.domain.objections import ObjectionIndex
from collector_desk.domain.speech import Listener, cut_pinyin
from collector_desk.domain.vocabulary import Speaker, Stage
from collector_desk.packs.objections import LANGUAGES, shipped_cards, shipped_index
from collector_desk.packs.pinyin import syllables

CARDS = [card for lang in LANGUAGES for card in shipped_cards(lang).values()]
WORDINGS = [(card.id, text) for card in CARDS for text in card.sounds_like]


def ids(text, lang="zh_CN"):
    return [hit.id for hit in shipped_index(lang).find(text)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_card_is_found_by_its_own_wordings_and_title(lang):
    missed = [text for card, text in WORDINGS if card not in ids(text, lang)]
    missed += [card.title for card in CARDS if card.id not in ids(card.title, lang)]
    assert missed == []


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        ("没钱", "no_money"),
        ("投诉", "will_complain"),
        ("失业", "lost_job"),
        ("meiqian", "no_money"),
        ("tous", "will_complain"),
        ("wmq", "no_money"),
        ("shiye", "lost_job"),
        ("lvshi", "lawyer_represents"),
        ("fraud", "doubts_call_is_fraud"),
        ("wrong", "wrong_number"),
        ("没前还", "no_money"),
        ("沒錢還", "no_money"),
        ("冇钱", "no_money"),
        ("俺木有钱呐", "no_money"),
        ("嗯那个我跟你说，我其实，没钱", "no_money"),
        ("to be honest, well, I'm broke mate", "no_money"),
        ("wo xian zai mei you qian huan", "no_money"),
        ("ＡＰＰ崩了", "card_or_app_fault"),
        ("滚", "insult_or_hang_up"),
    ],
)
def test_characters_pinyin_initials_english_regional_and_filler(typed, card):
    assert card in ids(typed)


IDLE = (
    "嗯/好的/ok/OK!/哦哦/好的好的，谢谢/对对对/知道了，再见/是的/是的我是/不用了谢谢/喂/您好/没问题/好嘞/不/没有/的"
    "/yes/thank you/hello/。。。/123/👌/a"
)


@pytest.mark.parametrize("typed", ["", *IDLE.split("/")])
def test_what_is_no_objection_gives_nothing(typed):
    assert ids(typed) == []


@pytest.mark.parametrize("typed", ["不方便", "不是本人", "他不在", "没有钱", "我没有方便的时候"])
def test_idle_words_together_may_say_something(typed):
    assert ids(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "不想活",
        "嗯，I don't want to live any more",
        "我没钱还，不想活了",
        "我要投诉你们，再逼我就跳楼",
        "buxianghuole",
        "自 杀",
        "zisha",
        "I lost my job and I want to die",
        "i'll kill myself",
        "死了就不用还钱了",
    ],
)
def test_risk_to_life_outranks_everything(typed):
    first = shipped_index("zh_CN").find(typed)[0]
    assert (first.id, first.score) == ("risk_to_life", 1.0)


@pytest.mark.parametrize("typed", ["忙死了", "累死了", "生意撑不住了", "手机死机了", "卡死了", "I hurt my back"])
def test_harmless_words_set_off_no_alarm(typed):
    assert all(hit.score < 1 for hit in shipped_index("zh_CN").find(typed))


def test_titles_come_in_the_language_shown():
    assert shipped_index("en").find("没钱还")[0].title == shipped_cards("en")["no_money"].title
    assert shipped_index("zh_CN").find("I have no money")[0].title == shipped_cards("zh_CN")["no_money"].title


@given(st.text(max_size=60), st.integers(1, 5))
def test_any_text_gives_ordered_scores_within_the_limit(typed, limit):
    hits = shipped_index("en").find(typed, limit)
    assert len(hits) <= limit
    assert all(0 < hit.score <= 1 for hit in hits)
    assert len({hit.id for hit in hits}) == len(hits)


@given(st.sampled_from(WORDINGS), st.sampled_from(["嗯，", "那个，", "我跟你说，", "well, ", "   ", "……"]))
def test_what_is_said_along_the_way_does_not_hide_the_card(wording, filler):
    card, text = wording
    assert card in ids(filler + text)


def test_a_very_long_text_is_no_trouble():
    assert ids("我没钱还" * 5000)[0] == "no_money"
    assert isinstance(ids("wo" * 5000), list)


def test_the_words_follow_stage_and_speaker():
    card = shipped_cards("zh_CN")["no_money"]
    assert card.words(Speaker.DEBTOR, Stage.PRE_DUE) == card.words(Speaker.DEBTOR, Stage.POLITE) == card.say[0]
    assert card.words(Speaker.DEBTOR, Stage.FIRM) == card.say[1]
    assert card.words(Speaker.GUARANTOR, Stage.LEGAL) == card.say[2]
    assert card.words(Speaker.UNKNOWN, Stage.FIRM) == card.say_unknown
    assert card.words(Speaker.THIRD_PARTY, Stage.FIRM) == card.say_third


def test_an_index_of_no_cards_finds_nothing():
    assert ObjectionIndex(()).find("没钱") == []


def test_pinyin_is_cut_as_input_methods_do():
    known = frozenset(syllables().values())
    assert cut_pinyin("meiqian", known) == ["mei", "qian"]
    assert cut_pinyin("meiq", known) == ["mei", "q"]
    assert cut_pinyin("strength", known) is None
    assert cut_pinyin("", known) is None


def test_english_is_written_out():
    listener = Listener(Speech({}, filler_english=("well", "um")))
    assert (
        listener.english("Well, I can't -- I'm broke; he's gone. DON'T!")
        == "i can not i am broke he is gone do not"
    )
