"""One number, every spelling; and what is no number at all."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.text import telephone
from collector_desk.domain.text.telephone import Fault

MOBILE, LANDLINE = "13800130041", "010-02345678"

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.builds(
    lambda area, rest, extension: f"{area}-{rest}" + (f"-{extension}" if extension else ""),
    st.from_regex(r"(010|02[0-9]|0[3-9][0-9]{2})", fullmatch=True),
    st.from_regex(r"0[0-9]{6}[1-9]", fullmatch=True),
    st.sampled_from(["", "1", "8001", "123456"]),
)
prefixes = st.sampled_from(
    ["", "+86", "+86 ", "86", "86-", "0086", "(0086) ", "[86]", "(+86)", "086", "+86 86 ", "＋８６"]
)
gaps = st.sampled_from(["", "", " ", "-", "—", "－", ".", " - ", "\u00a0", "\u3000", "\u2011", "·", "\t"])
before = st.sampled_from(["", "'", "‘", '="', "tel:", "Tel: ", "电话：", "手机号", "\ufeff", "\u202a", "\t", " "])
after = st.sampled_from(["", '"', "\n", "\r\n", "\u200b", "\u202c", "\t", " ", "（本人）", "本人", "(妻子 的)"])
unseen = st.sampled_from(["", "\u200b", "\u200d", "\u00ad", "\u2060", "\ufe0f"])


@st.composite
def spellings(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> tuple[str, str]:
    """A number and one way to write it."""
    number = draw(numbers)
    line = telephone.line(number)
    extension = number[len(line) + 1 :]
    prefix = draw(prefixes)
    area, _, rest = line.partition("-")
    if prefix and rest:
        area = draw(st.sampled_from([area, area[1:], f"({area[0]}){area[1:]}"]))
    elif rest:
        area = draw(st.sampled_from([area, f"({area})", f"（{area}）"]))
    else:
        cut = draw(st.integers(1, 10))
        trunk = draw(st.sampled_from(["", "", "0"]))
        area, rest = trunk + line[:cut], line[cut:]
    cut = draw(st.integers(1, len(rest)))
    pieces = [area, draw(gaps), rest[:cut], draw(unseen), draw(gaps) if cut < len(rest) else "", rest[cut:]]
    text = prefix + "".join(pieces)
    if draw(st.booleans()):
        text = "".join(chr(ord(char) + 0xFEE0) if char.isdigit() and char.isascii() else char for char in text)
    if extension:
        text += (
            draw(st.sampled_from(["转", " 转 ", "-", " ext. ", "分机", "转分机", "#", ";ext=", "x"])) + extension
        )
    return number, draw(before) + text + draw(after)


@given(spellings(mobiles | landlines))
def test_every_spelling_is_one_number(spelt):
    number, text = spelt
    assert telephone.normal(text) == number
    assert telephone.fault(text) is None
    assert telephone.digits_of(number) in telephone.searched(text)


@given(mobiles | landlines)
def test_the_one_form_is_its_own(number):
    assert telephone.normal(number) == number


@given(st.text())
def test_whatever_is_read_reads_the_same_again(text):
    for number in telephone.read(text).numbers:
        assert telephone.normal(number) == number
        assert telephone.fault(number) is None
        assert len(number) <= telephone.LONGEST


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+852 9123 4567", "+852-91234567"),
        ("00852-91234567", "+852-91234567"),
        ("+1 (646) 555-0100", "+1-6465550100"),
        ("+44 (0)20 7946 0958", "+44-2079460958"),
        ("400-123-4567", "4001234567"),
        ("13800130041.0", MOBILE),
        ("一三八零零一三零零四一", MOBILE),
        ("13800130041转8001", "13800130041-8001"),
    ],
)
def test_other_forms(text, number):
    assert telephone.normal(text) == number
    assert telephone.normal(number) == number


@pytest.mark.parametrize(
    "text",
    [
        *("110", "119", "120", "122", "12356", "12345", "10086", "95588", "96110"),
        *("1 1 0", "+86 110", "0086120", "１１０", "\u200b119", "110\n"),
    ],
)
def test_short_numbers_are_no_telephone(text):
    assert telephone.normal(text) is None
    assert telephone.fault(text) is Fault.SHORT


@pytest.mark.parametrize("text", ["62345678", "6234567", "6234 5678", "02345678"])
def test_a_number_without_its_area_could_be_anywhere(text):
    assert telephone.normal(text) is None
    assert telephone.fault(text) is Fault.NO_AREA


@pytest.mark.parametrize(
    "text",
    [
        *("86", "0", "+86", "11111111111", "12345678901", "10000000000", "1380013004", "138001300411"),
        *("", "微信", "138****0041", "00000000000", "0755-0000000", "110101198001011234", "1.38E+10"),
        *("+13800130041", "0013800130041"),  # a sign too many, or North America: nobody may guess
        "13800130041、13800130042",
    ],
)
def test_what_is_no_number(text):
    assert telephone.normal(text) is None
    assert telephone.fault(text) is Fault.NO_NUMBER


@pytest.mark.parametrize(
    ("cell", "numbers", "words"),
    [
        ("13800130041(本人)", ("13800130041",), "本人"),
        ("86 13800130041", ("13800130041",), ""),
        ("13800130041或13800130042", ("13800130041", "13800130042"), ""),
        ("138 0013 0041 139 0013 0042", ("13800130041", "13900130042"), ""),
        ("138-0013-0041 - 139-0013-0042", ("13800130041", "13900130042"), ""),
        ("010-02345678转8001、13800130041 妻子", ("010-02345678-8001", "13800130041"), "妻子"),
        ("010-02345678转13800130041", ("010-02345678", "13800130041"), ""),
    ],
)
def test_words_and_several_numbers(cell, numbers, words):
    found = telephone.read(cell)
    assert found.numbers == numbers
    assert found.words == words


def test_the_line_of_an_extension():
    assert telephone.line("010-02345678-8001") == "010-02345678"
    assert telephone.line("13800130041-8001") == MOBILE
    assert telephone.line("+852-91234567") == "+852-91234567"
    assert telephone.line(LANDLINE) == LANDLINE


@pytest.mark.parametrize(
    "typed", ["+86138001", "0086 138001", "86-138001", "0138001", "138001", "138001\n", "１３８００１"]
)
def test_the_beginning_of_a_number_is_looked_for_in_any_spelling(typed):
    assert "138001" in telephone.searched(typed)


def test_names_are_not_looked_for_as_numbers():
    assert telephone.searched("张三") == ()
    assert unicodedata.normalize("NFKC", "（") == "(", "the folding that the brackets hang on"
