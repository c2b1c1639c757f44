"""``collector-desk objections``: find the answer to what a debtor says, check the answers."""

import json
from typing import Annotated

import typer

from collector_desk.domain.message import Refused
from collector_desk.words.messages import system_language

app = typer.Typer(help="Answers to what debtors say.", no_args_is_help=True)

_Json = Annotated[bool, typer.Option("--json", help="One JSON list.")]
_Lang = Annotated[str | None, typer.Option("--lang", help="en or zh_CN: the language of the titles.")]
_Limit = Annotated[int, typer.Option("--limit", min=1, max=20, help="How many at most.")]


@app.command()
def find(
    text: Annotated[str, typer.Argument(help="What the debtor says: characters, pinyin, initials or English.")],
    lang: _Lang = None,
    limit: _Limit = 3,
    as_json: _Json = False,
) -> None:
    """Show the answers that fit TEXT best, best first; nothing where it is no objection."""
    from collector_desk.packs.objections import LANGUAGES, shipped_index  # reading the cards takes a moment

    shown = lang or system_language()
    if shown not in LANGUAGES:
        raise Refused("calls.objections.unknown_language", lang=shown)
    hits = shipped_index(shown).find(text, limit)
    if as_json:
        rows = [{"id": hit.id, "title": hit.title, "score": hit.score} for hit in hits]
        print(json.dumps(rows, ensure_ascii=False))
        return
    for hit in hits:
        print(f"{hit.score:.2f}  {hit.id}  {hit.title}")


@app.callback()
def objections() -> None:
    """Answers to what debtors say."""
