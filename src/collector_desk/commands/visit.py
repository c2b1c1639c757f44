"""``collector-desk visit``: check a report that was handed on, put a placement's reports together for the bank."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from collector_desk.commands.common import JsonOption, StoreOption, UserOption, lang, print_json, say, seat_at
from collector_desk.domain.message import Trouble, msg

app = typer.Typer(help="Visit reports: verify one, bundle a placement's.", no_args_is_help=True)
_MOST = 512 << 20  # bytes of a PDF that are read


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The PDF.", metavar="FILE.pdf")],
    user: UserOption,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say whether FILE.pdf is ours and unchanged, who signed it and which version it is; else what is wrong."""
    from collector_desk.services.visits import signing

    data = _read(file)
    with seat_at(store, user) as seat:
        checked = signing.verify(seat, data)
    found = checked.found
    good = found.ours and found.unchanged
    if as_json:
        print_json({
            "file": file.name,
            "ours": found.ours,
            "unchanged": found.unchanged,
            "verdict": say(found.verdict),
            "kept": checked.kept,
            "sha256": checked.sha256,
            "number": found.number or None,
            "version": found.version or None,
            "newer_version": checked.newer_version,
            "content_hash": found.content_hash or None,
            "certificate": found.signer or None,
            "sealed_at": found.signed_at.isoformat() if found.signed_at else None,
            "signers": [{"name": name, "at": at.isoformat()} for name, at in checked.signers],
        })  # fmt: skip
    else:
        print(say(found.verdict))
        if good:
            for name, at in checked.signers:
                print(say(msg("visits.visit_bundle.signed_by", name=name, at=at)))
            print(say(msg("visits.visit_bundle.kept" if checked.kept else "visits.visit_bundle.not_kept")))
            if checked.newer_version:
                print(say(msg("visits.visit_bundle.newer", version=checked.newer_version)))
    if not good:
        raise typer.Exit(1)


@app.command()
def bundle(
    placement: Annotated[str, typer.Option("--placement", metavar="NO", help="The placement's number.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.zip", help="The zip to write.")],
    user: UserOption,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write all accepted reports of a placement into one zip, with a list and hashes."""
    from collector_desk.services.visits import bundle as visit_bundle

    with seat_at(store, user) as seat:
        count = visit_bundle.bundle(seat, placement, out, lang(), _shown)
    if as_json:
        print_json({"placement": placement, "file": out.name, "reports": count})
    else:
        print(say(msg("visits.visit_bundle.done", count=count, file=out.name)))


def _shown(done: int, all_of: int) -> bool:
    if sys.stderr.isatty():
        print(f"\r{done}/{all_of}", end="\n" if done == all_of else "", file=sys.stderr, flush=True)
    return True


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_MOST)
    except OSError as error:
        raise Trouble("visits.visit_bundle.not_read", file=file.name, reason=error.strerror or "") from error
