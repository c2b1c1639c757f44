"""A lead writes down what the bank says of one case: stop, go on, stay longer; by its letter, no list has it."""

from datetime import date

from collector_desk.domain.book.bank_words import objection
from collector_desk.domain.book.closing import require_day, require_document
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, require
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import BankWord
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.record import bank_words
from collector_desk.services.record.bank_words import Spoken
from collector_desk.store.book import bank_words as asked

BY_HAND = (BankWord.EXTEND, BankWord.STOP, BankWord.LIFT)
"""What is said of a case by hand here; a recall closes it (``closing``)."""


def say(
    seat: Seat, case_id: str, word: BankWord, *, document: str, written_on: date | None, ends: date | None = None
) -> Changes:
    """Write it down; it holds at once. ``document`` names the bank's letter, ``written_on`` its day.

    Raises Refused for anybody but a lead, without a document that can be found again, for a day that is none, and
    where the word changes nothing.
    """
    require(seat.person, Act.CLOSE_CASE)
    if word not in BY_HAND:
        raise ValueError("a case is recalled by closing it")
    proof = cleaned(document, 300)
    require_document(proof)
    day = require_day(written_on, seat.today())
    with acting(seat, "case.bank_word") as act:
        account = asked.one(act.conn, case_id)
        if account is None:
            raise Refused("book.cases.gone")
        against = objection(account, word, ends, seat.today())
        if against is not None:
            raise Refused(against.code, "ends" if word is BankWord.EXTEND else "ending", **against.params)
        after = account.holding.after(word, day, ends)
        bank_words.said(act, [Spoken(account.debtor_id, case_id, word, day, after, document=proof)])
        act.touches(account.debtor_id)
    return Changes(debtors=frozenset({account.debtor_id}))
