"""A debtor whom no waiting lets one call leaves the queue's workable classes, with the true reason."""

import pytest
from sqlalchemy import insert, update

from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import Direction, NumberKind, NumberStanding, Outcome, Speaker
from collector_desk.services.book import cases, queueing, refresh
from collector_desk.services.calls import calling
from collector_desk.services.permits import contacts, tasks
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.words.messages import render

A, B, C = "16188005001", "16188005002", "16188005003"
OWN, CONTACT = NumberKind.MOBILE, NumberKind.CONTACT


def tries(seat, who, outcome, place=0, **other):
    numbers = [card.phone for card in cases.open_case(seat, who).numbers if card.callable_now]
    begun = calling.begin(seat, debtor_id=who, phone_id=numbers[place].id)
    return calling.finish(seat, begun.attempt.id, CallLog(outcome, **other))


def stand(seat, who):
    file = cases.open_case(seat, who).file
    return file.queue_class, render(file.why, "zh_CN", now=seat.now())


def test_a_wrong_number_without_another_leaves_the_way(agent, debtor, clock):
    first, second = debtor(), debtor()
    tries(agent, first, Outcome.WRONG_NUMBER)
    assert stand(agent, first) == (QueueClass.NO_NUMBER, "没有可拨号码：号码错误")
    clock.forward(minutes=2)
    queueing.tick(agent)
    assert queueing.next_row(agent).debtor_id == second
    assert queueing.next_row(agent, after=second) is None
    for _ in range(8):  # days and weeks change nothing
        clock.forward(days=1)
        queueing.catch_up(agent)
        assert stand(agent, first)[0] is QueueClass.NO_NUMBER


def test_another_number_is_tried_next(agent, debtor, clock):
    who = debtor(numbers=((A, OWN), (B, NumberKind.HOME)))
    tries(agent, who, Outcome.WRONG_NUMBER)
    queue_class, why = stand(agent, who)
    assert queue_class is QueueClass.LATER
    assert why.startswith("号码错误")
    clock.forward(minutes=2)
    queueing.tick(agent)
    assert queueing.next_row(agent).debtor_id == who
    assert cases.open_case(agent, who).next_number.phone.number == B
    tries(agent, who, Outcome.WRONG_NUMBER)
    assert stand(agent, who) == (QueueClass.NO_NUMBER, "没有可拨号码：号码错误")


@pytest.mark.plants_state
@pytest.mark.parametrize(
    ("standings", "words"),
    [
        ([NumberStanding.STOPPED], "机主要求停止致电"),
        ([NumberStanding.DEAD], "停机或空号"),
        ([NumberStanding.DEAD, NumberStanding.WRONG], "号码错误、停机或空号"),
    ],
)
def test_what_is_known_of_all_numbers_is_the_reason(agent, debtor, standings, words):
    numbers = [(f"1618800600{place}", OWN) for place in range(len(standings))]
    who = debtor(numbers=tuple(numbers))
    with agent.store.write() as conn:
        for (number, _), known in zip(numbers, standings, strict=True):
            conn.execute(update(t.phone).where(t.phone.c.number == number).values(standing=known.value))
        refresh.refresh(conn, [who], agent.now())
    assert stand(agent, who) == (QueueClass.NO_NUMBER, f"没有可拨号码：{words}")


@pytest.mark.plants_state
@pytest.mark.parametrize(
    ("number", "words"), [("110", "不是电话号码"), ("12345", "不是电话号码"), (None, "资料中没有号码")]
)
def test_no_number_or_none_that_can_be_dialled(agent, debtor, number, words):
    who = debtor()
    with agent.store.write() as conn:
        if number is None:
            conn.execute(t.phone.delete().where(t.phone.c.debtor_id == who))
        else:
            conn.execute(update(t.phone).where(t.phone.c.debtor_id == who).values(number=number))
        refresh.refresh(conn, [who], agent.now())
    assert stand(agent, who) == (QueueClass.NO_NUMBER, f"没有可拨号码：{words}")


def test_a_telephone_switched_off_is_tried_again_and_given_up_after_three_days(agent, debtor, clock):
    who = debtor()
    for day in range(3):
        tries(agent, who, Outcome.OFF)
        queue_class, why = stand(agent, who)
        if day < 2:
            assert queue_class is QueueClass.LATER
            assert why.startswith("关机")
            clock.forward(days=1, minutes=1)
            queueing.catch_up(agent)
            assert queueing.next_row(agent).debtor_id == who
    assert (queue_class, why) == (QueueClass.NO_NUMBER, "没有可拨号码：停机或空号")


def test_taken_back_the_number_can_be_called_again_once_a_lead_agrees(agent, manager, debtor, clock):
    who = debtor()
    tries(agent, who, Outcome.WRONG_NUMBER)
    attempt, _ = calling.take_back(agent)
    calling.finish(agent, attempt.id, CallLog(Outcome.NO_ANSWER))
    assert stand(agent, who)[0] is QueueClass.WAITING
    (asked,) = tasks.open_tasks(manager)
    tasks.settle(manager, asked.id, approve=True, reason="已核听录音，系误选错号")
    assert stand(agent, who)[0] is QueueClass.LATER


def test_a_contact_the_lead_opened_is_a_way_to_call(agent, manager, debtor, clock):
    who = debtor(numbers=((A, OWN), (C, CONTACT)))
    for _ in range(4):
        tries(agent, who, Outcome.NO_ANSWER)
        clock.forward(days=1, hours=1)
    tries(agent, who, Outcome.WRONG_NUMBER)
    assert stand(agent, who)[0] is QueueClass.NO_NUMBER  # the contact is reserved
    contacts.approve(manager, who, until=None, reason="已核实本人失联，同意联系预留联系人一次。")
    clock.forward(minutes=2)
    queueing.catch_up(agent)
    queue_class, _ = stand(agent, who)
    opened = [card for card in cases.open_case(agent, who).numbers if card.callable_now]
    assert [card.phone.number for card in opened] == [C]
    assert queue_class.workable


@pytest.mark.plants_state
def test_a_number_that_comes_brings_the_debtor_back(agent, debtor, clock):
    who = debtor()
    tries(agent, who, Outcome.WRONG_NUMBER)
    clock.forward(minutes=5)
    with agent.store.write() as conn:
        conn.execute(
            insert(t.phone).values(
                id=new_id(), debtor_id=who, number=B, kind=OWN.value, owner_name="", relation="",
                standing="unknown", source="bank", position=1,
            )
        )  # fmt: skip
        refresh.refresh(conn, [who], agent.now())
    assert stand(agent, who)[0].workable


def test_a_wrong_number_beside_one_whose_calls_of_today_are_used_waits_for_tomorrow(agent, debtor, clock):
    who = debtor(numbers=((A, OWN), (B, OWN)))
    tries(agent, who, Outcome.WRONG_NUMBER)
    clock.forward(minutes=5)
    checked = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
    begun = calling.begin(agent, debtor_id=who, phone_id=None, direction=Direction.IN)
    words = "客户来电询问还款方式后挂断，未再说明打算，已作记录备查。"
    log = CallLog(Outcome.HANGS_UP, Speaker.DEBTOR, checked, talk_seconds=60, note=words, recording="R-1")
    calling.finish(agent, begun.attempt.id, log)
    clock.forward(minutes=5)
    assert stand(agent, who)[0] is QueueClass.LATER
    with agent.store.write() as conn:
        refresh.refresh(conn, [who], agent.now())
    assert not stand(agent, who)[0].workable


def test_a_row_says_what_the_last_try_led_to(agent, debtor, clock):
    for outcome, word in ((Outcome.BUSY, "占线"), (Outcome.NO_ANSWER, "无人接听"), (Outcome.VOICEMAIL, "语音信箱")):
        who = debtor()
        tries(agent, who, outcome)
        assert stand(agent, who)[1].startswith(word)
