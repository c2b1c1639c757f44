"""The turn a call takes when somebody speaks of ending their life: from wherever it stands to the words of care."""

from dataclasses import replace

from collector_desk.domain.calls.scripts import Phase, Stop, Walk
from collector_desk.domain.vocabulary import Outcome

__all__ = ["turned_to_care"]


def turned_to_care(walk: Walk) -> Walk:
    """The walk at the pack's step of care for a life at risk, its outcome with it; also after the last words.

    Where it stands there already it stays. Raises ValueError where the pack has no such words for who listens.
    """
    found = next(
        (
            (script.purpose, step.id)
            for script in walk.pack.scripts
            for step in script.steps
            if step.phase is Phase.CARE
            and walk.speaker in step.audience
            and any(branch.outcome is Outcome.RISK_TO_LIFE for branch in step.branches)
        ),
        None,
    )
    if found is None:
        raise ValueError("the pack has no words for a life at risk")
    left = replace(walk.here, outcome=Outcome.RISK_TO_LIFE)
    if found == (left.purpose, left.step) and not walk.ended:
        return replace(walk, stops=(*walk.stops[:-1], left))
    return replace(walk, stops=(*walk.stops[:-1], left, Stop(*found, walk.speaker)), extra=(), ended=False)
