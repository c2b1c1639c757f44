"""The rows of the banks that wait for a person: those in doubt, the surest first, then those nobody knows."""

import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, RowMapping, bindparam, select

from collector_desk.domain.book.money import Money
from collector_desk.domain.money.payments import RowDoubt, RowStanding, Settling
from collector_desk.domain.money.to_settle import ToSettle
from collector_desk.domain.text.numbers import Numbered, written
from collector_desk.store import tables as t
from collector_desk.store.ids import unpacked
from collector_desk.store.tables.history import OWN

_SAID = "(SELECT q.settling FROM payment_decision q WHERE q.row_id = {row} ORDER BY q.id DESC LIMIT 1)"
_FILE = (
    "JOIN bank_piece p ON p.id = r.piece_id JOIN payments_taken k ON k.id = p.batch_id "
    "JOIN batch b ON b.id = k.id AND b.state = 'visible' JOIN received_file f ON f.id = k.file_id"
)
_DOUBTED = (
    "SELECT n.row_id, n.debtor_id, n.case_id, n.doubt, n.minor, n.currency, n.allocated_minor, n.posted_on, "  # noqa: S608
    "r.skeleton, r.content, f.filename, d.name, d.bank_name, d.queue_case, "
    f"{_SAID.format(row='n.row_id')} AS said FROM payment_now n JOIN bank_row r ON r.id = n.row_id {_FILE} "
    "JOIN debtor d ON d.id = n.debtor_id WHERE n.standing = ?"
)
_NOBODYS = (
    "SELECT m.row_id, NULL AS debtor_id, NULL AS case_id, NULL AS doubt, "  # noqa: S608
    "json_extract(r.skeleton, '$.minor') AS minor, json_extract(r.skeleton, '$.currency') AS currency, "
    "0 AS allocated_minor, json_extract(r.skeleton, '$.posted_on') AS posted_on, r.skeleton, r.content, "
    f"f.filename, '' AS name, k.bank_name, '' AS queue_case, {_SAID.format(row='m.row_id')} AS said "
    f"FROM payment_match m JOIN bank_row r ON r.id = m.row_id {_FILE} WHERE m.debtor_id IS NULL"
)


def waiting(conn: Connection) -> list[ToSettle]:
    """All of them, the ones put off last. A row of nobody's that was said to be not ours waits no more."""
    rows = [
        *conn.exec_driver_sql(_DOUBTED, (RowStanding.TO_SETTLE,)).mappings(),
        *conn.exec_driver_sql(_NOBODYS).mappings(),
    ]
    found = [_row(row) for row in rows if row["said"] not in (Settling.NOT_OURS, Settling.SPLIT)]
    return sorted(found, key=lambda one: (one.put_off, one.doubt or 99, one.posted_on, one.row_id))


def _row(row: RowMapping) -> ToSettle:
    bones = json.loads(row["skeleton"])
    content = json.loads(row["content"]) if row["content"] else {}
    return ToSettle(
        row_id=unpacked(row["row_id"]),
        doubt=None if row["doubt"] is None else RowDoubt(row["doubt"]),
        debtor_id=unpacked(row["debtor_id"]) if row["debtor_id"] else "",
        case_number=row["queue_case"],
        name=row["name"],
        account=content.get("account", ""),
        bank=row["bank_name"],
        posted_on=date.fromisoformat(row["posted_on"]),
        amount=Money(row["minor"], row["currency"]),
        allocated=Money(row["allocated_minor"], row["currency"]),
        reference=bones["reference"],
        filename=row["filename"],
        line=bones["line"],
        put_off=row["said"] == Settling.LATER,
        case_id=unpacked(row["case_id"]) if row["case_id"] else "",
    )


_OWNERS = select(t.account_case.c.id, t.account_case.c.debtor_id).where(
    t.account_case.c.id.in_(bindparam("of", expanding=True))
)


def case_named(conn: Connection, number: str) -> str | None:
    """The case of a number as typed, with the store's prefix or without; None where there is none, or several."""
    meant = written(number)
    if meant is None or meant.kind is not Numbered.CASE:
        return None
    rows = conn.exec_driver_sql(
        "SELECT c.id, o.number = ? FROM account_case c JOIN origin o ON o.store_id = c.issuer "
        "JOIN debtor d ON d.id = c.debtor_id AND d.visible WHERE c.serial = ? AND (? = '' OR o.prefix = ?)",
        (OWN, meant.serial, meant.prefix, meant.prefix),
    ).all()
    found = [row[0] for row in rows if row[1]] or [row[0] for row in rows]
    return unpacked(found[0]) if len(found) == 1 else None


def owners(conn: Connection, case_ids: Iterable[str]) -> dict[str, str]:
    """Whose these cases are, by case."""
    return dict(conn.execute(_OWNERS, {"of": list(case_ids)}).all())
