"""Write the lock files anew from pyproject.toml : ``python packaging/lock.py [--upgrade]`` (wants uv).

One resolution serves Linux, Windows and macOS under Python 3.11 and newer. requirements.lock holds what the program
and its installation need, the others only what the tests or a release need besides. No address of any package index
is written down: whoever installs decides where from, the hashes decide what.
"""

import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
OPTIONS = (
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links"),
)
GROUPS = {"requirements.lock": "build", "requirements-dev.lock": "dev", "requirements-release.lock": "release"}


def main(upgrade: bool) -> None:
    """Resolve each group on top of the program's own parts and write down what it adds."""
    base = HERE / "requirements.lock"
    own: list[str] = []
    for name, group in GROUPS.items():
        lock = HERE / name
        old = lock.read_text("utf-8") if lock.is_file() and not upgrade else ""
        pinned = ["--constraint", str(base)] if own else []
        found = split(resolve([*pinned, "--group", "build", "--group", group], "".join(own) + old))
        lock.write_text("".join(block for block in found if block not in own), "utf-8", newline="\n")
        own = own or found


def resolve(options: list[str], preferred: str) -> str:
    """uv's answer for the project and these groups; versions that were preferred stay where they still fit."""
    uv = Path(sysconfig.get_path("scripts")) / "uv"
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.lock"
        answer.write_text(preferred, "utf-8")
        command: list[str | Path] = [
            uv,
            "pip",
            "compile",
            "pyproject.toml",
            *OPTIONS,
            *options,
            "--output-file",
            answer,
        ]
        subprocess.run(command, cwd=HERE.parent, check=True, stdout=subprocess.DEVNULL)
        return answer.read_text("utf-8")


def split(text: str) -> list[str]:
    """One block per package: its pinned line and the hashes below it."""
    return [block for block in re.split(r"(?m)^(?=[A-Za-z0-9])", text) if block.strip()]


if __name__ == "__main__":
    main("--upgrade" in sys.argv[1:])
