"""Recordings without a sound in them, and tags that hold what no tag should."""

import io
import struct

import pytest

from collector_desk.documents.sounds import refuse_silent
from collector_desk.domain.message import Refused
from tests.samples.malformed import hum

FRAME = b"\xff\xfb\x90\x00" + bytes(413)


def tag(body: bytes) -> bytes:
    size = len(body)
    spread = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00\x00" + spread + body


def text_frame(name: bytes, words: bytes) -> bytes:
    return name + struct.pack(">I", len(words) + 1) + b"\0\0\x03" + words


def ogg(granule: int, body: bytes = b"x" * 20) -> bytes:
    return b"OggS\0\0" + granule.to_bytes(8, "little") + bytes(12) + bytes([1, len(body)]) + body


def flac(*frames: bytes) -> bytes:
    return b"fLaC" + b"\x80" + (34).to_bytes(3) + bytes(34) + b"".join(frames)


def code_of(media_type: str, data: bytes) -> str:
    file = io.BytesIO(data)
    file.seek(3)
    try:
        refuse_silent(media_type, file, len(data))
    except Refused as refused:
        found = refused.message.code
    else:
        found = ""
    assert file.tell() == 3
    return found


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("audio/wav", hum()),
        ("audio/mpeg", FRAME * 3),
        ("audio/mpeg", tag(text_frame(b"TIT2", "11月24日上门".encode())) + FRAME),
        ("audio/mpeg", tag(b"APIC" + bytes(6) + b"\0image/jpeg\0<script>") + FRAME),
        ("audio/ogg", ogg(0) + ogg(0) + ogg(960)),
        ("audio/flac", flac(b"\xff\xf8 and more")),
        ("audio/amr", b"#!AMR\n" + bytes(32)),
        ("audio/mp4", b"anything"),
    ],
)
def test_a_recording_with_sound_in_it_goes_in(media_type: str, data: bytes) -> None:
    assert code_of(media_type, data) == ""


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("audio/wav", hum(0)),
        ("audio/wav", hum()[:36]),
        ("audio/mpeg", tag(text_frame(b"TIT2", b"nothing"))),
        ("audio/mpeg", tag(b"") + bytes(2000)),
        ("audio/ogg", ogg(0) + ogg(0)),
        ("audio/ogg", ogg(0) + ogg((1 << 64) - 1)),
        ("audio/flac", flac()),
        ("audio/amr", b"#!AMR\n"),
    ],
)
def test_a_recording_without_a_frame_is_refused(media_type: str, data: bytes) -> None:
    assert code_of(media_type, data) == "documents.evidence_no_sound"


@pytest.mark.parametrize(
    "body",
    [
        text_frame(b"COMM", b"<script src=x>"),
        text_frame(b"WXXX", b"JavaScript:alert(1)"),
        text_frame(b"TXXX", b"< IFRAME src=x>"),
        b"GEOB" + bytes(6) + b"\0application/x-msdownload\0MZ",
        text_frame(b"PRIV", b"MZ\x90\0"),
    ],
)
def test_a_tag_that_could_run_is_refused(body: bytes) -> None:
    assert code_of("audio/mpeg", tag(body) + FRAME) == "documents.evidence_tag"
