"""Lines: no wider than their place, broken where Chinese and English print breaks them, never losing a word."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import black

from collector_desk.documents.typeset import Lines, Look, broken, width_of

LOOK = Look(10, 15, black)
CLOSING, OPENING = "，。；：？！）】》」”…—", "（【《「“"


@pytest.fixture(scope="module", autouse=True)
def font(fonts):
    with fonts.ready("示例约定还款计划" + CLOSING + OPENING + "éß"):
        yield


def lines_of(text: str, width: float = 120) -> list[str]:
    return broken(text, LOOK.size, width)


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from("示例约定还款plan visit ab 0123.,-/" + CLOSING + OPENING), max_size=300),
    st.floats(25, 400),
)
@example(" 0““", 25.0)
def test_lines_are_the_text_and_no_wider_than_their_place(text, width):
    lines = lines_of(text, width)
    assert "".join(lines) == text
    assert all(lines)
    assert all(width_of(line, LOOK.size) <= width + 0.01 for line in lines)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["约定还款计划", "示例，", "（约定）", "还款：", "“计划”。", "plan ", "visit, "]),
        max_size=60,
    )
)
def test_no_line_begins_or_ends_with_the_wrong_sign(parts):
    lines = lines_of("".join(parts))
    assert [line for line in lines[1:] if line[0] in CLOSING + " ,"] == []
    assert [line for line in lines[:-1] if line.rstrip()[-1] in OPENING] == []


def test_words_stay_whole_and_too_long_ones_break_where_they_must():
    text = "The visitors explained how to apply for an instalment plan"
    assert [line.split() for line in lines_of(text)] == [
        ["The", "visitors", "explained"], ["how", "to", "apply", "for", "an"], ["instalment", "plan"],
    ]  # fmt: skip
    assert [len(line) for line in lines_of("f" * 100)][:2] == [len(lines_of("f" * 100)[0])] * 2
    assert lines_of("约定：" + "https://example.org/" + "a" * 9)[0] == "约定："
    assert lines_of("") == []
    assert lines_of("x", 0.1) == ["x"]  # narrower than any letter: it goes on all the same


def test_a_text_is_parted_with_company_on_both_pages():
    text = Lines("约定还款计划" * 20, LOOK)  # eleven lines and a half
    _width, height = text.wrap(100, 1000)
    assert height == 12 * 15
    first, rest = text.split(100, 5 * 15 + 3)
    assert first.text + rest.text == text.text
    assert first.part is rest.part is text.part
    assert (first.wrap(100, 0)[1], rest.wrap(100, 0)[1]) == (5 * 15, 7 * 15)
    assert [one.wrap(100, 0)[1] for one in text.split(100, 11 * 15)] == [10 * 15, 2 * 15]
    assert text.split(100, 1.5 * 15) == []
    assert text.split(100, 12 * 15) == [text]
    short = Lines("约定还款计划" * 5, LOOK)
    assert short.wrap(100, 0)[1] == 3 * 15
    assert short.split(100, 2 * 15) == []
