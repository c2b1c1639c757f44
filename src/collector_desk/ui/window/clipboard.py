"""Copies of personal data: kept out of the system's clipboard history, and gone after a minute."""

import secrets

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

_MINE = "application/x-collector-desk-copy"
# Windows reads these formats before it writes its history or sends a copy to the cloud; Qt registers a format
# under the name between the quotes. KDE's clipboard has a hint of its own.
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_NO = b"\x00\x00\x00\x00"
_HINTS = {
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\x01\x00\x00\x00",
    _WINDOWS.format("CanIncludeInClipboardHistory"): _NO,
    _WINDOWS.format("CanUploadToCloudClipboard"): _NO,
    "x-kde-passwordManagerHint": b"secret",
}
KEEP_MS = 60_000


class PrivateClipboard(QObject):
    """Puts text on the clipboard and takes it off again, if it is still ours."""

    def __init__(self, parent: QObject | None = None, *, keep_ms: int = KEEP_MS) -> None:
        super().__init__(parent)
        self._token = b""
        self._timer = QTimer(self, singleShot=True, interval=keep_ms)
        self._timer.timeout.connect(self.clear)

    def copy(self, text: str) -> None:
        """Put ``text`` on the clipboard for a minute."""
        self._token = secrets.token_bytes(16)
        data = QMimeData()
        data.setText(text)
        data.setData(_MINE, self._token)
        for name, value in _HINTS.items():
            data.setData(name, value)
        QGuiApplication.clipboard().setMimeData(data)
        self._timer.start()

    def clear(self) -> None:
        """Empty the clipboard now, unless it holds something of others meanwhile. Also at lock and close."""
        self._timer.stop()
        if self._token and self._is_ours():
            QGuiApplication.clipboard().clear()
        self._token = b""

    def _is_ours(self) -> bool:
        data = QGuiApplication.clipboard().mimeData()
        return data is not None and bytes(data.data(_MINE).data()) == self._token
