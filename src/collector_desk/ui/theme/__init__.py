"""How the window looks: colours by role, one font, Qlementine or (where that can't load) Fusion.

``apply_theme(app, "dark")`` at any time; open windows repaint by themselves. Style sheets are not used: they
switch the style off for the widget they are set on.
"""

import logging

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from collector_desk.ui.theme.color_roles import ColorSet, Tint, Tone, color, colors, load_colors, set_colors
from collector_desk.ui.theme.fonts import Size, family, font

__all__ = ["THEMES", "Size", "Tint", "Tone", "apply_theme", "color", "colors", "family", "font", "make_palette"]

_LOG = logging.getLogger(__name__)
THEMES = ("light", "dark")


def make_palette(colors: ColorSet) -> QPalette:
    """The palette of a colour set, for Qlementine and for Fusion alike."""
    role = QPalette.ColorRole
    active: dict[QPalette.ColorRole, Tint] = {
        role.Window: Tint.GROUND,
        role.WindowText: Tint.TEXT,
        role.Base: Tint.FIELD,
        role.AlternateBase: Tint.INSET,
        role.Text: Tint.TEXT,
        role.PlaceholderText: Tint.DIM,
        role.Button: Tint.BUTTON,
        role.ButtonText: Tint.TEXT,
        role.BrightText: Tint.DANGER_STRONG,
        role.Light: Tint.CARD,
        role.Midlight: Tint.INSET_HOVER,
        role.Mid: Tint.LINE,
        role.Dark: Tint.LINE_STRONG,
        role.Shadow: Tint.SHADOW,
        role.Highlight: Tint.ACCENT,
        role.HighlightedText: Tint.ON_ACCENT,
        role.Accent: Tint.ACCENT,
        role.Link: Tint.ACCENT,
        role.LinkVisited: Tint.ACCENT,
        role.ToolTipBase: Tint.TOOLTIP,
        role.ToolTipText: Tint.ON_TOOLTIP,
    }
    palette = QPalette()
    for target, tint in active.items():
        palette.setColor(target, colors[tint])
    for target in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, _over(colors[Tint.DISABLED], colors[Tint.CARD]))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, colors[Tint.BUTTON])
    return palette


def apply_theme(app: QApplication, name: str, *, qlementine: bool = True) -> None:
    """Put the theme ``name`` ("light" or "dark") in force, now and for all open windows.

    ``qlementine=False`` (or Qlementine failing to load) takes Qt's own Fusion with the same palette.
    """
    chosen = load_colors(name if name in THEMES else "light")
    palette = make_palette(chosen)
    set_colors(chosen)
    app.setFont(font())
    if not (qlementine and _use_qlementine(app, chosen, palette)) and app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette)


def _use_qlementine(app: QApplication, chosen: ColorSet, palette: QPalette) -> bool:
    try:
        from collector_desk.ui.theme.qlementine import use_theme
    except ImportError as error:
        # The part is built for exactly one PySide6; another one must not cost us the whole window.
        _LOG.warning("Qlementine can't be loaded (%s); the window uses Fusion.", type(error).__name__)
        return False
    use_theme(app, chosen, palette)
    return True


def _over(front: QColor, ground: QColor) -> QColor:
    """A see-through colour laid over a ground: Qlementine and Fusion draw disabled text opaque."""
    part = front.alphaF()

    def mix(a: float, b: float) -> float:
        return a * part + b * (1 - part)

    return QColor.fromRgbF(
        mix(front.redF(), ground.redF()), mix(front.greenF(), ground.greenF()), mix(front.blueF(), ground.blueF())
    )
