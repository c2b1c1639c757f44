"""Evidence: known by content, read for what it claims, shown without place and time, damage ending in words."""

import io
import random
import struct
import zlib
from datetime import UTC, datetime

import pytest
from PIL import ExifTags, Image

from collector_desk.documents import evidence
from collector_desk.documents.evidence import HEAD, Box, known_as, printable, read_photo, thumbnail
from collector_desk.documents.pictures import readable
from collector_desk.domain.message import Refused
from collector_desk.domain.visits.evidence import EvidenceFacts
from collector_desk.domain.visits.visit import EvidenceKind
from collector_desk.words.messages import LANGUAGES, render
from tests.samples import malformed
from tests.samples.visit_values import photo

FACTS = EvidenceFacts(EvidenceKind.PHOTO, "楼门")


def known(data: bytes) -> tuple[EvidenceKind, str]:
    return known_as(data[:HEAD], len(data), io.BytesIO(data))


def claims(data: bytes, *zone: str) -> EvidenceFacts:
    return read_photo(data, FACTS, *zone)[0]


def with_exif(offset: str | None = "+08:00", orientation: int = 1) -> bytes:
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste("red", (0, 0, 100, 75))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "SECRETCAM"
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = "2026:11:23 10:05:00"
    if offset:
        inner[ExifTags.Base.OffsetTimeOriginal] = offset
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps.update({1: "N", 2: (30.0, 35.0, 24.0), 3: "E", 4: (114.0, 18.0, 0.0)})
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif, comment=b"SECRETWORD", quality=95)
    return file.getvalue()


def test_place_and_time_are_read_and_the_copies_have_neither():
    data = with_exif()
    found, small = read_photo(data, FACTS)
    assert found.taken_at == datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
    assert (found.north_e6, found.east_e6) == (30_590_000, 114_300_000)
    assert (found.kind, found.caption, known(data)) == (*(FACTS.kind, FACTS.caption), (FACTS.kind, "image/jpeg"))
    assert small == thumbnail(data)
    for copy in (printable(data), thumbnail(data), readable(data)):
        assert b"SECRET" not in copy
        assert b"Exif" not in copy
        assert claims(copy) == FACTS


def test_a_time_without_zone_is_the_places_own():
    assert claims(with_exif(None)).taken_at == datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
    assert claims(with_exif(None), "Europe/Berlin").taken_at == datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


def test_a_photo_held_sideways_stands_upright():
    picture = Image.open(io.BytesIO(printable(with_exif(orientation=6))))
    assert picture.size == (300, 400)
    assert picture.getpixel((290, 10))[1] < 60  # the red corner turned with it


def test_boxes_hide_what_is_under_them_in_every_copy():
    data = with_exif()
    for make in (printable, thumbnail):
        picture = Image.open(io.BytesIO(make(data, (Box(250, 250, 0, 0),))))
        corner = picture.crop((0, 0, picture.width // 4 - 3, picture.height // 4 - 3))
        assert all(high < 60 for low, high in corner.getextrema())
        assert picture.getpixel((picture.width - 2, picture.height - 2))[0] > 240
    assert max(Image.open(io.BytesIO(thumbnail(photo(1, (2000, 900))))).size) == 240


@pytest.mark.parametrize(
    ("head", "kind", "media_type"),
    [
        (b"RIFF\0\0\0\0WAVEfmt ", "audio", "audio/wav"),
        (b"ID3\x04", "audio", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio", "audio/mpeg"),
        (b"\0\0\0\x18ftypM4A ", "audio", "audio/mp4"),
        (b"\0\0\0\x18ftypisom", "video", "video/mp4"),
        (b"OggS", "audio", "audio/ogg"),
        (b"%PDF-1.7", "document", "application/pdf"),
    ],
)
def test_files_are_known_by_content(head, kind, media_type):
    assert known(head + b"\0" * 40) == (kind, media_type)


@pytest.mark.parametrize(
    "data", [b"MZ\x90\0", b"PK\3\4", b"<svg>", b"#!/bin/sh", b"GIF89a", b"\xff", b"x", b"<?php"]
)
def test_what_is_no_evidence_is_refused(data):
    with pytest.raises(Refused, match="evidence_unknown"):
        known(data)


def test_limits(monkeypatch):
    with pytest.raises(Refused, match="evidence_empty"):
        known(b"")
    monkeypatch.setitem(evidence.MOST_BYTES, EvidenceKind.PHOTO, 1000)
    with pytest.raises(Refused, match="evidence_too_large"):
        known(photo(1))


def test_a_picture_that_claims_to_be_enormous_is_not_opened():
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(Refused):
        read_photo(bomb, FACTS)


def test_a_photo_is_read_to_its_end():
    data = photo(1, (2000, 900))
    read_photo(data, FACTS)
    for end in (len(data) // 2, len(data) - 300):
        with pytest.raises(Refused, match="evidence_damaged"):
            read_photo(data[:end], FACTS)


def seeds() -> list[bytes]:
    small = Image.effect_noise((40, 30), 60).convert("RGB")
    files = []
    for form, options in (("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("PNG", {"optimize": True})):
        file = io.BytesIO()
        small.save(file, form, **options)
        files.append(file.getvalue())
    files.append(with_exif())
    palette = io.BytesIO()
    small.quantize(16).save(palette, "PNG", transparency=3)
    wave = b"RIFF" + struct.pack("<I", 60) + b"WAVEfmt " + bytes(60)
    return [*files, palette.getvalue(), wave, b"ID3\x04" + bytes(80), b"\0\0\0\x18ftypM4A " + bytes(60)]


def spoilt(data: bytes, chance: random.Random) -> bytes:
    match chance.randrange(4):
        case 0:
            return data[: chance.randrange(len(data))]
        case 1:
            spot = chance.randrange(len(data))
            return data[:spot] + chance.randbytes(chance.randrange(1, 30)) + data[spot:]
        case 2:
            return data[:20] + chance.randbytes(len(data) - 20)
        case _:
            body = bytearray(data)
            for _ in range(chance.randrange(1, 12)):
                body[chance.randrange(len(body))] = chance.randrange(256)
            return bytes(body)


def test_ten_thousand_malformed_files_end_in_words_or_in_a_clean_copy():
    chance = random.Random(20261123)  # noqa: S311 -- the same files each time
    files = seeds()
    refused = 0
    for number in range(10_000):
        data = spoilt(files[number % len(files)], chance)
        try:
            if known(data)[0] is EvidenceKind.PHOTO:
                read_photo(data, FACTS)
                if number % 5 == 0:
                    assert printable(data)[:2] == b"\xff\xd8"
        except Refused:
            refused += 1
    assert 2_000 < refused < 9_500


def box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def brands(*names: bytes) -> bytes:
    return box(b"ftyp", names[0], bytes(4), *names[1:])


def track(sort: bytes) -> bytes:
    return box(b"trak", box(b"tkhd", bytes(20)), box(b"mdia", box(b"hdlr", bytes(8), sort, bytes(13))))


def film(*sorts: bytes) -> bytes:
    """Sound and pictures first, and behind them what they are, as phones write it."""
    return box(b"mdat", b"x" * 300) + box(b"moov", box(b"mvhd", bytes(100)), *map(track, sorts))


@pytest.mark.parametrize(
    ("head", "code", "form"),
    [
        (brands(b"heic", b"mif1", b"heic"), "visits.evidence.heic", ""),
        (brands(b"heix", b"mif1"), "visits.evidence.heic", ""),
        (brands(b"mif1", b"heic", b"miaf"), "visits.evidence.heic", ""),
        (brands(b"mif1"), "visits.evidence.heic", ""),
        (brands(b"msf1", b"hevc"), "visits.evidence.heic", ""),
        (brands(b"hevc", b"msf1", b"iso8"), "visits.evidence.heic", ""),
        (brands(b"avif", b"mif1", b"miaf"), "visits.evidence.avif", ""),
        (brands(b"avis", b"msf1", b"iso8"), "visits.evidence.avif", ""),
        (brands(b"mif1", b"miaf", b"avif"), "visits.evidence.avif", ""),
        (brands(b"crx ", b"crx ", b"isom"), "visits.evidence.raw", "CR3"),
        (b"II*\0\x10\0\0\0CR\2\0", "visits.evidence.raw", "CR2"),
        (b"II*\0\x08\0\0\0", "visits.evidence.raw", "DNG, TIFF"),
        (b"MM\0*\0\0\0\x08", "visits.evidence.raw", "DNG, TIFF"),
        (b"RIFF\x40\0\0\0WEBPVP8 ", "visits.evidence.other_picture", "WebP"),
        (b"RIFF\x40\0\0\0AVI LIST", "visits.evidence.other_video", "AVI"),
        (b"\x1aE\xdf\xa3\x9f", "visits.evidence.other_video", "MKV, WebM"),
        (brands(b"jxl ", b"jxl "), "documents.evidence_unknown", ""),
        (brands(b"zzzz"), "documents.evidence_unknown", ""),
    ],
)
@pytest.mark.parametrize("rest", [bytes(60), film(b"vide")], ids=["alone", "with a film behind"])
def test_pictures_that_cannot_be_shown_are_refused_by_their_name(head, code, form, rest):
    with pytest.raises(Refused) as caught:
        known(head + rest)
    assert caught.value.message.code == code
    for lang in LANGUAGES:
        words = render(caught.value.message, lang)
        assert code not in words
        assert form in words


@pytest.mark.parametrize(
    ("data", "kind", "media_type"),
    [
        (brands(b"3gp4", b"isom") + film(b"soun"), "audio", "audio/3gpp"),
        (brands(b"3gp5", b"isom") + film(b"vide", b"soun"), "video", "video/3gpp"),
        (brands(b"3g2a") + film(b"soun", b"meta"), "audio", "audio/3gpp"),
        (brands(b"isom", b"mp42") + film(b"soun"), "audio", "audio/mp4"),
        (brands(b"mp42", b"isom") + film(b"soun", b"vide"), "video", "video/mp4"),
        (brands(b"M4A ", b"mp42") + film(b"soun"), "audio", "audio/mp4"),
        (brands(b"M4B ") + bytes(60), "audio", "audio/mp4"),
        (brands(b"qt  ") + film(b"vide"), "video", "video/quicktime"),
        (brands(b"qt  ") + film(b"soun"), "audio", "audio/mp4"),
        (brands(b"CUST", b"mp42") + film(b"vide"), "video", "video/mp4"),
        (brands(b"mp42") + box(b"moov", track(b"soun"))[:-9], "video", "video/mp4"),
    ],
)
def test_sound_and_film_are_told_apart_by_what_is_in_the_boxes(data, kind, media_type):
    assert known(data) == (kind, media_type)


def test_boxes_that_lie_about_their_size_or_nest_for_ever_end_the_look():
    deep = b""
    for _ in range(3000):
        deep = box(b"moov", deep)
    for behind in (deep, struct.pack(">I", 7) + b"moov", struct.pack(">IIQ", 1, 0, 1 << 63), box(b"free") * 30_000):
        assert known(brands(b"isom") + behind)[1] == "video/mp4"


# --- photos of today's telephones --------------------------------------------------------------------------


@pytest.mark.parametrize(("wide", "high"), [(12_000, 9_000), (23_000, 4_700)], ids=["108 Mpx", "panorama"])
def test_a_photo_of_a_large_sensor_goes_in(wide: int, high: int) -> None:
    data = malformed.saved(Image.new("RGB", (wide, high), (120, 130, 140)), "JPEG")
    _, small = read_photo(data, FACTS)
    assert max(Image.open(io.BytesIO(small)).size) == 240
    boxed = Image.open(io.BytesIO(printable(data, [Box(0, 0, 500, 1000)])))
    assert max(boxed.getpixel((5, 5))) < 60
    assert min(boxed.getpixel((boxed.width - 5, 5))) > 100


def test_more_than_any_telephone_makes_is_refused() -> None:
    data = bytearray(malformed.saved(Image.new("RGB", (16, 16)), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = (20_000).to_bytes(2) + (20_000).to_bytes(2)
    with pytest.raises(Refused) as caught:
        read_photo(bytes(data), FACTS)
    assert caught.value.message.code == "documents.evidence_too_many_pixels"
