"""The conduct gate asked about a visit: for the planned hour, at setting out, and at the door."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from collector_desk.domain.conduct import Action, Decision, PlannedVisit, Reason, decide
from collector_desk.domain.conduct.owed import NOTHING_TO_COLLECT
from collector_desk.domain.conduct.rules import ContactWindow, VisitRule
from collector_desk.domain.conduct.values import Purpose
from collector_desk.domain.message import Message, Refused
from collector_desk.domain.visits.checks import VisitRules
from collector_desk.domain.visits.visit import VisitPlan as Plan
from collector_desk.domain.vocabulary import Addressee, Channel, Verdict
from collector_desk.services.desk import standing
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.gate import answers
from collector_desk.services.gate.answers import GateRefused, strictest_reason
from collector_desk.services.gate.facts import active_packs, facts_of
from collector_desk.store.engine import Connection

_NO = frozenset({Verdict.BLOCK, Verdict.ASK})
_VISIT = Action(Channel.VISIT, Addressee.DEBTOR)


class VisitRefused(GateRefused):
    """The gate said no to a visit, in a visit's words: why, and from when on it is possible."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision)
        first = strictest_reason(decision)
        if decision.next_allowed_at:
            Refused.__init__(
                self, "visits.visiting.gate_until", "start", why=first.detail, until=decision.next_allowed_at
            )
        else:
            Refused.__init__(self, "visits.visiting.gate", "start", why=first.detail)
        self.decision = decision


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gate says of an hour, for the form. ``open_until``: when the visit has to be over."""

    allowed: bool
    reasons: tuple[Reason, ...]
    next_allowed_at: datetime | None
    open_until: datetime | None


def look(seat: Seat, debtor_id: str, at: datetime) -> Answer:
    """What the gate says of a visit to this debtor at that time; only looked at, nothing is kept."""
    with seat.store.read() as conn:
        decision = judge(conn, seat, debtor_id, at, seat.now())
    telling = tuple(one for one in decision.reasons if one.verdict is not Verdict.ALLOW)
    return Answer(decision.verdict not in _NO, telling, decision.next_allowed_at, decision.close_by)


def nothing_owed(seat: Seat, debtor_id: str) -> Message | None:
    """Why there is nothing to collect at this door, whatever was planned; None where there is."""
    found = (one.detail for one in look(seat, debtor_id, seat.now()).reasons if one.rule == NOTHING_TO_COLLECT)
    return next(found, None)


def judge(
    conn: Connection,
    seat: Seat,
    debtor_id: str,
    at: datetime,
    now: datetime,
    *,
    details: PlannedVisit | None = None,
) -> Decision:
    """Ask the packs about a visit to this debtor at ``at``, by what is on file ``now``."""
    against = standing.doubt(seat, conn)
    facts = facts_of(conn, debtor_id, now, store_doubt=against)
    action = Action(
        Channel.VISIT, Addressee.DEBTOR, purpose=Purpose.COLLECT, actor_id=seat.person.id, visit=details
    )
    return decide(action, facts, active_packs(conn), at)


def keep(act: Writing, debtor_id: str, decision: Decision) -> bool:
    """Keep the gate's answer in the history, whatever it is; says whether the visit may be made."""
    answers.keep(act, debtor_id, _VISIT, decision)
    return decision.verdict not in _NO


def at_the_door(plan: Plan, people: int, at: datetime) -> PlannedVisit:
    """The visit as the rules want to know it now: how many are there, and with which papers in date."""
    today = at.astimezone(ZoneInfo(plan.zone)).date()
    carried = {"authorisation_letter"} if plan.authority_letter.strip() else set()
    if all(member.badge_until is None or member.badge_until >= today for member in plan.team):
        carried.add("badge")
    # At the door nobody has gone in; whether they may is asked there, each time.
    return PlannedVisit(people=people, place="doorstep", carried=frozenset(carried))


def rules(conn: Connection) -> VisitRules:
    """The figures a report is judged by, as the packs in use have them; the strictest of each."""
    earliest, latest, minutes, people = time(0), None, [VisitRules().most_minutes_inside], [2]
    for pack in active_packs(conn):
        for rule in pack.rules:
            if isinstance(rule, ContactWindow) and Channel.VISIT in rule.channels and not rule.zones_only:
                if rule.calendar is None:
                    earliest = max(earliest, _clock(rule.start))
                    latest = min(latest or _clock(rule.end), _clock(rule.end))
            elif isinstance(rule, VisitRule):
                minutes += [rule.max_minutes] if rule.max_minutes else []
                people.append(rule.min_people)
    return VisitRules(earliest, latest or VisitRules().latest, min(minutes), max(people))


def _clock(seconds: int) -> time:
    """A wall clock's time from seconds of the day; a day's end is its last second."""
    seconds = min(seconds, 86_399)
    return time(seconds // 3600, seconds % 3600 // 60, seconds % 60)
