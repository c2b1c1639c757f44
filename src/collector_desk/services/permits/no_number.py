"""What is done about a debtor whom no waiting lets one call: a number that was found, or a question to the lead.

The third way, a visit, is ``visiting.request``.
"""

from collector_desk.domain.book.debts import DebtorFile, NumberSource
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import JUNIOR_LIMIT_DAYS, Act, may_work_age, require
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.gate.facts import law_day
from collector_desk.services.record import given_numbers, tasks
from collector_desk.store.book.debtors import debtor_file

_LEAST_WORDS, _LEAST_ORIGIN = 4, 2
"""Letters and figures; fewer tell nobody anything."""


def give_number(seat: Seat, debtor_id: str, typed: str, where_from: str) -> Changes:
    """Keep a number that was found, with where it comes from; known as somebody else's, a lead decides of it first.

    Raises Refused where something typed is no number, its origin isn't told, or a colleague holds the debtor.
    """
    require(seat.person, Act.WORK_CASE)
    with acting(seat, "number.give") as act:
        file = _held_by_nobody_else(act, seat, debtor_id)
        found = given_numbers.read(typed)
        if _signs(where_from) < _LEAST_ORIGIN:
            raise Refused("permits.no_number.no_origin", "where_from")
        given_numbers.keep(act, file, None, found, source=NumberSource.FOUND, words=cleaned(where_from, 40))
    return Changes(debtors=frozenset({debtor_id}))


def ask_lead(seat: Seat, debtor_id: str, words: str) -> Changes:
    """Put the debtor before the leads with a sentence; until one has decided, the case waits.

    Raises Refused without words, where the debtor can be called after all, or a colleague holds them.
    """
    require(seat.person, Act.WORK_CASE)
    with acting(seat, "task.ask") as act:
        file = _held_by_nobody_else(act, seat, debtor_id)
        if _signs(words) < _LEAST_WORDS:
            raise Refused("permits.no_number.no_words", "words")
        if file.queue_class is not QueueClass.NO_NUMBER:
            raise Refused("permits.no_number.has_one")
        tasks.ask_lead(act, debtor_id, TaskKind.NO_NUMBER, cleaned(words, 2000))
    return Changes(debtors=frozenset({debtor_id}))


def _signs(text: str) -> int:
    return sum(char.isalnum() for char in text)


def _held_by_nobody_else(act: Writing, seat: Seat, debtor_id: str) -> DebtorFile:
    file = debtor_file(act.conn, debtor_id, today=seat.today(), law_day=law_day(act.conn, act.at))
    if file is None:
        raise Refused("book.cases.gone")
    if file.debtor.holder_id and file.debtor.holder_id != seat.person.id:
        raise Refused("calls.held_by_other")
    if not may_work_age(seat.person.roles, file.lead_case.days):
        raise Refused("calls.too_old_for_role", days=JUNIOR_LIMIT_DAYS)
    return file
