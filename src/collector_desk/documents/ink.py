"""Text from outside on its way to the page: nothing in it stays invisible."""

import re
from collections.abc import Iterator

from collector_desk.documents.fonts import FontBook
from collector_desk.domain.message import Message, msg
from collector_desk.domain.text.cleaning import is_hidden

_SELECTORS = re.compile(
    "[\ufe00-\ufe0f\U000e0100-\U000e01ef\u115f\u1160\u3164\u034f\uffa0]"
)  # letters that show nothing
_LINES = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f]")
_LONGEST = 1200  # characters of one paragraph: a longer one costs more than in proportion and fills whole pages
_SENTENCE_ENDS = "。！？；.!?;， ,、"


def code_point(character: str) -> str:
    """A character that can't be shown, as its code point: ``[U+20BB7]``."""
    return f"[U+{ord(character):04X}]"


def cut(text: str, most: int) -> str:
    """The beginning of a text where only a line has room for it; the whole stands elsewhere in the document."""
    return text if len(text) <= most else text[: most - 1] + "…"


class Ink:
    """Cleans the text of one document and remembers what it will need of the font and what it could not show."""

    def __init__(self, book: FontBook) -> None:
        self._book = book
        self.characters: set[str] = set("[]U+0123456789ABCDEF/ …")
        self._checked: dict[str, bool] = {}
        self._without_shape: set[str] = set()
        self._controls: set[str] = set()

    def line(self, text: str) -> str:
        """One line of plain text: line ends become spaces, what is invisible or lacking becomes its code point."""
        return self._show(_LINES.sub(" ", text))

    def paragraphs(self, text: str) -> Iterator[str]:
        """Paragraphs of a text of any length: line ends are kept, long stretches cut at sentence ends."""
        for line in _LINES.split(text):
            shown = self._show(line)
            while len(shown) > _LONGEST:
                cut = max((shown.rfind(end, _LONGEST // 2, _LONGEST) for end in _SENTENCE_ENDS), default=-1)
                cut = cut + 1 if cut > 0 else _LONGEST
                yield shown[:cut]
                shown = shown[cut:]
            yield shown

    def warnings(self) -> tuple[Message, ...]:
        """What the person printing should know: characters printed as code points."""
        found = []
        if self._without_shape:
            found.append(msg("documents.characters_missing", characters=_listed(self._without_shape)))
        if self._controls:
            found.append(msg("documents.characters_hidden", characters=_listed(self._controls)))
        return tuple(found)

    def _show(self, text: str) -> str:
        text = _SPACES.sub(" ", text)
        for character in set(text) - self.characters:
            self._judge(character)
        odd = [c for c in set(text) if not self._checked.get(c, True)]
        for character in odd:
            text = text.replace(character, code_point(character))
        return text

    def _judge(self, character: str) -> None:
        if is_hidden(character) or _SELECTORS.match(character):
            self._controls.add(character)
        elif self._book.missing(character):
            self._without_shape.add(character)
        else:
            self.characters.add(character)
            return
        self._checked[character] = False


def _listed(characters: set[str]) -> str:
    return " ".join(f"U+{ord(c):04X}" for c in sorted(characters)[:20])
