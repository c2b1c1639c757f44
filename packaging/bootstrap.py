"""From a fresh clone to the running program, or its tests, in one command. Needs nothing but Python itself.

    python3 packaging/bootstrap.py run [ARGS]        make .venv, install the locked parts, then collector-desk ARGS
    python3 packaging/bootstrap.py test [ARGS]       the same for the whole test suite (pytest ARGS)
    python3 packaging/bootstrap.py install [--dev]   only make .venv ready

Every part is installed from the lock files beside this one and checked against its hash. What was installed is
written down in .venv, so that the next start only compares two hashes. Must be readable by old Pythons, since it
is what tells their owners.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import locale
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
OLDEST_GLIBC = (2, 34)
LOCKS = {"run": ("requirements.lock",), "dev": ("requirements.lock", "requirements-dev.lock")}

# library: its package on Debian and Ubuntu, and on Fedora. The first part is needed even without a screen.
LIBRARIES = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5-libs"),
    "libatomic.so.1": ("libatomic1", "libatomic"),
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
}

UNREACHED = (
    *("Failed to establish", "NewConnectionError", "NameResolutionError", "ProxyError", "SSLError", "timed out"),
    *("Connection refused", "Connection reset", "No matching distribution"),
)
WORDS = Path(__file__).with_name("bootstrap-words.json")


class Stop(Exception):  # noqa: N818 -- not a fault of the script: what the machine lacks, in words
    """Something the person has to see to; ``str`` of it is the sentence."""


def say(code: str, **figures: object) -> str:
    """One sentence in the language of the machine: Chinese where it is set to Chinese, else English."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    chosen = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    words = json.loads(WORDS.read_text(encoding="utf-8"))[code]
    return str(words["zh_CN" if chosen.startswith(("zh", "Chinese")) else "en"]).format(**figures)


def main(args: list[str]) -> int:
    """Do what the command line asks; the exit code of the program or tests, 1 where it can't, 2 on wrong usage."""
    if args[:1] in (["-h"], ["--help"]):
        print(__doc__, file=sys.stderr)
        return 0
    command, rest = (args[0], args[1:]) if args else ("", [])
    if command not in ("run", "test", "install") or (command == "install" and rest not in ([], ["--dev"])):
        print(say("usage"), file=sys.stderr)
        return 2
    window = command == "run" and wants_window(rest)
    try:
        check_machine(window)
        python = make_ready(
            ROOT, "dev" if command == "test" or (command, rest) == ("install", ["--dev"]) else "run"
        )
        if command != "install":
            check_libraries(window)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except OSError as error:
        print(explain_pip([f"[Errno {error.errno}] {error.strerror}"]), file=sys.stderr)
        return 1
    if command == "run":
        return start([str(python.with_name("collector-desk" + python.suffix)), *rest], surroundings(rest))
    if command == "test":
        return start([str(python), "-m", "pytest", *rest], surroundings(["tests"]), folder=ROOT)
    return 0


def check_machine(window: bool) -> None:
    """Stop before anything is fetched where the program could not run anyway."""
    check_python(sys.version_info[:3])
    check_c_library(*platform.libc_ver())
    if window and not has_screen(sys.platform, os.environ):
        raise Stop(say("no_screen"))


def check_c_library(kind: str, version: str) -> None:
    """Stop on a Linux older than the oldest that PySide6 is made for."""
    found = tuple(int(part) for part in version.split(".") if part.isdigit())
    if kind == "glibc" and found < OLDEST_GLIBC:
        raise Stop(say("old_system", found=version, oldest=".".join(map(str, OLDEST_GLIBC))))


def check_python(version: tuple[int, ...]) -> None:
    """Stop where Python is too old, naming a newer one if the machine has it."""
    if version >= OLDEST:
        return
    newer = next((name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)), None)
    hint = say("try_python", command=" ".join([newer, *sys.argv])) if newer else say("get_python")
    found = ".".join(str(part) for part in version)
    raise Stop(say("old_python", oldest=".".join(str(part) for part in OLDEST), found=found, hint=hint))


# --- The virtual environment ----------------------------------------------------------------------


def make_ready(root: Path, kind: str) -> Path:
    """The Python of a .venv that holds exactly the locked parts and the project; makes what is missing."""
    venv = root / ".venv"
    python = venv_python(venv)
    wanted = wanted_stamp(root, kind)
    if is_ready(venv, wanted):
        return python
    unfinished = venv / "unfinished"
    if unfinished.exists() or not works(python):
        print(say("repairing" if venv.exists() else "making"), file=sys.stderr)
        make_venv(venv)
    unfinished.touch()
    stamp_file(venv).unlink(missing_ok=True)
    print(say("installing"), file=sys.stderr)
    locks = [part for name in LOCKS[kind] for part in ("-r", str(root / "packaging" / name))]
    pip(python, "--require-hashes", "--no-deps", *locks)
    pip(python, "--no-deps", "--no-build-isolation", "-e", str(root))
    stamp_file(venv).write_text(json.dumps({**wanted, "python": venv_version(venv)}), encoding="utf-8")
    unfinished.unlink()
    return python


def venv_python(venv: Path) -> Path:
    """Where the virtual environment keeps its interpreter."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def stamp_file(venv: Path) -> Path:
    """Where is written down what was installed."""
    return venv / "collector-desk-stamp.json"


def wanted_stamp(root: Path, kind: str) -> dict[str, str]:
    """What has to be installed: the hash of each lock file, and of the project's own description."""
    files = {name: root / "packaging" / name for name in LOCKS[kind]}
    files["pyproject.toml"] = root / "pyproject.toml"
    # Line endings differ between checkouts and mean nothing here.
    return {
        name: hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest() for name, path in files.items()
    }


def is_ready(venv: Path, wanted: dict[str, str]) -> bool:
    """Whether the stamp says that at least what is wanted is installed, under the Python that is there."""
    if (venv / "unfinished").exists() or not venv_python(venv).exists():
        return False
    try:
        stamp = json.loads(stamp_file(venv).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(stamp, dict) and {**stamp, **wanted, "python": venv_version(venv)} == stamp


def venv_version(venv: Path) -> str:
    """The version of Python the environment was made with, from its own notes; empty where they are missing."""
    try:
        lines = (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    pairs = [line.split("=", 1) for line in lines if "=" in line]
    found = {key.strip(): value.strip() for key, value in pairs}
    return found.get("version") or found.get("version_info", "")


def works(python: Path) -> bool:
    """Whether the interpreter starts, is new enough and has pip."""
    if not python.exists():
        return False
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST!r})"
    try:
        return subprocess.run([str(python), "-c", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv(venv: Path) -> None:
    """Make the environment anew, with the interpreter that runs this (never one inside the environment itself)."""
    if venv.is_symlink():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(venv)
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run([base, "-m", "venv", str(venv)], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise Stop(explain_pip((made.stdout + made.stderr).splitlines(), otherwise="no_venv"))


def pip(python: Path, *args: str) -> None:
    """Run pip's install, showing which part it is at; stop with a plain sentence where it fails."""
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *args]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=environment,
    ) as process:
        lines = []
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if line.startswith(("Collecting ", "Installing ")):
                print("  " + line.split(" (from")[0].rstrip()[:100], file=sys.stderr)
    if process.returncode != 0:
        raise Stop(explain_pip(lines))


def explain_pip(lines: list[str], otherwise: str = "pip_failed") -> str:
    """What pip's last words mean to the person before the screen."""
    words = "\n".join(lines)
    if "No space left on device" in words or "Errno 28" in words or "WinError 112" in words:
        return say("disk_full", folder=ROOT)
    if "Errno 13" in words or "Permission denied" in words:
        return say("no_write", folder=ROOT)
    if "DO NOT MATCH THE HASHES" in words:
        return say("bad_hash")
    if any(sign in words for sign in UNREACHED):
        return say("no_network")
    return say(otherwise, lines="\n".join(lines[-15:]))


# --- Screen and system libraries ------------------------------------------------------------------


def wants_window(args: list[str]) -> bool:
    """Whether collector-desk ARGS opens a window: without a command, or the demo."""
    if {"--help", "-h", "--version"} & set(args):
        return False
    rest = iter(args)
    for arg in rest:
        if arg in ("--store", "--user"):
            next(rest, None)
        elif not arg.startswith("-"):
            return arg == "demo"
    return True


def has_screen(system: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can open here; a platform chosen by hand is left to whoever chose it."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not system.startswith("linux") or any(environment.get(name) for name in names)


def missing_libraries(needed: dict[str, tuple[str, str]]) -> list[str]:
    """Those of the libraries that this system cannot load."""
    missing = []
    for name in needed:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def check_libraries(with_screen: bool) -> None:
    """Stop where Qt lacks a library of the system, naming the packages that bring it (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    on_x11 = with_screen and "DISPLAY" in os.environ and "WAYLAND_DISPLAY" not in os.environ
    needed = {**LIBRARIES, **SCREEN_LIBRARIES} if on_x11 else LIBRARIES
    missing = missing_libraries(needed)
    if missing:
        raise Stop(library_words(missing, needed))


def library_words(missing: list[str], needed: dict[str, tuple[str, str]]) -> str:
    """Which libraries are missing and how to get them."""
    debian, fedora = (" ".join(dict.fromkeys(needed[name][side] for name in missing)) for side in (0, 1))
    return say("missing_libraries", names=", ".join(missing), debian=debian, fedora=fedora)


# --- Handing over ---------------------------------------------------------------------------------


def surroundings(args: list[str]) -> dict[str, str]:
    """The environment of what is started: other Pythons' paths are not for it; no screen is no hindrance."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP")}
    if not wants_window(args) and not has_screen(sys.platform, environment):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return environment


def start(command: list[str], environment: dict[str, str], folder: Path | None = None) -> int:
    """Become the program (on Windows: start it and wait), so that signals and exit codes are its own."""
    if folder is not None:
        os.chdir(folder)
    if os.name == "nt":
        return subprocess.call(command, env=environment)
    sys.stdout.flush()
    sys.stderr.flush()
    return os.execve(command[0], command, environment)  # noqa: S606 -- the very point; never returns


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
