"""An account is closed on the bank's word, or opened again: the one writer of that and of what is owed then.

What was paid after it went back counts otherwise than before: it is worked anew (``derive.work_stale``).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from collector_desk.domain.book.closing import GIVEN_BACK, Account, Ending
from collector_desk.domain.vocabulary import CaseState
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t
from collector_desk.store.projections import money


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
    act.record(t.case_event, _row(account, ending, balance_minor, document, written_on, reason))
    if ending in GIVEN_BACK or account.state is CaseState.RETURNED:
        money.mark_paid_stale(act.conn, [account.id])


@dataclass(frozen=True, slots=True)
class GoneBack:
    """One of many accounts that go back to the bank, what is owed on it unchanged."""

    account: Account
    written_on: date
    document: str = field(repr=False)
    reason: str = field(default="", repr=False)


def go_back(act: Writing, ending: Ending, some: Iterable[GoneBack]) -> None:
    """Write of many accounts at once that they went back; it settles nobody."""
    rows = [
        _row(one.account, ending, one.account.balance_minor, one.document, one.written_on, one.reason or None)
        for one in some
    ]
    act.record_all(t.case_event, rows)
    money.mark_paid_stale(act.conn, [row["case_id"] for row in rows])


def _row(
    account: Account,
    ending: Ending,
    balance_minor: int,
    document: str | None,
    written_on: date | None,
    reason: str | None,
) -> dict[str, Any]:
    return {
        "debtor_id": account.debtor_id,
        "case_id": account.id,
        "event": ending.value,
        "balance_minor": account.balance_minor,
        "owed_minor": balance_minor,
        "currency": account.currency,
        "written_on": written_on,
        "document": document,
        "reason": reason,
    }
