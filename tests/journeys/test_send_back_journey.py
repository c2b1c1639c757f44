"""A lead sends contact records back to the bank, by keys alone: looked at, written, sent again, stopped."""

import csv
import io
import threading

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import ArrearsReason, Outcome
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.exports import contacts
from collector_desk.services.intake import placements
from collector_desk.store import tables as t
from collector_desk.ui.book import send_back
from tests.journeys.test_import_journey import DOWN, ENTER, ESC, LEAD, cases_page, to_widget, workbook
from tests.services.calls.test_taking_back import talk

__all__ = ["workbook"]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def lead(desk_of, qtbot, workbook, clock):
    """A placement of two accounts is on file; one was called in vain, the other refused."""
    desk = desk_of(LEAD)
    seen = placements.preview(desk.seat, workbook)
    placements.import_placement(desk.seat, seen, {"XK202611-09": PlacementTerms("某某银行")})
    first, second = (row.debtor_id for row in queueing.page(desk.seat, limit=9).rows)
    call(desk.seat, first, CallLog(Outcome.NO_ANSWER))
    clock.forward(minutes=3)
    call(desk.seat, second, talk(Outcome.REFUSES))
    clock.forward(minutes=3)
    desk.open()
    qtbot.waitUntil(desk.window.isActiveWindow)
    return desk


def call(seat, who, log) -> None:
    begun = calling.begin(seat, debtor_id=who, phone_id=cases.open_case(seat, who).numbers[0].phone.id)
    calling.finish(seat, begun.attempt.id, log)


@pytest.fixture
def chosen(tmp_path, monkeypatch):
    """Where the files go, one after the other, and what was suggested for each."""
    asked: list[str] = []

    def ask(_parent, _title, suggested, _filters):
        asked.append(suggested)
        return tmp_path / f"out-{len(asked)}{'.csv' if len(asked) == 2 else '.xlsx'}"

    monkeypatch.setattr(send_back, "ask_save", ask)
    return asked


def sending(desk, qtbot):
    page = cases_page(desk, qtbot)
    desk.key("S", CTRL, SHIFT)
    view = page.sending
    assert page.face() is view
    settled(desk, qtbot)
    return page, view


def settled(desk, qtbot) -> None:
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=15000)


def history(seat):
    with seat.store.read() as conn:
        exports = conn.execute(select(t.contacts_export).order_by(t.contacts_export.c.id)).all()
        return exports, conn.execute(select(t.contact_sent).order_by(t.contact_sent.c.id)).all()


def shown(model) -> list[list[str]]:
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_contact_records_go_to_the_bank_and_once(lead, qtbot, chosen, tmp_path, clock):
    page, view = sending(lead, qtbot)
    assert "XK202611-09" in view.head.title.text()
    assert [tile.value.text() for tile in view.figures] == ["2", "0", "0", "0", "0"]
    rows = shown(view.model)
    assert [row[0] for row in rows] == ["新增", "新增"]
    text = " ".join(" ".join(row) for row in rows)
    assert "王小明" not in text
    assert "客户说明" not in text
    assert history(lead.seat) == ([], [])
    lead.ctrl("S")
    settled(lead, qtbot)
    path = tmp_path / "out-1.xlsx"
    page_ = load_workbook(path)["催记"]
    assert [cell.value for cell in page_[1]][:4] == ["个案序列号", "姓名", "催收措施", "催收时间"]
    assert page_.max_row == 3
    assert page_["I3"].value.startswith("客户说明了情况")
    (kept,), lines = history(lead.seat)
    assert (kept.rows, kept.filename, len(lines)) == (2, "out-1.xlsx", 2)
    assert chosen == ["催记 XK202611-09 20261123.xlsx"]
    assert not view.write_button.isEnabled()
    assert view.empty.isVisible()
    assert [row[0] for row in shown(view.before_model)] == ["K7M-N1001"]
    lead.ctrl("S")  # nothing to send: nothing is asked
    assert len(chosen) == 1
    # a day that is none is said at its field; one that is sends it again, marked
    to_widget(lead, view.first)
    lead.type("13-45")
    lead.key(ENTER)
    assert view.first_field.error()
    assert not view.write_button.isEnabled()
    lead.ctrl("A")
    lead.type("11-23")
    lead.key(ENTER)
    settled(lead, qtbot)
    assert not view.first_field.error()
    assert [row[0] for row in shown(view.model)] == ["重复", "重复"]
    lead.ctrl("S")
    settled(lead, qtbot)
    again = list(csv.DictReader(io.StringIO((tmp_path / "out-2.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert again[0]["催收记录"].startswith("[重复 首次回传 K7M-N1001 第 1 行")
    assert [one.serial for one in history(lead.seat)[0]] == [1001, 1002]
    # taken back since: told once, naming the first
    lead.key(ESC)
    assert page.face() is page.overview
    assert view.model.rowCount() == 0 or not view.table.isVisible()
    attempt, _ = calling.take_back(lead.seat)
    lead.key("S", CTRL, SHIFT)
    settled(lead, qtbot)
    assert [tile.value.text() for tile in view.figures] == ["0", "0", "1", "0", "0"]
    lead.ctrl("S")
    settled(lead, qtbot)
    told = load_workbook(tmp_path / "out-3.xlsx")["催记"]
    assert told["I2"].value == "[撤回 首次回传 K7M-N1001 第 2 行]"
    calling.finish(lead.seat, attempt.id, talk(Outcome.REFUSES))


def test_what_is_being_written_is_stopped_by_esc_and_leaves_nothing(lead, qtbot, chosen, tmp_path, monkeypatch):
    page, view = sending(lead, qtbot)
    write, begun, go = contacts.write_sheet, threading.Event(), threading.Event()

    def slow(*given, **more):
        begun.set()
        assert go.wait(10)
        write(*given, **more)

    monkeypatch.setattr(contacts, "write_sheet", slow)
    lead.ctrl("S")
    qtbot.waitUntil(begun.is_set)
    assert view.progress.isVisible()
    assert view.stop_button.text() == "停止"
    lead.key(ESC)
    go.set()
    settled(lead, qtbot)
    assert page.face() is view
    assert not view.progress.isVisible()
    assert [path.name for path in tmp_path.glob("out*")] == []
    assert history(lead.seat) == ([], [])
    assert view.write_button.isEnabled()
    lead.key(ESC)
    assert page.face() is page.overview


def test_what_cannot_be_sent_is_said_in_the_view(lead, qtbot, chosen, tmp_path, desk_home):
    own = (
        '[layout]\nid = "a-bank"\nversion = "1"\n[layout.title]\nen = "A bank"\nzh_CN = "甲银行"\n'
        '[[column]]\nheading = "案号"\nfield = "serial"\n[[column]]\nheading = "记录"\nfield = "record"\n'
        '[[column]]\nheading = "结果"\nfield = "outcome"\n[codes.outcome]\nbusy = "B"\n'
    )
    (desk_home / "layouts").mkdir(parents=True, exist_ok=True)
    (desk_home / "layouts" / "a.toml").write_text(own, "utf-8")
    _, view = sending(lead, qtbot)
    assert view.layout_box.currentText() == "甲银行"
    assert "“无人接听”的代码" in view.error.text()
    assert not view.write_button.isEnabled()
    lead.ctrl("S")
    assert chosen == []
    to_widget(lead, view.layout_box)
    lead.key(DOWN)
    settled(lead, qtbot)
    assert view.layout_box.currentData() == "generic"
    assert view.write_button.isEnabled()
    assert not view.error.isVisible()


def test_a_lead_releases_what_health_is_behind_by_a_key(lead, qtbot, chosen, tmp_path, desk_home, clock):
    story = "客户说母亲住院三个月，积蓄已经花完，请求宽限。"
    calling.take_back(lead.seat)
    attempt = calling.open_attempt(lead.seat)
    calling.finish(lead.seat, attempt.id, talk(Outcome.REFUSES, reason=ArrearsReason.ILLNESS_FAMILY, note=story))
    own = (
        '[layout]\nid = "a-bank"\nversion = "1"\nsensitive_notes = true\n[layout.title]\nen = "A"\nzh_CN = "甲"\n'
        '[[column]]\nheading = "案号"\nfield = "serial"\n[[column]]\nheading = "记录"\nfield = "record"\n'
    )
    (desk_home / "layouts").mkdir(parents=True, exist_ok=True)
    (desk_home / "layouts" / "a.toml").write_text(own, "utf-8")
    clock.forward(minutes=3)
    _, view = sending(lead, qtbot)
    assert view.layout_box.currentText() == "甲"
    assert view.figures[4].value.text() == "1"
    assert story not in str(shown(view.model))
    to_widget(lead, view.release)
    lead.key(Qt.Key.Key_Space)
    lead.ctrl("S")
    settled(lead, qtbot)
    assert load_workbook(tmp_path / "out-1.xlsx")["催记"]["B3"].value == story
    assert history(lead.seat)[0][0].notes_released


def test_an_agent_has_no_way_there(desk_of, lead, qtbot):
    agent = desk_of("张晓")
    agent.open()
    qtbot.waitUntil(agent.window.isActiveWindow)
    page = cases_page(agent, qtbot)
    agent.key("S", CTRL, SHIFT)
    settled(agent, qtbot)
    assert page.face() is page.overview
    assert not page.overview.to_bank_button.isVisible()


def test_how_cases_stand_goes_to_the_bank_in_its_layout_and_once(lead, qtbot, chosen, tmp_path):
    _, view = sending(lead, qtbot)
    to_widget(lead, view.layout_box)
    lead.key(DOWN)
    settled(lead, qtbot)
    assert view.layout_box.currentData() == "generic-status"
    assert [tile.value.text() for tile in view.figures] == ["2", "0", "0", "0", "0"]
    lead.ctrl("S")
    settled(lead, qtbot)
    page = load_workbook(tmp_path / "out-1.xlsx")["案件状态"]
    assert [cell.value for cell in page[1]][8:10] == ["催收状态", "催收结果"]
    assert {row[8].value for row in page.iter_rows(min_row=2)} == {"在催"}
    (kept,), lines = history(lead.seat)
    assert (kept.layout_id, kept.rows, len({line.about_id for line in lines})) == ("generic-status", 2, 2)
    assert not view.write_button.isEnabled()
    assert view.empty.isVisible()
