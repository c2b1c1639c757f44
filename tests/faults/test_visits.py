"""A visit whose evidence is cut off by kill -9, a full disk, or files that are not what they seem."""

import errno
import hashlib
import io
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).parents[1]))

import visit_story
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.vocabulary import Role
from collector_desk.packs.messages import render, text
from collector_desk.services import evidence, people, releases, settings, visit_bundle
from collector_desk.services.settings import Agency
from collector_desk.store import keys
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from store_samples import PASSWORD, DebtorMaker, SetClock

KILLS = int(os.environ.get("COLLECTOR_DESK_KILLS", "12"))
MALFORMED = int(os.environ.get("COLLECTOR_DESK_MALFORMED", "400"))
WORKER = Path(__file__).with_name("evidence_worker.py")
posix = pytest.mark.skipif(sys.platform == "win32", reason="the worker forks, and Windows has no kill -9")


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch):
    for name, value in (("_MEMORY_KIB", 64), ("_PASSES", 1), ("_LANES", 1)):
        monkeypatch.setattr(keys, name, value)


@pytest.fixture
def lead(tmp_path):
    made = people.create_store(
        tmp_path / "store",
        name="林主管",
        password=PASSWORD,
        agency=Agency("示例公司", "示例中心"),
        clock=SetClock(),
    )
    settings.change(made.seat, Share(effective=3, connected=6))
    releases.release_all(made.seat)
    yield made.seat
    made.seat.store.close()


@pytest.fixture
def team(lead):
    seats = []
    for name in ("王走访", "赵同行"):
        people.add(lead, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR}))
        seats.append(people.sign_in(lead.store.folder, name, PASSWORD, clock=lead.clock))
    yield seats
    for seat in seats:
        seat.store.close()


@pytest.fixture
def on_site(lead, team):
    people.add(lead, name="张晓", password=PASSWORD, roles=frozenset({Role.AGENT, Role.SENIOR_AGENT}))
    agent = people.sign_in(lead.store.folder, "张晓", PASSWORD, clock=lead.clock)
    visit_id = visit_story.requested(agent, DebtorMaker(lead)(days=75))
    agent.store.close()
    visit_story.planned(lead, team, visit_id)
    lead.clock.forward(days=1)
    visit_story.arrived(team, visit_id)
    return visit_id


@posix
def test_killed_while_attaching_no_confirmed_piece_is_lost(lead, team, on_site, tmp_path):
    """Killed at random moments: what was confirmed is there whole, nothing half is, and the history proves it."""
    dice = random.Random(11)  # noqa: S311 -- any moments will do
    arguments = [sys.executable, str(WORKER), str(lead.store.folder), "王走访", on_site]
    worker = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    confirmed = set()
    try:
        for _ in range(KILLS):
            worker.stdin.write("go\n")
            worker.stdin.flush()
            child = int(worker.stdout.readline().split()[1])
            left = dice.randrange(1, 30)
            for line in worker.stdout:
                if line.startswith("kept "):
                    confirmed.add(line.split()[1])
                if line == "ended\n":
                    break
                left -= 1
                if left == 0:
                    os.kill(child, signal.SIGKILL)
    finally:
        worker.stdin.close()
        worker.wait(timeout=60)
        worker.stdout.close()
    found = evidence.pieces(lead, on_site)
    assert confirmed <= {piece.sha256 for piece in found}
    assert len(confirmed) >= KILLS // 3
    with lead.store.read() as conn:
        rows = conn.execute(select(t.evidence.c.id, t.evidence.c.sha256, t.evidence.c.content)).all()
    assert {row.id for row in rows} == {piece.id for piece in found}  # none without its words
    assert all(hashlib.sha256(row.content).hexdigest() == row.sha256 for row in rows)
    assert all(piece.thumb for piece in found)
    assert verify(lead.store).ok


def test_malformed_files_end_in_messages(team, on_site, monkeypatch):
    """Flipped, cut and stretched photos and recordings: a message or a readable piece, nothing else."""
    dice = random.Random(7)  # noqa: S311 -- any damage will do
    file = io.BytesIO()
    Image.new("RGB", (200, 150), (90, 120, 150)).save(file, "JPEG", exif=_exif())
    png = io.BytesIO()
    Image.new("RGBA", (60, 40), (9, 9, 9, 99)).save(png, "PNG")
    sound = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(60)
    good = [file.getvalue(), png.getvalue(), sound, b"ID3" + bytes(200), b"%PDF-1.7\n" + bytes(99)]
    taken, codes = 0, set()
    monkeypatch.setattr(evidence, "MOST_PIECES", MALFORMED)
    for _ in range(MALFORMED):
        data = bytearray(dice.choice(good))
        for _ in range(dice.randrange(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        if dice.random() < 0.4:
            del data[dice.randrange(len(data)) :]
        if dice.random() < 0.2:
            data += dice.randbytes(dice.randrange(300))
        try:
            evidence_id, _ = evidence.add(team[0], on_site, bytes(data))
        except Refused as refused:
            codes.add(refused.message.code)
        else:
            taken += 1
            evidence.shown(team[0], evidence_id)
    assert codes <= {
        f"documents.evidence_{what}" for what in ("empty", "unknown", "damaged", "too_many_pixels")
    } | {"evidence.there_already"}
    assert all(text(code, lang, most=1) != code for code in codes for lang in ("en", "zh_CN"))
    assert taken
    assert evidence.pieces(team[1], on_site)


def test_a_full_disk_leaves_no_half_bundle(lead, team, on_site, tmp_path, monkeypatch):
    from collector_desk.services import visiting

    visit_story.signed(team, on_site)
    visiting.review(lead, on_site, accepted=True, words="内容完整")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(visit_bundle, "write_bundle", full)
    out = tmp_path / "bank.zip"
    with pytest.raises(Trouble) as trouble:
        visit_bundle.bundle(lead, "XK202611-01", out, "en")
    assert "No space left" in render(trouble.value.message, "en")
    assert not list(tmp_path.glob("bank*"))


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:11:24 10:05:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 8.0, 0.0), 3: "E", 4: (113.0, 18.0, 0.0)})
    return exif
