"""The wording check by the lexicon in use: what may not be written in a note, a letter or a text."""

from collections.abc import Collection, Sequence

from collector_desk.domain.message import Message
from collector_desk.domain.text.wording import Severity, WordingCheck, WordingFinding
from collector_desk.domain.vocabulary import Speaker
from collector_desk.packs.lexicon import shipped_check
from collector_desk.services.desk.seat import Seat
from collector_desk.services.packs import in_use
from collector_desk.store.engine import Connection


def blocking_words(text: str, speaker: Speaker, conn: Connection | None = None) -> Collection[Message]:
    """What in the text stands in the way of saving it, said with this speaker on the line."""
    check = shipped_check() if conn is None else in_use.wording(conn)
    return [found.reason for found in check.check(text, speaker) if found.severity is Severity.BLOCK]


def findings(text: str, speaker: Speaker) -> Sequence[WordingFinding]:
    """Everything the shipped lexicon finds, with its place in the text."""
    return shipped_check().check(text, speaker)


def check_in_use(seat: Seat) -> WordingCheck:
    """The check calls go by now, for underlining while one types; ask anew when packs may have changed."""
    with seat.store.read() as conn:
        return in_use.wording(conn)
