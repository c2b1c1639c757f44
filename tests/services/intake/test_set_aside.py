"""Rows set aside: opened again, corrected in place by a line of history, and taken in once."""

import threading
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from collector_desk.domain.message import Refused, Trouble
from collector_desk.services.book import cases, overview
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import placements as intake
from collector_desk.services.intake import recovery, set_aside
from collector_desk.services.intake.set_aside import AsideLine
from collector_desk.services.office import people
from collector_desk.store import search
from collector_desk.store import tables as t
from collector_desk.store.intake import batches
from collector_desk.store.verify import verify
from tests.services.intake.test_placements import HEADER, PASSWORD, a_file, cheap_passwords, count, row, take

__all__ = ["cheap_passwords"]
AMOUNT, NAME, ID_NO = HEADER.index("委案金额"), HEADER.index("客户姓名"), HEADER.index("证件号码")
WHY = "银行 11 月 5 日来函"


@pytest.fixture
def aside(manager: Seat, tmp_path: Path) -> AsideLine:
    """A file of three rows, one of which names no amount."""
    report = take(manager, a_file(tmp_path, row(1), row(2, 委案金额="很多"), row(3)))
    assert (report.accepted, report.set_aside) == (2, 1)
    (line,) = set_aside.lines(manager, report.batch or "")
    return line


def test_a_row_is_opened_behind_its_mask_and_in_clear_by_a_line_of_history(
    manager: Seat, agent: Seat, aside: AsideLine
) -> None:
    assert (aside.line, aside.corrections, aside.taken) == (3, 0, False)
    assert [reason.code for reason in aside.reasons] == ["intake.not_an_amount"]
    masked = set_aside.open_row(manager, aside.id)
    assert not masked.ready
    values = {cell.header: cell.value for cell in masked.cells}
    assert "朱雪彩" not in values.values()
    assert "16100000002" not in values.values()
    before = count(manager, t.access)
    clear = set_aside.open_clear(manager, aside.id)
    values = {cell.header: cell.value for cell in clear.cells}
    assert (values["客户姓名"], values["本人手机"], values["委案金额"]) == ("朱雪彩", "16100000002", "很多")
    assert count(manager, t.access) == before + 1
    assert "朱雪彩" not in repr(clear)
    for way in (set_aside.open_row, set_aside.open_clear):
        with pytest.raises(Refused):
            way(agent, aside.id)


def test_corrected_in_place_the_row_comes_in_by_the_same_checks(manager: Seat, aside: AsideLine) -> None:
    set_aside.correct(manager, aside.id, {AMOUNT: "1,234.50", NAME: "朱雪彩"}, WHY, corrections=0)
    opened = set_aside.open_row(manager, aside.id)
    assert opened.ready
    assert next(cell for cell in opened.cells if cell.place == AMOUNT).was is not None
    with manager.store.read() as conn:
        (kept,) = conn.execute(select(t.aside_correction)).all()
    assert (kept.place, kept.was, kept.value, kept.reason) == (AMOUNT, "很多", "1,234.50", WHY)
    report = set_aside.take_in(manager, [aside.id])
    assert (report.accepted, report.set_aside, report.amounts[0].minor) == (1, 0, 123_450)
    assert report.changes.everything
    with manager.store.read() as conn:
        (who,) = search.find(conn, "625000000000002")
    assert cases.open_case(manager, who).file.cases[0].balance.minor == 123_450
    assert set_aside.open_row(manager, aside.id).line.taken
    assert set_aside.waiting(manager) == {}
    assert count(manager, t.received_file) == 1
    assert verify(manager.store).ok


@pytest.mark.parametrize("known", [(), (row(1), row(3))], ids=["nothing else", "all others on file"])
def test_rows_of_a_file_of_which_nothing_came_in_are_kept_and_come_in_corrected(
    manager: Seat, tmp_path: Path, known: tuple[list[str], ...]
) -> None:
    if known:
        take(manager, a_file(tmp_path, *known, name="before.csv"))
    path = a_file(tmp_path, *known, row(2, 委案金额="很多"), name="bad.csv")
    assert intake.preview(manager, path).worth_taking
    report = take(manager, path)
    assert (report.accepted, report.set_aside, report.duplicates) == (0, 1, len(known))
    newest, *_ = overview.batches(manager)
    assert (newest.id, newest.accepted, newest.placement_number) == (
        report.batch,
        0,
        "XK202611-09" if known else "",
    )
    again = intake.preview(manager, path)
    assert again.already is not None
    assert not again.worth_taking

    (line,) = set_aside.lines(manager, report.batch or "")
    set_aside.correct(manager, line.id, {AMOUNT: "1,234.50"}, WHY, corrections=0)
    came = set_aside.take_in(manager, [line.id])
    assert (came.accepted, came.amounts[0].minor) == (1, 123450)
    assert set_aside.waiting(manager) == {}
    with manager.store.read() as conn:
        assert len(search.find(conn, "16100000002")) == 1
    assert verify(manager.store).ok


def test_taken_in_twice_is_once(manager: Seat, aside: AsideLine) -> None:
    set_aside.correct(manager, aside.id, {AMOUNT: "5.00"}, WHY, corrections=0)
    set_aside.take_in(manager, [aside.id])
    before = count(manager, t.account_case)
    for late in (
        lambda: set_aside.take_in(manager, [aside.id]),
        lambda: set_aside.correct(manager, aside.id, {AMOUNT: "6.00"}, WHY, corrections=1),
    ):
        with pytest.raises(Refused) as refused:
            late()
        assert refused.value.message.code == "intake.aside.taken"
    assert count(manager, t.account_case) == before


def test_two_windows_correct_and_take_in_the_same_row(manager: Seat, aside: AsideLine) -> None:
    other = people.sign_in(manager.store.folder, "林主管", PASSWORD, clock=manager.clock)
    set_aside.correct(manager, aside.id, {AMOUNT: "5.00"}, WHY, corrections=0)
    with pytest.raises(Refused) as refused:
        set_aside.correct(other, aside.id, {AMOUNT: "9.00"}, WHY, corrections=0)
    assert refused.value.message.code == "intake.aside.changed"
    start, told, taken = threading.Barrier(2), [], []

    def go(seat: Seat) -> None:
        start.wait()
        try:
            taken.append(set_aside.take_in(seat, [aside.id]))
        except Trouble as trouble:
            told.append(trouble.message.code)

    threads = [threading.Thread(target=go, args=(seat,)) for seat in (manager, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.store.close()
    assert len(taken) == len(told) == 1
    assert told[0] in {"intake.aside.taken", "intake.import_running"}
    assert count(manager, t.account_case) == 3
    assert verify(manager.store).ok


def test_what_is_still_wrong_stays_out_and_says_why(manager: Seat, aside: AsideLine) -> None:
    report = set_aside.take_in(manager, [aside.id])
    assert (report.accepted, report.set_aside, report.batch) == (0, 1, None)
    assert "intake.not_an_amount" in [found.reason.code for found in report.problems]
    with pytest.raises(Refused) as refused:
        set_aside.correct(manager, aside.id, {AMOUNT: "很多"}, WHY, corrections=0)
    assert refused.value.message.code == "intake.aside.nothing_changed"
    with pytest.raises(Refused) as refused:
        set_aside.correct(manager, aside.id, {AMOUNT: "5"}, "  ", corrections=0)
    assert refused.value.field_name == "reason"
    account = HEADER.index("账户号")
    set_aside.correct(manager, aside.id, {AMOUNT: "100.25", account: "625000000000001"}, WHY, corrections=0)
    report = set_aside.take_in(manager, [aside.id])
    assert (report.accepted, report.duplicates, report.batch) == (0, 1, None), "that account is on file"
    assert set_aside.waiting(manager) != {}


def test_one_number_alone_never_joins_somebody_of_another_name(manager: Seat, tmp_path: Path) -> None:
    known = row(1, 证件号码="")
    report = take(
        manager, a_file(tmp_path, known, row(2, 客户号="C00001", 证件号码="", 客户姓名="别人", 委案金额="?"))
    )
    (line,) = set_aside.lines(manager, report.batch or "")
    set_aside.correct(manager, line.id, {AMOUNT: "3.00"}, WHY, corrections=0)
    opened = set_aside.open_row(manager, line.id)
    assert [reason.code for reason in opened.refused] == ["intake.name_of_another"]
    assert set_aside.take_in(manager, [line.id]).accepted == 0


def test_a_workbooks_cells_keep_what_they_are(manager: Seat, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某某银行信用卡中心 委案明细", *[""] * (len(HEADER) - 1)])
    sheet.append(HEADER)
    good, bad = row(1), row(2, 账户号="")
    good[1] = bad[1] = date(2026, 11, 2)
    good[AMOUNT], bad[AMOUNT] = 100.5, 4044.09
    sheet.append(good)
    sheet.append(bad)
    path = tmp_path / "book.xlsx"
    book.save(path)
    report = take(manager, path)
    (line,) = set_aside.lines(manager, report.batch or "")
    assert line.line == 4
    set_aside.correct(manager, line.id, {HEADER.index("账户号"): "6250000000077777"}, WHY, corrections=0)
    report = set_aside.take_in(manager, [line.id])
    assert (report.accepted, report.amounts[0].minor) == (1, 404_409)
    with manager.store.read() as conn:
        case = conn.execute(
            select(t.account_case).where(t.account_case.c.account_number == "6250000000077777")
        ).one()
    assert case.balance_as_of == date(2026, 11, 2)


def test_a_crash_in_the_middle_leaves_the_row_where_it_was(
    manager: Seat, aside: AsideLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_aside.correct(manager, aside.id, {AMOUNT: "5.00"}, WHY, corrections=0)
    before = (count(manager, t.account_case), count(manager, t.received_piece), count(manager, t.batch))
    with monkeypatch.context() as patch:
        patch.setattr(intake, "_drop", lambda *_: None)  # a killed process clears nothing
        patch.setattr(set_aside.AsideIntake, "commit", _die)
        with pytest.raises(MemoryError):
            set_aside.take_in(manager, [aside.id])
    assert recovery.recover(manager)
    after = (count(manager, t.account_case), count(manager, t.received_piece), count(manager, t.batch))
    assert after == before, "the file itself stays, it is the other batch's"
    with manager.store.read() as conn:
        assert batches.staged_batches(conn) == []
    assert not set_aside.open_row(manager, aside.id).line.taken
    assert set_aside.take_in(manager, [aside.id]).accepted == 1


def _die(*_: object) -> None:
    raise MemoryError
