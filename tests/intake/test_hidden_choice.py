"""Columns a file hides: somebody says whether they are taken or left, and rows corrected later are read alike."""

from datetime import UTC, datetime

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.domain.states import HiddenUse
from collector_desk.domain.vocabulary import BankWord
from collector_desk.intake.case_words import read_case_words
from collector_desk.intake.columns import NO_CHOICE, HiddenChoice
from collector_desk.intake.counts import read_counts
from collector_desk.intake.layout import TablesRead
from collector_desk.intake.payments import read_payments
from collector_desk.intake.placement import read_again, read_placement
from collector_desk.intake.values import PlacementFile
from tests.intake.test_what_is_shown import book, saved
from tests.samples.bank_files import hiding, id_number, xlsx

HEADER = ["账户号", "客户姓名", "证件号码", "委案金额", "欠款总额", "逾期天数", "网点"]
GOOD = ["A1", "甲", id_number(1), 9999.99, 1234.56, 45, "城东"]
BAD = ["A2", "乙", id_number(2), 8888.88, "很多", 46, "城西"]


def read(taken: str = "", left: str = "", *, hides: str = "DG") -> PlacementFile:
    made = book([HEADER, GOOD, BAD])
    for letter in hides:
        made.active.column_dimensions[letter].hidden = True
    choice = HiddenChoice(frozenset(taken.split()), frozenset(left.split()))
    return read_placement(saved(made), "a.xlsx", hidden=choice)


def uses(found: TablesRead) -> dict[str, HiddenUse]:
    return {column.letter: column.use for column in found.hidden}


def codes(found) -> set[str]:
    return {p.reason.code for p in found.problems}


def test_without_a_choice_the_one_that_is_seen_counts_and_the_rest_is_taken():
    found = read()
    assert found.rows[0].amount == 123_456
    assert uses(found) == {"D": HiddenUse.BESIDE, "G": HiddenUse.TAKEN}
    assert dict(found.rows[0].extras) == {"委案金额": "9999.99", "网点": "城东"}


@pytest.mark.parametrize("name", ["D", "Sheet!D"])
def test_a_hidden_column_that_is_taken_counts_before_one_that_is_seen(name):
    found = read(taken=name)
    assert [row.amount for row in found.rows] == [999_999, 888_888]
    assert uses(found)["D"] is HiddenUse.TAKEN
    assert dict(found.rows[0].extras)["欠款总额"] == "1234.56"
    assert "intake.hidden_first" in codes(found)
    assert "intake.hidden_twice" not in codes(found)


def test_a_hidden_column_that_is_left_is_nowhere_in_the_case():
    found = read(left="D G")
    assert found.rows[0].amount == 123_456
    assert found.rows[0].extras == ()
    assert uses(found) == {"D": HiddenUse.LEFT, "G": HiddenUse.LEFT}
    assert "intake.hidden_left" in codes(found)
    assert not codes(found) & {"intake.hidden_columns", "intake.hidden_twice", "intake.column_unmatched"}


def test_what_is_named_for_another_sheet_changes_nothing():
    assert uses(read(left="明细!G")) == {"D": HiddenUse.BESIDE, "G": HiddenUse.TAKEN}


def test_a_column_that_is_seen_can_not_be_left():
    found = read(left="G", hides="")
    assert (found.hidden, dict(found.rows[0].extras)["网点"]) == ((), "城东")


@pytest.mark.parametrize(
    ("taken", "left", "amount", "extras"),
    [
        ("", "", 777_00, {"▲委案金额": "8888.88", "网点": "城西"}),
        ("", "D G", 777_00, {}),
        ("D", "G", 888_888, {"▲欠款总额": "很多"}),
    ],
)
def test_a_row_corrected_later_is_read_by_the_same_columns(taken, left, amount, extras):
    made = book([HEADER, GOOD, [*BAD[:4], "777" if not taken else "很多", *BAD[5:]]])
    for letter in "DG":
        made.active.column_dimensions[letter].hidden = True
    made.active["A3"] = ""  # no account: the row stays out
    choice = HiddenChoice(frozenset(taken.split()), frozenset(left.split()))
    found = read_placement(saved(made), "a.xlsx", hidden=choice)
    (row,) = found.aside
    cells = ["A2", *row.cells[1:]]
    again = read_again("a.xlsx", found.sha256, "xlsx", [(found.heads[row.head], row.line, cells)], {})
    assert [(each.account_no, each.amount) for each in again.rows] == [("A2", amount)]
    assert dict(again.rows[0].extras) == extras


# --- the same of every other file ----------------------------------------------------------------------------

PAID = [["账户号", "还款日期", "还款金额", "入账金额", "网点"], ["A1", "2026-11-20", 99.5, 12.5, "城东"]]
CALLED = [["账户号", "今日有效通话", "有效通话次数", "今日接通"], ["A1", 7, 2, 8]]
SAID = [["账户号", "处理方式", "处理方式", "备注"], ["A1", "撤案", "停催", "客户投诉"]]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def paid(content: bytes, hidden: HiddenChoice) -> tuple[TablesRead, object]:
    found = read_payments(content, "a.xlsx", hidden=hidden)
    return found, found.rows[0].amount


def called(content: bytes, hidden: HiddenChoice) -> tuple[TablesRead, object]:
    found = read_counts(content, "a.xlsx", now=NOW, zone=UTC, hidden=hidden)
    return found, found.rows[0].effective


def said(content: bytes, hidden: HiddenChoice) -> tuple[TablesRead, object]:
    found = read_case_words(content, "a.xlsx", hidden=hidden)
    return found, (found.rows[0].word, found.rows[0].reason)


KINDS = [
    pytest.param(paid, PAID, "C", "E", 12_50, 99_50, id="payments"),
    pytest.param(called, CALLED, "B", "D", 2, 7, id="counts"),
    pytest.param(said, SAID, "B", "D", (BankWord.STOP, "客户投诉"), (BankWord.RECALL, "客户投诉"), id="words"),
]


@pytest.mark.parametrize(("read_it", "rows", "twice", "alone", "seen", "unseen"), KINDS)
def test_in_every_file_a_hidden_column_gives_way_is_taken_or_left(read_it, rows, twice, alone, seen, unseen):
    content = xlsx(rows)
    content = hiding(content, twice, alone)
    found, value = read_it(content, NO_CHOICE)
    assert value == seen, "one that is seen counts before one that is hidden"
    assert uses(found) == {twice: HiddenUse.BESIDE, alone: HiddenUse.TAKEN}
    assert {"intake.hidden_columns", "intake.hidden_twice"} <= codes(found)
    found, value = read_it(content, HiddenChoice(frozenset({twice})))
    assert value == unseen
    assert uses(found)[twice] is HiddenUse.TAKEN
    assert "intake.hidden_first" in codes(found)
    found, value = read_it(content, HiddenChoice(left=frozenset({twice, alone})))
    assert uses(found) == {twice: HiddenUse.LEFT, alone: HiddenUse.LEFT}
    assert "intake.hidden_left" in codes(found)
    assert not codes(found) & {"intake.hidden_columns", "intake.hidden_twice", "intake.column_unmatched"}


def test_what_is_left_is_nowhere_in_a_payment_a_figure_or_a_word():
    left = HiddenChoice(left=frozenset("ED"))
    found = read_payments(hiding(xlsx(PAID), "E"), "a.xlsx", hidden=left)
    assert found.rows[0].extras == (("入账金额", "12.5"),)
    counted = read_counts(hiding(xlsx(CALLED), "D"), "a.xlsx", now=NOW, zone=UTC, hidden=left)
    assert counted.rows[0].connected is None
    words = read_case_words(hiding(xlsx(SAID), "D"), "a.xlsx", hidden=left)
    assert words.rows[0].reason == ""


@pytest.mark.parametrize(("read_it", "rows"), [(paid, PAID), (called, CALLED), (said, SAID)])
def test_without_the_only_column_that_says_it_no_file_can_be_read(read_it, rows):
    with pytest.raises(Trouble) as told:
        read_it(hiding(xlsx(rows), "A"), HiddenChoice(left=frozenset("A")))
    assert told.value.message.code == "intake.columns_missing"
