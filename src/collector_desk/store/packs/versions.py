"""Questions about the versions of packs this store keeps, and about their life step by step."""

from sqlalchemy import bindparam, func, select

from collector_desk.domain.packs.life import PackKind, PackStep, PackVersion, StepLine
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.kept import kept
from collector_desk.store.tables.history import journal

_VERSION, _STEP = t.pack_version.c, t.pack_step.c
_STEPS = (
    select(
        _VERSION.pack_kind,
        _VERSION.pack_id,
        _VERSION.author_id,
        _STEP.version_id,
        _STEP.step,
        _STEP.actor_id,
        _STEP.reason,
        journal.c.at,
    )
    # outer joins keep their order: the few steps are looked up in the long journal, never the other way about
    .select_from(
        t.pack_step.outerjoin(t.pack_version, _VERSION.id == _STEP.version_id).outerjoin(
            journal, journal.c.row_id == _STEP.id
        )
    )
    .order_by(journal.c.seq)
)


def steps(conn: Connection) -> list[StepLine]:
    """Every step of every version, oldest first."""
    return [
        StepLine(
            (row.pack_kind, row.pack_id),
            row.version_id,
            row.author_id,
            PackStep(row.step),
            row.actor_id,
            row.at,
            row.reason,
        )
        for row in conn.execute(_STEPS)
    ]


_STEPS_ALONE = frozenset({t.pack_step})
_NEWEST = select(func.count(), func.max(_STEP.id)).select_from(t.pack_step)


def mark_of_steps(conn: Connection) -> tuple[int, str | None]:
    """What no two sets of steps share: they are only ever added, so how many and the newest one's id tell."""
    known = kept(conn, "steps of packs", _STEPS_ALONE)
    if not known:
        count, newest = conn.execute(_NEWEST).one()
        known["mark"] = int(count), newest
    mark: tuple[int, str | None] = known["mark"]
    return mark


_VERSIONS = select(
    _VERSION.id,
    _VERSION.pack_kind,
    _VERSION.pack_id,
    _VERSION.language,
    _VERSION.version,
    _VERSION.sha256,
    _VERSION.author_id,
).order_by(_VERSION.id.desc())


def versions(conn: Connection) -> tuple[PackVersion, ...]:
    """Every version the store keeps, the last kept first; their files apart."""
    return tuple(
        PackVersion(
            row.id,
            (PackKind(row.pack_kind), row.pack_id),
            row.language,
            row.version,
            row.sha256,
            row.author_id,
        )
        for row in conn.execute(_VERSIONS)
    )


_FILES = select(_VERSION.files).where(_VERSION.sha256 == bindparam("sha256"))


def files_of(conn: Connection, sha256: str) -> dict[str, str]:
    """The texts of a version by file name; empty where the store keeps none of this digest."""
    return dict(conn.execute(_FILES, {"sha256": sha256}).scalar() or {})
