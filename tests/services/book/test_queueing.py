import pytest

from collector_desk.domain.book.queue import QueueClass, QueueFilter
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Bucket, Outcome, Role, Stage
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling


def test_within_a_class_the_larger_balance_goes_first(agent, debtor):
    small, large = debtor(balance=1000), debtor(balance=900_000)
    assert [row.debtor_id for row in queueing.page(agent).rows] == [large, small]


def test_filters_and_counts(agent, debtor):
    young, old, rich = debtor(days=10), debtor(days=70), debtor(days=40, balance=9_000_000)
    assert queueing.page(agent).counts == {QueueClass.FIRST_OVERDUE: 3}

    def found(**where):
        return [row.debtor_id for row in queueing.page(agent, QueueFilter(**where)).rows]

    assert found(stage=Stage.ESCALATION) == [old]
    assert found(bucket=Bucket.M1) == [young]
    assert found(amount_from=5_000_000) == [rich]
    assert set(found(amount_to=5_000_000)) == {young, old}
    assert set(found(never_tried=True)) == {young, old, rich}
    assert found(promise_due=True) == []
    queueing.claim(agent, young)
    assert found(mine_only=True) == [young]


def test_a_row_says_stage_bucket_and_why(agent, debtor):
    debtor(days=45, previous_overdue=0)
    (row,) = queueing.page(agent).rows
    assert (row.stage, row.bucket, row.days) == (Stage.FIRM, Bucket.M2, 45)
    assert row.why.code == "book.first_overdue_untried"
    assert row.masked == "朱**"


def test_a_junior_gets_no_case_over_sixty_days(seat_of, debtor):
    junior = seat_of("小周", Role.AGENT)
    old = debtor(days=61)
    assert queueing.next_row(junior) is None
    with pytest.raises(Refused) as refused:
        queueing.claim(junior, old)
    assert refused.value.message.code == "calls.too_old_for_role"


def test_what_is_out_of_the_way_is_not_next(agent, debtor):
    tried, fresh = debtor(balance=900_000), debtor(balance=1000)
    begun = calling.begin(agent, debtor_id=tried, phone_id=cases.open_case(agent, tried).numbers[0].phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.BUSY))
    assert queueing.next_row(agent).debtor_id == fresh
    assert queueing.page(agent).counts == {QueueClass.FIRST_OVERDUE: 1, QueueClass.LATER: 1}


def test_claiming_another_lets_the_first_go(agent, seat_of, debtor):
    other = seat_of("李明", Role.SENIOR_AGENT)
    first, second = debtor(), debtor()
    queueing.claim(agent, first)
    queueing.claim(agent, second)
    queueing.claim(other, first)
    assert {row.debtor_id for row in queueing.page(agent).rows} == {second}


def test_reading_a_page_costs_the_same_few_statements_however_many_rows(agent, debtor):
    from sqlalchemy import event

    seen = []
    for _ in range(3):
        debtor()
    engine = agent.store._engine
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    queueing.page(agent)
    few = len(seen)
    for _ in range(20):
        debtor()
    seen.clear()
    queueing.page(agent)
    assert len(seen) == few


def test_a_junior_finds_the_first_young_case_behind_any_number_of_old_ones(seat_of, debtor):
    for place in range(25):
        debtor(balance=9_000_000 + place, days=90)
    young = debtor(balance=100, days=10)
    junior = seat_of("新人", Role.AGENT)
    assert queueing.next_row(junior).debtor_id == young
    assert queueing.next_row(junior, after=young) is None
