"""From a copy of the scripts to their release, by keys alone, and the call that then goes by them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.packs.life import PackKind, PackStep
from collector_desk.domain.vocabulary import Role, Speaker
from collector_desk.services.office import people
from collector_desk.services.packs import releases, workshop
from collector_desk.store import tables as t
from collector_desk.ui.theme import Tone
from collector_desk.ui.window.keys import bound_keys
from collector_desk.ui.workshop.bench import Bench
from collector_desk.ui.workshop.page import WorkshopPage
from tests.samples.store import PASSWORD, let_in

ENTER = Qt.Key.Key_Return
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEAD, LEGAL = "周组长", "许法务"
SCRIPTS = (PackKind.SCRIPTS, "cn-card-zh")


@pytest.fixture
def sit(desk_of, qtbot):
    """Sits somebody down at the workshop: their window, open at its page."""
    seat = desk_of("林主管").seat
    let_in(seat, name=LEAD, password=PASSWORD, roles=frozenset({Role.LEAD}))
    let_in(seat, name=LEGAL, password=PASSWORD, roles=frozenset({Role.LEGAL}))

    def at(who: str):
        desk = desk_of(who).open()
        pages = [spec.id for spec in desk.session.pages()]
        desk.key(str(pages.index("workshop") + 1), ALT)
        page = desk.window.page("workshop")
        assert isinstance(page, WorkshopPage)
        assert page.packs.hasFocus()
        return desk, page, lambda: settled(qtbot, desk, page)

    return at


def settled(qtbot, desk, page) -> None:
    """Until what was typed is checked."""
    qtbot.waitUntil(lambda: not desk.window.tasks.busy and page.bench.judgement is not None, timeout=20_000)


def down_to(desk, page, kind: PackKind, pack_id: str, version: str) -> None:
    """Go down the list to a version."""
    desk.key(Qt.Key.Key_Home)
    for _ in range(page.packs.count()):
        item = page.packs.current()
        if isinstance(item, releases.PackState) and (item.kind, item.id, item.version) == (kind, pack_id, version):
            return
        desk.key(Qt.Key.Key_Down)
    raise AssertionError("no such version in the list")


def file_down_to(desk, page, name: str) -> None:
    """Go down the list of files, Enter to its text."""
    while page.bench.name != name:
        desk.key(Qt.Key.Key_Down)
    desk.key(ENTER)
    assert page.bench.editor.hasFocus()


def write_guidance(desk, page, settle) -> None:
    """In the polite script: a line of guidance more, misspelt first, mended then."""
    desk.key(Qt.Key.Key_F4)
    file_down_to(desk, page, "polite.toml")
    lines = page.bench.editor.toPlainText().split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("guidance = ["))
    for _ in range(at):
        desk.key(Qt.Key.Key_Down)
    while page.bench.editor.line <= at:  # long lines are wrapped
        desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Home)
    for _ in "guidance = [":
        desk.key(Qt.Key.Key_Right)
    desk.type('"慢慢听他说", x')
    settle()


def test_a_lead_mends_a_copy_and_walks_it_legal_releases_it_and_a_call_goes_by_it(sit, desk_of):
    desk, page, settle = sit(LEAD)
    down_to(desk, page, *SCRIPTS, "2026.1")
    settle()
    desk.ctrl("E")
    settle()
    assert page.bench.editor.hasFocus()
    write_guidance(desk, page, settle)

    # the fault stands at its line while one types, and nothing can be handed in
    line = page.bench.editor.line
    assert [(fault.file, fault.line) for fault in page.bench.faults] == [("polite.toml", line)]
    assert set(page.bench.editor.faults) == {line}
    assert not page.buttons["pack_hand_in"].isEnabled()
    desk.key(Qt.Key.Key_Backspace)
    settle()
    assert page.bench.faults == ()

    # rehearsal by the keys of the call
    desk.key(Qt.Key.Key_F5)
    walk = page.rehearsal.walk
    assert walk is not None
    assert "示例服务中心" in page.rehearsal.spoken.text()
    desk.key("1")
    assert page.rehearsal.walk.at_identity_check
    desk.key("C")
    assert page.rehearsal.walk.speaker is Speaker.DEBTOR
    assert "某某银行" in page.rehearsal.spoken.text()
    desk.ctrl("T")
    assert page.rehearsal.walk.speaker is Speaker.THIRD_PARTY
    assert "某某银行" not in page.rehearsal.spoken.text()
    desk.ctrl("T")
    assert page.rehearsal.walk.at_identity_check
    desk.key("X")
    assert page.rehearsal.walk.speaker is not Speaker.DEBTOR

    # what changed
    desk.key(Qt.Key.Key_F6)
    assert "慢慢听他说" in page.compare.lines.toPlainText()
    assert "2026.1" in page.compare.summary.text()

    # to legal
    desk.key("H", CTRL, SHIFT)
    desk.type("多听一句")
    desk.key(ENTER)
    settle()
    assert workshop.drafts_of(desk.seat) == ()
    mine = next(one for one in releases.states(desk.seat) if one.version == "2026.2")
    assert (mine.step, mine.reason) == (PackStep.HANDED_IN, "多听一句")
    assert not page.actions_by_key["pack_release"].isEnabled()

    # legal finds it first in the list, reads what changed, releases it
    desk, page, settle = sit(LEGAL)
    assert "慢慢听他说" in page.compare.lines.toPlainText()
    assert not page.actions_by_key["pack_copy"].isEnabled()
    assert not page.actions_by_key["pack_learnt"].isEnabled()
    desk.key("R", CTRL, SHIFT)
    assert page.decision.isVisible()
    desk.key(Qt.Key.Key_Escape)  # not yet
    assert not page.decision.isVisible()
    desk.key("R", CTRL, SHIFT)
    desk.key(ENTER)
    settle()
    used = next(one for one in releases.states(desk.seat) if (one.kind, one.id) == SCRIPTS and one.in_use)
    assert (used.version, used.released_by) == ("2026.2", LEGAL)

    # the agent's next call
    desk = desk_of("张晓")
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    assert desk.page.call.walk.pack.digest == used.sha256
    with desk.seat.store.read() as conn:
        kept = conn.execute(select(t.ground.c.script_hash)).scalar_one()
    assert kept.hex() == used.sha256


LEXICON = (PackKind.OBJECTIONS, "lexicon")


def test_a_word_is_forbidden_by_two_persons_and_underlined_on_the_next_call(sit, desk_of, qtbot):
    desk, page, settle = sit(LEAD)
    down_to(desk, page, *LEXICON, "1")
    settle()
    desk.ctrl("E")
    settle()
    lines = page.bench.editor.toPlainText().split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith('    "老赖", '))
    for _ in range(at):
        desk.key(Qt.Key.Key_Down)
    while page.bench.editor.line <= at:  # long lines are wrapped
        desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Home)
    desk.type('"铁公鸡", "铁 公鸡",')
    settle()
    assert [(fault.file, fault.line) for fault in page.bench.faults] == [("lexicon.toml", at + 1)]
    for _ in '"铁 公鸡",':
        desk.key(Qt.Key.Key_Backspace)
    settle()
    assert page.bench.faults == ()

    # tried before anybody works by it: with the debtor, with somebody else, quoted
    desk.key(Qt.Key.Key_F5)
    assert page.words.box.hasFocus()
    desk.type("真是铁公鸡，他欠我们钱")
    qtbot.waitUntil(lambda: page.words.pills[0].tone is Tone.DANGER)
    qtbot.waitUntil(lambda: [pill.tone for pill in page.words.pills][2] is Tone.OK)
    assert [pill.tone for pill in page.words.pills] == [Tone.DANGER, Tone.DANGER, Tone.OK, Tone.DANGER]
    assert "铁公鸡" in page.words.lines[0].text()
    assert page.words.box.findings()
    desk.key(Qt.Key.Key_F6)
    assert "铁公鸡" in page.compare.lines.toPlainText()
    desk.key("H", CTRL, SHIFT)
    desk.key(ENTER)
    settle()

    desk, page, settle = sit(LEGAL)
    assert "铁公鸡" in page.compare.lines.toPlainText()
    desk.key("R", CTRL, SHIFT)
    desk.key(ENTER)
    settle()
    used = next(one for one in releases.states(desk.seat) if (one.kind, one.id) == LEXICON and one.in_use)
    assert (used.version, used.author, used.released_by) == ("2", LEAD, LEGAL)

    desk = desk_of("张晓")
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("N")
    desk.type("这人真是铁公鸡")
    (found,) = desk.page.log.note.findings()
    assert found.reason.params["phrase"] == "铁公鸡"
    assert "铁公鸡" in desk.page.log.problem.text()


def test_a_release_reaches_the_note_of_a_call_under_way(sit, desk_of, clock):
    """Another seat releases the word while somebody types."""
    desk = desk_of("张晓")
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("N")
    desk.type("这人真是铁公鸡")
    assert not desk.page.log.note.findings()
    lead, head = (people.sign_in(desk.folder, who, PASSWORD, clock=clock) for who in (LEAD, "林主管"))
    state = next(one for one in releases.states(lead) if (one.kind, one.id) == LEXICON)
    draft = workshop.copy(lead, state)
    text = draft.files["lexicon.toml"].replace('"老赖",', '"老赖", "铁公鸡",', 1)
    workshop.hand_in(lead, replace(draft, files={"lexicon.toml": text}))
    workshop.release(head, next(one for one in releases.states(head) if one.version == "2"))
    for seat in (lead, head):
        seat.store.close()
    desk.window.pulse.look_elsewhere()
    assert desk.page.log.note.findings()
    assert desk.page.log.note.toPlainText() == "这人真是铁公鸡"


@pytest.mark.parametrize(("language", "first"), [("zh_CN", "cn-card-zh"), ("en", "cn-card-en")])
def test_it_opens_at_the_scripts_of_the_windows_language(desk_of, language, first):
    desk = desk_of("林主管").open(language)
    pages = [spec.id for spec in desk.session.pages()]
    desk.key(str(pages.index("workshop") + 1), ALT)
    page = desk.window.page("workshop")
    assert page.packs.current().id == first


def test_a_draft_is_there_again_after_a_crash(sit, qtbot, monkeypatch):
    """Nothing but what was kept while typing: the window ends without a last word."""
    desk, page, settle = sit(LEAD)
    down_to(desk, page, *LEXICON, "1")
    desk.ctrl("E")
    settle()
    desk.type("# half a line")
    qtbot.waitUntil(lambda: "half a line" in workshop.drafts_of(desk.seat)[0].files["lexicon.toml"], timeout=1000)
    monkeypatch.setattr(Bench, "flush", lambda bench: None)  # a crash keeps nothing
    desk.type(" lost")
    desk.window.close()
    monkeypatch.undo()
    desk, page, settle = sit(LEAD)
    assert page.bench.draft is not None
    assert "half a line" in page.bench.editor.toPlainText()
    assert "lost" not in page.bench.editor.toPlainText()


def test_what_is_typed_is_kept_within_a_second_and_there_again(sit, qtbot):
    desk, page, settle = sit(LEAD)
    down_to(desk, page, *SCRIPTS, "2026.1")
    desk.ctrl("E")
    settle()
    desk.type("# 改到一半")
    qtbot.waitUntil(
        lambda: any("改到一半" in one.files["pack.toml"] for one in workshop.drafts_of(desk.seat)), timeout=5000
    )
    desk, page, settle = sit(LEAD)
    assert page.bench.draft is not None  # the draft stands first in the list
    assert "改到一半" in page.bench.editor.toPlainText()


def test_legal_returns_with_a_reason_and_the_lead_sees_it(sit):
    desk, page, settle = sit(LEAD)
    down_to(desk, page, *SCRIPTS, "2026.1")
    desk.ctrl("E")
    settle()
    desk.type("# 草稿")
    desk.key(ENTER)
    settle()
    desk.key("H", CTRL, SHIFT)
    desk.key(ENTER)
    desk, page, settle = sit(LEGAL)
    desk.key("B", CTRL, SHIFT)
    desk.key(ENTER)
    assert page.decision.isVisible()  # a reason is wanted
    assert page.decision.error.text()
    desk.type("开头太生硬")
    desk.key(ENTER)
    assert not page.decision.isVisible()
    desk, page, settle = sit(LEAD)
    down_to(desk, page, *SCRIPTS, "2026.2")
    assert "开头太生硬" in page.head.note.text()
    assert LEGAL in page.head.note.text()


def test_a_draft_is_given_up_only_when_confirmed_and_help_lists_the_keys(sit):
    desk, _page, settle = sit(LEAD)
    desk.ctrl("E")
    settle()
    desk.key("X", CTRL, SHIFT)
    desk.key(Qt.Key.Key_Escape)
    assert len(workshop.drafts_of(desk.seat)) == 1
    desk.key("X", CTRL, SHIFT)
    desk.key(ENTER)
    assert workshop.drafts_of(desk.seat) == ()
    shown = {key.id for key in bound_keys(desk.window)}
    assert {"pack_copy", "pack_list", "pack_text", "pack_rehearse", "pack_compare", "pack_learnt"} <= shown
    assert "pack_release" not in shown  # a lead releases nothing


def test_what_helps_is_a_table_and_esc_leads_back(sit):
    desk, page, settle = sit(LEAD)
    settle()
    desk.key(Qt.Key.Key_F7)
    settle()
    assert page.stack.currentWidget() is page.learnt_card
    assert page.learnt.note.text()
    desk.key(Qt.Key.Key_Escape)
    assert page.packs.hasFocus()


def test_what_is_never_said_is_told_apart_by_the_marks_of_the_windows_language(sit):
    desk, page, settle = sit(LEAD)
    settle()
    desk.key(Qt.Key.Key_F5)
    for key in ("1", "C", "1", "1"):
        if len(page.rehearsal.walk.current.never_say) > 1:
            break
        desk.key(key)
    never = page.rehearsal.walk.current.never_say
    assert len(never) > 1
    assert "；".join(never) in page.rehearsal.never.text()
    desk.key("L", CTRL, SHIFT)
    settle()
    assert "; ".join(never) in page.rehearsal.never.text()


def test_language_and_theme_change_under_an_open_draft(sit):
    desk, page, settle = sit(LEAD)
    desk.ctrl("E")
    settle()
    desk.type("# x")
    desk.key("L", CTRL, SHIFT)
    desk.key("D", CTRL, SHIFT)
    settle()
    assert "# x" in page.bench.editor.toPlainText()
    assert page.buttons["pack_hand_in"].text() == "Hand in"
    assert page.bench.draft is not None
    desk.key("D", CTRL, SHIFT)
