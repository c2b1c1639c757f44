"""Files and folders that only their owner may read. POSIX has modes for it; on Windows the profile guards them."""

import os
import sys
from contextlib import suppress
from pathlib import Path

_FILE, _FOLDER = 0o600, 0o700


def opener(path: str, flags: int) -> int:
    """For ``open(…, opener=opener)``: a file made by it is its owner's alone from the first byte on."""
    return os.open(path, flags, _FILE)


def make_folder(folder: Path) -> None:
    """Make the folder, or take it as it is; either way only its owner may look into it. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER)
    tighten(folder)


def make_file(path: Path) -> None:
    """An empty file of its owner's alone, for what is written by others (SQLite keeps the mode for its log)."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _FILE))


def tighten(path: Path) -> None:
    """Take everybody else's access to what lies there already; what is another user's stays as it is."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        mode = path.stat().st_mode & 0o777
        if mode & 0o077:
            path.chmod(mode & (_FOLDER if path.is_dir() else _FILE))
