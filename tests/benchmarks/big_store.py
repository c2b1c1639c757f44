"""A store of any size, made in minutes, whose history verifies: what the benchmarks measure on.

``big_store(debtors, attempts)`` makes it once in the temp folder and keeps it there, named by its parameters and
the schema; ``python tests/benchmarks/big_store.py DEBTORS ATTEMPTS`` does it by hand. Sixty days of calls lie
behind it, the last of them a few minutes before ``NOW``. All names and numbers are invented.
"""

import hashlib
import heapq
import itertools
import os
import shutil
import sys
import tempfile
import time as stopwatch
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from collector_desk.domain.book.contact_summary import calls_to_plain, iso_week, retry_at, sum_up, summarise
from collector_desk.domain.book.debts import NumberSource, PlacementTerms, message_to_plain
from collector_desk.domain.book.history import PastAttempt, PastEnd
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueFacts, QueueSettings, place
from collector_desk.domain.calls.log import OpenAttempt
from collector_desk.domain.calls.outcomes import StepKind, result_of, rule_for
from collector_desk.domain.calls.scripts import ScriptPack, ScriptPurpose, Walk
from collector_desk.domain.conduct import decide
from collector_desk.domain.conduct.values import Action, Decision, Facts, Purpose, Share
from collector_desk.domain.plain import to_plain
from collector_desk.domain.text.numbers import FIRST, Numbered
from collector_desk.domain.vocabulary import (
    Addressee,
    Channel,
    Direction,
    NumberStanding,
    Outcome,
    Role,
    Speaker,
)
from collector_desk.services.calls.live.talk import Talk
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.desk.settings import Agency, DeskSettings
from collector_desk.services.gate import answers
from collector_desk.services.gate.facts import active_packs
from collector_desk.services.office import people
from collector_desk.services.packs import in_use, releases
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id, packed
from collector_desk.store.journal import record_many
from collector_desk.store.metadata import metadata, to_micros
from collector_desk.store.numbers import Issuer, own
from collector_desk.store.search import SearchRow, add_waiting, begin_waiting, index_later, with_keys
from collector_desk.store.sqlite.bulk import day, insert_tuples, json_text
from tests.samples.placed import write_placed
from tests.samples.store import PASSWORD, SetClock, let_in

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai: the instant at which the benchmarks sit down."""
ZONE = "Asia/Shanghai"
AGENT = "张晓"
DAYS = 60
COLLEAGUES = 39
_PIECE = 20_000
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
_GIVEN = "雪彩明晓军丽强磊敏静洋勇艳杰涛娟霞平刚桂英华玉兰春梅建国文志海波红云飞鹏玲浩宇佳欣思雨子涵一诺"
_OUTCOMES = (
    (Outcome.NO_ANSWER, 46), (Outcome.BUSY, 9), (Outcome.OFF, 9), (Outcome.VOICEMAIL, 6), (Outcome.HANGS_UP, 6),
    (Outcome.THIRD_PARTY, 5), (Outcome.PROMISE_FULL, 5), (Outcome.PROMISE_PART, 4), (Outcome.CALL_BACK, 5),
    (Outcome.REFUSES, 5),
)  # fmt: skip
_PROMISES = {Outcome.PROMISE_FULL, Outcome.PROMISE_PART}
_BY_OTHERS = {Outcome.THIRD_PARTY, Outcome.HANGS_UP}
_NOTE = "本人说工资推迟，预计过两天到账后先还一部分，已说明金额和渠道，约好到时再联系。"


def big_store(debtors: int, attempts: int) -> Path:
    """The folder of a store with that many debtors and attempts; made where it is not there yet. Don't write to it.

    Its people are the manager 林主管 and the agent ``AGENT``, both with ``PASSWORD``.
    """
    kept = Path(tempfile.gettempdir()) / "collector-desk-benchmarks"
    folder = kept / f"{debtors}-{attempts}-{_fingerprint()}"
    if not folder.exists():
        for old in kept.glob(f"{debtors}-{attempts}-????????????"):
            shutil.rmtree(old)
        making = folder.with_suffix(f".{os.getpid()}")
        _Maker(making, debtors, attempts).make()
        making.rename(folder)
    return folder


def _fingerprint() -> str:
    """Changes with the tables and with this file."""
    made = [str(CreateTable(table)) for table in metadata.sorted_tables]
    made += sorted(str(CreateIndex(index)) for table in metadata.sorted_tables for index in table.indexes)
    return hashlib.sha256("".join(made).encode() + Path(__file__).read_bytes()).hexdigest()[:12]


@dataclass(slots=True)
class _Debtor:
    """What the calls need of an invented debtor."""

    id: str
    case_id: str
    phones: tuple[str, ...]
    balance: int
    overdue: int = 0
    live: set[int] = field(default_factory=set)  # which of the numbers the debtor was met on
    attempts: list[PastAttempt] = field(default_factory=list)
    promises: list[dict[str, Any]] = field(default_factory=list)  # rows of promise_state


@dataclass(frozen=True, slots=True)
class _Call:
    """One attempt as it was drawn."""

    debtor: int
    at: datetime
    ended: datetime
    outcome: Outcome
    speaker: Speaker
    phone: int
    step: StepKind
    next_at: datetime


class _Maker:
    """One store on its way. History goes in by ``record_many``, the rest as tuples, indexes come last."""

    def __init__(self, folder: Path, debtors: int, attempts: int) -> None:
        self.folder, self.count, self.calls = folder, debtors, attempts
        self.rng = Random(20261123)  # noqa: S311 -- invented people, the same each time
        self.clock = SetClock(NOW - timedelta(days=DAYS + 5))
        self.batch_id = new_id()
        self.debtors = [self._debtor() for _ in range(debtors)]
        self.unsaid: set[str] = set()
        self.due: list[tuple[int, str, str, str]] = []  # promises whose day comes: instant, promise, debtor, state
        self.paths: dict[bool, list[str]] = {}
        self.ground_id = ""

    def make(self) -> None:
        agency = Agency("示例催收服务有限公司", "示例服务中心", "400-000-0000")
        seat = people.create_store(
            self.folder, name="林主管", password=PASSWORD, agency=agency, clock=self.clock
        ).seat
        with seat.store:
            settings.change(seat, _SHARE)
            settings.change(seat, DeskSettings(large_from=5_000_000))
            releases.release_all(seat)
            agent = let_in(seat, name=AGENT, password=PASSWORD, roles=frozenset({Role.AGENT, Role.SENIOR_AGENT}))
            with seat.store.read() as conn:
                self.paths = {reached: _path(in_use.scripts(conn, "zh_CN"), reached) for reached in (False, True)}
            with acting(seat, "call.begin") as act:
                self.ground_id = answers.ground(act, _decided(), releases.script_hash(act.conn))
            self._write_debtors(seat)
            with _without_indexes(seat):
                actors = [agent.id, *self._colleagues(seat)]
                calls = self._drawn()
                while some := list(itertools.islice(calls, _PIECE)):
                    with seat.store.write() as conn:
                        self._write_calls(conn, some, actors)
            self.unsaid = {promise for _, promise, _, _ in self.due}
            for start in range(0, self.count, _PIECE):
                some_debtors = self.debtors[start : start + _PIECE]
                with seat.store.write() as conn:
                    self._write_promises(conn, some_debtors, agent.id)
                    self._settle(conn, some_debtors)

    # --- people ----------------------------------------------------------------------------------------

    def _debtor(self) -> _Debtor:
        ids = tuple(new_id() for _ in range(2 if self.rng.random() < 0.4 else 1))
        return _Debtor(new_id(), new_id(), ids, int(self.rng.lognormvariate(14, 1.1)))

    def _colleagues(self, seat: Seat) -> list[str]:
        """People who called and have no role any more: a grant of one bears a signature."""
        ids = [new_id() for _ in range(COLLEAGUES)]
        rows = [
            {
                "person_id": who,
                "name": f"同事{n}",
                "issuer": seat.store_id,
                "serial": 2000 + n,
                "first_password": False,
            }
            for n, who in enumerate(ids)
        ]
        with seat.store.write() as conn:
            record_many(conn, t.person_added, rows, kind="person.add", actor_id=seat.person.id, at=self.clock.now())
        return ids

    # --- calls -----------------------------------------------------------------------------------------

    def _drawn(self) -> Iterator[_Call]:
        """The calls in their order: a few debtors called often, most seldom; ten hours a day, until just now."""
        weights = list(itertools.accumulate(self.rng.expovariate(1) + 0.1 for _ in self.debtors))
        picked = self.rng.choices(range(self.count), cum_weights=weights, k=self.calls)
        per_day = max(self.calls / (DAYS + 0.09), 1)
        first = NOW - timedelta(days=DAYS, hours=1)  # nine in the morning
        kinds, shares = zip(*_OUTCOMES, strict=True)
        outcomes = self.rng.choices(kinds, weights=shares, k=self.calls)
        for number, who in enumerate(picked):
            days, part = divmod(number / per_day, 1)
            at = first + timedelta(days=days, seconds=int(part * 36_000), microseconds=number % 1_000_000)
            outcome = outcomes[number]
            rule = rule_for(outcome)
            ended = at + timedelta(seconds=20 if not rule.reached else 90)
            speaker = Speaker.UNKNOWN
            if rule.reached:
                speaker = Speaker.THIRD_PARTY if outcome in _BY_OTHERS else Speaker.DEBTOR
            if outcome in _PROMISES or outcome is Outcome.CALL_BACK:
                next_at = ended + timedelta(hours=self.rng.randrange(20, 48))
            else:
                next_at = retry_at(ended, rule.next_step.after, ZONE)
            phones = self.debtors[who].phones
            yield _Call(who, at, ended, outcome, speaker, number % len(phones), rule.next_step.kind, next_at)

    def _write_calls(self, conn: Connection, calls: list[_Call], actors: list[str]) -> None:
        at = max(call.ended for call in calls)
        attempts: list[dict[str, Any]] = []
        ends: list[dict[str, Any]] = []
        promises: list[dict[str, Any]] = []
        learnt: list[dict[str, Any]] = []
        whose: list[dict[str, str | None]] = []
        for call in calls:
            debtor = self.debtors[call.debtor]
            actor = actors[call.debtor % len(actors)]
            attempt = new_id()
            result = result_of(call.outcome, call.speaker)
            attempts.append({
                "id": attempt, "debtor_id": debtor.id, "actor_id": actor, "case_id": debtor.case_id,
                "phone_id": debtor.phones[call.phone], "ground_id": self.ground_id, "channel": "call",
                "direction": "out", "addressee": "debtor", "begun_at": call.at, "script": _SCRIPT.value,
                "rehearsal": False,
            })  # fmt: skip
            reached = call.speaker is not Speaker.UNKNOWN
            ends.append({
                "debtor_id": debtor.id, "actor_id": actor, "ended_at": call.ended, "attempt_id": attempt,
                "outcome": call.outcome.value, "result": result.value, "speaker": call.speaker.value,
                "identity_right": ["id_last4", "name"] if call.speaker is Speaker.DEBTOR else [],
                "identity_failures": 0, "talk_seconds": 60 if reached else 0, "path": self.paths[reached],
                "next_step": call.step.value, "next_at": call.next_at, "note": _NOTE if reached else None,
                "recording": f"R-{attempt[:12]}" if reached else None,
            })  # fmt: skip
            if call.speaker is Speaker.DEBTOR and call.phone not in debtor.live:
                debtor.live.add(call.phone)
                phone, source = debtor.phones[call.phone], NumberSource.CALL.value
                learnt.append({"phone_id": phone, "attempt_id": attempt, "standing": "live", "source": source})
                whose.append({"debtor_id": debtor.id})
            end = PastEnd("", result, call.ended, holds=True)
            debtor.attempts.append(
                PastAttempt("", call.at, call.outcome, result, call.speaker, call.step, call.next_at, ends=(end,))
            )
            if call.outcome in _PROMISES:
                promises.append(self._promise(debtor, attempt, call))
        common = {"actor_id": actors[0], "at": at}
        record_many(conn, t.attempt, attempts, kind="call.begin", **common)
        record_many(conn, t.attempt_end, ends, kind="call.finish", **common)
        record_many(conn, t.promise, promises, kind="call.finish", **common)
        record_many(conn, t.phone_event, learnt, kind="call.finish", subjects=whose, **common)
        events, subjects = [], []
        while self.due and self.due[0][0] <= to_micros(at):
            _, promise, debtor_id, state = heapq.heappop(self.due)
            events.append({"promise_id": promise, "state": state})
            subjects.append({"debtor_id": debtor_id})
        record_many(conn, t.promise_event, events, kind="promise.passed", subjects=subjects, **common)

    def _write_promises(self, conn: Connection, debtors: list[_Debtor], actor: str) -> None:
        """What became of promises and was not written as they fell due."""
        for table, rows in (
            (
                t.promise_event,
                [
                    (debtor.id, {"promise_id": row["promise_id"], "state": row["state"]})
                    for debtor in debtors
                    for row in debtor.promises
                    if row["state"] == "cancelled" or row["promise_id"] in self.unsaid
                ],
            ),
            (
                t.promise_followed,
                [
                    (debtor.id, {"promise_id": row["promise_id"], "done": True})
                    for debtor in debtors
                    for row in debtor.promises
                    if row["followed_up"]
                ],
            ),
        ):
            subjects = [{"debtor_id": debtor} for debtor, _ in rows]
            said = [row for _, row in rows]
            record_many(conn, table, said, kind="promise.passed", actor_id=actor, at=NOW, subjects=subjects)

    def _promise(self, debtor: _Debtor, attempt: str, call: _Call) -> dict[str, Any]:
        promise = new_id()
        for earlier in debtor.promises:
            if earlier["state"] == "open":
                earlier["state"] = "cancelled"
        state = "open"
        if call.next_at + timedelta(hours=1) <= NOW:
            state = "kept" if self.rng.random() < 0.6 else "broken"
            heapq.heappush(self.due, (to_micros(call.next_at), promise, debtor.id, state))
        followed_up = state == "broken" and self.rng.random() < 0.9
        debtor.promises.append(
            {"promise_id": promise, "case_id": debtor.case_id, "debtor_id": debtor.id, "state": state,
             "followed_up": followed_up, "due_at": call.next_at}
        )  # fmt: skip
        full = call.outcome is Outcome.PROMISE_FULL
        return {
            "id": promise, "debtor_id": debtor.id, "case_id": debtor.case_id, "attempt_id": attempt,
            "amount_minor": debtor.balance if full else debtor.balance // 3, "currency": "CNY",
            "given_at": call.ended, "due_at": call.next_at, "channel": "bank_app", "full": full,
            "needs_lead": False,
        }  # fmt: skip

    # --- current state ---------------------------------------------------------------------------------

    def _write_debtors(self, seat: Seat) -> None:
        placement = new_id()
        with seat.store.write() as conn:
            terms = to_plain(PlacementTerms("某某银行", "手机银行", "95000"))
            row = {"placement_id": placement, "number": "XK202609-01", "terms": terms}
            record_many(conn, t.placement_begun, [row], kind="import", actor_id=seat.person.id, at=self.clock.now())
        with seat.store.read() as conn:
            issuer = own(conn)
        keys = 0
        with seat.store.write() as conn:
            begin_waiting(conn)
        for start in range(0, self.count, _PIECE):
            rows = [self._rows(n, placement, issuer) for n in range(start, min(start + _PIECE, self.count))]
            found = with_keys([row["search"] for row in rows])
            with seat.store.write() as conn:
                for table in (t.debtor, t.account_case, t.phone, t.address):
                    made = [each for row in rows for each in row[table.name]]
                    if made:
                        insert_tuples(conn, table, tuple(made[0]), [tuple(each.values()) for each in made])
                keys += index_later(conn, found)
                ids = [debtor.id for debtor in self.debtors[start : start + _PIECE]]
                write_placed(seat, conn, self.batch_id, ids, at=self.clock.now())
        with seat.store.write() as conn:
            add_waiting(conn, keys)

    def _rows(self, number: int, placement: str, issuer: Issuer) -> dict[str, Any]:
        """Everything of one debtor that is not history, as stored."""
        made, rng = self.debtors[number], self.rng
        name = rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2))))
        days, made.overdue = rng.randrange(1, 120), rng.choice((0, 0, 1, 2, 3))
        serial, customer = FIRST + number, f"C{number:07d}"
        id_number = f"000103{1950 + number % 55}0101{number % 10_000:04d}"
        account = f"6200000{number:09d}"
        balances = [made.balance] if rng.random() < 0.95 else [made.balance - made.balance // 4, made.balance // 4]
        due = NOW.date() - timedelta(days=days)
        numbers = [f"161{number:08d}", f"0000-{number:08d}"][: len(made.phones)]
        if number % 50 == 1 and len(numbers) == 2:
            numbers[1] = f"0000-{number - 1:08d}x"  # two debtors in fifty share a number
        if number % 50 == 0 and len(numbers) == 2:
            numbers[1] += "x"
        debtor = {
            "id": made.id, "batch_id": self.batch_id, "visible": 1, "bank_name": "某某银行",
            "customer_no": customer, "name": name, "id_type": "身份证", "id_number": id_number, "employer": "",
            "zone": ZONE, "lead_case_id": made.case_id, "lead_due": day(due), "cases": len(balances),
            "balance_minor": made.balance, "currency": "CNY", "owed_beside": "[]", "product": "",
            "previous_overdue": made.overdue,
            "queue_case": issuer.spelt(Numbered.CASE, serial),
            **self._derived(made),
        }  # fmt: skip
        cases = [
            {
                "id": made.case_id if n == 0 else new_id(), "issuer": issuer.store_id,
                "serial": serial if n == 0 else serial + self.count,
                "batch_id": self.batch_id, "debtor_id": made.id, "placement_id": placement,
                "account_number": account if n == 0 else f"{account}9", "card_tail": "1234", "round": "一手",
                "currency": "CNY", "placed_minor": amount, "balance_minor": amount,
                "balance_as_of": day(NOW.date()), "bank_days": days, "due_on": day(due),
                "previous_overdue": made.overdue, "opened_on": "2019-04-05", "remark": "", "extras": "{}",
                "state": "open",
            }
            for n, amount in enumerate(balances)
        ]  # fmt: skip
        phones = [
            {
                "id": phone, "batch_id": self.batch_id, "debtor_id": made.id, "number": digits,
                "kind": "mobile" if n == 0 else "home", "owner_name": "", "relation": "", "standing": "unknown",
                "source": "bank", "position": n,
            }
            for n, (phone, digits) in enumerate(zip(made.phones, numbers, strict=True))
        ]  # fmt: skip
        address = {
            "id": new_id(), "batch_id": self.batch_id, "debtor_id": made.id, "kind": "home",
            "line": f"广州市天河区和平街{number % 300}号{number % 9}栋", "source": "bank", "position": 0,
        }  # fmt: skip
        everything = (customer, id_number, account, str(serial), *numbers)
        return {
            "debtor": [debtor], "account_case": cases, "phone": phones, "address": [address],
            "search": SearchRow(made.id, (name,), everything),
        }  # fmt: skip

    def _settle(self, conn: Connection, debtors: list[_Debtor]) -> None:
        """Put the debtors where their calls have them now."""
        derived = [self._derived(made) for made in debtors]
        sets = ", ".join(f'"{name}" = ?' for name in derived[0])
        rows = [(*found.values(), packed(made.id)) for found, made in zip(derived, debtors, strict=True)]
        conn.exec_driver_sql(f"UPDATE debtor SET {sets} WHERE id = ?", rows)  # noqa: S608

    def _derived(self, made: _Debtor) -> dict[str, Any]:
        """What ``services.book.refresh`` would work out, but for today's caps."""
        own = [NumberStanding.LIVE if n in made.live else NumberStanding.UNKNOWN for n in range(len(made.phones))]
        calls = sum_up(made.attempts, ZONE)
        found = summarise(calls, own, NOW, ZONE)
        broken = [row for row in made.promises if row["state"] == "broken"]
        recent = NOW - timedelta(days=30)
        facts = QueueFacts(
            balance=Money(made.balance),
            previous_overdue=made.overdue,
            attempts=found.attempts,
            contacts_this_week=found.contacts_this_week,
            reachable=found.ever_reached and not found.lost_contact,
            lost_contact=found.lost_contact,
            can_pay_part=found.can_pay_part,
            open_promise_at=min((row["due_at"] for row in made.promises if row["state"] == "open"), default=None),
            broken_promise_at=max(
                (row["due_at"] for row in broken if not row["followed_up"] and row["due_at"] > recent),
                default=None,
            ),
            callback_at=found.callback_at,
            try_again_at=found.try_again_at,
        )
        at = place(facts, QueueSettings(5_000_000, ZONE), NOW)
        return {
            "attempts": found.attempts, "week": iso_week(NOW, ZONE),
            "contacts_this_week": found.contacts_this_week, "last_attempt_at": _micros(found.last_attempt_at),
            "last_outcome": found.last_outcome.value if found.last_outcome else None,
            "ever_reached": int(found.ever_reached), "promises_made": len(made.promises),
            "promises_broken": len(broken), "flags": "[]", "callback_at": _micros(found.callback_at),
            "try_again_at": _micros(found.try_again_at), "can_pay_part": int(found.can_pay_part),
            "queue_class": int(at.queue_class), "queue_key": at.key, "queue_amount": -made.balance,
            "queue_why": json_text(message_to_plain(at.why)), "queue_back_at": _micros(at.back_at),
            "queue_changes_at": _micros(at.changes_at), "calls_sum": json_text(calls_to_plain(calls)),
        }  # fmt: skip


_SCRIPT = ScriptPurpose.FIRM
_SHARE = Share(effective=3, connected=6)


def _decided() -> Decision:
    """What the gate answers where nothing stands in the way."""
    facts = Facts(debtor_id="", zones=(ZONE,), share=_SHARE)
    action = Action(Channel.CALL, Addressee.DEBTOR, purpose=Purpose.COLLECT)
    return decide(action, facts, active_packs(), NOW - timedelta(days=1))


def _path(pack: ScriptPack, reached: bool) -> list[str]:
    """The way through the script that a call keeps: the first step alone where nobody answered."""
    walk = Walk.begin(pack, _SCRIPT)
    while reached and not walk.ended and len(walk.path) < 6:
        walk = walk.checked(passed=True) if walk.at_identity_check else walk.choose(walk.branches[0].digit)
    begun = OpenAttempt("", "", None, "", NOW, Direction.OUT, _SCRIPT)
    return list(Talk(begun).path(walk))


def _micros(at: datetime | None) -> int | None:
    return None if at is None else to_micros(at)


@contextmanager
def _without_indexes(seat: Seat) -> Iterator[None]:
    """Fill the tables without their indexes and without waiting for the disk; both are back afterwards."""
    with seat.store.write() as conn:
        rows = conn.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        indexes = rows.all()
        raw = conn.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("PRAGMA foreign_keys = OFF")
    with seat.store.write() as conn:
        for name, _ in indexes:
            conn.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for _, statement in indexes:
        with seat.store.write() as conn:
            conn.exec_driver_sql(statement)
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")


if __name__ == "__main__":
    began = stopwatch.perf_counter()
    print(big_store(int(sys.argv[1]), int(sys.argv[2])))  # noqa: T201 -- run by hand
    print(f"{stopwatch.perf_counter() - began:.0f} s")  # noqa: T201
