"""How a promise stands, after its history."""

from collections.abc import Iterator

from collector_desk.domain.vocabulary import PromiseState
from collector_desk.store import tables as t
from collector_desk.store.projections.facts import Changed, Effect, Made, Recorded


def given(promise: Recorded) -> Iterator[Effect]:
    """It stands from the first, or waits for the lead."""
    yield Made(
        t.promise_state,
        {
            "promise_id": promise["id"],
            "case_id": promise["case_id"],
            "debtor_id": promise["debtor_id"],
            "state": PromiseState.PROPOSED if promise["needs_lead"] else PromiseState.OPEN,
            "followed_up": False,
            "due_at": promise["due_at"],
        },
    )


def became(event: Recorded) -> Iterator[Effect]:
    """What became of it."""
    yield Changed(t.promise_state, event["promise_id"], {"state": event["state"]})


def followed(line: Recorded) -> Iterator[Effect]:
    """Whether a talk followed it up once it was broken."""
    yield Changed(t.promise_state, line["promise_id"], {"followed_up": line["done"]})
