"""Asking a debtor's reserved contacts: a lead's word comes first (rules 0b); an agent asks for it."""

from datetime import datetime, timedelta

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, require
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.record import approvals, tasks
from collector_desk.store.permits.tasks import waiting

LASTS = timedelta(days=7)
"""How long a lead's yes to an agent's question holds; approving without one, a lead names the day."""


def ask(seat: Seat, debtor_id: str, words: str) -> Changes:
    """Put it before the leads that nobody reaches the debtor; their own numbers are tried meanwhile.

    Raises Refused without words, and where it is before a lead already.
    """
    require(seat.person, Act.WORK_CASE)
    said = cleaned(words, 2000)
    if not said:
        raise Refused("permits.contacts.no_words", "reason")
    with acting(seat, "contacts.ask") as act:
        if any(one.kind is TaskKind.CONTACTS for one in waiting(act.conn, debtor_id)):
            raise Refused("permits.contacts.asked")
        tasks.ask_lead(act, debtor_id, TaskKind.CONTACTS, said)
    return Changes(debtors=frozenset({debtor_id}))


def approve(seat: Seat, debtor_id: str, *, until: datetime | None, reason: str) -> Changes:
    """A lead's word, unasked. Raises Refused without a reason."""
    require(seat.person, Act.OVERRIDE_GATE)
    words = cleaned(reason, 2000)
    if not words:
        raise Refused("permits.tasks.no_reason", "reason")
    with acting(seat, "gate.approve") as act:
        approvals.let_contacts_be_asked(act, debtor_id, until, words)
    return Changes(debtors=frozenset({debtor_id}))


def decide(act: Writing, debtor_id: str, words: str, *, yes: bool) -> None:
    """What the lead's answer to ``ask`` changes: yes opens the contacts for ``LASTS``."""
    if yes:
        approvals.let_contacts_be_asked(act, debtor_id, act.at + LASTS, words)
