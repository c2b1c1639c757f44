from dataclasses import replace

import pytest

from collector_desk.domain.message import Refused
from collector_desk.domain.visits.form import typed_of
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.visits.visit import SignedHow
from collector_desk.services.desk import drafts
from collector_desk.services.visits import drafts as visit_drafts
from collector_desk.services.visits import visiting
from tests.samples import visit_story

HIS, HERS = "邻居未被打扰。", "门口贴有物业催缴单。"


STORIES = {"visit": visit_story.AT_THE_DOOR}


@pytest.fixture
def visit(told):
    return told


@pytest.fixture
def typed(team, visit):
    """The report both have before them, as the form holds it."""
    return typed_of(visit_story.not_found(team), visiting.load(team[0], visit).plan)


def save(seat, visit, base, **changed):
    return visit_drafts.save(seat, visit, base | changed, base=base, window=seat.person.id)


def test_handing_in_never_drops_what_the_other_typed(team, visit, typed):
    first, second = team
    save(second, visit, typed, unusual=HIS)
    report = visit_story.not_found(team)
    with pytest.raises(Refused) as refused:
        visiting.hand_in(first, visit, report)
    assert refused.value.field_name == "unusual"
    assert refused.value.message.params["name"] == "赵同行"
    visiting.hand_in(first, visit, replace(report, unusual=f"{HERS}\n{HIS}"))
    assert visiting.load(first, visit).report.unusual == f"{HERS}\n{HIS}"
    assert visit_drafts.load(first, visit) is None


def test_ones_own_draft_stands_in_nobodys_way(team, visit, typed):
    save(team[0], visit, typed, unusual=HIS)
    visiting.hand_in(team[0], visit, visit_story.not_found(team))
    assert visiting.load(team[0], visit).state is VisitState.REPORTED


def test_two_texts_in_one_field_have_to_be_chosen_first(team, visit, typed):
    first, second = team
    save(first, visit, typed, unusual=HERS)
    draft = save(second, visit, typed, unusual=HIS)
    assert draft.content["unusual"] == HERS
    assert [(one.value, draft.names[one.person_id]) for one in draft.beside] == [(HIS, "赵同行")]
    for seat in team:
        with pytest.raises(Refused) as refused:
            visiting.hand_in(seat, visit, replace(visit_story.not_found(team), unusual=HERS))
        assert refused.value.field_name == "unusual"


def test_what_comes_in_after_the_report_waits_before_the_signatures(team, visit, typed):
    first, second = team
    visiting.hand_in(first, visit, visit_story.not_found(team))
    save(second, visit, typed, unusual=HIS)
    (late,) = visit_drafts.late_words(first, visiting.load(first, visit))
    assert (late.name, late.person_name, late.text) == ("unusual", "赵同行", HIS)
    for seat in team:
        with pytest.raises(Refused, match="late_words"):
            visiting.sign(seat, visit, how=SignedHow.PASSWORD)
    with pytest.raises(Refused, match="late_of_another"):
        visit_drafts.leave_out(first, visit)
    visiting.hand_in(first, visit, replace(visit_story.not_found(team), unusual=HIS))
    report = visiting.load(first, visit).report
    assert (report.version, report.unusual) == (2, HIS)
    for seat in team:
        visiting.sign(seat, visit, how=SignedHow.PASSWORD)
    with pytest.raises(Refused, match="signed_by_all"):
        visiting.hand_in(second, visit, replace(report, unusual=""))


def test_who_wrote_late_words_may_leave_them_out(team, visit, typed):
    visiting.hand_in(team[0], visit, visit_story.not_found(team))
    save(team[1], visit, typed, unusual=HIS)
    visit_drafts.leave_out(team[1], visit)
    visiting.sign(team[0], visit, how=SignedHow.PASSWORD)


def test_a_window_that_only_stood_open_leaves_no_draft_behind(team, visit, typed):
    visiting.hand_in(team[0], visit, visit_story.not_found(team))
    save(team[1], visit, typed)
    assert visit_drafts.load(team[1], visit) is None
    assert visit_drafts.late_words(team[0], visiting.load(team[0], visit)) == ()


def test_a_draft_without_a_base_never_writes_over_another_s_words(team, visit):
    drafts.save(team[0], "visit", visit, {"said": HERS, "unusual": ""})
    draft = drafts.save(team[1], "visit", visit, {"said": HIS, "unusual": HIS})
    assert (draft.content["said"], draft.content["unusual"]) == (HERS, HIS)
    assert [one.value for one in draft.beside] == [HIS]
    mine = drafts.save(team[1], "call", visit, {"note": "一"})
    assert drafts.save(team[1], "call", visit, {"note": "二"}).content == {"note": "二"} != mine.content
