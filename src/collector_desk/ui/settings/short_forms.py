"""Short forms of notes: one's own, the team's for a lead, and what comes with the program to look at."""

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton

from collector_desk.domain.calls.short_forms import MAX_NAME, MAX_TEXT, FormWish, ShortForm, Whose, folded
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.people import Act, may
from collector_desk.services.packs import short_forms, wording
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import Card, FormField, KeyHint, Text, primary
from collector_desk.ui.widgets.note_edit import NoteEdit
from collector_desk.ui.widgets.short_form_list import names_of
from collector_desk.ui.widgets.tables import FitTable, RowsModel
from collector_desk.ui.window.keys import bind, native
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, say, word

_FORM_WIDTH, _CHECK_MS = 372, 150


class ShortFormsPart(Page):
    """The list, and one short form beside it. What the program brings is edited in the workshop."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place, self._seat = place, place.seat
        self._forms: tuple[ShortForm, ...] = ()
        self._form: ShortForm | None = None  # the one that is changed; None: a new one
        self._sure = False  # its warning was read
        self._filling = False
        self.own, self.leads = (may(place.seat.person.roles, act) for act in (Act.WORK_CASE, Act.EDIT_TEAM_FORMS))
        self._build()
        self._check = QTimer(self, interval=_CHECK_MS, singleShot=True)
        self._check.timeout.connect(self._judge)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.save_button.clicked.connect(self.save)
        self.new_button.clicked.connect(self.begin_new)
        self.delete_button.clicked.connect(self.delete)
        self.name.textEdited.connect(lambda _: self._touched())
        self.name.returnPressed.connect(self.text.setFocus)
        self.text.textChanged.connect(self._touched)
        for box in (self.team, self.replaces):
            box.toggled.connect(lambda _: self._touched())
        bind(self, "save", self.save)
        bind(self, "form_new", self.begin_new)
        bind(self, "form_delete", self.delete)
        self.retranslate()

    def _build(self) -> None:
        self.list_card, self.form_card = Card("…"), Card("…")
        self.model = RowsModel(self, tinted=(1,))
        self.table = FitTable((24, 14, 62))
        self.table.setModel(self.model)
        self.list_card.body.addWidget(self.table, 1)
        self.note = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        self.list_card.body.addWidget(self.note)
        self.name, self.text = QLineEdit(), NoteEdit(wording.findings)
        self.name.setMaxLength(MAX_NAME + 8)  # a few too many are told of, not cut
        self.text.setFixedHeight(Height.TEXT)
        self.count = Text(size=Size.CAPTION, tint=Tint.DIM)
        self.name_field, self.text_field = FormField("", self.name), FormField("", self.text, corner=self.count)
        self.team, self.replaces = QCheckBox(), QCheckBox()
        self.save_button = primary(QPushButton())
        self.new_button, self.delete_button = QPushButton(), QPushButton()
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        for part in (KeyHint("Ctrl+S"), self.save_button, self.delete_button):
            row.addWidget(part)
        row.addStretch(1)
        for button in (self.new_button, self.delete_button):
            button.setAutoDefault(False)
        self.form_card.corner.addWidget(self.new_button)
        self.form_card.setFixedWidth(_FORM_WIDTH)
        for field in (self.name_field, self.text_field, self.replaces, self.team):
            self.form_card.body.addWidget(field)
        self.form_card.body.addLayout(row)
        self.form_card.body.addStretch(1)
        box = QHBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.PAGE)
        box.addWidget(self.list_card, 1)
        box.addWidget(self.form_card)

    # --- the list ------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read anew; what is being typed stays."""
        self._forms = short_forms.every(self._seat, language())
        self.text.set_check(wording.check_in_use(self._seat).check)
        rows = [(names_of(form), word(form.whose), form.text) for form in self._forms]
        tints = [Tint.DIM if form.whose is Whose.SHIPPED else None for form in self._forms]
        self.table.selectionModel().blockSignals(True)
        self.model.show_rows((self.tr("Typed"), self.tr("Whose"), self.tr("Becomes")), rows, tints)
        self.table.fit()
        self._mark()
        self.table.selectionModel().blockSignals(False)
        if self._form is not None and self._form.id not in {form.id for form in self._forms}:
            self._fill(None)  # deleted elsewhere

    def _mark(self) -> None:
        """The row of the form that is changed stays chosen."""
        row = next((n for n, one in enumerate(self._forms) if self._form and one.id == self._form.id), -1)
        if row >= 0:
            self.table.selectRow(row)
        else:
            self.table.clearSelection()

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self._fill(self._forms[index.row()])

    # --- one of them ---------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Empty the form for a new one."""
        self.table.clearSelection()
        self._fill(None)
        self.name.setFocus()

    def save(self) -> None:
        """Keep it; what is wrong is said at its field, and a warning wants a second save."""
        if not self.save_button.isVisible():
            return
        form_id = self._form.id if self._form else ""
        with self._place.attempt(self._refuse):
            kept, changes = short_forms.save(self._seat, self._wish(), form_id, knowingly=self._sure)
            self._form = next((one for one in short_forms.every(self._seat, language()) if one.id == kept), None)
            self._done(changes, self.tr("Saved. It expands in notes from now on."))

    def delete(self) -> None:
        """Take it out of use."""
        if self._form is None or not self.delete_button.isVisible():
            return
        with self._place.attempt():
            changes = short_forms.delete(self._seat, self._form.id)
            self._fill(None)
            self._done(changes, self.tr("Deleted. What notes hold already stays."))
            self.name.setFocus()

    def _done(self, changes: Changes, text: str) -> None:
        self._sure = False
        self._place.changed(changes)
        self.load()
        self._fill(self._form)
        self._place.toast(text, Tone.OK)

    def _wish(self) -> FormWish:
        team = self.team.isChecked() and self.leads
        return FormWish(self.name.text(), self.text.toPlainText(), team, self.replaces.isChecked() and not team)

    def _refuse(self, refused: Trouble) -> bool:
        if not isinstance(refused, Refused):
            return False
        self._sure = refused.message.code == "packs.short_forms.confirm"
        field = self.text_field if refused.field_name == "text" else self.name_field
        self._say_errors()
        field.set_error(say(refused.message))
        field.field.setFocus()
        return True

    def _touched(self) -> None:
        """Something was typed: a warning that was read counts no more."""
        if not self._filling:
            self._sure = False
            self._check.start()
            self._count()

    def _judge(self) -> None:
        """Say while one types what would stand in the way; what is only missing yet is not nagged about."""
        wish = self._wish()
        found = short_forms.check(self._seat, wish, self._form.id if self._form else "")
        self._say_errors()
        for one in (*found.refusals, *found.warnings):
            typed = folded(wish.name) if one.field_name == "name" else wish.text
            if typed.strip():
                field = self.text_field if one.field_name == "text" else self.name_field
                field.set_error(say(one.message))

    def _say_errors(self) -> None:
        for field in (self.name_field, self.text_field):
            field.set_error("")

    def _fill(self, form: ShortForm | None) -> None:
        """Show a form, or an empty one."""
        self._filling = True
        self._form, self._sure = (form if form and form.id else None), False
        self._check.stop()
        shipped = form is not None and form.whose is Whose.SHIPPED
        self.name.setText(names_of(form) if form else "/")
        self.text.setPlainText(form.text if form else "")
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.replaces.setChecked(bool(self._form and short_forms.replaces(self._seat, self._form.id)))
        self.team.setChecked(bool(form and form.whose is Whose.TEAM) or (not self.own and self.leads))
        team = form is not None and form.whose is Whose.TEAM
        open_ = not shipped and (self.leads if team else self.own or self.leads)
        for field in (self.name, self.text):
            field.setReadOnly(not open_)
        self.team.setVisible(self.leads and not shipped)
        self.team.setEnabled(self.own and self._form is None)  # whose it is stays
        self.replaces.setVisible(self.own and not shipped and not team)
        self.save_button.setVisible(open_)
        self.delete_button.setVisible(open_ and self._form is not None)
        self._filling = False
        self._say_errors()
        self._count()
        self._say_title(form)

    def _count(self) -> None:
        length = len(self.text.toPlainText())
        self.count.setText(f"{length}/{MAX_TEXT}")
        self.count.set_tint(Tint.DANGER_STRONG if length > MAX_TEXT else Tint.DIM)
        self.replaces.setEnabled(not self.team.isChecked())

    def _say_title(self, form: ShortForm | None) -> None:
        if form is None:
            self.form_card.set_title(self.tr("A new short form"))
        elif form.whose is Whose.SHIPPED:
            self.form_card.set_title(self.tr("From the program"))
        elif form.whose is Whose.TEAM:
            self.form_card.set_title(self.tr("The team's"))
        else:
            self.form_card.set_title(self.tr("My short form"))

    # --- the page ------------------------------------------------------------------------------------

    def on_shown(self) -> None:
        """What others changed meanwhile."""
        self.load()

    def on_changes(self, changes: Changes) -> None:
        """A lead may have changed the team's, a release the program's."""
        if changes.settings or changes.everything:
            self.load()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.list_card.set_title(self.tr("Short forms"))
        self.name_field.set_label(self.tr("Typed in the note"), self.tr("/ and up to 12 Chinese or Latin letters"))
        self.text_field.set_label(
            self.tr("Becomes"), self.tr("Put … where something is to be filled in. Never anybody's name or number.")
        )
        self.team.setText(self.tr("For the whole team"))
        self.replaces.setText(self.tr("Replaces the one of this name, for me only"))
        self.save_button.setText(self.tr("Save"))
        self.new_button.setText(self.tr("New  {key}").format(key=native("form_new")))
        self.delete_button.setText(self.tr("Delete  {key}").format(key=native("form_delete")))
        self.note.setText(
            self.tr("Type / in a note to see them. Your own are seen by nobody else; a lead adds the team's.")
        )
        form = self._form
        self.load()
        self._fill(form)
