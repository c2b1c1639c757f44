"""Who has a store open: real locks, on POSIX as they are and on Windows through what stands in for its module."""

import importlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.store import locks, presence
from collector_desk.store.sqlite.bulk import Pace


class FakeMsvcrt(ModuleType):
    """``msvcrt.locking`` as Windows has it: a byte of a file belongs to one handle, until that is closed."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.held: dict[tuple[int, int, int], int] = {}
        self.asked: list[tuple[int, int]] = []

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        self.asked.append((mode, count))
        at = os.lseek(descriptor, 0, os.SEEK_CUR)
        about = os.fstat(descriptor)
        place = (about.st_dev, about.st_ino, at)
        holder = self.held.get(place)
        # a number given out anew is another handle: the one that had it is closed
        if holder not in (None, descriptor) and _is_open(holder, place):
            raise PermissionError(13, "Permission denied")
        self.held[place] = descriptor


def _is_open(descriptor: int | None, place: tuple[int, int, int]) -> bool:
    try:
        about = os.fstat(descriptor or -1)
    except OSError:
        return False
    return (about.st_dev, about.st_ino) == place[:2]


@pytest.fixture(params=["posix", "windows"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both systems' way to lock, whichever this one is; Windows' by a stand-in where it isn't one."""
    if request.param == "posix" and sys.platform == "win32":
        pytest.skip("no flock here")
    if request.param == "windows" and sys.platform != "win32":
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, "msvcrt", FakeMsvcrt())
            patch.setattr(sys, "platform", "win32")
            importlib.reload(locks)
    yield request.param
    importlib.reload(locks)


def test_a_lock_is_one_handles_until_it_is_closed(system: str, tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with path.open("a+b") as first, path.open("a+b") as second:
        first.write(b"not at the first byte")
        assert locks.take(first)
        assert not locks.take(second)
        first.close()
        assert locks.take(second)


def test_whoever_has_the_store_open_is_seen_by_the_others(system: str, tmp_path: Path) -> None:
    one = presence.enter(tmp_path)
    assert one is not None
    assert not presence.others(tmp_path, one)
    two = presence.enter(tmp_path)
    assert two is not None
    assert presence.others(tmp_path, one)
    assert presence.others(tmp_path, two)
    two.leave()
    assert not presence.others(tmp_path, one)
    one.leave()
    assert list((tmp_path / "open").iterdir()) == []


def test_alone_only_while_nobody_has_it_open_and_nobody_comes_in(system: str, tmp_path: Path) -> None:
    one = presence.enter(tmp_path)
    assert one is not None
    with pytest.raises(Trouble) as trouble, presence.alone(tmp_path):
        pass
    assert trouble.value.message.code == "store.in_use"
    one.leave()
    with presence.alone(tmp_path):
        for way in (lambda: presence.enter(tmp_path), presence.alone(tmp_path).__enter__):
            with pytest.raises(Trouble) as trouble:
                way()
            assert trouble.value.message.code == "store.in_use"
    again = presence.enter(tmp_path)
    assert again is not None
    again.leave()


def test_what_a_crash_left_is_nobody_and_goes(system: str, tmp_path: Path) -> None:
    one = presence.enter(tmp_path)
    assert one is not None
    left = tmp_path / "open" / "crashed"
    left.write_bytes(b"")
    assert not presence.others(tmp_path, one)
    assert left.exists(), "it may be about to be locked"
    long_ago = time.time() - 60
    os.utime(left, (long_ago, long_ago))
    assert not presence.others(tmp_path, one)
    assert not left.exists()
    one.leave()


def test_a_piece_grows_only_while_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    allowed = [0.02]
    pace = Pace(40, 8000, aim=lambda: allowed[0])
    sizes = []
    for seconds in (0.02, 0.25, 0.25, 0.25, 0.25, 0.25, 0.02):
        allowed[0] = seconds
        sizes.append(pace.size)
        with pace:
            now[0] += sizes[-1] / 4096  # so many things a second
    assert sizes[:5] == [40, 80, 160, 320, 640]
    assert 1000 <= sizes[5] <= 1024, "a quarter of a second's worth"
    assert 80 <= sizes[6] <= 82, "short again at once"
