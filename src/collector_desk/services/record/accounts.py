"""An account is closed on the bank's word, or opened again: the one writer of that and of what is owed then."""

from datetime import date

from collector_desk.domain.book.closing import Account, Ending
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


def end(
    act: Writing,
    account: Account,
    ending: Ending,
    *,
    balance_minor: int,
    document: str | None = None,
    written_on: date | None = None,
    reason: str | None = None,
) -> None:
    """Write how an account ended, or that it goes on; ``balance_minor`` is owed from now on."""
    act.record(
        t.case_event,
        {
            "debtor_id": account.debtor_id,
            "case_id": account.id,
            "event": ending.value,
            "balance_minor": account.balance_minor,
            "owed_minor": balance_minor,
            "currency": account.currency,
            "written_on": written_on,
            "document": document,
            "reason": reason,
        },
    )
