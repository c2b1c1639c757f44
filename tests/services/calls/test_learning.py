"""What followed the answers that were used: each call counts once, a taken-back one not at all."""

import pytest

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Outcome, Role, Speaker
from collector_desk.services.book import cases
from collector_desk.services.calls import calling, learning
from collector_desk.services.calls.learning import FEW, CardUse, Followed


@pytest.fixture
def lead(seat_of):
    return seat_of("周组长", Role.LEAD)


def call(agent, clock, who, *cards, outcome=Outcome.HANGS_UP):
    """A call that met these cards and ended so."""
    phone = cases.open_case(agent, who).next_number.phone.id
    begun = calling.begin(agent, debtor_id=who, phone_id=phone)
    clock.forward(seconds=20)
    log = CallLog(
        outcome,
        speaker=Speaker.UNKNOWN,
        talk_seconds=20,
        recording="R-1",
        note="对方听到是催收就把电话挂断了。",
        path=("unchecked.greet:1", *(f"card:{card}" for card in cards)),
    )
    calling.finish(agent, begun.attempt.id, log)
    return begun.attempt.id


def test_each_call_counts_once_for_each_card_it_met(agent, lead, debtor, clock):
    call(agent, clock, debtor(), "forgot", "forgot", "no_money")
    call(agent, clock, debtor(), "no_money")
    call(agent, clock, debtor())
    found = learning.learnt(lead, "zh_CN")
    assert [(use.id, use.used, use.count(Followed.HUNG_UP)) for use in found.cards] == [
        ("no_money", 2, 2),
        ("forgot", 1, 1),
    ]
    assert found.every.used == 2
    assert found.cards[1].title != "forgot"
    assert found.cards[0].share(Followed.HUNG_UP) is None  # two calls say nothing


def test_a_call_taken_back_does_not_count(agent, lead, debtor, clock):
    call(agent, clock, debtor(), "forgot")
    calling.take_back(agent)
    assert learning.learnt(lead, "en").cards == ()


def test_the_period_is_counted_in_local_days(agent, lead, debtor, clock):
    call(agent, clock, debtor(), "forgot")
    clock.forward(days=6)
    assert learning.learnt(lead, "en", days=7).cards
    clock.forward(days=1)
    assert not learning.learnt(lead, "en", days=7).cards


def test_shares_come_with_enough_calls():
    few = CardUse("a", "A", FEW - 1, ((Followed.PROMISE, 3),))
    enough = CardUse("a", "A", FEW, ((Followed.PROMISE, 3),))
    assert (few.share(Followed.PROMISE), enough.share(Followed.PROMISE)) == (None, 30)


def test_agents_do_not_see_it(agent):
    with pytest.raises(Refused):
        learning.learnt(agent, "en")
