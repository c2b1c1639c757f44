"""What the store shows is what its history says: planted edits are found, a rebuild undoes them, erasure blanks."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import insert, select

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.office.proof import FaultKind
from collector_desk.domain.vocabulary import Outcome, Role
from collector_desk.services.book import cases, closing
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.office import backup
from collector_desk.store import tables as t
from collector_desk.store.ids import packed
from collector_desk.store.tables.history import journal, origin
from collector_desk.store.verify import verify
from tests.samples.ids import an_id
from tests.samples.state import digest, odd_state
from tests.samples.stories import Story
from tests.samples.visit_story import planned, promised_at_the_door, requested
from tests.services.record.test_promising import FAR, NEAR, promised

EDITS = {
    "promise_state": ("case_id", "debtor_id", "state", "followed_up", "due_at"),
    "task_state": ("debtor_id", "open", "due_at"),
    "visit_state": (
        *("issuer", "serial", "debtor_id", "case_id", "state", "lead_visitor_id", "companion_id", "planned_at"),
        *("requested_by", "changed_at"),
    ),
    "phone": ("debtor_id", "number", "kind", "owner_name", "relation", "standing", "source", "position"),
    "account_case": ("state", "balance_minor"),
    "setting": ("value",),
    "person": ("issuer", "serial", "name", "roles", "first_password", "active", "created_at"),
    "placement": ("number", "bank_name", "placed_on", "terms", "created_at"),
}
"""Columns an insider may change past all acts."""
FORGED = {"setting.value": '{"demo": true}', "person.roles": '["manager"]', "placement.terms": "{}"}
FORGED |= {"placement.placed_on": "2026-01-01", "person.active": 0}


def life(cast):
    """Much has happened to a debtor, whose id it returns."""
    agent, who = cast.agent, cast.debtor(days=75)
    visit_id = requested(agent, who)
    planned(cast.manager, cast.team, visit_id)
    cast.clock.forward(minutes=10)
    promised(agent, who, FAR)  # waits for the lead
    promised(agent, who, NEAR)  # and is replaced
    promised_at_the_door(cast.manager, cast.team, visit_id, cast.clock)
    cast.clock.forward(minutes=10)
    begun = calling.begin(agent, debtor_id=who, phone_id=None, direction=calling.Direction.IN)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.WRONG_NUMBER, new_number="16200001111"))
    (case,) = cases.open_case(agent, who).file.cases
    closing.close(
        cast.manager,
        case.id,
        Ending.SETTLED,
        document="某某银行结清证明 2026-11-24",
        written_on=cast.manager.today(),
    )
    return who


STORIES = {"lived": Story(("agent", "team"), life)}


@pytest.fixture
def lived(told):
    """A debtor to whom much has happened."""
    return told


def raw(seat):
    """A keyed connection past all our code."""
    import sqlcipher3

    connection = sqlcipher3.connect(str(seat.store.database_path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{seat.store.key.hex()}'\"")
    return connection


def state_faults(seat) -> set[str]:
    report = verify(seat.store)
    return {found.table for found in report.findings if found.fault is FaultKind.STATE_DIFFERS}


def test_an_honest_life_is_proved(manager, lived):
    assert odd_state(manager.store) == []
    assert verify(manager.store).ok


@pytest.mark.parametrize("table", EDITS)
def test_every_planted_edit_is_found_and_a_rebuild_undoes_it(manager, lived, table):
    past = raw(manager)
    past.execute("PRAGMA ignore_check_constraints = ON")
    for column in EDITS[table]:
        kept = past.execute(f"SELECT rowid, {column} FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone()  # noqa: S608
        forged = packed(an_id("x")) if isinstance(kept[1], bytes) else 7 if isinstance(kept[1], int) else "forged"
        forged = FORGED.get(f"{table}.{column}", forged)
        past.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (forged, kept[0]))  # noqa: S608
        told = {one.table for one in odd_state(manager.store)}
        assert table in told, column
        past.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (kept[1], kept[0]))  # noqa: S608
        assert odd_state(manager.store) == []
    past.close()


def test_the_proof_names_what_was_planted_and_a_rebuild_undoes_it(manager, lived):
    past = raw(manager)
    past.execute("UPDATE promise_state SET state = 'kept'")
    past.execute("UPDATE account_case SET balance_minor = 1")
    past.execute("DELETE FROM task_state")
    past.execute("UPDATE phone SET standing = 'live' WHERE number = '16200001111'")
    past.close()
    assert state_faults(manager) == {"promise_state", "account_case", "task_state", "phone"}
    assert not verify(manager.store).ok
    backup.rebuild(manager)
    assert odd_state(manager.store) == []
    assert verify(manager.store).ok


def test_a_row_nobody_wrote_is_found(manager, lived):
    with manager.store.write() as conn:
        case_id = conn.execute(select(t.account_case.c.id)).scalar_one()
        row = {
            "case_id": case_id,
            "debtor_id": lived,
            "state": "open",
            "followed_up": False,
            "due_at": manager.now(),
        }
        conn.execute(insert(t.promise_state).values(promise_id=an_id("invented"), **row))
    assert {one.table for one in odd_state(manager.store)} == {"promise_state"}
    backup.rebuild(manager)
    assert odd_state(manager.store) == []


def test_lines_that_arrived_in_another_order_say_the_same(manager, lived):
    """Every other line as another store's, which knew what came before; then all of them in a drawn order."""
    before = digest(manager.store)
    past = raw(manager)
    for name in ("update", "delete"):
        past.execute(f"DROP TRIGGER once_journal_{name}")
    theirs = packed(an_id("another store"))
    past.execute("INSERT INTO origin VALUES (2, ?, 'H2X')", (theirs,))
    own = past.execute("SELECT store_id FROM origin WHERE number = 1").fetchone()[0]
    lines = past.execute("SELECT seq, place FROM journal WHERE debtor_id IS NOT NULL ORDER BY seq").fetchall()
    previous = None
    for number, (seq, place) in enumerate(lines):
        whose = 1 + number % 2
        after = (own if previous[0] == 1 else theirs, previous[1]) if previous else (None, None)
        past.execute(
            "UPDATE journal SET origin = ?, after_origin = ?, after_place = ? WHERE seq = ?", (whose, *after, seq)
        )
        previous = whose, place
    order = [seq for seq, _ in lines]
    Random(20261130).shuffle(order)  # noqa: S311 -- an order to try
    past.execute("UPDATE journal SET seq = seq + 1000000")
    for position, seq in enumerate(order):
        past.execute("UPDATE journal SET seq = ? WHERE seq = ?", (position + 2_000_000, seq + 1_000_000))
    past.close()
    assert digest(manager.store) == before
    assert odd_state(manager.store) == []


def test_a_manager_nobody_made_is_found_and_goes(manager, lived, seat_of):
    someone = seat_of("陈某", Role.AGENT).person
    past = raw(manager)
    past.execute("UPDATE person SET roles = ? WHERE id = ?", ('["agent", "manager"]', packed(someone.id)))
    past.execute(
        "INSERT INTO person (id, name, issuer, serial, roles, first_password, active, created_at) "
        "SELECT ?, name, issuer, 77, roles, first_password, active, created_at FROM person LIMIT 1",
        (packed(an_id("a ghost")),),
    )
    past.close()
    assert {(one.table, one.key) for one in odd_state(manager.store)} == {
        ("person", someone.id),
        ("person", an_id("a ghost")),
    }
    assert state_faults(manager) == {"person"}
    backup.rebuild(manager)
    assert odd_state(manager.store) == []
    assert verify(manager.store).ok


@pytest.mark.plants_state
def test_a_setting_put_there_by_hand_is_found(manager):
    with manager.store.write() as conn:
        conn.execute(t.setting.update().where(t.setting.c.key == "share").values(value={"effective": 99}))
    assert {(one.table, one.key) for one in odd_state(manager.store)} == {("setting", "share")}


def test_the_settings_as_set_hold(manager):
    settings.change(manager, settings.Emergency("110", "120"))
    assert odd_state(manager.store) == []


def test_two_stores_of_one_history_say_one_digest_and_another_history_another(manager, lived, agent, clock):
    before = digest(manager.store)
    assert digest(manager.store) == before
    clock.forward(minutes=1)
    settings.change(manager, settings.Share(effective=2, connected=5))
    assert digest(manager.store) != before


def test_what_a_foreign_line_was_known_of_is_written_with_ours(manager, lived, agent):
    """A line made after another store's names it, so that no clock puts it before."""
    with manager.store.write() as conn:
        conn.execute(origin.insert().values(number=2, store_id=an_id("another store"), prefix="H2X"))
        last = conn.execute(select(journal.c.seq).order_by(journal.c.seq.desc()).limit(1)).scalar_one()
        foreign = conn.execute(select(journal).where(journal.c.debtor_id == lived).limit(1)).mappings().one()
        line = {**foreign, "seq": last + 1, "origin": 2, "place": 41, "at": manager.now() + timedelta(days=3)}
        conn.execute(journal.insert().values(line))
    cases.unmask(agent, lived, "name")
    with manager.store.read() as conn:
        newest = conn.execute(select(journal).order_by(journal.c.seq.desc()).limit(1)).one()
    assert (newest.origin, newest.after_origin, newest.after_place) == (1, an_id("another store"), 41)
