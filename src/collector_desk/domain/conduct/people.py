"""The rules about who is spoken to: the debtor's state, third parties, identity, what is said at the opening."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from collector_desk.domain.conduct import clock
from collector_desk.domain.conduct.case import Case, Sort
from collector_desk.domain.conduct.findings import ask, breach, remark
from collector_desk.domain.conduct.rules import (
    GateCondition,
    IdentityRule,
    Pack,
    StateStop,
    ThirdPartyContact,
    ThirdPartyGate,
)
from collector_desk.domain.conduct.values import ApprovalKind, Reason
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Addressee, Channel, Direction, Disclosure, Flag, Result

_ALWAYS = datetime.min.replace(tzinfo=UTC)
THIRD_PARTIES = frozenset({Addressee.CONTACT, Addressee.OTHER})

_FAILED = frozenset({Result.NOT_CONNECTED, Result.BUSY, Result.NO_ANSWER})
_REACHED = frozenset({Result.CONNECTED, Result.EFFECTIVE, Result.REFUSED, None})
"""What ends a run of failures. An open call does: a door is not opened by what may yet turn out to be a talk."""

_HEARD = frozenset({Result.CONNECTED, Result.EFFECTIVE, Result.WRONG_PERSON, Result.REFUSED})


def state_stop(rule: StateStop, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """A flag of the debtor stops what we begin, but for the purposes the rule leaves open or a lead's release."""
    action = case.action
    if not case.outgoing or action.channel not in rule.channels or case.to not in rule.to:
        return
    for flag in sorted(case.flags() & rule.flags):
        if action.purpose is not None and action.purpose in rule.exceptions:
            yield remark(rule, pack, msg("conduct.information_only", flag=flag))
        elif rule.until == "lead_release" and case.approval(ApprovalKind.RELEASE, at, flag):
            yield remark(rule, pack, msg("conduct.released", flag=flag))
        else:
            later = case.approved_later(ApprovalKind.RELEASE, at, flag) if rule.until == "lead_release" else None
            yield breach(rule, pack, case, at, state_words(case, flag), until=later)


def state_words(case: Case, flag: Flag) -> Message:
    """The state in words; a number that is somebody else's says nothing about the debtor."""
    code = "conduct.state" if flag in case.facts.flags else "conduct.wrong_number"
    return msg(code, flag=flag)


def third_party_gate(rule: ThirdPartyGate, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """Shut until the debtor counts as out of reach; then a lead's approval is asked for."""
    if not case.outgoing or case.to not in rule.to:
        return
    zones = [where for where in case.zones(pack, rule.tz) if where is not None]
    if not zones:
        return  # the gate itself has already asked for the zone, or blocked for want of its data
    run = _failed_run(case)
    opens = [_opening(rule.opens_when, run, case, where) for where in zones]
    instants = [moment for moment in opens if moment is not None]
    if len(instants) < len(opens):
        yield breach(rule, pack, case, at, msg("conduct.gate_shut", n=len(run)))
    elif at < max(instants):
        yield breach(rule, pack, case, at, msg("conduct.gate_opens", n=len(run)), until=max(instants))
    elif rule.approval and case.approval(ApprovalKind.THIRD_PARTY, at) is None:
        states = _gone(rule.opens_when, case)
        detail = msg("conduct.gate_state_needs_lead", flag=states[0]) if states else msg("conduct.gate_needs_lead")
        yield ask(rule, pack, detail, "lead_approval")
    else:
        yield remark(rule, pack, msg("conduct.gate_open"))


def _opening(
    conditions: Sequence[GateCondition], run: Sequence[datetime], case: Case, where: ZoneInfo
) -> datetime | None:
    """From when on a condition holds, if nothing else happens; ``None``: none does."""
    instants = [_condition(condition, run, case, where) for condition in conditions]
    return min((moment for moment in instants if moment is not None), default=None)


def _gone(conditions: Sequence[GateCondition], case: Case) -> list[Flag]:
    """The states of the debtor that open the gate by themselves."""
    return [
        flag
        for flag in (Flag.DECEASED, Flag.NO_CAPACITY)
        for one in conditions
        if flag in case.facts.flags and (one.died if flag is Flag.DECEASED else one.no_capacity)
    ]


def _condition(condition: GateCondition, run: Sequence[datetime], case: Case, where: ZoneInfo) -> datetime | None:
    if _gone([condition], case):
        return _ALWAYS
    if condition.invalid_number and _all_invalid(case):
        return _ALWAYS
    if condition.failed_attempts and len(run) >= condition.failed_attempts:
        reached = run[condition.failed_attempts - 1]
        if condition.opens == "at_once":
            return clock.whole_second(reached)
        return clock.day_start(clock.local_date(reached, where) + timedelta(days=1), where)
    if condition.failed_days:
        return _failed_days(condition, run, where)
    return None


def _failed_days(condition: GateCondition, run: Sequence[datetime], where: ZoneInfo) -> datetime | None:
    """When failures on enough days were gathered: consecutive ones or any, at different hours where asked."""
    hours: dict[int, set[int]] = {}
    for moment in run:
        local = moment.astimezone(where)
        hours.setdefault(local.toordinal(), set()).add(local.hour)
        days = sorted(hours)
        if condition.consecutive_days:
            days = _last_streak(days)
        if len(days) < condition.failed_days:
            continue
        if condition.different_hours and _distinct_hours([hours[day] for day in days]) < condition.failed_days:
            continue
        return clock.whole_second(moment)
    return None


def _last_streak(days: list[int]) -> list[int]:
    streak = days[-1:]
    for day in reversed(days[:-1]):
        if day != streak[0] - 1:
            break
        streak.insert(0, day)
    return streak


def _distinct_hours(days: list[set[int]]) -> int:
    """How many days can be given an hour of their own, each tried at (matching by augmenting paths)."""
    owner: dict[int, int] = {}

    def place(day: int, seen: set[int]) -> bool:
        for hour in days[day]:
            if hour not in seen:
                seen.add(hour)
                if hour not in owner or place(owner[hour], seen):
                    owner[hour] = day
                    return True
        return False

    return sum(place(day, set()) for day in range(len(days)))


def _reserved(case: Case, number: str | None) -> bool:
    reserved = case.facts.reserved_numbers
    return reserved is None or number in reserved


def _failed_run(case: Case) -> list[datetime]:
    """The failed calls to the debtor's reserved mobiles since they were last reached on any line, oldest first."""
    failed: list[datetime] = []
    for sort, instants in case.with_people(Addressee.DEBTOR):
        if _reaches(sort):
            continue
        if sort.channel is Channel.CALL and sort.result in _FAILED and _reserved(case, sort.number):
            failed += instants
    last = _last_reached(case)
    return sorted(instant for instant in failed if last is None or instant > last)


def _reaches(sort: Sort) -> bool:
    """Whether such an event shows that the debtor can be reached: they came to us, or were met on any line."""
    in_person = sort.channel in (Channel.CALL, Channel.VISIT)
    return sort.direction is Direction.IN or (in_person and sort.result in _REACHED)


def _last_reached(case: Case) -> datetime | None:
    people = case.with_people(Addressee.DEBTOR)
    return max((max(instants) for sort, instants in people if _reaches(sort)), default=None)


def _all_invalid(case: Case) -> bool:
    """Whether every reserved mobile last proved to be no number in use, and nothing reached the debtor since."""
    reached = _last_reached(case)
    last: dict[str | None, tuple[datetime, bool]] = {}
    for sort, instants in case.with_people(Addressee.DEBTOR):
        if sort.channel is Channel.CALL and sort.direction is Direction.OUT and _reserved(case, sort.number):
            # Of two at the same instant the one that got through counts (False sorts before True).
            newest = (max(instants), sort.result is not Result.INVALID)
            last[sort.number] = max(last.get(sort.number, newest), newest)
    known = set(last) if case.facts.reserved_numbers is None else case.facts.reserved_numbers
    return bool(known) and all(
        number in last and not last[number][1] and (reached is None or last[number][0] > reached)
        for number in known
    )


def third_party_contact(rule: ThirdPartyContact, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """Who of them may be asked at all, for what, with which words, and never again after a refusal."""
    action = case.action
    if case.to not in THIRD_PARTIES:
        return
    content = action.content.parts if action.content else frozenset()
    if action.discloses is Disclosure.DEBT or content & rule.forbid_fields:
        yield breach(rule, pack, case, at, msg("conduct.debt_to_third_party"))
    if not case.outgoing:
        return
    if case.to not in rule.allowed:
        yield breach(rule, pack, case, at, msg("conduct.no_such_third_party", to=case.to))
    if action.purpose is not None and action.purpose not in rule.purposes:
        yield breach(rule, pack, case, at, msg("conduct.purpose_not_allowed"))
    if rule.stop_on_refusal and _refused(case):
        yield breach(rule, pack, case, at, msg("conduct.third_party_refused"))
    if rule.max_ever:
        n = _spoken(case)
        if n >= rule.max_ever:
            yield breach(rule, pack, case, at, msg("conduct.third_party_spoken"), n=n, m=rule.max_ever)


def _refused(case: Case) -> bool:
    number = case.action.number_id
    if number is not None and number in case.facts.stopped_numbers:
        return True
    return any(
        sort.result is Result.REFUSED and case.same_number(sort) for sort, _ in case.with_people(*THIRD_PARTIES)
    )


def _spoken(case: Case) -> int:
    heard = sum(
        len(instants)
        for sort, instants in case.with_people(*THIRD_PARTIES)
        if case.same_number(sort) and (sort.result is None or sort.result in _HEARD)
    )
    return max(heard, int(case.action.number_id in case.facts.contacts_reached))


def identity_check(rule: IdentityRule, pack: Pack, case: Case, at: datetime) -> Iterator[Reason]:
    """No word of a debt to whom is not known; after too many failures the speaker counts as a third party."""
    facts = case.facts
    if case.to in THIRD_PARTIES or case.action.channel not in (Channel.CALL, Channel.VISIT):
        return
    if facts.identity_failures >= rule.max_failures and not facts.identity_verified:
        detail = msg("conduct.identity_failed", n=facts.identity_failures, m=rule.max_failures)
        if case.action.discloses is Disclosure.NOTHING:
            yield remark(rule, pack, detail, n=facts.identity_failures, m=rule.max_failures)
        else:
            yield breach(rule, pack, case, at, detail, n=facts.identity_failures, m=rule.max_failures)
    elif case.action.discloses is Disclosure.DEBT and not facts.identity_verified:
        yield breach(rule, pack, case, at, msg("conduct.identity_first", m=rule.min_factors, among=rule.proofs))
