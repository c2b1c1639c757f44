"""The way of a visit, step by step: what may follow what, and who may do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.people import PERMISSIONS, Act
from collector_desk.domain.visits.visit import Signature, Tap, TapKind, VisitPlan, VisitReport, VisitRequest
from collector_desk.domain.vocabulary import Role


class VisitState(StrEnum):
    """Where a visit stands."""

    REQUESTED = "requested"
    OPENED = "opened"
    REFUSED = "refused"
    PLANNED = "planned"
    SET_OUT = "set_out"
    ON_SITE = "on_site"
    DONE = "done"
    NOT_FOUND = "not_found"
    BROKEN_OFF = "broken_off"
    NOT_CARRIED_OUT = "not_carried_out"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    FILED = "filed"


OPEN_STATES = frozenset(VisitState) - {
    VisitState.REFUSED,
    VisitState.NOT_CARRIED_OUT,
    VisitState.ACCEPTED,
    VisitState.FILED,
}
"""Where a visit is under way: somebody has still something to do."""

GOING = (VisitState.PLANNED, VisitState.SET_OUT, VisitState.ON_SITE)
"""Where somebody is named for it and has not come back."""


class VisitStep(StrEnum):
    """What somebody does to a visit."""

    OPEN = "open"
    REFUSE = "refuse"
    PLAN = "plan"
    SET_OUT = "set_out"
    ARRIVE = "arrive"
    FINISH = "finish"
    FIND_NOBODY = "find_nobody"
    BREAK_OFF = "break_off"
    CALL_OFF = "call_off"
    REPORT = "report"
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    FILE = "file"


_S, _T = VisitState, VisitStep
_OVER = (_S.DONE, _S.NOT_FOUND, _S.BROKEN_OFF, _S.NOT_CARRIED_OUT)

NEXT: Mapping[tuple[VisitState, VisitStep], VisitState] = {
    (_S.REQUESTED, _T.OPEN): _S.OPENED,
    (_S.REQUESTED, _T.REFUSE): _S.REFUSED,
    (_S.OPENED, _T.PLAN): _S.PLANNED,
    (_S.OPENED, _T.CALL_OFF): _S.NOT_CARRIED_OUT,
    (_S.PLANNED, _T.PLAN): _S.PLANNED,  # planned anew
    (_S.PLANNED, _T.SET_OUT): _S.SET_OUT,
    (_S.PLANNED, _T.CALL_OFF): _S.NOT_CARRIED_OUT,
    (_S.SET_OUT, _T.ARRIVE): _S.ON_SITE,
    (_S.SET_OUT, _T.BREAK_OFF): _S.BROKEN_OFF,
    (_S.SET_OUT, _T.CALL_OFF): _S.NOT_CARRIED_OUT,
    (_S.ON_SITE, _T.FINISH): _S.DONE,
    (_S.ON_SITE, _T.FIND_NOBODY): _S.NOT_FOUND,
    (_S.ON_SITE, _T.BREAK_OFF): _S.BROKEN_OFF,
    **{(state, _T.REPORT): _S.REPORTED for state in (*_OVER, _S.SENT_BACK)},
    (_S.REPORTED, _T.REPORT): _S.REPORTED,  # written anew before everybody has signed
    (_S.REPORTED, _T.ACCEPT): _S.ACCEPTED,
    (_S.REPORTED, _T.SEND_BACK): _S.SENT_BACK,
    (_S.ACCEPTED, _T.FILE): _S.FILED,
}

_OPENING, _GOING, _REVIEWING = (PERMISSIONS[act] for act in (Act.OPEN_VISIT, Act.CARRY_OUT_VISIT, Act.REVIEW_VISIT))
WHO: Mapping[VisitStep, frozenset[Role]] = {
    _T.OPEN: _OPENING,
    _T.REFUSE: _OPENING,
    _T.PLAN: _OPENING,
    _T.SET_OUT: _GOING,
    _T.ARRIVE: _GOING,
    _T.FINISH: _GOING,
    _T.FIND_NOBODY: _GOING,
    _T.BREAK_OFF: _GOING,
    _T.CALL_OFF: _OPENING | _GOING,
    _T.REPORT: _GOING,
    _T.ACCEPT: _REVIEWING,
    _T.SEND_BACK: _REVIEWING,
    _T.FILE: _REVIEWING,
}
LEAST_PEOPLE = 2  # rule C14, hard: a pair or no visit
NEEDS_REASON = frozenset({_T.REFUSE, _T.CALL_OFF, _T.BREAK_OFF, _T.SEND_BACK})
SAYS_WHY = frozenset({TapKind.ASKED_TO_LEAVE, TapKind.CHILD})
"""Taps that are the reason for breaking off by themselves."""
OF_THE_TEAM_ONLY = frozenset({_T.SET_OUT, _T.ARRIVE, _T.FINISH, _T.FIND_NOBODY, _T.BREAK_OFF, _T.REPORT})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does a step, with the roles held at that moment."""

    person_id: str
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One line of a visit's history."""

    step: VisitStep
    by: str
    by_name: str
    at: datetime
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Review:
    """What the lead said of a report. ``marks`` names fields that want another look, with the words beside them."""

    accepted: bool
    by: str
    by_name: str
    at: datetime
    words: str = field(default="", repr=False)
    marks: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Visit:
    """The whole visit as one thing: it can be stored, hashed and carried (``plain.to_plain``/``from_plain``)."""

    visit_id: str
    debtor_id: str
    case_ids: tuple[str, ...]
    request: VisitRequest
    plan: VisitPlan | None = None
    taps: tuple[Tap, ...] = ()
    report: VisitReport | None = None
    signatures: tuple[Signature, ...] = ()
    review: Review | None = None
    history: tuple[StepTaken, ...] = ()

    @property
    def state(self) -> VisitState:
        """Where it stands: the history walked from the request on."""
        state = VisitState.REQUESTED
        for line in self.history:
            state = NEXT[state, line.step]
        return state


def objection(visit: Visit, step: VisitStep, actor: Actor, reason: str = "") -> Message | None:
    """Why this person may not do this step now; None where nothing is against it."""
    if (visit.state, step) not in NEXT:
        return msg("visits.step_not_now", step=step, state=visit.state)
    if not WHO[step] & actor.roles:
        return msg("visits.step_not_yours", step=step)
    team = {v.person_id for v in visit.plan.team} if visit.plan else set()
    if step in OF_THE_TEAM_ONLY and actor.person_id not in team:
        return msg("visits.not_of_the_team")
    if step in (_T.OPEN, _T.REFUSE, _T.PLAN) and actor.person_id == visit.request.requested_by:
        return msg("visits.own_request")
    if step in (_T.ACCEPT, _T.SEND_BACK) and actor.person_id in team:
        return msg("visits.own_report")
    if step is _T.SET_OUT and visit.plan is None:
        return msg("visits.plan_missing")
    if step is _T.ARRIVE and len(team & _arrived(visit)) < LEAST_PEOPLE:
        return msg("visits.one_person", least=LEAST_PEOPLE)
    if step is _T.REPORT and visit.report is None:
        return msg("visits.report_missing")
    tapped = step is _T.BREAK_OFF and {tap.kind for tap in visit.taps} & SAYS_WHY
    if step in NEEDS_REASON and not reason.strip() and not tapped:
        return msg("visits.reason_missing", step=step)
    return None


def _arrived(visit: Visit) -> set[str]:
    """Who stood at the door. A report handed in later may say honestly that one was alone: that is a finding."""
    arrivals = [tap for tap in visit.taps if tap.kind is TapKind.ARRIVED]
    last = max(arrivals, key=lambda tap: tap.at, default=None)
    if last is None or visit.plan is None:
        return set()
    return {member.person_id for member in visit.plan.team} if last.afterwards else set(last.present)


def take_step(visit: Visit, step: VisitStep, actor: Actor, at: datetime, reason: str = "") -> Visit:
    """The visit with one step more in its history. Raises Refused with the objection where it may not be done."""
    against = objection(visit, step, actor, reason)
    if against is not None:
        raise Refused(against.code, "step", **dict(against.params))
    line = StepTaken(step, actor.person_id, actor.name, at, reason.strip())
    return replace(visit, history=(*visit.history, line))
