"""Commands that keep a store: prove its history, back it up, put a backup back, work everything out anew."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from collector_desk.commands.common import (
    JsonOption,
    StoreOption,
    UserOption,
    bar,
    password,
    print_json,
    say,
    seat_at,
)
from collector_desk.domain.message import msg
from collector_desk.resources import default_store

app = typer.Typer()


@app.command()
def verify(
    user: UserOption,
    store: StoreOption = None,
    deep: Annotated[
        bool, typer.Option("--deep", help="Work out every debtor's place in the queue anew, not a sample's: slow.")
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="Draw the sample of an earlier proof, which told its number."),
    ] = None,
    witness: Annotated[
        list[str] | None,
        typer.Option(
            "--witness",
            metavar="FILE|PLACE-HASH",
            help="A backup, a report's PDF, or the history's end on the recovery sheet: is it still there? "
            "May be repeated.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Prove the history: order, content, signatures, and that no older copy was put back. 1 where it is broken."""
    from collector_desk.services.office import backup as keeping
    from collector_desk.services.office import witness as outside

    witnesses = [outside.read(given) for given in witness or ()]
    with seat_at(store, user, only_looks=True) as seat, bar(as_json) as progress:
        report = keeping.verify(seat, deep=deep, seed=seed, witnesses=witnesses, progress=progress)
    if as_json:
        print_json(
            {
                "ok": report.ok,
                "lines": report.lines,
                "rows": report.rows,
                "erased": report.erased,
                "signatures": report.heads,
                "faults": report.faults,
                "findings": [
                    {
                        "fault": found.fault.value,
                        "line": found.seq,
                        "table": found.table,
                        "row": found.row_id,
                        "what": say(found.message),
                    }
                    for found in report.findings
                ],
                "proved": [say(message) for message in report.proved],
                "unproved": [say(message) for message in report.unproved],
                "money": report.money,
            }
        )
    else:
        print(say(keeping.verdict(report)))
        for found in report.findings:
            print(f"  ✗ {say(found.message)}")
        for message in report.proved:
            print(f"  ✓ {say(message)}")
        for message in report.unproved:
            print(f"  – {say(message)}")
        print(say(msg("commands.money_digest", digest=report.money)))
    if not report.ok:
        raise typer.Exit(1)


@app.command()
def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The new file; one that is there is never replaced.")
    ],
    user: UserOption,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the whole store, encrypted as it is, into one file."""
    from collector_desk.services.office import backup as keeping

    with seat_at(store, user) as seat, bar(as_json) as progress:
        info = keeping.back_up(seat, file, progress=progress)
    if as_json:
        print_json(
            {
                "file": str(file),
                "store": info.store_id,
                "made_at": info.made_at.isoformat(),
                "last": info.last_seq,
                "size": info.size,
            }
        )
        return
    megabytes = f"{info.size / 1e6:.1f}"
    print(say(msg("office.keeping.backed_up", file=file.name, size=megabytes, last=info.last_seq)))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    user: UserOption,
    store: StoreOption = None,
    accept_loss: Annotated[
        str, typer.Option("--accept-loss", metavar="REASON", help="Why later work is given up (a lead's act).")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Put a backup in the store's place; the store that is there is kept beside it."""
    from collector_desk.services.office import backup as keeping

    secret = password()
    with bar(as_json) as progress:
        done = keeping.restore(
            file, store or default_store(), who=user, password=secret, reason=accept_loss, progress=progress
        )
    if as_json:
        print_json(
            {
                "store": done.info.store_id,
                "made_at": done.info.made_at.isoformat(),
                "last": done.info.last_seq,
                "kept": str(done.kept) if done.kept else None,
                "later_work_lost": done.lost,
                "tied": done.tied,
            }
        )
        return
    print(say(msg("office.keeping.restored", at=done.info.made_at, last=done.info.last_seq)))
    if done.kept:
        print(say(msg("office.keeping.old_kept", folder=str(done.kept))))
    if done.lost and done.tied:
        print(say(msg("office.keeping.loss_accepted")))
    if not done.tied:
        print(say(msg("office.keeping.loss_waits")), file=sys.stderr)


@app.command()
def rebuild(user: UserOption, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Work everybody's place and standing out anew from the history."""
    from collector_desk.services.office import backup as keeping

    count = 0
    with seat_at(store, user) as seat, bar(as_json) as shown:

        def progress(done: int, total: int) -> None:
            nonlocal count
            count = total
            if shown is not None:
                shown(done, total)

        keeping.rebuild(seat, progress=progress)
    if as_json:
        print_json({"debtors": count})
    else:
        print(say(msg("office.keeping.rebuilt", count=count)))


@app.command(name="repair-clock")
def repair_clock(
    user: UserOption,
    reason: Annotated[str, typer.Option(help="What was wrong with the clock (a lead's act, kept for ever).")],
    store: StoreOption = None,
) -> None:
    """Go on although the last act bears a later time: the computer's clock was wrong then."""
    from collector_desk.services.office import clock_repair

    with seat_at(store, user) as seat:
        clock_repair.repair(seat, reason)
        print(say(msg("office.keeping.clock_repaired", now=seat.now())))
