"""Caps and figures: the workstation's share of the day's caps, the institution's counts, what counts as large."""

from dataclasses import replace

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedLayout,
)

from collector_desk.domain.book.money import Money, format_figure
from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.people import Act, may
from collector_desk.domain.text.amounts import NotAnAmountError, parse_money
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.office import backup
from collector_desk.ui.settings.counts_card import InstitutionCountsCard
from collector_desk.ui.settings.counts_view import CountsView
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap
from collector_desk.ui.widgets import BodyText, Card, FormField, Text, primary
from collector_desk.ui.widgets.facts import Column
from collector_desk.ui.window.keys import bind
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace

LONGEST_IDLE = 60


class FiguresPart(Page):
    """Small cards with a button each, and behind them the import of counts. Who is not a lead only reads."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._busy = False
        roles = place.seat.person.roles
        self.share_allowed, self.desk_allowed = may(roles, Act.SET_SHARE), may(roles, Act.SET_QUEUE)
        cards = Column()
        self.counts = InstitutionCountsCard(place.seat)
        for card in (self._make_share(), self.counts, self._make_desk()):
            cards.box.addWidget(card)
        cards.box.addStretch(1)
        self.importing = CountsView(place)
        self._faces = QStackedLayout(self)
        self._faces.addWidget(cards)
        self._faces.addWidget(self.importing)
        self.counts.button.clicked.connect(self.begin_import)
        self.importing.left.connect(self._show_cards)
        bind(self, "leave", self._leave)
        if self.counts.allowed:
            bind(self, "import", self.begin_import)
        for field in (self.effective, self.connected):
            field.setReadOnly(not self.share_allowed)
        for field in (self.large, self.idle, self.recorder):
            field.setReadOnly(not self.desk_allowed)
        self.surnames.setEnabled(self.desk_allowed)
        self.tel.setEnabled(self.desk_allowed)
        self.share_button.setVisible(self.share_allowed)
        self.desk_button.setVisible(self.desk_allowed)
        self.retranslate()
        self.load()

    def _make_share(self) -> Card:
        self.share_card = Card("…", margin=18)
        self.share_words = BodyText()
        self.share_words.set_tint(Tint.DIM)
        self.effective, self.connected = QLineEdit(), QLineEdit()
        self.effective_field = FormField("…", self.effective)
        self.connected_field = FormField("…", self.connected)
        row = QGridLayout()
        row.setHorizontalSpacing(Gap.GROUP)
        for column, field in enumerate((self.effective_field, self.connected_field)):
            row.addWidget(field, 0, column)
        for line in (self.effective, self.connected):
            line.setValidator(QIntValidator(0, 99, self))
            line.returnPressed.connect(self.save_share)
        self.share_button = primary(QPushButton())
        self.share_button.clicked.connect(self.save_share)
        self.share_note = Text(tint=Tint.DIM)
        self.share_card.body.addWidget(self.share_words)
        self.share_card.body.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(self.share_note, 1)
        foot.addWidget(self.share_button)
        self.share_card.body.addLayout(foot)
        return self.share_card

    def _make_desk(self) -> Card:
        self.desk_card = Card("…", margin=18)
        self.large, self.idle = QLineEdit(), QLineEdit()
        self.large_field, self.idle_field = FormField("…", self.large), FormField("…", self.idle)
        self.idle.setValidator(QIntValidator(1, LONGEST_IDLE, self))
        self.surnames, self.tel = QCheckBox(), QCheckBox()
        self.recorder = QLineEdit()
        self.recorder.setMaxLength(60)
        self.recorder_field = FormField("…", self.recorder)
        row = QGridLayout()
        row.setHorizontalSpacing(Gap.GROUP)
        row.setVerticalSpacing(Gap.CARD)
        for column, field in enumerate((self.large_field, self.idle_field)):
            row.addWidget(field, 0, column)
        row.addWidget(self.surnames, 1, 0)
        row.addWidget(self.tel, 1, 1)
        row.addWidget(self.recorder_field, 2, 0, 1, 2)
        for line in (self.large, self.idle, self.recorder):
            line.returnPressed.connect(self.save_desk)
        self.desk_button = QPushButton()
        self.desk_button.setAutoDefault(False)
        self.desk_button.clicked.connect(self.save_desk)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.desk_note = Text(tint=Tint.DIM)
        self.desk_card.body.addLayout(row)
        self.desk_card.body.addWidget(self.bar)
        self.bar.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.desk_note, 1)
        foot.addWidget(self.desk_button)
        self.desk_card.body.addLayout(foot)
        return self.desk_card

    def begin_import(self) -> None:
        """Show the import of counts; one that is under way goes on where it is."""
        self._faces.setCurrentWidget(self.importing)
        if self.importing.step() is not self.importing.preview:
            self.importing.begin()

    def _leave(self) -> None:
        if self._faces.currentWidget() is self.importing:
            self.importing.leave()

    def _show_cards(self) -> None:
        self.counts.load()
        self._faces.setCurrentIndex(0)
        self.counts.button.setFocus()

    def on_shown(self) -> None:
        """The day's counts may have come in meanwhile."""
        self.counts.load()

    def load(self) -> None:
        """Show what is set."""
        share = settings.get(self._place.seat, Share)
        desk = settings.get(self._place.seat, DeskSettings)
        for line, value in ((self.effective, share.effective), (self.connected, share.connected)):
            line.setText("" if value is None else str(value))
        self.large.setText("" if desk.large_from is None else format_figure(Money(desk.large_from)))
        self.idle.setText(str(desk.idle_minutes))
        self.surnames.setChecked(desk.show_surnames)
        self.tel.setChecked(desk.tel_links)
        self.recorder.setText(desk.recording_system)

    def on_changes(self, changes: Changes) -> None:
        """Somebody else may have set them; not while one types here."""
        if (changes.everything or changes.debtors) and self.isVisible():
            self.counts.load()
        typing = any(
            line.hasFocus() for line in (self.effective, self.connected, self.large, self.idle, self.recorder)
        )
        if (changes.settings or changes.everything) and not typing:
            self.load()

    def save_share(self) -> None:
        """Write the share down."""
        share = Share(_number(self.effective.text()), _number(self.connected.text()))
        self.connected_field.set_error("")
        if share.effective is not None and share.connected is not None and share.connected < share.effective:
            self.connected_field.set_error(self.tr("Every talk is a connected call: at least as many as talks."))
            self.connected.setFocus()
            return
        if self._change(share):
            self._place.toast(self.tr("The share is saved."), Tone.OK)

    def save_desk(self) -> None:
        """Write the desk's figures down; another threshold sorts the queue anew, in a worker."""
        if self._busy:
            return
        before = settings.get(self._place.seat, DeskSettings)
        self.large_field.set_error("")
        self.idle_field.set_error("")
        typed, large, meant = self.large.text().strip(), None, ""
        if typed:
            try:
                large = parse_money(typed).minor
            except NotAnAmountError as error:
                large, meant = 0, error.meant
            if large <= 0:
                wrong = self.tr("Write an amount, as 20,000.00, or leave it empty.")
                asked = self.tr("This isn't an amount. Did you mean {figure}?").format(figure=meant)
                self.large_field.set_error(asked if meant else wrong)
                self.large.setFocus()
                return
        idle = _number(self.idle.text()) or 0
        if not 1 <= idle <= LONGEST_IDLE:
            self.idle_field.set_error(self.tr("Between 1 and {most} minutes.").format(most=LONGEST_IDLE))
            self.idle.setFocus()
            return
        after = replace(
            before,
            large_from=large,
            idle_minutes=idle,
            show_surnames=self.surnames.isChecked(),
            tel_links=self.tel.isChecked(),
            recording_system=self.recorder.text().strip(),
        )
        if after == before or not self._change(after):
            return
        self._place.toast(self.tr("The figures are saved."), Tone.OK)
        if before.large_from != large:
            self._sort_anew()

    def _change(self, value: Share | DeskSettings) -> bool:
        with self._place.attempt():
            changes = settings.change(self._place.seat, value)
            self._place.changed(changes)
            return True
        return False

    def _sort_anew(self) -> None:
        self._busy = True
        self.desk_button.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.desk_note.setText(self.tr("The queue is being sorted by the new figure; you can go on working."))
        seat = self._place.seat

        def work(job: Job) -> Changes:
            return backup.rebuild(seat, progress=job.report, cancelled=lambda: job.cancelled)

        def step(at: object) -> None:
            done, total = getattr(at, "done", 0), getattr(at, "total", 0)
            self.bar.setRange(0, total)
            self.bar.setValue(done)

        self._place.tasks.run(work, owner=self, done=self._place.changed, progress=step, ended=self._sorted)

    def _sorted(self) -> None:
        self._busy = False
        self.desk_button.setEnabled(True)
        self.bar.hide()
        self.desk_note.setText("")

    def retranslate(self) -> None:
        """Set every text anew."""
        self.counts.load()
        self.importing.retranslate()
        self.share_card.set_title(self.tr("This workstation's share of the day's caps"))
        self.share_words.setText(
            self.tr("The law caps calls for the bank and all its agencies together: each may use only its share.")
        )
        self.effective_field.set_label(self.tr("Talks with one debtor a day"), self.tr("Empty: nothing agreed."))
        self.connected_field.set_label(
            self.tr("Connected calls to one debtor a day"), self.tr("Empty: nothing agreed.")
        )
        self.share_button.setText(self.tr("Save the share"))
        self.desk_card.set_title(self.tr("Queue and window"))
        self.large_field.set_label(
            self.tr("A large amount begins at"), self.tr("Empty: the largest tenth of the book.")
        )
        self.idle_field.set_label(
            self.tr("Minutes until the window locks"),
            self.tr("Never during an open call. In force from the next sign-in."),
        )
        self.surnames.setText(self.tr("Surnames in the queue"))
        self.recorder_field.set_label(
            self.tr("What records every call by itself, as its logs name it (empty: each log names its recording)")
        )
        self.tel.setText(self.tr("Dial by the system's telephone program (tel:) instead of copying"))
        self.desk_button.setText(self.tr("Save"))
        only = self.tr("A team lead sets this.")
        self.share_note.setText("" if self.share_allowed else only)
        self.desk_note.setText("" if self.desk_allowed else only)


def _number(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None
