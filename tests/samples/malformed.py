"""Photos, recordings and papers that are not what they seem: crafted ones, and good ones spoilt by chance."""

import io
import random
import struct
import wave
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

EXIF, GPS, ORIENTATION, TAKEN = 0x8769, 0x8825, 0x0112, 0x9003


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def small() -> Image.Image:
    return Image.effect_noise((48, 36), 70).convert("RGB")


def exif_of(**values: object) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = values.get("orientation", 6)
    exif.get_ifd(EXIF)[TAKEN] = values.get("taken", "2026:11:24 10:05:00")
    exif.get_ifd(GPS).update(values.get("gps") or {1: "N", 2: (23.0, 8.0, 0.0), 3: "E", 4: (113.0, 18.0, 0.0)})
    return exif


def hum(frames: int = 400, **options: object) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(bytes(range(200)) * (frames // 100))
    return file.getvalue()


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(wide: int, high: int, rows: bytes, *more: bytes, depth: int = 8, colour: int = 2) -> bytes:
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, depth, colour, 0, 0, 0))
    parts = [b"\x89PNG\r\n\x1a\n", head, *more, png_chunk(b"IDAT", zlib.compress(rows)), png_chunk(b"IEND", b"")]
    return b"".join(parts)


def jpeg_with(app1: bytes) -> bytes:
    """A good JPEG with that APP1 segment put into it."""
    plain = saved(small(), "JPEG")
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(app1) + 2) + app1 + plain[2:]


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("nulls", bytes(4 << 20))
    return file.getvalue()


def crafted() -> dict[str, bytes]:
    """By name: what somebody builds on purpose, and what cameras really write."""
    plain, zero = saved(small(), "JPEG"), IFDRational(1, 0)
    looping = b"Exif\0\0II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1)
    looping += struct.pack("<HHII", EXIF, 4, 1, 8) + struct.pack("<I", 8)
    endless = b"Exif\0\0II*\0" + struct.pack("<I", 8) + struct.pack("<H", 0xFFFF)
    bomb = png_chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(64 << 20)))
    text = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(64 << 20)))
    apng = io.BytesIO()
    small().save(apng, "PNG", save_all=True, append_images=[small(), small()], duration=40)
    mpo = io.BytesIO()
    small().save(mpo, "MPO", save_all=True, append_images=[small()])
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "<script>alert(1)</script>" * 9)
    deep = Image.frombytes("I;16", (8, 6), bytes(range(96)))
    grey = Image.new("LA", (9, 9), (90, 30))
    return {
        "empty": b"",
        "claims 100000 by 100000": png(100_000, 100_000, bytes(100)),
        "claims a width of nothing": png(0, 4, b""),
        "claims the largest numbers": png(0x7FFFFFFF, 0x7FFFFFFF, b"\0"),
        "jpeg of 65500 by 65500": plain[: plain.index(b"\xff\xc0") + 5]
        + struct.pack(">HH", 65500, 65500)
        + plain[plain.index(b"\xff\xc0") + 9 :],
        "a picture of nothing much": png(5000, 5000, bytes(5000 * 15001)),
        "profile that swells": png(2, 2, bytes(14), bomb),
        "text that swells": png(2, 2, bytes(14), text),
        "data that swells": png(2, 2, bytes(32 << 20)),
        "words for a browser": saved(small(), "PNG", pnginfo=info),
        "moving": apng.getvalue(),
        "several pictures": mpo.getvalue(),
        "four colours of ink": saved(small().convert("CMYK"), "JPEG"),
        "grey": saved(small().convert("L"), "JPEG"),
        "sixteen bits grey": saved(deep, "PNG"),
        "sixteen bits colour": png(4, 4, bytes(100), depth=16),
        "one bit": saved(small().convert("1"), "PNG"),
        "palette, see-through": saved(small().quantize(9), "PNG", transparency=2),
        "grey, see-through": saved(grey, "PNG"),
        "orientation 9": saved(small(), "JPEG", exif=exif_of(orientation=9)),
        "orientation 0": saved(small(), "JPEG", exif=exif_of(orientation=0)),
        "no such day": saved(small(), "JPEG", exif=exif_of(taken="2026:99:99 77:00:00")),
        "a day in words": saved(small(), "JPEG", exif=exif_of(taken="昨天")),
        "place by zero": saved(small(), "JPEG", exif=exif_of(gps={1: "N", 2: (zero,) * 3, 3: "E", 4: (zero,) * 3})),
        "place off the world": saved(
            small(), "JPEG", exif=exif_of(gps={1: "N", 2: (99.0, 0.0, 0.0), 3: "E", 4: (999.0, 0.0, 0.0)})
        ),
        "half a place": saved(small(), "JPEG", exif=exif_of(gps={1: "N", 2: (9.0,), 3: "E", 4: ()})),
        "exif that points to itself": jpeg_with(looping),
        "exif without end": jpeg_with(endless),
        "exif of noise": jpeg_with(b"Exif\0\0" + random.Random(3).randbytes(900)),  # noqa: S311 -- any noise
        "jpeg and zip": plain + archive(),
        "zip": archive(),
        "pdf in a jpeg": plain[:20] + b"\xff\xfe\0\x0b%PDF-1.7\n" + plain[20:],
        "web page": b"<html><script>",
        "program": b"MZ\x90\0" + bytes(90),
        "pdf of two words": b"%PDF-1.7\nhello",
        "wave that claims four gigabytes": b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0"
        + bytes(8)
        + b"data\xff\xff\xff\xff",
        "mp4 of one box": b"\0\0\0\x18ftypisom" + bytes(12),
        "ID3 without end": b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + bytes(40),
        "ogg, cut": b"OggS\0\x02" + bytes(9),
        "flac, cut": b"fLaC\0\0\0\x22" + bytes(9),
        "amr, cut": b"#!AMR\n\x3c",
    }


def seeds() -> list[bytes]:
    """Good files of every kind, to be spoilt."""
    return [
        saved(small(), "JPEG"),
        saved(small(), "JPEG", progressive=True, exif=exif_of()),
        saved(small().convert("CMYK"), "JPEG"),
        saved(small(), "PNG"),
        saved(small().quantize(16), "PNG", transparency=3),
        saved(Image.frombytes("I;16", (8, 6), bytes(range(96))), "PNG"),
        hum(),
        b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + b"\xff\xfb\x90\0" + bytes(413),
        b"\0\0\0\x18ftypM4A " + bytes(90),
        b"\0\0\0\x18ftypisom" + bytes(90),
        b"OggS" + bytes(90),
        b"fLaC\0\0\0\x22" + bytes(90),
        b"#!AMR\n" + bytes(90),
        b"%PDF-1.7\n" + bytes(90),
    ]


def spoilt(count: int, seed: int = 20261123) -> Iterator[bytes]:
    """Cut, flipped, spliced, stuffed: the same files for the same seed."""
    dice = random.Random(seed)  # noqa: S311 -- the same each time
    good = seeds()
    for _ in range(count):
        body = bytearray(dice.choice(good))
        for _ in range(dice.randrange(1, 4)):
            match dice.randrange(6):
                case 0:
                    del body[dice.randrange(len(body) + 1) :]
                case 1:
                    for _ in range(dice.randrange(1, 12) if body else 0):
                        body[dice.randrange(len(body))] = dice.randrange(256)
                case 2:
                    spot = dice.randrange(len(body) + 1)
                    body[spot:spot] = dice.randbytes(dice.randrange(1, 40))
                case 3:  # the end of another file
                    other = dice.choice(good)
                    body[dice.randrange(len(body) + 1) :] = other[dice.randrange(len(other)) :]
                case 4:  # lengths and counts that are too large
                    spot = dice.randrange(len(body) + 1)
                    body[spot : spot + 4] = dice.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", bytes(4)))
                case _:
                    body += dice.randbytes(dice.randrange(300))
        yield bytes(body)
