"""What is done where no number can be called: a number that was found, or the lead."""

import pytest
from sqlalchemy import delete, update

from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.visits.visit import PlaceKind, VisitPurpose
from collector_desk.domain.vocabulary import NumberKind, NumberStanding, Outcome, Role, TaskKind
from collector_desk.services.book import cases, queueing, refresh
from collector_desk.services.calls import calling
from collector_desk.services.permits import no_number, tasks
from collector_desk.services.visits import visiting
from collector_desk.store import tables as t
from collector_desk.store.verify import verify

FRESH = "16188007777"


@pytest.fixture
def dead(agent, debtor):
    """A debtor whose only number is somebody else's."""
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).numbers[0].phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.WRONG_NUMBER))
    assert queue_class(agent, who) is QueueClass.NO_NUMBER
    return who


def queue_class(seat, who):
    return cases.open_case(seat, who).file.queue_class


def test_a_number_that_was_found_brings_the_case_back_and_can_be_dialled(agent, dead, clock):
    clock.forward(minutes=5)
    no_number.give_number(agent, dead, " 161-8800 7777 ", "委托方补充提供")
    phone = cases.open_case(agent, dead).file.phones[-1]
    assert (phone.number, phone.standing, phone.relation) == (FRESH, NumberStanding.UNKNOWN, "委托方补充提供")
    assert queueing.next_row(agent).debtor_id == dead
    begun = calling.begin(agent, debtor_id=dead, phone_id=phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    assert queue_class(agent, dead) is QueueClass.LATER


@pytest.mark.parametrize(
    ("typed", "origin", "field"),
    [
        ("无", "委托方", "new_number"),
        ("110", "委托方", "new_number"),
        ("62345678", "委托方", "new_number"),
        (FRESH, " ", "where_from"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(agent, dead, typed, origin, field):
    with pytest.raises(Refused) as refused:
        no_number.give_number(agent, dead, typed, origin)
    assert refused.value.field_name == field
    assert len(cases.open_case(agent, dead).file.phones) == 1


def test_the_same_wrong_number_again_opens_nothing(agent, dead):
    wrong = cases.open_case(agent, dead).file.phones[0].number
    no_number.give_number(agent, dead, wrong, "客户资料")
    assert [phone.standing for phone in cases.open_case(agent, dead).file.phones] == [NumberStanding.WRONG]
    assert queue_class(agent, dead) is QueueClass.NO_NUMBER


def test_one_that_another_file_knows_as_somebody_elses_goes_to_the_lead(agent, manager, debtor, dead):
    debtor(numbers=(("16188001111", NumberKind.MOBILE), (FRESH, NumberKind.CONTACT)))
    no_number.give_number(agent, dead, FRESH, "公开渠道")
    assert queue_class(agent, dead) is QueueClass.NO_NUMBER
    (task,) = tasks.open_tasks(manager)
    tasks.settle(manager, task.id, approve=True, reason="已向委托方核实为本人号码。")
    assert queue_class(agent, dead) is not QueueClass.NO_NUMBER
    assert cases.open_case(agent, dead).file.phones[-1].standing is NumberStanding.UNKNOWN


def test_before_the_lead_with_a_sentence_and_back(agent, manager, dead):
    no_number.ask_lead(agent, dead, "号码非本人，资料中无其他联系方式，请安排查找或外访。")
    assert queue_class(agent, dead) is QueueClass.WAITING
    (task,) = tasks.open_tasks(manager)
    assert (task.kind, task.opened_by) == (TaskKind.NO_NUMBER, agent.person.id)
    assert task.note.startswith("号码非本人")
    told = [line for line in cases.open_case(agent, dead).timeline if line.kind == "lead_asked"]
    assert told[0].text == task.note
    tasks.settle(manager, task.id, approve=True, reason="已向委托方索取新号码，收到后登记。")
    assert queue_class(agent, dead) is QueueClass.NO_NUMBER
    assert tasks.open_tasks(manager) == ()
    assert verify(agent.store).ok


def test_nobody_settles_their_own_question(agent, manager, debtor, seat_of, clock):
    both = seat_of("周主管", Role.LEAD, Role.SENIOR_AGENT)
    who = debtor()
    begun = calling.begin(both, debtor_id=who, phone_id=cases.open_case(both, who).numbers[0].phone.id)
    calling.finish(both, begun.attempt.id, CallLog(Outcome.WRONG_NUMBER))
    no_number.ask_lead(both, who, "号码非本人，请决定。")
    (task,) = tasks.open_tasks(both)
    with pytest.raises(Refused):
        tasks.settle(both, task.id, approve=True, reason="自己处理自己提出的事项。")
    tasks.settle(manager, task.id, approve=True, reason="退回委托方补充号码。")


@pytest.mark.parametrize("words", ["", "  ", "请", "\u200b\u200b\u200b\u200b"])
def test_the_lead_is_told_something(agent, dead, words):
    with pytest.raises(Refused) as refused:
        no_number.ask_lead(agent, dead, words)
    assert refused.value.field_name == "words"


def test_where_a_number_can_be_called_there_is_nothing_to_ask(agent, debtor, dead, clock):
    other = debtor()
    with pytest.raises(Refused) as refused:
        no_number.ask_lead(agent, other, "想请主管直接处理此案。")
    assert refused.value.message.code == "permits.no_number.has_one"
    no_number.ask_lead(agent, dead, "号码非本人，请决定。")
    with pytest.raises(Refused):
        no_number.ask_lead(agent, dead, "号码非本人，请决定。")  # it waits already


def test_what_a_colleague_holds_is_left_to_them(agent, dead, seat_of):
    other = seat_of("李明", Role.SENIOR_AGENT)
    queueing.claim(agent, dead)
    for act in (
        lambda: no_number.ask_lead(other, dead, "号码非本人，请决定。"),
        lambda: no_number.give_number(other, dead, FRESH, "委托方"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.message.code == "calls.held_by_other"


def test_a_junior_is_kept_from_what_is_too_old_for_them(seat_of, manager, debtor):
    junior = seat_of("新人", Role.AGENT)
    old = debtor(days=90)
    with manager.store.write() as conn:
        conn.execute(update(t.debtor).where(t.debtor.c.id == old).values(queue_class=int(QueueClass.NO_NUMBER)))
    for act in (
        lambda: no_number.ask_lead(junior, old, "号码非本人，请决定。"),
        lambda: no_number.give_number(junior, old, FRESH, "委托方"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.message.code == "calls.too_old_for_role"


@pytest.mark.plants_state
def test_who_has_no_number_on_file_may_be_visited_without_a_call_in_vain(agent, debtor):
    who, other = debtor(), debtor()
    with agent.store.write() as conn:
        conn.execute(delete(t.phone).where(t.phone.c.debtor_id == who))
        refresh.refresh(conn, [who], agent.now())
    address = cases.open_case(agent, who).file.addresses[0][2]
    wish = {
        "purpose": VisitPurpose.TALK,
        "address": address,
        "place": PlaceKind.HOME,
        "words": "没有号码，上门核实。",
    }
    visit_id, _ = visiting.request(agent, debtor_id=who, **wish)
    asked = visiting.load(agent, visit_id).request
    assert (asked.no_number, asked.attempts) == (True, ())
    assert queue_class(agent, who) is QueueClass.WAITING
    with pytest.raises(Refused) as refused:
        visiting.request(agent, debtor_id=other, **wish)
    assert refused.value.message.code == "visits.no_evidence"
