"""Contact records back to the bank: a sequence of numbered exports, each true to what holds then."""

import csv
import errno
import hashlib
import io
import threading
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.vocabulary import ArrearsReason, NumberKind, Outcome, Role, SentMark, Speaker
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.exports import contacts
from collector_desk.services.exports.contacts import Wish, export, placement_numbered, preview
from collector_desk.store import tables as t
from collector_desk.store.journal import erase_row
from collector_desk.store.store import Store
from collector_desk.words.messages import LANGUAGES, render
from tests.samples.hostile import HOSTILE
from tests.services.calls.test_taking_back import called, promise, talk

UNANSWERED = CallLog(Outcome.NO_ANSWER)
PLACEMENT = "XK202611-01"


@pytest.fixture
def wish(manager, debtor) -> Wish:
    debtor()  # who nobody calls: the placement is there
    return Wish(placement_numbered(manager, PLACEMENT), "generic")


@pytest.fixture
def sent(manager, wish, tmp_path):
    """Export once more; returns what it said and the rows of the file."""
    count = 0

    def go(wished=wish, *, seat=manager, ending=".csv", **more):
        nonlocal count
        count += 1
        target = tmp_path / f"out-{count}{ending}"
        done = export(seat, wished, target, **more)
        return done, table(target)

    return go


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def counts(done) -> dict[SentMark, int]:
    return {mark: count for mark, count in done.counts.items() if count}


def history(seat):
    with seat.store.read() as conn:
        exports = conn.execute(select(t.contacts_export).order_by(t.contacts_export.c.id)).all()
        counting = select(t.contact_sent).join(
            t.contacts_export, t.contacts_export.c.id == t.contact_sent.c.export_id
        )
        rows = conn.execute(counting.order_by(t.contact_sent.c.id)).all()
    return exports, rows


def refused(act) -> str:
    with pytest.raises(Trouble) as caught:
        act()
    for lang in LANGUAGES:
        assert render(caught.value.message, lang) != caught.value.message.code
    return caught.value.message.code


def test_a_file_and_its_line_of_history(manager, agent, debtor, sent, wish, tmp_path, clock):
    who = debtor("王小明")
    called(agent, who, promise(24))
    clock.forward(minutes=5)
    called(agent, debtor("李红"), UNANSWERED)
    clock.forward(minutes=5)
    done, rows = sent()
    assert (done.number, counts(done), done.withheld) == ("K7M-N1001", {SentMark.NEW: 2}, 0)
    first, second = rows
    assert first["姓名"] == "王**"
    assert first["催收时间"] == "2026-11-23 10:00:00"
    assert (first["与案人关系"], first["催收结果"], first["谈判方式"]) == ("本人", "承诺部分还款", "部分还款")
    assert (first["承诺还款日期"], first["承诺还款金额"]) == ("2026-11-24", "1000.00")
    assert first["催收记录"].startswith("客户说明了情况")
    assert first["催收员"] == agent.person.number
    assert (second["催收结果"], second["催收记录"], second["承诺还款金额"]) == ("无人接听", "", "")
    (kept,), lines = history(manager)
    path = tmp_path / "out-1.csv"
    assert kept.sha256 == done.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (kept.filename, kept.bank_name, kept.rows) == (path.name, "某某银行", 2)
    assert (kept.since, kept.until, kept.notes_released) == (None, clock.now(), False)
    assert [(line.line, line.mark, line.first_id) for line in lines] == [(1, "new", None), (2, "new", None)]
    assert lines[0].debtor_id == who
    assert any(entry.kind == "contact_sent" for entry in cases.open_case(manager, who).timeline)


def test_only_what_is_new_goes_out_again(manager, agent, debtor, sent, clock):
    called(agent, debtor(), UNANSWERED)
    clock.forward(minutes=5)
    sent()
    assert refused(sent) == "exports.nothing_new"
    clock.forward(minutes=5)
    called(agent, debtor(), UNANSWERED)
    done, rows = sent()
    assert (done.number, counts(done), len(rows)) == ("K7M-N1002", {SentMark.NEW: 1}, 1)
    assert len(history(manager)[0]) == 2


def test_days_named_send_it_again_as_a_repeat(manager, agent, debtor, sent, wish, clock):
    called(agent, debtor(), talk(Outcome.REFUSES))
    clock.forward(minutes=5)
    sent()
    again = Wish(wish.placement_id, "generic", first=date(2026, 11, 23))
    done, (row,) = sent(again)
    assert counts(done) == {SentMark.REPEAT: 1}
    assert row["催收记录"].startswith("[重复 首次回传 K7M-N1001 第 1 行] 客户说明")
    for first, last in ((date(2026, 11, 24), None), (None, date(2026, 11, 22))):
        other = Wish(wish.placement_id, "generic", first, last)
        assert refused(lambda other=other: sent(other)) == "exports.nothing_new"
    backwards = Wish(wish.placement_id, "generic", date(2026, 11, 24), date(2026, 11, 23))
    assert refused(lambda: sent(backwards)) == "exports.days_backwards"
    (_, second), lines = history(manager)
    assert second.since is not None
    assert lines[1].first_id == lines[0].id


def test_a_call_that_was_open_goes_out_late(agent, debtor, sent, clock):
    called(agent, debtor(), UNANSWERED)
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).numbers[0].phone.id)
    clock.forward(minutes=2)
    done, _ = sent()
    assert counts(done) == {SentMark.NEW: 1}
    calling.finish(agent, begun.attempt.id, talk(Outcome.REFUSES))
    clock.forward(minutes=2)
    done, (row,) = sent()
    assert counts(done) == {SentMark.LATE: 1}
    assert row["催收记录"].startswith("[补报] 客户说明")


def test_taken_back_and_corrected_each_go_out_once_naming_the_first(manager, agent, debtor, sent, clock):
    called(agent, debtor(), UNANSWERED)
    clock.forward(minutes=2)
    called(agent, debtor(), promise(24))
    clock.forward(minutes=2)
    sent()
    attempt, _ = calling.take_back(agent)
    clock.forward(minutes=2)
    done, (row,) = sent()
    assert counts(done) == {SentMark.TAKEN_BACK: 1}
    assert (row["催收记录"], row["催收结果"]) == ("[撤回 首次回传 K7M-N1001 第 2 行]", "")
    assert (row["承诺还款金额"], row["承诺还款日期"]) == ("", "")
    assert refused(sent) == "exports.nothing_new"
    calling.finish(agent, attempt.id, talk(Outcome.REFUSES, note="客户改口称本月无力还款，已告知可申请分期。"))
    clock.forward(minutes=2)
    done, (row,) = sent()
    assert counts(done) == {SentMark.CORRECTED: 1}
    assert row["催收记录"].startswith("[更正 首次回传 K7M-N1001 第 2 行] 客户改口")
    assert row["催收结果"] == "拒绝还款"
    assert refused(sent) == "exports.nothing_new"
    _, lines = history(manager)
    assert [line.first_id for line in lines] == [None, None, lines[1].id, lines[1].id]


def test_corrected_between_two_exports_goes_out_once(agent, debtor, sent, clock):
    called(agent, debtor(), talk(Outcome.REFUSES))
    clock.forward(minutes=2)
    sent()
    attempt, _ = calling.take_back(agent)
    calling.finish(agent, attempt.id, promise(24, note="客户改口，承诺明天先还一部分，已经复述确认。"))
    clock.forward(minutes=2)
    done, (row,) = sent()
    assert counts(done) == {SentMark.CORRECTED: 1}
    assert row["承诺还款金额"] == "1000.00"


def test_taken_back_before_anybody_was_told_goes_out_as_new(agent, debtor, sent, clock):
    called(agent, debtor(), talk(Outcome.REFUSES))
    attempt, _ = calling.take_back(agent)
    assert refused(sent) == "exports.nothing_new"
    calling.finish(agent, attempt.id, promise(24, note="客户改口，承诺明天先还一部分，已经复述确认。"))
    clock.forward(minutes=2)
    done, _ = sent()
    assert counts(done) == {SentMark.NEW: 1}


def test_each_layout_has_a_sequence_of_its_own(agent, debtor, sent, wish, clock, desk_home):
    own_layout(desk_home, "")
    called(agent, debtor(), UNANSWERED)
    clock.forward(minutes=5)
    sent()
    done, rows = sent(Wish(wish.placement_id, "bank-a"))
    assert (done.number, counts(done)) == ("K7M-N1002", {SentMark.NEW: 1})
    assert rows[0]["结果"] == "无人接听"


def own_layout(home, more: str, *, notes: bool = False) -> None:
    (home / "layouts").mkdir(parents=True, exist_ok=True)
    text = f"""[layout]
id = "bank-a"
version = "3"
sensitive_notes = {str(notes).lower()}
[layout.title]
en = "Bank A"
zh_CN = "甲银行"
[[column]]
heading = "账号"
field = "account"
masked = false
[[column]]
heading = "电话"
field = "number"
masked = false
[[column]]
heading = "姓名"
field = "name"
masked = false
[[column]]
heading = "记录"
field = "record"
[[column]]
heading = "结果"
field = "outcome"
[[column]]
heading = "标记"
field = "mark"
[[column]]
heading = "余额"
field = "balance"
{more}"""
    (home / "layouts" / "a.toml").write_text(text, "utf-8")


def test_an_outcome_without_a_code_refuses_and_nothing_is_written(
    manager, agent, debtor, wish, tmp_path, desk_home
):
    own_layout(desk_home, '[codes.outcome]\nbusy = "B"\n')
    called(agent, debtor(), UNANSWERED)
    theirs = Wish(wish.placement_id, "bank-a")
    before = sorted(path.name for path in tmp_path.iterdir())
    for act in (lambda: export(manager, theirs, tmp_path / "x.xlsx"), lambda: preview(manager, theirs)):
        with pytest.raises(Refused) as caught:
            act()
        assert "无人接听" in render(caught.value.message, "en")
        assert "no_answer" in render(caught.value.message, "zh_CN")
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert history(manager) == ([], [])


def test_a_broken_layout_names_its_line_and_nothing_is_written(manager, wish, tmp_path, desk_home):
    own_layout(desk_home, '[codes.outcome]\nbusyy = "B"\n')
    with pytest.raises(Trouble) as caught:
        export(manager, Wish(wish.placement_id, "bank-a"), tmp_path / "x.xlsx")
    assert "a.toml, line 33" in render(caught.value.message, "en")
    assert not (tmp_path / "x.xlsx").exists()


def test_a_sensitive_note_needs_the_layout_and_a_lead(
    manager, agent, seat_of, debtor, sent, wish, clock, desk_home
):
    story = "客户说母亲住院三个月，积蓄已经花完，请求宽限。"
    called(agent, debtor(), talk(Outcome.REFUSES, reason=ArrearsReason.ILLNESS_FAMILY, note=story))
    clock.forward(minutes=5)
    done, (row,) = sent()
    assert done.withheld == 1
    assert "住院" not in row["催收记录"]
    assert row["催收记录"].startswith("结果：")
    assert row["催收记录"].endswith("（代码 illness_family）")
    own_layout(desk_home, "", notes=True)
    theirs = Wish(wish.placement_id, "bank-a")
    head = seat_of("周经理", Role.MANAGER)
    assert preview(head, theirs).asks_notes
    assert refused(lambda: sent(theirs, seat=head, release_notes=True)) == "office.not_allowed"
    done, (row,) = sent(theirs, seat=head)
    assert (done.withheld, "住院" in row["记录"]) == (1, False)
    again = Wish(wish.placement_id, "bank-a", first=date(2026, 11, 23))
    done, (row,) = sent(again, release_notes=True)
    assert (done.withheld, row["记录"]) == (0, story)
    assert [line.notes_released for line in history(manager)[0]] == [False, False, True]
    # without the layout asking for it a lead's word opens nothing
    done, (row,) = sent(Wish(wish.placement_id, "generic", first=date(2026, 11, 23)), release_notes=True)
    assert "住院" not in row["催收记录"]


@pytest.mark.parametrize("role", [Role.AGENT, Role.VISITOR, Role.LEGAL])
def test_who_may_not_export_sees_and_writes_nothing(seat_of, debtor, agent, wish, tmp_path, role):
    called(agent, debtor(), UNANSWERED)
    other = seat_of("何某", role)
    assert refused(lambda: export(other, wish, tmp_path / "x.csv")) == "office.not_allowed"
    assert refused(lambda: preview(other, wish)) == "office.not_allowed"
    assert refused(lambda: placement_numbered(other, PLACEMENT)) == "office.not_allowed"
    assert not (tmp_path / "x.csv").exists()


def test_a_preview_masks_everything_and_writes_nothing(manager, agent, debtor, wish, clock, desk_home):
    own_layout(desk_home, "")
    called(agent, debtor("王小明"), talk(Outcome.REFUSES))
    clock.forward(minutes=5)
    seen = preview(manager, Wish(wish.placement_id, "bank-a"))
    assert (seen.total, counts(seen), seen.before) == (1, {SentMark.NEW: 1}, ())
    (row,) = seen.rows
    text = " ".join(map(str, row))
    assert "王小明" not in text
    assert "1618800" not in text
    assert "客户说明" not in text
    assert history(manager) == ([], [])
    assert "王小明" not in repr(seen)


def test_the_xlsx_holds_amounts_as_numbers(manager, agent, debtor, wish, tmp_path, clock):
    called(agent, debtor(), promise(24))
    clock.forward(minutes=5)
    done = export(manager, wish, tmp_path / "x.xlsx")
    page = load_workbook(tmp_path / "x.xlsx")["催记"]
    assert page["A1"].value == "个案序列号"
    assert (page["M2"].value, page["M2"].number_format) == (1000, "0.00")
    assert page.max_row == done.total + 1


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.toml"])
def test_another_kind_of_file_is_refused(manager, wish, tmp_path, name):
    assert refused(lambda: export(manager, wish, tmp_path / name)) == "exports.no_format"


def test_unknown_and_doubled_placements(manager, wish, debtor):
    assert refused(lambda: placement_numbered(manager, "XK-9")) == "exports.no_placement"
    with manager.store.write() as conn:
        found = conn.execute(select(t.placement)).mappings().one()
    assert placement_numbered(manager, f" {found['number']} ") == wish.placement_id


def test_a_target_that_cannot_be_written_leaves_no_line(manager, agent, debtor, wish, tmp_path):
    called(agent, debtor(), UNANSWERED)
    there = tmp_path / "there.csv"
    there.write_bytes(b"mine")
    for target, code in (
        (there, "documents.outgoing.exists"),
        (tmp_path / "no folder" / "x.csv", "documents.outgoing.no_folder"),
        (tmp_path / "store" / "x.csv", "documents.outgoing.in_store"),
    ):
        assert refused(lambda target=target: export(manager, wish, target)) == code
    assert there.read_bytes() == b"mine"
    assert history(manager) == ([], [])
    assert export(manager, wish, there, replace=True).total == 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_disk_that_fails_leaves_neither_file_nor_line(
    manager, agent, debtor, wish, tmp_path, monkeypatch, number
):
    called(agent, debtor(), UNANSWERED)
    before = sorted(path.name for path in tmp_path.iterdir())

    def full(out, *_, **__):
        out.write(b"some")
        raise OSError(number, "full")

    monkeypatch.setattr(contacts, "write_sheet", full)
    assert refused(lambda: export(manager, wish, tmp_path / "x.csv")) in {"store.disk_full", "store.read_only"}
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert history(manager) == ([], [])


def test_a_name_taken_meanwhile_leaves_no_line(manager, agent, debtor, wish, tmp_path, monkeypatch):
    called(agent, debtor(), UNANSWERED)
    target, write = tmp_path / "x.csv", contacts.write_sheet

    def slow(*given, **more):
        write(*given, **more)
        target.write_bytes(b"somebody else's")

    monkeypatch.setattr(contacts, "write_sheet", slow)
    assert refused(lambda: export(manager, wish, target)) == "documents.outgoing.exists"
    assert target.read_bytes() == b"somebody else's"
    assert history(manager) == ([], [])


def test_a_store_that_cannot_keep_the_line_gives_no_file(manager, agent, debtor, wish, tmp_path, monkeypatch):
    called(agent, debtor(), UNANSWERED)
    write = Store.write

    @contextmanager
    def full(store, *given, **more):
        with write(store, *given, **more) as conn:
            yield conn
            raise Trouble("store.disk_full", file="store.db")

    monkeypatch.setattr(Store, "write", full)
    assert refused(lambda: export(manager, wish, tmp_path / "x.csv")) == "store.disk_full"
    monkeypatch.undo()
    assert not (tmp_path / "x.csv").exists()
    assert history(manager) == ([], [])


def test_an_export_that_never_ended_told_nobody_anything(manager, agent, debtor, wish, sent, monkeypatch):
    who = debtor()
    called(agent, who, UNANSWERED)

    def killed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(contacts.exports, "contacts_sent", killed)
    with pytest.raises(KeyboardInterrupt):
        sent()
    monkeypatch.undo()
    assert all(entry.kind != "contact_sent" for entry in cases.open_case(manager, who).timeline)
    done, _ = sent()
    assert (done.number, counts(done)) == ("K7M-N1001", {SentMark.NEW: 1})


def test_many_rows_are_kept_in_pieces_each_with_its_line(manager, agent, debtor, sent, monkeypatch, clock):
    monkeypatch.setattr(contacts, "_PIECE", 2)
    for _ in range(5):
        called(agent, debtor(), UNANSWERED)
        clock.forward(minutes=1)
    done, rows = sent()
    assert (done.total, len(rows)) == (5, 5)
    assert [line.line for line in history(manager)[1]] == [1, 2, 3, 4, 5]


def test_stopped_half_way_nothing_is_left(manager, agent, debtor, wish, tmp_path):
    called(agent, debtor(), UNANSWERED)

    def stop(_done, _all):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(manager, wish, tmp_path / "x.csv", progress=stop)
    assert not (tmp_path / "x.csv").exists()
    assert history(manager) == ([], [])


def test_another_export_in_between_is_seen_and_this_one_looks_again(
    manager, seat_of, agent, debtor, wish, tmp_path, monkeypatch
):
    called(agent, debtor(), UNANSWERED)
    other = seat_of("周经理", Role.MANAGER)
    write, found = contacts.write_sheet, []

    def between(*given, **more):
        monkeypatch.setattr(contacts, "write_sheet", write)
        found.append(export(other, wish, tmp_path / "theirs.csv"))
        write(*given, **more)

    monkeypatch.setattr(contacts, "write_sheet", between)
    again = Wish(wish.placement_id, "generic", first=date(2026, 11, 23))
    mine = export(manager, again, tmp_path / "mine.csv")
    assert [(one.number, counts(one)) for one in (*found, mine)] == [
        ("K7M-N1001", {SentMark.NEW: 1}),
        ("K7M-N1002", {SentMark.REPEAT: 1}),
    ]
    assert "K7M-N1001" in table(tmp_path / "mine.csv")[0]["催收记录"]


def test_two_at_once_get_two_numbers(manager, seat_of, agent, debtor, wish, tmp_path):
    called(agent, debtor(), UNANSWERED)
    again = Wish(wish.placement_id, "generic", first=date(2026, 11, 23))
    seats = {"a": manager, "b": seat_of("周经理", Role.MANAGER)}
    start, done = threading.Barrier(2), {}

    def work(name):
        start.wait(10)
        done[name] = export(seats[name], again, tmp_path / f"{name}.csv")

    threads = [threading.Thread(target=work, args=(name,)) for name in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(one.number for one in done.values()) == ["K7M-N1001", "K7M-N1002"]
    exports, lines = history(manager)
    assert [line.mark for line in lines] == ["new", "repeat"]
    assert {one.sha256 for one in exports} == {one.sha256 for one in done.values()}


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_hostile_text_in_every_field_goes_out_as_text(
    manager, agent, wish, tmp_path, debtor, clock, ending, desk_home
):
    own_layout(desk_home, "")
    evil = '=HYPERLINK("http://example.invalid","点我")'
    who = debtor(evil, numbers=(("16188009999", NumberKind.MOBILE),))
    called(
        agent, who, talk(Outcome.REFUSES, note=f"{evil} {HOSTILE['bidi']} {HOSTILE['control']} 客户不愿意还款。")
    )
    clock.forward(minutes=5)
    target = tmp_path / f"x{ending}"
    export(manager, Wish(wish.placement_id, "bank-a"), target)
    if ending == ".csv":
        (row,) = table(target)
        assert row["姓名"].startswith("'=HYPERLINK")
        assert row["记录"].startswith("'=HYPERLINK")
        assert "\u202e" not in row["记录"]
    else:
        page = load_workbook(target)["催记"]
        assert all(cell.data_type != "f" for line in page.iter_rows() for cell in line)
        assert page["C2"].value.startswith("'=HYPERLINK")


def test_of_who_was_erased_nothing_goes_out(manager, agent, debtor, sent, clock):
    who, other = debtor(), debtor()
    for each in (who, other):
        called(agent, each, talk(Outcome.REFUSES))
        clock.forward(minutes=5)
    with manager.store.write() as conn:
        ends = conn.execute(select(t.attempt_end.c.id).where(t.attempt_end.c.debtor_id == who)).scalars().all()
        for end in ends:
            erase_row(conn, t.attempt_end, end, actor_id=manager.person.id, at=clock.now())
    done, _ = sent()
    assert counts(done) == {SentMark.NEW: 1}
    assert history(manager)[1][0].debtor_id == other


def test_a_promise_on_another_account_goes_out_under_that_account(
    manager, agent, debtor, sent, clock, desk_home, wish
):
    own_layout(desk_home, "")
    who = debtor(days=40)
    second = debtor.another(who, balance=50_000, days=10)
    called(agent, who, promise(24, case_id=second, amount=Money(30_000)))
    clock.forward(minutes=5)
    _, (row,) = sent(Wish(wish.placement_id, "bank-a"))
    assert row["余额"] == "500.00"


def test_a_call_of_somebody_else_is_told_as_theirs(agent, manager, debtor, sent, clock):
    who = debtor("王小明")
    third = CallLog(
        Outcome.THIRD_PARTY,
        Speaker.THIRD_PARTY,
        talk_seconds=30,
        note="接听人称不认识本人，已留下回电号码。",
        recording="R-1",
    )
    called(agent, who, third)
    clock.forward(minutes=5)
    _, (row,) = sent()
    assert (row["对象姓名"], row["与案人关系"], row["催收结果"]) == ("", "其他", "第三人接听")


def test_an_export_ends_where_it_looked(agent, debtor, sent, wish, clock):
    called(agent, debtor(), UNANSWERED)
    clock.forward(days=1)
    called(agent, debtor(), UNANSWERED)
    first = Wish(wish.placement_id, "generic", last=clock.now().date() - timedelta(days=1))
    done, _ = sent(first)
    assert counts(done) == {SentMark.NEW: 1}
    clock.forward(minutes=5)
    done, _ = sent()
    assert counts(done) == {SentMark.NEW: 1}
