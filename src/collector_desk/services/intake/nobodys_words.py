"""Rows of banks' lists that name no case of ours: listed, asked of, let go, tried again with every placement."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from collector_desk.domain.book.bank_words import SpokenOf, objection
from collector_desk.domain.book.nobodys_words import NobodysWord
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Refused
from collector_desk.domain.money.questions import NewQuestion
from collector_desk.domain.people import Act, require
from collector_desk.domain.states import BatchKind
from collector_desk.domain.vocabulary import NobodysReason, QuestionKind
from collector_desk.services.desk.seat import Seat, acting, reading
from collector_desk.services.intake import words_held
from collector_desk.services.intake.case_word_match import Directory
from collector_desk.services.intake.case_word_plan import PlannedWord
from collector_desk.services.record import nobodys_words, questions
from collector_desk.store.book import nobodys_words as asked
from collector_desk.store.intake import unfinished
from collector_desk.store.money import matching
from collector_desk.store.money import questions as questioned

AT_ONCE = 200
"""So many are asked or let go in one transaction: more would hold up every other seat."""


def waiting(seat: Seat) -> tuple[NobodysWord, ...]:
    """All that wait, those nobody asked of first. Raises Refused for who may not ask a bank."""
    with reading(seat, Act.SETTLE_PAYMENT) as conn:
        return tuple(sorted(asked.waiting(conn), key=lambda one: one.asked))


def ask(seat: Seat, found: Sequence[NobodysWord], bank: str = "") -> Changes:
    """Put these to the questions for their bank; the same once. ``bank``: whose they are, where no list says it.

    Raises Refused for who may not; ``intake.words.whose_list`` where nothing tells the bank,
    ``money.settling.too_many``.
    """
    require(seat.person, Act.SETTLE_PAYMENT)
    _few(found)
    with acting(seat, "bank.question") as act:
        banks = matching.banks(act.conn)
        here = {one.id for one in asked.waiting(act.conn)}
        unsaid = bank.strip() or (banks[0] if len(banks) == 1 else "")
        wanted = [_question(one, one.bank or unsaid) for one in found if one.id in here]
        if any(one.bank not in banks for one in wanted):
            raise Refused("intake.words.whose_list", "bank", banks=banks)
        questions.ask_all(act, wanted)
    return Changes(everything=True)


def let_go(seat: Seat, found: Sequence[NobodysWord]) -> Changes:
    """They are nothing to us: tried no more, and nobody has to answer for them. Raises Refused for who may not."""
    require(seat.person, Act.SETTLE_PAYMENT)
    _few(found)
    with acting(seat, "bank.question") as act:
        here = {one.id for one in asked.waiting(act.conn)}
        gone = [one.id for one in found if one.id in here]
        nobodys_words.let_go(act, gone)
        questions.settle(act, questioned.waiting_about(act.conn, gone))
    return Changes(everything=True)


def try_again(seat: Seat) -> int:
    """Let what waits hold for the cases that came since; says how many found theirs.

    What the bank said of a case before it placed it holds no more, and the row waits on. Again after a crash:
    nothing is said twice.
    """
    with seat.store.read() as conn:
        left = unfinished.batch_of(conn, BatchKind.WORDS)
    if left is not None:
        words_held.follow(seat, left)
    with seat.store.read() as conn:
        rows = asked.waiting(conn)
        cases = _cases(Directory.of(conn, [one.names for one in rows]), rows)
    by_list: defaultdict[str, list[NobodysWord]] = defaultdict(list)
    for one in rows:
        if one.id in cases:
            by_list[one.batch_id].append(one)
    for batch_id, theirs in by_list.items():
        with acting(seat, words_held.KIND) as act:
            here = {one.id for one in asked.waiting(act.conn)}  # another seat may have been quicker
            some = [one for one in theirs if one.id in here]
            now = _cases(Directory.of(act.conn, [one.names for one in some]), some)
            nobodys_words.found(act, [(row, case.debtor_id, case.id) for row, case in now.items()])
            questions.settle(act, questioned.waiting_about(act.conn, now))
            words_held.hold(act, batch_id, some[0].filename if some else "", _planned(some, now, seat.today()))
        words_held.follow(seat, batch_id)
    return len(cases)


def _few(found: Sequence[NobodysWord]) -> None:
    if len(found) > AT_ONCE:
        raise Refused("money.settling.too_many", "rows", most=AT_ONCE)


def _question(row: NobodysWord, bank: str) -> NewQuestion:
    figures = {"day": row.said_on, "word": Message(f"BankWord.{row.word}")}
    return NewQuestion(QuestionKind.WORD_UNMATCHED, about=row.id, figures=figures, bank=bank)


def _cases(directory: Directory, rows: Sequence[NobodysWord]) -> dict[str, SpokenOf]:
    """By row the case that came, of the list's own bank, and not placed after what was said."""
    found: dict[str, SpokenOf] = {}
    for row in rows:
        case = directory.meant(row.names)
        if isinstance(case, NobodysReason) or (row.bank and case.bank != row.bank):
            continue
        if case.placed_on is None or row.said_on >= case.placed_on:
            found[row.id] = case
    return found


def _planned(rows: Sequence[NobodysWord], cases: dict[str, SpokenOf], today: date) -> list[PlannedWord]:
    """What holds of it: of two rows for one case the first."""
    words: dict[str, PlannedWord] = {}
    for row in rows:
        case = cases.get(row.id)
        if case is not None and case.id not in words and objection(case, row.word, row.ends, today) is None:
            words[case.id] = PlannedWord(case, row.word, row.said_on, row.ends, row.reason)
    return list(words.values())
