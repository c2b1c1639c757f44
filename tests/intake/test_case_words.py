"""A bank's list of cases as banks write it: by headings, cells, title or name; and what it is not."""

from datetime import date

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.domain.vocabulary import BankWord
from collector_desk.intake.case_words import read_case_words
from collector_desk.intake.placement import read_placement
from tests.samples import bank_files as files

ACCOUNT = "6200000000000001"
THAT_DAY, LAST = date(2026, 11, 20), date(2026, 12, 31)


def read(*rows, name="名单.csv"):
    return read_case_words(files.text([list(row) for row in rows], "gb18030"), name)


def said(file):
    return [(row.word, row.said_on, row.ends, row.reason) for row in file.rows]


@pytest.mark.parametrize(
    ("heading", "cells", "word", "day", "ends", "why"),
    [
        (("卡号", "姓名", "撤案日", "撤案原因"), ("2026-11-20", "投诉"), BankWord.RECALL, THAT_DAY, None, "投诉"),
        (("账号", "姓名", "停催时间", "停催原因"), ("2026/11/20", "协商"), BankWord.STOP, THAT_DAY, None, "协商"),
        (("帳戶號", "姓名", "處理方式", "備註"), ("撤案", "投诉"), BankWord.RECALL, None, None, "投诉"),
        (("账户号", "姓名", "处理意见", "原因"), ("解除停催", "已协商"), BankWord.LIFT, None, None, "已协商"),
        (("账户号", "姓名", "是否留案", "留案至"), ("是", "2026-12-31"), BankWord.EXTEND, None, LAST, ""),
        (("账户号", "姓名", "是否同意续委", "新到期日"), ("不同意", ""), BankWord.NO_EXTENSION, None, None, ""),
        (("account no", "name", "action", "reason"), ("recalled", "paid"), BankWord.RECALL, None, None, "paid"),
        (("account", "name", "approved", "extended to"), ("yes", "2026-12-31"), BankWord.EXTEND, None, LAST, ""),
    ],
)  # fmt: skip
def test_what_becomes_of_a_case_is_read_as_banks_write_it(heading, cells, word, day, ends, why):
    file = read(heading, (ACCOUNT, "某某", *cells))
    assert said(file) == [(word, day, ends, why)]
    assert file.rows[0].account_no == ACCOUNT
    assert "某某" not in repr(file.rows[0])


@pytest.mark.parametrize("heading", ["是否撤案", "撤案标志", "撤案"])
def test_a_list_of_all_cases_flags_the_few_that_are_recalled(heading):
    flags = ("是", "否", "Y", "n", "0", "")
    file = read(
        ("账户号", "姓名", heading), *[(f"{ACCOUNT[:-1]}{at}", "某某", flag) for at, flag in enumerate(flags)]
    )
    assert [row.line for row in file.rows] == [2, 4]
    assert {row.word for row in file.rows} == {BankWord.RECALL}
    assert [one.line for one in file.sheets[0].recognised if one.kind == "note"] == [3, 5, 6]
    assert file.set_aside == 1, "an empty flag says neither"


@pytest.mark.parametrize("heading", ["是否停催", "撤案标志"])
def test_a_placement_whose_flags_all_say_no_is_a_placement(heading):
    head, *rows = files.grid([files.account(1), files.account(2)])
    file = read_placement(files.text([[*head, heading], *[[*row, "否"] for row in rows]], "utf-8"), "委案.csv")
    assert len(file.rows) == 2
    with pytest.raises(Trouble) as trouble:
        read_placement(files.text([[*head, heading], [*rows[0], "否"], [*rows[1], "是"]], "utf-8"), "委案.csv")
    assert trouble.value.message.code == "intake.is_words"


def test_a_title_or_the_files_name_says_it_for_all_rows():
    titled = read(("某某银行撤案名单", ""), ("账户号", "姓名"), (ACCOUNT, "某某"), ("合计", "1"))
    assert [row.word for row in titled.rows] == [BankWord.RECALL]
    assert titled.sheets[0].recognised[-1].text.startswith("合计")
    named = read(("账户号", "姓名"), (ACCOUNT, "某某"), name="停催名单20261120.csv")
    assert [row.word for row in named.rows] == [BankWord.STOP]


def test_rows_that_say_nothing_or_name_nobody_stay_out_with_their_reason():
    file = read(
        ("账户号", "姓名", "处理方式", "留案至"),
        (ACCOUNT, "某某", "看着办", ""),
        ("", "某某", "撤案", ""),
        (ACCOUNT, "某某", "留案", ""),
        (ACCOUNT, "某某", "留案", "三月底"),
    )
    assert (file.rows, file.set_aside) == ((), 4)
    codes = [found.reason.code for found in file.problems]
    assert codes[:2] == ["intake.words.not_said", "intake.words.nobody"]
    assert "intake.words.no_end" in codes


@pytest.mark.parametrize(
    "rows",
    [
        [("账户号", "客户姓名", "证件号码", "委案金额", "撤案日期"), (ACCOUNT, "某某", "", "100.00", "2026-11-20")],
        [("账户号", "姓名", "撤案原因"), (ACCOUNT, "某某", "投诉")],
        [("某某银行停催名单", "", ""), ("账户号", "客户姓名", "委案金额"), (ACCOUNT, "某某", "100.00")],
    ],
)
def test_who_reads_it_as_a_placement_is_told_that_it_is_none(rows):
    with pytest.raises(Trouble) as trouble:
        read_placement(files.text([list(row) for row in rows], "utf-8"), "x.csv")
    assert trouble.value.message.code == "intake.is_words"


def test_a_placement_that_says_until_when_cases_may_stay_is_a_placement():
    rows = [
        ["委案批次号", "账户号", "客户姓名", "委案金额", "逾期天数", "预计退案日期", "是否可留案"],
        ["XK1", ACCOUNT, "某某", "100.00", "20", "2026-12-31", "是"],
    ]
    assert len(read_placement(files.text(rows, "utf-8"), "x.csv").rows) == 1


def test_a_file_of_something_else_is_no_list():
    with pytest.raises(Trouble) as trouble:
        read(("品名", "数量"), ("笔", "3"))
    assert trouble.value.message.code == "intake.words.no_header"
