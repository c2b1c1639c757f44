"""Files as careless people make them: nothing is guessed, nobody is taken for somebody else, no row goes lost."""

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from collector_desk.domain.message import Trouble
from collector_desk.intake.columns import match_columns
from collector_desk.intake.payments import read_payments
from collector_desk.intake.placement import read_placement
from collector_desk.intake.problems import ProblemSeverity
from collector_desk.intake.values import PlacementFile
from collector_desk.words.messages import LANGUAGES, render
from tests.samples.bank_files import HEADER, account, grid, id_number, text, xlsx

BARE = ["账户号", "客户姓名", "委案金额"]


def read(rows: list[list[Any]], *more: tuple[str, list[list[Any]]]) -> PlacementFile:
    found = read_placement(xlsx(rows, *more), "a.xlsx")
    for problem in found.problems:
        assert all(render(problem.reason, lang) != problem.reason.code for lang in LANGUAGES)
    for sheet in found.sheets:
        assert sheet.rows == sheet.accepted + sheet.set_aside + len(sheet.recognised) + sheet.blank
    return found


def csv(*lines: str) -> PlacementFile:
    return read_placement("\n".join(lines).encode(), "a.csv")


def refused(found: PlacementFile) -> list[tuple[int, str]]:
    return [(p.line, p.reason.code) for p in found.problems if p.severity is ProblemSeverity.REFUSED]


def said(found: PlacementFile) -> set[str]:
    return {problem.reason.code for problem in found.problems}


@pytest.mark.parametrize(
    ("heading", "title", "minor", "currency"),
    [
        ("委案金额(万)", "", 1_500_000, "CNY"),
        ("委案金额（万元）", "", 1_500_000, "CNY"),
        ("委案金额(萬元)", "", 1_500_000, "CNY"),
        ("委案金额(千元)", "", 150_000, "CNY"),
        ("委案金额(百元)", "", 15_000, "CNY"),
        ("委案金额(元)", "单位：万元", 150, "CNY"),
        ("委案金额(美元)", "", 150, "USD"),
        ("委案金额（USD）", "单位：万元", 1_500_000, "USD"),
        ("委案金额", "某银行委案清单（单位：万元）", 1_500_000, "CNY"),
        ("委案金额", "金额单位:人民币万元", 1_500_000, "CNY"),
        ("委案金额", "币种：美元", 150, "USD"),
        ("委案金额", "单位：某某公司", 150, "CNY"),
        ("委案金额(含利息)", "单位：万元化工厂 名单", 150, "CNY"),
    ],
)
def test_amounts_are_read_in_the_unit_the_file_names(heading: str, title: str, minor: int, currency: str) -> None:
    rows = [["账户号", "客户姓名", heading], ["A1", "甲", 1.5]]
    found = read([[title], *rows] if title else rows)
    (row,) = found.rows
    assert (row.amount, row.currency) == (minor, currency)
    assert ("intake.unit_read" in said(found)) == (minor != 150 or currency != "CNY")


def test_cents_are_cents_and_totals_are_in_the_same_unit() -> None:
    found = read([["账户号", "客户姓名", "委案金额(分)"], ["A1", "甲", 150000], ["合计", "", 150000]])
    assert found.rows[0].amount == 150000
    assert [check.matches for check in found.totals] == [True]


def test_a_merged_heading_gives_its_unit_to_the_columns_below() -> None:
    header = [["账户号", "客户姓名", "证件号码", "欠款明细(万元)", ""], ["", "", "", "委案金额", "本金"]]
    found = read([*header, ["A1", "甲", id_number(1), 1.5, 1]])
    assert (found.rows[0].amount, found.rows[0].principal) == (1_500_000, 1_000_000)


@pytest.mark.parametrize("value", ["100 200", "100\n200", "1 234.56"])
def test_two_figures_in_a_cell_are_not_one(value: str) -> None:
    """Nor are they taken for one: what may be meant is asked."""
    found = read([BARE, ["A1", "甲", value]])
    assert refused(found) == [(2, "intake.amount_meant")]


@pytest.mark.parametrize(("currency", "value"), [("人民币", "$100.00"), ("美元", "¥100.00"), ("美元", "人民币100")])
def test_a_mark_of_another_currency_is_refused(currency: str, value: str) -> None:
    found = read([[*BARE, "币种"], ["A1", "甲", value, currency]])
    assert refused(found) == [(2, "intake.other_currency")]


def test_of_two_amounts_owed_one_counts_and_it_is_said() -> None:
    found = read([["账户号", "客户姓名", "委案金额", "欠款总额"], ["A1", "甲", 2000, 2100]])
    assert found.rows[0].amount == 200000
    (twice,) = [p for p in found.problems if p.reason.code == "intake.column_twice"]
    assert (twice.column, twice.severity) == ("欠款总额", ProblemSeverity.WARNING)


def test_the_overdue_part_beside_the_whole_is_a_figure_of_its_own() -> None:
    found = read([["账户号", "客户姓名", "逾期金额", "委案金额"], ["A1", "甲", 100, 2000]])
    assert (found.rows[0].amount, found.rows[0].overdue) == (200000, 10000)
    assert "intake.column_twice" not in {p.reason.code for p in found.problems}


def test_a_second_table_with_other_columns_is_read_by_its_own_header() -> None:
    second = [["客户姓名", "账户号", "委案金额", "本人手机"], ["乙", "A2", 7, "16100000009"]]
    found = read([[*BARE, "证件号码"], ["A1", "甲", 5, id_number(1)], [], ["第二部分"], *second])
    rows = [(row.line, row.account_no, row.name, row.amount, row.mobiles) for row in found.rows]
    assert rows == [(2, "A1", "甲", 500, ()), (6, "A2", "乙", 700, ("16100000009",))]
    assert found.columns_at("委案明细", 6)[0].header == "客户姓名"


def test_a_unit_above_the_second_table_is_the_second_tables() -> None:
    rows = [BARE, ["A1", "甲", 5], ["单位：万元"], ["客户姓名", "账户号", "委案金额"], ["乙", "A2", 7]]
    assert [row.amount for row in read(rows).rows] == [500, 7_000_000]


def test_a_repeated_header_with_stray_blanks_is_a_header() -> None:
    found = read([BARE, ["A1", "甲", 5], ["账户号 ", "客户 姓名", "委案金额 "], ["A2", "乙", 7]])
    assert [row.account_no for row in found.rows] == ["A1", "A2"]
    assert not refused(found)


def test_a_sheet_without_amounts_does_not_keep_the_accounts_out() -> None:
    contacts = [["账户号", "客户姓名", "本人手机"], ["A1", "甲", "16100000005"], ["A2", "乙", "16100000006"]]
    found = read([BARE, ["A1", "甲", 5]], ("联系方式", contacts))
    assert ([row.account_no for row in found.rows], found.set_aside) == (["A1"], 2)
    assert refused(found) == [(1, "intake.table_left_out")]


def test_two_accounts_side_by_side_are_not_taken_as_one() -> None:
    found = read([[*BARE, "", *BARE], ["A1", "甲", 1, "", "A2", "乙", 2], ["A3", "丙", 3, "", "", "", ""]])
    assert [row.account_no for row in found.rows] == ["A3"]
    assert refused(found) == [(2, "intake.two_accounts")]


@pytest.mark.parametrize("total", [["合计", "1", 100], ["总计：", "1户", 100], ["本页小计", "2", 100]])
def test_a_total_row_that_counts_accounts_is_no_account(total: list[Any]) -> None:
    found = read([["客户姓名", "账户号", "委案金额"], ["甲", "A1", 100], total])
    assert [row.account_no for row in found.rows] == ["A1"]


@pytest.mark.parametrize("name", ["NULL", "无", "N/A", "合计", "123", "#REF!"])
def test_what_is_no_name_is_nobodys(name: str) -> None:
    found = read([["委案批次号", *BARE], ["B1", "A1", name, 5], ["B1", "A2", "甲", 5]])
    assert ([row.account_no for row in found.rows], found.set_aside) == (["A2"], 1)


def test_a_comma_inside_a_value_moves_nothing_unseen() -> None:
    found = csv(
        "账户号,客户姓名,委案金额,本人手机,备注",
        "A1,甲,234.56,16100000001,",
        "A2,乙,1,234.56,16100000002,",
        'A3,丙,"1,234.56",16100000003,',
    )
    assert [(row.account_no, row.amount) for row in found.rows] == [("A1", 23456), ("A3", 123456)]
    assert refused(found) == [(3, "intake.row_moved")]
    found = csv("账户号,客户姓名,委案金额,备注", "A1,甲,2,500.00,", "A2,乙,1,234.56,")
    assert [code for _, code in refused(found)] == ["intake.row_moved"] * 2


def test_empty_cells_at_the_end_of_every_row_are_a_habit_and_missing_ones_are_said() -> None:
    found = csv("账户号,客户姓名,委案金额", "A1,甲,2500.00,", "A2,乙,1234.56,")
    assert [row.amount for row in found.rows] == [250000, 123456]
    found = csv("账户号,客户姓名,客户号,委案金额,本金", "A1,甲,C1,25.00,20", "A2,乙,300.00,250")
    assert [p.line for p in found.problems if p.reason.code == "intake.row_short"] == [3]


def test_a_comma_of_full_width_separates_too() -> None:
    lines = ["，".join(map(str, row)) for row in grid([account(1)])]
    found = csv(*lines)
    assert found.rows[0].account_no == account(1)["账户号"]


@pytest.mark.parametrize(
    "content",
    [
        "account,name,date,amount,channel,reference\nA1,Joe,2026-11-01,50.00,Bank,R1\n",
        "账户号,客户姓名,还款日期,还款金额,还款渠道,流水号\nA1,甲,2026-11-01,50.00,柜面,R1\n",
    ],
)
def test_payments_never_become_debts(content: str) -> None:
    with pytest.raises(Trouble) as caught:
        read_placement(content.encode(), "p.csv")
    assert caught.value.message.code == "intake.is_payments"
    assert len(read_payments(content.encode(), "p.csv").rows) == 1


@pytest.mark.parametrize(
    ("headings", "cells", "contacts"),
    [
        ("联系人 关系 联系电话", "乙 配偶 16100000002", [("乙", "配偶", "16100000002")]),
        ("联系人电话 联系人 与本人关系", "16100000002 乙 配偶", [("乙", "配偶", "16100000002")]),
        (
            "联系人 关系 手机 联系人 关系 手机",
            "乙 配偶 16100000002 丙 同事 16100000003",
            [("乙", "配偶", "16100000002"), ("丙", "同事", "16100000003")],
        ),
        ("配偶姓名 电话 手机", "乙 16100000002 16100000004", [("乙", "配偶", "16100000002")]),
    ],
)
def test_a_contacts_phone_is_never_the_debtors_own(headings: str, cells: str, contacts: list[Any]) -> None:
    (row,) = read([[*BARE, *headings.split()], ["A1", "甲", 1, *cells.split()]]).rows
    assert row.mobiles == ()
    assert [(each.name, each.relation, each.phone) for each in row.contacts] == contacts


def test_several_own_phones_count_and_a_bare_one_further_right_does_not() -> None:
    words = ["手机1", "手机2", "本人手机", "单位名称", "联系电话"]
    (row,) = read([[*BARE, *words], ["A1", "甲", 1, *(f"1610000000{i}" for i in range(5))]]).rows
    assert row.mobiles == ("16100000000", "16100000001", "16100000002")
    assert ("联系电话", "16100000004") in row.extras


def test_a_contact_without_a_number_stays_with_the_case_and_a_shared_number_is_said() -> None:
    words = [*BARE, "本人手机", "联系人1姓名", "联系人1电话"]
    found = read([words, ["A1", "甲", 1, "16100000001", "乙", ""]])
    assert ("联系人1姓名", "乙") in found.rows[0].extras
    found = read([words, ["A1", "甲", 1, "16100000001", "乙", "16100000001"]])
    assert "intake.number_shared" in said(found)


def test_another_name_under_the_same_number_is_not_taken_for_one_person() -> None:
    one = [[*BARE, "客户号", "证件号码"], ["A1", "王伟", 1, "C1", ""], ["A2", "李强", 1, "C1", ""]]
    found = read(one)
    assert refused(found) == [(3, "intake.name_of_another")]
    both = [one[0], ["A1", "王伟", 1, "C1", id_number(1)], ["A2", "李强", 1, "C1", id_number(1)]]
    found = read([*both, ["A3", "王 伟", 1, "C1", id_number(1)]])
    assert len(found.rows) == 3
    assert [p.line for p in found.problems if p.reason.code == "intake.name_differs"] == [3]


@pytest.mark.parametrize(
    ("heading", "value", "attribute", "expected"),
    [
        ("账户号", "629079500000001.0", "account_no", "629079500000001"),
        ("账户号", "2026-00123", "account_no", "2026-00123"),
        ("账户号", "6222-0000-1111-2222", "account_no", "6222000011112222"),
        ("委案批次号", "202611-09", "placement_no", "202611-09"),
        ("证件号码", "000105 19900307 001x", "id_no", "00010519900307001X"),
        ("证件号码", "000105-19900307-001X", "id_no", "00010519900307001X"),
        ("证件号码", "e 1234 5678", "id_no", "E12345678"),
        ("本人手机", "16100000009.0", "mobiles", ("16100000009",)),
        ("本人手机", "161 0000 0009/161 0000 0008", "mobiles", ("16100000009", "16100000008")),
        ("本人手机", "16100000009;9382597", "mobiles", ("16100000009", "9382597")),
        ("本人手机", "16100000009,", "mobiles", ("16100000009",)),
        ("本人手机", "停机", "mobiles", ()),
        ("住宅电话", "02009382597", "home_phones", ("020-09382597",)),
        ("住宅电话", "+86-10-09382597", "home_phones", ("010-09382597",)),
        ("单位名称", "NULL", "employer", ""),
        ("家庭地址", "无", "home_address", ""),
        ("币种", "￥", "currency", "CNY"),
    ],
)
def test_more_forms_are_read_exactly(heading: str, value: str, attribute: str, expected: object) -> None:
    (row,) = read_placement(text(grid([account(1, **{heading: value})]), "utf-8"), "b.csv").rows
    assert getattr(row, attribute) == expected


def test_a_long_number_that_was_once_a_float_is_refused_in_text_too() -> None:
    found = csv("账户号,客户姓名,委案金额", "6290795000000012345.0,甲,5")
    assert refused(found) == [(2, "intake.digits_lost")]


def test_cells_merged_downwards_name_each_row_but_never_spread_money() -> None:
    book = Workbook()
    page = book.active
    page.title = "委案明细"
    for row in ([*BARE, "客户号"], ["A1", "甲", 5, "C1"], ["A2", None, None, None], ["A3", "乙", 7, "C2"]):
        page.append(row)
    for column in "BCD":
        page.merge_cells(f"{column}2:{column}3")
    found = read_placement(saved(book), "a.xlsx")
    assert [(row.account_no, row.name) for row in found.rows] == [("A1", "甲"), ("A3", "乙")]
    assert refused(found) == [(3, "intake.amount_missing")]
    page.unmerge_cells("C2:C3")
    page["C3"] = 6
    found = read_placement(saved(book), "a.xlsx")
    assert [(row.name, row.customer_no, row.amount) for row in found.rows][:2] == [
        ("甲", "C1", 500),
        ("甲", "C1", 600),
    ]


def test_accounts_on_a_hidden_sheet_alone_have_their_own_reason() -> None:
    book = Workbook()
    page = book.active
    for row in grid([account(1)]):
        page.append(row)
    book.create_sheet("说明")["A1"] = "见隐藏页"
    page.sheet_state = "hidden"
    book.active = 1
    with pytest.raises(Trouble) as caught:
        read_placement(saved(book), "a.xlsx")
    assert caught.value.message.code == "intake.only_hidden"


def test_errors_and_formulas_without_a_result_are_not_empty_cells_and_hidden_rows_are_said() -> None:
    book = Workbook()
    page = book.active
    for row in ([*BARE, "证件号码"], *([f"A{i}", "甲", i, id_number(i)] for i in range(1, 6))):
        page.append(row)
    page["A2"], page["C3"], page["D4"] = "#N/A", "=1+2", "#REF!"
    page.row_dimensions[6].hidden = True
    found = read_placement(saved(book), "a.xlsx")
    assert refused(found) == [(row, "intake.sheet_error") for row in (2, 3, 4)]
    assert [row.line for row in found.rows] == [5, 6]
    assert [p.reason.params["rows"] for p in found.problems if p.reason.code == "intake.hidden_rows"] == [1]


ERRORS = ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"]


def with_error(heading: str, error: str) -> PlacementFile:
    """Two accounts, the first with an error in the named column, which is added where the table lacks it."""
    header = [*HEADER, *({heading} - set(HEADER))]
    rows = [header, *([*row, *[""] * (len(header) - len(row))] for row in grid([account(1), account(2)])[1:])]
    rows[1][header.index(heading)] = error
    return read(rows)


def told(found: PlacementFile) -> list[tuple[int, str, str]]:
    return [(p.line, p.column, p.severity.value) for p in found.problems if p.reason.code == "intake.sheet_error"]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(
    "heading", ["逾期天数", "到期还款日", "委案日期", "客户姓名", "委案金额", "币种", "账户号", "证件号码"]
)
def test_an_error_where_it_counts_keeps_the_row_out(heading: str, error: str) -> None:
    found = with_error(heading, error)
    assert told(found) == [(2, heading, "refused")]
    assert [row.line for row in found.rows] == [3]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(
    "heading", ["本人手机", "家庭地址", "单位名称", "联系人1姓名", "联系人1电话", "最近还款日期", "备注", "网点"]
)
def test_an_error_in_other_columns_is_said_and_kept_nowhere(heading: str, error: str) -> None:
    found = with_error(heading, error)
    assert told(found) == [(2, heading, "warning")]
    assert [row.line for row in found.rows] == [2, 3]
    assert error not in repr(found.rows[0])


@pytest.mark.parametrize("error", [*ERRORS, "#n/a", "＃REF！", "Err:502", "#SPILL!", " #N/A "])
def test_an_error_in_a_text_file_is_one_too(error: str) -> None:
    found = csv("账户号,客户姓名,委案金额,逾期天数,家庭地址", f"A1,甲,5,{error},某路", f"A2,乙,5,3,{error}")
    assert told(found) == [(2, "逾期天数", "refused"), (3, "家庭地址", "warning")]
    assert [(row.account_no, row.home_address) for row in found.rows] == [("A2", "")]


@pytest.mark.parametrize("nothing", ["", "-", "无", "N/A", "null", "暂无"])
def test_marks_for_nothing_are_still_no_errors(nothing: str) -> None:
    found = csv("账户号,客户姓名,委案金额,逾期天数,到期还款日", f"A1,甲,5,{nothing},{nothing}")
    assert told(found) == []
    assert [row.days_past_due for row in found.rows] == [None]


def test_words_that_only_begin_like_an_error_stay_words() -> None:
    found = csv("账户号,客户姓名,委案金额,家庭地址,备注", "A1,甲,5,#3 楼,#N/A 是什么")
    assert told(found) == []
    assert (found.rows[0].home_address, found.rows[0].remark) == ("#3 楼", "#N/A 是什么")


def test_an_error_in_a_payments_day_amount_or_currency_keeps_it_out() -> None:
    lines = ["账户号,还款日期,还款金额,币种", "A1,#N/A,5,", "A2,2026-11-03,#REF!,", "A3,2026-11-03,5,#N/A"]
    found = read_payments("\n".join([*lines, "A4,2026-11-03,5,"]).encode(), "p.csv")
    assert [row.account_no for row in found.rows] == ["A4"]
    assert [(p.line, p.reason.code) for p in found.problems if p.severity is ProblemSeverity.REFUSED] == [
        (line, "intake.sheet_error") for line in (2, 3, 4)
    ]


@pytest.mark.parametrize(
    "cell",
    [
        'office:value-type="string" office:string-value="" calcext:value-type="error"',
        'table:formula="of:=NA()" office:value-type="float" office:value="0" calcext:value-type="error"',
    ],
)
def test_errors_of_an_open_document_sheet_are_said(cell: str) -> None:
    def row(*words: str) -> str:
        cells = "".join(
            f"<table:table-cell {cell}><text:p>#REF!</text:p></table:table-cell>"
            if word == "!"
            else f'<table:table-cell office:value-type="string"><text:p>{word}</text:p></table:table-cell>'
            for word in words
        )
        return f"<table:table-row>{cells}</table:table-row>"

    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text")
    )
    body = row(*BARE, "逾期天数", "家庭地址") + row("A1", "甲", "5", "!", "某路") + row("A2", "乙", "6", "3", "!")
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} xmlns:calcext="urn:org:documentfoundation:names:'
        f'experimental:calc:xmlns:calcext:1.0"><office:body><office:spreadsheet><table:table table:name="a">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    found = read_placement(out.getvalue(), "a.ods")
    assert told(found) == [(2, "逾期天数", "refused"), (3, "家庭地址", "warning")]


def test_payments_are_read_in_their_unit_and_their_cells_do_not_slip() -> None:
    words = ["账户号", "还款日期", "还款金额", "流水号"]
    rows = [["单位：万元"], words, ["A1", "2026-11-03", 1.5, "L1"]]
    assert read_payments(xlsx(rows), "p.xlsx").rows[0].amount == 1_500_000
    lines = [",".join(words), "A1,2026-11-03,1,234.50,L1", "A2,2026-11-03,99.00,L2"]
    found = read_payments("\n".join(lines).encode(), "p.csv")
    assert ([row.account_no for row in found.rows], found.set_aside) == (["A2"], 1)


def test_a_header_far_down_is_found() -> None:
    found = read([*[[f"说明{i}"] for i in range(90)], *grid([account(1)])])
    assert found.rows[0].line == 92


def test_the_plain_columns_of_a_bank_keep_their_meaning() -> None:
    columns = match_columns(HEADER)
    assert all(column.field is not None and not column.twice for column in columns)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
