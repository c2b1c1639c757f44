"""The questions to a bank as a numbered file: nothing runs in it, nobody is named in it, repeats are marked."""

import csv

import openpyxl
import pytest

from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import QuestionState
from collector_desk.services.exports import questions as exports
from collector_desk.services.money import questions
from collector_desk.store.verify import verify
from tests.services.money.conftest import Bank

NOBODYS = "6299999999999999"


@pytest.fixture
def asked(manager, debtor, tmp_path, clock):
    """Two rows that nobody here knows, the first with a reference that a spreadsheet would run."""
    debtor()
    clock.forward(days=3)
    bank = Bank(manager, tmp_path)
    bank.tells((NOBODYS, 24, 7, "=HYPERLINK(1)"), (NOBODYS, 25, 8, "R3"), named="某某银行")
    return bank


def test_it_is_numbered_masked_and_runs_nothing(manager, asked, tmp_path):
    sent = exports.export(manager, "某某银行", tmp_path / "问题.xlsx", "zh_CN")
    assert (sent.rows, sent.repeats, sent.number[-6:]) == (2, 0, "-A1001")
    rows = list(openpyxl.load_workbook(tmp_path / "问题.xlsx").active.values)
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["账户"] == "************9999"
    assert told["流水号"] == "'=HYPERLINK(1)"
    assert (told["序号"], told["状态"], told["金额"], told["贵行文件"]) == (1, "新增", 7, "还款1.csv 第 2 行")
    assert NOBODYS not in str(rows)
    assert {one.state for one in questions.waiting(manager)} == {QuestionState.SENT}
    assert verify(manager.store).ok


def test_what_went_out_before_is_a_repeat_and_names_the_first_list(manager, asked, tmp_path):
    first = exports.export(manager, "某某银行", tmp_path / "1.csv", "zh_CN")
    answered, left = questions.waiting(manager)
    questions.answer(manager, [answered], "已核实")
    asked.tells((NOBODYS, 26, 9, "R4"), named="某某银行")
    again = exports.export(manager, "某某银行", tmp_path / "2.csv", "zh_CN")
    assert (again.rows, again.repeats) == (2, 1)
    with (tmp_path / "2.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["状态"], row["流水号"]) for row in rows] == [("新增", "R4"), ("重复", left.reference)]
    assert first.number in rows[1]["首次发送"]


def test_nothing_to_ask_and_what_may_not_be_written_is_said(manager, agent, asked, tmp_path):
    there = tmp_path / "there.xlsx"
    there.write_bytes(b"kept")
    for seat, bank, path, code in (
        (manager, "别的银行", tmp_path / "1.xlsx", "money.questions.nothing"),
        (manager, "某某银行", tmp_path / "1.pdf", "exports.no_format"),
        (manager, "某某银行", there, "documents.outgoing.exists"),
        (agent, "某某银行", tmp_path / "1.xlsx", "office.not_allowed"),
    ):
        with pytest.raises(Refused) as refused:
            exports.export(seat, bank, path, "en")
        assert refused.value.message.code == code
    assert there.read_bytes() == b"kept"
    assert {one.state for one in questions.waiting(manager)} == {QuestionState.OPEN}
