"""The questions to one bank as a numbered file: what nobody has answered, those sent before marked as repeats."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from collector_desk.domain.message import Refused, msg
from collector_desk.domain.money.questions import COLUMNS, BankQuestion, cells
from collector_desk.domain.people import Act, require
from collector_desk.domain.vocabulary import QuestionState, SentMark
from collector_desk.exchange import outgoing
from collector_desk.exchange.sheets import SheetFormat, write_sheet
from collector_desk.services.desk.seat import Seat, acting, reading
from collector_desk.services.record import questions
from collector_desk.store.ids import new_id
from collector_desk.store.money import questions as asked
from collector_desk.words.messages import Lang, render


@dataclass(frozen=True, slots=True)
class QuestionsSent:
    """A list that went out: its number, the hash of its file, how many rows it has and how many of them again."""

    number: str
    bank: str
    sha256: str
    rows: int
    repeats: int


def export(seat: Seat, bank: str, target: Path, lang: Lang, *, replace: bool = False) -> QuestionsSent:
    """Write the file and the history of it, both or neither; they count as sent from then on.

    Raises Refused without the right, for an ending that is neither xlsx nor csv, ``money.questions.nothing`` where
    nothing is to be asked of this bank; Trouble as ``outgoing.writing``.
    """
    require(seat.person, Act.EXPORT)
    try:
        kind = SheetFormat(target.suffix.lower())
    except ValueError as error:
        raise Refused("exports.no_format", "file") from error
    outgoing.check(target, replace=replace)
    words = partial(render, lang=lang)
    headings = [words(msg(f"money.questions.column.{name}")) for name in COLUMNS]
    with reading(seat, Act.EXPORT) as conn:
        rows = asked.waiting(conn, bank)
    if not rows:
        raise Refused("money.questions.nothing", "bank", bank=bank)
    export_id, named = new_id(), False
    with ExitStack() as file:
        out = file.enter_context(outgoing.writing(target, replace=replace))
        lines = (cells(row, line, words) for line, row in enumerate(rows, 1))
        write_sheet(out, kind, headings, lines, title=words(msg("money.questions.sheet")), encoding="utf-8-sig")
        sha256 = outgoing.digest_of(out)
        try:
            with acting(seat, "bank.questions.export") as act:
                now = {one.id: one for one in asked.these(act.conn, [row.id for row in rows])}
                sent = [now[row.id] for row in rows]  # what was answered meanwhile stands there and stays answered
                questions.stands(act, sent, QuestionState.SENT, export_id=export_id)
                number = questions.list_sent(
                    act, export_id, bank=bank, rows=len(rows), sha256=sha256, filename=target.name
                )
                file.close()  # the file gets its name inside the act: where it can't, nothing is written of it
                named = True
        except BaseException:
            if named:
                outgoing.take_away(target)
            raise
    return QuestionsSent(number, bank, sha256, len(rows), _repeats(rows))


def _repeats(rows: list[BankQuestion]) -> int:
    return sum(row.mark is SentMark.REPEAT for row in rows)
