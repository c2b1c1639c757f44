"""The settings in force and the placements' terms, after what was set."""

from collections.abc import Iterator

from collector_desk.store import tables as t
from collector_desk.store.projections.facts import Changed, Effect, Put, Recorded

OF_PLACEMENT = "placement."
"""What a key begins with that tells of a placement's terms; its id follows."""


def changed(line: Recorded) -> Iterator[Effect]:
    """The newest word on a key holds."""
    key, value = str(line["key"]), line["value"]
    if key.startswith(OF_PLACEMENT):
        terms = {"terms": value, "bank_name": value["bank_name"]}
        yield Changed(t.placement, key.removeprefix(OF_PLACEMENT), terms)
    elif line.own:
        yield Put(t.setting, {"key": key, "value": value})
