"""How often the acts that people wait for ask the database. Each number can only fall: lower it where it does."""

from datetime import date, time, timedelta

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import ConsentScope
from collector_desk.domain.visits.visit import PlaceKind, VisitPurpose
from collector_desk.domain.vocabulary import ArrearsReason, NumberKind, Outcome, PayChannel, Role, Speaker
from collector_desk.services.book import cases, refresh
from collector_desk.services.calls import calling
from collector_desk.services.desk import seat
from collector_desk.services.desk.seat import acting
from collector_desk.services.gate import answers
from collector_desk.services.intake import counts
from collector_desk.services.office import backup, keyring
from collector_desk.services.packs import releases
from collector_desk.services.permits import consents, tasks
from collector_desk.services.visits import visiting
from collector_desk.store import endorsements, slots
from collector_desk.store import tables as t
from tests.samples import visit_story
from tests.samples.statements import statements

NUMBERS = (
    ("16188001001", NumberKind.MOBILE),
    ("16188001002", NumberKind.MOBILE),
    ("02088001003", NumberKind.HOME),
    ("16188001004", NumberKind.CONTACT),
)
SHARED = NUMBERS[1]
CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))


OPENING, DIALLING, PROMISE, NO_ANSWER = 32, 31, 50, 36
"""Statements an act sends today, of the debtor below. May fall, never rise."""


def promise(day, amount=500_000, note="客户说工资明天到账，先从手机银行还五千，已复述确认。") -> CallLog:
    return CallLog(
        Outcome.PROMISE_PART,
        Speaker.DEBTOR,
        CHECKED,
        90,
        note,
        ArrearsReason.WAITING_WAGES,
        amount=Money(amount),
        day=day,
        at=time(18, 0),
        channel=PayChannel.BANK_APP,
        recording="R-1",
    )


def dialled(seat, who):
    return calling.begin(seat, debtor_id=who, phone_id=cases.open_case(seat, who).next_number.phone.id).attempt


@pytest.fixture
def full_life(agent, manager, debtor, seat_of, clock) -> str:
    """A debtor of whom much is known: what the acts below have to look at, all at once."""
    who = debtor(numbers=NUMBERS, days=75)
    debtor.another(who)
    debtor.another(who)
    other = debtor("王明", numbers=(SHARED,))
    for each in (other, who):
        calling.finish(agent, dialled(agent, each).id, CallLog(Outcome.NO_ANSWER))
    # a flag raised and lifted
    complaint = CallLog(
        Outcome.COMPLAINT,
        Speaker.DEBTOR,
        CHECKED,
        60,
        "客户投诉来电过于频繁，要求书面答复，已登记。",
        recording="R-0",
    )
    calling.finish(agent, dialled(agent, who).id, complaint)
    (task,) = tasks.open_tasks(manager)
    tasks.settle(manager, task.id, approve=True, reason="已电话答复客户，调整联系频次，客户认可。")
    # a visit asked for and planned
    clock.forward(days=1)
    visit_id, _ = visiting.request(
        agent, debtor_id=who, purpose=VisitPurpose.TALK, address=visit_story.ADDRESS, place=PlaceKind.HOME
    )
    team = seat_of("王走访", Role.VISITOR), seat_of("赵同行", Role.VISITOR)
    visit_story.planned(manager, team, visit_id)
    # a promise, and the one that takes its place
    calling.finish(agent, dialled(agent, who).id, promise(clock.now().date() + timedelta(days=2)))
    clock.forward(days=1)
    more = promise(
        clock.now().date() + timedelta(days=2), 600_000, "单位今天发了奖金，本人改为后天还六千，原约定作废。"
    )
    calling.finish(agent, dialled(agent, who).id, more)
    # what the debtor agreed to, and what the bank counted
    clock.forward(days=1)
    now = agent.now()
    words = consents.ConsentWish(
        ConsentScope.AGREED_HOURS, now, now + timedelta(days=7), "晚上打给我", "R-1", (time(20), time(21))
    )
    consents.note_consent(agent, who, words)
    (task,) = tasks.open_tasks(manager)
    tasks.settle(manager, task.id, approve=True, reason="已核听录音，客户确有此意")
    counts.enter(manager, who, effective=0, connected=1, as_of=now)
    return who


def test_opening_a_case_asks_no_more_than_today(agent, full_life):
    with statements(agent.store) as counted:
        case = cases.open_case(agent, full_life)
    assert len(case.file.cases) == 3
    assert len(case.numbers) == 4
    assert case.file.open_promise.amount == Money(600_000)
    assert counted.total <= OPENING, counted.told()


def test_dialling_asks_no_more_than_today(agent, full_life):
    card = cases.open_case(agent, full_life).next_number
    with acting(agent, "call.begin") as act:  # what others were dialled on before
        answers.ground(act, card.decision, releases.script_hash(act.conn))
    with statements(agent.store) as counted:
        calling.begin(agent, debtor_id=full_life, phone_id=card.phone.id)
    assert counted.total <= DIALLING, counted.told()


def test_saving_a_promise_asks_no_more_than_today(agent, full_life, clock):
    attempt = dialled(agent, full_life)
    log = promise(date(2026, 11, 28), 650_000, "上午收到兼职收入，愿意再多还五百，周六前一并还清。")
    with statements(agent.store) as counted:
        calling.finish(agent, attempt.id, log)
    assert counted.total <= PROMISE, counted.told()


def test_saving_that_nobody_answered_asks_no_more_than_today(agent, full_life):
    attempt = dialled(agent, full_life)
    with statements(agent.store) as counted:
        calling.finish(agent, attempt.id, CallLog(Outcome.NO_ANSWER))
    assert counted.total <= NO_ANSWER, counted.told()


def test_saving_works_each_debtor_out_once(agent, full_life, debtor):
    """Whom the call touches besides as well: a number that turns out to be a stranger's is on two files."""
    case = cases.open_case(agent, full_life)
    shared = next(card.phone for card in case.numbers if card.phone.number == SHARED[0])
    attempt = calling.begin(agent, debtor_id=full_life, phone_id=shared.id).attempt
    with statements(agent.store) as counted:
        changes = calling.finish(agent, attempt.id, CallLog(Outcome.WRONG_NUMBER))
    assert len(changes.debtors) == 2
    assert sum(text.startswith("UPDATE debtor SET attempts") for text in counted.texts) == 2, counted.told()


def test_what_is_said_to_move_nobody_is_read_by_nothing_that_puts_them_in_their_place(agent, full_life):
    with statements(agent.store) as counted, agent.store.write() as conn:
        refresh.refresh(conn, [full_life], agent.now())
    found = {table.name for table in seat._MOVES_NOBODY if counted.by_table[table.name]}
    assert found == {t.attempt.name}  # begun, it is settled by its end


def test_an_executemany_is_one_and_what_frames_statements_is_none(manager, debtor):
    debtor()
    with statements(manager.store) as counted, manager.store.write() as conn:
        conn.exec_driver_sql("PRAGMA user_version")
        conn.exec_driver_sql("UPDATE debtor SET employer = ? WHERE id = ?", [("某厂", "1"), ("某店", "2")])
        names = "WITH old AS (SELECT d.id FROM debtor d JOIN phone p ON p.debtor_id = d.id) SELECT id FROM old"
        for _ in range(2):
            conn.exec_driver_sql(names)
    assert (counted.total, counted.distinct) == (3, 2)
    assert counted.by_table == {"debtor": 3, "phone": 2}
    with manager.store.read() as conn:
        conn.exec_driver_sql(names)
    assert counted.total == 3


def test_nothing_people_wait_for_reads_the_journal_from_end_to_end(agent, manager, full_life, clock, tmp_path):
    backup.back_up(manager, tmp_path / "copy.cdbackup")
    attempt = dialled(agent, full_life)
    with statements(agent.store) as counted:
        calling.finish(agent, attempt.id, CallLog(Outcome.NO_ANSWER))
        calling.take_back(agent)
        cases.open_case(agent, full_life)
        backup.last_backup(agent)
        keyring.still_open(agent)
        with agent.store.read() as conn:
            slots.require_in_force(conn, agent.person.id, agent.unlocked.slot_print)
            slots.code_to_confirm(conn)
            endorsements.require_own(conn, agent.unlocked)
            endorsements.root_of(conn)
            endorsements.chain_of(conn, agent.store_id)
    found = []
    with agent.store.read() as conn:
        for sql in set(counted.texts):
            if "journal" in sql and sql.startswith("SELECT"):
                nothing = (None,) * sql.count("?")
                plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", nothing).all()
                found += [sql for row in plan if row.detail == "SCAN journal"]
    assert found == []
