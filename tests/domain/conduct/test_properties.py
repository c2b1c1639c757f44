"""What has to hold for every history: caps can't be slipped past, and the time given is right to the second."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from collector_desk.domain.conduct import (
    Action,
    Approval,
    ApprovalKind,
    Consent,
    ConsentScope,
    External,
    Facts,
    Override,
    PastEvent,
    Share,
    decide,
    decide_all,
)
from collector_desk.domain.vocabulary import Addressee, CallMode, Channel, Direction, Flag, Result, Verdict
from collector_desk.packs.rules import load_shipped

CN, HOUSE, US, VN = (load_shipped(pack_id) for pack_id in ("cn-card", "house", "us-regf", "vn-2019"))
NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)  # a day after America's clocks went back
SECOND = timedelta(seconds=1)

instants = st.integers(0, 10 * 86_400).map(lambda second: NOW - timedelta(seconds=second))
events = st.builds(
    PastEvent,
    at=instants,
    channel=st.sampled_from([Channel.CALL, Channel.CALL, Channel.CALL, Channel.SMS, Channel.VISIT]),
    direction=st.sampled_from([Direction.OUT, Direction.OUT, Direction.IN]),
    to=st.sampled_from([Addressee.DEBTOR, Addressee.DEBTOR, Addressee.CONTACT]),
    number_id=st.sampled_from(["n1", "n2", "c1", None]),
    result=st.sampled_from([None, *Result]),
    mode=st.sampled_from(list(CallMode)),
    debtor_id=st.sampled_from(["", "d1", "d2"]),
    debt_ids=st.frozensets(st.sampled_from("ab")),
)
consents = st.builds(
    Consent,
    scope=st.sampled_from(list(ConsentScope)),
    since=st.integers(-5 * 86_400_000, 5 * 86_400_000).map(lambda ms: NOW + timedelta(milliseconds=ms)),
    until=st.integers(1, 9 * 86_400).map(lambda second: NOW + timedelta(seconds=second)),
    window=st.tuples(st.integers(0, 86_399), st.integers(0, 86_399)).filter(lambda pair: pair[0] != pair[1]),
    words=st.just("yes"),
    proof=st.just("recording"),
    withdrawn_at=st.none() | st.integers(0, 9 * 86_400).map(lambda second: NOW + timedelta(seconds=second)),
)
given_at = st.integers(-2 * 86_400_000, 4 * 86_400_000).map(lambda ms: NOW + timedelta(milliseconds=ms))
runs_out = st.integers(1, 6 * 86_400).map(lambda second: NOW + timedelta(seconds=second))
approvals = st.builds(
    Approval,
    kind=st.sampled_from(list(ApprovalKind)),
    by=st.just("lead"),
    at=given_at,
    until=st.none() | runs_out,
    flag=st.sampled_from([None, Flag.DISPUTED, Flag.TIME_BARRED]),
)
overrides = st.builds(
    Override,
    rule=st.sampled_from(["house.one_talk", "house.third_cap", "house.pause", "house.visit_cap", "cn.hours"]),
    by=st.just("lead"),
    reason=st.just("asked for"),
    at=given_at,
    until=runs_out,
)
facts = st.builds(
    Facts,
    debtor_id=st.just("d1"),
    zones=st.lists(
        st.sampled_from(["Asia/Shanghai", "America/New_York", "America/Los_Angeles", "Asia/Urumqi"]),
        min_size=1,
        max_size=2,
        unique=True,
    ).map(tuple),
    history=st.lists(events, max_size=30).map(tuple),
    flags=st.frozensets(st.sampled_from([Flag.DISPUTED, Flag.TIME_BARRED]), max_size=1),
    consents=st.lists(consents, max_size=2).map(tuple),
    share=st.none() | st.builds(Share, st.integers(0, 4), st.integers(0, 4)),
    external=st.none() | st.builds(External, instants, st.integers(0, 4), st.none() | st.integers(0, 4)),
    approvals=st.lists(approvals, max_size=2).map(tuple),
    overrides=st.lists(overrides, max_size=2).map(tuple),
)
actions = st.builds(
    Action,
    channel=st.sampled_from([Channel.CALL, Channel.CALL, Channel.SMS, Channel.VISIT]),
    to=st.sampled_from([Addressee.DEBTOR, Addressee.DEBTOR, Addressee.CONTACT, Addressee.GUARANTOR]),
    number_id=st.sampled_from(["n1", "n2", "c1", None]),
    mode=st.sampled_from(list(CallMode)),
    debt_ids=st.frozensets(st.sampled_from("ab")),
)
packs = st.sampled_from([[CN], [CN, HOUSE], [US], [VN], [CN, US], [CN, HOUSE, US, VN]])
moments = st.integers(0, 2 * 86_400).map(lambda second: NOW + timedelta(seconds=second))


@settings(max_examples=150, deadline=None)
@given(action=actions, known=facts, chosen=packs, now=moments)
def test_the_time_given_is_right_to_the_second(action, known, chosen, now):
    decision = decide(action, known, chosen, now)
    again = decision.next_allowed_at
    if decision.verdict is not Verdict.BLOCK:
        assert again is None
        return
    if again is None:
        return
    assert again > now
    assert again.microsecond == 0
    assert decide(action, known, chosen, again).verdict is not Verdict.BLOCK
    assert decide(action, known, chosen, again - SECOND).verdict is Verdict.BLOCK
    # And at no moment in between (tried at many, the minute steps of the first day and every edge of an hour).
    step = max((again - now) / 20, SECOND)
    tried = now
    while tried < again:
        assert decide(action, known, chosen, tried).verdict is Verdict.BLOCK
        tried += step


@settings(max_examples=150, deadline=None)
@given(action=actions, known=facts, chosen=packs, now=moments, how=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(action, known, chosen, now, how):
    from dataclasses import replace

    shuffled = list(known.history)
    how.shuffle(shuffled)
    assert decide(action, replace(known, history=shuffled), chosen, now) == decide(action, known, chosen, now)


@settings(max_examples=150, deadline=None)
@given(known=facts, now=moments, extra=st.lists(events, min_size=1, max_size=5))
def test_more_talks_never_open_what_was_capped(known, now, extra):
    from dataclasses import replace

    known = replace(known, consents=())
    action = Action(Channel.CALL, Addressee.DEBTOR, "n1")
    if decide(action, known, [CN], now).verdict is Verdict.BLOCK:
        more = replace(known, history=(*known.history, *extra))
        assert decide(action, more, [CN], now).verdict is Verdict.BLOCK


@settings(max_examples=100, deadline=None)
@given(
    minutes=st.lists(st.integers(0, 14 * 60 - 1), min_size=1, max_size=60),
    results=st.lists(st.sampled_from(list(Result)), min_size=60, max_size=60),
    elsewhere=st.integers(0, 3),
)
def test_a_day_worked_through_the_gate_never_goes_over_a_cap(minutes, results, elsewhere):
    """Calls at any minutes in any order of results: whoever obeys the gate ends at three talks, all counted."""
    begins = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
    done: list[PastEvent] = []
    for minute, result in zip(sorted(minutes), results, strict=False):
        now = begins + timedelta(minutes=minute)
        known = Facts(
            debtor_id="d1",
            zones=("Asia/Shanghai",),
            history=tuple(reversed(done)),
            external=External(begins, elsewhere, elsewhere),
        )
        action = Action(Channel.CALL, Addressee.DEBTOR, "n1")
        if decide(action, known, [CN], now).verdict in (Verdict.ALLOW, Verdict.WARN):
            event = PastEvent(now, Channel.CALL, Direction.OUT, Addressee.DEBTOR, "n1", result)
            done.append(event)
    talks = sum(event.result is Result.EFFECTIVE for event in done)
    assert talks + elsewhere <= 3 or talks == 0


@settings(max_examples=100, deadline=None)
@given(seats=st.integers(2, 6), before=st.integers(0, 3))
def test_seats_that_ask_one_after_the_other_never_share_the_last_call(seats, before):
    """As in one transaction: each sees the attempts the others have open. At most the free ones get through."""
    now = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    history = [
        PastEvent(
            now - timedelta(hours=n + 1), Channel.CALL, Direction.OUT, Addressee.DEBTOR, "n1", Result.EFFECTIVE
        )
        for n in range(before)
    ]
    let_through = 0
    for _ in range(seats):
        known = Facts(debtor_id="d1", zones=("Asia/Shanghai",), history=tuple(history), share=Share(3, 3))
        if not decide(Action(Channel.CALL, Addressee.DEBTOR, "n1"), known, [CN], now).blocked:
            let_through += 1
            history.append(PastEvent(now, Channel.CALL, Direction.OUT, Addressee.DEBTOR, "n1", None))
    assert let_through == min(seats, 3 - before)


@settings(max_examples=60, deadline=None)
@given(asked=st.lists(actions, min_size=1, max_size=4), known=facts, chosen=packs, now=moments)
def test_asking_for_several_numbers_at_once_is_asking_for_each(asked, known, chosen, now):
    each = tuple(decide(action, known, chosen, now) for action in asked)
    assert decide_all(asked, known, chosen, now) == each
