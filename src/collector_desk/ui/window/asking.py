"""Questions to the system's own dialogs, each in one place that a test can replace.

The sign-in asks here too and is painted soon: what a way out needs is loaded when something goes out.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def ask_files(parent: QWidget, title: str, filters: str = "") -> list[Path]:
    """Files that are there; empty where nobody chose any."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", filters)
    return [Path(name) for name in names]


def ask_file(parent: QWidget, title: str, filters: str) -> Path | None:
    """One file that is there."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", filters)
    return Path(name) if name else None


def ask_save(parent: QWidget, title: str, suggested: str, filters: str = "") -> Path | None:
    """Where to write a file, its name offered; the dialog itself asks whether a file that is there may go."""
    name, _ = QFileDialog.getSaveFileName(parent, title, suggested, filters)
    return Path(name) if name else None


def ask_folder(parent: QWidget, title: str, begin: Path | None = None) -> Path | None:
    """A folder that is there: to write files into, or where a store lies; looked for from ``begin`` on."""
    name = QFileDialog.getExistingDirectory(parent, title, str(begin or ""))
    return Path(name) if name else None


def check_printer(printer: "QPrinter") -> None:
    """Where it "prints" into a file, that must not lie in a store; the printer's dialog asks about what is there.

    Raises Refused.
    """
    from collector_desk.exchange.outgoing import check

    if printer.outputFileName():
        check(Path(printer.outputFileName()), replace=True)


def may_replace(chosen: Path) -> bool:
    """Whether what was chosen just now was there then: so the dialog asked, and was told that it may go.

    Ask it at once: what appears there afterwards nobody was asked about.
    """
    from collector_desk.exchange.outgoing import is_there

    return is_there(chosen)
