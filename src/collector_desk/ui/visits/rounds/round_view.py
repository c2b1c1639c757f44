"""The rounds of a day: who goes where in which order, spare cases, the packs to take along and those still out."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import msg
from collector_desk.domain.people import Act, may
from collector_desk.domain.visits.rounds import Round, RoundStop, moved
from collector_desk.exchange import outgoing
from collector_desk.services.visits import rounds, take_along
from collector_desk.services.visits.take_along import MadePack
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Margin, Width
from collector_desk.ui.visits.rounds.pack_line import PackLine
from collector_desk.ui.visits.rounds.pack_papers import ask_folder, save_pack, write_papers
from collector_desk.ui.widgets import Card, MenuList, Text
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.window.keys import bind
from collector_desk.ui.window.page import FollowsLanguage
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import day as day_words
from collector_desk.ui.words import language, say

_STOP = Qt.ItemDataRole.UserRole


class RoundView(FollowsLanguage, QScrollArea):
    """``left`` closes it, ``acted`` carries what was changed."""

    left = Signal()
    acted = Signal(object)

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.day = place.seat.today()
        self._plans = may(place.seat.person.roles, Act.OPEN_VISIT)
        self.list = MenuList()
        self.list.setMinimumHeight(Height.ROUNDS)
        self.title = Text(size=Size.LABEL)
        self.waiting = Text(wrap=True, tint=Tint.DIM)
        self.earlier, self.later = QPushButton("◀"), QPushButton("▶")
        self.up_button, self.down_button = KeyButton("stop_up"), KeyButton("stop_down")
        self.spare_button = KeyButton("stop_spare")
        self.pack_button = KeyButton("print", main=True)
        self.back_button = KeyButton("leave")
        self.card, self.out_card = Card(), Card()
        self._out = QVBoxLayout()
        self.pack_lines: list[PackLine] = []
        self._plan: rounds.DayPlan | None = None
        self._lay_out()
        for key, act in (
            ("stop_up", partial(self.move_stop, -1)),
            ("stop_down", partial(self.move_stop, 1)),
            ("stop_spare", self.toggle_spare),
        ):
            bind(self, key, act)
        self._say()
        self.show_day(self._first_day())

    def first_field(self) -> QWidget:
        """Where the keys go."""
        return self.list

    def show_day(self, day: date) -> None:
        """Read the rounds of a day."""
        self.day = day
        self._load(None)

    def stop(self) -> RoundStop | None:
        """The chosen visit."""
        item = self.list.currentItem()
        found = item.data(_STOP) if item is not None else None
        return found if isinstance(found, RoundStop) else None

    def move_stop(self, by: int) -> None:
        """One place up or down in its round."""
        chosen, plan = self.stop(), self._plan
        if chosen is None or plan is None or not self._plans:
            return
        own = next(one for one in plan.rounds if chosen.visit_id in {stop.visit_id for stop in one.stops})
        order = [stop.visit_id for one in plan.rounds if one is not own for stop in one.stops]
        order += moved([stop.visit_id for stop in own.stops], chosen.visit_id, by)
        self._keep(tuple(order), self._spares(), chosen.visit_id)

    def toggle_spare(self) -> None:
        """Gone to only where time is left, or not."""
        chosen, plan = self.stop(), self._plan
        if chosen is None or plan is None or not self._plans:
            return
        order = tuple(stop.visit_id for one in plan.rounds for stop in one.stops)
        spares = set(self._spares()) ^ {chosen.visit_id}
        self._keep(order, tuple(sorted(spares)), chosen.visit_id)

    def make_pack(self) -> None:
        """Make the pack of the chosen round for its first visitor (or for oneself), into a folder."""
        chosen, plan = self.stop(), self._plan
        if chosen is None or plan is None:
            return
        mine = self._place.seat.person.id
        holder = mine if mine in chosen.pair else chosen.pair[0]
        ids = tuple(stop.visit_id for one in plan.rounds if one.pair == chosen.pair for stop in one.stops)
        folder = self.ask_folder()
        if not folder:
            return
        seat, lang = self._place.seat, language()

        def work(_: object) -> MadePack:
            outgoing.check_folder(Path(folder))  # before a numbered pack is issued
            made = take_along.make(seat, ids, holder, lang)
            write_papers(Path(folder), made.number, made.pack.data, made.letter.data)
            return made

        self._place.tasks.run(work, owner=self, done=self._made, failed=self._place.troubled)

    def digit(self, number: int) -> None:
        """To the pack under this digit; Enter then ticks it off."""
        if 0 < number <= len(self.pack_lines) and not self.pack_lines[number - 1].back.isHidden():
            self.pack_lines[number - 1].back.setFocus(Qt.FocusReason.TabFocusReason)

    def lose(self) -> None:
        """The pack on which the keys are is lost: ask how."""
        for line in self.pack_lines:
            if line.has_keys:
                line.lost.open()

    def ask_folder(self) -> str:
        """Ask where the papers go. Tests replace this."""
        return ask_folder(self)

    # --- parts ---------------------------------------------------------------------------------------

    def _first_day(self) -> date:
        """The next day somebody goes, within a week; else today."""
        days = (self._place.seat.today() + timedelta(days=ahead) for ahead in range(8))
        found = (one for one in days if rounds.day_plan(self._place.seat, one).rounds)
        return next(found, self._place.seat.today())

    def _spares(self) -> tuple[str, ...]:
        stops = (stop for one in self._plan.rounds for stop in one.stops) if self._plan else iter(())
        return tuple(stop.visit_id for stop in stops if stop.spare)

    def _keep(self, order: tuple[str, ...], spares: tuple[str, ...], chosen: str) -> None:
        changes: Changes | None = None
        with self._place.attempt():
            changes = rounds.put_in_order(self._place.seat, self.day, order, spares)
        self._load(chosen)
        if changes is not None:
            self.acted.emit(changes)

    def _made(self, made: MadePack) -> None:
        said = self.tr("Pack {number}: {count} pages. It is out until a lead ticks it off.")
        self._place.toast(said.format(number=made.number, count=made.pack.pages), Tone.OK)
        self._load(None)

    def _load(self, chosen: str | None) -> None:
        seat = self._place.seat
        self._plan = rounds.day_plan(seat, self.day)
        self.title.setText(day_words(self.day))
        self.list.clear()
        for one in self._plan.rounds:
            self._add_round(one, self._plan.names)
        for row in range(self.list.count()):
            found = self.list.item(row).data(_STOP)
            if found is not None and (chosen is None or found.visit_id == chosen):
                self.list.setCurrentRow(row)
                break
        empty = not self._plan.rounds
        lines = [self.tr("Nobody goes on this day.")] if empty else []
        if self._plan.waiting:
            lines.append(self.tr("Waiting in the same districts, to be planned as spare cases:"))
            lines += [f"{one.number}  {one.address}" for one in self._plan.waiting[:6]]
        self.waiting.setText("\n".join(lines))
        self.waiting.setVisible(bool(lines))
        self.list.setVisible(not empty)
        for part in (self.up_button, self.down_button, self.spare_button):
            part.setVisible(self._plans and not empty)
        self.pack_button.setVisible(not empty)
        self._load_packs()

    def _add_round(self, one: Round, names: dict[str, str]) -> None:
        who = " + ".join(names.get(person, "") for person in one.pair)
        head = QListWidgetItem(f"{one.area or say(msg('visits.rounds.no_area'))}   ·   {who}")
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(head)
        for place, stop in enumerate(one.stops, 1):
            start = self._place.seat.local(stop.start)
            marks = [say(msg("visits.rounds.spare"))] if stop.spare else []
            marks += [f"⚠ {say(msg('visits.rounds.early'))}"] if stop.early else []
            text = f"    {place}   {start:%H:%M}   {stop.number}   {stop.address}   {'  '.join(marks)}"
            item = QListWidgetItem(text)
            item.setData(_STOP, stop)
            self.list.addItem(item)

    def _load_packs(self) -> None:
        while self._out.count():
            taken = self._out.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.deleteLater()
        seat = self._place.seat
        self.pack_lines = []
        for number, row in enumerate(take_along.packs(seat, out_only=True), 1):
            mine = row.holder_id == seat.person.id
            line = PackLine(row, number, self._tick if self._plans and not mine else None)
            line.copy_wanted.connect(partial(save_pack, self._place, self, row))
            self.pack_lines.append(line)
            self._out.addWidget(line)
        self.out_card.setVisible(bool(self.pack_lines))

    def _tick(self, pack_id: str, lost: bool, words: str) -> bool:
        with self._place.attempt():
            changes = take_along.take_back(self._place.seat, pack_id, lost=lost, words=words)
            self._load(None)
            self.list.setFocus()
            self._place.toast(self.tr("Ticked off.") if not lost else self.tr("Lost: the leads have it."), Tone.OK)
            self.acted.emit(changes)
            return False  # the line is made anew
        return False

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        for button, by in ((self.earlier, -1), (self.later, 1)):
            button.setAutoDefault(False)
            button.setFixedWidth(Width.ARROW)
            button.clicked.connect(partial(self._turn, by))
        for part in (self.earlier, self.title, self.later):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.back_button)
        acts = QHBoxLayout()
        acts.setSpacing(Gap.ACTS)
        for act in (self.pack_button, self.up_button, self.down_button, self.spare_button):
            acts.addWidget(act)
        acts.addStretch(1)
        for item in (head, self.list, self.waiting, acts):
            if isinstance(item, QHBoxLayout):
                self.card.body.addLayout(item)
            else:
                self.card.body.addWidget(item)
        self.out_card.body.addLayout(self._out)
        self.up_button.clicked.connect(partial(self.move_stop, -1))
        self.down_button.clicked.connect(partial(self.move_stop, 1))
        self.spare_button.clicked.connect(self.toggle_spare)
        self.pack_button.clicked.connect(self.make_pack)
        self.back_button.clicked.connect(self.left)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(Margin.SCROLLED)
        box.setSpacing(Gap.CARD)
        box.addWidget(self.card)
        box.addWidget(self.out_card)
        box.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)

    def _turn(self, by: int, _checked: bool = False) -> None:
        self.show_day(self.day + timedelta(days=by))

    def retranslate(self) -> None:
        """Set every text anew; the chosen stop stays chosen."""
        self._say()
        chosen = self.stop()
        self._load(chosen.visit_id if chosen else None)

    def _say(self) -> None:
        self.card.set_title(self.tr("Rounds of the day"))
        self.out_card.set_title(self.tr("Packs still out"))
        self.earlier.setAccessibleName(self.tr("The day before"))
        self.later.setAccessibleName(self.tr("The day after"))
        self.list.setAccessibleName(self.tr("The stops of the rounds"))
        self.up_button.set_text(self.tr("Up"))
        self.down_button.set_text(self.tr("Down"))
        self.spare_button.set_text(self.tr("Spare or not"))
        self.pack_button.set_text(self.tr("Make the pack…"))
        self.back_button.set_text(self.tr("Back"))
