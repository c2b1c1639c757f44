"""What a person decided of a row of a bank: the one writer of it. The last word on a row counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from collector_desk.domain.money.payments import Settling
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


@dataclass(frozen=True, slots=True)
class RowPart:
    """What of a row goes to one account, in minor units."""

    debtor_id: str
    case_id: str
    minor: int


def write(
    act: Writing,
    row_id: str,
    debtor_id: str,
    settling: Settling,
    reason: str = "",
    parts: Sequence[RowPart] = (),
) -> None:
    """This row is settled so; ``debtor_id`` is empty where it is nobody's. ``parts``: of one that is split."""
    decision_id = act.record(
        t.payment_decision,
        {
            "row_id": row_id,
            "debtor_id": debtor_id or None,
            "settling": settling.value,
            "parts": {part.case_id: part.minor for part in parts},
            "reason": reason or None,
        },
    )
    for part in parts:
        of = {"debtor_id": part.debtor_id, "case_id": part.case_id, "minor": part.minor}
        act.record(t.payment_part, {"decision_id": decision_id, "row_id": row_id, **of})
