"""The house as it is meant to be: what no linter asks is asked here."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "collector_desk"
MOST_ARROWS = 35
MOST_LINES = 600


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of ours but the forms that a tool writes and the frozen migrations."""
    paths = [path for path in SOURCE.rglob("*.py") if not {"forms", "versions"} & set(path.parts)]
    return {path.relative_to(SOURCE): ast.parse(path.read_text("utf-8")) for path in paths}


def imported(tree: ast.Module) -> set[str]:
    """The modules of ours that a module names, by their full names."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("collector_desk"):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("collector_desk")}
    return found


def arrows() -> dict[str, set[str]]:
    """Which rooms of services each room uses."""
    uses: dict[str, set[str]] = {}
    for path, tree in trees().items():
        if path.parts[0] == "services" and len(path.parts) > 2:
            room = path.parts[1]
            named = {name.split(".")[2] for name in imported(tree) if name.startswith("collector_desk.services.")}
            uses.setdefault(room, set()).update(named - {room})
    return uses


def written_down() -> dict[str, set[str]]:
    """The same as docs/architecture.md tells it: a row for each room, what it uses in the last cell."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `services/(\w+)` \|.*\| ([^|]*) \|$", text, re.M)
    return {room: set(re.findall(r"`(\w+)`", uses)) for room, uses in rows}


def test_the_rooms_of_services_use_what_the_plan_says() -> None:
    assert arrows() == written_down()


def test_there_are_few_arrows_between_rooms() -> None:
    assert sum(len(uses) for uses in arrows().values()) <= MOST_ARROWS


def test_nothing_of_services_lies_outside_a_room() -> None:
    loose = [path.name for path in trees() if path.parts[0] == "services" and len(path.parts) == 2]
    assert loose == ["__init__.py"]


def test_the_window_neither_imports_the_store_nor_reaches_through_to_it() -> None:
    found = []
    for path, tree in trees().items():
        if path.parts[0] != "ui":
            continue
        found += [f"{path}: {name}" for name in imported(tree) if name.startswith("collector_desk.store")]
        found += [
            f"{path}:{node.lineno}: .store"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr == "store"
        ]
    assert found == []


def test_no_two_public_classes_bear_one_name() -> None:
    names = Counter(
        node.name
        for tree in trees().values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert {name: count for name, count in names.items() if count > 1} == {}


def test_no_module_is_too_long_to_hold_in_the_head() -> None:
    lengths = {path: len((SOURCE / path).read_text("utf-8").splitlines()) for path in trees()}
    assert {str(path): lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_module_only_hands_on_what_others_hold() -> None:
    """No shims for old names: a module that defines nothing and only imports is one (a package's face apart)."""
    shims = []
    for path, tree in trees().items():
        body = [
            node for node in tree.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        ]
        if path.name != "__init__.py" and body and all(isinstance(n, ast.Import | ast.ImportFrom) for n in body):
            shims.append(str(path))
    assert shims == []


SEVERAL_WRITERS = {
    # table: why more than one function writes its rows
    "counts_taken": "a file's figures and one debtor's by hand; the demo's of this morning",
    "external_count": "the bulk form of a file beside the single one; the demo's of this morning",
    "guarantee": "proven, and ended: two acts of one module",
    "payment": "what a debtor showed; the demo's of the bank, until payments are taken in",
    "short_form": "kept, and taken out of use: two acts of one module",
}


def writers() -> dict[str, set[str]]:
    """Which functions insert a row of history, by table: through an act's ``record`` or in bulk."""
    found: dict[str, set[str]] = {}
    for path, tree in trees().items():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name not in {"record", "record_many"}:
                    continue
                for given in node.args[:2]:
                    if (
                        isinstance(given, ast.Attribute)
                        and isinstance(given.value, ast.Name)
                        and given.value.id == "t"
                    ):
                        found.setdefault(given.attr, set()).add(f"{path}:{function.name}")
    return found


def test_every_noun_of_the_history_has_one_writer() -> None:
    several = {table: names for table, names in writers().items() if len(names) > 1}
    assert set(several) == set(SEVERAL_WRITERS), several
