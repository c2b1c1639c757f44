"""What became of a debtor's promises, by what the bank says was paid: written down where it is news.

A promise is decided anew whenever rows, decisions or coverage change: a late row keeps what was broken, one taken
back undoes what was kept. What was replaced, refused or void is left alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from collector_desk.domain.book.debts import PromiseFacts
from collector_desk.domain.money.bank_days import BankDays
from collector_desk.domain.money.payments import Payment
from collector_desk.domain.money.promises import Claim, Kept, PromisedPart, decide
from collector_desk.domain.vocabulary import PromiseState
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import promises

_BY_MONEY = (PromiseState.OPEN, PromiseState.KEPT, PromiseState.PARTLY, PromiseState.BROKEN)
_STATE = {
    Kept.WAITING: PromiseState.OPEN,
    Kept.KEPT: PromiseState.KEPT,
    Kept.PARTLY: PromiseState.PARTLY,
    Kept.BROKEN: PromiseState.BROKEN,
}


def decided(
    known: Iterable[PromiseFacts],
    payments: Sequence[Payment],
    known_up_to: date | None,
    claims: Sequence[Claim],
    days: BankDays,
    zone: str,
) -> dict[str, PromiseState]:
    """The state of each promise of one account that money decides. ``known_up_to``: how far the bank has told."""
    local = ZoneInfo(zone)
    parts = [
        PromisedPart(
            one.id,
            one.amount.minor,
            one.amount.currency,
            one.given_at,
            one.due_at,
            days.after(one.due_at.astimezone(local).date()),
        )
        for one in known
        if one.state in _BY_MONEY
    ]
    found = decide(parts, payments, known_up_to, local, claims=claims)
    return {name: _STATE[outcome.kept] for name, outcome in found.items()}


def keep(act: Writing, debtor_id: str, known: Iterable[PromiseFacts], states: Mapping[str, PromiseState]) -> int:
    """Write down what is news of a debtor's promises; says of how many."""
    news = [one for one in known if states.get(one.id, one.state) is not one.state]
    for one in news:
        promises.set_state(act, one.id, debtor_id, states[one.id])
    return len(news)
