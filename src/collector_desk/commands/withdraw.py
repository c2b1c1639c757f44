"""The command that takes a file out again, or shows what was done on its figures."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from collector_desk.commands.common import JsonOption, StoreOption, UserOption, print_json, say, seat_at
from collector_desk.domain.message import msg
from collector_desk.domain.states import BatchState

if TYPE_CHECKING:
    from collector_desk.services.intake.undoing import PlacementUndo
    from collector_desk.services.intake.withdrawing import TakenOut

app = typer.Typer()


@app.command()
def withdraw(
    batch: Annotated[
        str, typer.Argument(metavar="BATCH", help="The batch that `payments` or `import` named by --json.")
    ],
    user: UserOption,
    store: StoreOption = None,
    reason: Annotated[str, typer.Option(help="Why its rows count for nothing (lead).")] = "",
    undo: Annotated[
        bool, typer.Option("--undo", help="As if it had never come, while nobody has acted on it.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Take a file of payments, cases or balances out again; without --undo or --reason say what was done on it."""
    from collector_desk.services.intake import undoing, withdrawing

    with seat_at(store, user, only_looks=not (undo or reason)) as seat:
        if not reason and (placed := undoing.is_placement(seat, batch)):
            placed = undoing.undo(seat, batch) if undo else placed
            _print_placement(placed, as_json=as_json)
            return
        if undo:
            done = withdrawing.undo(seat, batch)
        elif reason:
            done = withdrawing.withdraw(seat, batch, reason=reason)
        else:
            done = withdrawing.look(seat, batch)
    if as_json:
        print_json(_plain(done))
        return
    if done.state is not BatchState.VISIBLE:
        code = f"money.withdrawal.{done.state.value}"
        print(say(msg(code, file=done.filename, rows=done.rows, calls=len(done.calls))))
    else:
        print(say(msg("money.withdrawal.counts", file=done.filename, rows=done.rows, calls=len(done.calls))))
    for call in done.calls:
        outcome = call.outcome if call.outcome is not None else "—"
        print(say(msg("money.withdrawal.call", case=call.case_number, at=call.at, by=call.by, outcome=outcome)))
    for one in done.leaning:
        print(say(msg("money.withdrawal.leans", case=one.case_number, at=one.at, by=one.by or "—", what=one.what)))


def _print_placement(done: "PlacementUndo", *, as_json: bool) -> None:
    file = done.file
    if as_json:
        told = {"batch": file.batch, "file": file.filename, "bank": file.bank, "state": file.state.value}
        way = [
            {"what": one.what.value, "about": one.about, "at": one.at.isoformat(), "by": one.by}
            for one in done.hindrances
        ]
        print_json(told | {"accepted": file.accepted, "refreshed": file.refreshed, "in_the_way": way})
        return
    figures = {"file": file.filename, "accepted": file.accepted, "refreshed": file.refreshed}
    code = "counts" if file.state is BatchState.VISIBLE else "undone"
    print(say(msg(f"intake.undo.{code}", **figures, count=len(done.hindrances))))
    for one in done.hindrances:
        print(say(msg("intake.undo.hindrance", what=one.what, about=one.about, at=one.at, by=one.by)))
    if done.instead is not None:
        print(say(done.instead))


def _plain(done: "TakenOut") -> dict[str, Any]:
    return {
        "batch": done.batch,
        "file": done.filename,
        "bank": done.bank,
        "rows": done.rows,
        "state": done.state.value,
        "decisions": done.decisions,
        "leaning": [
            {"what": one.what.value, "case": one.case_number, "at": one.at.isoformat(), "by": one.by}
            for one in done.leaning
        ],
        "calls": [
            {
                "case": call.case_number,
                "at": call.at.isoformat(),
                "by": call.by,
                "outcome": call.outcome.value if call.outcome else None,
            }
            for call in done.calls
        ],
    }
