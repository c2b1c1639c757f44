"""What a bank is asked about the money it told of, and what becomes of it: the one writer of both.

``ask`` and ``ask_all`` may be called again and again: the same question is asked once, and anew only where its
reason had gone in between (``settle``).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from collector_desk.domain.money.questions import WAITING, NewQuestion
from collector_desk.domain.vocabulary import QuestionKind, QuestionState
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t
from collector_desk.store.money import questions as asked
from collector_desk.store.money.promised import placed
from collector_desk.store.money.questions import AskedBefore
from collector_desk.store.numbers import next_number


def ask(
    act: Writing,
    debtor_id: str | None,
    case_id: str | None,
    kind: QuestionKind,
    *,
    about: str | None = None,
    bank: str = "",
    **figures: object,
) -> bool:
    """Ask a bank one thing; says whether it was news. ``figures``: those of the sentence of this kind."""
    return ask_all(act, [NewQuestion(kind, debtor_id, case_id, about, figures, bank)]) == 1


def ask_all(act: Writing, wanted: Sequence[NewQuestion]) -> int:
    """Ask many things at once; says how many were news."""
    if not wanted:
        return 0
    known = asked.asked_already(act.conn, wanted)
    fresh: dict[asked.Same, NewQuestion] = {}
    for one in wanted:
        key = asked.same(one)
        if key not in known:
            fresh.setdefault(key, one)
    unnamed = sorted({one.case_id for one in fresh.values() if not one.bank and one.case_id})
    banks = {case_id: of.bank for case_id, of in placed(act.conn, unnamed).items()} if unnamed else {}
    act.record_all(t.bank_question, [_row(one, banks) for one in fresh.values()])
    return len(fresh)


def _row(question: NewQuestion, banks: dict[str, str]) -> dict[str, object]:
    bank = question.bank or banks.get(question.case_id or "", "")
    if not bank:
        raise ValueError("a question needs a bank, or a case whose bank is known")
    return {
        "bank_name": bank,
        "kind": question.kind.value,
        "debtor_id": question.debtor_id,
        "case_id": question.case_id,
        "about_id": question.about,
        "figures": asked.figures_of(question),
    }


def stands(
    act: Writing,
    found: Iterable[AskedBefore],
    state: QuestionState,
    *,
    words: str = "",
    answered_on: date | None = None,
    export_id: str | None = None,
) -> int:
    """Write how these questions stand from now on; those that wait no more stay as they are. Says how many moved.

    ``export_id``: the list they went out in, in this order.
    """
    moved = [(line, one) for line, one in enumerate(found, 1) if one.state in WAITING]
    lines = [
        {
            "question_id": one.id,
            "state": state.value,
            "export_id": export_id,
            "line": line if export_id else None,
            "answered_on": answered_on,
            "words": words or None,
        }
        for line, one in moved
    ]
    act.record_all(t.bank_question_line, lines, [one.debtor_id or "" for _, one in moved])
    return len(moved)


def settle(act: Writing, found: Iterable[AskedBefore]) -> int:
    """What made these questions is gone: nobody has to answer them any more."""
    return stands(act, found, QuestionState.SETTLED)


def list_sent(act: Writing, export_id: str, *, bank: str, rows: int, sha256: str, filename: str) -> str:
    """Write that a list of questions went out in one file; returns its number."""
    serial, number = next_number(act.conn, t.questions_export)
    act.record(
        t.questions_export,
        {
            "id": export_id,
            "issuer": act.store_id,
            "serial": serial,
            "bank_name": bank,
            "rows": rows,
            "sha256": sha256,
            "filename": filename,
        },
    )
    return number
