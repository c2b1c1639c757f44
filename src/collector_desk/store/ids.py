"""Ids of whatever may leave the machine: UUIDv7, so that packages merge without collisions and sort by time.

In Python an id is a ``str`` of 32 hex digits; in the file it takes 16 bytes, half of what the digits would. This
module is the one place that turns one into the other: by ``metadata.Id`` for every statement of Core, by ``packed``
and ``unpacked`` for the raw SQL of ``store``.
"""

import json
from collections.abc import Iterable

from uuid_utils import uuid7


def new_id() -> str:
    """A new id: 32 hex digits, its first 12 the milliseconds since 1970."""
    return uuid7().hex


def packed(row_id: str) -> bytes:
    """The id as the file holds it. ValueError for what is no id: nothing could ever be found by it."""
    raw = bytes.fromhex(row_id)
    if len(raw) != 16:
        raise ValueError("not an id")
    return raw


PLACE_OF_HEX = "unhex(?)"
"""Where a raw statement takes an id as Python holds it: for many rows at once this is quicker than ``packed``."""


def unpacked(raw: bytes) -> str:
    """The id as Python holds it."""
    return raw.hex()


def unpacked_if(raw: bytes | None) -> str | None:
    """The same of what may be none: nothing is called in here, for it is asked of every id that is read."""
    return None if raw is None else raw.hex()


def all_packed(ids: Iterable[str]) -> tuple[bytes, ...]:
    """The arguments of a raw statement over many ids."""
    return tuple(map(packed, ids))


def packed_list(ids: Iterable[str]) -> str:
    """Many ids as one argument: ``IN (SELECT unhex(value) FROM json_each(?))``. ValueError as ``packed``."""
    return json.dumps([packed(row_id).hex() for row_id in ids])
