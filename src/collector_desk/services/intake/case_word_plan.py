"""What taking in a bank's list of cases will do, before anything is written: whose each row is, what follows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from collector_desk.domain.book.bank_words import SpokenOf, chosen, objection
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.vocabulary import BankWord
from collector_desk.intake.case_word_values import CaseWordRow, CaseWordsFile
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.store import journal
from collector_desk.store.book import bank_words as asked
from collector_desk.store.engine import Connection


@dataclass(frozen=True, slots=True)
class PlannedWord:
    """A row that is somebody's and changes something."""

    account: SpokenOf
    word: BankWord
    said_on: date
    ends: date | None
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CaseWordsPlan:
    """Everything a list will do. ``idle``: rows that are somebody's and change nothing."""

    words: tuple[PlannedWord, ...] = field(repr=False)
    unmatched: int
    idle: int
    findings: tuple[Problem, ...] = field(repr=False)
    basis: tuple[object, ...] = field(repr=False)  # what it hangs on: made of the same, it says the same

    @property
    def counts(self) -> Mapping[BankWord, int]:
        """How many cases each word is said of."""
        return Counter(one.word for one in self.words)

    @property
    def bank(self) -> str:
        """Whose list it is, as its cases tell; the one of most of them."""
        found = Counter(one.account.bank for one in self.words).most_common(1)
        return found[0][0] if found else ""


def made(conn: Connection, file: CaseWordsFile, today: date, before: CaseWordsPlan | None = None) -> CaseWordsPlan:
    """The plan for a list by what is in the store; that of ``before`` where nothing happened since."""
    basis = journal.last_line(conn), today
    if before is not None and before.basis == basis:
        return before
    accounts = asked.by_account(conn, (row.account_no for row in file.rows if row.account_no))
    rest = [row for row in file.rows if row.account_no not in accounts and row.card_tail]
    people = asked.by_person(conn, (no for row in rest for no in (row.customer_no, row.id_no)))
    words: dict[str, PlannedWord] = {}
    findings: list[Problem] = []
    unmatched = idle = 0
    for row in file.rows:
        found = list(_meant(row, accounts, people))
        account = chosen(found) if found else None
        if account is None:
            unmatched += 1
            code = "intake.words.several" if found else "intake.words.unmatched"
            findings.append(_problem(file, row, msg(code)))
            continue
        said_on = min(row.said_on or today, today)
        against = _against(row, account, words, today)
        if against is not None:
            idle += 1
            findings.append(_problem(file, row, against))
            continue
        if row.said_on is not None and row.said_on > today:
            findings.append(_problem(file, row, msg("intake.words.day_to_come", day=row.said_on)))
        words[account.id] = PlannedWord(account, row.word, said_on, row.ends, row.reason)
    if len({one.account.bank for one in words.values()}) > 1:
        banks = sorted({one.account.bank for one in words.values()})
        raise Refused("intake.words.several_banks", "bank", banks=banks)
    return CaseWordsPlan(tuple(words.values()), unmatched, idle, tuple(findings), basis)


def _meant(
    row: CaseWordRow, accounts: Mapping[str, Sequence[SpokenOf]], people: Mapping[str, Sequence[SpokenOf]]
) -> Iterator[SpokenOf]:
    """The cases a row may mean: by its account, else by the person with the card's last figures."""
    if row.account_no in accounts:
        yield from accounts[row.account_no]
        return
    seen: set[str] = set()
    for number in (row.customer_no, row.id_no):
        for account in people.get(number, ()) if row.card_tail else ():
            if account.card_tail == row.card_tail and account.id not in seen:
                seen.add(account.id)
                yield account


def _against(row: CaseWordRow, account: SpokenOf, words: Mapping[str, PlannedWord], today: date) -> Message | None:
    """Why a row changes nothing; None where it does."""
    if account.id in words:
        return msg("intake.words.twice", case=account.number)
    return objection(account, row.word, row.ends, today)


def _problem(file: CaseWordsFile, row: CaseWordRow, reason: Message) -> Problem:
    heading = next((c.header for c in file.columns_at(row.sheet, row.line) if c.field in _NAMED), "")
    value = row.account_no or row.customer_no or row.id_no
    return Problem(row.sheet, row.line, heading, value, reason, ProblemSeverity.WARNING)


_NAMED = ("account_no", "card_no", "customer_no", "id_no")
