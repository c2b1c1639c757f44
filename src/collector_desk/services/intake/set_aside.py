"""Rows a bank's file set aside: seen again, corrected cell by cell, and taken in by the same machine as the file.

What the bank sent stays as it was: a correction is a line of history, and a row is read again as a whole, by the
same reader under the same header, whenever it is looked at and when it comes in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Refused
from collector_desk.domain.people import Act, require
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.intake import cells
from collector_desk.intake.columns import Field
from collector_desk.intake.placement import read_again
from collector_desk.intake.problems import ProblemSeverity
from collector_desk.intake.rowreader import REMARK_LIMIT
from collector_desk.intake.values import AsideRow, PlacementFile, PlacementRow
from collector_desk.services.desk.seat import Seat, acting, reading
from collector_desk.services.intake import machine
from collector_desk.services.intake.machine import Watching
from collector_desk.services.intake.placement_plan import key_of
from collector_desk.services.intake.placement_report import masked_cell
from collector_desk.services.intake.placements import ImportReport, PlacementIntake, report_of
from collector_desk.services.record import access
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.intake import aside, batches
from collector_desk.store.intake.aside import KeptRow

_KIND = "aside.correct"
_LOOKED = "aside_row"


@dataclass(frozen=True, slots=True)
class AsideLine:
    """One row in the list of a batch: where it stood, why it stayed out, what became of it. Nothing personal."""

    id: str
    sheet: str
    line: int
    reasons: tuple[Message, ...]
    corrections: int
    taken: bool


@dataclass(frozen=True, slots=True)
class AsideCell:
    """A cell under its heading; ``was`` is what the bank sent, where that was corrected. Behind the mask unless
    somebody who may asked for it in clear."""

    place: int
    header: str
    value: str = field(repr=False)
    was: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One row opened: its cells, and what the reader says of them as they stand now."""

    line: AsideLine
    filename: str
    cells: tuple[AsideCell, ...]
    refused: tuple[Message, ...]
    warned: tuple[Message, ...]
    clear: bool

    @property
    def ready(self) -> bool:
        """Whether it could be taken in as it stands."""
        return not self.refused and not self.line.taken


def lines(seat: Seat, batch_id: str) -> tuple[AsideLine, ...]:
    """The rows of a batch that stayed out, those that came in since among them."""
    with reading(seat, Act.IMPORT) as conn:
        reasons = aside.reasons_of(conn, batch_id)
        return tuple(_line(row, reasons) for row in aside.rows_of(conn, batch_id))


def waiting(seat: Seat) -> dict[str, int]:
    """How many rows of each batch are still to be corrected."""
    with reading(seat, Act.IMPORT) as conn:
        return aside.open_counts(conn)


def open_row(seat: Seat, row_id: str) -> OpenRow:
    """One row, what is personal in it behind its mask. Refused ``intake.aside.gone``."""
    with reading(seat, Act.IMPORT) as conn:
        return _opened(conn, row_id, seat.today(), clear=False)


def open_clear(seat: Seat, row_id: str) -> OpenRow:
    """The same in clear; a line of history says who looked."""
    require(seat.person, Act.IMPORT)
    require(seat.person, Act.SEE_UNMASKED)
    with acting(seat, "access.unmask") as act:
        found = _opened(act.conn, row_id, seat.today(), clear=True)
        access.note(act, _LOOKED, row_id)
    return found


def correct(seat: Seat, row_id: str, values: Mapping[int, str], reason: str, *, corrections: int) -> Changes:
    """Put other values into cells, by their place; each is a line of history with what stood there and why.

    ``corrections``: as many as the row had when it was looked at. Raises Refused ``intake.aside.changed`` where it
    has more by now, ``intake.aside.taken`` where it came in, ``intake.aside.reason_missing``,
    ``intake.aside.nothing_changed``, ``intake.too_long``.
    """
    require(seat.person, Act.IMPORT)
    why = cleaned(reason, 500)
    if not why:
        raise Refused("intake.aside.reason_missing", "reason")
    if any(len(value) > REMARK_LIMIT for value in values.values()):
        raise Refused("intake.too_long", limit=REMARK_LIMIT)
    with acting(seat, _KIND) as act:
        row = _still_out(act.conn, row_id)
        if row.corrections != corrections:
            raise Refused("intake.aside.changed")
        now = row.cells
        changed = {place: value for place, value in values.items() if cells.plain(now[place]) != value}
        if not changed:
            raise Refused("intake.aside.nothing_changed")
        for place, value in sorted(changed.items()):
            act.record(
                t.aside_correction,
                {
                    "row_id": row.id,
                    "batch_id": row.batch_id,
                    "place": place,
                    "was": cells.plain(now[place]),
                    "value": value,
                    "reason": why,
                },
            )
    return Changes(everything=True)


def take_in(seat: Seat, row_ids: Iterable[str]) -> ImportReport:
    """Read rows of one batch again as they stand, and take in what can be; the others stay where they are.

    A row comes in once: ``intake.aside.taken`` where all of them did already. Otherwise as
    ``placements.import_placement``.
    """
    return machine.take(AsideIntake(seat, tuple(row_ids)), Watching.by(None, None))


class AsideIntake(PlacementIntake):
    """Rows set aside on their way in: a batch of its own, of the file that lies in the store already."""

    def __init__(self, seat: Seat, row_ids: Sequence[str]) -> None:
        with reading(seat, Act.IMPORT) as conn:
            self._rows = [_still_out(conn, row_id) for row_id in row_ids]
            batches_named = {row.batch_id for row in self._rows}
            if len(batches_named) != 1:
                raise Refused("intake.aside.gone")
            (self.from_batch,) = batches_named
            self._kept = aside.file_of(conn, self.from_batch)
            super().__init__(seat, _read(conn, self._rows, seat.today()), {})

    def known(self) -> ImportReport | None:
        """The file is known, which is why we are here; whether the rows still wait is asked under the lock."""
        return None

    def plan(self) -> ImportReport | None:
        """Read them anew, for somebody may have corrected or taken them meanwhile."""
        with self.seat.store.read() as conn:
            self._rows = [_still_out(conn, row.id) for row in self._rows]
            self._file = _read(conn, self._rows, self.seat.today())
        if not self._file.rows:
            return report_of(self._file, self._plan)
        # a placement of which no row came in until now: its terms are filled in afterwards, like those of any other
        self._terms = dict.fromkeys(self._file.placements, PlacementTerms(self._file.bank_hint))
        return super().plan()

    def _keep_file(self, conn: Connection, now: datetime) -> str:  # noqa: ARG002 -- it is there
        return self._kept.id

    def _kept_aside(self) -> Sequence[AsideRow]:
        """None: what stays out even now stays where it is, with its own batch."""
        return ()

    def _made_visible(self, conn: Connection) -> None:
        came = {(row.sheet, row.line) for debtor in self._plan.debtors for row in debtor.rows}
        ids = [row.id for row in self._rows if (row.head.sheet, row.line) in came]
        aside.mark_taken(conn, ids, self.batch_id)


def _line(row: KeptRow, reasons: Mapping[tuple[str, int], list[Message]]) -> AsideLine:
    why = tuple(reasons.get((row.head.sheet, row.line), ()))
    return AsideLine(row.id, row.head.sheet, row.line, why, row.corrections, row.taken_batch is not None)


def _still_out(conn: Connection, row_id: str) -> KeptRow:
    found = aside.rows_by_id(conn, [row_id])
    if not found:
        raise Refused("intake.aside.gone")
    if found[0].taken_batch is not None:
        raise Refused("intake.aside.taken")
    return found[0]


def _opened(conn: Connection, row_id: str, today: date, *, clear: bool) -> OpenRow:
    rows = aside.rows_by_id(conn, [row_id])
    if not rows:
        raise Refused("intake.aside.gone")
    row = rows[0]
    file = _read(conn, rows, today)
    fields = {column.index: (column.header, column.field) for sheet in file.sheets for column in sheet.columns}
    shown = []
    for place, cell in enumerate(row.cells):
        header, meaning = fields.get(place, ("", None))
        value, was = cells.plain(cell), cells.plain(row.original[place]) if place in row.corrected else None
        if header or value or was:
            if not clear:
                value, was = _masked(meaning, value), _masked(meaning, was)
            shown.append(AsideCell(place, header, value, was))
    here = [said for said in file.problems if said.line == row.line]
    return OpenRow(
        _line(row, aside.reasons_of(conn, row.batch_id)),
        file.filename,
        tuple(shown),
        tuple(said.reason for said in here if said.severity is ProblemSeverity.REFUSED),
        tuple(said.reason for said in here if said.severity is ProblemSeverity.WARNING),
        clear,
    )


def _masked(meaning: Field | None, value: Any) -> Any:
    return masked_cell(meaning, value) if value else value


def _read(conn: Connection, rows: Sequence[KeptRow], today: date) -> PlacementFile:
    """Rows of one batch, read again as they stand; who is known by one number alone is compared by name."""
    kept = aside.file_of(conn, rows[0].batch_id)
    every = [(row.head, row.line, row.cells) for row in rows]
    kind = "workbook" if kept.workbook else "text"
    file = read_again(kept.filename, kept.sha256, kind, every, {}, today)
    # One number alone doesn't tell a person: the file compared the names of its own rows, this one those on file.
    single = [row for row in file.rows if bool(row.customer_no) != bool(row.id_no)]
    people = _known_people(conn, single)
    return read_again(kept.filename, kept.sha256, kind, every, people, today) if people else file


def _known_people(conn: Connection, rows: Iterable[PlacementRow]) -> dict[tuple[str, str], tuple[str, str, int]]:
    banks = batches.banks_of(conn, {row.placement_no for row in rows})
    keys = {key_of(row, banks.get(row.placement_no, "")): (row.customer_no, row.id_no) for row in rows}
    found = batches.debtors_on_file(conn, keys)
    names = batches.names_of(conn, found.values())
    return {keys[key]: (names[debtor], "", 0) for key, debtor in found.items()}
