"""The workbook that the tour begins with, made as a bank mails it: titles above, a total and signatures below."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from collector_desk.demo.book import identity_number


def id_number(account: dict[str, Any]) -> str:
    """The invented identity number of an account's holder."""
    born: date = account["born"]
    sequence = 2 * (born.day + born.month) + (0 if account["woman"] else 1)
    return identity_number(103, born, sequence, account["woman"])


def write_bank_file(path: Path, text: dict[str, Any]) -> None:
    """A workbook as a bank mails it: title and date rows, header in row 4, a total, a line for signatures."""
    from openpyxl import Workbook  # type: ignore[import-untyped]  # comes without types

    bank = text["bank"]
    book = Workbook()
    sheet = book.active
    sheet.title = bank["sheet"]
    sheet.append([bank["title"]])
    sheet.append([bank["dated"], "", bank["to"]])
    sheet.append([])
    sheet.append(bank["headings"])
    total = Decimal(0)
    customers: dict[str, int] = {}
    for number, account in enumerate(text["account"], 1):
        amount = Decimal(account["amount"])
        total += amount
        customer = customers.setdefault(id_number(account), len(customers) + 1)
        sheet.append(_row(bank, account, number, customer, amount))
    column = bank["headings"].index("委案金额")
    sheet.append([bank["total"], *[""] * (column - 1), float(total)])
    sheet.append([bank["sign"]])
    book.save(path)


def _row(bank: dict[str, Any], account: dict[str, Any], number: int, customer: int, amount: Decimal) -> list[Any]:
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
        float(amount),
        float(amount - interest - penalty),
        float(interest),
        float(penalty),
        float((amount / 10).quantize(Decimal("0.01"))),
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
