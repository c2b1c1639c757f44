"""The figures by debtor, column by column, against those of the code before state was a projection (``d571c6f``).

``figures_before.json`` holds acts drawn at random, what that code refused of them, and what it said of each debtor
every 40 acts. The same acts are done here by today's. What rules changed on purpose since stands in ``MEANT``.
"""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel, Speaker
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.store import tables as t

BEFORE = Path(__file__).with_name("figures_before.json")
UNREACHED = {Outcome.NO_ANSWER, Outcome.BUSY, Outcome.OFF, Outcome.VOICEMAIL}
# --- the acts: also what the old code was driven by --------------------------------------------------------


def log_of(act):
    """The form as an act has it filled in."""
    outcome = Outcome(act["outcome"])
    if outcome in UNREACHED or outcome is Outcome.WRONG_NUMBER:
        return CallLog(outcome)
    day = date.fromisoformat(act["day"])
    promised = outcome in (Outcome.PROMISE_PART, Outcome.PROMISE_FULL)
    return CallLog(
        outcome,
        speaker=Speaker.DEBTOR,
        identity=IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
        talk_seconds=90,
        note=act["note"],
        reason=ArrearsReason.WAITING_WAGES,
        recording="R-1",
        amount=Money(act["amount"]) if promised else None,
        day=day if promised or outcome is Outcome.CALL_BACK else None,
        at=time(18) if promised else time(15) if outcome is Outcome.CALL_BACK else None,
        channel=PayChannel.BANK_APP if promised else None,
    )


def do(seat, who, act):
    """One call, and perhaps its outcome taken back; what was refused is told by its code."""
    told = []
    number = next(iter(cases.open_case(seat, who).numbers)).phone.id
    try:
        begun = calling.begin(seat, debtor_id=who, phone_id=number)
    except Refused as refused:
        return [refused.message.code.rpartition(".")[2]]
    try:
        calling.finish(seat, begun.attempt.id, log_of(act))
    except Refused as refused:
        told.append(refused.message.code.rpartition(".")[2])
        calling.finish(seat, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    if act["back"]:
        calling.take_back(seat)
        calling.finish(seat, begun.attempt.id, CallLog(Outcome.BUSY))
    return told


NAMES = (
    *("attempts", "contacts_this_week", "last_attempt_at", "last_outcome", "ever_reached", "promises_made"),
    *("promises_broken", "flags", "callback_at", "try_again_at", "can_pay_part", "lead_due", "cases"),
    *("balance_minor", "previous_overdue", "queue_class", "queue_back_at"),
)


def plain(name, value):
    if name == "queue_class":
        return QueueClass(value).name
    return value.isoformat() if isinstance(value, date | datetime) else value


def figures(seat, order):
    """What a store says of each debtor, in the order in which they came."""
    with seat.store.read() as conn:
        rows = {row["id"]: row for row in conn.execute(select(t.debtor)).mappings()}
        promises = conn.execute(select(t.promise_state).order_by(t.promise_state.c.due_at)).all()
        phones = conn.execute(select(t.phone).order_by(t.phone.c.position)).all()
    return [
        {
            **{name: plain(name, rows[who][name]) for name in NAMES},
            "promises": [[one.state, one.due_at.isoformat()] for one in promises if one.debtor_id == who],
            "numbers": [one.standing for one in phones if one.debtor_id == who],
        }
        for who in order
    ]


def lived(seat, debtor, clock, told):
    """Do the acts; what was refused, and the figures every so often."""
    order = [debtor(balance=balance, days=days) for balance, days in told["debtors"]]
    refusals, stages = [], []
    for number, act in enumerate(told["acts"]):
        clock.at = datetime.fromisoformat(act["at"])
        queueing.catch_up(seat)
        refusals.append(do(seat, order[act["who"]], act))
        if number % 40 == 39:
            stages.append(figures(seat, order))
    clock.forward(days=3)
    queueing.catch_up(seat)
    return refusals, [*stages, figures(seat, order)]


# --- against them ------------------------------------------------------------------------------------------
MEANT = {
    # column, before, now: which rule was changed on purpose since
    ("promises_made", "1", "0"): "a promise whose ground went (a dispute) is void and counts nowhere",
}
BY_THE_BANK = {"promises", "promises_broken", "queue_class", "queue_back_at"}
"""What differs of a debtor whose promise the clock alone had broken: it waits now for what the bank tells."""
STILL_OPEN = {(0, "open"), (0, "cancelled"), (0, "void")}


def test_the_figures_are_those_of_the_code_before(agent, debtor, clock):
    told = json.loads(BEFORE.read_text("utf-8"))
    clock.at = datetime.fromisoformat(told["acts"][0]["at"]) - timedelta(minutes=5)
    refusals, stages = lived(agent, debtor, clock, told)
    assert refusals == told["refusals"]
    pairs = [
        (before, now)
        for then, here in zip(told["stages"], stages, strict=True)
        for before, now in zip(then, here, strict=True)
    ]
    differ = {
        (name, str(before[name]), str(now[name]))
        for before, now in pairs
        for name in before
        if before[name] != now[name] and not (name in BY_THE_BANK and before["promises"] != now["promises"])
    }
    assert differ == set(MEANT)
    passed = [now for before, now in pairs if before["promises_broken"]]
    assert passed
    assert {(now["promises_broken"], state) for now in passed for state, _ in now["promises"]} <= STILL_OPEN
