"""The experiments of an insider on history, rollback and state: one password, the program's own modules.

Others stand with what they attack: forged signatures and second keys (F1: 10, 11) in
``tests/store/test_endorsements``, edits of single lines and rows (01 to 05, 16) in ``tests/store/test_verify``,
further triggers (14) in ``tests/store/test_soundness``, roles (12) in ``test_keyring``, a loss accepted in the
lead's name (17), one mark or all put back in ``test_going_on``, revocation (F4) in ``test_leaving`` and
``tests/store/test_rekeying``, key file and history under kill -9 (F7) in ``tests/faults/test_keys``.
"""

import pytest

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.message import Trouble
from collector_desk.domain.office.proof import FaultKind
from collector_desk.domain.states import StoreDoubt
from collector_desk.domain.vocabulary import Outcome, Role
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings, standing
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.office import backup, people
from collector_desk.store import journal as lines
from collector_desk.store import tables as t
from tests.samples.insider import cut, keyed, past_the_triggers, rehash
from tests.samples.put_back import aside, delete_marks, put_back, with_machine_folder
from tests.samples.store import PASSWORD
from tests.services.conftest import MANAGER

AGENT = "张晓"
pytestmark = pytest.mark.plants_state


@pytest.fixture
def worked(manager, seat_of, debtor):
    """A day with a call in it; everybody signed, the marks are moved."""
    with_machine_folder()
    agent = seat_of(AGENT, Role.AGENT, Role.SENIOR_AGENT)
    who = debtor()
    called(agent, who)
    people.sign_out(agent)
    people.sign_out(manager)
    return manager.folder


@pytest.fixture
def sit(worked, clock):
    there = []

    def down(who=AGENT):
        there.append(people.sign_in(worked, who, PASSWORD, clock=clock))
        return there[-1]

    yield down
    for seat in there:
        seat.let_go()


def called(seat, who):
    phone = cases.open_case(seat, who).numbers[0].phone.id
    begun = calling.begin(seat, debtor_id=who, phone_id=phone)
    calling.finish(seat, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    queueing.release(seat)


def the_debtor(seat):
    with seat.store.read() as conn:
        return conn.exec_driver_sql("SELECT lower(hex(id)) FROM debtor").scalar_one()


def insider(sit, work):
    """One with a password of their own, past the program."""
    seat = sit()
    with keyed(seat.store) as raw:
        past_the_triggers(raw, lambda: work(raw))
    seat.let_go()


def rewritten(raw):
    assert raw.execute("UPDATE attempt_end SET talk_seconds = 7").rowcount
    rehash(raw)


def without_heads(raw):
    rewritten(raw)
    raw.execute("DELETE FROM signed_head")


def faults(seat):
    return {one.fault for one in backup.verify(seat).findings}


# --- F1 and F2: the tail cut off, the whole chain rewritten --------------------------------------------------


def cut_off(raw):
    cut(raw, 2)


@pytest.mark.parametrize(
    ("work", "marks_deleted", "doubt", "told"),
    [
        (cut_off, False, StoreDoubt.PUT_BACK, {FaultKind.OLDER_COPY}),  # 06
        (cut_off, True, StoreDoubt.MARKS_GONE, {FaultKind.MARKS_GONE}),  # 07
        (rewritten, False, StoreDoubt.PUT_BACK, {FaultKind.HEAD_DIFFERS}),  # 08
        (rewritten, True, StoreDoubt.MARKS_GONE, {FaultKind.HEAD_DIFFERS, FaultKind.MARKS_GONE}),
        (without_heads, True, StoreDoubt.MARKS_GONE, {FaultKind.MARKS_GONE}),  # 09
    ],
)
def test_a_cut_or_rewritten_history_is_looked_at_and_not_dialled_from(
    worked, sit, work, marks_deleted, doubt, told
):
    insider(sit, work)
    if marks_deleted:
        delete_marks()
    seat = sit()
    assert seat.standing.doubt is doubt
    with pytest.raises(GateRefused) as caught:
        called(seat, the_debtor(seat))
    assert caught.value.decision.reasons[0].detail.code == f"conduct.store_{doubt}"
    assert told <= faults(seat)


def test_verify_launders_nothing(worked, sit):
    """F2 (c): the chain rewritten, heads and marks deleted; two looks later it must not be signed and marked."""
    insider(sit, without_heads)
    delete_marks()
    for _ in range(2):
        seat = sit(MANAGER)
        assert FaultKind.MARKS_GONE in faults(seat)
        people.sign_out(seat)
    seat = sit(MANAGER)
    assert seat.standing.doubt is StoreDoubt.MARKS_GONE
    with seat.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM signed_head").scalar() == 0


def test_the_cap_of_a_day_is_not_had_twice(worked, sit, clock):
    """F2 (a): copied in the morning, called until the cap closes, killed, put back, and so on."""
    lead = sit(MANAGER)
    settings.change(lead, Share(effective=1, connected=1))
    people.sign_out(lead)
    morning = aside(worked)
    seat = sit()
    who = the_debtor(seat)
    clock.forward(days=1)
    phone = cases.open_case(seat, who).numbers[0].phone.id
    calling.begin(seat, debtor_id=who, phone_id=phone)  # an open attempt counts for every cap
    assert standing.move(seat) is None  # what the window does behind the key press
    seat.let_go()
    put_back(morning, worked)
    for name in (AGENT, MANAGER):
        seat = sit(name)
        with pytest.raises(GateRefused) as caught:
            calling.begin(seat, debtor_id=who, phone_id=phone)
        assert caught.value.decision.reasons[0].detail.code == "conduct.store_put_back"
        people.sign_out(seat)


def test_an_erasure_slipped_in_is_told(worked, sit):
    """15: a chained line that says "erased" over one's own call: the proof says that something was erased."""
    seat = sit()
    with seat.store.write() as conn:
        row_id = conn.exec_driver_sql("SELECT lower(hex(id)) FROM attempt_end").scalar_one()
        lines.erase_row(conn, t.attempt_end, row_id, actor_id=seat.person.id, at=seat.now())
    seat.let_go()
    report = backup.verify(sit(MANAGER))
    assert report.erased == 1
    assert "store.unproved_erased" in {one.code for one in report.unproved}


# --- F3: state edited by hand ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "table"),
    [
        ("UPDATE account_case SET balance_minor = 1", "account_case"),
        ("UPDATE debtor SET zone = 'America/New_York'", "debtor"),
        ("UPDATE phone SET kind = 'contact'", "phone"),
        ("UPDATE phone SET standing = 'live'", "phone"),
        ("UPDATE setting SET value = '{\"effective\": 99, \"connected\": 99}' WHERE key = 'share'", "setting"),
        ("UPDATE setting SET value = '{\"demo\": true, \"idle_minutes\": 100000}' WHERE key = 'desk'", "setting"),
        ("UPDATE person SET badge_until = '2099-12-31'", "person"),
        ('UPDATE person SET roles = \'["agent", "lead", "legal", "manager"]\'', "person"),
        ("UPDATE person SET active = 0 WHERE serial = 1002", "person"),
    ],
)
def test_state_edited_by_hand_is_named(worked, sit, edit, table):
    """13, and roles beside it: what is shown is compared with what the history says."""
    seat = sit()
    with keyed(seat.store) as raw:
        assert raw.execute(edit).rowcount
    found = {(one.fault, one.table) for one in backup.verify(seat).findings}
    assert (FaultKind.STATE_DIFFERS, table) in found


# --- another store's parts ------------------------------------------------------------------------------------


def test_one_store_s_keys_with_another_s_database(worked, sit, tmp_path, clock):
    other = people.create_store(tmp_path / "other", name=MANAGER, password=PASSWORD, clock=clock).seat
    people.sign_out(other)
    (worked / "store.db").write_bytes((tmp_path / "other" / "store.db").read_bytes())
    for log in worked.glob("store.db-*"):
        log.unlink()
    with pytest.raises(Trouble) as caught:
        sit()
    assert caught.value.message.code == "store.wrong_key"
