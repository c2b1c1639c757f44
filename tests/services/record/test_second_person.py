"""What opens the gate takes two: one writes it, a lead other than them agrees. Stops and pauses take one."""

from datetime import date, time, timedelta

import pytest

from collector_desk.domain.book.history import Guarantee
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import ConsentScope, Share
from collector_desk.domain.message import Refused
from collector_desk.domain.text.references import is_reference
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    Direction,
    Flag,
    NumberKind,
    NumberStanding,
    Outcome,
    Result,
    Role,
    Speaker,
    Verdict,
)
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.gate.facts import facts_of
from collector_desk.services.intake import counts
from collector_desk.services.office import people
from collector_desk.services.packs import releases
from collector_desk.services.permits import consents, guarantees, tasks
from collector_desk.services.permits.consents import ConsentWish
from tests.samples.store import PASSWORD, DebtorMaker, let_in

OWN, CONTACT = "16188005778", "16188009999"
PROOF = Guarantee("薛建国", "11010519491231002X", "BZ-2021-77", date(2021, 5, 6))
CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
NOTE = "客户说明了情况并约定了下一步安排，已经复述确认无误。"


def card(seat, who, digits=OWN):
    return next(card for card in cases.open_case(seat, who).numbers if card.phone.number == digits)


def wish(seat, **other) -> ConsentWish:
    values = {
        "scope": ConsentScope.AGREED_HOURS,
        "since": seat.now(),
        "until": seat.now() + timedelta(days=7),
        "words": "晚上十点半以后打给我",
        "proof": "录音 20261123-7",
        "window": (time(0), time(23, 59)),
    }
    return ConsentWish(**values | other)


def talk(outcome: Outcome, **other) -> CallLog:
    values = {
        "speaker": Speaker.DEBTOR,
        "identity": CHECKED,
        "talk_seconds": 90,
        "note": NOTE,
        "reason": ArrearsReason.OTHER,
        "recording": "R-1",
    }
    return CallLog(outcome, **values | other)


def called(seat, who, log: CallLog, digits=OWN) -> str:
    begun = calling.begin(seat, debtor_id=who, phone_id=card(seat, who, digits).phone.id)
    calling.finish(seat, begun.attempt.id, log)
    return begun.attempt.id


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.message.code


@pytest.fixture
def who(debtor):
    return debtor(numbers=((OWN, NumberKind.MOBILE), (CONTACT, NumberKind.CONTACT)))


@pytest.fixture
def both(seat_of):
    """Somebody with every role at once."""
    return seat_of("全能", *Role)


# --- consents ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", list(ConsentScope))
def test_a_consent_opens_nothing_until_another_lead_agrees(both, manager, who, clock, scope):
    called(both, who, talk(Outcome.REFUSES))
    clock.forward(hours=3)
    window = (time(0), time(23, 59)) if scope is ConsentScope.AGREED_HOURS else None
    shut = card(both, who).decision
    consents.note_consent(both, who, wish(both, scope=scope, window=window))
    assert card(both, who).decision == shut
    (task,) = tasks.open_tasks(manager)
    assert code_of(lambda: tasks.settle(both, task.id, approve=True, reason="同意")) == "office.own_proposal"
    assert card(both, who).decision == shut
    tasks.settle(manager, task.id, approve=False, reason="录音中没有这句话")
    assert card(both, who).decision == shut
    assert consents.in_force(both, who) == ()


def test_legal_settles_matters_and_agrees_to_no_consent(agent, seat_of, who):
    legal = seat_of("法务", Role.LEGAL)
    consents.note_consent(agent, who, wish(agent))
    (task,) = tasks.open_tasks(legal)
    assert code_of(lambda: tasks.settle(legal, task.id, approve=True, reason="同意")) == "office.not_allowed"


def test_taken_back_before_anybody_agreed_it_is_no_matter_any_more(agent, manager, who):
    consents.note_consent(agent, who, wish(agent))
    (waiting,) = consents.in_force(agent, who)
    consents.withdraw_consent(agent, waiting.id)
    assert tasks.open_tasks(manager) == ()
    assert consents.in_force(agent, who) == ()


@pytest.mark.parametrize(("days", "fits"), [(30, True), (31, False), (3650, False)])
def test_a_consent_lasts_thirty_days_at_most(agent, who, days, fits):
    asked = wish(agent, until=agent.now() + timedelta(days=days))
    if fits:
        consents.note_consent(agent, who, asked)
    else:
        assert code_of(lambda: consents.note_consent(agent, who, asked)) == "permits.permits.too_long"


@pytest.mark.parametrize(
    "proof", ["1", "x", "无", "录音", "......", "111111", "123456", "test", "abcdefgh", "n/a n/a"]
)
def test_a_proof_that_nobody_can_look_up_is_none(agent, who, proof):
    assert (
        code_of(lambda: consents.note_consent(agent, who, wish(agent, proof=proof)))
        == "permits.permits.proof_unknown"
    )


def test_the_recording_of_a_call_of_this_debtor_is_a_proof_and_another_s_is_not(agent, manager, who, debtor):
    other = debtor("王明")
    called(agent, who, talk(Outcome.REFUSES, recording="R-7"))
    consents.note_consent(agent, who, wish(agent, proof=" r-7 "))
    (task,) = tasks.open_tasks(manager)
    assert consents.of_task(manager, who, task.id).on_file
    assert (
        code_of(lambda: consents.note_consent(agent, other, wish(agent, proof="R-7")))
        == "permits.permits.proof_unknown"
    )


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("录音 20261123-7", True),
        ("短信 2026-11-28 21:03", True),
        ("BZ-2021-77", True),
        ("档案柜 3 第 12 格 04 号", True),
        ("工单８８０１２３４", True),
        ("", False),
        ("R-1", False),
        ("合同", False),
        ("合同 2021", False),
        ("aaaaaa1", False),
        ("987654", False),
        ("test 1234567", False),
        ("0000000000", False),
    ],
)
def test_what_a_reference_is(text, good):
    assert is_reference(text) is good


# --- a guarantor ---------------------------------------------------------------------------------------------


def test_one_person_makes_nobody_a_guarantor(both, manager, who):
    guarantees.prove(both, who, card(both, who, CONTACT).phone.id, PROOF)
    assert card(both, who, CONTACT).phone.kind is NumberKind.CONTACT
    assert not card(both, who, CONTACT).callable_now
    (task,) = tasks.open_tasks(both)
    assert code_of(lambda: tasks.settle(both, task.id, approve=True, reason="同意")) == "office.own_proposal"
    tasks.settle(manager, task.id, approve=True, reason="已核对合同原件")
    assert card(both, who, CONTACT).phone.kind is NumberKind.GUARANTOR
    assert card(both, who, CONTACT).callable_now


def test_refused_the_contact_stays_one(agent, manager, who):
    guarantees.prove(agent, who, card(agent, who, CONTACT).phone.id, PROOF)
    (task,) = tasks.open_tasks(manager)
    tasks.settle(manager, task.id, approve=False, reason="合同上没有此人")
    assert card(agent, who, CONTACT).phone.kind is NumberKind.CONTACT
    assert cases.open_case(agent, who).guarantees == {}


# --- stops and pauses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "flag"),
    [
        (Outcome.STOP_CALLING, Flag.CEASE),
        (Outcome.COMPLAINT, Flag.COMPLAINT_OPEN),
        (Outcome.HARDSHIP, Flag.VULNERABLE),
        (Outcome.RISK_TO_LIFE, Flag.VULNERABLE),
        (Outcome.DECEASED, Flag.DECEASED),
    ],
)
def test_no_pause_vanishes_by_taking_its_outcome_back(both, manager, who, clock, outcome, flag):
    speaker = Speaker.THIRD_PARTY if outcome is Outcome.DECEASED else Speaker.DEBTOR
    identity = IdentityCheck() if outcome is Outcome.DECEASED else CHECKED
    called(both, who, talk(outcome, speaker=speaker, identity=identity))
    clock.forward(minutes=1)
    attempt, _ = calling.take_back(both)
    calling.finish(both, attempt.id, CallLog(Outcome.NO_ANSWER))
    clock.forward(days=1)
    assert flag in cases.open_case(both, who).file.flags
    assert card(both, who).decision.verdict is Verdict.BLOCK
    (task,) = tasks.open_tasks(manager)
    assert task.taken_back
    assert code_of(lambda: tasks.settle(both, task.id, approve=True, reason="误选")) == "office.own_proposal"
    tasks.settle(manager, task.id, approve=True, reason="已核听录音，系误选")
    assert cases.open_case(both, who).file.flags == frozenset()
    assert card(both, who).callable_now


def test_entered_again_it_is_one_matter_as_before(agent, manager, who, clock):
    called(agent, who, talk(Outcome.COMPLAINT))
    attempt, _ = calling.take_back(agent)
    calling.finish(agent, attempt.id, talk(Outcome.COMPLAINT))
    (task,) = tasks.open_tasks(manager)
    assert not task.taken_back


def test_a_pause_somebody_else_raised_as_well_outlives_the_correction(agent, manager, who, clock, seat_of):
    first = called(agent, who, talk(Outcome.COMPLAINT))
    (kept,) = tasks.open_tasks(manager)
    tasks.settle(manager, kept.id, approve=False, reason="投诉属实，暂停保留")
    clock.forward(minutes=10)
    begun = calling.begin(agent, debtor_id=who, phone_id=None, direction=Direction.IN)
    calling.finish(agent, begun.attempt.id, talk(Outcome.COMPLAINT, note="再次来电投诉，已登记并告知处理时间。"))
    assert begun.attempt.id != first
    calling.take_back(agent)
    (second,) = tasks.open_tasks(manager)
    tasks.settle(manager, second.id, approve=True, reason="第二通系误选")
    assert Flag.COMPLAINT_OPEN in cases.open_case(agent, who).file.flags


def test_who_wrote_the_outcome_of_a_call_taken_over_does_not_release_its_pause(agent, manager, who, seat_of):
    from collector_desk.services.calls import left_open

    begun = calling.begin(agent, debtor_id=who, phone_id=card(agent, who).phone.id)
    people.leave(manager, agent.person.id)
    left_open.take_over(manager, begun.attempt.id)
    calling.finish(manager, begun.attempt.id, talk(Outcome.STOP_CALLING))
    (task,) = tasks.open_tasks(manager)
    assert code_of(lambda: tasks.settle(manager, task.id, approve=True, reason="同意")) == "office.own_proposal"


# --- numbers ---------------------------------------------------------------------------------------------------


def test_a_debtor_met_on_a_shut_number_opens_it_for_nobody_yet(both, manager, who, clock):
    called(both, who, CallLog(Outcome.WRONG_NUMBER))
    clock.forward(days=1)
    phone = card(both, who).phone.id
    begun = calling.begin(both, debtor_id=who, phone_id=phone, direction=Direction.IN)
    calling.finish(both, begun.attempt.id, talk(Outcome.REFUSES))
    assert card(both, who).phone.standing is NumberStanding.WRONG
    clock.forward(days=1)
    assert card(both, who).decision.verdict is Verdict.BLOCK
    (task,) = tasks.open_tasks(manager)
    assert task.kind == "number_again"
    tasks.settle(manager, task.id, approve=True, reason="本人来电，已核身")
    assert card(both, who).callable_now


def test_whatever_else_is_chosen_a_wrong_number_is_one(agent, who):
    called(agent, who, CallLog(Outcome.WRONG_NUMBER, number_standing=NumberStanding.LIVE))
    assert card(agent, who).phone.standing is NumberStanding.WRONG


def test_a_correction_never_counts_for_less(agent, who, clock):
    """An answering machine picked up: corrected to "no answer", it still counts as a connected call."""
    called(agent, who, CallLog(Outcome.VOICEMAIL))
    attempt, _ = calling.take_back(agent)
    calling.finish(agent, attempt.id, CallLog(Outcome.NO_ANSWER))
    with agent.store.read() as conn:
        (event,) = facts_of(conn, who, agent.now()).history
    assert event.result is Result.VOICEMAIL


# --- the institution's figures -----------------------------------------------------------------------------------


def test_a_figure_that_falls_by_hand_waits_and_one_that_rises_does_not(both, manager, agent, who, clock):
    counts.enter(both, who, effective=3, connected=4, as_of=both.now())
    assert card(agent, who).decision.verdict is Verdict.BLOCK
    clock.forward(minutes=1)
    counts.enter(both, who, effective=0, connected=4, as_of=both.now())
    assert card(agent, who).decision.verdict is Verdict.BLOCK
    clock.forward(minutes=1)
    counts.enter(both, who, effective=3, connected=5, as_of=both.now(), ours_included=True)
    (task,) = tasks.open_tasks(manager) or (None,)
    assert task is None or task.kind == "counts_fall"
    clock.forward(minutes=1)
    counts.enter(both, who, effective=1, connected=4, as_of=both.now())
    (task,) = tasks.open_tasks(manager)
    assert code_of(lambda: tasks.settle(both, task.id, approve=True, reason="核对过")) == "office.own_proposal"
    tasks.settle(manager, task.id, approve=True, reason="已与银行核对")
    assert card(agent, who).callable_now


def test_a_figure_by_hand_that_leaves_more_than_our_share_waits(manager, both, agent, who, clock):
    settings.change(manager, Share(effective=1, connected=1))
    called(agent, who, talk(Outcome.REFUSES))
    clock.forward(hours=1)
    counts.enter(both, who, effective=0, connected=0, as_of=both.now())
    assert card(agent, who).decision.verdict is Verdict.BLOCK
    assert [task.kind for task in tasks.open_tasks(manager)] == ["counts_fall"]


# --- nobody there ------------------------------------------------------------------------------------------


@pytest.fixture
def alone(tmp_path, clock):
    """A store with one person, who has every role."""
    made = people.create_store(tmp_path / "alone", name="独一", password=PASSWORD, clock=clock)
    people.set_roles(made.seat, made.seat.person.id, frozenset(Role))
    settings.change(made.seat, Share(effective=3, connected=6))
    releases.release_all(made.seat)
    yield made.seat
    made.seat.store.close()


def test_alone_nothing_opens_and_the_sentence_says_who_is_missing(alone, clock):
    who = DebtorMaker(alone)(numbers=((OWN, NumberKind.MOBILE), (CONTACT, NumberKind.CONTACT)))
    contact = card(alone, who, CONTACT).phone.id
    counts.enter(alone, who, effective=3, connected=4, as_of=alone.now())
    clock.forward(minutes=1)
    for act in (
        lambda: consents.note_consent(alone, who, wish(alone)),
        lambda: guarantees.prove(alone, who, contact, PROOF),
        lambda: counts.enter(alone, who, effective=0, connected=0, as_of=alone.now()),
    ):
        assert code_of(act) == "office.second_missing"
    assert tasks.open_tasks(alone) == ()
    assert consents.in_force(alone, who) == ()


def test_alone_a_stop_is_always_possible_and_stays(alone, clock):
    who = DebtorMaker(alone)(numbers=((OWN, NumberKind.MOBILE),))
    called(alone, who, talk(Outcome.STOP_CALLING))
    attempt, _ = calling.take_back(alone)
    calling.finish(alone, attempt.id, CallLog(Outcome.NO_ANSWER))
    assert Flag.CEASE in cases.open_case(alone, who).file.flags


def test_a_lead_who_left_is_nobody_who_could_agree(alone, clock):
    who = DebtorMaker(alone)(numbers=((OWN, NumberKind.MOBILE),))
    other = let_in(alone, name="组长", password=PASSWORD, roles=frozenset({Role.LEAD}))
    consents.note_consent(alone, who, wish(alone))
    people.leave(alone, other.id)
    assert code_of(lambda: consents.note_consent(alone, who, wish(alone))) == "office.second_missing"
