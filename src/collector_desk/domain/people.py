"""Who may do what (domain.md 1): one table of acts and roles, and the two-person rule."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.vocabulary import Role

JUNIOR_LIMIT_DAYS = 60
"""A junior agent works cases up to this many days past due (domain.md 1)."""


MIN_PASSWORD = 10
"""Characters a password needs at least: it is all that stands between a stolen disk and the debtors' data."""


class Act(StrEnum):
    """What a person can do in the program, as far as not everybody may."""

    WORK_CASE = "work_case"
    SEE_UNMASKED = "see_unmasked"
    TAKE_BACK = "take_back"
    REQUEST_VISIT = "request_visit"
    OPEN_VISIT = "open_visit"
    CARRY_OUT_VISIT = "carry_out_visit"
    REVIEW_VISIT = "review_visit"
    OVERRIDE_GATE = "override_gate"
    SETTLE_TASK = "settle_task"
    TAKE_OVER_CALL = "take_over_call"
    AGREE = "agree"
    IMPORT = "import"
    SET_PLACEMENT_TERMS = "set_placement_terms"
    SET_SHARE = "set_share"
    SET_QUEUE = "set_queue"
    SET_AGENCY = "set_agency"
    SET_EMERGENCY = "set_emergency"
    ANSWER_ALARM = "answer_alarm"
    MANAGE_PEOPLE = "manage_people"
    EDIT_PACKS = "edit_packs"
    RELEASE_PACKS = "release_packs"
    EDIT_TEAM_FORMS = "edit_team_forms"
    BACK_UP = "back_up"
    REPAIR_CLOCK = "repair_clock"
    PROVE_GUARANTEE = "prove_guarantee"
    EXPORT = "export"
    RELEASE_NOTES = "release_notes"
    CLOSE_CASE = "close_case"
    SETTLE_PAYMENT = "settle_payment"
    SEE_RETURNED = "see_returned"
    FREEZE_MONTH = "freeze_month"


_WORKERS = frozenset({Role.AGENT, Role.SENIOR_AGENT, Role.LEAD})
_DESK = _WORKERS | {Role.VISITOR, Role.MANAGER, Role.LEGAL}
_HEADS = frozenset({Role.LEAD, Role.MANAGER})

PERMISSIONS: dict[Act, frozenset[Role]] = {
    Act.WORK_CASE: _WORKERS,
    Act.SEE_UNMASKED: _DESK,
    Act.TAKE_BACK: _WORKERS,
    Act.REQUEST_VISIT: _WORKERS,
    Act.OPEN_VISIT: frozenset({Role.LEAD}),
    Act.CARRY_OUT_VISIT: frozenset({Role.VISITOR}),
    Act.REVIEW_VISIT: frozenset({Role.LEAD}),
    Act.OVERRIDE_GATE: frozenset({Role.LEAD}),
    Act.SETTLE_TASK: frozenset({Role.LEAD, Role.LEGAL}),
    Act.TAKE_OVER_CALL: frozenset({Role.LEAD}),
    Act.AGREE: frozenset({Role.LEAD}),
    Act.IMPORT: _HEADS,
    Act.SET_PLACEMENT_TERMS: _HEADS,
    Act.SET_SHARE: frozenset({Role.LEAD}),
    Act.SET_QUEUE: frozenset({Role.LEAD}),
    Act.SET_AGENCY: frozenset({Role.MANAGER}),
    Act.SET_EMERGENCY: _HEADS,
    Act.ANSWER_ALARM: frozenset({Role.LEAD}),
    Act.MANAGE_PEOPLE: frozenset({Role.MANAGER}),
    Act.EDIT_PACKS: _HEADS,
    Act.RELEASE_PACKS: frozenset({Role.MANAGER, Role.LEGAL}),
    Act.EDIT_TEAM_FORMS: frozenset({Role.LEAD}),
    Act.BACK_UP: _DESK,
    Act.REPAIR_CLOCK: frozenset({Role.LEAD}),
    Act.PROVE_GUARANTEE: frozenset({Role.SENIOR_AGENT, Role.LEAD}),
    Act.EXPORT: _HEADS,
    Act.RELEASE_NOTES: frozenset({Role.LEAD}),
    Act.CLOSE_CASE: frozenset({Role.LEAD}),
    Act.SETTLE_PAYMENT: _HEADS,
    Act.SEE_RETURNED: frozenset({Role.LEAD, Role.LEGAL}),
    Act.FREEZE_MONTH: frozenset({Role.LEAD}),
}


OWN_PASSWORD = frozenset(
    {
        Act.OPEN_VISIT,
        Act.REVIEW_VISIT,
        Act.OVERRIDE_GATE,
        Act.SETTLE_TASK,
        Act.AGREE,
        Act.SET_SHARE,
        Act.MANAGE_PEOPLE,
        Act.RELEASE_PACKS,
        Act.REPAIR_CLOCK,
        Act.PROVE_GUARANTEE,
        Act.CLOSE_CASE,
        Act.RELEASE_NOTES,
        Act.FREEZE_MONTH,
    }
)
"""What is confirmed in one's own name: who gave somebody their first password must not do it for them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who signs in to the store. ``number`` is the collector number said on the phone.

    ``badge_until`` is the last day of the badge shown on visits; None where nobody put it on file.
    ``first_password``: they still have the password that somebody gave them.
    """

    id: str
    name: str
    number: str
    roles: frozenset[Role]
    active: bool = True
    badge_until: date | None = None
    first_password: bool = False


class SeatLost(Trouble):
    """Who is signed in may not go on from here: their access was closed, or roles were taken from them.

    Whoever shows the seat (a window) signs it out and says why.
    """


def require_still(then: Person, now: Person | None) -> None:
    """Raise SeatLost where somebody is no longer what they were when they signed in. A role more is no loss."""
    if now is None or not now.active:
        raise SeatLost("office.seat_closed")
    if lost := then.roles - now.roles:
        raise SeatLost("office.roles_taken", roles=tuple(sorted(lost)))


def may(roles: Collection[Role], act: Act) -> bool:
    """Whether one of the roles allows the act."""
    return not PERMISSIONS[act].isdisjoint(roles)


def require(person: Person, act: Act) -> None:
    """Refuse an act that none of the person's roles allows, naming the roles that do."""
    if not may(person.roles, act):
        raise Refused(
            "office.not_allowed",
            act=act,
            roles=tuple(sorted(PERMISSIONS[act])),
        )
    if act in OWN_PASSWORD:
        require_own_password(person)


def require_own_password(person: Person) -> None:
    """Refuse who still has the password somebody gave them: that somebody could be the one who sits here."""
    if person.first_password:
        raise Refused("office.first_password")


def require_other(proposer_id: str, decider_id: str) -> None:
    """One person can't approve what they proposed, whatever roles they hold."""
    if proposer_id == decider_id:
        raise Refused("office.own_proposal")


def may_work_age(roles: Collection[Role], days_past_due: int) -> bool:
    """A junior agent works up to 60 days past due; senior agents and leads any age."""
    if Role.SENIOR_AGENT in roles or Role.LEAD in roles:
        return True
    return Role.AGENT in roles and days_past_due <= JUNIOR_LIMIT_DAYS
