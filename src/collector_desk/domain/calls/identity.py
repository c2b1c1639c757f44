"""The identity check: what the debtor says is typed and only compared; at least two must be right.

Name, birth year and address are known to any relative: one of those right has to be one that isn't (``PROVING``).
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from collector_desk.domain.text import identity_numbers
from collector_desk.domain.text.bare import folded
from collector_desk.domain.text.sounds import Readings, alike

MIN_FACTORS = 2
MAX_FAILURES = 2


class Factor(StrEnum):
    """What can be asked without telling anything."""

    NAME = "name"
    ID_LAST4 = "id_last4"
    BIRTH_YEAR = "birth_year"
    ADDRESS_PART = "address_part"
    CARD_OPENED = "card_opened"


PROVING = frozenset({Factor.ID_LAST4, Factor.CARD_OPENED})
"""Facts a relative doesn't know: without one of them nobody is identified."""

MISTYPED = frozenset({Factor.NAME, Factor.BIRTH_YEAR, Factor.ADDRESS_PART})
"""Questions whose wrong answer may have been a slip of the finger: guessing on at them opens nothing."""


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """What the file holds to compare with; it never reaches the screen."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    addresses: tuple[str, ...] = field(repr=False)
    opened_on: tuple[date, ...] = field(repr=False)


def available(facts: IdentityFacts) -> tuple[Factor, ...]:
    """The questions the file can check, in the order they are best asked."""
    found = [Factor.NAME]
    if len(facts.id_number) >= 4:
        found.append(Factor.ID_LAST4)
    if identity_numbers.birth_year(facts.id_number) is not None:
        found.append(Factor.BIRTH_YEAR)
    if any(facts.addresses):
        found.append(Factor.ADDRESS_PART)
    if facts.opened_on:
        found.append(Factor.CARD_OPENED)
    return tuple(found)


def can_be_proved(facts: IdentityFacts) -> bool:
    """Whether the file holds what an identity can be proved by at all."""
    return not PROVING.isdisjoint(available(facts))


def is_right(factor: Factor, said: str, facts: IdentityFacts, readings: Readings) -> bool:
    """Whether what was said matches the file. An empty or too short answer is wrong, never an error.

    ``readings``: how characters sound; a name is compared by them.
    """
    text = _plain(said)
    if not text:
        return False
    if factor is Factor.NAME:
        return alike(said, facts.name, readings)
    if factor is Factor.ID_LAST4:
        last = identity_numbers.normal(said)
        return len(last) == 4 and identity_numbers.normal(facts.id_number).endswith(last)
    if factor is Factor.BIRTH_YEAR:
        year = identity_numbers.birth_year(facts.id_number)
        return year is not None and text.removesuffix("年") in {str(year), f"{year % 100:02d}"}
    if factor is Factor.ADDRESS_PART:
        # Two characters or one number of a house are too easy to guess; a city alone proves nothing.
        return len(text) >= 3 and any(text in _plain(line) for line in facts.addresses)
    digits = re.findall(r"\d+", text)
    if len(digits) == 1 and len(digits[0]) == 6:
        digits = [digits[0][:4], digits[0][4:]]
    if len(digits) != 2 or max(map(len, digits)) > 4:
        return False
    spoken = (int(digits[0]) % 100, int(digits[1]))
    return any((day.year % 100, day.month) == spoken for day in facts.opened_on)


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """The answers so far: which question was right or wrong, never what was said."""

    right: frozenset[Factor] = frozenset()
    failures: int = 0
    wrong: Factor | None = None  # the question answered wrongly last
    slip: Factor | None = None  # the one whose wrong answer was a slip of the finger

    @property
    def passed(self) -> bool:
        """Two questions were answered rightly, a proving one among them, and not too many wrongly before."""
        return len(self.right) >= MIN_FACTORS and not self.right.isdisjoint(PROVING) and not self.failed

    @property
    def failed(self) -> bool:
        """Too many wrong answers: the person is not verified, and nothing is said to them."""
        return self.failures >= MAX_FAILURES

    @property
    def wants_proof(self) -> bool:
        """Whether enough is right but for one that only the person knows."""
        return len(self.right) >= MIN_FACTORS and self.right.isdisjoint(PROVING) and not self.failed

    @property
    def can_correct(self) -> bool:
        """Whether the last wrong answer may be taken for a slip of the finger: once a check."""
        return self.slip is None and self.wrong in MISTYPED

    def answered(self, factor: Factor, *, right: bool) -> "IdentityCheck":
        """The check after one more answer."""
        if right:
            return replace(self, right=self.right | {factor}, wrong=None)
        return replace(self, failures=self.failures + 1, wrong=factor)

    def corrected(self) -> "IdentityCheck":
        """The last wrong answer was a slip: it doesn't count, and is kept as what it was."""
        if not self.can_correct:
            return self
        return replace(self, failures=self.failures - 1, wrong=None, slip=self.wrong)


def _plain(text: str) -> str:
    return "".join(folded(text).split()).upper()
