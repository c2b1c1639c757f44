"""The call: begin asks the gate and opens an attempt, finish writes its outcome, each in one transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from collector_desk.domain.book.debts import DebtorFile, in_full, lead_of
from collector_desk.domain.book.history import History
from collector_desk.domain.calls.log import PROMISES, CallLog, LogCheck, OpenAttempt, check_log, counted
from collector_desk.domain.calls.promises import PromiseLimits
from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct import decide, known
from collector_desk.domain.conduct.case import Case
from collector_desk.domain.conduct.clock import whole_second
from collector_desk.domain.conduct.decide import close_by
from collector_desk.domain.conduct.known import action_for
from collector_desk.domain.conduct.values import Decision
from collector_desk.domain.message import Refused
from collector_desk.domain.people import JUNIOR_LIMIT_DAYS, Act, may_work_age, require
from collector_desk.domain.states import DraftKind
from collector_desk.domain.vocabulary import Addressee, Direction, Outcome, Result, Speaker, Verdict
from collector_desk.services.calls import call_backs, recording, taking_back
from collector_desk.services.desk import standing
from collector_desk.services.desk.clock import doubt_of
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.gate import answers
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.gate.facts import here, law_day
from collector_desk.services.money.derive import caught_up, derive
from collector_desk.services.packs import releases
from collector_desk.services.packs.wording import blocking_words
from collector_desk.services.permits import alarms
from collector_desk.services.record import attempts, given_numbers, numbers, payments, promises, tasks
from collector_desk.store import calls, calls_back
from collector_desk.store.book import history, walk
from collector_desk.store.desk import drafts
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.record import holding
from collector_desk.words.messages import LANGUAGES, word


@dataclass(frozen=True, slots=True)
class Begun:
    """What ``begin`` gives back: the attempt, and the gate's answer with what must be said."""

    attempt: OpenAttempt
    decision: Decision
    changes: Changes


def begin(
    seat: Seat,
    *,
    debtor_id: str,
    phone_id: str | None,
    direction: Direction = Direction.OUT,
    script: str = "",
    script_hash: str = "",
) -> Begun:
    """Open an attempt on a number; the full number is in the answer, the clock starts now.

    ``script_hash`` is the digest of the scripts on the screen, which have to be those in use now.

    Raises GateRefused (its decision is stored all the same), Refused where another attempt is open, the debtor is
    held by a colleague, the role doesn't reach, or the packs are unreleased drafts in a real store; with the
    field ``told`` where a life was in danger at this person's last call and nobody is known to have heard of it.
    """
    require(seat.person, Act.WORK_CASE)
    with acting(seat, "call.begin") as act:
        past = _past(act.conn, seat, debtor_id)
        if past.debtor.money_stale:  # nobody is rung about what they have paid meanwhile
            caught_up(act, [debtor_id])
            past = _past(act.conn, seat, debtor_id)
        _refuse_unless_free(act.conn, seat, past)
        if direction is Direction.OUT:  # who calls us is answered, whatever else is owed
            alarms.refuse_unless_told(act.conn, seat)
        releases.require_released(act.conn, script_hash)
        if script_hash and script_hash not in releases.script_hashes(act.conn):
            raise Refused("packs.scripts_changed")
        lead = lead_of(past.accounts)
        if not may_work_age(seat.person.roles, lead.days):
            raise Refused("calls.too_old_for_role", days=JUNIOR_LIMIT_DAYS)
        phone = next((phone for phone in past.phones if phone.id == phone_id), None)
        if phone is None and (phone_id or direction is Direction.OUT):
            raise Refused("calls.no_such_number")
        action = action_for(phone, seat.person.id, direction=direction)
        against = standing.doubt(seat, act.conn)
        at = here(act.conn, doubt_of(seat.clock), against)
        decision = decide(action, known.facts_of(past, at, act.at), at.packs, act.at)
        refused = decision.verdict in {Verdict.BLOCK, Verdict.ASK}
        if refused:
            answers.keep(act, debtor_id, action, decision, phone_id=phone_id)
        else:
            attempt = OpenAttempt(
                new_id(), debtor_id, phone_id, phone.number if phone else "", act.at, direction, script, action.to
            )
            ground_id = answers.ground(act, decision, script_hash or releases.script_hash(act.conn))
            _open(act, seat, attempt, lead.id, ground_id)
    if refused:
        # only now: raised inside, it would take the kept answer back with everything else
        raise GateRefused(decision)
    changes = Changes(debtors=frozenset({debtor_id}))
    return Begun(attempt, decision, changes)


def _open(act: Writing, seat: Seat, attempt: OpenAttempt, case_id: str, ground_id: str) -> None:
    attempts.open_attempt(act, attempt, actor_id=seat.person.id, case_id=case_id, ground_id=ground_id)
    holding.take(act.conn, attempt.debtor_id, seat.person.id, act.at)


def closing_edge(seat: Seat, attempt: OpenAttempt) -> datetime | None:
    """By when a call that was begun in time has to be over; None where it has no such edge (inbound)."""
    with seat.store.read() as conn:
        past = _past(conn, seat, attempt.debtor_id, seat.local(attempt.begun_at).date())
        at = here(conn)
    phone = next((phone for phone in past.phones if phone.id == attempt.phone_id), None)
    action = action_for(phone, seat.person.id, direction=attempt.direction)
    case = Case(action, known.facts_of(past, at, attempt.begun_at))
    return close_by(case, at.packs, whole_second(attempt.begun_at))


def open_attempt(seat: Seat) -> OpenAttempt | None:
    """The person's attempt that still waits for its outcome, e.g. after a crash."""
    with seat.store.read() as conn:
        return calls.open_of(conn, seat.person.id)


def check(seat: Seat, attempt: OpenAttempt, log: CallLog) -> LogCheck:
    """Judge a log as it stands without saving it, for the form while it is filled in."""
    with seat.store.read() as conn:
        file = _file(conn, seat, attempt.debtor_id)
        return _checked(conn, seat, file, attempt, log, seat.now())


def finish(seat: Seat, attempt_id: str, log: CallLog) -> Changes:
    """Write outcome, note, promise, payment, flags, tasks and what was learnt, all or nothing.

    Raises Refused with the field at fault where something is missing or may not be written so.
    """
    require(seat.person, Act.WORK_CASE)
    with acting(seat, "call.finish") as act:
        attempt = calls.open_of(act.conn, seat.person.id)
        if attempt is None or attempt.id != attempt_id:
            raise Refused("calls.not_open")
        file = _file(act.conn, seat, attempt.debtor_id)
        checked = _checked(act.conn, seat, file, attempt, log, act.at)
        for finding in checked.refusals:
            raise Refused(finding.message.code, finding.field_name, **finding.message.params)
        if log.speaker is Speaker.GUARANTOR and attempt.to is not Addressee.GUARANTOR:
            raise Refused("calls.not_with_speaker", "outcome", outcome=log.outcome)
        recording.require(act.conn, log)
        end_id = attempts.write_end(act, seat, attempt, log, checked)
        if promised := promises.of_call(file, attempt, log, checked):
            promises.write(act, promised)
        elif log.outcome is Outcome.PAID_ALREADY and log.amount and log.day:
            payments.write_shown(act, file, log, log.amount, log.day, end_id=end_id)
            derive(act, [attempt.debtor_id])
        others = numbers.write_learnt(act, file, attempt, log)
        given_numbers.take_in(act, file, attempt, log)
        if counted(log) is Result.EFFECTIVE:
            call_backs.used(act, attempt)  # before the next line: a call back agreed on in this talk stays
        call_backs.write(act, attempt, log, checked)
        tasks.open_of_call(act, attempt, log)
        promises.follow_up(act, attempt, log)
        drafts.forget(act.conn, DraftKind.CALL, attempt_id)
        walk.forget(act.conn, attempt.debtor_id)
    return Changes(debtors=others | {attempt.debtor_id})


_LEFT_OPEN = timedelta(days=4)
"""How long before the day an attempt may have begun whose outcome is of today: a laptop sleeps over a weekend."""


def take_back(seat: Seat) -> tuple[OpenAttempt, Changes]:
    """Take the person's last outcome of today back: a new line of history, and the attempt is open again.

    It still counts for the caps. What the outcome had opened (promise, payment, flag, task) is cancelled with it.
    """
    require(seat.person, Act.TAKE_BACK)
    with acting(seat, "call.take_back") as act:
        if calls.open_of(act.conn, seat.person.id):
            raise Refused("calls.other_open")
        since = seat.day_start()
        last = calls.last_end(act.conn, seat.person.id, earliest=since - _LEFT_OPEN, since=since)
        if last is None:
            raise Refused("calls.nothing_to_take_back")
        _refuse_unless_free(act.conn, seat, _past(act.conn, seat, last.debtor_id))
        attempts.take_back_end(act, last.attempt_id, last.id, last.debtor_id, since=last.ended_at)
        others = taking_back.undo(act, last.attempt_id, last.debtor_id, last.id)
        if calls_back.claimed(act.conn, last.id):
            derive(act, [last.debtor_id])
        holding.take(act.conn, last.debtor_id, seat.person.id, act.at)  # the pool had it back, perhaps
        attempt = calls.open_of(act.conn, seat.person.id)
    assert attempt is not None  # noqa: S101 -- inserted above, in this transaction
    attempt = replace(attempt, talked=last.talk_seconds)
    return attempt, Changes(debtors=others | {attempt.debtor_id})


# --- looking things up -----------------------------------------------------------------------------------


def _checked(
    conn: Connection, seat: Seat, file: DebtorFile, attempt: OpenAttempt, log: CallLog, now: datetime
) -> LogCheck:
    case = next((case for case in file.cases if case.id == log.case_id), file.lead_case)
    zone = file.debtor.zone or seat.zone
    return check_log(
        log,
        balance=case.balance,
        in_full=in_full(case),
        owing=case.owing if log.outcome in PROMISES else bool(file.owing),
        now=now,
        zone=ZoneInfo(zone),
        zone_name=zone,
        last_note=file.last_note,
        outcome_names=[word(log.outcome, lang) for lang in LANGUAGES],
        wording=partial(blocking_words, conn=conn),
        limits=PromiseLimits(mandate_ends=case.terms.mandate_ends),
        hours=partial(call_backs.closed_at, conn, seat, file, attempt, log.speaker),
    )


def _file(conn: Connection, seat: Seat, debtor_id: str) -> DebtorFile:
    return _past(conn, seat, debtor_id).file(())  # where they live is of no matter to a call


def _past(conn: Connection, seat: Seat, debtor_id: str, today: date | None = None) -> History:
    past = history.of(conn, debtor_id, today or seat.today(), law_day(conn, seat.now()))
    if past is None:
        raise Refused("calls.no_such_number")
    return past


def _refuse_unless_free(conn: Connection, seat: Seat, past: History) -> None:
    under_way = calls.in_the_way(conn, seat.person.id, past.debtor.id)
    if seat.person.id in under_way:
        raise Refused("calls.other_open")
    if under_way or past.debtor.holder_id not in (None, seat.person.id):
        raise Refused("calls.held_by_other")
