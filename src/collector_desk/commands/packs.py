"""``collector-desk packs``: check scripts, rules, objection cards and word lists before anybody works by them."""

import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from collector_desk.domain.message import Message, Trouble, msg
from collector_desk.domain.packs.life import PackKind
from collector_desk.exchange.store_folder import shortened
from collector_desk.words.messages import Lang, render, system_language

app = typer.Typer(help="Packs: scripts, conduct rules, objection cards.", no_args_is_help=True)


@dataclass(frozen=True, slots=True)
class _Fault:
    file: Path
    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class _Checked:
    """One pack that was looked at: the file or folder, what it is, what is wrong with it."""

    path: Path
    kind: str
    faults: tuple[_Fault, ...]
    remark: Message | None = None


@app.callback()
def _group() -> None:
    """Keep ``check`` a command of its own while it is the only one."""


@app.command()
def check(
    path: Annotated[Path, typer.Argument(help="A pack's folder or file, or a folder of several.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a pack.")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="en or zh_CN.")] = None,
) -> None:
    """Check every pack at PATH as the program does on loading; exit 1 with file and line of what is wrong."""
    shown: Lang = "zh_CN" if (lang or system_language()) == "zh_CN" else "en"
    checked = [_check(kind, one) for kind, one in _found(path)]
    if not checked:
        raise Trouble("calls.scripts.no_packs", path=path.name)
    for one in checked:
        _print(one, shown, as_json=as_json)
    if any(one.faults for one in checked):
        raise typer.Exit(1)


def _found(path: Path) -> Iterator[tuple[str, Path]]:
    """The packs at a path with their kinds; a script's or card's file stands for the folder it is part of."""
    try:
        folder = path.is_dir()
    except OSError as error:  # a name no drive can hold
        raise Trouble("calls.scripts.cannot_read", file=shortened(path.name)) from error
    if not folder:
        yield _kind(path)
        return
    if (path / "pack.toml").is_file():
        yield "scripts", path
        return
    inside = sorted(one for one in path.iterdir() if one.is_dir() or one.suffix == ".toml")
    yield from dict.fromkeys(found for one in inside for found in _found(one))


def _kind(path: Path) -> tuple[str, Path]:
    """What a file is, by what stands in it."""
    raw = _content(path)
    if path.stem in _LISTS:
        return path.stem, path
    if path.name == "pack.toml" or "script" in raw:
        return "scripts", path.parent
    if "rules" in raw or "rule" in raw:
        return "rules", path
    if "group" in raw:
        return "lexicon", path
    if "shortcode" in raw:
        return "shortcodes", path
    if "filler" in raw:
        return "speech", path
    if "cards" in raw or "defaults" in raw:
        return "objections", path.parent
    return "unknown", path


_LISTS = ("lexicon", "speech", "shortcodes")


def _content(path: Path) -> dict[str, Any]:
    """The file as far as it is TOML; the pack's own loader says what is wrong with it."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Trouble("calls.scripts.cannot_read", file=path.name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        if (path.parent / "pack.toml").is_file():
            return {"script": {}}
        return {"cards": {}} if (path.parent / "cards.toml").is_file() else {"rules": []}


def _check(kind: str, path: Path) -> _Checked:
    try:
        faults = tuple(_faults(kind, path))
    except Trouble as trouble:
        # A loader that stops at the first fault names its file and line in the message.
        line, file = trouble.message.params.get("line"), trouble.message.params.get("file")
        inside = path / str(file) if path.is_dir() and file else path
        faults = (_Fault(inside, line if isinstance(line, int) else 1, trouble.message),)
    return _Checked(path, kind, faults, None if faults else _remark(kind, path))


def _remark(kind: str, path: Path) -> Message | None:
    """What is not wrong with a sound pack, but has to be known: it does not hold yet."""
    if kind != PackKind.RULES:
        return None
    from collector_desk.packs.rules import read_pack

    pack = read_pack(path)[0]
    return msg("conduct.pack_holds_later", day=pack.valid_from) if pack and pack.valid_from > _today() else None


def _today() -> date:
    return datetime.now().astimezone().date()


def _faults(kind: str, path: Path) -> Iterator[_Fault]:
    # Each loader is imported when it is needed: checking rules does not load the lexicon.
    if kind == PackKind.SCRIPTS:
        from collector_desk.packs.scripts import read_script_pack

        for fault in read_script_pack(path)[1]:
            yield _Fault(path / fault.file, fault.line, fault.message)
    elif kind == PackKind.RULES:
        from collector_desk.packs.rules import read_pack

        for problem in read_pack(path, today=_today())[1]:
            yield _Fault(path, problem.line, problem.what)
    elif kind in _LISTS:
        from collector_desk.packs.pack_files import list_faults

        for fault in list_faults(kind, path.name, _bytes(path)):
            yield _Fault(path, fault.line, fault.message)
    elif kind == PackKind.OBJECTIONS:
        from collector_desk.packs import objections

        for lang in objections.LANGUAGES:
            objections.load_cards(lang, path)
    else:
        yield _Fault(path, 1, msg("calls.scripts.unknown_pack"))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Trouble("calls.scripts.cannot_read", file=path.name) from error


def _print(checked: _Checked, lang: Lang, *, as_json: bool) -> None:
    if as_json:
        faults = [
            {"file": str(one.file), "line": one.line, "code": one.message.code, "reason": render(one.message, lang)}
            for one in checked.faults
        ]
        found = {"path": str(checked.path), "kind": checked.kind, "faults": faults}
        if checked.remark:
            found["remark"] = render(checked.remark, lang)
        print(json.dumps(found, ensure_ascii=False))
        return
    if not checked.faults:
        sound = render(msg("calls.scripts.pack_sound", path=str(checked.path)), lang)
        also = render(checked.remark, lang) if checked.remark else ""
        print((sound if lang == "zh_CN" or not also else f"{sound} ") + also)
    for one in checked.faults:
        print(f"{one.file}:{one.line}: {render(one.message, lang)}", file=sys.stderr)
