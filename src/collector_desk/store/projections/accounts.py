"""How an account stands, after what the bank said of it."""

from collections.abc import Iterator

from collector_desk.domain.book.closing import STATE_AFTER, Ending
from collector_desk.store import tables as t
from collector_desk.store.projections.facts import Changed, Effect, Recorded


def ended(event: Recorded) -> Iterator[Effect]:
    """Closed, or open again, and what is owed from then on."""
    values = {"state": STATE_AFTER[Ending(event["event"])], "balance_minor": event["owed_minor"]}
    yield Changed(t.account_case, event["case_id"], values)


def spoken_of(line: Recorded) -> Iterator[Effect]:
    """What the bank's last word lets hold: nobody collects since a day, the mandate ends on a day of its own."""
    values = {name: line[name] for name in ("stopped_on", "mandate_ends")}
    yield Changed(t.account_case, line["case_id"], values)
