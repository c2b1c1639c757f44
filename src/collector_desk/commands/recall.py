"""The command that takes in what a bank says of cases: recalled, stopped, going on, staying longer."""

import os
import sys
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
from collector_desk.domain.message import Trouble, msg

if TYPE_CHECKING:
    from collector_desk.intake.columns import HiddenChoice
    from collector_desk.intake.problems import Problem
    from collector_desk.services.desk.seat import Seat
    from collector_desk.services.intake.case_words import CaseWordsDryRun, CaseWordsReport

app = typer.Typer()
_HEADINGS = ("sheet", "line", "column", "value", "reason", "severity")


@app.command()
def recall(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Lists of cases: xlsx, xls, ods, csv, txt, zip.")
    ],
    user: UserOption,
    store: StoreOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    problems: Annotated[Path | None, typer.Option(metavar="OUT.xlsx", help="Write the findings there.")] = None,
    take_hidden: TakeHiddenOption = None,
    leave_hidden: LeaveHiddenOption = None,
    as_json: JsonOption = False,
    unmask: UnmaskOption = False,
) -> None:
    """Take in what a bank says of cases: recalled, stopped, going on, or until when they stay."""
    from collector_desk.exchange import outgoing
    from collector_desk.services.book import placements
    from collector_desk.services.intake import case_words_report, placement_report

    if problems is not None:
        outgoing.check(problems)  # before anything is read or taken in
    hidden = chosen_hidden(take_hidden, leave_hidden)
    findings: list[Problem] = []
    failed = False
    with seat_at(store, user) as seat:
        for path in files:
            try:
                seen, report = _one(seat, path, hidden, dry_run=dry_run, quiet=as_json)
            except Trouble as trouble:
                failed = True
                if as_json:
                    print_json({"file": path.name, "error": say(trouble.message)})
                print(say(trouble.message), file=sys.stderr)
                continue
            if unmask or problems is not None:
                placements.note_export(seat, report.sha256)
            findings.extend(report.problems)
            plain = case_words_report.plain_report(report, seen.file, say, unmask=unmask)
            if as_json:
                print_json(plain)
            else:
                code = "intake.words.summary_dry" if report.batch is None else "intake.words.summary"
                print(say(msg(code, file=report.filename, **case_words_report.counts(report))))
                print_findings(plain["problems"])
        if problems is not None:
            headings = [say(msg(f"intake.heading.{name}")) for name in _HEADINGS]
            placement_report.write_problems(findings, problems, say, headings)
    if failed:
        raise typer.Exit(1)


def _one(
    seat: "Seat", path: Path, hidden: "HiddenChoice", *, dry_run: bool, quiet: bool
) -> "tuple[CaseWordsDryRun, CaseWordsReport]":
    """Read, and unless it is a dry run take in, one list; a password comes from the environment or a prompt."""
    from collector_desk.services.intake import case_words as service

    password = os.environ.get("COLLECTOR_DESK_FILE_PASSWORD")
    with progress_bar(quiet) as progress:
        try:
            seen = service.preview(seat, path, password=password, hidden=hidden, progress=progress)
        except Trouble as trouble:
            if trouble.message.code != "intake.password_needed" or not sys.stdin.isatty():
                raise
            password = getpass(f"{path.name}: ")
            seen = service.preview(seat, path, password=password, hidden=hidden, progress=progress)
    if dry_run:
        return seen, service.dry_run(seen)
    with progress_bar(quiet) as progress:
        return seen, service.import_words(seat, seen, progress=progress)
