import re
import tomllib
from bisect import bisect_right
from collections import Counter
from datetime import date
from random import Random

import pytest

from collector_desk.demo.book import Parameters, QuantileTable, check_digit, identity_number, make_book
from collector_desk.demo.work import answer, temper
from collector_desk.domain.calls.notes import check_note
from collector_desk.domain.calls.outcomes import OUTCOME_RULES
from collector_desk.domain.text import telephone
from collector_desk.domain.text.identity_numbers import birth_year
from collector_desk.domain.vocabulary import Speaker
from collector_desk.resources import resource

TODAY = date(2026, 11, 2)


def toml(name):
    return tomllib.loads(resource("demo", name).read_text("utf-8"))


FITTED, WORDS, NOTES = toml("parameters.toml"), toml("people.toml"), toml("notes.toml")


def book(size, seed=1, today=TODAY):
    return list(make_book(Parameters(FITTED), WORDS, size=size, today=today, rng=Random(seed)))  # noqa: S311


@pytest.fixture(scope="module")
def many():
    return book(8000)


def accounts_of(people, months):
    return [account for person in people for account in person.accounts if account.months == months]


def farthest(values, table, steps):
    """The largest gap between the shares found and the shares fitted (as Kolmogorov and Smirnov measure it)."""
    ordered = sorted(values)
    gaps = []
    for step, bound in zip(steps, table, strict=True):
        below = bisect_right(ordered, bound + 1) / len(ordered)
        strictly = bisect_right(ordered, bound - 1) / len(ordered)
        gaps.append(max(strictly - step / 100, step / 100 - below, 0))  # ties: a step may lie inside a jump
    return max(gaps)


@pytest.mark.parametrize("months", [1, 2, 3])
def test_balances_limits_and_ages_follow_the_fit(many, months):
    group = FITTED["overdue"][f"months_{months}"]
    found = accounts_of(many, months)
    allowed = 1.95 / len(found) ** 0.5  # one seed in a thousand would miss it
    assert farthest([a.principal / 100 for a in found], group["balance"], FITTED["steps"]) < allowed
    assert (
        farthest([a.limit / 100 for a in found], group["limit"], FITTED["steps"]) < allowed + 0.1
    )  # ten thousands
    owners = [person for person in many if person.accounts[0].months == months]
    ages = [(TODAY - person.born).days / 365.25 for person in owners]
    assert farthest(ages, group["age"], FITTED["steps"]) < 1.95 / len(owners) ** 0.5 + 0.05
    women = sum(person.woman for person in owners) / len(owners)
    assert abs(women - group["women"]) < 0.2  # couples bring the other sex with them


def test_groups_are_as_large_as_in_the_set(many):
    sizes = {months: FITTED["overdue"][f"months_{months}"]["accounts"] for months in (1, 2, 3)}
    everything = sum(sizes.values())
    for months, size in sizes.items():
        assert len(accounts_of(many, months)) / 8000 == pytest.approx(size / everything, abs=0.02)


def test_delays_walk_as_the_chain_does(many):
    """From two months late last time to three now, as often as Bayes says of the fitted chain."""
    three = [a.delays for a in accounts_of(many, 3) if a.delays[-1] == 3]
    before = Counter(path[-2] for path in three)
    shares = {int(state): share for state, share in FITTED["delays"]["first"].items()}
    for month in range(1, 5):
        table = FITTED["delays"][f"month_{month}"]
        after = Counter()
        for state, share in shares.items():
            for target, chance in table.get(str(state), {}).items():
                after[int(target)] += share * chance
        shares = dict(after)
    joint = {s: share * FITTED["delays"]["month_5"].get(str(s), {}).get("3", 0) for s, share in shares.items()}
    expected = joint[2] / sum(joint.values())
    assert before[2] / len(three) == pytest.approx(expected, abs=0.06)


def test_payments_stay_away_as_often_as_in_the_set(many):
    for months in (1, 2, 3):
        found = accounts_of(many, months)
        nothing = sum(1 for a in found if not a.last_paid) / len(found)
        assert nothing == pytest.approx(FITTED["overdue"][f"months_{months}"]["paid_nothing"], abs=0.06)


def test_nobody_real_can_be_meant(many):
    ids = [person.id_no for person in many]
    assert len(set(ids)) == len(ids)
    for person in many:
        assert re.fullmatch(r"000\d{14}[\dX]", person.id_no)
        assert check_digit(person.id_no[:17]) == person.id_no[-1]
        assert birth_year(person.id_no) == person.born.year
        assert int(person.id_no[16]) % 2 == (0 if person.woman else 1)
        numbers = [person.mobile, *(contact[2] for contact in person.contacts)]
        assert all(re.fullmatch(r"161\d{8}", number) for number in numbers)
        for line in (person.home_phone, person.work_phone):
            assert not line or re.fullmatch(r"0\d{2,3}-0\d{7}", line)


def test_check_digit_is_that_of_the_standard():
    assert check_digit("11010519491231002") == "X"  # the example printed in GB 11643
    assert identity_number(103, date(1982, 1, 1), 6, woman=True).startswith("00010319820101006")


def test_second_accounts_couples_and_names(many):
    every = [account for person in many for account in person.accounts]
    assert len(every) == 8000
    assert len({account.account_no for account in every}) == 8000
    second = sum(len(person.accounts) - 1 for person in many)
    assert second / 8000 == pytest.approx(0.05, abs=0.01)
    by_mobile = {person.mobile: person for person in many}
    couples = 0
    for person in many:
        other = by_mobile.get(person.contacts[0][2])
        if other:
            assert other.contacts[0][2] == person.mobile
            assert other.contacts[0][0] == person.name
            couples += 1
    assert couples > 100
    names = {person.name for person in many}
    assert any(name.startswith("欧阳") for name in names)
    assert any("𠮷" in name for name in names)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_any_size_comes_out_exactly(size):
    for seed in range(30):
        assert sum(len(person.accounts) for person in book(size, seed)) == size


def test_one_seed_makes_one_book():
    assert book(200, seed=7) == book(200, seed=7)
    assert book(200, seed=7) != book(200, seed=8)


def test_figures_of_an_account_agree(many):
    for person in many[:500]:
        for account in person.accounts:
            assert (TODAY - account.due_on).days == account.days
            assert (account.days - 1) // 30 + 1 == account.delays[-1]
            assert account.amount == account.principal + account.interest + account.penalty
            assert account.last_paid_on is None or account.last_paid_on < account.due_on


def test_a_table_answers_between_its_steps():
    table = QuantileTable([0, 50, 100], [10, 20, 100])
    assert [table.at(share) for share in (0, 0.25, 0.5, 0.75, 1)] == [10, 15, 20, 60, 100]


def test_replies_can_be_logged():
    """Every reply fits its outcome's rule: who speaks, reason, channel, and a note that is no filler."""
    rng = Random(3)  # noqa: S311
    seen = set()
    for _ in range(4000):
        who = temper(rng, rng.random())
        reply = answer(rng, who, rng.randint(0, 1), NOTES)
        rule = OUTCOME_RULES[reply.outcome]
        assert reply.speaker in rule.speakers
        assert reply.talk_seconds >= rule.min_talk_seconds
        if reply.speaker is not Speaker.UNKNOWN or rule.reached:
            assert not check_note(reply.note.format(day="明天", hour=18), reply.outcome)
        seen.add(reply.outcome)
    assert len(seen) >= 16


def test_every_telephone_number_has_its_one_form(many):
    given = {
        number for person in many for number in (person.mobile, person.home_phone, person.work_phone) if number
    }
    given |= {number for person in many for *_, number in person.contacts}
    assert {number for number in given if telephone.normal(number) != number} == set()
