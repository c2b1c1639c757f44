"""The finder of answers, with the cards that are shipped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.calls.objection_cards import Speech
from collector_desk.domain.calls.objections import ObjectionIndex
from collector_desk.domain.calls.speech import Listener, cut_pinyin
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
        ("怎么换款", "how_to_pay"),
        ("zenme huankuan", "how_to_pay"),
        ("cuisou", "are_you_debt_collectors"),
        ("fq", "wants_plan"),
        ("txgz", "stop_interest"),
        ("系统说我密吗错误登不进", "card_or_app_fault"),
        ("我畀人炒咗鱿鱼", "lost_job"),
        ("凭什么核对我身份", "cant_verify_identity"),
        ("我到哪里核实你是不是银行的", "cant_verify_identity"),
        ("how do I verify that you are from the bank", "cant_verify_identity"),
    ],
)
def test_characters_pinyin_initials_english_regional_and_filler(typed, card):
    assert card in ids(typed)


IDLE = (
    "嗯/好的/ok/OK!/哦哦/好的好的，谢谢/对对对/知道了，再见/是的/是的我是/不用了谢谢/喂/您好/没问题/好嘞/不/没有/的"
    "/yes/thank you/hello/。。。/123/👌/a"
)


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        (
            "我刚从外地回来还没来得及坐下喝口水，你说的这个事情我知道，可是我们老板到现在工资都没有给大家发，我也没办法",
            "wages_late",
        ),
        (
            "你看我这个人一向老实本分从来不跟人吵架，今天你这样说话我心里不舒服，我等一下就到监管部门去投诉你们",
            "will_complain",
        ),
        (
            "好了好了你说的这些我都明白，孩子明天还要考试我得赶紧回去做饭，总之一次性拿不出来，给我分成几个月还行不行",
            "wants_plan",
        ),
    ],
)
def test_an_objection_buried_in_a_long_sentence_is_found(typed, card):
    assert card in ids(typed)


PROMISES = (
    "我明天还/下周五之前还清/月底还一千/12月15日/下午三点/500块/2026-12-01/好的那我15号转过去吧"
    "/I'll pay tomorrow/ok I will pay on Friday the 15th"
)


@pytest.mark.parametrize("typed", PROMISES.split("/"))
def test_promises_dates_and_amounts_are_no_objection(typed):
    assert ids(typed) == []


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        ("今天还了", "already_paid"),
        ("今天没钱", "no_money"),
        ("明天没空", "busy_now"),
        ("等15号发工资", "wages_late"),
        ("每月还500", "small_payments"),
        ("I paid it on Friday", "already_paid"),
    ],
)
def test_a_time_with_something_else_is_no_promise(typed, card):
    assert card in ids(typed)


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
        "我真的撑不下去了",
        "让我解脱算了",
        "睡过去就别醒了",
        "我走了以后孩子拜托你们",
        "我站在楼顶上跟你说话",
        "活着真没劲",
        "这条命我不要了，你们来拿",
        "活得太痛苦了",
        "看不到活路了",
        "I wish I would not wake up again",
        "nobody would miss me",
    ],
)
def test_risk_to_life_outranks_everything(typed):
    first = shipped_index("zh_CN").find(typed)[0]
    assert (first.id, first.score) == ("risk_to_life", 1.0)


HARMLESS = (
    "忙死了/累死了/累死我了/气死我了/笑死/烦死了/打死也不还/死活登不上/要死啊你/想死你了/跳楼价处理/生意撑不住了"
    "/我这个店撑不下去了/手机死机了/卡死了/要钱没有要命一条/早点死了这条心吧/利息上调了/一言难尽/来时的路上"
    "/站在桥上信号不好/警察说这种电话不要信/我走了以后再说/死了好几年了"
    "/我在楼顶晾衣服/没法活动/早点解决/I hurt my back/this app is killing me"
)


@pytest.mark.parametrize("typed", HARMLESS.split("/"))
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


def test_what_to_ask_next_is_for_who_is_identified_unless_a_life_is_at_risk():
    cards = shipped_cards("zh_CN")
    card, alarm = cards["no_money"], cards["risk_to_life"]
    assert [card.question(who) for who in (Speaker.UNKNOWN, Speaker.THIRD_PARTY)] == ["", ""]
    assert card.question(Speaker.DEBTOR) == card.question(Speaker.GUARANTOR) == card.next_question
    assert alarm.question(Speaker.THIRD_PARTY) == alarm.next_question


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
