"""The language of the window, and the words for values in it.

``tr()`` serves what a view says of itself; ``say`` and ``word`` serve what comes as a value (a ``Message``,
a member of the vocabulary). Both follow the same switch.
"""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from collector_desk.domain.message import Message
from collector_desk.domain.packs.life import PackKind
from collector_desk.resources import resource
from collector_desk.words import messages
from collector_desk.words.messages import LANGUAGES, Lang

if TYPE_CHECKING:  # services load behind the painted sign-in
    from collector_desk.services.desk.seat import Seat

__all__ = [
    "LANGUAGES",
    "Lang",
    "LanguageSwitch",
    "Words",
    "day",
    "instant",
    "language",
    "pack_name",
    "say",
    "system_language",
    "when",
    "word",
]

Words = Callable[[], str]
"""A sentence in the language in force when it is asked for: kept where it may outlive a switch of language."""

_in_force: list[Lang] = ["en"]


@cache
def _words_of(path: str) -> bytes:
    """A translation as it lies on the disk, kept for good: Qt takes no copy of it.

    Given the path, Qt would map the file, and one replaced under the running program (an update) would end it.
    """
    file = Path(path)
    return file.read_bytes() if file.is_file() else b""


def language() -> Lang:
    """The language in force."""
    return _in_force[0]


def say(message: Message, *, zone: tzinfo | None = None, now: datetime | None = None) -> str:
    """The sentence of a message in the language in force; ``zone`` and ``now`` as in ``words.messages.render``."""
    return messages.render(message, language(), zone=zone, now=now)


def word(member: Enum) -> str:
    """The word for a member of the vocabulary in the language in force."""
    return messages.word(member, language())


def instant(moment: datetime, *, zone: tzinfo | None = None, now: datetime | None = None) -> str:
    """An instant as the sentences say it: "tomorrow 08:00"."""
    return messages.show_instant(moment, language(), zone, now)


def when(seat: "Seat", at: datetime | None) -> str:
    """An instant as people say it: "today 14:30"; a dash where there is none."""
    return messages.show_instant(at, language(), ZoneInfo(seat.zone), seat.now()) if at else "—"


def day(value: date | None) -> str:
    """A calendar day; a dash where there is none."""
    return messages.show_date(value, language()) if value else "—"


def pack_name(kind: PackKind, pack_id: str) -> str:
    """What a pack is, by one name everywhere: lists of words are no answers, though they are kept as such."""
    translate = QCoreApplication.translate
    lists = {
        "lexicon": translate("PackList", "Words not to use"),
        "speech": translate("PackList", "How people talk"),
        "shortcodes": translate("PackList", "Short forms"),
    }
    listed = lists.get(pack_id) if kind is PackKind.OBJECTIONS else None
    return listed or word(kind)


def system_language() -> Lang:
    """Chinese where the machine speaks Chinese, English elsewhere."""
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


class LanguageSwitch(QObject):
    """Changes the language while running: every open widget gets a ``LanguageChange`` event from Qt."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._installed: list[QTranslator] = []

    def use(self, lang: Lang) -> None:
        """Speak ``lang`` from now on; the same language again changes nothing.

        Raises FileNotFoundError where the program's own translation is missing.
        """
        if lang == language() and (lang == "en" or self._installed):
            return
        _in_force[:] = [lang]
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed.clear()
        if lang != "en":
            # Qt's own words first: what was installed last is asked first.
            qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._install(f"{qt_folder}/qtbase_{lang}.qm", must=False)
            self._install(str(resource("i18n", f"collector_desk_{lang}.qm")), must=True)
        QLocale.setDefault(QLocale(lang))
        self.changed.emit()

    def _install(self, path: str, *, must: bool) -> None:
        translator = QTranslator(self)
        words = _words_of(path)
        if words and translator.load(words):
            QCoreApplication.installTranslator(translator)
            self._installed.append(translator)
        elif must:
            raise FileNotFoundError("The program's own translation is missing; install the program again.")
