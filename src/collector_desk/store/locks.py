"""The system's own lock of a file. It ends with its process, however that ends; nothing has to be cleared up.

The one place that knows how each system does it: ``flock`` on POSIX, ``msvcrt.locking`` of the first byte on
Windows. Either way it is the open handle that holds it: a second one in the same process is refused as well.
"""

import sys
import time
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def take(handle: IO[bytes]) -> bool:
        """Take the lock of an open file until it is closed; False where another handle has it."""
        handle.seek(0)  # the byte to be locked is the one where the file stands
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def take(handle: IO[bytes]) -> bool:
        """Take the lock of an open file until it is closed; False where another handle has it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def take_soon(handle: IO[bytes], tries: int = 20) -> bool:
    """The same, for a lock that others hold for an instant only."""
    for _ in range(tries):
        if take(handle):
            return True
        time.sleep(0.005)
    return False
