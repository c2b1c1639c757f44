"""Whether a recording holds any sound, and whether its tag holds what no tag should: looked at, never decoded.

A telephone that was out of space leaves a file with a head and nothing behind it; as evidence it would be a line in
the report that nobody can hear. A tag can carry a page or a program, which the next player may run.
"""

import re
from typing import BinaryIO

from collector_desk.domain.message import Refused

_LOOKED_AT = 1 << 20  # bytes in which the first frame has to begin
_MOST_TAG = 16 << 20
_ACTIVE = re.compile(
    rb"<\s?(?:script|iframe|object|embed|svg|html)\b|javascript:|vbscript:|MZ\x90\0|\x7fELF|#!/", re.IGNORECASE
)
_SYNC = re.compile(rb"\xff[\xe2-\xe7\xea-\xef\xf2-\xf7\xfa-\xff][^\xf0-\xff]", re.DOTALL)


def refuse_silent(media_type: str, file: BinaryIO, size: int) -> None:
    """Raises Refused where a recording has no frame in it, or a tag with something that could run. The place in
    ``file`` is left as it was."""
    before = file.tell()
    try:
        found = _LOOKS[media_type](file, size) if media_type in _LOOKS else True
    finally:
        file.seek(before)
    if not found:
        raise Refused("documents.evidence_no_sound", "evidence")


def _wave(file: BinaryIO, size: int) -> bool:
    file.seek(12)
    while file.tell() + 8 <= size:
        head = file.read(8)
        length = int.from_bytes(head[4:8], "little")
        if head[:4] == b"data":
            # a recorder that was cut off never came to write the length
            return (length or size - file.tell()) > 0 and file.tell() < size
        file.seek(length + length % 2, 1)
    return False


def _mpeg(file: BinaryIO, size: int) -> bool:
    start = 0
    file.seek(0)
    head = file.read(10)
    if head[:3] == b"ID3" and len(head) == 10:
        long = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        tag = file.read(min(long, _MOST_TAG))
        if b"GEOB" in tag or _ACTIVE.search(_without_pictures(tag)):
            raise Refused("documents.evidence_tag", "evidence")
        start = 10 + long
    if start >= size:
        return False
    file.seek(start)
    return _SYNC.search(file.read(_LOOKED_AT)) is not None


def _without_pictures(tag: bytes) -> bytes:
    """The tag's words: a cover is any bytes."""
    return tag.split(b"APIC", 1)[0]


def _amr(_file: BinaryIO, size: int) -> bool:
    return size > len(b"#!AMR-WB\n")


def _ogg(file: BinaryIO, size: int) -> bool:
    """Whether some page behind the heads ends at a sample beyond the first."""
    file.seek(0)
    at, pages = 0, 0
    while at + 27 <= size and pages < 10_000:
        file.seek(at)
        head = file.read(27)
        if head[:4] != b"OggS":
            return pages > 0  # damaged further in: whoever plays it will say
        lengths = file.read(head[26])
        if 0 < int.from_bytes(head[6:14], "little") < (1 << 63):
            return True
        at += 27 + len(lengths) + sum(lengths)
        pages += 1
    return pages >= 10_000


def _flac(file: BinaryIO, size: int) -> bool:
    at = 4
    while at + 4 <= size:
        file.seek(at)
        head = file.read(4)
        at += 4 + int.from_bytes(head[1:4])
        if head[0] & 0x80:
            return at < size
    return False


_LOOKS = {
    "audio/wav": _wave,
    "audio/mpeg": _mpeg,
    "audio/amr": _amr,
    "audio/ogg": _ogg,
    "audio/flac": _flac,
}
