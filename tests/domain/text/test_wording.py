"""The wording check, with the lexicon that is shipped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.text.plain_text import Folding
from collector_desk.domain.text.wording import Category, Lexicon, Phrase, Severity, WordingCheck
from collector_desk.domain.vocabulary import Speaker
from collector_desk.packs.lexicon import load_lexicon, shipped_check

LEXICON = load_lexicon()
PLAIN = sorted(p.text for p in LEXICON.phrases if "*" not in p.text and not p.speakers)
CHINESE = [p for p in PLAIN if not p.isascii() and len(p) > 1]
FILLING = st.sampled_from([" ", "\u3000", ".", "*", "_", "|", "·", "😀", "\u200b", "、", "-", "～"])


def spans(text, speaker=Speaker.DEBTOR):
    return [(text[f.start : f.end], f.category, f.severity) for f in shipped_check().check(text, speaker)]


def blocked(text, speaker=Speaker.DEBTOR):
    return shipped_check().blocks(text, speaker)


@pytest.mark.parametrize(
    "text",
    [
        "你个老赖",
        "老 赖",
        "老。赖",
        "ｌａｏｌａｉ",
        "lao lai",
        "l a o l a i",
        "lǎo lài",
        "老lai",
        "老賴",
        "老癞",
        "马扁子",
        "骗😀子",
        "i d i o t",
        "id1ot",
        "ＩＤＩＯＴ",
        "随便尼",
        "我是井察",
        "woshijingcha",
        "🐶东西",
    ],
)
def test_disguises_are_seen_through(text):
    assert blocked(text)


def test_the_span_is_that_of_the_text_as_typed():
    assert spans("他说好，你个老 😀赖！") == [("老 😀赖", Category.INSULT, Severity.BLOCK)]


@given(st.sampled_from(PLAIN), st.data())
def test_any_phrase_is_found_with_something_between_its_characters(phrase, data):
    letters = [c for c in phrase if c.isalnum()]
    typed = letters[0] + "".join(data.draw(FILLING) + c for c in letters[1:])
    assert shipped_check().check(f"。{typed}。"), typed


@given(st.sampled_from(CHINESE), st.integers(0, 3))
def test_any_phrase_is_found_in_full_width_pinyin_letters(phrase, gap):
    from collector_desk.packs.pinyin import syllables

    sound = [syllables().get(c, c) for c in phrase if c.isalnum()]
    typed = (" " * gap).join(sound)
    if len("".join(sound)) >= 5 and all(c.isalpha() for c in "".join(sound)):
        wide = "".join(chr(ord(c) + 0xFEE0) if c != " " else c for c in typed)
        assert shipped_check().check(wide)


@pytest.mark.parametrize(
    "text",
    [
        "我们不会告诉您家人",
        "我们不会通知单位，也不收手续费",
        "请放心，绝不会让家人知道",
        "逾期本身不会导致坐牢，已解释",
        "We will never tell your family",
        "You won't be arrested for a late payment",
        "泄露信息、通知单位是不允许的",
        "本人不想让家人知道",
        "担心坐牢，已说明",
    ],
)
def test_denials_are_fine(text):
    assert spans(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "不还款就告诉您家人",
        "你再不接电话通知单位",
        "如果不还，告诉家人",
        "要不告诉家人",
        "pay or we tell your boss",
        "If you don't pay we tell your boss",
        "不得不告诉家人",
    ],
)
def test_conditions_are_no_denials(text):
    assert blocked(text)


@pytest.mark.parametrize(
    "text",
    [
        "对方说：“你们就是骗子，去死”",
        "对方骂「老赖」后挂断",
        'Debtor shouted "you idiots, go to hell"',
        "他问“你是不是法院的人，我是法院的亲戚”",
    ],
)
def test_the_other_side_may_be_quoted(text):
    assert spans(text) == []


def test_own_words_are_not_excused_by_quotation_marks():
    assert blocked("我说“你就是老赖”")
    assert blocked("我对他说：「老赖」")
    assert blocked('I told him "you are a deadbeat"')
    assert blocked("“老赖，去死")  # never closed: no quotation


def test_reported_speech_without_marks_only_warns():
    assert spans("客户说我们是骗子，已解释") == [("骗子", Category.INSULT, Severity.WARN)]
    assert blocked("客户说我们是骗子，我告诉他是老赖")


def test_quotes_never_carry_numbers_or_a_disclosure():
    assert blocked("对方说“卡号4111111111111111”")
    assert blocked("我跟他妈妈说“您儿子欠银行钱”", Speaker.THIRD_PARTY)
    assert blocked("其母说“我知道他欠银行的钱”", Speaker.THIRD_PARTY)


def test_a_third_party_call_carries_no_debt_but_a_talk_with_the_debtor_does():
    assert blocked("已告知其母亲欠款情况", Speaker.THIRD_PARTY)
    assert blocked("已告知其母亲欠款情况", Speaker.UNKNOWN)
    assert spans("已告知欠款金额，本人知晓", Speaker.DEBTOR) == []
    assert spans("没有提及欠款，只留了回电号码", Speaker.THIRD_PARTY) == []


LAWFUL = """
本人承诺11月25日18:00前通过手机银行还款2,000.00元
工资每月15日发，预计2026-11-25到账，到账先还一部分
开车路上不方便说话，约好下午三点再打
说上个月已在柜台还过，会把回单发过来，待银行核实
对金额有异议，认为利息算多了，已登记，三天内答复
目前没有工作，正在找，希望申请分期，已转主管
接听的是同事，只留了姓名和回电号码
号码已换人，标记为错号
问征信什么时候更新，已说明以报告为准
表示会去法院说明情况，已记录
公司拖欠工资，正在走劳动仲裁
有慢性病要常去医院，已选原因代码
你妈妈在家吗，请让他本人回电
请您核对姓名，通话有录音
我是鼎信咨询的，工号 1024，请问是张女士吗
您可以通过银行官方App还款，不用转给任何个人
如需投诉，可以拨打银行客服电话
我们理解您的困难，可以申请个性化分期
其中风险提示已读给客户听
卡片丢了，我是银行卡补办过的
Promised 2,000.00 by Friday 18:00 through the bank's app
Says wages are late, asked to be called again on Monday at 10
The class schedule is tight; he assists his uncle in Essex
Disputes the fee, recorded, answer within three days
Someone else answered; left name and number only
Please pay only through the bank's own app or branch
You may complain to the bank at any time, this is your right
""".strip().splitlines()


@pytest.mark.parametrize("text", LAWFUL)
def test_lawful_sentences_are_not_flagged(text):
    assert spans(text) == []


@given(st.lists(st.sampled_from(LAWFUL), min_size=2, max_size=6))
def test_lawful_sentences_one_after_the_other_are_not_blocked(lines):
    assert not blocked("。".join(lines))


@given(st.text(max_size=200))
def test_any_text_is_read_and_spans_lie_inside(text):
    for finding in shipped_check().check(text):
        assert 0 <= finding.start < finding.end <= len(text)


def test_markup_and_very_long_text_do_no_harm():
    assert shipped_check().check("<b>" * 30_000) == []
    assert len(shipped_check().check("老赖，" * 1000)) == 1000


def test_a_phrase_with_a_gap_stays_in_its_clause():
    check = WordingCheck(Lexicon((Phrase("通知*单位", Category.DISCLOSURE),)))
    assert [(f.start, f.end) for f in check.check("会通知你的单位")] == [(1, 7)]
    assert check.check("已通知，单位另议") == []
    assert check.check("单位已通知") == []
    assert check.check("通知一二三四五六七八九十甲单位") == []


def test_split_characters_and_lookalikes_come_from_the_pack():
    lexicon = Lexicon((Phrase("骗子", Category.INSULT),), Folding({"о": "o"}, {"马扁": "骗"}))
    assert [(f.start, f.end) for f in WordingCheck(lexicon).check("马 扁 子")] == [(0, 5)]


def test_harmless_neighbours_of_short_words():
    assert spans("生活该怎么过还是怎么过") == []
    assert spans("废物回收的工作") == []
    assert spans("已转告您的意见") == []


def test_sensitive_details_warn_even_when_quoted():
    assert [(c, s) for _, c, s in spans("他说“我得了白血病”")] == [(Category.SENSITIVE, Severity.WARN)]
