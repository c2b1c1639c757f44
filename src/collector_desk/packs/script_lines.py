"""Where a thing stands in a script's TOML file, down to one branch in an array. ``tomllib`` forgets lines.

It reads the layout our packs have (a header or key a line; arrays with one entry a line) and is only ever used to
point at a line, never to read a value.
"""

import re

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-]+)\s*=\s*(.*)")
_QUOTES = ('"""', "'''")

Where = tuple[str | int, ...]


class ScriptLines:
    """Lines by place, e.g. ``("step", 2, "branches", 0)``."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Where, int] = {}
        self._tables: dict[str, int] = {}
        self._here: Where = ()
        self._quote = ""
        self._array: Where | None = None
        self._entry = 0
        for number, line in enumerate(text.splitlines(), start=1):
            self._read(number, line)

    def line(self, where: Where) -> int:
        """The line of a place, or of the nearest place around it that has one; 1 at the least."""
        for length in range(len(where), 0, -1):
            found = self._lines.get(where[:length])
            if found:
                return found
        return 1

    def _read(self, number: int, line: str) -> None:
        if self._quote:
            if self._quote in line:
                self._quote = ""
            return
        if self._array is not None:
            self._read_entry(number, line)
            return
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            name = header.group(2)
            if header.group(1) == "[[":
                index = self._tables[name] = self._tables.get(name, -1) + 1
                self._here = (name, index)
            else:
                self._here = (name,)
            self._lines[self._here] = number
        elif key:
            self._read_key(number, key.group(1), key.group(2).strip())

    def _read_key(self, number: int, name: str, value: str) -> None:
        place = (*self._here, name)
        self._lines[place] = number
        quote = next((one for one in _QUOTES if value.startswith(one)), "")
        if quote and quote not in value[3:]:
            self._quote = quote
        elif value.startswith("[") and not value.split("#", maxsplit=1)[0].rstrip().endswith("]"):
            self._array, self._entry = place, 0

    def _read_entry(self, number: int, line: str) -> None:
        text = line.strip()
        if text.startswith("]"):
            self._array = None
        elif text and not text.startswith("#") and self._array is not None:
            self._lines[(*self._array, self._entry)] = number
            self._entry += 1


def toml_error_line(text: str) -> int:
    """The line that ``tomllib`` names in its message (``… (at line 3, column 7)``), 1 where it names none."""
    found = re.search(r"at line (\d+)", text)
    return int(found.group(1)) if found else 1
