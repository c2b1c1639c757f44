"""Shapes drawn by hand: the mark of each state, rounded grounds, the ring of the focus."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from collector_desk.ui.theme import Tint, Tone, color


def draw_mark(painter: QPainter, box: QRectF, tone: Tone) -> None:
    """Draw the mark of a state, so that it can be told without colour.

    Ok: a disc with a tick. Warn: a triangle with a bar. Danger: a square on its point with a cross.
    Info: a disc with an i. Neutral: an empty ring (nobody measured it).
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    strong, soft = color(tone.strong), color(tone.soft)
    side = min(box.width(), box.height())
    box = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    thin = QPen(soft, max(1.3, side / 8), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)

    def at(x: float, y: float) -> QPointF:
        return QPointF(box.left() + x * side, box.top() + y * side)

    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(strong)
    match tone:
        case Tone.OK:
            painter.drawEllipse(box)
            painter.setPen(thin)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([at(0.27, 0.52), at(0.44, 0.68), at(0.73, 0.34)]))
        case Tone.WARN:
            painter.drawPath(_rounded([at(0.5, 0.0), at(1.04, 0.95), at(-0.04, 0.95)]))
            painter.setPen(thin)
            painter.drawLine(at(0.5, 0.36), at(0.5, 0.60))
            painter.drawPoint(at(0.5, 0.79))
        case Tone.DANGER:
            painter.drawPath(_rounded([at(0.5, -0.04), at(1.04, 0.5), at(0.5, 1.04), at(-0.04, 0.5)]))
            painter.setPen(thin)
            painter.drawLine(at(0.36, 0.36), at(0.64, 0.64))
            painter.drawLine(at(0.64, 0.36), at(0.36, 0.64))
        case Tone.INFO:
            painter.drawEllipse(box)
            painter.setPen(thin)
            painter.drawPoint(at(0.5, 0.27))
            painter.drawLine(at(0.5, 0.48), at(0.5, 0.75))
        case Tone.NEUTRAL:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(strong, max(1.3, side / 8)))
            inset = side * 0.1
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
    painter.restore()


def draw_cross(painter: QPainter, box: QRectF, tone: Tone) -> None:
    """Draw a disc with a cross: gone through in vain, which is no danger."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(tone.strong))
    painter.drawEllipse(box)
    side = box.width()
    painter.setPen(QPen(color(tone.soft), max(1.3, side / 8), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    near, far = side * 0.32, side * 0.68
    painter.drawLine(box.topLeft() + QPointF(near, near), box.topLeft() + QPointF(far, far))
    painter.drawLine(box.topLeft() + QPointF(far, near), box.topLeft() + QPointF(near, far))
    painter.restore()


def _rounded(points: list[QPointF]) -> QPainterPath:
    """A polygon whose corners are taken off a little."""
    path = QPainterPath()
    count = len(points)
    for index, corner in enumerate(points):
        before, after = points[index - 1], points[(index + 1) % count]
        start = corner + (before - corner) * 0.14
        end = corner + (after - corner) * 0.14
        if index == 0:
            path.moveTo(start)
        else:
            path.lineTo(start)
        path.quadTo(corner, end)
    path.closeSubpath()
    return path


def draw_ground(
    painter: QPainter, box: QRectF, fill: QColor, *, radius: float = 8.0, line: QColor | None = None
) -> None:
    """Fill a rounded box; ``line`` gives it a hair line, drawn inside."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(line, 1.0))
        box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def draw_focus(painter: QPainter, box: QRectF, *, radius: float = 8.0) -> None:
    """The ring that says: keys go here."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color(Tint.ACCENT), 2.0))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()
