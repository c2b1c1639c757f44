"""Draws docs/architecture.md from the contracts: the floors, the rooms of services, and what each uses in the code.

``python packaging/architecture.py`` writes the drawn parts anew, ``--check`` fails where they are out of date.
"""

import ast
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "architecture.md"
PACKAGE = "collector_desk"
ROOMS = f"{PACKAGE}.services"
ROW = re.compile(r"^(\| `services/(\w+)` \|.*\| )[^|]*( \|)$", re.M)
PART = "<!-- drawn: {} -->\n"
END = "<!-- end of the drawing -->"


def layers(container: str) -> list[list[str]]:
    """The contract's layers of this package, from the top; a layer's members stand side by side."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    found = next(one["layers"] for one in contracts if container in one.get("containers", ()))
    return [re.findall(r"\w+", layer) for layer in found]


def uses(container: str) -> dict[str, set[str]]:
    """What each part of this package imports of the other parts, anywhere in its modules."""
    folder = ROOT.joinpath("src", *container.split("."))
    depth = container.count(".") + 1
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        part = path.relative_to(folder).parts[0].removesuffix(".py")
        if part == "__init__":
            continue
        named = {name.split(".")[depth] for name in imported(path) if name.startswith(f"{container}.")}
        found.setdefault(part, set()).update(named - {part})
    return found


@cache
def imported(path: Path) -> set[str]:
    """The modules of ours that a module names, by their full names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def drawing(container: str) -> str:
    """Who uses whom: a line for each part from the top down, a mark under each it uses, all right of the steps."""
    rows = layers(container)
    order = [part for layer in rows for part in layer]
    used = uses(container)
    wide = max(map(len, order))
    lines = [" " * (wide + 2) + "  ".join(order)]
    for layer in rows:
        for part in layer:
            marks = ["·" if other == part else "x" if other in used.get(part, ()) else "" for other in order]
            cells = "  ".join(mark.center(len(other)) for mark, other in zip(marks, order, strict=True))
            lines.append(f"{part:<{wide}}  {cells}".rstrip())
    return "```\n" + "\n".join(lines) + "\n```\n"


def drawn(text: str) -> str:
    """The document with its drawn parts as the code is now."""
    order = [part for layer in layers(ROOMS)[::-1] for part in layer]
    used = uses(ROOMS)

    def row(found: re.Match[str]) -> str:
        names = sorted(used.get(found[2], ()), key=order.index)
        return found[1] + (", ".join(f"`{name}`" for name in names) or "none") + found[3]

    text = ROW.sub(row, text)
    for name, container in (("floors", PACKAGE), ("rooms", ROOMS)):
        head, rest = text.split(PART.format(name), 1)
        text = head + PART.format(name) + drawing(container) + END + rest.split(END, 1)[1]
    return text


def main() -> int:
    """Write, or compare with ``--check``: 1 where the document is out of date."""
    before = DOCUMENT.read_text("utf-8")
    after = drawn(before)
    if "--check" in sys.argv:
        if before != after:
            print("docs/architecture.md is out of date: python packaging/architecture.py")
        return int(before != after)
    DOCUMENT.write_text(after, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
