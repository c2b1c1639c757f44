from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.calls.calling import CallLog
from collector_desk.services.office import title_row
from collector_desk.words.messages import render


def test_what_comes_next_says_its_day_where_that_is_not_today(agent, debtor):
    who = debtor()
    queueing.claim(agent, who)
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).numbers[0].phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.BUSY))
    queueing.claim(agent, who)
    assert "我的下一件 1" in render(title_row.day(agent), "zh_CN")
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).numbers[0].phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.OFF))
    queueing.claim(agent, who)
    assert "我的下一件 明天 1" in render(title_row.day(agent), "zh_CN")
    assert "my next tomorrow 1" in render(title_row.day(agent), "en")
