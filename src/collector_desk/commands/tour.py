"""The tour: the main job done through the real windows by keys, without a screen, with a picture of every step.

It begins with a bank's file and ends with a filed visit report and a history that verifies. Everything happens in a
folder of its own under a set clock; nothing of the user's is touched.
"""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def run_tour(out: Path, *, lang: str = "both", theme: str = "both") -> int:
    """Do the tour and leave its pictures, the PDF and ``tour.json`` in ``out``; returns how many pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded
    from collector_desk.demo.tour_files import TourFiles

    files = TourFiles(out)
    from collector_desk.demo.tour_story import Story

    with _own_home() as folder:
        return Story(files, folder, lang=lang, theme=theme).run()


@contextmanager
def _own_home() -> Iterator[Path]:
    """A data folder of the tour's own, so that neither stores nor settings of the user are touched."""
    before = os.environ.get("COLLECTOR_DESK_HOME")
    folder = Path(tempfile.mkdtemp(prefix="collector-desk-tour-")).resolve()
    os.environ["COLLECTOR_DESK_HOME"] = str(folder)
    try:
        yield folder
    finally:
        if before is None:
            del os.environ["COLLECTOR_DESK_HOME"]
        else:
            os.environ["COLLECTOR_DESK_HOME"] = before
        _let_go_of_the_log(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _let_go_of_the_log(folder: Path) -> None:
    """Close what the window logs to: its file goes with the folder."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, logging.FileHandler) and Path(handler.baseFilename).is_relative_to(folder):
            root.removeHandler(handler)
            handler.close()
