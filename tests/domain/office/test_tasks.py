"""The table of what a lead decides: a row each, and what must never slip into one."""

from datetime import timedelta

import pytest

from collector_desk.domain.calls.outcomes import OUTCOME_RULES
from collector_desk.domain.office.tasks import TASK_RULES, URGENT, kept_up_by
from collector_desk.domain.people import PERMISSIONS, Act
from collector_desk.domain.vocabulary import Flag, Role, TaskKind
from collector_desk.words.messages import LANGUAGES, render, word


def test_every_kind_has_its_row() -> None:
    assert set(TASK_RULES) == set(TaskKind)
    assert all(rule.kind is kind for kind, rule in TASK_RULES.items())


def test_danger_to_a_life_comes_before_everything_and_the_urgent_need_an_act_at_once() -> None:
    assert URGENT == (TaskKind.RISK_TO_LIFE, TaskKind.INCIDENT)
    assert all(TASK_RULES[kind].within == timedelta(0) for kind in URGENT)


@pytest.mark.parametrize("kind", TaskKind)
def test_a_row_says_its_answers_in_both_languages(kind: TaskKind) -> None:
    rule = TASK_RULES[kind]
    for lang in LANGUAGES:
        said = [render(answer, lang) for answer in (rule.yes, rule.no, rule.hint) if answer is not None]
        assert all(said)
        assert len(set(said)) == len(said)
        assert word(kind, lang) not in said


def test_a_pause_can_always_be_kept() -> None:
    """Its plain way keeps it, so that nobody is called by a slip; a row with one answer could only release it."""
    assert all(rule.no is not None for rule in TASK_RULES.values() if rule.pauses)


def test_only_a_lead_agrees_and_never_who_asked() -> None:
    agreed = {kind for kind, rule in TASK_RULES.items() if rule.decided_by is Act.AGREE}
    assert agreed == {TaskKind.CONSENT, TaskKind.GUARANTEE, TaskKind.COUNTS_FALL}
    assert PERMISSIONS[Act.AGREE] == {Role.LEAD}
    assert all(TASK_RULES[kind].opener_bound for kind in agreed)
    assert {kind for kind, rule in TASK_RULES.items() if not rule.opener_bound} == {
        TaskKind.LATE_FIGURE,
        TaskKind.FIGURE_FELL,
        TaskKind.CURRENT_AGAIN,
        TaskKind.SETTLED,
        TaskKind.CLOSED_IN_DOUBT,
    }


def test_no_stop_vanishes_with_its_outcome() -> None:
    stays = {kind for kind, rule in TASK_RULES.items() if rule.outlives_outcome}
    assert stays == {kind for kind, rule in TASK_RULES.items() if rule.flag} | {
        TaskKind.GIVEN_NUMBER,
        TaskKind.NUMBER_AGAIN,
    }


def test_a_flag_two_kinds_need_stays_for_both() -> None:
    assert set(kept_up_by(Flag.VULNERABLE)) == {TaskKind.RISK_TO_LIFE, TaskKind.HARDSHIP}
    assert all(rule.kind in kept_up_by(rule.flag) for rule in TASK_RULES.values() if rule.flag)


def test_death_is_not_undone_by_deciding_it() -> None:
    assert {kind for kind, rule in TASK_RULES.items() if rule.flag_stays} == {TaskKind.DECEASED}


def test_each_pause_comes_of_an_outcome() -> None:
    opened = {rule.opens for rule in OUTCOME_RULES.values() if rule.opens}
    assert opened == {kind for kind, rule in TASK_RULES.items() if rule.flag} | {TaskKind.PLAN_REQUEST}
