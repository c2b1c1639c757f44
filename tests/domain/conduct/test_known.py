"""What the gate is told out of a debtor's history, and when it need not be asked at all."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from collector_desk.domain.book.contact_summary import sum_up
from collector_desk.domain.book.debts import Debtor, PhoneFacts
from collector_desk.domain.book.history import History, PastAttempt, PastEnd, PastVisit
from collector_desk.domain.conduct.known import Here, a_cap_may_be_used, event_of, in_force, judged
from collector_desk.domain.conduct.values import External, Share
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.vocabulary import (
    Addressee,
    NumberKind,
    NumberStanding,
    Outcome,
    Result,
    Speaker,
    Verdict,
)
from collector_desk.packs.rules import DEFAULT_PACKS, load_shipped

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PACKS = tuple(load_shipped(pack_id) for pack_id in DEFAULT_PACKS)
NUMBERS = ("16188001001", "16188001002")
PHONES = tuple(
    PhoneFacts(number, number, NumberKind.MOBILE, "", "", NumberStanding.UNKNOWN, shared=False)
    for number in NUMBERS
)
OUTCOMES = {
    Result.NO_ANSWER: Outcome.NO_ANSWER,
    Result.BUSY: Outcome.BUSY,
    Result.CONNECTED: Outcome.HANGS_UP,
    Result.EFFECTIVE: Outcome.REFUSES,
}


def tried(hours, number, *results, debtor_id="me"):
    at = NOW - timedelta(hours=hours)
    ends = tuple(
        PastEnd(f"{hours}-{place}", result, at, holds=place == len(results) - 1)
        for place, result in enumerate(results)
    )
    last = results[-1] if results else None
    outcome = OUTCOMES.get(last) if last else None
    phone_id, theirs = (number, None) if debtor_id == "me" else ("elsewhere", number)
    return PastAttempt(
        f"{hours}",
        at,
        outcome,
        last,
        Speaker.UNKNOWN,
        None,
        None,
        debtor_id=debtor_id,
        phone_id=phone_id,
        number=theirs,
        ends=ends,
    )


def known(**said):
    debtor = Debtor("me", "", "", "", "", "", "", "Asia/Shanghai", None, {})
    return History(debtor=debtor, accounts=(), phones=PHONES, **said)


def asked(past, here):
    return a_cap_may_be_used(past, sum_up(past.attempts, "Asia/Shanghai").recent, here, NOW)


RESULTS = st.lists(st.sampled_from(list(OUTCOMES)), max_size=2)
ATTEMPTS = st.builds(
    lambda hours, number, results: tried(hours, number, *results),
    st.integers(0, 60),
    st.sampled_from(NUMBERS),
    RESULTS,
)
COUNTS = st.builds(
    lambda hours, talks, more, ours: External(NOW - timedelta(hours=hours), talks, talks + more, ours),
    st.integers(0, 60),
    st.integers(0, 4),
    st.integers(0, 3),
    st.booleans(),
)
PARTS = st.one_of(st.none(), st.integers(0, 3))


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(
    attempts=st.lists(ATTEMPTS, max_size=4),
    counts=st.lists(COUNTS, max_size=2),
    share=st.builds(Share, PARTS, PARTS),
    hours=st.one_of(st.none(), st.integers(0, 60)),
)
def test_where_no_cap_may_be_used_none_is(attempts, counts, share, hours):
    visits = () if hours is None else (_visit(hours),)
    newest_first = tuple(sorted(counts, key=lambda one: one.as_of, reverse=True))
    oldest_first = tuple(sorted(attempts, key=lambda one: one.at))
    past = known(attempts=oldest_first, counts=newest_first, visits=visits)
    here = Here(PACKS, None if share == Share() else share)
    if not asked(past, here):
        for decision in judged(past, PHONES, here, NOW):
            blocks = [one for one in decision.reasons if one.verdict is Verdict.BLOCK and one.n is not None]
            assert blocks == []


def _visit(hours):
    at = NOW - timedelta(hours=hours)
    return PastVisit("v", VisitState.DONE, at, arrived_at=at, led_to=Result.CONNECTED)


def test_of_most_debtors_it_need_not_be_asked():
    here = Here(PACKS, Share(1, 3))
    assert not asked(known(attempts=(tried(80, NUMBERS[0], Result.EFFECTIVE),)), here)
    assert asked(known(attempts=(tried(2, NUMBERS[0], Result.EFFECTIVE),)), here)
    assert asked(known(counts=(External(NOW, 3, 3),)), here)
    assert not asked(known(counts=(External(NOW, 1, 1),)), here)
    assert not asked(
        known(attempts=(tried(2, NUMBERS[0], Result.NO_ANSWER),)), here
    )  # no cap counts so few of them
    assert asked(known(attempts=(tried(2, NUMBERS[0]),)), here)  # still open it may become anything


def test_an_attempt_counts_by_the_heaviest_of_its_ends():
    corrected = tried(1, NUMBERS[0], Result.EFFECTIVE, Result.NO_ANSWER)
    assert event_of(corrected, NUMBERS[0]).result is Result.EFFECTIVE
    assert event_of(tried(1, NUMBERS[0]), NUMBERS[0]).result is None
    stranger = tried(1, NUMBERS[0], Result.WRONG_PERSON)
    assert event_of(stranger, NUMBERS[0]).to is Addressee.DEBTOR
    assert event_of(stranger, NUMBERS[0]).result is Result.WRONG_PERSON


def test_a_figure_left_out_is_taken_from_the_one_before():
    newest, before = External(NOW, None, 2), External(NOW - timedelta(hours=1), 1, None)
    assert in_force((newest, before)) == (newest, before)
    assert in_force((before,)) == (before, None)
    assert in_force(()) == (None, None)
