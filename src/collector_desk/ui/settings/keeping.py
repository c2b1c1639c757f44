"""Backup and history: a copy of the store, putting one back, and the proof that nothing was changed."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Trouble, msg
from collector_desk.domain.office.backups import BackupInfo
from collector_desk.domain.office.proof import VerifyReport
from collector_desk.services.office import backup, going_on
from collector_desk.ui.settings.kept_card import KeptCard
from collector_desk.ui.settings.standing_card import StandingCard
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import BodyText, Card, FormField, PasswordField, SoftPanel, StateMark, Text, primary
from collector_desk.ui.widgets.facts import Column, LabelledFacts
from collector_desk.ui.window.asking import ask_file, ask_save, may_replace
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.tasks import Job, Progress
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say

_FILTER = "*.cdbackup"
_MANY_DAYS = 7  # after so many days without a backup the date is marked


class Line(QWidget):
    """One sentence of a report with its mark."""

    def __init__(self, tone: Tone, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = text
        box = QHBoxLayout(self)
        box.setContentsMargins(Margin.HAIR)
        box.setSpacing(Gap.ROW)
        box.addWidget(StateMark(tone, side=15))
        box.addWidget(Text(text, wrap=True), 1)


class KeepingPart(Page):
    """Whether the store is the right one, where that is in doubt; then four cards: make a backup, prove the
    history, put a backup back, what is kept beyond its term."""

    def __init__(self, place: Workplace, leave_for: Callable[[Callable[[Job], Message]], None]) -> None:
        super().__init__()
        self._place = place
        self._leave_for = leave_for
        self._job: Job | None = None
        self._backup: tuple[Path, BackupInfo] | None = None
        self._report: VerifyReport | None = None
        self.column = Column()
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(self.column)
        self.kept_card, self.standing_card = KeptCard(place), StandingCard(place)
        for card in (
            self.standing_card,
            self._make_backup(),
            self._make_verify(),
            self._make_restore(),
            self.kept_card,
        ):
            self.column.box.addWidget(card)
        self.kept_card.setVisible(self.kept_card.allowed)
        self.column.box.addStretch(1)
        self.retranslate()
        self.load()
        self.standing_card.load()

    def _make_backup(self) -> Card:
        self.backup_card = Card("…", margin=18)
        self.last_mark = StateMark(Tone.NEUTRAL, side=16)
        self.last = Text(size=Size.LABEL)
        self.backup_words = BodyText()
        self.backup_words.set_tint(Tint.DIM)
        self.backup_button = primary(QPushButton())
        self.backup_button.clicked.connect(self.back_up)
        self.backup_bar = _bar()
        row = QHBoxLayout()
        row.addWidget(self.last_mark)
        row.addWidget(self.last, 1)
        row.addWidget(self.backup_button)
        self.backup_card.body.addLayout(row)
        self.backup_card.body.addWidget(self.backup_words)
        self.backup_card.body.addWidget(self.backup_bar)
        self.backup_bar.hide()
        return self.backup_card

    def _make_verify(self) -> Card:
        self.verify_card = Card("…", margin=18)
        self.verify_words = BodyText()
        self.verify_words.set_tint(Tint.DIM)
        self.verify_button = QPushButton()
        self.verify_button.setAutoDefault(False)
        self.verify_button.clicked.connect(self.verify)
        self.verify_bar = _bar()
        self.report = SoftPanel()
        row = QHBoxLayout()
        self.deep = QCheckBox()
        row.addWidget(self.verify_words, 1)
        row.addWidget(self.verify_button)
        self.verify_card.body.addLayout(row)
        self.verify_card.body.addWidget(self.deep)
        self.verify_card.body.addWidget(self.verify_bar)
        self.verify_card.body.addWidget(self.report)
        self.verify_bar.hide()
        self.report.hide()
        return self.verify_card

    def _make_restore(self) -> Card:
        self.restore_card = Card("…", margin=18)
        self.restore_words = BodyText()
        self.restore_words.set_tint(Tint.DIM)
        self.choose_button = QPushButton()
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(self.choose_backup)
        row = QHBoxLayout()
        row.addWidget(self.restore_words, 1)
        row.addWidget(self.choose_button)
        self.restore_card.body.addLayout(row)
        self.sure = SoftPanel(tone=Tone.WARN)
        self.found = LabelledFacts()
        self.sure.body.addWidget(self.found)
        self.reason, self.password = QLineEdit(), PasswordField()
        self.reason.setMaxLength(500)
        self.reason_field, self.password_field = FormField("…", self.reason), FormField("…", self.password)
        self.reason.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.restore)
        fields = QHBoxLayout()
        fields.setSpacing(Gap.PAGE)
        fields.addWidget(self.reason_field, 2)
        fields.addWidget(self.password_field, 1)
        self.sure.body.addLayout(fields)
        self.restore_button = QPushButton()
        self.restore_button.setAutoDefault(False)
        self.restore_button.clicked.connect(self.restore)
        self.keep_button = QPushButton()
        self.keep_button.setAutoDefault(False)
        self.keep_button.clicked.connect(self.forget_backup)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.keep_button)
        foot.addWidget(self.restore_button)
        self.sure.body.addLayout(foot)
        self.restore_card.body.addWidget(self.sure)
        self.sure.hide()
        return self.restore_card

    # --- backup --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Show when the last backup was made."""
        seat = self._place.seat
        last = backup.last_backup(seat)
        if last is None:
            self.last.setText(self.tr("No backup of this store was ever made."))
            self.last_mark.set_tone(Tone.WARN)
            return
        at = last.at.astimezone(ZoneInfo(seat.zone))
        days = (seat.today() - at.date()).days
        self.last.setText(
            self.tr("Last backup {at}, by {name}").format(at=f"{at:%Y-%m-%d %H:%M}", name=last.by or "—")
        )
        self.last_mark.set_tone(Tone.OK if days < _MANY_DAYS else Tone.WARN)

    def on_shown(self) -> None:
        """The date may be another by now."""
        self.load()
        self.kept_card.load()
        self.standing_card.load()

    def on_changes(self, changes: Changes) -> None:
        """A backup made at another seat counts too."""
        if changes.everything:
            self.load()
            self.standing_card.load()

    def back_up(self) -> None:
        """Ask where to, and write it in a worker; the same button stops it."""
        if self._job is not None:
            self._job.cancel()
            return
        seat = self._place.seat
        target = ask_save(self, self.tr("Make a backup"), backup.suggested_name(seat), _FILTER)
        if target is None:
            return
        replace = may_replace(target)

        def work(job: Job) -> BackupInfo:
            return backup.back_up(seat, target, progress=job.report, replace=replace)

        def done(info: BackupInfo) -> None:
            size = f"{info.size / 1e6:.1f}"
            told = msg("office.keeping.backed_up", file=target.name, size=size, last=info.last_seq)
            self._place.toast(say(told), Tone.OK)
            self.load()

        self._run(work, done, self.backup_bar)

    # --- proof ---------------------------------------------------------------------------------------

    def verify(self) -> None:
        """Prove the history in a worker; the same button stops it."""
        if self._job is not None:
            self._job.cancel()
            return
        seat, deep = self._place.seat, self.deep.isChecked()

        def work(job: Job) -> VerifyReport:
            return backup.verify(seat, deep=deep, progress=job.report, cancelled=lambda: job.cancelled)

        self.report.hide()
        self._run(work, self._verified, self.verify_bar)

    def _verified(self, report: VerifyReport) -> None:
        self._report = report
        self._show_report()

    def _show_report(self) -> None:
        report = self._report
        if report is None:
            return
        while self.report.body.count():
            item = self.report.body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        tone = Tone.OK if report.ok else Tone.DANGER if report.faults else Tone.NEUTRAL
        self.report.set_tone(tone)
        verdict = Text(say(backup.verdict(report)), size=Size.LABEL, wrap=True)
        verdict.set_tint(tone.strong)
        self.report.body.addWidget(verdict)
        for finding in report.findings[:20]:
            self.report.body.addWidget(Line(Tone.DANGER, say(finding.message)))
        if report.faults > 20:
            more = self.tr("… and {count} more; the command line lists them.").format(count=report.faults - 20)
            self.report.body.addWidget(Line(Tone.DANGER, more))
        for message in report.proved:
            self.report.body.addWidget(Line(Tone.OK, say(message)))
        for message in report.unproved:
            self.report.body.addWidget(Line(Tone.NEUTRAL, say(message)))
        self.report.show()

    # --- putting one back ----------------------------------------------------------------------------

    def choose_backup(self) -> None:
        """Look at a backup before anything is done with it."""
        file = ask_file(self, self.tr("Choose a backup"), _FILTER)
        if file is None:
            return
        with self._place.attempt():
            info = backup.inspect(file)
            self._backup = (file, info)
            self._show_backup()
            self.reason.setFocus()
            QTimer.singleShot(0, self, lambda: self.column.ensureWidgetVisible(self.restore_button))

    def _show_backup(self) -> None:
        if self._backup is None:
            return
        file, info = self._backup
        seat = self._place.seat
        mine = info.store_id == seat.store_id
        at = info.made_at.astimezone(ZoneInfo(seat.zone))
        self.found.show_facts(
            [
                (self.tr("File"), file.name),
                (self.tr("Made"), f"{at:%Y-%m-%d %H:%M}"),
                (self.tr("Holds"), self.tr("everything up to act no. {last}").format(last=info.last_seq)),
                (self.tr("Store"), self.tr("this one") if mine else self.tr("another store than this one")),
            ]
        )
        self.sure.show()

    def forget_backup(self) -> None:
        """Leave everything as it is."""
        self._backup = None
        self.reason.clear()
        self.password.clear()
        self.sure.hide()

    def restore(self) -> None:
        """Sign out, put the backup in the store's place, and offer the sign-in again."""
        if self._backup is None:
            return
        self.reason_field.set_error("" if self.reason.text().strip() else self.tr("Say why; it is kept for good."))
        self.password_field.set_error("" if self.password.text() else self.tr("Your password opens the backup."))
        for field in (self.reason_field, self.password_field):
            if field.error():
                field.field.setFocus()
                return
        file, _ = self._backup
        seat = self._place.seat
        folder, who, clock = seat.folder, seat.person.id, seat.clock
        zone, password, reason = ZoneInfo(seat.zone), self.password.text(), self.reason.text()
        self.forget_backup()

        def work(job: Job) -> Message:
            done = backup.restore(
                file, folder, who=who, password=password, reason=reason, clock=clock, progress=job.report
            )
            if not done.tied:
                raise Trouble("office.keeping.loss_waits")
            at = f"{done.info.made_at.astimezone(zone):%Y-%m-%d %H:%M}"  # nobody is signed in when it is told
            return msg("office.keeping.restored", at=at, last=done.info.last_seq)

        self._leave_for(work)

    # --- what they share -----------------------------------------------------------------------------

    def _run(self, work: Callable[[Job], object], done: Callable[..., None], bar: QProgressBar) -> None:
        bar.setRange(0, 0)
        bar.show()
        self._set_busy(bar)

        def step(at: Progress) -> None:
            bar.setRange(0, at.total)
            bar.setValue(at.done)

        def ended() -> None:
            self._job = None
            bar.hide()
            self._set_busy(None)

        self._job = self._place.tasks.run(work, owner=self, done=done, progress=step, ended=ended)

    def _set_busy(self, bar: QProgressBar | None) -> None:
        """While one is at it the others wait; its own button stops it."""
        self.backup_button.setEnabled(bar in (None, self.backup_bar))
        self.verify_button.setEnabled(bar in (None, self.verify_bar))
        self.choose_button.setEnabled(bar is None and going_on.may_answer(self._place.seat))
        stop = self.tr("Stop")
        self.backup_button.setText(stop if bar is self.backup_bar else self.tr("Make a backup…"))
        self.verify_button.setText(stop if bar is self.verify_bar else self.tr("Verify the history"))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.backup_card.set_title(self.tr("Backup"))
        self.backup_words.setText(
            self.tr(
                "One file, encrypted like the store; who can sign in today can sign in to it. Keep it elsewhere."
            )
        )
        self.kept_card.retranslate()
        self.standing_card.retranslate()
        self.verify_card.set_title(self.tr("History"))
        self.verify_words.setText(
            self.tr(
                "Checks every act ever written: order, content, signatures, that no older copy was put back, and "
                "what is shown after it."
            )
        )
        self.deep.setText(
            self.tr("Work out every debtor's place in the queue anew, not those of {count} drawn (slow)").format(
                count=backup.SAMPLE
            )
        )
        self.restore_card.set_title(self.tr("Put a backup back"))
        able = going_on.may_answer(self._place.seat)
        self.restore_words.setText(
            self.tr(
                "You are signed out; the store as it is now is kept beside it. What was done since is given up."
            )
            if able
            else self.tr("A team lead puts a backup back.")
        )
        self.choose_button.setText(self.tr("Choose a backup…"))
        self.reason_field.set_label(self.tr("Why later work is given up"))
        self.password_field.set_label(self.tr("Your password"))
        self.restore_button.setText(self.tr("Sign out and put it back"))
        self.keep_button.setText(self.tr("Leave everything as it is"))
        self._set_busy(
            None if self._job is None else self.backup_bar if self.backup_bar.isVisible() else self.verify_bar
        )
        self.load()
        self._show_report()
        self._show_backup()


def _bar() -> QProgressBar:
    made = QProgressBar()
    made.setTextVisible(False)
    return made
