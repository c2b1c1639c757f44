"""A bank's files from the folder into the store, by keys alone: look, terms, import, findings."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import func, select

from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct.values import Share
from collector_desk.services.book import overview as book
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.intake import placements
from collector_desk.services.office import backup, people
from collector_desk.services.packs import releases
from collector_desk.store import tables as t
from collector_desk.store.tables.history import journal
from collector_desk.ui.book import overview
from collector_desk.ui.book import page as cases_page_module
from collector_desk.ui.book.page import CasesPage
from collector_desk.ui.settings import keeping as keeping_part
from collector_desk.ui.widgets import filing
from collector_desk.ui.window.tasks import Job
from tests.samples import bank_files as files

ENTER, ESC, TAB, DOWN, SPACE = (
    getattr(Qt.Key, f"Key_{name}") for name in ("Return", "Escape", "Tab", "Down", "Space")
)
ALT = Qt.KeyboardModifier.AltModifier
LEAD, AGENT = "林主管", "张晓"


@pytest.fixture
def lead(desk_of, qtbot):
    desk = desk_of(LEAD)
    desk.open()
    qtbot.waitUntil(desk.window.isActiveWindow)
    return desk


@pytest.fixture
def workbook(tmp_path) -> Path:
    """Two good accounts under a title, one that can't be read, a total row and a signature line."""
    good = [files.account(1), files.account(2, 客户姓名="王小明", 委案金额=100.5, 本金=100.5, 利息=0.0, 违约金=0.0)]
    bad = files.account(3, 委案金额="很多")
    rows = files.grid([*good, bad])
    total = [""] * len(files.HEADER)
    total[0], total[files.HEADER.index("委案金额")] = "合计", 4144.59
    path = tmp_path / "委案 一.xlsx"
    path.write_bytes(files.xlsx([["某某银行委外催收案件明细表"], *rows, total, ["制表人：", "复核人："]]))
    return path


@pytest.fixture
def csv_file(tmp_path) -> Path:
    rows = files.grid([files.account(11, 委案批次号="XK202611-10"), files.account(12, 委案批次号="XK202611-10")])
    path = tmp_path / "second.csv"
    path.write_bytes(files.text(rows, "gb18030"))
    return path


def cases_page(desk, qtbot) -> CasesPage:
    place = list(desk.window.desk.buttons).index("cases") + 1
    desk.key(str(place), ALT)
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=15000)
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    return page


def to_widget(desk, wanted: QWidget) -> None:
    for _ in range(60):
        if QApplication.focusWidget() is wanted:
            return
        desk.key(TAB)
    pytest.fail(f"Tab never reaches {type(wanted).__name__}")


def wait_for(desk, qtbot, page, step) -> None:
    qtbot.waitUntil(lambda: page.importing.step() is step and not desk.window.tasks.busy, timeout=15000)


def counts(seat) -> tuple[int, int]:
    with seat.store.read() as conn:
        return (
            conn.execute(select(func.count()).select_from(t.account_case)).scalar_one(),
            conn.execute(select(func.count()).select_from(t.batch)).scalar_one(),
        )


def test_two_files_come_in_by_keys_alone(lead, qtbot, workbook, csv_file, tmp_path, monkeypatch):
    page = cases_page(lead, qtbot)
    view = page.importing
    lead.ctrl("I")
    assert page.face() is view
    lead.type(f"{workbook};{csv_file}")
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.preview)
    assert counts(lead.seat) == (0, 0)  # looking changes nothing
    preview = view.preview
    assert [figure.value.text() for figure in preview.figures[:3]] == ["2 户", "¥4,144.59", "1"]
    assert "文件" in preview.where.text()
    reasons = [preview.model.index(row, 5).data() for row in range(preview.model.rowCount())]
    assert any("金额" in reason for reason in reasons)
    lead.key(ENTER)  # the button that goes on has the focus
    assert view.step() is view.terms
    assert view.terms.bank.text() == "某某银行"
    ways, complaint = view.terms.ways_field.field, view.terms.complaint_field.field
    # said aloud in calls: what is said instead is told, though none is needed to go on
    assert "“银行官方渠道”" in ways.accessibleDescription()
    assert "“账单”" in view.terms.product.accessibleDescription()
    assert not view.terms.besides.isVisible()  # the file has due dates and the minimum, the agency its number
    assert complaint.accessibleDescription()
    lead.type("某某银行手机银行")
    lead.key(ENTER)
    lead.type("某某银行柜台")
    assert not ways.accessibleDescription()
    assert complaint.accessibleDescription()
    to_widget(lead, view.terms.complaint)
    lead.type("95500")
    to_widget(lead, view.terms.ends)
    lead.type("2026-13-01")
    to_widget(lead, view.terms.next_button)
    lead.key(ENTER)
    assert view.terms.ends_field.error()
    for _ in range(5):
        lead.key(Qt.Key.Key_Backspace)
    lead.type("12-31")
    to_widget(lead, view.terms.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.result)
    assert counts(lead.seat) == (2, 1)
    (batch,) = book.batches(lead.seat)
    assert (batch.placement_number, batch.accepted, batch.set_aside, batch.amounts[0].minor) == (
        "XK202611-09",
        2,
        1,
        414459,
    )
    assert (batch.rounds, batch.imported_by) == (("一手",), LEAD)

    # the findings as a workbook, values and all: a line of history
    target = tmp_path / "findings.xlsx"
    monkeypatch.setattr(filing, "ask_save", lambda *_: target)
    to_widget(lead, view.result.export_button)
    lead.key(SPACE)
    found = [row[3].value for row in load_workbook(target).active.iter_rows(min_row=2)]
    assert "很多" in found
    with lead.seat.store.read() as conn:
        assert "import problems" in conn.execute(select(t.access.c.what)).scalars().all()

    # the plain original goes only at the second word
    to_widget(lead, view.result.remove_button)
    lead.key(SPACE)
    assert workbook.exists()
    lead.key(SPACE)
    assert not workbook.exists()

    # the second file: its placement has the same bank, whose terms are offered
    to_widget(lead, view.result.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.preview)
    assert "gb18030" in view.preview.where.text()
    lead.key(ENTER)
    assert view.terms.ways.text() == "某某银行手机银行\n某某银行柜台"
    assert view.terms.complaint.text() == "95500"
    to_widget(lead, view.terms.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.result)
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy)
    assert page.face() is page.overview
    assert counts(lead.seat) == (4, 2)
    assert page.overview.model.rowCount() == 4
    assert page.overview.batch_model.rowCount() == 2
    with lead.seat.store.read() as conn:
        terms = [row.terms for row in conn.execute(select(t.placement).order_by(t.placement.c.number))]
    assert [item["bank_name"] for item in terms] == ["某某银行", "某某银行"]
    assert terms[0]["mandate_ends"] == "2026-12-31"

    # the file as the bank sent it comes out again, byte for byte, though the plain one is gone
    sent, (newest, _) = csv_file.read_bytes(), book.batches(lead.seat)
    original = tmp_path / "original.csv"
    monkeypatch.setattr(cases_page_module, "ask_save", lambda *_: original)
    to_widget(lead, page.overview.original_button)
    lead.key(SPACE)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy)
    assert newest.filename == csv_file.name
    assert original.read_bytes() == sent
    with lead.seat.store.read() as conn:
        assert "received file" in conn.execute(select(t.access.c.what)).scalars().all()

    # a slip in the terms is put right later
    to_widget(lead, page.overview.batch_table)
    lead.key(DOWN)
    lead.key(ENTER)
    assert page.face() is page.terms
    to_widget(lead, page.terms.complaint)
    lead.ctrl("A")
    lead.type("95501")
    to_widget(lead, page.terms.next_button)
    lead.key(ENTER)
    assert page.face() is page.overview
    with lead.seat.store.read() as conn:
        terms = [row.terms for row in conn.execute(select(t.placement).order_by(t.placement.c.number))]
    assert [item["complaint_number"] for item in terms] == ["95501", "95500"]


def test_error_cells_are_told_before_the_import_and_after_it(lead, qtbot, tmp_path):
    path = tmp_path / "errors.xlsx"
    path.write_bytes(
        files.xlsx(
            files.grid([files.account(1, 逾期天数="#REF!"), files.account(2, 家庭地址="#N/A"), files.account(3)])
        )
    )
    page = cases_page(lead, qtbot)
    lead.ctrl("I")
    lead.type(str(path))
    lead.key(ENTER)
    view = page.importing
    wait_for(lead, qtbot, page, view.preview)
    model = view.preview.model
    rows = [[model.index(row, column).data() for column in range(6)] for row in range(model.rowCount())]
    wrong = [row for row in rows if "公式错误" in str(row)]
    assert len(wrong) == 2
    assert {name for name in ("逾期天数", "家庭地址") if name in str(wrong)} == {"逾期天数", "家庭地址"}
    assert [figure.value.text() for figure in view.preview.figures[:3]][::2] == ["2 户", "1"]


def test_the_same_file_again_and_what_cannot_be_read_change_nothing(lead, qtbot, csv_file, tmp_path):
    seen = placements.preview(lead.seat, csv_file)
    placements.import_placement(lead.seat, seen, dict(seen.ask_terms))
    before = counts(lead.seat)
    page = cases_page(lead, qtbot)
    view = page.importing
    lead.ctrl("I")
    lead.key(ENTER)  # nothing typed
    assert view.choose.error.text()
    lead.type(str(tmp_path / "gone.csv"))
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.choose)
    assert "gone.csv" in view.choose.error.text()
    lead.type(str(csv_file))  # over the path that is chosen
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.preview)
    assert not view.preview.next_button.isEnabled()
    lead.key(ESC)
    assert view.step() is view.choose
    lead.key(ESC)
    assert page.face() is page.overview
    assert counts(lead.seat) == before


def test_a_cancelled_import_leaves_nothing(lead, qtbot, csv_file, monkeypatch):
    page = cases_page(lead, qtbot)
    view = page.importing
    lead.ctrl("I")
    lead.type(str(csv_file))
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.preview)
    # the word to stop arrives at the first sign of life, as if somebody had been quick
    monkeypatch.setattr(Job, "report", lambda job, *_: (job.cancel(), job.check()))
    lead.key(ENTER)
    lead.type("某某银行")
    view.terms.bank.setText("某某银行")
    to_widget(lead, view.terms.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.preview)
    assert counts(lead.seat) == (0, 0)
    with lead.seat.store.read() as conn:
        assert conn.execute(select(func.count()).select_from(t.debtor)).scalar_one() == 0
        assert conn.execute(select(func.count()).select_from(t.received_file)).scalar_one() == 0


def test_an_agent_finds_and_reads_a_case_but_imports_nothing(desk, qtbot):
    who = desk.debtor("王明")
    desk.debtor("李四光", days=70)
    desk.open()
    qtbot.waitUntil(desk.window.isActiveWindow)
    page = cases_page(desk, qtbot)
    desk.ctrl("I")
    assert page.face() is page.overview
    assert not page.overview.batch_card.isVisible()
    desk.ctrl("F")
    desk.type("王明")
    desk.key(ENTER)
    detail = page.detail
    assert page.face() is detail
    assert detail.debtor_id == who
    assert detail.name.text() == "王**"
    shown = " ".join(value for _, value in (*detail.numbers.texts(), *detail.addresses.texts()))
    assert "****" in shown
    with desk.seat.store.read() as conn:
        looked = conn.execute(select(func.count()).where(journal.c.kind == "access.unmask")).scalar_one()
    assert looked == 0
    desk.ctrl("U")
    desk.ctrl("U")  # once is enough
    assert detail.name.text() == "王明"
    assert any("广州市天河区和平街25号9栋2601室" in value for _, value in detail.addresses.texts())
    with desk.seat.store.read() as conn:
        lines = conn.execute(select(journal.c.debtor_id).where(journal.c.kind == "access.unmask")).scalars().all()
    assert lines == [who]
    desk.key(ESC)
    assert page.face() is page.overview
    assert detail.name.text() == "王**"  # masked again for whoever comes next
    desk.ctrl("F")
    desk.type("没有这个人")
    qtbot.waitUntil(lambda: page.overview.model.rowCount() == 0)
    assert page.overview.stack.currentWidget() is page.overview.empty


def test_the_list_is_read_as_one_scrolls(desk, qtbot, qtmodeltester, monkeypatch):
    monkeypatch.setattr(book, "PAGE", 3)
    numbers = []
    for serial in range(8):
        desk.debtor(f"赵{'一二三四五六七八'[serial]}")
    desk.open()
    qtbot.waitUntil(desk.window.isActiveWindow)
    page = cases_page(desk, qtbot)
    model = overview.BookModel(desk.seat)
    model.reload()
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
    numbers = [model.line(row).number for row in range(model.rowCount())]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 8
    qtmodeltester.check(model)
    qtmodeltester.check(page.overview.batch_model)


def settings_part(desk, part_id: str) -> QWidget:
    place = len(desk.window.desk.buttons)
    desk.key(str(place), ALT)
    page = desk.window.page("settings")
    row = len(page.parts) + [spec.id for spec in page.further].index(part_id)
    while page.form.menu.currentRow() < row:
        desk.key(DOWN)
    return page.part(part_id)


def test_backup_proof_and_restore_from_the_settings(lead, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "one.cdbackup"
    monkeypatch.setattr(keeping_part, "ask_save", lambda *_: target)
    monkeypatch.setattr(keeping_part, "ask_file", lambda *_: target)
    part = settings_part(lead, "keeping")
    assert backup.last_backup(lead.seat) is None
    to_widget(lead, part.backup_button)
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=15000)
    assert target.is_file()
    assert LEAD in part.last.text()
    to_widget(lead, part.verify_button)
    lead.key(SPACE)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=15000)
    assert part.report.isVisible()
    lead.debtor("后来的人")  # what the backup does not know
    to_widget(lead, part.choose_button)
    lead.key(SPACE)
    lead.type("误导入")
    lead.key(ENTER)
    lead.type("correct horse")
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=15000)
    assert lead.window.session is None
    assert lead.window.current_screen() is lead.window.screens.sign_in
    seat = people.sign_in(lead.folder, LEAD, "correct horse", clock=lead.clock)
    try:
        assert counts(seat)[0] == 0
        report = backup.verify(seat)
        assert report.ok
    finally:
        seat.store.close()
    kept = [path for path in lead.folder.parent.iterdir() if "before-restore" in path.name]
    assert len(kept) == 1


def test_share_threshold_and_idle_minutes_are_set_by_a_lead(lead, qtbot):
    who = lead.debtor("大额", balance=5_000_000)
    part = settings_part(lead, "figures")
    to_widget(lead, part.effective)
    lead.key(Qt.Key.Key_Backspace)
    lead.type("2")
    lead.key(ENTER)
    assert settings.get(lead.seat, Share) == Share(2, 6)
    to_widget(lead, part.large)
    lead.type("nonsense")
    lead.key(ENTER)
    assert part.large_field.error()
    lead.ctrl("A")
    lead.type("20000，5")
    lead.key(ENTER)
    assert "20,000.50" in part.large_field.error()
    assert settings.get(lead.seat, DeskSettings).large_from is None
    lead.ctrl("A")
    lead.type("￥20，000")
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy)
    assert settings.get(lead.seat, DeskSettings).large_from == 2_000_000
    to_widget(lead, part.idle)
    lead.ctrl("A")
    lead.type("15")
    lead.key(ENTER)
    assert settings.get(lead.seat, DeskSettings).idle_minutes == 15
    assert who


def test_packs_are_read_and_their_release_is_seen(lead, qtbot):
    part = settings_part(lead, "packs")
    states = releases.states(lead.seat)
    assert part.model.rowCount() == len(states)
    assert part.text.toPlainText()
    assert not releases.unreleased(lead.seat)  # the template released them
    assert part.all_button.isHidden()
    assert part.release_button.isHidden()
    assert LEAD in part.model.index(0, 3).data()
    rows = range(part.model.rowCount())
    kinds = {part.model.index(row, 1).data(): part.model.index(row, 0).data() for row in rows}
    answers = kinds.keys() & {"lexicon", "speech", "shortcodes", "zh-phone"}
    assert len({kinds[name] for name in answers}) == len(answers) >= 3, "each named for what it is"


def test_releasing_everything_is_asked_twice(tmp_path, qtbot, lead, monkeypatch):
    part = settings_part(lead, "packs")
    asked = []
    monkeypatch.setattr(releases, "release_all", lambda seat: asked.append(seat) or Changes(settings=True))
    part.release_all()
    assert asked == []
    part.release_all()
    assert asked == [lead.seat]
