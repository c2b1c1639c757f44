"""The foot of the viewer: what can be done with a piece of evidence, a button and a key each."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Text
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.window.keys import bind

_ZOOM = ("smaller", "larger", "fit")
_Acts = Mapping[str, Callable[[], None]]


class ViewerFoot(QWidget):
    """Two rows of which one is there: ``plain`` acts, or those on ``boxes``; ``others`` have keys alone."""

    def __init__(self, viewer: QDialog, plain: _Acts, boxes: _Acts, others: _Acts) -> None:
        super().__init__(viewer)
        self._buttons: dict[str, KeyButton] = {}
        self._actions: dict[str, QAction] = {}
        self._plain, self._boxes = QWidget(), QWidget()
        self._hint = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        self._row(self._plain, plain)
        self._row(self._boxes, boxes, prefix="mask_", first=self._hint)
        self._boxes.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.NONE)
        box.addWidget(self._plain)
        box.addWidget(self._boxes)
        for key, act in {**boxes, **others, **plain}.items():  # a key of both rows goes by the plain act
            action = bind(viewer, key, act, context=Qt.ShortcutContext.WindowShortcut)
            action.setAutoRepeat(key.startswith(("step_", "box_n", "box_w", "box_l", "box_h")) and key != "box_new")
            self._actions[key] = action
        self.retranslate()

    def _row(self, row: QWidget, acts: _Acts, *, prefix: str = "", first: QWidget | None = None) -> None:
        line = QHBoxLayout(row)
        line.setContentsMargins(Margin.NONE)
        line.setSpacing(Gap.CARD)
        if first is not None:
            line.addWidget(first, 1)
        for key, act in acts.items():
            if key == "unmask":
                line.addStretch(1)
            button = KeyButton(key, main=prefix != "" and key == "save")
            button.clicked.connect(act)
            self._buttons[prefix + key] = button
            line.addWidget(button)

    def offer(self, plain: Mapping[str, bool], *, heard: bool, masking: bool, chosen: bool) -> None:
        """Offer what can be done: of the plain row what ``plain`` says; ``chosen``: a box is, while ``masking``."""
        boxes = masking and chosen
        offers = {key: on and (not masking or key in (*_ZOOM, "leave")) for key, on in plain.items()}
        for key, action in self._actions.items():
            if key.startswith("box_"):
                action.setEnabled(masking if key == "box_new" else boxes)
            elif key.startswith("step_"):
                action.setEnabled(heard or boxes)
            elif key.startswith("play"):
                action.setEnabled(heard)
            else:
                action.setEnabled(offers[key] or (key == "save" and masking))
        for key, on in plain.items():
            button = self._buttons[key]
            button.setVisible(on if key in ("unmask", "mask", "save") else not (heard and key in _ZOOM))
            button.setEnabled(on)
        for key in ("box_next", "box_gone"):
            self._buttons[f"mask_{key}"].setEnabled(boxes)
        self._plain.setVisible(not masking)
        self._boxes.setVisible(masking)

    def retranslate(self) -> None:
        """Set every text anew."""
        names = {
            "piece_previous": self.tr("Before"),
            "piece_next": self.tr("Next"),
            "smaller": self.tr("Smaller"),
            "larger": self.tr("Larger"),
            "fit": self.tr("Whole"),
            "unmask": self.tr("Without boxes"),
            "mask": self.tr("Hide parts…"),
            "save": self.tr("Save a copy…"),
            "leave": self.tr("Close"),
            "mask_box_new": self.tr("New box"),
            "mask_box_next": self.tr("Next box"),
            "mask_box_gone": self.tr("Take off"),
            "mask_save": self.tr("Hide these parts"),
            "mask_leave": self.tr("Leave"),
        }
        for key, text in names.items():
            self._buttons[key].set_text(text)
        self._hint.setText(
            self.tr("Draw boxes over faces, plates and door numbers. Arrows move the box, Shift+arrows size it.")
        )
