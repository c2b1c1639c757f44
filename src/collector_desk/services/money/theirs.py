"""The bank's own statement of a month taken in: read apart, each row given to its case, kept as the bank's word."""

from pathlib import Path

from collector_desk.domain.message import Refused
from collector_desk.domain.money.reconciling import Month
from collector_desk.domain.money.statements import TheirRow, Theirs
from collector_desk.domain.people import Act, require
from collector_desk.domain.text.masking import masked_account
from collector_desk.intake.statements import StatementFile
from collector_desk.parsing.files import read_statement
from collector_desk.services.desk.seat import Seat, acting, demand
from collector_desk.services.record import months as record
from collector_desk.store.book.placements import placements
from collector_desk.store.ids import new_id
from collector_desk.store.money import months, statements


def take(
    seat: Seat, placement_id: str, month: Month, source: Path, *, password: str | None = None
) -> StatementFile:
    """Take the file in; until the month is frozen a later one takes its place. Slow: for a worker.

    Raises Refused for who may not import, ``money.month.frozen_already``, ``money.month.statement_empty``; Trouble
    as ``parsing.files.read_statement``.
    """
    demand(seat, Act.IMPORT)
    file = read_statement(source, password=password)
    with seat.store.read() as conn:
        place = next(one for one in placements(conn) if one.id == placement_id)
        _refuse_frozen(months.heads(conn, placement_id), month)
        known = statements.cases_of(conn, placement_id, {row.account_no for row in file.rows if row.account_no})
    named = [row for row in file.rows if row.placement_no in ("", place.number)]
    if not named:
        raise Refused("money.month.statement_empty", "file", file=file.filename, placement=place.number)
    rows = tuple(
        TheirRow(
            row.line,
            known.get(row.account_no, ""),
            "" if row.account_no in known or not row.account_no else masked_account(row.account_no),
            not row.account_no,
            row.day,
            row.reference,
            row.currency,
            row.paid,
            row.balance,
        )
        for row in named
    )
    said = Theirs(new_id(), file.filename, file.sha256, seat.now(), seat.person.name, file.set_aside, rows)
    kept = statements.pieces(rows)
    for position, content in enumerate(kept):  # a transaction each, so that nobody waits long for the store
        with acting(seat, "statement.take") as act:
            record.write_statement_piece(act, said.id, position, content)
    with acting(seat, "statement.take") as act:
        require(seat.person, Act.IMPORT)
        _refuse_frozen(months.heads(act.conn, placement_id), month)
        record.write_statement(act, placement_id, str(month), said, pieces=len(kept))
    return file


def whose(seat: Seat, source: Path, *, password: str | None = None) -> str | None:
    """The placement a statement is of: the one it names, else that of which it has most accounts; None: nobody's.

    Raises as ``take`` for a file that can't be read. Slow: for a worker.
    """
    demand(seat, Act.IMPORT)
    file = read_statement(source, password=password)
    accounts = {row.account_no for row in file.rows if row.account_no}
    named = {row.placement_no for row in file.rows if row.placement_no}
    with seat.store.read() as conn:
        fits = {
            place.id: (place.number in named, len(statements.cases_of(conn, place.id, accounts)))
            for place in placements(conn)
        }
    best = max(fits, key=lambda one: fits[one], default=None)
    return best if best is not None and any(fits[best]) else None


def _refuse_frozen(heads: list[months.FrozenHead], month: Month) -> None:
    if any(head.month == month for head in heads):
        raise Refused("money.month.frozen_already", "month", month=str(month))
