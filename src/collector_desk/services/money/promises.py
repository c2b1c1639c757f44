"""What became of debtors' promises, by what the bank says was paid: written down where it is news.

A promise is decided anew whenever rows, decisions or coverage change: a late row keeps what was broken, one taken
back undoes what was kept. What was replaced, refused or void is left alone.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial
from zoneinfo import ZoneInfo

from collector_desk.domain.book.debts import PromiseFacts
from collector_desk.domain.conduct.records import promise_keeping
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import Payment
from collector_desk.domain.money.promises import Claim, KeepingRules, KeptState, PromisedPart, decide
from collector_desk.domain.vocabulary import PromiseState
from collector_desk.packs.bank_days import bank_days
from collector_desk.packs.rules import DEFAULT_PACKS
from collector_desk.services.desk.seat import Writing
from collector_desk.services.packs.in_use import rules_at
from collector_desk.services.record import promises
from collector_desk.store.book.history import promises_of_many
from collector_desk.store.engine import Connection
from collector_desk.store.money import files, promised
from collector_desk.store.projections.money import DebtorMoney

_STATE = {
    KeptState.WAITING: PromiseState.OPEN,
    KeptState.KEPT: PromiseState.KEPT,
    KeptState.PARTLY: PromiseState.PARTLY,
    KeptState.BROKEN: PromiseState.BROKEN,
}
_BY_MONEY = frozenset(_STATE.values())


def decide_promises(
    act: Writing,
    debtor_ids: Sequence[str],
    money: Mapping[str, DebtorMoney],
    served: Mapping[str, Sequence[Payment]],
) -> dict[str, int]:
    """Decide the promises of these debtors; says how many became what, of those whose state is news.

    ``money``: what was worked out of those of them of whom a bank told anything; ``served``: by account, what a
    lead said was paid though no row of the bank tells of it.
    """
    known = {
        who: [one for one in found if one.state in _BY_MONEY]
        for who, found in promises_of_many(act.conn, debtor_ids).items()
    }
    givers = [who for who, found in known.items() if found]
    if not givers:
        return {}
    cases = promised.placed(act.conn, sorted({one.case_id for who in givers for one in known[who]}))
    claims = promised.claims(act.conn, givers)
    rules = cache(partial(_rules_at, act.conn))
    told = cache(lambda bank: files.told(act.conn, bank))
    news: dict[str, int] = {}
    for who in givers:
        by_case: dict[str, list[PromiseFacts]] = {}
        for one in known[who]:
            by_case.setdefault(one.case_id, []).append(one)
        for case_id, theirs in by_case.items():
            case = cases[case_id]
            up_to = files.known_up_to(told(case.bank), case.placement_id, case.as_of)
            paid = (*(money[who].payments(case_id) if who in money else ()), *served.get(case_id, ()))
            states = _states(theirs, paid, up_to, claims.get(case_id, ()), act.zone, rules)
            for one in theirs:
                if states[one.id] is not one.state:
                    promises.set_state(act, one.id, who, states[one.id])
                    news[states[one.id]] = news.get(states[one.id], 0) + 1
    return news


def would_decide(
    conn: Connection, bank: str, placement_ids: Sequence[str], covers: DaySpan, now: datetime, zone: str
) -> int:
    """How many promises that wait would have all their days told of, were these days told of these placements."""
    whom = promised.undecided(conn, placement_ids, now)
    theirs = promises_of_many(conn, whom).values()
    waiting = [one for found in theirs for one in found if one.state is PromiseState.OPEN]
    cases = promised.placed(conn, sorted({one.case_id for one in waiting}))
    told, local, days = files.told(conn, bank), ZoneInfo(zone), bank_days()
    rules = cache(partial(_rules_at, conn))
    anew = [*told, (covers, frozenset(placement_ids))]
    count = 0
    for one in waiting:
        case = cases[one.case_id]
        if case.placement_id not in placement_ids:
            continue
        ends = days.after(one.due_at.astimezone(local).date(), rules(one.given_at).grace)
        before = files.known_up_to(told, case.placement_id, case.as_of)
        after = files.known_up_to(anew, case.placement_id, case.as_of)
        count += after is not None and after >= ends and not (before is not None and before >= ends)
    return count


def _rules_at(conn: Connection, given_at: datetime) -> KeepingRules:
    """What made a promise of that instant a kept one, by the packs then in use."""
    said = promise_keeping(rules_at(conn, DEFAULT_PACKS, given_at))
    return KeepingRules.mildest(KeepingRules(one.kept_from, one.broken_below, one.grace_bank_days) for one in said)


def _states(
    known: Sequence[PromiseFacts],
    payments: Sequence[Payment],
    known_up_to: date | None,
    claims: Sequence[Claim],
    zone: str,
    rules_at: Callable[[datetime], KeepingRules],
) -> dict[str, PromiseState]:
    local, days = ZoneInfo(zone), bank_days()
    parts = []
    for one in known:
        rules = rules_at(one.given_at)
        ends = days.after(one.due_at.astimezone(local).date(), rules.grace)
        parts.append(
            PromisedPart(one.id, one.amount.minor, one.amount.currency, one.given_at, one.due_at, ends, rules)
        )
    found = decide(parts, payments, known_up_to, local, claims=claims)
    return {name: _STATE[outcome.kept] for name, outcome in found.items()}
