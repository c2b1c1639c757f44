"""The command that says of which days the banks have told what was paid, and takes a word about them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from collector_desk.commands.common import JsonOption, StoreOption, UserOption, print_json, say, seat_at
from collector_desk.domain.message import Refused, msg

if TYPE_CHECKING:
    from collector_desk.services.intake.coverage import BankTold

app = typer.Typer()


@app.command()
def coverage(
    user: UserOption,
    store: StoreOption = None,
    bank: Annotated[str, typer.Option(help="Of which bank something is said.")] = "",
    none_until: Annotated[
        str,
        typer.Option(metavar="DAY", help="Nothing was paid up to this day: one says it, then another lead."),
    ] = "",
    lower_to: Annotated[
        str, typer.Option(metavar="DAY", help="Less is known than was said: nothing after this day (lead).")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why less is known.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Say how far each bank has told what was paid; promises are decided by it."""
    from collector_desk.services.intake import coverage as service

    with seat_at(store, user) as seat:
        if none_until:
            service.none_until(seat, bank, _day(none_until))
        if lower_to:
            service.lower(seat, bank, _day(lower_to), reason=reason)
        for told in service.banks(seat):
            _print(told, as_json=as_json)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("intake.payments.days_unread", "day", said=text) from error


def _print(told: "BankTold", *, as_json: bool) -> None:
    if as_json:
        known = told.known_up_to.isoformat() if told.known_up_to else None
        said = {"by": told.said.by, "until": told.said.last.isoformat()} if told.said else None
        holes = [f"{hole.first.isoformat()}..{hole.last.isoformat()}" for hole in told.holes]
        print_json(
            {
                "bank": told.bank,
                "since": told.since.isoformat(),
                "known_up_to": known,
                "holes": holes,
                "said_none": said,
            }
        )
        return
    if told.known_up_to is None:
        print(say(msg("money.coverage.nothing", bank=told.bank, day=told.since)))
    else:
        print(say(msg("money.coverage.line", bank=told.bank, day=told.known_up_to)))
    if told.said is not None:
        print(say(msg("money.coverage.said_none", name=told.said.by, day=told.said.last)))
    for hole in told.holes:
        print(say(msg("money.coverage.hole", first=hole.first, last=hole.last)))
