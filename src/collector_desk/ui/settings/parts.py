"""The smaller parts of the settings: appearance, password, agency."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QWidget

from collector_desk.domain.people import MIN_PASSWORD, Act, may
from collector_desk.services.desk import settings
from collector_desk.services.office import people
from collector_desk.ui.forms.ui_agency import Ui_AgencyForm
from collector_desk.ui.forms.ui_appearance import Ui_AppearanceForm
from collector_desk.ui.forms.ui_change_password import Ui_ChangePasswordForm
from collector_desk.ui.theme import Tone, colors
from collector_desk.ui.theme.gaps import Gap
from collector_desk.ui.widgets import ErrorText
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.screens.base import clear_errors, place_error
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language


class AppearancePart(Page):
    """Theme, language and what one is told of, in force at once."""

    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    ahead_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_AppearanceForm()
        self.form.setupUi(self)
        # Two rows of radio buttons on one card: without groups of their own Qt takes them for one.
        for row in (
            (self.form.light_radio, self.form.dark_radio),
            (self.form.english_radio, self.form.chinese_radio),
        ):
            group = QButtonGroup(self)
            for button in row:
                group.addButton(button)
        self.form.light_radio.clicked.connect(lambda: self.theme_chosen.emit("light"))
        self.form.dark_radio.clicked.connect(lambda: self.theme_chosen.emit("dark"))
        self.form.english_radio.clicked.connect(lambda: self.language_chosen.emit("en"))
        self.form.chinese_radio.clicked.connect(lambda: self.language_chosen.emit("zh_CN"))
        self.ahead = QCheckBox()
        self.ahead.toggled.connect(self.ahead_chosen)
        self.form.layout_6.addSpacing(Gap.PAGE)
        self.form.layout_6.addWidget(self.ahead)
        self.retranslate()

    def show_state(self) -> None:
        """Tick what is in force."""
        (self.form.dark_radio if colors().dark else self.form.light_radio).setChecked(True)
        (self.form.chinese_radio if language() == "zh_CN" else self.form.english_radio).setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme, wherever it was changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.show_state()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.form.retranslateUi(self)
        self.ahead.setText(self.tr("Tell me five minutes before a call back or a promise comes due"))
        self.show_state()


class PasswordPart(Page):
    """Change one's own password."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.form = Ui_ChangePasswordForm()
        self.form.setupUi(self)
        self._errors: dict[str, ErrorText] = {
            "old_password": self.form.old_password_error,
            "password": self.form.password_error,
            "password_again": self.form.password_again_error,
        }
        self.form.change_button.clicked.connect(self.change_password)
        self.form.password_again.returnPressed.connect(self.change_password)

    def change_password(self) -> None:
        """Change it, in a worker."""
        clear_errors(list(self._errors.values()))
        old, new = self.form.old_password.text(), self.form.password.text()
        if len(new) < MIN_PASSWORD:
            self.form.password_error.say(self.tr("At least {count} characters.").format(count=MIN_PASSWORD))
            self.form.password.setFocus()
            return
        if new != self.form.password_again.text():
            self.form.password_again_error.say(self.tr("The two are not the same."))
            self.form.password_again.setFocus()
            return
        self.form.card.setEnabled(False)
        seat = self._place.seat
        self._place.tasks.run(
            lambda _: people.change_password(seat, old=old, new=new),
            owner=self,
            done=lambda _: self._done(),
            failed=lambda trouble: place_error(trouble, self._errors, self.form.old_password_error),
            ended=lambda: self.form.card.setEnabled(True),
        )

    def _done(self) -> None:
        for field in (self.form.old_password, self.form.password, self.form.password_again):
            field.clear()
        self._place.toast(self.tr("Your password is changed."), Tone.OK)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.form.retranslateUi(self)
        clear_errors(list(self._errors.values()))


class AgencyPart(Page):
    """Who calls: names, telephone, letterhead."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.form = Ui_AgencyForm()
        self.form.setupUi(self)
        form = self.form
        self._errors: dict[str, ErrorText] = {
            "name": form.agency_error,
            "neutral_name": form.neutral_name_error,
            "hotline": form.hotline_error,
            "office_address": form.office_address_error,
            "letterhead": form.letterhead_error,
        }
        allowed = may(place.seat.person.roles, Act.SET_AGENCY)
        self._fields = (form.agency, form.neutral_name, form.hotline, form.office_address, form.letterhead)
        for field in self._fields:
            field.setReadOnly(not allowed)
        form.save_button.setVisible(allowed)
        form.manager_only.setVisible(not allowed)
        form.save_button.clicked.connect(self.save)
        self.load()

    def load(self) -> None:
        """Show what is set."""
        agency = settings.get(self._place.seat, settings.Agency)
        values = (agency.name, agency.neutral_name, agency.hotline, agency.office_address, agency.letterhead)
        for field, value in zip(self._fields, values, strict=True):
            field.setText(value)
            field.setCursorPosition(0)

    def save(self) -> None:
        """Write it down."""
        clear_errors(list(self._errors.values()))
        form = self.form
        agency = settings.Agency(
            name=form.agency.text().strip(),
            neutral_name=form.neutral_name.text().strip(),
            hotline=form.hotline.text().strip(),
            letterhead=form.letterhead.text().strip(),
            office_address=form.office_address.text().strip(),
        )
        with self._place.attempt(lambda trouble: place_error(trouble, self._errors, form.agency_error)):
            self._place.changed(settings.change(self._place.seat, agency))
            self._place.toast(self.tr("The agency's details are saved."), Tone.OK)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.form.retranslateUi(self)
        clear_errors(list(self._errors.values()))
