"""The wording check with the shipped lexicon: what may not be written in a note, a letter or a text."""

from collections.abc import Collection, Sequence

from collector_desk.domain.message import Message
from collector_desk.domain.vocabulary import Speaker
from collector_desk.domain.wording import Severity, WordingFinding
from collector_desk.packs.lexicon import shipped_check


def blocking_words(text: str, speaker: Speaker) -> Collection[Message]:
    """What in the text stands in the way of saving it, said with this speaker on the line."""
    return [found.reason for found in shipped_check().check(text, speaker) if found.severity is Severity.BLOCK]


def findings(text: str, speaker: Speaker) -> Sequence[WordingFinding]:
    """Everything the check finds, with its place in the text: for underlining while one types."""
    return shipped_check().check(text, speaker)
