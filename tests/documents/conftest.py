"""Lets the tests of this folder share their invented visit and one set of made fonts."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pytest
from visit_samples import font_folder

from collector_desk.documents.fonts import FontBook


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    return FontBook(font_folder())
