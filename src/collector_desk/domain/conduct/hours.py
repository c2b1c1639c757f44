"""Whether an instant lies within the hours of contact, whatever else the gate may say then."""

from collections.abc import Sequence
from datetime import datetime

from collector_desk.domain.conduct import clock, times
from collector_desk.domain.conduct.case import Case
from collector_desk.domain.conduct.rules import ContactWindow, Pack
from collector_desk.domain.conduct.values import Action, Facts
from collector_desk.domain.message import Message
from collector_desk.domain.vocabulary import Verdict


def closed_at(action: Action, facts: Facts, packs: Sequence[Pack], at: datetime) -> Message | None:
    """Why this contact lies outside the hours at ``at``, hours the debtor agreed to counted in; None: inside."""
    case = Case(action, facts)
    second = clock.whole_second(at)
    reasons = (
        reason
        for pack in packs
        for rule in pack.rules
        if isinstance(rule, ContactWindow)
        for reason in times.contact_window(rule, pack, case, second)
    )
    return next((reason.detail for reason in reasons if reason.verdict is Verdict.BLOCK), None)
