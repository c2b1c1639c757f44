"""Contact records (催记回传) or cases as they stand, sent back to the bank: what would go out, the file."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from collector_desk.domain.exports.contacts import CellPrinting, Printing, SentRow, Span, rows_to_send
from collector_desk.domain.exports.layout import ContactField, ContactLayout, LayoutKind
from collector_desk.domain.exports.lists import ExportLine
from collector_desk.domain.exports.status import StatusPrinting
from collector_desk.domain.message import Message, Refused
from collector_desk.domain.people import Act, may, require
from collector_desk.domain.text.cells import Cell
from collector_desk.domain.vocabulary import SentMark
from collector_desk.exchange import outgoing
from collector_desk.exchange.sheets import SheetFormat, write_sheet
from collector_desk.packs.layouts import layout_named
from collector_desk.services.desk.seat import Seat, Writing, acting, reading
from collector_desk.services.record import exports
from collector_desk.store.book.placements import bank_of, placements
from collector_desk.store.engine import Connection
from collector_desk.store.exports import contacts as asked
from collector_desk.store.exports import status
from collector_desk.store.ids import new_id
from collector_desk.words.messages import Lang, render

_TRIES = 5
_PREVIEWED = 200
_PIECE = 200  # rows that are written into the store at once


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: contacts of one placement, or its cases as they stand, as the layout has it.

    Without days whatever the bank hasn't, or has otherwise; with ``first`` and ``last`` day everything of those
    days, what went out already as a repeat.
    """

    placement_id: str
    layout_id: str
    first: date | None = None
    last: date | None = None
    kind: LayoutKind | None = None  # what the layout has to be of; None: whatever it is
    again: bool = False  # what went out already too

    @property
    def repeats(self) -> bool:
        """Whether rows that went out already are wanted again."""
        return self.again or self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class ContactsPreview:
    """What would go out: how many rows of each kind, how many notes are withheld, the first rows behind masks.

    ``asks_notes``: the layout wants also notes whose reason is health or family; a lead may release them.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    marks: tuple[SentMark, ...]  # of these rows
    counts: Mapping[SentMark, int]
    withheld: int
    asks_notes: bool
    before: tuple[ExportLine, ...]

    @property
    def total(self) -> int:
        """How many rows there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class ContactsSent:
    """A file that went out: its number, and what is in it."""

    number: str
    sha256: str
    counts: Mapping[SentMark, int]
    withheld: int
    since: datetime | None
    until: datetime

    @property
    def total(self) -> int:
        """How many rows there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What one look at the store found for a wish."""

    layout: ContactLayout
    rows: tuple[SentRow[Any], ...]
    span: Span
    last_export: str | None
    placed_on: date | None
    bank: str

    @property
    def counts(self) -> dict[SentMark, int]:
        found = Counter(row.mark for row in self.rows)
        return {mark: found[mark] for mark in SentMark}


def placement_numbered(seat: Seat, number: str) -> str:
    """The id of the placement of this number. Raises Refused where there is none, or several banks have it."""
    with reading(seat, Act.EXPORT) as conn:
        known = [one.id for one in placements(conn) if one.number == number.strip()]
    if len(known) != 1:
        code = "exports.several_placements" if known else "exports.no_placement"
        raise Refused(code, "placement", number=number.strip()[:80])
    return known[0]


def preview(seat: Seat, wish: Wish) -> ContactsPreview:
    """What an export would hold now; nothing is written. Raises as ``export``, but for an empty one."""
    layout = layout_named(wish.layout_id)
    with reading(seat, Act.EXPORT) as conn:
        found = _gather(conn, seat, wish, layout)
        before = asked.export_lines(conn, wish.placement_id, most=_PREVIEWED)
    printing = _printing(seat, found, covered=True)
    for row in found.rows[_PREVIEWED:]:
        printing.cells(row)  # a word without a code is said before anything is written
    return ContactsPreview(
        headings=tuple(column.heading for column in layout.columns),
        rows=tuple(printing.cells(row) for row in found.rows[:_PREVIEWED]),
        marks=tuple(row.mark for row in found.rows[:_PREVIEWED]),
        counts=found.counts,
        withheld=sum(printing.withholds(row.contact) for row in found.rows),
        asks_notes=layout.sensitive_notes,
        before=before,
    )


def export(
    seat: Seat,
    wish: Wish,
    target: Path,
    *,
    release_notes: bool = False,
    replace: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ContactsSent:
    """Write the file and the history of it, both or neither; the ending of its name says which kind it is.

    ``release_notes``: a lead lets notes with a sensitive reason go out where the layout asks for them. ``progress``
    gets how many of how many rows are written; what it raises stops the work, and nothing is left. Raises Refused
    without the right, for an unknown layout, for a word without a code in it, where nothing is to be sent; Trouble
    for a broken layout, and as ``outgoing.writing``. Slow: for a worker.
    """
    require(seat.person, Act.EXPORT)
    if release_notes:
        require(seat.person, Act.RELEASE_NOTES)
    kind = _kind(target)
    outgoing.check(target, replace=replace)
    layout = layout_named(wish.layout_id)
    for _ in range(_TRIES):
        with reading(seat, Act.EXPORT) as conn:
            found = _gather(conn, seat, wish, layout)
        if not found.rows:
            raise Refused("exports.nothing_new")
        with suppress(_MeanwhileError):
            return _write(seat, wish, found, target, kind, progress, release=release_notes, replace=replace)
    raise Refused("exports.too_busy")


class _MeanwhileError(Exception):
    """Another export of the same came between the look and the act."""


def _write(
    seat: Seat,
    wish: Wish,
    found: _Gathered,
    target: Path,
    kind: SheetFormat,
    progress: Callable[[int, int], None],
    *,
    release: bool,
    replace: bool,
) -> ContactsSent:
    printing = _printing(seat, found, released=release)
    layout, named = found.layout, False
    with ExitStack() as file:
        out = file.enter_context(outgoing.writing(target, replace=replace))
        headings = [column.heading for column in layout.columns]
        cells = _cells(printing, found.rows, progress)
        write_sheet(out, kind, headings, cells, title=layout.sheet, encoding=layout.encoding)
        sha256 = outgoing.digest_of(out)
        export_id = new_id()
        for start in range(0, len(found.rows), _PIECE):  # so that nobody waits long for the store
            with acting(seat, "contacts.export") as act:
                piece = found.rows[start : start + _PIECE]
                exports.rows_sent(act, export_id, piece, first_line=start + 1)
        try:
            with acting(seat, "contacts.export") as act:
                _refuse_if_meanwhile(act, seat, wish, found, release=release)
                number = exports.contacts_sent(
                    act,
                    export_id,
                    rows=len(found.rows),
                    placement_id=wish.placement_id,
                    bank_name=found.bank,
                    layout=layout,
                    since=found.span.since,
                    until=found.span.until,
                    sha256=sha256,
                    filename=target.name,
                    notes_released=release,
                )
                file.close()  # the file gets its name inside the act: where it can't, nothing is written of it
                named = True
        except BaseException:
            if named:
                outgoing.take_away(target)
            raise
    withheld = sum(printing.withholds(row.contact) for row in found.rows)
    return ContactsSent(number, sha256, found.counts, withheld, found.span.since, found.span.until)


def _refuse_if_meanwhile(act: Writing, seat: Seat, wish: Wish, found: _Gathered, *, release: bool) -> None:
    require(seat.person, Act.EXPORT)
    if release:
        require(seat.person, Act.RELEASE_NOTES)
    if asked.covered(act.conn, wish.placement_id, wish.layout_id).last != found.last_export:
        raise _MeanwhileError


def _cells(
    printing: CellPrinting[Any], rows: Sequence[SentRow[Any]], progress: Callable[[int, int], None]
) -> Iterator[tuple[Cell, ...]]:
    for done, row in enumerate(rows):
        if done % 100 == 0:
            progress(done, len(rows))
        yield printing.cells(row)


def _gather(conn: Connection, seat: Seat, wish: Wish, layout: ContactLayout) -> _Gathered:
    if wish.kind not in (None, layout.kind):
        raise Refused("exports.other_kind", "layout", name=layout.id, kind=wish.kind)
    covered = asked.covered(conn, wish.placement_id, layout.id)
    span = _span(seat, wish)
    wants_address = any(column.field is ContactField.DISTRICT for column in layout.columns)
    sent = asked.sent_before(conn, wish.placement_id, layout.id)
    rows: tuple[SentRow[Any], ...]
    if layout.kind is LayoutKind.STATUS:
        cases = status.cases_of(conn, wish.placement_id, seat.today(), span.until)
        rows = rows_to_send(cases, sent, (), span=span, repeats=wish.repeats)  # what holds now is never late
    else:
        contacts = asked.contacts_of(conn, wish.placement_id, sent, seat.today(), addresses=wants_address)
        rows = rows_to_send(contacts, sent, covered.spans, span=span, repeats=wish.repeats)
    placed_on = asked.placed_on(conn, wish.placement_id)
    return _Gathered(layout, rows, span, covered.last, placed_on, bank_of(conn, wish.placement_id))


def _span(seat: Seat, wish: Wish) -> Span:
    """The instants between which a contact lies. Raises Refused where the days are the wrong way round."""
    if wish.first and wish.last and wish.last < wish.first:
        raise Refused("exports.days_backwards", "last")
    now, zone = seat.now(), ZoneInfo(seat.zone)
    since = datetime.combine(wish.first, time(), zone) if wish.first else None
    if wish.last is None:
        return Span(since, now)
    end = datetime.combine(wish.last + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    return Span(since, min(end.astimezone(now.tzinfo), now))


def _printing(seat: Seat, found: _Gathered, *, released: bool = False, covered: bool = False) -> CellPrinting[Any]:
    language = cast("Lang", found.layout.language)
    words: Callable[[Message], str] = partial(render, lang=language)
    hides = not may(seat.person.roles, Act.SEE_RETURNED)
    printing = StatusPrinting if found.layout.kind is LayoutKind.STATUS else Printing
    return printing(found.layout, words, ZoneInfo(seat.zone), found.placed_on, released, covered, hides)


def _kind(target: Path) -> SheetFormat:
    try:
        return SheetFormat(target.suffix.lower())
    except ValueError as error:
        raise Refused("exports.no_format", "file") from error
