"""One way to try an act and to tell its trouble."""

import pytest

from collector_desk.domain.message import Refused, Trouble
from collector_desk.ui.window.workplace import Attempt

TROUBLE, REFUSED = Trouble("store.wrong_password"), Refused("calls.no_such_number", "number")


@pytest.mark.parametrize("wrong", [TROUBLE, REFUSED])
def test_a_trouble_ends_the_attempt_and_is_told_once(wrong):
    told, after = [], []
    with Attempt(told.append, None):
        raise wrong
    after.append("below")
    assert told == [wrong]
    assert after == ["below"]


def test_what_has_its_place_is_not_told_over_the_pages():
    told, shown = [], []
    with Attempt(told.append, shown.append):
        raise REFUSED
    assert (told, shown) == ([], [REFUSED])


def test_what_has_no_place_is_told_over_the_pages():
    told = []
    with Attempt(told.append, lambda _: False):
        raise REFUSED
    assert told == [REFUSED]


def test_a_bug_is_no_trouble_and_nothing_is_told_of_what_went_well():
    told = []
    with pytest.raises(KeyError), Attempt(told.append, None):
        raise KeyError
    with Attempt(told.append, None):
        pass
    assert told == []
