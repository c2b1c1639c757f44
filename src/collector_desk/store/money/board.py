"""How the banks stand: whose placements are worked, and what of each bank's money waits."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from collector_desk.domain.money.payments import RowDoubt, RowStanding
from collector_desk.domain.money.questions import WAITING
from collector_desk.domain.vocabulary import CaseState, ClaimState
from collector_desk.store.ids import unpacked


@dataclass(frozen=True, slots=True)
class WorkedPlacement:
    """A placement with a case that is still open, and the day of the earliest of the bank's figures there."""

    id: str
    number: str
    bank: str
    first_figure: date


_WORKED = (
    "SELECT p.id, p.number, p.bank_name, min(c.balance_as_of) FROM placement p "
    "JOIN account_case c ON c.placement_id = p.id WHERE c.state = ? GROUP BY p.id ORDER BY p.bank_name, p.id"
)
_CLASHES = (
    "SELECT d.bank_name, count(*) FROM payment_now n JOIN debtor d ON d.id = n.debtor_id "
    "WHERE n.standing = ? AND n.doubt = ? GROUP BY 1"
)
_REFUTED = (
    "SELECT d.bank_name, count(*) FROM claim_now n JOIN debtor d ON d.id = n.debtor_id WHERE n.state = ? GROUP BY 1"
)
_ASKED = (
    "SELECT q.bank_name, count(*) FROM question_state s JOIN bank_question q ON q.id = s.question_id "
    "WHERE s.state IN (?, ?) GROUP BY 1"
)


def worked_placements(conn: Connection) -> list[WorkedPlacement]:
    """Those with an open case, by bank."""
    rows = conn.exec_driver_sql(_WORKED, (CaseState.OPEN,))
    return [WorkedPlacement(unpacked(row[0]), row[1], row[2], date.fromisoformat(row[3])) for row in rows]


def clashes(conn: Connection) -> dict[str, int]:
    """By bank, how many rows clash with known ones and wait."""
    return dict(conn.exec_driver_sql(_CLASHES, (RowStanding.TO_SETTLE, RowDoubt.CLASH)).all())


def refuted(conn: Connection) -> dict[str, int]:
    """By bank, how many say they have paid without its days telling of it."""
    return dict(conn.exec_driver_sql(_REFUTED, (ClaimState.REFUTED,)).all())


def to_ask(conn: Connection) -> dict[str, int]:
    """By bank, how many questions have no answer yet."""
    return dict(conn.exec_driver_sql(_ASKED, WAITING).all())
