"""Many rows kept small: squeezed in blocks, opened a block at a time. What makes a file of a million rows fit.

A row of a bank's file takes two kilobytes as Python's objects, and a tenth of that in here.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")
_BLOCK = 512
_MOST = 256 << 20  # bytes of a block opened; one that would be more is none of ours


class Spool(Sequence[T], Generic[T]):
    """A sequence to be appended to and gone through, in the order of the rows; jumping about in it is slow.

    ``squeeze`` makes bytes of a block of rows and ``open_up`` the rows of the bytes. A block that isn't full yet is
    kept as it is, so that small files cost nothing.
    """

    def __init__(self, squeeze: Callable[[list[T]], bytes], open_up: Callable[[bytes], list[T]]) -> None:
        self._squeeze, self._open_up = squeeze, open_up
        self._blocks: list[bytes] = []
        self._last: list[T] = []
        self._opened: tuple[int, list[T]] = (-1, [])

    def append(self, row: T) -> None:
        """One more row; it must not be changed afterwards."""
        self._last.append(row)
        if len(self._last) == _BLOCK:
            self._blocks.append(zlib.compress(self._squeeze(self._last), 1))
            self._last = []

    def extend(self, rows: Iterable[T]) -> None:
        """Several more."""
        for row in rows:
            self.append(row)

    def blocks(self) -> Iterator[bytes]:
        """All of it in squeezed blocks, as ``take_block`` takes them elsewhere."""
        yield from self._blocks
        if self._last:
            yield zlib.compress(self._squeeze(self._last), 1)

    def take_block(self, block: bytes, *, last: bool) -> None:
        """One more block of another spool, in its order; only the ``last`` may hold fewer rows than the others."""
        if last:
            self.extend(self._open_up(_opened(block)))
        else:
            self._blocks.append(block)

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._last)

    def _block(self, number: int) -> list[T]:
        if number == len(self._blocks):
            return self._last
        held, rows = self._opened
        if held != number:
            rows = self._open_up(_opened(self._blocks[number]))
            self._opened = number, rows
        return rows

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return SpoolPart(self, range(len(self))[at])
        at = range(len(self))[at]
        return self._block(at // _BLOCK)[at % _BLOCK]

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._blocks)):
            yield from self._open_up(_opened(self._blocks[number]))
        yield from self._last

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it grows


def _opened(block: bytes) -> bytes:
    opener = zlib.decompressobj()
    found = opener.decompress(block, _MOST)
    if not opener.eof:
        raise ValueError("a block that never ends")
    return found


class SpoolPart(Sequence[T], Generic[T]):
    """Some rows of a spool, not taken out of it."""

    def __init__(self, whole: Sequence[T], places: range) -> None:
        self._whole, self._places = whole, places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        places = self._places[at]
        return SpoolPart(self._whole, places) if isinstance(places, range) else self._whole[places]

    def __iter__(self) -> Iterator[T]:
        return map(self._whole.__getitem__, self._places)
