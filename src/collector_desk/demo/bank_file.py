"""Workbooks as a bank mails them: titles above, a total and signatures below; for the demo and for the tour."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from collector_desk.demo.book import DemoAccount, DemoPerson, identity_number
from collector_desk.exchange.workbook import SheetPage, write_workbook

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


def tour_account(text: Mapping[str, Any], who: str) -> str:
    """The account number of somebody of the tour, as its file has it."""
    place = next(number for number, account in enumerate(text["account"], 1) if account["who"] == who)
    return _account_number(place)


def _account_number(place: int) -> str:
    return f"6290000000{place:05d}"


def write_demo_file(
    path: Path, bank: Mapping[str, Any], placement: str, day: date, people: Sequence[DemoPerson]
) -> None:
    """A placement of the demo; at its end stand the careless rows that files of banks have now and then."""
    rows = [_demo_row(bank, person, account, placement, day) for person in people for account in person.accounts]
    if rows:
        rows += [_careless(bank, rows[-1], change) for change in bank["careless"]]
    _write(path, {**bank, "dated": bank["dated"].format(day=day)}, rows)


def write_rows(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A plain list with its headings, as banks send figures and lists of cases."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        told = csv.writer(out)
        told.writerow(headings)
        told.writerows(rows)


def _write(path: Path, bank: Mapping[str, Any], rows: Iterable[Sequence[Any]]) -> None:
    """Title and date rows, the header in row 4, a total, a line for signatures."""
    column = bank["headings"].index(_AMOUNT)
    total = Decimal(0)
    lines: list[Sequence[Any]] = [[bank["title"]], [bank["dated"], "", bank["to"]], [], bank["headings"]]
    for row in rows:
        lines.append(row)
        total += row[column] if isinstance(row[column], Decimal) else 0
    lines += [[bank["total"], *[""] * (column - 1), total], [bank["sign"]]]
    with path.open("wb") as out:
        write_workbook(out, [SheetPage(bank["sheet"], lines)])


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
        _account_number(number),
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
