"""Rows of banks' lists that name no case of ours: the one writer of them and of what becomes of them."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from collector_desk.domain.book.nobodys_words import Names, NobodysState
from collector_desk.domain.vocabulary import BankWord, NobodysReason
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


@dataclass(frozen=True, slots=True)
class NewNobodysWord:
    """One such row as its list brings it."""

    sheet: str = field(repr=False)
    line: int
    names: Names = field(repr=False)
    word: BankWord
    said_on: date
    ends: date | None
    why: NobodysReason
    reason: str = field(repr=False)


def kept(act: Writing, batch_id: str, some: Iterable[NewNobodysWord]) -> None:
    """Keep the rows of a list that counts."""
    act.record_all(
        t.words_row,
        [
            {
                "batch_id": batch_id,
                "line": one.line,
                "word": one.word.value,
                "said_on": one.said_on,
                "ends": one.ends,
                "why": one.why.value,
                "content": json.dumps(
                    {"sheet": one.sheet, "names": asdict(one.names), "reason": one.reason}, ensure_ascii=False
                ),
            }
            for one in some
        ],
    )


def found(act: Writing, some: Iterable[tuple[str, str, str]]) -> None:
    """Their cases came: of each the row, the debtor and the case."""
    _became(act, NobodysState.FOUND, [(row, debtor, case) for row, debtor, case in some])


def let_go(act: Writing, row_ids: Iterable[str]) -> None:
    """They are nothing to us."""
    _became(act, NobodysState.LET_GO, [(row, None, None) for row in row_ids])


def _became(act: Writing, state: NobodysState, some: Iterable[tuple[str, str | None, str | None]]) -> None:
    act.record_all(
        t.words_row_line,
        [{"row_id": row, "debtor_id": debtor, "case_id": case, "state": state.value} for row, debtor, case in some],
    )
