"""What a reader may use for one file: memory and time, by the file's size. More than that is no bank's file.

Where the system can hold a process to it (``resource``, a job of Windows), the system does; the silence after which
a reader is given up is watched by whoever asked, everywhere.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

MOST_MEMORY = 1536 << 20
"""Bytes that no file gets more than, whatever its size."""
_MEMORY = 384 << 20
_MEMORY_A_BYTE = 48  # a workbook is packed: its cells weigh so much more
_SECONDS, _SECONDS_A_MEGABYTE = 10, 6
_SILENCE, _SILENCE_A_MEGABYTE = 60.0, 6.0


@dataclass(frozen=True, slots=True)
class Limits:
    """``memory``: bytes beyond what the reader holds when idle. ``seconds``: of work. ``silence``: too."""

    memory: int
    seconds: int
    silence: float

    @classmethod
    def of(cls, size: int) -> "Limits":
        """For a file of so many bytes."""
        megabytes = size >> 20
        return cls(
            min(_MEMORY + _MEMORY_A_BYTE * size, MOST_MEMORY),
            _SECONDS + _SECONDS_A_MEGABYTE * megabytes,
            _SILENCE + _SILENCE_A_MEGABYTE * megabytes,
        )


def hold_to(memory: int, seconds: int) -> None:
    """Let the system end this process where it takes more; what it can't hold to stays with whoever asked."""
    if sys.platform == "win32":  # the job this process runs in (``windows_job``)
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)
    if held := _held():
        _lower(resource.RLIMIT_AS, min(held + memory, MOST_MEMORY))


def no_dumps() -> None:
    """A reader that dies leaves no picture of its memory on the disk: debtors are in it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _lower(which: int, to: int) -> None:
    import resource

    _, most = resource.getrlimit(which)
    if most != resource.RLIM_INFINITY:
        to = min(to, most)
    resource.setrlimit(which, (to, most))


def _held() -> int:
    """Bytes of address space this process has now; 0 where the system doesn't say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    import resource

    return pages * resource.getpagesize()
