"""Bank files and pictures spoilt by chance, each handed to the reader: every one ends in a message.

``python -m tests.faults.mutated_files 10000 20261130`` spoils so many and prints what became of them; the suite
does a few (``test_mutated_files.py``). Each is held to 5 seconds of work and 500 MB.
"""

import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator

from collector_desk.domain.message import Trouble
from collector_desk.domain.plain import to_plain
from collector_desk.domain.visits.evidence import EvidenceFacts
from collector_desk.domain.visits.visit import EvidenceKind
from collector_desk.parsing.limits import Limits
from collector_desk.parsing.process import FileReader
from collector_desk.words.messages import LANGUAGES, render
from tests.samples import malformed
from tests.samples.bank_files import account, grid, xlsx

MORE = {
    "file": "a.xlsx",
    "password": None,
    "zone": "Asia/Shanghai",
    "facts": to_plain(EvidenceFacts(EvidenceKind.PHOTO)),
}
MOST = Limits(memory=500 << 20, seconds=5, silence=60.0)
"""What each file may take. The silence is by the wall, and other work on the machine counts in it."""


def originals() -> dict[str, tuple[str, bytes]]:
    """One good file of each sort: what it is asked as, and its bytes."""
    rows = grid([account(n) for n in range(1, 40)])
    book = xlsx(rows)
    text = "\n".join(",".join(map(str, row)) for row in rows)
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<html><meta charset=utf-8><table>{cells}</table></html>".encode()
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("一.csv", text.encode("gb18030"))
        archive.writestr("two.xlsx", book)
    return {
        "workbook": ("placement", book),
        "csv": ("placement", text.encode("utf-8")),
        "csv in GBK": ("placement", text.encode("gb18030")),
        "page": ("placement", page),
        "zip": ("placement", zipped.getvalue()),
        "photo": ("photo", malformed.saved(malformed.small(), "JPEG", exif=malformed.exif_of())),
        "PNG": ("photo", malformed.saved(malformed.small(), "PNG")),
    }


def spoilt(content: bytes, rng: random.Random) -> bytes:
    """The file with a few bytes flipped, cut, doubled or exchanged; in a zip sometimes within a part of it."""
    if content.startswith(b"PK") and rng.random() < 0.6:
        return _within(content, rng)
    return _damaged(content, rng)


def _damaged(content: bytes, rng: random.Random) -> bytes:
    found = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(max(len(found), 1))
        kind = rng.randrange(5)
        if kind == 0 and found:
            found[at] = rng.randrange(256)
        elif kind == 1:
            del found[at : at + rng.randint(1, 200)]
        elif kind == 2:
            found[at:at] = rng.randbytes(rng.randint(1, 40))
        elif kind == 3:
            found[at:at] = found[at : at + rng.randint(1, 400)] * rng.randint(1, 50)
        else:
            found[at:at] = rng.choice(
                (b"<", b"\0", b'"', b"\xff\xfe", b"9" * 400, "锟斤拷".encode(), b"&#x110000;", b"\r")
            )
    return bytes(found)


def _within(content: bytes, rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        names = archive.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = archive.read(name)
            copy.writestr(name, _damaged(part, rng) if name == chosen else part)
    return out.getvalue()


def files(count: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """So many spoilt files: their sort, what they are asked as, their bytes."""
    rng = random.Random(seed)  # noqa: S311 -- the same files every time
    good = originals()
    for number in range(count):
        name = [*good][number % len(good)]
        what, content = good[name]
        yield name, what, spoilt(content, rng)


def read_all(count: int, seed: int, told: Callable[[str, str, float], None]) -> None:
    """Read them one after another; ``told`` hears the sort, what became of it, and its seconds by the wall.

    Raises AssertionError where a file ends in anything but rows or a sentence in both languages.
    """
    reader = FileReader()
    try:
        for name, what, content in files(count, seed):
            began = time.perf_counter()
            try:
                reader.ask(what, "a.xlsx", content, MORE, limits=MOST)
                became = "read"
            except Trouble as trouble:
                became = trouble.message.code
                said = [render(trouble.message, lang) for lang in LANGUAGES]
                assert all(words and words != became for words in said), became
            told(name, became, time.perf_counter() - began)
    finally:
        reader.close()


def main(count: int, seed: int) -> None:
    """Print what became of them by sort, and the slowest."""
    became: dict[str, Counter[str]] = {}
    slowest: dict[str, float] = {}

    def told(name: str, end: str, seconds: float) -> None:
        became.setdefault(name, Counter())[end] += 1
        slowest[name] = max(slowest.get(name, 0.0), seconds)

    read_all(count, seed, told)
    for name, ends in became.items():
        said = ", ".join(f"{end} {n}" for end, n in ends.most_common())
        print(f"{name}: {ends.total()}; slowest {slowest[name]:.1f} s by the wall; {said}")  # noqa: T201
    bad = sum(
        ends[code]
        for ends in became.values()
        for code in ("parsing.fault", "parsing.too_slow", "parsing.not_started")
    )
    over = sum(ends[code] for ends in became.values() for code in ("parsing.broke_off", "parsing.too_much"))
    print(f"{count} files, seed {seed}: {bad} without an answer, {over} ended by the limits of 5 s and 500 MB")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
