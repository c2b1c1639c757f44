"""The invented cases a script is walked with in the workshop (``resources/demo/rehearsal.toml``)."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from pydantic import BaseModel, ConfigDict

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.script_fields import CallFacts, Sex
from collector_desk.resources import resource


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Desk(_Part):
    agency: dict[str, str]
    agent: dict[str, str]
    agent_number: str
    hotline: str


class _Case(_Part):
    id: str
    title: dict[str, str]
    name: dict[str, str]
    female: bool
    bank: dict[str, str]
    product: dict[str, str]
    due: int
    balance: int
    days: int
    promised: int | None = None
    promised_days_ago: int = 0
    pay_ways: dict[str, list[str]]
    guarantor: dict[str, str] = {}


class _File(_Part):
    desk: _Desk
    case: list[_Case]


@dataclass(frozen=True, slots=True)
class InventedCase:
    """One case: its id, its title in the language of the window."""

    id: str
    title: str


def invented_cases(language: str) -> tuple[InventedCase, ...]:
    """The cases to choose from, titles in ``language``."""
    return tuple(InventedCase(case.id, case.title[language]) for case in _file().case)


def invented_facts(case_id: str, language: str, now: datetime, *, for_guarantor: bool = False) -> CallFacts:
    """What is known of a case for scripts in ``language``; ``now`` is local. StopIteration: our own bug."""
    desk = _file().desk
    case = next(one for one in _file().case if one.id == case_id)
    promise = case.promised is not None
    return CallFacts(
        now=now,
        debtor_name=case.name[language],
        debtor_sex=Sex.FEMALE if case.female else Sex.MALE,
        guarantor_name=case.guarantor.get(language, "") if for_guarantor else "",
        agency_neutral=desk.agency[language],
        agent_name=desk.agent[language],
        agent_number=desk.agent_number,
        hotline=desk.hotline,
        bank=case.bank[language],
        product=case.product[language],
        bank_hotline=desk.hotline,
        complaint_number=desk.hotline,
        due=Money(case.due),
        balance=Money(case.balance),
        days_past_due=case.days,
        due_date=now.date() - timedelta(days=case.days),
        as_of=now.date() - timedelta(days=1),
        pay_ways=tuple(case.pay_ways[language]),
        last_promised=Money(case.promised) if case.promised is not None else None,
        last_promised_by=_at(now - timedelta(days=case.promised_days_ago)) if promise else None,
        promised=Money(case.due),
        promised_by=_at(now + timedelta(days=1)),
        call_back_at=_at(now + timedelta(days=1)),
    )


def _at(day: datetime) -> datetime:
    """Six in the evening of a day."""
    return day.replace(hour=18, minute=0, second=0, microsecond=0)


@cache
def _file() -> _File:
    return _File.model_validate(tomllib.loads(resource("demo", "rehearsal.toml").read_text("utf-8")))
