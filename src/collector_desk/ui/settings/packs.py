"""Packs and scripts: what each says, which version is in use, who released it and when."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from collector_desk.domain.changes import Changes
from collector_desk.domain.people import Act, may
from collector_desk.services.packs import releases
from collector_desk.services.packs.releases import PackState
from collector_desk.ui.settings.pack_document import PackDocument
from collector_desk.ui.theme import Size, Tint, Tone, font
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Card, Pill, Text, primary
from collector_desk.ui.widgets.lists import ReadText
from collector_desk.ui.widgets.tables import FitTable, RowsModel
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, pack_name


class PacksPart(Page):
    """The list, and the text of the chosen pack. A manager or legal releases what they have read."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._packs: tuple[PackState, ...] = ()
        self._waiting: set[str] = set()
        self.allowed = may(place.seat.person.roles, Act.RELEASE_PACKS)
        self.list_card = Card("…")
        self.state = Pill()
        self._sure = False
        self.all_button = QPushButton()
        self.all_button.setAutoDefault(False)
        self.all_button.clicked.connect(self.release_all)
        self.list_card.corner.addWidget(self.state)
        self.list_card.corner.addWidget(self.all_button)
        self.model = RowsModel(self, tinted=(3,))
        self.table = FitTable((18, 26, 22, 34))
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.list_card.body.addWidget(self.table, 1)
        self.note = Text(tint=Tint.DIM, wrap=True)
        self.list_card.body.addWidget(self.note)
        self.text_card = Card("…")
        self.source_button = QPushButton()
        self.source_button.setAutoDefault(False)
        self.source_button.setCheckable(True)
        self.source_button.toggled.connect(self._show_source)
        self.text_card.corner.addWidget(self.source_button)
        self.release_button = primary(QPushButton())
        self.release_button.clicked.connect(self.release)
        self.text_card.corner.addWidget(self.release_button)
        self.text = ReadText()
        self.text.setReadOnly(True)
        self.text.setFont(font(Size.BODY))
        self.text.setTabChangesFocus(True)
        self.document = PackDocument()
        self.faces = QStackedWidget()
        self.faces.addWidget(self.document)
        self.faces.addWidget(self.text)
        self.text_card.body.addWidget(self.faces, 1)
        self.digest = Text(size=Size.CAPTION, tint=Tint.DIM)
        self.text_card.body.addWidget(self.digest)
        row = QHBoxLayout()
        row.setSpacing(Gap.PAGE)
        row.addWidget(self.list_card, 1)
        row.addWidget(self.text_card, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addLayout(row)
        self.load()
        self.retranslate()

    def load(self) -> None:
        """Read anew; the chosen pack stays chosen."""
        row = max(self.table.currentIndex().row(), 0)
        self._packs = tuple(sorted(releases.states(self._place.seat), key=_by_use))
        self._waiting = {pack.sha256 for pack in releases.unreleased(self._place.seat)}
        self._show_list()
        if self._packs:
            self.table.selectRow(min(row, len(self._packs) - 1))

    def on_changes(self, changes: Changes) -> None:
        """A pack may have been released elsewhere."""
        if changes.settings or changes.everything:
            self.load()

    def chosen(self) -> PackState | None:
        """The pack whose text is shown."""
        row = self.table.currentIndex().row()
        return self._packs[row] if 0 <= row < len(self._packs) else None

    def release(self) -> None:
        """Release the chosen pack, in the person's name."""
        pack = self.chosen()
        if pack is None:
            return
        with self._place.attempt():
            changes = releases.release(self._place.seat, pack.sha256)
            self._place.toast(self.tr("{pack} is released.").format(pack=pack.id), Tone.OK)
            self._done(changes)
            waiting = next((row for row, item in enumerate(self._packs) if item.sha256 in self._waiting), -1)
            if waiting >= 0:
                self.table.selectRow(waiting)

    def release_all(self) -> None:
        """Release every draft: asked a second time, since it puts one's name under having read them all."""
        if not self._sure:
            self._sure = True
            self.all_button.setText(self.tr("I have read them all: release"))
            return
        with self._place.attempt():
            self._sure = False
            changes = releases.release_all(self._place.seat)
            self._place.toast(self.tr("All packs are released."), Tone.OK)
            self._done(changes)

    def _done(self, changes: Changes) -> None:
        self.load()
        self._place.changed(changes)

    def _chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        pack = self._packs[index.row()]
        files = releases.files_of(self._place.seat, pack.sha256)
        parts = [f"# ── {name} ──\n\n{text}" if len(files) > 1 else text for name, text in sorted(files.items())]
        self.text.setPlainText("\n\n".join(parts))
        self.document.show_lines(releases.document_of(self._place.seat, pack.sha256, language()))
        self._show_head(pack)

    def _show_source(self, wanted: bool) -> None:
        """The document, or the text it is made of."""
        self.faces.setCurrentIndex(1 if wanted else 0)

    def _show_head(self, pack: PackState | None) -> None:
        if pack is None:
            return
        self.text_card.set_title(f"{pack.id} · {pack.version}" if pack.version else pack.id)
        self.digest.setText(f"SHA-256 {pack.sha256}")
        self.release_button.setVisible(self.allowed and pack.sha256 in self._waiting)

    def _show_list(self) -> None:
        zone = ZoneInfo(self._place.seat.zone)
        rows, tints = [], []
        for pack in self._packs:
            if not releases.needed(pack.kind, pack.id):
                state = self.tr("not used here")
            elif pack.released_at is None and pack.language not in ("", language()):
                state = self.tr("▲ draft, another language")
            elif pack.released_at is None:
                state = self.tr("▲ draft")
            else:
                state = self.tr("✓ {day}, {name}").format(
                    day=f"{pack.released_at.astimezone(zone):%Y-%m-%d}", name=pack.released_by or "—"
                )
            rows.append((pack_name(pack.kind, pack.id), pack.id, pack.version, state))
            tints.append(Tint.WARN_STRONG if pack.sha256 in self._waiting else None if pack.in_use else Tint.DIM)
        headings = (self.tr("Kind"), self.tr("Pack"), self.tr("Version"), self.tr("Released"))
        self.model.show_rows(headings, rows, tints)
        self.table.fit()
        drafts = len(self._waiting)
        if drafts:
            self.state.set(self.tr("{count} drafts: no live calls yet").format(count=drafts), Tone.WARN)
        else:
            self.state.set(self.tr("All released"), Tone.OK)
        self.all_button.setVisible(self.allowed and drafts > 0)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.list_card.set_title(self.tr("Packs and scripts"))
        self.text.setAccessibleName(self.tr("The text of the pack"))
        self.document.setAccessibleName(self.tr("The pack to read"))
        self.source_button.setText(self.tr("Source"))
        self.source_button.setToolTip(self.tr("The text the document is made of, as it is released"))
        self.all_button.setText(self.tr("I have read them all: release") if self._sure else self.tr("Release all"))
        self.release_button.setText(self.tr("I have read it: release"))
        self.note.setText(
            self.tr("A release is of exactly this text, in your name. A changed pack has to be released again.")
            if self.allowed
            else self.tr("A manager or legal releases packs.")
        )
        row = self.table.currentIndex().row()
        self._show_list()
        if row >= 0:
            self.table.selectRow(row)
            self._chosen(self.table.currentIndex())
        self._show_head(self.chosen())


def _by_use(pack: PackState) -> tuple[bool, bool]:
    """What the desk works by first, and of the scripts those that are spoken: the Chinese ones."""
    return not releases.needed(pack.kind, pack.id), pack.language not in ("", "zh_CN")
