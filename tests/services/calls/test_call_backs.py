"""A call back the debtor asked for: once, at its time, and nothing but the day's one talk is lifted for it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass, QueueFilter
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    Direction,
    Flag,
    Outcome,
    PayChannel,
    RecordingGap,
    Speaker,
    Verdict,
)
from collector_desk.services.book import cases, queueing, refresh
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import acting
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.record import flags
from collector_desk.store import tables as t

CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
TODAY = date(2026, 11, 23)  # ten in the morning
ASKED = CallLog(
    Outcome.CALL_BACK,
    Speaker.DEBTOR,
    CHECKED,
    talk_seconds=60,
    note="客户正在开会，请下午三点再打这个电话。",
    day=TODAY,
    at=time(15),
    recording="R-1",
)
TALK = CallLog(
    Outcome.REFUSES,
    Speaker.DEBTOR,
    CHECKED,
    talk_seconds=60,
    note="客户称目前没有能力归还，下月再说。",
    reason=ArrearsReason.OTHER,
    recording="R-2",
)


def shanghai(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour - 8, minute, tzinfo=UTC)


def call(seat, who, log, *, inbound=False):
    phone = None if inbound else cases.open_case(seat, who).file.phones[0].id
    direction = Direction.IN if inbound else Direction.OUT
    begun = calling.begin(seat, debtor_id=who, phone_id=phone, direction=direction)
    calling.finish(seat, begun.attempt.id, log)


def number(seat, who):
    return cases.open_case(seat, who).numbers[0]


def row(seat, who):
    queueing.tick(seat)
    found = next(each for each in queueing.rows(seat) if each.debtor_id == who)
    return found.queue_class, found.why.code


def blocking(seat, who):
    return {reason.rule for reason in number(seat, who).decision.reasons if reason.verdict is Verdict.BLOCK}


def test_at_its_minute_it_is_due_and_may_be_made_once(agent, debtor, clock):
    who = debtor()
    call(agent, who, ASKED)
    assert row(agent, who) == (QueueClass.LATER, "book.callback_later")
    for at, opened in ((shanghai(14, 54), False), (shanghai(14, 55), True), (shanghai(15), True)):
        clock.at = at
        assert number(agent, who).callable_now is opened
    assert row(agent, who) == (QueueClass.DUE_NOW, "book.callback_due")
    assert queueing.next_row(agent).debtor_id == who
    clock.at = shanghai(15, 1)
    call(agent, who, TALK)
    assert blocking(agent, who) == {"house.one_talk"}
    with pytest.raises(GateRefused):
        call(agent, who, TALK)


def test_unanswered_it_may_be_tried_again_until_half_an_hour_later(agent, debtor, clock):
    who = debtor()
    call(agent, who, ASKED)
    clock.at = shanghai(15, 1)
    call(agent, who, CallLog(Outcome.NO_ANSWER))
    clock.at = shanghai(15, 29)
    assert number(agent, who).callable_now
    clock.at = shanghai(15, 30)
    assert blocking(agent, who) == {"house.one_talk"}


def test_missed_it_waits_for_the_next_day(agent, debtor, clock):
    who = debtor()
    call(agent, who, ASKED)
    clock.at = shanghai(15, 1)
    assert row(agent, who)[0] is QueueClass.DUE_NOW
    clock.at = shanghai(15, 30)
    assert row(agent, who) == (QueueClass.BLOCKED, "book.blocked")
    clock.at = shanghai(9, day=24)
    assert row(agent, who) == (QueueClass.DUE_NOW, "book.callback_due")


@pytest.mark.parametrize(
    "other",
    [
        {"speaker": Speaker.THIRD_PARTY, "identity": IdentityCheck()},
        {"speaker": Speaker.UNKNOWN, "identity": IdentityCheck()},
        {"recording": "", "recording_missing": RecordingGap.RECORDER_FAILED.value},
        {"outcome": Outcome.REFUSES, "reason": ArrearsReason.OTHER},
    ],
)
def test_only_the_identified_debtors_recorded_wish_opens_anything(agent, debtor, clock, other):
    who = debtor()
    call(agent, who, replace(ASKED, **other))
    if other.get("speaker"):  # that was no talk with the debtor: somebody else's wish does not lift this one
        call(agent, who, replace(TALK, note="客户本人接听，称暂无还款能力。"), inbound=True)
    clock.at = shanghai(15, 1)
    assert blocking(agent, who) == {"house.one_talk"}
    with agent.store.read() as conn:
        assert conn.execute(select(t.consent)).all() == []


def test_the_next_talk_ends_it_before_its_time(agent, debtor, clock):
    who = debtor()
    call(agent, who, ASKED)
    clock.at = shanghai(14)
    call(agent, who, TALK, inbound=True)
    clock.at = shanghai(15, 1)
    assert blocking(agent, who) == {"house.one_talk"}


def test_taken_back_it_is_gone_and_written_again_it_holds_anew(agent, debtor, clock):
    who = debtor()
    call(agent, who, ASKED)
    attempt, _ = calling.take_back(agent)
    calling.finish(agent, attempt.id, replace(TALK, note="客户改口说不用再打电话，下月再联系。"))
    clock.at = shanghai(15, 1)
    assert blocking(agent, who) == {"house.one_talk"}
    attempt, _ = calling.take_back(agent)
    calling.finish(agent, attempt.id, replace(ASKED, at=time(16), note="客户确认是请下午四点回电，已复述。"))
    clock.at = shanghai(15, 2)
    assert not number(agent, who).callable_now
    clock.at = shanghai(16)
    assert number(agent, who).callable_now


def test_asked_for_again_it_opens_once_more(agent, debtor, clock):
    who = debtor()
    call(agent, who, ASKED)
    clock.at = shanghai(15, 1)
    call(agent, who, replace(ASKED, at=time(17), note="客户还在路上，请下午五点再打。"))
    clock.at = shanghai(15, 20)
    assert not number(agent, who).callable_now, "the first one is used up"
    clock.at = shanghai(17)
    assert number(agent, who).callable_now


def test_a_call_back_in_two_minutes_is_not_used_up_by_the_call_that_asked(agent, debtor, clock):
    who = debtor()
    phone = cases.open_case(agent, who).file.phones[0].id
    begun = calling.begin(agent, debtor_id=who, phone_id=phone)
    clock.at = shanghai(10, 1)
    calling.finish(agent, begun.attempt.id, replace(ASKED, at=time(10, 3)))
    clock.at = shanghai(10, 3)
    assert number(agent, who).callable_now


def test_share_caps_and_pauses_hold_all_the_same(agent, manager, debtor, clock):
    who, other = debtor(), debtor("王某")
    call(agent, who, ASKED)
    call(agent, other, ASKED)
    settings.change(manager, Share(effective=1, connected=6))
    clock.at = shanghai(15)
    assert not number(agent, who).callable_now
    assert "house.one_talk" not in blocking(agent, who)
    settings.change(manager, Share(effective=3, connected=6))
    with acting(manager, "test") as act:
        flags.put(act, other, Flag.DISPUTED, on=True)
        refresh.refresh(act.conn, [other], act.at)
    assert blocking(agent, other) == {"house.pause"}
    assert number(agent, who).callable_now


@pytest.mark.parametrize("at", [time(22), time(23, 30), time(7, 59), time(0, 30)])
@pytest.mark.parametrize("speaker", [Speaker.DEBTOR, Speaker.THIRD_PARTY])
def test_an_hour_outside_contact_hours_is_refused_at_the_field(agent, debtor, at, speaker):
    who = debtor()
    log = replace(ASKED, day=date(2026, 11, 24), at=at, speaker=speaker)
    log = log if speaker is Speaker.DEBTOR else replace(log, identity=IdentityCheck())
    phone = cases.open_case(agent, who).file.phones[0].id
    begun = calling.begin(agent, debtor_id=who, phone_id=phone)
    (finding,) = calling.check(agent, begun.attempt, log).refusals
    assert (finding.field_name, finding.message.code) == ("time", "calls.callback_outside_hours")
    assert finding.early, "said while one types"
    with pytest.raises(Refused) as refused:
        calling.finish(agent, begun.attempt.id, log)
    assert refused.value.field_name == "time"
    calling.finish(agent, begun.attempt.id, replace(log, at=time(8)))


def test_a_day_on_which_nobody_is_called_is_refused(agent, debtor, clock):
    clock.at = datetime(2027, 2, 4, 2, tzinfo=UTC)
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).file.phones[0].id)
    (finding,) = calling.check(agent, begun.attempt, replace(ASKED, day=date(2027, 2, 5))).refusals
    assert (finding.field_name, finding.message.code) == ("time", "calls.callback_closed_day")


def test_what_has_passed_is_refused_whatever_the_next_step(agent, debtor):
    who = debtor()
    with pytest.raises(Refused) as refused:
        call(agent, who, replace(ASKED, at=time(9), next_day=date(2026, 11, 25)))
    assert refused.value.field_name == "time"


def test_without_a_recording_the_form_says_what_that_means(agent, debtor):
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).file.phones[0].id)
    (finding,) = calling.check(agent, begun.attempt, replace(ASKED, recording="")).findings
    assert finding.message.code == "calls.callback_unproven"
    tomorrow = replace(ASKED, recording="", day=date(2026, 11, 24))
    assert calling.check(agent, begun.attempt, tomorrow).findings == ()


def test_a_promise_for_today_made_today_is_read_as_one(agent, debtor, clock):
    who, untouched = debtor(), debtor("王某")
    promise = replace(
        TALK,
        outcome=Outcome.PROMISE_FULL,
        amount=Money(3391162),
        day=TODAY,
        at=time(18),
        channel=PayChannel.BANK_APP,
        note="客户承诺今天下午六点前从手机银行还清。",
    )
    call(agent, who, promise)
    shut = (QueueClass.PROMISED_TODAY, "book.promised_today_shut")
    assert row(agent, who) == shut
    assert queueing.next_row(agent, after=untouched) is None, "nobody can be called about it today"
    assert who in {each.debtor_id for each in queueing.rows(agent, QueueFilter(promise_due=True))}
    clock.at = shanghai(18, 5)
    assert row(agent, who) == shut
    clock.at = shanghai(19)
    assert row(agent, who) == (QueueClass.BLOCKED, "book.blocked")
    clock.at = shanghai(9, day=24)
    assert row(agent, who) == (QueueClass.WAITING, "book.promise_passed")
