"""The files behind evidence: taken in piece by piece, and read again from inside the encrypted store.

Nothing here holds a whole recording in memory, and nothing writes one down outside the store but ``export``, which
a lead or legal asks for and the history keeps.
"""

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from collector_desk.domain.message import Trouble
from collector_desk.domain.visits.evidence import Piece
from collector_desk.exchange.outgoing import writing
from collector_desk.services.desk.seat import Seat
from collector_desk.store.visits import pieces

Progress = Callable[[int, int], None]
"""Hears bytes done and bytes in all; what it raises stops the work."""

__all__ = ["Original", "Progress", "opened", "save", "staged"]


@contextmanager
def opened(source: bytes | Path) -> Iterator[tuple[BinaryIO, int]]:
    """A source to read and how many bytes it has. Raises Trouble ``visits.visiting.cannot_read``."""
    if isinstance(source, bytes):
        yield io.BytesIO(source), len(source)
        return
    try:
        with source.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            file.seek(0)
            yield file, size
    except OSError as error:  # a stick pulled out half way, too
        raise Trouble("visits.visiting.cannot_read") from error


def staged(
    seat: Seat,
    evidence_id: str,
    file: BinaryIO,
    size: int,
    progress: Progress | None,
    sha256: str | None = None,
) -> str:
    """Bring a file into the store, unseen yet; returns its SHA-256, which may be known. Inside ``staging``."""

    def kept(done: int) -> None:
        if done > size:
            raise Trouble("visits.visiting.cannot_read")  # it grows while it is read: a recording still running
        if progress is not None:
            progress(done, size)

    digest, found = pieces.stage(seat.store, evidence_id, file, seat.now(), kept, sha256)
    if found != size:
        raise Trouble("visits.visiting.cannot_read")
    return digest


class Original:
    """A file as it came, read from the store where somebody asks for a part of it; from any thread."""

    def __init__(self, seat: Seat, piece: Piece) -> None:
        self._store, self._id = seat.store, piece.id
        self.media_type, self.size = piece.media_type, piece.size
        self._lock = threading.Lock()
        self._held: tuple[int, bytes] = (-1, b"")
        with self._store.read() as conn:
            self._step = max(pieces.piece_size(conn, piece.id), 1)

    def read(self, start: int, count: int) -> bytes:
        """Up to ``count`` bytes from ``start`` on; fewer at the end of a piece, none at the end of the file."""
        position, offset = divmod(start, self._step)
        with self._lock:
            if self._held[0] != position:
                with self._store.read() as conn:
                    self._held = (position, pieces.piece(conn, self._id, position))
            return self._held[1][offset : offset + count]

    def parts(self) -> Iterator[bytes]:
        """The whole file, a part at a time."""
        start = 0
        while part := self.read(start, self._step):
            yield part
            start += len(part)

    @property
    def data(self) -> bytes:
        """The whole file at once: for pictures and papers only."""
        return b"".join(self.parts())


def save(original: Original, target: Path, progress: Progress | None, *, replace: bool = False) -> None:
    """Write a copy outside the store; none is left where it fails. Raises as ``outgoing.writing``."""
    with writing(target, replace=replace) as out:
        done = 0
        for part in original.parts():
            out.write(part)
            done += len(part)
            if progress is not None:
                progress(done, original.size)
