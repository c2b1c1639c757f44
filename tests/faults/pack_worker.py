"""Types in the workshop's real window until it is killed: run by ``test_pack_draft.py``.

``pack_worker.py FOLDER NAME`` edits a copy of the lexicon and types one character after another; after each it says
how many stand there, and it says ``kept N`` whenever the store holds N of them.
"""

import os
import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from collector_desk.app import Program
from collector_desk.services.packs import releases, workshop
from collector_desk.store import keys
from collector_desk.ui.window.main_window import MainWindow
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.workshop.page import WorkshopPage

keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())  # one write: whole lines or nothing


def main(folder: Path, name: str) -> None:
    app = QApplication([])
    program = Program(store=folder)
    window = MainWindow(program, Preferences(folder.parent / "window.ini"))
    window.show()
    session = program.sign_in(folder, name, sys.stdin.readline().strip())
    window.enter(session)
    page = window.show_page("workshop")
    assert isinstance(page, WorkshopPage)
    lexicon = next(one for one in releases.states(session.seat) if one.id == "lexicon")
    page.load(select=lexicon.sha256)
    page.acts.copy()
    QTest.keyClicks(page.bench.editor, "#")
    say("ready")
    typed = kept = 0
    while True:
        QTest.keyClicks(page.bench.editor, "abcdefghij"[typed % 10])
        typed += 1
        say(f"typed {typed}")
        app.processEvents()
        QTest.qWait(5)
        text = workshop.drafts_of(session.seat)[0].files["lexicon.toml"].partition("# Wordings")[0]
        held = max(len(text) - 1, 0)
        if held != kept:
            kept = held
            say(f"kept {kept}")


main(Path(sys.argv[1]), sys.argv[2])
