"""The questions to the banks: which wait, what a bank answered, and those that follow from the money itself.

What the money asks by itself (a clash, a row of nobody's) is asked where it is found and settled where it clears;
a person asks by saying that a row isn't ours (``settling``).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from collector_desk.domain.book.money import Money
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.money.missing import ToldRow, compare
from collector_desk.domain.money.payments import ReceivedRow, RowDoubt
from collector_desk.domain.money.questions import BankQuestion, NewQuestion
from collector_desk.domain.people import Act, require
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import ClaimState, QuestionKind, QuestionState
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.record import questions
from collector_desk.store.money import files
from collector_desk.store.money import questions as asked
from collector_desk.store.projections.claims import Stored
from collector_desk.store.projections.money import DebtorMoney

AT_ONCE = 200
"""So many are answered in one transaction: more would hold up every other seat."""


def waiting(seat: Seat, bank: str = "") -> tuple[BankQuestion, ...]:
    """All to which there is no answer yet. Raises Refused for who may not settle payments."""
    require(seat.person, Act.SETTLE_PAYMENT)
    with seat.store.read() as conn:
        return tuple(asked.waiting(conn, bank))


def answer(seat: Seat, found: Sequence[BankQuestion], words: str, answered_on: date | None = None) -> Changes:
    """What the bank answered to these, all the same; ``answered_on``: else today.

    Raises Refused for who may not; ``money.questions.words`` without an answer, ``money.questions.day`` for a day
    to come, ``money.settling.too_many``.
    """
    said, day = cleaned(words, 300), answered_on or seat.today()
    if len(said) < 2:
        raise Refused("money.questions.words", "words")
    if day > seat.today():
        raise Refused("money.questions.day", "day")
    return _say(seat, found, QuestionState.ANSWERED, said, day)


def close(seat: Seat, found: Sequence[BankQuestion], reason: str = "") -> Changes:
    """These need no answer any more, a person says. Raises Refused as ``answer``."""
    return _say(seat, found, QuestionState.CLOSED, cleaned(reason, 300))


def _say(
    seat: Seat, found: Sequence[BankQuestion], state: QuestionState, words: str, day: date | None = None
) -> Changes:
    require(seat.person, Act.SETTLE_PAYMENT)
    if len(found) > AT_ONCE:
        raise Refused("money.settling.too_many", "rows", most=AT_ONCE)
    with acting(seat, "bank.question") as act:
        now = asked.these(act.conn, [one.id for one in found])  # another seat may have been quicker
        questions.stands(act, now, state, words=words, answered_on=day)
    return Changes(debtors=frozenset(one.debtor_id for one in found if one.debtor_id), everything=True)


# --- what the money asks by itself ---------------------------------------------------------------------------

_FOLLOWED = frozenset({QuestionKind.CLASH, QuestionKind.CLAIM})
"""The kinds that are asked and settled as debtors are worked."""


def follow(act: Writing, debtor_ids: Sequence[str], money: Mapping[str, DebtorMoney], claimed: Stored) -> None:
    """Ask what these debtors' money asks now, and settle what it asks no more."""
    wanted = [one for who, theirs in money.items() for one in _clashes(who, theirs)]
    wanted += [_claim(row) for row in claimed.values() if row["state"] == ClaimState.REFUTED]
    questions.ask_all(act, wanted)
    still = {(one.kind, one.about) for one in wanted}
    open_now = asked.waiting_of(act.conn, debtor_ids)
    questions.settle(act, [one for one in open_now if one.kind in _FOLLOWED and (one.kind, one.about) not in still])


def _claim(row: Mapping[str, Any]) -> NewQuestion:
    figures = {"amount": Money(row["minor"], row["currency"]), "day": row["paid_on"]}
    return NewQuestion(QuestionKind.CLAIM, row["debtor_id"], row["case_id"], row["id"], figures)


def _clashes(debtor_id: str, money: DebtorMoney) -> Iterator[NewQuestion]:
    rows = {row.id: row for theirs in money.rows.values() for row in theirs}
    for now in money.ledger.rows:
        if now.doubt is not RowDoubt.CLASH or now.row_id in money.part_of:
            continue
        row = rows[now.row_id]
        first = _said_before(row, money.rows[now.case_id])
        figures = {"amount": Money(row.minor, row.currency), "day": row.posted_on, "reference": row.reference}
        before = {"before": Money(first.minor, first.currency), "before_day": first.posted_on}
        yield NewQuestion(QuestionKind.CLASH, debtor_id, now.case_id, row.id, {**figures, **before})


def _said_before(row: ReceivedRow, others: Sequence[ReceivedRow]) -> ReceivedRow:
    same = [one for one in others if one.reference == row.reference and one.reversal == row.reversal]
    return min((one for one in same if one.id != row.id), key=lambda one: one.place, default=row)


# --- what a file asks ----------------------------------------------------------------------------------------

_PIECE = 500


def of_file(seat: Seat, batch_id: str) -> None:
    """Ask about a payment file's rows of nobody's, and about what it has no more though it tells of those days.

    What it has again of what was missing is settled. Again after a crash: nothing is asked twice.
    """
    with seat.store.read() as conn:
        wanted = asked.of_nobodys_rows(conn, batch_id)
        compared = compare(files.told_of_its_days(conn, batch_id))
    wanted += [_missing(row) for row in compared.missing]
    for start in range(0, len(wanted), _PIECE):
        with acting(seat, "payments") as act:
            questions.ask_all(act, wanted[start : start + _PIECE])
    if compared.there:
        there = {row.id for row in compared.there}
        with acting(seat, "payments") as act:
            found = asked.waiting_about(act.conn, there)
            questions.settle(act, [one for one in found if one.kind is QuestionKind.MISSING_ROW])


def file_gone(act: Writing, batch_id: str) -> None:
    """A payment file counts for nothing any more: nothing is to be asked about its rows."""
    questions.settle(act, asked.waiting_about_file(act.conn, batch_id))


def missing_anew(seat: Seat, bank: str) -> None:
    """Settle the questions about rows that went missing where no file that counts misses them any more."""
    with seat.store.read() as conn:
        waiting = asked.waiting_of_kind(conn, bank, QuestionKind.MISSING_ROW)
        if not waiting:
            return
        told = [files.told_of_its_days(conn, batch_id) for batch_id in files.counting(conn, bank)]
    still = {row.id for rows in told for row in compare(rows).missing}
    with acting(seat, "payments") as act:
        questions.settle(act, [one for one in waiting if one.about not in still])


def accounts_came(seat: Seat) -> None:
    """Rows of nobody's found their accounts: nothing is to be asked about them."""
    with acting(seat, "payments") as act:
        questions.settle(act, asked.about_found_rows(act.conn))


def _missing(row: ToldRow) -> NewQuestion:
    figures = {"amount": Money(row.minor, row.currency), "day": row.posted_on}
    return NewQuestion(QuestionKind.MISSING_ROW, row.debtor_id, row.case_id, row.id, figures)
