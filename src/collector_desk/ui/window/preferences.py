"""What one user of this computer likes: theme, language, size of the window. No personal data."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from collector_desk.ui.theme import THEMES
from collector_desk.ui.words import LANGUAGES, Lang, system_language


class Preferences:
    """Kept in a small ini file; unreadable or odd values count as not set."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """ "light" or "dark"."""
        value = str(self._settings.value("theme", ""))
        return value if value in THEMES else THEMES[0]

    @theme.setter
    def theme(self, name: str) -> None:
        self._settings.setValue("theme", name)

    @property
    def language(self) -> Lang:
        """The language of the window; the machine's own until somebody chose."""
        value = str(self._settings.value("language", ""))
        return next((lang for lang in LANGUAGES if lang == value), system_language())

    @language.setter
    def language(self, lang: Lang) -> None:
        self._settings.setValue("language", lang)

    def brief_script(self, person_id: str) -> bool:
        """Whether a person knows the script: its headlines are enough then. Newcomers see all of it."""
        return str(self._settings.value(f"brief_script/{person_id}", "")) == "yes"

    def set_brief_script(self, person_id: str, brief: bool) -> None:
        """Keep how much of the script a person wants to see."""
        self._settings.setValue(f"brief_script/{person_id}", "yes" if brief else "no")

    def told_ahead(self, person_id: str) -> bool:
        """Whether a person wishes to be told five minutes before a call back or a promise comes due."""
        return str(self._settings.value(f"told_ahead/{person_id}", "")) == "yes"

    def set_told_ahead(self, person_id: str, wished: bool) -> None:
        """Keep that wish."""
        self._settings.setValue(f"told_ahead/{person_id}", "yes" if wished else "no")

    def last_person(self, folder: Path, names: Sequence[str]) -> str:
        """Which of these signed in last to the store in ``folder`` at this machine; "" where none of them did."""
        kept = str(self._settings.value(f"last_person/{_digest(folder)}", ""))
        return next((name for name in names if kept and _digest(folder, name) == kept), "")

    def keep_last_person(self, folder: Path, name: str) -> None:
        """Keep who signed in, by a digest: nobody's name stands in the file."""
        self._settings.setValue(f"last_person/{_digest(folder)}", _digest(folder, name))

    @property
    def geometry(self) -> QByteArray:
        """Size and place of the window, as Qt writes them."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("geometry", value)


def _digest(folder: Path, name: str = "") -> str:
    return hashlib.sha256(f"{folder}\n{name}".encode()).hexdigest()[:16]
