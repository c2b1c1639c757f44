"""The one family of the window, Noto Sans SC from its package, and the sizes in use."""

import logging
from enum import IntEnum
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

_LOG = logging.getLogger(__name__)


class Size(IntEnum):
    """Text sizes in device-independent pixels."""

    CAPTION = 12
    BODY = 13
    LABEL = 14
    HEAD = 16
    SPOKEN = 20
    TITLE = 24


@cache
def family() -> str:
    """The family that is set for every font role; the system's own where the package can't be loaded."""
    try:
        from pylopdf_fonts_zh_cn import sans_path

        number = QFontDatabase.addApplicationFont(str(sans_path()))
    except (ImportError, OSError):
        number = -1
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        _LOG.warning("The font that ships with the program could not be loaded; the system's own is used.")
        return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return families[0]


def font(size: int = Size.BODY, *, bold: bool = False) -> QFont:
    """A font of the window at ``size`` pixels; figures are as wide as one another (tabular)."""
    return QFont(_made(int(size), bold))


@cache
def _made(pixels: int, bold: bool) -> QFont:
    """One of each: Qt looks for the face anew for every font that is no copy, and views ask while they paint."""
    made = QFont(family())
    made.setPixelSize(pixels)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
