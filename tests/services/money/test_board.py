"""The lead's board of banks, and what the days chosen for a file would decide."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collector_desk.domain.book.queue import bank_silent_from
from collector_desk.domain.message import Refused
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind, Settling
from collector_desk.services.book import refresh
from collector_desk.services.calls import calling
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.gate import facts
from collector_desk.services.intake import board, payments
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.money import settling
from tests.samples.full_life import dialled
from tests.services.money.conftest import nov
from tests.services.money.test_claims import said
from tests.services.money.test_promises import promised  # noqa: F401 -- a fixture

BANK = "某某银行"


def stands(seat):
    (one,) = board.streams(seat)
    return one


@pytest.mark.parametrize(("days", "silent"), [(0, 0), (1, 0), (2, 1), (3, 2), (5, 4), (7, 4)])
def test_silence_is_counted_in_bank_days_gone_by(manager, debtor, clock, days, silent):
    debtor()  # placed on the 23rd, a Monday
    clock.forward(days=days)
    one = stands(manager)
    assert (one.bank, one.placement, one.known_up_to, one.silent_days) == (BANK, "", None, silent)
    assert one.silent == one.troubled == (silent >= 2)


def patient(packs):
    """The packs in use, by which a bank may be silent for three bank days, and cases wait for one."""
    said = {"board_after": 3, "cases_after": 1}
    return tuple(
        replace(
            pack, rules=tuple(replace(one, **said) if one.kind == "bank_silence" else one for one in pack.rules)
        )
        for pack in packs
    )


def test_how_long_a_bank_may_be_silent_is_a_rule_of_the_packs_in_use(manager, debtor, clock, monkeypatch):
    in_use = board.active_packs
    monkeypatch.setattr(board, "active_packs", lambda conn: patient(in_use(conn)))
    debtor()
    clock.forward(days=3)
    assert (stands(manager).silent_days, stands(manager).silent) == (2, False)
    clock.forward(days=1)
    assert (stands(manager).silent_days, stands(manager).silent) == (3, True)


def test_cases_wait_for_a_silent_bank_as_long_as_the_packs_say():
    in_use = facts.active_packs()
    due = datetime(2026, 11, 24, 4, tzinfo=UTC)
    backs = [
        bank_silent_from(due, refresh.queue_settings(DeskSettings(), packs)) for packs in (in_use, patient(in_use))
    ]
    assert [back.astimezone(ZoneInfo("Asia/Shanghai")).date() for back in backs] == [date(2026, 12, 3), nov(27)]


def test_holes_clashes_and_what_was_said_and_not_found_stand_there(manager, agent, bank, debtor, clock, none_paid):
    who, other = debtor(balance=100_000), debtor(balance=100_000)
    clock.forward(days=1)
    calling.finish(agent, dialled(agent, who).id, said())
    clock.forward(days=5)
    bank.tells((other, 24, 5, "R1"), covers=(24, 26))
    bank.tells((other, 25, 5, "R1"), (other, 28, 6, "R2"), covers=(28, 28))
    one = stands(manager)
    assert (one.known_up_to, one.holes) == (nov(26), (DaySpan(nov(27), nov(27)),))
    assert (one.clashes, one.refuted, one.to_ask, one.silent_days) == (1, 1, 2, 1)
    settling.settle(manager, settling.waiting(manager), Settling.ACCEPT)
    none_paid(28)
    one = stands(manager)
    assert (one.clashes, one.refuted, one.holes) == (0, 1, ())


def test_who_may_not_settle_payments_sees_no_board(agent):
    with pytest.raises(Refused):
        board.streams(agent)


def test_it_is_said_how_many_promises_the_days_decide(manager, bank, promised, debtor, clock):  # noqa: F811
    other = debtor()
    clock.forward(days=5)  # promised for the 24th, grace ends with the 25th
    path = bank.folder / "还款.csv"
    path.write_text(f"账户号,还款日期,还款金额,流水号\n{bank.account(other)},2026-11-24,7,R1\n", encoding="utf-8")
    seen = payments.preview(manager, path, FileTold(kind=FileKind.NEW))
    told = [
        payments.decides(manager, seen, DaySpan(nov(first), nov(last)))
        for first, last in ((24, 24), (24, 25), (25, 26))
    ]
    assert told == [0, 1, 0]  # with a hole before them they decide nothing
    span = DaySpan(nov(24), nov(26))
    report = payments.import_payments(
        manager, payments.preview(manager, path, FileTold(kind=FileKind.NEW, covers=span))
    )
    assert sum(report.promises.values()) == 1
    assert payments.decides(manager, seen, DaySpan(span.first, span.last + timedelta(days=1))) == 0
