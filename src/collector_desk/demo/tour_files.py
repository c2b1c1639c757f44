"""The files a tour leaves behind: it replaces what an earlier tour left there, and nothing of anybody else's."""

import json
from contextlib import suppress
from pathlib import Path

from collector_desk.exchange import outgoing

LIST = "tour.json"
MARK = "Collector Desk tour"
"""Stands in every picture's own words, so that a tour broken off can be told from somebody's photographs."""
_HEAD = 4000  # bytes of a picture within which its words stand


class TourFiles:
    """Writes into one folder. Raises Trouble where that is a store's, or something else has a name it needs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        outgoing.refuse_inside_store(folder / LIST)
        outgoing.make_folder(folder)
        self._earlier = _listed(folder / LIST)
        if not self._earlier:
            outgoing.check(folder / LIST)  # somebody else's list: said before the tour, not after it

    def put(self, name: str, data: bytes) -> None:
        """Write one file."""
        path = self._folder / name
        outgoing.write(path, data, replace=name in self._earlier or _is_picture_of_ours(path))


def _listed(path: Path) -> frozenset[str]:
    """What an earlier tour's list names, the list with it; nothing where it is none of ours."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        whole = json.loads(path.read_text("utf-8"))
        if "collector_desk" in whole["versions"]:
            pictures = [step["picture"] for step in whole["steps"]] + [whole["pdf"]]
            more = [name for step in whole["steps"] for name in step["more_pictures"]]
            return frozenset({LIST, *filter(None, [*pictures, *more])})
    return frozenset()


def _is_picture_of_ours(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as file:
        return MARK.encode() in file.read(_HEAD)
    return False
