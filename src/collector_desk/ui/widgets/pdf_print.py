"""A PDF put on a printer page by page, each as large as the paper lets it be."""

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

PRINT_DPI = 300


def draw_on(printer: QPrinter, document: QPdfDocument) -> None:
    """Draw every page; the printer was asked for and checked before."""
    painter = QPainter(printer)
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        box = QRectF(painter.viewport())
        size = document.pagePointSize(page).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(box.topLeft(), document.render(page, QSizeF(size).toSize()))
    painter.end()
