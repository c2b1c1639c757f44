from datetime import UTC, datetime, timedelta

from collector_desk.domain.book.contact_summary import retry_at, sum_up, summarise
from collector_desk.domain.book.history import PastAttempt
from collector_desk.domain.calls.outcomes import StepKind
from collector_desk.domain.vocabulary import NumberStanding, Outcome, Result, Speaker

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def tried(days_ago: int, outcome: Outcome | None = Outcome.NO_ANSWER, **other) -> PastAttempt:
    values = {
        "id": f"a{days_ago}",
        "at": NOW - timedelta(days=days_ago),
        "outcome": outcome,
        "result": Result.NO_ANSWER,
        "speaker": Speaker.UNKNOWN,
        "next_step": StepKind.TRY_AGAIN,
        "next_at": NOW + timedelta(hours=4),
    }
    return PastAttempt(**values | other)


def test_three_failed_days_make_a_debtor_lost_until_reached():
    assert summarise(sum_up([tried(3), tried(2), tried(1)], ZONE), [], NOW, ZONE).lost_contact
    assert not summarise(sum_up([tried(2), tried(2), tried(1)], ZONE), [], NOW, ZONE).lost_contact
    talk = tried(0, Outcome.REFUSES, result=Result.EFFECTIVE, speaker=Speaker.DEBTOR)
    assert not summarise(sum_up([tried(3), tried(2), tried(1), talk], ZONE), [], NOW, ZONE).lost_contact


def test_all_numbers_gone_is_lost():
    assert summarise(sum_up([], ZONE), [NumberStanding.DEAD, NumberStanding.WRONG], NOW, ZONE).lost_contact
    assert not summarise(sum_up([], ZONE), [NumberStanding.DEAD, NumberStanding.UNKNOWN], NOW, ZONE).lost_contact


def test_what_was_taken_back_counts_as_tried_and_leads_to_nothing():
    void = tried(0, None, next_step=None, next_at=None)
    standing = summarise(sum_up([void], ZONE), [], NOW, ZONE)
    assert standing.attempts == 1
    assert standing.try_again_at is None
    assert standing.last_outcome is None


def test_the_last_outcome_decides_the_next_step():
    back = tried(0, Outcome.CALL_BACK, next_step=StepKind.CALL_BACK, next_at=NOW + timedelta(hours=1))
    assert summarise(sum_up([tried(1), back], ZONE), [], NOW, ZONE).callback_at == NOW + timedelta(hours=1)
    assert summarise(sum_up([back, tried(0)], ZONE), [], NOW, ZONE).callback_at is None


def test_who_could_not_be_verified_keeps_the_call_back_until_its_time_is_over():
    def left(at: datetime, **other) -> PastAttempt:
        failed = tried(0, Outcome.NOT_VERIFIED, at=at, next_at=NOW + timedelta(days=1), **other)
        agreed = tried(1, Outcome.CALL_BACK, next_step=StepKind.CALL_BACK, next_at=NOW)
        return summarise(sum_up([agreed, failed], ZONE), [], at, ZONE)

    for at in (NOW - timedelta(hours=2), NOW, NOW + timedelta(minutes=29)):
        assert (left(at).callback_at, left(at).try_again_at) == (NOW, None)
        assert left(at).last_outcome is Outcome.NOT_VERIFIED
    over = left(NOW + timedelta(minutes=31))
    assert (over.callback_at, over.try_again_at) == (None, NOW + timedelta(days=1))
    assert over.try_again_after is Outcome.NOT_VERIFIED


def test_somebody_else_or_a_talk_ends_what_was_agreed_before_a_failed_identity():
    agreed = tried(2, Outcome.CALL_BACK, next_step=StepKind.CALL_BACK, next_at=NOW + timedelta(hours=1))
    for outcome in (Outcome.THIRD_PARTY, Outcome.REFUSES):
        failed = tried(0, Outcome.NOT_VERIFIED)
        assert summarise(sum_up([agreed, tried(1, outcome), failed], ZONE), [], NOW, ZONE).callback_at is None


def test_retries_fall_into_working_hours():
    evening = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)  # 18:30
    assert retry_at(evening, timedelta(hours=4), ZONE) == datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    night = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)  # 06:00
    assert retry_at(night, timedelta(hours=1), ZONE) == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
