"""Evidence in the window, by keys: taken in, described, masked, listened to, left out; and the lead's copy."""

import io
import wave

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from sqlalchemy import select

from collector_desk.domain.vocabulary import Role
from collector_desk.services.office import people
from collector_desk.services.visits import evidence
from collector_desk.store import tables as t
from collector_desk.ui.visits.evidence import player
from collector_desk.ui.visits.evidence.viewer import EvidenceViewer
from tests.samples import visit_story
from tests.samples.store import PASSWORD, let_in

pytestmark = pytest.mark.qt_log_ignore("Pulse", "audio device", extend=True)  # what a machine without sound says
KEY = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEAD, AGENT, FIRST, SECOND = "林主管", "张晓", "王走访", "赵同行"


def photo(colour=(200, 60, 40)) -> bytes:
    file = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:11:24 10:05:00"
    Image.new("RGB", (800, 600), colour).save(file, "JPEG", exif=exif)
    return file.getvalue()


def recording(seconds: float = 4.0) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(bytes(range(200)) * int(seconds * 80))
    return file.getvalue()


@pytest.fixture
def sit(desk_of, clock):
    """One visit whose pair stands at the door."""
    lead = desk_of(LEAD)
    team = []
    for name in (FIRST, SECOND):
        let_in(lead.seat, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR}))
        team.append(people.sign_in(lead.folder, name, PASSWORD, clock=clock))
    agent = people.sign_in(lead.folder, AGENT, PASSWORD, clock=clock)
    desk_of.visit = visit_story.requested(agent, lead.debtor("朱雪彩", days=75))
    visit_story.planned(lead.seat, team, desk_of.visit)
    clock.forward(days=1)
    visit_story.arrived(team, desk_of.visit)
    for seat in (*team, agent):
        seat.store.close()
    return desk_of


def card_of(desk):
    """The visit's evidence, on the screen."""
    place = list(desk.window.desk.buttons).index("visits") + 1
    desk.key(str(place), ALT)
    desk.key(KEY.Key_Return)
    return desk.window.page("visits").detail.form.evidence


def until_idle(desk, qtbot) -> None:
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=30_000)
    desk.app.processEvents()


def take_in(desk, qtbot, tmp_path, monkeypatch, *contents) -> None:
    """Ctrl+Shift+E, and these files chosen."""
    card = desk.window.page("visits").detail.form.evidence
    paths = []
    for number, content in enumerate(contents):
        paths.append(tmp_path / f"{number}.bin")
        paths[-1].write_bytes(content)
    monkeypatch.setattr(card, "ask_files", lambda: list(paths))
    desk.key("E", CTRL, SHIFT)
    until_idle(desk, qtbot)


def accesses(seat) -> list[str]:
    with seat.store.read() as conn:
        return list(conn.execute(select(t.access.c.what).order_by(t.access.c.id)).scalars())


def lines(seat) -> int:
    with seat.store.read() as conn:
        return len(conn.execute(select(t.evidence_line.c.id)).all())


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_photo_is_taken_in_described_and_masked_by_keys(sit, qtbot, tmp_path, monkeypatch, language):
    desk = sit(FIRST).open(language)
    card = card_of(desk)
    data = photo()
    take_in(desk, qtbot, tmp_path, monkeypatch, data)
    (piece,) = evidence.pieces(desk.seat, sit.visit)
    card.strip.setFocus()
    desk.key(KEY.Key_Tab)
    assert card.editor.caption.hasFocus()
    desk.type("单元门外观")
    desk.key(KEY.Key_Return)
    assert evidence.pieces(desk.seat, sit.visit)[0].facts.caption == "单元门外观"

    card.strip.setFocus()
    desk.key(KEY.Key_Space)
    viewer = card.viewer
    until_idle(desk, qtbot)
    assert viewer.stack.currentWidget() is viewer.picture
    desk.key("M", CTRL)
    until_idle(desk, qtbot)
    desk.key("U")
    before = viewer.picture.boxes()[0]
    for _ in range(5):
        desk.key(KEY.Key_Left)
        desk.key(KEY.Key_Up)
    desk.key(KEY.Key_Right, SHIFT)
    box = viewer.picture.boxes()[0]
    assert (before.left - box.left, box.right - box.left) == (50, before.right - before.left + 10)
    desk.key("U")
    desk.key("Q")
    desk.key("Q")
    desk.key(KEY.Key_Delete)
    assert len(viewer.picture.boxes()) == 1
    desk.ctrl("S")
    until_idle(desk, qtbot)
    kept = evidence.pieces(desk.seat, sit.visit)[0]
    assert kept.facts.boxes == (box,)
    assert (kept.sha256, accesses(desk.seat)) == (piece.sha256, [])  # nobody looked behind a box yet

    middle = ((box.left + box.right) / 2000, (box.top + box.bottom) / 2000)
    with desk.seat.store.read() as conn:
        printed = evidence.photos(conn, sit.visit, [piece.id])[piece.id]
    for copy in (kept.thumb, printed, evidence.shown(desk.seat, piece.id)):
        picture = Image.open(io.BytesIO(copy))
        spot = (int(middle[0] * picture.width), int(middle[1] * picture.height))
        assert max(picture.getpixel(spot)) < 70
        assert picture.getpixel((picture.width - 3, picture.height - 3))[0] > 150

    desk.ctrl("U")
    until_idle(desk, qtbot)
    assert accesses(desk.seat) == ["original"]
    desk.key(KEY.Key_Escape)
    qtbot.waitUntil(lambda: card.viewer is None)
    qtbot.waitUntil(card.strip.hasFocus)
    assert evidence.original(desk.seat, piece.id).data == data


def test_indoors_wants_its_reason_before_anything_else(sit, qtbot, tmp_path, monkeypatch):
    desk = sit(FIRST).open()
    card = card_of(desk)
    take_in(desk, qtbot, tmp_path, monkeypatch, photo(), photo((1, 90, 30)))
    card.editor.indoors.setFocus()
    desk.key(KEY.Key_Space)
    assert card.editor.reason.hasFocus()
    assert not any(piece.facts.indoors for piece in evidence.pieces(desk.seat, sit.visit))
    assert card.unanswered() is card.editor.reason
    card.strip.setFocus()
    desk.key(KEY.Key_Left)  # to the other picture: not before the reason is there
    assert card.editor.reason.hasFocus()
    assert card.strip.currentRow() == 1
    desk.type("本人要求拍摄签字材料")
    desk.key(KEY.Key_Return)
    facts = evidence.pieces(desk.seat, sit.visit)[1].facts
    assert (facts.indoors, facts.indoors_reason) == (True, "本人要求拍摄签字材料")
    card.strip.setFocus()
    desk.key(KEY.Key_Left)
    assert (card.strip.currentRow(), card.unanswered()) == (0, None)
    assert not card.editor.indoors.isChecked()


def test_left_out_with_a_reason_is_a_new_line_of_history(sit, qtbot, tmp_path, monkeypatch):
    desk = sit(FIRST).open()
    card = card_of(desk)
    take_in(desk, qtbot, tmp_path, monkeypatch, photo())
    before = lines(desk.seat)
    card.editor.away.link.setFocus()
    desk.key(KEY.Key_Space)
    desk.type("拍到邻居")
    desk.key(KEY.Key_Return)
    assert evidence.pieces(desk.seat, sit.visit) == ()
    assert lines(desk.seat) == before + 1
    assert card.strip.isHidden()
    assert card.editor.isHidden()
    with desk.seat.store.read() as conn:
        assert len(conn.execute(select(t.evidence.c.id)).all()) == 1


def test_dropped_and_pasted(sit, qtbot, tmp_path):
    desk = sit(FIRST).open()
    card = card_of(desk)
    good, bad = tmp_path / "张三的门口.jpg", tmp_path / "notes.txt"
    good.write_bytes(photo())
    bad.write_bytes(b"hello")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path)) for path in (bad, good)])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )
    card.dropEvent(event)
    until_idle(desk, qtbot)
    assert len(evidence.pieces(desk.seat, sit.visit)) == 1  # the one before it was refused, this one was not
    assert card.adding.told.isVisible()
    assert "notes.txt" in card.adding.told._todo.text()

    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    copied = QMimeData()
    copied.setImageData(picture)
    QGuiApplication.clipboard().setMimeData(copied)
    card.strip.setFocus()
    desk.ctrl("V")
    until_idle(desk, qtbot)
    assert [piece.media_type for piece in card.pieces] == ["image/jpeg", "image/png"]
    assert card.strip.currentRow() == 1
    assert not card.adding.told.isVisible()
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_heic_photo_is_no_video_and_what_to_do_is_said(sit, qtbot, tmp_path, monkeypatch, language):
    desk = sit(FIRST).open(language)
    card = card_of(desk)
    take_in(desk, qtbot, tmp_path, monkeypatch, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), photo())
    assert [piece.media_type for piece in evidence.pieces(desk.seat, sit.visit)] == ["image/jpeg"]
    assert card.adding.told.isVisible()
    said = card.adding.told._todo.text()
    assert "HEIC" in said
    assert "JPEG" in said


def test_cancelled_on_its_way_nothing_of_it_stays(sit, qtbot, tmp_path, monkeypatch):
    desk = sit(FIRST).open()
    card = card_of(desk)
    real = evidence.add

    def pressed(seat, visit_id, source, progress):
        def slowly(done, size):
            card.adding._job.cancel()  # as the button does; a person is slower than this file
            progress(done, size)

        return real(seat, visit_id, source, progress=slowly if source.name == "1.bin" else progress)

    monkeypatch.setattr(evidence, "add", pressed)
    take_in(desk, qtbot, tmp_path, monkeypatch, photo(), recording(120), photo((9, 9, 9)))
    assert [piece.media_type for piece in card.pieces] == ["image/jpeg"]  # what was kept before is shown
    assert not card.adding.busy
    with desk.seat.store.read() as conn:
        held = conn.exec_driver_sql("SELECT DISTINCT lower(hex(evidence_id)) FROM evidence_piece").scalars().all()
    assert held == [card.pieces[0].id]


def test_a_recording_is_listened_to_and_the_history_says_so(sit, qtbot, tmp_path, monkeypatch):
    desk = sit(SECOND).open()
    card = card_of(desk)
    take_in(desk, qtbot, tmp_path, monkeypatch, photo(), recording())
    files = set(tmp_path.iterdir())
    card.strip.setFocus()
    desk.key(KEY.Key_Space)
    viewer = card.viewer
    assert viewer.stack.currentWidget() is viewer.player
    desk.key(KEY.Key_PageUp)
    until_idle(desk, qtbot)
    assert viewer.stack.currentWidget() is viewer.picture
    desk.key(KEY.Key_PageDown)
    assert accesses(desk.seat) == []  # passing by is no listening
    desk.key(KEY.Key_Space)
    until_idle(desk, qtbot)
    assert accesses(desk.seat) == ["play"]
    if viewer.player.deck is None:  # this machine lacks the sound library: it says so
        assert viewer.player.note.isVisible()
    else:
        deck = viewer.player.deck
        qtbot.waitUntil(lambda: deck.player.position() > 0, timeout=15_000)
        desk.key(KEY.Key_Space)
        qtbot.waitUntil(lambda: not deck.playing, timeout=15_000)
        desk.key(KEY.Key_Right)
        qtbot.waitUntil(lambda: deck.player.position() >= 3900, timeout=15_000)
        desk.key(KEY.Key_Down)
        assert viewer.player.volume.value() == 70
    assert set(tmp_path.iterdir()) == files
    desk.key(KEY.Key_Escape)
    qtbot.waitUntil(lambda: card.viewer is None and not player._ENDING, timeout=15_000)
    assert not viewer_buttons(desk)


def viewer_buttons(desk) -> list[EvidenceViewer]:
    return [one for one in desk.window.findChildren(EvidenceViewer) if one.isVisible()]


def test_a_locked_window_shows_no_picture(sit, qtbot, tmp_path, monkeypatch):
    desk = sit(FIRST).open()
    card = card_of(desk)
    take_in(desk, qtbot, tmp_path, monkeypatch, photo())
    card.strip.setFocus()
    desk.key(KEY.Key_Space)
    until_idle(desk, qtbot)
    assert viewer_buttons(desk)
    desk.window.lock()
    assert not viewer_buttons(desk)
    qtbot.waitUntil(lambda: card.viewer is None)


def test_a_scan_is_looked_at_and_a_broken_one_said_to_be(sit, qtbot, tmp_path, monkeypatch):
    desk = sit(FIRST).open()
    card = card_of(desk)
    scan = Image.new("RGB", (300, 400), "white")
    file = io.BytesIO()
    scan.save(file, "PDF")
    take_in(desk, qtbot, tmp_path, monkeypatch, b"%PDF-1.7\nhello", file.getvalue())
    card.strip.setFocus()
    desk.key(KEY.Key_Space)
    viewer = card.viewer
    until_idle(desk, qtbot)
    assert viewer.stack.currentWidget() is viewer.pdf
    near = viewer.pdf.zoomFactor()
    desk.key(KEY.Key_Plus)
    assert viewer.pdf.zoomFactor() != near
    desk.key(KEY.Key_PageUp)
    until_idle(desk, qtbot)
    assert viewer.stack.currentWidget() is viewer.waiting
    assert viewer.banner.isVisible()
    assert accesses(desk.seat) == ["original", "original"]
    desk.key(KEY.Key_Escape)


def test_the_lead_saves_a_copy_the_pair_does_not(sit, qtbot, tmp_path, monkeypatch):
    desk = sit(FIRST).open()
    card = card_of(desk)
    data = photo()
    take_in(desk, qtbot, tmp_path, monkeypatch, data)
    target = tmp_path / "copy.jpg"
    monkeypatch.setattr(EvidenceViewer, "ask_file", lambda *_: str(target))
    card.strip.setFocus()
    desk.key(KEY.Key_Space)
    until_idle(desk, qtbot)
    desk.ctrl("S")
    until_idle(desk, qtbot)
    assert not target.exists()
    desk.key(KEY.Key_Escape)
    lead = sit(LEAD).open()
    viewer = EvidenceViewer(
        lead.window.page("work")._place, evidence.pieces(lead.seat, sit.visit), 0, lead.window, may_mask=False
    )
    viewer.open()
    until_idle(lead, qtbot)
    lead.ctrl("S")
    until_idle(lead, qtbot)
    assert target.read_bytes() == data
    assert accesses(lead.seat) == ["evidence_export"]
    viewer.close()
