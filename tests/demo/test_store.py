"""A small demo, made once: it verifies, and every list of the desk has something to show."""

import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from collector_desk.demo import ends, store
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.visits.visit import fully_signed
from collector_desk.domain.vocabulary import Outcome, Role, Speaker
from collector_desk.services.book import cases, closing, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.intake import nobodys_words
from collector_desk.services.office import people
from collector_desk.services.packs import wording
from collector_desk.services.permits import alarms, tasks
from collector_desk.services.visits import incidents, visiting
from collector_desk.store import keys, marks
from collector_desk.store import tables as t
from collector_desk.store.verify import verify

HALF_PAST_TEN = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
SIZE = 240


class Clock:
    def __init__(self, at=HALF_PAST_TEN):
        self.at = at

    def now(self):
        return self.at


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The demo's folder and the home its marks were kept in; made once for all tests here."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
            patch.setattr(keys, name, value)
        home = tmp_path_factory.mktemp("home")
        patch.setenv("COLLECTOR_DESK_HOME", str(home))
        folder = tmp_path_factory.mktemp("stores") / "demo"
        told = []
        seat = store.open_demo(
            folder, clock=Clock(), size=SIZE, progress=lambda done, total: told.append((done, total))
        )
        people.sign_out(seat)
    assert told[-1] == (100, 100)
    assert told == sorted(told)
    return folder, home


@pytest.fixture
def seat(made, monkeypatch):
    folder, home = made
    monkeypatch.setenv("COLLECTOR_DESK_HOME", str(home))
    seat = store.open_demo(folder, clock=Clock())
    yield seat
    seat.store.close()


def test_the_agent_signs_in_and_the_history_verifies(seat):
    assert seat.person.name == store.AGENT
    assert seat.person.roles == {Role.AGENT, Role.SENIOR_AGENT}
    report = verify(seat.store, marks.read(seat.folder, seat.store_id))
    assert report.ok
    assert report.lines > 350
    assert {person.name for person in people.everybody(seat)} == {
        store.AGENT,
        store.JUNIOR,
        store.LEAD,
        *store.VISITORS,
    }


def test_it_says_that_it_is_a_demo_and_has_its_share(seat):
    desk = settings.get(seat, DeskSettings)
    assert desk.demo
    assert desk.recording_system == store.RECORDER
    assert settings.get(seat, Share) == Share(effective=3, connected=6)


def test_all_accounts_are_there_and_second_ones_among_them(seat):
    with seat.store.read() as conn:
        assert conn.execute(select(func.count()).select_from(t.account_case)).scalar() == SIZE + ends.PEOPLE
        assert conn.execute(select(func.count()).select_from(t.debtor)).scalar() < SIZE
        assert conn.execute(select(func.count()).select_from(t.placement)).scalar() == 4


def test_an_earlier_mandate_was_refreshed_recalled_from_stopped_in_and_given_back(seat):
    word, case, event = t.bank_word.c, t.account_case.c, t.case_event.c
    with seat.store.read() as conn:
        words = Counter(conn.execute(select(word.word)).scalars())
        ended = Counter(
            conn.execute(select(event.event).where(event.event.in_(["recalled", "handed_back"]))).scalars()
        )
        refreshed = conn.execute(select(func.count()).where(case.figure_minor.is_not(None))).scalar()
        lists = conn.execute(select(func.count()).select_from(t.bank_list)).scalar()
    assert words == {"recall": 2, "stop": 1}
    assert ended["handed_back"] == ends.PEOPLE - 2
    assert ended["recalled"] >= 2
    assert (refreshed, lists) == (ends.PEOPLE, 1)
    lead = people.sign_in(seat.folder, store.LEAD, store.PASSWORD, clock=Clock())
    (waits,) = nobodys_words.waiting(lead)
    assert waits.word == "recall"
    lead.store.close()


def test_every_class_of_the_queue_has_somebody(seat):
    counts = queueing.page(seat).counts
    live = {
        QueueClass.DUE_NOW, QueueClass.PROMISE_BROKEN, QueueClass.FIRST_OVERDUE, QueueClass.PROMISED_TODAY,
        QueueClass.CAN_PAY_PART, QueueClass.LARGE_AMOUNT, QueueClass.IN_WORK, QueueClass.LOST_CONTACT,
        QueueClass.LATER, QueueClass.NO_NUMBER, QueueClass.BLOCKED, QueueClass.PAUSED, QueueClass.WAITING,
        QueueClass.DONE,
    }  # fmt: skip
    assert {found for found, count in counts.items() if count} == live


def test_the_day_is_live_a_call_can_be_made_at_once(seat):
    row = queueing.next_row(seat)
    assert row.queue_class is QueueClass.DUE_NOW
    queueing.claim(seat, row.debtor_id)
    case = cases.open_case(seat, row.debtor_id)
    assert case.timeline
    begun = calling.begin(seat, debtor_id=row.debtor_id, phone_id=case.next_number.phone.id)
    assert begun.attempt.number.startswith(("161", "0"))
    calling.finish(seat, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    queueing.release(seat)


def test_visits_in_several_states_one_filed_one_to_review(seat):
    rows = visiting.rows(seat)
    states = Counter(row.state for row in rows)
    assert states[VisitState.FILED] >= 1
    assert states[VisitState.REPORTED] == 1
    assert len(states) >= 4
    for row in rows:
        visit = visiting.load(seat, row.visit_id)
        if row.state in {VisitState.FILED, VisitState.REPORTED}:
            assert fully_signed(visit.signatures, visit.report, visit.plan)
        if visit.plan:
            assert (visit.plan.lead.name, visit.plan.companion.name) == store.VISITORS


def test_the_lead_has_something_to_decide(seat):
    kinds = {task.kind for task in tasks.open_tasks(seat)}
    assert {"promise_approval", "dispute", "complaint", "plan_request"} <= kinds


def test_promises_were_kept_and_broken_as_the_banks_files_tell(seat):
    account, end = t.account_case.c, t.attempt_end.c
    with seat.store.read() as conn:
        states = dict(conn.execute(select(t.promise_state.c.state, func.count()).group_by("state")).all())
        rows = dict(conn.execute(select(t.payment_now.c.standing, func.count()).group_by("standing")).all())
        less = conn.execute(
            select(func.count()).where(account.balance_minor != account.placed_minor, account.state == "open")
        ).scalar()
        ended = conn.execute(select(func.max(end.ended_at)).where(end.ended_at < HALF_PAST_TEN)).scalar()
    assert states["broken"] > 0
    assert states["open"] > 0
    assert states["kept"] > 0
    assert less > 0
    assert rows["taken"] > 0
    assert rows["to_settle"] > 0
    assert ended > HALF_PAST_TEN - timedelta(hours=24)


def test_what_is_over_was_closed_by_the_lead_on_the_banks_word(seat):
    with seat.store.read() as conn:
        over = conn.execute(select(t.account_case).where(t.account_case.c.state != "open")).all()
    assert {row.state for row in over} == {"settled", "returned"}
    for row in over:
        assert closing.closed_accounts(seat, row.debtor_id)[row.id].document


def test_every_call_was_asked_of_the_gate_and_none_was_made_against_it(seat):
    with seat.store.read() as conn:
        attempts = len(conn.execute(select(t.attempt.c.id)).all())
        verdicts = list(
            conn.execute(
                select(t.ground.c.verdict)
                .join(t.attempt, t.attempt.c.ground_id == t.ground.c.id)
                .join(t.rule_set, t.rule_set.c.id == t.ground.c.rule_set_id)
            ).scalars()
        )
    assert len(verdicts) == attempts
    assert set(verdicts) <= {"allow", "warn"}


def test_the_banks_files_lie_in_the_store_with_the_rows_that_were_set_aside(seat):
    with seat.store.read() as conn:
        names = conn.execute(select(t.received_file.c.filename)).scalars().all()
        aside = conn.execute(select(t.batch.c.set_aside)).scalars().all()
    assert [name.rpartition(".")[2] for name in sorted(names)] == ["xlsx"] * 4 + ["csv"] * 5
    assert sum(aside) == 8


def test_an_incident_lies_before_the_lead_and_no_window_cries(seat):
    assert [one.open for one in incidents.incidents(seat_of_lead(seat))] == [True]
    assert alarms.state(seat).waiting == ()


def seat_of_lead(seat):
    return replace(seat, person=next(one for one in people.everybody(seat) if one.name == store.LEAD))


def test_no_note_of_the_demo_stands_in_its_own_way(seat):
    end = t.attempt_end.c
    with seat.store.read() as conn:
        notes = conn.execute(select(end.note, end.speaker).where(end.note.is_not(None)).distinct()).all()
    assert len(notes) > 20
    assert not [note for note, speaker in notes if wording.blocking_words(note, Speaker(speaker))]


def test_the_file_is_encrypted(made):
    folder, _ = made
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(folder / "store.db") as plain:
        plain.execute("SELECT * FROM person")


def test_a_making_that_was_broken_off_leaves_nothing(tmp_path, monkeypatch):
    def stop(done, total):
        if done > 30:
            raise KeyboardInterrupt

    folder = tmp_path / "demo"
    with pytest.raises(KeyboardInterrupt):
        store.open_demo(folder, clock=Clock(), size=20, progress=stop)
    assert not folder.exists()


@pytest.mark.parametrize(
    "at", [datetime(2026, 11, 23, 16, 30, tzinfo=UTC), datetime(2027, 2, 28, 15, 59, tzinfo=UTC)]
)
def test_it_can_be_made_at_any_hour(tmp_path, at):
    """Half past midnight and shortly before it, on the desk's clock."""
    seat = store.open_demo(tmp_path / "demo", clock=Clock(at), size=25)
    try:
        assert verify(seat.store, marks.read(seat.folder, seat.store_id)).ok
        assert queueing.page(seat).total >= 20
    finally:
        people.sign_out(seat)
