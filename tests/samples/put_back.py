"""What somebody with the file manager does: a store's folder, or a mark, put back to what it was."""

import os
import shutil
import tempfile
from pathlib import Path

from collector_desk.resources import home_folder, machine_folder


def with_machine_folder() -> Path:
    """The machine's folder as an installer makes it."""
    folder = machine_folder()
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":
        folder.chmod(0o1777)
    return folder


def aside(folder: Path) -> Path:
    """A copy of a folder as it is now, beside it."""
    kept = Path(tempfile.mkdtemp(prefix=f"{folder.name}-as-it-was-", dir=folder.parent)) / folder.name
    shutil.copytree(folder, kept)
    return kept


def put_back(kept: Path, folder: Path) -> None:
    """The copy in the folder's place; whatever was there is gone."""
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)


def delete_marks() -> None:
    """Every mark of this computer."""
    for folder in (home_folder() / "marks", machine_folder()):
        for path in folder.glob("*.json"):
            path.unlink()
