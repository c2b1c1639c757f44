"""What every command shares: the store it works at, the person, the password, what is printed."""

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.text.cleaning import visible
from collector_desk.resources import default_store
from collector_desk.words.messages import Lang, render, system_language

if TYPE_CHECKING:
    from collector_desk.intake.columns import HiddenChoice
    from collector_desk.services.desk.seat import Seat

StoreOption = Annotated[
    Path | None,
    typer.Option("--store", metavar="DIR", help="The store's folder (default: in the user's data folder)."),
]
UserOption = Annotated[str, typer.Option("--user", metavar="NAME", help="Who works.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print what machines read.")]
UnmaskOption = Annotated[bool, typer.Option("--unmask", help="Show personal data in full; a line of history.")]
TakeHiddenOption = Annotated[
    list[str] | None,
    typer.Option("--take-hidden", metavar="COLUMN", help="A hidden column that counts: D, or SHEET!D."),
]
LeaveHiddenOption = Annotated[
    list[str] | None, typer.Option("--leave-hidden", metavar="COLUMN", help="A hidden column that is not read.")
]
_MOST_SHOWN = 40


def lang() -> Lang:
    """The language of what is printed."""
    return system_language()


def say(message: Message) -> str:
    """A message in that language; what could move a terminal's cursor is shown as its code point."""
    return visible(render(message, lang()))


def password(prompt: str = "Password: ", *, confirm: bool = False) -> str:
    """The password from COLLECTOR_DESK_PASSWORD or a prompt, never from an argument."""
    given = os.environ.get("COLLECTOR_DESK_PASSWORD")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Refused("commands.no_password")
    first = getpass.getpass(prompt)
    if confirm and getpass.getpass("Again: ") != first:
        raise Refused("commands.passwords_differ")
    return first


def chosen_hidden(take: list[str] | None, leave: list[str] | None) -> "HiddenChoice":
    """Which columns that a file hides are taken or left."""
    from collector_desk.intake.columns import HiddenChoice

    return HiddenChoice(frozenset(take or ()), frozenset(leave or ()))


@contextmanager
def seat_at(store: Path | None, user: str, *, only_looks: bool = False) -> Iterator["Seat"]:
    """Sign in for one command and out again. Where it ``only_looks``, nothing is signed and no mark moved."""
    from collector_desk.services.office import people

    seat = people.sign_in(store or default_store(), user, password())
    try:
        if (doubt := seat.standing.message) is not None and not only_looks:
            print(say(doubt), file=sys.stderr)
        yield seat
    finally:
        if only_looks:
            seat.let_go()
        else:
            leave(seat)


def leave(seat: "Seat") -> None:
    """Sign out; what kept the mark from being written is told."""
    from collector_desk.services.office import people

    told = people.sign_out(seat)
    if told is not None:
        print(say(told), file=sys.stderr)


@contextmanager
def bar(quiet: bool = False) -> Iterator[Callable[[int, int], None] | None]:
    """How far it is, on a terminal; None where nobody looks."""
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


def print_json(value: Any) -> None:
    """One JSON value on a line of its own."""
    print(json.dumps(value, ensure_ascii=False, default=str))


def print_findings(problems: Sequence[Mapping[str, object]]) -> None:
    """What was found in a received file, a line each, as far as one reads on a screen."""
    for found in problems[:_MOST_SHOWN]:
        place = " ".join(str(found[name]) for name in ("sheet", "line", "column") if found[name])
        print(f"  {place}  {found['value']}  {found['reason']}")
    if len(problems) > _MOST_SHOWN:
        print(say(msg("intake.more_findings", count=len(problems) - _MOST_SHOWN)))
