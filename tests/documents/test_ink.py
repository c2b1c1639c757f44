"""Text on its way to the page: whole, visible, in pieces a page can hold."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from collector_desk.documents.ink import Ink, code_point
from collector_desk.words.messages import LANGUAGES, render


def test_what_hides_is_made_visible_and_said(fonts):
    ink = Ink(fonts)
    assert ink.line("a\u202eb\x07c\u200b<b>&amp;") == "a[U+202E]b[U+0007]c[U+200B]<b>&amp;"
    assert ink.line("𠮷\U000e0100") == "[U+20BB7][U+E0100]"
    assert [w.code for w in ink.warnings()] == ["documents.characters_missing", "documents.characters_hidden"]
    for lang in LANGUAGES:
        assert all("U+20" in render(w, lang) for w in ink.warnings())


def test_ordinary_text_stays_and_warns_of_nothing(fonts):
    ink = Ink(fonts)
    text = "张三（本人）：还款 ¥1,000.00 — “好”"
    assert ink.line(text) == text
    assert ink.warnings() == ()
    assert set(text) <= ink.characters


@given(text=st.text(max_size=300))
def test_nothing_invisible_is_left_and_nothing_is_lost(fonts, text):
    ink = Ink(fonts)
    shown = ink.line(text)
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"} for c in shown)
    assert not fonts.missing(shown)
    for c in set(text) - set(shown):
        assert code_point(c) in shown or c.isspace() or unicodedata.category(c) in {"Cc", "Zl", "Zp", "Zs"}


@given(lines=st.lists(st.integers(0, 5000), max_size=6), end=st.sampled_from(["\n", "\r\n", "\u2028", "\r"]))
def test_pieces_joined_are_the_text(fonts, lines, end):
    text = end.join(("今天还款。" * 1000)[:n] for n in lines)
    pieces = list(Ink(fonts).paragraphs(text))
    assert "".join(pieces) == text.replace(end, "")
    assert max(map(len, pieces)) <= 1200
