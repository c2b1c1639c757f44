"""The one way out: every file that somebody asked for is written here, whatever room made it.

Nothing that is there is ever written over, but where a window showed it and was told that it may go; nothing is
written into a store's folder. What is new lies beside its place until it is whole, and gets its name in one step;
where that fails, nothing of it is left and a sentence says why.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PureWindowsPath
from typing import BinaryIO

from collector_desk.domain.message import Refused
from collector_desk.exchange.store_folder import disk_trouble, holds_store, shortened, sync_folder, try_lock

_PART = ".collector-desk-"


def is_there(path: Path) -> bool:
    """Whether something has this name: a file, a folder, a link that leads nowhere."""
    try:
        return os.path.lexists(path)
    except (OSError, ValueError):
        return False


def check(target: Path, *, replace: bool = False, own: bool = False) -> None:
    """Say before any work begins whether ``target`` may be written at all.

    ``replace``: somebody was asked and said that the file there may go. ``own``: the program's own file in a store.
    Raises Refused (``documents.outgoing.exists``, ``documents.outgoing.in_store``, ``documents.outgoing.odd_name``,
    ``documents.outgoing.no_folder``).
    """
    if odd_name(target.name, windows=sys.platform == "win32"):
        raise Refused("documents.outgoing.odd_name", file=shortened(target.name))
    if not own:
        refuse_inside_store(target)
    if is_there(target) and not (replace and target.is_file()):
        raise Refused("documents.outgoing.exists", file=shortened(target.name))
    try:
        os.lstat(target)
    except OSError as error:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            raise disk_trouble(error, target) from error
    if not target.parent.is_dir():
        raise Refused("documents.outgoing.no_folder", folder=shortened(target.parent.name or str(target.parent)))


@contextmanager
def writing(target: Path, *, replace: bool = False, own: bool = False) -> Iterator[BinaryIO]:
    """A file to write into, which gets the name ``target`` where the block ends well; else nothing is left.

    Raises as ``check``, and Trouble ``store.disk_full`` and its like. What else the block raises passes through.
    """
    check(target, replace=replace, own=own)
    part: Path | None = None
    _sweep(target.parent)
    try:
        descriptor, name = tempfile.mkstemp(prefix=_PART, suffix=".part", dir=target.parent)
        part = Path(name)
        with os.fdopen(descriptor, "w+b") as out:
            try_lock(descriptor)
            yield out
            out.flush()
            os.fsync(out.fileno())
        _give_name(part, target, replace=replace)
        part = None
        sync_folder(target.parent)
    except FileExistsError as error:  # somebody made one of this name meanwhile
        raise Refused("documents.outgoing.exists", file=shortened(target.name)) from error
    except OSError as error:
        raise disk_trouble(error, target) from error
    finally:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def digest_of(out: BinaryIO) -> str:
    """The SHA-256 of what was written into a file so far, in hex digits."""
    digest = hashlib.sha256()
    out.seek(0)
    while piece := out.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def write(target: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a whole file; raises as ``writing``."""
    with writing(target, replace=replace) as out:
        out.write(data)


def take_away(written: Path) -> None:
    """Remove a file that has just got its name: what it goes with could not be kept."""
    written.unlink(missing_ok=True)


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files that belong together. One that lies there already, byte for byte the same, is as good as written.

    Raises as ``writing``; where one of them is there with another content, nothing is written at all.
    """
    missing = {name: data for name, data in files.items() if not _is_same(folder / name, data)}
    for name in missing:
        check(folder / name)
    for name, data in missing.items():
        write(folder / name, data)


def check_folder(folder: Path) -> None:
    """Say before any work begins whether files may be written into ``folder``; raises as ``check``."""
    refuse_inside_store(folder / _PART)
    if not is_there(folder):
        raise Refused("documents.outgoing.no_folder", folder=shortened(folder.name))


def make_folder(folder: Path) -> None:
    """The folder with those above it. Raises Trouble as ``writing``."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except FileExistsError as error:
        raise Refused("documents.outgoing.exists", file=shortened(folder.name)) from error
    except OSError as error:
        raise disk_trouble(error, folder) from error


def refuse_inside_store(target: Path) -> None:
    """Raise Refused where ``target`` lies in a store's folder, whatever links or dots lead there."""
    try:
        ways = {Path(os.path.realpath(target)), Path(os.path.realpath(target.parent)) / target.name}
    except (OSError, ValueError) as error:
        raise Refused("documents.outgoing.odd_name", file=shortened(target.name)) from error
    if any(holds_store(folder) for way in ways for folder in way.parents):
        raise Refused("documents.outgoing.in_store", file=shortened(target.name))


def odd_name(name: str, *, windows: bool) -> bool:
    """Whether the system can't give a file this name, or means something else by it."""
    if not name or "\0" in name:
        return True
    try:
        name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character
        return True
    if not windows:
        return False
    bad = any(char in '<>:"/\\|?*' or ord(char) < 32 for char in name)
    return bad or name.endswith((".", " ")) or PureWindowsPath(name).is_reserved()


def _sweep(folder: Path) -> None:
    """Remove what a killed process of ours left half written here; what somebody is writing stays."""
    with suppress(OSError):
        for part in folder.glob(f"{_PART}*.part"):
            with part.open("r+b") as file:
                left = try_lock(file.fileno())
            if left:
                part.unlink(missing_ok=True)


def _is_same(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except (OSError, ValueError):
        return False


def _give_name(part: Path, target: Path, *, replace: bool) -> None:
    """The finished file gets its name; without ``replace`` never over another that came meanwhile."""
    if replace:
        part.replace(target)
    elif sys.platform == "win32":
        part.rename(target)  # which replaces nothing there
    else:
        _rename_to_new(part, target)


def _rename_to_new(part: Path, target: Path) -> None:
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # no second names on this drive: take the name first, then put the file in its place
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            part.replace(target)
        except OSError:
            target.unlink(missing_ok=True)
            raise
    else:
        part.unlink()
