"""Invented people with card accounts whose delays, balances, limits and payments follow fitted distributions.

Pure: the parameters (``resources/demo/parameters.toml``, made by ``packaging/fit_demo.py``) and the words come in
as values, chance as a seeded generator, so that one seed always makes the same book. Nobody real can be meant: see
``resources/demo/people.toml``.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

SECOND_ACCOUNT_SHARE = 0.05
"""Rows that are a second account of the same person, as in the bank's real files."""
COUPLE_SHARE = 0.3
"""Of the married: both owe, and each is the other's contact."""
LATE = 3  # months of delay from which the fit has one group
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account as a bank places it; amounts in fen. ``delays`` are six months, -2 to 8, the last one now."""

    account_no: str
    card_tail: str
    round: str
    limit: int
    principal: int
    interest: int
    penalty: int
    days: int
    due_on: date
    statement_day: int
    last_paid: int
    last_paid_on: date | None
    opened_on: date
    delays: tuple[int, ...]
    remark: str

    @property
    def months(self) -> int:
        """Months overdue, three and more as three: the group of the fit it was drawn from."""
        return min(self.delays[-1], LATE)

    @property
    def amount(self) -> int:
        """What the bank places: principal, interest and penalty."""
        return self.principal + self.interest + self.penalty

    @property
    def previous_overdue(self) -> int:
        """How many of the earlier months were overdue."""
        return sum(1 for delay in self.delays[:-1] if delay >= 1)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented debtor. Contacts are name, relation and number."""

    customer_no: str
    name: str
    id_type: str
    id_no: str
    born: date
    woman: bool
    mobile: str
    home_phone: str
    employer: str
    work_phone: str
    home_address: str
    registered_address: str
    contacts: tuple[tuple[str, str, str], ...]
    accounts: tuple[DemoAccount, ...]


class QuantileTable:
    """A quantile table that answers any share between 0 and 1, straight lines between its steps."""

    def __init__(self, steps: Sequence[float], values: Sequence[float]) -> None:
        self._steps = [step / 100 for step in steps]
        self._values = list(values)

    def at(self, share: float) -> float:
        """The value below which ``share`` of the accounts lie."""
        after = min(max(bisect_right(self._steps, share), 1), len(self._steps) - 1)
        low, high = self._steps[after - 1], self._steps[after]
        part = min(max((share - low) / (high - low), 0.0), 1.0)
        return self._values[after - 1] + part * (self._values[after] - self._values[after - 1])


class Chances:
    """States with their shares, to draw from."""

    def __init__(self, shares: Mapping[int, float]) -> None:
        self.states = tuple(shares)
        self._sums = tuple(accumulate(shares.values()))

    def draw(self, rng: Random) -> int:
        """One state."""
        place = bisect_right(self._sums, rng.random() * self._sums[-1])
        return self.states[min(place, len(self.states) - 1)]


@dataclass(frozen=True, slots=True)
class Group:
    """The accounts that are as many months overdue."""

    accounts: int
    limit: QuantileTable
    balance: QuantileTable
    tie: float  # between limit and balance, as a correlation of normal scores
    age: QuantileTable
    women: float
    married: float
    paid_nothing: float
    paid_part: QuantileTable
    unpaid_next_month: float


class Parameters:
    """The fitted distributions, from the parsed TOML."""

    def __init__(self, plain: Mapping[str, Any]) -> None:
        steps = plain["steps"]
        self.groups = {months: _group(plain["overdue"][f"months_{months}"], steps) for months in range(1, LATE + 1)}
        self._months = Chances({months: group.accounts for months, group in self.groups.items()})
        self._backward, self._late = _walked_back(plain["delays"])

    def months(self, rng: Random) -> int:
        """How many months an overdue account is late, three and more as three."""
        return self._months.draw(rng)

    def delays(self, rng: Random, months: int) -> tuple[int, ...]:
        """Six months of delay that end ``months`` late: the chain of the fit walked back from its end."""
        path = [self._late.draw(rng) if months >= LATE else months]
        for step in self._backward:
            path.append(step[path[-1]].draw(rng))
        return tuple(reversed(path))


@dataclass(slots=True)
class _Used:
    """Numbers given out, so that nothing is given twice."""

    mobiles: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)


def make_book(
    parameters: Parameters, words: Mapping[str, Any], *, size: int, today: date, rng: Random, first: int = 1
) -> Iterator[DemoPerson]:
    """People with ``size`` accounts in all, as the bank sees them on ``today``; numbered from ``first``."""
    used = _Used()
    made, people = 0, first - 1
    while made < size:
        months = parameters.months(rng)
        group = parameters.groups[months]
        married = rng.random() < group.married
        couple = married and size - made >= 2 and rng.random() < COUPLE_SHARE
        woman = rng.random() < group.women
        persons: list[DemoPerson] = []
        for sex in (woman, not woman) if couple else (woman,):
            own = months if not persons else parameters.months(rng)
            accounts = [_account(parameters, words, own, today, rng, used)]
            room = size - made - len(accounts) - (1 if couple and not persons else 0)
            if room > 0 and rng.random() < SECOND_ACCOUNT_SHARE / (1 - SECOND_ACCOUNT_SHARE):
                accounts.append(_account(parameters, words, parameters.months(rng), today, rng, used))
            people += 1
            persons.append(_person(parameters.groups[own], words, sex, people, accounts, today, rng, used))
            made += len(accounts)
        yield from _with_contacts(persons, married, words, rng, used)


def identity_number(area: int, born: date, sequence: int, woman: bool) -> str:
    """An 18-digit number of the unassigned area 000xxx with the check digit of GB 11643; even sequence: a woman."""
    sequence = sequence - sequence % 2 + (0 if woman else 1)
    body = f"000{area:03d}{born:%Y%m%d}{sequence % 1000:03d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """The check digit of GB 11643 for the first 17 digits."""
    total = sum(int(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


# --- parts -----------------------------------------------------------------------------------------------


def _group(plain: Mapping[str, Any], steps: Sequence[float]) -> Group:
    rank = float(plain["limit_balance_rank_correlation"])
    return Group(
        accounts=plain["accounts"],
        limit=QuantileTable(steps, plain["limit"]),
        balance=QuantileTable(steps, plain["balance"]),
        tie=2 * math.sin(math.pi * rank / 6),
        age=QuantileTable(steps, plain["age"]),
        women=plain["women"],
        married=plain["married"],
        paid_nothing=plain["paid_nothing"],
        paid_part=QuantileTable(steps, plain["paid_part"]),
        unpaid_next_month=plain["unpaid_next_month"],
    )


def _walked_back(plain: Mapping[str, Any]) -> tuple[list[dict[int, Chances]], Chances]:
    """The chain turned round by Bayes: from each state to those of the month before, the last month first."""
    shares = {int(state): share for state, share in plain["first"].items()}
    backward: list[dict[int, Chances]] = []
    month = 1
    while f"month_{month}" in plain:
        joint: dict[int, dict[int, float]] = {}
        for before, row in plain[f"month_{month}"].items():
            for after, share in row.items():
                weight = shares.get(int(before), 0.0) * share
                if weight > 0:
                    joint.setdefault(int(after), {})[int(before)] = weight
        backward.insert(0, {after: Chances(row) for after, row in joint.items()})
        shares = {after: sum(row.values()) for after, row in joint.items()}
        month += 1
    return backward, Chances({state: share for state, share in shares.items() if state >= LATE})


def _account(
    parameters: Parameters, words: Mapping[str, Any], months: int, today: date, rng: Random, used: _Used
) -> DemoAccount:
    group = parameters.groups[months]
    delays = parameters.delays(rng, months)
    # Limit and balance keep their own distributions and go together as they do in the set.
    first = rng.gauss(0, 1)
    second = group.tie * first + math.sqrt(1 - group.tie**2) * rng.gauss(0, 1)
    limit = max(round(group.limit.at(_share(first)), -4), 10_000)
    principal = max(int(group.balance.at(_share(second)) * 100), 100)
    days = (delays[-1] - 1) * 30 + rng.randint(1, 30)
    due_on = today - timedelta(days=days)
    paid = 0 if rng.random() < group.paid_nothing else int(principal * group.paid_part.at(rng.random()))
    interest = round(principal * 0.0005 * days)
    penalty = round(principal * 0.0025 * (1 + days // 30))
    number = _fresh(used.accounts, lambda: f"62{rng.randrange(10**13):013d}")
    return DemoAccount(
        account_no=number,
        card_tail=f"{rng.randrange(10_000):04d}",
        round=words["rounds"][0] if rng.random() < 0.7 else words["rounds"][1],
        limit=int(limit) * 100,
        principal=principal,
        interest=interest,
        penalty=penalty,
        days=days,
        due_on=due_on,
        statement_day=(due_on - timedelta(days=20)).day,
        last_paid=paid,
        last_paid_on=due_on - timedelta(days=rng.randint(1, 28)) if paid else None,
        opened_on=due_on - timedelta(days=rng.randint(200, 3800)),
        delays=delays,
        remark=rng.choice(words["remarks"]),
    )


def _person(
    group: Group,
    words: Mapping[str, Any],
    woman: bool,
    number: int,
    accounts: Sequence[DemoAccount],
    today: date,
    rng: Random,
    used: _Used,
) -> DemoPerson:
    age = group.age.at(rng.random())
    born = today - timedelta(days=int(age * 365.25) + rng.randint(0, 364))
    district, area_code = rng.choice(words["districts"])
    employed = rng.random() < words["employed_share"]
    area = rng.randint(101, 118)
    return DemoPerson(
        customer_no=f"D{number:07d}",
        name=_name(words, woman, rng),
        id_type=words["id_type"],
        id_no=_fresh(used.ids, lambda: identity_number(area, born, rng.randrange(1000), woman)),
        born=born,
        woman=woman,
        mobile=_mobile(rng, used),
        home_phone=_landline(area_code, rng) if rng.random() < 0.25 else "",
        employer=_name(words, woman, rng)[:2] + rng.choice(words["employer_kinds"]) if employed else "",
        work_phone=_landline(area_code, rng) if employed and rng.random() < 0.6 else "",
        home_address=_address(words, district, rng),
        registered_address=_address(words, rng.choice(words["districts"])[0], rng) if rng.random() < 0.4 else "",
        contacts=(),
        accounts=tuple(accounts),
    )


def _with_contacts(
    persons: Sequence[DemoPerson], married: bool, words: Mapping[str, Any], rng: Random, used: _Used
) -> Iterator[DemoPerson]:
    """A couple names each other; everybody else a relative or a friend."""
    for place, person in enumerate(persons):
        contacts = []
        if len(persons) == 2:
            other = persons[1 - place]
            contacts.append((other.name, words["spouse"], other.mobile))
        elif married:
            contacts.append((_name(words, not person.woman, rng), words["spouse"], _mobile(rng, used)))
        while len(contacts) < 2 and (not contacts or rng.random() < 0.6):
            name = _name(words, rng.random() < 0.5, rng)
            contacts.append((name, rng.choice(words["relations"]), _mobile(rng, used)))
        yield replace(person, contacts=tuple(contacts))


def _name(words: Mapping[str, Any], woman: bool, rng: Random) -> str:
    compound = rng.random() < words["compound_share"]
    family: str = rng.choice(words["compound_surnames"] if compound else words["surnames"])
    given = [rng.choice(words["women" if woman else "men"])]
    if rng.random() >= words["one_character_share"]:
        given.append(rng.choice(words["women" if woman else "men"]))
    if rng.random() < words["rare_share"]:
        given[-1] = rng.choice(words["rare"])
    return family + "".join(given)


def _address(words: Mapping[str, Any], district: str, rng: Random) -> str:
    line: str = words["address"].format(
        district=district,
        street=rng.choice(words["streets"]),
        number=rng.randint(1, 299),
        building=rng.randint(1, 18),
        floor=rng.randint(1, 28),
        door=f"{rng.randint(1, 6):02d}",
    )
    return line


def _mobile(rng: Random, used: _Used) -> str:
    return _fresh(used.mobiles, lambda: f"161{rng.randrange(10**8):08d}")


def _landline(area_code: str, rng: Random) -> str:
    return f"{area_code}-0{rng.randrange(10**7):07d}"


def _fresh(used: set[str], make: Any) -> str:
    value: str = make()
    while value in used:
        value = make()
    used.add(value)
    return value


def _share(score: float) -> float:
    """The share below a normal score."""
    return 0.5 * (1 + math.erf(score / math.sqrt(2)))
