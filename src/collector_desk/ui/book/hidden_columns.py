"""The columns a file hides, in words: which were taken, which not."""

from collections.abc import Iterable

from collector_desk.domain.book.lists import HiddenColumn
from collector_desk.domain.message import Message
from collector_desk.ui.words import language, say


def said_of_hidden(columns: Iterable[HiddenColumn]) -> str:
    """One line; nothing where nothing is hidden."""
    told = (
        say(Message(f"intake.hidden_use.{column.use}", {"letter": column.letter, "header": column.header}))
        for column in columns
    )
    return ("；" if language() == "zh_CN" else "; ").join(told)
