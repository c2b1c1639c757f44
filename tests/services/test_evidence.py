import hashlib
import io

import pytest
from PIL import Image
from sqlalchemy import select

import visit_story
from collector_desk.domain.message import Refused
from collector_desk.domain.visit_evidence import Box
from collector_desk.domain.visits import EvidenceKind, SignedHow
from collector_desk.domain.vocabulary import Role
from collector_desk.services import evidence, visiting
from collector_desk.store import tables as t


def photo(seed: int = 1, size=(640, 480)) -> bytes:
    """A red picture that says when and where it was taken."""
    picture = Image.new("RGB", size, (200, 30 + seed, 40))
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:11:24 10:05:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 8.0, 0.0), 3: "E", 4: (113.0, 18.0, 0.0)})
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.fixture
def team(seat_of):
    return seat_of("王走访", Role.VISITOR), seat_of("赵同行", Role.VISITOR)


@pytest.fixture
def on_site(manager, agent, debtor, team, clock):
    """A visit whose pair stands at the door; returns its id."""
    visit_id = visit_story.requested(agent, debtor(days=75))
    visit_story.planned(manager, team, visit_id)
    clock.forward(days=1)
    visit_story.arrived(team, visit_id)
    return visit_id


def test_a_photo_is_kept_as_it_came_and_shown_without_place(team, on_site):
    data = photo()
    evidence_id, changes = evidence.add(team[0], on_site, data, caption="楼门")
    assert on_site in changes.visits
    (piece,) = evidence.pieces(team[1], on_site)
    assert piece.sha256 == hashlib.sha256(data).hexdigest()
    assert (piece.facts.caption, piece.added_by, piece.facts.kind) == ("楼门", "王走访", EvidenceKind.PHOTO)
    assert piece.facts.taken_at.isoformat() == "2026-11-24T02:05:00+00:00"
    assert (piece.facts.north_e6, piece.facts.east_e6) == (23133333, 113300000)
    assert Image.open(io.BytesIO(piece.thumb)).size[0] == 240
    copy = evidence.shown(team[1], evidence_id)
    assert not Image.open(io.BytesIO(copy.data)).getexif()
    assert evidence.original(team[1], evidence_id).data == data


def test_only_a_look_at_the_original_is_a_line_of_history(team, on_site):
    evidence_id, _ = evidence.add(team[0], on_site, photo())
    evidence.shown(team[0], evidence_id)
    evidence.pieces(team[0], on_site)
    with team[0].store.read() as conn:
        assert conn.execute(select(t.access.c.what)).all() == []
    evidence.original(team[0], evidence_id)
    with team[0].store.read() as conn:
        assert conn.execute(select(t.access.c.what, t.access.c.subject_id)).all() == [("original", evidence_id)]


def test_masked_parts_are_hidden_in_every_copy(manager, team, on_site):
    data = photo()
    evidence_id, _ = evidence.add(team[0], on_site, data)
    evidence.mask(manager, evidence_id, [Box(0, 0, 500, 1000)])
    for small in (evidence.shown(team[0], evidence_id).data, evidence.pieces(team[0], on_site)[0].thumb):
        picture = Image.open(io.BytesIO(small)).convert("RGB")
        assert picture.getpixel((5, 5))[0] < 60
        assert picture.getpixel((picture.width - 5, 5))[0] > 180
    assert evidence.original(team[0], evidence_id).data == data
    with manager.store.read() as conn:
        (printed,) = evidence.photos(conn, on_site, [evidence_id])
    assert Image.open(io.BytesIO(printed.data)).convert("RGB").getpixel((5, 5))[0] < 60


def test_evidence_is_shown_to_the_team_and_the_reviewer_only(manager, agent, seat_of, team, on_site):
    evidence_id, _ = evidence.add(team[0], on_site, photo())
    stranger = seat_of("孙旁人", Role.VISITOR)
    for seat in (agent, stranger):
        for look in (evidence.shown, evidence.original):
            with pytest.raises(Refused) as refused:
                look(seat, evidence_id)
            assert refused.value.message.code == "evidence.not_yours"
        with pytest.raises(Refused):
            evidence.pieces(seat, on_site)
        with pytest.raises(Refused):
            evidence.add(seat, on_site, photo(2))
    assert evidence.pieces(manager, on_site)


def test_a_picture_taken_indoors_wants_its_reason(team, on_site):
    with pytest.raises(Refused) as refused:
        evidence.add(team[0], on_site, photo(), indoors=True)
    assert refused.value.field_name == "indoors_reason"
    assert evidence.pieces(team[0], on_site) == ()
    evidence.add(team[0], on_site, photo(), indoors=True, indoors_reason="本人要求拍摄签字材料")


def test_the_same_file_twice_and_files_that_are_no_evidence(team, on_site):
    evidence.add(team[0], on_site, photo())
    for data, code in (
        (photo(), "evidence.there_already"),
        (b"", "documents.evidence_empty"),
        (b"MZ\x90\x00 a program", "documents.evidence_unknown"),
        (photo()[:400], "documents.evidence_damaged"),
    ):
        with pytest.raises(Refused) as refused:
            evidence.add(team[0], on_site, data)
        assert refused.value.message.code == code


def test_a_withdrawn_piece_leaves_the_report_but_not_the_store(team, on_site):
    first, _ = evidence.add(team[0], on_site, photo(1))
    second, _ = evidence.add(team[0], on_site, photo(2))
    with pytest.raises(Refused):
        evidence.withdraw(team[0], first, "  ")
    evidence.withdraw(team[0], first, "拍到邻居")
    assert [piece.id for piece in evidence.pieces(team[0], on_site)] == [second]
    with team[0].store.read() as conn:
        assert len(conn.execute(select(t.evidence.c.id)).all()) == 2
    evidence.add(team[0], on_site, photo(1))  # taken in anew after all


def test_the_report_lists_what_was_attached_and_then_nothing_can_be_added(team, on_site):
    data = photo()
    evidence_id, _ = evidence.add(team[0], on_site, data, caption="楼门")
    evidence.describe(team[1], evidence_id, caption="单元门外观", indoors=False)
    visiting.hand_in(team[0], on_site, visit_story.not_found(team))
    visit = visiting.load(team[0], on_site)
    (listed,) = visit.report.evidence
    assert (listed.evidence_id, listed.caption) == (evidence_id, "单元门外观")
    assert listed.sha256 == hashlib.sha256(data).hexdigest()
    visiting.sign(team[0], on_site, how=SignedHow.PASSWORD)
    with pytest.raises(Refused) as refused:
        evidence.add(team[0], on_site, photo(3))
    assert refused.value.message.code == "evidence.closed"


def test_a_recording_is_taken_in_and_its_playing_is_logged(team, on_site):
    sound = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40)
    evidence_id, _ = evidence.add(team[0], on_site, sound, caption="现场录音")
    (piece,) = evidence.pieces(team[0], on_site)
    assert (piece.facts.kind, piece.thumb) == (EvidenceKind.AUDIO, b"")
    assert evidence.shown(team[0], evidence_id).data == sound
    with pytest.raises(Refused):
        evidence.mask(team[0], evidence_id, [])
    with team[0].store.read() as conn:
        assert conn.execute(select(t.access.c.what)).scalars().all() == ["original"]
