"""Labels that take their colour by role and never read markup."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from collector_desk.ui.theme import Size, Tint, color, font

_LONGEST_TIP = 2000


def plain_tip(text: str) -> str:
    """A tool tip that shows the text as it is: Qt reads what looks like markup in one, and loads its pictures."""
    shown = text if len(text) <= _LONGEST_TIP else text[:_LONGEST_TIP] + "…"
    return Qt.convertFromPlainText(shown) if Qt.mightBeRichText(shown) else shown


class Text(QLabel):
    """A label with a size and a colour role. What it shows is text, never markup: names come from outside."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        size: int = Size.BODY,
        tint: Tint = Tint.TEXT,
        bold: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self._tint = tint
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, bold=bold))
        self.setWordWrap(wrap)
        self._recolor()

    @property
    def tint(self) -> Tint:
        """The colour role in use."""
        return self._tint

    def set_tint(self, tint: Tint) -> None:
        """Take another colour role."""
        self._tint = tint
        self._recolor()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._recolor()

    def _recolor(self) -> None:
        wanted = color(self._tint)
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != wanted:  # else a palette change would never end
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(palette)


class ElidedLabel(Text):
    """One line that ends in … where the room ends; the whole text is its tool tip then."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        size: int = Size.BODY,
        tint: Tint = Tint.TEXT,
        bold: bool = False,
    ) -> None:
        super().__init__(text, parent, size=size, tint=tint, bold=bold)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """A few characters are enough; the rest is cut with dots."""
        return QSize(self.fontMetrics().horizontalAdvance("国…"), super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._tip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole text as a tool tip only where it is cut."""
        super().resizeEvent(event)
        self._tip()

    def shown_text(self) -> str:
        """What there is room for."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what there is room for."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.contentsRect(), int(self.alignment()) | Qt.TextFlag.TextSingleLine, self.shown_text())
        painter.end()

    def _tip(self) -> None:
        self.setToolTip(plain_tip(self.text()) if self.shown_text() != self.text() else "")


class FoldedText(ElidedLabel):
    """A small text of a few lines, that can be folded to one which ends in …"""

    def __init__(self, parent: QWidget | None = None, *, tint: Tint = Tint.DIM) -> None:
        super().__init__("", parent, size=Size.CAPTION, tint=tint)
        self._folded = True
        self.fold(False)

    def fold(self, folded: bool) -> None:
        """Take one line, or as many as the words need."""
        if folded == self._folded:
            return
        self._folded = folded
        self.setWordWrap(not folded)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(not folded)
        self.setSizePolicy(policy)
        self._tip()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """One line; how many it is at its width its height says."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().height())

    def shown_text(self) -> str:
        """What there is room for."""
        return super().shown_text() if self._folded else self.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw one line with its dots, or all of them."""
        if self._folded:
            super().paintEvent(event)
        else:
            QLabel.paintEvent(self, event)


class TitleText(Text):
    """The name of a whole view. This one and the next four are made by forms, which only hand over a parent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, size=Size.TITLE)


class HeadText(Text):
    """The name of a part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, size=Size.HEAD)


class BodyText(Text):
    """A sentence to read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, wrap=True)


class DimText(Text):
    """What explains; also the label over a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, size=Size.CAPTION, tint=Tint.DIM)


class ErrorText(Text):
    """What is wrong with the field above. It keeps its room while empty, so that nothing jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, size=Size.CAPTION, tint=Tint.DANGER_STRONG, wrap=True)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def say(self, reason: str) -> None:
        """Say what is wrong; an empty text takes it back."""
        self.setText(f"⚠ {reason}" if reason else "")


class SpokenLine(Text):
    """What the agent says aloud: the largest text on the screen, wrapped, quiet line spacing."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent, size=Size.SPOKEN, wrap=True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        """The longest word must not set the width of all that stands under one another, and how high it is at that
        width says nothing."""
        return QSize(120, self.fontMetrics().height())


class MaskedText(ElidedLabel):
    """A name, number or amount that stays behind its mask until it may be seen.

    Screen readers and copies get what is shown, no more. Where the room ends it ends in …, unless it is ``whole``.
    """

    def __init__(
        self, parent: QWidget | None = None, *, size: int = Size.BODY, bold: bool = False, whole: bool = False
    ) -> None:
        self._whole = whole
        super().__init__("", parent, size=size, bold=bold)
        self._masked = ""
        self._clear = ""
        self._open = False

    def minimumSizeHint(self) -> QSize:
        """A figure is shown whole or not at all."""
        return self.sizeHint() if self._whole else super().minimumSizeHint()

    @property
    def is_open(self) -> bool:
        """Whether the clear text is on the screen."""
        return self._open

    def set_value(self, masked: str, clear: str = "") -> None:
        """Take a new value, shown masked. ``clear`` may stay empty until somebody may see it."""
        self._masked, self._clear = masked, clear
        self.conceal()

    def reveal(self, clear: str | None = None) -> None:
        """Show the clear text (given now, or before)."""
        if clear is not None:
            self._clear = clear
        self._open = True
        self.setText(self._clear or self._masked)

    def conceal(self) -> None:
        """Put the mask back."""
        self._open = False
        self.setText(self._masked)


def text_width(text: str, size: int = Size.BODY) -> int:
    """The width of a text in the window's font, in device-independent pixels."""
    return QFontMetrics(font(size)).horizontalAdvance(text)
