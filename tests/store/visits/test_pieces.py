"""The bytes of evidence: staged, made to count, read again a piece at a time, dropped where they never counted."""

import hashlib
import io

import pytest

from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.journal import record
from collector_desk.store.visits import pieces
from collector_desk.store.visits.pieces import PIECE
from tests.samples.ids import an_id
from tests.samples.rows import AT

DATA = bytes(range(256)) * (PIECE // 256) + b"the rest"
DIGEST = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def staged(asked):
    """A file on its way in; returns its id, its digest and what was told of it."""

    def make(sha256: str | None = None) -> tuple[str, tuple[str, int], list[int]]:
        evidence_id, told = new_id(), list[int]()
        found = pieces.stage(asked, evidence_id, io.BytesIO(DATA), AT, told.append, sha256)
        return evidence_id, found, told

    return make


def count(store, evidence_id) -> tuple[int, int]:
    """Its pieces, and whether it is said to be on its way."""
    with store.read() as conn:
        found = [
            conn.execute(table.select().where(table.c.evidence_id == evidence_id)).all()
            for table in (t.evidence_piece, t.evidence_staged)
        ]
    return len(found[0]), len(found[1])


def test_a_file_is_staged_piece_by_piece_with_its_digest(asked, staged):
    evidence_id, found, told = staged()
    assert found == (DIGEST, len(DATA))
    assert told == [PIECE, len(DATA)]
    with asked.read() as conn:
        assert list(pieces.content(conn, evidence_id)) == [DATA[:PIECE], b"the rest"]
        assert pieces.piece(conn, evidence_id, 1) == b"the rest"
        assert pieces.piece(conn, evidence_id, 2) == b""
        assert pieces.piece_size(conn, evidence_id) == PIECE
        assert list(pieces.content(conn, an_id("none"))) == []


def test_a_digest_that_is_known_is_not_worked_out_again(staged):
    _, found, _ = staged("e" * 64)
    assert found == ("e" * 64, len(DATA))


def test_what_counts_stays_and_what_never_did_is_dropped(asked, staged):
    kept, dropped, left = staged()[0], staged()[0], staged()[0]
    assert count(asked, kept) == (2, 1)
    with asked.write() as conn:
        row = {"id": kept, "visit_id": an_id("v"), "sha256": DIGEST, "media_type": "x", "size": len(DATA)}
        record(conn, t.evidence, row, kind="test", actor_id=an_id("who"), at=AT)
        pieces.settle(conn, kept)
    for each in (kept, dropped):
        pieces.drop(asked, each)
    assert (count(asked, kept), count(asked, dropped)) == ((2, 0), (0, 0))
    assert pieces.drop_leftovers(asked) >= 1  # and those of the tests above
    assert count(asked, left) == (0, 0)
    assert pieces.drop_leftovers(asked) == 0


def test_who_fails_on_the_way_leaves_nothing(asked):
    evidence_id = new_id()

    def stop(_: int) -> None:
        raise KeyError

    with pytest.raises(KeyError), pieces.staging(asked, evidence_id):
        pieces.stage(asked, evidence_id, io.BytesIO(DATA), AT, stop)
    assert count(asked, evidence_id) == (0, 0)
    assert not list(asked.folder.glob("adding-*"))
