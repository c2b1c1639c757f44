"""A mandate runs out: a lead asks the bank for what should stay, takes its answer in, and gives back the rest."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.vocabulary import CaseState
from collector_desk.services.book import cases, placements
from collector_desk.store import tables as t
from collector_desk.ui.review import mandates
from tests.journeys.test_import_journey import ENTER, LEAD, cases_page, to_widget
from tests.services.intake.test_case_words import promise

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(desk_of, qtbot, tmp_path, monkeypatch):
    """Three cases whose mandate ends in two days; one of them promised."""
    lead = desk_of(LEAD)
    lead.rows = [lead.debtor(name) for name in ("朱雪彩", "宋小宝", "李四")]
    promise(lead.seat, lead.rows[0])
    with lead.seat.store.read() as conn:
        placement = conn.execute(select(t.placement.c.id)).scalar_one()
    terms = cases.open_case(lead.seat, lead.rows[0]).file.cases[0].terms
    placements.set_terms(lead.seat, placement, replace(terms, mandate_ends=date(2026, 11, 25)))
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    lead.asked = []

    def ask(_parent, _title, suggested, _filters):
        lead.asked.append(suggested)
        return tmp_path / f"out-{len(lead.asked)}.xlsx"

    monkeypatch.setattr(mandates, "ask_save", ask)
    return lead


def review(desk, qtbot):
    desk.key(str(list(desk.window.desk.buttons).index("review") + 1), ALT)
    page = desk.window.page("review")
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=15000)
    desk.key("5")
    assert page.stack.currentWidget() is page.mandates
    return page.mandates


def settled(desk, qtbot) -> None:
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=15000)


def states(desk) -> list[CaseState]:
    return [cases.open_case(desk.seat, who).file.cases[0].state for who in desk.rows]


def test_what_should_stay_is_asked_for_answered_and_the_rest_given_back(desk, qtbot, tmp_path, clock):
    part = review(desk, qtbot)
    assert part.count() == 1
    assert [case.debtor_id for case in part.picked()] == [desk.rows[0]], (
        "what is worth asking for is chosen already"
    )
    desk.key(ENTER, CTRL)
    settled(desk, qtbot)
    assert desk.asked[0].startswith("留案申请")
    sheet = openpyxl.load_workbook(tmp_path / "out-1.xlsx")
    rows = list(sheet.active.iter_rows(values_only=True))
    assert len(rows) == 2

    heads = list(rows[0])
    sheet.active.cell(2, heads.index("是否同意留案") + 1).value = "同意"
    sheet.active.cell(2, heads.index("留案至") + 1).value = "2026-12-31"
    sheet.save(tmp_path / "答复.xlsx")
    page = cases_page(desk, qtbot)
    desk.ctrl("I")
    desk.type(str(tmp_path / "答复.xlsx"))
    desk.key(ENTER)
    view = page.importing
    qtbot.waitUntil(lambda: view.step() is view.words and not desk.window.tasks.busy, timeout=15000)
    desk.key(ENTER)
    qtbot.waitUntil(lambda: view.step() is view.words_result and not desk.window.tasks.busy, timeout=15000)
    desk.key(ENTER)
    assert cases.open_case(desk.seat, desk.rows[0]).file.cases[0].terms.mandate_ends == date(2026, 12, 31)

    clock.forward(days=3)
    part = review(desk, qtbot)
    assert part.count() == 1
    assert "已到期" in part.model.index(0, 3).data()
    desk.key(Qt.Key.Key_R, CTRL)
    settled(desk, qtbot)
    assert states(desk) == [CaseState.OPEN, CaseState.RETURNED, CaseState.RETURNED]
    assert desk.asked[1].startswith("退案清单")
    assert part.count() == 0


def test_a_lead_writes_a_longer_stay_and_a_stop_down_by_the_banks_letter(desk, qtbot):
    page = cases_page(desk, qtbot)
    page.open_case(desk.rows[1], "")
    form = page.detail.closing

    def say(digit: str, **fields: str) -> None:
        desk.ctrl("J")
        assert form.editing
        to_widget(desk, form.ending)
        desk.key(Qt.Key.Key_Down)
        desk.key(digit)
        for name, text in fields.items():
            to_widget(desk, getattr(form, name))
            desk.ctrl("A")
            desk.type(text)
        desk.key(ENTER)
        desk.key(ENTER)
        assert not form.editing

    say("3", ends="2026-12-31", document="某某银行函 2026-77 号")
    case = cases.open_case(desk.seat, desk.rows[1]).file.cases[0]
    assert (case.terms.mandate_ends, case.extended) == (date(2026, 12, 31), True)
    say("4", document="某某银行函 2026-78 号")
    assert cases.open_case(desk.seat, desk.rows[1]).file.cases[0].stopped_on is not None
    say("4", document="某某银行函 2026-79 号")
    assert cases.open_case(desk.seat, desk.rows[1]).file.cases[0].stopped_on is None
