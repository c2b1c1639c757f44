"""What lies in a file whose first bytes only name its wrapping: phones put photos, sound and film in like boxes.

An ISO base media file (ISO/IEC 14496-12) says by its brand what it is for, and by its tracks what is in it. A photo
taken for a film would have no small picture, no boxes over faces and no place in the report, so what can't be shown
is refused by its name, with what to do about it.
"""

from collections.abc import Iterator
from typing import BinaryIO

from collector_desk.domain.message import Refused
from collector_desk.domain.visits.visit import EvidenceKind

__all__ = ["in_boxes", "refuse_by_name"]

Known = tuple[EvidenceKind, str]

_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_AVIF = frozenset({b"avif", b"avis"})
_PICTURES = frozenset({b"mif1", b"mif2", b"msf1", b"miaf", b"MiHE", b"MiHB"})
"""Pictures of a coding that only the other brands tell; without one, HEIC is what phones mean."""
_SOUND = frozenset({b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"F4B "})
_FILM = frozenset(
    {
        *(
            b"isom",
            b"avc1",
            b"mp41",
            b"mp42",
            b"mp71",
            b"mmp4",
            b"MSNV",
            b"XAVC",
            b"F4V ",
            b"f4v ",
            b"dash",
            b"hvc1",
        ),
        *(b"iso" + bytes([sign]) for sign in b"23456789abc"),
        *(b"hvc1", b"M4V ", b"M4VH", b"M4VP", b"NDSC", b"NDSH", b"NDSM", b"NDXC", b"CAEP", b"pana"),
    }
)
_QUICKTIME = b"qt  "
_MOST_BOXES = 10_000  # of one file; a file with more is made to waste time
_MOST_DEPTH = 4
_WITHIN = frozenset({b"moov", b"trak", b"mdia"})

_FORMS: tuple[tuple[int, bytes, str, str], ...] = (
    (8, b"WEBP", "visits.evidence.other_picture", "WebP"),
    (8, b"AVI ", "visits.evidence.other_video", "AVI"),
    (0, b"\x1aE\xdf\xa3", "visits.evidence.other_video", "MKV, WebM"),
    (0, b"0&\xb2u\x8ef\xcf\x11", "visits.evidence.other_video", "WMV"),
    (0, b"FLV\x01", "visits.evidence.other_video", "FLV"),
    (0, b"FUJIFILMCCD-RAW", "visits.evidence.raw", "RAF"),
    (0, b"IIU\0", "visits.evidence.raw", "RW2"),
    (0, b"IIRO", "visits.evidence.raw", "ORF"),
    (0, b"II*\0", "visits.evidence.raw", "DNG, TIFF"),
    (0, b"MM\0*", "visits.evidence.raw", "DNG, TIFF"),
    (4, b"JXL \r\n\x87\n", "visits.evidence.other_picture", "JPEG XL"),
    (4, b"jP  \r\n\x87\n", "visits.evidence.other_picture", "JPEG 2000"),
)


def in_boxes(head: bytes, size: int, file: BinaryIO | None = None) -> Known | None:
    """What an ISO base media file is by its brands and, where ``file`` is given, by the tracks in it.

    None where it is no such file, or of a brand that is neither sound nor film. Raises Refused where it is a
    picture that can't be shown: HEIC, AVIF, a camera's raw form.
    """
    if head[4:8] != b"ftyp":
        return None
    brands = _brands(head)
    first = next((brand for brand in brands if brand in _PICTURES or _known(brand)), b"")
    if first in _PICTURES:
        first = next((brand for brand in brands if brand in _AVIF | _HEIC), b"heic")
    if first in _AVIF:
        raise Refused("visits.evidence.avif", "evidence")
    if first in _HEIC:
        raise Refused("visits.evidence.heic", "evidence")
    if first == b"crx ":
        raise Refused("visits.evidence.raw", "evidence", form="CR3")
    if not first:
        return None
    tracks = _tracks(file, size) if file is not None else set()
    sound = b"soun" in tracks and b"vide" not in tracks if tracks else first in _SOUND
    if first.startswith((b"3gp", b"3g2")):
        return (EvidenceKind.AUDIO, "audio/3gpp") if sound else (EvidenceKind.VIDEO, "video/3gpp")
    if sound:
        return EvidenceKind.AUDIO, "audio/mp4"
    return EvidenceKind.VIDEO, "video/quicktime" if first == _QUICKTIME else "video/mp4"


def refuse_by_name(head: bytes) -> None:
    """Raises Refused for pictures and films of a known form that can't be shown here, with what to do."""
    for start, mark, code, form in _FORMS:
        if head[start : start + len(mark)] == mark and (start != 8 or head.startswith(b"RIFF")):
            raise Refused(code, "evidence", form="CR2" if head[8:10] == b"CR" and start == 0 else form)


def _known(brand: bytes) -> bool:
    return (
        brand in _HEIC | _AVIF | _SOUND | _FILM | {_QUICKTIME, b"crx "}
        or (brand.startswith((b"3gp", b"3g2")) and len(brand) == 4)
    )  # fmt: skip


def _brands(head: bytes) -> list[bytes]:
    """The major brand, then those the file is compatible with, as far as ``head`` goes."""
    end = min(int.from_bytes(head[:4]), len(head))
    return [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]


def _tracks(file: BinaryIO, size: int) -> set[bytes]:
    """The sorts of tracks (``vide``, ``soun``) the file holds; none where its boxes don't fit together."""
    before = file.tell()
    try:
        return set(_handlers(file, 0, size, 0, [_MOST_BOXES]))
    finally:
        file.seek(before)


def _handlers(file: BinaryIO, at: int, end: int, depth: int, left: list[int]) -> Iterator[bytes]:
    while at + 8 <= end and left[0] > 0:
        left[0] -= 1
        file.seek(at)
        head = file.read(24)
        if len(head) < 8:
            return
        length, name, body = int.from_bytes(head[:4]), head[4:8], 8
        if length == 1:
            length, body = int.from_bytes(head[8:16]), 16
        elif length == 0:
            length = end - at
        if length < body or at + length > end:
            return
        if name in _WITHIN and depth < _MOST_DEPTH:
            yield from _handlers(file, at + body, at + length, depth + 1, left)
        elif name == b"hdlr" and depth and len(head) >= body + 12:
            yield head[body + 8 : body + 12]
        at += length
