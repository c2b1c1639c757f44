"""How the bank's figures of one account follow from each other: what of a drop is known to have been paid, and what
remains though all was paid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FigureStep:
    """From one figure of the bank to the next. ``expected``: what was owed by the earlier one, less what is known
    to have been paid since and up to the day of the later one; in minor units."""

    since: date
    as_of: date
    expected: int
    figure: int

    @property
    def fell(self) -> int:
        """By how much it fell below what known payments explain."""
        return max(self.expected - self.figure, 0)

    @property
    def remains(self) -> bool:
        """Whether nothing was owed any more, and the bank asks for something yet: interest, as a rule."""
        return self.expected == 0 < self.figure


def steps(figures: Iterable[tuple[date, int]], paid: Sequence[tuple[date, int]]) -> tuple[FigureStep, ...]:
    """The steps between figures, each with the day at whose end it was owed; ``paid``: days and sums.

    Of several figures of one day the first one counts, as nothing but a newer day changes what is owed.
    """
    found: list[FigureStep] = []
    before: tuple[date, int] | None = None
    for as_of, minor in figures:
        if before is not None:
            if as_of <= before[0]:
                continue
            known = sum(sum_paid for day, sum_paid in paid if before[0] < day <= as_of)
            found.append(FigureStep(before[0], as_of, max(before[1] - known, 0), minor))
        before = as_of, minor
    return tuple(found)


def remains(every: Sequence[FigureStep]) -> bool:
    """Whether what is owed by the last figure remained after all was paid, with what interest added since."""
    return any(step.remains for step in every) and every[-1].figure > 0


def current_again(part: int | None, as_of: date, paid: Sequence[tuple[date, int]]) -> bool:
    """Whether what had to be paid of an account by a figure of the bank was: it is nought, or payments since its
    day reach it."""
    return part is not None and sum(minor for day, minor in paid if day > as_of) >= part
