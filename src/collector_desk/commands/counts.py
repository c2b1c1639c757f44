"""The command that takes the institution's counts in."""

import os
import sys
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from collector_desk.commands.common import (
    JsonOption,
    LeaveHiddenOption,
    StoreOption,
    TakeHiddenOption,
    UnmaskOption,
    UserOption,
    chosen_hidden,
    print_findings,
    print_json,
    say,
    seat_at,
)
from collector_desk.commands.placements import progress_bar
from collector_desk.domain.message import Refused, Trouble, msg

if TYPE_CHECKING:
    from collector_desk.intake.columns import HiddenChoice
    from collector_desk.services.desk.seat import Seat
    from collector_desk.services.intake.counts import CountsDryRun, CountsReport

app = typer.Typer()


@app.command()
def counts(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="The bank's counts: xlsx, xls, ods, csv.")],
    user: UserOption,
    store: StoreOption = None,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="ISO", help="The figures' time, for a file that is silent about it.")
    ] = "",
    ours_included: Annotated[
        bool, typer.Option("--ours-included", help="The bank says that our own calls up to then are inside.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    take_hidden: TakeHiddenOption = None,
    leave_hidden: LeaveHiddenOption = None,
    as_json: JsonOption = False,
    unmask: UnmaskOption = False,
) -> None:
    """Take in what the bank and its agencies did today: talks and connected calls by debtor."""
    from collector_desk.services.book import placements
    from collector_desk.services.intake import counts_report

    hidden = chosen_hidden(take_hidden, leave_hidden)
    failed = False
    with seat_at(store, user) as seat:
        at = _instant(as_of, seat)
        for path in files:
            try:
                seen, report = _one(
                    seat, path, at, hidden, ours_included=ours_included, dry_run=dry_run, quiet=as_json
                )
            except Trouble as trouble:
                failed = True
                if as_json:
                    print_json({"file": path.name, "error": say(trouble.message)})
                print(say(trouble.message), file=sys.stderr)
                continue
            if unmask:
                placements.note_export(seat, report.sha256)
            plain = counts_report.plain_report(report, seen.file, say, unmask=unmask)
            if as_json:
                print_json(plain)
            else:
                _print(report, plain["problems"], dry_run=dry_run)
    if failed:
        raise typer.Exit(1)


def _one(
    seat: "Seat",
    path: Path,
    at: datetime | None,
    hidden: "HiddenChoice",
    *,
    ours_included: bool,
    dry_run: bool,
    quiet: bool,
) -> "tuple[CountsDryRun, CountsReport]":
    from collector_desk.services.intake import counts as service

    def preview(password: str | None) -> "CountsDryRun":
        return service.preview(
            seat,
            path,
            as_of=at,
            ours_included=ours_included,
            password=password,
            hidden=hidden,
            progress=progress,
        )

    with progress_bar(quiet) as progress:
        try:
            seen = preview(os.environ.get("COLLECTOR_DESK_FILE_PASSWORD"))
        except Trouble as trouble:
            if trouble.message.code != "intake.password_needed" or not sys.stdin.isatty():
                raise
            seen = preview(getpass(f"{path.name}: "))
    if dry_run:
        return seen, service.dry_run(seen)
    with progress_bar(quiet) as progress:
        return seen, service.import_counts(seat, seen, progress=progress)


def _instant(text: str, seat: "Seat") -> datetime | None:
    """The time given; without an offset it is the desk's."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused("intake.counts.unread_time", "as_of") from error
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(seat.zone))


def _print(report: "CountsReport", problems: list[dict[str, object]], *, dry_run: bool) -> None:
    code = (
        "intake.counts.summary_dry"
        if dry_run
        else "intake.counts.summary"
        if report.counts
        else "intake.counts.summary_nothing"
    )
    print(
        say(
            msg(
                code,
                file=report.filename,
                accepted=report.accepted,
                set_aside=report.set_aside,
                unknown=report.unknown,
                duplicates=report.duplicates,
                as_of=report.newest_as_of or "",
            )
        )
    )
    if report.late:
        print(say(msg("intake.counts.summary_late", count=report.late)))
    print_findings(problems)
