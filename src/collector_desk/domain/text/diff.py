"""Two versions of a text side by side: which lines went, which came, with a few lines around them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class LineMark(StrEnum):
    """What became of a line."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    GAP = "gap"  # stands for lines left out


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line; ``old`` and ``new`` are its numbers (from 1) in the two texts, None where it isn't there."""

    mark: LineMark
    text: str
    old: int | None = None
    new: int | None = None


@dataclass(frozen=True, slots=True)
class FileDiff:
    """What changed in one file; one that is only in one of the two is all gone or all new."""

    name: str
    lines: tuple[DiffLine, ...]

    @property
    def gone(self) -> int:
        """How many lines went."""
        return sum(line.mark is LineMark.GONE for line in self.lines)

    @property
    def new(self) -> int:
        """How many lines came."""
        return sum(line.mark is LineMark.NEW for line in self.lines)


def diff_files(old: Mapping[str, str], new: Mapping[str, str], *, around: int = 2) -> tuple[FileDiff, ...]:
    """The files that differ, by name."""
    found = []
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name, ""), new.get(name, "")
        if before != after or (name in old) != (name in new):
            found.append(FileDiff(name, tuple(_lines(before.split("\n"), after.split("\n"), around))))
    return tuple(found)


def _lines(old: list[str], new: list[str], around: int) -> Iterator[DiffLine]:
    last = 0
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(around):
        if group[0][3] > last:
            yield DiffLine(LineMark.GAP, "")
        for kind, old_from, old_to, new_from, new_to in group:
            if kind == "equal":
                for step in range(old_to - old_from):
                    yield DiffLine(LineMark.SAME, old[old_from + step], old_from + step + 1, new_from + step + 1)
                continue
            for at in range(old_from, old_to):
                yield DiffLine(LineMark.GONE, old[at], old=at + 1)
            for at in range(new_from, new_to):
                yield DiffLine(LineMark.NEW, new[at], new=at + 1)
        last = group[-1][4]
    if last < len(new):
        yield DiffLine(LineMark.GAP, "")
