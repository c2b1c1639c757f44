import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.text.merging import Beside, Common, both, merge

BASE = {"said": "", "next": "", "met": "debtor"}


class Window:
    """One window at the draft, as it behaves."""

    def __init__(self, name: str, fields: dict[str, str]) -> None:
        self.name, self.base, self.mine = name, dict(fields), dict(fields)

    def save(self, stored: Common | None, *, chosen=()) -> Common:
        now = merge(stored, base=self.base, mine=self.mine, person_id=self.name, window=self.name, chosen=chosen)
        waiting = {one.name for one in now.beside if one.window == self.name}
        for name in self.mine:
            if name not in waiting:
                self.mine[name] = self.base[name] = now.fields[name]
        return now


def test_what_two_wrote_into_different_fields_stands():
    first, second = Window("a", BASE), Window("b", BASE)
    first.mine["said"] = "甲"
    stored = first.save(None)
    second.mine["next"] = "乙"
    stored = second.save(stored)
    assert stored.fields == {"said": "甲", "next": "乙", "met": "debtor"}
    assert stored.authors == {"said": "a", "next": "b"}
    assert stored.beside == ()
    assert second.mine["said"] == "甲", "the other's words are before the eyes"


def test_two_texts_in_one_field_lie_beside_each_other_until_somebody_chose():
    first, second = Window("a", BASE), Window("b", BASE)
    first.mine["said"] = "甲"
    stored = first.save(None)
    second.mine["said"] = "乙"
    stored = second.save(stored)
    assert stored.fields["said"] == "甲"
    assert stored.beside == (Beside("said", "b", "b", "乙"),)
    second.mine["said"] = "乙二"
    stored = second.save(stored)
    assert stored.beside == (Beside("said", "b", "b", "乙二"),), "typed on, it is kept as it stands"
    second.base["said"], second.mine["said"] = "甲", both("甲", "乙二")
    stored = second.save(stored, chosen={("said", "b")})
    assert (stored.fields["said"], stored.beside) == ("甲\n乙二", ())
    stored = first.save(stored)
    assert first.mine["said"] == "甲\n乙二"


def test_a_field_nobody_touched_is_never_taken_back():
    first, second = Window("a", BASE), Window("b", BASE)
    second.mine["next"] = "乙"
    stored = second.save(None)
    first.mine["said"] = "甲"
    stored = first.save(stored)
    assert stored.fields["next"] == "乙"
    first.mine["next"] = ""  # seen, and emptied on purpose
    assert first.save(stored).fields["next"] == ""


def test_the_same_words_from_both_are_no_quarrel():
    first, second = Window("a", BASE), Window("b", BASE)
    for window in (first, second):
        window.mine["said"] = "同样的话"
    assert second.save(first.save(None)).beside == ()


def test_lines_changed_in_different_places_are_put_together():
    text = "一\n二\n三\n四\n五"
    first, second = Window("a", {"file": text}), Window("b", {"file": text})
    first.mine["file"] = text.replace("一", "一甲")
    second.mine["file"] = text.replace("五", "五乙")
    stored = second.save(first.save(None))
    assert stored.fields["file"] == "一甲\n二\n三\n四\n五乙"
    assert stored.beside == ()


@pytest.mark.parametrize(
    ("mine", "theirs"), [("一\n二乙\n三", "一\n二甲\n三"), ("一\n二\n三\n乙", "一\n二\n三\n甲")]
)
def test_the_same_lines_changed_by_both_are_never_put_together_by_guess(mine, theirs):
    first, second = Window("a", {"file": "一\n二\n三"}), Window("b", {"file": "一\n二\n三"})
    first.mine["file"], second.mine["file"] = theirs, mine
    stored = second.save(first.save(None))
    assert stored.fields["file"] == theirs
    assert [one.value for one in stored.beside] == [mine]


_marks = (f"「{n}」" for n in itertools.count())
_steps = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(sorted(BASE)), st.booleans()), max_size=20)


@given(_steps)
def test_whatever_order_they_type_and_save_in_no_word_is_lost(steps):
    """Each appends marks of its own; every mark that was saved stands in the draft, or lies beside it."""
    windows = {name: Window(name, BASE) for name in "abc"}
    stored, saved = None, []
    for who, name, saves in steps:
        mark = next(_marks)
        windows[who].mine[name] += mark
        saved.append(mark)
        if saves:
            stored = windows[who].save(stored)
    for window in windows.values():
        stored = window.save(stored)
    words = "".join(stored.fields.values()) + "".join(one.value for one in stored.beside)
    assert all(mark in words for mark in saved)


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [("甲", "乙", "甲\n乙"), ("甲", "甲乙", "甲乙"), ("甲乙", "乙", "甲乙"), ("", "乙", "乙"), ("甲", " ", "甲")],
)
def test_both_is_each_once(first, second, wanted):
    assert both(first, second) == wanted
