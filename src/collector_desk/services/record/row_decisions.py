"""What a person decided of a row of a bank: the one writer of it. The last word on a row counts."""

from collector_desk.domain.money.payments import Settling
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


def write(act: Writing, row_id: str, debtor_id: str, settling: Settling, reason: str = "") -> None:
    """This row is settled so; ``debtor_id`` is empty where it is nobody's."""
    act.record(
        t.payment_decision,
        {
            "row_id": row_id,
            "debtor_id": debtor_id or None,
            "settling": settling.value,
            "parts": {},
            "reason": reason or None,
        },
    )
