"""Keys: the root's fingerprint, a new recovery code, and the store written anew after somebody left."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, msg
from collector_desk.domain.people import Act, may
from collector_desk.services.office import keyring
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import BodyText, Card, FormField, PasswordField, StateMark, Text, primary
from collector_desk.ui.widgets.facts import Column
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace


class KeysPart(Page):
    """Three cards; who is no manager sees the fingerprint alone."""

    def __init__(
        self,
        place: Workplace,
        leave_for: Callable[[Callable[[Job], Message]], None],
        show_code: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._place = place
        self._leave_for = leave_for
        self._show_code = show_code
        self.column = Column()
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(self.column)
        for card in (self._make_root(), self._make_code(), self._make_rekey()):
            self.column.box.addWidget(card)
        self.column.box.addStretch(1)
        self.retranslate()

    def _make_root(self) -> Card:
        self.root_card = Card("…", margin=18)
        self.root = Text(size=Size.TITLE)
        self.root_words = _dim()
        self.root_card.body.addWidget(self.root)
        self.root_card.body.addWidget(self.root_words)
        return self.root_card

    def _make_code(self) -> Card:
        self.code_card = Card("…", margin=18)
        self.code_mark, self.code_state = StateMark(Tone.NEUTRAL, side=16), Text(size=Size.LABEL)
        self.code_words = _dim()
        self.code_button = QPushButton()
        self.code_button.setAutoDefault(False)
        self.code_button.clicked.connect(self.new_code)
        row = QHBoxLayout()
        row.addWidget(self.code_mark)
        row.addWidget(self.code_state, 1)
        row.addWidget(self.code_button)
        self.code_card.body.addLayout(row)
        self.code_card.body.addWidget(self.code_words)
        return self.code_card

    def _make_rekey(self) -> Card:
        self.rekey_card = Card("…", margin=18)
        self.rekey_mark, self.rekey_state = StateMark(Tone.NEUTRAL, side=16), Text(size=Size.LABEL, wrap=True)
        self.rekey_words = _dim()
        self.password = PasswordField()
        self.password_field = FormField("…", self.password)
        self.password.returnPressed.connect(self.rekey)
        self.rekey_button = primary(QPushButton())
        self.rekey_button.clicked.connect(self.rekey)
        row = QHBoxLayout()
        row.addWidget(self.rekey_mark)
        row.addWidget(self.rekey_state, 1)
        self.rekey_card.body.addLayout(row)
        self.rekey_card.body.addWidget(self.rekey_words)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.PAGE)
        foot.addWidget(self.password_field, 1)
        foot.addStretch(1)
        foot.addWidget(self.rekey_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.rekey_card.body.addLayout(foot)
        return self.rekey_card

    def load(self) -> None:
        """Show how the keys stand now."""
        seat = self._place.seat
        self.root.setText(keyring.root_print(seat))
        manager = may(seat.person.roles, Act.MANAGE_PEOPLE)
        self.code_card.setVisible(manager)
        self.rekey_card.setVisible(manager)
        if not manager:
            return
        unconfirmed = keyring.recovery_unconfirmed(seat)
        self.code_mark.set_tone(Tone.WARN if unconfirmed else Tone.OK)
        self.code_state.setText(
            self.tr("Nobody has shown yet that the newest code is on paper. Make another one.")
            if unconfirmed
            else self.tr("The recovery code is on paper.")
        )
        left = keyring.still_open(seat)
        self.rekey_mark.set_tone(Tone.WARN if left else Tone.OK)
        self.rekey_state.setText(
            self.tr("Old key files of {count} who left, lost a role or a password still open this store.").format(
                count=len(left)
            )
            if left
            else self.tr("No old key file of somebody who left or lost a role opens this store.")
        )

    def on_shown(self) -> None:
        """It may be otherwise by now."""
        self.load()

    def on_changes(self, changes: Changes) -> None:
        """Who leaves makes a difference."""
        if changes.people or changes.everything:
            self.load()

    def new_code(self) -> None:
        """Make a code in a worker and show it; the old one holds until two groups of it were typed back."""
        seat = self._place.seat
        self.code_button.setEnabled(False)
        self._place.tasks.run(
            lambda _: keyring.new_recovery_code(seat),
            owner=self,
            done=self._show_code,
            failed=self._place.troubled,
            ended=lambda: self.code_button.setEnabled(True),
        )

    def rekey(self) -> None:
        """Sign out, write the store anew under another key, and offer the sign-in again."""
        self.password_field.set_error("" if self.password.text() else self.tr("Your password is needed."))
        if self.password_field.error():
            self.password.setFocus()
            return
        seat = self._place.seat
        folder, who, clock, password = seat.folder, seat.person.id, seat.clock, self.password.text()
        self.password.clear()

        def work(job: Job) -> Message:
            keyring.rekey(folder, who=who, password=password, clock=clock, progress=job.report)
            return msg("office.keyring.rekeyed")

        self._leave_for(work)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.root_card.set_title(self.tr("Root key"))
        self.root_words.setText(
            self.tr("All signatures of the store go back to this key. Compare it with the recovery sheet.")
        )
        self.code_card.set_title(self.tr("Recovery code"))
        self.code_words.setText(
            self.tr("The old code opens the store until you have typed back two groups of the new one.")
        )
        self.code_button.setText(self.tr("Make a new code…"))
        self.rekey_card.set_title(self.tr("Write the store anew"))
        self.rekey_words.setText(
            self.tr(
                "After somebody left, lost a role, or a code was used: the store gets another key, and old key "
                "files open it no more. Close it in all windows first; everybody signs in again with their own "
                "password."
            )
        )
        self.password_field.set_label(self.tr("Your password"))
        self.rekey_button.setText(self.tr("Sign out and write it anew"))
        self.load()


def _dim() -> BodyText:
    made = BodyText()
    made.set_tint(Tint.DIM)
    return made
