"""Whose account a bank's row names: by its number, else by the customer or identity number with the card's end."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from collector_desk.store.book import named
from collector_desk.store.ids import packed, unpacked


@dataclass(frozen=True, slots=True)
class CaseOnFile:
    """A case that a row may belong to."""

    id: str
    debtor_id: str
    account: str = field(repr=False)
    card_tail: str = field(repr=False)
    bank: str
    placement_id: str
    placed_on: date | None


_COLUMNS = "c.id, c.debtor_id, c.account_number, c.card_tail, d.bank_name, c.placement_id, p.placed_on"


def _case(case: bytes, debtor: bytes, account: str, tail: str, bank: str, placement: bytes, on: str) -> CaseOnFile:
    placed = date.fromisoformat(on) if on else None
    return CaseOnFile(unpacked(case), unpacked(debtor), account, tail, bank, unpacked(placement), placed)


def by_account(conn: Connection, numbers: Iterable[str]) -> dict[str, list[CaseOnFile]]:
    """The cases of these account numbers, the earlier placed first."""
    return named.by_account(conn, _COLUMNS, lambda row: _case(*row), numbers)


def by_person(conn: Connection, numbers: Iterable[str]) -> dict[str, list[CaseOnFile]]:
    """The cases of those whose customer or identity number this is."""
    return named.by_person(conn, _COLUMNS, lambda row: _case(*row), numbers)


def banks(conn: Connection) -> list[str]:
    """The banks that placed anything."""
    return list(conn.exec_driver_sql("SELECT DISTINCT bank_name FROM placement ORDER BY bank_name").scalars())


@dataclass(frozen=True, slots=True)
class NobodysRow:
    """A row of a bank that no account of ours bore when it came."""

    id: str
    bank: str
    account: str = field(repr=False)
    customer_no: str = field(repr=False)
    id_no: str = field(repr=False)
    card_tail: str = field(repr=False)
    posted_on: date


def nobodys(conn: Connection) -> list[NobodysRow]:
    """The rows of files that count which are nobody's, as far as they still say whose they were."""
    rows = conn.exec_driver_sql(
        "SELECT m.row_id, k.bank_name, r.content, json_extract(r.skeleton, '$.posted_on') FROM payment_match m "
        "JOIN bank_row r ON r.id = m.row_id JOIN bank_piece p ON p.id = r.piece_id "
        "JOIN payments_taken k ON k.id = p.batch_id JOIN batch b ON b.id = k.id AND b.state = 'visible' "
        "WHERE m.debtor_id IS NULL AND r.content IS NOT NULL"
    )
    found = []
    for row_id, bank, content, posted_on in rows:
        said = json.loads(content)
        numbers = (said.get(name, "") for name in ("account", "customer_no", "id_no", "card_tail"))
        account, customer, id_no, tail = numbers
        day = date.fromisoformat(posted_on)
        found.append(NobodysRow(unpacked(row_id), bank, account, customer, id_no, tail, day))
    return found


def give(conn: Connection, found: Iterable[tuple[NobodysRow, CaseOnFile]]) -> None:
    """These rows belong to these cases from now on."""
    conn.exec_driver_sql(
        "UPDATE payment_match SET debtor_id = ?, case_id = ? WHERE row_id = ?",
        [(packed(case.debtor_id), packed(case.id), packed(row.id)) for row, case in found],
    )
