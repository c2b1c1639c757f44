"""The command that takes in what a bank says was paid."""

import os
import sys
from datetime import date
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
    print_findings,
    print_json,
    say,
    seat_at,
)
from collector_desk.commands.placements import progress_bar
from collector_desk.domain.message import Refused, Trouble, msg
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind, RowStanding

if TYPE_CHECKING:
    from collector_desk.intake.columns import HiddenChoice
    from collector_desk.intake.problems import Problem
    from collector_desk.services.desk.seat import Seat
    from collector_desk.services.intake.payments import FileTold, PaymentDryRun, PaymentReport

app = typer.Typer()
_HEADINGS = ("sheet", "line", "column", "value", "reason", "severity")


@app.command()
def payments(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Payment files: xlsx, xls, ods, csv, txt, zip.")
    ],
    user: UserOption,
    store: StoreOption = None,
    bank: Annotated[str, typer.Option(help="Whose payments they are, where the accounts don't say it.")] = "",
    covers: Annotated[
        str,
        typer.Option(metavar="FROM..TO", help="The days the file tells of; without them no promise is decided."),
    ] = "",
    kind: Annotated[
        FileKind, typer.Option(help="Whether it holds earlier payments again (cumulative) or only new ones (new).")
    ] = FileKind.UNKNOWN,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    problems: Annotated[Path | None, typer.Option(metavar="OUT.xlsx", help="Write the findings there.")] = None,
    take_hidden: TakeHiddenOption = None,
    leave_hidden: LeaveHiddenOption = None,
    as_json: JsonOption = False,
    unmask: UnmaskOption = False,
) -> None:
    """Take in what a bank says was paid: every row counts, waits for a person, or is set aside with its reason."""
    from collector_desk.exchange import outgoing
    from collector_desk.services.book import placements
    from collector_desk.services.intake import payment_report, placement_report
    from collector_desk.services.intake.payments import FileTold

    if problems is not None:
        outgoing.check(problems)  # before anything is read or taken in
    told = FileTold(bank, kind, _span(covers))
    hidden = chosen_hidden(take_hidden, leave_hidden)
    findings: list[Problem] = []
    failed = False
    with seat_at(store, user) as seat:
        for path in files:
            try:
                seen, report = _one(seat, path, told, hidden, dry_run=dry_run, quiet=as_json)
            except Trouble as trouble:
                failed = True
                if as_json:
                    print_json({"file": path.name, "error": say(trouble.message)})
                print(say(trouble.message), file=sys.stderr)
                continue
            if unmask or problems is not None:
                placements.note_export(seat, report.sha256)
            findings.extend(report.problems)
            plain = payment_report.plain_report(report, seen.file, say, unmask=unmask)
            if as_json:
                print_json(plain)
            else:
                _print(report, plain["problems"])
        if problems is not None:
            headings = [say(msg(f"intake.heading.{name}")) for name in _HEADINGS]
            placement_report.write_problems(findings, problems, say, headings)
    if failed:
        raise typer.Exit(1)


def _one(
    seat: "Seat", path: Path, told: "FileTold", hidden: "HiddenChoice", *, dry_run: bool, quiet: bool
) -> "tuple[PaymentDryRun, PaymentReport]":
    """Read, and unless it is a dry run take in, one file; a password comes from the environment or a prompt."""
    from collector_desk.services.intake import payments as service

    password = os.environ.get("COLLECTOR_DESK_FILE_PASSWORD")
    with progress_bar(quiet) as progress:
        try:
            seen = service.preview(seat, path, told, password=password, hidden=hidden, progress=progress)
        except Trouble as trouble:
            if trouble.message.code != "intake.password_needed" or not sys.stdin.isatty():
                raise
            password = getpass(f"{path.name}: ")
            seen = service.preview(seat, path, told, password=password, hidden=hidden, progress=progress)
    if dry_run:
        return seen, service.dry_run(seat, seen)
    with progress_bar(quiet) as progress:
        return seen, service.import_payments(seat, seen, progress=progress)


def _span(text: str) -> DaySpan | None:
    """The days given: both ends are among them."""
    if not text:
        return None
    first, _, last = text.partition("..")
    try:
        return DaySpan(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
    except ValueError as error:
        raise Refused("intake.payments.days_unread", "covers", said=text) from error


def _print(report: "PaymentReport", problems: list[dict[str, object]]) -> None:
    standings = {standing.value: report.of(standing).rows for standing in RowStanding}
    code = "intake.payments.summary_dry" if report.batch is None else "intake.payments.summary"
    print(say(msg(code, file=report.filename, set_aside=report.sums.set_aside.rows, **standings)))
    print_findings(problems)
