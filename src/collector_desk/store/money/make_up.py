"""How a balance came about: the bank's figure, and every row of a bank on it, each with its file and line."""

import json
from datetime import date

from sqlalchemy import Connection, RowMapping

from collector_desk.domain.book.money import Money
from collector_desk.domain.money.make_up import MadeOf
from collector_desk.domain.money.payments import RowDoubt, RowStanding
from collector_desk.store.ids import packed, unpacked

_ROWS = (
    "SELECT n.case_id, n.posted_on, n.minor, n.currency, n.allocated_minor, n.excess_minor, n.contained_minor, "
    "n.standing, n.doubt, r.skeleton, r.content, f.filename FROM payment_now n JOIN bank_row r ON r.id = n.row_id "
    "JOIN bank_piece p ON p.id = r.piece_id JOIN payments_taken k ON k.id = p.batch_id "
    "JOIN received_file f ON f.id = k.file_id WHERE n.debtor_id = ? ORDER BY n.posted_on, p.id, r.position"
)


def of_debtor(conn: Connection, debtor_id: str) -> list[MadeOf]:
    """Every row of the banks on a debtor's accounts, by posting day."""
    rows = conn.exec_driver_sql(_ROWS, (packed(debtor_id),)).mappings()
    return [_row(row) for row in rows]


def _row(row: RowMapping) -> MadeOf:
    currency, content = row["currency"], row["content"]
    return MadeOf(
        case_id=unpacked(row["case_id"]),
        posted_on=date.fromisoformat(row["posted_on"]),
        amount=Money(row["minor"], currency),
        allocated=Money(row["allocated_minor"], currency),
        excess=Money(row["excess_minor"], currency),
        contained=Money(row["contained_minor"], currency),
        standing=RowStanding(row["standing"]),
        doubt=None if row["doubt"] is None else RowDoubt(row["doubt"]),
        channel=json.loads(content).get("channel", "") if content else "",
        filename=row["filename"],
        line=json.loads(row["skeleton"])["line"],
    )
