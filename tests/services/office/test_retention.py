"""What is past its term by the rules in use is listed, by case, for who takes files in; nothing is erased."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.records import Keeping
from collector_desk.domain.conduct.rules import Retention
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.book import cases, closing
from collector_desk.services.calls import calling
from collector_desk.services.gate.facts import active_packs
from collector_desk.services.office import retention


@pytest.fixture
def closed(agent, manager, debtor) -> str:
    """Called once, closed the same day; another debtor's account stays open."""
    who = debtor()
    debtor("王明")
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).next_number.phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    case = cases.open_case(manager, who).file.lead_case
    closing.close(manager, case.id, Ending.SETTLED, document="结清函 2026-11", written_on=date(2026, 11, 23))
    return who


def asked(seat) -> list[tuple[str, Keeping]]:
    return [(file.debtor_id, file.asked) for file in retention.past_term(seat)]


def test_it_is_kept_two_years_then_stored_then_to_be_erased(manager, closed, clock):
    begun = clock.at
    clock.at = begun + timedelta(days=729)
    assert asked(manager) == []
    clock.at = begun + timedelta(days=731)
    assert asked(manager) == [(closed, Keeping.STORE_ONLY)]
    clock.at = begun + timedelta(days=762)
    (file,) = retention.past_term(manager)
    assert (file.debtor_id, file.asked, file.closed_on) == (closed, Keeping.DELETE, date(2026, 11, 23))
    assert file.case_numbers == ("K7M-1001",)
    assert cases.open_case(manager, closed).timeline  # it is listed, not erased


def test_the_rules_in_use_are_asked(manager, closed, clock, monkeypatch):
    clock.forward(days=762)

    def longer(conn):
        return [
            replace(
                pack,
                rules=tuple(replace(r, keep_years=5) if isinstance(r, Retention) else r for r in pack.rules),
            )
            for pack in active_packs(conn)
        ]

    monkeypatch.setattr(retention, "active_packs", longer)
    assert asked(manager) == []


def test_who_takes_no_files_in_is_refused(agent, closed):
    with pytest.raises(Refused):
        retention.past_term(agent)
