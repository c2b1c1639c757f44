"""What taking in a bank's list of cases will do, before anything is written: whose each row is, what follows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from collector_desk.domain.book.bank_words import SpokenOf, objection
from collector_desk.domain.book.nobodys_words import Names
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.vocabulary import BankWord, NobodysReason
from collector_desk.intake.case_word_values import CaseWordRow, CaseWordsFile
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.services.intake.case_word_match import Directory
from collector_desk.services.record.nobodys_words import NewNobodysWord
from collector_desk.store import journal
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
    nobodys: tuple[NewNobodysWord, ...] = field(repr=False)
    idle: int
    findings: tuple[Problem, ...] = field(repr=False)
    basis: tuple[object, ...] = field(repr=False)  # what it hangs on: made of the same, it says the same

    @property
    def counts(self) -> Mapping[BankWord, int]:
        """How many cases each word is said of."""
        return Counter(one.word for one in self.words)

    @property
    def unmatched(self) -> int:
        """How many rows name no case of ours, or not which."""
        return len(self.nobodys)

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
    names = [names_of(row) for row in file.rows]
    directory = Directory.of(conn, names)
    words: dict[str, PlannedWord] = {}
    findings: list[Problem] = []
    nobodys: list[NewNobodysWord] = []
    idle = 0
    for row, named in zip(file.rows, names, strict=True):
        account = directory.meant(named)
        said_on = min(row.said_on or today, today)
        if isinstance(account, NobodysReason):
            findings.append(_problem(file, row, msg(f"intake.words.{account.value}")))
            nobodys.append(
                NewNobodysWord(row.sheet, row.line, named, row.word, said_on, row.ends, account, row.reason)
            )
            continue
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
    return CaseWordsPlan(tuple(words.values()), tuple(nobodys), idle, tuple(findings), basis)


def names_of(row: CaseWordRow) -> Names:
    """The numbers by which a row names a case."""
    return Names(row.account_no, row.customer_no, row.id_no, row.card_tail, row.serial, row.case_no)


def _against(row: CaseWordRow, account: SpokenOf, words: Mapping[str, PlannedWord], today: date) -> Message | None:
    """Why a row changes nothing; None where it does."""
    if account.id in words:
        return msg("intake.words.twice", case=account.number)
    return objection(account, row.word, row.ends, today, row.said_on)


def _problem(file: CaseWordsFile, row: CaseWordRow, reason: Message) -> Problem:
    heading = next((c.header for c in file.columns_at(row.sheet, row.line) if c.field in _NAMED), "")
    value = row.account_no or row.customer_no or row.id_no or row.serial or row.case_no
    return Problem(row.sheet, row.line, heading, value, reason, ProblemSeverity.WARNING)


_NAMED = ("account_no", "card_no", "customer_no", "id_no", "serial", "case_no")
