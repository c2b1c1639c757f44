"""Recordings played in the window, read from inside the encrypted store while they play; no file is written.

The system's part that plays (QtMultimedia) is loaded with the first recording: where it is missing, all else works.
"""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QIODevice, QLoggingCategory, QObject, Qt, QUrl, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from collector_desk.domain.message import Message, Trouble, msg
from collector_desk.services.visits.evidence_files import Original
from collector_desk.ui.theme import Size, Tint, Tone, color
from collector_desk.ui.theme.gaps import Gap, Width
from collector_desk.ui.widgets import Banner, Text
from collector_desk.ui.widgets.parts import KeyButton, QuietCombo
from collector_desk.ui.window.page import FollowsLanguage
from collector_desk.ui.words import say

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer

_STEP = 5_000  # milliseconds a key goes back or forward
_SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_LOUD = 10  # of a hundred, a key
_PACKAGES = {"libpulse.so.0": "libpulse0"}


def multimedia() -> Any:
    """The module that plays. Raises Trouble ``visits.evidence.no_player`` where the system lacks what it needs."""
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")  # what drivers it found is nobody's business
    try:
        from PySide6 import QtMultimedia
    except ImportError as error:
        part = str(error).split(":")[0].strip()
        package = _PACKAGES.get(part)
        raise Trouble("visits.evidence.no_player", part=f"{part}, {package}" if package else part) from error
    return QtMultimedia


class StoredDevice(QIODevice):
    """The recording as the player reads it, from a thread of its own; open from the beginning."""

    def __init__(self, original: Original) -> None:
        super().__init__()
        self._original = original
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def isSequential(self) -> bool:
        """One may jump about in it."""
        return False

    def size(self) -> int:
        """Bytes of the recording."""
        return int(self._original.size)

    def readData(self, maxlen: int) -> Any:
        """The next bytes; none at the end, and none once the store is closed."""
        parts, start = [], self.pos()
        try:
            while maxlen > 0 and (part := self._original.read(start, maxlen)):
                parts.append(part)
                start, maxlen = start + len(part), maxlen - len(part)
        except Exception:  # noqa: BLE001 -- in the player's thread nobody else would hear of it: it ends there
            return b""
        return b"".join(parts)

    def writeData(self, data: Any, size: int) -> int:
        """Nothing is written."""
        return -1


class Deck(QObject):
    """A player for one recording. All it is told goes through the event loop: the player waits for its own thread,
    which reads through Python, so that a call from Python could wait for itself."""

    moved = Signal(object)  # milliseconds, as length
    length = Signal(object)
    running = Signal(bool)
    failed = Signal()
    _play, _pause, _stop, _gone = Signal(), Signal(), Signal(), Signal()
    _source = Signal(QUrl)
    _position = Signal("qint64")  # type: ignore[arg-type]
    _rate = Signal(float)
    _volume = Signal(float)

    def __init__(self, original: Original, screen: QObject | None = None) -> None:
        super().__init__()
        kit = multimedia()
        self.has_sound = not kit.QMediaDevices.defaultAudioOutput().isNull()
        self.player: QMediaPlayer = kit.QMediaPlayer()
        self.sound = kit.QAudioOutput(self.player)
        self.device = StoredDevice(original)
        self.player.setAudioOutput(self.sound)
        if screen is not None:
            self.player.setVideoOutput(screen)
        later = Qt.ConnectionType.QueuedConnection
        for signal, slot in (
            (self._play, self.player.play),
            (self._pause, self.player.pause),
            (self._stop, self.player.stop),
            (self._source, self.player.setSource),
            (self._position, self.player.setPosition),
            (self._rate, self.player.setPlaybackRate),
            (self._volume, self.sound.setVolume),
            (self._gone, self.player.deleteLater),
        ):
            signal.connect(slot, later)
        self.player.positionChanged.connect(self.moved.emit)
        self.player.durationChanged.connect(self.length.emit)
        self._states = kit.QMediaPlayer.PlaybackState
        self._statuses = kit.QMediaPlayer.MediaStatus
        self.player.playbackStateChanged.connect(
            lambda state: self.running.emit(state == self._states.PlayingState)
        )
        self.player.mediaStatusChanged.connect(self._status)
        self.player.errorOccurred.connect(lambda *_: self.failed.emit())
        # the name only tells the form, where the bytes leave it open
        self.player.setSourceDevice(self.device, QUrl(f"r.{_ending(original.media_type)}"))

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return bool(self.player.playbackState() == self._states.PlayingState)

    def toggle(self) -> None:
        """Play, or hold."""
        (self._pause if self.playing else self._play).emit()

    def go_to(self, at: int) -> None:
        """Go to that millisecond."""
        self._position.emit(min(max(at, 0), max(self.player.duration(), 0)))

    def set_speed(self, speed: float) -> None:
        """How fast, 1.0 as it was spoken."""
        self._rate.emit(speed)

    def set_volume(self, hundredths: int) -> None:
        """How loud, from 0 to 100."""
        self._volume.emit(hundredths / 100)

    def shut(self) -> None:
        """Let go of the recording; the player ends by itself."""
        _ENDING.add(self)
        self.player.destroyed.connect(lambda: _ENDING.discard(self))
        self._stop.emit()
        self._source.emit(QUrl())
        self._gone.emit()

    def _status(self, status: Any) -> None:
        if status == self._statuses.InvalidMedia:
            self.failed.emit()


_ENDING: set[Deck] = set()
"""Those that were let go and have not ended yet: their device is still read."""


def _ending(media_type: str) -> str:
    kind = media_type.split("/")[1]
    return {"mpeg": "mp3", "3gpp": "3gp", "quicktime": "mov"}.get(kind, kind)


def clock_text(milliseconds: int) -> str:
    """A place in a recording: "1:05", "1:02:03"."""
    minutes, seconds = divmod(max(milliseconds, 0) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _slider_look() -> str:
    """The window's style draws the handle in the ground's colour, which is lost on a dark one."""
    accent, line = color(Tint.ACCENT).name(), color(Tint.LINE_STRONG).name()
    return (
        f"QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {line}; }}"
        f"QSlider::sub-page:horizontal {{ border-radius: 2px; background: {accent}; }}"
        f"QSlider::handle:horizontal {{ width: 14px; margin: -5px 0; border-radius: 7px; background: {accent}; }}"
    )


class PlayerPanel(FollowsLanguage, QWidget):
    """Play and hold, back and forward, position, speed, loudness. ``begun`` asks for the recording: hearing it is a
    line of history, so it is opened only when somebody plays it."""

    begun = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.deck: Deck | None = None
        self._length = 0
        self._running = False
        self.film: QWidget | None = None
        self.note = Banner()
        self.name = Text(size=Size.HEAD)
        self.name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.time = Text("0:00", size=Size.SPOKEN)
        self.time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.position = QSlider(Qt.Orientation.Horizontal)
        self.position.setEnabled(False)
        self.position.sliderMoved.connect(self._dragged)
        self.play_button = KeyButton("play", main=True)
        self.back_button, self.forward_button = KeyButton("step_left"), KeyButton("step_right")
        self.speed: QComboBox = QuietCombo()
        for speed in _SPEEDS:
            self.speed.addItem(f"{speed:g} ×", speed)
        self.speed.setCurrentIndex(_SPEEDS.index(1.0))
        self.speed.currentIndexChanged.connect(self._set_speed)
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setValue(80)
        self.volume.setFixedWidth(Width.VOLUME)
        self.volume.valueChanged.connect(self._set_volume)
        self.play_button.clicked.connect(self.toggle)
        self.back_button.clicked.connect(lambda: self.skip(-1))
        self.forward_button.clicked.connect(lambda: self.skip(1))
        for slider in (self.position, self.volume):
            slider.setStyleSheet(_slider_look())
        self._place = QVBoxLayout()
        row = QHBoxLayout()
        row.setSpacing(Gap.ACTS)
        row.addStretch(1)
        for button in (self.back_button, self.play_button, self.forward_button):
            row.addWidget(button)
        row.addStretch(1)
        low = QHBoxLayout()
        low.setSpacing(Gap.CARD)
        low.addStretch(1)
        self._labels = tuple(Text(size=Size.CAPTION, tint=Tint.DIM) for _ in range(2))
        for label, field in zip(self._labels, (self.speed, self.volume), strict=True):
            low.addWidget(label)
            low.addWidget(field)
        low.addStretch(1)
        box = QVBoxLayout(self)
        box.setSpacing(Gap.GROUP)
        box.addWidget(self.note)
        box.addStretch(1)
        box.addLayout(self._place, 8)
        box.addWidget(self.name)
        box.addWidget(self.time)
        box.addWidget(self.position)
        box.addLayout(row)
        box.addLayout(low)
        box.addStretch(1)
        self.retranslate()
        self.clear()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.position.setAccessibleName(self.tr("Position"))
        self.speed.setAccessibleName(self.tr("Speed"))
        self.volume.setAccessibleName(self.tr("Volume"))
        for label, text in zip(self._labels, (self.tr("Speed  [ ]"), self.tr("Volume  ↑ ↓")), strict=True):
            label.setText(text)
        self.back_button.set_text(self.tr("Back 5 s"))
        self.forward_button.set_text(self.tr("On 5 s"))
        self._shows_running(self._running)

    def clear(self) -> None:
        """Let go of what was played."""
        if self.deck is not None:
            self.deck.shut()
            self.deck = None
        if self.film is not None:
            self.film.deleteLater()
            self.film = None
        self._length = 0
        self.note.hide()
        self._shows_running(False)
        self.position.setEnabled(False)
        self.position.setValue(0)
        self.time.setText(clock_text(0))

    def load(self, original: Original) -> None:
        """Open a recording and begin to play it; says so where this machine can't."""
        self.clear()
        try:
            if original.media_type.startswith("video/"):
                multimedia()
                from PySide6.QtMultimediaWidgets import QVideoWidget

                self.film = QVideoWidget()
                self._place.addWidget(self.film, 1)
            self.deck = Deck(original, self.film)
        except Trouble as trouble:
            self.tell(trouble.message)
            return
        if not self.deck.has_sound:
            self.note.tell(partial(say, msg("visits.evidence.no_sound")), tone=Tone.WARN)
        self.deck.length.connect(self._set_length)
        self.deck.moved.connect(self._moved)
        self.deck.running.connect(self._shows_running)
        self.deck.failed.connect(lambda: self.tell(msg("visits.evidence.cannot_play")))
        self._set_volume()
        self._set_speed()
        self.deck.toggle()

    def tell(self, message: Message) -> None:
        """Say why nothing is heard."""
        self.note.tell(partial(say, message), tone=Tone.DANGER)

    # --- keys ------------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Play, or hold."""
        if self.deck is None:
            self.begun.emit()
        else:
            self.deck.toggle()

    def skip(self, steps: int) -> None:
        """Five seconds on, or back."""
        if self.deck is not None:
            self.deck.go_to(self.deck.player.position() + steps * _STEP)

    def faster(self, steps: int) -> None:
        """The next speed, or the one before."""
        self.speed.setCurrentIndex(min(max(self.speed.currentIndex() + steps, 0), len(_SPEEDS) - 1))

    def louder(self, steps: int) -> None:
        """Louder, or quieter."""
        self.volume.setValue(self.volume.value() + steps * _LOUD)

    # --- what the player says --------------------------------------------------------------------------

    def _set_length(self, length: int) -> None:
        self._length = length
        self.position.setRange(0, max(length, 0))
        self.position.setEnabled(length > 0)
        self._moved(self.deck.player.position() if self.deck else 0)

    def _moved(self, at: int) -> None:
        if not self.position.isSliderDown():
            self.position.setValue(at)
        self.time.setText(f"{clock_text(at)} / {clock_text(self._length)}")

    def _shows_running(self, running: bool) -> None:
        self._running = running
        self.play_button.set_text(self.tr("Hold") if running else self.tr("Play"))

    def _dragged(self, at: int) -> None:
        if self.deck is not None:
            self.deck.go_to(at)

    def _set_speed(self, *_: object) -> None:
        if self.deck is not None:
            self.deck.set_speed(float(self.speed.currentData()))

    def _set_volume(self, *_: object) -> None:
        if self.deck is not None:
            self.deck.set_volume(self.volume.value())
