"""A debtor's accounts worked anew from all their rows: how each row stands, and what each account owes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from collector_desk.domain.money.allocation import AccountFigure, Worked, allocate, standing_after
from collector_desk.domain.money.payments import ReceivedRow, RowDecision, RowDoubt, RowStanding, Settling
from collector_desk.domain.money.sameness import Sameness, sort_rows, standing_of


@dataclass(frozen=True, slots=True)
class OwedAccount:
    """One account placed with us, that is one case: its number at the bank and the bank's figure of it.

    ``closed``: the bank's word is that nothing is owed on it, whatever the rows say.
    """

    case_id: str
    number: str = field(repr=False)
    figure: AccountFigure
    closed: bool = False


@dataclass(frozen=True, slots=True)
class RowNow:
    """How one row of the bank stands, and where its money is: in the balance, beyond it, in the figure already."""

    row_id: str
    case_id: str
    standing: RowStanding
    doubt: RowDoubt | None
    allocated: int = 0
    excess: int = 0
    contained: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """A debtor's money: every row of the bank, and every account that has one, by its case."""

    rows: tuple[RowNow, ...]
    accounts: Mapping[str, Worked]

    def balance(self, account: OwedAccount) -> int:
        """What is owed on an account by these rows."""
        worked = self.accounts.get(account.case_id)
        if account.closed:
            return 0
        return account.figure.minor if worked is None else worked.balance


def work(
    accounts: Iterable[OwedAccount],
    rows: Mapping[str, Sequence[ReceivedRow]],
    decisions: Mapping[str, RowDecision] | None = None,
) -> Ledger:
    """Work every account that has rows. ``rows``: those of each case, by its id.

    An account that was placed with us more than once has several cases: its rows are told apart as one account's.
    """
    decided = decisions or {}
    by_number: defaultdict[str, list[OwedAccount]] = defaultdict(list)
    for account in accounts:
        if rows.get(account.case_id):
            by_number[account.number].append(account)
    now: list[RowNow] = []
    worked: dict[str, Worked] = {}
    for same in by_number.values():
        case_of = {row.id: account.case_id for account in same for row in rows[account.case_id]}
        found = sort_rows((row for account in same for row in rows[account.case_id]), decided)
        for account in same:
            part = found if len(same) == 1 else _part(found, account.case_id, case_of)
            worked[account.case_id] = allocate(account.figure, part, decided)
            now += _payments(account.case_id, worked[account.case_id])
        others = (row for account in same for row in rows[account.case_id])
        now += _others(others, case_of, found, decided)
    return Ledger(tuple(now), worked)


def _part(found: Sameness, case_id: str, case_of: Mapping[str, str]) -> Sameness:
    """What of an account's rows belongs to one of its cases."""
    payments = tuple(one for one in found.payments if case_of[one.row.id] == case_id)
    return replace(found, payments=payments, unnamed=tuple(r for r in found.unnamed if case_of[r.id] == case_id))


def _payments(case_id: str, worked: Worked) -> Iterator[RowNow]:
    for share in worked.shares:
        standing = standing_after(share)
        sums = share.allocated, share.excess, share.contained
        yield RowNow(share.payment.row.id, case_id, standing, share.doubt, *sums)


def _others(
    rows: Iterable[ReceivedRow], case_of: Mapping[str, str], found: Sameness, decided: Mapping[str, RowDecision]
) -> Iterator[RowNow]:
    """The rows that are no payment of their own; what waits for a person is in no balance."""
    own = {payment.row.id for payment in found.payments}
    for row in rows:
        if row.id in own:
            continue
        standing, doubt = standing_of(row, found), found.doubts.get(row.id)
        said = decided.get(row.id)
        if doubt is None and said is not None and said.settling is Settling.NOT_OURS:
            standing = RowStanding.NOT_OURS
        waits = row.minor if standing is RowStanding.TO_SETTLE else 0
        yield RowNow(row.id, case_of[row.id], standing, doubt, excess=waits)
