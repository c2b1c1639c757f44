"""Text files joined together whose parts have different encodings: which bytes are to be read how.

Read as one encoding such a file is damaged, or worse, the other part comes out as other characters and nobody is
told. So whatever isn't UTF-8 throughout is looked over for signs of a second encoding, quickly, and where there are
any every line is judged by itself. A line that is of none becomes U+FFFD: its row is set aside.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

_BLOCK = 8 * 1024
_UTF8 = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){2}")
"""Two characters of Chinese as UTF-8 has them: of GB text one place in a million looks so."""
_BIG5_LOW = re.compile(rb"[\xa4-\xc6][\x40-\x7e]")
"""Half of the everyday characters of Big5; GB has such bytes only where Latin letters follow Chinese ones."""
_BIG5_RUN = re.compile(rb"[\xa4-\xc6][\x40-\x7e](?:[\xa4-\xc6][\x80-\xfe])?[\xa4-\xc6][\x40-\x7e]")
"""Two such within three characters: any few words of Big5, and next to nothing of GB."""
_ASCII = bytes(range(128))
_BELOW_A0 = bytes(range(0x80, 0xA0))
_MOST_LOW = 0.12  # of the characters of GB text
_SURE, _DOUBTFUL = 0.9, 0.75
_READ = ("utf-8", "gb18030", "big5hkscs")
_EITHER = "?"
_NONE = "ascii"  # every byte that is none becomes U+FFFD
_ENOUGH = 6  # bytes that say anything of a block


@dataclass(frozen=True, slots=True)
class TextPart:
    """Bytes from ``start`` to before ``stop``, whole lines, of one encoding."""

    start: int
    stop: int
    codec: str


def parts_of(data: bytes) -> tuple[TextPart, ...]:
    """The parts of a file that is no UTF-8 throughout; none where it is of one encoding, as far as that shows."""
    if not _mixed(data):
        return ()
    said = [*_lines(data)]
    codecs = _settled([codec for _, codec in said])
    parts, start = [], 0
    for codec, run in groupby(zip(said, codecs, strict=True), key=lambda each: each[1]):
        *_, ((stop, _), _) = run
        parts.append(TextPart(start, stop, codec))
        start = stop
    read = {part.codec for part in parts} - {_NONE}
    lost = sum(codec == _NONE for codec in codecs)
    return tuple(parts) if len(read) > 1 and lost * 5 <= len(codecs) else ()


def _settled(codecs: Sequence[str]) -> list[str]:
    """What says nothing goes with the line before; what can be two goes with its neighbours where they agree, else
    it is lost: nobody could tell whether it came out as other characters."""
    before, behind = _nearest(codecs), _nearest(codecs[::-1])[::-1]
    found = []
    for codec, left, right in zip(codecs, before, behind, strict=True):
        if codec == _EITHER and left and right and left != right:
            found.append(_NONE)
        else:
            found.append(codec if codec not in ("", _EITHER) else left or right or _NONE)
    return found


def _nearest(codecs: Sequence[str]) -> list[str]:
    """Of each line the last encoding that was plain."""
    found, last = [], ""
    for codec in codecs:
        last = codec if codec in _READ else last
        found.append(last)
    return found


def _mixed(data: bytes) -> bool:
    """Whether anything hints at a second encoding."""
    kinds = set()
    for block in _blocks(data):
        high = len(block.translate(None, _ASCII))
        if high < _ENOUGH:
            continue
        # half of what follows in UTF-8 is below A0, and nothing of everyday GB: counting is ten times a search
        if len(block.translate(None, _BELOW_A0)) < len(block) and _UTF8.search(block):
            if not _is(block, "utf-8"):
                return True
            kinds.add("utf-8")
        elif not _BIG5_RUN.search(block):
            kinds.add("gb18030")
        else:
            low = len(_BIG5_LOW.findall(block))
            kind = "big5hkscs" if low * 2 > high * _MOST_LOW else "gb18030"
            kinds.add(kind)
            if _another(block, kind):
                return True
        if len(kinds) > 1:
            return True
    return False


def _another(block: bytes, kind: str) -> bool:
    """Whether some line is plainly of the other of the two encodings of Chinese; few have to be asked."""
    for line in block.split(b"\n"):
        low = len(_BIG5_LOW.findall(line))
        if not low and kind == "gb18030":
            continue
        looks_big5 = low * 2 > len(line.translate(None, _ASCII)) * _MOST_LOW
        if looks_big5 == (kind == "gb18030") and _codec_of(line) not in (kind, "", _EITHER, _NONE):
            return True
    return False


def _blocks(data: bytes) -> Iterator[bytes]:
    """Some lines at a time."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + _BLOCK)
        end = len(data) if end < 0 else end + 1
        yield data[start:end]
        start = end


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    """Where every line ends, and its encoding: "" of one that is ASCII, ``_EITHER`` of what can be two."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end + 1
        yield end, _codec_of(data[start:end])
        start = end


def _codec_of(line: bytes) -> str:
    high = line.translate(None, _ASCII)
    if not high:
        return ""
    if _is(line, "utf-8"):
        return "utf-8" if _UTF8.search(line) or len(high) % 2 else _EITHER  # a word in two-byte signs can be GB's
    as_gb, as_big5 = _share(line, "gb18030", "gb2312"), _share(line, "big5hkscs", "big5")
    if as_gb >= _SURE and as_big5 >= _SURE:
        return _EITHER
    if as_big5 >= _SURE and as_gb < _DOUBTFUL:
        return "big5hkscs"
    if as_gb >= _DOUBTFUL and as_gb > as_big5:
        return "gb18030"
    return _EITHER if as_gb or as_big5 else _NONE


def _is(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _share(line: bytes, codec: str, everyday: str) -> float:
    """How much of a line's characters is everyday text of an encoding; 0 where it is none of it."""
    try:
        text = line.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    special = [char for char in text if char > "\x7f"]
    known = sum(_everyday(char, everyday) for char in special)
    return known / len(special)


def _everyday(char: str, codec: str) -> bool:
    coded = char.encode(codec, "ignore")
    # of Big5 the first level; its second are words nobody writes
    return bool(coded) and (codec != "big5" or b"\xa1" <= coded[:1] <= b"\xc6")
