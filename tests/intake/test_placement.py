import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from collector_desk.domain.message import Trouble
from collector_desk.intake.layout import RowKind, SheetKind
from collector_desk.intake.placement import read_placement
from collector_desk.intake.problems import ProblemSeverity
from collector_desk.intake.values import Contact, PlacementFile
from collector_desk.words.messages import LANGUAGES, render
from tests.samples.bank_files import HEADER, account, grid, id_number, text, xlsx


def codes(found: PlacementFile, severity: ProblemSeverity | None = None) -> list[str]:
    return [p.reason.code for p in found.problems if severity in (None, p.severity)]


def all_rows_accounted(found: PlacementFile) -> bool:
    return all(s.rows == s.accepted + s.set_aside + s.blank + len(s.recognised) for s in found.sheets)


def one(**changes: Any) -> PlacementFile:
    return read_placement(xlsx(grid([account(1, **changes)])), "a.xlsx")


def test_every_field_of_a_row_is_read() -> None:
    found = one(备注="先联系本人", 最近还款日期=date(2026, 8, 19), 最近还款金额=2520.0)
    (row,) = found.rows
    assert (row.placement_no, row.placed_on, row.round) == ("XK202611-09", date(2026, 11, 2), "一手")
    assert (row.customer_no, row.name, row.id_no) == ("C0000001", "黄𬭎䶮", id_number(1))
    assert (row.card_tail, row.account_no, row.currency) == ("0001", "629079500000001", "CNY")
    assert (row.amount, row.principal, row.interest, row.penalty) == (404409, 391300, 11152, 1957)
    assert (row.credit_limit, row.minimum_due, row.last_paid) == (2000000, 78260, 252000)
    assert (row.days_past_due, row.statement_day, row.previous_overdue) == (57, 17, 1)
    assert (row.due_on, row.opened_on, row.last_paid_on) == (date(2026, 9, 6), date(2021, 8, 7), date(2026, 8, 19))
    assert (row.mobiles, row.home_phones, row.work_phones) == (("16100000001",), ("0451-09382597",), ())
    assert row.contacts == (Contact("王娜武", "朋友", "16109366499"),)
    assert (row.remark, row.extras) == ("先联系本人", ())
    assert found.problems == ()


def test_rows_around_the_accounts_are_recognised_and_said() -> None:
    total = ["合计"] + [""] * 10 + [8088.18] + [""] * 24
    rows = [
        ["某某银行委外催收案件明细表"],
        ["委案日期：2026年11月2日", "", "受托机构：示例公司"],
        [],
        *grid([account(1)]),
        list(HEADER),
        *grid([account(2)])[1:],
        [],
        total,
        ["制表人：   复核人：   （盖章）"],
        ["金额单位：元"],
    ]
    found = read_placement(xlsx(rows, ("填表说明", [["金额单位：元。"]])), "a.xlsx")
    data, notes = found.sheets
    assert [r.kind for r in data.recognised] == [
        RowKind.TITLE,
        RowKind.TITLE,
        RowKind.HEADER,
        RowKind.REPEATED_HEADER,
        RowKind.TOTAL,
        RowKind.SIGNATURE,
        RowKind.NOTE,
    ]
    assert (data.accepted, data.set_aside, data.blank, data.header_line) == (2, 0, 2, 4)
    assert (notes.kind, notes.name) == (SheetKind.NOTES, "填表说明")
    assert [(c.stated, c.computed, c.matches) for c in found.totals] == [(808818, 808818, True)]
    assert codes(found, ProblemSeverity.REFUSED) == codes(found, ProblemSeverity.WARNING) == []
    assert codes(found).count("intake.recognised") == 6
    assert all_rows_accounted(found)


def test_a_total_that_differs_is_said_and_rows_go_in() -> None:
    rows = [*grid([account(1), account(2)]), ["合计"] + [""] * 10 + [8088.19] + [""] * 24]
    found = read_placement(xlsx(rows), "a.xlsx")
    assert len(found.rows) == 2
    assert codes(found, ProblemSeverity.WARNING) == ["intake.total_differs"]


def test_the_total_counts_rows_that_are_set_aside() -> None:
    rows = [*grid([account(1), account(2, 客户姓名="")]), ["合计"] + [""] * 10 + [8088.18] + [""] * 24]
    found = read_placement(xlsx(rows), "a.xlsx")
    assert (len(found.rows), found.set_aside) == (1, 1)
    assert found.totals[0].matches


def merged(top_heads: bool) -> list[list[Any]]:
    """A header of two rows: merged headings over three columns each, single ones above or below."""
    single = ["客户姓名", "账户号", "委案金额", "身份证号"]
    groups = ["联系人1", "", "", "单位信息", "", "本人", ""]
    parts = ["姓名", "关系", "联系电话", "名称", "联系电话", "手机", "备用"]
    blank = [""] * len(single)
    header = [single + groups, blank + parts] if top_heads else [groups + blank, parts + single]
    cells = ["李四", "朋友", "13800001111", "甲厂", "02112345678", "13900002222", "x"]
    row = ["张三", "6225000011112222", 1234.5, id_number(7)]
    return [*header, row + cells if top_heads else cells + row]


@pytest.mark.parametrize("title", [[], [["某某资产管理有限公司委外催收清单"]], [["某某银行", "", "2026年11月"]]])
@pytest.mark.parametrize("top_heads", [True, False])
@pytest.mark.parametrize("form", [xlsx, text])
def test_a_header_of_two_rows_gives_each_number_to_its_own_person(
    title: list[list[str]], top_heads: bool, form: Any
) -> None:
    found = read_placement(form(title + merged(top_heads)), "two rows.xlsx")
    assert [row.name for row in found.rows] == ["张三"]
    row = found.rows[0]
    assert [(c.name, c.relation, c.phone) for c in row.contacts] == [("李四", "朋友", "13800001111")]
    assert row.mobiles == ("13900002222",)
    assert row.employer == "甲厂"
    assert "02112345678" not in (*row.mobiles, *row.home_phones)
    assert all_rows_accounted(found)
    kinds = [said.kind for said in found.sheets[0].recognised]
    assert kinds.count(RowKind.HEADER) == 2
    assert found.sheets[0].header_line == len(title) + 2


@pytest.mark.parametrize("above", [["某某公司", "名单", ""], ["单位：某某公司", "制表人", "甲"], ["公司", "", ""]])
def test_words_above_a_header_of_one_row_change_nothing(above: list[str]) -> None:
    rows = grid([account(1)])
    plain = read_placement(xlsx(rows), "a.xlsx")
    titled = read_placement(xlsx([above + [""] * (len(rows[0]) - len(above)), *rows]), "a.xlsx")
    assert [c.field for c in titled.sheets[0].columns] == [c.field for c in plain.sheets[0].columns]
    assert titled.rows[0].contacts == plain.rows[0].contacts


def test_titles_give_what_no_column_says() -> None:
    header = [name for name in HEADER if name not in {"委案批次号", "委案日期"}]
    rows = [["批次号：XK-77", "委案日期：2026年11月2日"], *grid([account(1)], header)]
    (row,) = read_placement(xlsx(rows), "a.xlsx").rows
    assert (row.placement_no, row.placed_on) == ("XK-77", date(2026, 11, 2))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_text_files_in_any_usual_form(encoding: str, mark: str) -> None:
    rows = grid([account(n, 账户号=f"\t62907950000{n:04d}", 委案金额="4,044.09") for n in range(1, 30)])
    found = read_placement(text(rows, encoding, mark), "b.csv")
    assert len(found.rows) == 29
    assert found.rows[0].account_no == "629079500000001"
    assert found.rows[0].name == "黄𬭎䶮"
    assert found.rows[0].amount == 404409
    assert found.rows[28].line == 30
    assert codes(found) == ["intake.tab_stripped"]


def test_big5_is_not_taken_for_gb18030() -> None:
    header = ["客戶號", "客戶姓名", "帳戶號", "委案金額"]
    assert header  # headings in traditional characters are not among our synonyms: give English ones
    rows = [
        ["Customer No", "Name", "Account Number", "Amount", "Remark"],
        *[[f"C{n}", "陳美麗", f"62{n:013d}", "100.00", "請於晚間聯絡，地址已經變更"] for n in range(50)],
    ]
    found = read_placement(text(rows, "big5"), "b.csv")
    assert found.rows[3].name == "陳美麗"
    assert found.rows[3].remark == "請於晚間聯絡，地址已經變更"


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("账户号", 6225881234567890.0, "intake.digits_lost"),
        ("账户号", "6.22588E+15", "intake.digits_lost"),
        ("账户号", "", "intake.account_missing"),
        ("账户号", 1.5, "intake.not_an_identifier"),
        ("证件号码", 110101199003070000.0, "intake.digits_lost"),
        ("客户姓名", "", "intake.name_missing"),
        ("客户姓名", "张" * 100_000, "intake.too_long"),
        ("家庭地址", "张" * 32_000, "intake.too_long"),
        ("委案金额", "", "intake.amount_missing"),
        ("委案金额", 12.345, "intake.too_many_decimals"),
        ("委案金额", "12.345", "intake.too_many_decimals"),
        ("委案金额", "1,2,3", "intake.not_an_amount"),
        ("委案金额", "约四千", "intake.not_an_amount"),
        ("委案金额", -5, "intake.amount_negative"),
        ("本金", "abc", "intake.not_an_amount"),
        ("币种", "贝壳", "intake.unknown_currency"),
        ("到期还款日", "05/09/2026", "intake.not_a_day"),
        ("到期还款日", "26-9-5", "intake.not_a_day"),
        ("到期还款日", "20260231", "intake.not_a_day"),
        ("逾期天数", "很久", "intake.not_a_count"),
        ("逾期天数", -400, "intake.out_of_range"),
    ],
)
def test_what_cannot_be_read_keeps_the_row_out_with_its_reason(heading: str, value: object, code: str) -> None:
    value = value[:32_000] if isinstance(value, str) else value
    found = read_placement(xlsx(grid([account(1, **{heading: value}), account(2)])), "a.xlsx")
    assert [row.customer_no for row in found.rows] == ["C0000002"]
    assert found.set_aside == 1
    (problem,) = [p for p in found.problems if p.severity is ProblemSeverity.REFUSED]
    assert (problem.reason.code, problem.line, problem.column) == (code, 2, heading)
    assert len(problem.value) <= 81


@pytest.mark.parametrize(
    ("heading", "value", "attribute", "expected"),
    [
        ("账户号", "'6225881234567890123", "account_no", "6225881234567890123"),
        ("账户号", '="0012345678901234"', "account_no", "0012345678901234"),
        ("账户号", "6225 8812 3456 7890", "account_no", "6225881234567890"),
        ("账户号", "６２２５８８１２３４５６７８９０", "account_no", "6225881234567890"),
        ("账户号", "AB-12/34", "account_no", "AB-12/34"),
        ("卡号后四位", "0071", "card_tail", "0071"),
        ("委案金额", "￥4,044.09元", "amount", 404409),
        ("委案金额", "4044.090", "amount", 404409),
        ("委案金额", 175578802.5500001, "amount", 17557880255),
        ("委案金额", 0.1 + 0.2, "amount", 30),
        ("到期还款日", "2026-09-05", "due_on", date(2026, 9, 5)),
        ("到期还款日", "2026/9/5", "due_on", date(2026, 9, 5)),
        ("到期还款日", "2026年9月5日", "due_on", date(2026, 9, 5)),
        ("到期还款日", "2026.9.5 00:00:00", "due_on", date(2026, 9, 5)),
        ("到期还款日", "20260905", "due_on", date(2026, 9, 5)),
        ("到期还款日", 20260905, "due_on", date(2026, 9, 5)),
        ("到期还款日", 46270, "due_on", date(2026, 9, 5)),
        ("到期还款日", datetime(2026, 9, 5, 10, 30), "due_on", date(2026, 9, 5)),  # noqa: DTZ001 -- as a sheet has it
        ("到期还款日", "99991231", "due_on", None),
        ("逾期天数", "57天", "days_past_due", 57),
        ("本人手机", "+86 161-8032-1122", "mobiles", ("16180321122",)),
        ("本人手机", 16180321122, "mobiles", ("16180321122",)),
        ("本人手机", "16180321122/16180321123", "mobiles", ("16180321122", "16180321123")),
        ("本人手机", "无", "mobiles", ()),
        ("住宅电话", "(0451) 0938 2597转12", "home_phones", ("0451-09382597-12",)),
        ("客户姓名", "买买提·艾力", "name", "买买提·艾力"),
        ("客户姓名", "=1+1", "name", "=1+1"),
        ("客户姓名", "<b>张</b>", "name", "<b>张</b>"),
    ],
)
def test_usual_forms_are_read_exactly(heading: str, value: object, attribute: str, expected: object) -> None:
    (row,) = one(**{heading: value}).rows if not str(value).startswith("=") else (None,)  # a sheet would run it
    assert row is None or getattr(row, attribute) == expected
    (row,) = read_placement(text(grid([account(1, **{heading: value})]), "utf-8"), "b.csv").rows
    assert getattr(row, attribute) == expected


def test_numbers_that_a_sheet_holds_as_numbers() -> None:
    found = one(账户号=629079541317441.0, 卡号后四位=71.0, 客户号=7)
    (row,) = found.rows
    assert (row.account_no, row.card_tail, row.customer_no) == ("629079541317441", "0071", "7")
    assert codes(found) == ["intake.held_as_number"] * 3


def test_an_unreadable_value_nobody_needs_is_kept_aside_not_lost() -> None:
    found = one(最近还款日期="上月", 本人手机="12")
    (row,) = found.rows
    assert row.last_paid_on is None
    assert ("最近还款日期", "上月") in row.extras
    assert row.mobiles == ("12",)
    assert codes(found) == ["intake.left_out", "intake.odd_phone"]


@pytest.mark.parametrize(
    ("cell", "numbers", "said"),
    [
        ("86 13800130001", ("13800130001",), []),
        ("13800130001(本人)", ("13800130001",), ["intake.phone_words"]),
        ("13800130001或13800130002", ("13800130001", "13800130002"), []),
        ("13800130001、妻子13800130002", ("13800130001", "13800130002"), ["intake.phone_words"]),
        ("+86 10 0234 5678 转 8001", ("010-02345678-8001",), []),
        *((none, (none,), ["intake.odd_phone"]) for none in ("86", "0", "110", "11111111111", "12345678901")),
        ("13800130001/12345678901", ("13800130001", "12345678901"), ["intake.odd_phone"]),
        ("微信", (), ["intake.odd_phone"]),
    ],
)
def test_numbers_are_taken_out_of_their_cell(cell: str, numbers: tuple[str, ...], said: list[str]) -> None:
    found = one(本人手机=cell)
    (row,) = found.rows
    assert row.mobiles == numbers
    assert codes(found) == said
    if "intake.phone_words" in said:
        assert ("本人手机", cell) in row.extras, "the words stay with the case"


def test_the_same_account_twice_sets_the_second_aside() -> None:
    rows = grid([account(1), account(2), account(3, 账户号=account(1)["账户号"])])
    found = read_placement(xlsx(rows), "a.xlsx")
    assert [row.line for row in found.rows] == [2, 3]
    (problem,) = found.problems
    assert (problem.reason.code, problem.line, problem.reason.params["line"]) == ("intake.account_twice", 4, 2)


def test_accounts_on_two_sheets_are_read_and_a_hidden_sheet_is_said() -> None:
    content = xlsx(grid([account(1)]), ("续表", grid([account(2), account(1)])))
    found = read_placement(content, "a.xlsx")
    assert [(row.sheet, row.line) for row in found.rows] == [("委案明细", 2), ("续表", 2)]
    assert codes(found) == ["intake.account_twice"]
    book = load_workbook(io.BytesIO(content))
    book["续表"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    found = read_placement(out.getvalue(), "a.xlsx")
    assert [s.kind for s in found.sheets] == [SheetKind.DATA, SheetKind.HIDDEN]
    assert codes(found, ProblemSeverity.WARNING) == ["intake.hidden_sheet"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"证件号码": id_number(1)[:-1] + ("0" if id_number(1)[-1] != "0" else "1")}, "intake.id_check_digit"),
        ({"证件号码": "12345"}, "intake.id_form"),
        ({"证件号码": id_number(1, "19901341")}, "intake.id_birth_date"),
        ({"证件号码": ""}, "intake.id_missing"),
        ({"本金": 3900.0}, "intake.parts_differ"),
        ({"本人手机": "", "住宅电话": ""}, "intake.no_number"),
        ({"账户号": "6225****7890"}, "intake.account_masked"),
    ],
)
def test_doubts_are_said_and_the_row_goes_in(changes: dict[str, Any], code: str) -> None:
    found = one(**changes)
    assert len(found.rows) == 1
    assert codes(found, ProblemSeverity.WARNING) == [code]


def test_old_identity_numbers_and_other_documents_raise_no_doubt() -> None:
    assert one(证件号码="000105900307123").problems == ()
    assert one(证件类型="护照", 证件号码="E12345678").problems == ()


def test_invisible_characters_are_taken_out_and_private_ones_said() -> None:
    found = one(客户姓名="张\u202e三", 备注="一\n二", 本人手机="\u202d16180321122\u202c", 单位名称="\ue863公司")
    (row,) = found.rows
    assert row.name == "张三"
    assert row.remark == "一 二"
    assert row.mobiles == ("16180321122",)
    assert row.employer == "\ue863公司"
    assert sorted(codes(found)) == [
        "intake.invisible_characters",
        "intake.invisible_characters",
        "intake.line_breaks",
        "intake.private_characters",
    ]


def test_bytes_that_are_no_character_set_only_their_row_aside() -> None:
    content = text(grid([account(n, 备注="备注") for n in range(1, 60)])).replace(b"C0000007", b"C000\xff07")
    found = read_placement(content, "b.csv")
    assert (len(found.rows), found.set_aside) == (58, 1)
    assert codes(found, ProblemSeverity.REFUSED) == ["intake.undecodable"]


def test_an_open_quote_does_not_swallow_rows_unseen() -> None:
    content = text(grid([account(n) for n in range(1, 9)])).replace("陆清小学".encode("gb18030"), b'"', 1)
    found = read_placement(content, "b.csv")
    assert "intake.loose_quotes" in codes(found)
    assert len(found.rows) + found.set_aside == 8
    twice = text(grid([account(n) for n in range(1, 9)])).replace("陆清小学".encode("gb18030"), b'"', 2)
    found = read_placement(twice, "b.csv")
    assert "intake.swallowed_lines" in codes(found, ProblemSeverity.REFUSED)
    assert (len(found.rows), found.set_aside) == (6, 1)


def test_unknown_columns_and_columns_without_heading_go_along() -> None:
    rows = grid([account(1)])
    rows[0] += ["风险等级", "", "手机号"]
    rows[1] += ["高", "无标题", "16100000099"]
    found = read_placement(xlsx(rows), "a.xlsx")
    (row,) = found.rows
    assert row.extras == (("风险等级", "高"), ("(AL)", "无标题"), ("手机号", "16100000099"))
    assert codes(found) == ["intake.column_unmatched", "intake.column_unmatched", "intake.column_twice"]
    assert [(c.letter, c.header) for s in found.sheets for c in s.columns if c.field is None] == [
        ("AK", "风险等级"),
        ("AL", "(AL)"),
        ("AM", "手机号"),
    ]


def test_english_headings_and_ten_thousands() -> None:
    rows = [
        [
            "Account Number",
            "Customer Name",
            "Amount Placed (CNY)",
            "ID No.",
            "Mobile",
            "Contact 1 Name",
            "Contact 1 Phone",
        ],
        ["622500000000001", "WANG Wei", "1,000.50", id_number(3), "16100000001", "LI Na", "16100000002"],
    ]
    (row,) = read_placement(text(rows, "utf-8"), "b.csv").rows
    assert (row.name, row.amount, row.contacts) == ("WANG Wei", 100050, (Contact("LI Na", "", "16100000002"),))
    rows = [["账户号", "姓名", "委案金额（万元）", "手机"], ["622500000000001", "张三", 1.23456, "16100000001"]]
    (row,) = read_placement(xlsx(rows), "a.xlsx").rows
    assert row.amount == 1234560


def test_a_card_number_can_stand_for_the_account() -> None:
    rows = [
        ["卡号", "姓名", "欠款总额", "配偶姓名", "配偶电话"],
        ["6225881234567890", "张三", 100, "李四", "16100000001"],
    ]
    (row,) = read_placement(xlsx(rows), "a.xlsx").rows
    assert (row.account_no, row.card_tail) == ("6225881234567890", "7890")
    assert row.contacts == (Contact("李四", "配偶", "16100000001"),)


def test_a_table_without_the_needed_columns_is_refused_whole() -> None:
    with pytest.raises(Trouble) as caught:
        read_placement(xlsx([["客户号", "姓名", "手机"], ["C1", "张三", "16100000001"]]), "a.xlsx")
    assert caught.value.message.code == "intake.columns_missing"
    assert render(caught.value.message, "zh_CN") == "表格缺少必需的列：账户号、委案金额。（工作表：委案明细）"
    with pytest.raises(Trouble) as caught:
        read_placement(xlsx([["你好"]]), "a.xlsx")
    assert caught.value.message.code == "intake.no_header"


def test_progress_and_cancel() -> None:
    content = xlsx(grid([account(n) for n in range(1, 1200)]))
    steps: list[tuple[int, int]] = []
    read_placement(content, "a.xlsx", progress=lambda done, total: steps.append((done, total)))
    assert steps == [(500, 1200), (1000, 1200), (1200, 1200), (1200, 1200)]
    with pytest.raises(Trouble) as caught:
        read_placement(content, "a.xlsx", cancelled=lambda: True)
    assert caught.value.message.code == "intake.cancelled"


_CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["合计", "小计", "制表人", "=1+1", "\t", "'", "-", "4,044.09", "20260905", "6.2E+17", "\u202e", "\ud7ff"]
    ),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.integers(-(10**18), 10**18),
    st.dates(date(1950, 1, 1), date(2099, 1, 1)),
    st.just(""),
)


@settings(max_examples=40)
@given(st.data())
def test_whatever_stands_in_a_file_every_row_is_accounted_for(data: st.DataObject) -> None:
    accounts = [account(n) for n in range(1, 6)]
    for _ in range(data.draw(st.integers(0, 12))):
        row = data.draw(st.integers(0, 4))
        accounts[row][data.draw(st.sampled_from(HEADER))] = data.draw(_CELL)
    more = data.draw(st.lists(st.lists(_CELL, max_size=len(HEADER)), max_size=3))
    rows = [*grid(accounts), *(row + [""] * (len(HEADER) - len(row)) for row in more)]
    found = read_placement(text(rows, data.draw(st.sampled_from(["gb18030", "utf-8-sig", "utf-16"]))), "b.csv")
    assert all_rows_accounted(found)
    assert len(found.rows) + found.set_aside == sum(s.accepted + s.set_aside for s in found.sheets)
    refused = {p.line for p in found.problems if p.severity is ProblemSeverity.REFUSED}
    assert len(refused) == found.set_aside
    assert refused.isdisjoint(row.line for row in found.rows)
    for problem in found.problems:
        assert all(render(problem.reason, lang) != problem.reason.code for lang in LANGUAGES)


@settings(max_examples=20)
@given(st.lists(st.integers(1, 10**11), min_size=1, max_size=20))
def test_amounts_survive_sheets_and_text_to_the_cent(amounts: list[int]) -> None:
    parts = {"本金": "", "利息": "", "违约金": ""}
    sheet = xlsx(grid([account(n, 委案金额=minor / 100, **parts) for n, minor in enumerate(amounts, 1)]))
    words = text(grid([account(n, 委案金额=f"{minor / 100:,.2f}", **parts) for n, minor in enumerate(amounts, 1)]))
    for content in (sheet, words):
        assert [row.amount for row in read_placement(content, "f").rows] == amounts


def test_an_open_document_sheet_is_read_alike() -> None:
    def cell(value: str | float) -> str:
        if isinstance(value, float):
            return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    rows: list[list[str | float]] = [
        ["账户号", "客户姓名", "委案金额", "本人手机"],
        ["6225881234567890123", "黄𬭎䶮", 4044.09, "16100000001"],
        [6225881234567890123.0, "张三", 1.0, "16100000002"],
    ]
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="明细">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    found = read_placement(out.getvalue(), "a.ods")
    (row,) = found.rows
    assert (row.account_no, row.name, row.amount) == ("6225881234567890123", "黄𬭎䶮", 404409)
    assert codes(found, ProblemSeverity.REFUSED) == ["intake.digits_lost"]
