import errno
import hashlib
import io
import wave

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from collector_desk.documents import evidence as documents
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.office.proof import FaultKind
from collector_desk.domain.visits.evidence import Box
from collector_desk.domain.visits.visit import EvidenceKind, SignedHow
from collector_desk.domain.vocabulary import Role
from collector_desk.services.office import people
from collector_desk.services.visits import evidence, visiting
from collector_desk.store import tables as t
from collector_desk.store.backup import backup, restore
from collector_desk.store.journal import erase_row
from collector_desk.store.verify import verify
from collector_desk.store.visits.pieces import PIECE, drop_leftovers
from tests.samples import visit_story
from tests.samples.store import PASSWORD


def photo(seed: int = 1, size=(640, 480)) -> bytes:
    """A red picture that says when and where it was taken."""
    picture = Image.new("RGB", size, (200, 30 + seed, 40))
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:11:24 10:05:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 8.0, 0.0), 3: "E", 4: (113.0, 18.0, 0.0)})
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


STORIES = {"on_site": visit_story.AT_THE_DOOR}


@pytest.fixture
def on_site(told):
    """A visit whose pair stands at the door; returns its id."""
    return told


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
    assert not Image.open(io.BytesIO(copy)).getexif()
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
    for small in (evidence.shown(team[0], evidence_id), evidence.pieces(team[0], on_site)[0].thumb):
        picture = Image.open(io.BytesIO(small)).convert("RGB")
        assert picture.getpixel((5, 5))[0] < 60
        assert picture.getpixel((picture.width - 5, 5))[0] > 180
    assert evidence.original(team[0], evidence_id).data == data
    with manager.store.read() as conn:
        printed = evidence.photos(conn, on_site, [evidence_id])[evidence_id]
    assert Image.open(io.BytesIO(printed)).convert("RGB").getpixel((5, 5))[0] < 60


def test_evidence_is_shown_to_the_team_and_the_reviewer_only(manager, agent, seat_of, team, on_site):
    evidence_id, _ = evidence.add(team[0], on_site, photo())
    stranger = seat_of("孙旁人", Role.VISITOR)
    for seat in (agent, stranger):
        for look in (evidence.shown, evidence.original):
            with pytest.raises(Refused) as refused:
                look(seat, evidence_id)
            assert refused.value.message.code == "visits.evidence.not_yours"
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
        (photo(), "visits.evidence.there_already"),
        (b"", "documents.evidence_empty"),
        (b"MZ\x90\x00 a program", "documents.evidence_unknown"),
        (photo()[:400], "documents.evidence_damaged"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(80), "visits.evidence.heic"),
        (b"\0\0\0\x14ftypcrx \0\0\0\1crx " + bytes(80), "visits.evidence.raw"),
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
    assert refused.value.message.code == "visits.evidence.closed"


def sound(seconds: float = 1.0, rate: int = 8000) -> bytes:
    """A recording of a hum."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        out.writeframes(bytes(range(0, 200, 2)) * int(seconds * rate / 50))
    return file.getvalue()


def accesses(seat) -> list[str]:
    with seat.store.read() as conn:
        return list(conn.execute(select(t.access.c.what).order_by(t.access.c.id)).scalars())


def leftovers(seat) -> tuple[int, int]:
    """Pieces under no evidence, and files said to be on their way."""
    with seat.store.read() as conn:
        pieces = conn.exec_driver_sql(
            "SELECT count(*) FROM evidence_piece WHERE evidence_id NOT IN (SELECT id FROM evidence)"
        ).scalar_one()
        return pieces, conn.exec_driver_sql("SELECT count(*) FROM evidence_staged").scalar_one()


def test_a_recording_is_played_from_inside_the_store_and_each_time_is_logged(team, on_site, tmp_path):
    data = sound(60)
    assert len(data) > 2 * PIECE
    file = tmp_path / "r.mp3"  # its name says nothing
    file.write_bytes(data)
    steps = []
    evidence_id, _ = evidence.add(team[0], on_site, file, progress=lambda done, of: steps.append((done, of)))
    (piece,) = evidence.pieces(team[0], on_site)
    assert (piece.facts.kind, piece.thumb, piece.media_type) == (EvidenceKind.AUDIO, b"", "audio/wav")
    assert (piece.sha256, piece.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert steps[-1] == (len(data), len(data))
    assert len(steps) > 2
    assert accesses(team[0]) == []
    played = evidence.original(team[1], evidence_id, what="play")
    border = PIECE
    assert played.read(border - 3, 9) == data[border - 3 : border]  # up to the end of a piece
    assert played.read(border, 9) == data[border : border + 9]
    assert played.read(len(data), 9) == b""
    assert played.data == data
    assert accesses(team[0]) == ["play"]
    with pytest.raises(Refused):
        evidence.mask(team[0], evidence_id, [])
    with pytest.raises(Refused):
        evidence.shown(team[0], evidence_id)


def test_only_a_reviewer_saves_a_copy_and_the_history_says_so(manager, team, on_site, tmp_path):
    data = sound(40)
    evidence_id, _ = evidence.add(team[0], on_site, data)
    target = tmp_path / "copy.wav"
    with pytest.raises(Refused, match="export_who"):
        evidence.export(team[0], evidence_id, target)
    assert not target.exists()
    assert not evidence.may_export(team[0])
    evidence.export(manager, evidence_id, target)
    assert target.read_bytes() == data
    assert accesses(manager) == ["evidence_export"]
    (piece,) = evidence.pieces(manager, on_site)
    assert evidence.file_name(piece) == f"{piece.sha256[:12]}.wav"

    def pulled(*_):
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(Trouble, match=r"outgoing\.exists"):
        evidence.export(manager, evidence_id, target, progress=pulled)
    with pytest.raises(Trouble, match="disk_full"):
        evidence.export(manager, evidence_id, target, progress=pulled, replace=True)
    assert target.read_bytes() == data  # neither lost nor half a copy
    assert accesses(manager) == ["evidence_export", "evidence_export"]


def test_what_stops_on_its_way_leaves_nothing(team, on_site, tmp_path):
    def stop(done, of):
        if done > PIECE:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evidence.add(team[0], on_site, sound(120), progress=stop)
    assert leftovers(team[0]) == (0, 0)
    assert evidence.pieces(team[0], on_site) == ()
    file = tmp_path / "gone.wav"
    with pytest.raises(Trouble, match="cannot_read"):
        evidence.add(team[0], on_site, file)
    evidence.add(team[0], on_site, sound(60))
    with pytest.raises(Refused, match="there_already"):
        evidence.add(team[1], on_site, sound(60))
    assert leftovers(team[0]) == (0, 0)
    assert not list(team[0].store.folder.glob("adding-*"))


def test_what_another_seat_is_adding_is_no_leftover(team, on_site):
    found = []

    def elsewhere(done, of):
        found.append(drop_leftovers(team[1].store))

    evidence.add(team[0], on_site, sound(60), progress=elsewhere)
    assert set(found) == {0}
    assert evidence.pieces(team[0], on_site)[0].size == len(sound(60))


def test_the_limits_are_those_of_the_kind(team, on_site, monkeypatch):
    monkeypatch.setitem(documents.MOST_BYTES, EvidenceKind.AUDIO, 1 << 20)
    with pytest.raises(Refused) as refused:
        evidence.add(team[0], on_site, sound(80))
    assert refused.value.message.params["most"] == 1
    assert leftovers(team[0]) == (0, 0)


def test_the_history_answers_for_every_byte(team, on_site):
    evidence.add(team[0], on_site, sound(60))
    store = team[0].store
    assert verify(store).ok
    for statement in (
        "UPDATE evidence_piece SET content = x'00' WHERE position = 1",
        "DELETE FROM evidence_piece WHERE position = 1",
        "INSERT INTO evidence_piece SELECT id, 99, x'00' FROM evidence",
        "INSERT OR REPLACE INTO evidence_piece SELECT evidence_id, position, x'00' FROM evidence_piece",
    ):
        with pytest.raises(DBAPIError, match="written once"), store.write() as conn:
            conn.exec_driver_sql(statement)
    with store.write() as conn:
        conn.exec_driver_sql("DROP TRIGGER once_evidence_piece_update")
        conn.exec_driver_sql("UPDATE evidence_piece SET content = zeroblob(length(content)) WHERE position = 1")
    report = verify(store)
    assert {finding.fault for finding in report.findings} == {FaultKind.TRIGGER, FaultKind.CONTENT_CHANGED}
    assert not verify(store, cancelled=lambda: True).complete


def test_an_erased_piece_takes_its_bytes_along(team, on_site):
    evidence_id, _ = evidence.add(team[0], on_site, photo())
    seat = team[0]
    with seat.store.write() as conn:
        erase_row(conn, t.evidence, evidence_id, actor_id=seat.person.id, at=seat.now())
    with seat.store.read() as conn:
        for table in (t.evidence_piece, t.evidence_thumb):
            assert conn.execute(select(func.count()).select_from(table)).scalar_one() == 0
    assert evidence.pieces(seat, on_site) == ()
    assert verify(seat.store).ok


def test_a_backup_carries_the_files(team, on_site, tmp_path):
    data = sound(60)
    evidence_id, _ = evidence.add(team[0], on_site, data)
    backup(team[0].store, tmp_path / "b.cdbackup", at=team[0].now())
    restore(tmp_path / "b.cdbackup", tmp_path / "again", at=team[0].now())
    seat = people.sign_in(tmp_path / "again", team[0].person.name, PASSWORD, clock=team[0].clock)
    assert evidence.original(seat, evidence_id).data == data
    assert verify(seat.store).ok
    seat.store.close()
