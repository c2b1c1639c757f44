"""What somebody wrote, without the marks that only keep it text and without the characters nobody sees.

A clerk's program writes ``="0012"``, an apostrophe or a tab so that a spreadsheet leaves a number alone; a copied
cell brings a line end, a telephone's address book marks of direction. None of it is part of a name, a number or an
amount, and every reader begins here.
"""

import re
import unicodedata

from collector_desk.domain.text.cleaning import BLANK, is_hidden

_GUARDED = re.compile(r'[=＝]\s*["“”](.*)["“”]', re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"|“([^“”]*)”')
_APOSTROPHES = "'‘’`＇"
MARKS = re.compile(r"""["'‘’`＇“”]""")
"""Finds in a text what may be such a mark, so that most texts need no closer look."""


def bare(text: str) -> str:
    """The text itself: nothing unseen in it, no marks and no blanks around it."""
    text = seen(text).strip()
    return unguarded(text) if MARKS.search(text) else text


def seen(text: str) -> str:
    """The text without what nobody sees; line ends and tabs are blanks. Characters of a font's own stay."""
    if text.isprintable() and (text.isascii() or BLANK.isdisjoint(text)):
        return text
    return "".join(
        " "
        if char in "\n\r\t"
        else ""
        if is_hidden(char) and unicodedata.category(char) not in ("Co", "Cn")
        else char
        for char in text
    )


def unguarded(text: str) -> str:
    """The text without ="…", quotes around it, or apostrophes before it."""
    for _ in range(2):  # '="…"' of one program in quotes of another
        found = _GUARDED.fullmatch(text) or _QUOTED.fullmatch(text)
        if found:
            text = next(filter(None, found.groups()), "").strip()
        if text[:1] in _APOSTROPHES:
            text = text.strip(_APOSTROPHES).strip()
    return text


def folded(text: str) -> str:
    """The same with full-width signs as plain ones: what figures, days and times are read from."""
    plain = bare(text)
    return plain if plain.isascii() else unicodedata.normalize("NFKC", plain).strip()
