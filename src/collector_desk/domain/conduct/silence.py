"""How long a bank may tell of nothing before that is said: the rules of the packs on it."""

from collections.abc import Sequence

from collector_desk.domain.conduct.rules import BankSilence, Pack

BOARD_AFTER, CASES_AFTER = 2, 5
"""Bank days, where no pack says anything."""


def board_after(packs: Sequence[Pack]) -> int:
    """From how many bank days without a word a bank stands on a lead's board: the soonest any pack says."""
    return min((rule.board_after for rule in _rules(packs)), default=BOARD_AFTER)


def cases_after(packs: Sequence[Pack]) -> int:
    """The same for cases whose promise waits for the bank's word: the latest, which is best for the debtor."""
    return max((rule.cases_after for rule in _rules(packs)), default=CASES_AFTER)


def _rules(packs: Sequence[Pack]) -> list[BankSilence]:
    return [rule for pack in packs for rule in pack.rules if isinstance(rule, BankSilence)]
