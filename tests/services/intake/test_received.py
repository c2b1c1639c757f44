"""A bank's file comes out of the archive byte for byte, by who may take files in, and the history says so."""

import hashlib

import pytest
from sqlalchemy import select

from collector_desk.domain.message import Refused, Trouble
from collector_desk.services.book import received
from collector_desk.store import tables as t
from collector_desk.store.intake import batches
from tests.services.intake.test_placements import a_file, row, take


@pytest.fixture
def kept(manager, tmp_path, monkeypatch):
    """A file taken in; kept in several pieces."""
    monkeypatch.setattr(batches, "PIECE", 100)
    path = a_file(tmp_path, row(1), row(2), name="某某银行 委案.csv")
    take(manager, path)
    return path.read_bytes()


def exports(seat) -> list[str]:
    with seat.store.read() as conn:
        return list(conn.execute(select(t.access.c.subject_id).where(t.access.c.what == "received file")).scalars())


def test_it_is_what_was_received(manager, kept, tmp_path):
    sha256 = hashlib.sha256(kept).hexdigest()
    with manager.store.read() as conn:
        assert len(conn.execute(select(t.received_piece.c.position)).all()) > 1
    received.save_received(manager, sha256, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == kept
    assert exports(manager) == [sha256]
    with pytest.raises(Refused) as refused:
        received.save_received(manager, sha256, tmp_path / "out.csv")
    assert refused.value.message.code == "documents.outgoing.exists"
    with pytest.raises(Refused) as refused:
        received.save_received(manager, sha256, manager.folder / "out.csv")
    assert refused.value.message.code == "documents.outgoing.in_store"
    assert exports(manager) == [sha256]


def test_who_takes_no_files_in_takes_none_out(agent, kept, tmp_path):
    with pytest.raises(Refused):
        received.save_received(agent, hashlib.sha256(kept).hexdigest(), tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_one_that_never_came_in_is_said(manager, tmp_path):
    with pytest.raises(Refused) as refused:
        received.save_received(manager, "0" * 64, tmp_path / "out.csv")
    assert refused.value.message.code == "intake.not_archived"


def test_where_the_archive_differs_nothing_is_left(manager, kept, tmp_path):
    with manager.store.write() as conn:
        conn.exec_driver_sql("UPDATE received_piece SET content = x'00' WHERE position = 1")
    with pytest.raises(Trouble) as told:
        received.save_received(manager, hashlib.sha256(kept).hexdigest(), tmp_path / "out.csv")
    assert told.value.message.code == "intake.received_differs"
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name or path.suffix == ".part"] == []
