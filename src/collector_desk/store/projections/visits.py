"""Where a visit stands, after its lines."""

from collections.abc import Iterator

from collector_desk.domain.states import VisitLine
from collector_desk.domain.visits.steps import VisitState
from collector_desk.store import tables as t
from collector_desk.store.projections.facts import Changed, Effect, Made, Recorded

_SHOWN = (VisitLine.TAP, VisitLine.SIGNATURE, VisitLine.SETTLED)
"""Lines that are no step and yet change what the list shows."""


def asked(visit: Recorded) -> Iterator[Effect]:
    """It is asked for."""
    yield Made(
        t.visit_state,
        {
            "visit_id": visit["id"],
            "issuer": visit["issuer"],
            "serial": visit["serial"],
            "debtor_id": visit["debtor_id"],
            "case_id": visit["case_id"],
            "state": VisitState.REQUESTED,
            "requested_by": visit.actor_id,
            "changed_at": visit.at,
        },
    )


def walked(line: Recorded) -> Iterator[Effect]:
    """A step, a plan, what was tapped at the door, what comes next."""
    kind = VisitLine(line["line_kind"])
    values: dict[str, object] = {}
    if kind is VisitLine.STEP:
        values = {"state": line["state"], "changed_at": line.at}
    elif kind is VisitLine.PLAN:
        values = {name: line[name] for name in ("lead_visitor_id", "companion_id", "planned_at")}
    elif kind is VisitLine.NEXT:
        values = {name: line[name] for name in ("next_step", "next_at")}
    elif kind in _SHOWN:
        values = {"changed_at": line.at}
    if values:
        yield Changed(t.visit_state, line["visit_id"], values)
