"""A placement's month sent out: a workbook with every row, or a paper to sign; each file one numbered act."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from collector_desk.documents.fonts import shared_fonts
from collector_desk.documents.month import MonthList, MonthPaper, month_pdf
from collector_desk.domain.exports.month import Row, Words, amount, figures_of, lists, right, shown, tables
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.money.month import PlacementMonth, facts
from collector_desk.domain.money.reconciling import MonthSums
from collector_desk.domain.people import Act, require
from collector_desk.domain.plain import digest
from collector_desk.exchange import outgoing
from collector_desk.exchange.sheets import write_sheets
from collector_desk.exchange.workbook import SheetPage
from collector_desk.services.desk.letterheads import letterhead, words_in
from collector_desk.services.desk.seat import Seat, acting, reading
from collector_desk.services.record import exports
from collector_desk.store import tables as t
from collector_desk.store.journal import head
from collector_desk.store.numbers import next_number
from collector_desk.words.messages import Lang, render

_TRIES = 5
_FIGURES = ("item", "said", "of_which_late")


class MonthFormat(StrEnum):
    """The kinds of file, by the ending of their names."""

    XLSX = ".xlsx"
    PDF = ".pdf"


@dataclass(frozen=True, slots=True)
class MonthSent:
    """A file that went out."""

    number: str
    sha256: str
    filename: str


def export(seat: Seat, seen: PlacementMonth, target: Path, lang: Lang, *, replace: bool = False) -> MonthSent:
    """Write the file and the history of it, both or neither; the ending of its name says which kind it is.

    Raises Refused without the right, ``exports.no_month_format``; Trouble as ``outgoing.writing``. Slow: for a
    worker.
    """
    require(seat.person, Act.EXPORT)
    try:
        kind = MonthFormat(target.suffix.lower())
    except ValueError as error:
        raise Refused("exports.no_month_format", "file") from error
    outgoing.check(target, replace=replace)
    for _ in range(_TRIES):
        with reading(seat, Act.EXPORT) as conn:
            _, expected = next_number(conn, t.month_export)  # it stands on the paper, and is given out afterwards
        made = _workbook(seat, seen, lang) if kind is MonthFormat.XLSX else _paper(seat, seen, lang, expected)
        with suppress(_MeanwhileError):
            return _write(seat, seen, target, made, expected, replace=replace)
    raise Refused("exports.too_busy")


def _write(
    seat: Seat, seen: PlacementMonth, target: Path, made: bytes, expected: str, *, replace: bool
) -> MonthSent:
    sha256, named = hashlib.sha256(made).hexdigest(), False
    with ExitStack() as file:
        out = file.enter_context(outgoing.writing(target, replace=replace))
        out.write(made)
        try:
            with acting(seat, "month.export") as act:
                require(seat.person, Act.EXPORT)
                number = exports.month_sent(act, seen, sha256=sha256, filename=target.name)
                _require_same(number, expected)
                file.close()  # the file gets its name inside the act: where it can't, nothing is written of it
                named = True
        except BaseException:
            if named:
                outgoing.take_away(target)
            raise
    return MonthSent(expected, sha256, target.name)


def _require_same(number: str, expected: str) -> None:
    if number != expected:
        raise _MeanwhileError


class _MeanwhileError(Exception):
    """Another one of this kind went out between the look and the act."""


def _workbook(seat: Seat, seen: PlacementMonth, lang: Lang) -> bytes:
    words = _words(seat, lang)
    pages = [
        SheetPage(words(msg(f"money.month.sheet.{one.name}")), one.rows(), _heads(one.columns, words))
        for one in tables(seen, words)
    ]
    out = io.BytesIO()
    write_sheets(out, pages)
    return out.getvalue()


def _paper(seat: Seat, seen: PlacementMonth, lang: Lang, number: str) -> bytes:
    words = _words(seat, lang)
    with reading(seat, Act.EXPORT) as conn:
        agency, chain = letterhead(conn), head(conn).hash.hex()
    figures = [
        MonthList(
            f"{words(msg('money.month.sheet.figures'))} {one.currency}",
            tuple(_heads(_FIGURES, words)),
            tuple(shown(_figure_rows(one, words))),
            right=right(_FIGURES),
        )
        for one in seen.sums
    ]
    others = [
        MonthList(
            words(msg(f"money.month.sheet.{one.name}")),
            tuple(_heads(one.columns, words)),
            tuple(shown(one.rows())),
            # with nothing to compare with, "none" would say that both agree
            words(msg("money.month.theirs_missing")) if one.name == "differences" and seen.theirs is None else "",
            right(one.columns),
        )
        for one in lists(seen, words)
    ]
    paper = MonthPaper(
        number,
        str(seen.month),
        tuple((words(msg(code)), words(said)) for code, said in facts(seen)),
        tuple(figures),
        tuple(others),
        seat.person.name,
        seat.now(),
        digest([[one.case_id, one.currency, one.opening, *one.changes.parts] for one in seen.part.cases]),
        chain,
        seat.zone,
    )
    return month_pdf(paper, lang, agency, words_in(lang), shared_fonts()).data


def _figure_rows(one: MonthSums, words: Words) -> Iterator[Row]:
    for name, minor, late in figures_of(one):
        shown_late = amount(late, one.currency) if late else ""
        yield words(msg(f"money.month.column.{name}")), amount(minor, one.currency), shown_late


def _heads(columns: Sequence[str], words: Words) -> list[str]:
    return [words(msg(f"money.month.column.{name}")) for name in columns]


def _words(seat: Seat, lang: Lang) -> Words:
    """Sentences in which an instant stands with its whole day: they are read in other years too."""
    zone = ZoneInfo(seat.zone)

    def words(message: Message) -> str:
        exact = {
            name: f"{value.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value
            for name, value in message.params.items()
        }
        return render(Message(message.code, exact), lang)

    return words
