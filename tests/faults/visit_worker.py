"""Types a visit's report or incident into the real window until it is killed: run by ``test_visit_draft.py``.

``visit_worker.py FOLDER NAME visit|incident`` types one character after another into "What was said", or into a
new incident's "What happened"; after each it says how many stand there, and it says ``kept N`` whenever the store
holds N of them.
"""

import os
import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from collector_desk.app import Program
from collector_desk.services.desk import drafts
from collector_desk.store import keys
from collector_desk.ui.visits.incident.view import IncidentView
from collector_desk.ui.visits.page import VisitsPage
from collector_desk.ui.window.main_window import MainWindow
from collector_desk.ui.window.preferences import Preferences

keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())  # one write: whole lines or nothing


def report(page: VisitsPage) -> tuple[QWidget, str, str]:
    """Where to type of the report, and which field of which visit's draft it is."""
    form = page.detail.form
    form.inputs["outcome"].set_value("done")
    return form.inputs["said"], "said", page.detail.visit.visit_id


def incident(page: VisitsPage) -> tuple[QWidget, str, str]:
    """The same of an incident, begun by what its two keys do."""
    page.open_incident()
    view = page.over
    assert isinstance(view, IncidentView)
    view.digit(1)
    view.boxes["injured"].setChecked(True)
    return view.inputs["happened"], "happened", view.incident.id


def main(folder: Path, name: str, kind: str) -> None:
    app = QApplication([])
    program = Program(store=folder)
    window = MainWindow(program, Preferences(folder.parent / "window.ini"))
    window.show()
    session = program.sign_in(folder, name, sys.stdin.readline().strip())
    window.enter(session)
    page = window.show_page("visits")
    assert isinstance(page, VisitsPage)
    field, field_name, subject_id = {"visit": report, "incident": incident}[kind](page)
    say("ready")
    typed = kept = 0
    while True:
        QTest.keyClicks(field, "abcdefghij"[typed % 10])
        typed += 1
        say(f"typed {typed}")
        app.processEvents()
        QTest.qWait(5)
        draft = drafts.load(session.seat, kind, subject_id)
        held = len(draft.content[field_name]) if draft else 0
        if held != kept:
            kept = held
            say(f"kept {kept}")


main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
