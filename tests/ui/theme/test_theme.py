"""Colours by role, both themes, and the switch while the window is open."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from collector_desk.ui.theme import Size, Tint, Tone, apply_theme, color, family, font
from collector_desk.ui.theme.color_roles import load_colors
from collector_desk.ui.widgets import Card, Text


def contrast(a: QColor, b: QColor) -> float:
    def luminance(c: QColor) -> float:
        parts = [
            v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c.redF(), c.greenF(), c.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_can_be_read_on_every_ground(name: str):
    colors = load_colors(name)
    for ground in (Tint.GROUND, Tint.CARD, Tint.FIELD, Tint.INSET, Tint.BAR):
        assert contrast(colors[Tint.TEXT], colors[ground]) >= 7
        assert contrast(colors[Tint.DIM], colors[ground]) >= 4.5
    for tone in Tone:
        assert contrast(colors[tone.strong], colors[tone.soft]) >= 4.5, tone
        assert contrast(colors[Tint.TEXT], colors[tone.soft]) >= 7, tone
    assert contrast(colors[Tint.ON_ACCENT], colors[Tint.ACCENT]) >= 4.5


@pytest.mark.parametrize("qlementine", [True, False])
def test_the_theme_changes_under_an_open_window(qapp: QApplication, qtbot, qlementine: bool):
    window = QWidget()
    qtbot.addWidget(window)
    card, label = Card("Title"), Text("dim", tint=Tint.DIM)
    card.body.addWidget(label)
    QVBoxLayout(window).addWidget(card)
    window.resize(300, 200)
    for name in ("light", "dark", "light"):
        apply_theme(qapp, name, qlementine=qlementine)
        window.show()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: window.palette().color(QPalette.ColorRole.Window) == color(Tint.GROUND))  # posted
        picture = window.grab().toImage()
        middle = card.mapTo(window, QPoint(card.width() // 2, card.height() - 20))
        assert picture.pixelColor(middle) == color(Tint.CARD)
        assert picture.pixelColor(2, 2) == color(Tint.GROUND)
        assert label.palette().color(QPalette.ColorRole.WindowText) == color(Tint.DIM)
        palette = qapp.palette()
        for role, tint in (
            (QPalette.ColorRole.Text, Tint.TEXT),
            (QPalette.ColorRole.ButtonText, Tint.TEXT),
            (QPalette.ColorRole.PlaceholderText, Tint.DIM),
            (QPalette.ColorRole.Base, Tint.FIELD),
        ):
            assert palette.color(role) == color(tint), role
    apply_theme(qapp, "light")


def test_fusion_takes_over_where_qlementine_cannot_load(qapp: QApplication, monkeypatch, caplog):
    monkeypatch.setitem(__import__("sys").modules, "collector_desk.ui.theme.qlementine", None)
    apply_theme(qapp, "dark")
    assert qapp.style().name() == "fusion"
    assert qapp.palette().color(QPalette.ColorRole.Window) == color(Tint.GROUND)
    assert "Fusion" in caplog.text
    monkeypatch.undo()
    apply_theme(qapp, "light")
    assert qapp.style().name() != "fusion"


def test_an_incomplete_theme_is_refused(tmp_path, monkeypatch):
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "bad.toml").write_text('name="b"\ndark=false\n[base]\na="#fff"\n[roles]\ntext="a"\n')
    monkeypatch.setattr("collector_desk.ui.theme.color_roles.resource", tmp_path.joinpath)
    with pytest.raises(ValueError, match="roles missing"):
        load_colors("bad")


def test_the_font_ships_with_the_program_and_its_figures_line_up(qapp: QApplication, qtbot):
    assert family() == "Noto Sans SC"
    label = QLabel()
    qtbot.addWidget(label)
    label.setFont(font(Size.BODY))
    widths = {label.fontMetrics().horizontalAdvance(digit) for digit in "0123456789"}
    assert len(widths) == 1
