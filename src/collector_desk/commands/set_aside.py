"""The commands for rows set aside: list them, open one, correct cells, take in."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from collector_desk.commands.common import (
    JsonOption,
    StoreOption,
    UnmaskOption,
    UserOption,
    print_findings,
    print_json,
    say,
    seat_at,
)
from collector_desk.domain.book.money import side_by_side
from collector_desk.domain.message import Message, Refused, msg

if TYPE_CHECKING:
    from collector_desk.services.intake.set_aside import OpenRow

app = typer.Typer(help="Rows of bank files that were set aside: list, correct, take in.", no_args_is_help=True)
_Row = Annotated[str, typer.Argument(metavar="ROW", help="The row, as the list names it.")]


@app.command(name="list")
def list_rows(
    user: UserOption,
    store: StoreOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also rows that came in since.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Rows of bank files that stayed out, each with its reason."""
    from collector_desk.services.book import overview
    from collector_desk.services.intake import set_aside

    found = 0
    with seat_at(store, user) as seat:
        for batch in overview.batches(seat):
            for line in set_aside.lines(seat, batch.id):
                if line.taken and not everything:
                    continue
                found += 1
                reasons = [say(reason) for reason in line.reasons]
                if as_json:
                    print_json(
                        {
                            "row": line.id,
                            "file": batch.filename,
                            "sheet": line.sheet,
                            "line": line.line,
                            "reasons": reasons,
                            "corrections": line.corrections,
                            "taken": line.taken,
                        }
                    )
                else:
                    text = " ".join(reasons)
                    print(
                        say(
                            msg("intake.aside.line", row=line.id, file=batch.filename, line=line.line, reasons=text)
                        )
                    )
    if not found and not as_json:
        print(say(msg("intake.aside.none")))


@app.command()
def show(
    row: _Row,
    user: UserOption,
    store: StoreOption = None,
    unmask: UnmaskOption = False,
    as_json: JsonOption = False,
) -> None:
    """Open one row: its cells, and what is said of them as they stand now."""
    from collector_desk.services.intake import set_aside

    with seat_at(store, user) as seat:
        opened = set_aside.open_clear(seat, row) if unmask else set_aside.open_row(seat, row)
    if as_json:
        print_json(_plain(opened))
        return
    for cell in opened.cells:
        was = "" if cell.was is None else f"  ({say(msg('intake.aside.was', value=cell.was))})"
        print(f"  {cell.header}: {cell.value}{was}")
    for reason in (*opened.refused, *opened.warned):
        print(say(reason))


@app.command()
def correct(
    row: _Row,
    user: UserOption,
    cell: Annotated[list[str], typer.Option(metavar="HEADING=VALUE", help="What a cell should say; repeatable.")],
    reason: Annotated[str, typer.Option(help="Why, and on whose word.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Correct cells of a row in place; each is a line of history."""
    from collector_desk.services.intake import set_aside

    with seat_at(store, user) as seat:
        opened = set_aside.open_row(seat, row)
        places = {shown.header: shown.place for shown in reversed(opened.cells)}
        values = {}
        for given in cell:
            header, _, value = given.partition("=")
            if header not in places:
                raise Refused("intake.aside.no_column", header=header)
            values[places[header]] = value
        set_aside.correct(seat, row, values, reason, corrections=opened.line.corrections)
        opened = set_aside.open_row(seat, row)
    if as_json:
        print_json(_plain(opened))
    elif opened.ready:
        print(say(msg("intake.aside.corrected")))
    else:
        print(say(_joined("intake.aside.corrected_still", opened)))


@app.command(name="take-in")
def take_in(
    rows: Annotated[list[str], typer.Argument(metavar="ROW…", help="Rows of one file.")],
    user: UserOption,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take corrected rows in, through the same checks as their file."""
    from collector_desk.services.intake import placement_report, set_aside

    with seat_at(store, user) as seat:
        report = set_aside.take_in(seat, rows)
    figures = {"accepted": report.accepted, "set_aside": report.set_aside, "duplicates": report.duplicates}
    if as_json:
        print_json({**figures, "batch": report.batch, "amounts": placement_report.plain_amounts(report)})
    else:
        print(say(msg("intake.aside.taken_in", amount=side_by_side(*report.amounts), **figures)))
        # where a cell is meant its value may be anybody's: the row itself shows it, behind its mask
        print_findings([found.plain(say, "") for found in report.problems])
    if not report.accepted:
        sys.exit(1)


def _joined(code: str, opened: "OpenRow") -> Message:
    return msg(code, reasons=" ".join(say(reason) for reason in opened.refused))


def _plain(opened: "OpenRow") -> dict[str, object]:
    return {
        "row": opened.line.id,
        "file": opened.filename,
        "line": opened.line.line,
        "cells": [{"column": cell.header, "value": cell.value, "was": cell.was} for cell in opened.cells],
        "refused": [say(reason) for reason in opened.refused],
        "warned": [say(reason) for reason in opened.warned],
        "corrections": opened.line.corrections,
        "taken": opened.line.taken,
    }
