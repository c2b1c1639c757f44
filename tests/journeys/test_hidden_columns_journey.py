"""A file that hides columns, by keys: one is taken, one left, and the choice is kept with the batch."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.states import HiddenUse
from collector_desk.services.book import overview as book
from collector_desk.store import tables as t
from tests.journeys.test_counts_journey import figures, in_store
from tests.journeys.test_import_journey import LEAD, cases_page, to_widget, wait_for
from tests.samples import bank_files as files
from tests.samples.words_of_bank import WordsOfBank

ENTER, LEFT, RIGHT, DOWN, SPACE, TAB = (
    getattr(Qt.Key, f"Key_{name}") for name in ("Return", "Left", "Right", "Down", "Space", "Tab")
)


@pytest.fixture
def hidden_file(tmp_path):
    """A hidden 委案金额 beside a visible 逾期金额, and a hidden note."""
    header = [*files.HEADER, "逾期金额"]
    rows = files.grid([files.account(1) | {"逾期金额": 1234.56}], header)
    path = tmp_path / "hidden.xlsx"
    path.write_bytes(files.xlsx(rows))
    made = load_workbook(path)
    for name in ("委案金额", "备注"):
        made.active.column_dimensions[made.active.cell(1, header.index(name) + 1).column_letter].hidden = True
    made.save(path)
    return path


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_one_hidden_column_is_taken_and_one_left_and_the_batch_says_so(desk_of, qtbot, hidden_file, language):
    lead = desk_of(LEAD)
    lead.open(language)
    qtbot.waitUntil(lead.window.isActiveWindow)
    page = cases_page(lead, qtbot)
    view = page.importing
    preview = view.preview
    lead.ctrl("I")
    lead.type(str(hidden_file))
    lead.key(ENTER)
    wait_for(lead, qtbot, page, preview)
    assert preview.figures[1].value.text() == "¥1,234.56"
    assert "2" in preview.tabs.tabText(1).split()[-1] or "2" in preview.tabs.tabText(1)
    to_widget(lead, preview.tabs)
    lead.key(RIGHT)
    assert preview.hidden_line.note.isVisible()
    assert [preview.model.index(row, 1).data() for row in range(2)] == ["委案金额", "备注"]
    assert preview.hidden_line.button.text().endswith("L 列") or "column L" in preview.hidden_line.button.text()
    to_widget(lead, preview.hidden_line.button)
    lead.key(SPACE)
    wait_for(lead, qtbot, page, preview)
    assert preview.figures[1].value.text() == "¥4,044.09"
    assert preview.hidden_line.button.hasFocus(), "the same key would take it back"
    to_widget(lead, preview.table)
    lead.key(DOWN)
    to_widget(lead, preview.hidden_line.button)
    lead.key(SPACE)
    wait_for(lead, qtbot, page, preview)
    assert preview.figures[1].value.text() == "¥4,044.09", "the other choice stands"
    to_widget(lead, preview.next_button)
    lead.key(ENTER)
    assert view.step() is view.terms
    lead.type("某某银行")
    to_widget(lead, view.terms.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.result)
    said = dict(view.result.facts.texts())["隐藏列" if language == "zh_CN" else "Hidden columns"]
    assert "委案金额" in said
    (batch,) = book.batches(lead.seat)
    assert [(column.header, column.use) for column in batch.hidden] == [
        ("委案金额", HiddenUse.TAKEN),
        ("备注", HiddenUse.LEFT),
    ]
    with lead.seat.store.read() as conn:
        case = conn.execute(select(t.account_case)).one()
    assert (case.placed_minor, case.remark) == (404_409, "")
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=15000)
    assert "委案金额" in page.overview.hidden_note.text()
    assert page.overview.hidden_note.isVisible()


def test_what_can_not_be_read_so_stays_as_it_was(desk_of, qtbot, tmp_path):
    rows = files.grid([files.account(1)])
    path = tmp_path / "hidden.xlsx"
    path.write_bytes(files.xlsx(rows))
    made = load_workbook(path)
    column = made.active.cell(1, files.HEADER.index("客户姓名") + 1).column_letter
    made.active.column_dimensions[column].hidden = True
    made.save(path)
    lead = desk_of(LEAD)
    lead.open("en")
    page = cases_page(lead, qtbot)
    view = page.importing
    lead.ctrl("I")
    lead.type(str(path))
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.preview)
    to_widget(lead, view.preview.tabs)
    lead.key(RIGHT)
    to_widget(lead, view.preview.hidden_line.button)
    lead.key(SPACE)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=15000)
    assert view.step() is view.preview
    assert "name" in lead.window.desk.form.banner.text()
    assert view.preview.figures[1].value.text() == "¥4,044.09"


# --- the same of payments, lists of cases and counts ---------------------------------------------------------


def other(desk, qtbot, preview, letter: str) -> None:
    """The column at hand is taken, by keys: the file is read once more and the table stands where it stood."""
    to_widget(desk, preview.hidden_line.button)
    assert letter in preview.hidden_line.button.text()
    desk.key(SPACE)
    qtbot.waitUntil(lambda: preview.isVisible() and not desk.window.tasks.busy, timeout=15000)
    assert preview.hidden_line.button.hasFocus(), "the same key would take it back"


@pytest.mark.parametrize(
    ("header", "row", "step", "column", "seen", "unseen", "table"),
    [
        (
            ["账户号", "还款日期", "还款金额", "入账金额"],
            ["2026-11-20", 99.5, 12.5],
            ("payments", "paid_result"),
            4,
            "12.50",
            "99.50",
            t.payments_taken,
        ),
        (
            ["账户号", "备注", "处理方式", "处理方式"],
            ["投诉", "撤案", "停催"],
            ("words", "words_result"),
            2,
            "停催",
            "撤案",
            t.words_taken,
        ),
    ],
    ids=["payments", "words"],
)
def test_a_hidden_column_of_payments_or_of_a_list_is_taken(
    desk_of, qtbot, tmp_path, header, row, step, column, seen, unseen, table
):
    lead = desk_of(LEAD)
    account = WordsOfBank(lead.seat, tmp_path).account(lead.debtor("朱雪彩", balance=500_000))
    path = tmp_path / "hidden.xlsx"
    path.write_bytes(files.hiding(files.xlsx([header, [account, *row]]), "C"))
    lead.clock.forward(days=7)
    lead.open("zh_CN")
    qtbot.waitUntil(lead.window.isActiveWindow)
    page = cases_page(lead, qtbot)
    view = page.importing
    preview, done = (getattr(view, name) for name in step)
    lead.ctrl("I")
    lead.type(str(path))
    lead.key(ENTER)
    wait_for(lead, qtbot, page, preview)

    def shown() -> str:
        preview.tabs.setCurrentIndex(2)
        return preview.model.index(0, column).data()

    assert seen in shown()
    if step[0] == "payments":
        preview.last.setText("")
        preview.first.setText("")
    to_widget(lead, preview.tabs)
    lead.key(LEFT)
    assert preview.tabs.currentIndex() == 1
    assert preview.tabs.tabText(1).endswith("隐藏 1")
    other(lead, qtbot, preview, "C")
    if step[0] == "payments":
        assert preview.last.text() == "", "what was said of the file stands"
    assert unseen in shown()
    to_widget(lead, preview.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, page, done)
    assert header[2] in dict(done.facts.texts())["隐藏列"]
    with lead.seat.store.read() as conn:
        (kept,) = conn.execute(select(table.c.hidden)).scalars()
    assert [(column["letter"], column["use"]) for column in kept] == [("C", HiddenUse.TAKEN)]
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=15000)
    assert book.batches(lead.seat)[0].hidden[0].use is HiddenUse.TAKEN


def test_a_hidden_column_of_counts_is_taken(desk_of, qtbot, clock, tmp_path):
    lead = desk_of(LEAD)
    clock.forward(hours=5)
    who = lead.debtor("王小明")
    account = WordsOfBank(lead.seat, tmp_path).account(who)
    header = ["账户号", "数据时间", "今日接通", "今日有效通话", "有效通话次数"]
    path = tmp_path / "hidden.xlsx"
    rows = [header, [account, f"{lead.seat.local(lead.seat.now()):%Y-%m-%d} 13:00", 9, 7, 2]]
    path.write_bytes(files.hiding(files.xlsx(rows), "D"))
    lead.open("en")
    qtbot.waitUntil(lead.window.isActiveWindow)
    part = figures(lead, qtbot)
    lead.key(TAB)
    lead.ctrl("I")
    view = part.importing
    lead.type(str(path))
    lead.key(ENTER)
    qtbot.waitUntil(lambda: view.step() is view.preview and not lead.window.tasks.busy, timeout=15000)
    to_widget(lead, view.preview.tabs[0])
    lead.key(RIGHT)
    lead.key(RIGHT)
    other(lead, qtbot, view.preview, "column D")
    assert view.preview.tabs[2].isChecked()
    to_widget(lead, view.preview.next_button)
    lead.key(SPACE)
    qtbot.waitUntil(lambda: view.step() is view.result and not lead.window.tasks.busy, timeout=15000)
    assert "D" in dict(view.result.facts.texts())["Hidden columns"]
    with lead.seat.store.read() as conn:
        (kept,) = conn.execute(select(t.counts_taken.c.hidden)).scalars()
    assert [(column["letter"], column["use"]) for column in kept] == [("D", HiddenUse.TAKEN)]
    assert in_store(lead) == {who: (7, 9)}
