"""Photos looked at and copied by the reader's process: functions of ``documents.evidence``, asked from a window.

A picture that the reader can't bear is a damaged one, and said as such.
"""

from collections.abc import Sequence
from typing import Any

from collector_desk.domain.message import Refused, Trouble, msg
from collector_desk.domain.plain import from_plain, to_plain
from collector_desk.domain.visits.evidence import Box, EvidenceFacts, Printable
from collector_desk.parsing.process import READER

_NAME = msg("parsing.a_picture")
_UNBEARABLE = {"parsing.too_slow", "parsing.too_much", "parsing.broke_off", "parsing.fault"}


def read_photo(data: bytes, facts: EvidenceFacts, zone: str) -> tuple[EvidenceFacts, bytes]:
    """The facts with what the photo claims, and its small copy. Raises Refused, and ``parsing.not_started``."""
    plain, small = _asked("photo", data, {"facts": to_plain(facts), "zone": zone})
    return from_plain(EvidenceFacts, plain), small


def thumbnail(data: bytes, boxes: Sequence[Box] = ()) -> bytes:
    """A small copy for lists, with the boxes filled."""
    return _copy("thumbnail", data, boxes)


def printable(data: bytes, boxes: Sequence[Box] = ()) -> Printable:
    """The copy for the PDF, with the boxes filled."""
    return Printable(_copy("printable", data, boxes))


def whole(data: bytes, boxes: Sequence[Box] = ()) -> bytes:
    """The copy to be looked at on the screen, with the boxes filled."""
    return _copy("whole", data, boxes)


def _copy(which: str, data: bytes, boxes: Sequence[Box]) -> bytes:
    return _asked("copy", data, {"copy": which, "boxes": to_plain(tuple(boxes))})[1]


def _asked(what: str, data: bytes, more: dict[str, Any]) -> tuple[Any, bytes]:
    try:
        plain, before = READER.ask(what, _NAME, data, more)
    except Trouble as trouble:
        if trouble.message.code in _UNBEARABLE:
            raise Refused("documents.evidence_damaged", "evidence") from trouble
        raise
    return plain, before[0][1]
