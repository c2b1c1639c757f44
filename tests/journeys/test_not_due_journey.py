"""Before the due day, by keys: the row, the head and the script speak of the instalment and never of the whole."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import update

from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.outcomes import rule_for
from collector_desk.domain.vocabulary import Outcome, PromiseState
from collector_desk.services.book import cases, refresh
from collector_desk.store import tables as t
from collector_desk.ui.work.queue.model import ROW_ROLE
from tests.journeys.test_call import NOTE, say_who
from tests.journeys.test_queue_rows_journey import told

WORDS = {
    "zh_CN": ("还有 3 天到期", "本期应还", "七百八十二元六角", "三万三千九百"),
    "en": ("due in 3 days", "Due this time", "seven hundred and eighty-two", "thirty-three thousand"),
}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("minimum", [78_260, None])
def test_before_the_due_day_nobody_is_asked_for_the_whole(desk, language, minimum, monkeypatch):
    who = desk.debtor("欧阳小雪", days=-3)
    with desk.seat.store.write() as conn:
        conn.execute(update(t.account_case).values(minimum_minor=minimum, extras={"产品名称": "个人消费贷款"}))
        refresh.refresh(conn, [who], desk.seat.now())
    desk.open(language)
    age, label, part, whole = WORDS[language]
    row = desk.page.queue.list.model().index(0, 0).data(ROW_ROLE)
    assert row.queue_class is QueueClass.NOT_DUE
    drawn = [text for text, *_ in told(desk, monkeypatch)]
    assert any(text.startswith(age) for text in drawn)
    assert not any("-3" in text for text in drawn)
    assert not any(text.endswith("…") for text in drawn), "nothing of the row is cut"
    desk.key(Qt.Key.Key_Return)
    say_who(desk, who)
    desk.key("1")
    card = desk.page.debtor
    assert card.age.text() == age
    assert whole not in desk.page.call.spoken()
    if minimum:
        assert part in desk.page.call.spoken()
        assert (card.amount.text(), label in card.as_of.text()) == ("¥782.60", True)
        assert "¥33,911.62" in card.line.text()
    else:
        assert card.amount.text() == "¥33,911.62"
        assert label not in card.as_of.text()


@pytest.mark.parametrize(("minimum", "figure"), [(78_260, "782.60"), (None, "33,911.62")])
def test_in_full_before_the_due_day_is_what_is_asked_for(desk, minimum, figure):
    who = desk.debtor("欧阳小雪", days=-3)
    with desk.seat.store.write() as conn:
        conn.execute(update(t.account_case).values(minimum_minor=minimum))
        refresh.refresh(conn, [who], desk.seat.now())
    desk.open()
    desk.key(Qt.Key.Key_Return)
    say_who(desk, who)
    desk.key("R")
    desk.key(rule_for(Outcome.PROMISE_FULL).key)
    assert desk.page.log.fields.amount.text() == figure
    desk.key("M")
    desk.key("Y")
    desk.key("1")
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(Qt.Key.Key_Return)
    (promise,) = cases.open_case(desk.seat, who).file.promises
    assert (f"{promise.amount}", promise.state) == (f"¥{figure}", PromiseState.OPEN)
