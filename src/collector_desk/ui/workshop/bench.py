"""The files of one draft or version: list, text, and what is wrong with it, checked while one types."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from collector_desk.domain.packs.life import PackKind
from collector_desk.packs.strict_toml import PackFault
from collector_desk.services.packs import workshop
from collector_desk.services.packs.workshop import Judged, PackDraft
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Margin, Width
from collector_desk.ui.widgets import MenuList, Pill, Text
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say
from collector_desk.ui.workshop.editor import PackEditor

_KEEP_MS, _CHECK_MS = 600, 250
_FAULT = Qt.ItemDataRole.UserRole


class Bench(Page):
    """``typed`` says that the draft was changed, ``judged`` that it was checked anew (with ``faults``)."""

    typed = Signal()
    judged = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.draft: PackDraft | None = None
        self.editable = False
        self.judgement: Judged | None = None  # None until the text as it stands is checked
        self.faults: tuple[PackFault, ...] = ()  # as last found
        self._files: Mapping[str, str] = {}
        self._name = ""
        self._unkept = False
        self._lines: dict[str, int] = {}  # where one was in each file
        self._keep = QTimer(self, interval=_KEEP_MS, singleShot=True)
        self._check = QTimer(self, interval=_CHECK_MS, singleShot=True)
        self.files, self.editor, self.list = MenuList(), PackEditor(), QListWidget()
        self.state = Pill()
        self.here = Text(size=Size.CAPTION, tint=Tint.DANGER_STRONG, wrap=True)
        self._build()
        self._keep.timeout.connect(self.flush)
        self._check.timeout.connect(self.check_now)
        self.editor.textChanged.connect(self._typed)
        self.editor.line_changed.connect(lambda _: self._say_here())
        self.files.currentItemChanged.connect(lambda *_: self._chosen())
        self.files.itemActivated.connect(lambda _: self.editor.setFocus())
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        self.retranslate()

    def _build(self) -> None:
        self.files.setFixedWidth(Width.FILES)
        self.list.setFixedHeight(Height.FEW_LINES)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        texts = QVBoxLayout()
        texts.setSpacing(Gap.TIGHT)
        texts.addWidget(self.editor, 1)
        texts.addWidget(self.here)
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        row.addWidget(self.files)
        row.addLayout(texts, 1)
        below = QHBoxLayout()
        below.addWidget(self.state)
        below.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.TIGHT)
        box.addLayout(row, 1)
        box.addLayout(below)
        box.addWidget(self.list)

    # --- what lies on it -----------------------------------------------------------------------------

    def show_draft(self, draft: PackDraft, *, editable: bool) -> None:
        """Lay a draft on the bench to be changed, or a version to be read."""
        self.flush()
        self._stop()
        files = draft.files
        same = set(files) == set(self._files)
        self.draft, self._files, self.editable = draft, dict(files), editable
        self.faults = ()
        names = sorted(files, key=lambda name: (name not in ("pack.toml", "cards.toml"), name))
        self._lines = self._lines if same else {}
        wanted = self._name if same and self._name in files else names[0]
        self.files.blockSignals(True)
        self.files.clear()
        for name in names:
            item = QListWidgetItem(name.removesuffix(".toml"))
            item.setData(_FAULT, name)
            self.files.addItem(item)
            if name == wanted:
                self.files.setCurrentItem(item)
        self.files.blockSignals(False)
        self._name = ""
        self._open(wanted)
        self.check_now()
        self._show_faults()

    def current(self) -> PackDraft | None:
        """What lies here, with what is typed so far."""
        return replace(self.draft, files=dict(self._files)) if self.draft else None

    @property
    def name(self) -> str:
        """The open file."""
        return self._name

    def open_file(self, name: str, line: int = 0) -> None:
        """Open a file, at a line."""
        for row in range(self.files.count()):
            if self.files.item(row).data(_FAULT) == name:
                self.files.setCurrentRow(row)
                self.files.scrollToItem(self.files.item(row))
        if line:
            self.editor.go_to(line)

    def next_fault(self) -> None:
        """To the next fault behind the cursor, round and round."""
        if not self.faults:
            return
        here = (self._name, self.editor.line)
        later = [fault for fault in self.faults if (fault.file, fault.line) > here]
        fault = later[0] if later else self.faults[0]
        self.open_file(fault.file, fault.line)
        self.editor.setFocus()

    # --- typing --------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Keep what is typed now."""
        self._keep.stop()
        draft = self.current()
        if not self._unkept or draft is None:
            self._unkept = False
            return
        with self._place.attempt():  # what can't be kept is still there in the window, and tried with the next key
            workshop.keep(self._place.seat, draft)
            self._unkept = False

    def check_now(self) -> None:
        """Check the draft beside the window; an answer to an older text is dropped."""
        self._check.stop()
        draft = self.current()
        if draft is None:
            return
        self.judgement = None
        self._place.tasks.run(
            lambda _: workshop.judge(draft), owner=self, done=lambda found: self._judged(draft, found)
        )

    def _judged(self, draft: PackDraft, found: Judged) -> None:
        now = self.current()
        if now is None or now.id != draft.id or now.files != draft.files:
            return
        self.judgement = found
        self.faults = tuple(sorted(found.faults, key=lambda one: (one.file, one.line)))
        self._show_faults()
        self.judged.emit()

    def _typed(self) -> None:
        if not self.editable or not self._name:
            return
        text = self.editor.toPlainText()
        if text == self._files[self._name]:
            return  # only marks were changed
        self._files = {**self._files, self._name: text}
        self._unkept = True
        if not self._keep.isActive():  # within a second of the first key, not of the last
            self._keep.start()
        self._check.start()
        self.judgement = None
        self.typed.emit()

    def _stop(self) -> None:
        self._keep.stop()
        self._check.stop()

    # --- files and faults ----------------------------------------------------------------------------

    def _chosen(self) -> None:
        item = self.files.currentItem()
        if item is not None:
            self._open(str(item.data(_FAULT)))

    def _open(self, name: str) -> None:
        if name == self._name:
            return
        if self._name:
            self._lines[self._name] = self.editor.line
        self._name = ""  # what is shown now is not typed
        self.editor.show_text(self._files[name], editable=self.editable)
        self._name = name
        self.editor.setAccessibleName(name)
        if line := self._lines.get(name):
            self.editor.go_to(line)
        self._mark()

    def _show_faults(self) -> None:
        self.list.clear()
        for fault in self.faults:
            item = QListWidgetItem(f"{fault.file}:{fault.line}  {say(fault.message)}")
            item.setData(_FAULT, fault)
            self.list.addItem(item)
        self.list.setVisible(bool(self.faults))
        if self.faults:
            self.state.set(self.tr("Faults: {count}").format(count=len(self.faults)), Tone.DANGER)
        elif self.judgement is None:
            self.state.set(self.tr("Being checked …"), Tone.NEUTRAL)
        elif self.draft is not None and self.draft.kind is not PackKind.SCRIPTS:
            self.state.set(self.tr("No faults"), Tone.OK)
        else:
            self.state.set(self.tr("No faults: every path proved"), Tone.OK)
        wrong = {fault.file for fault in self.faults}
        for row in range(self.files.count()):
            item = self.files.item(row)
            name = str(item.data(_FAULT))
            item.setText(("⚠ " if name in wrong else "") + name.removesuffix(".toml"))
        if self.files.currentItem() is not None:
            self.files.scrollToItem(self.files.currentItem())
        self._mark()

    def _mark(self) -> None:
        marks: dict[int, str] = {}
        for fault in self.faults:
            if fault.file == self._name:
                marks[fault.line] = " ".join(filter(None, (marks.get(fault.line), say(fault.message))))
        self.editor.set_faults(marks)
        self._say_here()

    def _say_here(self) -> None:
        words = self.editor.faults.get(self.editor.line, "")
        self.here.setText(f"⚠ {words}" if words else "")
        self.here.setVisible(bool(words))

    def _go(self, item: QListWidgetItem) -> None:
        fault = item.data(_FAULT)
        if isinstance(fault, PackFault):
            self.open_file(fault.file, fault.line)
            self.editor.setFocus()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.files.setAccessibleName(self.tr("Files"))
        self.list.setAccessibleName(self.tr("Faults"))
        self._show_faults()
