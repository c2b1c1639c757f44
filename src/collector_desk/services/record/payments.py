"""What a debtor shows they paid: the one writer of it."""

from datetime import date

from collector_desk.domain.book.debts import DebtorFile
from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.log import CallLog, case_of
from collector_desk.domain.states import PaymentSource
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


def write_shown(
    act: Writing, file: DebtorFile, log: CallLog, amount: Money, day: date, *, end_id: str | None = None
) -> None:
    """What the debtor says they have paid: *claimed* until a payment of the bank's answers it."""
    act.record(
        t.payment,
        {
            "debtor_id": file.debtor.id,
            "case_id": case_of(file, log),
            "amount_minor": amount.minor,
            "currency": amount.currency,
            "paid_on": day,
            "source": PaymentSource.DEBTOR.value,
            "channel": log.channel.value if log.channel else None,
            "attempt_end_id": end_id,
            "reference": cleaned(log.proof, 200) or None,
        },
    )
