"""Mandates that end: what a lead is shown of them, and the list of cases a bank is asked to leave with us."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct import mandate as mandates
from collector_desk.domain.exports import bank_lists as lists
from collector_desk.domain.exports.bank_lists import EndingCase, EndingMandate
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act
from collector_desk.domain.vocabulary import BankListKind
from collector_desk.exchange import outgoing
from collector_desk.exchange.sheets import SheetFormat, write_sheet
from collector_desk.services.desk.seat import Seat, Writing, acting, reading
from collector_desk.services.gate import facts
from collector_desk.services.record import exports
from collector_desk.store.exports import bank_lists as asked
from collector_desk.store.exports.bank_lists import SentList
from collector_desk.words.messages import Lang, render

_MOST = 50


@dataclass(frozen=True, slots=True)
class ListSent:
    """A list that went out: its number, and how many cases are on it."""

    number: str
    rows: int
    sha256: str
    changes: Changes


def board(seat: Seat) -> tuple[EndingMandate, ...]:
    """The mandates that end within the days a lead is warned before, or are over with cases still here."""
    with reading(seat, Act.EXPORT) as conn:
        packs = facts.active_packs(conn)
        day = mandates.law_day(packs, seat.now())
        return tuple(asked.mandates(conn, lists.last_warned(day, mandates.warned_days(packs))))


def law_day(seat: Seat) -> date:
    """The day by which mandates are over."""
    with seat.store.read() as conn:
        return facts.law_day(conn, seat.now())


def cases_of(seat: Seat, mandate: EndingMandate) -> tuple[EndingCase, ...]:
    """The cases of it, those worth asking for before the others."""
    with reading(seat, Act.EXPORT) as conn:
        found = asked.ending_cases(conn, mandate.placement_id, mandate.ends, mandate.ends)
    return tuple(sorted(found, key=lambda case: not case.worth))


def sent(seat: Seat, placement_id: str) -> tuple[SentList, ...]:
    """The lists of a placement that went out, the last first."""
    with reading(seat, Act.EXPORT) as conn:
        return asked.lists(conn, placement_id, most=_MOST)


def ask(
    seat: Seat,
    mandate: EndingMandate,
    case_ids: Collection[str],
    until: date | None,
    target: Path,
    *,
    language: Lang = "zh_CN",
    replace: bool = False,
) -> ListSent:
    """Write the list of the cases the bank is asked to leave with us, and the history of it, both or neither.

    ``until``: the day until which. The bank fills in its answer in the last columns; the file is read so again.
    Raises Refused without the right, for a day that is none, where no case is chosen or one isn't open any more;
    Trouble as ``outgoing.writing``. Slow: for a worker.
    """
    if until is None or until <= mandate.ends or until < law_day(seat):
        raise Refused("exports.lists.no_until", "until", ends=mandate.ends)
    outgoing.check(target, replace=replace)
    with reading(seat, Act.EXPORT) as conn:
        every = asked.ending_cases(conn, mandate.placement_id, mandate.ends, mandate.ends)
        last = asked.last_list(conn, mandate.placement_id)
    chosen = [case for case in every if case.id in case_ids]
    if not chosen or len(chosen) != len(set(case_ids)):
        raise Refused("exports.lists.no_cases", "cases")
    kind = BankListKind.EXTENSION
    with one_file(seat, target, replace=replace) as (out, act):
        sha256 = write(seat, out, kind, chosen, until, language)
        if asked.last_list(act.conn, mandate.placement_id) != last:
            raise Refused("exports.too_busy")
        _, number = exports.list_sent(act, kind, mandate.placement_id, mandate.bank, chosen, sha256, target.name)
    return ListSent(number, len(chosen), sha256, Changes(everything=True))


@contextmanager
def one_file(seat: Seat, target: Path, *, replace: bool) -> Iterator[tuple[BinaryIO, Writing]]:
    """A file and the history of it, both or neither: the file gets its name inside the act."""
    named = False
    with ExitStack() as file:
        out = file.enter_context(outgoing.writing(target, replace=replace))
        try:
            with acting(seat, "bank_list") as act:
                yield out, act
                file.close()
                named = True
        except BaseException:
            if named:
                outgoing.take_away(target)
            raise


def write(
    seat: Seat, out: BinaryIO, kind: BankListKind, some: Sequence[EndingCase], on: date, language: Lang
) -> str:
    """Write the table into the file; returns its digest."""
    words = partial(render, lang=language)
    rows = (lists.cells(kind, case, on, words, seat.local) for case in some)
    title = "".join(char for char in words(lists.title(kind)) if char.isalnum())
    write_sheet(out, SheetFormat.XLSX, lists.headings(kind, words), rows, title=title, encoding="utf-8")
    digest = hashlib.sha256()
    out.seek(0)
    while piece := out.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()
