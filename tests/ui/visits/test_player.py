"""Playing a recording: from a device over parts of the store, without a file, and without the library too."""

import io
import subprocess
import sys
import wave

import pytest
from PySide6.QtCore import QIODevice

from collector_desk.domain.message import Trouble
from collector_desk.ui.visits.evidence import player
from collector_desk.ui.visits.evidence.player import Deck, PlayerPanel, StoredDevice, clock_text, multimedia
from collector_desk.ui.words import say

pytestmark = pytest.mark.qt_log_ignore("Pulse", "audio device", extend=True)  # what a machine without sound says


def hum(seconds: float = 8.0) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(bytes(range(200)) * int(seconds * 80))
    return file.getvalue()


class Kept:
    """A recording as the store gives it out: never more than to the end of a piece."""

    media_type = "audio/wav"

    def __init__(self, data: bytes, step: int = 1000) -> None:
        self._data, self._step, self.size = data, step, len(data)
        self.reads = 0

    def read(self, start: int, count: int) -> bytes:
        self.reads += 1
        end = (start // self._step + 1) * self._step
        return self._data[start : min(end, start + count)]


def test_the_device_gives_out_every_byte_and_jumps_about():
    data = bytes(range(256)) * 40
    device = StoredDevice(Kept(data))
    assert device.size() == len(data)
    assert not device.isSequential()
    assert not device.openMode() & QIODevice.OpenModeFlag.WriteOnly
    assert device.readAll().data() == data
    assert device.read(5).data() == b""
    device.seek(995)
    assert device.read(10).data() == data[995:1005]
    assert device.atEnd() is False


def test_a_device_whose_store_is_closed_ends_quietly():
    kept = Kept(b"x" * 500)
    device = StoredDevice(kept)
    kept.read = lambda *_: (_ for _ in ()).throw(Trouble("store.locked"))
    assert device.read(100).data() == b""


def test_times_are_read_as_on_a_clock():
    assert [clock_text(ms) for ms in (-5, 0, 65_400, 3_723_000)] == ["0:00", "0:00", "1:05", "1:02:03"]


@pytest.fixture
def kit():
    try:
        return multimedia()
    except Trouble as trouble:
        pytest.skip(trouble.message.params["part"])


def ended(qtbot) -> None:
    qtbot.waitUntil(lambda: not player._ENDING, timeout=10_000)


def test_it_plays_jumps_and_lets_go(kit, qtbot):
    panel = PlayerPanel()
    qtbot.addWidget(panel)
    asked = []
    panel.begun.connect(lambda: asked.append(1))
    panel.toggle()
    assert asked == [1]  # nothing is opened before somebody wants to hear it
    kept = Kept(hum())
    panel.load(kept)
    deck = panel.deck
    qtbot.waitUntil(lambda: panel._length == 8000, timeout=10_000)
    qtbot.waitUntil(lambda: deck.player.position() > 0, timeout=10_000)
    assert deck.playing
    assert panel.time.text().endswith("/ 0:08")
    assert panel.note.isHidden() == deck.has_sound
    panel.skip(1)
    qtbot.waitUntil(lambda: deck.player.position() >= 5000, timeout=10_000)
    panel.skip(-1)
    qtbot.waitUntil(lambda: deck.player.position() < 3000, timeout=10_000)
    panel.faster(2)
    panel.louder(-3)
    qtbot.waitUntil(lambda: deck.player.playbackRate() == 1.5, timeout=10_000)
    qtbot.waitUntil(lambda: round(deck.sound.volume(), 2) == 0.5, timeout=10_000)
    panel.toggle()
    qtbot.waitUntil(lambda: not deck.playing, timeout=10_000)
    assert kept.reads > 1
    panel.clear()
    assert panel.deck is None
    ended(qtbot)


def test_letting_go_at_once_never_waits_for_itself(kit, qtbot):
    for turn in range(12):
        deck = Deck(Kept(hum(2)))
        deck.toggle()
        if turn % 2:
            with qtbot.waitSignal(deck.running, timeout=10_000):
                pass
        deck.shut()
    ended(qtbot)


@pytest.mark.parametrize(
    "data", [b"RIFF\xff\xff\xff\xffWAVEfmt " + bytes(90), b"ID3\x04\0\0\0\0\x7f\x7f" + bytes(400)]
)
def test_what_is_no_recording_ends_in_a_message(kit, qtbot, data):
    panel = PlayerPanel()
    qtbot.addWidget(panel)
    panel.load(Kept(data))
    with qtbot.waitSignal(panel.deck.failed, timeout=10_000):
        pass
    assert panel.note._what.text() == say(Trouble("visits.evidence.cannot_play").message)
    panel.clear()
    ended(qtbot)


class _Missing:
    """The system lacks the sound library, as on a bare server."""

    def find_spec(self, name, path=None, target=None):
        if name.startswith("PySide6.QtMultimedia"):
            raise ImportError("libpulse.so.0: cannot open shared object file: No such file or directory")


def test_without_the_sound_library_it_says_what_is_missing(qtbot, monkeypatch):
    import PySide6

    monkeypatch.delattr(PySide6, "QtMultimedia", raising=False)
    monkeypatch.delitem(sys.modules, "PySide6.QtMultimedia", raising=False)
    monkeypatch.setattr(sys, "meta_path", [_Missing(), *sys.meta_path])
    panel = PlayerPanel()
    qtbot.addWidget(panel)
    panel.load(Kept(hum(1)))
    assert panel.deck is None
    assert "libpulse.so.0, libpulse0" in panel.note._what.text()


def test_the_program_is_loaded_without_the_sound_library():
    """Nothing but playing needs it: neither starting nor opening a visit loads it."""
    code = (
        "import sys, collector_desk.app, collector_desk.ui.visits.page, collector_desk.ui.review.reports\n"
        "print([name for name in sys.modules if 'Multimedia' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
