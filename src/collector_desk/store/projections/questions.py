"""How each question to a bank stands, after what became of it."""

from collections.abc import Iterator

from collector_desk.domain.vocabulary import QuestionState
from collector_desk.store import tables as t
from collector_desk.store.projections.facts import Changed, Effect, Made, Recorded


def asked(line: Recorded) -> Iterator[Effect]:
    """It is on the list."""
    values = {"question_id": line["id"], "debtor_id": line["debtor_id"], "state": QuestionState.OPEN.value}
    yield Made(t.question_state, values)


def stands(line: Recorded) -> Iterator[Effect]:
    """It was sent, answered, closed, or its reason went."""
    yield Changed(t.question_state, line["question_id"], {"state": line["state"]})
