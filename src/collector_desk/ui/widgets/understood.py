"""Under the fields of day and time: the moment that was understood, in full, before anybody accepts it."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from collector_desk.domain.text.moments import Moment
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.widgets.text import Text
from collector_desk.ui.words import language, say
from collector_desk.words.messages import show_whole


class Understood(Text):
    """One line: day of the week, date and time; or why it can't be taken so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, size=Size.CAPTION, tint=Tint.DIM, wrap=True)

    def show_words(self, text: str, *, wrong: bool = False) -> None:
        """Show what was understood of something else than one moment."""
        self.set_tint(Tint.DANGER_STRONG if wrong else Tint.DIM)
        self.setText(text)

    def show_moment(self, moment: Moment | None, now: datetime | None) -> None:
        """Show it; nothing where nothing of a day was understood. ``now``: on the clock that is meant."""
        if moment is None or now is None:
            self.setText("")
        elif moment.fault is not None:
            self.set_tint(Tint.DANGER_STRONG)
            self.setText(f"⚠ {say(moment.fault, zone=now.tzinfo, now=now)}")
        else:
            self.set_tint(Tint.DIM)
            self.setText(f"→ {show_whole(moment.day, language(), moment.at)}" if moment.day else "")
