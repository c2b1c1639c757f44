"""The same accounts in a new file of the bank, by keys alone: up, down, of a day that has to be said; then read."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from sqlalchemy import select

from collector_desk.domain.book.queue import QueueClass
from collector_desk.services.book import cases
from collector_desk.services.intake import payments
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from tests.journeys.test_import_journey import ALT, ENTER, LEAD, cases_page, to_widget

HEADER = ("委案批次号", "账户号", "客户姓名", "证件号码", "最新欠款")


@pytest.fixture
def lead(desk_of, qtbot):
    desk = desk_of(LEAD)
    desk.open()
    qtbot.waitUntil(desk.window.isActiveWindow)
    return desk


@pytest.fixture
def file_of(lead, tmp_path):
    """Write a file with another sum for each of these debtors, of a day that its name may say."""

    def written(name: str, **sums: str) -> Path:
        path = tmp_path / name
        with lead.seat.store.read() as conn, path.open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out)
            lines.writerow(HEADER)
            number = conn.execute(select(t.placement.c.number)).scalars().first()
            about = select(t.debtor.c.name, t.debtor.c.id_number, t.account_case.c.account_number).join(
                t.account_case, t.account_case.c.debtor_id == t.debtor.c.id
            )
            for who, yuan in sums.items():
                person = conn.execute(about.where(t.debtor.c.name == who)).one()
                lines.writerow((number, person.account_number, who, person.id_number, yuan))
        return path

    return written


def stands(seat) -> dict[str, tuple[int, str]]:
    """By name, what is owed and of which day the bank's figure is."""
    of = select(t.debtor.c.name, t.account_case.c.balance_minor, t.account_case.c.balance_as_of).join(
        t.account_case, t.account_case.c.debtor_id == t.debtor.c.id
    )
    with seat.store.read() as conn:
        return {name: (minor, day.isoformat()) for name, minor, day in conn.execute(of)}


def wait_for(desk, qtbot, view, step) -> None:
    qtbot.waitUntil(lambda: view.step() is step and not desk.window.tasks.busy, timeout=15000)


def chosen(lead, qtbot, view, path):
    lead.ctrl("I")
    lead.type(str(path))
    lead.key(ENTER)
    wait_for(lead, qtbot, view, view.preview)
    return view.preview


def test_figures_go_up_and_down_and_the_day_is_asked_where_nothing_says_it(lead, qtbot, file_of):
    lead.debtor("朱雪彩", balance=500_000)
    lead.debtor("王小明", balance=300_000)
    lead.clock.forward(days=7)
    page = cases_page(lead, qtbot)
    view = page.importing
    preview = chosen(lead, qtbot, view, file_of("余额.csv", 朱雪彩="5100.00", 王小明="2500.00"))
    assert preview.as_of.hasFocus()
    assert not preview.next_button.isEnabled()
    assert preview.note.text() == "请填写数据日期。"
    lead.type("2027-01-01")
    lead.key(ENTER)
    qtbot.waitUntil(lambda: "尚未到来" in preview.as_of_field.error(), timeout=15000)
    lead.ctrl("A")
    lead.type("2026-11-25")
    lead.key(ENTER)
    qtbot.waitUntil(preview.next_button.isEnabled, timeout=15000)
    newer = preview.figures[5]
    assert (newer.value.text(), newer.note.text()) == ("2 户", "¥8,000.00 → ¥7,600.00")
    assert stands(lead.seat)["朱雪彩"][0] == 500_000  # looking changes nothing
    to_widget(lead, preview.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, view, view.result)
    assert view.result.title.text() == "已更新 2 户的金额"
    assert stands(lead.seat) == {"朱雪彩": (510_000, "2026-11-25"), "王小明": (250_000, "2026-11-25")}
    lead.key(ENTER)

    # the name of the next one says its day; one of its figures is the same again
    preview = chosen(lead, qtbot, view, file_of("余额20261127.csv", 朱雪彩="4000.00", 王小明="2500.00"))
    assert preview.as_of.text() == "2026-11-27"
    assert preview.next_button.hasFocus()
    lead.key(ENTER)
    wait_for(lead, qtbot, view, view.result)
    assert stands(lead.seat) == {"朱雪彩": (400_000, "2026-11-27"), "王小明": (250_000, "2026-11-27")}
    lead.key(ENTER)

    # of that day with another sum: a question, and nothing to take over
    preview = chosen(lead, qtbot, view, file_of("余额2026-11-27.csv", 朱雪彩="4100.00"))
    assert not preview.next_button.isEnabled()
    assert preview.figures[3].note.text() == "待询银行 1"
    lead.key(Qt.Key.Key_Escape)
    assert stands(lead.seat)["朱雪彩"] == (400_000, "2026-11-27")
    assert verify(lead.seat.store).ok


def taken(lead, qtbot, page, path):
    """The file taken in by keys, its day read off its name."""
    view = page.importing
    preview = chosen(lead, qtbot, view, path)
    qtbot.waitUntil(preview.next_button.hasFocus)
    lead.key(ENTER)
    wait_for(lead, qtbot, view, view.result)
    lead.key(ENTER)


def place_of(seat, who):
    file = cases.open_case(seat, who).file
    return file.queue_class, file.why.code


def test_a_figure_that_fell_waits_for_the_leads_word_in_review(lead, qtbot, file_of):
    who = lead.debtor("朱雪彩", balance=500_000)
    lead.clock.forward(days=7)
    page = cases_page(lead, qtbot)
    taken(lead, qtbot, page, file_of("余额20261126.csv", 朱雪彩="3000.00"))
    assert place_of(lead.seat, who) == (QueueClass.WAITING, "book.figure_fell")
    lead.key("3", ALT)
    review = lead.window.page("review")
    qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=15000)
    shown = [label.text() for label in review.findChildren(QLabel)]
    assert any("银行欠款数据比已知还款多下降 ¥2,000.00" in text for text in shown)
    field = next(each for each in review.findChildren(QPlainTextEdit) if each.isVisible())
    to_widget(lead, field)
    lead.type("银行电话确认已还款")
    lead.key(ENTER, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: place_of(lead.seat, who)[0].workable, timeout=15000)
    assert stands(lead.seat)["朱雪彩"][0] == 300_000  # no payment was made of it
    assert verify(lead.seat.store).ok


def test_what_remains_after_payment_in_full_has_its_own_reason(lead, qtbot, file_of, tmp_path):
    who = lead.debtor("朱雪彩", balance=500_000)
    lead.clock.forward(days=7)
    with lead.seat.store.read() as conn:
        account = conn.execute(select(t.account_case.c.account_number)).scalar_one()
    paid = tmp_path / "还款.csv"
    paid.write_text(f"账户号,还款日期,还款金额,流水号\n{account},2026-11-25,5000.00,R1\n", "utf-8")
    payments.import_payments(lead.seat, payments.preview(lead.seat, paid))
    page = cases_page(lead, qtbot)
    taken(lead, qtbot, page, file_of("余额20261127.csv", 朱雪彩="63.20"))
    assert place_of(lead.seat, who) == (QueueClass.WAITING, "book.remainder_small")
    taken(lead, qtbot, page, file_of("余额20261128.csv", 朱雪彩="63.90"))
    assert place_of(lead.seat, who)[1] == "book.remainder_small"
    taken(lead, qtbot, page, file_of("余额20261129.csv", 朱雪彩="163.90"))  # no longer too little
    queue_class, why = place_of(lead.seat, who)
    assert (queue_class.workable, why) == (True, "book.remainder")
    assert verify(lead.seat.store).ok


def test_the_same_file_is_a_repeat_until_somebody_says_another_day(lead, qtbot, file_of):
    lead.debtor("朱雪彩", balance=500_000)
    lead.clock.forward(days=7)
    page = cases_page(lead, qtbot)
    view = page.importing
    path = file_of("余额20261125.csv", 朱雪彩="5100.00")
    taken(lead, qtbot, page, path)
    assert stands(lead.seat)["朱雪彩"] == (510_000, "2026-11-25")
    preview = chosen(lead, qtbot, view, path)
    assert "此前已导入" in preview.note.text()
    assert not preview.next_button.isEnabled()
    to_widget(lead, preview.as_of)
    lead.type("2026-11-28")
    lead.key(ENTER)
    qtbot.waitUntil(preview.next_button.isEnabled, timeout=15000)
    assert "2026年11月28日" in preview.note.text()
    assert preview.figures[5].value.text() == "1 户"
    to_widget(lead, preview.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, view, view.result)
    assert stands(lead.seat)["朱雪彩"] == (510_000, "2026-11-28")
    assert verify(lead.seat.store).ok
