"""A scan of the evidence, looked at page by page, straight from memory."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

_LEAST, _MOST = 0.2, 6.0  # times its size on paper
_MARGIN = 24  # pixels beside a page


class PaperView(QPdfView):
    """As wide as the window until somebody comes nearer; ``shut`` lets its bytes go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._paper = QPdfDocument(self)
        self._device: QBuffer | None = None
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setDocument(self._paper)
        self.fit()

    def show_paper(self, data: bytes) -> bool:
        """Open a scan; False where it is no paper that can be shown."""
        self.shut()
        self._device = QBuffer(self)
        self._device.setData(QByteArray(data))
        self._device.open(QIODevice.OpenModeFlag.ReadOnly)
        self._paper.load(self._device)
        return self._paper.status() is not QPdfDocument.Status.Error and self._paper.pageCount() > 0

    def shut(self) -> None:
        """Nothing of the scan stays in memory."""
        self._paper.close()
        if self._device is not None:
            self._device.close()
            self._device.deleteLater()
            self._device = None

    def zoom(self, by: float) -> None:
        """Larger or smaller."""
        if self.zoomMode() != QPdfView.ZoomMode.Custom:
            points = self._paper.pagePointSize(0).width() * self.logicalDpiX() / 72
            self.setZoomFactor((self.viewport().width() - _MARGIN) / points)
            self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(min(max(self.zoomFactor() * by, _LEAST), _MOST))

    def fit(self) -> None:
        """As wide as the window."""
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
