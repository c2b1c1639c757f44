"""A debtor of whom much is known: three accounts, four numbers and one of them shared, a flag raised and lifted, a
visit planned, a promise in another's place, a consent, the bank's counts."""

from datetime import time, timedelta

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import ConsentScope
from collector_desk.domain.visits.visit import PlaceKind, VisitPurpose
from collector_desk.domain.vocabulary import ArrearsReason, NumberKind, Outcome, PayChannel, Speaker
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.intake import counts
from collector_desk.services.permits import consents, tasks
from collector_desk.services.visits import visiting
from tests.samples import visit_story
from tests.samples.stories import Cast, Story

NUMBERS = (
    ("16188001001", NumberKind.MOBILE),
    ("16188001002", NumberKind.MOBILE),
    ("02088001003", NumberKind.HOME),
    ("16188001004", NumberKind.CONTACT),
)
SHARED = NUMBERS[1]
CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))


def promise(day, amount=500_000, note="客户说工资明天到账，先从手机银行还五千，已复述确认。") -> CallLog:
    return CallLog(
        Outcome.PROMISE_PART,
        Speaker.DEBTOR,
        CHECKED,
        90,
        note,
        ArrearsReason.WAITING_WAGES,
        amount=Money(amount),
        day=day,
        at=time(18, 0),
        channel=PayChannel.BANK_APP,
        recording="R-1",
    )


def dialled(seat, who):
    return calling.begin(seat, debtor_id=who, phone_id=cases.open_case(seat, who).next_number.phone.id).attempt


def lived(cast: Cast) -> str:
    """All of it comes to be known; returns the debtor's id."""
    agent, manager, debtor, clock = cast.agent, cast.manager, cast.debtor, cast.clock
    who = debtor(numbers=NUMBERS, days=75)
    debtor.another(who)
    debtor.another(who)
    other = debtor("王明", numbers=(SHARED,))
    for each in (other, who):
        calling.finish(agent, dialled(agent, each).id, CallLog(Outcome.NO_ANSWER))
    # a flag raised and lifted
    complaint = CallLog(
        Outcome.COMPLAINT,
        Speaker.DEBTOR,
        CHECKED,
        60,
        "客户投诉来电过于频繁，要求书面答复，已登记。",
        recording="R-0",
    )
    calling.finish(agent, dialled(agent, who).id, complaint)
    (task,) = tasks.open_tasks(manager)
    tasks.settle(manager, task.id, approve=True, reason="已电话答复客户，调整联系频次，客户认可。")
    # a visit asked for and planned
    clock.forward(days=1)
    visit_id, _ = visiting.request(
        agent, debtor_id=who, purpose=VisitPurpose.TALK, address=visit_story.ADDRESS, place=PlaceKind.HOME
    )
    visit_story.planned(manager, cast.team, visit_id)
    # a promise, and the one that takes its place
    calling.finish(agent, dialled(agent, who).id, promise(clock.now().date() + timedelta(days=2)))
    clock.forward(days=1)
    more = promise(
        clock.now().date() + timedelta(days=2), 600_000, "单位今天发了奖金，本人改为后天还六千，原约定作废。"
    )
    calling.finish(agent, dialled(agent, who).id, more)
    # what the debtor agreed to, and what the bank counted
    clock.forward(days=1)
    now = agent.now()
    words = consents.ConsentWish(
        ConsentScope.AGREED_HOURS, now, now + timedelta(days=7), "晚上打给我", "R-1", (time(20), time(21))
    )
    consents.note_consent(agent, who, words)
    (task,) = tasks.open_tasks(manager)
    tasks.settle(manager, task.id, approve=True, reason="已核听录音，客户确有此意")
    counts.enter(manager, who, effective=0, connected=1, as_of=now)
    return who


FULL_LIFE = Story(("agent", "team"), lived)
