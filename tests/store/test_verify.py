import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.domain.office.proof import FaultKind, VerifyReport, Witness
from collector_desk.domain.states import StoreDoubt
from collector_desk.store import heads, marks
from collector_desk.store.ids import packed
from collector_desk.store.journal import erase_row, head, last_instant, record, record_many, repair_clock
from collector_desk.store.keys import Unlocked
from collector_desk.store.marks import Remembered
from collector_desk.store.standing import judge
from collector_desk.store.store import Store
from collector_desk.store.tables import access, flag_event
from collector_desk.store.tables.history import clock_repair
from collector_desk.store.verify import verify
from collector_desk.words.messages import render
from tests.samples.ids import an_id

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
Opened = tuple[Store, Unlocked]


def flag(number: int) -> dict[str, Any]:
    return {"debtor_id": f"{number:032x}", "flag": "disputed", "on": True, "reason": f"理由 {number}"}


def fill(opened: Opened, count: int = 10, *, at: datetime = AT) -> list[str]:
    store, person = opened
    with store.write() as conn:
        return record_many(conn, flag_event, map(flag, range(count)), kind="flag", actor_id=person.person_id, at=at)


def sign(opened: Opened, at: datetime = AT) -> Remembered:
    """What this computer remembers after somebody signed the head."""
    store, person = opened
    with store.write() as conn:
        heads.sign_head(conn, person, at)
        return Remembered(marks.mark_of(conn))


def faults(report: VerifyReport) -> list[tuple[FaultKind, int | None]]:
    for finding in report.findings:
        for lang in ("en", "zh_CN"):
            assert render(finding.message, lang) != finding.message.code
    return [(finding.fault, finding.seq) for finding in report.findings]


def test_an_honest_history_is_proved(opened: Opened) -> None:
    fill(opened)
    mark = sign(opened)
    steps: list[tuple[int, int]] = []
    report = verify(opened[0], mark, progress=lambda done, of: steps.append((done, of)))
    assert report.ok
    assert (report.lines, report.rows, report.heads) == (13, 13, 1)
    assert [message.code for message in report.proved] == [
        "store.proved_chain",
        "store.proved_state",
        "store.proved_heads",
        "store.proved_mark",
    ]
    assert [message.code for message in report.unproved] == ["store.unproved_owner"]
    for message in (*report.proved, *report.unproved):
        assert render(message, "zh_CN") != message.code
    assert steps == [(13, 13)]
    unmarked = verify(opened[0])
    assert "store.unproved_no_mark" in [message.code for message in unmarked.unproved]


def test_cancelled_is_not_ok(opened: Opened) -> None:
    report = verify(opened[0], cancelled=lambda: True)
    assert not report.ok
    assert not report.complete
    assert report.proved == ()


def test_many_pages(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collector_desk.store.verify.PAGE", 3)
    fill(opened, 20)
    assert verify(opened[0]).lines == 23
    assert verify(opened[0]).ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE flag_event SET flag = 'x'",
        'UPDATE flag_event SET "on" = 0',
        "UPDATE flag_event SET reason = NULL, salt = NULL",
        "DELETE FROM flag_event",
        "INSERT OR REPLACE INTO flag_event SELECT * FROM flag_event",
        "UPDATE journal SET kind = 'x'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal",
        "DELETE FROM signed_head",
        "UPDATE signed_head SET seq = 1",
    ],
)
def test_history_is_written_once(opened: Opened, statement: str) -> None:
    store, _ = opened
    fill(opened)
    sign(opened)
    with pytest.raises(Exception, match="history is written once"), store.write() as conn:
        conn.exec_driver_sql(statement)
    assert verify(store).ok


def test_erasing_blanks_what_is_personal_and_breaks_nothing(opened: Opened) -> None:
    store, person = opened
    ids = fill(opened)
    with store.write() as conn:
        erase_row(conn, flag_event, ids[3], actor_id=person.person_id, at=AT)
        erase_row(conn, flag_event, ids[3], actor_id=person.person_id, at=AT)  # twice is once
        with pytest.raises(KeyError):
            erase_row(conn, flag_event, an_id("nothing"), actor_id=person.person_id, at=AT)
    with store.read() as conn:
        row = conn.exec_driver_sql(
            "SELECT salt, reason, flag FROM flag_event WHERE id = ?", (packed(ids[3]),)
        ).one()
    assert tuple(row) == (None, None, "disputed")
    report = verify(store)
    assert report.ok
    assert report.erased == 1
    assert report.lines == 14


def test_a_required_personal_value_may_only_go_by_erasure(opened: Opened) -> None:
    store, person = opened
    row = {"was": AT, "reason": "电池"}
    with store.write() as conn:
        row_id = record(conn, clock_repair, row, kind="k", actor_id=person.person_id, at=AT)
    with pytest.raises(Exception, match="reason_given"), store.write() as conn:
        record(conn, clock_repair, {**row, "reason": None}, kind="k", actor_id=person.person_id, at=AT)
    with store.write() as conn:
        erase_row(conn, clock_repair, row_id, actor_id=person.person_id, at=AT)
    assert verify(store).ok


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["UPDATE flag_event SET reason = 'forged' WHERE id = :row"], [(FaultKind.ROW_CHANGED, 7)]),
        (["DELETE FROM flag_event WHERE id = :row"], [(FaultKind.ROW_MISSING, 7)]),
        (["UPDATE flag_event SET reason = NULL, salt = NULL WHERE id = :row"], [(FaultKind.BLANKED, 7)]),
        (["UPDATE journal SET actor_id = zeroblob(16) WHERE seq = 7"], [(FaultKind.LINE_CHANGED, 7)]),
        (
            ["UPDATE journal SET hash = zeroblob(32) WHERE seq = 7"],
            [(FaultKind.LINE_CHANGED, 7), (FaultKind.LINE_CHANGED, 8)],
        ),
        (
            ["DELETE FROM journal WHERE seq = 7", "DELETE FROM flag_event WHERE id = :row"],
            [(FaultKind.LINE_MISSING, 7)],
        ),
        (["DELETE FROM journal WHERE seq = 7"], [(FaultKind.LINE_MISSING, 7), (FaultKind.ROW_EXTRA, None)]),
        (
            ["INSERT INTO access (id, salt, what, subject_id) VALUES (zeroblob(16), zeroblob(16), 'w', 's')"],
            [(FaultKind.ROW_EXTRA, None)],
        ),
        (["UPDATE signed_head SET signature = zeroblob(64)"], [(FaultKind.BAD_SIGNATURE, 13)]),
        (["DELETE FROM journal WHERE seq >= 11"], None),
    ],
)
def test_tampering_past_the_triggers_is_named(
    opened: Opened, raw: Any, statements: list[str], expected: list[tuple[FaultKind, int | None]] | None
) -> None:
    ids = fill(opened)
    sign(opened)
    triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        raw.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        raw.execute(statement, {"row": packed(ids[3])} if ":row" in statement else {})
    for _, sql in triggers:
        raw.execute(sql)
    found = faults(verify(opened[0]))
    if expected is None:  # the tail: its rows and the head signed over it are still there
        assert (FaultKind.TAIL_CUT, 11) in found
        assert [fault for fault, _ in found].count(FaultKind.ROW_EXTRA) == 3
    else:
        assert found == expected


def test_a_missing_guard_is_told(opened: Opened, raw: Any) -> None:
    raw.execute("DROP TRIGGER once_journal_update")
    report = verify(opened[0])
    assert report.first is not None
    assert (report.first.fault, report.first.table) == (FaultKind.TRIGGER, "once_journal_update")


def test_a_forged_chain_breaks_the_signature(opened: Opened, raw: Any) -> None:
    """Whoever recomputes all hashes still can't sign for another."""
    from collector_desk.store.journal import HASHED, genesis, line_hash

    fill(opened)
    mark = sign(opened)
    raw.execute("DROP TRIGGER once_journal_update")
    prev, actor = genesis(opened[0].store_id, "K7M"), HASHED.index("actor_id")
    lines = f"SELECT {', '.join(HASHED)} FROM journal ORDER BY place"  # noqa: S608
    for line in map(list, raw.execute(lines).fetchall()):
        if line[0] == 7:
            line[actor] = bytes(16)
        prev = line_hash(prev, line)
        raw.execute("UPDATE journal SET actor_id=?, hash=? WHERE place=?", (line[actor], prev, line[0]))
    found = faults(verify(opened[0], mark))
    assert (FaultKind.HEAD_DIFFERS, 13) in found
    assert all(fault is not FaultKind.LINE_CHANGED for fault, _ in found)


def test_an_older_copy_put_back_is_noticed(opened: Opened, tmp_path: Path) -> None:
    store, person = opened
    fill(opened)
    sign(opened)
    copy = tmp_path / "copy"
    store.close()
    shutil.copytree(store.folder, copy)
    later, _ = Store.open(store.folder, person.person_id, "pw")
    with later:
        fill((later, person), 5)
        kept = sign((later, person))
    old, _ = Store.open(copy, person.person_id, "pw")
    with old:
        assert faults(verify(old, kept)) == [(FaultKind.OLDER_COPY, 14)]
        with old.read() as conn:
            assert judge(conn, old.store_id, kept).doubt is StoreDoubt.PUT_BACK
        # worked on, past the mark: the same number, another line
        fill((old, person), 20)
        assert faults(verify(old, kept)) == [(FaultKind.HEAD_DIFFERS, 18)]
        with old.read() as conn:
            assert judge(conn, old.store_id, kept).doubt is StoreDoubt.PUT_BACK


def test_a_witness_tells_what_all_marks_put_back_hide(opened: Opened) -> None:
    store, _ = opened
    fill(opened)
    with store.read() as conn:
        end = head(conn)
    honest = [Witness("paper", end.place, end.hash.hex()[:16]), Witness("report", 0, end.hash.hex()[:16])]
    assert verify(store, witnesses=honest).ok
    for later in (
        Witness("paper", end.place + 5, "ab" * 8),
        Witness("paper", end.place, "ab" * 8),
        Witness("report", 0, "ab" * 8),
        Witness("report", end.place - 1, end.hash.hex()[:16]),
    ):
        report = verify(store, witnesses=[*honest, later])
        assert faults(report) == [(FaultKind.WITNESS, later.place)]
        assert report.proved == ()


def test_the_clock_does_not_run_backwards(opened: Opened) -> None:
    store, person = opened
    fill(opened, 1, at=AT + timedelta(hours=1))
    with pytest.raises(Trouble) as caught:
        fill(opened, 1, at=AT)
    assert caught.value.message.code == "store.clock_backwards"
    assert caught.value.message.params["last"] == AT + timedelta(hours=1)
    fill(opened, 1, at=AT + timedelta(minutes=59, seconds=59))  # a time server's small step
    with store.read() as conn:
        assert last_instant(conn) == AT + timedelta(hours=1)
    with store.write() as conn:
        repair_clock(conn, reason="主板电池", actor_id=person.person_id, at=AT + timedelta(minutes=5))
    fill(opened, 1, at=AT + timedelta(minutes=6))
    assert verify(store).ok


def test_values_that_sqlite_would_change_are_our_own_bug(opened: Opened) -> None:
    store, person = opened
    for row in ({"what": 5, "subject_id": "x"}, {"what": "x", "subject_id": "x", "other": 1}):
        with pytest.raises(TypeError), store.write() as conn:
            record(conn, access, row, kind="k", actor_id=person.person_id, at=AT)
    from collector_desk.store.tables import setting

    with pytest.raises(TypeError), store.write() as conn:
        record(conn, setting, {}, kind="k", actor_id=person.person_id, at=AT)


def test_the_chain_starts_at_the_store_itself(opened: Opened) -> None:
    store, _ = opened
    with store.read() as conn:
        assert head(conn).place == 3
    store.store_id = an_id("another")
    assert faults(verify(store))[0] == (FaultKind.LINE_CHANGED, 1)
