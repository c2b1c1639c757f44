"""A number goes to the telephone: nothing here dials by itself."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.ui.window.workplace import Workplace


def hand_over(place: Workplace, number: str) -> None:
    """As a tel: link where the team wants that, else on the private clipboard."""
    if settings.get(place.seat, DeskSettings).tel_links:
        QDesktopServices.openUrl(QUrl(f"tel:{number}"))
    else:
        place.clipboard.copy(number)
