"""Compile resources/ui/*.ui into src/collector_desk/ui/forms/ui_*.py (``--check``: only say what is out of date).

The compiled forms are committed: they start quickly and mypy and newcomers can read them. Never edit them by hand.
"""

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DESIGNS = ROOT / "resources" / "ui"
FORMS = ROOT / "src" / "collector_desk" / "ui" / "forms"


def main(check: bool) -> int:
    """Compile every design; 1 where ``check`` finds a form missing, out of date or without its design."""
    wanted = {FORMS / f"ui_{design.stem}.py": compiled(design) for design in sorted(DESIGNS.glob("*.ui"))}
    strays = set(FORMS.glob("ui_*.py")) - set(wanted)
    stale = {form for form, text in wanted.items() if not form.is_file() or form.read_text("utf-8") != text}
    if check:
        for form in sorted(stale | strays):
            print(f"{form.relative_to(ROOT)} does not match its design: run python packaging/compile_ui.py")
        return 1 if stale or strays else 0
    for form in stale:
        form.write_text(wanted[form], "utf-8", newline="\n")
    for form in strays:
        form.unlink()
    return 0


def compiled(design: Path) -> str:
    """The form of one design, without what changes with every release of the compiler."""
    uic = Path(sysconfig.get_path("scripts")) / "pyside6-uic"
    done = subprocess.run([uic, design], check=True, capture_output=True, encoding="utf-8")
    if done.stderr.strip():
        raise SystemExit(f"{design.name}: {done.stderr.strip()}")
    return re.sub(r"(?m)^## Created by: .*\n", "", done.stdout.replace("\r\n", "\n"))


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
