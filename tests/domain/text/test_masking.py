import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.money import Money, format_money
from collector_desk.domain.text.amounts import parse_money
from collector_desk.domain.text.cleaning import cleaned, is_hidden, visible
from collector_desk.domain.text.masking import (
    masked_address,
    masked_id,
    masked_name,
    masked_note,
    masked_number,
    masked_text,
    surname,
    unveiled,
)


def test_names():
    assert masked_name("朱雪彩") == "朱**"
    assert masked_name("诸葛萍清") == "诸葛**"
    assert masked_name("欧阳") == "欧**"
    assert surname("Anna van Dam") == "Dam"
    assert masked_name("") == ""


def test_numbers():
    assert masked_number("16188005778") == "161****5778"
    assert masked_number("12345") == "***45"
    assert masked_id("00010319820101123X") == "**************123X"
    assert masked_address("广州市天河区和平街25号9栋2601室") == "广州市天河区****"


@given(st.text(alphabet="0123456789", min_size=8, max_size=20))
def test_the_middle_of_a_number_is_never_shown(number):
    shown = masked_number(number)
    assert len(shown) == len(number)
    assert shown.count("*") == len(number) - 7


def test_long_digits_are_hidden_in_free_text():
    assert masked_text("卡号6226090000000001，欠500元") == "卡号****************，欠500元"


@given(st.text())
def test_nothing_hidden_stays_hidden(text):
    assert not any(is_hidden(char) for char in visible(text))
    assert not any(is_hidden(char) for char in cleaned(text))


def test_bidi_is_shown():
    assert cleaned("张\u202e三") == "张[U+202E]三"


@pytest.mark.parametrize(
    ("text", "minor"),
    [("33,911.62", 3391162), ("¥ 2000", 200000), ("0.1", 10), ("2000元", 200000), ("-5", -500), ("１２", 1200)],
)
def test_amounts_are_read_exactly(text, minor):
    assert parse_money(text) == Money(minor)


@pytest.mark.parametrize("text", ["", "1.234", "1e3", "两千", "=1+1", "--5", "9" * 16])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_money(text)


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_an_amount_survives_being_written_and_read(minor):
    assert parse_money(format_money(Money(abs(minor)))) == Money(abs(minor))


@pytest.mark.parametrize(
    ("note", "hidden"),
    [
        ("朱雪彩说还 3391.62 元", "朱**说还 **** 元"),
        ("工资12,000明天发，18:00前还5万", "工资****明天发，18:00前还****"),
        ("约11-24 9点，电话 16188001234", "约11-24 9点，电话 ****"),
        ("两次没来得及还", "两次没来得及还"),
    ],
)
def test_a_note_keeps_its_days_and_hours_and_loses_name_and_figures(note, hidden):
    assert masked_note(note, "朱雪彩") == hidden


@given(st.text(max_size=30), st.text(alphabet="4567890132", max_size=12))
def test_what_was_typed_is_all_that_is_unveiled(typed, number):
    masked = masked_number(number)
    shown = unveiled(masked, number, typed)
    assert len(shown) == len(masked)
    assert shown == masked or (typed and typed in number)
