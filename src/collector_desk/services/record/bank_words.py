"""What a bank says of cases that lie with us: the one writer of it and of the list it came in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from collector_desk.domain.book.bank_words import Holding
from collector_desk.domain.vocabulary import BankWord
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


@dataclass(frozen=True, slots=True)
class Spoken:
    """One word on one case. ``after``: what holds of it from then on."""

    debtor_id: str
    case_id: str
    word: BankWord
    said_on: date
    after: Holding
    document: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)


def taken(act: Writing, batch_id: str, file_id: str, bank: str, counts: Mapping[str, Any]) -> None:
    """Write that a list counts. ``counts``: rows, unmatched, set_aside, words; hidden columns."""
    act.record(t.words_taken, {"id": batch_id, "file_id": file_id, "bank_name": bank, **counts})


def said(act: Writing, some: Iterable[Spoken], batch_id: str | None = None) -> None:
    """Write what was said, of one case or of many; it settles nobody."""
    act.record_all(
        t.bank_word,
        [
            {
                "debtor_id": one.debtor_id,
                "case_id": one.case_id,
                "batch_id": batch_id,
                "word": one.word.value,
                "said_on": one.said_on,
                "stopped_on": one.after.stopped_on,
                "mandate_ends": one.after.mandate_ends,
                "document": one.document or None,
                "reason": one.reason or None,
            }
            for one in some
        ],
    )
