"""No sequence of one person's acts opens for them what hours, a stop, a pause, a number's standing or a cap closes.

The person has every role there is; a colleague who could agree exists and never does. After each act the gate is
asked about every number of the debtor, now, late in the evening and on the days after: what was closed before it is
closed after it. Only time opens anything, which is why the clock stands still around every act.

Left out are the three doors one person may open: a call back the debtor asked for (kept by the outcome that notes
it), a number nobody knew yet, and a lead's settings of the whole store (the share, the packs).
"""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from collector_desk.domain.book.history import Guarantee
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.calls.outcomes import rule_for
from collector_desk.domain.conduct import decide_all
from collector_desk.domain.conduct.known import action_for
from collector_desk.domain.conduct.values import ConsentScope, Share
from collector_desk.domain.message import Trouble
from collector_desk.domain.text import telephone
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    Direction,
    NumberKind,
    NumberStanding,
    Outcome,
    Role,
    Speaker,
    Verdict,
)
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings as desk_settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.gate.facts import active_packs, facts_of, past_of
from collector_desk.services.intake import counts
from collector_desk.services.office import people
from collector_desk.services.packs import releases
from collector_desk.services.permits import consents, contacts, guarantees, no_number, tasks
from collector_desk.services.permits.consents import ConsentWish
from tests.samples.store import PASSWORD, DebtorMaker, SetClock, copy_store, know, let_in, sit_down

ONE, COLLEAGUE = "全能", "同事"
OWN, SECOND, CONTACT, SURETY = "16188005778", "16188005779", "16188009999", "16188008888"
NUMBERS = (OWN, OWN, SECOND, SURETY, CONTACT)
PROOF = Guarantee("薛建国", "11010519491231002X", "BZ-2021-77", date(2021, 5, 6))
CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
SHUT = (Verdict.BLOCK, Verdict.ASK)
SPELLINGS = ("{}", "+86 {}", "{}-1", "０{}", "{} 转 12")
# a call back is the first of the three doors; a promise or a payment closes and opens nothing
_NO = (Outcome.CALL_BACK, Outcome.PROMISE_FULL, Outcome.PROMISE_PART, Outcome.PAID_ALREADY)
OUTCOMES = tuple(outcome for outcome in Outcome if outcome not in _NO)

LOGS = st.fixed_dictionaries(
    {
        "outcome": st.sampled_from(OUTCOMES),
        "speaker": st.sampled_from([Speaker.DEBTOR, *Speaker]),
        "standing": st.sampled_from([None, None, *NumberStanding]),
        "given": st.sampled_from(["", "", "", OWN, SECOND, CONTACT, SURETY]),
        "spelling": st.sampled_from(SPELLINGS),
    }
)


@pytest.fixture(scope="module", autouse=True)
def _template(tmp_path_factory):
    """A store with one who may do everything, a colleague who may agree, and a debtor with a proven guarantor."""
    from collector_desk.store import keys

    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
            patch.setattr(keys, name, value)
        folder = tmp_path_factory.mktemp("one") / "store"
        made = people.create_store(folder, name=ONE, password=PASSWORD, clock=SetClock())
        people.set_roles(made.seat, made.seat.person.id, frozenset(Role))
        let_in(made.seat, name=COLLEAGUE, password=PASSWORD, roles=frozenset({Role.LEAD, Role.SENIOR_AGENT}))
        desk_settings.change(made.seat, Share(effective=1, connected=2))
        releases.release_all(made.seat)
        numbers = ((OWN, NumberKind.MOBILE), (SECOND, NumberKind.MOBILE))
        numbers += ((CONTACT, NumberKind.CONTACT), (SURETY, NumberKind.CONTACT))
        who = DebtorMaker(made.seat)(numbers=numbers)
        with made.seat.store.write() as conn:  # two contacts of different names
            conn.exec_driver_sql("UPDATE phone SET owner_name = '另一位' WHERE number = ?", (SURETY,))
        colleague = sit_down(folder, COLLEAGUE, clock=SetClock())
        surety = next(card for card in cases.open_case(colleague, who).numbers if card.phone.number == SURETY)
        guarantees.prove(colleague, who, surety.phone.id, PROOF)
        (task,) = tasks.open_tasks(made.seat)
        tasks.settle(made.seat, task.id, approve=True, reason="已核对合同原件")
        colleague.store.close()
        know(made.seat)
        made.seat.store.close()
        OnePerson.template = folder
        yield


class OnePerson(RuleBasedStateMachine):
    """One seat, one debtor; ``before`` is what the gate said while no call was open."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="one-"))
        self.clock = SetClock()
        self.seat: Seat | None = None
        self.notes = 0

    def sit_down(self) -> None:
        copy_store(self.template, self.folder / "store")
        self.seat = sit_down(self.folder / "store", ONE, clock=self.clock)
        with self.seat.store.read() as conn:
            self.who = str(conn.exec_driver_sql("SELECT lower(hex(id)) FROM debtor").scalar_one())
            self.colleague = str(
                conn.exec_driver_sql("SELECT lower(hex(id)) FROM person WHERE name = ?", (COLLEAGUE,)).scalar_one()
            )
        self.before = self.asked()
        self.written = self.lines()

    def teardown(self) -> None:
        if self.seat is not None:
            self.seat.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what is asked after every act ---------------------------------------------------------------

    def probes(self) -> list[datetime]:
        now = self.clock.now()
        day = self.seat.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        evening, tomorrow, after = (
            day + timedelta(hours=22, minutes=45),
            day + timedelta(days=1, hours=10),
            day + timedelta(days=2, hours=10),
        )
        return [max(at, now) for at in (now, evening, tomorrow, after)]

    def asked(self) -> dict[tuple[str, datetime], Verdict]:
        found = {}
        with self.seat.store.read() as conn:
            phones = past_of(conn, self.who, self.seat.now()).phones
            packs = active_packs(conn)
            actions = [action_for(phone, self.seat.person.id) for phone in phones]
            for at in self.probes():
                decisions = decide_all(actions, facts_of(conn, self.who, at), packs, at)
                found.update({(p.number, at): told.verdict for p, told in zip(phones, decisions, strict=True)})
        return found

    def look(self, act: str) -> None:
        """What was closed is closed still; asked only where the act wrote anything, since the clock stands."""
        written, self.written = self.written, self.lines()
        if written == self.written:
            return
        after = self.asked()
        for (number, at), verdict in after.items():
            known = self.before.get((number, at))
            if known is None:  # a new number: nobody's yet, or one of those on file in another spelling
                line = telephone.line(telephone.normal(number) or "")
                same = [
                    was
                    for (other, when), was in self.before.items()
                    if when == at and telephone.line(telephone.normal(other) or "") == line
                ]
                known = Verdict.BLOCK if same and all(was in SHUT for was in same) else verdict
            assert not (known in SHUT and verdict not in SHUT), f"{act} opened a number"
        self.before = after

    def lines(self) -> int:
        """How often anything was written to the store by whoever sits here: rows of every table, no mere read."""
        return int(self.seat.store._writer.connection.driver_connection.total_changes)

    def note(self) -> str:
        self.notes += 1
        return f"客户说明了情况并约定了下一步安排，已经复述确认无误，第{self.notes}次登记。"

    def phone(self, number: str) -> str:
        with self.seat.store.read() as conn:
            return next(
                phone.id for phone in past_of(conn, self.who, self.seat.now()).phones if phone.number == number
            )

    # --- the acts ------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 3, 12, 24, 24]))
    def wait(self, hours: int) -> None:
        self.clock.forward(hours=hours)
        self.before = self.asked()

    @rule(number=st.sampled_from([*NUMBERS, None]), inbound=st.booleans(), log=LOGS)
    def call(self, number, inbound, log) -> None:
        phone = self.phone(number) if number else None
        direction = Direction.IN if inbound or phone is None else Direction.OUT
        with suppress(Trouble):
            begun = calling.begin(self.seat, debtor_id=self.who, phone_id=phone, direction=direction)
            self.finish(begun.attempt.id, log)
        self.look(f"a call with {log['outcome']}")

    @initialize(number=st.sampled_from(NUMBERS), log=LOGS, then=LOGS)
    def first_call(self, number, log, then) -> None:
        self.sit_down()
        self.call_and_correct(number, log, then)

    @rule(number=st.sampled_from(NUMBERS), log=LOGS, then=LOGS)
    def call_and_correct(self, number, log, then) -> None:
        self.call(number, inbound=False, log=log)
        self.correct(then)

    @rule(log=LOGS)
    def correct(self, log) -> None:
        with suppress(Trouble):
            attempt, _ = calling.take_back(self.seat)
            self.finish(attempt.id, log)
        self.look(f"a correction to {log['outcome']}")

    def finish(self, attempt_id: str, wish) -> None:
        outcome, speaker = wish["outcome"], wish["speaker"]
        told = rule_for(outcome)
        if speaker not in told.speakers:
            speaker = min(told.speakers)
        known = speaker in (Speaker.DEBTOR, Speaker.GUARANTOR)
        log = CallLog(
            outcome,
            speaker,
            CHECKED if known else IdentityCheck(),
            talk_seconds=90,
            note=self.note() if told.reached else "",
            reason=ArrearsReason.OTHER if told.reached else None,
            recording="R-1" if told.reached else "",
            number_standing=wish["standing"],
            new_number=wish["spelling"].format(wish["given"]) if wish["given"] else "",
        )
        for tried in (log, replace(log, new_number=""), CallLog(Outcome.NO_ANSWER)):
            try:
                calling.finish(self.seat, attempt_id, tried)
            except Trouble:
                continue  # something was missing: the plainest outcome ends it
            return

    @rule(scope=st.sampled_from(list(ConsentScope)), days=st.integers(1, 40))
    def consent(self, scope, days) -> None:
        now = self.clock.now()
        window = (time(0), time(23, 59)) if scope is ConsentScope.AGREED_HOURS else None
        asked = ConsentWish(scope, now, now + timedelta(days=days), "随时打给我", "录音 20261123-7", window)
        with suppress(Trouble):
            consents.note_consent(self.seat, self.who, asked)
        self.look(f"a consent, {scope},")

    @rule()
    def withdraw(self) -> None:
        for consent in consents.in_force(self.seat, self.who)[:1]:
            with suppress(Trouble):
                consents.withdraw_consent(self.seat, consent.id)
        self.look("a consent taken back")

    @rule(number=st.sampled_from([CONTACT, SURETY, OWN]), ends=st.booleans())
    def guarantee(self, number, ends) -> None:
        with suppress(Trouble):
            if ends:
                guarantees.end(self.seat, self.who, self.phone(number), "合同已到期")
            else:
                guarantees.prove(self.seat, self.who, self.phone(number), PROOF)
        self.look("a guarantee")

    @rule(effective=st.integers(0, 4), more=st.integers(0, 3), ours=st.booleans())
    def figure(self, effective, more, ours) -> None:
        with suppress(Trouble):
            counts.enter(
                self.seat,
                self.who,
                effective=effective,
                connected=effective + more,
                as_of=self.clock.now(),
                ours_included=ours,
            )
        self.look("a figure by hand")

    @rule(approve=st.booleans(), place=st.integers(0, 5))
    def settle(self, approve, place) -> None:
        for task in tasks.open_tasks(self.seat)[place : place + 1]:
            with suppress(Trouble):
                tasks.settle(self.seat, task.id, approve=approve, reason="已核实")
        self.look("a matter settled")

    @rule()
    def approve_contact(self) -> None:
        with suppress(Trouble):
            contacts.approve(self.seat, self.who, until=None, reason="多日未接通")
        self.look("the approval of contacts")

    @rule(number=st.sampled_from(NUMBERS), named=st.booleans())
    def override(self, number, named) -> None:
        card = next(card for card in cases.open_case(self.seat, self.who).numbers if card.phone.number == number)
        caller = self.colleague if named else ""
        with suppress(Trouble):
            consents.override(
                self.seat,
                debtor_id=self.who,
                caller_id=caller,
                decision=card.decision,
                until=self.clock.now() + timedelta(days=2),
                reason="客户要求",
            )
        self.look("an override")

    @rule(number=st.sampled_from(NUMBERS), spelling=st.sampled_from(SPELLINGS))
    def give_number(self, number, spelling) -> None:
        with suppress(Trouble):
            no_number.give_number(self.seat, self.who, spelling.format(number), "单位前台告知")
        self.look("a number given")

    @rule(roles=st.sets(st.sampled_from(list(Role))))
    def roles(self, roles) -> None:
        with suppress(Trouble):
            people.set_roles(self.seat, self.colleague, frozenset(roles | {Role.LEAD}))
        self.look("roles given")


@pytest.mark.usefixtures("_template")
def test_no_sequence_of_one_person_s_acts_opens_anything():
    run_state_machine_as_test(
        OnePerson,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
