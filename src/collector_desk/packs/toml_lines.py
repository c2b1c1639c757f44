"""Where in a TOML text a table, key or array item stands, for error messages: ``tomllib`` itself forgets."""

import re
from collections import Counter

Where = tuple[str | int, ...]

_HEADER = re.compile(r"\s*\[(\[)?([^\[\]]+)\]")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_\-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[A-Za-z0-9_\-]+)*)\s*=""")
_TOKEN = re.compile(
    # what nobody closed goes on to its end, and isn't tried anew from every mark within it
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|"(?:\\.|[^"\\\n])*"?|\'[^\'\n]*\'?|#[^\n]*|[\[\]{},\n]',
    re.DOTALL,
)
_ERROR_LINE = re.compile(r"\bline (\d+)")


class LineIndex:
    """The lines (from 1) of what a TOML text holds. A text that is not TOML gives lines as far as it goes."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Where, int] = {}
        self._counts: Counter[Where] = Counter()
        table: Where = ()
        position, number = 0, 1
        while position < len(text):
            end = text.find("\n", position)
            end = len(text) if end < 0 else end + 1
            line = text[position:end]
            if header := _HEADER.match(line):
                table = self._table(header[2], number, is_array=bool(header[1]))
            elif key := _KEY.match(line):
                where = (*table, *_parts(key[1]))
                self._lines.setdefault(where, number)
                # A value may run over several lines; go on behind it.
                end = self._value(text, position + key.end(), number, where)
            number += text.count("\n", position, end)
            position = end

    def line(self, where: Where) -> int:
        """The line of a path like ``("step", 2, "branches", 0)``, else of the nearest thing around it, else 1."""
        for length in range(len(where), 0, -1):
            if where[:length] in self._lines:
                return self._lines[where[:length]]
        return 1

    def _table(self, name: str, number: int, *, is_array: bool) -> Where:
        where: Where = ()
        parts = _parts(name)
        for place, part in enumerate(parts):
            where = (*where, part)
            if place < len(parts) - 1 and self._counts[where]:
                where = (*where, self._counts[where] - 1)  # the array's latest table
        self._lines.setdefault(where, number)
        if is_array:
            self._counts[where] += 1
            where = (*where, self._counts[where] - 1)
            self._lines[where] = number
        return where

    def _value(self, text: str, start: int, number: int, where: Where) -> int:
        """Note the items of an array value; returns where the line after the value begins."""
        depth, index, fresh = 0, 0, True
        line, last = number, start
        for token in _TOKEN.finditer(text, start):
            between = text[last : token.start()].strip()
            last = token.end()
            mark = token[0]
            if depth == 1 and fresh and (between or mark[0] not in "],\n#"):
                self._lines[(*where, index)] = line
                fresh = False
            line += mark.count("\n")
            if mark in "[{":
                depth += 1
            elif mark in "]}":
                depth -= 1
            elif mark == "," and depth == 1:
                index, fresh = index + 1, True
            elif mark == "\n" and depth <= 0:
                return token.end()
        return len(text)


def toml_error_line(words: str) -> int:
    """The line a ``TOMLDecodeError`` names in its words (before Python 3.14 it has no other place for it)."""
    found = _ERROR_LINE.search(words)
    return int(found[1]) if found else 1


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
