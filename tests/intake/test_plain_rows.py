"""Rows read a column at a time give what reading each by itself gives: same accounts, same findings, same order."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from collector_desk.intake.placement import read_placement
from collector_desk.intake.plain_rows import PlainRows
from collector_desk.intake.values import PlacementFile, PlacementRow
from tests.samples.bank_files import HEADER, account, grid, id_number, text

TODAY = date(2026, 11, 30)
MONEY = (
    "12.50",
    "0.00",
    "007.10",
    "1,234.56",
    "12",
    "12.5",
    "￥12.50",
    "$3.00",
    "12.50元",
    "-5.00",
    "-",
    "1.2万",
    "x",
    "99999999999999.99",
    "123456789012345.00",
    "#N/A",
    "１２.５０",
)
DAYS = (
    "20261102",
    "2026-11-02",
    "2026/9/6",
    "2026年9月6日",
    "45964",
    "05/09/2026",
    "0000-00-00",
    "20261340",
    "无",
    "",
)
PHONES = (
    "16112345678",
    "1611234567",
    "0451-09382597",
    "010-00000000",
    "010-62345678",
    "02131234567",
    "0755-1234567",
    "+852-91234567",
    "16112345678转8001",
    "16112345678/16187654321",
    "李 16112345678",
    "12345",
    "1.6E+10",
    "",
    "无",
    "0310-0000000",
    "010-1234567",
)
WORDS = (
    "和平街257号",
    "哈尔滨市南岗区和平街257号2栋601室",
    "无",
    "不详",
    "",
    "#N/A",
    "EE" * 9,
    "ＥR 和平街" * 4,
    "王\u200b街" * 9,
    "锟斤拷" * 6,
    "????????????????",
    '"引"' * 6,
    "a" * 501,
    "NULL",
    "东\t西" * 8,
)
NUMBERS = (
    "62907951234",
    "C0000001",
    "\t62907951",
    "XK-77",
    "6.2E+17",
    "6290 7951",
    "6290-7951-0001",
    "１２３",
    "xxx",
    "无",
    "",
    "123.0",
    "9" * 65,
    "9" * 64,
    "abc",
    "a1",
    "1a",
    '="0012"',
)
NAMES = (
    "王明",
    "王明明",
    "李四",
    "合计",
    "不详",
    "王?",
    "王�",
    "12",
    "",
    "Ali Baba",
    "王\u00b7明",
    "····",
    "王 明",
    "#N/A",
    "王" * 201,
)
PEOPLE = ("身份证", "护照", "", "ID card")
POOLS: dict[str, Sequence[str]] = {
    "委案批次号": (*NUMBERS[:6], "XK202611-09"),
    "委案日期": DAYS,
    "手别": ("一手", "二手", "", "#N/A"),
    "客户号": NUMBERS,
    "客户姓名": NAMES,
    "证件类型": PEOPLE,
    "证件号码": (id_number(7), id_number(8).lower(), "\t" + id_number(9), "12345678901234567x", *NUMBERS),
    "卡号后四位": ("0012", "12", "12345", "x", "", " ", "#N/A", "\t0012"),
    "账户号": NUMBERS,
    "币种": ("人民币", "CNY", "", "USD", "港币", "?", "#N/A"),
    "逾期天数": ("57", "0", "-3", "", "57天", "x", "99999"),
    "账单日": ("17", "32", "", "十七"),
    "历史逾期次数": ("1", "", "一次", "-1"),
    "单位名称": WORDS,
    "家庭地址": WORDS,
    "户籍地址": WORDS,
    "备注": WORDS,
    **dict.fromkeys(("信用额度", "委案金额", "本金", "利息", "违约金", "最低还款额", "最近还款金额"), MONEY),
    **dict.fromkeys(("到期还款日", "最近还款日期", "开卡日期"), DAYS),
    **dict.fromkeys(("本人手机", "住宅电话", "单位电话", "联系人1电话", "联系人2电话"), PHONES),
    **dict.fromkeys(("联系人1姓名", "联系人2姓名"), NAMES),
    **dict.fromkeys(("联系人1关系", "联系人2关系"), ("朋友", "", "无", "不详", "#N/A")),
}
OTHER_HEADINGS: tuple[dict[str, str], ...] = (
    {},
    {"委案金额": "委案金额(万元)"},
    {"委案金额": "委案金额(美元)"},
    {"币种": "说明一"},
    {"卡号后四位": "卡号"},
    {"住宅电话": "手机2", "本人手机": "手机1"},
    {"户籍地址": "账户号"},
    {"备注": "客户等级"},
    {"委案批次号": "网点"},
)


def read(content: bytes, *, by_columns: bool = True) -> PlacementFile:
    def none(_self: PlainRows, _lines: Sequence[int], rows: Sequence[Any]) -> list[PlacementRow | None]:
        return [None] * len(rows)

    if by_columns:
        return read_placement(content, "a.csv", today=TODAY)
    with patch.object(PlainRows, "read", none):
        return read_placement(content, "a.csv", today=TODAY)


def written(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def same(content: bytes) -> None:
    quick, slow = read(content), read(content, by_columns=False)
    assert list(quick.rows) == list(slow.rows)
    assert quick == slow


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A file of mostly plain rows; in each up to three cells are anything."""
    plain = [[str(cell) for cell in row] for row in grid([account(n) for n in range(draw(st.integers(1, 8)))])[1:]]
    for row in plain:
        row[HEADER.index("委案日期")] = "20261102"
        row[HEADER.index("到期还款日")] = row[HEADER.index("开卡日期")] = "20210906"
        row[HEADER.index("证件号码")] = draw(st.sampled_from(("", "\t"))) + row[HEADER.index("证件号码")]
        for place in ("信用额度", "委案金额", "本金"):
            row[HEADER.index(place)] = draw(st.sampled_from(MONEY[:3]))
        for name in draw(st.lists(st.sampled_from(sorted(POOLS)), max_size=3)):
            row[HEADER.index(name)] = draw(st.sampled_from(POOLS[name]))
    other = draw(st.sampled_from(OTHER_HEADINGS))
    return [[other.get(name, name) for name in HEADER], *plain]


@given(tables())
def test_read_by_columns_a_file_says_what_it_says_row_by_row(rows: list[list[str]]) -> None:
    same(written(rows))


def test_each_odd_cell_alone_is_read_as_in_a_row_by_itself() -> None:
    for heading, pool in POOLS.items():
        rows = [account(n, **{heading: cell}) for n, cell in enumerate((*pool, *pool))]
        same(text(grid(rows), "utf-8"))


def test_a_long_file_is_mostly_read_by_columns_and_an_odd_row_costs_no_other() -> None:
    rows = [account(n, 委案金额="4044.09") for n in range(1200)]
    rows[700]["委案金额"] = "much"
    rows[900]["客户姓名"] = "王?"
    taken: list[int] = []
    reading = PlainRows.read

    def noted(self: PlainRows, lines: Sequence[int], block: Sequence[Any]) -> list[PlacementRow | None]:
        found = reading(self, lines, block)
        taken.extend(line for line, row in zip(lines, found, strict=True) if row is not None)
        return found

    with patch.object(PlainRows, "read", noted):
        found = read(text(grid(rows)))
    assert found == read(text(grid(rows)), by_columns=False)
    assert {row.line for row in found.rows} == set(range(2, 1202)) - {702, 902}
    assert len(taken) == 1198
