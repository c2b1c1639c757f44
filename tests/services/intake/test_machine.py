"""Pieces of an import: the next is made ready while the last one is committed, and nothing of that is lost."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake.machine import Rest, Watching, Write, in_pieces
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


def test_the_next_piece_is_made_while_sqlite_does_the_rest_of_the_last(manager: Seat) -> None:
    begun = {number: threading.Event() for number in range(4)}
    rests: list[tuple[int, bool]] = []

    def prepared(piece: list[int]) -> Write:
        number = piece[0]
        begun[number].set()

        def write(conn: Connection) -> Rest:
            def rest(same: Connection) -> None:
                together = number == 2 or begun[number + 1].wait(30)
                rests.append((number, together and same is conn and same.in_transaction()))

            return rest

        return write

    sizes, watching = (1, 1), Watching.by(None, None)
    assert [*in_pieces(manager, range(3), 3, prepared, sizes=sizes, watching=watching, stopped=STOPPED)] == [
        1,
        2,
        3,
    ]
    assert rests == [(0, True), (1, True), (2, True)]


def test_a_rest_that_fails_takes_its_piece_back_and_is_told_of(manager: Seat) -> None:
    def prepared(piece: list[int]) -> Write:
        def write(conn: Connection) -> Rest:
            conn.exec_driver_sql("CREATE TABLE IF NOT EXISTS tried (number INTEGER)")
            conn.exec_driver_sql("INSERT INTO tried VALUES (?)", (piece[0],))
            return lambda conn: conn.exec_driver_sql(f"SELECT {1 if piece[0] < 1 else 'no_such_column'}")

        return write

    sizes, watching = (1, 1), Watching.by(None, None)
    with pytest.raises(Exception, match="no_such_column"):
        list(in_pieces(manager, range(3), 3, prepared, sizes=sizes, watching=watching, stopped=STOPPED))
    with manager.store.write() as conn:
        assert conn.exec_driver_sql("SELECT number FROM tried").scalars().all() == [0]
        conn.exec_driver_sql("DROP TABLE tried")
