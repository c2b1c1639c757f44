"""Takes files of payments in, or out again, until it is killed: run by ``test_payments.py`` (``killing``).

An order is the name of a file; or ``withdraw`` and a batch, which is taken out.
"""

from pathlib import Path

from collector_desk.domain.money.payments import FileKind
from collector_desk.services.intake import payments, withdrawing
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.money import derive
from collector_desk.services.office import people
from tests.faults import killing

# many transactions, each a moment to be killed in
payments._FIRST_PIECE = payments._LARGEST_PIECE = payments._WORKED_AT_ONCE = 10
derive._AT_ONCE = 10


def carry_out(folder: Path, order: str) -> str | None:
    """The batch that was taken in, or out."""
    seat = people.sign_in(folder, "王", "correct horse")
    what, _, batch_id = order.partition(" ")
    if what == "withdraw":
        killing.watch()
        return withdrawing.withdraw(seat, batch_id, reason="银行来函：以本次为准").batch
    seen = payments.preview(seat, Path(order), FileTold(kind=FileKind.NEW))
    killing.watch()
    return payments.import_payments(seat, seen).batch


killing.serve(carry_out, "pandas")
