"""Evidence that is cut off by kill -9, a full disk or a pulled stick, or whose files are not what they seem."""

import hashlib
import io
import os
import random
import signal
import subprocess
import sys

import pytest
from PIL import Image
from sqlalchemy.exc import OperationalError

from collector_desk.documents.evidence import HEAD, known_as, printable, read_photo, thumbnail, whole
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.visits.evidence import EvidenceFacts
from collector_desk.domain.visits.visit import EvidenceKind
from collector_desk.domain.vocabulary import Role
from collector_desk.services.office import people
from collector_desk.services.visits import evidence
from collector_desk.store.store import Store
from collector_desk.store.verify import verify
from collector_desk.store.visits.pieces import PIECE, content, drop_leftovers
from collector_desk.words.messages import text
from tests.samples import malformed, visit_story
from tests.samples.store import PASSWORD, DebtorMaker, let_in

KILLS = int(os.environ.get("COLLECTOR_DESK_KILLS", "12"))
MALFORMED = int(os.environ.get("COLLECTOR_DESK_MALFORMED", "200"))
WORKER = "tests.faults.evidence_worker"
posix = pytest.mark.skipif(sys.platform == "win32", reason="the worker forks, and Windows has no kill -9")
SAID = {
    f"documents.evidence_{what}"
    for what in ("empty", "unknown", "damaged", "too_many_pixels", "too_large", "no_sound", "tag")
}


@pytest.fixture
def on_site(lead, team):
    let_in(lead, name="张晓", password=PASSWORD, roles=frozenset({Role.AGENT, Role.SENIOR_AGENT}))
    agent = people.sign_in(lead.store.folder, "张晓", PASSWORD, clock=lead.clock)
    visit_id = visit_story.requested(agent, DebtorMaker(lead)(days=75))
    agent.store.close()
    visit_story.planned(lead, team, visit_id)
    lead.clock.forward(days=1)
    visit_story.arrived(team, visit_id)
    return visit_id


def staged(seat) -> tuple[int, int]:
    """Pieces under no evidence, and files said to be on their way."""
    with seat.store.read() as conn:
        pieces = conn.exec_driver_sql(
            "SELECT count(*) FROM evidence_piece WHERE evidence_id NOT IN (SELECT id FROM evidence)"
        ).scalar_one()
        return pieces, conn.exec_driver_sql("SELECT count(*) FROM evidence_staged").scalar_one()


@posix
def test_killed_while_attaching_no_confirmed_piece_is_lost(lead, team, on_site):
    """Killed at random moments: what was confirmed is there whole, nothing half is seen, an open clears up."""
    dice = random.Random(11)  # noqa: S311 -- any moments will do
    arguments = [sys.executable, "-m", WORKER, str(lead.store.folder), "王走访", on_site]
    worker = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    confirmed, half_way = set(), 0
    try:
        for _ in range(KILLS):
            worker.stdin.write("go\n")
            worker.stdin.flush()
            child = int(worker.stdout.readline().split()[1])
            left = dice.randrange(1, 60)
            for line in worker.stdout:
                if line.startswith("kept "):
                    confirmed.add(line.split()[1])
                if line == "ended\n":
                    break
                left -= 1
                if left == 0:
                    os.kill(child, signal.SIGKILL)
            half_way += staged(lead) != (0, 0)
            assert {piece.sha256 for piece in evidence.pieces(lead, on_site)} >= confirmed
    finally:
        worker.stdin.close()
        worker.wait(timeout=60)
        worker.stdout.close()
    assert half_way >= KILLS // 4  # the kills did hit files on their way
    again = people.sign_in(lead.store.folder, "王走访", PASSWORD, clock=lead.clock)
    assert staged(again) == (0, 0)
    again.store.close()
    for lock in lead.store.folder.glob("adding-*"):  # killed before its first piece
        os.utime(lock, (0, 0))
    drop_leftovers(lead.store)
    assert not list(lead.store.folder.glob("adding-*"))
    found = evidence.pieces(lead, on_site)
    assert len(confirmed) >= KILLS // 3
    with lead.store.read() as conn:
        rows = conn.exec_driver_sql("SELECT lower(hex(id)) AS id, sha256, size, media_type FROM evidence").all()
        assert {row.id for row in rows} == {piece.id for piece in found}  # none without its words
        for row in rows:
            data = b"".join(content(conn, row.id))
            assert (hashlib.sha256(data).hexdigest(), len(data)) == (row.sha256, row.size)
    assert all(piece.thumb for piece in found if piece.facts.kind is EvidenceKind.PHOTO)
    assert verify(lead.store).ok


def test_a_full_disk_leaves_nothing_of_the_file(lead, team, on_site, monkeypatch):
    real, writes = Store.write, []

    def filling(store):
        writes.append(1)
        if len(writes) in (3, 4):  # the third piece, and the clearing up after it
            error = OperationalError("", None, _full())
            raise Trouble("store.disk_full", file="desk.db") from error
        return real(store)

    data = malformed.hum(60 * 8000)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", filling)
        with pytest.raises(Trouble, match="disk_full"):
            evidence.add(team[0], on_site, data)
    assert evidence.pieces(lead, on_site) == ()
    assert staged(lead) == (2, 1)  # there was no room to clear up
    people.sign_in(lead.store.folder, "王走访", PASSWORD, clock=lead.clock).store.close()
    assert staged(lead) == (0, 0)
    evidence.add(team[0], on_site, data)
    assert verify(lead.store).ok


def _full() -> Exception:
    return OSError(28, "No space left on device")


def test_a_recording_still_running_is_refused_whole(team, on_site, tmp_path):
    file = tmp_path / "running.wav"
    file.write_bytes(malformed.hum(60 * 8000))

    def grow(done, of):
        with file.open("ab") as out:
            out.write(bytes(PIECE))

    with pytest.raises(Trouble, match="cannot_read"):
        evidence.add(team[0], on_site, file, progress=grow)
    assert staged(team[0]) == (0, 0)


def test_crafted_files_end_in_a_message_or_a_clean_copy(team, on_site, tmp_path, capfd):
    path = tmp_path / "照片.exe.jpg"
    for name, data in malformed.crafted().items():
        path.write_bytes(data)
        code, evidence_id = "", ""
        try:
            evidence_id, _ = evidence.add(team[0], on_site, path)
        except Refused as refused:
            code = refused.message.code
        assert staged(team[0]) == (0, 0), name
        if code:
            assert code in SAID, name
            assert all(text(code, lang, most=1) != code for lang in ("en", "zh_CN"))
            continue
        piece = evidence.pieces(team[0], on_site)[-1]
        assert evidence.original(team[0], evidence_id).data == data, name
        if piece.facts.kind is EvidenceKind.PHOTO:
            for copy in (evidence.shown(team[0], evidence_id), printable(data), piece.thumb):
                again = Image.open(io.BytesIO(copy))
                assert (again.format, again.mode, dict(again.getexif())) == ("JPEG", "RGB", {}), name
                assert b"script" not in copy
    said = capfd.readouterr()
    assert said.out + said.err == ""  # the libraries say nothing of what is in it


def test_real_pictures_of_rare_kinds_are_taken_and_look_right():
    made = malformed.crafted()
    for name in ("four colours of ink", "sixteen bits grey", "sixteen bits colour", "one bit", "moving", "grey"):
        assert read_photo(made[name], EvidenceFacts(EvidenceKind.PHOTO))[1][:2] == b"\xff\xd8", name
    bright = Image.frombytes("I;16", (2, 1), bytes((0, 0, 255, 255)))
    copy = Image.open(io.BytesIO(whole(malformed.saved(bright.resize((64, 32)), "PNG"))))
    assert copy.getpixel((2, 16))[0] < 40
    assert copy.getpixel((61, 16))[0] > 215
    middle = Image.new("I;16", (16, 16), 32768)
    assert 110 < Image.open(io.BytesIO(whole(malformed.saved(middle, "PNG")))).getpixel((8, 8))[0] < 145


def test_malformed_files_end_in_messages(team, on_site, monkeypatch, capfd):
    """Cut, flipped, spliced and stuffed files: a message, or a readable piece; nothing else, and nothing half."""
    monkeypatch.setattr(evidence, "MOST_PIECES", MALFORMED + 1)
    taken, codes = 0, set()
    for data in malformed.spoilt(MALFORMED):
        try:
            evidence_id, _ = evidence.add(team[0], on_site, data)
        except Refused as refused:
            codes.add(refused.message.code)
            continue
        taken += 1
        kind, _ = known_as(data[:HEAD], len(data), io.BytesIO(data))
        if kind is EvidenceKind.PHOTO:
            assert evidence.shown(team[0], evidence_id)[:2] == thumbnail(data)[:2] == b"\xff\xd8"
        elif taken % 10 == 0:
            assert evidence.original(team[0], evidence_id).data == data
    assert codes <= SAID | {"visits.evidence.there_already"}
    assert taken > MALFORMED // 10
    assert len(evidence.pieces(team[1], on_site)) == taken
    assert staged(team[0]) == (0, 0)
    assert verify(team[0].store).ok
    said = capfd.readouterr()
    assert said.out + said.err == ""
