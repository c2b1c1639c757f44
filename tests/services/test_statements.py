"""How often the acts that people wait for ask the database. Each number can only fall: lower it where it does."""

from datetime import date

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.book import cases, refresh
from collector_desk.services.calls import calling
from collector_desk.services.desk import seat
from collector_desk.services.desk.seat import acting
from collector_desk.services.gate import answers
from collector_desk.services.office import backup, keyring
from collector_desk.services.packs import releases
from collector_desk.store import endorsements, slots
from collector_desk.store import tables as t
from tests.samples.full_life import SHARED, dialled, promise
from tests.samples.statements import Counted, Sent, statements

OPENING, DIALLING, PROMISE, NO_ANSWER = 27, 21, 32, 24
"""Statements an act sends today, of the debtor below. May fall, never rise."""


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
    with statements(agent.store) as counted:
        calling.finish(agent, attempt.id, PROMISED)
    assert counted.total <= PROMISE, counted.told()


def test_saving_that_nobody_answered_asks_no_more_than_today(agent, full_life):
    attempt = dialled(agent, full_life)
    with statements(agent.store) as counted:
        calling.finish(agent, attempt.id, CallLog(Outcome.NO_ANSWER))
    assert counted.total <= NO_ANSWER, counted.told()


APART = {
    # part of a SELECT: why it reads a table again that was read before, and nothing was written to it
    "phone AS mine": "other debtors' numbers and calls",
    "phone.debtor_id != ?": "other debtors who have the number",
    "phone_event.source": "whose number it is after all, asked only where somebody else answered",
    "open_attempt": "which call is under way, before anybody knows whose it is",
    "journal.debtor_id = ?": "the lines of the timeline",
}


PROMISED = promise(date(2026, 11, 28), 650_000, "上午收到兼职收入，愿意再多还五百，周六前一并还清。")


@pytest.mark.parametrize("log", [PROMISED, CallLog(Outcome.NO_ANSWER), CallLog(Outcome.WRONG_NUMBER)], ids=str)
def test_no_act_reads_a_table_twice_of_one_debtor(agent, full_life, log):
    """Opening, dialling, saving, taking back: each reads once, and anew only what it has changed itself."""
    with statements(agent.store) as opened:
        case = cases.open_case(agent, full_life)
    with statements(agent.store) as dialling:
        begun = calling.begin(agent, debtor_id=full_life, phone_id=case.next_number.phone.id)
    with statements(agent.store) as saved:
        calling.finish(agent, begun.attempt.id, log)
    with statements(agent.store) as undone:
        calling.take_back(agent)
    for counted in (opened, dialling, saved, undone):
        assert counted.read_again(APART) == []


def test_reading_again_is_found():
    one, other = bytes(16), bytes(15) + b"1"
    counted = Counted(
        [
            Sent("SELECT a.id, EXISTS (SELECT * FROM b WHERE b.id = a.id) FROM a WHERE a.id = ?", (one,)),
            Sent("SELECT id FROM b WHERE id = ?", (one,)),
            Sent("SELECT id FROM a WHERE id = ?", (other,)),
            Sent("SELECT id FROM a JOIN c ON c.id = a.id WHERE a.id = ?", (one,)),
            Sent("UPDATE c SET id = 1"),
            Sent("SELECT id FROM c WHERE id = ?", (one,)),
            Sent("SELECT id FROM b AS apart WHERE id = ?", (one,)),
        ]
    )
    assert [line[:2] for line in counted.read_again(["b AS apart"])] == ["a:"]


def test_saving_works_each_debtor_out_once(agent, full_life, debtor):
    """Whom the call touches besides as well: a number that turns out to be a stranger's is on two files."""
    case = cases.open_case(agent, full_life)
    shared = next(card.phone for card in case.numbers if card.phone.number == SHARED[0])
    attempt = calling.begin(agent, debtor_id=full_life, phone_id=shared.id).attempt
    with statements(agent.store) as counted:
        changes = calling.finish(agent, attempt.id, CallLog(Outcome.WRONG_NUMBER))
    assert len(changes.debtors) == 2
    written = [one.many for one in counted.sent if one.text.startswith("UPDATE debtor SET attempts")]
    assert written == [2], counted.told()


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


def test_finding_reads_no_table_from_end_to_end(agent, full_life, debtor):
    several = [debtor() for _ in range(3)]
    with statements(agent.store) as counted:
        found = [cases.find(agent, typed) for typed in ("161", "16188001001", "1001", "吴", "wg")]
    assert {row.debtor_id for rows in found for row in rows} >= {full_life, *several}
    scanned = []
    with agent.store.read() as conn:
        for sql in set(counted.texts):
            nothing = (None,) * sql.count("?")
            plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", nothing).all()
            scanned += [row.detail for row in plan if row.detail.startswith("SCAN ")]
    tables = {"debtor", "account_case", "search_key", "search_debtor", "d", "n", "s"}  # the last by their letters
    assert tables.isdisjoint(what.split()[1] for what in scanned)


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
