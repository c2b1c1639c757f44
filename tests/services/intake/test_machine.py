"""Pieces of an import: the next is made ready while the last one is committed, and nothing of that is lost."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake.machine import Watching, in_pieces
from collector_desk.store.engine import Connection

STOPPED = Trouble("intake.cancelled", file="")


def pieces(
    seat: Seat, write: Callable[[Connection, list[int]], None], watching: Watching, count: int = 30
) -> Iterator[int]:
    def prepared(some: list[int]) -> Callable[[Connection], None]:
        return lambda conn: write(conn, some)

    yield from in_pieces(seat, range(count), count, prepared, sizes=(10, 10), watching=watching, stopped=STOPPED)


def test_pieces_are_written_in_their_order_and_told_of(manager: Seat) -> None:
    written: list[int] = []
    told: list[tuple[int, int]] = []
    watching = Watching.by(lambda done, of: told.append((done, of)), None)
    assert list(pieces(manager, lambda _, some: written.extend(some), watching)) == [10, 20, 30]
    assert written == list(range(30))
    assert told == [(10, 30), (20, 30), (30, 30)]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_what_fails_in_writing_or_committing_is_raised(
    manager: Seat, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """At the last piece as well, of which nobody asks afterwards."""
    real, begun = manager.store.write, []

    @contextmanager
    def full() -> Iterator[Connection]:
        begun.append(1)
        with real() as conn:
            yield conn
            if len(begun) == at:
                raise Trouble("store.disk_full", file="")

    monkeypatch.setattr(type(manager.store), "write", lambda _: full())
    with pytest.raises(Trouble) as caught:
        list(pieces(manager, lambda *_: None, Watching.by(None, None)))
    assert caught.value.message.code == "store.disk_full"
    assert len(begun) == at
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("intake")]


def test_called_off_the_piece_under_way_is_finished_and_no_more_begun(manager: Seat) -> None:
    written: list[int] = []
    watching = Watching.by(None, lambda: bool(written))
    with pytest.raises(Trouble) as caught:
        list(pieces(manager, lambda _, some: written.extend(some), watching))
    assert caught.value is STOPPED
    assert written == list(range(10))
    with manager.store.write() as conn:  # nobody holds it any more
        assert conn.exec_driver_sql("SELECT 1").scalar() == 1
