"""Questions to the system's own dialogs, each in one place that a test can replace."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_files(parent: QWidget, title: str, filters: str) -> list[Path]:
    """Files that are there; empty where nobody chose any."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", filters)
    return [Path(name) for name in names]


def ask_file(parent: QWidget, title: str, filters: str) -> Path | None:
    """One file that is there."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", filters)
    return Path(name) if name else None


def ask_save(parent: QWidget, title: str, suggested: str, filters: str) -> Path | None:
    """Where to write a file, its name offered."""
    name, _ = QFileDialog.getSaveFileName(parent, title, suggested, filters)
    return Path(name) if name else None
