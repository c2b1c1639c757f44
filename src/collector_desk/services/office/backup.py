"""Keeping a store: proving its history, backing it up, putting a backup back, working everything out anew."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Trouble, msg
from collector_desk.domain.office.backups import BackupInfo, LastBackup
from collector_desk.domain.office.proof import Sample, VerifyReport, Witness
from collector_desk.domain.people import Act
from collector_desk.domain.states import StoreDoubt
from collector_desk.services.book import refresh
from collector_desk.services.desk.clock import Clock, SystemClock
from collector_desk.services.desk.seat import Seat, acting, demand
from collector_desk.services.office import going_on, people
from collector_desk.services.record import access
from collector_desk.store import backup as backups
from collector_desk.store import marks, search
from collector_desk.store.intake import batches
from collector_desk.store.office import inventory
from collector_desk.store.projections import replay
from collector_desk.store.verify import verify as prove

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
_PIECE = 20  # debtors worked out in one short transaction
SUFFIX = ".cdbackup"
"""How a backup's file name ends, by default."""


@dataclass(frozen=True, slots=True)
class Restored:
    """``kept`` is where the store that was there before lies now. ``doubt`` says how it differs from what this
    computer remembers; ``tied`` that it is the store to go on with: else nobody dials until a lead has answered."""

    info: BackupInfo
    kept: Path | None
    doubt: StoreDoubt | None
    tied: bool

    @property
    def lost(self) -> bool:
        """Whether later work was seen here, which the backup lacks."""
        return self.doubt in (StoreDoubt.PUT_BACK, StoreDoubt.ONE_PUT_BACK)


SAMPLE = 300
"""So many debtors' places in the queue a proof compares, unless it is asked for all: 5 ms each."""


def verify(
    seat: Seat,
    *,
    deep: bool = False,
    seed: int | None = None,
    witnesses: Sequence[Witness] = (),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> VerifyReport:
    """Prove the whole history against what this computer and the ``witnesses`` saw of it; changes nothing.

    The queue's columns are compared of ``SAMPLE`` debtors drawn by ``seed`` (any, unless given), ``deep`` of all.
    Once something is wrong, this seat signs nothing any more and moves no mark.
    """
    kept, now = marks.read(seat.folder, seat.store_id), seat.now()
    report = prove(
        seat.store,
        kept,
        root=seat.unlocked.root,
        witnesses=witnesses,
        places=lambda conn, ids: refresh.odd_places(conn, ids, now),
        sample=None if deep else Sample(SAMPLE, secrets.randbelow(1_000_000) if seed is None else seed),
        progress=progress,
        cancelled=cancelled,
    )
    if report.faults:
        seat.vouches = False
    return report


def verdict(report: VerifyReport) -> Message:
    """The result in one sentence."""
    if report.ok:
        return msg("office.keeping.verified", lines=report.lines)
    if not report.complete:
        return msg("office.keeping.verify_cancelled", lines=report.lines)
    return msg("office.keeping.faults", count=report.faults)


def back_up(seat: Seat, target: Path, *, progress: Progress | None = None, replace: bool = False) -> BackupInfo:
    """Write the whole store to the file ``target``, checked page by page; others may go on working.

    The line of history that says so comes after it, so it is not in the copy itself. Whatever ``progress`` raises
    ends it, and leaves no file. Trouble as ``store.backup.backup``.
    """
    demand(seat, Act.BACK_UP)
    info = backups.backup(seat.store, target, at=seat.now(), progress=progress, replace=replace)
    with acting(seat, "store.backup") as act:
        access.note(act, inventory.WHOLE, info.store_id)
    return info


def last_backup(seat: Seat) -> LastBackup | None:
    """The last backup made of this store as its history tells; None where there never was one."""
    with seat.store.read() as conn:
        return inventory.last_backup(conn)


def suggested_name(seat: Seat) -> str:
    """A file name for a backup made now: when, and nothing about anybody."""
    return f"collector-desk-{seat.local(seat.now()):%Y%m%d-%H%M}{SUFFIX}"


def inspect(file: Path) -> BackupInfo:
    """What a backup says of itself, before anything is done with it."""
    return backups.inspect(file)


def restore(
    file: Path,
    folder: Path,
    *,
    who: str,
    password: str,
    reason: str = "",
    clock: Clock | None = None,
    progress: Progress | None = None,
) -> Restored:
    """Put a backup in ``folder``; nobody may have the store open. The old store is kept beside it.

    ``who`` and ``password`` have to open the backup. A lead's restoring ties the store to this computer, as a line
    of history; where later work was seen here, ``reason`` has to say why that is given up. Otherwise the store
    waits for a lead. Trouble as ``store.backup.restore``.
    """
    watch = clock or SystemClock()
    info = backups.inspect(file)
    kept = backups.restore(file, folder, at=watch.now(), who=who, password=password, progress=progress)
    seat = people.sign_in(folder, who, password, clock=watch)
    try:
        doubt = seat.standing.doubt
        tied = going_on.restored(seat, reason)
    finally:
        seat.let_go()
    return Restored(info, kept, doubt, tied)


def rebuild(seat: Seat, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Changes:
    """Work everybody's standing out anew from the history; in short transactions, so nobody waits.

    Harmless to stop: what was done stays done, the rest is as it was. Raises Trouble ``office.keeping.cancelled``
    then.
    """
    with seat.store.write() as conn:
        replay.rebuild_desk(conn)
    refresh.count_top_tenth(seat.store)
    with seat.store.read() as conn:
        ids = inventory.visible_debtors(conn)
        lost = replay.lost_debtors(conn)
    ids += lost
    for start in range(0, len(ids), _PIECE):
        if cancelled is not None and cancelled():
            raise Trouble("office.keeping.cancelled")
        with seat.store.write() as conn:
            replay.rebuild(conn, ids[start : start + _PIECE])
            refresh.refresh(conn, ids[start : start + _PIECE], seat.now())
        if progress is not None:
            progress(min(start + _PIECE, len(ids)), len(ids))
    with seat.store.write() as conn:
        search.index_debtors(conn, [batches.search_row(conn, debtor_id) for debtor_id in lost])
    return Changes(everything=True)
