"""How old an account is, in words: days past due, or days to go where it isn't due yet."""

from collector_desk.domain.book.ageing import bucket_of
from collector_desk.domain.message import Message
from collector_desk.ui.words import say


def said_age(days: int) -> str:
    """``M2 · 45 days``, ``due in 3 days``."""
    if days < 0:
        return say(Message("book.age_before", {"days": -days}))
    return say(Message("book.age", {"bucket": bucket_of(days).value, "days": days}))
