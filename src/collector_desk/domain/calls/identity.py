"""The identity check: what the debtor says is typed and only compared; at least two must be right."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from collector_desk.domain.text import identity_numbers, names
from collector_desk.domain.text.bare import folded

MIN_FACTORS = 2
MAX_FAILURES = 2


class Factor(StrEnum):
    """What can be asked without telling anything."""

    NAME = "name"
    ID_LAST4 = "id_last4"
    BIRTH_YEAR = "birth_year"
    ADDRESS_PART = "address_part"
    CARD_OPENED = "card_opened"


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


def is_right(factor: Factor, said: str, facts: IdentityFacts) -> bool:
    """Whether what was said matches the file. An empty or too short answer is wrong, never an error."""
    text = _plain(said)
    if not text:
        return False
    if factor is Factor.NAME:
        return names.folded(said) == names.folded(facts.name) != ""
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

    @property
    def passed(self) -> bool:
        """At least two different questions were answered rightly, and not too many wrongly before."""
        return len(self.right) >= MIN_FACTORS and not self.failed

    @property
    def failed(self) -> bool:
        """Too many wrong answers: this call goes on as with a third party."""
        return self.failures >= MAX_FAILURES

    def answered(self, factor: Factor, *, right: bool) -> "IdentityCheck":
        """The check after one more answer."""
        if right:
            return IdentityCheck(self.right | {factor}, self.failures)
        return IdentityCheck(self.right, self.failures + 1)


def _plain(text: str) -> str:
    return "".join(folded(text).split()).upper()
