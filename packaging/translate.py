"""Collect what the windows say into resources/i18n/collector_desk_zh_CN.ts and compile it to the .qm beside it.

Without options: bring both up to date and list what still wants its Chinese. With ``--check``: change nothing, fail
where something is out of date, unfinished or carries other figures than its English. Line numbers are left out, so
that a moved line changes nothing. The .qm is committed, so that wheel and bundle need no Qt tools to be made.
"""

import ast
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "src" / "collector_desk"
WORDS = ROOT / "resources" / "i18n" / "collector_desk_zh_CN.ts"
COMPILED = WORDS.with_suffix(".qm")


def main(check: bool) -> int:
    """Do it; 1 where a sentence is unfinished or can't be collected or, with ``check``, a file is out of date."""
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / WORDS.name
        if WORDS.is_file():
            shutil.copy(WORDS, words)
        collect(words)
        release(words)
        problems = [*uncollectable(), *unfinished(words)]
        for fresh, kept in ((words, WORDS), (words.with_suffix(".qm"), COMPILED)):
            if not kept.is_file() or kept.read_bytes() != fresh.read_bytes():
                if check:
                    problems.append(f"{kept.relative_to(ROOT)} is out of date: run python packaging/translate.py")
                else:
                    put(fresh, kept)
    print("\n".join(problems) or "Every sentence has its Chinese.")
    return 1 if problems else 0


def put(fresh: Path, kept: Path) -> None:
    """Replace a file at once: a running window has the .qm mapped into memory and dies if it is cut short."""
    beside = kept.with_name(f"{kept.name}.new")
    shutil.copy(fresh, beside)
    beside.replace(kept)


def sources() -> list[Path]:
    """The files with sentences for people; compiled forms say the same as their designs."""
    windows = [path for path in (PROGRAM / "ui").rglob("*.py") if path.parent.name != "forms"]
    app = [PROGRAM / "app.py"] if (PROGRAM / "app.py").is_file() else []
    return sorted([*windows, *app, *(ROOT / "resources" / "ui").glob("*.ui")])


def collect(words: Path) -> None:
    """Bring the .ts up to date with the sources; what is no longer said is dropped."""
    options = ["-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", "zh_CN"]
    run("pyside6-lupdate", *options, *(str(path) for path in sources()), "-ts", str(words))
    text = words.read_text("utf-8").replace("\r\n", "\n")
    words.write_text(text, "utf-8", newline="\n")


def release(words: Path) -> None:
    """Compile the .ts to the .qm beside it."""
    run("pyside6-lrelease", str(words), "-qm", str(words.with_suffix(".qm")))


def run(tool: str, *args: str) -> None:
    """Run one of Qt's tools; what it says is shown only where it fails."""
    path = Path(sysconfig.get_path("scripts")) / tool
    done = subprocess.run([path, *args], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{tool} failed:\n{done.stdout}{done.stderr}")


def unfinished(words: Path) -> Iterator[str]:
    """Sentences without Chinese, and those whose Chinese carries other figures than the English."""
    for context in ET.parse(words).getroot().iter("context"):  # noqa: S314 -- our own file
        for message in context.iter("message"):
            source = message.findtext("source") or ""
            translation = message.find("translation")
            said = "" if translation is None else "".join(translation.itertext()).strip()
            place = f"{context.findtext('name')}: {source!r}"
            if translation is None or translation.get("type") == "unfinished" or (source.strip() and not said):
                yield f"{place} has no Chinese yet"
            elif figures(source) != figures(said):
                yield f"{place} has other figures in Chinese"


def figures(sentence: str) -> set[str]:
    """The places of a sentence that are filled in later: ``{name}``, ``%1``, ``%n``."""
    return set(re.findall(r"\{\w*\}|%\d|%n", sentence))


def uncollectable() -> Iterator[str]:
    """Calls of ``tr`` that no tool can collect: an f-string or anything else put together at run time."""
    for path in sources():
        if path.suffix != ".py":
            continue
        for line in made_up(path.read_text("utf-8")):
            yield f"{path.relative_to(ROOT)}:{line} translates a sentence that is put together there"


def made_up(source: str) -> list[int]:
    """The lines where ``tr`` is given an f-string, a sum or a call, or stands inside an f-string, where the tool
    does not look; a name may stand for a marked constant.
    """
    whole = ast.parse(source)
    made = ast.JoinedStr | ast.BinOp | ast.Call
    wrong = [call for call in _translations(whole) if isinstance(call.args[0], made)]
    for text in ast.walk(whole):
        if isinstance(text, ast.JoinedStr):
            wrong += _translations(text)
    return sorted({call.lineno for call in wrong})


def _translations(tree: ast.AST) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    return [call for call in calls if getattr(call.func, "attr", getattr(call.func, "id", "")) == "tr"]


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
