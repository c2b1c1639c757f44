"""Types a visit report into the real window until it is killed: run by ``test_visit_draft.py``.

``visit_worker.py FOLDER NAME`` types one character after another into "What was said"; after each it says how
many stand there, and it says ``kept N`` whenever the store holds N of them.
"""

import os
import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from collector_desk.app import Program
from collector_desk.services import drafts
from collector_desk.store import keys
from collector_desk.ui.main_window import MainWindow
from collector_desk.ui.preferences import Preferences
from collector_desk.ui.visits.page import VisitsPage

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
    page = window.show_page("visits")
    assert isinstance(page, VisitsPage)
    form = page.detail.form
    form.inputs["outcome"].set_value("done")
    visit_id = page.detail.visit.visit_id
    say("ready")
    typed = kept = 0
    while True:
        QTest.keyClicks(form.inputs["said"], "abcdefghij"[typed % 10])
        typed += 1
        say(f"typed {typed}")
        app.processEvents()
        QTest.qWait(5)
        draft = drafts.load(session.seat, "visit", visit_id)
        held = len(draft.content["said"]) if draft else 0
        if held != kept:
            kept = held
            say(f"kept {kept}")


main(Path(sys.argv[1]), sys.argv[2])
