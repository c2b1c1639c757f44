import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.calls.notes import Filler, check_note
from collector_desk.domain.vocabulary import Outcome

GOOD = "本人说工资推迟，周五到账后先还两千"


def kinds(text, last=None, outcome=Outcome.PROMISE_PART, names=("部分承诺", "Promise (part)")):
    return [finding.kind for finding in check_note(text, outcome, last, names)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Filler.EMPTY),
        ("  \n\u3000", Filler.EMPTY),
        ("。。。！！", Filler.ONLY_PUNCTUATION),
        ("……---", Filler.ONLY_PUNCTUATION),
        ("哈哈哈哈哈哈哈哈", Filler.ONE_CHARACTER),
        ("aaaaaaaaaa", Filler.ONE_CHARACTER),
        ("呵呵 呵呵，呵呵", Filler.ONE_CHARACTER),
        ("1 2 3 1 2 3 1 2 3", Filler.ONE_CHARACTER),
        ("asdfghjkl", Filler.KEYBOARD_MASH),
        ("qwerty asdf zxcv poiu", Filler.KEYBOARD_MASH),
        ("xkcdfg hjklm", Filler.KEYBOARD_MASH),
        ("部分承诺", Filler.ONLY_OUTCOME),
        ("部分承诺！", Filler.ONLY_OUTCOME),
        ("promise (PART).", Filler.ONLY_OUTCOME),
        ("打过了", Filler.TOO_SHORT),
        ("will pay", Filler.TOO_SHORT),
    ],
)
def test_filler_is_refused_with_its_own_reason(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [GOOD, "Wages come late, pays 2,000 on Friday", "周五还2000", "明早10点让他回电", "手机坏了 call back 3pm"],
)
def test_notes_that_say_something_pass(text):
    assert kinds(text) == []


def test_a_copy_of_the_last_note_is_seen_through_spacing_but_a_changed_figure_is_news():
    assert kinds(GOOD, GOOD) == [Filler.COPY_OF_LAST]
    assert kinds("本人说 工资推迟，，周五到账后先还两千。", GOOD) == [Filler.COPY_OF_LAST]
    long = "本人说这个月工资推迟发放，预计 25 日到账，到账当天先还 2000 元"
    assert kinds(long + "吧", long) == [Filler.COPY_OF_LAST]
    assert kinds(long.replace("2000", "3000"), long) == []
    assert kinds(GOOD, "别的内容，与这次无关") == []


def test_nothing_is_asked_where_nobody_was_reached():
    assert kinds("", outcome=Outcome.NO_ANSWER) == []
    assert kinds("aaaaaa", outcome=Outcome.NO_ANSWER) == [Filler.ONE_CHARACTER]


@given(st.text(max_size=80))
def test_any_text_gets_at_most_one_reason(text):
    assert len(check_note(text, Outcome.REFUSES)) <= 1


def test_a_gap_that_a_short_form_left_is_refused_beside_every_other_fault():
    assert [one.kind for one in check_note("本人承诺于 … 点前还款五百元", Outcome.PROMISE_PART)] == [Filler.GAP]
    assert [one.kind for one in check_note("…好", Outcome.PROMISE_PART)] == [Filler.TOO_SHORT, Filler.GAP]
    assert not check_note("他说最近很难……下周再说吧", Outcome.REFUSES)
