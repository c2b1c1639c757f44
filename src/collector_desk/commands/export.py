"""What goes out to banks: contact records in a bank's layout, and what a bank is asked about the money."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector_desk.commands.common import JsonOption, StoreOption, UserOption, bar, lang, print_json, say, seat_at
from collector_desk.domain.message import Trouble, msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collector_desk.domain.vocabulary import SentMark

app = typer.Typer(
    help="Files for banks: contact records in a bank's layout, questions about payments.", no_args_is_help=True
)


@app.command()
def contacts(
    placement: Annotated[str, typer.Option(metavar="NO", help="The bank's number of the placement.")],
    profile: Annotated[str, typer.Option(metavar="ID", help="The layout; `export profiles` lists them.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to: .xlsx or .csv; nothing is written over.")],
    user: UserOption,
    store: StoreOption = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="All since this day, repeats marked.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="All up to this day, repeats marked.")
    ] = None,
    release_notes: Annotated[
        bool, typer.Option("--release-notes", help="A lead: also notes about health or family, where asked for.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go out; write nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write what is new of a placement's contact records for its bank; a numbered line of history."""
    from collector_desk.services.exports.contacts import Wish, export, placement_numbered, preview

    days = (first.date() if first else None, last.date() if last else None)
    with seat_at(store, user, only_looks=dry_run) as seat:
        wish = Wish(placement_numbered(seat, placement), profile, *days)
        about = {"placement": placement, "profile": profile}
        if dry_run:
            seen = preview(seat, wish)
            figures = _figures(seen.counts, seen.withheld)
            if as_json:
                print_json({**about, **figures, "asks_notes": seen.asks_notes})
            else:
                print(say(msg("exports.would_go", **about, **figures)))
            return
        with bar(as_json) as shown:
            progress = shown or (lambda _done, _total: None)
            sent = export(seat, wish, out, release_notes=release_notes, progress=progress)
    figures = _figures(sent.counts, sent.withheld)
    if as_json:
        since = sent.since.isoformat() if sent.since else None
        file = {"file": out.name, "sha256": sent.sha256, "from": since, "until": sent.until.isoformat()}
        print_json({"export": sent.number, **about, **file, **figures})
    else:
        print(say(msg("exports.done", number=sent.number, **about, **figures)))


@app.command()
def questions(
    bank: Annotated[str, typer.Option(metavar="NAME", help="Which bank is asked.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to: .xlsx or .csv; nothing is written over.")],
    user: UserOption,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write what a bank is asked about payments, a numbered list; what went out before is marked as a repeat."""
    from collector_desk.services.exports.questions import export

    with seat_at(store, user) as seat:
        sent = export(seat, bank, out, lang())
    figures = {"rows": sent.rows, "repeats": sent.repeats}
    if as_json:
        print_json({"export": sent.number, "bank": bank, "file": out.name, "sha256": sent.sha256, **figures})
    else:
        print(say(msg("money.questions.sent", number=sent.number, bank=bank, **figures)))


@app.command()
def status(
    placement: Annotated[str, typer.Option(metavar="NO", help="The bank's number of the placement.")],
    profile: Annotated[str, typer.Option(metavar="ID", help="The layout; `export profiles` lists them.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to: .xlsx or .csv; nothing is written over.")],
    user: UserOption,
    store: StoreOption = None,
    whole: Annotated[
        bool, typer.Option("--all", help="Every case; those that stand as they were sent marked.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go out; write nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write how a placement's cases stand, as far as it is news, for its bank; a numbered line of history."""
    from collector_desk.domain.exports.layout import LayoutKind
    from collector_desk.services.exports.contacts import Wish, export, placement_numbered, preview

    about = {"placement": placement, "profile": profile}
    with seat_at(store, user, only_looks=dry_run) as seat:
        wish = Wish(placement_numbered(seat, placement), profile, kind=LayoutKind.STATUS, again=whole)
        if dry_run:
            figures = _figures(preview(seat, wish).counts, 0)
            if as_json:
                print_json({**about, **figures})
            else:
                print(say(msg("exports.would_go", **about, **figures)))
            return
        sent = export(seat, wish, out)
    figures = _figures(sent.counts, 0)
    if as_json:
        file = {"file": out.name, "sha256": sent.sha256, "as_of": sent.until.isoformat()}
        print_json({"export": sent.number, **about, **file, **figures})
    else:
        print(say(msg("exports.done", number=sent.number, **about, **figures)))


@app.command()
def profiles(as_json: JsonOption = False) -> None:
    """The layouts that can be used: those that come with the program and a bank's own."""
    from collector_desk.packs.layouts import layouts

    known, faults = layouts()
    for layout in known:
        title = layout.title[lang()]
        if as_json:
            columns = [{"heading": column.heading, "field": column.field.value} for column in layout.columns]
            print_json({"id": layout.id, "version": layout.version, "title": title, "columns": columns})
        else:
            figures = {"version": layout.version, "columns": len(layout.columns)}
            print(say(msg("exports.layout_line", id=layout.id, title=title, **figures)))
    for fault in faults:
        raise Trouble("exports.layout.broken", file=fault.file, line=fault.line, detail=fault.message)


def _figures(counts: "Mapping[SentMark, int]", withheld: int) -> dict[str, int]:
    of_each = {mark.value: count for mark, count in counts.items()}
    return {"rows": sum(counts.values()), **of_each, "withheld": withheld}
