"""A bank's file as it came in: the archive gives it back byte for byte, for whoever takes files in."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.people import Act, require
from collector_desk.exchange import outgoing
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.record import access
from collector_desk.store.book.placements import pieces_of, received_file


def save_received(
    seat: Seat,
    sha256: str,
    target: Path,
    *,
    replace: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Write the file with this SHA-256 where somebody chose; that it was taken out is history.

    Its bytes are compared with the SHA-256 it was received under; where they differ nothing is left. Raises Refused
    ``intake.not_archived``, Trouble ``intake.received_differs`` and as ``outgoing.writing``. Slow: for a worker.
    """
    require(seat.person, Act.IMPORT)
    outgoing.check(target, replace=replace)
    with acting(seat, "access.export") as act:
        file = received_file(act.conn, sha256)
        if file is None:
            raise Refused("intake.not_archived")
        access.note(act, "received file", sha256)
    digest, done = hashlib.sha256(), 0
    with outgoing.writing(target, replace=replace) as out, seat.store.read() as conn:
        for content in pieces_of(conn, file.id):
            out.write(content)
            digest.update(content)
            done += len(content)
            progress(done, file.size)
        if digest.hexdigest() != sha256:
            raise Trouble("intake.received_differs", file=file.filename)
