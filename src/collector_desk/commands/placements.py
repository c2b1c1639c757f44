"""The command that takes bank files in."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector_desk.commands.common import (
    JsonOption,
    LeaveHiddenOption,
    StoreOption,
    TakeHiddenOption,
    UnmaskOption,
    UserOption,
    chosen_hidden,
    lang,
    print_findings,
    print_json,
    say,
    seat_at,
)
from collector_desk.domain.book.money import side_by_side
from collector_desk.domain.message import Trouble, msg

if TYPE_CHECKING:
    from collector_desk.domain.book.debts import PlacementTerms
    from collector_desk.intake.columns import HiddenChoice
    from collector_desk.intake.problems import Problem
    from collector_desk.services.desk.seat import Seat
    from collector_desk.services.intake.placement_plan import FiguresTold
    from collector_desk.services.intake.placements import ImportReport, PlacementDryRun

app = typer.Typer()
_HEADINGS = ("sheet", "line", "column", "value", "reason", "severity")


@app.command(name="import")
def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Placement files: xlsx, xls, ods, csv.")],
    user: UserOption,
    store: StoreOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    problems: Annotated[Path | None, typer.Option(metavar="OUT.xlsx", help="Write the findings there.")] = None,
    bank: Annotated[str, typer.Option(help="The bank, for a placement not yet on file.")] = "",
    pay_ways: Annotated[str, typer.Option(help="The bank's own ways to pay.")] = "",
    complaint_number: Annotated[str, typer.Option(help="The bank's number for complaints.")] = "",
    mandate_ends: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day of the mandate.")
    ] = None,
    contract_terms: Annotated[str, typer.Option(help="What the contract says of interest and penalty.")] = "",
    bank_hotline: Annotated[str, typer.Option(help="The bank's number a debtor may check us by.")] = "",
    product: Annotated[str, typer.Option(help="What is owed on, where the file doesn't name it.")] = "",
    interest_a_day: Annotated[
        str, typer.Option(metavar="PERCENT", help="The contract's interest a day, as 0.05.")
    ] = "",
    current_by: Annotated[
        str, typer.Option(help="Current again once paid is: overdue or minimum; else everything.")
    ] = "",
    tail_days: Annotated[
        int, typer.Option(min=0, max=999, help="So many days after a return payments still count.")
    ] = 0,
    take_hidden: TakeHiddenOption = None,
    leave_hidden: LeaveHiddenOption = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day its figures are of."),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="It is the full list of its placements: ask about what it lacks.")
    ] = False,
    remove_original: Annotated[
        bool, typer.Option("--remove-original", help="Delete each file once the store holds it.")
    ] = False,
    as_json: JsonOption = False,
    unmask: UnmaskOption = False,
) -> None:
    """Take in placement files: every row is accepted, or set aside with its reason."""
    from collector_desk.domain.book.debts import CurrentBy, PlacementTerms
    from collector_desk.domain.book.interest import read_daily
    from collector_desk.exchange import outgoing
    from collector_desk.services.book import placements
    from collector_desk.services.intake import placement_report
    from collector_desk.services.intake.placement_plan import FiguresTold

    if problems is not None:
        outgoing.check(problems)  # before anything is read or taken in
    hidden = chosen_hidden(take_hidden, leave_hidden)
    told = FiguresTold(as_of.date() if as_of else None, full)
    ends = mandate_ends.date() if mandate_ends else None
    daily = read_daily(interest_a_day)
    if daily is None:
        raise typer.BadParameter(say(msg("intake.interest_unread")), param_hint="--interest-a-day")
    if current_by not in [*CurrentBy]:
        raise typer.BadParameter(say(msg("intake.current_by_unread")), param_hint="--current-by")
    given = PlacementTerms(
        bank,
        pay_ways,
        complaint_number,
        ends,
        contract_terms,
        bank_hotline,
        product,
        daily_ppm=daily,
        current_by=CurrentBy(current_by),
        tail_days=tail_days,
    )
    findings: list[Problem] = []
    failed = False
    with seat_at(store, user) as seat:
        for path in files:
            try:
                report, seen = _one(seat, path, told, given, hidden, dry_run=dry_run, quiet=as_json)
                nothing = not dry_run and not (report.accepted or report.refreshing.fates)
                if remove_original and report.batch:
                    placements.remove_original(seat, path, report.sha256)
            except Trouble as trouble:
                failed = True
                if as_json:
                    print_json({"file": path.name, "error": say(trouble.message)})
                print(say(trouble.message), file=sys.stderr)
                continue
            if unmask or problems is not None:
                placements.note_export(seat, report.sha256)
            _warn_of_terms(seat, seen, given)
            findings.extend(report.problems)
            plain = placement_report.plain_report(report, seen.file, say, unmask=unmask)
            if as_json:
                print_json(plain)
            else:
                _print(report, plain["problems"])
            if nothing:
                failed = True
                print(say(msg("intake.nothing_accepted", file=path.name, count=report.set_aside)), file=sys.stderr)
        if problems is not None:
            headings = [say(msg(f"intake.heading.{name}")) for name in _HEADINGS]
            placement_report.write_problems(findings, problems, say, headings)
    if failed:
        raise typer.Exit(1)


@app.command(name="original")
def save_original(
    sha256: Annotated[str, typer.Argument(help="The file's SHA-256, as the import told it.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="Where to; nothing is ever written over.")],
    user: UserOption,
    store: StoreOption = None,
) -> None:
    """Write a placement file out of the archive, byte for byte as the bank sent it."""
    from collector_desk.services.book.received import save_received

    with seat_at(store, user) as seat:
        save_received(seat, sha256.strip().lower(), target)
    print(say(msg("intake.original_saved", file=target.name)))


def _one(
    seat: "Seat",
    path: Path,
    told: "FiguresTold",
    given: "PlacementTerms",
    hidden: "HiddenChoice",
    *,
    dry_run: bool,
    quiet: bool,
) -> "tuple[ImportReport, PlacementDryRun]":
    """Read, and unless it is a dry run import, one file."""
    from collector_desk.services.intake import placements as intake

    with progress_bar(quiet) as progress:
        seen = _preview(seat, path, told, hidden, progress)
    if dry_run or not (seen.worth_taking or seen.already or seen.plan.duplicates):
        return intake.dry_run(seen), seen
    terms = {number: _terms(number, guess, given, quiet) for number, guess in seen.ask_terms.items()}
    with progress_bar(quiet) as progress:
        return intake.import_placement(seat, seen, terms, progress=progress), seen


def _preview(
    seat: "Seat",
    path: Path,
    told: "FiguresTold",
    hidden: "HiddenChoice",
    progress: Callable[[int, int], None] | None,
) -> "PlacementDryRun":
    """A protected workbook's password comes from COLLECTOR_DESK_FILE_PASSWORD or a prompt."""
    from collector_desk.services.intake import placements as intake

    try:
        password = os.environ.get("COLLECTOR_DESK_FILE_PASSWORD")
        return intake.preview(seat, path, told, password=password, hidden=hidden, progress=progress)
    except Trouble as trouble:
        if trouble.message.code != "intake.password_needed" or not sys.stdin.isatty():
            raise
        password = getpass(f"{path.name}: ")
        return intake.preview(seat, path, told, password=password, hidden=hidden, progress=progress)


def _terms(number: str, guess: "PlacementTerms", given: "PlacementTerms", quiet: bool) -> "PlacementTerms":
    """The terms of a placement not yet on file: as given, else as the file hints, else asked at a terminal."""
    bank = given.bank_name or guess.bank_name
    if not bank and not quiet and sys.stdin.isatty():
        bank = str(typer.prompt(f"{number}: bank"))
    return replace(given, bank_name=bank)


def _warn_of_terms(seat: "Seat", seen: "PlacementDryRun", given: "PlacementTerms") -> None:
    """Say what calls tell the debtor of and the options left out; it can be given later, so nothing is refused."""
    from collector_desk.services.calls import script_facts
    from collector_desk.services.desk import settings

    agency, told = settings.get(seat, settings.Agency), script_facts.told_by(seen.file)
    for number in seen.ask_terms:
        for field in script_facts.lacking(agency, given, told):
            print(say(script_facts.said_instead(field, lang(), number)), file=sys.stderr)


@contextmanager
def progress_bar(quiet: bool) -> "Iterator[Callable[[int, int], None] | None]":
    """A bar at a terminal; None where nobody looks."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("")

        def progress(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)

        yield progress


def _print(report: "ImportReport", problems: list[dict[str, object]]) -> None:
    code = "intake.summary_dry" if report.batch is None else "intake.summary"
    print(
        say(
            msg(
                code,
                file=report.filename,
                accepted=report.accepted,
                amount=side_by_side(*report.amounts),
                set_aside=report.set_aside,
                duplicates=report.duplicates,
            )
        )
    )
    print_findings(problems)
