"""Taking a bank's list of cases into the store: recalled, stopped, going on, staying longer.

One commit makes all of it hold, case by case, so that nobody is dialled between two rows of a list; what
follows of a recall (promises, visits, who holds the case, the queue) comes after it in pieces, after a crash at the
next start.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from collector_desk.domain.book.closing import Ending, require_reason
from collector_desk.domain.book.lists import HiddenColumn
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.people import Act, require
from collector_desk.domain.plain import to_plain
from collector_desk.domain.states import BatchKind, BatchState
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import BankWord, PromiseState
from collector_desk.intake.case_word_values import CaseWordsFile
from collector_desk.intake.columns import NO_CHOICE, HiddenChoice
from collector_desk.intake.problems import Problem
from collector_desk.parsing.files import read_case_words
from collector_desk.services.desk.seat import Seat, acting, demand
from collector_desk.services.intake import case_word_plan, machine, words_held
from collector_desk.services.intake.case_word_plan import CaseWordsPlan
from collector_desk.services.intake.machine import Cancelled, Intake, Progress, Watching
from collector_desk.services.money.derive import work_stale
from collector_desk.services.record import accounts, bank_words, nobodys_words, promises, questions
from collector_desk.services.record.bank_words import Spoken
from collector_desk.store import tables as t
from collector_desk.store.book import bank_words as asked
from collector_desk.store.book import closing as closed
from collector_desk.store.book import derived
from collector_desk.store.book import nobodys_words as rows
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.importlock import importing
from collector_desk.store.intake import batches, unfinished
from collector_desk.store.intake.batches import BatchInfo
from collector_desk.store.intake.rows import keep_findings
from collector_desk.store.money import questions as questioned
from collector_desk.words.messages import Lang

_KIND = words_held.KIND


@dataclass(frozen=True, slots=True)
class CaseWordsDryRun:
    """What taking a list in would do. ``already``: the batch it became before."""

    file: CaseWordsFile
    plan: CaseWordsPlan
    already: str | None


@dataclass(frozen=True, slots=True)
class CaseWordsReport:
    """What became of a list. ``batch`` is None after a dry run; ``already`` says that nothing was changed."""

    filename: str
    sha256: str
    batch: str | None
    rows: int
    words: Mapping[BankWord, int]
    unmatched: int
    idle: int
    set_aside: int
    problems: tuple[Problem, ...] = field(repr=False)
    already: bool = False
    changes: Changes = field(default_factory=Changes, repr=False)
    hidden: tuple[HiddenColumn, ...] = ()


def preview(
    seat: Seat,
    source: Path,
    *,
    password: str | None = None,
    hidden: HiddenChoice = NO_CHOICE,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> CaseWordsDryRun:
    """Read a list and say what taking it in would do; writes nothing. Raises Trouble as ``read_case_words``."""
    demand(seat, Act.IMPORT)
    with machine.uncollected():
        file = read_case_words(source, password=password, progress=progress, cancelled=cancelled, hidden=hidden)
    with seat.store.read() as conn:
        return CaseWordsDryRun(file, case_word_plan.made(conn, file, seat.today()), _known(conn, file.sha256))


def dry_run(seen: CaseWordsDryRun) -> CaseWordsReport:
    """The report of a list that is not taken in."""
    return _report(seen.file, seen.plan, None, already=seen.already is not None)


def import_words(
    seat: Seat,
    seen: CaseWordsDryRun,
    *,
    language: Lang = "zh_CN",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> CaseWordsReport:
    """Take in what the preview showed. ``language``: in which a pair reads why their visit was called off.

    Raises Refused for anybody but a lead or the manager; Trouble ``intake.import_running`` while another imports.
    """
    return machine.take(CaseWordsIntake(seat, seen, language), Watching.by(progress, cancelled))


def _known(conn: Connection, sha256: str) -> str | None:
    """The batch this very list became; one that was undone is none."""
    found = batches.batch_of_file(conn, sha256, BatchKind.WORDS)
    return found.id if found and not asked.is_undone(conn, found.id) else None


def _report(
    file: CaseWordsFile,
    plan: CaseWordsPlan,
    batch: str | None,
    *,
    already: bool = False,
    changes: Changes | None = None,
) -> CaseWordsReport:
    return CaseWordsReport(
        file.filename,
        file.sha256,
        batch,
        len(file.rows) + file.set_aside,
        plan.counts,
        plan.unmatched,
        plan.idle,
        file.set_aside,
        (*file.problems, *plan.findings),
        already=already,
        changes=changes or Changes(),
        hidden=file.hidden,
    )


class WordsLeft:
    """Lists that never came to count, and one of which not everything followed yet."""

    def there(self, conn: Connection) -> bool:
        """Whether a killed import left any."""
        return (
            bool(batches.staged_batches(conn, BatchKind.WORDS))
            or unfinished.batch_of(conn, BatchKind.WORDS) is not None
        )

    def clear(self, seat: Seat) -> bool:
        """Drop the ones, go on with the other."""
        with seat.store.read() as conn:
            staged, left = batches.staged_batches(conn, BatchKind.WORDS), unfinished.batch_of(conn, BatchKind.WORDS)
        for batch_id in staged:
            _drop(seat, batch_id)
        if left is not None:
            words_held.follow(seat, left)
        return bool(staged) or left is not None


class CaseWordsIntake(Intake[CaseWordsReport]):
    """One list under way into the store."""

    left_over = WordsLeft()

    def __init__(self, seat: Seat, seen: CaseWordsDryRun, language: Lang) -> None:
        self.seat = seat
        self._file, self._plan, self._language = seen.file, seen.plan, language
        self._id, self._file_id = new_id(), ""

    def known(self) -> CaseWordsReport | None:
        """By the file's digest."""
        with self.seat.store.read() as conn:
            already = _known(conn, self._file.sha256)
        return _report(self._file, self._plan, already, already=True) if already else None

    def plan(self) -> CaseWordsReport | None:
        """Whose each row is; a list that is nobody's is kept all the same."""
        with self.seat.store.read() as conn:
            self._plan = case_word_plan.made(conn, self._file, self.seat.today(), self._plan)
        return None

    def stage(self, watching: Watching) -> None:
        """The file byte for byte, and what was found."""
        file, seat = self._file, self.seat
        by, now = seat.person.id, seat.now()
        info = BatchInfo(
            self._id, BatchState.STAGED, len(self._plan.words), file.set_aside, self._plan.unmatched, ()
        )
        with seat.store.write() as conn:
            self._file_id = batches.stage_file(
                conn, filename=file.filename, sha256=file.sha256, size=len(file.content), at=now, by=by
            )
            batches.stage_batch(
                conn,
                info,
                file_id=self._file_id,
                placement_id=None,
                at=now,
                by=by,
                kind=BatchKind.WORDS,
                hidden=to_plain(file.hidden),
            )
        for position, start in enumerate(range(0, len(file.content), batches.PIECE)):
            with seat.store.write() as conn:
                batches.keep_piece(conn, self._file_id, position, file.content[start : start + batches.PIECE])
        if watching.cancelled():
            raise Trouble("intake.cancelled", file=file.filename)

        def keep(some: list[Problem]) -> Callable[[Connection], None]:
            return lambda conn: keep_findings(conn, self._id, some)

        machine.all_pieces(seat, (*file.problems, *self._plan.findings), keep, sizes=(500, 5000))

    def undo(self) -> None:
        """The whole batch goes again."""
        _drop(self.seat, self._id)

    def commit(self) -> None:
        """Every word holds from now on, all in one: no case is dialled because its row stood further down."""
        file, plan = self._file, self._plan
        with acting(self.seat, _KIND) as act:
            received = {"file_id": self._file_id, "sha256": file.sha256, "filename": file.filename}
            act.record(t.file_received, received | {"size": len(file.content)})
            counts = {
                "rows": len(plan.words),
                "unmatched": plan.unmatched,
                "set_aside": file.set_aside,
                "words": {word.value: count for word, count in sorted(plan.counts.items())},
                "hidden": to_plain(file.hidden),
            }
            bank_words.taken(act, self._id, self._file_id, plan.bank, counts)
            nobodys_words.kept(act, self._id, plan.nobodys)
            words_held.hold(act, self._id, file.filename, plan.words)

    def finish(self, watching: Watching) -> CaseWordsReport:
        """What follows of it, a few debtors at a time."""
        words_held.follow(self.seat, self._id, self._language, watching.progress)
        return _report(self._file, self._plan, self._id, changes=Changes(everything=True))


def _drop(seat: Seat, batch_id: str) -> None:
    for piece in (batches.drop_findings, batches.drop_file_piece):
        more = True
        while more:
            with seat.store.write() as conn:
                more = piece(conn, batch_id)
    with seat.store.write() as conn:
        if batch_id in batches.staged_batches(conn, BatchKind.WORDS):
            batches.drop_batch(conn, batch_id)


# --- taken in by mistake -------------------------------------------------------------------------------------


def undo(seat: Seat, batch_id: str, *, reason: str) -> Changes:
    """Let hold again what held before a list that was taken in by mistake; visits called off stay so.

    Raises Refused for anybody but a lead, without a reason, where it was undone already, and where something was
    done with one of its debtors since.
    """
    require(seat.person, Act.CLOSE_CASE)
    words = cleaned(reason, 2000)
    require_reason(words)
    with importing(seat.store.folder):
        with acting(seat, "words.undo") as act:
            said = asked.of_batch(act.conn, batch_id)
            nobodys = rows.waiting_of(act.conn, batch_id)
            if not (said or nobodys) or asked.is_undone(act.conn, batch_id):
                raise Refused("intake.words.no_such_list")
            debtors = sorted({one.debtor_id for one in said})
            touched = asked.worked_on(act.conn, batch_id, debtors)
            if touched:
                raise Refused("intake.words.worked_on", count=touched)
            before = asked.held_before(act.conn, batch_id)
            today = seat.today()
            undone = [
                Spoken(one.debtor_id, one.case_id, BankWord.UNDONE, today, before[one.case_id], reason=words)
                for one in said
            ]
            bank_words.said(act, undone, batch_id)
            nobodys_words.let_go(act, nobodys)
            questions.settle(act, questioned.waiting_about(act.conn, nobodys))
            for one in said:
                account = closed.account_of(act.conn, one.case_id) if one.word is BankWord.RECALL else None
                owed = closed.owed_before(act.conn, one.case_id) if account is not None else None
                if account is not None and owed is not None:
                    accounts.end(act, account, Ending.REOPENED, balance_minor=owed, reason=words)
            for promise_id, debtor_id in asked.voided_with(act.conn, batch_id):
                promises.set_state(act, promise_id, debtor_id, PromiseState.OPEN)
            derived.mark_due(act.conn, debtors, act.at)
        work_stale(seat)
        return Changes(debtors=frozenset(debtors))
