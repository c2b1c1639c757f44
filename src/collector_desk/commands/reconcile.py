"""The command that reconciles a placement's month: what was owed, what moved it, what came late; and freezes it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collector_desk.commands.common import (
    JsonOption,
    StoreOption,
    UserOption,
    lang,
    print_findings,
    print_json,
    say,
    seat_at,
)
from collector_desk.domain.message import Refused, msg

if TYPE_CHECKING:
    from collector_desk.domain.money.month import OpenLine, PlacementMonth
    from collector_desk.domain.money.reconciling import LateRow, MonthSums

app = typer.Typer()
_PARTS = ("placed", "refigured", "paid", "reversed", "excess", "ended")


@app.command()
def reconcile(
    placement: Annotated[str, typer.Option(metavar="NO", help="The bank's number of the placement.")],
    month: Annotated[str, typer.Option(metavar="MONTH", help="The calendar month, such as 2026-11.")],
    user: UserOption,
    store: StoreOption = None,
    theirs: Annotated[
        Path | None, typer.Option("--theirs", metavar="FILE", help="The bank's own statement of the month.")
    ] = None,
    xlsx: Annotated[Path | None, typer.Option(metavar="OUT", help="Write the workbook with every row.")] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="OUT", help="Write the paper to sign.")] = None,
    freeze: Annotated[
        bool, typer.Option("--freeze", help="A lead: reviewed, the month stays as it is from now on.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Reconcile a placement's month: opening, placed, paid, taken back, closing, what came late, what is open."""
    from collector_desk.domain.money.month import lines
    from collector_desk.domain.money.reconciling import month_named
    from collector_desk.services.exports import months
    from collector_desk.services.exports.contacts import placement_numbered
    from collector_desk.services.money import reconciling
    from collector_desk.services.money import theirs as statements

    with seat_at(store, user, only_looks=not (freeze or theirs or xlsx or pdf)) as seat:
        wanted = month_named(month)
        if wanted is None:
            raise Refused("money.month.unread", "month", said=month[:20])
        placement_id = placement_numbered(seat, placement)
        if theirs is not None:
            read = statements.take(seat, placement_id, wanted, theirs)
            if not as_json:
                print_findings([found.plain(say, "") for found in read.problems])
        found = reconciling.of_placement(seat, placement_id, wanted)
        if freeze:
            reconciling.freeze(seat, found)
            found = reconciling.of_placement(seat, placement_id, wanted)
        files = [months.export(seat, found, target, lang()) for target in (xlsx, pdf) if target is not None]
        if as_json:
            print_json({**_plain(found), "files": [{"file": one.filename, "export": one.number} for one in files]})
        else:
            for line in lines(found):
                print(say(line))
            for one in files:
                print(say(msg("money.month.sent", number=one.number, file=one.filename)))


def _plain(found: "PlacementMonth") -> dict[str, Any]:
    return {
        "placement": found.placement_number,
        "bank": found.bank,
        "month": str(found.month),
        "as_of": found.as_of.isoformat(),
        "known_up_to": found.told.up_to.isoformat() if found.told.up_to else None,
        "holes": [f"{hole.first.isoformat()}..{hole.last.isoformat()}" for hole in found.told.holes],
        "frozen": {"by": found.frozen.name, "at": found.frozen.at.isoformat()} if found.frozen else None,
        "sums": [_sums(one) for one in found.sums],
        "rows": len(found.part.rows),
        "late": [_late(found, one) for one in found.part.late],
        "ends": [
            {"case": one.case_number, "end": one.ending.value, "day": one.day.isoformat()} for one in found.ends
        ],
        "theirs": _theirs(found),
        "open": [_open(one) for one in found.waiting],
        "asked": {one.kind.value: one.count for one in found.asked},
    }


def _sums(one: "MonthSums") -> dict[str, Any]:
    recovered = one.changes.recovered
    return {
        "currency": one.currency,
        "cases": one.cases,
        "opening_minor": one.opening,
        **{f"{name}_minor": minor for name, minor in zip(_PARTS, one.changes.parts, strict=True)},
        "of_which_late": {f"{name}_minor": minor for name, minor in zip(_PARTS, one.late.parts, strict=True)},
        "closing_minor": one.closing,
        "recovered_minor": recovered,
        "placed_ever_minor": one.placed_ever,
    }


def _late(found: "PlacementMonth", one: "LateRow") -> dict[str, Any]:
    row = one.row
    now = one.now.standing.value if one.now else None
    return {
        "case": found.name_of(row.case_id).number,
        "posted_on": row.posted_on.isoformat(),
        "minor": row.minor,
        "currency": row.currency,
        "reference": row.reference,
        "then": one.then.standing.value if one.then else None,
        "now": now,
    }


def _theirs(found: "PlacementMonth") -> dict[str, Any] | str:
    said = found.theirs
    if said is None:
        return "not received"
    return {
        "file": said.filename,
        "sha256": said.sha256,
        "received": said.at.isoformat(),
        "rows": len(said.rows),
        "set_aside": said.set_aside,
        "differences": [
            {
                "what": one.what.value,
                "case": found.name_of(one.case_id).number if one.case_id else one.masked,
                "line": one.line,
                "reference": one.reference,
                "ours_minor": one.ours,
                "theirs_minor": one.theirs,
                "by_minor": one.by,
                "currency": one.currency,
            }
            for one in found.differences
        ],
    }


def _open(one: "OpenLine") -> dict[str, Any]:
    why = "unmatched" if one.doubt is None else one.doubt.name.lower()
    return {"why": why, "rows": one.rows, "minor": one.amount.minor, "currency": one.amount.currency}
