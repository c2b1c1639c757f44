"""Settings: a short menu on the left, one part on the right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collector_desk.domain.changes import Changes
from collector_desk.ui.forms.ui_settings import Ui_SettingsForm
from collector_desk.ui.settings.parts import AgencyPart, AppearancePart, PasswordPart
from collector_desk.ui.settings.people import PeoplePart
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.window.context import PageSpec
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace

if TYPE_CHECKING:
    from collector_desk.ui.window.main_window import MainWindow

_ICONS = ("ri.contrast-2-line", "ri.lock-password-line", "ri.team-line", "ri.building-2-line")


class SettingsPage(Page):
    """Few settings; what matters has a good default."""

    def __init__(self, place: Workplace, further: Sequence[PageSpec], window: "MainWindow") -> None:
        super().__init__(window)
        self.form = Ui_SettingsForm()
        self.form.setupUi(self)
        self.appearance = AppearancePart()
        likes, who = place.preferences, place.seat.person.id
        self.appearance.ahead.setChecked(likes.told_ahead(who))
        self.appearance.ahead_chosen.connect(lambda wished: likes.set_told_ahead(who, wished))
        self.password = PasswordPart(place)
        self.people = PeoplePart(place)
        self.agency = AgencyPart(place)
        self.parts = (self.appearance, self.password, self.people, self.agency)
        for part, name in zip(self.parts, _ICONS, strict=True):
            self.form.parts.addWidget(part)
            self.form.menu.addItem("")
            self.form.menu.item(self.form.menu.count() - 1).setIcon(icon(name))
        self._window = window
        self.further = further
        self._made: dict[str, QWidget] = {}
        for spec in self.further:  # made when they are first looked at: they bring services and their tables
            self.form.parts.addWidget(QWidget())
            self.form.menu.addItem("")
            self.form.menu.item(self.form.menu.count() - 1).setIcon(icon(spec.icon))
        self.form.menu.currentRowChanged.connect(self._show_row)
        self.form.menu.setCurrentRow(0)
        self.retranslate()

    def on_shown(self) -> None:
        """The menu first."""
        self.form.menu.setFocus()

    def on_changes(self, changes: Changes) -> None:
        """People and agency may have been changed elsewhere."""
        if changes.people or changes.everything:
            self.people.load()
        if changes.settings or changes.everything:
            self.agency.load()
        for part in self._made.values():
            if isinstance(part, Page):
                part.on_changes(changes)

    def go_to(self, place: str) -> None:
        """ "people", or one of the further parts by its id."""
        if place == "people":
            self.show_part(self.parts.index(self.people))
        else:
            self.part(place)

    def show_part(self, index: int) -> None:
        """Open one part by its place in the menu."""
        self.form.menu.setCurrentRow(index)

    def part(self, part_id: str) -> QWidget:
        """One of the further parts by its id, brought to the front."""
        place = next(place for place, spec in enumerate(self.further) if spec.id == part_id)
        self.form.menu.setCurrentRow(len(self.parts) + place)
        return self._made[part_id]

    def _show_row(self, row: int) -> None:
        place = row - len(self.parts)
        if place >= 0:
            spec = self.further[place]
            if spec.id not in self._made:
                made = spec.factory(self._window)
                empty = self.form.parts.widget(row)
                if empty is not None:
                    self.form.parts.removeWidget(empty)
                    empty.deleteLater()
                self.form.parts.insertWidget(row, made)
                self._made[spec.id] = made
        self.form.parts.setCurrentIndex(row)
        shown = self._made.get(self.further[place].id) if place >= 0 else None
        if isinstance(shown, Page):
            shown.on_shown()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.form.retranslateUi(self)
        self.form.menu.setAccessibleName(self.tr("Parts of the settings"))
        names = (self.tr("Appearance"), self.tr("Password"), self.tr("People"), self.tr("Agency"))
        for row, name in enumerate((*names, *(spec.title() for spec in self.further))):
            self.form.menu.item(row).setText(name)
