"""The parts every view is built of. All take colours by role, follow the theme, and read no markup."""

from collector_desk.ui.widgets.buttons import BranchButton, LinkButton, NumberCard, RailButton, primary
from collector_desk.ui.widgets.card import Bar, Card, CardFrame, SoftPanel
from collector_desk.ui.widgets.form import FormField, PasswordField
from collector_desk.ui.widgets.lists import MenuList, QuietHeader, QuietTable, SoftDelegate
from collector_desk.ui.widgets.notices import Banner, EmptyState, Logo, StateMark, Toast, Watermark
from collector_desk.ui.widgets.pill import KeyHint, LightPill, Pill, draw_key_cap
from collector_desk.ui.widgets.shapes import draw_cross, draw_focus, draw_ground, draw_mark
from collector_desk.ui.widgets.text import (
    BodyText,
    DimText,
    ElidedLabel,
    ErrorText,
    FoldedText,
    HeadText,
    MaskedText,
    SpokenLine,
    Text,
    TitleText,
    plain_tip,
    text_width,
)

__all__ = [
    "Banner",
    "Bar",
    "BodyText",
    "BranchButton",
    "Card",
    "CardFrame",
    "DimText",
    "ElidedLabel",
    "EmptyState",
    "ErrorText",
    "FoldedText",
    "FormField",
    "HeadText",
    "KeyHint",
    "LightPill",
    "LinkButton",
    "Logo",
    "MaskedText",
    "MenuList",
    "NumberCard",
    "PasswordField",
    "Pill",
    "QuietHeader",
    "QuietTable",
    "RailButton",
    "SoftDelegate",
    "SoftPanel",
    "SpokenLine",
    "StateMark",
    "Text",
    "TitleText",
    "Toast",
    "Watermark",
    "draw_cross",
    "draw_focus",
    "draw_ground",
    "draw_key_cap",
    "draw_mark",
    "plain_tip",
    "primary",
    "text_width",
]
