"""The first command a newcomer gives: what it decides, and what it says where the machine lacks something."""

import ast
import importlib.util
import json
import re
import string
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "packaging" / "bootstrap.py"


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("desk_bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout with lock files."""
    (tmp_path / "packaging").mkdir()
    for name in ("packaging/requirements.lock", "packaging/requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text(f"{name}\n")
    return tmp_path


@pytest.fixture
def ready(bootstrap: ModuleType, checkout: Path) -> Path:
    """The checkout with a .venv that claims to hold everything; its interpreter is only a file."""
    venv = checkout / ".venv"
    python = bootstrap.venv_python(venv)
    python.parent.mkdir(parents=True)
    python.touch()
    (venv / "pyvenv.cfg").write_text("home = x\nversion = 3.11.7\n")
    stamp = {**bootstrap.wanted_stamp(checkout, "dev"), "python": "3.11.7"}
    bootstrap.stamp_file(venv).write_text(json.dumps(stamp))
    return checkout


def ready_for(bootstrap: ModuleType, root: Path, kind: str) -> bool:
    return bool(bootstrap.is_ready(root / ".venv", bootstrap.wanted_stamp(root, kind)))


@pytest.mark.parametrize(
    ("args", "window"),
    [
        ([], True),
        (["demo"], True),
        (["--store", "tour"], True),
        (["--store", "x", "queue"], False),
        (["tour", "--out", "x"], False),
        (["import", "a.xlsx"], False),
        (["--help"], False),
        (["demo", "--help"], False),
        (["--version"], False),
    ],
)
def test_which_commands_open_a_window(bootstrap: ModuleType, args: list[str], window: bool) -> None:
    assert bootstrap.wants_window(args) is window


@pytest.mark.parametrize(
    ("platform", "environment", "screen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_where_a_window_can_open(
    bootstrap: ModuleType, platform: str, environment: dict[str, str], screen: bool
) -> None:
    assert bootstrap.has_screen(platform, environment) is screen


class TestStamp:
    def test_what_was_installed_is_not_installed_again(self, bootstrap: ModuleType, ready: Path) -> None:
        assert ready_for(bootstrap, ready, "dev")
        assert ready_for(bootstrap, ready, "run"), "who has the test parts has the program's"

    @pytest.mark.parametrize("name", ["packaging/requirements.lock", "packaging/requirements-dev.lock"])
    def test_a_changed_lock_counts(self, bootstrap: ModuleType, ready: Path, name: str) -> None:
        (ready / name).write_text("other\n")
        assert not ready_for(bootstrap, ready, "dev")

    def test_line_endings_do_not_count(self, bootstrap: ModuleType, ready: Path) -> None:
        path = ready / "packaging" / "requirements.lock"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert ready_for(bootstrap, ready, "run")

    def test_the_tests_need_more_than_the_program(self, bootstrap: ModuleType, ready: Path) -> None:
        stamp = {**bootstrap.wanted_stamp(ready, "run"), "python": "3.11.7"}
        bootstrap.stamp_file(ready / ".venv").write_text(json.dumps(stamp))
        assert ready_for(bootstrap, ready, "run")
        assert not ready_for(bootstrap, ready, "dev")

    def test_another_python_counts(self, bootstrap: ModuleType, ready: Path) -> None:
        (ready / ".venv" / "pyvenv.cfg").write_text("version = 3.12.1\n")
        assert not ready_for(bootstrap, ready, "dev")

    def test_half_made_is_not_ready(self, bootstrap: ModuleType, ready: Path) -> None:
        (ready / ".venv" / "unfinished").touch()
        assert not ready_for(bootstrap, ready, "dev")

    @pytest.mark.parametrize("content", ["", "[]", "{", "null", '"x"'])
    def test_a_damaged_stamp_is_no_stamp(self, bootstrap: ModuleType, ready: Path, content: str) -> None:
        bootstrap.stamp_file(ready / ".venv").write_text(content)
        assert not ready_for(bootstrap, ready, "dev")

    def test_no_environment_at_all(self, bootstrap: ModuleType, checkout: Path) -> None:
        assert not ready_for(bootstrap, checkout, "run")


class TestMaking:
    """What is made anew and what only completed, with pip and venv played by the test."""

    @pytest.fixture
    def acts(self, bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        acts: list[str] = []

        def make(venv: Path) -> None:
            acts.append("venv")
            bootstrap.venv_python(venv).parent.mkdir(parents=True, exist_ok=True)
            bootstrap.venv_python(venv).touch()
            (venv / "pyvenv.cfg").write_text("version = 3.11.7\n")

        monkeypatch.setattr(bootstrap, "make_venv", make)
        monkeypatch.setattr(bootstrap, "works", lambda python: python.exists())
        monkeypatch.setattr(bootstrap, "pip", lambda python, *args: acts.append(" ".join(args)))
        return acts

    def test_first_and_second_time(self, bootstrap: ModuleType, checkout: Path, acts: list[str]) -> None:
        bootstrap.make_ready(checkout, "run")
        assert acts[0] == "venv"
        assert "--require-hashes" in acts[1]
        assert "requirements-dev.lock" not in acts[1]
        assert acts[2] == f"--no-deps --no-build-isolation -e {checkout}"
        acts.clear()
        bootstrap.make_ready(checkout, "run")
        assert acts == []
        bootstrap.make_ready(checkout, "dev")
        assert "requirements-dev.lock" in acts[0]
        assert "venv" not in acts

    def test_without_a_stamp_it_is_completed(self, bootstrap: ModuleType, ready: Path, acts: list[str]) -> None:
        bootstrap.stamp_file(ready / ".venv").unlink()
        bootstrap.make_ready(ready, "run")
        assert "venv" not in acts
        assert len(acts) == 2

    def test_left_unfinished_it_is_made_anew(
        self, bootstrap: ModuleType, checkout: Path, acts: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def break_off(python: Path, *args: str) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(bootstrap, "pip", break_off)
            with pytest.raises(KeyboardInterrupt):
                bootstrap.make_ready(checkout, "run")
        acts.clear()
        bootstrap.make_ready(checkout, "run")
        assert acts[0] == "venv"
        assert ready_for(bootstrap, checkout, "run")


class TestWords:
    @pytest.mark.parametrize(
        ("output", "sentence"),
        [
            (
                "ERROR: an OSError: [Errno 28] No space left on device",
                "disk is full",
            ),
            ("OSError: [Errno 13] Permission denied: 'x'", "may not be written"),
            ("WARNING: Retrying after connection broken by 'NewConnectionError(...)'", "not reached"),
            ("ERROR: No matching distribution found for x==1", "not reached"),
            ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "hash differs"),
            ("something else", "something else"),
        ],
    )
    def test_pip_in_plain_words(
        self, bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, output: str, sentence: str
    ) -> None:
        monkeypatch.setenv("LC_ALL", "C.UTF-8")
        assert sentence in bootstrap.explain_pip([output])

    def test_chinese_where_the_machine_speaks_it(
        self, bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
        assert "磁盘空间不足" in bootstrap.explain_pip(["Errno 28"])

    def test_both_languages_say_the_same_figures(self, bootstrap: ModuleType) -> None:
        formatter = string.Formatter()
        for words in json.loads(bootstrap.WORDS.read_text("utf-8")).values():
            assert set(words) == {"en", "zh_CN"}
            english, chinese = ({part[1] for part in formatter.parse(line)} - {None} for line in words.values())
            assert english == chinese

    def test_every_sentence_said_is_written(self, bootstrap: ModuleType) -> None:
        said = set(re.findall(r'say\(\s*"(\w+)"', SCRIPT.read_text("utf-8"))) | {"no_venv", "pip_failed", "making"}
        assert said | {"repairing"} == set(json.loads(bootstrap.WORDS.read_text("utf-8")))

    def test_too_old_a_linux_is_said_so(self, bootstrap: ModuleType) -> None:
        bootstrap.check_c_library("glibc", "2.34")
        bootstrap.check_c_library("", "")
        with pytest.raises(bootstrap.Stop, match=r"2\.31"):
            bootstrap.check_c_library("glibc", "2.31")

    def test_old_python_is_told_of_a_newer_one(
        self, bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bootstrap.check_python((3, 11, 0))
        monkeypatch.setattr(bootstrap.shutil, "which", lambda name: name if name == "python3.12" else None)
        monkeypatch.setattr(bootstrap.sys, "argv", ["packaging/bootstrap.py", "run"])
        with pytest.raises(bootstrap.Stop, match=r"3\.9\.2.*python3\.12 packaging/bootstrap\.py run"):
            bootstrap.check_python((3, 9, 2))

    def test_missing_libraries_are_named_with_their_packages(self, bootstrap: ModuleType) -> None:
        needed = {**bootstrap.LIBRARIES, "libcollector-desk-never.so.7": ("libnever7", "never-libs")}
        missing = bootstrap.missing_libraries({"libcollector-desk-never.so.7": ("libnever7", "never-libs")})
        assert missing == ["libcollector-desk-never.so.7"]
        words = bootstrap.library_words(["libEGL.so.1", *missing], needed)
        assert "apt install libegl1 libnever7" in words
        assert "dnf install libglvnd-egl never-libs" in words


@pytest.mark.parametrize("args", [[], ["dance"], ["install", "--all"]])
def test_wrong_usage_is_two(bootstrap: ModuleType, args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(args) == 2
    assert "bootstrap.py run [ARGS]" in capsys.readouterr().err


def test_without_a_screen_the_tour_is_offered(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "has_screen", lambda platform, environment: False)
    monkeypatch.setattr(bootstrap, "make_ready", lambda *args: pytest.fail("nothing may be installed for nothing"))
    assert bootstrap.main(["run"]) == 1
    assert "run tour --out DIR" in capsys.readouterr().err


def test_the_tour_needs_no_screen(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    environment = bootstrap.surroundings(["tour", "--out", "x"])
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert "PYTHONPATH" not in environment
    assert "QT_QPA_PLATFORM" not in bootstrap.surroundings([])


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 7))
    nodes = list(ast.walk(tree))
    imported = {name.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module).split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}
    assert imported <= set(sys.stdlib_module_names)


def test_help_runs() -> None:
    done = subprocess.run([sys.executable, SCRIPT, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "bootstrap.py test [ARGS]" in done.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "packaging").glob("*.lock")), ids=lambda path: path.name)
def test_locks_pin_and_hash_every_part_and_name_no_address(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
    assert blocks
    for block in blocks:
        assert re.match(r"[a-z0-9._-]+==\S+ ", block), block[:60]
        assert "--hash=sha256:" in block


def test_locks_hold_what_the_project_asks_for() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    locked = {}
    for name in ("requirements", "requirements-dev"):
        text = (ROOT / "packaging" / f"{name}.lock").read_text("utf-8")
        locked[name] = set(re.findall(r"(?m)^([a-z0-9-]+)==", text))

    def missing(wanted: list[str], held: set[str]) -> set[str]:
        return {re.split(r"[<>=!~;\[ ]", part)[0].lower().replace("_", "-") for part in wanted} - held

    groups = project["dependency-groups"]
    assert not missing([*project["project"]["dependencies"], *groups["build"]], locked["requirements"])
    assert not missing(groups["dev"], locked["requirements"] | locked["requirements-dev"])
