"""What is said of a bank's days without a file: nothing was paid, or less is known; and what it decides."""

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


def test_nothing_paid_decides_a_promise_and_less_known_opens_it_again(manager, agent, promised, clock):  # noqa: F811
    clock.forward(days=4)  # the 27th; promised for the 24th, grace ends with the 25th
    assert known(manager) == (None, ())
    coverage.none_until(manager, BANK, nov(24))
    assert state(agent, promised) == [PromiseState.OPEN]
    coverage.none_until(manager, BANK, nov(26))
    assert known(manager) == (nov(26), ())
    assert state(agent, promised) == [PromiseState.BROKEN]
    coverage.lower(manager, BANK, nov(24), reason="银行称 25 日数据有误")
    assert known(manager) == (nov(24), ())
    assert state(agent, promised) == [PromiseState.OPEN]
    assert verify(manager.store).ok


def test_a_hole_is_named_until_it_is_filled(manager, bank, debtor, clock):
    who = debtor()
    clock.forward(days=6)
    bank.tells((who, 27, 1, "R1"), covers=(26, 28))
    assert known(manager) == (None, (DaySpan(nov(24), nov(25)),))
    coverage.none_until(manager, BANK, nov(25))
    assert known(manager) == (nov(28), ())


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


def test_broken_off_behind_the_word_the_next_start_decides(manager, agent, promised, clock, monkeypatch):  # noqa: F811
    def killed(_seat):
        raise KeyboardInterrupt

    clock.forward(days=4)
    with monkeypatch.context() as patch:
        patch.setattr(coverage, "work_stale", killed)
        with pytest.raises(KeyboardInterrupt):
            coverage.none_until(manager, BANK, nov(26))
    with manager.store.read() as conn:
        assert PaymentsLeft().there(conn)
    assert recovery.recover(manager)
    assert state(agent, promised) == [PromiseState.BROKEN]
