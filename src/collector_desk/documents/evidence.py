"""Evidence on its way in: what a file really is, what it says of place and time, and the copy fit to be shown.

Photos show strangers, plates and homes, and where someone was: sensitive (C28, C29). The original is kept as it
came (the caller stores it encrypted, under its SHA-256); what is shown or printed is a copy without place and time,
with boxes over what is nobody's business.
"""

import io
import struct
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image, ImageDraw, ImageOps

from collector_desk.documents.containers import in_boxes, refuse_by_name
from collector_desk.domain.message import Refused
from collector_desk.domain.visits.evidence import Box, EvidenceFacts, Printable
from collector_desk.domain.visits.visit import EvidenceKind

__all__ = [
    "DAMAGED",
    "MOST_BYTES",
    "PRINTED_EDGE",
    "Box",
    "known_as",
    "printable",
    "quiet",
    "read_photo",
    "thumbnail",
    "whole",
]

MOST_BYTES = {
    EvidenceKind.PHOTO: 40 << 20,
    EvidenceKind.AUDIO: 200 << 20,
    EvidenceKind.VIDEO: 500 << 20,
    EvidenceKind.DOCUMENT: 50 << 20,
}
MOST_PIXELS = {"JPEG": 250_000_000, "PNG": 60_000_000}
"""Above any telephone and its panoramas. A JPEG is decoded at the size it is wanted in, a PNG as a whole."""
Image.MAX_IMAGE_PIXELS = MOST_PIXELS["JPEG"]
# pixels; the first is 300 dots an inch over half a page, the last more than any screen shows at once
PRINTED_EDGE, _THUMB_EDGE, _WHOLE_EDGE = 1400, 240, 6000
HEAD = 64
"""Bytes by which a file is known."""
_QUALITY = 85
_Position = tuple[int, int] | tuple[None, None]  # north and east in millionths of a degree
# What Pillow raises for damaged files is not one family.
DAMAGED = (
    OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError, KeyError, ZeroDivisionError, AttributeError,
    MemoryError, OverflowError, RuntimeError, struct.error, Image.DecompressionBombError,
)  # fmt: skip


def read_photo(data: bytes, facts: EvidenceFacts, zone: str = "Asia/Shanghai") -> tuple[EvidenceFacts, bytes]:
    """Look at a photo once: the facts with the time and place it claims, which is no proof, and its small copy.

    A clock time without a zone in it is taken as one of ``zone``. Raises Refused where it is damaged or claims to
    be enormous.
    """
    picture = _open(data, _THUMB_EDGE)
    with quiet():
        taken_at, (north, east) = _claims(picture, ZoneInfo(zone))
    return replace(facts, taken_at=taken_at, north_e6=north, east_e6=east), _saved(picture, _THUMB_EDGE)


def known_as(head: bytes, size: int, file: BinaryIO | None = None) -> tuple[EvidenceKind, str]:
    """Kind and media type by a file's first ``HEAD`` bytes, never its name.

    Where these only name the wrapping, the tracks in ``file`` tell sound from film; its place is left as it was.
    Raises Refused: empty, of no kind that is evidence, or larger than its kind may be.
    """
    if not size:
        raise Refused("documents.evidence_empty", "evidence")
    known = _kind_of(head) or in_boxes(head, size, file)
    if known is None:
        refuse_by_name(head)
        raise Refused("documents.evidence_unknown", "evidence")
    if size > MOST_BYTES[known[0]]:
        raise Refused("documents.evidence_too_large", "evidence", most=MOST_BYTES[known[0]] >> 20)
    return known


def printable(data: bytes, boxes: Sequence[Box] = ()) -> Printable:
    """The copy for the PDF: upright, reduced, boxes filled, and nothing in the file but the picture itself."""
    return Printable(_copy(data, boxes, PRINTED_EDGE))


def thumbnail(data: bytes, boxes: Sequence[Box] = ()) -> bytes:
    """A small copy for lists, with the same boxes filled."""
    return _copy(data, boxes, _THUMB_EDGE)


def whole(data: bytes, boxes: Sequence[Box] = ()) -> bytes:
    """The copy to be looked at on the screen: as large as the picture is, with the same boxes filled."""
    return _copy(data, boxes, _WHOLE_EDGE)


def _copy(data: bytes, boxes: Sequence[Box], edge: int) -> bytes:
    picture = _open(data, edge)
    if boxes:
        wide, high = picture.size
        draw = ImageDraw.Draw(picture)
        for box in boxes:
            across, down = sorted((box.left, box.right)), sorted((box.top, box.bottom))
            start = (across[0] * wide // 1000, down[0] * high // 1000)
            end = (-(-across[1] * wide // 1000), -(-down[1] * high // 1000))
            draw.rectangle((start, end), fill=(30, 30, 30))
    return _saved(picture, edge)


def _saved(picture: Image.Image, edge: int) -> bytes:
    picture.thumbnail((edge, edge), Image.Resampling.BOX)
    clean = Image.new(
        "RGB", picture.size
    )  # a new picture has no EXIF, comment or profile that could be saved along
    clean.paste(picture)
    file = io.BytesIO()
    clean.save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()


@contextmanager
def quiet() -> Iterator[None]:
    """A damaged file must not also speak on the console, nor quote what is in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _open(data: bytes, edge: int) -> Image.Image:
    """The picture upright in RGB, read to its end, no smaller than ``edge`` where it is larger.

    Raises Refused where it is damaged or claims to be enormous.
    """
    try:
        with quiet(), Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            most = MOST_PIXELS[picture.format or "PNG"]
            if picture.width * picture.height > most:
                raise Refused("documents.evidence_too_many_pixels", "evidence", most=most // 1_000_000)
            picture.draft("RGB", (edge, edge))
            exif = picture.getexif()
            upright = _eight_bits(ImageOps.exif_transpose(picture))
            clear = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
            whole = upright.convert("RGBA" if clear else "RGB")
    except DAMAGED:
        raise Refused("documents.evidence_damaged", "evidence") from None
    if whole.mode == "RGBA":
        ground = Image.new("RGB", whole.size, "white")
        ground.paste(whole, mask=whole.getchannel("A"))
        whole = ground
    whole.info = {"exif_read": exif}
    return whole


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Grey of 16 bits as 8: converted as it is, all but the darkest would turn white."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda value: value / 256).convert("L")


def _claims(picture: Image.Image, zone: ZoneInfo) -> tuple[datetime | None, _Position]:
    exif = picture.info["exif_read"]
    try:
        inner = exif.get_ifd(ExifTags.IFD.Exif)
        taken = _instant(
            inner.get(ExifTags.Base.DateTimeOriginal), inner.get(ExifTags.Base.OffsetTimeOriginal), zone
        )
    except DAMAGED:
        taken = None
    try:
        place = _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except DAMAGED:
        place = None, None
    return taken, place


def _instant(text: Any, offset: Any, zone: ZoneInfo) -> datetime | None:
    if not isinstance(text, str):
        return None
    local = datetime.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 -- the zone follows
    if isinstance(offset, str) and offset.strip("\0 "):
        return datetime.fromisoformat(f"{local:%Y-%m-%dT%H:%M:%S}{offset.strip(chr(0) + ' ')}")
    return local.replace(tzinfo=zone)


def _place(gps: Any) -> _Position:
    if not gps or 2 not in gps or 4 not in gps:
        return None, None
    north = _degrees(gps[2]) * (-1 if str(gps.get(1, "N")).strip("\0 ") == "S" else 1)
    east = _degrees(gps[4]) * (-1 if str(gps.get(3, "E")).strip("\0 ") == "W" else 1)
    if abs(north) > 90 or abs(east) > 180:
        return None, None
    return round(north * 1_000_000), round(east * 1_000_000)


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (Fraction(str(float(part))) for part in parts)
    return float(degrees + minutes / 60 + seconds / 3600)


def _kind_of(head: bytes) -> tuple[EvidenceKind, str] | None:
    """What a file is by its first bytes; the name it carries is not asked."""
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return EvidenceKind.AUDIO, "audio/wav"
    if head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE6 in (0xE2, 0xE4, 0xE6):
        return EvidenceKind.AUDIO, "audio/mpeg"
    for mark, kind, media_type in _MARKS:
        if head.startswith(mark):
            return kind, media_type
    return None


_MARKS = (
    (b"\xff\xd8\xff", EvidenceKind.PHOTO, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", EvidenceKind.PHOTO, "image/png"),
    (b"ID3", EvidenceKind.AUDIO, "audio/mpeg"),
    (b"OggS", EvidenceKind.AUDIO, "audio/ogg"),
    (b"fLaC", EvidenceKind.AUDIO, "audio/flac"),
    (b"#!AMR", EvidenceKind.AUDIO, "audio/amr"),
    (b"%PDF-", EvidenceKind.DOCUMENT, "application/pdf"),
)
