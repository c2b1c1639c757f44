"""Who may sign in, and what they may do: the manager's part of the settings."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView, QMessageBox, QPushButton, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Trouble
from collector_desk.domain.people import MIN_PASSWORD, Act, Person, may
from collector_desk.domain.vocabulary import Role
from collector_desk.services.office import keyring, people
from collector_desk.ui.forms.ui_people import Ui_PeopleForm
from collector_desk.ui.theme import Tone
from collector_desk.ui.widgets import ErrorText, SoftPanel, Text
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.screens.base import clear_errors, place_error
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, word

_Index = QModelIndex | QPersistentModelIndex


class PeopleModel(QAbstractTableModel):
    """One row a person: name, number, roles, whether they may still sign in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: list[Person] = []
        self._still_open: frozenset[str] = frozenset()

    def set_people(self, people: list[Person], still_open: frozenset[str] = frozenset()) -> None:
        """Show these; the old key file of those ``still_open`` opens the store to more than they have now."""
        self.beginResetModel()
        self._people, self._still_open = people, still_open
        self.endResetModel()

    def person(self, row: int) -> Person:
        """Who stands in a row."""
        return self._people[row]

    def row_of(self, person_id: str) -> int:
        """The row of a person; -1 where they are not shown."""
        return next((row for row, person in enumerate(self._people) if person.id == person_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- as Qt declares it
        """One row a person."""
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- as Qt declares it
        """Name, number, roles, state."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words over the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Name"), self.tr("Collector number"), self.tr("Roles"), self.tr("Sign-in"))[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        person = self._people[index.row()]
        roles = ("、" if language() == "zh_CN" else ", ").join(word(role) for role in Role if role in person.roles)
        if person.active:
            state = self.tr("open, first password") if person.first_password else self.tr("open")
            if person.id in self._still_open:
                state = self.tr("{state}; this person's old key file still opens the store").format(state=state)
        elif person.id in self._still_open:
            state = self.tr("closed, but an old key file still opens the store")
        else:
            state = self.tr("closed")
        return (person.name, person.number, roles or "—", state)[index.column()]


class PeoplePart(Page):
    """The list, and one person under it. Who is not a manager only reads."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._person: Person | None = None
        self.form = Ui_PeopleForm()
        self.form.setupUi(self)
        form = self.form
        self._errors: dict[str, ErrorText] = {
            "name": form.person_error,
            "password": form.password_error,
            "roles": form.roles_error,
            "badge": form.badge_error,
        }
        self.boxes = {role: QCheckBox() for role in Role}
        for box in self.boxes.values():
            form.roles_layout.addWidget(box)
        form.roles_layout.addStretch(1)
        self.model = PeopleModel(self)
        form.table.setModel(self.model)
        form.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        form.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        form.table.selectionModel().currentRowChanged.connect(self._chosen)
        form.save_button.clicked.connect(self.save)
        for field in (form.person, form.password):
            field.returnPressed.connect(self.save)
        form.new_button.clicked.connect(self.begin_new)
        form.close_person_button.clicked.connect(self.close_person)
        self.rekey_words, self.rekey_button = Text(wrap=True), QPushButton()
        self.rekey_button.setAutoDefault(False)
        self.rekey_button.clicked.connect(lambda: place.show_page("settings", "keys"))
        self.rekey_offer = SoftPanel(tone=Tone.WARN)
        row = QHBoxLayout()
        row.addWidget(self.rekey_words, 1)
        row.addWidget(self.rekey_button)
        self.rekey_offer.body.addLayout(row)
        if (whole := self.layout()) is not None:
            whole.addWidget(self.rekey_offer)
        self._allowed = allowed = may(place.seat.person.roles, Act.MANAGE_PEOPLE)
        form.edit_card.setVisible(allowed)
        form.manager_only.setVisible(not allowed)
        self.retranslate()
        self.load()

    def load(self) -> None:
        """Read the people anew; who was chosen stays chosen."""
        before = self._person.id if self._person else None
        everybody = people.everybody(self._place.seat)
        shown = sorted(everybody, key=lambda person: (not person.active, person.name))
        still_open = keyring.still_open(self._place.seat)
        self.model.set_people(shown, still_open)
        self.rekey_offer.setVisible(self._allowed and bool(still_open))
        row = self.model.row_of(before) if before else -1
        if row >= 0:
            self.form.table.selectRow(row)
        else:
            self.begin_new()

    def begin_new(self) -> None:
        """Empty the form for somebody new."""
        self._person = None
        self.form.table.clearSelection()
        self.form.person.clear()
        self.form.password.clear()
        for role, box in self.boxes.items():
            box.setChecked(role is Role.AGENT)
        self._show_form()
        if self.isVisible():  # it is read anew behind other parts too, and takes no focus from them
            self.form.person.setFocus()

    def save(self) -> None:
        """Let the new person in, or set the roles of the chosen one."""
        clear_errors(list(self._errors.values()))
        roles = frozenset(role for role, box in self.boxes.items() if box.isChecked())
        if not roles:
            self.form.roles_error.say(self.tr("At least one role is needed."))
            return
        if self._person is not None:
            badge = self._badge()
            if badge is not None:
                self._act(self._person.id, roles, badge[0])
            return
        name, password = self.form.person.text().strip(), self.form.password.text()
        if not name:
            self.form.person_error.say(self.tr("This is needed."))
            self.form.person.setFocus()
            return
        if len(password) < MIN_PASSWORD:
            self.form.password_error.say(self.tr("At least {count} characters.").format(count=MIN_PASSWORD))
            self.form.password.setFocus()
            return
        self.form.edit_card.setEnabled(False)
        seat = self._place.seat
        self._place.tasks.run(
            lambda _: people.add(seat, name=name, password=password, roles=roles),
            owner=self,
            done=self._added,
            failed=self._failed,
            ended=lambda: self.form.edit_card.setEnabled(True),
        )

    def close_person(self) -> None:
        """Close somebody's access, after a question: it can't be opened again."""
        person = self._person
        if person is None or not self.ask_close(person.name):
            return
        with self._place.attempt(self._failed):
            changes = people.leave(self._place.seat, person.id)
            self._person = None
            self._place.changed(changes)
            self._place.toast(
                self.tr(
                    "Closed. Until the store is written anew (Settings, Store keys), an old key file opens it."
                ),
                Tone.OK,
            )
            self.load()

    def ask_close(self, name: str) -> bool:
        """Ask whether the access is to be closed. Tests replace this."""
        text = self.tr("Close the access of {name}? Their history stays; they can't sign in any more.")
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)  # a name may look like markup
        box.setWindowTitle(self.tr("Close access"))
        box.setText(text.format(name=name))
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        return box.exec() == QMessageBox.StandardButton.Yes

    def _badge(self) -> tuple[date | None] | None:
        """The day typed, or none; None where it can't be read, and the field says so."""
        text = self.form.badge.text().strip()
        try:
            return (date.fromisoformat(text) if text else None,)
        except ValueError:
            self.form.badge_error.say(self.tr("As 2027-12-31"))
            self.form.badge.setFocus()
            return None

    def _act(self, person_id: str, roles: frozenset[Role], badge: date | None) -> None:
        seat = self._place.seat
        with self._place.attempt(self._failed):
            changes = people.set_roles(seat, person_id, roles) | people.set_badge(seat, person_id, badge)
            self._place.changed(changes)
            self._place.toast(self.tr("Roles and badge are saved."), Tone.OK)
            self.load()

    def _added(self, person: Person) -> None:
        self._person = None
        self._place.changed(Changes(people=frozenset({person.id})))
        self._place.toast(self.tr("{name} can sign in now.").format(name=person.name), Tone.OK)
        self.load()

    def _failed(self, trouble: Trouble) -> None:
        place_error(trouble, self._errors, self.form.roles_error)

    def _chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        self._person = self.model.person(index.row())
        self.form.person.setText(self._person.name)
        self.form.password.clear()
        for role, box in self.boxes.items():
            box.setChecked(role in self._person.roles)
        self._show_form()

    def _show_form(self) -> None:
        new, person = self._person is None, self._person
        clear_errors(list(self._errors.values()))
        self.form.edit_head.setText(self.tr("Somebody new") if person is None else person.name)
        self.form.who_box.setVisible(new)
        self.form.badge_box.setVisible(not new)
        until = person.badge_until if person is not None else None
        self.form.badge.setText(until.isoformat() if until else "")
        self.form.new_button.setVisible(not new)
        open_person = person is not None and person.active
        self.form.close_person_button.setVisible(open_person and person != self._place.seat.person)
        self.form.save_button.setEnabled(new or open_person)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.form.retranslateUi(self)
        self.form.table.setAccessibleName(self.tr("People"))
        self.rekey_words.setText(
            self.tr(
                "Somebody left, lost a role or a password: an old key file opens the store to them as before, "
                "until it is written anew."
            )
        )
        self.rekey_button.setText(self.tr("Write the store anew…"))
        for role, box in self.boxes.items():
            box.setText(word(role))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 3)
        self.model.layoutChanged.emit()
        self._show_form()
