"""Whether there is anything left to collect: what was paid, recalled or is no longer our mandate is left in peace.

This holds under every pack and can't be overridden: without a debt in our hands a contact has nothing to ask for.
What the debtor begins is answered, and they may be told what they are owed: an answer, a settlement's proof.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from collector_desk.domain.book.money import Money
from collector_desk.domain.conduct import clock
from collector_desk.domain.conduct.case import Case
from collector_desk.domain.conduct.findings import breach, core
from collector_desk.domain.conduct.mandate import holds, law_day
from collector_desk.domain.conduct.rules import Pack, SmallestSum
from collector_desk.domain.conduct.values import ConsentScope, Debt, Purpose, Reason
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Addressee, CaseState, Verdict

_CHECK = "nothing_to_collect"
NOTHING_TO_COLLECT = f"gate.{_CHECK}"
"""The rule such a reason bears."""
_IN = "CNY"
_NO_DEMAND = frozenset({Purpose.INFORMATION, Purpose.OPEN_LINE})


def nothing_to_collect(case: Case, packs: Sequence[Pack], at: datetime) -> Iterator[Reason]:
    """Blocks what we begin, to whomever, where none of the debts is open to collection.

    A contact that names its debts must name none that is closed.
    """
    debts = case.facts.debts
    if debts is None:
        return
    today = law_day(packs, at)
    named = case.action.debt_ids
    asked = [debt for debt in debts if debt.id in named] if named else list(debts)
    closed = [debt for debt in asked if not _collectable(debt, today)]
    if asked and (not closed if named else len(closed) < len(asked)):
        return
    detail = _words(closed)
    if case.to is Addressee.DEBTOR and case.action.purpose in _NO_DEMAND:
        yield core(_CHECK, Verdict.ALLOW, detail)
    else:
        yield core(_CHECK, Verdict.BLOCK, detail)


def claim_waits(case: Case, packs: Sequence[Pack], at: datetime) -> Iterator[Reason]:
    """Asks for the bank's word where the debtor says that they have paid, on all that is to be collected.

    Who asked to be called back is; an answer or a settlement's proof waits for nothing.
    """
    if case.action.purpose in _NO_DEMAND or case.consents(ConsentScope.CALL_BACK):
        return
    today = law_day(packs, at)
    debts = [debt for debt in case.facts.debts or () if _collectable(debt, today)]
    said = [
        debt.claimed
        for debt in debts
        if debt.claimed is not None and debt.claimed_until is not None and today < debt.claimed_until
    ]
    if said and len(said) == len(debts):
        yield core("claim_waits", Verdict.ASK, said[0], fact="bank_word")


def smallest_sum(rule: SmallestSum, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """A small remainder after payment in full is not rung about; what the debtor begins is answered."""
    debts = case.facts.debts
    if debts is None or not case.outgoing:
        return
    today = clock.local_date(at, clock.zone(pack.tz) or clock.UTC_ZONE)
    named = case.action.debt_ids
    asked = [debt for debt in debts if (not named or debt.id in named) and _collectable(debt, today)]
    sums = [debt.remainder for debt in asked if debt.remainder is not None]
    if not asked or len(sums) < len(asked) or not too_small(sums, [rule]):
        return
    if case.to is Addressee.DEBTOR and case.action.purpose in _NO_DEMAND:
        return
    yield breach(rule, pack, case, at, msg("conduct.remainder_small", amounts=tuple(sums), least=_least(rule)))


def too_small(sums: Sequence[Money], rules: Iterable[SmallestSum]) -> bool:
    """Whether these remainders together are less than one of the rules wants; of yuan alone it can be said."""
    if not sums or any(one.currency != _IN for one in sums):
        return False
    return any(sum(one.minor for one in sums) < _least(rule).minor for rule in rules)


def smallest_sums(packs: Sequence[Pack]) -> tuple[SmallestSum, ...]:
    """What the packs say of it; none of them needs to."""
    return tuple(rule for pack in packs for rule in pack.rules if isinstance(rule, SmallestSum))


def _least(rule: SmallestSum) -> Money:
    return Money(rule.least * 100, _IN)


def _collectable(debt: Debt, today: date) -> bool:
    within = holds(debt.mandate_ends, today)
    return debt.state is CaseState.OPEN and debt.owed and within and not debt.stopped


def _words(closed: Sequence[Debt]) -> Message:
    """Why, in words: with several, what is still with the bank says more than what is paid."""
    if any(debt.state is CaseState.RETURNED for debt in closed):
        return msg("conduct.debt_returned")
    if any(debt.stopped for debt in closed if debt.state is CaseState.OPEN and debt.owed):
        return msg("conduct.debt_stopped")
    ends = [
        debt.mandate_ends
        for debt in closed
        if debt.state is CaseState.OPEN and debt.owed and debt.mandate_ends is not None
    ]
    return msg("conduct.mandate_over", day=max(ends)) if ends else msg("conduct.nothing_owed")
