"""Colours by role, read from ``resources/themes/*.toml``, and which of them are in force."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor

from collector_desk.resources import resource


class Tint(StrEnum):
    """What a colour is for; widgets name a role, never a colour."""

    GROUND = "ground"
    CARD = "card"
    FIELD = "field"
    BAR = "bar"
    LINE = "line"
    LINE_STRONG = "line_strong"
    TEXT = "text"
    DIM = "dim"
    DISABLED = "disabled"
    ACCENT = "accent"
    ACCENT_HOVER = "accent_hover"
    ACCENT_PRESS = "accent_press"
    ON_ACCENT = "on_accent"
    FOCUS = "focus"
    SELECTION = "selection"
    BUTTON = "button"
    BUTTON_HOVER = "button_hover"
    BUTTON_PRESS = "button_press"
    INSET = "inset"
    INSET_HOVER = "inset_hover"
    SHADOW = "shadow"
    WATERMARK = "watermark"
    TOOLTIP = "tooltip"
    ON_TOOLTIP = "on_tooltip"
    NEUTRAL_SOFT = "neutral_soft"
    NEUTRAL_STRONG = "neutral_strong"
    OK_SOFT = "ok_soft"
    OK_STRONG = "ok_strong"
    WARN_SOFT = "warn_soft"
    WARN_STRONG = "warn_strong"
    DANGER_SOFT = "danger_soft"
    DANGER_STRONG = "danger_strong"
    INFO_SOFT = "info_soft"
    INFO_STRONG = "info_strong"


class Tone(StrEnum):
    """The state something is in. Shown by a soft ground, a strong text, **and** a shape of its own."""

    NEUTRAL = "neutral"
    OK = "ok"
    WARN = "warn"
    DANGER = "danger"
    INFO = "info"

    @property
    def soft(self) -> Tint:
        """The quiet ground of this state."""
        return Tint(f"{self.value}_soft")

    @property
    def strong(self) -> Tint:
        """The readable text colour of this state."""
        return Tint(f"{self.value}_strong")


@dataclass(frozen=True, slots=True)
class ColorSet:
    """One theme's colours, complete: a missing or unknown role is an error when it is loaded."""

    name: str
    dark: bool
    colors: dict[Tint, QColor]

    def __getitem__(self, tint: Tint) -> QColor:
        return QColor(self.colors[tint])


def load_colors(name: str) -> ColorSet:
    """Read ``resources/themes/<name>.toml``. Raises ValueError where a role is missing, unknown or unreadable."""
    data = tomllib.loads(resource("themes", f"{name}.toml").read_text(encoding="utf-8"))
    base = {key: QColor(value) for key, value in data["base"].items()}
    colors = {Tint(role): _resolve(value, base) for role, value in data["roles"].items()}
    missing = [tint.value for tint in Tint if tint not in colors]
    if missing or not all(color.isValid() for color in colors.values()):
        raise ValueError(f"theme {name}: roles missing or unreadable: {', '.join(missing)}")
    return ColorSet(data["name"], data["dark"], colors)


def _resolve(value: str, base: dict[str, QColor]) -> QColor:
    key, _, percent = value.partition("/")
    color = QColor(base[key])
    if percent:
        color.setAlphaF(int(percent) / 100)
    return color


_in_force: list[ColorSet] = []


def set_colors(colors: ColorSet) -> None:
    """Put a colour set in force; only ``ui.theme.apply`` calls this."""
    _in_force[:] = [colors]


def colors() -> ColorSet:
    """The colour set in force (light until a theme was applied)."""
    if not _in_force:
        _in_force.append(load_colors("light"))
    return _in_force[0]


def color(tint: Tint) -> QColor:
    """The colour a role has now. Ask while painting, never keep it: themes change at run time."""
    return colors()[tint]
