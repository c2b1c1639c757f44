"""Of whom among the debtors a person holds a payment came, in a file of today."""

from datetime import datetime

from sqlalchemy import Connection

from collector_desk.domain.book.money import Money
from collector_desk.domain.money.paid_today import PaidToday
from collector_desk.domain.money.payments import RowStanding
from collector_desk.domain.vocabulary import PromiseState
from collector_desk.store.ids import packed, unpacked
from collector_desk.store.metadata import to_micros

_PAID = (
    "SELECT d.id, d.name, n.currency, sum(n.minor), (SELECT s.state FROM promise_state s "
    "JOIN promise p ON p.id = s.promise_id WHERE s.debtor_id = d.id AND s.state NOT IN (?, ?) "
    "ORDER BY p.given_at DESC, p.id DESC LIMIT 1) FROM debtor d JOIN payment_now n ON n.debtor_id = d.id "
    "JOIN bank_row r ON r.id = n.row_id JOIN bank_piece k ON k.id = r.piece_id "
    "JOIN batch b ON b.id = k.batch_id AND b.state = 'visible' "
    "WHERE d.holder_id = ? AND n.minor > 0 AND n.standing IN (?, ?) AND b.imported_at >= ? "
    "GROUP BY d.id, n.currency ORDER BY max(b.imported_at) DESC, d.id"
)


def of_holder(conn: Connection, person_id: str, since: datetime) -> tuple[PaidToday, ...]:
    """The one told of last first; what was told twice counts once."""
    asked = (
        *(PromiseState.CANCELLED, PromiseState.REFUSED, packed(person_id)),
        *(RowStanding.TAKEN, RowStanding.TO_SETTLE, to_micros(since)),
    )
    return tuple(
        PaidToday(unpacked(who), name, Money(minor, currency), PromiseState(state) if state else None)
        for who, name, currency, minor, state in conn.exec_driver_sql(_PAID, asked)
    )
