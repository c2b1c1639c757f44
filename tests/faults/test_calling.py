"""Calls that are cut off: kill -9, a full disk, a clock set back, a night in between, two seats at one debtor."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, Role, Speaker
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk import drafts, settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency
from collector_desk.services.office import clock_repair, people
from collector_desk.services.packs import releases
from collector_desk.store import keys
from collector_desk.store import tables as t
from collector_desk.store.tables.history import journal
from collector_desk.store.verify import verify
from collector_desk.words.messages import render
from tests.samples.store import PASSWORD, DebtorMaker, SetClock, let_in

KILLS = int(os.environ.get("COLLECTOR_DESK_KILLS", "25"))
WORKER = "tests.faults.calling_worker"
LINES = 60  # the worker says about twelve for a call
TALK = CallLog(
    Outcome.REFUSES,
    Speaker.DEBTOR,
    IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
    talk_seconds=80,
    recording="R-1",
    note="客户表示对账单金额无异议，但目前不愿还款，已说明后果与协商渠道。",
    reason=ArrearsReason.WILL_NOT_PAY,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="the worker forks, and Windows has no kill -9")


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_MEMORY_KIB", 64), ("_PASSES", 1), ("_LANES", 1)):
        monkeypatch.setattr(keys, name, value)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def lead(tmp_path: Path, clock: SetClock) -> Iterator[Seat]:
    made = people.create_store(
        tmp_path / "store", name="林主管", password=PASSWORD, agency=Agency("示例公司", "示例中心"), clock=clock
    )
    settings.change(made.seat, Share(effective=3, connected=6))
    releases.release_all(made.seat)
    for name in ("张晓", "李明"):
        roles = frozenset({Role.AGENT, Role.SENIOR_AGENT})
        let_in(made.seat, name=name, password=PASSWORD, roles=roles)
    yield made.seat
    made.seat.store.close()


@pytest.fixture
def agent(lead: Seat, clock: SetClock) -> Iterator[Seat]:
    seat = people.sign_in(lead.store.folder, "张晓", PASSWORD, clock=clock)
    yield seat
    seat.store.close()


@pytest.fixture
def debtor(lead: Seat) -> DebtorMaker:
    return DebtorMaker(lead)


def phone_of(seat: Seat, debtor_id: str) -> str:
    card = cases.open_case(seat, debtor_id).next_number
    assert card is not None
    return card.phone.id


def begun(seat: Seat, debtor_id: str) -> str:
    return calling.begin(seat, debtor_id=debtor_id, phone_id=phone_of(seat, debtor_id)).attempt.id


def scalars(seat: Seat, statement: Any) -> list[Any]:
    with seat.store.read() as conn:
        return list(conn.execute(statement).scalars())


def journal_has_no_gap(seat: Seat) -> bool:
    with seat.store.read() as conn:
        first, last, count = conn.execute(
            select(func.min(journal.c.seq), func.max(journal.c.seq), func.count())
        ).one()
    return bool(first == 1 and last == count)


# --- kill -9 ---------------------------------------------------------------------------------------------


@contextmanager
def worker(folder: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-m", WORKER, str(folder), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdin is not None
    assert started.stdout is not None
    with started:
        assert started.stdout.readline() == "started\n"
        yield started
        started.stdin.close()
        started.stdout.read()
    assert started.returncode == 0


def tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def said_until_killed(process: subprocess.Popen[str], kill_at: int) -> list[list[str]]:
    """What a child confirmed that is killed once it said ``kill_at`` lines, wherever it then is."""
    assert process.stdout is not None
    tell(process, "calls")
    child, said, killed, confirmed = 0, 0, 0, []
    for line in process.stdout:
        words = line.split()
        if words[0] == "child":
            child = int(words[1])
        elif words[0] == "ended":
            killed = int(words[1])
            break
        else:
            said += 1
            confirmed += [words] if words != ["-"] else []
        if child and said >= kill_at:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
    assert killed == signal.SIGKILL  # it never ends by itself
    return confirmed


@posix
def test_kill_loses_nothing_of_a_call_that_was_confirmed(lead: Seat, clock: SetClock, debtor: DebtorMaker) -> None:
    for _ in range(40):
        debtor()
    moments = random.Random(20261123)  # noqa: S311 -- the same moments in every run
    agent_id = next(person.id for person in people.everybody(lead) if person.name == "张晓")
    begins: set[str] = set()
    ends: dict[str, int] = {}
    backs: dict[str, int] = {}
    found_open = with_draft = 0
    with worker(lead.store.folder, "张晓") as process:
        for _ in range(KILLS):
            last_draft: dict[str, int] = {}
            confirmed = said_until_killed(process, moments.randrange(1, LINES))
            for what, attempt_id, *rest in confirmed:
                if what == "begun":
                    begins.add(attempt_id)
                elif what == "draft":
                    last_draft[attempt_id] = int(rest[0])
                elif what == "finished":
                    ends[attempt_id] = ends.get(attempt_id, 0) + 1
                elif what == "taken":
                    backs[attempt_id] = backs.get(attempt_id, 0) + 1
            assert begins <= set(scalars(lead, select(t.attempt.c.id)))
            ended = scalars(lead, select(t.attempt_end.c.attempt_id))
            assert all(ended.count(attempt_id) >= times for attempt_id, times in ends.items())
            taken = scalars(lead, select(t.taken_back.c.attempt_id))
            assert all(taken.count(attempt_id) >= times for attempt_id, times in backs.items())
            # What is open is exactly what was begun (or taken back) and not ended: found again by its person.
            attempts = scalars(lead, select(t.attempt.c.id))
            left = {one for one in attempts if ended.count(one) == taken.count(one)}
            opened = scalars(lead, select(t.open_attempt.c.attempt_id))
            assert set(opened) == left
            assert len(opened) <= 1
            holders = scalars(
                lead,
                select(t.debtor.c.holder_id).join(t.open_attempt, t.open_attempt.c.debtor_id == t.debtor.c.id),
            )
            assert all(holder == agent_id for holder in holders)
            assert len(scalars(lead, select(t.debtor.c.id).where(t.debtor.c.holder_id == agent_id))) <= 2
            assert journal_has_no_gap(lead)
            found_open += len(opened)
            if opened and confirmed and confirmed[-1][:2] == ["draft", opened[0]]:
                agent = people.sign_in(lead.store.folder, "张晓", PASSWORD, clock=clock)
                with agent.store:
                    assert calling.open_attempt(agent).id == opened[0]
                    kept = drafts.load(agent, "call", opened[0])
                assert kept is not None
                assert kept.content["number"] >= last_draft[opened[0]]
                with_draft += 1
    assert found_open > 0
    assert KILLS < 25 or with_draft > 0
    assert len(ends) >= KILLS
    assert verify(lead.store).ok


# --- two seats at the same second ------------------------------------------------------------------------


def first_of(process: subprocess.Popen[str], wanted: set[str]) -> str:
    assert process.stdout is not None
    return next(word for word in (line.split()[0] for line in process.stdout) if word in wanted)


@posix
def test_two_seats_race_for_the_last_talk_of_a_day(lead: Seat, clock: SetClock, debtor: DebtorMaker) -> None:
    for minutes in range(max(2, KILLS // 10)):
        clock.at = SetClock().at + timedelta(minutes=minutes)
        who = debtor()
        phone = phone_of(lead, who)
        with ExitStack() as stack:
            seats = [stack.enter_context(worker(lead.store.folder, name)) for name in ("张晓", "李明")]
            for seat in seats:
                tell(seat, f"race {who} {phone} {minutes}")
                first_of(seat, {"ready"})
            for seat in seats:
                tell(seat, "go")
            said = sorted(first_of(seat, {"talked", "refused"}) for seat in seats)
        assert said == ["refused", "talked"]
        assert len(scalars(lead, select(t.attempt.c.id).where(t.attempt.c.debtor_id == who))) == 1
    assert verify(lead.store).ok


def test_a_call_taken_back_is_held_again_by_who_made_it(
    lead: Seat, agent: Seat, clock: SetClock, debtor: DebtorMaker
) -> None:
    """Had the debtor gone back to the pool meanwhile, a colleague could sit in front of an open call."""
    who = debtor()
    calling.finish(agent, begun(agent, who), CallLog(Outcome.NO_ANSWER))
    queueing.release(agent)
    clock.forward(minutes=1)
    calling.take_back(agent)
    other = people.sign_in(lead.store.folder, "李明", PASSWORD, clock=clock)
    with other.store, pytest.raises(Refused) as caught:
        queueing.claim(other, who)
    assert caught.value.message.code == "calls.held_by_other"


# --- disk and clock --------------------------------------------------------------------------------------


def raw_writer(seat: Seat) -> Any:
    return seat.store._writer.connection.driver_connection


def test_a_full_disk_while_a_call_is_saved_keeps_it_open_with_its_draft(agent: Seat, debtor: DebtorMaker) -> None:
    who = debtor()
    attempt_id = begun(agent, who)
    drafts.save(agent, "call", attempt_id, {"note": TALK.note})
    pages = raw_writer(agent).execute("PRAGMA page_count").fetchone()[0]
    raw_writer(agent).execute(f"PRAGMA max_page_count = {pages}")
    log = CallLog(**{name: getattr(TALK, name) for name in TALK.__slots__} | {"note": TALK.note * 300})
    with pytest.raises(Trouble) as caught:
        calling.finish(agent, attempt_id, log)
    assert caught.value.message.code == "store.disk_full"
    assert calling.open_attempt(agent).id == attempt_id
    assert drafts.load(agent, "call", attempt_id).content["note"] == TALK.note
    assert scalars(agent, select(t.attempt_end.c.id)) == []
    raw_writer(agent).execute("PRAGMA max_page_count = 1000000")
    calling.finish(agent, attempt_id, log)
    assert journal_has_no_gap(agent)
    assert verify(agent.store).ok


def test_a_clock_set_back_during_a_call_is_told_and_repaired_by_a_lead(
    lead: Seat, agent: Seat, clock: SetClock, debtor: DebtorMaker
) -> None:
    other = debtor()
    phone = phone_of(lead, other)
    attempt_id = begun(agent, debtor())
    clock.forward(hours=-1)
    with pytest.raises(Trouble) as caught:
        calling.finish(agent, attempt_id, TALK)
    assert caught.value.message.code == "store.clock_backwards"
    for lang, told in (("en", "09:00"), ("zh_CN", "10:00")):
        sentence = render(caught.value.message, lang)
        assert told in sentence
        assert "repair-clock" in sentence
    with pytest.raises(Trouble):  # nobody begins a call by a clock that is wrong
        calling.begin(lead, debtor_id=other, phone_id=phone)
    assert calling.open_attempt(agent).id == attempt_id
    drafts.save(agent, "call", attempt_id, {"note": "还能存草稿"})  # typing is kept all the same

    with pytest.raises(Refused) as caught:
        clock_repair.repair(agent, "时钟曾快一小时")
    assert caught.value.message.code == "office.not_allowed"
    with pytest.raises(Refused) as caught:
        clock_repair.repair(lead, "  ")
    assert caught.value.field_name == "reason"
    clock_repair.repair(lead, "时钟曾快一小时")
    calling.finish(agent, attempt_id, TALK)
    assert calling.open_attempt(agent) is None
    assert verify(lead.store).ok
    clock.forward(minutes=1)
    with pytest.raises(Refused) as caught:
        clock_repair.repair(lead, "再来一次")
    assert caught.value.message.code == "office.keeping.clock_not_behind"


def test_a_clock_set_back_lets_people_in_and_out(lead: Seat, clock: SetClock) -> None:
    clock.at -= timedelta(days=400)
    seat = people.sign_in(lead.store.folder, "张晓", PASSWORD, clock=clock)
    people.sign_out(seat)
    assert verify(lead.store).ok


@pytest.mark.parametrize("night", [timedelta(hours=14), timedelta(days=3), timedelta(days=200)])
def test_a_laptop_that_slept_over_night_finishes_its_call(
    agent: Seat, clock: SetClock, debtor: DebtorMaker, night: timedelta
) -> None:
    clock.forward(hours=9)  # seven in the evening
    who = debtor()
    attempt_id = begun(agent, who)
    drafts.save(agent, "call", attempt_id, {"note": TALK.note})
    clock.at += night
    with pytest.raises(Refused) as caught:
        begun(agent, debtor())
    assert caught.value.message.code == "calls.other_open"
    assert calling.open_attempt(agent).id == attempt_id
    calling.finish(agent, attempt_id, TALK)
    case = cases.open_case(agent, who)
    assert case.file.attempts == 1
    if night < timedelta(days=5):  # it ended today
        assert calling.take_back(agent)[0].id == attempt_id
        calling.finish(agent, attempt_id, TALK)  # the same words: they are no copy of another call's
    assert verify(agent.store).ok
