"""Workbooks as a bank mails them: titles above, a total and signatures below; for the demo and for the tour."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from collector_desk.demo.book import DemoAccount, DemoPerson, identity_number

_AMOUNT = "委案金额"


def id_number(account: dict[str, Any]) -> str:
    """The invented identity number of an account's holder."""
    born: date = account["born"]
    sequence = 2 * (born.day + born.month) + (0 if account["woman"] else 1)
    return identity_number(103, born, sequence, account["woman"])


def write_tour_file(path: Path, text: dict[str, Any]) -> None:
    """The tour's own little file."""
    bank = text["bank"]
    customers: dict[str, int] = {}
    rows = []
    for number, account in enumerate(text["account"], 1):
        customer = customers.setdefault(id_number(account), len(customers) + 1)
        rows.append(_tour_row(bank, account, number, customer, Decimal(account["amount"])))
    _write(path, bank, rows)


def write_demo_file(
    path: Path, bank: Mapping[str, Any], placement: str, day: date, people: Sequence[DemoPerson]
) -> None:
    """A placement of the demo; at its end stand the careless rows that files of banks have now and then."""
    rows = [_demo_row(bank, person, account, placement, day) for person in people for account in person.accounts]
    if rows:
        rows += [_careless(bank, rows[-1], change) for change in bank["careless"]]
    _write(path, {**bank, "dated": bank["dated"].format(day=day)}, rows)


def _write(path: Path, bank: Mapping[str, Any], rows: Iterable[Sequence[Any]]) -> None:
    """Title and date rows, the header in row 4, a total, a line for signatures."""
    column = bank["headings"].index(_AMOUNT)
    total = Decimal(0)
    lines: list[Sequence[Any]] = [[bank["title"]], [bank["dated"], "", bank["to"]], [], bank["headings"]]
    for row in rows:
        lines.append(row)
        total += row[column] if isinstance(row[column], Decimal) else 0
    lines += [[bank["total"], *[""] * (column - 1), total], [bank["sign"]]]
    data = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in lines)
    sheet = f'<sheets><sheet name="{escape(bank["sheet"])}" sheetId="1" r:id="r1"/></sheets>'
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{_TYPES}</Types>')
        book.writestr("_rels/.rels", _links(r1=("officeDocument", "xl/workbook.xml")))
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{sheet}</workbook>')
        parts = {"r1": ("worksheet", "worksheets/sheet1.xml"), "r2": ("styles", "styles.xml")}
        book.writestr("xl/_rels/workbook.xml.rels", _links(**parts))
        book.writestr("xl/styles.xml", f'<styleSheet xmlns="{_MAIN}">{_STYLES}</styleSheet>')
        book.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData></worksheet>'
        )
    path.write_bytes(made.getvalue())


# The few parts a workbook has to have, written out: openpyxl takes 0.7 s of the first file.
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MADE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_MADE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_MADE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_MADE}.worksheet+xml"/>'
)
_STYLES = (  # the second format is a day
    "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
)
_DAY_ZERO = date(1899, 12, 30)


def _links(**parts: tuple[str, str]) -> str:
    """What a part of the workbook leads to, by id: the kind and the target."""
    links = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in parts.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _cell(value: Any) -> str:
    if value == "":
        return "<c/>"
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - _DAY_ZERO).days}</v></c>'
    if isinstance(value, int | Decimal):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def _tour_row(
    bank: Mapping[str, Any], account: dict[str, Any], number: int, customer: int, amount: Decimal
) -> list[Any]:
    due = bank["placed_on"] - timedelta(days=account["days"])
    interest = (amount * Decimal("0.02")).quantize(Decimal("0.01"))
    penalty = (amount * Decimal("0.005")).quantize(Decimal("0.01"))
    name, relation, phone = account["contact"]
    return [
        bank["placement"],
        bank["placed_on"],
        bank["round"],
        f"T{customer:07d}",
        account["name"],
        bank["id_type"],
        id_number(account),
        f"{1200 + number}",
        f"6290000000{number:05d}",
        bank["currency"],
        100_000,
        amount,
        amount - interest - penalty,
        interest,
        penalty,
        (amount / 10).quantize(Decimal("0.01")),
        account["days"],
        (due - timedelta(days=20)).day,
        due,
        account["before"],
        date(2019, 4, 5) + timedelta(days=91 * number),
        f"161000002{customer:02d}",
        "",
        account["address"],
        name,
        relation,
        phone,
        "",
    ]


def _demo_row(
    bank: Mapping[str, Any], person: DemoPerson, account: DemoAccount, placement: str, day: date
) -> list[Any]:
    contacts = [*person.contacts, ("", "", ""), ("", "", "")][:2]
    return [
        placement,
        day,
        account.round,
        person.customer_no,
        person.name,
        person.id_type,
        person.id_no,
        account.card_tail,
        account.account_no,
        bank["currency"],
        _yuan(account.limit),
        _yuan(account.amount),
        _yuan(account.principal),
        _yuan(account.interest),
        _yuan(account.penalty),
        _yuan(account.principal // 10),
        account.days,
        account.statement_day,
        account.due_on,
        account.last_paid_on or "",
        _yuan(account.last_paid) if account.last_paid else "",
        account.previous_overdue,
        account.opened_on,
        person.mobile,
        person.home_phone,
        person.employer,
        person.work_phone,
        person.home_address,
        person.registered_address,
        *contacts[0],
        *contacts[1],
        account.remark,
    ]


def _careless(bank: Mapping[str, Any], row: Sequence[Any], change: Mapping[str, str]) -> list[Any]:
    """A row of the file once more, another account, with what nobody can read."""
    headings = bank["headings"]
    return [change.get(heading, value) for heading, value in zip(headings, row, strict=True)]


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100
