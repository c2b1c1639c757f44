"""Emergencies: whom to ring where a life is in danger and no lead sits at a window."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from collector_desk.domain.changes import Changes
from collector_desk.domain.people import Act, may
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import HELP_LINES, Emergency
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Margin
from collector_desk.ui.widgets import BodyText, Card, FormField, Text, primary
from collector_desk.ui.widgets.facts import Column
from collector_desk.ui.widgets.parts import LongField
from collector_desk.ui.window.keys import bind
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace


class EmergencyPart(Page):
    """One card. Who is neither lead nor manager only reads: the numbers are for everybody."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.allowed = may(place.seat.person.roles, Act.SET_EMERGENCY)
        self.card = Card("…", margin=18)
        self.words = BodyText()
        self.words.set_tint(Tint.DIM)
        self.leads, self.help = LongField(lines=4), QLineEdit()
        self.help.setMaxLength(120)
        self.leads_field, self.help_field = FormField("…", self.leads), FormField("…", self.help)
        self.button = primary(QPushButton())
        self.button.clicked.connect(self.save)
        self.note = Text(tint=Tint.DIM)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.button)
        for part in (self.words, self.leads_field, self.help_field):
            self.card.body.addWidget(part)
        self.card.body.addLayout(foot)
        cards = Column()
        cards.box.addWidget(self.card)
        cards.box.addStretch(1)
        box = QHBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(cards)
        bind(self, "save_next", self.save)
        self.leads.setReadOnly(not self.allowed)
        self.help.setReadOnly(not self.allowed)
        self.button.setVisible(self.allowed)
        self.retranslate()
        self.load()

    def load(self) -> None:
        """Show what is set."""
        present = settings.get(self._place.seat, Emergency)
        self.leads.setPlainText(present.leads)
        self.help.setText(present.help_lines or HELP_LINES)

    def on_changes(self, changes: Changes) -> None:
        """Somebody else may have set them; not while one types here."""
        if (changes.settings or changes.everything) and not (self.leads.hasFocus() or self.help.hasFocus()):
            self.load()

    def save(self) -> None:
        """Write them down."""
        if not self.allowed:
            return
        wish = Emergency(self.leads.toPlainText(), self.help.text())
        with self._place.attempt():
            changes = settings.change(self._place.seat, wish)
            self._place.changed(changes)
            self._place.toast(self.tr("The emergency contacts are saved."), Tone.OK)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.card.set_title(self.tr("Whom to ring in an emergency"))
        self.words.setText(
            self.tr(
                "Shown to everybody where somebody spoke of ending their life, or an incident was filed, and no "
                "lead sits at a window."
            )
        )
        self.leads_field.set_label(self.tr("Leads: one a line, name and telephone"))
        self.help_field.set_label(self.tr("Help lines"), self.tr("Empty: {lines}").format(lines=HELP_LINES))
        self.button.setText(self.tr("Save"))
        self.note.setText("" if self.allowed else self.tr("A lead or a manager sets this."))
