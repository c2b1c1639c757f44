"""Every way a file leaves the program goes through one door, and every command says in a sentence why not."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import collector_desk
from collector_desk.commands.run import run_commands
from collector_desk.services.office import people
from collector_desk.store import keys

SOURCE = Path(collector_desk.__file__).parent
PASSWORD = "correct horse"

OWN = {
    "exchange/outgoing.py": "the door itself",
    "exchange/workbook.py": "a part of the workbook inside the file it is given",
    "exchange/store_folder.py": "a folder opened to make its renames durable",
    "store/keyfile.py": "the store's own key file and locks",
    "store/importlock.py": "a lock in the store",
    "store/presence.py": "a lock in the store",
    "store/private.py": "what makes files their owner's alone",
    "store/store.py": "the store's own folder and database",
    "store/rekeying.py": "the same database under another key, put in place by renaming",
    "store/backup.py": "a restored store, put in place by renaming",
    "store/replacing.py": "a store made beside another one takes its place by renaming, or is cleared away",
    "store/backup_file.py": "the encrypted copy, beside the backup",
    "store/visits/pieces.py": "what an earlier version staged in the store's own folder",
    "store/known.py": "known stores in the user's data folder",
    "store/migrations/make.py": "a tool of the makers",
    "ui/window/log.py": "the log in the user's data folder",
    "documents/fonts.py": "fonts in the user's cache",
    "parsing/child.py": "the pipe on which it answers",
    "packs/pack_files.py": "a folder of its own that goes at once",
    "demo/store.py": "a demo store, put in place by renaming",
    "demo/bank_file.py": "the tour's own bank file in its own folder",
    "demo/payments.py": "the same of what was paid",
    "services/book/placements.py": "the plain original goes when its bytes lie in the store and somebody asked",
    "commands/tour.py": "the tour's own data folder",
    "ui/window/asking.py": "the dialogs",
}
"""Who touches the disk besides, and what there. A new one is either one of these kinds or goes through the door."""

_ALWAYS = {"write_bytes", "write_text", "mkdir", "touch", "unlink", "rmdir", "rename", "symlink_to", "hardlink_to"}
_MODULES = {
    "os": {"open", "replace", "rename", "link", "symlink", "remove", "unlink", "mkdir", "makedirs", "truncate"},
    "shutil": {"copy", "copyfile", "copy2", "copytree", "move", "rmtree"},
    "tempfile": {"mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory"},
}
_DIALOGS = {"getSaveFileName", "getExistingDirectory", "setOutputFileName", "QSaveFile", "QPdfWriter"}


def writers(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that make, change or remove a file."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _writes(node))


def _writes(call: ast.Call) -> bool:
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    room = owner.id if isinstance(owner, ast.Name) else ""
    first = ast.unparse(call.args[0]) if call.args else ""
    if name in _MODULES.get(room, ()):
        return True
    if name == "open":
        return any(_is_mode(one) for one in [*call.args[:2], *(word.value for word in call.keywords)])
    if name == "replace":  # a path's: a text's takes two, a moment's and a value's take names
        return len(call.args) == 1 and not call.keywords and not first.startswith("*")
    if name == "save":
        return first.startswith(("str(", "path", "target"))
    return name in _DIALOGS or (owner is not None and name in _ALWAYS)


def _is_mode(value: ast.expr) -> bool:
    mode = value.value if isinstance(value, ast.Constant) else None
    return isinstance(mode, str) and len(mode) < 4 and bool(set(mode) & set("wax+"))


@pytest.mark.parametrize(
    "careless",
    [
        "Path(name).write_bytes(data)",
        "open(name, 'w')",
        "path.open('wb')",
        "part.replace(target)",
        "shutil.copyfile(a, b)",
        "image.save(str(path))",
        "book.save(path)",
        "QFileDialog.getSaveFileName(self)",
        "os.replace(a, b)",
    ],
)
def test_the_walk_sees_a_careless_line(careless: str) -> None:
    assert list(writers(ast.parse(careless)))


def test_nobody_writes_past_the_door() -> None:
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        room = path.relative_to(SOURCE).as_posix()
        lines = [node.lineno for node in writers(ast.parse(path.read_text("utf-8")))]
        if lines:
            found[room] = lines
    assert {room: lines for room, lines in found.items() if room not in OWN} == {}
    assert set(OWN) <= set(found) | {"store/known.py"}, "named here, and writes nothing any more"


# --- commands ------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_MEMORY_KIB", 64)
    monkeypatch.setattr(keys, "_PASSES", 1)
    monkeypatch.setattr(keys, "_LANES", 1)
    monkeypatch.setenv("COLLECTOR_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("COLLECTOR_DESK_LANG", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    people.create_store(tmp_path / "store", name="王", password=PASSWORD).seat.store.close()
    return tmp_path / "store"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(
        "批次号,客户号,姓名,证件类型,证件号码,账户号,欠款总额,手机\n"
        "XK-1,C1,张三丰,其他,X1234567,622500000000001,100.50,16100000001\n",
        encoding="utf-8",
    )
    return path


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: object) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["collector-desk", *map(str, words)])
    code = run_commands()
    return code, capsys.readouterr().err


def everything(folder: Path) -> dict[str, bytes]:
    """What lies in a store; of the database, which every sign-in changes, only that it is there."""
    return {
        path.name: b"" if path.name.startswith("store.db") else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def outputs(folder: Path, file: Path) -> dict[str, tuple[object, ...]]:
    """Every command that writes a file or folder somebody names; the name comes last."""
    who = ("--store", folder, "--user", "王")
    return {
        "dry": ("import", file, *who, "--bank", "某某银行", "--dry-run", "--problems"),
        "import": ("import", file, *who, "--bank", "某某银行", "--problems"),
        "backup": ("backup", *who),
        "tour": ("tour", "--out"),
    }


@pytest.mark.parametrize("command", ["dry", "import", "backup", "tour"])
def test_no_command_writes_into_a_store_or_over_a_file(
    command: str,
    folder: Path,
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = outputs(folder, file)[command]
    mine = tmp_path / "thesis.docx"
    mine.write_bytes(b"mine")
    before = everything(folder)
    for target in (folder / "store.db", folder / "keys.json", folder / "new.xlsx", mine, file, folder / "a" / "b"):
        kept = target.read_bytes() if target in (mine, file) else None
        code, told = run(capsys, monkeypatch, *words, target)
        assert code == 1, target
        assert "is there already" in told or "in the folder of a store" in told, told
        assert kept is None or target.read_bytes() == kept
    assert everything(folder).items() >= before.items()
    code, told = run(capsys, monkeypatch, "queue", "--store", folder, "--user", "王")
    assert (code, told) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="other limits there")
@pytest.mark.parametrize("command", ["dry", "import", "backup", "tour"])
def test_a_name_no_drive_holds_ends_every_command_in_a_sentence(
    command: str,
    folder: Path,
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, told = run(capsys, monkeypatch, *outputs(folder, file)[command], tmp_path / ("长" * 86))
    assert code == 1
    assert "too long" in told
    if command != "tour":  # which makes its folders
        code, told = run(capsys, monkeypatch, *outputs(folder, file)[command], tmp_path / "no" / "out")
        assert code == 1
        assert "no folder" in told


@pytest.mark.skipif(sys.platform == "win32", reason="other limits there")
@pytest.mark.parametrize(
    "words",
    [
        ("init", "--user", "王", "--store"),
        ("demo", "--no-window", "--size", "5", "--store"),
        ("queue", "--user", "王", "--store"),
        ("packs", "check"),
        ("visit", "verify"),
    ],
)
def test_names_too_long_elsewhere_too(
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    code, told = run(capsys, monkeypatch, *words, tmp_path / ("长" * 90))
    assert code in (1, 2)
    assert told.strip()
    assert "fault of the program" not in told
    assert "Traceback" not in told


def test_the_demo_removes_nothing_of_anybodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    film, papers = tmp_path / "film.making", tmp_path / "papers"
    for folder in (film, papers):
        folder.mkdir()
        (folder / "mine.txt").write_text("mine")
    for name in ("film", "papers"):
        code, _ = run(capsys, monkeypatch, "demo", "--no-window", "--size", "5", "--store", tmp_path / name)
        assert code == 1
    assert (film / "mine.txt").read_text() == (papers / "mine.txt").read_text() == "mine"


def test_the_tour_knows_its_own_pictures(tmp_path: Path) -> None:
    from collector_desk.demo.tour_files import MARK, TourFiles
    from collector_desk.domain.message import Refused

    ours = b"\x89PNG " + MARK.encode()
    TourFiles(tmp_path / "out").put("01-start.png", ours)
    again = TourFiles(tmp_path / "out")  # broken off before its list was written
    again.put("01-start.png", ours + b"2")
    listed = b'{"versions": {"collector_desk": "1"}, "steps": [{"picture": "01-start.png", "more_pictures": []}], '
    again.put("tour.json", listed + b'"pdf": "V1.pdf"}')
    (tmp_path / "out" / "V1.pdf").write_bytes(b"an earlier tour's")
    last = TourFiles(tmp_path / "out")
    for name in ("01-start.png", "V1.pdf", "tour.json"):
        last.put(name, b"new")
    (tmp_path / "out" / "02-mine.png").write_bytes(b"a photograph")
    with pytest.raises(Refused, match="exists"):
        last.put("02-mine.png", ours)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "tour.json").write_text('{"concerts": []}')
    with pytest.raises(Refused, match="exists"):
        TourFiles(tmp_path / "other")
