"""The workshop: packs on the left, the text in the middle, rehearsal or comparison on the right."""

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.packs.life import PackKind, PackStep
from collector_desk.domain.people import Act, may
from collector_desk.services.packs import releases, workshop
from collector_desk.services.packs.releases import PackState
from collector_desk.services.packs.workshop import PackDraft
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Card
from collector_desk.ui.window.keys import bind, native
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.workshop.acts import PackActs
from collector_desk.ui.workshop.bench import Bench
from collector_desk.ui.workshop.compare_panel import ComparePanel
from collector_desk.ui.workshop.decision import DecisionPanel
from collector_desk.ui.workshop.head import PackHeadCard
from collector_desk.ui.workshop.learnt_panel import LearntPanel
from collector_desk.ui.workshop.pack_list import Item, PackList, key_of
from collector_desk.ui.workshop.rehearsal_panel import RehearsalPanel
from collector_desk.ui.workshop.words_panel import WordsPanel

_LIST_WIDTH, _SIDE_WIDTH = 236, 336
_NARROW_BELOW, _NARROW_LIST, _NARROW_SIDE = 1180, 170, 290
_REHEARSE, _COMPARE, _TRY = 0, 1, 2  # scripts are walked, words are tried
_VIEWS = {
    "pack_rehearse": QT_TRANSLATE_NOOP("WorkshopPage", "Rehearse"),
    "pack_compare": QT_TRANSLATE_NOOP("WorkshopPage", "Compare"),
    "pack_learnt": QT_TRANSLATE_NOOP("WorkshopPage", "What helps"),
}


class WorkshopPage(Page):
    """Created by ``app`` for leads, managers and legal."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._seat = place.seat
        self._edits = may(place.seat.person.roles, Act.EDIT_PACKS)
        self.packs = PackList()
        self.bench = Bench(place)
        self.rehearsal, self.compare = RehearsalPanel(place), ComparePanel()
        self.words = WordsPanel(place)
        self.learnt = LearntPanel(place)
        self.decision = DecisionPanel()
        self.acts = PackActs(place, self.bench, self.decision, self.load, self._compare)
        self.head = PackHeadCard(place.seat)
        self.buttons = dict(self.head.buttons)
        self.actions_by_key: dict[str, QAction] = {}
        self._build()
        self._bind_keys()
        self.packs.opened.connect(self._open)
        self.packs.entered.connect(self.bench.editor.setFocus)
        self.bench.judged.connect(self._judged)
        self.decision.closed.connect(self._back_to_work)
        self.load()
        self.retranslate()

    # --- making it -----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.list_card, self.bench_card, self.side_card = Card("…"), Card(), Card()
        self.learnt_card = Card("…")
        self.list_card.body.addWidget(self.packs, 1)
        for part in (self.head, self.decision):
            self.bench_card.body.addWidget(part)
        self.bench_card.body.addWidget(self.bench, 1)
        self.side = QStackedWidget()
        self.side.addWidget(self.rehearsal)
        self.side.addWidget(self.compare)
        self.side.addWidget(self.words)
        views = QHBoxLayout()
        views.setSpacing(Gap.TIGHT)
        for key_id in _VIEWS:
            button = QPushButton()
            button.setAutoDefault(False)
            button.setCheckable(True)
            views.addWidget(button)
            self.buttons[key_id] = button
        self.side_card.body.addLayout(views)
        self.side_card.body.addWidget(self.side, 1)
        self.learnt_card.body.addWidget(self.learnt, 1)
        self.learnt_back = QPushButton()
        self.learnt_card.corner.addWidget(self.learnt_back)
        self.learnt_back.clicked.connect(self.show_bench)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(Margin.NONE)
        row.setSpacing(Gap.COLUMN)
        row.addWidget(self.bench_card, 1)
        row.addWidget(self.side_card)
        self.stack = QStackedWidget()
        self.stack.addWidget(work)
        self.stack.addWidget(self.learnt_card)
        box = QHBoxLayout(self)
        box.setContentsMargins(Margin.CALL)
        box.setSpacing(Gap.COLUMN)
        box.addWidget(self.list_card)
        box.addWidget(self.stack, 1)

    def _bind_keys(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            "pack_copy": self.acts.copy,
            "pack_hand_in": self.acts.hand_in,
            "pack_release": self.acts.release,
            "pack_return": self.acts.return_,
            "pack_withdraw": self.acts.withdraw,
            "pack_give_up": self.acts.give_up,
            "pack_rehearse": self.show_rehearsal,
            "pack_compare": self.show_comparison,
            "pack_learnt": self.show_learnt,
        }
        for key_id, act in acts.items():
            action = bind(self, key_id, act)
            self.actions_by_key[key_id] = action
            self.buttons[key_id].clicked.connect(action.trigger)
        bind(self, "pack_list", self.packs.setFocus)
        bind(self, "pack_text", self._to_text)
        bind(self, "pack_files", self._to_files)
        bind(self, "pack_fault", self.bench.next_fault)
        bind(self, "leave", self._leave)

    def save_draft(self) -> None:
        """Write the text down now: before a lock, and before a bug is told."""
        self.bench.flush()

    # --- what is open --------------------------------------------------------------------------------

    def load(self, select: str = "") -> None:
        """Fill the list anew and show what is chosen in it."""
        self.bench.flush()
        drafts = workshop.drafts_of(self._seat) if self._edits else ()
        self.packs.show_packs(drafts, releases.states(self._seat), select=select)
        item = self.packs.current()
        if item is not None:
            self._open(item)

    def _open(self, item: Item) -> None:
        with self._place.attempt():
            self.bench.flush()
            if isinstance(item, PackDraft):
                item = next((one for one in workshop.drafts_of(self._seat) if one.id == item.id), item)
                if not (self.bench.draft and self.bench.draft.id == item.id):
                    self.bench.show_draft(item, editable=True)
            else:
                files = workshop.content(self._seat, item)
                draft = PackDraft(item.sha256, item.kind, item.id, item.language, item.sha256, files)
                if not (self.bench.draft and self.bench.draft.id == draft.id):
                    self.bench.show_draft(draft, editable=False)
            self.acts.item = item
            self.decision.hide()
            waits = isinstance(item, PackState) and item.step is PackStep.HANDED_IN
            if waits:
                self.side.setCurrentIndex(_COMPARE)
            self._show_item()
            self._fill_side()

    def _fill_side(self) -> None:
        draft = self.bench.current()
        if draft is None:
            return
        comparing = self.side.currentIndex() == _COMPARE
        if comparing:
            base, files = workshop.in_use_content(self._seat, draft.kind, draft.pack_id)
            self.compare.show_diff(workshop.diff(files, draft.files), base.version or base.sha256[:8])
        elif draft.kind is PackKind.OBJECTIONS:
            self.side.setCurrentIndex(_TRY)
            self.words.show_draft(draft, self.bench.judgement)
        else:
            self.side.setCurrentIndex(_REHEARSE)
            self.rehearsal.show_draft(draft if draft.kind is PackKind.SCRIPTS else None, self.bench.judgement)
        self.buttons["pack_rehearse"].setChecked(not comparing)
        self.buttons["pack_compare"].setChecked(comparing)
        self.buttons["pack_learnt"].setChecked(False)

    def _judged(self) -> None:
        """The draft was checked anew: what stands beside it follows."""
        self._show_item()
        self._fill_side()

    def _show_item(self) -> None:
        item = self.acts.item
        if item is None:
            return
        ready = self.bench.judgement is not None and not self.bench.faults
        self.head.show_item((self.bench.current() or item) if isinstance(item, PackDraft) else item, ready=ready)
        for key_id in self.head.buttons:
            self.actions_by_key[key_id].setEnabled(self.head.allows(key_id))

    # --- views and focus -----------------------------------------------------------------------------

    def show_rehearsal(self) -> None:
        """Walk the scripts, or try the words, on the right."""
        self._view(_REHEARSE)
        self.side.currentWidget().setFocus()

    def show_comparison(self) -> None:
        """What changed against the version in use, on the right."""
        self._view(_COMPARE)
        self.compare.setFocus()

    def show_learnt(self) -> None:
        """What helps, in place of the bench."""
        if self._edits:
            self.stack.setCurrentWidget(self.learnt_card)
            self.learnt.load()
            self.learnt.setFocus()

    def show_bench(self) -> None:
        """Back to the text."""
        self.stack.setCurrentIndex(0)
        self.buttons["pack_learnt"].setChecked(False)
        self.packs.setFocus()

    def _view(self, place: int) -> None:
        self.stack.setCurrentIndex(0)
        self.side.setCurrentIndex(place)
        self._fill_side()

    def _to_text(self) -> None:
        self.stack.setCurrentIndex(0)
        self.bench.editor.setFocus()

    def _to_files(self) -> None:
        self.stack.setCurrentIndex(0)
        self.bench.files.setFocus()

    def _compare(self) -> None:
        """What is to be decided on stands beside the text."""
        self.side.setCurrentIndex(_COMPARE)
        self._fill_side()

    def _back_to_work(self) -> None:
        self.decision.reason.setReadOnly(False)
        self.packs.setFocus()

    def _leave(self) -> None:
        """Esc: out of the question, the panel, the text, to the list."""
        if self.decision.isVisible():
            self.decision.leave()
        elif self.stack.currentIndex():
            self.show_bench()
        elif any(part.hasFocus() for part in (self.rehearsal, self.words.box, self.compare.lines)):
            self.bench.editor.setFocus()
        else:
            self.packs.setFocus()

    # --- the page ------------------------------------------------------------------------------------

    def on_shown(self) -> None:
        """The list first."""
        self.packs.setFocus()

    def on_changes(self, changes: Changes) -> None:
        """Another seat may have handed in or released something."""
        if (changes.settings or changes.everything) and not self.decision.isVisible():
            self.load()

    def may_leave(self) -> bool:
        """What is typed is kept; nothing stands in the way."""
        self.bench.flush()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, what stands beside the text makes room for it."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW_BELOW
        self.list_card.setFixedWidth(_NARROW_LIST if narrow else _LIST_WIDTH)
        self.side_card.setFixedWidth(_NARROW_SIDE if narrow else _SIDE_WIDTH)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is typed before the page goes out of sight (a lock, another page)."""
        super().hideEvent(event)
        self.bench.flush()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.list_card.set_title(self.tr("Packs"))
        self.learnt_card.set_title(self.tr("What helps"))
        self.learnt_back.setText(self.tr("Back (Esc)"))
        for key_id, text in _VIEWS.items():
            words = str(text)
            self.buttons[key_id].setText(self.tr(words))
            self.buttons[key_id].setToolTip(native(key_id))
        self.buttons["pack_learnt"].setVisible(self._edits)
        self.actions_by_key["pack_learnt"].setEnabled(self._edits)
        item = self.acts.item
        self.load(select=key_of(item) if item else "")
