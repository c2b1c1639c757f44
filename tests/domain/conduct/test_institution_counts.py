"""The institution's figure and our own calls: which of ours are inside it, and what the screen says."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector_desk.domain.conduct import External, Share
from collector_desk.domain.conduct.caps_used import standing
from collector_desk.domain.vocabulary import Result, Verdict
from collector_desk.packs.rules import load_shipped

TALK = Result.EFFECTIVE


def told(desk, when="15:00", **facts):
    return standing(desk.facts(**facts), [load_shipped("cn-card")], desk.at(when)).talks


def test_without_a_word_all_our_own_come_on_top(desk):
    history = (desk.past("09:00", TALK), desk.past("14:30", TALK))
    assert told(desk, history=history, external=External(desk.at("14:00"), 1, 1)).n == 3


def test_ours_up_to_the_time_are_inside_where_the_sender_says_so_and_later_ones_come_on_top(desk):
    history = (desk.past("09:00", TALK), desk.past("14:30", TALK))
    figure = External(desk.at("14:00"), 1, 1, ours_included=True)
    shown = told(desk, history=history, external=figure)
    assert (shown.n, shown.total_known) == (2, True)
    assert shown.message.code == "conduct.line_total_effective"
    assert shown.message.params["at"] == "14:00"


def test_a_talk_that_was_not_over_by_then_is_not_inside(desk):
    """Still under way when the figure was drawn up."""
    history = (desk.past("13:50", TALK, ended_at=desk.at("14:01")),)
    assert told(desk, history=history, external=External(desk.at("14:00"), 1, 1, ours_included=True)).n == 2


def test_what_is_not_over_counts_for_the_gate_and_is_not_told_as_a_talk(desk):
    """Nobody knows yet what it becomes."""
    history = tuple(desk.past(at, None) for at in ("10:00", "11:00", "12:00"))
    assert told(desk, history=history).n == 0
    assert desk.ask("15:00", history=history).verdict is Verdict.BLOCK


def test_of_a_share_no_more_is_told_than_may_be_used(desk):
    history = (desk.past("09:00", TALK),)
    assert (told(desk, history=history, share=Share(2, 4)).n, told(desk, history=history, share=Share(2, 4)).m) == (
        1,
        2,
    )
    assert told(desk, history=history, share=Share(2, 4), external=External(desk.at("14:00"), 1, 1)).m == 3


def test_a_figure_below_our_own_cannot_hold_them(desk):
    history = (desk.past("09:00", TALK), desk.past("10:00", TALK))
    assert told(desk, history=history, external=External(desk.at("14:00"), 1, 1, ours_included=True)).n == 3


def test_a_newer_file_without_a_figure_leaves_the_earlier_one_in_force(desk):
    newer = External(desk.at("14:00"), None, 3)
    earlier = External(desk.at("11:00"), 3, None)
    assert desk.ask("15:00", external=newer).verdict is Verdict.ALLOW
    assert desk.ask("15:00", external=newer, external_earlier=earlier).verdict is Verdict.BLOCK
    assert told(desk, external=newer, external_earlier=earlier).message.params["at"] == "11:00"


def test_group_16_the_line_says_whose_total_and_of_when(desk):
    assert told(desk, share=Share(1), history=()).message.code == "conduct.line_effective"
    yesterday = External(desk.at("2026-11-22T18:00"), 2, 2)
    assert told(desk, external=yesterday).as_of is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the desk is a frozen value
@given(
    theirs=st.integers(0, 4),
    ours=st.lists(st.tuples(st.integers(8 * 60, 20 * 60), st.integers(0, 40), st.sampled_from([TALK, None]))),
    as_of=st.integers(8 * 60, 20 * 60),
)
def test_whatever_the_sender_says_the_count_lies_between_the_two_readings(desk, theirs, ours, as_of):
    start = desk.at("00:00")
    history = tuple(
        desk.past("00:00", result, at=start + timedelta(minutes=at), ended_at=start + timedelta(minutes=at + long))
        for at, long, result in ours
    )
    moment = start + timedelta(minutes=as_of)
    strict = told(desk, "21:00", history=history, external=External(moment, theirs, theirs))
    loose = told(desk, "21:00", history=history, external=External(moment, theirs, theirs, ours_included=True))
    over = [at for at, _, result in ours if result is TALK]
    assert strict.n == theirs + len(over)
    assert max(theirs, len(over)) <= loose.n <= strict.n
    later = sum(at > as_of for at in over)
    assert loose.n >= theirs + later
