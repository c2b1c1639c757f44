"""Nothing without a caller: what nobody in the program calls, reads or shows, found by vulture. Fails where any is.

A function that only its own test calls looks like a feature and is none. So only ``src`` is searched: a test is no
caller. Left out are what another library calls by its name (``HOOKS``) and a few single names (``KEPT``), each with
the reason; an exception that excuses nothing any more fails as well. vulture goes by names alone: what shares its
name with something in use is not found.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from vulture import Vulture  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "src" / "collector_desk"
CONFIDENCE = 60
ENUMS = {"Enum", "StrEnum", "IntEnum", "Flag"}
MADE = ("ui/forms/*", "store/migrations/versions/*")  # callers, but not judged: pyside6-uic and alembic wrote them
DECORATORS = [  # whoever is decorated with these is called by the library
    "@app.command",  # typer: a command of the command line
    "@app.callback",
]


@dataclass(frozen=True)
class Hooks:
    """Names another library calls or reads, in the modules that deal with it."""

    where: str
    names: tuple[str, ...]
    reason: str


HOOKS = (
    Hooks("ui/*", ("*Event", "eventFilter", "paintSection", "heightForWidth"), "Qt calls these of a widget"),
    Hooks("ui/*", ("drawForeground", "highlightBlock", "clone"), "Qt calls these of a view, highlighter, icon"),
    Hooks("ui/*", ("isSequential", "readData", "writeData"), "Qt calls these of a device"),
    Hooks("ui/theme/qlementine.py", ("use*", "font*", "control*", "*Radius", "*Duration"), "qlementine's theme"),
    Hooks("ui/window/log.py", ("exc_text",), "logging keeps a record's traceback there"),
    Hooks("parsing/windows_job.py", ("process_memory",), "ctypes: a record Windows reads"),
    Hooks("packs/*", ("model_config",), "pydantic reads how strict a model is"),
    Hooks("packs/*", ("zh_CN",), "a field of a pack's file, read by the language's name"),
    Hooks("store/metadata.py", ("impl", "cache_ok", "process_*"), "SQLAlchemy asks a type"),
    Hooks("store/metadata.py", ("get_col_spec", "*_processor", "coltype"), "SQLAlchemy asks a type"),
    Hooks("store/engine.py", ("supports_*", "server_version_info", "do_begin"), "SQLAlchemy: a dialect"),
    Hooks("documents/evidence.py", ("MAX_IMAGE_PIXELS",), "Pillow: beyond it a picture is an attack"),
    Hooks("documents/archive.py", ("Metadata", "OutputIntents", "ViewerPreferences"), "reportlab: the catalogue"),
    Hooks("documents/archive.py", ("_timeStamp", "YMDhms", "d??", "tzname"), "reportlab: the document's own time"),
    Hooks("documents/tagging.py", ("Struct*", "Tabs", "MarkInfo"), "reportlab: the tags"),
    Hooks("documents/blocks.py", ("_argW", "_width_calculated_once", "_spanRects"), "reportlab: a table's sizes"),
    Hooks("documents/page.py", ("useA85",), "reportlab: how a page's stream is packed"),
    Hooks("documents/outlines.py", ("recalc*", "modified", "max*"), "fontTools: the tables of a font"),
    Hooks("documents/signing.py", ("_update_meta", "system_time", "sign_raw"), "pyhanko: writer and signer"),
    Hooks("documents/bundle.py", ("compress_type", "external_attr"), "zipfile: a member's head"),
    Hooks("documents/bundle.py", ("modified", "creator"), "openpyxl: a workbook's properties"),
    Hooks("*", ("freeze_panes", "data_type"), "openpyxl: a sheet's and a cell's properties"),
    Hooks("documents/letterhead.py", ("__call__",), "a Protocol: says how a function is called"),
    Hooks("services/desk/seat.py", ("__call__",), "a Protocol: says how a function is called"),
)

KEPT = {
    "store/foreign.py:lines_after": "what take_in is given: the handover that will call it is its own issue",
    "domain/money/allocation.py:perhaps_not_yet": "a balance's make-up says it: its screen is its own step",
    "domain/calls/objection_cards.py:help_numbers": "checked with a card; the screen shows those of the settings",
    "domain/conduct/rules.py:jurisdiction": "the head of a pack says whose law it is, for who reads it",
    "domain/visits/evidence.py:north_e6": "kept in the store with the piece: where its file says it was made",
    "domain/visits/evidence.py:east_e6": "kept in the store with the piece: where its file says it was made",
    "domain/visits/visit.py:planned_by": "kept in the store with the plan: who made it",
    "store/search.py:search_debtor": "a table: the schema is made from it, its SQL is written out for speed",
    "store/search.py:search_key": "a table: the schema is made from it, its SQL is written out for speed",
}
MOST_KEPT = 40


class Finder(Vulture):  # type: ignore[misc]  # published without types
    """vulture, but that a name stands in ``__all__`` calls nothing."""

    def visit_Assign(self, node: ast.Assign) -> None:  # noqa: N802 -- called by vulture
        """Leave out what vulture does here."""


def main() -> int:
    """Search; 1 where something has no caller, or an exception nothing to excuse."""
    finder = Finder(ignore_decorators=DECORATORS)
    finder.scavenge([str(PROGRAM)])
    problems: list[str] = []
    used: set[str] = set()
    for item in finder.get_unused_code(min_confidence=CONFIDENCE):
        path = Path(item.filename).resolve()
        module = path.relative_to(PROGRAM.resolve()).as_posix()
        if item.typ == "import" or any(fnmatch(module, made) for made in MADE):
            continue  # imports are ruff's
        if item.typ == "variable" and any(item.first_lineno in lines for lines in enums(path)):
            continue  # a member is read by its value: from a file, the store, a loop over all of them
        excuses = [f"{module}:{item.name}"] if f"{module}:{item.name}" in KEPT else list(hooked(module, item.name))
        used.update(excuses)
        if not excuses:
            problems.append(f"{module}:{item.first_lineno}: {item.typ} {item.name} has no caller")
    known = [*KEPT, *(f"{hooks.where}:{name}" for hooks in HOOKS for name in hooks.names)]
    problems += [f"{name}: this exception excuses nothing any more" for name in known if name not in used]
    if len(KEPT) > MOST_KEPT:
        problems.append(f"{len(KEPT)} single names are kept, {MOST_KEPT} at most")
    print("\n".join(problems) or "Everything has a caller.")
    return 1 if problems else 0


def hooked(module: str, name: str) -> Iterator[str]:
    """The patterns of ``HOOKS`` that this name of this module falls under."""
    for hooks in HOOKS:
        if fnmatch(module, hooks.where):
            yield from (f"{hooks.where}:{each}" for each in hooks.names if fnmatch(name, each))


@cache
def enums(path: Path) -> tuple[range, ...]:
    """The lines of each enumeration in a module."""
    classes = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ClassDef))
    return tuple(
        range(node.lineno, (node.end_lineno or node.lineno) + 1)
        for node in classes
        if any(ast.unparse(base).rpartition(".")[2] in ENUMS for base in node.bases)
    )


if __name__ == "__main__":
    sys.exit(main())
