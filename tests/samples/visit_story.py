"""A visit brought as far as a test wants it, by the services themselves."""

from datetime import timedelta

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.visits.visit import (
    AddressFinding,
    Agreed,
    Identified,
    PlaceKind,
    Relation,
    SignedHow,
    Tap,
    TapKind,
    VisitOutcome,
    VisitPlan,
    VisitPurpose,
    VisitReport,
)
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.visits import visiting
from tests.samples.store import TEN_IN_SHANGHAI
from tests.samples.stories import Story

NEXT_DAY = TEN_IN_SHANGHAI + timedelta(days=1, minutes=10)
ADDRESS = "广州市天河区和平街25号9栋2601室"


def requested(agent, debtor_id, address=ADDRESS) -> str:
    """Asked for after a call that reached nobody; returns the visit's id."""
    begun = calling.begin(
        agent, debtor_id=debtor_id, phone_id=cases.open_case(agent, debtor_id).next_number.phone.id
    )
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    return visiting.request(
        agent, debtor_id=debtor_id, purpose=VisitPurpose.TALK, address=address, place=PlaceKind.HOME
    )[0]


def planned(manager, team, visit_id, *, hours=24, address=ADDRESS) -> VisitPlan:
    """Named for the pair, by default for the same time tomorrow."""
    first, second = (visiting.visitor(seat.person) for seat in team)
    start = manager.now() + timedelta(hours=hours)
    plan = VisitPlan(first, second, start, start + timedelta(hours=1), address, authority_letter="授权书 12 号")
    visiting.open_and_plan(manager, visit_id, plan)
    return plan


def arrived(team, visit_id) -> None:
    """Both stand at the door."""
    both = tuple(seat.person.id for seat in team)
    now = team[0].now()
    visiting.tap(team[0], visit_id, Tap(TapKind.SET_OUT, now - timedelta(minutes=30), "", both))
    visiting.tap(team[0], visit_id, Tap(TapKind.ARRIVED, now, "", both))


def at_the_door(cast, name="朱雪彩") -> str:
    """Asked for, planned, and a day later the pair stands there; returns the visit's id."""
    visit_id = requested(cast.agent, cast.debtor(name, days=75))
    planned(cast.manager, cast.team, visit_id)
    cast.clock.forward(days=1)
    arrived(cast.team, visit_id)
    return visit_id


ASKED_FOR = Story(("agent",), lambda cast: requested(cast.agent, cast.debtor("朱雪彩", days=75)))
AT_THE_DOOR = Story(("agent", "team"), at_the_door)


def not_found(team, **changes) -> VisitReport:
    """A report of a visit that met nobody."""
    now = team[0].now()
    values = {
        "outcome": VisitOutcome.NOT_FOUND,
        "set_out_at": now - timedelta(minutes=30),
        "arrived_at": now,
        "left_at": now + timedelta(minutes=5),
        "present": tuple(seat.person.id for seat in team),
        "address": AddressFinding.RIGHT,
        "outcome_reason": "按门铃两次无人应答，未留任何纸张。",
        "recorded_where": "记录仪 3 号",
        "next_step": "改日电话联系",
    }
    return VisitReport(**values | changes)


def signed(team, visit_id) -> None:
    """Reported and signed by both."""
    visiting.hand_in(team[0], visit_id, not_found(team))
    for seat in team:
        visiting.sign(seat, visit_id, how=SignedHow.PASSWORD)


def promised_at_the_door(manager, team, visit_id, clock) -> None:
    """The pair meets the debtor, who promises 5,000; the lead takes the report."""
    clock.at = max(clock.at, NEXT_DAY)
    said = not_found(
        team,
        outcome=VisitOutcome.DONE,
        outcome_reason="",
        met=Relation.DEBTOR,
        identified=Identified.ID_CARD_SEEN,
        debt_disclosed=True,
        said="客户说本周内先还五千元。",
        arrears_reason=ArrearsReason.WAITING_WAGES,
        agreed=Agreed.PROMISE,
        promise_amount=Money(500_000),
        promise_on=manager.today() + timedelta(days=2),
        promise_channel=PayChannel.BANK_APP,
    )
    clock.forward(minutes=10)
    visiting.hand_in(team[0], visit_id, said)
    for seat in team:
        visiting.sign(seat, visit_id, how=SignedHow.PASSWORD)
    visiting.review(manager, visit_id, accepted=True, words="内容完整")
