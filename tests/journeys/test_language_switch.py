"""The other language while a page is open: it then reads as if it had been opened in that language.

One window goes through the program in English. A second one goes the same way in Chinese and changes the language
at every place: what it shows must be, text for text, what the first one showed there.
"""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from collector_desk.demo import store as demo
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Trouble, msg
from collector_desk.domain.visits.incidents import IncidentKind
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.vocabulary import Role
from collector_desk.services.office import people
from collector_desk.ui.theme import apply_theme
from collector_desk.ui.window.excepthook import BugDialog
from tests.journeys.conftest import Desk
from tests.samples.store import SetClock, copy_store

_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
Texts = Counter[tuple[str, str, str]]
_A_MOMENT_MS = 1000  # what the window puts off no longer than this is done at once


@pytest.fixture(scope="module")
def invented(_quick_keys, tmp_path_factory):
    """The demo's store, its lead with every role: nobody else sees all pages at one window."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLLECTOR_DESK_HOME", str(tmp_path_factory.mktemp("home")))
        folder = tmp_path_factory.mktemp("demo") / "store"
        clock = SetClock()
        people.sign_out(demo.open_demo(folder, clock=clock, size=60))
        lead = people.sign_in(folder, demo.LEAD, demo.PASSWORD, clock=clock)
        people.set_roles(lead, lead.person.id, frozenset(Role))
        people.sign_out(lead)
    return folder


class Reader:
    """Reads what a window shows: the texts of widgets and models, and whatever our own painting writes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._painted: list[str] = []
        draw = QPainter.drawText

        def noting(painter: QPainter, *args: object) -> object:
            self._painted += [arg for arg in args if isinstance(arg, str)]
            return draw(painter, *args)  # type: ignore[call-overload]

        monkeypatch.setattr(QPainter, "drawText", noting)

    def read(self, *windows: QWidget) -> Texts:
        """Every text that can be seen or heard."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
        found: Texts = Counter()
        for window in windows:
            self._painted.clear()
            window.grab()
            found.update({("painted", "", text): 1 for text in self._painted})
            for widget in _shown(window):
                if widget.width() and widget.height():
                    name = type(widget).__name__
                    found.update((name, kind, text) for kind, text in _texts(widget) if text.strip())
        return found


def _shown(widget: QWidget) -> Iterator[QWidget]:
    """What is on the screen of a widget: below a hidden one nothing is looked at, and most pages are hidden."""
    if widget.isVisible():
        yield widget
        for child in widget.children():
            if isinstance(child, QWidget):
                yield from _shown(child)


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    if widget.isWindow():
        yield "title", widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield "text", widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        yield "placeholder", widget.placeholderText()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        yield "text", widget.toPlainText()
    if isinstance(widget, QProgressBar):
        yield "text", widget.text()
    if isinstance(widget, QComboBox):
        for place in range(widget.count()):
            yield "item", widget.itemText(place)
    if isinstance(widget, QTabBar):
        for place in range(widget.count()):
            yield "tab", widget.tabText(place)
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _rows(widget)


def _rows(view: QAbstractItemView) -> Iterator[tuple[str, str]]:
    model = view.model()
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    for column in range(columns):
        if isinstance(view, QTableView):
            yield "heading", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(QModelIndex()), 30)):
            for role in _ROLES:
                yield f"cell {role.name}", str(model.index(row, column).data(role) or "")


# --- the way through the program ------------------------------------------------------------------------


class Walk:
    """One window, its reader, and how it waits."""

    def __init__(self, desk: Desk, reader: Reader, qtbot: object, watch: Callable[["Walk", str], None]) -> None:
        self.desk, self.reader, self.qtbot, self._watch = desk, reader, qtbot, watch
        assert desk.window is not None
        self.window = desk.window

    def settle(self) -> None:
        """Until nothing runs and nothing is put off for a moment: what is read next is not between two states."""
        self.qtbot.waitUntil(self._at_rest, timeout=120_000)

    def _at_rest(self) -> bool:
        self.desk.app.processEvents()
        put_off = [
            one
            for one in self.window.findChildren(QTimer)
            if one.isSingleShot() and one.isActive() and one.interval() <= _A_MOMENT_MS
        ]
        for one in put_off:
            one.start(0)
        return not put_off and not self.window.tasks.busy

    def texts(self) -> Texts:
        self.settle()
        others = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not self.window]
        found = self.reader.read(self.window, *(one for one in others if one.isModal()))
        folder = str(self.desk.folder)
        return Counter(
            {(kind, what, text.replace(folder, "…")): count for (kind, what, text), count in found.items()}
        )

    def look(self, place: str) -> None:
        self.settle()
        self._watch(self, place)

    def page(self, page_id: str) -> QWidget:
        shown = self.window.show_page(page_id)
        assert shown is not None
        self.settle()
        return shown


def _work(walk: Walk) -> None:
    desk = walk.desk
    walk.page("work")
    walk.look("work: nothing open")
    desk.page.acts.turns.open_next()
    assert desk.case_on_screen
    walk.look("work: a case")
    for open_panel in (desk.page.panels.open_visit, desk.page.panels.open_gate):
        open_panel()
        walk.look(f"work: {open_panel.__name__}")
        desk.page.panels.close()
    desk.page.panels.open_told(desk.page._place)
    walk.look("work: whom one told")
    desk.page.panels.close()
    desk.page.acts.dial()
    assert desk.page.call.attempt is not None
    walk.settle()
    desk.page.on_changes(Changes(everything=True))  # what it counts for is read now
    walk.look("work: the number is dialled")
    desk.page.acts.turns.ask_outcome()
    walk.look("work: asked for the outcome")
    desk.page.log.refuse([("amount", msg("calls.no_such_number"))])
    walk.look("work: what is missing")
    desk.page.open_incident()
    walk.look("work: an incident")
    desk.page.incident.dialog.accept()
    desk.window.overlay.toggle()
    walk.look("work: the keys")
    desk.window.overlay.toggle()


def _visits(walk: Walk) -> None:
    page = walk.page("visits")
    page.column.filter.setCurrentIndex(2)
    for place in range(page.column.model.rowCount()):
        page.column.list.setCurrentIndex(page.column.model.index(place))
        page._settle()
        walk.look(f"visits: {place} {page.column.row().state}")
        if page.column.row().state is VisitState.SENT_BACK:
            page.show_paper()
            walk.look(f"visits: paper of {place}")
            page._leave_preview()
    page.open_incident()
    walk.look("visits: incident")
    page.over.begin(IncidentKind.THREAT)
    page.over.inputs["happened"].setPlainText("门口有人大声威胁。")
    walk.look("visits: what happened")
    page._leave_over()
    page.open_rounds()
    walk.look("visits: rounds")
    page._leave_over()


def _review(walk: Walk) -> None:
    page = walk.page("review")
    for place, part in enumerate(page.parts):
        page.show_part(place)
        walk.look(f"review: part {place}")
        for row in range(min(part.count(), 5)):
            part.list.setCurrentIndex(part.list.model().index(row, 0))
            walk.look(f"review: part {place} row {row}")
    page.open_bundle()
    walk.look("review: reports for the bank")
    page.bundle.reject()


def _cases(walk: Walk) -> None:
    page = walk.page("cases")
    walk.look("cases: list")
    page.overview.field.setText("zzzz")
    page.overview._search()
    walk.look("cases: nobody found")
    page.overview.field.clear()
    page.overview._search()
    line = page.overview.model.line(0)
    page.open_case(line.debtor_id, line.number)
    walk.look("cases: one case")
    if page.detail.counts.allowed:
        page.detail.counts.open_form()
        walk.look("cases: counts")
        page.detail.counts.close_form()
    if page.detail.closing.allowed:
        page.detail.open_closing()
        walk.look("cases: closing")
        page.detail.closing.close_form()
    page.show_overview()
    page.overview._want_terms()
    walk.look("cases: terms")
    page.begin_import()
    walk.look("cases: import")
    page.show_overview()


def _workshop(walk: Walk) -> None:
    page = walk.page("workshop")
    titles = [page.packs.item(row).text() for row in range(page.packs.count())]
    page.packs.setCurrentRow(next(row for row, title in enumerate(titles) if "cn-card-zh" in title))
    walk.look("workshop: a pack")
    page.show_rehearsal()
    walk.look("workshop: rehearsal")
    page.show_comparison()
    walk.look("workshop: comparison")
    page.show_learnt()
    walk.look("workshop: learnt")
    page.show_bench()
    page.acts.copy()
    walk.look("workshop: a copy of it")


def _settings(walk: Walk) -> None:
    page = walk.page("settings")
    for row in range(page.form.menu.count()):
        page.show_part(row)
        walk.look(f"settings: part {row}")


def _banner(walk: Walk) -> None:
    walk.page("cases")
    walk.window.show_trouble(Trouble("store.wrong_password"))
    walk.look("the banner over the pages")
    walk.window.desk.form.banner.dismiss()


def _bug(walk: Walk) -> None:
    """What tells of a mistake of the program's own."""
    dialog = BugDialog(walk.window)
    dialog.open()
    walk.look("the program made a mistake")
    dialog.accept()
    dialog.deleteLater()


def _lock(walk: Walk) -> None:
    walk.window._hide_work()
    walk.window.screens.lock.lock(walk.window.session)
    walk.window.screens.bring(walk.window.screens.lock)
    walk.window.pulse.look_elsewhere()  # something urgent waits behind it
    walk.look("lock")
    walk.window.screens.bring(walk.window.desk)


def _screens(walk: Walk) -> None:
    """The screens before anybody is signed in."""
    window = walk.window
    window.screens.sign_in.open_store(walk.desk.folder)
    for name in ("sign_in", "first_start", "recover", "recovery_code"):
        window.screens.bring(getattr(window.screens, name))
        walk.look(f"screen: {name}")
    window.screens.sign_in.show_message(msg("store.wrong_password"))
    window.screens.bring(window.screens.sign_in)
    walk.look("screen: sign_in, wrong password")
    window.screens.bring(window.desk)


def _again(walk: Walk) -> None:
    """Every page once more: what was out of sight while the language changed follows it, too."""
    for page_id in list(walk.window.desk.buttons):
        walk.page(page_id)
        walk.look(f"again: {page_id}")


# Every open page follows each switch, in sight or not: those that build most anew for it are opened last.
_WAY = (_screens, _lock, _bug, _banner, _cases, _settings, _workshop, _work, _visits, _review)


# --- the tests ------------------------------------------------------------------------------------------


@pytest.fixture
def open_desk(qapp, invented, tmp_path, monkeypatch):
    """A window in a language, each on its own copy of the store."""
    apply_theme(qapp, "light")
    there: list[Desk] = []

    def opened(language: str) -> Desk:
        if there:
            there.pop().close()
        folder = tmp_path / language / "store"
        monkeypatch.setenv("COLLECTOR_DESK_HOME", str(tmp_path / language / "home"))  # else it is an older copy
        copy_store(invented, folder)
        there.append(Desk(qapp, folder, SetClock(), demo.LEAD, demo.PASSWORD))
        return there[-1].open(language)

    yield opened
    there[-1].close()


def _differences(before: Texts, shown: Texts, wanted: Texts) -> list[str]:
    """What is not as in a window opened in that language. Of what is painted only what stood there before the
    switch: where a line is cut off may differ, as one column is a little wider for longer words."""
    stale = [one for one in shown - wanted if one[0] != "painted" or one in before]
    missing = [one for one in wanted - shown if one[0] != "painted"]
    return [f"  shown  {one}" for one in stale] + [f"  wanted {one}" for one in missing]


def test_every_page_follows_a_switch_of_language_while_it_is_open(open_desk, monkeypatch, qtbot):
    reader = Reader(monkeypatch)
    opened: dict[str, Texts] = {}
    walk = Walk(open_desk("en"), reader, qtbot, lambda walk, place: opened.update({place: walk.texts()}))
    for part in (*_WAY, _again):
        part(walk)

    wrong: list[str] = []

    def switch(walk: Walk, place: str) -> None:
        chinese = now = walk.texts()
        for language, wanted in (("en", opened[place]), ("zh_CN", chinese)):
            before = now
            walk.window.set_language(language)
            now = walk.texts()
            if found := _differences(before, now, wanted):
                wrong.extend((f"{place}, now {language}:", *found))

    walk = Walk(open_desk("zh_CN"), reader, qtbot, switch)
    for part in _WAY:
        part(walk)
    walk.window.set_language("en")  # with every page open and all but one out of sight
    for place in list(walk.window.desk.buttons):
        walk.page(place)
        if found := _differences(Counter(), walk.texts(), opened[f"again: {place}"]):
            wrong.extend((f"again: {place}", *found))
    assert not wrong, "\n".join(wrong)


class _Stuck(QWidget):
    """Paints what it was told once."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 -- named by Qt
        painter = QPainter(self)
        painter.drawText(10, 20, "逾期")
        painter.end()


@pytest.mark.parametrize("make", [lambda: QLabel("外访"), _Stuck], ids=["label", "painted"])
def test_a_text_that_stays_behind_is_found(qtbot, monkeypatch, make):
    reader, window = Reader(monkeypatch), QWidget()
    qtbot.addWidget(window)
    stuck = make()
    stuck.setParent(window)
    stuck.resize(100, 40)
    window.resize(200, 80)
    window.show()
    before = reader.read(window)
    assert before
    assert _differences(before, before, Counter({("QLabel", "text", "Visits"): 1}))
    assert not _differences(before, before, before)
