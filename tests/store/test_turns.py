"""Turns at writing: who waits is served before who writes one piece after the other."""

import threading
from collections.abc import Iterator

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.store import keys, presence
from collector_desk.store.store import Store

AT_MOST = 2
"""Pieces begun while one waits: that under way, and one whose writer looked just before the waiting was said."""


class Busy:
    """Writes one small piece after the other, as an import does, and counts them."""

    def __init__(self, store: Store) -> None:
        self.pieces, self._store, self._over = 0, store, threading.Event()
        self.at_work = threading.Event()
        self._thread = threading.Thread(target=self._work)

    def _work(self) -> None:
        while not self._over.is_set():
            with self._store.write():
                self.pieces += 1
                self.at_work.set()
                self._over.wait(0.005)

    def __enter__(self) -> "Busy":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(30)


def pieces_before_ones_turn(busy: Busy, mine: Store, times: int = 12) -> list[int]:
    """How many pieces were begun, each time, between asking for the store and having it."""
    waited = []
    for _ in range(times):
        busy.at_work.clear()
        assert busy.at_work.wait(30)
        before = busy.pieces
        with mine.write():
            waited.append(busy.pieces - before)
    return waited


@pytest.fixture
def other(opened: tuple[Store, keys.Unlocked]) -> Iterator[Store]:
    """The same store as another process has it open."""
    store, _ = opened
    found, _ = Store.open(store.folder, "王", "pw")
    with found:
        yield found


def test_another_window_is_served_before_the_next_piece(opened: tuple[Store, keys.Unlocked], other: Store) -> None:
    with Busy(opened[0]) as busy:
        waited = pieces_before_ones_turn(busy, other)
    assert max(waited) <= AT_MOST, waited
    assert busy.pieces >= len(waited)


def test_so_is_another_thread_of_the_same_window(opened: tuple[Store, keys.Unlocked]) -> None:
    with Busy(opened[0]) as busy:
        waited = pieces_before_ones_turn(busy, opened[0])
    assert max(waited) <= AT_MOST, waited


def test_who_waits_in_vain_is_told_and_is_in_nobodys_way_afterwards(
    opened: tuple[Store, keys.Unlocked], other: Store
) -> None:
    store, _ = opened
    other.patience = 0.05
    with store.write():
        with pytest.raises(Trouble) as caught, other.write():
            pass
        assert caught.value.message.code == "store.locked"
    assert not presence.anybody_waits(store.folder)
    with other.write():
        assert not presence.anybody_waits(store.folder)


def test_a_crash_while_waiting_holds_nobody_up(opened: tuple[Store, keys.Unlocked]) -> None:
    store, _ = opened
    place = store.folder / "waiting"
    place.mkdir()
    (place / "left").touch()  # its holder is gone: the system let go of the lock
    with store.write() as conn:
        assert conn.exec_driver_sql("SELECT 1").scalar() == 1
    assert not presence.anybody_waits(store.folder)


def test_who_waits_for_ever_holds_nobody_up_for_ever(opened: tuple[Store, keys.Unlocked]) -> None:
    store, _ = opened
    with presence.waiting(store.folder):
        assert presence.anybody_waits(store.folder)
        with store.write() as conn:
            assert conn.exec_driver_sql("SELECT 1").scalar() == 1


def test_a_write_inside_a_write_is_refused_and_breaks_nothing(opened: tuple[Store, keys.Unlocked]) -> None:
    store, _ = opened
    with store.write(), pytest.raises(RuntimeError), store.write():
        pass
    with store.write() as conn:
        assert conn.exec_driver_sql("SELECT 1").scalar() == 1
