"""What a zip from outside is: a workbook (also one with backslashes in its names), tables sent together, or
another program's document, which is told by its name."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from collector_desk.domain.message import Trouble

LARGEST_UNPACKED = 2 * 1024 * 1024 * 1024
_MOST_RATIO = 300
_MOST_MEMBERS = 200
_TABLES = frozenset(
    {".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".txt", ".tsv", ".htm", ".html", ".mht", ".mhtml"}
)
_UNSEEN = ("__MACOSX/", ".")
_OTHER_DOCUMENTS = (
    ("word/", "Word"),
    ("ppt/", "PowerPoint"),
    ("Index/Document.iwa", "Numbers"),
    ("Index.zip", "Numbers"),
    ("visio/", "Visio"),
)
BROKEN = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    OSError,
    zlib.error,
)
"""What a damaged archive makes the library raise."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file within an archive."""

    name: str
    content: bytes = field(repr=False)


def is_workbook(content: bytes, filename: str) -> bool:
    """Whether a zip is a workbook itself. Raises Trouble for another program's document, a bomb, a damaged file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bombs(archive, content, filename)
            names = [_name(member) for member in archive.infolist()]
    except BROKEN as error:
        raise Trouble("intake.damaged", file=filename) from error
    if any(name.startswith("xl/") or name == "content.xml" for name in names):
        return True
    for start, program in _OTHER_DOCUMENTS:
        if any(name.startswith(start) for name in names):
            raise Trouble("intake.is_document", file=filename, program=program)
    return False


def with_slashes(content: bytes) -> bytes:
    """The workbook with its parts' names as they should be; unchanged where they are."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not any("\\" in member.orig_filename for member in archive.infolist()):
            return content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
            for member in archive.infolist():
                copy.writestr(_name(member), archive.read(member))
    return out.getvalue()


def tables_in(content: bytes, filename: str, password: str | None) -> tuple[list[Member], list[str]]:
    """The tables sent together in an archive, in the order of their names, and the names of what is none.

    Raises Trouble: no table in it, protected (``intake.password_needed``, ``.password_wrong``) or packed in a way
    that can't be opened here (``intake.is_archive``).
    """
    found, others = [], []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in sorted(archive.infolist(), key=_name):
                name = _name(member)
                if member.is_dir() or PurePosixPath(name).name.startswith(_UNSEEN) or name.startswith(_UNSEEN):
                    continue
                if PurePosixPath(name).suffix.casefold() not in _TABLES:
                    others.append(name)
                    continue
                if member.flag_bits & 1 and password is None:
                    raise Trouble("intake.password_needed", file=filename)
                found.append(Member(name, _read(archive, member, filename, password)))
    except NotImplementedError as error:  # packed or locked by a method the library doesn't know
        raise Trouble("intake.is_archive", file=filename) from error
    except BROKEN as error:
        raise Trouble("intake.damaged", file=filename) from error
    if not found:
        raise Trouble("intake.is_archive", file=filename)
    if len(found) > _MOST_MEMBERS:
        raise Trouble("intake.too_many_files", file=filename, files=len(found), most=_MOST_MEMBERS)
    return found, others


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, filename: str, password: str | None) -> bytes:
    locked = member.flag_bits & 1
    for word in _spellings(password) if locked else [None]:
        try:
            return archive.read(member, word)
        except NotImplementedError:
            raise
        except (RuntimeError, zlib.error, zipfile.BadZipFile):
            if not locked:
                raise
    raise Trouble("intake.password_wrong", file=filename)


def _spellings(password: str | None) -> Iterator[bytes | None]:
    """A word as the archive's maker may have written it: old programs on a Chinese Windows write GBK."""
    for codec in ("utf-8", "gb18030"):
        yield (password or "").encode(codec, "replace")


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name with slashes; without the mark of UTF-8 it is Chinese Windows' own writing, if it is any."""
    name = member.orig_filename
    if not member.flag_bits & 0x800:
        with suppress(UnicodeError):  # neither: as the library reads it
            name = name.encode("cp437").decode("gb18030")
    return name.replace("\\", "/")


def _refuse_bombs(archive: zipfile.ZipFile, content: bytes, filename: str) -> None:
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > LARGEST_UNPACKED or (unpacked > 64 << 20 and unpacked > _MOST_RATIO * len(content)):
        raise Trouble("intake.too_large", file=filename)
