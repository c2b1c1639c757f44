"""How a window and its reader talk: a head of plain JSON and the bytes behind it, each with its length in front."""

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">IQ")
MOST_HEAD = 256 << 20
MOST_BODY = 1 << 30
"""Bytes; a frame that claims more is none of ours."""

Head = dict[str, Any]


def write(file: BinaryIO, head: Mapping[str, Any], body: bytes = b"") -> None:
    """Send one frame. Raises OSError where nobody listens any more."""
    plain = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    file.write(_LENGTHS.pack(len(plain), len(body)) + plain)
    if body:
        file.write(body)
    file.flush()


def read(file: BinaryIO) -> tuple[Head, bytes] | None:
    """The next frame; None where the other side is gone, be it amid one. Raises ValueError for others."""
    start = _exactly(file, _LENGTHS.size)
    if start is None:
        return None
    wide, long = _LENGTHS.unpack(start)
    if wide > MOST_HEAD or long > MOST_BODY:
        raise ValueError("no frame of ours")
    plain = _exactly(file, wide)
    body = _exactly(file, long)
    if plain is None or body is None:
        return None
    head = json.loads(plain.decode("utf-8", "surrogatepass"))
    if not isinstance(head, dict):
        raise ValueError("a frame without a head")  # noqa: TRY004 -- what was read is at fault, not the caller
    return head, body


def _exactly(file: BinaryIO, size: int) -> bytes | None:
    found = file.read(size)
    return found if len(found) == size else None
