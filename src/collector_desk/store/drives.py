"""Is a folder on a network drive? SQLite's WAL needs shared memory, which none of them offers, so a store
there would be lost sooner or later: refused. The decisions are pure, ``refuse_network_drive`` asks the system.
"""

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from collector_desk.domain.message import Trouble

NETWORK_TYPES = frozenset(
    (  # noqa: SIM905 -- a list of words reads better
        "nfs nfs4 cifs smb smb2 smb3 smbfs afpfs ncpfs davfs webdav webdavfs glusterfs ceph lustre beegfs afs gpfs "
        "vboxsf prl_fs fuse.sshfs fuse.rclone fuse.davfs2 fuse.s3fs fuse.glusterfs fuse.gvfsd-fuse ftp macfuse"
    ).split()
)
_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW


def parse_proc_mounts(text: str) -> list[tuple[str, str]]:
    """(mount point, type) of each line of /proc/mounts, its octal escapes undone."""
    mounts = []
    for line in text.splitlines():
        parts = line.split(" ")
        if len(parts) >= 3:
            point = parts[1]
            for escape, plain in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
                point = point.replace(escape, plain)
            mounts.append((point, parts[2]))
    return mounts


def parse_mac_mount(text: str) -> list[tuple[str, str]]:
    """(mount point, type) of each line ``WHAT on WHERE (type, options)`` that macOS's mount prints."""
    mounts = []
    for line in text.splitlines():
        head, bracket, options = line.rpartition(" (")
        _, on, point = head.partition(" on ")
        if bracket and on:
            mounts.append((point, options.split(",")[0].rstrip(")").strip()))
    return mounts


def is_network_mount(path: str, mounts: Iterable[tuple[str, str]]) -> bool:
    """Whether the innermost mount that holds the absolute POSIX ``path`` is a network one."""
    found, length = "", -1
    for point, kind in mounts:
        mount = point.rstrip("/")
        # >=: of two mounts over each other the later one counts
        if f"{path}/".startswith(f"{mount}/") and len(mount) >= length:
            found, length = kind, len(mount)
    return found.lower() in NETWORK_TYPES


def is_windows_remote(path: str, drive_type: Callable[[str], int]) -> bool:
    """Whether the absolute Windows ``path`` is a UNC share or on a mapped drive."""
    plain = path.replace("/", "\\")
    if plain.startswith("\\\\"):
        device = plain[2:4] in ("?\\", ".\\")
        if not device or plain[4:8].upper() == "UNC\\":
            return True
        plain = plain[4:]
    return drive_type(plain[:3]) == _REMOTE


def is_network_drive(folder: Path) -> bool:
    """Ask the system; what can't be told counts as local."""
    path = str(folder.resolve())
    try:
        if sys.platform == "win32":
            import ctypes

            return is_windows_remote(path, ctypes.windll.kernel32.GetDriveTypeW)
        if sys.platform == "darwin":
            listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True)
            return is_network_mount(path, parse_mac_mount(listed.stdout))
        return is_network_mount(path, parse_proc_mounts(Path("/proc/mounts").read_text("utf-8", "replace")))
    except (OSError, subprocess.SubprocessError):
        return False


def refuse_network_drive(folder: Path) -> None:
    """Raise Trouble ``store.network_drive`` if the folder lies on another machine."""
    if is_network_drive(folder):
        raise Trouble("store.network_drive", folder=str(folder))
