"""Over the text: which draft or version it is, who did what with it last, and what can be done with it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.packs.life import PackStep
from collector_desk.services.desk.seat import Seat
from collector_desk.services.packs.choices import PackAct, choices
from collector_desk.services.packs.workshop import PackDraft
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import ElidedLabel
from collector_desk.ui.window.keys import native
from collector_desk.ui.window.page import Page
from collector_desk.ui.workshop.pack_list import Item, pack_title

ACTS = {
    "pack_copy": QT_TRANSLATE_NOOP("PackHead", "Edit a copy"),
    "pack_hand_in": QT_TRANSLATE_NOOP("PackHead", "Hand in"),
    "pack_release": QT_TRANSLATE_NOOP("PackHead", "Release"),
    "pack_return": QT_TRANSLATE_NOOP("PackHead", "Return"),
    "pack_withdraw": QT_TRANSLATE_NOOP("PackHead", "Withdraw"),
    "pack_give_up": QT_TRANSLATE_NOOP("PackHead", "Give up"),
}
_CHOICES = {
    "pack_copy": {PackAct.COPY},
    "pack_hand_in": {PackAct.HAND_IN},
    "pack_release": {PackAct.RELEASE},
    "pack_return": {PackAct.RETURN},
    "pack_withdraw": {PackAct.WITHDRAW, PackAct.TAKE_BACK},
    "pack_give_up": {PackAct.GIVE_UP},
}


class PackHeadCard(Page):
    """``buttons`` are by the id of their key; the page gives them their acts."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._item: Item | None = None
        self.title = ElidedLabel(size=Size.HEAD, tint=Tint.TEXT)
        self.note = ElidedLabel(size=Size.CAPTION, tint=Tint.DIM)
        self.buttons = {key_id: QPushButton() for key_id in ACTS}
        self.choices: frozenset[PackAct] = frozenset()
        row = QHBoxLayout()
        row.setSpacing(Gap.TIGHT)
        for button in self.buttons.values():
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.TIGHT)
        box.addWidget(self.title)
        box.addWidget(self.note)
        box.addLayout(row)
        self.retranslate()

    def show_item(self, item: Item, *, ready: bool) -> None:
        """Show a draft or a version; ``ready``: it is checked and without a fault."""
        self._item = item
        self.choices = choices(self._seat, item)
        for key_id, button in self.buttons.items():
            button.setVisible(self.allows(key_id))
        self.buttons["pack_hand_in"].setEnabled(ready)
        self.retranslate()

    def allows(self, key_id: str) -> bool:
        """Whether the act of this key is open to the person now."""
        return not self.choices.isdisjoint(_CHOICES[key_id])

    def retranslate(self) -> None:
        """Set every text anew."""
        for key_id, text in ACTS.items():
            words = str(text)
            self.buttons[key_id].setText(QCoreApplication.translate("PackHead", words))
            self.buttons[key_id].setToolTip(native(key_id))
        if PackAct.TAKE_BACK in self.choices:
            self.buttons["pack_withdraw"].setText(self.tr("Take back"))
        if self._item is not None:
            self.title.setText(pack_title(self._item))
            self.note.setText(self._story(self._item))

    def _story(self, item: Item) -> str:
        """Who did what with it last, in a line."""
        if isinstance(item, PackDraft):
            text = self.tr("Version {version}, kept as you type; only you see it.")
            return text.format(version=item.version or "–")
        version = item.version or item.sha256[:8]
        if item.step_by is None or item.step_at is None:
            text = self.tr("Came with the program, version {version}. Nobody has released it yet.")
            return text.format(version=version)
        texts = {
            PackStep.HANDED_IN: self.tr("Version {version}, by {author}. Handed in by {name}, {day}. {reason}"),
            PackStep.RETURNED: self.tr("Version {version}, by {author}. Returned by {name}, {day}: {reason}"),
            PackStep.RELEASED: self.tr("Version {version}, by {author}. Released by {name}, {day}. {reason}"),
            PackStep.WITHDRAWN: self.tr("Version {version}, by {author}. Withdrawn by {name}, {day}: {reason}"),
        }
        return texts[item.step].format(
            version=version,
            author=item.author or self.tr("the program"),
            name=item.step_by,
            day=f"{self._seat.local(item.step_at):%Y-%m-%d %H:%M}",
            reason=item.reason,
        )
