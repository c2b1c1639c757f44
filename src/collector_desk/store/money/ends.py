"""Accounts on which payments, or the bank's newest figure, have left nothing to pay, and nobody has said yet that
this is the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from collector_desk.domain.book.closing import Account
from collector_desk.domain.book.debts import CurrentBy
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.store.book.closing import account_of
from collector_desk.store.ids import packed, packed_list, unpacked

_PAID = (
    "c.state = 'open' AND c.balance_minor = 0 AND (c.figure_minor = 0 "
    "OR EXISTS (SELECT 1 FROM payment_now n WHERE n.case_id = c.id AND n.allocated_minor > 0))"
)


def paid_accounts(conn: Connection, debtor_id: str) -> list[Account]:
    """The open accounts of a debtor that the bank's payments have left without a debt."""
    rows = conn.exec_driver_sql(
        f"SELECT c.id FROM account_case c WHERE c.debtor_id = ? AND {_PAID} ORDER BY c.id",  # noqa: S608
        (packed(debtor_id),),
    )
    found = [account_of(conn, unpacked(row[0])) for row in rows.all()]
    return [account for account in found if account is not None]


def paid_in_full(conn: Connection, debtor_ids: Sequence[str]) -> dict[str, int]:
    """Of whom to ask a lead, with the number of such accounts: those of whom nobody is asked already."""
    rows = conn.exec_driver_sql(
        "SELECT c.debtor_id, count(*) FROM account_case c WHERE c.debtor_id IN "  # noqa: S608
        f"(SELECT unhex(value) FROM json_each(?)) AND {_PAID} "
        "AND NOT EXISTS (SELECT 1 FROM task_state s JOIN task k ON k.id = s.task_id "
        "WHERE s.debtor_id = c.debtor_id AND s.open AND k.kind = ?) GROUP BY c.debtor_id",
        (packed_list(debtor_ids), TaskKind.SETTLED),
    )
    return {unpacked(row[0]): row[1] for row in rows}


def paid_no_more(conn: Connection, debtor_ids: Sequence[str]) -> list[tuple[str, str]]:
    """Debtors with the task that asks a lead about the end of what they owe, where they owe something again."""
    rows = conn.exec_driver_sql(
        "SELECT s.debtor_id, s.task_id FROM task_state s JOIN task k ON k.id = s.task_id "  # noqa: S608
        "WHERE s.debtor_id IN (SELECT unhex(value) FROM json_each(?)) AND s.open AND k.kind = ? "
        f"AND NOT EXISTS (SELECT 1 FROM account_case c WHERE c.debtor_id = s.debtor_id AND {_PAID})",
        (packed_list(debtor_ids), TaskKind.SETTLED),
    )
    return [(unpacked(debtor), unpacked(task)) for debtor, task in rows]


@dataclass(frozen=True, slots=True)
class PartDue:
    """What has to be paid of an open account until it is current again, by the bank's figure of a day."""

    case_id: str
    debtor_id: str
    part: int | None
    as_of: date


_PARTS = {
    CurrentBy.MINIMUM: ("minimum_minor", "minimum_as_of"),
    CurrentBy.OVERDUE: ("overdue_minor", "overdue_as_of"),
}


def parts_due(conn: Connection, debtor_ids: Sequence[str]) -> list[PartDue]:
    """Of these debtors' accounts on which something is owed, where their placement's terms know such a part."""
    rows = conn.exec_driver_sql(
        "SELECT c.id, c.debtor_id, p.terms ->> 'current_by' AS by_part, c.balance_as_of, c.minimum_minor, "
        "c.minimum_as_of, c.overdue_minor, c.overdue_as_of FROM account_case c "
        "JOIN placement p ON p.id = c.placement_id "
        "WHERE c.debtor_id IN (SELECT unhex(value) FROM json_each(?)) AND c.state = 'open' AND c.balance_minor > 0 "
        "AND coalesce(p.terms ->> 'current_by', '') <> '' ORDER BY c.id",
        (packed_list(debtor_ids),),
    ).mappings()
    found = []
    for row in rows:
        part, day = _PARTS[CurrentBy(row["by_part"])]
        as_of = date.fromisoformat(row[day] or row["balance_as_of"])
        found.append(PartDue(unpacked(row["id"]), unpacked(row["debtor_id"]), row[part], as_of))
    return found


def asked_about_current(conn: Connection, debtor_ids: Sequence[str]) -> tuple[dict[str, str], set[str]]:
    """Who of them has the task that asks a lead whether an account is current again, with the task; and of whom a
    lead has answered it before."""
    rows = conn.exec_driver_sql(
        "SELECT s.debtor_id, s.task_id, s.open FROM task_state s JOIN task k ON k.id = s.task_id "
        "WHERE s.debtor_id IN (SELECT unhex(value) FROM json_each(?)) AND k.kind = ?",
        (packed_list(debtor_ids), TaskKind.CURRENT_AGAIN),
    ).all()
    waiting = {unpacked(debtor): unpacked(task) for debtor, task, is_open in rows if is_open}
    return waiting, {unpacked(debtor) for debtor, _, is_open in rows if not is_open}
