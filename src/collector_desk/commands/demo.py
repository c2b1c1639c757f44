"""The demo store and the tour through the windows."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from collector_desk.commands.common import StoreOption, say
from collector_desk.domain.message import msg

app = typer.Typer()
Language = Literal["zh_CN", "en", "both"]
Theme = Literal["light", "dark", "both"]


@app.command()
def demo(
    store: StoreOption = None,
    size: Annotated[int, typer.Option(min=1, help="How many accounts.")] = 600,
    seed: Annotated[int, typer.Option(help="Another number, other people.")] = 2026,
    no_window: Annotated[bool, typer.Option("--no-window", help="Only make the store.")] = False,
) -> None:
    """Make a store of invented people with real balances, then open the window."""
    from collector_desk.demo import store as making
    from collector_desk.demo.sign import PASSWORD
    from collector_desk.resources import home_folder

    folder = store or home_folder() / "demo"
    with _bar() as progress:
        making.make_demo(folder, size=size, seed=seed, progress=progress)
    names = ", ".join((making.AGENT, making.JUNIOR, making.LEAD, *making.VISITORS))
    print(say(msg("demo.ready", folder=str(folder), people=names, password=PASSWORD)))
    if not no_window:
        from collector_desk.app import run_window

        raise typer.Exit(run_window(folder))


@app.command()
def tour(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where pictures, PDF and tour.json go.")],
    lang: Annotated[Language, typer.Option("--lang", help="Language of the windows.")] = "both",
    theme: Annotated[Theme, typer.Option("--theme", help="Look of the windows.")] = "both",
) -> None:
    """Do the main job through the real windows, without a screen; leave pictures of every step."""
    from collector_desk.commands.tour import run_tour

    made = run_tour(out, lang=lang, theme=theme)
    print(say(msg("demo.tour_done", count=made, folder=str(out))))


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None] | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("")

        def progress(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)

        yield progress
