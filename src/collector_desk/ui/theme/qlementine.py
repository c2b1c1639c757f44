"""The look by Qlementine: everything that knows this young part is in here."""

import shiboken6
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QStyle, QWidget
from PySide6Qlementine import QlementineStyle, Theme

from collector_desk.ui.theme.color_roles import ColorSet, Tint
from collector_desk.ui.theme.fonts import Size, font

# Which of our roles each of Qlementine's colours takes; what is not named keeps Qlementine's own value.
_COLORS: dict[str, Tint] = {
    "backgroundColorMain1": Tint.FIELD,
    "backgroundColorMain2": Tint.GROUND,
    "backgroundColorMain3": Tint.INSET_HOVER,
    "backgroundColorMain4": Tint.LINE,
    "backgroundColorTabBar": Tint.GROUND,
    "backgroundColorWorkspace": Tint.GROUND,
    "borderColor": Tint.LINE_STRONG,
    "borderColorDisabled": Tint.LINE,
    "borderColorHovered": Tint.DIM,
    "borderColorPressed": Tint.ACCENT,
    "focusColor": Tint.FOCUS,
    "neutralColor": Tint.BUTTON,
    "neutralColorHovered": Tint.BUTTON_HOVER,
    "neutralColorPressed": Tint.BUTTON_PRESS,
    "neutralColorDisabled": Tint.INSET,
    "primaryColor": Tint.ACCENT,
    "primaryColorHovered": Tint.ACCENT_HOVER,
    "primaryColorPressed": Tint.ACCENT_PRESS,
    "primaryColorDisabled": Tint.BUTTON,
    "primaryColorForeground": Tint.ON_ACCENT,
    "primaryColorForegroundHovered": Tint.ON_ACCENT,
    "primaryColorForegroundPressed": Tint.ON_ACCENT,
    "primaryColorForegroundDisabled": Tint.DISABLED,
    "primaryAlternativeColor": Tint.ACCENT_PRESS,
    "primaryAlternativeColorHovered": Tint.ACCENT,
    "primaryAlternativeColorPressed": Tint.ACCENT_HOVER,
    "secondaryColor": Tint.TEXT,
    "secondaryColorHovered": Tint.TEXT,
    "secondaryColorPressed": Tint.TEXT,
    "secondaryColorDisabled": Tint.DISABLED,
    "secondaryColorForeground": Tint.CARD,
    "secondaryColorForegroundHovered": Tint.CARD,
    "secondaryColorForegroundPressed": Tint.CARD,
    "secondaryColorForegroundDisabled": Tint.DIM,
    "secondaryAlternativeColor": Tint.DIM,
    "secondaryAlternativeColorHovered": Tint.TEXT,
    "secondaryAlternativeColorPressed": Tint.TEXT,
    "secondaryAlternativeColorDisabled": Tint.DISABLED,
    "shadowColor1": Tint.SHADOW,
    "shadowColor2": Tint.SHADOW,
    "shadowColor3": Tint.SHADOW,
    "statusColorSuccess": Tint.OK_STRONG,
    "statusColorInfo": Tint.INFO_STRONG,
    "statusColorWarning": Tint.WARN_STRONG,
    "statusColorError": Tint.DANGER_STRONG,
}

_FONTS = {
    "fontRegular": (Size.BODY, False),
    "fontBold": (Size.BODY, False),  # the font has one weight; a smeared bold on every button is noise
    "fontCaption": (Size.CAPTION, False),
    "fontMonospace": (Size.BODY, False),
    "fontH1": (Size.TITLE, False),
    "fontH2": (Size.SPOKEN, False),
    "fontH3": (Size.HEAD, False),
    "fontH4": (Size.HEAD, False),
    "fontH5": (Size.LABEL, False),
}

_RING = 3
"""How far outside of a widget the style draws its ring, in pixels of the layout, and a little more."""


def make_theme(colors: ColorSet, palette: QPalette) -> Theme:
    """Qlementine's theme in our colours: its own colours **and** its palette, else dark mode shows dim text."""
    theme = Theme.makeDark() if colors.dark else Theme.makeLight()
    for name, tint in _COLORS.items():
        setattr(theme, name, colors[tint])
    for name, (size, bold) in _FONTS.items():
        setattr(theme, name, font(size, bold=bold))
    theme.palette = palette
    theme.useSystemFonts = False
    theme.fontSize = int(Size.BODY)
    theme.fontSizeS1 = int(Size.CAPTION)
    theme.fontSizeMonospace = int(Size.BODY)
    theme.controlHeightLarge = 30
    theme.controlHeightMedium = 26
    theme.borderRadius = 6.0
    theme.animationDuration = 120
    theme.focusAnimationDuration = 0  # the focus must be where the key went, at once
    return theme


def use_theme(app: QApplication, colors: ColorSet, palette: QPalette) -> QStyle:
    """Set the style, or give the one that is set its new theme; return it."""
    style = app.style()
    if not isinstance(style, QlementineStyle):
        style = QlementineStyle(app)
        style.setAnimationsEnabled(False)
        app.setStyle(style)
        app.focusChanged.connect(_draw_rings)
    style.setTheme(make_theme(colors, palette))
    return style


def _draw_rings(old: QWidget | None, new: QWidget | None) -> None:
    """Draw the ground around both anew: the style's ring lies outside of the widget, on the window, and Qt asks
    only the widget to draw itself. Else a ring stays where the focus was, and of the new one only corners show."""
    for widget in (old, new):
        if widget is None or not shiboken6.isValid(widget) or not widget.isVisible():
            continue
        if widget.layout() is None:  # a page that takes the keys for itself has no ring
            window = widget.window()
            box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
            window.update(box.adjusted(-_RING, -_RING, _RING, _RING))
