"""What a bank is asked about the money it told of: one question, how it stands, and the row it makes in a file.

A kind more is a member of ``QuestionKind`` with its word, and its sentence ``money.question.<kind>`` in both
languages; list, file and answers follow. The sentence is made of the figures that whoever asks hands over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message
from collector_desk.domain.text.cells import Cell, one_line
from collector_desk.domain.text.masking import masked_account, masked_name
from collector_desk.domain.vocabulary import QuestionKind, QuestionState, SentMark

WAITING = (QuestionState.OPEN, QuestionState.SENT)
"""The states of a question to which there is no answer yet."""


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """Something to ask a bank. ``about``: the bank's row or the debtor's claim it is about, where it is about one.

    The same (kind, what it is about, else case and figures) is asked once; ``figures`` are those of its sentence,
    never a name or a number of somebody. ``bank`` may be left out where a case says it.
    """

    kind: QuestionKind
    debtor_id: str | None = None
    case_id: str | None = None
    about: str | None = None
    figures: Mapping[str, object] = field(default_factory=dict)
    bank: str = ""


@dataclass(frozen=True, slots=True)
class SentIn:
    """The list in which a question went out first: its number, and the line there."""

    export: str
    line: int


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question as the list shows it. ``account`` is the bank's, of the case or of the row nobody here knows."""

    id: str
    kind: QuestionKind
    state: QuestionState
    bank: str
    debtor_id: str
    case_number: str
    name: str = field(repr=False)
    account: str = field(repr=False)
    figures: Mapping[str, object]
    asked_at: datetime
    asked_by: str
    reference: str = ""  # of the bank's row, with the file and the line it stands in
    filename: str = ""
    line: int = 0
    sent: SentIn | None = None
    answer: str = field(default="", repr=False)
    answered_on: date | None = None

    @property
    def masked(self) -> str:
        """Whose it is, behind the mask: the debtor, or the account that nobody here knows."""
        return masked_name(self.name) if self.name else masked_account(self.account)

    @property
    def sentence(self) -> Message:
        """What is asked, in words."""
        return Message(f"money.question.{self.kind.value}", self.figures)

    @property
    def amount(self) -> Money | None:
        """The amount it is about, where it is about one."""
        found = self.figures.get("amount")
        return found if isinstance(found, Money) else None

    @property
    def day(self) -> date | None:
        """The day it is about, where it is about one."""
        found = self.figures.get("day")
        return found if isinstance(found, date) else None

    @property
    def mark(self) -> SentMark:
        """How it stands to what the bank was sent before."""
        return SentMark.NEW if self.sent is None else SentMark.REPEAT


COLUMNS = (
    *("line", "mark", "first", "kind", "case", "name", "account", "reference", "amount", "currency", "day"),
    *("question", "where", "answer", "answered_on"),
)
"""Of the file that goes to the bank, headed by ``money.questions.column.<name>``. They fill the last two in."""


def cells(question: BankQuestion, line: int, words: Callable[[Message], str]) -> tuple[Cell, ...]:
    """Its row in the file that goes to the bank, personal data behind masks."""
    sent, amount, day = question.sent, question.amount, question.day
    where = words(Message("money.questions.where", {"file": question.filename, "line": question.line}))
    texts = {
        "mark": words(Message(f"SentMark.{question.mark.value}")),
        "first": words(Message("exports.first_sent", {"number": sent.export, "line": sent.line})) if sent else "",
        "kind": words(Message(f"QuestionKind.{question.kind.value}")),
        "case": question.case_number,
        "name": masked_name(question.name),
        "account": masked_account(question.account),
        "reference": question.reference,
        "currency": amount.currency if amount else "",
        "day": day.isoformat() if day else "",
        "question": words(question.sentence),
        "where": where if question.filename else "",
    }
    figures: dict[str, Cell] = {"line": line, "amount": amount.decimal if amount else ""}
    return tuple(figures.get(name, one_line(texts.get(name, ""))) for name in COLUMNS)
