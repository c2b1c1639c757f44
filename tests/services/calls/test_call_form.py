from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.calls.promises import PromisePresets
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Outcome, PayChannel
from collector_desk.services.calls.live.form import Form

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PRESET = PromisePresets(Money(3391162), TODAY, date(2026, 11, 24), time(18))


def test_a_full_promise_brings_its_usual_values_and_a_part_takes_the_amount_away():
    form = Form()
    form.set_outcome(Outcome.PROMISE_FULL, PRESET, chosen=False)
    assert (form.amount, form.at, form.channel) == ("33,911.62", "18:00", PayChannel.BANK_APP.value)
    form.set_outcome(Outcome.PROMISE_PART, PRESET, chosen=True)
    assert (form.amount, form.at) == ("", "18:00")
    form.set_outcome(Outcome.REFUSES, PRESET, chosen=True)
    assert form.at == ""


def test_what_was_typed_stays():
    form = Form(amount="2000", at="15", channel=PayChannel.BRANCH.value)
    form.set_outcome(Outcome.PROMISE_FULL, PRESET, chosen=True)
    assert (form.amount, form.at, form.channel) == ("2000", "15", PayChannel.BRANCH.value)


def test_only_what_the_outcome_needs_goes_into_the_log():
    form = Form(amount="2000", day="24", at="15", channel=PayChannel.BRANCH.value, note="记下了")
    log = form.log(CallLog(Outcome.CALL_BACK), currency="CNY", now=NOW)
    assert (log.amount, log.channel) == (None, None)
    assert (log.day, log.at, log.note) == (date(2026, 11, 24), time(15), "记下了")


@pytest.mark.parametrize(
    ("field", "typed", "named"),
    [("amount", "two", "amount"), ("day", "soon", "date"), ("at", "evening", "time"), ("next_at", "x", "next")],
)
def test_what_can_not_be_read_is_refused_at_its_field(field, typed, named):
    form = Form(**{field: typed})
    with pytest.raises(Refused) as refused:
        form.log(CallLog(Outcome.PROMISE_FULL), currency="CNY", now=NOW)
    assert refused.value.field_name == named


@pytest.mark.parametrize(
    ("day", "at", "meant"),
    [("明早9点", "", "11-24 09:00"), ("", "30m", "11-23 10:30"), ("tomorrow", "noon", "11-24 12:00")],
)
@pytest.mark.parametrize("outcome", [Outcome.PROMISE_PART, Outcome.CALL_BACK])
def test_relative_words_are_read_in_either_field(outcome, day, at, meant):
    log = Form(amount="2000", day=day, at=at).log(CallLog(outcome), currency="CNY", now=NOW)
    assert f"{log.day:%m-%d} {log.at:%H:%M}" == meant
    step = Form(next_day=day, next_at=at).log(CallLog(Outcome.REFUSES), currency="CNY", now=NOW)
    assert f"{step.next_day:%m-%d} {step.next_time:%H:%M}" == meant


@pytest.mark.parametrize(
    ("field", "typed", "named"),
    [("at", "周一 18:00", "time"), ("day", "明天3点", "date"), ("next_day", "next friday", "next")],
)
def test_what_can_be_two_moments_is_refused_with_both(field, typed, named):
    with pytest.raises(Refused) as refused:
        Form(**{field: typed}).log(CallLog(Outcome.PROMISE_FULL), currency="CNY", now=NOW)
    assert refused.value.field_name == named
    assert {"first", "second"} <= set(refused.value.message.params)
