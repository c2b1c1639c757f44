"""What a computer remembers of a store, outside it: the mark. A store that ends before it was put back.

A mark names a store, the folders it was used in, and how far its history was seen: place and hash of a line. It
lies in two places, the user's folder and the machine's (where the installer made one): each user has a file of
their own in that, so that nobody can take away what another one saw. Nothing in a mark is secret, and nobody signs
it: who can write it can delete it as well, and a missing one is told. What it says counts only against the store
(``standing``).
"""

import hashlib
import json
import os
import platform
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from collector_desk.domain.message import Trouble
from collector_desk.exchange.store_folder import disk_trouble
from collector_desk.resources import home_folder, machine_folder
from collector_desk.store.endorsements import root_of
from collector_desk.store.ids import packed
from collector_desk.store.journal import genesis, head, store_id
from collector_desk.store.keyfile import replace_file
from collector_desk.store.private import make_folder

_FORMAT = 1
_MOST_BYTES = 1 << 14
_MOST_FILES = 500  # of all stores and users; whoever litters the folder further slows nobody down
_MOST_FOLDERS = 16
_LAST_PLACE = 1 << 62


@dataclass(frozen=True, slots=True)
class Mark:
    """Line ``place`` of the store's own chain has ``hash``; ``root`` is what its signing keys go back to.

    ``folders`` are prints of where the store was used here (``folder_print``), the last one last.
    """

    store_id: str
    place: int
    hash: bytes
    root: bytes
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """All that this computer remembers of a store. ``machine``: what each of its users saw.

    ``foreign``: the folder is known here as another store's, and not as this one's. ``unread``: a mark of the store
    lies here and can't be read. ``machine_there``: the machine's folder is there.
    """

    user: Mark | None = None
    machine: tuple[Mark, ...] = ()
    foreign: bool = False
    unread: bool = False
    machine_there: bool = True

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All of them."""
        return (*((self.user,) if self.user else ()), *self.machine)


NOTHING = Remembered()


def mark_of(conn: Connection) -> Mark:
    """The mark of a store as the connection sees it."""
    end = head(conn)
    return Mark(store_id(conn), end.place, end.hash, root_of(conn))


def beginning(of_store: str, root: bytes) -> Mark:
    """The mark of a store of which nothing was seen yet but that it is there."""
    return Mark(of_store, 0, genesis(of_store, ""), root)  # no line yet: of no prefix


def folder_print(folder: Path) -> str:
    """Where a store lies, told to nobody: a digest of the path."""
    path = os.path.normcase(os.path.realpath(folder))
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def machine_print(of_store: str) -> bytes:
    """This computer in a store's history: by its name on the network, told to nobody who doesn't know it."""
    text = f"collector-desk machine v1\n{of_store}\n{platform.node()}\n"
    return hashlib.sha256(text.encode()).digest()[:16]


# --- reading -----------------------------------------------------------------------------------------------


def read(folder: Path, of_store: str) -> Remembered:
    """What this computer remembers. Ask before the store is read: a mark never runs ahead of what was committed."""
    here = folder_print(folder)
    user: Mark | None = None
    machine: list[Mark] = []
    named: set[str] = set()
    unread = False
    for path, is_users in _files():
        mark = _load(path)
        if mark is None:
            unread = unread or path.name.startswith(of_store)
            continue
        if here in mark.folders:
            named.add(mark.store_id)
        if mark.store_id == of_store:
            if is_users:
                user = mark
            else:
                machine.append(mark)
    foreign = bool(named) and of_store not in named
    return Remembered(user, tuple(machine), foreign, unread, _is_folder(machine_folder()))


def _users(of_store: str) -> Path:
    return home_folder() / "marks" / f"{of_store}.json"


def _machines(of_store: str) -> Path:
    """This user's own file in the machine's folder: what others wrote there they can't take back for each other."""
    who = hashlib.sha256(os.path.realpath(home_folder()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return machine_folder() / f"{of_store}-{who}.json"


def _files() -> Iterator[tuple[Path, bool]]:
    """Every mark that lies here, and whether it is in the user's folder."""
    for folder, is_users in ((home_folder() / "marks", True), (machine_folder(), False)):
        try:
            names = sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith(".json"))
        except OSError:
            continue
        yield from ((folder / name, is_users) for name in names[:_MOST_FILES])


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _load(path: Path) -> Mark | None:
    """The mark in a file, whatever anybody may have put there; None where it is none."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
        if len(raw) > _MOST_BYTES:
            return None
        mark = _mark_from(json.loads(raw.decode("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return mark if path.name.startswith(mark.store_id) else None


def _mark_from(raw: Any) -> Mark:
    """Raises ValueError, KeyError, TypeError or AttributeError for what is no mark."""
    place, folders = raw["place"], tuple(raw["folders"])
    mark = Mark(raw["store_id"], place, bytes.fromhex(raw["hash"]), bytes.fromhex(raw["root"]), folders)
    if raw["format"] != _FORMAT or type(place) is not int or not 0 <= place < _LAST_PLACE:
        raise ValueError("another kind of mark")
    if packed(mark.store_id).hex() != mark.store_id or len(mark.hash) != 32 or len(mark.root) != 32:
        raise ValueError("not what a store has")
    if len(folders) > _MOST_FOLDERS or not all(isinstance(name, str) and len(name) == 32 for name in folders):
        raise ValueError("not where a store lies")
    return mark


# --- writing -----------------------------------------------------------------------------------------------


def advance(folder: Path, mark: Mark) -> Trouble | None:
    """Move the mark in both places on to what was seen of the store in ``folder``; one further on stays.

    What stands in the way is given back and harms nothing: the mark then lags behind.
    """
    return _write(folder, mark, tie=False)


def tie(folder: Path, mark: Mark) -> Trouble | None:
    """Begin anew with what the store is now, as ``advance``: after it was made or restored, or a lead's answer.

    The folder is this store's from now on, and no other's.
    """
    told = _write(folder, mark, tie=True)
    return _forget(folder_print(folder), but=mark.store_id) or told


def moved(old: Path, new: Path) -> None:
    """The program itself renamed a store's folder; what can't be written is asked about at the next sign-in."""
    before, after = folder_print(old), folder_print(new)
    for path, _ in _own_files():
        mark = _load(path)
        if mark is not None and before in mark.folders:
            folders = tuple(after if name == before else name for name in mark.folders if name != after)
            _replace(path, replace(mark, folders=folders))
            _forget(after, but=mark.store_id)


def _write(folder: Path, mark: Mark, *, tie: bool) -> Trouble | None:
    told: Trouble | None = None
    here = folder_print(folder)
    for path, is_users in ((_users(mark.store_id), True), (_machines(mark.store_id), False)):
        if not is_users and not _is_folder(path.parent):
            continue  # only an installer makes it; ``verify`` names it as missing
        kept = _load(path)
        known = tuple(name for name in (kept.folders if kept else ()) if name != here)
        wanted = replace(mark, folders=(*known, here)[-_MOST_FOLDERS:])
        if kept is not None and kept.place > wanted.place and not tie:
            continue
        if kept != wanted:
            told = _replace(path, wanted) or told
    return told


def _forget(here: str, *, but: str) -> Trouble | None:
    """No other store lies in this folder any more."""
    told = None
    for path, _ in _own_files():
        mark = _load(path)
        if mark is not None and mark.store_id != but and here in mark.folders:
            folders = tuple(name for name in mark.folders if name != here)
            told = _replace(path, replace(mark, folders=folders)) or told
    return told


def _own_files() -> Iterator[tuple[Path, bool]]:
    """Those that this user wrote."""
    suffix = _machines("").name
    return ((path, is_users) for path, is_users in _files() if is_users or path.name.endswith(suffix))


def _replace(path: Path, mark: Mark) -> Trouble | None:
    raw = {
        "format": _FORMAT,
        "store_id": mark.store_id,
        "place": mark.place,
        "hash": mark.hash.hex(),
        "root": mark.root.hex(),
        "folders": list(mark.folders),
    }
    try:
        if path.parent != machine_folder():
            make_folder(path.parent)
        replace_file(path, json.dumps(raw).encode())
        if path.parent == machine_folder():
            path.chmod(0o644)  # other users of the computer are to see it as well; it holds no secret
    except OSError as error:
        return disk_trouble(error, path)
    return None
