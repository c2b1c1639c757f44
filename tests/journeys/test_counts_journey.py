"""A lead brings the institution's counts in by keys alone, and the gate's answer at the agent's desk is another."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, Speaker, TaskKind, Verdict
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.intake import counts
from collector_desk.services.permits import late_figures, tasks
from collector_desk.store import tables as t
from collector_desk.store.tables.history import journal
from collector_desk.ui.book.page import CasesPage
from collector_desk.ui.settings import counts_view
from collector_desk.ui.settings.figures import FiguresPart
from collector_desk.ui.settings.page import SettingsPage
from collector_desk.ui.widgets import Text
from tests.samples import bank_files as files

ENTER, ESC, TAB, DOWN, SPACE = (
    getattr(Qt.Key, f"Key_{name}") for name in ("Return", "Escape", "Tab", "Down", "Space")
)
ALT = Qt.KeyboardModifier.AltModifier
LEAD, AGENT = "林主管", "张晓"
HEADER = ["账户号", "今日有效通话次数", "今日接通次数"]


@pytest.fixture
def lead(desk_of, qtbot, clock):
    """A lead at three in the afternoon."""
    desk = desk_of(LEAD)
    clock.forward(hours=5)
    return desk


def figures(desk, qtbot) -> FiguresPart:
    """The part of the settings about caps, reached by keys."""
    desk.key(str(len(desk.window.desk.buttons)), ALT)
    qtbot.waitUntil(lambda: not desk.window.tasks.busy)
    page = desk.window.page("settings")
    assert isinstance(page, SettingsPage)
    for _ in range(20):
        part = page.form.parts.currentWidget()
        if isinstance(part, FiguresPart):
            return part
        desk.key(DOWN)
    pytest.fail("the arrow keys never reach the caps")


def to_widget(desk, wanted: QWidget) -> None:
    for _ in range(60):
        if QApplication.focusWidget() is wanted:
            return
        desk.key(TAB)
    pytest.fail(f"Tab never reaches {type(wanted).__name__}")


def wait_for(desk, qtbot, view, step) -> None:
    qtbot.waitUntil(lambda: view.step() is step and not desk.window.tasks.busy, timeout=15000)


def account(desk, who) -> str:
    return cases.open_case(desk.seat, who).file.lead_case.account_number


def verdict(desk, who) -> Verdict:
    return cases.open_case(desk.seat, who).numbers[0].decision.verdict


def in_store(desk) -> dict[str, tuple[int | None, int | None]]:
    with desk.seat.store.read() as conn:
        rows = conn.execute(
            select(t.external_count).join(t.counts_taken, t.counts_taken.c.id == t.external_count.c.counts_id)
        )
        return {row.debtor_id: (row.effective_today, row.connected_today) for row in rows}


def test_what_the_share_allowed_is_blocked_once_the_banks_file_is_in(lead, qtbot, tmp_path):
    full, free = lead.debtor("王小明"), lead.debtor("李小红")
    assert verdict(lead, full) is Verdict.ALLOW
    path = tmp_path / "次数.xlsx"
    rows = [["某某银行当日催收次数表"], HEADER, [account(lead, full), 3, 4], [account(lead, free), "１", "2次"]]
    path.write_bytes(files.xlsx([*rows, ["6299", 1, 1], ["合计", 4, 6]]))
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    part = figures(lead, qtbot)
    assert "份额" in part.counts.words.text()
    assert part.counts.pill.text() == "未知"
    lead.key(TAB)
    lead.ctrl("I")
    view = part.importing
    assert QApplication.focusWidget() is view.choose.path
    lead.type(str(path))
    lead.key(ENTER)
    wait_for(lead, qtbot, view, view.preview)
    preview = view.preview
    assert QApplication.focusWidget() is preview.as_of  # the file is silent about its time
    assert not preview.next_button.isEnabled()
    lead.type("25:00")
    lead.key(ENTER)
    assert preview.as_of_field.error()
    preview.as_of.selectAll()
    lead.type("23:00")
    lead.key(ENTER)
    wait_for(lead, qtbot, view, preview)
    assert preview.as_of_field.error()  # not come yet
    preview.as_of.selectAll()
    lead.type("14:00")
    lead.key(ENTER)
    wait_for(lead, qtbot, view, preview)
    assert [figure.value.text() for figure in preview.figures] == ["2 位债务人", "14:00", "1", "0"]
    reasons = [preview.model.index(row, 5).data() for row in range(preview.model.rowCount())]
    assert any("没有该号码" in reason for reason in reasons)
    assert in_store(lead) == {}  # looking changes nothing
    assert QApplication.focusWidget() is preview.next_button
    lead.key(SPACE)
    wait_for(lead, qtbot, view, view.result)
    assert in_store(lead) == {full: (3, 4), free: (1, 2)}
    assert (verdict(lead, full), verdict(lead, free)) == (Verdict.BLOCK, Verdict.ALLOW)
    lead.key(ENTER)
    assert part.counts.pill.text() == "截至 14:00"
    assert QApplication.focusWidget() is part.counts.button
    qtbot.waitUntil(lambda: "14:00" in lead.window.desk.form.share_pill.text())  # the title follows the screen
    # the same file once more
    lead.ctrl("I")
    lead.type(str(path))
    lead.key(ENTER)
    wait_for(lead, qtbot, view, preview)
    lead.type("14:00")
    lead.key(ENTER)
    wait_for(lead, qtbot, view, preview)
    assert "此前已导入" in preview.note.text()
    assert not preview.next_button.isEnabled()
    lead.key(ESC)
    assert view.step() is view.choose
    lead.key(ESC)
    assert QApplication.focusWidget() is part.counts.button


def test_what_was_asked_for_is_allowed_once_a_lead_writes_the_figures_down(lead, qtbot):
    settings.change(lead.seat, Share())
    who = lead.debtor("王小明")
    assert verdict(lead, who) is Verdict.ASK
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    place = list(lead.window.desk.buttons).index("cases") + 1
    lead.key(str(place), ALT)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy)
    page = lead.window.page("cases")
    assert isinstance(page, CasesPage)
    page.open_case(who, "K7M-1001")
    card = page.detail.counts
    assert "机构合计未知" in card.pill.text()
    lead.ctrl("K")
    assert QApplication.focusWidget() is card.effective
    lead.key(ENTER)
    assert card._fields["effective"].error()
    lead.type("1")
    lead.key(TAB)
    lead.type("0")
    lead.key(ENTER)
    assert card._fields["connected"].error()
    lead.key(Qt.Key.Key_Backspace)
    lead.type("2")
    lead.key(TAB)
    card.as_of.selectAll()
    lead.type("14:30")
    lead.key(ENTER)
    assert not card.editing
    assert "14:30" in card.line.text()
    assert card.pill.text() == "截至 14:30"
    assert in_store(lead) == {who: (1, 2)}
    assert verdict(lead, who) is Verdict.ALLOW
    lead.ctrl("K")
    assert card.editing
    lead.key(ESC)
    assert not card.editing
    assert page.face() is page.detail
    lead.key(ESC)
    assert page.face() is page.overview


def test_cancelled_while_it_is_written_nothing_counts(lead, qtbot, tmp_path, monkeypatch):
    who = lead.debtor()
    path = tmp_path / "counts.csv"
    path.write_bytes(files.text([[*HEADER, "截至时间"], [account(lead, who), 3, 3, "2026-11-23 14:00"]]))
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    part = figures(lead, qtbot)
    view = part.importing
    lead.key(TAB)
    lead.ctrl("I")
    lead.type(str(path))
    lead.key(ENTER)
    wait_for(lead, qtbot, view, view.preview)
    import_counts = counts.import_counts

    def cancelled_by_then(seat, seen, *, progress, cancelled):
        return import_counts(seat, seen, progress=progress, cancelled=lambda: True)

    monkeypatch.setattr(counts_view.counts, "import_counts", cancelled_by_then)
    lead.key(SPACE)
    wait_for(lead, qtbot, view, view.preview)
    assert in_store(lead) == {}
    assert verdict(lead, who) is Verdict.ALLOW


def test_a_hostile_file_shows_as_text_and_a_wrong_one_says_where_it_belongs(lead, qtbot, tmp_path):
    who = lead.debtor()
    hostile = tmp_path / "<b>粗<b>.csv"
    rows = [[*HEADER, "截至时间", "<img src=x>"], ["=HYPERLINK(1)", "<b>1</b>", "@x", "<i>", "\u202e"]]
    hostile.write_bytes(files.text([*rows, [account(lead, who), 1, 1, "14:00", "+1"]], "utf-8"))
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    part = figures(lead, qtbot)
    view = part.importing
    lead.key(TAB)
    lead.ctrl("I")
    view.choose.take([hostile])
    wait_for(lead, qtbot, view, view.preview)
    assert view.preview.title.text().startswith("<b>")
    shown = [
        view.preview.model.index(row, column).data() or ""
        for row in range(view.preview.model.rowCount())
        for column in range(6)
    ]
    assert not any("\u202e" in text for text in shown)
    lead.key(ESC)
    placement = tmp_path / "placement.xlsx"
    placement.write_bytes(files.xlsx(files.grid([files.account(1)])))
    view.choose.take([placement])
    wait_for(lead, qtbot, view, view.choose)
    assert view.choose.error.text()
    assert in_store(lead) == {}


def test_an_agent_sees_how_things_stand_and_imports_nothing(desk, qtbot, clock):
    desk.open()
    qtbot.waitUntil(desk.window.isActiveWindow)
    part = figures(desk, qtbot)
    assert part.counts.button.isHidden()
    before = journal_lines(desk)
    desk.key(TAB)
    desk.ctrl("I")
    assert part.importing.isHidden()
    assert journal_lines(desk) == before


def test_a_cap_known_late_is_settled_on_the_review_page(desk_of, qtbot, clock):
    agent = desk_of(AGENT)
    who = agent.debtor("王小明")
    begun = calling.begin(agent.seat, debtor_id=who, phone_id=cases.open_case(agent.seat, who).next_number.phone.id)
    clock.forward(minutes=5)
    checked = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
    said = "客户表示目前不愿意还款，已说明后续安排。"
    log = CallLog(Outcome.REFUSES, Speaker.DEBTOR, checked, 60, said, ArrearsReason.WILL_NOT_PAY, recording="R-1")
    calling.finish(agent.seat, begun.attempt.id, log)
    lead = desk_of(LEAD)
    clock.forward(hours=5)
    counts.enter(lead.seat, who, effective=3, connected=3, as_of=clock.now())
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), ALT)
    page = lead.window.page("review")
    detail = page.tasks.detail
    assert detail.task.kind == TaskKind.LATE_FIGURE
    shown = [label.text() for label in detail.findChildren(Text)]
    assert any("合计达 4 次（上限 3）" in text for text in shown)
    lead.key(ENTER)
    lead.type("与银行核对，数据晚到，已报告。")
    lead.ctrl(ENTER)
    assert tasks.open_tasks(lead.seat) == ()
    (kept,) = late_figures.since(lead.seat, lead.seat.today())
    assert (kept.n, kept.m) == (4, 3)  # settled, and still in the report


def journal_lines(desk) -> int:
    with desk.seat.store.read() as conn:
        return len(conn.execute(select(journal.c.seq)).all())
