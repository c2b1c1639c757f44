from datetime import date, time

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.calls.promises import PromisePresets
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Outcome, PayChannel
from collector_desk.services.calls.live.form import Form

TODAY = date(2026, 11, 23)
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
    log = form.log(CallLog(Outcome.CALL_BACK), currency="CNY", today=TODAY)
    assert (log.amount, log.channel) == (None, None)
    assert (log.day, log.at, log.note) == (date(2026, 11, 24), time(15), "记下了")


@pytest.mark.parametrize(
    ("field", "typed", "named"),
    [("amount", "two", "amount"), ("day", "soon", "date"), ("at", "evening", "time"), ("next_at", "x", "next")],
)
def test_what_can_not_be_read_is_refused_at_its_field(field, typed, named):
    form = Form(**{field: typed})
    with pytest.raises(Refused) as refused:
        form.log(CallLog(Outcome.PROMISE_FULL), currency="CNY", today=TODAY)
    assert refused.value.field_name == named
