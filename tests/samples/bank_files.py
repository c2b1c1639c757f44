"""Makes small placement files, as careless as wanted."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook, load_workbook

HEADER = [
    "委案批次号", "委案日期", "手别", "客户号", "客户姓名", "证件类型", "证件号码",
    "卡号后四位", "账户号", "币种", "信用额度", "委案金额", "本金", "利息",
    "违约金", "最低还款额", "逾期天数", "账单日", "到期还款日", "最近还款日期", "最近还款金额",
    "历史逾期次数", "开卡日期", "本人手机", "住宅电话", "单位名称", "单位电话", "家庭地址",
    "户籍地址", "联系人1姓名", "联系人1关系", "联系人1电话", "联系人2姓名", "联系人2关系", "联系人2电话",
    "备注",
]  # fmt: skip


def id_number(serial: int, born: str = "19900307", area: str = "000105") -> str:
    """A resident identity number of an area that does not exist, with the right check digit."""
    body = f"{area}{born}{serial % 1000:03d}"
    total = sum(int(d) * (2 ** (17 - i) % 11) for i, d in enumerate(body))
    return body + "10X98765432"[total % 11]


def account(serial: int, **changes: Any) -> dict[str, Any]:
    """One good row; ``changes`` by heading."""
    good = {
        "委案批次号": "XK202611-09",
        "委案日期": date(2026, 11, 2),
        "手别": "一手",
        "客户号": f"C{serial:07d}",
        "客户姓名": "黄𬭎䶮",
        "证件类型": "身份证",
        "证件号码": id_number(serial),
        "卡号后四位": f"{serial % 10000:04d}",
        "账户号": f"6290795{serial:08d}",
        "币种": "人民币",
        "信用额度": 20000.0,
        "委案金额": 4044.09,
        "本金": 3913.0,
        "利息": 111.52,
        "违约金": 19.57,
        "最低还款额": 782.6,
        "逾期天数": 57,
        "账单日": 17,
        "到期还款日": date(2026, 9, 6),
        "最近还款日期": "",
        "最近还款金额": "",
        "历史逾期次数": 1,
        "开卡日期": date(2021, 8, 7),
        "本人手机": f"161{serial:08d}",
        "住宅电话": "0451-09382597",
        "单位名称": "陆清小学",
        "单位电话": "",
        "家庭地址": "哈尔滨市南岗区和平街257号2栋601室",
        "户籍地址": "",
        "联系人1姓名": "王娜武",
        "联系人1关系": "朋友",
        "联系人1电话": "16109366499",
        "联系人2姓名": "",
        "联系人2关系": "",
        "联系人2电话": "",
        "备注": "",
    }
    unknown = set(changes) - set(good)
    assert not unknown, unknown
    return good | changes


def grid(accounts: Sequence[dict[str, Any]], header: Sequence[str] = HEADER) -> list[list[Any]]:
    return [list(header), *([row.get(name, "") for name in header] for row in accounts)]


def xlsx(
    rows: Sequence[Sequence[Any]], *more: tuple[str, Sequence[Sequence[Any]]], title: str = "委案明细"
) -> bytes:
    """A workbook; an empty string leaves the cell out, as a spreadsheet program does."""
    book = Workbook()
    page = book.active
    page.title = title
    for name, content in ((title, rows), *more):
        if name != title:
            page = book.create_sheet(name)
        for row in content:
            page.append([None if cell == "" else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(rows: Sequence[Sequence[Any]], encoding: str = "gb18030", mark: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell.strftime("%Y%m%d") if isinstance(cell, date) else cell for cell in row])
    return out.getvalue().encode(encoding)


def hiding(content: bytes, *letters: str) -> bytes:
    """The workbook with these columns hidden."""
    book, out = load_workbook(io.BytesIO(content)), io.BytesIO()
    for letter in letters:
        book.active.column_dimensions[letter].hidden = True
    book.save(out)
    return out.getvalue()
