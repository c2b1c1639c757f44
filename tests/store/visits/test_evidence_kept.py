"""The pieces of evidence of a visit."""

from dataclasses import replace

import pytest

from collector_desk.domain.plain import to_plain
from collector_desk.domain.visits.evidence import EvidenceFacts
from collector_desk.domain.visits.visit import EvidenceKind
from collector_desk.store import tables as t
from collector_desk.store.journal import erase_row
from collector_desk.store.visits.evidence import count_pieces, in_the_report, piece_of, pieces_of, put_thumb
from tests.samples.ids import an_id
from tests.samples.rows import AT

VISIT = an_id("visit")
FACTS = EvidenceFacts(EvidenceKind.PHOTO, "楼门")


@pytest.fixture
def piece(filed):
    """A piece of the visit; returns its id."""

    def make(*said: EvidenceFacts, visit_id: str = VISIT, sha256: str = "a" * 64, by: str = "") -> str:
        evidence_id = filed(t.evidence, visit_id=visit_id, sha256=sha256, media_type="image/jpeg", size=9, by=by)
        for facts in said or (FACTS,):
            filed(t.evidence_line, evidence_id=evidence_id, visit_id=visit_id, content=to_plain(facts))
        return evidence_id

    return make


def test_a_piece_is_what_its_newest_line_says(conn, piece, filed):
    who = filed(t.person, name="王走访", roles=[])
    newest = replace(FACTS, caption="改了", withdrawn="拍错了")
    evidence_id = piece(FACTS, newest, by=who)
    found = piece_of(conn, evidence_id)
    assert (found.id, found.visit_id, found.facts, found.added_by) == (evidence_id, VISIT, newest, "王走访")
    assert (found.sha256, found.size, found.media_type, found.thumb) == ("a" * 64, 9, "image/jpeg", b"")
    assert piece_of(conn, an_id("none")) is None


def test_the_pieces_of_a_visit_come_in_their_order_but_no_erased_ones(conn, piece):
    first, second = piece(), piece(replace(FACTS, withdrawn="拍错了"))
    erased = piece()
    piece(visit_id=an_id("other"))
    erase_row(conn, t.evidence, erased, actor_id=an_id("who"), at=AT)
    assert [one.id for one in pieces_of(conn, VISIT)] == [first, second]
    assert piece_of(conn, erased) is None


def test_the_small_picture_is_the_last_one_put(conn, piece):
    evidence_id, bare = piece(), piece()
    for content in (b"first", b"second"):
        put_thumb(conn, evidence_id, content)
    assert {one.id: one.thumb for one in pieces_of(conn, VISIT)} == {evidence_id: b"second", bare: b""}


def test_the_same_bytes_are_known_unless_they_were_withdrawn(conn, piece):
    piece(FACTS, replace(FACTS, withdrawn="拍错了"))
    piece(sha256="b" * 64)
    piece(sha256="c" * 64, visit_id=an_id("other"))
    assert not in_the_report(conn, VISIT, "a" * 64)
    assert in_the_report(conn, VISIT, "b" * 64)
    assert not in_the_report(conn, VISIT, "c" * 64)


def test_every_piece_a_visit_ever_had_counts(conn, piece):
    piece(replace(FACTS, withdrawn="拍错了"))
    erase_row(conn, t.evidence, piece(), actor_id=an_id("who"), at=AT)
    piece(visit_id=an_id("other"))
    assert count_pieces(conn, VISIT) == 2
