"""Where the walk goes on a store full of work: every page, every part of it, and what opens over it.

Each place is reached by keys at the real window, as a person reaches it, from the one before.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from collector_desk.demo.store import AGENT, LEAD, VISITORS

if TYPE_CHECKING:
    from collector_desk.demo.tour_driver import Hands

Places = Iterator[str]
LONG = "Alexandra Konstantinopoulou-Featherstonehaugh"
"""A debtor of the walk's own, with a guarantor; nobody's name is longer in one word."""


def all_places(hands: "Hands", sign_in: Callable[[str], None], go_on: Callable[[float], None]) -> Places:
    """All of them; whoever has to be there is signed in first."""
    sign_in(AGENT)
    yield from _at_work(hands, go_on)
    sign_in(LEAD)
    yield from _review(hands)
    yield from _cases(hands)
    yield from _visits(hands)
    yield from _settings(hands)
    yield from _workshop(hands)
    sign_in(VISITORS[0])
    yield from _visits(hands)


def page(hands: "Hands", page_id: str) -> Any:
    """Bring a page to the front."""
    place = list(hands.window.desk.buttons).index(page_id) + 1
    hands.act(f"page_{place}")
    shown = hands.window.page(page_id)
    hands.wait(lambda: shown is not None and shown.isVisible(), page_id)
    return shown


# --- the call --------------------------------------------------------------------------------------


def _at_work(hands: "Hands", go_on: Callable[[float], None]) -> Places:
    work = page(hands, "work")
    hands.wait(lambda: work.queue.model.rowCount() > 0, "the queue")
    yield "work: the queue"
    hands.act("help")
    yield "work: its keys"
    hands.press("Escape")
    yield from _look_for(hands, "zzzz", "work: nothing found")
    hands.press("Escape")
    hands.press("Escape")
    hands.press("Return")
    yield "work: before the call"
    hands.act("unmask")
    yield "work: behind the masks"
    hands.act("visit")
    yield "work: asking for a visit"
    hands.press("Escape")
    hands.press("Escape")
    hands.act("permits")
    yield "work: what opens the gate"
    hands.press("Escape")
    hands.press("Escape")
    hands.act("incident")
    yield "work: an incident"
    hands.press("Escape")
    hands.press("Escape")
    _to_a_callable(hands, work)
    hands.act("dial")
    go_on(12)
    yield "call: who is there"
    hands.act("answers")
    hands.type("不想活")
    yield "call: an answer to danger"
    hands.press("Escape")
    hands.press("1")
    yield "call: who are you"
    case = work.call.case
    hands.type(case.file.debtor.name)
    hands.press("Return")
    hands.type(case.file.debtor.id_number[-4:])
    hands.press("Return")
    yield "call: verified"
    hands.press("1")
    yield "call: what is owed"
    hands.press("1")
    hands.press("1")
    yield "call: a promise"
    hands.act("more")
    yield "call: more of a promise"
    hands.act("more")
    hands.act("answers")
    hands.type("利息")
    yield "call: an answer"
    hands.press("Escape")
    hands.act("save_next")
    yield "call: what is missing"
    hands.act("third_party")
    yield "call: somebody else"
    go_on(40)
    hands.act("note")
    hands.type("接听的是别人，没有说明来意。")
    hands.act("save_next")
    yield "work: the one after"
    yield from _a_long_name(hands, work, go_on)


def _a_long_name(hands: "Hands", work: Any, go_on: Callable[[float], None]) -> Places:
    """Whoever has the longest name, a guarantor and every field of the log open loses nothing."""
    hands.act("find")
    hands.type(LONG[:12])
    hands.wait(lambda: work.queue.model.rowCount() > 0, "who has a long name")
    yield "work: a long name in the list"
    hands.press("Return")
    hands.act("unmask")
    yield "work: a long name"
    hands.act("dial")
    go_on(10)
    hands.press("1")
    hands.type(LONG)
    hands.press("Return")
    hands.type(work.call.case.file.debtor.id_number[-4:])
    hands.press("Return")
    hands.press("1")
    hands.press("1")
    hands.press("1")
    hands.act("more")
    yield "call: a long name, more of a promise"
    hands.press("Escape")
    hands.act("third_party")
    go_on(40)
    hands.act("note")
    hands.type("接听的是别人，没有说明来意。")
    hands.act("save_next")
    assert work.call.attempt is None, work.log.problem.text()


def _look_for(hands: "Hands", text: str, name: str) -> Places:
    hands.act("find")
    hands.type(text)
    yield name
    hands.press("Ctrl+A")
    hands.press("Delete")


def _to_a_callable(hands: "Hands", work: Any) -> None:
    """Open one case after the other until one may be called."""
    for _ in range(40):
        number = work.call.number
        if number is not None and number.callable_now and work.call.attempt is None:
            return
        hands.press("Return")
    raise AssertionError("nobody may be called")


# --- the lead --------------------------------------------------------------------------------------


def _review(hands: "Hands") -> Places:
    review = page(hands, "review")
    for number, tab in enumerate(review.tabs):
        if tab.isVisible():
            hands.press(str(number + 1))
            hands.settle()
            yield f"review: part {number + 1}"


def _cases(hands: "Hands") -> Places:
    cases = page(hands, "cases")
    yield "cases: the lists"
    hands.act("import")
    yield "cases: a file"
    hands.press("Escape")
    for key, name in (("to_bank", "what goes to the bank"), ("reconcile", "a month")):
        hands.act(key)
        hands.settle()
        yield f"cases: {name}"
        hands.press("Escape")
        hands.press("Escape")
    hands.go_to(cases.overview.table)
    hands.press("Down")
    hands.press("Return")
    yield "cases: one case"
    hands.act("counts")
    yield "cases: counts of a case"
    hands.press("Escape")
    hands.act("close_case")
    yield "cases: closing a case"
    hands.press("Escape")


def _visits(hands: "Hands") -> Places:
    visits = page(hands, "visits")
    yield "visits: the list"
    hands.press("Return")
    if visits.detail is not None:
        yield "visits: one visit"
        hands.act("incident")
        yield "visits: an incident"
        hands.press("Escape")
        hands.press("Escape")
    hands.act("rounds")
    yield "visits: rounds"
    hands.press("Escape")


def _settings(hands: "Hands") -> Places:
    settings = page(hands, "settings")
    menu = settings.form.menu
    hands.go_to(menu)
    hands.press("Home")
    for row in range(menu.count()):
        yield f"settings: part {row + 1}"
        hands.press("Down")


def _workshop(hands: "Hands") -> Places:
    page(hands, "workshop")
    yield "workshop: the packs"
    hands.act("pack_list")
    for _ in range(3):
        hands.press("Down")
        hands.settle()
    for key in ("pack_files", "pack_text", "pack_rehearse", "pack_compare", "pack_learnt"):
        hands.act(key)
        hands.settle()
        yield f"workshop: {key}"
