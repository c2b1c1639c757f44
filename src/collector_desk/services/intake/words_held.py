"""What a bank's list says holds, and what follows: of a list taken in, and of a row whose case came later."""

from collections.abc import Callable, Sequence

from collector_desk.domain.book.bank_words import SpokenOf
from collector_desk.domain.book.closing import Account, Ending
from collector_desk.domain.message import msg
from collector_desk.domain.states import BatchKind
from collector_desk.domain.vocabulary import BankWord
from collector_desk.services.book import closing
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.intake.case_word_plan import PlannedWord
from collector_desk.services.record import accounts, bank_words
from collector_desk.services.record.accounts import GoneBack
from collector_desk.services.record.bank_words import Spoken
from collector_desk.store.book import bank_words as asked
from collector_desk.store.book import derived
from collector_desk.store.intake import unfinished
from collector_desk.words.messages import Lang, render

KIND = "words"
"""Of the acts by which it is written."""


def hold(act: Writing, batch_id: str, document: str, words: Sequence[PlannedWord]) -> None:
    """Write what a list says of these cases; it holds at once, all of it. What follows is marked as to come."""
    spoken = [
        Spoken(
            one.account.debtor_id,
            one.account.id,
            one.word,
            one.said_on,
            one.account.holding.after(one.word, one.said_on, one.ends),
            document=document,
            reason=one.reason,
        )
        for one in words
    ]
    bank_words.said(act, spoken, batch_id)
    recalled = [
        GoneBack(_account(one.account), one.said_on, document, one.reason)
        for one in words
        if one.word is BankWord.RECALL
    ]
    accounts.go_back(act, Ending.RECALLED, recalled)
    derived.mark_due(act.conn, [one.account.debtor_id for one in words], act.at)
    unfinished.mark(act.conn, BatchKind.WORDS, batch_id)


def _account(one: SpokenOf) -> Account:
    return Account(one.id, one.number, one.debtor_id, one.state, one.balance_minor, one.currency)


def follow(
    seat: Seat,
    batch_id: str,
    language: Lang = "zh_CN",
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """What follows of what a list said, for all its debtors; done twice it is done once."""
    with seat.store.read() as conn:
        said, document = asked.of_batch(conn, batch_id), asked.filename_of(conn, batch_id)
    gone: dict[str, list[str]] = {one.debtor_id: [] for one in said}
    for one in said:
        if one.word is BankWord.RECALL:
            gone[one.debtor_id].append(one.case_id)
    why = render(msg("book.closing.visit_withdrawn", ending=Ending.RECALLED, document=document), language)
    closing.follow_up(seat, KIND, gone, why, progress)
    with seat.store.write() as conn:
        unfinished.done(conn, BatchKind.WORDS)
