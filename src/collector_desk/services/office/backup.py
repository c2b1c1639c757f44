"""Keeping a store: proving its history, backing it up, putting a backup back, working everything out anew."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Refused, Trouble, msg
from collector_desk.domain.office.backups import BackupInfo
from collector_desk.domain.office.proof import VerifyReport
from collector_desk.domain.people import Act, may, require
from collector_desk.services.book import refresh
from collector_desk.services.desk.clock import Clock, SystemClock
from collector_desk.services.desk.seat import Seat, acting, demand
from collector_desk.services.office import people
from collector_desk.services.record import access
from collector_desk.store import backup as backups
from collector_desk.store import heads, search
from collector_desk.store import tables as t
from collector_desk.store.intake import batches
from collector_desk.store.projections import replay
from collector_desk.store.store import Store
from collector_desk.store.tables.history import journal
from collector_desk.store.verify import verify as prove

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
_WHOLE = "backup"
"""What was taken out, as the line of it names it."""
_PIECE = 20  # debtors worked out in one short transaction
SUFFIX = ".cdbackup"
"""How a backup's file name ends, by default."""


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When the store was last backed up, and by whom."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Restored:
    """``kept`` is where the store that was there before lies now. ``lost`` says that this machine saw a later
    history signed: signing in is refused until a lead accepts the loss; ``accepted`` that this was done."""

    info: BackupInfo
    kept: Path | None
    lost: bool
    accepted: bool


def verify(seat: Seat, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> VerifyReport:
    """Prove the whole history against this machine's mark; changes nothing."""
    mark = heads.load_mark(seat.store.store_id)
    return prove(seat.store, mark, root=seat.unlocked.root, progress=progress, cancelled=cancelled)


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
        access.note(act, _WHOLE, info.store_id)
    return info


def last_backup(seat: Seat) -> LastBackup | None:
    """The last backup made of this store as its history tells; None where there never was one."""
    statement = (
        select(journal.c.at, t.person.c.name)
        .select_from(  # from its own row: the journal has no index by kind, and is long
            t.access.outerjoin(journal, journal.c.row_id == t.access.c.id).outerjoin(
                t.person, t.person.c.id == journal.c.actor_id
            )
        )
        .where(t.access.c.what == _WHOLE)
        .order_by(t.access.c.id.desc())
        .limit(1)
    )
    with seat.store.read() as conn:
        row = conn.execute(statement).first()
    return LastBackup(row.at, row.name or "") if row else None


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

    ``who`` and ``password`` have to open the backup. Where this machine saw a later history signed, ``reason`` (why
    that is given up) is written into the history, if ``who`` is a lead; without it the store waits for one. Trouble
    as ``store.backup.restore``.
    """
    watch = clock or SystemClock()
    info = backups.inspect(file)
    kept = backups.restore(file, folder, at=watch.now(), who=who, password=password, progress=progress)
    if not _is_older(folder, who, password):
        return Restored(info, kept, lost=False, accepted=False)
    if not reason.strip():
        return Restored(info, kept, lost=True, accepted=False)
    try:
        accept_loss(folder, who, password, reason, clock=watch)
    except Refused:  # no lead: the store is in place and waits for one
        return Restored(info, kept, lost=True, accepted=False)
    return Restored(info, kept, lost=True, accepted=True)


def _is_older(folder: Path, who: str, password: str) -> bool:
    store, _ = Store.open(folder, who, password)
    try:
        mark = heads.load_mark(store.store_id)
        if mark is None:
            return False
        with store.read() as conn:
            heads.check_mark(conn, mark)
    except Trouble as trouble:
        if trouble.message.code != "store.older_copy":
            raise
        return True
    finally:
        store.close()
    return False


def accept_loss(folder: Path, who: str, password: str, reason: str, *, clock: Clock | None = None) -> None:
    """Go on with an older copy although this machine saw more: a lead's act, for ever part of the history.

    Raises Refused where ``who`` is no lead or gives no reason.
    """
    if not reason.strip():
        raise Refused("office.keeping.reason_missing", "reason")
    at = (clock or SystemClock()).now()
    store, unlocked = Store.open(folder, who, password)
    try:
        mark = heads.load_mark(store.store_id)
        with store.write() as conn:
            person = people.person_of(conn, unlocked.person_id)
            require(person, Act.REPAIR_CLOCK)  # the lead's repairs of what machines did to a store
            if mark is None:
                return
            heads.accept_older_copy(conn, mark, reason=reason.strip()[:500], actor_id=person.id, at=at)
            head = heads.sign_head(conn, unlocked, at)
        heads.save_mark(head, even_if_older=True)
    finally:
        store.close()


def may_accept_loss(seat: Seat) -> bool:
    """Whether this person may give up a later history for an older copy."""
    return may(seat.person.roles, Act.REPAIR_CLOCK)


def rebuild(seat: Seat, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Changes:
    """Work everybody's standing out anew from the history; in short transactions, so nobody waits.

    Harmless to stop: what was done stays done, the rest is as it was. Raises Trouble ``office.keeping.cancelled``
    then.
    """
    refresh.count_top_tenth(seat.store)
    with seat.store.read() as conn:
        ids = list(
            conn.execute(
                select(t.debtor.c.id).where(t.debtor.c.visible.is_(True)).order_by(t.debtor.c.id)
            ).scalars()
        )
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
