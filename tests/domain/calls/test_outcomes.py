import pytest

from collector_desk.domain.calls.outcomes import (
    OUTCOME_RULES,
    Need,
    open_outcomes,
    question_talk_time,
    result_of,
    rule_for,
)
from collector_desk.domain.vocabulary import Outcome, Result, Speaker

UNREACHED = {Outcome.NO_ANSWER, Outcome.BUSY, Outcome.OFF, Outcome.VOICEMAIL, Outcome.WRONG_NUMBER}


def test_every_outcome_has_exactly_one_rule_and_its_own_key():
    assert set(OUTCOME_RULES) == set(Outcome)
    keys = [rule.key for rule in OUTCOME_RULES.values()]
    assert len(set(keys)) == len(keys)
    assert "d" not in keys  # D reveals and dials


def test_only_unreached_outcomes_are_saved_by_one_key():
    assert {o for o, rule in OUTCOME_RULES.items() if rule.one_key} == UNREACHED
    for outcome in UNREACHED:
        assert not rule_for(outcome).needs
        assert not rule_for(outcome).reached


def test_a_note_is_mandatory_exactly_where_someone_was_reached():
    for rule in OUTCOME_RULES.values():
        assert (Need.NOTE in rule.needs) == rule.reached


@pytest.mark.parametrize("outcome", [Outcome.PROMISE_FULL, Outcome.PROMISE_PART])
def test_a_promise_needs_all_its_parts_and_an_identified_payer(outcome):
    parts = {Need.AMOUNT, Need.DATE, Need.TIME, Need.CHANNEL, Need.REASON}
    assert rule_for(outcome).needs == {Need.NOTE, *parts}
    assert rule_for(outcome).speakers == {Speaker.DEBTOR, Speaker.GUARANTOR}


def test_a_three_second_promise_is_questioned():
    question = question_talk_time(Outcome.PROMISE_FULL, 3)
    assert question is not None
    assert question.params["seconds"] == 3
    assert question_talk_time(Outcome.PROMISE_FULL, 20) is None
    assert question_talk_time(Outcome.NO_ANSWER, 0) is None


def test_only_the_identified_debtor_makes_a_talk_effective():
    for outcome in Outcome:
        for speaker in set(Speaker) - {Speaker.DEBTOR}:
            assert result_of(outcome, speaker) is not Result.EFFECTIVE
    assert result_of(Outcome.REFUSES, Speaker.DEBTOR) is Result.EFFECTIVE
    assert result_of(Outcome.HANGS_UP, Speaker.UNKNOWN) is Result.CONNECTED
    assert result_of(Outcome.STOP_CALLING, Speaker.THIRD_PARTY) is Result.REFUSED
    assert result_of(Outcome.OFF, Speaker.UNKNOWN) is Result.NOT_CONNECTED


def test_a_third_party_is_offered_nothing_that_concerns_a_debt():
    offered = set(open_outcomes(Speaker.THIRD_PARTY))
    debt = {
        Outcome.PROMISE_FULL,
        Outcome.PROMISE_PART,
        Outcome.PAID_ALREADY,
        Outcome.DISPUTE,
        Outcome.WANTS_PLAN,
        Outcome.REFUSES,
        Outcome.HARDSHIP,
    }
    assert not offered & debt
    assert {Outcome.THIRD_PARTY, Outcome.WRONG_NUMBER, Outcome.STOP_CALLING, Outcome.RISK_TO_LIFE} <= offered
    assert set.union(*(set(open_outcomes(s)) for s in Speaker)) == set(Outcome)
