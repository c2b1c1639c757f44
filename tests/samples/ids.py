"""Ids for tests that need one by a name: the same word is always the same id."""

import hashlib


def an_id(word: str) -> str:
    """An id as the store wants it, from a word a person can read."""
    return hashlib.sha256(word.encode()).hexdigest()[:32]
