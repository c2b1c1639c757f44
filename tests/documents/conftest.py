"""Lets the tests of this folder share their invented visit and one set of made fonts."""

import pytest

from collector_desk.documents.fonts import FontBook
from tests.samples.visit_values import font_folder


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    return FontBook(font_folder())
