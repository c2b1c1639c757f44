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


@pytest.mark.parametrize(
    "text",
    [
        "让你难看",
        "否则你会很难看",
        "你不要让我以后再打电话过来，否则你会很难看",
        "把钱转到我的账户",
        "报案到公安局",
        "刑法196条",
        "把你列入黑名单",
        "让你家人还钱",
        "去借别的卡先还上",
        "收你手续费",
        "我们已经通知您的邻居",
        "不还钱就起诉你家人",
        "再不还我们就让你难看",
        "rang ni nan kan",
        "r a n g n i n a n k a n",
        "让 你 难 看",
        "让您难堪看，闹得难看",
        "钱打到我的银行卡就行",
        "把钱转给我，我帮您还",
        "zhuan dao wo de zhang hu",
        "把錢轉到我的帳戶",
        "再不处理我们就报案到派出所",
        "我们已报案到公安局",
        "我们会向公安机关报案",
        "《刑法》第196条写得清清楚楚",
        "您已经触犯刑法第一百九十六条",
        "刑 法 1 9 6 条",
        "xingfa196tiao",
        "马上把您列入银行黑名单",
        "lie ru hei ming dan",
        "叫您父母先把钱还了",
        "让您的爱人替您还",
        "让您儿子还钱",
        "rang你家人还钱",
        "您先去借点钱把这期还上",
        "去 借 别 的 卡 先 还 上",
        "刷其他信用卡先还",
        "我们要收您200元手续费",
        "会收取手续费",
        "shou ni shou xu fei",
        "我们已经告知您的邻居",
        "再不还就通知您邻居",
        "已通知邻居其欠款",
        "不还钱就起诉您父母",
        "qi su ni jia ren",
        "We will sue your family if you do not pay",
        "we already told your neighbours",
        "we will report you to the police",
        "transfer the money to my account",
        "borrow on another card first",
        "we will charge you a fee",
        "We'll put you on the blacklist",
        "Your family has to pay then",
        "This will look very ugly for you",
        "不还钱就让你全家难看",
        "让你在单位难看",
        "转账到我的个人账户",
        "钱先打我卡里",
        "把钱打到我的卡号上",
        "加我微信把款转过来",
        "我们马上向派出所报案",
        "我们要去公安局报案抓你",
        "把你报到公安局去",
        "刑法第一百九十六条信用卡诈骗",
        "把您拉进黑名单",
        "把你的名字列进失信黑名单",
        "叫你爸妈替你还钱",
        "让你老公还款",
        "您家里人也得还",
        "去找别的银行卡套点先还上",
        "先用另一张卡还上",
        "您先问朋友借钱还上",
        "收您一点手续费",
        "要付我们服务费",
        "我们已经跟您邻居说了您欠款",
        "已经打电话给您的邻居了",
        "邻居那边我们已经通知了",
        "我们会起诉您的父母",
        "连您老婆一起起诉",
        "再不还把你全家都告了",
        "nǐ huì hěn nán kàn",
        "bao an dao gong an ju",
        "qu jie bie de ka",
        "让ni难看",
        "Your parents will have to pay",
        "we'll report you to police",
        "send the money to my personal account",
        "we have already informed your neighbour",
    ],
)
def test_what_the_sources_forbid_is_blocked(text):
    assert blocked(text)


@pytest.mark.parametrize(
    "text",
    [
        "请您本人还款",
        "银行可能向法院提起诉讼，由银行决定",
        "不会收取手续费",
        "我们不会收取任何手续费",
        "我们不收您手续费",
        "还款请只转到银行指定账户，不要转到我的账户",
        "任何人都不会把您列入黑名单",
        "我们没有通知您的邻居，也不会通知",
        "法院的事由银行说明",
        "本人身份被冒用，已报案到公安局",
        "客户已到公安局报案，回执稍后发来",
        "建议您尽快向公安机关报案",
        "对方说：“你们就是要让我难看，去借别的卡先还上，起诉你家人试试”",
        "对方问“是不是刑法196条”",
        "请登录到我的账户页面查看还款记录",
        "按合同由银行收取的分期手续费以账单为准",
        "钱请还到您自己的信用卡账户",
        "家人还款也要转到银行的账户",
        "他家人已经还了一部分",
        "客户已将我司号码拉入黑名单",
        "请不要向别人借钱来还，先看能还多少",
        "We will not charge you a fee",
        "We never tell the neighbours",
        "Please pay only into the bank's account",
        "we did not report you to the police",
        "我们不会起诉您家人",
        "本人准备用工资还款",
        "您可以向银行投诉",
        "我们会联系您本人，不联系邻居",
        "客户去医院看病，今天难看医生",
        "这笔账难看懂，已解释",
        "请把款转到银行指定账户",
        "客户要向公安局报案，说卡被盗刷",
        "债务人问邻居是否知道，答没有告诉邻居",
        "本人表示会自己还，不用家人还",
        "法院文书以法院送达为准",
        "客户家人主动还款到银行账户",
        "客户让家人还了一千",
        "不会让您的家人还款",
        "您有权向公安机关报案",
        "已还到银行账户，未转到任何个人",
        "对方说「你们是不是要告诉我邻居，要收我手续费」",
        "本人说：“你们就是想让我家人还钱，把我列入黑名单”",
        "请您不要去借别的卡来还",
        "我们建议您向公安机关报案",
        "持卡人另一张卡还有账单未出",
        "我们会打给您本人",
        "这张卡套餐已取消",
        "客户家里也要还房贷",
    ],
)
def test_lawful_sentences_with_such_words_and_quoted_ones_are_not_blocked(text):
    assert not blocked(text)


@pytest.mark.parametrize(
    "text",
    [
        "客户说你们要把我列入黑名单",
        "本人打算去借点钱先还",
        "客户表示会去借别的卡先还上",
        "客户自称要报案到公安局",
    ],
)
def test_what_is_told_of_the_debtor_with_such_words_warns(text):
    assert {severity for _, _, severity in spans(text)} == {Severity.WARN}


def test_his_own_plan_is_told_of_him_and_ours_for_him_is_not():
    assert not blocked("本人准备去借点钱先还")
    assert blocked("让他准备去借点钱先还")
