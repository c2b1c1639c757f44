"""Walk every page in two languages, two themes and four sizes: ``python -m tests.walk [--pictures DIR]``.

Prints every fault with its place, then how much was walked. Each language, theme and size is a process of its own,
because 200 % is decided before Qt starts. Ends with 1 where anything is wrong.
"""

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LANGUAGES, _THEMES = ("zh_CN", "en"), ("light", "dark")


def main() -> int:
    """Walk them all, or one that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="Keep a picture of every place.")
    parser.add_argument("--one", nargs=4, metavar=("LANGUAGE", "THEME", "SIZE", "GROUND"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if asked.one:
        return _one(*asked.one, pictures=asked.pictures)
    from tests.walk.walking import SIZES, make_ground

    with tempfile.TemporaryDirectory(prefix="walk-") as held:
        os.environ["COLLECTOR_DESK_HOME"] = str(Path(held) / "home")
        _quick_keys()
        make_ground(Path(held) / "ground")
        walks = list(itertools.product(_LANGUAGES, _THEMES, (*SIZES, "200 %")))
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            ended = list(workers.map(lambda one: _walk(Path(held), *one, pictures=asked.pictures), walks))
        for told in ended:
            print(told.stdout or told.stderr, end="")  # noqa: T201
        bad = sum(told.returncode != 0 for told in ended)
    print("nothing is wrong" if not bad else f"{bad} walks found something")  # noqa: T201 -- run by hand
    return 1 if bad else 0


def _walk(
    held: Path, language: str, theme: str, size: str, *, pictures: Path | None
) -> subprocess.CompletedProcess[str]:
    """One of them in a process of its own, with the home of the machine that made the store."""
    home = held / f"home {language} {theme} {size}"
    shutil.copytree(held / "home", home)
    sent = dict(os.environ, COLLECTOR_DESK_HOME=str(home), QT_SCALE_FACTOR="2" if size == "200 %" else "1")
    command = [sys.executable, "-m", "tests.walk", "--one", language, theme, size, str(held / "ground")]
    if pictures:
        command += ["--pictures", str(pictures)]
    return subprocess.run(command, env=sent, check=False, capture_output=True, text=True)


def _one(language: str, theme: str, size: str, ground: str, *, pictures: Path | None) -> int:
    from collector_desk.app import make_application
    from tests.walk.rings import shot
    from tests.walk.walking import SIZES, walk

    _quick_keys()
    app = make_application()
    places: list[str] = []

    def seen(place: str, window: "QWidget") -> None:
        places.append(place)
        if pictures is not None:
            name = f"{len(places):02d}-{place}-{language}-{theme}-{size}.png".replace(" ", "-").replace(":", "")
            pictures.mkdir(parents=True, exist_ok=True)
            shot(window).save(str(pictures / name))

    with tempfile.TemporaryDirectory(prefix="walk-") as held:
        wide = SIZES.get(size, SIZES["1366 x 697"])
        found = walk(app, Path(ground), Path(held), language=language, theme=theme, size=wide, seen=seen)
    print(f"{language} {theme} {size}: {len(places)} places, {len(found)} faults", flush=True)  # noqa: T201
    for one in found:
        print(f"  {one}", flush=True)  # noqa: T201
    os._exit(1 if found else 0)  # as the program ends: nothing is left to do


def _quick_keys() -> None:
    """Passwords are slow on purpose; here nothing is protected."""
    from collector_desk.store import keys

    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        setattr(keys, name, value)


if __name__ == "__main__":
    sys.exit(main())
