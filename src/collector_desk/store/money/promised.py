"""What the deciding of promises reads: whose placement each is on, what debtors told of, whom a file decides."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from collector_desk.domain.money.promises import Claim
from collector_desk.domain.states import PaymentSource
from collector_desk.domain.vocabulary import ClaimState, PromiseState
from collector_desk.store.ids import packed_list, unpacked
from collector_desk.store.metadata import from_micros, to_micros

_THESE = "IN (SELECT unhex(value) FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Placed:
    """Whose stream of payments an account's promises are decided by, from the figure on it was placed with."""

    bank: str
    placement_id: str
    as_of: date
    debtor_id: str


def placed(conn: Connection, case_ids: Sequence[str]) -> dict[str, Placed]:
    """By case."""
    rows = conn.exec_driver_sql(
        "SELECT c.id, p.bank_name, c.placement_id, coalesce(c.placed_as_of, c.balance_as_of), c.debtor_id "  # noqa: S608
        "FROM account_case c "
        f"JOIN placement p ON p.id = c.placement_id WHERE c.id {_THESE}",
        (packed_list(case_ids),),
    )
    return {
        unpacked(case): Placed(bank, unpacked(placement), date.fromisoformat(as_of), unpacked(debtor))
        for case, bank, placement, as_of, debtor in rows
    }


def claims(conn: Connection, debtor_ids: Sequence[str]) -> dict[str, list[Claim]]:
    """What these debtors said they had paid, by case; nothing of an outcome that was taken back."""
    rows = conn.exec_driver_sql(
        "SELECT p.case_id, p.amount_minor, p.paid_on, e.ended_at, p.id, p.currency FROM payment p "  # noqa: S608
        f"JOIN attempt_end e ON e.id = p.attempt_end_id WHERE p.debtor_id {_THESE} AND p.source = ? "
        "AND NOT EXISTS (SELECT 1 FROM taken_back b WHERE b.attempt_end_id = e.id)",
        (packed_list(debtor_ids), PaymentSource.DEBTOR),
    )
    found: dict[str, list[Claim]] = defaultdict(list)
    for case, minor, day, told_at, claim_id, currency in rows:
        told = date.fromisoformat(day), from_micros(told_at)
        found[unpacked(case)].append(Claim(minor, *told, unpacked(claim_id), currency))
    return found


@dataclass(frozen=True, slots=True)
class BankPlacement:
    """A placement with something on it, and the day of the earliest of the bank's figures there."""

    id: str
    bank: str
    first_figure: date


def placements(conn: Connection) -> list[BankPlacement]:
    """All of them."""
    rows = conn.exec_driver_sql(
        "SELECT p.id, p.bank_name, min(coalesce(c.placed_as_of, c.balance_as_of)) FROM placement p "
        "JOIN account_case c ON c.placement_id = p.id GROUP BY p.id ORDER BY p.id"
    )
    return [BankPlacement(unpacked(row[0]), row[1], date.fromisoformat(row[2])) for row in rows]


def told_of(conn: Connection, bank: str, placement_ids: Sequence[str] = ()) -> list[str]:
    """The placements whose days a file or a word tells of: those named, else all of the bank's."""
    return list(placement_ids) or [one.id for one in placements(conn) if one.bank == bank]


def decided(conn: Connection, placement_ids: Sequence[str], before: datetime) -> list[str]:
    """The debtors with a promise on accounts of these placements that the bank's word has decided against them, or
    with something they said they had paid that nothing has answered."""
    return _whose(conn, (PromiseState.BROKEN, PromiseState.PARTLY), placement_ids, before)


def undecided(conn: Connection, placement_ids: Sequence[str], before: datetime) -> list[str]:
    """The debtors with an open promise on accounts of these placements that was due before an instant, or with such
    a claim."""
    return _whose(conn, (PromiseState.OPEN,), placement_ids, before)


def _whose(
    conn: Connection, states: Sequence[PromiseState], placement_ids: Sequence[str], before: datetime
) -> list[str]:
    these = packed_list(placement_ids)
    rows = conn.exec_driver_sql(
        "SELECT s.debtor_id FROM promise_state s JOIN account_case c ON c.id = s.case_id "  # noqa: S608
        f"WHERE s.state IN ({', '.join('?' * len(states))}) AND s.due_at < ? AND c.placement_id {_THESE} "
        "UNION SELECT n.debtor_id FROM claim_now n JOIN account_case c ON c.id = n.case_id "
        f"WHERE n.state IN (?, ?) AND c.placement_id {_THESE} ORDER BY 1",
        (*states, to_micros(before), these, ClaimState.WAITING, ClaimState.REFUTED, these),
    )
    return [unpacked(row[0]) for row in rows]
