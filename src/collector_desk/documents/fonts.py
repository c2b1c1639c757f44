"""The one typeface of every document: Noto Sans SC with TrueType outlines, made once and kept in the cache.

reportlab embeds only TrueType outlines and the shipped font has PostScript ones. Converting all of its 30,890
characters would take half a minute, so the common ones are converted the first time and others when a document
needs them. What the font does not have at all is told to the caller, who prints its code point instead.
"""

import hashlib
import io
import json
import os
import struct
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

import platformdirs

FACE = "DeskSans"
_VERSION = 4  # raise it when the conversion changes: older cache files are then left alone and made anew
_MAGIC = b"CDFONT1\n"
# Letters, punctuation, currency, arrows, box and geometric signs, full-width forms
_BASIC_RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20BF), (0x2100, 0x2193),
    (0x2460, 0x2473), (0x2500, 0x257F), (0x25A0, 0x25CF), (0x2605, 0x2612), (0x3000, 0x301F), (0xFF01, 0xFFEE),
)  # fmt: skip
# Family names outside the 3,755 characters of the standard's first level
_SURNAMES = (
    "俞俟冼冉卞卢厍叶呙咸喻奚妫娄宓尧岑峁嵇庹庾廖弋戢戚扈揭敖昃晁暨曹枚柏桓桑桂桢楮樊殳毋毌泮洹淳湛滑滕澹濮燮爨牟狄瞿禚"
    "禤窦竺笪管箫缪羿翟胥臧芈苌苑苟荀荆莘菅萧葛蒋蒯蒲蔚蔡蔺薄薛虢蚁衮裘裴覃訾詹諸谌谭谯贲贾赖赫逄逯邓邝邢邬邰邱邴邵郄郇郏郗郜郝郦郧郭郯郸鄂鄢"
    "鄞酆钭钮钱闫闵阎阙阚阮隗雍靳鞠韦韩项顾颜饶骆鲍麴麻黎黄龚龙"
)


def cache_folder() -> Path:
    """Where made fonts are kept: ``COLLECTOR_DESK_HOME/cache`` or the user's own cache folder."""
    home = os.environ.get("COLLECTOR_DESK_HOME")
    return (Path(home) / "cache" if home else Path(platformdirs.user_cache_dir("collector-desk"))) / "fonts"


def common_characters() -> str:
    """What nearly every document needs: letters, signs, the first level of GB 2312, usual family names."""
    level_one = bytes(b for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for b in (high, low))
    basic = "".join(chr(c) for first, last in _BASIC_RANGES for c in range(first, last + 1))
    return basic + level_one.decode("gb2312", "ignore") + _SURNAMES


class FontBook:
    """The converted font of one cache folder. ``base`` is converted at the first use (about four seconds once)."""

    def __init__(self, folder: Path | None = None, base: str | None = None) -> None:
        self._folder = folder
        ascii_ = "".join(map(chr, range(0x20, 0x7F)))  # reportlab puts these into every document
        self._base = common_characters() if base is None else base + ascii_
        self._lock = threading.RLock()
        self._coverage: frozenset[int] | None = None
        self._have: frozenset[int] = frozenset()
        self._font: Any = None

    @property
    def path(self) -> Path:
        """The cache file; its name says which font and which conversion it comes from."""
        stamp = f"{_VERSION}-{self._source.name}-{self._source.stat().st_size}"
        name = f"sans-{hashlib.sha256(stamp.encode()).hexdigest()[:16]}.font"
        return (self._folder or cache_folder()) / name

    @cached_property
    def _source(self) -> Path:
        import pylopdf_fonts_zh_cn

        return Path(pylopdf_fonts_zh_cn.sans_path())

    def missing(self, characters: Iterable[str]) -> frozenset[str]:
        """Those of the characters the font has no shape for."""
        with self._lock:
            self._open()
            assert self._coverage is not None  # _open has set it  # noqa: S101
            return frozenset(c for c in characters if ord(c) not in self._coverage)

    @contextmanager
    def ready(self, characters: Iterable[str]) -> Iterator[Any]:
        """Hold the font with at least these characters, registered with reportlab under ``FACE``.

        One document at a time in a process: reportlab keeps per-document state in the registered font.
        """
        from reportlab.pdfbase import pdfmetrics

        with self._lock, _REPORTLAB:
            self._open()
            assert self._coverage is not None  # _open has set it  # noqa: S101
            wanted = {ord(c) for c in characters} & self._coverage
            if not wanted <= self._have:
                self._grow(wanted)
            if FACE in pdfmetrics.getRegisteredFontNames():
                cast(
                    "Any", pdfmetrics.getFont(FACE)
                ).unregister()  # registering alone would silently keep the old one
            pdfmetrics.registerFont(self._font)
            yield self._font

    def _open(self) -> None:
        if self._font is not None:
            return
        found = _read_cache(self.path)
        if found is None:
            self._make({ord(c) for c in self._base}, None)
        else:
            self._take(*found)

    def _grow(self, wanted: set[int]) -> None:
        newest = _read_cache(self.path)  # another process may have added characters meanwhile
        self._make(wanted | self._have, newest)

    def _make(self, wanted: set[int], known: "tuple[frozenset[int], bytes] | None") -> None:
        from collector_desk.documents.outlines import convert, covered

        coverage = covered(self._source)
        data = convert(self._source, wanted & coverage, known[1] if known else None)
        _write_cache(self.path, coverage, data)
        self._take(coverage, data)

    def _take(self, coverage: frozenset[int], data: bytes) -> None:
        from collector_desk.documents.embedding import DeskFont

        self._font = DeskFont(FACE, io.BytesIO(data))
        self._coverage = coverage
        self._have = frozenset(self._font.face.charToGlyph)


@cache
def shared_fonts() -> FontBook:
    """The book every document of this process uses; ``with shared_fonts().ready(""): pass`` warms it."""
    return FontBook()


_REPORTLAB = threading.RLock()  # the registry of fonts is one for the process


def _write_cache(path: Path, coverage: frozenset[int], data: bytes) -> None:
    """Put the file there in one piece. A cache that can't be written is no reason to print nothing."""
    head = json.dumps(_ranges(coverage)).encode()
    body = _MAGIC + struct.pack(">I", len(head)) + head + data
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            temporary = file.name
            file.write(body + hashlib.sha256(body).digest())
        Path(temporary).replace(path)
    except OSError:  # full disk, read-only folder, or another process holds the file: the font stays in memory
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _read_cache(path: Path) -> tuple[frozenset[int], bytes] | None:
    """What the cache file holds; None where it is not there, damaged or cut."""
    try:
        body = path.read_bytes()
    except OSError:
        return None
    if len(body) < 64 or not body.startswith(_MAGIC) or hashlib.sha256(body[:-32]).digest() != body[-32:]:
        return None
    start = len(_MAGIC) + 4
    (length,) = struct.unpack(">I", body[start - 4 : start])
    ranges = json.loads(body[start : start + length])
    return frozenset(c for first, last in ranges for c in range(first, last + 1)), body[start + length : -32]


def _ranges(codes: Iterable[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return ranges
