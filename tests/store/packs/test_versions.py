"""Questions about the versions of packs this store keeps."""

from datetime import timedelta

from collector_desk.domain.packs.life import PackKind, PackStep, PackVersion, StepLine
from collector_desk.store import tables as t
from collector_desk.store.packs import versions
from tests.samples.ids import an_id
from tests.samples.rows import AT

AUTHOR, LEGAL = an_id("author"), an_id("legal")
CARDS, RULES = (PackKind.OBJECTIONS, "cards"), (PackKind.RULES, "cn")


def version(filed, pack=CARDS, sha256="a", **said) -> str:
    kind, pack_id = pack
    return filed(t.pack_version, pack_kind=kind, pack_id=pack_id, version="2026.1", sha256=sha256, **said)


def test_steps_come_in_their_order_with_whose_version_each_is(conn, filed):
    own, shipped = version(filed, author_id=AUTHOR), version(filed, RULES, "b")
    later = AT + timedelta(hours=1)
    for at, version_id, step, actor_id, reason in (
        (AT, shipped, PackStep.RELEASED, LEGAL, ""),
        (AT, own, PackStep.HANDED_IN, AUTHOR, "请看"),
        (later, own, PackStep.RELEASED, LEGAL, "可用"),
    ):
        filed(t.pack_step, at=at, version_id=version_id, step=step, actor_id=actor_id, reason=reason)
    assert versions.steps(conn) == [
        StepLine(RULES, shipped, None, PackStep.RELEASED, LEGAL, AT),
        StepLine(CARDS, own, AUTHOR, PackStep.HANDED_IN, AUTHOR, AT, "请看"),
        StepLine(CARDS, own, AUTHOR, PackStep.RELEASED, LEGAL, later, "可用"),
    ]


def test_every_step_leaves_another_mark(conn, filed):
    version_id = version(filed)
    marks = [versions.mark_of_steps(conn)]
    for step in (PackStep.HANDED_IN, PackStep.RELEASED, PackStep.WITHDRAWN):
        filed(t.pack_step, version_id=version_id, step=step)
        marks.append(versions.mark_of_steps(conn))
    assert marks[0] == (0, None)
    assert len(set(marks)) == len(marks)
    assert versions.mark_of_steps(conn) == marks[-1]


def test_versions_come_the_last_kept_first_and_their_files_by_digest(conn, filed):
    first = version(filed, author_id=AUTHOR, files={"cards.toml": "一"})
    second = version(filed, RULES, "b", language="zh_CN", files={"cn.toml": "二"})
    assert versions.versions(conn) == (
        PackVersion(second, RULES, "zh_CN", "2026.1", "b", None),
        PackVersion(first, CARDS, "", "2026.1", "a", AUTHOR),
    )
    assert versions.files_of(conn, "b") == {"cn.toml": "二"}
    assert versions.files_of(conn, "c") == {}
