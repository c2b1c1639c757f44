"""The left column: find a debtor, what part of the queue is looked at, and the queue itself."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from collector_desk.domain.book.debts import QueueRow
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass, QueueFilter, QueueOrder
from collector_desk.domain.vocabulary import Bucket, Stage
from collector_desk.services.book import cases, queueing
from collector_desk.services.book.queueing import DayProgress
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Card, ElidedLabel, EmptyState, Text
from collector_desk.ui.widgets.kept_field import KeptField
from collector_desk.ui.widgets.pick_field import Choice, PickField
from collector_desk.ui.window.tasks import Tasks
from collector_desk.ui.words import say, word
from collector_desk.ui.work.queue.coming_due import ComingDue
from collector_desk.ui.work.queue.day_bar import DayBar
from collector_desk.ui.work.queue.model import ROW_ROLE, QueueModel
from collector_desk.ui.work.queue.row_list import QueueList

_COUNT_MS = 120
_FILTERS = "f"
_FILTER_KEYS = "0123456789abcdefghijklmnopqrstuvwxyz"
_AMOUNTS = (1_000_000, 5_000_000, 10_000_000)


class QueueColumn(Card):
    """``chosen`` and ``looked_up`` carry the id of a debtor whose case is to be opened, from the queue or found."""

    chosen = Signal(str)
    looked_up = Signal(str)
    left = Signal()
    reloaded = Signal()
    counted = Signal()

    def __init__(self, seat: Seat, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("…", parent, margin=12)
        self._seat, self._tasks = seat, tasks
        self._asked = self._reading = 0
        self._marked: str | None = None
        self._walked = False
        self._due: set[str] | None = None
        self._read = False  # before the first reading nothing is said, least of all 0
        self._progress: DayProgress | None = None
        self._hidden = False  # a third party listens
        self.model = QueueModel(seat)
        self.found = QueueModel(seat)
        self.count = Text(size=Size.CAPTION, tint=Tint.DIM)
        self.corner.addWidget(self.count)
        self.typed = KeptField()
        self.typed.setClearButtonEnabled(True)
        self.body.addWidget(self.typed)
        self.classes = PickField(quiet=True)
        self.filters = PickField(quiet=True)
        row = QHBoxLayout()
        row.setSpacing(Gap.TIGHT)
        row.addWidget(self.classes, 5)
        row.addWidget(self.filters, 4)
        self.body.addLayout(row)
        self.bar = DayBar()
        self.body.addWidget(self.bar)
        self.paid = ElidedLabel(size=Size.CAPTION, tint=Tint.OK_STRONG)
        self.paid.hide()
        self.body.addWidget(self.paid)
        self.due = ComingDue(seat)
        self.body.addWidget(self.due)
        self.list = QueueList()
        self.list.setModel(self.model)
        self.results = QueueList()
        self.results.setModel(self.found)
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        for part in (self.list, self.results, self.empty):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack, 1)
        self.body.setContentsMargins(Margin.QUEUE)
        self._counting = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._counting.timeout.connect(self._ask_counts)
        self.typed.textChanged.connect(self._search)
        self.typed.entered.connect(self._open_found)
        self.typed.moved.connect(self._move_in_results)
        self.typed.left.connect(self.stop_finding)
        self.list.clicked.connect(self._clicked)
        self.results.clicked.connect(self._clicked)
        self.classes.picked.connect(self._pick_class)
        self.filters.picked.connect(self._pick_filter)
        self.empty.acted.connect(self._all)

    # --- the queue -----------------------------------------------------------------------------------

    @property
    def where(self) -> QueueFilter:
        """The part of the queue that is looked at."""
        return self.model.where

    def reload(self, current: str | None = None) -> None:
        """Read the queue anew and mark the case on the screen."""
        self._reading += 1  # what is still read beside the window is older than this
        self._marked = self.walked or current or self.selected()
        self._take(queueing.rows(self._seat, self.where, limit=self.model.first))

    def reload_beside(self) -> None:
        """The same beside the window: the list changes once the rows are there."""
        self._reading += 1
        seat, where, first = self._seat, self.where, self.model.first
        self._tasks.run(
            lambda _job: queueing.rows(seat, where, limit=first),
            owner=self,
            done=partial(self._arrived, self._reading),
        )

    def _arrived(self, reading: int, rows: Sequence[QueueRow]) -> None:
        if reading == self._reading:  # a later reading is under way, or was faster, otherwise
            self._take(rows)
            self.reloaded.emit()

    def _take(self, rows: Sequence[QueueRow]) -> None:
        place = self.list.verticalScrollBar().value()
        self._read = True
        self.model.take_first(rows)
        self.mark(self._marked)
        self.list.verticalScrollBar().setValue(place)
        if self.list.currentIndex().isValid():
            self.list.scrollTo(self.list.currentIndex())
        self._counting.start()
        self._show()

    def mark(self, debtor_id: str | None) -> None:
        """Select a debtor's row, if it is there, and bring it into view."""
        self._marked = debtor_id
        line = self.model.row_of(debtor_id) if debtor_id else -1
        if line < 0:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
            return
        index = self.model.index(line)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def first_rows(self) -> list[QueueRow]:
        """The rows at the head of the queue, as far as they were read."""
        rows = (self.model.at(place) for place in range(min(self.model.rowCount(), 40)))
        return [row for row in rows if row is not None]

    def newly_due(self) -> list[QueueRow]:
        """Rows that have come to their minute since this was last asked; none the first time."""
        rows = [row for row in self.first_rows() if row.queue_class is QueueClass.DUE_NOW]
        known, self._due = self._due, {row.debtor_id for row in rows}
        return [] if known is None else [row for row in rows if row.debtor_id not in known]

    def selected(self) -> str | None:
        """The debtor of the selected row."""
        row = self.list.currentIndex().data(ROW_ROLE)
        return row.debtor_id if isinstance(row, QueueRow) else None

    # --- walking through it --------------------------------------------------------------------------

    @property
    def walked(self) -> str | None:
        """The row chosen by the arrows, which Enter opens; None where nobody walks."""
        return self.selected() if self._walked or self.list.hasFocus() else None

    def walk(self, step: int) -> None:
        """Choose the row above or below; the case on the screen stays."""
        if self._stack.currentWidget() is not self.list:
            return
        line = max(self.list.currentIndex().row() + step, 0)
        while line >= self.model.rowCount() and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())
        row = self.model.at(min(line, self.model.rowCount() - 1))
        if row is not None:
            self.mark(row.debtor_id)
            self._walked = True

    def stop_walking(self, current: str | None) -> None:
        """Back to the row of the case on the screen."""
        self._walked = False
        self.mark(current)

    def read_settings(self) -> None:
        """Whether the team lets the queue show surnames."""
        shown = settings.get(self._seat, DeskSettings).show_surnames
        for view in (self.list, self.results):
            view.delegate.show_surnames = shown

    def hide_figures(self, hidden: bool) -> None:
        """A third party listens: no amount anywhere on the screen."""
        self._hidden = hidden
        self._show_paid()
        for view in (self.list, self.results):
            view.hide_figures(hidden)

    # --- finding -------------------------------------------------------------------------------------

    def start_finding(self) -> None:
        """The focus goes to the field, its text selected."""
        self.typed.setFocus()
        self.typed.selectAll()

    def stop_finding(self) -> None:
        """Back to the queue."""
        self.typed.clear()
        self.left.emit()

    def _search(self, text: str) -> None:
        rows = cases.find(self._seat, text) if text.strip() else ()
        self.found.apart = cases.told_apart(self._seat, text, rows) if rows else {}
        self.found.show_rows(rows)
        if rows:
            self.results.setCurrentIndex(self.found.index(0))
        self._show()

    def _open_found(self) -> None:
        if not self.typed.text().strip():
            if self._walked and (row_id := self.selected()):
                self.chosen.emit(row_id)
            return
        row = self.results.currentIndex().data(ROW_ROLE)
        if isinstance(row, QueueRow):
            self.looked_up.emit(row.debtor_id)

    def _move_in_results(self, step: int) -> None:
        if not self.typed.text().strip():
            self.walk(step)
            return
        line = max(0, min(self.results.currentIndex().row() + step, self.found.rowCount() - 1))
        self.results.setCurrentIndex(self.found.index(line))

    def _clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, QueueRow):
            (self.chosen if index.model() is self.model else self.looked_up).emit(row.debtor_id)

    # --- what part of it -----------------------------------------------------------------------------

    def open_classes(self) -> None:
        """By a key: the classes of the queue, and from there what else may be wanted."""
        self.classes.open_menu()

    def _pick_class(self, value: object) -> None:
        if value == _FILTERS:
            self.filters.open_menu()
            return
        classes = frozenset({value}) if isinstance(value, QueueClass) else frozenset()
        self._look_at(replace(self.where, classes=classes))

    def _pick_filter(self, value: object) -> None:
        where = self.where
        match value:
            case Stage():
                where = replace(where, stage=None if where.stage is value else value)
            case QueueOrder():
                where = replace(where, order=value)
            case Bucket():
                where = replace(where, bucket=None if where.bucket is value else value)
            case Money():
                where = replace(where, amount_from=None if where.amount_from == value.minor else value.minor)
            case "promise_due":
                where = replace(where, promise_due=not where.promise_due)
            case "never_tried":
                where = replace(where, never_tried=not where.never_tried)
            case "mine_only":
                where = replace(where, mine_only=not where.mine_only)
            case _:
                where = QueueFilter(classes=where.classes)
        self._look_at(where)

    def _all(self) -> None:
        self._look_at(QueueFilter())

    def _look_at(self, where: QueueFilter) -> None:
        self.model.where = where
        self.reload()
        self.list.scrollToTop()

    def _ask_counts(self) -> None:
        """Count beside the window: with many cases it takes longer than a key may."""
        self._asked += 1
        where, seat = self.where, self._seat
        self._tasks.run(
            lambda _job: queueing.progress(seat, where), owner=self, done=partial(self._counted, self._asked)
        )

    def _counted(self, asked: int, progress: DayProgress) -> None:
        if asked == self._asked:  # a later question is under way otherwise
            self.model.counts = progress.counts
            self._progress = progress
            self._show_counts()
            self._show_paid()
            self.counted.emit()

    @property
    def waiting(self) -> bool:
        """Whether Enter finds a case under the filter, as far as that is known."""
        return self._progress.left > 0 if self._progress else bool(self.model.rowCount())

    def _headline(self) -> str:
        """What is left to work under the filter, and what one has done today."""
        if self._progress is None:
            return ""
        told = self.tr("left {left} · done {done}")
        if any(not item.workable for item in self.where.classes):  # seen to, but not worked off
            told = self.tr("{left} debtors · done {done}")
        return told.format(left=f"{self._progress.left:,}", done=f"{self._progress.done:,}")

    def _show_paid(self) -> None:
        """What came in today of whom one holds, in a quiet line."""
        paid = [say(one.said) for one in self._progress.paid] if self._progress else []
        self.paid.setText(self.tr("Paid today: {who}").format(who="  ·  ".join(paid)) if paid else "")
        self.paid.setVisible(bool(paid) and not self._hidden)

    def _show_counts(self) -> None:
        counts = self.model.counts
        everything = sum(counts.values())
        self.count.setText(self._headline())
        progress = self._progress
        self.bar.set(progress.done if progress else 0, progress.left if progress else 0)
        known = self._progress is not None
        whole = self.tr("All · {count}").format(count=f"{everything:,}") if known else self.tr("All")
        choices = [Choice(0, whole, "0")]
        keys = iter("123456789abcde")
        choices += [
            Choice(item, f"{word(item)} · {counts.get(item, 0):,}", next(keys))
            for item in QueueClass
            if counts.get(item) or item in self.where.classes
        ]
        choices.append(Choice(_FILTERS, self.tr("Filter and order…"), _FILTERS, gap=True))
        self.classes.set_choices(choices)
        self.classes.set_value(next(iter(self.where.classes), 0))
        self._show_filters()
        self._show()

    def _show_filters(self) -> None:
        where = self.where
        flags = {
            "promise_due": (self.tr("Promise due"), where.promise_due),
            "never_tried": (self.tr("Never tried"), where.never_tried),
            "mine_only": (self.tr("Only mine"), where.mine_only),
        }
        choices = [Choice("", self.tr("No filter"), "0", ticked=where == QueueFilter(classes=where.classes))]
        choices += [
            Choice(stage, word(stage), gap=stage is Stage.PRE_DUE, ticked=where.stage is stage) for stage in Stage
        ]
        choices += [
            Choice(bucket, bucket.value, gap=bucket is Bucket.M0, ticked=where.bucket is bucket)
            for bucket in Bucket
        ]
        choices += [
            Choice(
                Money(amount),
                self.tr("From {amount}").format(amount=f"¥{amount // 100:,}"),
                gap=amount == _AMOUNTS[0],
                ticked=where.amount_from == amount,
            )
            for amount in _AMOUNTS
        ]
        choices += [Choice(name, text, gap=name == "promise_due", ticked=on) for name, (text, on) in flags.items()]
        choices += [
            Choice(order, word(order), gap=order is QueueOrder.TRADE, ticked=where.order is order)
            for order in QueueOrder
        ]
        choices = [replace(choice, key=key) for choice, key in zip(choices, _FILTER_KEYS, strict=False)]
        self.filters.set_choices(choices)
        on = [choice.text for choice in choices[1:] if choice.ticked and choice.value is not QueueOrder.TRADE]
        self.filters.placeholder = " · ".join(on) or self.tr("Filter")
        self.filters.set_value(None)

    def _show(self) -> None:
        if self.typed.text().strip():
            self._stack.setCurrentWidget(self.results if self.found.rowCount() else self.empty)
            self.empty.say(
                self.tr("Nobody found"),
                self.tr("By name, pinyin initials, three digits of a number, or case number."),
            )
        elif self.model.rowCount() or not self._read:
            self._stack.setCurrentWidget(self.list)
        else:
            self._stack.setCurrentWidget(self.empty)
            if self.where == QueueFilter():
                self.empty.say(
                    self.tr("No cases yet"), self.tr("The steps beside this list lead to the first call.")
                )
            else:
                self.empty.say(
                    self.tr("Nothing under this filter"),
                    self.tr("Choose another class or take the filter off."),
                    self.tr("Show all"),
                )

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("Today's queue"))
        self.typed.setPlaceholderText(self.tr("Find: name, initials, digits"))
        self.typed.setAccessibleName(self.tr("Find a debtor"))
        self.due.retranslate()
        self.classes.setAccessibleName(self.tr("Class of the queue"))
        self.filters.setAccessibleName(self.tr("Filter"))
        self._show_counts()
        self._show_paid()
        self.list.viewport().update()
