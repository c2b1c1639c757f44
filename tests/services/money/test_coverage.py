"""What is said of a bank's days without a file: nothing was paid, or less is known; and what it decides."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from collector_desk.domain.message import Refused
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.vocabulary import PromiseState
from collector_desk.services.book import cases
from collector_desk.services.intake import coverage, recovery
from collector_desk.services.intake.payments import PaymentsLeft
from collector_desk.store.verify import verify
from tests.services.money.conftest import nov
from tests.services.money.test_promises import promised  # noqa: F401 -- a fixture

BANK = "某某银行"


def state(agent, who):
    return [one.state for one in cases.open_case(agent, who).file.promises]


def known(seat):
    (told,) = coverage.banks(seat)
    return told.known_up_to, told.holes


def test_nothing_paid_decides_a_promise_and_less_known_opens_it_again(manager, agent, promised, clock, none_paid):  # noqa: F811
    clock.forward(days=4)  # the 27th; promised for the 24th, grace ends with the 25th
    assert known(manager) == (None, ())
    none_paid(24)
    assert state(agent, promised) == [PromiseState.OPEN]
    none_paid(26)
    assert known(manager) == (nov(26), ())
    assert state(agent, promised) == [PromiseState.BROKEN]
    coverage.lower(manager, BANK, nov(24), reason="银行称 25 日数据有误")
    assert known(manager) == (nov(24), ())
    assert state(agent, promised) == [PromiseState.OPEN]
    assert verify(manager.store).ok


def test_a_hole_is_named_until_it_is_filled(manager, bank, debtor, clock, none_paid):
    who = debtor()
    clock.forward(days=6)
    bank.tells((who, 27, 1, "R1"), covers=(26, 28))
    assert known(manager) == (None, (DaySpan(nov(24), nov(25)),))
    none_paid(25)
    assert known(manager) == (nov(28), ())


def test_one_persons_word_breaks_nothing_until_a_second_says_the_same(manager, second, agent, promised, clock):  # noqa: F811
    clock.forward(days=4)
    assert coverage.none_until(manager, BANK, nov(26)).waits
    (told,) = coverage.banks(manager)
    assert (told.known_up_to, told.said.by, told.said.last) == (None, manager.person.name, nov(26))
    assert coverage.none_until(manager, BANK, nov(26)).waits, "the same person twice is one person"
    assert state(agent, promised) == [PromiseState.OPEN]
    assert coverage.none_until(second, BANK, nov(25)).waits, "another day is another word"
    assert state(agent, promised) == [PromiseState.OPEN]
    assert not coverage.none_until(manager, BANK, nov(25)).waits
    (told,) = coverage.banks(manager)
    assert (told.known_up_to, told.said) == (nov(25), None)
    assert state(agent, promised) == [PromiseState.BROKEN]
    assert verify(manager.store).ok


def test_two_at_once_come_to_one_word(manager, second, promised, clock):  # noqa: F811
    clock.forward(days=4)
    with ThreadPoolExecutor(2) as hands:
        told = list(hands.map(lambda seat: coverage.none_until(seat, BANK, nov(26)), (manager, second)))
    assert sorted(one.waits for one in told) == [False, True]
    assert known(manager) == (nov(26), ())


def test_where_nobody_else_could_agree_it_is_refused(manager, debtor, clock):
    debtor()
    clock.forward(days=3)
    with pytest.raises(Refused) as refused:
        coverage.none_until(manager, BANK, nov(25))
    assert refused.value.message.code == "office.second_missing"


def test_what_cannot_be_said_is_refused(manager, agent, debtor, clock):
    debtor()
    clock.forward(days=3)
    for act, code in (
        (lambda: coverage.none_until(manager, BANK, nov(26)), "money.coverage.days_to_come"),
        (lambda: coverage.none_until(manager, "别的银行", nov(25)), "money.coverage.no_bank"),
        (lambda: coverage.none_until(manager, BANK, nov(20)), "money.coverage.told_already"),
        (lambda: coverage.lower(manager, BANK, nov(20), reason=""), "money.coverage.reason"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.message.code == code
    with pytest.raises(Refused):
        coverage.banks(agent)


def test_broken_off_behind_the_word_the_next_start_decides(manager, agent, promised, clock, monkeypatch, none_paid):  # noqa: F811
    def killed(_seat):
        raise KeyboardInterrupt

    clock.forward(days=4)
    with monkeypatch.context() as patch:
        patch.setattr(coverage, "work_stale", killed)
        with pytest.raises(KeyboardInterrupt):
            none_paid(26)
    with manager.store.read() as conn:
        assert PaymentsLeft().there(conn)
    assert recovery.recover(manager)
    assert state(agent, promised) == [PromiseState.BROKEN]
